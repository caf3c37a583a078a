//! The candidate for a component's name.

use std::borrow::Cow;

use crate::ir::{Api, Schema, SchemaId};

/// Returns the name that the document asks for, else the component's key; of the type that is sent, with `Input` after it.
pub(crate) fn candidate<'a>(api: &'a Api, component: &'a str, id: SchemaId) -> Cow<'a, str> {
    let sent = Schema::is_sent_as(component);
    let name = api.schemas.get(id).docs.name.as_deref().unwrap_or(sent.unwrap_or(component));
    if sent.is_some() { Cow::Owned(format!("{name} Input")) } else { Cow::Borrowed(name) }
}
