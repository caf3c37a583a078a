//! Numbers whose digits all count.

use serde_json::{Value, json};

use crate::runtime::decimal::Decimal;
use crate::runtime::json;
use crate::runtime::multipart::Multipart;
use crate::runtime::parameter::{In, Parameter, Style};
use crate::runtime::path::{PathTemplate, parse};
use crate::runtime::request::{Body, Request};
use crate::runtime::spec::Spec;
use crate::runtime::wire::Wire;

#[derive(Clone, PartialEq)]
pub struct Price {
    pub amount: Decimal,
    pub rate: Option<f64>,
}

crate::runtime::object! { Price { amount } optional { rate } }

#[derive(Clone, Debug, PartialEq)]
pub enum Offer {
    Sale(Price),
    Other(Value),
}

crate::runtime::tagged_union! { Offer by "kind" { Sale = "sale" } else Other }

#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    Text(String),
    Number(Decimal),
    Priced(Price),
    Other(Value),
}

crate::runtime::untagged_union! { Amount { Text, Number, Priced } else Other }

/// Numbers that no 64 bits hold, or that are not written as `serde_json` writes them.
const NUMBERS: [&str; 8] = [
    "123456789012345678901234567890",
    "-340282366920938463463374607431768211457",
    "0.10",
    "1.0",
    "3.14159265358979323846264338327950288",
    "1e400",
    "-0",
    "18446744073709551616",
];

/// Reads and writes as the body of a call is, and as `serde_json` does by itself.
fn round_trip<T: Wire + serde::Serialize + serde::de::DeserializeOwned>(json: &str) {
    let mut value = T::empty();
    json::read_into(json.as_bytes(), &mut value).unwrap_or_else(|error| panic!("{json}: {error}"));
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
    let value: T = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
}

#[test]
fn digits_are_kept_both_ways() {
    for number in NUMBERS.iter().chain(&["7", "-9223372036854775808", "18446744073709551615", "0.5"]) {
        round_trip::<Decimal>(number);
        round_trip::<Vec<Decimal>>(&format!("[{number},{number}]"));
        round_trip::<Price>(&format!("{{\"amount\":{number},\"rate\":0.25}}"));
    }
}

#[test]
fn digits_are_kept_within_unions() {
    for number in NUMBERS {
        // The tag of a union stands in front of the members of the object.
        round_trip::<Offer>(&format!("{{\"kind\":\"sale\",\"amount\":{number},\"rate\":0.25}}"));
        round_trip::<Amount>(number);
        round_trip::<Amount>(&format!("{{\"amount\":{number}}}"));
        let amount: Amount = serde_json::from_str(number).unwrap();
        assert_eq!(amount, Amount::Number(number.parse().unwrap()));
    }
}

/// Other numbers of a union that has decimals are those that they always are, however they are written.
#[test]
fn other_numbers_beside_decimals_are_read_as_ever() {
    let json = r#"{"kind":"sale","amount":0.10,"rate":0.250}"#;
    let Offer::Sale(price) = serde_json::from_str(json).unwrap() else { panic!() };
    assert_eq!((price.amount.as_str(), price.rate), ("0.10", Some(0.25)));
    let other: Offer =
        serde_json::from_str(r#"{"kind":"gift","worth":1.10,"of":["a",123456789012345678901234567890]}"#).unwrap();
    let Offer::Other(other) = other else { panic!() };
    assert_eq!((other["worth"].as_f64(), other["of"][1].as_f64()), (Some(1.1), Some(123456789012345678901234567890.0)));
    assert_eq!(serde_json::to_value(&price).unwrap()["rate"], json!(0.25));
}

#[test]
fn digits_are_kept_in_parameters_forms_and_parts() {
    let path = PathTemplate { text: "/{id}", parts: parse("/{id}").0.leak(), query: &[] };
    let spec: &'static Spec = Box::leak(Box::new(Spec { path, ..Spec::NEW }));
    let number: Decimal = "123456789012345678901234567890".parse().unwrap();
    let price = Price { amount: "0.10".parse().unwrap(), rate: None };
    let mut request = Request::new(spec);
    let deep = Parameter { style: Style::DeepObject, ..Parameter::new("p", In::Query) };
    request.path("id", &number).query("n", &number).query("l", std::slice::from_ref(&number)).parameter(&deep, &price);
    request.json_parameter(&Parameter::new("j", In::Query), &price);
    let url = request.url(&"http://h".parse().unwrap()).unwrap();
    let digits = number.as_str();
    let expected = format!("http://h/{digits}?n={digits}&l={digits}&p%5Bamount%5D=0.10&j=%7B%22amount%22%3A0.10%7D");
    assert_eq!(url.as_str(), expected);
    request.form(&price);
    assert!(matches!(&request.body, Body::Bytes(form) if form.as_ref() == b"amount=0.10"));
    request.multipart("multipart/form-data", Multipart::new().field("price", &price).field("n", &number));
    let Body::Bytes(body) = &request.body else { panic!() };
    let body = String::from_utf8_lossy(body);
    assert!(body.contains("{\"amount\":0.10}") && body.contains(digits), "{body}");
}

#[test]
fn what_is_no_number_is_refused() {
    for json in ["\"7\"", "true", "null", "[]", "01", "+1", "1.", ".5", "NaN"] {
        assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
    }
    for text in ["", "01", "+1", "1.", ".5", "1e", "NaN", "0x1", " 1", "1 "] {
        assert!(text.parse::<Decimal>().is_err(), "{text}");
    }
    assert!(Decimal::try_from(f64::INFINITY).is_err());
    assert_eq!(Decimal::from(u128::MAX).to_string(), "340282366920938463463374607431768211455");
}
