//! `overlay` and `lint --overlay-for`: overlays that are written for a document.

use std::path::Path;

use crate::cli::{MessageFormat, Overlay};
use crate::compile;
use crate::compile::written::{Terminal, Written, Yaml};
use crate::exit::Exit;
use crate::report::{Failure, Ui};
use crate::request::Request;

/// Prints the overlay that turns one document into another.
pub(crate) fn run(args: &Overlay, ui: &Ui) -> Result<Exit, Failure> {
    let new = match (&args.from_report, &args.new) {
        (Some(report), _) => return permit(args, report, ui),
        (None, Some(new)) => new,
        (None, None) => return Err(Failure::Usage("name the document as it should be, or a report".to_owned())),
    };
    match compile::overlay_between(&args.old, new, &args.settings, ui)? {
        Some(text) if text.is_empty() => {
            tell(ui, &format!("{} and {} have the same contents\n", args.old.display(), new.display()));
            Ok(Exit::Done)
        }
        Some(text) => {
            ui.product(&Written::<Yaml>::by_library(text));
            Ok(Exit::Done)
        }
        None => Ok(Exit::Refused),
    }
}

/// Prints the overlay that permits what a report says of answers; exit 1 if a line of it has no action.
fn permit(args: &Overlay, report: &Path, ui: &Ui) -> Result<Exit, Failure> {
    let Some(found) = compile::overlay_from_report(&args.old, report, &args.settings, ui)? else {
        return Ok(Exit::Refused);
    };
    if let Some(text) = found.overlay {
        ui.product(&Written::<Yaml>::by_library(text));
    }
    for reason in &found.left {
        tell(ui, &format!("{reason}\n"));
    }
    Ok(if found.left.is_empty() { Exit::Done } else { Exit::Refused })
}

/// Prints the overlay that settles the findings of a rule; exit 1 if any is left.
pub(crate) fn propose(request: &Request, code: &str, ui: &Ui) -> Result<Exit, Failure> {
    let proposal = compile::overlay_for(request, code)?;
    let proposal = proposal.ok_or_else(|| Failure::Usage(format!("there is no rule `{code}`")))?;
    let (settled, all) = (proposal.settled, proposal.settled + proposal.left);
    if let Some(text) = proposal.overlay {
        ui.product(&Written::<Yaml>::by_library(text));
    }
    let findings = if all == 1 { "finding" } else { "findings" };
    tell(ui, &format!("{settled} of {all} {findings} of {code} settled\n"));
    Ok(if proposal.left == 0 { Exit::Done } else { Exit::Refused })
}

/// Prints a text for people; for programs, only the overlay is printed.
fn tell(ui: &Ui, text: &str) {
    match ui.format {
        MessageFormat::Human | MessageFormat::Short => ui.say(&Written::<Terminal>::lines(text)),
        MessageFormat::Json | MessageFormat::Github => {}
    }
}
