//! A revision of a document, and the changes between two.

use clientwright::compare::{self, Level, RustChange};
use clientwright::place::Pointer;
use clientwright::{Analysis, Report};

use super::{Files, Options, Source};
use crate::output::File;
use crate::report::Ui;

/// A document with its overlays and the files to which it refers.
pub(crate) struct Documents {
    pub(crate) source: Source,
    pub(crate) overlays: Vec<Source>,
    pub(crate) files: Box<dyn Files>,
    /// The names of the revision.
    pub(crate) names: Option<Source>,
}

/// An analysed document.
pub(crate) struct Revision {
    report: Report<Analysis>,
    /// The crate that follows from it.
    pub(crate) files: Vec<File>,
}

impl Revision {
    /// Analyses a document; `None` if it is rejected, which has then been reported. Other findings are for `lint`.
    pub(crate) fn of(documents: &Documents, options: &Options, ui: &Ui) -> Option<Self> {
        let options = Options { names: documents.names.clone(), accept_renames: true, ..options.clone() };
        let mut report = clientwright::analyse(&documents.source, &documents.overlays, &*documents.files, &options);
        let Some(analysis) = &mut report.product else {
            let sources: Vec<&Source> = std::iter::once(&documents.source).chain(&documents.overlays).collect();
            ui.say(&super::Rendered::of(report.render_as(&sources, super::style(ui))));
            return None;
        };
        let files = std::mem::take(&mut analysis.generated.files).into_iter();
        let files = files.map(|file| File { path: file.path, contents: file.contents }).collect();
        Some(Revision { report, files })
    }

    /// Returns the number of operations.
    pub(crate) fn operations(&self) -> usize {
        self.report.product.as_ref().map_or(0, |analysis| analysis.api.operations.len())
    }

    /// The assigned names, for the next revision.
    pub(crate) fn names(&self) -> Option<Source> {
        let generated = &self.report.product.as_ref()?.generated;
        Some(Source { name: "names.yaml".to_owned(), bytes: generated.names_text().into_bytes() })
    }

    fn place(&self, pointer: Option<&Pointer>) -> Option<Place> {
        let (file, pointer) = self.report.origin(pointer?);
        Some(Place { file, pointer: pointer.as_str().to_owned() })
    }
}

/// A place in a file.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) pointer: String,
}

/// A change on the wire, with its places in the author's files.
#[derive(Clone, Debug)]
pub(crate) struct WireChange {
    pub(crate) id: String,
    /// `breaking`, `warning` or `info`.
    pub(crate) level: &'static str,
    pub(crate) text: String,
    pub(crate) operations: Vec<String>,
    pub(crate) old: Option<Place>,
    pub(crate) new: Option<Place>,
}

impl WireChange {
    pub(crate) fn is_breaking(&self) -> bool {
        self.level == Level::Breaking.word()
    }
}

/// Returns the changes on the wire, the most severe first.
pub(crate) fn wire_changes(old: &Revision, new: &Revision) -> Vec<WireChange> {
    let (Some(before), Some(after)) = (&old.report.product, &new.report.product) else { return Vec::new() };
    let changes = compare::compare(&before.api, &after.api).into_iter();
    changes
        .map(|change| WireChange {
            id: change.rule.id(),
            level: change.level.word(),
            text: change.text,
            operations: change.operations.into_iter().collect(),
            old: old.place(change.old.as_ref()),
            new: new.place(change.new.as_ref()),
        })
        .collect()
}

/// Returns the changes for code that compiles against the crate, the most severe first.
pub(crate) fn rust_changes(old: &Revision, new: &Revision) -> Vec<RustChange> {
    let (Some(before), Some(after)) = (&old.report.product, &new.report.product) else { return Vec::new() };
    compare::compare_crates(&before.plan, &after.plan)
}
