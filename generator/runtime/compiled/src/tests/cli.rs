//! The command line: arguments become a request, and answers become text.

use std::ffi::OsString;

use super::sample::{Activate, Create, OAUTH2};
use super::server::{Seen, Server, json, message};
use crate::runtime::cli::{Failure, run_with};
use crate::runtime::cli_output::{Json, table};
use crate::runtime::cli_parts;
use crate::runtime::cli_table::{
    Argument, Body, BodyForm, Constant, Content, Flag, Group, Kind, Member, PartForm, Program, Source, Subcommand,
    Variables,
};
use crate::runtime::client::Client;
use crate::runtime::operation::Operation;
use crate::runtime::paging::Paging;
use crate::runtime::parameter::{In, Parameter};
use crate::runtime::path::path_template;
use crate::runtime::spec::{Method, Spec};

static NOTES: Spec = Spec { path: path_template!("/notes"), ..Spec::NEW };
static UPLOAD: Spec = Spec { method: Method::POST, path: path_template!("/files"), ..Spec::NEW };
static PAGING: Paging = Paging::cursor("after", "/next").items("/data");

static PROGRAM: Program = Program {
    name: "webhooks-api",
    version: "0.1.0",
    about: "Webhooks API",
    details: "",
    base_url: "WEBHOOKS_API_BASE_URL",
    token_url: None,
    builder: Client::builder,
    credentials: &[
        Variables { scheme: &OAUTH2, source: Source::Fixed("WEBHOOKS_API_TOKEN") },
        Variables { scheme: &OAUTH2, source: Source::Client("WEBHOOKS_API_CLIENT_ID", "WEBHOOKS_API_CLIENT_SECRET") },
    ],
    groups: &[Group {
        name: "webhooks",
        about: "",
        operations: &[
            Subcommand {
                arguments: &[Argument::new(Flag::new("id", Kind::Text).required(), Parameter::new("id", In::Path))],
                ..Subcommand::new("activate", &<Activate as Operation>::SPEC, "Activate a webhook", "")
            },
            Subcommand {
                bodies: &[Body::new("application/json", BodyForm::Json).required().members(&[
                    Member::new("name", Flag::new("name", Kind::Text).required()),
                    Member::new("description", Flag::new("description", Kind::Text)).otherwise("null"),
                    Member::new("weight", Flag::new("weight", Kind::Number)),
                    Member::new("active", Flag::new("active", Kind::Bool)),
                    Member::new("tags", Flag::new("tags", Kind::Text).many()),
                    Member::new("owner", Flag::new("owner", Kind::Json)),
                ])],
                ..Subcommand::new("create", &<Create as Operation>::SPEC, "Create a webhook", "")
            },
        ],
    }],
    operations: &[
        Subcommand {
            arguments: &[
                Argument::new(Flag::new("kind", Kind::Text).values(&["a", "b"]), Parameter::new("kind", In::Query)),
                Argument::new(Flag::new("limit", Kind::Integer), Parameter::new("limit", In::Query)),
                Argument::new(Flag::new("where", Kind::Json), Parameter::new("where", In::Query))
                    .content(Content::Json),
            ],
            constants: &[Constant { parameter: Parameter::new("v", In::Query), content: Content::Styled, value: "2" }],
            pages: Some(&PAGING),
            ..Subcommand::new("notes", &NOTES, "List notes", "")
        },
        Subcommand {
            bodies: &[Body::new("multipart/form-data", BodyForm::Parts(cli_parts::write)).required().members(&[
                Member::new("file", Flag::new("file", Kind::File).required()).part(PartForm::Plain(Some("text/csv"))),
                Member::new("info", Flag::new("info", Kind::Json)).part(PartForm::Json("application/json")),
            ])],
            ..Subcommand::new("upload", &UPLOAD, "Upload a file", "")
        },
    ],
};

/// Runs the program against a server, with a token unless the environment says otherwise.
async fn run(server: &Server, arguments: &str, environment: &[(&str, &str)]) -> Result<String, Failure> {
    let mut environment: Vec<(String, String)> =
        environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    environment.push(("WEBHOOKS_API_BASE_URL".to_owned(), server.url.clone()));
    let arguments: Vec<OsString> = ["webhooks-api"].into_iter().chain(arguments.split(' ')).map(Into::into).collect();
    let run = move || {
        let variable = |name: &str| environment.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let mut out = Vec::new();
        run_with(&PROGRAM, arguments, &variable, &mut out).map(|()| String::from_utf8(out).expect("it is UTF-8"))
    };
    tokio::task::spawn_blocking(run).await.expect("it ends")
}

const TOKEN: &[(&str, &str)] = &[("WEBHOOKS_API_TOKEN", "t0ken-of-mine")];

fn echo(seen: &Seen) -> Vec<u8> {
    json(201, &seen.text())
}

#[tokio::test]
async fn an_operation_is_called_with_its_arguments_and_the_token_of_the_environment() {
    let answer = r#"{"z":1.10,"a":[12345678901234567890123,{}],"text":"a\u00e9\u009bb"}"#;
    let server = Server::answering(move |_| json(200, answer)).await;
    let out = run(&server, "webhooks activate a/b", TOKEN).await.map_err(|error| error.to_string()).unwrap();
    // The order of members and all digits are the server's; no character is a command to a terminal.
    let laid_out = "{\n  \"z\": 1.10,\n  \"a\": [\n    12345678901234567890123,\n    {}\n  ],\n  \"text\": \"a\\u00e9\\u009bb\"\n}\n";
    assert_eq!(out, laid_out);
    let seen = &server.seen()[0];
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("PUT", "/webhooks/a%2Fb/activate"));
    assert_eq!(seen.header("authorization"), Some("Bearer t0ken-of-mine"));
}

#[tokio::test]
async fn options_become_a_body_with_all_digits() {
    let server = Server::answering(echo).await;
    let arguments =
        "webhooks create --name=5 --weight=0.12345678901234567890 --active --tags=a,b --tags=c --owner={\"id\":7}";
    let out = run(&server, arguments, TOKEN).await.map_err(|error| error.to_string()).unwrap();
    let sent = server.seen()[0].text();
    assert_eq!(
        sent,
        r#"{"name":"5","weight":0.12345678901234567890,"active":true,"tags":["a,b","c"],"owner":{"id":7},"description":null}"#
    );
    assert!(out.contains("\"weight\": 0.12345678901234567890"), "{out}");
}

#[tokio::test]
async fn a_body_comes_from_a_file_as_it_is() {
    let file = std::env::temp_dir().join(format!("clientwright-cli-{}.json", std::process::id()));
    std::fs::write(&file, "{ \"name\": 1.50 }").unwrap();
    let server = Server::answering(echo).await;
    let from = |path: &str| format!("webhooks create --body={path}");
    run(&server, &from(&file.display().to_string()), TOKEN).await.map_err(|error| error.to_string()).unwrap();
    assert_eq!(server.seen()[0].text(), "{ \"name\": 1.50 }");
    std::fs::write(&file, "{ name }").unwrap();
    let error = run(&server, &from(&file.display().to_string()), TOKEN).await.unwrap_err().to_string();
    assert!(error.starts_with("--body: not JSON"), "{error}");
    std::fs::remove_file(&file).unwrap();
    let error = run(&server, &from(&file.display().to_string()), TOKEN).await.unwrap_err().to_string();
    assert!(error.starts_with("cannot read"), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn parts_come_from_paths_and_options() {
    let file = std::env::temp_dir().join(format!("clientwright-cli-{}.csv", std::process::id()));
    std::fs::write(&file, "a;b").unwrap();
    let server = Server::answering(|_| message(204, &[], b"")).await;
    let arguments = format!("upload --file={} --info={{\"n\":1.0}}", file.display());
    let out = run(&server, &arguments, TOKEN).await.map_err(|error| error.to_string()).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(out, "");
    let sent = server.seen()[0].text();
    assert!(sent.contains("content-type: text/csv\r\n\r\na;b\r\n"), "{sent}");
    assert!(sent.contains("name=\"info\"\r\ncontent-type: application/json\r\n\r\n{\"n\":1.0}\r\n"), "{sent}");
}

#[tokio::test]
async fn all_pages_are_one_list() {
    let server = Server::answering(|seen| match seen.target.contains("after=b") {
        true => json(200, r#"{"data":[{"id":3}]}"#),
        false => json(200, r#"{"data":[{"id":1},{"id":2}],"next":"b"}"#),
    })
    .await;
    let arguments = "notes --all --kind=c --limit=-2 --where=[1.0] --output=table";
    let out = run(&server, arguments, TOKEN).await.map_err(|error| error.to_string()).unwrap();
    assert_eq!(out, "ID\n1\n2\n3\n");
    // A value that is not listed is sent all the same.
    let asked: Vec<String> = server.seen().iter().map(|seen| seen.target.clone()).collect();
    assert_eq!(asked[0], "/notes?kind=c&limit=-2&where=%5B1.0%5D&v=2");
    assert!(asked[1].ends_with("&after=b"), "{asked:?}");
}

#[tokio::test]
async fn a_failure_says_why_and_shows_no_credential() {
    let server = Server::answering(|_| json(400, r#"{"message":"no t0ken-of-mine\u001b[2J"}"#)).await;
    let error = run(&server, "webhooks activate x", TOKEN).await.unwrap_err().to_string();
    assert!(error.contains("400") && !error.contains("t0ken-of-mine") && !error.contains('\u{1b}'), "{error}");
    // What is missing is said with the places where it may come from, and nothing is sent.
    let error = run(&server, "webhooks activate x", &[]).await.unwrap_err().to_string();
    assert!(error.contains("set WEBHOOKS_API_TOKEN"), "{error}");
    assert!(error.contains("set WEBHOOKS_API_CLIENT_ID, WEBHOOKS_API_CLIENT_SECRET"), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn arguments_that_mean_nothing_are_refused_before_anything_is_sent() {
    let server = Server::answering(|_| json(200, "{}")).await;
    for arguments in [
        "webhooks activate",
        "webhooks create",
        "webhooks create --name=a --weight=heavy",
        "webhooks create --name=a --body=-",
        "notes --limit=1.5",
        "notes --where={",
        "webhooks gone",
    ] {
        let refused = run(&server, arguments, TOKEN).await;
        assert!(matches!(refused, Err(Failure::Usage(ref error)) if error.exit_code() == 2), "{arguments}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn help_and_completions_name_every_operation_and_no_secret() {
    let server = Server::answering(|_| json(200, "{}")).await;
    let help = run(&server, "webhooks --help", TOKEN).await.unwrap_err().to_string();
    assert!(help.contains("activate") && help.contains("create"), "{help}");
    let help = run(&server, "--help", TOKEN).await.unwrap_err().to_string();
    assert!(help.contains("WEBHOOKS_API_TOKEN") && !help.contains("t0ken-of-mine"), "{help}");
    let script = run(&server, "completions bash", &[]).await.map_err(|error| error.to_string()).unwrap();
    assert!(script.contains("activate") && script.contains("--weight"), "{script}");
}

#[test]
fn a_table_has_a_row_an_item_or_a_row_a_member() {
    let shown = |json: &str, items| table(&Json::read(json.as_bytes()).unwrap(), items);
    let list = r#"{"count":2,"pets":[{"name":"Rex","age":3},{"age":null,"home":{"city":"Ulm"}}]}"#;
    assert_eq!(shown(list, None), "NAME  AGE  HOME\nRex   3\n           {\"city\": \"Ulm\"}\n");
    let two = r#"{"a":[1],"b":[{"c":"x\ny"}]}"#;
    assert_eq!(shown(two, Some("/b")), "C\nx y\n");
    assert_eq!(shown(two, None), "a  [1]\nb  [{\"c\": \"x\\ny\"}]\n");
    assert_eq!(shown(r#"{"pet":{"name":"Rex","age":3}}"#, None), "name  Rex\nage   3\n");
    assert_eq!(shown("[1,\"two\"]", None), "1\ntwo\n");
}
