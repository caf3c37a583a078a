//! Edits of a document, as people make them while an API grows.

use serde_json::{Map, Value, json};

use super::random::Random;

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// A source of edits.
pub(super) struct Edits {
    random: Random,
    /// An operation that was removed, to be added again: path, method and the operation.
    removed: Option<(String, String, Value)>,
    /// The number of edits, for new names.
    count: usize,
}

type Object = Map<String, Value>;

impl Edits {
    pub(super) fn of(seed: u64) -> Self {
        Edits { random: Random::of(seed), removed: None, count: 0 }
    }

    /// Edits a document, and returns what was done; `None` if it has no place for the edit that the dice chose.
    pub(super) fn apply(&mut self, document: &mut Value) -> Option<String> {
        self.count += 1;
        if self.random.below(3) == 0
            && let Some((path, method, operation)) = self.removed.take()
        {
            let item = document.get_mut("paths")?.as_object_mut()?.entry(&path).or_insert_with(|| json!({}));
            let item = item.as_object_mut()?;
            if !item.contains_key(&method) {
                item.insert(method.clone(), operation);
                return Some(format!("add {method} {path} again"));
            }
        }
        match self.random.below(16) {
            0 => self.add_operation(document),
            1 => self.copy_operation(document),
            2 => self.remove_operation(document),
            3 => self.rename_operation_id(document),
            4 => self.move_to_component(document),
            5 => self.inline_component(document),
            6 => self.component(document, "make a member optional in", |schema, _| {
                schema.get_mut("required")?.as_array_mut()?.pop().map(drop)
            }),
            7 => self.component(document, "make a member required in", |schema, random| {
                let names: Vec<String> = schema.get("properties")?.as_object()?.keys().cloned().collect();
                let name = names.get(random.below(names.len()))?.clone();
                let required = schema.entry("required").or_insert_with(|| json!([])).as_array_mut()?;
                (!required.contains(&json!(name))).then(|| required.push(json!(name)))
            }),
            8 => self.component(document, "add a value to", |schema, random| {
                let values = schema.get_mut("enum")?.as_array_mut().filter(|it| it.iter().all(Value::is_string))?;
                let value = json!(format!("added_{}", random.below(1000)));
                (!values.contains(&value)).then(|| values.push(value))
            }),
            9 => self.component(document, "add a member to", |schema, random| {
                let members = schema.get_mut("properties")?.as_object_mut()?;
                let name = format!("addedMember{}", random.below(1000));
                let ty = json!({ "type": "object", "properties": { "inner": { "type": "string" } } });
                (!members.contains_key(&name)).then(|| drop(members.insert(name, ty)))
            }),
            10 => self.component(document, "rename a member of", rename_member),
            11 => self.rename_component(document),
            12 => self.parameters(document, "add a parameter to", |parameters, random| {
                let name = format!("added{}", random.below(1000));
                parameters.insert(0, json!({ "name": name, "in": "query", "schema": { "type": "string" } }));
                Some(())
            }),
            13 => self.parameters(document, "reorder the parameters of", |parameters, random| {
                let from = random.below(parameters.len());
                (parameters.len() > 1).then(|| parameters.swap(0, from.max(1)))
            }),
            14 => self.parameters(document, "rename a parameter of", |parameters, random| {
                let is_query = |it: &&mut Value| it["in"] == "query" && it.get("name").is_some();
                let mut named: Vec<&mut Value> = parameters.iter_mut().filter(is_query).collect();
                let place = random.below(named.len());
                let parameter = named.get_mut(place)?;
                parameter["name"] = json!(format!("{}Renamed", parameter["name"].as_str()?));
                Some(())
            }),
            _ => self.parameters(document, "make a parameter required in", |parameters, random| {
                let is_query = |it: &&mut Value| it["in"] == "query" && it.get("name").is_some();
                let mut named: Vec<&mut Value> = parameters.iter_mut().filter(is_query).collect();
                let place = random.below(named.len());
                let parameter = named.get_mut(place)?;
                parameter["required"] = json!(parameter["required"] != json!(true));
                Some(())
            }),
        }
    }

    fn operation(&mut self, document: &Value) -> Option<(String, String)> {
        let paths = document.get("paths")?.as_object()?;
        let all: Vec<(&String, &str)> = paths
            .iter()
            .flat_map(|(path, item)| METHODS.into_iter().filter(|it| item.get(*it).is_some()).map(move |it| (path, it)))
            .collect();
        let (path, method) = all.get(self.random.below(all.len()))?;
        Some(((*path).clone(), (*method).to_owned()))
    }

    fn add_operation(&mut self, document: &mut Value) -> Option<String> {
        let (path, method) = self.operation(document)?;
        let tags = document["paths"][&path][&method].get("tags").cloned().unwrap_or_else(|| json!([]));
        let place = format!("/added{}", self.count);
        let schema = json!({ "type": "object", "properties": { "count": { "type": "integer" } } });
        let answer =
            json!({ "200": { "description": "Done", "content": { "application/json": { "schema": schema } } } });
        let swagger = document.get("swagger").is_some();
        let answer = if swagger { json!({ "200": { "description": "Done", "schema": schema } }) } else { answer };
        document["paths"][&place] = json!({ "get": { "tags": tags, "responses": answer } });
        Some(format!("add get {place}"))
    }

    fn copy_operation(&mut self, document: &mut Value) -> Option<String> {
        let (path, method) = self.operation(document)?;
        let mut copy = document["paths"][&path][&method].clone();
        copy.as_object_mut()?.remove("operationId");
        let place = format!("{}/copied{}", path.trim_end_matches('/'), self.count);
        let shared = document["paths"][&path].get("parameters").cloned().unwrap_or_else(|| json!([]));
        document["paths"][&place] = json!({ "parameters": shared, &method: copy });
        Some(format!("copy {method} {path}"))
    }

    fn remove_operation(&mut self, document: &mut Value) -> Option<String> {
        let (path, method) = self.operation(document)?;
        let operation = document["paths"][&path].as_object_mut()?.remove(&method)?;
        self.removed = Some((path.clone(), method.clone(), operation));
        Some(format!("remove {method} {path}"))
    }

    fn rename_operation_id(&mut self, document: &mut Value) -> Option<String> {
        let (path, method) = self.operation(document)?;
        let id = document["paths"][&path][&method].get_mut("operationId")?;
        *id = json!(format!("{}Renamed", id.as_str()?));
        Some(format!("rename the id of {method} {path}"))
    }

    fn parameters(
        &mut self,
        document: &mut Value,
        about: &str,
        edit: impl Fn(&mut Vec<Value>, &mut Random) -> Option<()>,
    ) -> Option<String> {
        let (path, method) = self.operation(document)?;
        let operation = document["paths"][&path][&method].as_object_mut()?;
        edit(operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut()?, &mut self.random)?;
        Some(format!("{about} {method} {path}"))
    }

    /// Edits a component that has a place for the edit.
    fn component(
        &mut self,
        document: &mut Value,
        about: &str,
        edit: impl Fn(&mut Object, &mut Random) -> Option<()>,
    ) -> Option<String> {
        let schemas = schemas(document)?;
        let names: Vec<String> = schemas.keys().cloned().collect();
        let from = self.random.below(names.len());
        (0..names.len().min(40)).find_map(|offset| {
            let name = names.get((from + offset) % names.len())?;
            edit(schemas.get_mut(name)?.as_object_mut()?, &mut self.random)?;
            Some(format!("{about} {name}"))
        })
    }

    fn rename_component(&mut self, document: &mut Value) -> Option<String> {
        let prefix = if document.get("swagger").is_some() { "#/definitions/" } else { "#/components/schemas/" };
        let schemas = schemas(document)?;
        let names: Vec<String> = schemas.keys().cloned().collect();
        let name = names.get(self.random.below(names.len()))?;
        let (after, schema) = (format!("{name}Renamed"), schemas.remove(name)?);
        schemas.insert(after.clone(), schema);
        replace(document, &format!("{prefix}{name}"), &format!("{prefix}{after}"));
        Some(format!("rename the component {name}"))
    }

    /// Moves the inline schema of a response to a component.
    fn move_to_component(&mut self, document: &mut Value) -> Option<String> {
        let (path, method) = self.operation(document)?;
        let responses = document["paths"][&path][&method].get_mut("responses")?.as_object_mut()?;
        let name = format!("Moved{}", self.count);
        let inline = responses.values_mut().find_map(|response| {
            let schema = response.pointer_mut("/content/application~1json/schema")?;
            schema.get("properties").is_some().then_some(schema)
        })?;
        let schema = std::mem::replace(inline, json!({ "$ref": format!("#/components/schemas/{name}") }));
        schemas(document)?.insert(name, schema);
        Some(format!("move a schema to a component in {method} {path}"))
    }

    /// Writes a component at one of the places that refer to it.
    fn inline_component(&mut self, document: &mut Value) -> Option<String> {
        let (path, method) = self.operation(document)?;
        let all = schemas(document)?.clone();
        let responses = document["paths"][&path][&method].get_mut("responses")?.as_object_mut()?;
        let place = responses.values_mut().find_map(|response| {
            let schema = response.pointer_mut("/content/application~1json/schema")?;
            schema.get("$ref").is_some().then_some(schema)
        })?;
        let name = place["$ref"].as_str()?.strip_prefix("#/components/schemas/")?.to_owned();
        let schema = all.get(&name).filter(|schema| schema.get("properties").is_some())?;
        *place = schema.clone();
        Some(format!("write {name} inline in {method} {path}"))
    }
}

fn rename_member(schema: &mut Object, random: &mut Random) -> Option<()> {
    let members = schema.get_mut("properties")?.as_object_mut()?;
    let names: Vec<String> = members.keys().cloned().collect();
    let name = names.get(random.below(names.len()))?;
    let (after, member) = (format!("{name}Renamed"), members.remove(name)?);
    members.insert(after.clone(), member);
    let required = schema.get_mut("required").and_then(Value::as_array_mut);
    required.into_iter().flatten().filter(|it| *it == name).for_each(|it| *it = json!(after));
    Some(())
}

fn schemas(document: &mut Value) -> Option<&mut Object> {
    let pointer = if document.get("swagger").is_some() { "/definitions" } else { "/components/schemas" };
    document.pointer_mut(pointer)?.as_object_mut()
}

/// Replaces a text wherever it is a value.
fn replace(value: &mut Value, before: &str, after: &str) {
    match value {
        Value::String(text) if text == before => after.clone_into(text),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, before, after)),
        Value::Object(members) => members.values_mut().for_each(|member| replace(member, before, after)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
