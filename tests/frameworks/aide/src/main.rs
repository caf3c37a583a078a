//! An axum server, described by aide.
//!
//! Started with the name of a file for the document; says its address on standard output, and ends with its standard input. Most
//! handlers return what axum's extractors made of the request.

use std::collections::BTreeMap;

use aide::axum::ApiRouter;
use aide::axum::routing::{delete_with, get_with, post_with, put_with};
use aide::openapi::{OpenApi, SecurityScheme};
use aide::transform::TransformOperation;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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

#[derive(Serialize, Deserialize, JsonSchema)]
struct Problem {
    code: u16,
    message: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct InPath {
    number: i64,
    text: String,
    color: Color,
    id: Uuid,
    day: NaiveDate,
}

async fn in_path(Path(path): Path<InPath>) -> Json<InPath> {
    Json(path)
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Scalars {
    small: i8,
    unsigned: u64,
    number: f64,
    boolean: bool,
    text: String,
    character: char,
    color: Color,
    id: Uuid,
    day: NaiveDate,
    moment: DateTime<Utc>,
    optional: Option<String>,
    #[serde(rename = "re-named[]")]
    renamed: Option<u32>,
    #[serde(default = "ten")]
    defaulted: u8,
}

fn ten() -> u8 {
    10
}

async fn scalars(Query(query): Query<Scalars>) -> Json<Scalars> {
    Json(query)
}

#[derive(Serialize, Deserialize, JsonSchema)]
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
struct Common {
    common: bool,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<Point>,
    #[serde(rename = "type")]
    keyword: String,
    list: Vec<Point>,
    pair: (i32, String),
    fixed: [i32; 2],
    by_name: BTreeMap<String, Point>,
    anything: serde_json::Value,
    tree: Tree,
    pet: Pet,
    maybe: Option<Pet>,
    external: Vec<External>,
    adjacent: Vec<Adjacent>,
    untagged: Vec<Untagged>,
    result: Result<i32, String>,
    #[serde(flatten)]
    common: Common,
}

async fn everything(Json(body): Json<Everything>) -> Json<Everything> {
    Json(body)
}

async fn pet(Json(body): Json<Pet>) -> Json<Pet> {
    Json(body)
}

async fn list(Json(body): Json<Vec<Point>>) -> Json<Vec<Point>> {
    Json(body)
}

async fn optional(body: Option<Json<Point>>) -> Json<Option<Point>> {
    Json(body.map(|Json(point)| point))
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Fields {
    text: String,
    count: i32,
    color: Option<Color>,
}

async fn form(Form(body): Form<Fields>) -> Json<Fields> {
    Json(body)
}

async fn text(body: String) -> String {
    body
}

async fn octets(body: axum::body::Bytes) -> Vec<u8> {
    body.to_vec()
}

async fn empty() -> StatusCode {
    StatusCode::NO_CONTENT
}

async fn nothing() {}

#[derive(Deserialize, JsonSchema)]
struct Status {
    status: u16,
}

async fn statuses(Path(Status { status }): Path<Status>) -> Response {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    match status {
        200 => Json(Point { x: 1.0, y: 2.0 }).into_response(),
        409 => (code, Json(Pet::Fish)).into_response(),
        _ => (code, Json(Problem { code: status, message: "no".to_owned() })).into_response(),
    }
}

async fn authorization(headers: HeaderMap) -> Json<String> {
    Json(headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned())
}

type Described<'a> = TransformOperation<'a>;

fn described(id: &'static str, tag: &'static str) -> impl Fn(Described<'_>) -> Described<'_> {
    move |operation| operation.id(id).tag(tag)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    aide::generate::extract_schemas(true);
    let mut api = OpenApi::default();
    let router = ApiRouter::new()
        .api_route("/in-path/{number}/{text}/{color}/{id}/{day}", get_with(in_path, described("in_path", "parameters")))
        .api_route("/scalars", get_with(scalars, described("scalars", "parameters")))
        .api_route("/everything", post_with(everything, described("everything", "bodies")))
        .api_route("/pet", post_with(pet, described("pet", "bodies")))
        .api_route("/list", put_with(list, described("list", "bodies")))
        .api_route("/optional", put_with(optional, described("optional", "bodies")))
        .api_route("/form", post_with(form, described("form", "bodies")))
        .api_route("/text", put_with(text, described("text", "bodies")))
        .api_route("/octets", put_with(octets, described("octets", "bodies")))
        .api_route(
            "/empty",
            delete_with(empty, |operation| described("empty", "answers")(operation).response::<204, ()>()),
        )
        .api_route("/nothing", post_with(nothing, described("nothing", "answers")))
        .api_route(
            "/statuses/{status}",
            get_with(statuses, |operation| {
                let operation = described("statuses", "answers")(operation);
                operation
                    .response::<200, Json<Point>>()
                    .response::<404, Json<Problem>>()
                    .response::<409, Json<Pet>>()
                    .default_response::<Json<Problem>>()
            }),
        )
        .api_route(
            "/bearer",
            get_with(authorization, |operation| described("bearer", "auth")(operation).security_requirement("bearer")),
        )
        .finish_api_with(&mut api, |api| {
            let bearer = SecurityScheme::Http {
                scheme: "bearer".to_owned(),
                bearer_format: None,
                description: None,
                extensions: Default::default(),
            };
            api.title("Everything that aide can say").version("1").security_scheme("bearer", bearer)
        });
    std::fs::write(std::env::args().nth(1).ok_or("no file for the document")?, serde_json::to_string(&api)?)?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", serde_json::json!({ "api": format!("http://{}", listener.local_addr()?) }));
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    Ok(axum::serve(listener, router).await?)
}
