//! Answers by what they say that they are.

use super::sample::API;
use super::server::{Server, message};
use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::cause::DecodeError;
use crate::runtime::error::{Error, Undocumented};
use crate::runtime::item_stream::ItemStream;
use crate::runtime::operation::{Operation, Outcome};
use crate::runtime::path::path_template;
use crate::runtime::reply::Reply;
use crate::runtime::spec::Spec;

macro_rules! operations {
    ($($name:ident: $output:ty, $accept:literal, $streaming:literal, |$reply:ident| $read:expr;)*) => {
        $(
            enum $name {}

            impl Operation for $name {
                const SPEC: Spec = Spec { path: path_template!("/"), accept: $accept, streaming: $streaming, ..Spec::NEW };
                type Output = $output;
                type Failure = Undocumented;

                fn decode($reply: Reply) -> Outcome<Self> {
                    $read
                }
            }
        )*
    };
}

operations! {
    Csv: String, "text/csv, application/problem+json", false, |reply| reply.text();
    Drawing: String, "image/*", false, |reply| reply.text();
    Anything: String, "*/*", false, |reply| reply.text();
    Maybe: Option<u8>, "application/json", false, |reply| reply.output();
    TextOrValue: String, "application/json", false, |reply| reply.output_or_text();
    TextOrNumber: u8, "application/json", false, |reply| reply.output_or_text();
    Lines: ItemStream<u8>, "application/x-ndjson", true, |reply| reply.json_lines();
}

/// Reads a response with a media type. Returns the error if the media type is rejected.
async fn read<O: Operation<Failure = Undocumented>>(
    content_type: Option<&'static str>,
    any: bool,
) -> Result<(), Option<String>> {
    let server = Server::answering(move |_| match content_type {
        Some(content_type) => message(200, &[("content-type", content_type)], b"\"7\""),
        None => message(200, &[], b"7"),
    })
    .await;
    let builder = ClientBuilder::new(&API).base_url(&server.url).no_proxy().accept_any_content_type(any);
    match Call::<O>::new(&builder.build().unwrap()).await {
        Ok(_) => Ok(()),
        Err(Error::Decode { cause, .. }) => match *cause {
            DecodeError::ContentType { found, .. } => Err(found),
            other => panic!("{other}"),
        },
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn an_answer_is_of_a_media_type_that_was_asked_for() {
    assert_eq!(read::<Csv>(Some("Text/CSV; charset=utf-8; header=present"), false).await, Ok(()));
    // A text by another name is a text.
    assert_eq!(read::<Csv>(Some("text/plain"), false).await, Ok(()));
    assert_eq!(read::<Drawing>(Some("image/svg+xml"), false).await, Ok(()));
    assert_eq!(read::<Lines>(Some("application/x-ndjson"), false).await, Ok(()));
    assert_eq!(read::<Lines>(Some("application/json"), false).await, Ok(()));
    assert_eq!(read::<Anything>(Some("application/unheard-of"), false).await, Ok(()));
    assert_eq!(read::<Anything>(None, false).await, Ok(()));
}

#[tokio::test]
async fn an_answer_of_another_media_type_or_of_none_says_so() {
    for (found, of) in [(Some("application/pdf"), Some("application/pdf".to_owned())), (None, None)] {
        assert_eq!(read::<Csv>(found, false).await, Err(of.clone()));
        assert_eq!(read::<Drawing>(found, false).await, Err(of.clone()));
        assert_eq!(read::<Lines>(found, false).await, Err(of));
        assert_eq!(read::<Csv>(found, true).await, Ok(()));
    }
}

#[tokio::test]
async fn where_anything_may_come_a_json_string_is_its_text() {
    let server = Server::answering(|_| message(200, &[("content-type", "application/json")], b"\"seven\"")).await;
    let client = ClientBuilder::new(&API).base_url(&server.url).no_proxy().build().unwrap();
    assert_eq!(Call::<Anything>::new(&client).await.unwrap(), "seven");
}

/// Servers choose between media types that are described side by side, whatever `Accept` has.
#[tokio::test]
async fn a_text_beside_json_stands_for_the_same_value() {
    for (content_type, body, text, number) in [
        ("application/json", "\"7\"", Some("7"), None),
        ("text/plain; charset=utf-8", "7", Some("7"), Some(7)),
        ("text/plain", "\"7\"", Some("\"7\""), None),
        ("application/json", "7", None, Some(7)),
        ("image/png", "7", None, None),
    ] {
        let server = Server::answering(move |_| message(200, &[("content-type", content_type)], body.as_bytes())).await;
        let client = ClientBuilder::new(&API).base_url(&server.url).no_proxy().build().unwrap();
        assert_eq!(Call::<TextOrValue>::new(&client).await.ok().as_deref(), text, "{content_type} {body}");
        assert_eq!(Call::<TextOrNumber>::new(&client).await.ok(), number, "{content_type} {body}");
    }
}

/// An empty body is no value, if the description permits it.
#[tokio::test]
async fn an_empty_body_is_null_where_that_is_allowed() {
    let server = Server::answering(|_| message(200, &[], b"")).await;
    let client = ClientBuilder::new(&API).base_url(&server.url).no_proxy().build().unwrap();
    assert_eq!(Call::<Maybe>::new(&client).await.unwrap(), None);
}
