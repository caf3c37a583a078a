//! Answers that come in pages.

use crate::ir::Pagination;
use crate::plan::types::mapping::Types;
use crate::rust::{Pages, Type};

/// Plans how the answers of an operation are paged through.
pub(crate) fn pages(types: Types<'_>, source: &Pagination) -> Pages {
    Pages {
        way: source.way.clone(),
        items: source.items.clone(),
        more: source.more.clone(),
        total: source.total.clone(),
        item: source.item.as_ref().map_or(Type::Value, |item| types.nullable(item)),
    }
}
