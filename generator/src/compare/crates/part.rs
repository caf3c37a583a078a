//! The parts of a crate's API.

use super::change::ItemKind;
use super::spelling::Spelling;

/// A part of a crate's API, with its own parts.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) kind: ItemKind,
    /// The identity among the parts of the same owner: its form on the wire, such as a member's name.
    pub(super) key: String,
    /// A second identity, for parts whose first one changed: an `operationId`.
    pub(super) alias: Option<String>,
    /// The name, which users write.
    pub(super) name: String,
    /// The path, as messages show it.
    pub(super) path: String,
    pub(super) form: Form,
    /// The member, value or parameter on the wire that it represents, for parts whose users rely on that.
    pub(super) wire: Option<String>,
    pub(super) deprecated: bool,
    /// True if users write out or match all fields and variants, so that one more stops their code from compiling.
    pub(super) is_closed: bool,
    /// True if the name follows from the name of the owner, so that renaming the owner renames it too.
    pub(super) follows_owner: bool,
    pub(super) parts: Vec<Part>,
}

/// The form of a part, which users rely on.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// The name is all.
    Name,
    /// It has a type, or what follows its name.
    Type(Spelling),
    /// It is called.
    Call(Call),
}

/// A signature.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// The receiver, if there is one (`&self`).
    pub(super) receiver: Option<&'static str>,
    /// The arguments in order.
    pub(super) arguments: Vec<Argument>,
    /// The returned type, for messages. It is another part, or follows from the owner.
    pub(super) returns: String,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument {
    /// The identity: location and wire name of a parameter, for example.
    pub(super) key: String,
    /// The name in Rust.
    pub(super) name: String,
    /// The name on the wire.
    pub(super) wire: String,
    pub(super) ty: Spelling,
}

impl Part {
    /// A part without parts.
    pub(super) fn new(kind: ItemKind, key: impl Into<String>, name: &str, path: String) -> Self {
        Part {
            kind,
            key: key.into(),
            alias: None,
            name: name.to_owned(),
            path,
            form: Form::Name,
            wire: None,
            deprecated: false,
            is_closed: false,
            follows_owner: false,
            parts: Vec::new(),
        }
    }

    /// Gives it a type.
    pub(super) fn of_type(self, ty: Spelling) -> Self {
        Part { form: Form::Type(ty), ..self }
    }

    /// Gives it a signature.
    pub(super) fn called(self, call: Call) -> Self {
        Part { form: Form::Call(call), ..self }
    }

    /// Sets the element on the wire that it represents.
    pub(super) fn on_the_wire(self, wire: impl Into<String>) -> Self {
        Part { wire: Some(wire.into()), ..self }
    }

    /// Marks it as deprecated if that is so.
    pub(super) fn deprecated(self, deprecated: bool) -> Self {
        Part { deprecated, ..self }
    }

    /// Gives it parts.
    pub(super) fn with(self, parts: Vec<Part>) -> Self {
        Part { parts, ..self }
    }

    /// States that users write out or match all of its fields and variants.
    pub(super) fn closed(self) -> Self {
        Part { is_closed: true, ..self }
    }

    /// States that its name follows from the name of its owner.
    pub(super) fn following(self) -> Self {
        Part { follows_owner: true, ..self }
    }

    /// The types that the part itself mentions, without those of its parts.
    pub(super) fn spellings(&self) -> impl Iterator<Item = &Spelling> {
        let (own, call) = match &self.form {
            Form::Name => (None, None),
            Form::Type(ty) => (Some(ty), None),
            Form::Call(call) => (None, Some(call)),
        };
        own.into_iter().chain(call.into_iter().flat_map(|call| &call.arguments).map(|argument| &argument.ty))
    }
}
