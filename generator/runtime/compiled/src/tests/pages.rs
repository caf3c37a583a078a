//! Answers that come in pages.

use serde::Deserialize;
use serde_json::Value;

use super::sample::API;
use super::server::{Seen, Server, json, message};
use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::error::{Error, Undocumented};
use crate::runtime::json_pointer;
use crate::runtime::operation::{Operation, Outcome};
use crate::runtime::pages::{Paged, Paging};
use crate::runtime::path::path_template;
use crate::runtime::reply::Reply;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::spec::{Method, Spec};

#[derive(Debug, Deserialize, PartialEq)]
struct Note {
    id: u64,
}

macro_rules! operations {
    ($($name:ident: $method:ident, $paging:expr;)*) => {
        $(
            enum $name {}

            impl Operation for $name {
                const SPEC: Spec = Spec { method: Method::$method, path: path_template!("/notes"), ..Spec::NEW };
                type Output = Value;
                type Failure = Undocumented;

                fn decode(reply: Reply) -> Outcome<Self> {
                    match reply.status() {
                        200 => reply.output(),
                        _ => Err(reply.undocumented()),
                    }
                }
            }

            impl Paged for $name {
                const PAGING: Paging = $paging;
                type Item = Note;
            }
        )*
    };
}

operations! {
    Cursor: GET, Paging::cursor("after", "/next").items("/data");
    InBody: POST, Paging::cursor("/page/after", "/next").items("/data");
    OfLast: GET, Paging::cursor_of_last("after", "/id").items("/data").more("/more");
    Counted: GET, Paging::page("page", 1).items("/data").total("/pages");
    Uncounted: GET, Paging::page("page", 0).items("/data");
    Offset: GET, Paging::offset("skip").items("/data").total("/total");
    Linked: GET, Paging::LINK;
    Url: GET, Paging::url("/links/next").items("/data");
}

fn client(server: &Server) -> Client {
    ClientBuilder::new(&API).base_url(&server.url).no_proxy().retry(RetryPolicy::none()).build().unwrap()
}

/// All items by their ids, and the requests.
async fn all<O: Paged<Item = Note>>(server: &Server, call: Call<'_, O>) -> (Vec<u64>, Vec<String>)
where
    O::Failure: std::fmt::Debug,
{
    let mut items = call.items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap().id);
    }
    (ids, server.seen().iter().map(|seen| seen.target.clone()).collect())
}

/// The same without an async runtime; inside of one, nothing is requested.
#[cfg(feature = "blocking")]
#[test]
fn pages_and_items_can_be_waited_for() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let answer = |seen: &Seen| match has(seen, "after=b") {
        true => json(200, r#"{"data": [{"id": 3}]}"#),
        false => json(200, r#"{"data": [{"id": 1}, {"id": 2}], "next": "b"}"#),
    };
    let server = runtime.block_on(Server::answering(answer));
    let client = client(&server);
    let ids: Result<Vec<u64>, _> =
        Call::<Cursor>::new(&client).items().blocking().map(|item| item.map(|note| note.id)).collect();
    assert_eq!(ids.unwrap(), [1, 2, 3]);
    assert_eq!(Call::<Cursor>::new(&client).pages().blocking().filter(Result::is_ok).count(), 2);
    let sent = server.seen().len();
    let refused: Vec<_> = runtime.block_on(async { Call::<Cursor>::new(&client).items().blocking().collect() });
    assert!(matches!(refused.as_slice(), [Err(Error::Invalid { .. })]), "{refused:?}");
    assert_eq!(server.seen().len(), sent);
}

fn has(seen: &Seen, pair: &str) -> bool {
    seen.target.split(['?', '&']).any(|found| found == pair)
}

#[tokio::test]
async fn a_cursor_leads_from_page_to_page() {
    let server = Server::answering(|seen| match () {
        () if has(seen, "after=a%26b") => json(200, r#"{"data":[{"id":3}],"next":null}"#),
        () => json(200, r#"{"next":"a&b","data":[{"id":1},{"id":2}]}"#),
    })
    .await;
    let client = client(&server);
    let call = Call::<Cursor>::new(&client).with(|request| request.query("after", "z").query("limit", &2));
    let (ids, asked) = all(&server, call).await;
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(asked, ["/notes?after=z&limit=2", "/notes?limit=2&after=a%26b"]);
}

#[tokio::test]
async fn a_cursor_goes_into_the_body() {
    let server = Server::answering(|seen| match String::from_utf8_lossy(&seen.body).as_ref() {
        r#"{"limit":2}"# => json(200, r#"{"next":7,"data":[{"id":1}]}"#),
        r#"{"limit":2,"page":{"after":7}}"# => json(200, r#"{"data":[{"id":2}]}"#),
        other => json(400, other),
    })
    .await;
    let client = client(&server);
    let call = Call::<InBody>::new(&client).with(|request| request.json(&serde_json::json!({ "limit": 2 })));
    assert_eq!(all(&server, call).await.0, [1, 2]);
}

#[tokio::test]
async fn the_last_item_can_be_the_cursor() {
    let server = Server::answering(|seen| match () {
        () if has(seen, "after=2") => json(200, r#"{"data":[{"id":3}],"more":false}"#),
        () => json(200, r#"{"data":[{"id":1},{"id":2}],"more":true}"#),
    })
    .await;
    let client = client(&server);
    let (ids, asked) = all(&server, Call::<OfLast>::new(&client)).await;
    assert_eq!((ids.as_slice(), asked.len()), ([1, 2, 3].as_slice(), 2));
}

#[tokio::test]
async fn pages_and_items_are_counted() {
    let server = Server::answering(|seen| match () {
        () if has(seen, "page=2") || has(seen, "skip=2") => json(200, r#"{"data":[{"id":3}],"pages":2,"total":3}"#),
        () if has(seen, "page=3") => json(200, r#"{"data":[]}"#),
        () => json(200, r#"{"data":[{"id":1},{"id":2}],"pages":2,"total":3}"#),
    })
    .await;
    let client = client(&server);
    assert_eq!(
        all(&server, Call::<Counted>::new(&client)).await,
        (vec![1, 2, 3], vec!["/notes".into(), "/notes?page=2".into()])
    );
    assert_eq!(all(&server, Call::<Offset>::new(&client)).await.1[2..], ["/notes", "/notes?skip=2"]);
    // No total is stated: an empty page is the end. The count continues from where the call begins.
    let begun = Call::<Uncounted>::new(&client).with(|request| request.query("page", &1));
    assert_eq!(all(&server, begun).await.1[4..], ["/notes?page=1", "/notes?page=2", "/notes?page=3"]);
}

#[tokio::test]
async fn links_are_followed_on_the_same_host_only() {
    let server = Server::answering(|seen| match seen.target.as_str() {
        "/notes" => {
            let link = r#"</first,a>; rel="first", <?page=2>; title="a, b"; rel="last next""#;
            message(200, &[("content-type", "application/json"), ("link", link)], br#"[{"id":1}]"#)
        }
        "/notes?page=2" => json(200, r#"[{"id":2}]"#),
        "/notes?from=url" => json(200, r#"{"data":[{"id":1}],"links":{"next":"/elsewhere?x=1"}}"#),
        "/elsewhere?x=1" => json(200, r#"{"data":[{"id":2}],"links":{"next":"https://other.example/notes"}}"#),
        other => json(404, other),
    })
    .await;
    let client = client(&server);
    assert_eq!(all(&server, Call::<Linked>::new(&client)).await.0, [1, 2]);

    let mut pages = Call::<Url>::new(&client).with(|request| request.query("from", "url")).pages();
    assert_eq!(pages.next().await.unwrap().unwrap()["data"][0]["id"], 1);
    assert_eq!(pages.next().await.unwrap().unwrap()["data"][0]["id"], 2);
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Invalid { .. }) && error.to_string().contains("https://other.example"), "{error}");
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_page_that_leads_to_itself_ends_in_an_error() {
    let server = Server::answering(|_| json(200, r#"{"next":"a","data":[{"id":1}]}"#)).await;
    let client = client(&server);
    let mut items = Call::<Cursor>::new(&client).items();
    assert_eq!(items.next().await.unwrap().unwrap().id, 1);
    assert_eq!(items.next().await.unwrap().unwrap().id, 1);
    assert!(matches!(items.next().await, Some(Err(Error::Invalid { .. }))));
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_page_that_fails_is_the_last() {
    let server = Server::answering(|seen| match () {
        () if has(seen, "after=b") => json(500, "{}"),
        () if has(seen, "after=a") => json(200, r#"{"next":"b","data":[{"id":"two"}]}"#),
        () => json(200, r#"{"next":"a","data":[{"id":1}]}"#),
    })
    .await;
    let client = client(&server);
    let mut items = Call::<Cursor>::new(&client).items();
    assert_eq!(items.next().await.unwrap().unwrap().id, 1);
    assert!(matches!(items.next().await, Some(Err(Error::Decode { .. }))));
    assert!(items.next().await.is_none());
    let mut pages = Call::<Cursor>::new(&client).pages();
    assert!(pages.next().await.unwrap().is_ok() && pages.next().await.unwrap().is_ok());
    assert!(matches!(pages.next().await, Some(Err(Error::UnexpectedStatus { .. }))));
    assert!(pages.next().await.is_none());
}

#[test]
fn a_pointer_finds_one_place() {
    let json = br#"{"a":[{"b":1},{"b":2}],"c/d":{"~":true},"n":null}"#;
    let read = |pointer| json_pointer::read::<Value>(json, pointer).unwrap();
    assert_eq!(read("/a/-/b"), Some(2.into()));
    assert_eq!(read("/a/0/b"), Some(1.into()));
    assert_eq!(read("/c~1d/~0"), Some(true.into()));
    assert_eq!((read("/n"), read("/n/x"), read("/a/7"), read("/a/0/b/c")), (None, None, None, None));
}
