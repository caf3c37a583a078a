//! A walk of a tree along the grammar: every field has the type that the specification gives it, or is repaired, or is reported.
//!
//! `openapiv3` drops unknown fields and reports "data did not match any variant" for most others, so this checks them first. On the
//! same walk, fields that came after 3.0 are put under the names by which they travel, and schemas are brought down by [`schema`].

use serde_json::{Map, Value, json};

use super::grammar::{Field, Kind, Shape, Version, field, is_prose};
use super::walk::{FieldAction, LeftOutSchemes, Walk, type_name};
use super::{dialect, repairs, schema, swagger2_hints};
use crate::carried;
use crate::diagnostics::{Diagnostics, Rule};
use crate::place::{Origins, Pointer, Trail};

/// Checks and repairs a whole document.
pub(super) fn check(
    root: &mut Value,
    written: Version,
    origins: &mut Origins,
    diagnostics: &mut Diagnostics,
) -> LeftOutSchemes {
    let top = Pointer::root();
    let version = written.max(Version::V30);
    let mut walk = Walk { version, written, origins, diagnostics, unusable: false, schemes: LeftOutSchemes::new() };
    walk.one(root, Kind::Document, &Trail::At(&top));
    walk.schemes
}

impl Walk<'_> {
    /// Checks an object of a kind in place, and returns whether it stays.
    fn one(&mut self, value: &mut Value, kind: Kind, trail: &Trail<'_>) -> FieldAction {
        if kind == Kind::Schema {
            self.schema(value, trail);
            return FieldAction::Keep;
        }
        if kind.referable() && value.get("$ref").is_some_and(Value::is_string) {
            dialect::strip_siblings(self, value, kind, trail);
            return FieldAction::Keep;
        }
        if kind.referable() && value.get("$ref").is_some() {
            // That it is not a text has been reported, and its siblings do not apply.
            return FieldAction::Keep;
        }
        if let Some((object, rule, message)) = repairs::object_for(kind, value) {
            self.report(rule, trail, message);
            *value = object;
        }
        let Value::Object(members) = value else {
            let message = format!("{} is an object, and this is {}", kind.with_article(), type_name(value));
            return self.wrong_holder(kind, trail, &message);
        };
        repairs::flat_schema(self, members, kind, trail);
        dialect::before(self, members, kind, trail);
        repairs::misspelt(self, members, kind, trail);
        self.fields(members, kind, trail);
        self.required(members, kind, trail);
        dialect::after(self, members, kind, trail);
        if std::mem::take(&mut self.unusable) { FieldAction::Drop } else { FieldAction::Keep }
    }

    /// A schema, in place.
    fn schema(&mut self, value: &mut Value, trail: &Trail<'_>) {
        let Some(reference) = schema::open(self, value, trail) else { return };
        let Value::Object(members) = value else { return };
        self.fields(members, Kind::Schema, trail);
        schema::close(self, members, reference, trail);
    }

    /// The fields of an object, each by its shape.
    fn fields(&mut self, members: &mut Map<String, Value>, kind: Kind, trail: &Trail<'_>) {
        let mut actions: Vec<(String, FieldAction)> = Vec::new();
        for (key, value) in members.iter_mut() {
            let action = self.field(key, value, kind, trail);
            if action != FieldAction::Keep {
                actions.push((key.clone(), action));
            }
        }
        self.apply_actions(members, actions, trail);
    }

    fn field(&mut self, key: &str, value: &mut Value, kind: Kind, trail: &Trail<'_>) -> FieldAction {
        let here = trail.key(key);
        let patterned = matches!(kind, Kind::Paths | Kind::Responses | Kind::Callback | Kind::SecurityRequirement);
        if key.starts_with("x-") && kind != Kind::SecurityRequirement {
            return self.extension(key, value, kind, &here);
        }
        let Some(known) = field(kind, key) else {
            return self.unknown(key, kind, &here);
        };
        if value.is_null() && !matches!(known.shape, Shape::Any | Shape::Types) {
            return self.null(key, value, kind, patterned, &here);
        }
        if known.since > self.version && !self.is_schema_file(kind, key, &here) {
            let message =
                format!("`{key}` came with {}; this document says {}", known.since.name(), self.written.name());
            self.newer(known.since, &here, &message);
        }
        if known.shape == Shape::Text && (value.is_object() || value.is_array()) {
            return self.no_text(key, value, kind, &here);
        }
        let action = self.shape(value, known.shape, &here);
        self.travel(key, known, kind, action)
    }

    /// Returns whether a field only states that the file is a JSON Schema, for other tools.
    fn is_schema_file(&self, kind: Kind, key: &str, here: &Trail<'_>) -> bool {
        kind == Kind::Schema
            && matches!(key, "$schema" | "$id" | "$comment")
            && self.origins.source_of(&here.pointer()).0 != self.origins.spec()
    }

    /// The name in normal form of a field that 3.0 does not have.
    fn travel(&mut self, key: &str, known: Field, kind: Kind, action: FieldAction) -> FieldAction {
        // The schema pass gives its own newer keywords the forms that 3.0 has for them.
        if action != FieldAction::Keep || known.since == Version::V30 || kind == Kind::Schema {
            return action;
        }
        FieldAction::Rename(format!("{}{key}", known.since.prefix()))
    }

    /// Checks an extension. It stays unchanged unless it has the name of a newer field in normal form: then it has that field's shape,
    /// so that later stages can rely on it, and a document in normal form is its own normal form.
    fn extension(&mut self, key: &str, value: &mut Value, kind: Kind, here: &Trail<'_>) -> FieldAction {
        if kind == Kind::Callback {
            // The model reads every member as a path item.
            return FieldAction::Drop;
        }
        let name = key.strip_prefix(carried::OAS31).or_else(|| key.strip_prefix(carried::OAS32));
        match name.and_then(|name| field(kind, name)) {
            Some(Field { shape, since }) if since > Version::V30 && !value.is_null() => self.shape(value, shape, here),
            // Parameter Objects in lists of operations travel under a name that is no field.
            _ if key == carried::QUERYSTRING && kind == Kind::Operation => {
                self.shape(value, Shape::One(Kind::Parameter), here)
            }
            _ => FieldAction::Keep,
        }
    }

    fn unknown(&mut self, key: &str, kind: Kind, here: &Trail<'_>) -> FieldAction {
        if kind == Kind::Schema {
            return schema::unknown(self, key, here);
        }
        let message = format!("{} has no field `{key}`", kind.with_article());
        let found = Rule::UnknownField.at(here).message(message);
        self.diagnostics.push(match swagger2_hints::help_for_field(kind, key) {
            Some(help) => found.help(help),
            None => found.suggest(repairs::near_field(kind, key)),
        });
        FieldAction::Drop
    }

    /// An object or a list in place of a text. Only a field that the object needs is more than the field.
    fn no_text(&mut self, key: &str, value: &mut Value, kind: Kind, here: &Trail<'_>) -> FieldAction {
        let message = format!("text belongs here, and this is {}", type_name(value));
        let needed = kind.required().contains(&key);
        if is_prose(kind, key) {
            self.report(Rule::LeftOut, here, format_args!("{message}; it is left out"));
        } else if kind == Kind::Info {
            self.report(Rule::IgnoredValue, here, format_args!("{message}; it is taken as \"\""));
            *value = Value::String(String::new());
            return FieldAction::Keep;
        } else if kind.is_dispensable() && (needed || kind != Kind::Header) {
            self.leave_out(here, format_args!("{message}; the {} is left out", kind.name()));
            return FieldAction::Keep;
        } else if needed {
            self.report(Rule::WrongType, here, message);
            return FieldAction::Keep;
        } else {
            self.report(Rule::IgnoredValue, here, format_args!("{message}; it is left out"));
        }
        FieldAction::Drop
    }

    fn null(&mut self, key: &str, value: &mut Value, kind: Kind, patterned: bool, here: &Trail<'_>) -> FieldAction {
        if kind.required().contains(&key) {
            // Only whether it is required is stated.
            return FieldAction::Keep;
        }
        if patterned && kind != Kind::SecurityRequirement {
            return self.shape(value, Shape::One(field_kind(kind)), here);
        }
        // What its absence would mean is said elsewhere, but one finding is enough.
        let (meant, effect) = match (kind, key) {
            (Kind::SecurityRequirement, _) => {
                // Without its scheme, it would be a requirement of nothing.
                self.report(Rule::Forbidden, here, format_args!("`{key}` is null; no scopes of it are needed"));
                *value = json!([]);
                return FieldAction::Keep;
            }
            (Kind::Operation, "responses") => (json!({}), "; any answer is taken"),
            (Kind::Parameter | Kind::Header, "schema") => (json!({}), "; any value is taken"),
            (Kind::Document, "paths") => {
                self.report(Rule::WrongType, here, "`paths` is null");
                return FieldAction::Drop;
            }
            _ => {
                self.report(Rule::NullField, here, format_args!("`{key}` is null"));
                return FieldAction::Drop;
            }
        };
        self.report(Rule::NullField, here, format_args!("`{key}` is null{effect}"));
        *value = meant;
        FieldAction::Keep
    }

    /// A value by its shape.
    fn shape(&mut self, value: &mut Value, shape: Shape, here: &Trail<'_>) -> FieldAction {
        match shape {
            // Before 2020-12, a list made a tuple.
            Shape::Items if value.is_array() => self.list(value, Kind::Schema, here),
            Shape::Items => self.one(value, Kind::Schema, here),
            // The schema pass checks those of schemas.
            Shape::Any | Shape::Types | Shape::Bound | Shape::Reference => FieldAction::Keep,
            Shape::SchemaOrFlag if value.is_boolean() => FieldAction::Keep,
            Shape::SchemaOrFlag => self.one(value, Kind::Schema, here),
            Shape::One(kind) => self.one(value, kind, here),
            Shape::List(kind) => self.list(value, kind, here),
            Shape::Map(kind) => self.map(value, kind, here),
            Shape::Text => repairs::text(self, value, here),
            Shape::Flag => repairs::flag(self, value, here),
            Shape::Count | Shape::Number => repairs::number(self, value, here),
            Shape::Texts => repairs::texts(self, value, here),
            Shape::TextMap => repairs::text_map(self, value, here),
            Shape::Scopes => repairs::scopes(self, value, here),
            Shape::TextsMap | Shape::AnyMap => self.expect(value.is_object(), value, "an object", here),
            Shape::Anys => repairs::anys(self, value, here),
        }
    }

    fn expect(&mut self, holds: bool, value: &Value, wanted: &str, here: &Trail<'_>) -> FieldAction {
        if holds {
            return FieldAction::Keep;
        }
        self.report(Rule::IgnoredValue, here, format_args!("{wanted} belongs here, and this is {}", type_name(value)));
        FieldAction::Drop
    }

    fn list(&mut self, value: &mut Value, kind: Kind, here: &Trail<'_>) -> FieldAction {
        self.make_list(value, kind, here);
        let Value::Array(items) = value else {
            let message = format!("a list of {}s belongs here, and this is {}", kind.name(), type_name(value));
            return self.wrong_holder(kind, here, &message);
        };
        let mut kept = Vec::with_capacity(items.len());
        for (index, item) in items.iter_mut().enumerate() {
            let there = here.index(index);
            if item.is_null() && kind != Kind::Schema && kind != Kind::Encoding {
                self.report(Rule::NullField, &there, format_args!("an item that is null is no {}", kind.name()));
            } else if self.one(item, kind, &there) == FieldAction::Keep {
                kept.push(index);
            }
        }
        if kept.len() < items.len() {
            let before = items.len();
            *items = kept.iter().map(|index| items[*index].take()).collect();
            // The findings so far have the places before the move.
            self.diagnostics.resolve(self.origins);
            self.origins.retain_items(&here.pointer(), before, &kept);
        }
        FieldAction::Keep
    }

    /// Makes a list of a single item, and of items by name.
    fn make_list(&mut self, value: &mut Value, kind: Kind, here: &Trail<'_>) {
        match value {
            Value::Object(members) => {
                let (items, keys) = repairs::list(kind, std::mem::take(members));
                let (rule, message) = repairs::single(kind, keys.as_deref());
                self.report(rule, here, message);
                self.diagnostics.resolve(self.origins);
                self.origins.listed(&here.pointer(), keys.as_deref());
                *value = Value::Array(items);
            }
            Value::String(_) if matches!(kind, Kind::Server | Kind::Tag | Kind::SecurityRequirement) => {
                *value = Value::Array(vec![value.take()]);
            }
            _ => {}
        }
    }

    fn map(&mut self, value: &mut Value, kind: Kind, here: &Trail<'_>) -> FieldAction {
        if let Some(message) = repairs::map_for(kind, value) {
            self.report(Rule::Forbidden, here, message);
            *value = Value::Object(Map::new());
        }
        let Value::Object(members) = value else {
            let message =
                format!("an object of {}s by name belongs here, and this is {}", kind.name(), type_name(value));
            return self.wrong_holder(kind, here, &message);
        };
        let mut actions = Vec::new();
        for (key, member) in members.iter_mut() {
            let there = here.key(key);
            if key == "$ref" && member.is_string() {
                // It has no target, which has been reported.
                continue;
            }
            // `x-` in a map is a name like any other where the names are the author's, but not where they are the API's.
            if key.starts_with("x-") && repairs::is_stray_extension(member, kind) {
                actions.push((key.clone(), FieldAction::Drop));
                self.report(Rule::IgnoredField, &there, format_args!("an extension among {}s", kind.name()));
                continue;
            }
            if self.one(member, kind, &there) == FieldAction::Drop {
                actions.push((key.clone(), FieldAction::Drop));
                if kind == Kind::SecurityScheme {
                    self.schemes.insert(key.clone());
                }
            }
        }
        self.apply_actions(members, actions, here);
        FieldAction::Keep
    }

    /// Something else where several objects of a kind belong.
    fn wrong_holder(&mut self, kind: Kind, here: &Trail<'_>, message: &str) -> FieldAction {
        if kind.is_dispensable() {
            self.report(Rule::LeftOut, here, format_args!("{message}; it is left out"));
            return FieldAction::Drop;
        }
        self.report(Rule::WrongType, here, message);
        FieldAction::Keep
    }

    fn required(&mut self, members: &mut Map<String, Value>, kind: Kind, trail: &Trail<'_>) {
        for name in kind.required() {
            let null = members.get(*name).is_some_and(Value::is_null);
            if null {
                members.shift_remove(*name);
            }
            if null || !members.contains_key(*name) {
                repairs::missing(self, members, kind, (name, null), trail);
            }
        }
    }
}

/// The kind of the members of an object whose keys are the API's.
fn field_kind(holder: Kind) -> Kind {
    match holder {
        Kind::Responses => Kind::Response,
        _ => Kind::PathItem,
    }
}
