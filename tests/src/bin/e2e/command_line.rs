//! Calls every operation through the command line of the API, and checks what it prints and how it ends.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use super::{Credentials, ID, Result, Servers, ensure};

/// The command line, with the addresses and the credentials of the environment.
struct CommandLine<'a> {
    binary: &'a Path,
    environment: Vec<(&'static str, String)>,
}

impl CommandLine<'_> {
    fn run(&self, arguments: &[&str]) -> Result<Output> {
        let mut command = Command::new(self.binary);
        // Nothing of the environment around it counts.
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("WEBHOOKS_API_")) {
            command.env_remove(name);
        }
        Ok(command.args(arguments).envs(self.environment.iter().cloned()).output()?)
    }

    /// The output of a call that succeeds.
    fn text(&self, arguments: &[&str]) -> Result<String> {
        let output = self.run(arguments)?;
        let error = String::from_utf8_lossy(&output.stderr);
        ensure(output.status.success(), || format!("{}: {}: {error}", arguments.join(" "), output.status))?;
        Ok(String::from_utf8(output.stdout)?)
    }

    /// The error of a call that fails.
    fn error(&self, arguments: &[&str]) -> Result<String> {
        let output = self.run(arguments)?;
        let (code, arguments) = (output.status.code(), arguments.join(" "));
        ensure(code == Some(1), || format!("{arguments}: it ended with {code:?} instead of 1"))?;
        ensure(output.stdout.is_empty(), || format!("{arguments}: a failure has output"))?;
        Ok(String::from_utf8(output.stderr)?)
    }
}

/// The operations of the API, each as it is called, with a place in its answer and the value there.
fn calls() -> Vec<(Vec<&'static str>, &'static str, Value)> {
    let webhook = ["--name=Grades", "--target-url=https://example.com/hook", "--secret=hush", "--active"];
    let filter = ["--webhook-id", ID, "--filter-key=sensor", "--filter-value=sensor123", "--filter-type=string"];
    let operation = ["--filter-operation=notContains", "--active=true"];
    let of = |words: &[&'static str], more: &[&[&'static str]]| [words, &more.concat()].concat();
    vec![
        (vec!["webhooks", "list"], "/webhooks/0/id", json!(ID)),
        (of(&["webhooks", "create"], &[&webhook]), "/webhook/name", json!("My Webhook")),
        (vec!["webhooks", "get", ID], "/webhook/secret", json!("secret123")),
        (of(&["webhooks", "update", ID], &[&webhook]), "/webhook/active", json!(true)),
        (vec!["webhooks", "delete", "a/b?c#d e%2F"], "/status", json!("string")),
        (vec!["webhooks", "activate", ID], "/webhook/id", json!(ID)),
        (vec!["webhooks", "deactivate", ID], "/webhook/id", json!(ID)),
        (vec!["webhook-filters", "list"], "/filters/0/webhookId", json!(ID)),
        (of(&["webhook-filters", "create"], &[&filter, &operation]), "/filter/filterKey", json!("sensor")),
        (vec!["webhook-filters", "get", ID], "/filter/filterType", json!("string")),
        (of(&["webhook-filters", "update", ID], &[&filter, &operation]), "/filter/active", json!(true)),
        (vec!["webhook-filters", "delete", ID], "/status", json!("string")),
        (vec!["webhook-filters", "list-by-webhook", ID], "/filters/0/webhookId", json!(ID)),
    ]
}

/// Calls each operation once, and some that have to fail.
pub(super) async fn run(servers: &Servers, binary: &Path) -> Result {
    let client = servers.clients.iter().find(|client| client.token_endpoint_auth_method == "client_secret_post");
    let client = client.ok_or("no client sends its secret in the body")?;
    let with = |Credentials { client_id, client_secret, .. }: &Credentials| CommandLine {
        binary,
        environment: vec![
            ("WEBHOOKS_API_BASE_URL", servers.api.clone()),
            ("WEBHOOKS_API_TOKEN_URL", servers.token.clone()),
            ("WEBHOOKS_API_CLIENT_ID", client_id.clone()),
            ("WEBHOOKS_API_CLIENT_SECRET", client_secret.clone()),
        ],
    };
    let line = with(client);
    let before = servers.observed().await?.violations.len();
    let calls = calls();
    for (arguments, place, expected) in &calls {
        let answer: Value = serde_json::from_str(&line.text(arguments)?)?;
        let found = answer.pointer(place);
        ensure(found == Some(expected), || format!("{}: {place} is {found:?}", arguments.join(" ")))?;
    }
    let table = line.text(&["webhooks", "list", "--output", "table"])?;
    ensure(table.starts_with("ID ") && table.contains(ID), || format!("the table has no heads: {table}"))?;
    let violations = servers.observed().await?.violations;
    ensure(violations.len() == before, || format!("Prism objected: {}", violations.join("; ")))?;
    println!("the command line: {} of 13 operations", calls.len());

    let wrong = with(&Credentials { client_secret: "wr0ng-secret".to_owned(), ..client.clone() });
    let error = wrong.error(&["webhooks", "list"])?;
    ensure(!error.contains("wr0ng-secret"), || format!("the error shows the secret: {error}"))?;
    let help = String::from_utf8(wrong.run(&["webhooks", "create", "--help"])?.stdout)?;
    ensure(help.contains("--target-url") && !help.contains("wr0ng-secret"), || format!("the help is: {help}"))?;
    let anonymous = CommandLine { binary, environment: line.environment[..2].to_vec() };
    let error = anonymous.error(&["webhooks", "list"])?;
    ensure(error.contains("WEBHOOKS_API_TOKEN"), || {
        format!("the error does not say where a token comes from: {error}")
    })?;
    let mut unlisted = calls[8].0.clone();
    unlisted.iter_mut().filter(|word| word.contains("notContains")).for_each(|word| *word = "--filter-operation=odd");
    let error = line.error(&unlisted)?;
    ensure(error.contains("400"), || format!("an unlisted value came to another error: {error}"))?;
    println!("the command line exits with 1 for a wrong secret, for none, and for an unlisted value");
    Ok(())
}
