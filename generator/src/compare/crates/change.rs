//! A change of a crate's API.

use std::fmt;

use crate::compare::rule::{ChangeRule, CrateRule};

/// The part of a version that has to increase (<https://semver.org>, as Cargo reads it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing is different.
    None,
    /// Nothing that a user relies on is different.
    Patch,
    /// Something was added.
    Minor,
    /// Code that compiled may not compile any more, or may mean something else.
    Major,
}

impl Bump {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Bump::None => "none",
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }
}

/// The way in which a part changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// It is removed.
    Removed,
    /// It has another name.
    Renamed,
    /// It has another owner.
    Moved,
    /// Its arguments have another order.
    Reordered,
    /// It has another type.
    Changed,
    /// Several parts have another type of the crate instead of it.
    Replaced,
    /// It is deprecated.
    Deprecated,
    /// It is new.
    Added,
}

impl Verb {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verb::Removed => "removed",
            Verb::Renamed => "renamed",
            Verb::Moved => "moved",
            Verb::Reordered => "reordered",
            Verb::Changed => "changed",
            Verb::Replaced => "replaced",
            Verb::Deprecated => "deprecated",
            Verb::Added => "added",
        }
    }
}

/// The kind of a part of a crate's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A Cargo feature.
    Feature,
    /// A public module.
    Module,
    /// A name that the root of the crate exports.
    Export,
    /// A struct.
    Struct,
    /// An enum.
    Enum,
    /// A type alias.
    Type,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// A trait that a type implements.
    Trait,
    /// A method or an associated function.
    Method,
    /// An argument of a method.
    Argument,
    /// An associated type of an operation, such as its output.
    Result,
    /// A constant.
    Constant,
    /// A static.
    Static,
}

impl ItemKind {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ItemKind::Feature => "feature",
            ItemKind::Module => "module",
            ItemKind::Export => "export",
            ItemKind::Struct => "struct",
            ItemKind::Enum => "enum",
            ItemKind::Type => "type",
            ItemKind::Field => "field",
            ItemKind::Variant => "variant",
            ItemKind::Trait => "trait",
            ItemKind::Method => "method",
            ItemKind::Argument => "argument",
            ItemKind::Result => "result",
            ItemKind::Constant => "constant",
            ItemKind::Static => "static",
        }
    }

    /// Returns whether parts of this kind are types of the crate, which share one namespace.
    pub(super) fn is_type(self) -> bool {
        match self {
            ItemKind::Struct | ItemKind::Enum | ItemKind::Type => true,
            ItemKind::Feature
            | ItemKind::Module
            | ItemKind::Export
            | ItemKind::Field
            | ItemKind::Variant
            | ItemKind::Trait
            | ItemKind::Method
            | ItemKind::Argument
            | ItemKind::Result
            | ItemKind::Constant
            | ItemKind::Static => false,
        }
    }
}

/// A change of a crate's API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustChange {
    /// The way in which it changed.
    pub verb: Verb,
    /// The part of the version that has to increase.
    pub bump: Bump,
    /// The kind of the part.
    pub kind: ItemKind,
    /// The path of the part before the change; of a new part, after it (`types::Webhook::name`).
    pub path: String,
    /// The part before and after the change as Rust: its type, or its name if it was renamed.
    pub before: String,
    /// See `before`.
    pub after: String,
    /// A fact that is in neither text, such as that callers still compile.
    pub note: Option<String>,
    /// The paths, after the change, of all parts that the same change is about, or that use a renamed or replaced type.
    pub places: Vec<String>,
}

/// More places than this are only counted.
const SHOWN: usize = 4;

impl RustChange {
    /// Returns the rule, for `explain`.
    #[must_use]
    pub fn rule(&self) -> ChangeRule {
        let rule = match (self.verb, self.kind) {
            (Verb::Removed, _) => CrateRule::ItemRemoved,
            (Verb::Renamed, ItemKind::Argument) => CrateRule::ArgumentRenamed,
            (Verb::Renamed, _) => CrateRule::ItemRenamed,
            (Verb::Moved, _) => CrateRule::ItemMoved,
            (Verb::Reordered, _) => CrateRule::ArgumentsReordered,
            (Verb::Changed, _) => CrateRule::ItemChanged,
            (Verb::Replaced, _) => CrateRule::TypeReplaced,
            (Verb::Deprecated, _) => CrateRule::ItemDeprecated,
            (Verb::Added, ItemKind::Field) if self.bump == Bump::Major => CrateRule::FieldAdded,
            (Verb::Added, _) => CrateRule::ItemAdded,
        };
        ChangeRule::Crate(rule)
    }
}

impl fmt::Display for RustChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, kind) = (self.verb.word(), self.kind.word());
        match (self.verb, self.kind) {
            (Verb::Renamed, ItemKind::Argument) => write!(f, "{verb} {kind} `{}` to `{}`", self.before, self.after)?,
            (Verb::Reordered, _) => {
                write!(f, "{verb} arguments of `{}`: `{}`, was `{}`", self.path, self.after, self.before)?;
            }
            (Verb::Renamed | Verb::Moved, _) => write!(f, "{verb} {kind} `{}` to `{}`", self.path, self.after)?,
            (Verb::Changed, _) => {
                write!(f, "{verb} {kind} `{}`: `{}`, was `{}`", self.path, self.after, self.before)?;
            }
            (Verb::Replaced, _) => write!(f, "{verb} `{}` by `{}`", self.before, self.after)?,
            (Verb::Removed | Verb::Deprecated | Verb::Added, _) => write!(f, "{verb} {kind} `{}`", self.path)?,
        }
        if let Some(note) = &self.note {
            write!(f, ": {note}")?;
        }
        if !self.places.is_empty() {
            let shown: Vec<String> = self.places.iter().take(SHOWN).map(|place| format!("`{place}`")).collect();
            write!(f, ", in {}", shown.join(", "))?;
            if self.places.len() > SHOWN {
                write!(f, " and {} more", self.places.len() - SHOWN)?;
            }
        }
        Ok(())
    }
}
