//! Repairs of the common faults of real documents, one file each.

mod boolean_text;
mod flat_schema;
mod missing_part;
mod number_text;
mod object_stand_in;
mod scalar_for_list;
mod spelling;
mod text_number;

pub(super) use boolean_text::flag;
pub(super) use flat_schema::flat_schema;
pub(super) use missing_part::missing;
pub(super) use number_text::number;
pub(super) use object_stand_in::{map_for, object_for};
pub(super) use scalar_for_list::{Listed, anys, list, listed, single, texts};
pub(super) use spelling::{is_stray_extension, misspelt, near_field};
pub(super) use text_number::{scopes, text, text_map};
