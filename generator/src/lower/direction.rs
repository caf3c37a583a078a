//! Types that differ by direction: a `readOnly` member is not sent, and a `writeOnly` one is not received (OAS 3.0.4
//! §4.7.24.1).
//!
//! Only schemas that lead to such a member become two, and of these only those that are both sent and received.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Body, Component, Direction, Media, Object, Property, Schema, SchemaId, Schemas, Shape, Use};

const ABOUT_SENT: &str = "This is how it is sent: without what only the API says.";

/// Splits schemas whose sent and received forms differ, and removes from each form the members of the other direction.
pub(super) fn split(api: &mut Api) {
    api.schemas.settle();
    let differing = differing(&api.schemas);
    if differing.is_empty() {
        return;
    }
    let sent = reached(&api.schemas, &differing, sent_uses(api));
    let received = reached(&api.schemas, &differing, received_uses(api));
    let tags = discriminators(&api.schemas);

    let mut both: Vec<SchemaId> = sent.intersection(&received).copied().collect();
    both.sort_unstable();
    let mut copies: HashMap<SchemaId, SchemaId> = HashMap::new();
    for id in both {
        let mut copy = Schema { direction: Direction::Sent, ..api.schemas.get(id).clone() };
        if copy.component.is_some() {
            let said = copy.docs.description.iter().chain(copy.docs.title.as_ref()).next();
            let said = said.map(|text| format!("{}\n\n", text.trim_end())).unwrap_or_default();
            copy.docs.description = Some(format!("{said}{ABOUT_SENT}"));
        }
        let copied = api.schemas.add(copy);
        if let Some(xml) = api.schemas.xml(id).cloned() {
            api.schemas.set_xml(copied, xml);
        }
        copies.insert(id, copied);
        api.schemas.get_mut(id).direction = Direction::Received;
    }
    let redirect = |usage: &mut Use| usage.schema = copies.get(&usage.schema).copied().unwrap_or(usage.schema);
    for id in &sent {
        let schema = api.schemas.get_mut(copies.get(id).copied().unwrap_or(*id));
        leave_out(&mut schema.shape, tags.get(id), |usage| usage.read_only && !usage.write_only);
        schema.shape.each_use_mut(&mut |usage| redirect(usage));
    }
    for id in &received {
        let schema = api.schemas.get_mut(*id);
        leave_out(&mut schema.shape, tags.get(id), |usage| usage.write_only && !usage.read_only);
    }
    for operation in &mut api.operations {
        operation.parameters.iter_mut().for_each(|parameter| redirect(&mut parameter.value));
        let media = operation.body.iter_mut().flat_map(|body| &mut body.content);
        media.flat_map(|media| media.schema.iter_mut().chain(&mut media.item)).for_each(redirect);
    }
    let copied = api.components.iter().filter_map(|component| {
        let schema = *copies.get(&component.schema)?;
        Some(Component { direction: Direction::Sent, schema, ..component.clone() })
    });
    let copied: Vec<Component> = copied.collect();
    api.components.extend(copied);
}

/// Marks the schemas whose values callers make.
pub(super) fn mark_sent(api: &mut Api) {
    let mut waiting: Vec<SchemaId> = sent_uses(api).map(|usage| usage.schema).collect();
    // An explicit stack, because documents determine the depth of schemas.
    while let Some(id) = waiting.pop() {
        let schema = api.schemas.get_mut(id);
        if !std::mem::replace(&mut schema.is_sent, true) {
            schema.shape.each_use(&mut |usage| waiting.push(usage.schema));
        }
    }
}

/// The schemas that hold, at any depth, a member of one direction only.
fn differing(schemas: &Schemas) -> HashSet<SchemaId> {
    let mut holders: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
    let mut waiting = Vec::new();
    for (id, schema) in schemas.iter() {
        schema.shape.each_use(&mut |usage| holders.entry(usage.schema).or_default().push(id));
        if let Shape::Object(object) = &schema.shape
            && differs(object)
        {
            waiting.push(id);
        }
    }
    let mut found = HashSet::new();
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            waiting.extend(holders.get(&id).into_iter().flatten());
        }
    }
    found
}

/// The schemas of `among` that a value of one of the places can contain.
fn reached<'a>(
    schemas: &'a Schemas,
    among: &HashSet<SchemaId>,
    places: impl Iterator<Item = &'a Use>,
) -> HashSet<SchemaId> {
    let mut found = HashSet::new();
    let mut waiting: Vec<SchemaId> = places.map(|usage| usage.schema).collect();
    while let Some(id) = waiting.pop() {
        if among.contains(&id) && found.insert(id) {
            schemas.get(id).shape.each_use(&mut |usage| waiting.push(usage.schema));
        }
    }
    found
}

fn sent_uses(api: &Api) -> impl Iterator<Item = &Use> {
    api.operations.iter().flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.value);
        parameters.chain(operation.body.iter().flat_map(in_body))
    })
}

fn received_uses(api: &Api) -> impl Iterator<Item = &Use> {
    let answers = api.operations.iter().flat_map(|operation| &operation.responses).flat_map(|response| {
        let headers = response.headers.iter().filter_map(|header| header.value.as_ref());
        response.content.iter().flat_map(in_media).chain(headers)
    });
    let callbacks = api.operations.iter().flat_map(|operation| &operation.callbacks);
    let events = callbacks.chain(&api.webhooks).filter_map(|event| event.body.as_ref());
    answers.chain(events.flat_map(in_body))
}

fn in_body(body: &Body) -> impl Iterator<Item = &Use> {
    body.content.iter().flat_map(in_media)
}

fn in_media(media: &Media) -> impl Iterator<Item = &Use> {
    media.schema.iter().chain(&media.item)
}

/// The members by which unions recognize objects, which are kept in both directions.
fn discriminators(schemas: &Schemas) -> HashMap<SchemaId, HashSet<String>> {
    let mut found: HashMap<SchemaId, HashSet<String>> = HashMap::new();
    for (_, schema) in schemas.iter() {
        let Shape::Union(union) = &schema.shape else { continue };
        let Some(discriminator) = &union.discriminator else { continue };
        for member in &union.members {
            let id = schemas.resolve(member.value.schema);
            found.entry(id).or_default().insert(discriminator.property.clone());
        }
    }
    found
}

/// Removes the members of the other direction. An object that has no others keeps them, none of them required: without any
/// member it would be a map.
fn leave_out(shape: &mut Shape, tags: Option<&HashSet<String>>, is_out: impl Fn(&Use) -> bool) {
    let Shape::Object(Object { properties, .. }) = shape else { return };
    let is_out =
        |property: &Property| is_out(&property.value) && tags.is_none_or(|tags| !tags.contains(&property.name));
    if properties.iter().all(is_out) {
        properties.iter_mut().for_each(|property| property.required = false);
    } else {
        properties.retain(|property| !is_out(property));
    }
}

/// Returns whether an object has members of one direction only, and therefore differs by direction.
fn differs(object: &Object) -> bool {
    let mut one_way = object.properties.iter().filter(|property| property.value.read_only != property.value.write_only);
    let Some(first) = one_way.next() else { return false };
    let as_first = |property: &Property| {
        property.value.read_only == first.value.read_only && property.value.write_only == first.value.write_only
    };
    !object.properties.iter().all(|property| as_first(property) && !property.required)
}
