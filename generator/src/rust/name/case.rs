//! The cases of identifiers.

/// The use of a name, which determines its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Types and type parameters: `WebhookFilter`.
    Type,
    /// Fields, methods, arguments, modules: `webhook_filter`.
    Value,
    /// Constants: `WEBHOOK_FILTER`.
    Constant,
    /// Variants of an enum: `WebhookFilter`.
    Variant,
}
