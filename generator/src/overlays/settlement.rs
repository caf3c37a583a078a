//! The actions that settle a finding, if they can be derived from the document.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::action::Action;
use super::json_path::Path;
use crate::diagnostics::{Diagnostic, Rule};
use crate::place::Pointer;

/// A way to settle a finding.
#[derive(Clone, Copy)]
enum Way {
    /// Removes the value, which has no effect as it is.
    Remove,
    /// Removes the object that the value is in.
    RemoveHolder,
    /// Renames a field to the intended name, or removes it if there is none.
    Rename,
    /// Writes the intended value.
    Correct,
    AsText,
    AsScalar,
    AsList,
    /// Adds the part that is missing.
    Add,
    DeclareScope,
    DeclareParameter,
    RequireParameter,
    /// Defines the missing schema as one of any value.
    Define,
    WrapReference,
    RenameStatus,
    RenamePath,
    Nullable,
}

/// The rules whose findings can be settled.
const WAYS: &[(Rule, Way)] = &[
    (Rule::UnknownField, Way::Rename),
    (Rule::MisspeltField, Way::Rename),
    (Rule::BadValue, Way::Correct),
    (Rule::UnknownType, Way::Correct),
    (Rule::SuperfluousPathParameter, Way::Remove),
    (Rule::BadStatus, Way::Remove),
    (Rule::DuplicateOperationId, Way::Remove),
    (Rule::DuplicateParameter, Way::Remove),
    (Rule::DanglingMapping, Way::Remove),
    (Rule::NullField, Way::Remove),
    (Rule::IgnoredValue, Way::Remove),
    (Rule::RemoteComponent, Way::Remove),
    (Rule::UnsendableHeader, Way::Remove),
    (Rule::LeftOut, Way::RemoveHolder),
    (Rule::UndefinedSecurity, Way::RemoveHolder),
    (Rule::NotText, Way::AsText),
    (Rule::TextForScalar, Way::AsScalar),
    (Rule::ScalarForList, Way::AsList),
    (Rule::MissingText, Way::Add),
    (Rule::MissingPart, Way::Add),
    (Rule::UndeclaredScope, Way::DeclareScope),
    (Rule::UndeclaredPathParameter, Way::DeclareParameter),
    (Rule::PathParameterNotRequired, Way::RequireParameter),
    (Rule::DanglingReference, Way::Define),
    (Rule::ReferenceSiblings, Way::WrapReference),
    (Rule::LooseStatus, Way::RenameStatus),
    (Rule::ColonPathParameter, Way::RenamePath),
    (Rule::PathWithoutSlash, Way::RenamePath),
    (Rule::NewerField, Way::Nullable),
    (Rule::Forbidden, Way::Nullable),
];

/// Returns whether there is a way to settle findings of a rule.
pub(crate) fn can_settle(rule: Rule) -> bool {
    WAYS.iter().any(|(known, _)| *known == rule)
}

/// Returns the actions that settle findings, in an order in which each target is what it was in the document.
pub(crate) fn settle(found: &[&Diagnostic], document: &Value) -> Vec<Action> {
    let mut plan = Plan { document, updates: Vec::new(), removed: Vec::new(), replaced: Vec::new() };
    for diagnostic in found {
        // A finding without derivable actions is left to the author.
        let _ = plan.settle(diagnostic);
    }
    plan.into_actions()
}

type Members = Map<String, Value>;

struct Plan<'a> {
    document: &'a Value,
    /// Members to merge into objects, with the reason.
    updates: Vec<(Pointer, Members, String)>,
    /// Values to remove, with the reason.
    removed: Vec<(Pointer, String)>,
    /// Members to merge once others have been removed.
    replaced: Vec<(Pointer, Members, String)>,
}

impl Plan<'_> {
    /// Plans the actions that settle a finding; `None` if they cannot be derived.
    fn settle(&mut self, found: &Diagnostic) -> Option<()> {
        let (_, way) = WAYS.iter().find(|(rule, _)| *rule == found.rule)?;
        let (at, reason) = (found.pointer(), found.message.as_str());
        match way {
            Way::Remove => self.remove(at, reason),
            // A reference, or a required field of the object.
            Way::RemoveHolder => self.remove(at.split_last()?.0, reason),
            Way::Rename => match suggested(found) {
                Some(meant) => self.rename(&at, meant, reason),
                None => self.remove(at, reason),
            },
            Way::Correct => self.replace(&at, json!(suggested(found)?), reason),
            Way::AsText => {
                let text = self.value(&at)?.to_string();
                self.replace(&at, json!(text), reason)
            }
            Way::AsScalar => {
                let value = serde_json::from_str(self.value(&at)?.as_str()?.trim()).ok()?;
                self.replace(&at, value, reason)
            }
            Way::AsList => {
                let list = json!([self.value(&at)?]);
                self.replace(&at, list, reason)
            }
            Way::Add => self.add(&at, reason),
            Way::DeclareScope => self.declare_scope(&at, reason),
            Way::DeclareParameter => {
                let name = first_quoted(reason)?;
                let parameter = match self.is_swagger() {
                    true => json!([{ "name": name, "in": "path", "required": true, "type": "string" }]),
                    false => json!([{ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }]),
                };
                self.update(at, "parameters", parameter, reason)
            }
            Way::RequireParameter => self.update(at, "required", json!(true), reason),
            Way::Define => self.define(reason),
            Way::WrapReference => self.wrap_reference(at, reason),
            Way::RenameStatus => self.rename(&at, reason.rsplit(' ').next()?, reason),
            Way::RenamePath => {
                let (_, path) = at.split_last()?;
                let written = found.help.as_deref().and_then(|help| help.rsplit(' ').next());
                let new =
                    written.filter(|text| text.starts_with('/')).map_or_else(|| format!("/{path}"), str::to_owned);
                self.rename(&at, &new, reason)
            }
            Way::Nullable => self.nullable(&at, reason),
        }
    }

    fn value(&self, at: &Pointer) -> Option<&Value> {
        self.document.pointer(at.as_str())
    }

    fn is_swagger(&self) -> bool {
        self.document.get("swagger").is_some()
    }

    fn remove(&mut self, at: Pointer, reason: &str) -> Option<()> {
        self.value(&at)?;
        if !self.removed.iter().any(|(known, _)| known.contains(&at)) {
            self.removed.push((at, reason.to_owned()));
        }
        Some(())
    }

    /// Merges a member into an object.
    fn update(&mut self, holder: Pointer, key: &str, value: Value, reason: &str) -> Option<()> {
        self.value(&holder)?.as_object()?;
        merge(&mut self.updates, holder, key, value, reason);
        Some(())
    }

    /// Writes another value in the place of a member of an object.
    fn replace(&mut self, at: &Pointer, value: Value, reason: &str) -> Option<()> {
        let (holder, key) = at.split_last()?;
        self.value(&holder)?.as_object()?;
        if self.value(at).is_some_and(|old| old.is_object() || old.is_array()) || value.is_array() {
            self.remove(at.clone(), reason)?;
        }
        merge(&mut self.replaced, holder, &key, value, reason);
        Some(())
    }

    /// Gives a member of an object another name.
    fn rename(&mut self, at: &Pointer, new: &str, reason: &str) -> Option<()> {
        let (holder, _) = at.split_last()?;
        let value = self.value(at)?.clone();
        if self.value(&holder)?.as_object()?.contains_key(new) {
            return None;
        }
        merge(&mut self.replaced, holder, new, value, reason);
        self.remove(at.clone(), reason)
    }

    /// Adds a missing field with the value that the generator assumed: "… needs `scopes`; it is taken as {}".
    fn add(&mut self, at: &Pointer, reason: &str) -> Option<()> {
        let (_, rest) = reason.split_once("needs `")?;
        let (field, rest) = rest.split_once('`')?;
        let value: Value = serde_json::from_str(rest.split_once("it is taken as ")?.1).ok()?;
        // A field that is null is found where it is, and one that is not there in its object. Of Swagger 2.0, a flow is its scheme.
        match self.value(at)? {
            Value::Object(_) => self.update(at.clone(), field, value, reason),
            _ => self.update(at.split_last()?.0, field, value, reason),
        }
    }

    /// Declares a scope in the flows of its scheme: the finding is at …/security/0/scheme/0.
    fn declare_scope(&mut self, at: &Pointer, reason: &str) -> Option<()> {
        let scope = self.value(at)?.as_str()?.to_owned();
        let (requirement, _) = at.split_last()?;
        let (_, scheme) = requirement.split_last()?;
        let scopes = json!({ scope: "" });
        if self.is_swagger() {
            let scheme = Pointer::root().child("securityDefinitions").child(scheme);
            return self.update(scheme, "scopes", scopes, reason);
        }
        let flows = Pointer::root().child("components").child("securitySchemes").child(scheme).child("flows");
        let names: Vec<String> = self.value(&flows)?.as_object()?.keys().cloned().collect();
        names.iter().try_for_each(|name| self.update(flows.child(name), "scopes", scopes.clone(), reason))
    }

    /// Defines the schema that a reference of the document leads to: "`#/components/schemas/Gone` leads to nothing".
    fn define(&mut self, reason: &str) -> Option<()> {
        let target = Pointer::parse(first_quoted(reason)?.strip_prefix('#')?)?;
        let (section, name) = target.split_last()?;
        let update = match section.as_str() {
            "/components/schemas" => ("components", json!({ "schemas": { name: {} } })),
            "/definitions" if self.is_swagger() => ("definitions", json!({ name: {} })),
            _ => return None,
        };
        self.update(Pointer::root(), update.0, update.1, reason)
    }

    /// Moves a reference to a schema into `allOf`, beside which other keywords apply.
    fn wrap_reference(&mut self, at: Pointer, reason: &str) -> Option<()> {
        if !reason.starts_with("in 3.0") {
            return None;
        }
        let reference = self.value(&at)?.get("$ref")?.clone();
        self.remove(at.child("$ref"), reason)?;
        merge(&mut self.replaced, at, "allOf", json!([{ "$ref": reference }]), reason);
        Some(())
    }

    /// Writes null among the types as the document's version has it.
    fn nullable(&mut self, at: &Pointer, reason: &str) -> Option<()> {
        let (schema, field) = at.split_last()?;
        let types = self.value(&schema)?.get("type")?.clone();
        match (field.as_ref(), &types) {
            ("type", Value::Array(names)) => {
                let others: Vec<&Value> = names.iter().filter(|name| *name != "null").collect();
                let ([only], true) = (others.as_slice(), others.len() < names.len()) else { return None };
                let flag = if self.is_swagger() { "x-nullable" } else { "nullable" };
                let only = (*only).clone();
                self.replace(at, only, reason)?;
                merge(&mut self.replaced, schema, flag, json!(true), reason);
                Some(())
            }
            ("nullable", Value::String(name)) => {
                self.remove(at.clone(), reason)?;
                if self.value(at)? == &json!(true) {
                    self.replace(&schema.child("type"), json!([name, "null"]), reason)?;
                }
                Some(())
            }
            _ => None,
        }
    }

    fn into_actions(mut self) -> Vec<Action> {
        // The last items of lists go first, so that the indices of the others hold.
        self.removed.sort_by(|(one, _), (other, _)| backwards(one, other));
        let update = |(at, members, reason): (Pointer, Members, String)| {
            Action::update(Path::of(&at, self.document), members, reason)
        };
        let remove = |(at, reason): (Pointer, String)| Action::remove(Path::of(&at, self.document), reason);
        let mut actions: Vec<Action> = self.updates.into_iter().map(update).collect();
        actions.extend(self.removed.into_iter().map(remove));
        actions.extend(self.replaced.into_iter().map(update));
        actions
    }
}

/// Merges a member into the update of an object; an object gets one update.
fn merge(updates: &mut Vec<(Pointer, Members, String)>, at: Pointer, key: &str, value: Value, reason: &str) {
    if let Some((_, members, first)) = updates.iter_mut().find(|(known, ..)| *known == at) {
        if first != reason && !first.ends_with(" …") {
            first.push_str("; …");
        }
        return put(members, key, value);
    }
    updates.push((at, Members::from_iter([(key.to_owned(), value)]), reason.to_owned()));
}

/// Puts a member among others as an update does: objects merge, lists grow.
fn put(members: &mut Members, key: &str, value: Value) {
    match (members.get_mut(key), value) {
        (Some(Value::Object(into)), Value::Object(more)) => {
            more.into_iter().for_each(|(key, value)| put(into, &key, value));
        }
        (Some(Value::Array(items)), Value::Array(more)) => items.extend(more),
        (_, value) => drop(members.insert(key.to_owned(), value)),
    }
}

/// Places in the order in which they can be removed: those that come later in a document first.
fn backwards(one: &Pointer, other: &Pointer) -> Ordering {
    let number = |token: &str| token.parse::<usize>().ok();
    let tokens = one.tokens().zip(other.tokens()).map(|(one, other)| match (number(&one), number(&other)) {
        (Some(one), Some(other)) => other.cmp(&one),
        _ => other.cmp(&one),
    });
    tokens.into_iter().find(|order| order.is_ne()).unwrap_or_else(|| other.tokens().count().cmp(&one.tokens().count()))
}

/// The text that a finding suggests: "perhaps `description` is meant", "write `responses`".
fn suggested(found: &Diagnostic) -> Option<&str> {
    let help = found.help.as_deref()?;
    let meant = |before: &str, after: &str| help.strip_prefix(before)?.strip_suffix(after);
    meant("perhaps `", "` is meant").or_else(|| meant("write `", "`"))
}

/// The first text in backquotes.
fn first_quoted(message: &str) -> Option<&str> {
    Some(message.split_once('`')?.1.split_once('`')?.0)
}
