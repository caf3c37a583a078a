//! UUIDs (RFC 9562).

use uuid::Uuid;

super::known::text_value! {
    Uuid: Uuid::nil(), |text| Uuid::parse_str(text).ok(), |value: &Uuid| Some(value.to_string()), "a UUID"
}
