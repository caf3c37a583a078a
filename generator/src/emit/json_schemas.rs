//! Implementations of `schemars::JsonSchema` for the types of the runtime, where the user of the crate adds its derive.

use crate::rust::{Crate, RuntimeModule};

/// The derive that needs them.
const DERIVE: &str = "schemars::JsonSchema";

const HEAD: &str = "
/// The schemas of the types of this module, for types that derive `schemars::JsonSchema`.
mod json_schemas {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
";

const PRESENCE: &str = "
    /// The schema of a value or null; an absent member is one that is not required.
    impl<T: JsonSchema> JsonSchema for super::Presence<T> {
        fn inline_schema() -> bool {
            true
        }

        fn schema_name() -> Cow<'static, str> {
            Option::<T>::schema_name()
        }

        fn schema_id() -> Cow<'static, str> {
            Option::<T>::schema_id()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            Option::<T>::json_schema(generator)
        }
    }
";

/// The part of `src/runtime.rs`; `None` if no type derives it.
pub(super) fn module(plan: &Crate) -> Option<String> {
    if !plan.additions.has_derive(DERIVE) {
        return None;
    }
    let types = [
        (None, "Secret", r#""type": "string", "format": "password""#),
        (Some(RuntimeModule::Decimal), "Decimal", r#""type": "number""#),
        (Some(RuntimeModule::KnownBase64), "Base64", r#""type": "string", "contentEncoding": "base64""#),
        (Some(RuntimeModule::KnownDecimal), "DecimalText", r#""type": "string", "format": "decimal""#),
        (Some(RuntimeModule::Timestamp), "Date", r#""type": "string", "format": "date""#),
        (Some(RuntimeModule::Timestamp), "Timestamp", r#""type": "string", "format": "date-time""#),
    ];
    let is_there = |module: &Option<RuntimeModule>| module.is_none_or(|module| plan.runtime.contains(&module));
    let mut text = HEAD.to_owned();
    for (_, name, members) in types.iter().filter(|(module, ..)| is_there(module)) {
        text.push_str(&of_type(name, members));
    }
    if plan.runtime.contains(&RuntimeModule::Presence) {
        text.push_str(PRESENCE);
    }
    Some(text + "}\n")
}

fn of_type(name: &str, members: &str) -> String {
    format!(
        "
    impl JsonSchema for super::{name} {{
        fn inline_schema() -> bool {{
            true
        }}

        fn schema_name() -> Cow<'static, str> {{
            \"{name}\".into()
        }}

        fn json_schema(_: &mut SchemaGenerator) -> Schema {{
            json_schema!({{ {members} }})
        }}
    }}
"
    )
}
