//! The choice to lose nothing that a schema admits, at the price of types that say less.

use crate::ir::{Api, Composition, Docs, Member, Object, Reason, Rest, Schema, SchemaId, Shape, Union, Use};

/// Makes objects keep members that they don't name, and schemas without `type` admit values that are no objects.
pub fn keep_everything(api: &mut Api) {
    let ids: Vec<SchemaId> = api.schemas.iter().map(|(id, _)| id).collect();
    for id in ids {
        let schema = api.schemas.get_mut(id);
        let Shape::Object(object) = &mut schema.shape else { continue };
        if matches!(object.rest, Rest::Open) {
            object.rest = Rest::Any;
        }
        if !object.stated {
            let object = object.clone();
            open(api, id, object);
        }
    }
}

/// The object, or any other value.
fn open(api: &mut Api, id: SchemaId, object: Object) {
    let Schema { pointer, docs, .. } = api.schemas.get(id).clone();
    let mut member = |shape: Shape, title: Option<&str>| {
        let docs = Docs { title: title.map(str::to_owned), ..Docs::default() };
        let inner = Schema { pointer: pointer.clone(), component: None, docs: docs.clone(), nullable: false, shape };
        let schema = api.schemas.add(inner);
        let value = Use { schema, nullable: false, docs, read_only: false, write_only: false };
        Member { value, tags: std::collections::BTreeSet::new() }
    };
    let members = vec![member(Shape::Object(object), Some("Members")), member(Shape::Any(Reason::Unconstrained), None)];
    let outer = api.schemas.get_mut(id);
    outer.docs = docs;
    outer.shape = Shape::Union(Union { members, discriminator: None, composition: Composition::AnyOf });
}
