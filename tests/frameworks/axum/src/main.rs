//! An axum server, described by utoipa.
//!
//! Started with the name of a file for the document; says its address on standard output, and ends with its standard input. Most
//! handlers return what axum's extractors made of the request.

use std::collections::BTreeMap;

use axum::extract::{DefaultBodyLimit, Multipart, Path};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use axum_extra::extract::{CookieJar, Query};
use chrono::{DateTime, NaiveDate, Utc};
use futures_util::{Stream, stream};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{IntoParams, Modify, OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
enum Color {
    #[serde(rename = "red")]
    Red,
    #[serde(rename = "deep blue")]
    DeepBlue,
    #[serde(rename = "a/b&c=d")]
    Slash,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Point {
    x: f64,
    #[serde(default)]
    y: f64,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Problem {
    code: u16,
    message: String,
}

// Parameters

#[derive(Serialize, Deserialize, ToSchema, IntoParams)]
struct InPath {
    number: i64,
    text: String,
    color: Color,
    id: Uuid,
    day: NaiveDate,
}

/// Values in a path.
#[utoipa::path(get, path = "/in-path/{number}/{text}/{color}/{id}/{day}", params(InPath), responses((status = OK, body = InPath)), tag = "parameters")]
async fn in_path(Path(path): Path<InPath>) -> Json<InPath> {
    Json(path)
}

#[derive(Serialize, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Scalars {
    small: i8,
    unsigned: u64,
    integer: i64,
    number: f64,
    single: f32,
    boolean: bool,
    text: String,
    character: char,
    color: Color,
    id: Uuid,
    day: NaiveDate,
    moment: DateTime<Utc>,
    decimal: Decimal,
    optional: Option<String>,
    #[serde(rename = "re-named[]")]
    renamed: Option<u32>,
    #[serde(default)]
    #[param(required = false)]
    list: Vec<String>,
    #[serde(default)]
    #[param(required = false)]
    colors: Vec<Color>,
}

/// Values in a query; whatever else is in it is refused.
#[utoipa::path(get, path = "/scalars", params(Scalars), responses((status = OK, body = Scalars)), tag = "parameters")]
async fn scalars(Query(query): Query<Scalars>) -> Json<Scalars> {
    Json(query)
}

#[derive(Serialize, ToSchema)]
struct Elsewhere {
    id: Uuid,
    count: Option<i32>,
    session: String,
}

/// Values in headers and a cookie.
#[utoipa::path(
    get, path = "/elsewhere", tag = "parameters",
    params(("X-Id" = Uuid, Header), ("X-Count" = Option<i32>, Header), ("session" = String, Cookie)),
    responses((status = OK, body = Elsewhere), (status = BAD_REQUEST, body = Problem)),
)]
async fn elsewhere(headers: HeaderMap, jar: CookieJar) -> Result<Json<Elsewhere>, (StatusCode, Json<Problem>)> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let wrong = |what: &str| (StatusCode::BAD_REQUEST, Json(Problem { code: 400, message: what.to_owned() }));
    let id = text("x-id").and_then(|id| id.parse().ok()).ok_or_else(|| wrong("X-Id"))?;
    let count = text("x-count").map(|count| count.parse().map_err(|_| wrong("X-Count"))).transpose()?;
    let session = jar.get("session").ok_or_else(|| wrong("session"))?.value().to_owned();
    Ok(Json(Elsewhere { id, count, session }))
}

// Bodies

/// Told apart by a member.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Pet {
    Cat { lives: u8 },
    Dog(Dog),
    Fish,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Dog {
    tricks: Vec<String>,
}

/// Told apart by the member that there is.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum External {
    Nothing,
    Number(i32),
    Place(Point),
    Named { name: String },
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", content = "value")]
enum Adjacent {
    Number(i32),
    Place(Point),
    Nothing,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Text(String),
    Place(Point),
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Tree {
    name: String,
    #[schema(no_recursion)]
    children: Vec<Tree>,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Common {
    common: bool,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Everything {
    small: i8,
    unsigned: u64,
    big: i64,
    number: f64,
    boolean: bool,
    #[schema(min_length = 1, max_length = 20, pattern = "^[^x]*$")]
    text: String,
    color: Color,
    id: Uuid,
    day: NaiveDate,
    moment: DateTime<Utc>,
    decimal: Decimal,
    optional: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<Point>,
    #[serde(rename = "type")]
    keyword: String,
    list: Vec<Point>,
    pair: (i32, String),
    by_name: BTreeMap<String, Point>,
    anything: serde_json::Value,
    tree: Tree,
    pet: Pet,
    external: Vec<External>,
    adjacent: Vec<Adjacent>,
    untagged: Vec<Untagged>,
    boxed: Box<Point>,
}

/// A member of every type.
#[utoipa::path(post, path = "/everything", request_body = Everything, responses((status = CREATED, body = Everything)), tag = "bodies")]
async fn everything(Json(body): Json<Everything>) -> (StatusCode, Json<Everything>) {
    (StatusCode::CREATED, Json(body))
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Flat {
    name: String,
    #[serde(flatten)]
    common: Common,
    #[serde(flatten)]
    rest: BTreeMap<String, i32>,
}

/// Members of several structs in one object.
#[utoipa::path(put, path = "/flat", request_body = Flat, responses((status = OK, body = Flat)), tag = "bodies")]
async fn flat(Json(body): Json<Flat>) -> Json<Flat> {
    Json(body)
}

#[utoipa::path(post, path = "/pet", request_body = Pet, responses((status = OK, body = Pet)), tag = "bodies")]
async fn pet(Json(body): Json<Pet>) -> Json<Pet> {
    Json(body)
}

#[utoipa::path(put, path = "/list", request_body = Vec<Point>, responses((status = OK, body = Vec<Point>)), tag = "bodies")]
async fn list(Json(body): Json<Vec<Point>>) -> Json<Vec<Point>> {
    Json(body)
}

#[utoipa::path(put, path = "/text", request_body = String, responses((status = OK, body = String, content_type = "text/plain")), tag = "bodies")]
async fn text(body: String) -> String {
    body
}

#[utoipa::path(put, path = "/octets", request_body = Vec<u8>, responses((status = OK, body = Vec<u8>)), tag = "bodies")]
async fn octets(body: axum::body::Bytes) -> axum::body::Bytes {
    body
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Fields {
    text: String,
    count: i32,
    color: Option<Color>,
    day: Option<NaiveDate>,
    #[serde(default)]
    flag: bool,
}

/// A form, read by `serde_urlencoded`, which has no lists.
#[utoipa::path(post, path = "/form", request_body(content = Fields, content_type = "application/x-www-form-urlencoded"), responses((status = OK, body = Fields)), tag = "forms")]
async fn form(Form(body): Form<Fields>) -> Json<Fields> {
    Json(body)
}

#[derive(ToSchema)]
#[allow(dead_code, reason = "only described")]
struct Upload {
    title: String,
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    point: Option<Point>,
}

#[derive(Serialize, ToSchema)]
struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    size: usize,
}

/// Parts, in the order in which they came.
#[utoipa::path(post, path = "/upload", request_body(content = Upload, content_type = "multipart/form-data"), responses((status = OK, body = Vec<Part>)), tag = "forms")]
async fn upload(mut body: Multipart) -> Result<Json<Vec<Part>>, Response> {
    let mut parts = Vec::new();
    while let Some(field) = body.next_field().await.map_err(IntoResponse::into_response)? {
        let text = |text: Option<&str>| text.map(str::to_owned);
        let (name, file_name, content_type) = (text(field.name()), text(field.file_name()), text(field.content_type()));
        let size = field.bytes().await.map_err(IntoResponse::into_response)?.len();
        parts.push(Part { name: name.unwrap_or_default(), file_name, content_type, size });
    }
    Ok(Json(parts))
}

// Answers

#[utoipa::path(delete, path = "/empty", responses((status = NO_CONTENT, description = "gone")), tag = "answers")]
async fn empty() -> StatusCode {
    StatusCode::NO_CONTENT
}

#[utoipa::path(post, path = "/nothing", responses((status = OK, description = "nothing is said")), tag = "answers")]
async fn nothing() {}

/// A point, or what went wrong.
#[utoipa::path(
    get, path = "/statuses/{status}", params(("status" = u16, Path)), tag = "answers",
    responses((status = OK, body = Point), (status = NOT_FOUND, body = Problem), (status = CONFLICT, body = Pet), (status = "5XX", body = Problem), (status = "default", description = "odd")),
)]
async fn statuses(Path(status): Path<u16>) -> Response {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    match status {
        200 => Json(Point { x: 1.0, y: 2.0 }).into_response(),
        409 => (code, Json(Pet::Fish)).into_response(),
        _ => (code, Json(Problem { code: status, message: "no".to_owned() })).into_response(),
    }
}

/// JSON or CSV, as it is asked for; anything else is not acceptable.
#[utoipa::path(get, path = "/negotiated", tag = "answers", responses((status = OK, content((Point = "application/json"), (String = "text/csv"))), (status = NOT_ACCEPTABLE, description = "neither")))]
async fn negotiated(headers: HeaderMap) -> Response {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    if accept.contains("application/json") || accept.contains("*/*") {
        Json(Point { x: 1.0, y: 2.0 }).into_response()
    } else if accept.contains("text/csv") {
        ([(header::CONTENT_TYPE, "text/csv")], "1,2\n").into_response()
    } else {
        StatusCode::NOT_ACCEPTABLE.into_response()
    }
}

#[utoipa::path(get, path = "/headers", tag = "answers", responses((status = OK, body = Vec<i32>, headers(("X-Rows" = i64), ("X-Next" = Option<String>)))))]
async fn headers() -> impl IntoResponse {
    ([("X-Rows", "42")], Json([1]))
}

#[utoipa::path(get, path = "/events", tag = "streams", responses((status = OK, body = Point, content_type = "text/event-stream")))]
async fn events() -> Sse<impl Stream<Item = Result<Event, axum::Error>>> {
    let points =
        (0..3).map(|x| Event::default().event("point").id(x.to_string()).json_data(Point { x: f64::from(x), y: 0.0 }));
    Sse::new(stream::iter(points))
}

// Credentials

fn authorization(headers: &HeaderMap) -> Json<String> {
    Json(headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned())
}

#[utoipa::path(get, path = "/bearer", tag = "auth", security(("bearer" = [])), responses((status = OK, body = String, content_type = "application/json")))]
async fn bearer(headers: HeaderMap) -> Json<String> {
    authorization(&headers)
}

#[utoipa::path(get, path = "/basic", tag = "auth", security(("basic" = [])), responses((status = OK, body = String, content_type = "application/json")))]
async fn basic(headers: HeaderMap) -> Json<String> {
    authorization(&headers)
}

#[utoipa::path(get, path = "/key", tag = "auth", security(("key" = [], "bearer" = [])), responses((status = OK, body = String, content_type = "application/json")))]
async fn key(headers: HeaderMap) -> Json<String> {
    Json(headers.get("x-key").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned())
}

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        components.add_security_scheme(
            "bearer",
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
        );
        components.add_security_scheme(
            "basic",
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Basic).build()),
        );
        components.add_security_scheme("key", SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-Key"))));
    }
}

#[derive(OpenApi)]
#[openapi(info(title = "Everything that utoipa can say", version = "1"), modifiers(&Schemes))]
struct Api;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (router, api) = OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(in_path))
        .routes(routes!(scalars))
        .routes(routes!(elsewhere))
        .routes(routes!(everything))
        .routes(routes!(flat))
        .routes(routes!(pet))
        .routes(routes!(list))
        .routes(routes!(text))
        .routes(routes!(octets))
        .routes(routes!(form))
        .routes(routes!(upload))
        .routes(routes!(empty))
        .routes(routes!(nothing))
        .routes(routes!(statuses))
        .routes(routes!(negotiated))
        .routes(routes!(headers))
        .routes(routes!(events))
        .routes(routes!(bearer))
        .routes(routes!(basic))
        .routes(routes!(key))
        .layer(DefaultBodyLimit::max(1 << 20))
        .split_for_parts();
    std::fs::write(std::env::args().nth(1).ok_or("no file for the document")?, api.to_json()?)?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", serde_json::json!({ "api": format!("http://{}", listener.local_addr()?) }));
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    Ok(axum::serve(listener, router).await?)
}
