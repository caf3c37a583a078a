//! Tests of the emitted code of operations: bodies, responses, parameters, security. Each uses a fixture of `tests/cases/`.

use clientwright_tests::emitted::Emitted;
use clientwright_tests::items::items;

#[test]
fn each_media_type_of_a_body_has_a_method() {
    let emitted = Emitted::of_case("bodies");
    insta::assert_snapshot!(emitted.file("src/notes.rs"));
    // XML has no way to say the labels, and JSON says the same.
    assert_eq!(emitted.codes(), ["CW0806"]);
}

/// A fragment tells operations at one path apart in a document, and is no part of a request (RFC 9110, section 7.1).
#[test]
fn the_table_has_the_parts_of_a_path_and_no_fragment() {
    let document = "openapi: 3.0.4
info: { title: Tokens, version: '1' }
paths:
  /token#refresh: { post: { operationId: refresh, responses: { '204': { description: Done } } } }
  '/token/{id}{kind}?audit={why}':
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: kind, in: path, required: true, schema: { type: string } }
      - { name: why, in: path, required: true, schema: { type: string } }
    delete: { operationId: revoke, responses: { '204': { description: Done } } }
";
    let emitted = Emitted::of_text("tokens", "tokens.yaml", document.as_bytes().to_vec());
    let file = emitted.file("src/operations.rs");
    assert!(file.contains("Refresh = POST \"/token\" with"), "{file}");
    let parts = "Revoke = DELETE \"/token/\" {\"id\"} \"\" {\"kind\"} ? \"audit=\" {\"why\"} with";
    assert!(file.contains(parts), "{file}");
}

/// A picture or a page has no members to name, although its media type is one of XML.
#[test]
fn a_picture_in_xml_is_a_body_of_its_schema_and_no_loss() {
    let document = "openapi: 3.0.4
info: { title: Pictures, version: '1' }
paths:
  /a:
    get:
      operationId: load
      responses:
        '200': { description: A, content: { image/svg+xml: { schema: { type: string, format: binary } } } }
        '404': { description: No, content: { application/xhtml+xml: { schema: { type: string } } } }
";
    let emitted = Emitted::of_text("pictures", "pictures.yaml", document.as_bytes().to_vec());
    assert!(emitted.codes().is_empty(), "{:?}", emitted.codes());
    let file = emitted.file("src/operations.rs");
    assert!(file.contains("=> bytes::Bytes { 200 => bytes }") && file.contains("404 => failure_text"), "{file}");
}

#[test]
fn each_status_and_media_type_of_a_reply_is_typed() {
    let emitted = Emitted::of_case("replies");
    insta::assert_snapshot!("reports", emitted.file("src/reports.rs"));
    insta::assert_snapshot!("streams", emitted.file("src/chat.rs"));
    insta::assert_snapshot!("response_headers", emitted.file("src/response_headers.rs"));
    // The schema of the events' data is read, so that nothing is lost.
    assert!(emitted.codes().is_empty(), "{:?}", emitted.codes());
}

#[test]
fn a_body_of_which_nothing_is_known_is_bytes_and_one_of_parts_has_its_boundary() {
    let emitted = Emitted::of_case("frameworks");
    let file = emitted.file("src/freight.rs");
    assert!(file.contains("=> bytes::Bytes { 200 => bytes }"), "{file}");
    assert!(file.contains("pub fn upload(&self, body: impl Into<Multipart>)"), "{file}");
    assert!(file.contains("&self, content_type: &str, body: impl Into<reqwest::Body>"), "{file}");
    // A picture in another format is another picture.
    assert!(file.contains("pub fn as_png(self)"), "{file}");
}

/// Differences that strict servers notice: the case of a method and of a profile, brackets, lists, files, events, bodies that aren't there.
#[test]
fn requests_are_as_strict_servers_take_them() {
    let emitted = Emitted::of_case("strict");
    insta::assert_snapshot!("strict_things", emitted.file("src/things.rs"));
    insta::assert_snapshot!("strict_feeds", emitted.file("src/feeds.rs"));
    assert!(emitted.file("src/client.rs").contains("base_url: Some(\"/api/v2\")"));
    assert!(emitted.file("src/lib.rs").contains("`/api/v2` is joined to a base URL that has no path of its own."));
}

/// `encoding` is followed, or reported as unsupported.
#[test]
fn parts_have_headers_styles_and_media_types() {
    let emitted = Emitted::of_case("parts");
    insta::assert_snapshot!("parts", emitted.file("src/parts.rs"));
    let reasons = emitted.diagnostics.iter().map(|found| format!("{}: {}\n", found.rule.code(), found.message));
    insta::assert_snapshot!("what_parts_cannot_have", reasons.collect::<String>());
}

/// One table for each object, however many documents it is in; what XML can't say is text, and said with its reason.
#[test]
fn xml_has_a_table_for_each_object() {
    let emitted = Emitted::of_case("xml");
    let tables = items(emitted.file("src/xml_documents.rs"));
    let of = |wanted: fn(&str) -> bool| {
        let texts = tables.iter().map(|(_, text)| text.as_str()).filter(|text| wanted(text));
        texts.collect::<Vec<_>>().join("\n\n")
    };
    insta::assert_snapshot!("xml_documents", of(|text| text.contains("pub(crate) static")));
    insta::assert_snapshot!("xml_objects", of(|text| text.contains("\nstatic") && !text.contains("static LISTS")));
    insta::assert_snapshot!("xml_lists", of(|text| text.contains("\nstatic LISTS")));
    let reasons: String =
        emitted.diagnostics.iter().map(|found| format!("{}: {}\n", found.rule.code(), found.message)).collect();
    insta::assert_snapshot!("what_xml_cannot_say", reasons);
    assert!(emitted.file("Cargo.toml").contains("quick-xml"));
    let without = Emitted::of_case("parameters");
    assert!(!without.file("Cargo.toml").contains("quick-xml") && !without.file("src/runtime.rs").contains("xml"));
}

/// A prefix that an enclosing element declares is stated alone. It does not take the name from what it is stated beside.
#[test]
fn a_prefix_alone_is_written() {
    let document = "openapi: 3.1.0
info: { title: Rows, version: '1' }
paths:
  /a: { post: { operationId: add, requestBody: { required: true, content: { application/xml: { schema: { $ref: '#/components/schemas/Root' } } } }, responses: { '204': { description: A } } } }
components:
  schemas:
    Root:
      type: object
      xml: { name: root, namespace: 'https://x.example/ns', prefix: r }
      properties:
        title: { type: string, xml: { prefix: r } }
        row: { $ref: '#/components/schemas/Row', xml: { prefix: r } }
    Row: { type: object, xml: { name: Line }, properties: { n: { type: integer } } }
";
    let emitted = Emitted::of_text("rows", "rows.yaml", document.as_bytes().to_vec());
    let nodes: String = emitted.file("src/xml_documents.rs").split_whitespace().collect();
    assert!(nodes.contains(r#"Node{property:"title",prefix:"r",..Node::ELEMENT}"#), "{nodes}");
    assert!(nodes.contains(r#"property:"row",name:"Line",prefix:"r""#), "{nodes}");
}

#[test]
fn the_header_of_an_idempotency_key_is_named_by_the_innermost_place() {
    let emitted = Emitted::of_case("idempotency");
    let text = emitted.file("src/payments.rs");
    let (_, table) = text.split_once("operations! {").unwrap();
    let found = |path: &str, method: &str| {
        let mut entries = table.split("    /// ").skip(1);
        let entry = entries.find(|entry| entry.contains(&format!("= {method} {path}"))).unwrap();
        let (_, fact) = entry.split_once("idempotency_key: Some(")?;
        fact.split(')').next().map(str::to_owned)
    };
    assert_eq!(found("\"/payments\"", "POST").as_deref(), Some("\"idempotency-key\""));
    assert_eq!(found("\"/payments\"", "PATCH").as_deref(), Some("\"x-request-key\""));
    assert_eq!(found("\"/payments\"", "GET"), None);
    assert_eq!(found("\"/logs\"", "POST"), None);
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
    // An alternative that asks for nothing, alone, is no requirement.
    assert!(emitted.file("src/doors.rs").contains("Anyone = GET \"/anyone\" with"));
}

/// Frameworks state a file under the media type of everything else. No text of JSON is bytes, so the bytes are the body.
#[test]
fn a_file_under_the_media_type_of_json_is_bytes() {
    let document = "swagger: '2.0'
info: { title: Files, version: '1' }
produces: [application/json]
paths:
  /a: { get: { operationId: load, responses: { '200': { description: A, schema: { type: file } } } } }
  /b:
    get:
      operationId: print
      produces: [application/json, application/pdf]
      responses: { '200': { description: A, schema: { type: file } }, '400': { description: B, schema: { type: string } } }
  /c:
    get:
      operationId: list
      responses: { '200': { description: A, schema: { type: object, properties: { data: { type: string, format: binary } } } } }
";
    let emitted = Emitted::of_text("files", "files.yaml", document.as_bytes().to_vec());
    let file = emitted.file("src/operations.rs");
    assert!(file.contains("Load = GET \"/a\" => bytes::Bytes { 200 => bytes }"), "{file}");
    let print = file.split("Print = ").nth(1).and_then(|rest| rest.split("///").next()).unwrap_or_default();
    assert!(
        print.contains("application/pdf") && print.contains("200 => bytes"),
        "of two media types, a file's own: {file}"
    );
    assert!(emitted.file("src/types.rs").contains("pub data: Option<String>"), "a member of an object is text");
}

#[test]
fn the_quick_start_shows_the_credentials_of_a_call_that_takes_some() {
    let document = "openapi: 3.0.3
info: { title: Orders, version: '1' }
servers: [{ url: 'https://api.example.com' }]
security: [{ Key: [] }]
paths:
  /a: { get: { operationId: alive, security: [], responses: { '204': { description: A } } } }
  /b: { post: { operationId: sign, security: [{ Basic: [] }], responses: { '204': { description: A } } } }
  /c: { get: { operationId: count, responses: { '204': { description: A } } } }
components:
  securitySchemes: { Basic: { type: http, scheme: basic }, Key: { type: apiKey, in: header, name: X-Key } }
";
    let emitted = Emitted::of_text("orders", "orders.yaml", document.as_bytes().to_vec());
    let readme = emitted.file("README.md");
    assert!(readme.contains(".api_key(std::env::var(\"API_KEY\")?)") && readme.contains("client.count()"), "{readme}");
}

#[test]
fn events_that_a_discriminator_tells_apart_are_told_apart_by_it() {
    let document = "openapi: 3.2.0
info: { title: Feeds, version: '1' }
paths:
  /a: { get: { operationId: follow, responses: { '200': { description: A, content: { text/event-stream: { itemSchema: { $ref: '#/components/schemas/Event' } } } } } } }
components:
  schemas:
    Event:
      oneOf: [ { $ref: '#/components/schemas/Tick' }, { $ref: '#/components/schemas/End' } ]
      discriminator: { propertyName: event, mapping: { tick: '#/components/schemas/Tick', end: '#/components/schemas/End' } }
    Tick:
      type: object
      required: [event, data]
      properties:
        event: { type: string }
        data: { type: string, contentMediaType: application/json, contentSchema: { type: object, required: [n], properties: { n: { type: integer } } } }
    End: { type: object, required: [event], properties: { event: { type: string }, data: { type: string } } }
";
    let emitted = Emitted::of_text("feeds", "feeds.yaml", document.as_bytes().to_vec());
    let types = emitted.file("src/types.rs");
    let union = types.split("tagged_union! { ").nth(1).unwrap_or_else(|| panic!("no tags: {types}"));
    assert!(union.contains("by \"event\"") && union.contains("Tick = \"tick\", End = \"end\""), "{union}");
}

#[test]
fn an_object_of_the_fields_of_an_event_describes_the_event() {
    let document = "openapi: 3.1.0
info: { title: Feeds, version: '1' }
paths:
  /a: { get: { operationId: chat, responses: { '200': { description: A, content: { text/event-stream: { schema: { $ref: '#/components/schemas/ChatEvent' } } } } } } }
  /b: { get: { operationId: ended, responses: { '200': { description: A, content: { text/event-stream: { schema: { oneOf: [ { $ref: '#/components/schemas/ChatEvent' }, { $ref: '#/components/schemas/End' } ] } } } } } } }
  /c: { get: { operationId: kinds, responses: { '200': { description: A, content: { text/event-stream: { schema: { oneOf: [ { $ref: '#/components/schemas/Opened' }, { $ref: '#/components/schemas/Closed' } ] } } } } } } }
  /d: { get: { operationId: sent, responses: { '200': { description: A, content: { text/event-stream: { schema: { type: array, items: { $ref: '#/components/schemas/ServerSentEvent' } } } } } } } }
  /f: { get: { operationId: talk, responses: { '200': { description: A, content: { text/event-stream: { schema: { oneOf: [ { $ref: '#/components/schemas/Opened' }, { $ref: '#/components/schemas/Closed' }, { $ref: '#/components/schemas/Last' } ] } } } } } } }
  /e: { get: { operationId: payload, responses: { '200': { description: A, content: { text/event-stream: { schema: { $ref: '#/components/schemas/Payload' } } } } } } }
components:
  schemas:
    Chunk: { type: object, required: [text], properties: { text: { type: string } } }
    ChatEvent: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Chunk' } } }
    End: { type: object, required: [data], properties: { data: { type: string, enum: ['[DONE]'] } } }
    Last: { type: object, required: [event, data], properties: { event: { const: last }, data: { const: '[DONE]' } } }
    Opened: { type: object, required: [event, data], properties: { event: { const: opened }, data: { $ref: '#/components/schemas/Chunk' } } }
    Closed: { type: object, required: [event], properties: { event: { const: closed }, data: { type: string } } }
    ServerSentEvent: { type: object, properties: { id: { type: string }, event: { type: string }, retry: { type: integer }, data: { type: string } } }
    Payload: { type: object, required: [data, total], properties: { data: { $ref: '#/components/schemas/Chunk' }, total: { type: integer } } }
";
    let emitted = Emitted::of_text("feeds", "feeds.yaml", document.as_bytes().to_vec());
    let operations = emitted.file("src/operations.rs");
    for arm in [
        "ItemStream<types::Chunk> { 200 => wrapped_events }",
        "ItemStream<types::KindsItem> { 200 => wrapped_text_event_objects }",
        "ItemStream<types::ServerSentEvent> { 200 => wrapped_text_event_objects }",
        "ItemStream<types::Payload> { 200 => events }",
    ] {
        assert!(operations.contains(arm), "{arm}: {operations}");
    }
    assert_eq!(operations.matches("ItemStream<types::Chunk> { 200 => wrapped_events }").count(), 2, "{operations}");
    let types = emitted.file("src/types.rs");
    assert!(types.contains("Opened = \"opened\", Closed = \"closed\", Last = \"last\","), "{types}");
    assert!(types.contains("KindsItem by \"event\" {\n    Opened = \"opened\", Closed = \"closed\","), "{types}");
}

/// The example of OAS 3.2 §4.14.3 has a common schema of events, which a choice of kinds or a part of `allOf` says more of.
#[test]
fn events_are_described_in_parts() {
    let document = "openapi: 3.2.0
info: { title: Feeds, version: '1' }
paths:
  /a:
    get:
      operationId: follow
      responses:
        '200':
          description: A
          content:
            text/event-stream:
              itemSchema:
                $ref: '#/components/schemas/Event'
                required: [event]
                oneOf:
                  - properties: { event: { const: addString } }
                  - properties: { event: { const: addNumber }, data: { contentMediaType: application/json, contentSchema: { type: integer } } }
  /b: { get: { operationId: extended, responses: { '200': { description: A, content: { text/event-stream: { itemSchema: { oneOf: [ { $ref: '#/components/schemas/Add' }, { $ref: '#/components/schemas/Bye' } ] } } } } } } }
  /c: { get: { operationId: one, responses: { '200': { description: A, content: { text/event-stream: { itemSchema: { $ref: '#/components/schemas/Add' } } } } } } }
  /d: { get: { operationId: kinds, responses: { '200': { description: A, content: { text/event-stream: { itemSchema: { $ref: '#/components/schemas/Kinds' } } } } } } }
components:
  schemas:
    Event: { type: object, required: [data], properties: { data: { type: string }, event: { type: string }, id: { type: string } } }
    Tick: { type: object, required: [n], properties: { n: { type: integer } } }
    Add: { allOf: [ { $ref: '#/components/schemas/Event' }, { type: object, required: [event], properties: { event: { const: add }, data: { contentMediaType: application/json, contentSchema: { $ref: '#/components/schemas/Tick' } } } } ] }
    Bye: { allOf: [ { $ref: '#/components/schemas/Event' }, { type: object, required: [event], properties: { event: { const: bye } } } ] }
    Kinds:
      type: object
      required: [event]
      properties: { id: { type: string } }
      oneOf:
        - properties: { event: { const: tick }, data: { contentMediaType: application/json, contentSchema: { $ref: '#/components/schemas/Tick' } } }
        - properties: { event: { const: ping } }
";
    let emitted = Emitted::of_text("feeds", "feeds.yaml", document.as_bytes().to_vec());
    let operations = emitted.file("src/operations.rs");
    for arm in [
        "ItemStream<types::FollowItem> { 200 => text_event_objects }",
        "ItemStream<types::ExtendedItem> { 200 => text_event_objects }",
        "ItemStream<types::OneItem> { 200 => event_objects }",
        "ItemStream<types::KindsItem> { 200 => text_event_objects }",
    ] {
        assert!(operations.contains(arm), "{arm}: {operations}");
    }
    let types = emitted.file("src/types.rs");
    for (head, data) in [
        ("pub struct FollowItemAddString {", "pub data: String,"),
        ("pub struct FollowItemAddNumber {", "pub data: i64,"),
        ("pub struct ExtendedItemAdd {", "pub data: Tick,"),
        ("pub struct Bye {", "pub data: String,"),
        ("pub struct OneItem {", "pub data: Tick,"),
        ("pub struct KindsItemTick {", "pub data: Option<Tick>,"),
    ] {
        let members = types.split(head).nth(1).and_then(|rest| rest.split("\n}").next()).unwrap_or_default();
        assert!(members.contains(data), "{head} {data}: {types}");
    }
}

/// The server has to choose the media type by which the response of each status is read.
#[test]
fn a_media_type_for_one_status_weighs_less_if_another_has_it_beside_its_own() {
    let document = "openapi: 3.1.0
info: { title: Pictures, version: '1' }
paths:
  /picture:
    get:
      operationId: getPicture
      responses:
        '200': { description: ok, content: { image/png: {}, image/svg+xml: { schema: { type: string } } } }
        '206': { description: a part, content: { image/png: {} } }
  /rows:
    get:
      operationId: getRows
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: object } }, text/csv: {} } }
        '400': { description: no, content: { text/plain: {} } }
";
    let emitted = Emitted::of_text("pictures", "pictures.yaml", document.as_bytes().to_vec());
    let file = emitted.file("src/operations.rs");
    assert!(file.contains("accept: \"image/png;q=0.9, image/svg+xml\""), "{file}");
    assert!(file.contains("accept: \"application/json, text/plain\""), "{file}");
}
