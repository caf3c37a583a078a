//! Rendering of findings for people, editors, programs and CI.

mod escape;
mod human;
mod located;
mod record;

use std::collections::HashMap;

use crate::diagnostics::{Allowed, Diagnostic, Diagnostics, Kind, Severity};
use crate::document::{Marks, locate};
use crate::place::{Origins, Place, Pointer, Source};
use crate::written::{Json, Product as _, Terminal, Workflow, WorkflowProperty, Written};
use located::{Located, Spot};
use record::Finding;

/// The output format of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Like rustc: with the lines of the source, a caret and the correction. Equal findings at several places are combined.
    #[default]
    Human,
    /// One line per finding: `file:line:column: severity[CODE]: message (pointer)`.
    Short,
    /// One JSON object per line.
    Json,
    /// Annotations for GitHub Actions.
    Github,
}

/// The style of rendered findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The format.
    pub format: Format,
    /// True for the colors of terminals.
    pub color: bool,
    /// True for every finding in full, including allowed ones. Otherwise those of one rule are counted if there are many, and those
    /// that lose nothing or are allowed are left out.
    pub verbose: bool,
}

/// Writes findings as text, as [`render_as`] does, without the verbose ones.
pub fn render(found: &Diagnostics, sources: &[&Source], origins: &Origins, format: Format, color: bool) -> String {
    render_as(found, sources, origins, Style { format, color, verbose: false })
}

/// Writes findings as text.
///
/// `sources` are the files that were read; those that the stages read themselves need not be among them.
pub fn render_as(found: &Diagnostics, sources: &[&Source], origins: &Origins, style: Style) -> String {
    let Style { format, color, verbose } = style;
    let sources: Vec<&Source> = sources.iter().copied().chain(found.files()).collect();
    let found: Vec<Located<'_>> = Locator::new(&sources, origins).locate(found, verbose);
    match format {
        Format::Human => human::write(&found, &sources, color, verbose),
        Format::Short => lines(&found, short),
        Format::Json => lines(&found, json_line),
        Format::Github => lines(&found, github),
    }
}

/// Looks up all places and reads each file once.
struct Locator<'a> {
    sources: &'a [&'a Source],
    origins: &'a Origins,
    wanted: HashMap<String, Vec<Pointer>>,
}

impl<'a> Locator<'a> {
    fn new(sources: &'a [&'a Source], origins: &'a Origins) -> Self {
        Locator { sources, origins, wanted: HashMap::new() }
    }

    fn locate(mut self, found: &'a Diagnostics, verbose: bool) -> Vec<Located<'a>> {
        let mut located: Vec<Located<'a>> = found
            .iter()
            .filter(|diagnostic| verbose || diagnostic.rule.kind() != Kind::Equivalent)
            .map(|diagnostic| self.unmarked(diagnostic, None))
            .collect();
        if verbose {
            located.extend(found.allowed().iter().map(|allowed| self.unmarked(&allowed.diagnostic, Some(allowed))));
        }
        let mut marks: HashMap<(&str, &Pointer), Marks> = HashMap::new();
        for source in self.sources {
            let Some(pointers) = self.wanted.get(&source.name) else { continue };
            for (pointer, found) in pointers.iter().zip(locate(source, pointers)) {
                if let Some(found) = found {
                    marks.insert((&source.name, pointer), found);
                }
            }
        }
        let place = |spot: &mut Spot| {
            if let Some(pointer) = &spot.pointer {
                spot.position = marks.get(&(spot.file.as_str(), pointer)).map(Marks::shown);
            }
        };
        for found in &mut located {
            place(&mut found.spot);
            found.related.iter_mut().for_each(|(spot, _)| place(spot));
        }
        located
    }

    /// A finding whose places have no lines yet.
    fn unmarked(&mut self, diagnostic: &'a Diagnostic, allowed: Option<&'a Allowed>) -> Located<'a> {
        Located {
            spot: self.spot(&diagnostic.place),
            related: diagnostic.related.iter().map(|(place, label)| (self.spot(place), label.as_str())).collect(),
            diagnostic,
            allowed,
        }
    }

    fn spot(&mut self, place: &Place) -> Spot {
        let (file, pointer) = match place {
            Place::Text(file, position) => {
                return Spot { file: file.clone(), pointer: None, position: Some(*position), in_spec: false };
            }
            Place::File(file, pointer) => (file.clone(), pointer.clone()),
            Place::Tree(pointer) => {
                let (file, pointer) = self.origins.source_of(pointer);
                (file.to_owned(), pointer)
            }
        };
        self.wanted.entry(file.clone()).or_default().push(pointer.clone());
        let in_spec = file == self.origins.spec();
        Spot { file, pointer: Some(pointer), position: None, in_spec }
    }
}

fn lines(found: &[Located<'_>], line: impl Fn(&Located<'_>) -> String) -> String {
    found.iter().fold(String::new(), |mut text, found| {
        text.push_str(&line(found));
        text
    })
}

fn short(found: &Located<'_>) -> String {
    let (rule, severity) = (found.diagnostic.rule, found.severity());
    let mut line = Written::<Terminal>::default();
    found.spot.write_label(&mut line);
    line.raw(": ").raw(severity.word()).raw("[").raw(rule.code()).raw("]: ").text(found.message());
    write_pointer(&found.spot, &mut line);
    for (spot, label) in &found.related {
        line.raw("; ").text(label).raw(": ");
        spot.write_label(&mut line);
        write_pointer(spot, &mut line);
    }
    if let Some(permission) = found.permission() {
        line.raw("; ").text(&permission);
    }
    line.raw("\n").as_str().to_owned()
}

fn write_pointer(spot: &Spot, line: &mut Written<Terminal>) {
    if let Some(pointer) = spot.pointer_text() {
        line.raw(" (").text(pointer).raw(")");
    }
}

fn json_line(found: &Located<'_>) -> String {
    Written::<Json>::line(&Finding::of(found)).printed().to_owned()
}

fn github(found: &Located<'_>) -> String {
    let entry = found.diagnostic.rule.entry();
    let property = |text: &str| Written::<WorkflowProperty>::of(text);
    let mut line = Written::<Workflow>::default();
    line.raw("::").raw(match found.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    });
    line.raw(" file=").property(&property(&found.spot.file));
    if let Some(at) = found.spot.position {
        line.raw(",line=").number(at.line).raw(",col=").number(at.column);
    }
    line.raw(",title=").property(&property(&format!("{} {}", entry.code, entry.title)));
    line.raw("::").text(found.message());
    if let Some(pointer) = found.spot.pointer_text() {
        line.raw(" (").text(pointer).raw(")");
    }
    line.raw("%0A").text(found.permission().as_deref().unwrap_or(found.help()));
    line.raw("\n").as_str().to_owned()
}
