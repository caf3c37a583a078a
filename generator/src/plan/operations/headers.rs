//! The headers of responses, each with its type.

use std::collections::BTreeMap;

use crate::ir::Header;
use crate::plan::types::mapping::Types;
use crate::rust::name::{Case, Scope};
use crate::rust::{HeaderConstant, Type};

/// Every documented header of responses, by its name.
pub(crate) fn headers(types: Types<'_>) -> Vec<HeaderConstant> {
    let mut found: BTreeMap<String, HeaderConstant> = BTreeMap::new();
    let responses = types.api.operations.iter().flat_map(|operation| &operation.responses);
    for header in responses.flat_map(|response| &response.headers) {
        let ty = self::ty(types, header);
        let name = Scope::new().claim(&header.name, Case::Constant);
        let new = || HeaderConstant {
            name,
            wire: header.name.clone(),
            ty: ty.clone(),
            description: header.docs.description.clone(),
        };
        let known = found.entry(header.name.to_ascii_lowercase()).or_insert_with(new);
        // If the document gives it two types, it is a text.
        if known.ty != ty {
            known.ty = Type::String;
        }
        if known.description.is_none() {
            known.description.clone_from(&header.docs.description);
        }
    }
    // `X-A` and `X_A` are two headers.
    let names = Scope::new().claim_all(found.values().map(|header| header.wire.as_str()), Case::Constant);
    let named = |(header, name)| HeaderConstant { name, ..header };
    found.into_values().zip(names).map(named).collect()
}

/// Returns the type of a header: a plain value, or text.
fn ty(types: Types<'_>, header: &Header) -> Type {
    let schemas = &types.api.schemas;
    match header.value.as_ref().map(|value| types.inside(schemas.resolve(value.schema))) {
        Some(plain @ (Type::Bool | Type::Number(_) | Type::Decimal | Type::Timestamp | Type::Date)) => plain,
        _ => Type::String,
    }
}
