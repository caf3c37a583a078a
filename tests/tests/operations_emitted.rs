//! What an operation says, as code: bodies, replies, parameters, access. One fixture of `tests/cases/` each.

use clientwright_tests::emitted::Emitted;

#[test]
fn each_media_type_of_a_body_has_a_method() {
    let emitted = Emitted::of_case("bodies");
    insta::assert_snapshot!(emitted.file("src/notes.rs"));
    // XML says what JSON says, and is not offered besides.
    assert_eq!(emitted.codes(), ["CW0806"]);
}

#[test]
fn each_status_and_media_type_of_a_reply_is_typed() {
    let emitted = Emitted::of_case("replies");
    insta::assert_snapshot!("reports", emitted.file("src/reports.rs"));
    insta::assert_snapshot!("streams", emitted.file("src/chat.rs"));
    insta::assert_snapshot!("response_headers", emitted.file("src/response_headers.rs"));
    // The schema of the events' data is read, although the front end cannot know; XML says what JSON says.
    assert_eq!(emitted.codes(), ["CW0601", "CW0806"]);
}

#[test]
fn answers_that_come_in_pages_say_how() {
    let emitted = Emitted::of_case("pages");
    insta::assert_snapshot!("pages_of_notes", emitted.file("src/notes.rs"));
    insta::assert_snapshot!("pages_of_books", emitted.file("src/books.rs"));
    assert!(emitted.codes().is_empty(), "{:?}", emitted.codes());
}

#[test]
fn parameters_of_one_name_in_several_places_are_told_apart() {
    let emitted = Emitted::of_case("parameters");
    insta::assert_snapshot!(emitted.file("src/things.rs"));
    assert!(emitted.codes().is_empty(), "{:?}", emitted.codes());
}

#[test]
fn each_scheme_server_and_event_can_be_named() {
    let emitted = Emitted::of_case("access");
    insta::assert_snapshot!("client", emitted.file("src/client.rs"));
    insta::assert_snapshot!("security", emitted.file("src/security.rs"));
    insta::assert_snapshot!("server_urls", emitted.file("src/server_urls.rs"));
    insta::assert_snapshot!("incoming", emitted.file("src/incoming.rs"));
    let manifest = emitted.file("Cargo.toml");
    // A group may be called like a feature that every crate has.
    assert!(manifest.contains("default = [\"rustls\", \"http2\", \"doors\", \"tracing-operations\"]"), "{manifest}");
    assert!(emitted.file("src/lib.rs").contains("#[cfg(feature = \"doors\")]\npub mod doors;"));
}
