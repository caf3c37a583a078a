//! Actions of overlays.

use serde_json::{Map, Value, json};

use super::json_path::Path;

/// An action of an overlay.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Action {
    target: Path,
    description: String,
    effect: Effect,
}

#[derive(Clone, Debug, PartialEq)]
enum Effect {
    /// Merges these members into the target.
    Update(Map<String, Value>),
    Remove,
}

impl Action {
    pub(super) fn update(target: Path, members: Map<String, Value>, description: impl Into<String>) -> Self {
        Action { target, description: description.into(), effect: Effect::Update(members) }
    }

    pub(super) fn remove(target: Path, description: impl Into<String>) -> Self {
        Action { target, description: description.into(), effect: Effect::Remove }
    }

    /// The Action Object.
    pub(super) fn into_value(self) -> Value {
        let mut action = Map::new();
        action.insert("target".to_owned(), json!(self.target.as_str()));
        action.insert("description".to_owned(), json!(self.description));
        match self.effect {
            Effect::Update(members) => action.insert("update".to_owned(), Value::Object(members)),
            Effect::Remove => action.insert("remove".to_owned(), json!(true)),
        };
        Value::Object(action)
    }
}
