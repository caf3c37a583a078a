//! The state that the operations of a group share while they are planned.

use crate::diagnostics::Diagnostics;
use crate::plan::operations::security::Security;
use crate::plan::types::mapping::Types;
use crate::rust::name::Scope;
use crate::rust::{ArgPassing, Namespace, Type};

/// What all operations of a group share while they are planned.
pub(crate) struct Context<'a> {
    pub(crate) types: Types<'a>,
    pub(crate) security: &'a Security,
    /// The names of the group's module.
    pub(crate) scope: Scope,
    /// Where the names of the group's module are written down.
    pub(crate) module: Namespace,
    /// The names of the group's methods.
    pub(crate) methods: Scope,
    pub(crate) diagnostics: &'a mut Diagnostics,
}

/// What bears the name of a method for a further media type of an operation's body.
pub(crate) fn further_method(operation: &str, word: &str) -> String {
    format!("{operation} as {word}")
}

/// How a value of a type is best handed over.
pub(crate) fn arg_passing(ty: Type) -> ArgPassing {
    match ty {
        Type::String => ArgPassing::Text,
        Type::Bool | Type::Number(_) => ArgPassing::Copy(ty),
        Type::List(item) => ArgPassing::Slice(*item),
        other => ArgPassing::Reference(other),
    }
}
