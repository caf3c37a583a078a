//! A dropshot server, described by dropshot.
//!
//! Started with the name of a file for the document; says its address on standard output, and ends with its standard input. Most
//! handlers return what dropshot's extractors made of the request.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use dropshot::{
    ApiDescription, Body, ConfigDropshot, ConfigLogging, ConfigLoggingLevel, EmptyScanParams, FreeformBody, Header,
    HttpError, HttpResponseAccepted, HttpResponseCreated, HttpResponseDeleted, HttpResponseHeaders, HttpResponseOk,
    HttpResponseUpdatedNoContent, MultipartBody, PaginationParams, Path, Query, RequestContext, ResultsPage,
    ServerBuilder, StreamingBody, TypedBody, UntypedBody, WhichPage, endpoint,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

type Given = RequestContext<()>;

#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
enum Color {
    #[serde(rename = "red")]
    Red,
    #[serde(rename = "deep blue")]
    DeepBlue,
    #[serde(rename = "a/b&c=d")]
    Slash,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
struct Point {
    x: f64,
    #[serde(default)]
    y: f64,
}

// Parameters

#[derive(Serialize, Deserialize, JsonSchema)]
struct InPath {
    number: i64,
    text: String,
    color: Color,
    id: Uuid,
    day: NaiveDate,
}

/// Values in a path.
#[endpoint { method = GET, path = "/in-path/{number}/{text}/{color}/{id}/{day}", tags = ["parameters"] }]
async fn in_path(_: Given, path: Path<InPath>) -> Result<HttpResponseOk<InPath>, HttpError> {
    Ok(HttpResponseOk(path.into_inner()))
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Rest {
    rest: Vec<String>,
}

#[endpoint { method = GET, path = "/rest/{rest:.*}", unpublished = true }]
async fn rest(_: Given, path: Path<Rest>) -> Result<HttpResponseOk<Vec<String>>, HttpError> {
    Ok(HttpResponseOk(path.into_inner().rest))
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Scalars {
    small: i8,
    unsigned: u64,
    integer: i64,
    number: f64,
    boolean: bool,
    text: String,
    color: Color,
    id: Uuid,
    day: NaiveDate,
    moment: DateTime<Utc>,
    optional: Option<String>,
    #[serde(rename = "re-named[]")]
    renamed: Option<u32>,
}

/// Values in a query; whatever else is in it is refused.
#[endpoint { method = GET, path = "/scalars", tags = ["parameters"] }]
async fn scalars(_: Given, query: Query<Scalars>) -> Result<HttpResponseOk<Scalars>, HttpError> {
    Ok(HttpResponseOk(query.into_inner()))
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Headers {
    x_id: String,
    x_note: Option<String>,
}

/// Values in headers, which dropshot reads as texts.
#[endpoint { method = GET, path = "/headers", tags = ["parameters"] }]
async fn headers(_: Given, headers: Header<Headers>) -> Result<HttpResponseOk<Headers>, HttpError> {
    Ok(HttpResponseOk(headers.into_inner()))
}

// Bodies

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Pet {
    Cat { lives: u8 },
    Dog { tricks: Vec<String> },
    Fish,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum External {
    Nothing,
    Number(i32),
    Place(Point),
    Named { name: String },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", content = "value")]
enum Adjacent {
    Number(i32),
    Place(Point),
    Nothing,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Text(String),
    Place(Point),
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Tree {
    name: String,
    children: Vec<Tree>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Everything {
    small: i8,
    unsigned: u64,
    big: i64,
    number: f64,
    boolean: bool,
    text: String,
    color: Color,
    id: Uuid,
    day: NaiveDate,
    moment: DateTime<Utc>,
    optional: Option<String>,
    #[serde(rename = "type")]
    keyword: String,
    list: Vec<Point>,
    by_name: BTreeMap<String, Point>,
    anything: serde_json::Value,
    tree: Tree,
    pet: Pet,
    maybe: Option<Pet>,
    external: Vec<External>,
    adjacent: Vec<Adjacent>,
    untagged: Vec<Untagged>,
}

/// A member of every type.
#[endpoint { method = POST, path = "/everything", tags = ["bodies"] }]
async fn everything(_: Given, body: TypedBody<Everything>) -> Result<HttpResponseCreated<Everything>, HttpError> {
    Ok(HttpResponseCreated(body.into_inner()))
}

#[endpoint { method = PUT, path = "/list", tags = ["bodies"] }]
async fn list(_: Given, body: TypedBody<Vec<Point>>) -> Result<HttpResponseOk<Vec<Point>>, HttpError> {
    Ok(HttpResponseOk(body.into_inner()))
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Fields {
    text: String,
    count: i32,
    color: Option<Color>,
}

/// A form, read by `serde_urlencoded`, which has no lists.
#[endpoint { method = POST, path = "/form", content_type = "application/x-www-form-urlencoded", tags = ["bodies"] }]
async fn form(_: Given, body: TypedBody<Fields>) -> Result<HttpResponseAccepted<Fields>, HttpError> {
    Ok(HttpResponseAccepted(body.into_inner()))
}

/// The names of the parts, which dropshot does not describe.
#[endpoint { method = POST, path = "/upload", tags = ["bodies"] }]
async fn upload(_: Given, mut body: MultipartBody) -> Result<HttpResponseOk<Vec<String>>, HttpError> {
    let mut names = Vec::new();
    while let Some(field) =
        body.content.next_field().await.map_err(|error| HttpError::for_bad_request(None, error.to_string()))?
    {
        names.push(format!("{} {}", field.name().unwrap_or_default(), field.file_name().unwrap_or_default()));
    }
    Ok(HttpResponseOk(names))
}

#[endpoint { method = PUT, path = "/octets", tags = ["bodies"] }]
async fn octets(_: Given, body: UntypedBody) -> Result<HttpResponseOk<usize>, HttpError> {
    Ok(HttpResponseOk(body.as_bytes().len()))
}

#[endpoint { method = PUT, path = "/stream", tags = ["bodies"] }]
async fn stream(_: Given, _body: StreamingBody) -> Result<HttpResponseUpdatedNoContent, HttpError> {
    Ok(HttpResponseUpdatedNoContent())
}

// Answers

#[endpoint { method = DELETE, path = "/gone", tags = ["answers"] }]
async fn gone(_: Given) -> Result<HttpResponseDeleted, HttpError> {
    Ok(HttpResponseDeleted())
}

/// Bytes of no particular kind.
#[endpoint { method = GET, path = "/freeform", tags = ["answers"] }]
async fn freeform(_: Given) -> Result<HttpResponseOk<FreeformBody>, HttpError> {
    Ok(HttpResponseOk(FreeformBody(Body::from(vec![0u8; 10_000]))))
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Rows {
    x_rows: String,
}

#[endpoint { method = GET, path = "/with-headers", tags = ["answers"] }]
async fn with_headers(_: Given) -> Result<HttpResponseHeaders<HttpResponseOk<Point>, Rows>, HttpError> {
    Ok(HttpResponseHeaders::new(HttpResponseOk(Point { x: 1.0, y: 2.0 }), Rows { x_rows: "42".to_owned() }))
}

#[derive(Deserialize, JsonSchema)]
struct Status {
    status: u16,
}

/// A point, or what went wrong, with dropshot's own body.
#[endpoint { method = GET, path = "/fails/{status}", tags = ["answers"] }]
async fn fails(_: Given, path: Path<Status>) -> Result<HttpResponseOk<Point>, HttpError> {
    match path.into_inner().status {
        404 => Err(HttpError::for_not_found(Some("Missing".to_owned()), "no such point".to_owned())),
        500 => Err(HttpError::for_internal_error("no".to_owned())),
        _ => Ok(HttpResponseOk(Point { x: 1.0, y: 2.0 })),
    }
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Cursor {
    next: u32,
}

/// Seven numbers, in pages.
#[endpoint { method = GET, path = "/pages", tags = ["answers"] }]
async fn pages(
    given: Given,
    query: Query<PaginationParams<EmptyScanParams, Cursor>>,
) -> Result<HttpResponseOk<ResultsPage<u32>>, HttpError> {
    let query = query.into_inner();
    let limit = given.page_limit(&query)?.get();
    let first = match &query.page {
        WhichPage::First(_) => 0,
        WhichPage::Next(cursor) => cursor.next,
    };
    let items = (first..7).take(limit as usize).collect();
    Ok(HttpResponseOk(ResultsPage::new(items, &EmptyScanParams {}, |last: &u32, _| Cursor { next: last + 1 })?))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut api = ApiDescription::new();
    api.register(in_path)?;
    api.register(rest)?;
    api.register(scalars)?;
    api.register(headers)?;
    api.register(everything)?;
    api.register(list)?;
    api.register(form)?;
    api.register(upload)?;
    api.register(octets)?;
    api.register(stream)?;
    api.register(gone)?;
    api.register(freeform)?;
    api.register(with_headers)?;
    api.register(fails)?;
    api.register(pages)?;
    let document = api.openapi("Everything that dropshot can say", semver::Version::new(1, 0, 0)).json()?;
    std::fs::write(std::env::args().nth(1).ok_or("no file for the document")?, document.to_string())?;
    let log = ConfigLogging::StderrTerminal { level: ConfigLoggingLevel::Critical }.to_logger("server")?;
    let config = ConfigDropshot {
        bind_address: "127.0.0.1:0".parse()?,
        default_request_body_max_bytes: 1 << 20,
        ..ConfigDropshot::default()
    };
    let server = ServerBuilder::new(api, (), log).config(config).start()?;
    println!("{}", serde_json::json!({ "api": format!("http://{}", server.local_addr()) }));
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    Ok(server.await?)
}
