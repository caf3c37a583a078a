//! Parameters as they are in the URL.

use serde_json::{Value, json};

use crate::runtime::cause::InvalidRequest;
use crate::runtime::parameter::{In, Parameter, Style};
use crate::runtime::path::{PathTemplate, parse, path_template};
use crate::runtime::request::Request;
use crate::runtime::spec::{Method, Spec};

fn spec(path: &str) -> &'static Spec {
    let text: &str = Box::leak(path.to_owned().into_boxed_str());
    let (parts, query) = parse(text);
    let path = PathTemplate { text, parts: parts.leak(), query: query.leak() };
    Box::leak(Box::new(Spec { path, ..Spec::NEW }))
}

/// Path and query of a request under a base URL without a path.
fn target(request: &Request) -> Result<String, InvalidRequest> {
    request.url(&"http://h".parse().unwrap()).map(|url| url.as_str()["http://h".len()..].to_owned())
}

fn parameter(name: &str, place: In, style: Style, explode: bool) -> Parameter {
    let name = Box::leak(name.to_owned().into_boxed_str());
    Parameter { name, place, style, explode, allow_reserved: false }
}

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED"]
fn rfc_6570_expands_as_its_own_cases_say() {
    let shared = std::env::var("CLIENTWRIGHT_SHARED").expect("CLIENTWRIGHT_SHARED names the folder that holds suites/");
    let text = std::fs::read_to_string(format!("{shared}/suites/uritemplate-openapi-cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let mut request = Request::new(spec(case["path"].as_str().unwrap()));
        for given in case["params"].as_array().unwrap() {
            let place = if given["in"] == "path" { In::Path } else { In::Query };
            let style = match given["style"].as_str().unwrap() {
                "simple" => Style::Simple,
                "label" => Style::Label,
                "matrix" => Style::Matrix,
                _ => Style::Form,
            };
            let parameter = parameter(given["name"].as_str().unwrap(), place, style, given["explode"] == true);
            request.parameter(&parameter, &given["value"]);
        }
        let found = target(&request).map_err(|reason| reason.to_string()).unwrap_or_else(|reason| reason);
        // A template may lack the slash with which a path begins, and continue a query that is not there (`&`).
        let plain = |text: &str| text.trim_start_matches(['/', '?', '&']).to_owned();
        if !case["expected"].as_array().unwrap().iter().any(|one| plain(one.as_str().unwrap()) == plain(&found)) {
            wrong.push(format!("{} {}: {found}", case["template"], case["expected"][0]));
        }
    }
    println!("{} of {} cases", cases.len() - wrong.len(), cases.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(cases.len(), 114);
}

/// Ids and their form on the wire; `None` if the request must be rejected.
pub(crate) const NASTY_IDS: [(&str, Option<&str>); 24] = [
    (".", None),
    ("..", None),
    ("", None),
    ("...", Some("...")),
    ("/", Some("%2F")),
    ("a/b", Some("a%2Fb")),
    ("../x", Some("..%2Fx")),
    ("..\\..\\admin", Some("..%5C..%5Cadmin")),
    ("\\", Some("%5C")),
    ("%2F", Some("%252F")),
    ("%2e%2e", Some("%252e%252e")),
    (".%2E", Some(".%252E")),
    ("%", Some("%25")),
    ("a\r\nb", Some("a%0D%0Ab")),
    ("a\tb", Some("a%09b")),
    ("\0", Some("%00")),
    ("a?b#c", Some("a%3Fb%23c")),
    ("a b", Some("a%20b")),
    ("a+b", Some("a%2Bb")),
    ("é", Some("%C3%A9")),
    ("🦀", Some("%F0%9F%A6%80")),
    ("a;b,c=d", Some("a%3Bb%2Cc%3Dd")),
    ("{id}", Some("%7Bid%7D")),
    ("http://evil.test/", Some("http%3A%2F%2Fevil.test%2F")),
];

#[test]
fn an_id_is_one_segment_or_nothing() {
    for (id, wire) in NASTY_IDS {
        let found = target(Request::new(spec("/pets/{id}/toys")).path("id", id));
        match wire {
            Some(wire) => assert_eq!(found.unwrap(), format!("/pets/{wire}/toys"), "{id:?}"),
            None => assert_eq!(found.unwrap_err().name(), "id", "{id:?}"),
        }
    }
}

#[test]
fn parts_of_a_segment_cannot_become_dots_together() {
    let two = |path: &str, a: &str, b: &str| target(Request::new(spec(path)).path("a", a).path("b", b));
    assert!(two("/x/{a}{b}", ".", ".").is_err());
    assert!(two("/x/.{a}{b}", ".", "").is_err());
    assert!(two("/x/%2e{a}{b}", ".", "").is_err());
    assert_eq!(two("/x/{a}.{b}", "n", "json").unwrap(), "/x/n.json");
    assert_eq!(two("/x/{a}:{b}", "1", "go").unwrap(), "/x/1:go");
}

#[test]
fn a_parameter_without_a_value_is_refused() {
    assert!(target(&Request::new(spec("/x/{a}"))).is_err());
    let mut request = Request::new(spec("/x/{a}"));
    request.path("a", &None::<String>);
    assert_eq!(request.take_fault().unwrap().name(), "a");
}

fn query(style: Style, explode: bool, value: &Value) -> String {
    let mut request = Request::new(spec("/x"));
    request.parameter(&parameter("p", In::Query, style, explode), value);
    target(&request).unwrap()
}

#[test]
fn every_style_of_a_query_is_written() {
    let (list, object) = (json!(["a b", "c,d"]), json!({"k": "v", "n": 1}));
    assert_eq!(query(Style::SpaceDelimited, false, &list), "/x?p=a%20b%20c%2Cd");
    assert_eq!(query(Style::PipeDelimited, false, &list), "/x?p=a%20b%7Cc%2Cd");
    assert_eq!(query(Style::PipeDelimited, true, &list), "/x?p=a%20b&p=c%2Cd");
    assert_eq!(query(Style::Form, false, &object), "/x?p=k,v,n,1");
    assert_eq!(query(Style::DeepObject, true, &object), "/x?p%5Bk%5D=v&p%5Bn%5D=1");
    assert_eq!(query(Style::Form, true, &json!(null)), "/x");
    assert_eq!(query(Style::Form, true, &json!([])), "/x");
    assert_eq!(query(Style::Form, true, &json!(1.5)), "/x?p=1.5");
}

#[test]
fn deep_objects_nest() {
    let value = json!({"a": {"b": "c&d", "e": ["x", "y"]}, "f": [{"g": 1}]});
    assert_eq!(
        query(Style::DeepObject, true, &value),
        "/x?p%5Ba%5D%5Bb%5D=c%26d&p%5Ba%5D%5Be%5D%5B%5D=x&p%5Ba%5D%5Be%5D%5B%5D=y&p%5Bf%5D%5B0%5D%5Bg%5D=1"
    );
}

/// The content of a value is data: keys of maps that look percent-encoded are not, and only a declared name may be so.
#[test]
fn keys_of_maps_are_sent_as_they_are() {
    let value = json!({"100%25": "a", "b[c]": "d"});
    assert_eq!(
        query(Style::DeepObject, true, &value),
        "/x?p%5B100%2525%5D=a&p%5Bb%5Bc%5D%5D=d".replace("b[c]", "b%5Bc%5D")
    );
    assert_eq!(query(Style::Form, true, &value), "/x?100%2525=a&b%5Bc%5D=d");
}

/// PHP and Rack read a list from names that end in brackets.
#[test]
fn a_list_as_a_deep_object_has_empty_brackets() {
    assert_eq!(query(Style::DeepObject, true, &json!(["a", "b"])), "/x?p%5B%5D=a&p%5B%5D=b");
    assert_eq!(
        query(Style::DeepObject, true, &json!([["a"], {"k": ["b"]}])),
        "/x?p%5B0%5D%5B%5D=a&p%5B1%5D%5Bk%5D%5B%5D=b"
    );
    assert_eq!(query(Style::DeepObject, true, &json!([])), "/x");
}

#[test]
fn a_query_in_the_path_gives_way_to_an_argument_of_that_name() {
    let mut request = Request::new(spec("/x?action=list&v=2"));
    assert_eq!(target(&request).unwrap(), "/x?action=list&v=2");
    request.query("action", "show");
    assert_eq!(target(&request).unwrap(), "/x?v=2&action=show");
}

#[test]
fn a_whole_query_string_repeats_the_names_of_lists() {
    let mut request = Request::new(spec("/x"));
    request.query_string(&json!({"tag": ["a", "b"], "none": null, "o": {"k": 1}}));
    assert_eq!(target(&request).unwrap(), "/x?tag=a&tag=b&o=%7B%22k%22%3A1%7D");
}

#[test]
fn cookies_of_their_own_style_are_not_escaped() {
    let cookie = |style, explode, value: &Value| {
        let mut request = Request::new(spec("/x"));
        request.parameter(&parameter("c", In::Cookie, style, explode), value);
        let sent = request.render(&"http://h".parse().unwrap(), &http::HeaderMap::new()).unwrap();
        sent.headers()["cookie"].to_str().unwrap().to_owned()
    };
    assert_eq!(cookie(Style::Cookie, true, &json!("a%20b/c=\"d\"")), "c=a%20b/c=\"d\"");
    assert_eq!(cookie(Style::Cookie, true, &json!(["a b", "c"])), "c=a b; c=c");
    assert_eq!(cookie(Style::Cookie, false, &json!(["a", "b"])), "c=a,b");
    assert_eq!(cookie(Style::Cookie, true, &json!({"k": "v/w", "l": 1})), "k=v/w; l=1");
    assert_eq!(cookie(Style::Form, true, &json!(["a;b", "c"])), "c=a%3Bb; c=c");
    let mut request = Request::new(spec("/x"));
    request.parameter(&parameter("c", In::Cookie, Style::Cookie, true), "a; admin=1");
    assert_eq!(request.take_fault().unwrap().name(), "c");
}

/// RFC 9110, 8.6: servers answer 411 to a method that anticipates content and doesn't say that there is none.
#[test]
fn methods_that_anticipate_content_say_that_there_is_none() {
    for (method, length) in
        [("POST", Some("0")), ("PUT", Some("0")), ("PATCH", Some("0")), ("GET", None), ("DELETE", None)]
    {
        let spec =
            Box::leak(Box::new(Spec { path: path_template!("/x"), method: Method::custom(method), ..Spec::NEW }));
        let length_of = |request: &mut Request| {
            let sent = request.render(&"http://h".parse().unwrap(), &http::HeaderMap::new()).unwrap();
            sent.headers().get("content-length").map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(length_of(&mut Request::new(spec)).as_deref(), length, "{method}");
        assert_eq!(length_of(Request::new(spec).text("text/plain", "")).as_deref(), length, "{method}");
        assert_eq!(length_of(Request::new(spec).text("text/plain", "x")), None, "{method}");
    }
}

#[test]
fn reserved_characters_stay_where_they_are_allowed_and_harmless() {
    let mut reserved = parameter("p", In::Query, Style::Form, true);
    reserved.allow_reserved = true;
    let mut request = Request::new(spec("/x"));
    request.parameter(&reserved, "a/b?c:d&e=f#g+h[i]");
    assert_eq!(target(&request).unwrap(), "/x?p=a/b?c:d%26e=f%23g%2Bh%5Bi%5D");
    let mut request = Request::new(spec("/x"));
    request.parameter(&reserved, "a%2Fb%%41%é%2");
    assert_eq!(target(&request).unwrap(), "/x?p=a%2Fb%25%41%25%C3%A9%252", "what is encoded stays");
}

#[test]
fn content_parameters_are_json() {
    let mut request = Request::new(spec("/x"));
    request.json_parameter(&Parameter::new("p", In::Query), &json!({"a": [1]}));
    assert_eq!(target(&request).unwrap(), "/x?p=%7B%22a%22%3A%5B1%5D%7D");
}

#[test]
fn content_parameters_of_forms_are_the_pairs_as_one_text() {
    let mut request = Request::new(spec("/x"));
    let form = json!({"a": [1, "b&c"], "none": null, "o": {"k": 1}});
    request.form_parameter(&Parameter::new("p", In::Query), &form);
    request.form_parameter(&Parameter::new("q", In::Query), "a=b");
    let pairs = "p=a%3D1%26a%3Db%2526c%26o%3D%257B%2522k%2522%253A1%257D&q=a%3Db";
    assert_eq!(target(&request).unwrap(), format!("/x?{pairs}"));
}

#[test]
fn headers_refuse_control_characters_and_cookies_encode_them() {
    let mut request = Request::new(spec("/x"));
    request.header("x-a", "a\r\nX: 1");
    let fault = request.take_fault().unwrap();
    assert_eq!(fault.to_string(), "header `x-a` has a value with control characters");
    let mut request = Request::new(spec("/x"));
    request.header("x-list", &[1, 2]).cookie("c", "a;b").cookie("d", &1);
    let sent = request.render(&"http://h".parse().unwrap(), &http::HeaderMap::new()).unwrap();
    assert_eq!(sent.headers()["x-list"], "1,2");
    assert_eq!(sent.headers()["cookie"], "c=a%3Bb; d=1");
}

#[test]
fn forms_are_encoded_with_their_lists_repeated() {
    let body = json!({"a": "x y", "b": [1, 2], "c": null, "d": {"e": 1}});
    let mut request = Request::new(spec("/x"));
    request.form(&body);
    let sent = request.render(&"http://h".parse().unwrap(), &http::HeaderMap::new()).unwrap();
    let text = std::str::from_utf8(sent.body().unwrap().as_bytes().unwrap()).unwrap();
    assert_eq!(text, "a=x%20y&b=1&b=2&d=%7B%22e%22%3A1%7D");
}
