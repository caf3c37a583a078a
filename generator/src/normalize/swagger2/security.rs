//! Security definitions as security schemes.

use serde_json::{Value, json};

use super::state::{Members, State};
use crate::place::Pointer;

/// Moves the security definitions among the components.
pub(super) fn schemes(document: &mut Members, components: &mut Members, state: &mut State<'_>) {
    let Some(mut definitions) = document.shift_remove("securityDefinitions") else { return };
    let from = Pointer::root().child("securityDefinitions");
    let to = Pointer::root().child("components").child("securitySchemes");
    state.relocate(from.clone(), to.clone());
    for (name, scheme) in definitions.as_object_mut().into_iter().flatten() {
        if let Value::Object(members) = scheme {
            match members.get("type").and_then(Value::as_str) {
                Some("basic") => {
                    members.insert("type".to_owned(), json!("http"));
                    members.insert("scheme".to_owned(), json!("basic"));
                }
                Some("oauth2") => flow(members, &from.child(name), &to.child(name), state),
                _ => {}
            }
        }
    }
    components.insert("securitySchemes".to_owned(), definitions);
}

/// One flow for each scheme, under the name that 3.0 has for it.
fn flow(members: &mut Members, old: &Pointer, new: &Pointer, state: &mut State<'_>) {
    let Some(Value::String(name)) = members.shift_remove("flow") else { return };
    let name = match name.as_str() {
        "application" => "clientCredentials",
        "accessCode" => "authorizationCode",
        other => other,
    };
    let there = new.child("flows").child(name);
    // A flow is its scheme, which has the fields that the flow may lack.
    state.relocate(old.clone(), there.clone());
    let mut flow = Members::new();
    for field in ["authorizationUrl", "tokenUrl", "scopes"] {
        if let Some(value) = members.shift_remove(field) {
            state.relocate(old.child(field), there.child(field));
            flow.insert(field.to_owned(), value);
        }
    }
    if let Some(Value::Object(scopes)) = flow.get_mut("scopes") {
        scopes.retain(|scope, _| !scope.starts_with("x-"));
    }
    members.insert("flows".to_owned(), json!({ name: flow }));
}
