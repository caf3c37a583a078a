//! The option to keep everything that a schema permits, at the cost of less precise types.

use crate::ir::{Api, Composition, Direction, Docs, Facts, Member, Reason, Rest, Schema, SchemaId, Shape, Union, Use};

/// Makes objects keep members that they don't name, and schemas without `type` admit values of every type.
pub fn keep_everything(api: &mut Api) {
    let ids: Vec<SchemaId> = api.schemas.iter().map(|(id, _)| id).collect();
    for id in ids {
        let schema = api.schemas.get_mut(id);
        let stated = match &mut schema.shape {
            Shape::Object(object) => {
                if matches!(object.rest, Rest::Open) {
                    object.rest = Rest::Any;
                }
                object.stated
            }
            Shape::Array { stated, .. } | Shape::Tuple { stated, .. } => *stated,
            _ => true,
        };
        if !stated {
            open(api, id);
        }
    }
    api.schemas.settle();
}

/// The shape, or any other value.
fn open(api: &mut Api, id: SchemaId) {
    let Schema { pointer, docs, shape, .. } = api.schemas.get(id).clone();
    let title = if matches!(shape, Shape::Object(_)) { "Members" } else { "Entries" };
    let mut member = |shape: Shape, title: Option<&str>| {
        let docs = Docs::from(Facts { title: title.map(str::to_owned), ..Facts::default() });
        let inner = Schema {
            pointer: pointer.clone(),
            component: None,
            direction: Direction::Either,
            is_sent: false,
            docs: docs.clone(),
            nullable: false,
            shape,
        };
        let schema = api.schemas.add(inner);
        let value = Use { schema, nullable: false, docs, read_only: false, write_only: false };
        Member::new(value)
    };
    let members = vec![member(shape, Some(title)), member(Shape::Any(Reason::Unconstrained), None)];
    let outer = api.schemas.get_mut(id);
    outer.docs = docs;
    outer.shape = Shape::Union(Union::new(members, None, Composition::AnyOf));
}
