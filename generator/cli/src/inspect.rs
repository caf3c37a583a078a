//! `lint`, `effective` and `explain`: commands that do not generate.

use crate::cli::{Explain, Inspect, Lint, MessageFormat, Schema, SchemaOf};
use crate::compile::written::{Json, Terminal, Written, Yaml};
use crate::compile::{self, Findings};
use crate::config;
use crate::exit::Exit;
use crate::messages::{self, Message};
use crate::overlay;
use crate::report::{Failure, Ui};
use crate::request::Request;

/// Reports the findings of a document. The exit code is 0 unless it would be rejected.
pub(crate) fn lint(args: &Lint, ui: &Ui) -> Result<Exit, Failure> {
    let args = match &args.overlay_for {
        Some(code) => return overlay::propose(&request(&args.inspect), code, ui),
        None => &args.inspect,
    };
    let outcome = compile::check(&request(args), ui)?;
    let Findings { errors, warnings, notes, settled_by_overlay, .. } = outcome.findings;
    let spec = args.spec.display().to_string();
    let line = format!("{spec}: {}, {}, {}", some(errors, "error"), some(warnings, "warning"), some(notes, "note"));
    ui.fact(&Message::Lint { spec: &spec, errors, warnings, notes }, &line);
    if ui.format == MessageFormat::Human && !settled_by_overlay.is_empty() {
        let codes = settled_by_overlay.into_iter().collect::<Vec<_>>().join(", ");
        ui.say(&Written::<Terminal>::lines(&format!(
            "`{} lint {spec} --overlay-for CODE` writes an overlay that settles findings of {codes}\n",
            ui.program
        )));
    }
    Ok(if outcome.product.is_some() { Exit::Done } else { Exit::Refused })
}

fn some(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Prints a document as the generator sees it.
pub(crate) fn effective(args: &Inspect, ui: &Ui) -> Result<Exit, Failure> {
    match compile::effective(&request(args), ui)?.product {
        Some(text) => {
            ui.product(&Written::<Yaml>::by_library(text));
            Ok(Exit::Done)
        }
        None => Ok(Exit::Refused),
    }
}

/// Explains a rule.
pub(crate) fn explain(args: &Explain, ui: &Ui) -> Result<Exit, Failure> {
    let text = compile::explain(&args.code);
    let text = text.ok_or_else(|| Failure::Usage(format!("there is no rule `{}`", args.code)))?;
    ui.print(&text);
    Ok(Exit::Done)
}

/// Prints a JSON Schema.
pub(crate) fn schema(args: &Schema, ui: &Ui) -> Exit {
    ui.product(Written::<Json>::default().raw(match args.of {
        SchemaOf::Messages => messages::SCHEMA,
        SchemaOf::Config => config::SCHEMA,
    }));
    Exit::Done
}

fn request(args: &Inspect) -> Request {
    Request { overlays: args.overlays.clone(), ..Request::of(args.spec.clone(), "", &args.settings) }
}
