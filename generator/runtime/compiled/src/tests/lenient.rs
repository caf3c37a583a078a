//! Answers that lack what the description promises, as a lenient client reads them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::sample::{API, Scope};
use super::server::{Server, message};
use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::error::{Error, Undocumented};
use crate::runtime::lenient::Lapse;
use crate::runtime::operation::{Operation, Outcome};
use crate::runtime::path::path_template;
use crate::runtime::reply::Reply;
use crate::runtime::secret::Secret;
use crate::runtime::spec::Spec;
use crate::runtime::timestamp::Timestamp;
use crate::runtime::{json_enum, number_enum, object, tagged_union, text_enum};

/// An object with a required member of each kind.
#[derive(Clone, PartialEq)]
struct Thing {
    text: String,
    count: i64,
    ratio: f64,
    flag: bool,
    list: Vec<Part>,
    map: BTreeMap<String, i64>,
    time: Timestamp,
    one_of: Scope,
    note: Option<String>,
    any: Value,
    part: Part,
    loose: Loose,
    maybe: Option<Vec<String>>,
}

object! { Thing { text, count, ratio, flag, list, map, time, one_of, note, any, part, loose } optional { maybe } }

#[derive(Clone, PartialEq)]
struct Part {
    name: String,
}

object! { Part { name } }

/// An object that may be empty.
#[derive(Clone, PartialEq)]
struct Loose {
    name: Option<String>,
}

object! { Loose {} optional { name } }

/// A list of alternatives, which a tag tells apart, and what else comes.
#[derive(Clone, PartialEq)]
struct Shelf {
    pets: Vec<Pet>,
    rest: BTreeMap<String, Vec<Part>>,
}

text_enum! { Kind { Shelf = "shelf" } }

#[derive(Clone, Debug)]
enum Kind {
    Shelf,
    Other(String),
}

/// An object with a member of which one value is known.
#[derive(Clone, PartialEq)]
struct Labelled {
    kind: Kind,
    status: Status,
    level: Level,
}

object! { Labelled { kind, status, level } }

#[derive(Clone, Copy, Debug, PartialEq)]
enum Status {
    Value200,
    Other(i64),
}

number_enum! { Status: i64 { Value200 = 200 } }

#[derive(Clone, Debug, PartialEq)]
enum Level {
    Half,
    Other(Value),
}

json_enum! { Level { Half = "0.5" } }

object! { Shelf { pets } tag { "object" = "shelf", "version" = (json "2") } rest rest }

#[derive(Clone, Debug, PartialEq)]
enum Pet {
    Part(Part),
    Thing(Box<Thing>),
    Other(Value),
}

tagged_union! { Pet by "kind" { Part = "part", Thing = "thing" } else Other }

macro_rules! reads {
    ($($name:ident: $output:ty;)*) => {$(
        enum $name {}

        impl Operation for $name {
            const SPEC: Spec = Spec { path: path_template!("/things/" {"id"}), ..Spec::NEW };
            type Output = $output;
            type Failure = Undocumented;

            fn decode(reply: Reply) -> Outcome<Self> {
                reply.output()
            }
        }
    )*};
}

reads! {
    Get: Thing; Page: Vec<Part>; Text: String; Number: i64; LooseOne: Loose; GetShelf: Shelf; Password: Secret;
    Entries: BTreeMap<String, Part>; GetLabelled: Labelled;
}

fn thing() -> Value {
    json!({
        "text": "t", "count": 1, "ratio": 0.5, "flag": true, "list": [{ "name": "a" }, { "name": "b" }], "map": { "k": 1 },
        "time": "2024-01-02T03:04:05Z", "one_of": "https://purl.imsglobal.org/spec/caliper/v1p1/scope/admin",
        "note": null, "any": [1], "part": { "name": "p" }, "loose": { "name": "l" }, "maybe": ["m"],
    })
}

/// The reading of an answer by a client: the value as it is written again, and the lapses that were told.
async fn read<O>(body: String, lenient: bool) -> (Result<Value, String>, Vec<String>)
where
    O: Operation<Failure = Undocumented>,
    O::Output: serde::Serialize,
{
    let server =
        Server::answering(move |_| message(200, &[("content-type", "application/json")], body.as_bytes())).await;
    let lapses: Arc<Mutex<Vec<String>>> = Arc::default();
    let told = lapses.clone();
    let client: Client = ClientBuilder::new(&API)
        .base_url(&server.url)
        .no_proxy()
        .with_lenient()
        .on_lenient(move |lapse: &Lapse| {
            let read = if lapse.recovered { "" } else { ", not read" };
            told.lock().unwrap().push(format!("{} {}{read}", lapse.kind.as_str(), lapse.pointer))
        })
        .build()
        .unwrap();
    let call = Call::<O>::new(&client).with(|request| request.path("id", "1")).lenient(lenient);
    let found = match call.await {
        Ok(value) => Ok(serde_json::to_value(value).unwrap()),
        Err(Error::Decode { cause, .. }) => Err(cause.to_string()),
        Err(other) => panic!("{other}"),
    };
    let lapses = lapses.lock().unwrap().clone();
    (found, lapses)
}

/// Of each required member: what reads if it is absent, null, or an object where it is none. `None` is a decode error.
#[tokio::test]
async fn what_is_missing_is_empty_where_its_type_has_an_empty_value() {
    let table: &[(&str, Option<Value>, Option<Value>)] = &[
        ("text", Some(json!("")), Some(json!(""))),
        ("count", None, None),
        ("ratio", None, None),
        ("flag", None, None),
        ("list", Some(json!([])), Some(json!([]))),
        ("map", Some(json!({})), Some(json!({}))),
        ("time", None, None),
        ("one_of", None, None),
        ("note", Some(json!(null)), Some(json!(null))),
        ("any", Some(json!(null)), Some(json!(null))),
        ("part", Some(json!({ "name": "" })), Some(json!({ "name": "" }))),
        ("loose", Some(json!({})), Some(json!({}))),
    ];
    for (member, absent, null) in table {
        for (kind, wanted) in [("missing", absent), ("null", null)] {
            let mut body = thing();
            let members = body.as_object_mut().unwrap();
            match kind {
                "missing" => drop(members.remove(*member)),
                _ => drop(members.insert((*member).to_owned(), Value::Null)),
            }
            let takes_null = kind == "null" && ["note", "any"].contains(member);
            let (strict, told) = read::<Get>(body.to_string(), false).await;
            assert_eq!((strict.is_ok(), told.len()), (takes_null, 0), "{member} {kind}");
            let (lenient, told) = read::<Get>(body.to_string(), true).await;
            assert_eq!(lenient.ok().map(|value| value[member].clone()), *wanted, "{member} {kind}");
            // A member that has no empty value is told as well, so that a report has it.
            let lapse = format!("{kind} /{member}{}", if wanted.is_some() { "" } else { ", not read" });
            assert_eq!(told, if takes_null { vec![] } else { vec![lapse] }, "{member} {kind}");
        }
        let mut body = thing();
        body[member] = json!([{}]);
        let (lenient, told) = read::<Get>(body.to_string(), true).await;
        // A list of one that lacks its name, and any value, are read; nothing else is what it is not.
        let is_read = ["list", "any"].contains(member);
        assert_eq!(lenient.is_ok(), is_read, "{member}: {told:?}");
        let wanted = match *member {
            "any" => vec![],
            "list" => vec!["missing /list/0/name".to_owned()],
            _ => vec![format!("type /{member}, not read")],
        };
        assert_eq!(told, wanted, "{member}");
    }
}

#[tokio::test]
async fn elements_that_do_not_fit_are_left_out_and_told() {
    let body = json!([{ "name": "a" }, 7, { "name": null }, { "name": 7 }, { "title": "b" }, "c"]);
    let (found, told) = read::<Page>(body.to_string(), true).await;
    assert_eq!(found, Ok(json!([{ "name": "a" }, { "name": "" }, { "name": "" }])));
    let reason = "type /3/name, not read";
    assert_eq!(told, ["element /1", "null /2/name", "element /3", reason, "missing /4/name", "element /5"]);
    assert!(read::<Page>(body.to_string(), false).await.0.is_err());
}

#[tokio::test]
async fn entries_of_maps_that_do_not_fit_are_left_out_and_told() {
    let body = json!({ "a": { "name": "a" }, "b": null, "c": { "name": 7 }, "d/e": {} });
    let (found, told) = read::<Entries>(body.to_string(), true).await;
    assert_eq!(found, Ok(json!({ "a": { "name": "a" }, "d/e": { "name": "" } })));
    assert_eq!(told, ["element /b", "element /c", "type /c/name, not read", "missing /d~1e/name"]);
}

#[tokio::test]
async fn what_a_tag_names_is_read_as_far_as_it_goes() {
    let fine = json!({ "object": "shelf", "version": 2, "pets": [{ "kind": "part", "name": "a" }, { "kind": "new" }] });
    assert_eq!(read::<GetShelf>(fine.to_string(), true).await, (Ok(fine.clone()), vec![]));
    let mut odd = fine.clone();
    odd["pets"] = json!([{ "kind": "part" }, { "kind": "thing", "text": "t" }, { "kind": "part", "name": 7 }]);
    odd["more"] = json!([{}, 7]);
    let (found, told) = read::<GetShelf>(odd.to_string(), true).await;
    let mut wanted = fine.clone();
    wanted["pets"] = json!([{ "kind": "part", "name": "" }]);
    wanted["more"] = json!([{ "name": "" }]);
    assert_eq!(found, Ok(wanted));
    let of_thing: Vec<&String> = told.iter().filter(|told| told.starts_with("missing /pets/1/")).collect();
    assert_eq!(of_thing.len(), 11, "{told:?}");
    let others: Vec<&String> = told.iter().filter(|told| !told.starts_with("missing /pets/1/")).collect();
    let of_name = "type /pets/2/name, not read";
    assert_eq!(
        others,
        [
            "missing /pets/0/name",
            "element /pets/1",
            "element /pets/2",
            of_name,
            "missing /more/0/name",
            "element /more/1"
        ]
    );
}

#[tokio::test]
async fn a_missing_member_of_one_value_has_it() {
    for (member, found) in [("object", None), ("object", Some(Value::Null)), ("version", None)] {
        let mut body = json!({ "object": "shelf", "version": 2, "pets": [] });
        let (fine, members) = (body.clone(), body.as_object_mut().unwrap());
        let kind = if found.is_some() { "null" } else { "missing" };
        match found {
            Some(null) => drop(members.insert(member.to_owned(), null)),
            None => drop(members.remove(member)),
        }
        let read = read::<GetShelf>(body.to_string(), true).await;
        assert_eq!(read, (Ok(fine), vec![format!("{kind} /{member}")]));
    }
    let of_enumeration = read::<GetLabelled>("{}".to_owned(), true).await;
    let told = ["missing /kind", "missing /status", "missing /level"].map(str::to_owned).to_vec();
    assert_eq!(of_enumeration, (Ok(json!({ "kind": "shelf", "status": 200, "level": 0.5 })), told));
    let another = json!({ "object": "board", "version": 2, "pets": [] });
    let (found, told) = read::<GetShelf>(another.to_string(), true).await;
    assert_eq!((found.is_err(), told), (true, vec!["type /object, not read".to_owned()]));
}

#[tokio::test]
async fn null_where_a_member_may_be_absent_is_absence() {
    let mut body = thing();
    body["maybe"] = json!([null, "m"]);
    let (found, told) = read::<Get>(body.to_string(), true).await;
    assert_eq!((found.unwrap()["maybe"].clone(), told), (json!(["m"]), vec!["element /maybe/0".to_owned()]));
}

#[tokio::test]
async fn no_body_is_empty_where_the_output_can_be() {
    assert_eq!(read::<Page>(String::new(), true).await, (Ok(json!([])), vec!["no-body ".to_owned()]));
    assert_eq!(read::<LooseOne>(String::new(), true).await, (Ok(json!({})), vec!["no-body ".to_owned()]));
    for text in [read::<Text>(String::new(), true).await, read::<Password>(String::new(), true).await] {
        assert_eq!(text, (Ok(json!("")), vec!["no-body ".to_owned()]));
    }
    let error = || Err("the answer is empty".to_owned());
    assert_eq!(read::<Page>(String::new(), false).await, (error(), vec![]));
    assert_eq!(read::<Number>(String::new(), true).await, (error(), vec!["no-body , not read".to_owned()]));
}

/// Some servers write a list without elements as null.
#[tokio::test]
async fn null_for_a_body_is_empty_where_the_output_can_be() {
    assert_eq!(read::<Page>("null".to_owned(), true).await, (Ok(json!([])), vec!["null ".to_owned()]));
    assert!(read::<Page>("null".to_owned(), false).await.0.is_err());
    let (found, told) = read::<Get>("null".to_owned(), true).await;
    assert_eq!((found.is_err(), told), (true, vec!["null , not read".to_owned()]));
}

#[tokio::test]
async fn what_has_no_meaning_stays_an_error_and_is_not_told() {
    for body in ["{", "[{\"name\":", "7", "\"a\"", "{}", "<html>"] {
        let strict = read::<Page>(body.to_owned(), false).await;
        assert!(strict.0.is_err(), "{body}");
        assert_eq!(read::<Page>(body.to_owned(), true).await, strict, "{body}");
    }
}

#[tokio::test]
async fn what_fits_is_read_as_ever() {
    let (found, told) = read::<Get>(thing().to_string(), true).await;
    assert_eq!((found, told), (Ok(thing()), Vec::new()));
}

#[test]
fn a_lapse_is_a_line_of_a_report() {
    use crate::runtime::lenient::LapseKind;
    let lapse = Lapse {
        method: "GET",
        path: "/things/{id}",
        status: 200,
        pointer: "/list/0/name".to_owned(),
        kind: LapseKind::Missing,
        recovered: true,
    };
    let line = lapse.to_json();
    assert_eq!(
        serde_json::from_str::<Value>(&line).unwrap(),
        json!({ "method": "GET", "path": "/things/{id}", "status": 200, "pointer": "/list/0/name", "kind": "missing" })
    );
    assert_eq!(lapse.to_string(), "GET /things/{id}, 200: missing at `/list/0/name`");
    let lapse = Lapse { recovered: false, ..lapse };
    assert_eq!(lapse.to_string(), "GET /things/{id}, 200: missing at `/list/0/name`, not read");
}
