//! The state that the operations of a group share while they are planned.

use crate::diagnostics::Diagnostics;
use crate::plan::naming::namer::Namer;
use crate::plan::operations::security::Security;
use crate::plan::types::mapping::Types;
use crate::rust::name::Scope;
use crate::rust::{ArgPassing, Namespace, Type};

/// The context for planning the operations of a group.
pub(crate) struct Context<'a, 'n> {
    pub(crate) types: Types<'a>,
    pub(crate) security: &'a Security,
    /// The names of the group's module.
    pub(crate) scope: Scope,
    /// The namespace of the group's module.
    pub(crate) module: Namespace,
    /// The names of the group's methods.
    pub(crate) methods: Scope,
    pub(crate) namer: &'a mut Namer<'n>,
    pub(crate) diagnostics: &'a mut Diagnostics,
}

/// Returns the key of the method name for a further media type of an operation's body.
pub(crate) fn further_method(operation: &str, word: &str) -> String {
    format!("{operation} as {word}")
}

/// Returns the way to pass a value of a type, which is that of the type it is another name of.
pub(crate) fn arg_passing(types: Types<'_>, ty: Type) -> ArgPassing {
    match types.behind(&ty) {
        Type::String => ArgPassing::Text,
        Type::Bool | Type::Number(_) => ArgPassing::Copy(ty),
        // The form of a chosen type on the wire is known by its own name only.
        Type::Foreign(foreign) if foreign.is_copy() => ArgPassing::Copy(Type::Foreign(foreign)),
        Type::Foreign(foreign) => ArgPassing::Reference(Type::Foreign(foreign)),
        Type::List(item) => ArgPassing::Slice(*item),
        _ => ArgPassing::Reference(ty),
    }
}
