//! A poem server, described by poem-openapi.
//!
//! Started with the name of a file for the document; says its address on standard output, and ends with its standard input. Most
//! handlers return what poem-openapi made of the request.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use poem::listener::{Acceptor as _, Listener as _, TcpListener};
use poem::{Route, Server};
use poem_openapi::auth::{ApiKey, Basic, Bearer};
use poem_openapi::param::{Cookie, Header, Path, Query};
use poem_openapi::payload::{Attachment, Binary, EventStream, Form, Json, PlainText};
use poem_openapi::types::multipart::Upload;
use poem_openapi::types::{Any, Base64, Email, Password};
use poem_openapi::{
    ApiRequest, ApiResponse, Enum, Multipart, NewType, Object, OpenApi, OpenApiService, SecurityScheme, Tags, Union,
};
use uuid::Uuid;

#[derive(Tags)]
#[oai(rename_all = "snake_case")]
enum Tag {
    Parameters,
    Bodies,
    Answers,
    Auth,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Enum, serde::Deserialize)]
enum Color {
    #[oai(rename = "red")]
    #[serde(rename = "red")]
    Red,
    #[oai(rename = "deep blue")]
    #[serde(rename = "deep blue")]
    DeepBlue,
    #[oai(rename = "a/b&c=d")]
    #[serde(rename = "a/b&c=d")]
    Slash,
}

#[derive(Clone, Object)]
struct Point {
    x: f64,
    #[oai(default)]
    y: f64,
}

#[derive(Object)]
struct Problem {
    code: u16,
    message: String,
}

#[derive(Object)]
struct InPath {
    number: i64,
    text: String,
    color: Color,
    id: Uuid,
    day: NaiveDate,
}

#[derive(Object)]
struct Scalars {
    small: i8,
    unsigned: u64,
    number: f64,
    boolean: bool,
    text: String,
    color: Color,
    id: Uuid,
    day: NaiveDate,
    moment: DateTime<Utc>,
    clock: NaiveTime,
    optional: Option<String>,
    defaulted: u32,
    list: Vec<String>,
    numbers: Vec<i32>,
}

#[derive(Object)]
struct Elsewhere {
    id: Uuid,
    count: Option<i32>,
    session: String,
    visits: Option<u64>,
}

#[derive(Clone, Object)]
struct Cat {
    lives: u8,
}

#[derive(Clone, Object)]
struct Dog {
    tricks: Vec<String>,
}

#[derive(Clone, Union)]
#[oai(discriminator_name = "kind", one_of)]
enum Pet {
    #[oai(mapping = "cat")]
    Cat(Cat),
    #[oai(mapping = "dog")]
    Dog(Dog),
}

#[derive(Union)]
enum Loose {
    Number(i64),
    Text(String),
    Point(Point),
}

#[derive(NewType)]
struct Name(String);

#[derive(Object)]
struct Tree {
    name: String,
    children: Vec<Tree>,
}

#[derive(Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct Everything {
    small: i8,
    unsigned: u64,
    big: i64,
    number: f64,
    boolean: bool,
    #[oai(validator(min_length = 1, max_length = 20))]
    text: String,
    name: Name,
    color: Color,
    id: Uuid,
    day: NaiveDate,
    moment: DateTime<Utc>,
    optional: Option<String>,
    #[oai(skip_serializing_if_is_none)]
    left_out: Option<Point>,
    #[oai(rename = "type")]
    keyword: String,
    list: Vec<Point>,
    by_name: HashMap<String, Point>,
    anything: Any<serde_json::Value>,
    tree: Tree,
    pet: Pet,
    pets: Vec<Pet>,
    loose: Vec<Loose>,
    base64: Base64<Vec<u8>>,
    email: Email,
    #[oai(write_only)]
    #[allow(dead_code, reason = "only written")]
    password: Password,
    #[oai(read_only)]
    computed: i32,
}

/// poem reads forms by serde.
#[derive(Object, serde::Deserialize)]
struct Fields {
    text: String,
    count: i32,
    color: Option<Color>,
    day: Option<NaiveDate>,
}

#[derive(Multipart)]
struct Parts {
    title: String,
    file: Upload,
    others: Vec<Upload>,
    count: Option<i32>,
    point: Option<poem_openapi::types::multipart::JsonField<Point>>,
}

#[derive(Object)]
struct Seen {
    title: String,
    name: Option<String>,
    media_type: Option<String>,
    size: usize,
    others: usize,
    count: Option<i32>,
    x: Option<f64>,
}

#[derive(ApiRequest)]
enum Either {
    Json(Json<Point>),
    Text(PlainText<String>),
    Octets(Binary<Vec<u8>>),
}

#[derive(ApiResponse)]
enum Statuses {
    #[oai(status = 200)]
    Ok(Json<Point>),
    #[oai(status = 201)]
    Created(Json<Pet>, #[oai(header = "X-Rows")] i32),
    #[oai(status = 404)]
    Missing(Json<Problem>),
    #[oai(status = 409)]
    Conflict(PlainText<String>),
    #[oai(status = 500)]
    Broken,
}

#[derive(SecurityScheme)]
#[oai(ty = "bearer")]
struct ByBearer(Bearer);

#[derive(SecurityScheme)]
#[oai(ty = "basic")]
struct ByBasic(Basic);

#[derive(SecurityScheme)]
#[oai(ty = "api_key", key_name = "X-Key", key_in = "header")]
struct ByHeader(ApiKey);

#[derive(SecurityScheme)]
#[oai(ty = "api_key", key_name = "key", key_in = "query")]
struct ByQuery(ApiKey);

#[derive(SecurityScheme)]
#[oai(ty = "api_key", key_name = "key", key_in = "cookie")]
struct ByCookie(ApiKey);

struct Api;

#[OpenApi]
impl Api {
    #[oai(
        path = "/in-path/:number/:text/:color/:id/:day",
        method = "get",
        tag = "Tag::Parameters",
        operation_id = "in_path"
    )]
    async fn in_path(
        &self,
        number: Path<i64>,
        text: Path<String>,
        color: Path<Color>,
        id: Path<Uuid>,
        day: Path<NaiveDate>,
    ) -> Json<InPath> {
        Json(InPath { number: number.0, text: text.0, color: color.0, id: id.0, day: day.0 })
    }

    #[allow(clippy::too_many_arguments, reason = "a query has many values")]
    #[oai(path = "/scalars", method = "get", tag = "Tag::Parameters", operation_id = "scalars")]
    async fn scalars(
        &self,
        small: Query<i8>,
        unsigned: Query<u64>,
        number: Query<f64>,
        boolean: Query<bool>,
        text: Query<String>,
        color: Query<Color>,
        id: Query<Uuid>,
        day: Query<NaiveDate>,
        moment: Query<DateTime<Utc>>,
        clock: Query<NaiveTime>,
        optional: Query<Option<String>>,
        #[oai(default = "seven", validator(maximum(value = "100")))] defaulted: Query<u32>,
        list: Query<Vec<String>>,
        #[oai(explode = false)] numbers: Query<Vec<i32>>,
    ) -> Json<Scalars> {
        Json(Scalars {
            small: small.0,
            unsigned: unsigned.0,
            number: number.0,
            boolean: boolean.0,
            text: text.0,
            color: color.0,
            id: id.0,
            day: day.0,
            moment: moment.0,
            clock: clock.0,
            optional: optional.0,
            defaulted: defaulted.0,
            list: list.0,
            numbers: numbers.0,
        })
    }

    #[oai(path = "/elsewhere", method = "get", tag = "Tag::Parameters", operation_id = "elsewhere")]
    async fn elsewhere(
        &self,
        #[oai(name = "X-Id")] id: Header<Uuid>,
        #[oai(name = "X-Count")] count: Header<Option<i32>>,
        session: Cookie<String>,
        visits: Cookie<Option<u64>>,
    ) -> Json<Elsewhere> {
        Json(Elsewhere { id: id.0, count: count.0, session: session.0, visits: visits.0 })
    }

    #[oai(path = "/everything", method = "post", tag = "Tag::Bodies", operation_id = "everything")]
    async fn everything(&self, body: Json<Everything>) -> Json<Everything> {
        Json(Everything { computed: 42, ..body.0 })
    }

    #[oai(path = "/pet", method = "post", tag = "Tag::Bodies", operation_id = "pet")]
    async fn pet(&self, body: Json<Pet>) -> Json<Pet> {
        body
    }

    #[oai(path = "/list", method = "put", tag = "Tag::Bodies", operation_id = "list")]
    async fn list(&self, body: Json<Vec<Point>>) -> Json<Vec<Point>> {
        body
    }

    #[oai(path = "/form", method = "post", tag = "Tag::Bodies", operation_id = "form")]
    async fn form(&self, body: Form<Fields>) -> Json<Fields> {
        Json(body.0)
    }

    #[oai(path = "/upload", method = "post", tag = "Tag::Bodies", operation_id = "upload")]
    async fn upload(&self, body: Parts) -> Json<Seen> {
        let (name, media_type) =
            (body.file.file_name().map(str::to_owned), body.file.content_type().map(str::to_owned));
        Json(Seen {
            title: body.title,
            name,
            media_type,
            size: body.file.size(),
            others: body.others.len(),
            count: body.count,
            x: body.point.map(|point| point.0.x),
        })
    }

    #[oai(path = "/either", method = "post", tag = "Tag::Bodies", operation_id = "either")]
    async fn either(&self, body: Either) -> PlainText<String> {
        PlainText(match body {
            Either::Json(point) => format!("point {}", point.x),
            Either::Text(text) => format!("text {}", text.0),
            Either::Octets(octets) => format!("octets {}", octets.0.len()),
        })
    }

    #[oai(path = "/statuses/:status", method = "get", tag = "Tag::Answers", operation_id = "statuses")]
    async fn statuses(&self, status: Path<u16>) -> Statuses {
        match status.0 {
            200 => Statuses::Ok(Json(Point { x: 1.0, y: 2.0 })),
            201 => Statuses::Created(Json(Pet::Cat(Cat { lives: 9 })), 42),
            404 => Statuses::Missing(Json(Problem { code: 404, message: "no".to_owned() })),
            409 => Statuses::Conflict(PlainText("conflict".to_owned())),
            _ => Statuses::Broken,
        }
    }

    #[oai(path = "/nothing", method = "delete", tag = "Tag::Answers", operation_id = "nothing")]
    async fn nothing(&self) {}

    #[oai(path = "/attachment", method = "get", tag = "Tag::Answers", operation_id = "attachment")]
    async fn attachment(&self) -> Attachment<Vec<u8>> {
        Attachment::new(vec![0; 10_000]).filename("all.bin")
    }

    #[oai(path = "/events", method = "get", tag = "Tag::Answers", operation_id = "events")]
    async fn events(&self) -> EventStream<futures_util::stream::Iter<std::vec::IntoIter<Point>>> {
        EventStream::new(futures_util::stream::iter(
            (0..3).map(|x| Point { x: f64::from(x), y: 0.0 }).collect::<Vec<_>>(),
        ))
    }

    #[oai(path = "/bearer", method = "get", tag = "Tag::Auth", operation_id = "bearer")]
    async fn bearer(&self, given: ByBearer) -> Json<String> {
        Json(given.0.token)
    }

    #[oai(path = "/basic", method = "get", tag = "Tag::Auth", operation_id = "basic")]
    async fn basic(&self, given: ByBasic) -> Json<Vec<String>> {
        Json(vec![given.0.username, given.0.password])
    }

    #[oai(path = "/by-header", method = "get", tag = "Tag::Auth", operation_id = "by_header")]
    async fn by_header(&self, given: ByHeader) -> Json<String> {
        Json(given.0.key)
    }

    #[oai(path = "/by-query", method = "get", tag = "Tag::Auth", operation_id = "by_query")]
    async fn by_query(&self, given: ByQuery) -> Json<String> {
        Json(given.0.key)
    }

    #[oai(path = "/by-cookie", method = "get", tag = "Tag::Auth", operation_id = "by_cookie")]
    async fn by_cookie(&self, given: ByCookie) -> Json<String> {
        Json(given.0.key)
    }
}

fn seven() -> u32 {
    7
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let service = OpenApiService::new(Api, "Everything that poem-openapi can say", "1");
    std::fs::write(std::env::args().nth(1).ok_or("no file for the document")?, service.spec())?;
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await?;
    let address =
        acceptor.local_addr().first().and_then(|address| address.as_socket_addr().copied()).ok_or("no address")?;
    println!("{}", serde_json::json!({ "api": format!("http://{address}") }));
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    Ok(Server::new_with_acceptor(acceptor).run(Route::new().nest("/", service)).await?)
}
