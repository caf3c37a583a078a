//! The types of a crate as parts.

use super::change::ItemKind;
use super::part::{Argument, Call, Part};
use super::spelling::Spelling;
use crate::rust::name::Name;
use crate::rust::{Additions, Alias, Derives, Enum, EnumKind, Field, Item, RestField, Struct, Type, Union, Wrapper};

/// The key of the field that keeps members without a field, and of the variant that keeps values without a variant. No member or
/// value of a document has it, since those of text are keyed with quotation marks.
const OTHER: &str = "(other)";

/// A type of the crate's `types`, with the derives that are added to it.
pub(super) fn part(item: &Item, additions: &Additions) -> Part {
    let mut part = match item {
        Item::Struct(item) => structure(item),
        Item::Enum(item) => enumeration(item),
        Item::Union(item) => union(item),
        Item::Alias(item) => alias(item),
        Item::Wrapper(item) => wrapper(item),
    };
    let path = part.path.clone();
    let derives = additions.derives_of(item).into_iter();
    part.parts.extend(derives.map(|derive| implemented(&path, derive, derive)));
    part
}

fn of_kind(kind: ItemKind, name: &Name, deprecated: bool) -> Part {
    Part::new(kind, name.as_str(), name.as_str(), format!("types::{name}")).deprecated(deprecated)
}

fn structure(item: &Struct) -> Part {
    let mut part = of_kind(ItemKind::Struct, &item.name, item.docs.deprecated).closed();
    let path = part.path.clone();
    part.parts.extend(item.fields.iter().map(|it| field(&path, it)));
    part.parts.extend(item.rest.as_ref().map(|RestField { name, value: ty }| {
        let ty = Spelling::of(&Type::Map(Box::new(ty.clone())));
        Part::new(ItemKind::Field, OTHER, name.as_str(), format!("{path}::{name}")).of_type(ty)
    }));
    part.parts.extend(item.constructor.as_ref().map(|order| constructor(&path, order, &item.fields)));
    part.parts.extend(traits(&path, item.derives));
    part
}

fn field(owner: &str, field: &Field) -> Part {
    let key = format!("{:?}", field.wire);
    Part::new(ItemKind::Field, key, field.name.as_str(), format!("{owner}::{}", field.name))
        .of_type(Spelling::of(&field.ty))
        .on_the_wire(format!("member {}", field.wire))
        .deprecated(field.docs.deprecated)
}

/// `new`, which takes the required members.
fn constructor(owner: &str, order: &[Name], fields: &[Field]) -> Part {
    let argument = |name: &Name| {
        let field = fields.iter().find(|field| field.name == *name)?;
        let ty = match &field.ty {
            Type::String => Spelling::text("impl Into<String>"),
            ty => Spelling::of(ty),
        };
        Some(Argument { key: field.wire.clone(), name: name.as_str().to_owned(), wire: field.wire.clone(), ty })
    };
    let arguments = order.iter().filter_map(argument).collect();
    let call = Call { receiver: None, arguments, returns: "Self".to_owned() };
    Part::new(ItemKind::Method, "(new)", "new", format!("{owner}::new")).called(call)
}

fn traits(owner: &str, derives: Derives) -> impl Iterator<Item = Part> {
    let names = [("Eq", derives.eq), ("Default", derives.default)];
    names.into_iter().filter(|(_, has)| *has).map(move |(name, _)| implemented(owner, name, name))
}

/// A trait that a type implements.
pub(super) fn implemented(owner: &str, key: &str, name: &str) -> Part {
    Part::new(ItemKind::Trait, key, key, format!("{owner}: {name}"))
}

fn enumeration(item: &Enum) -> Part {
    let mut part = of_kind(ItemKind::Enum, &item.name, item.docs.deprecated);
    let path = part.path.clone();
    part.parts.extend(item.variants.iter().map(|variant| {
        let name = variant.name.as_str();
        Part::new(ItemKind::Variant, variant.value.to_string(), name, format!("{path}::{name}"))
            .on_the_wire(format!("value {}", variant.value))
    }));
    let (holds, copied) = match item.kind {
        EnumKind::Text => ("(String)", false),
        EnumKind::Integer => ("(i64)", true),
        EnumKind::Json => ("(serde_json::Value)", false),
    };
    let other = item.other.as_str();
    let other = Part::new(ItemKind::Variant, OTHER, other, format!("{path}::{other}"));
    part.parts.push(other.of_type(Spelling::text(holds)));
    part.parts.extend(copied.then(|| implemented(&path, "Copy", "Copy")));
    part
}

fn union(item: &Union) -> Part {
    let mut part = of_kind(ItemKind::Enum, &item.name, item.docs.deprecated);
    let path = part.path.clone();
    for member in &item.members {
        let name = member.name.as_str();
        let key = match member.tags.as_slice() {
            [] => format!("{}", Spelling::of(&member.ty)),
            tags => tags.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        };
        let holds = Spelling::within("(", &member.ty, ")");
        let converts = member.converts && matches!(member.ty, Type::Named(_));
        let from = format!("From<{}>", Spelling::of(&member.ty));
        let from = converts.then(|| implemented(&path, "From", &from));
        let variant = Part::new(ItemKind::Variant, key.as_str(), name, format!("{path}::{name}")).of_type(holds);
        let variant = match member.tags.first() {
            Some(written) => variant.on_the_wire(format!("tag {written}")),
            None => variant,
        };
        part.parts.push(variant.with(from.into_iter().collect()));
    }
    let other = item.other.as_str();
    let other = Part::new(ItemKind::Variant, OTHER, other, format!("{path}::{other}"));
    part.parts.push(other.of_type(Spelling::text("(serde_json::Value)")));
    part.parts.extend(traits(&path, Derives { default: false, ..item.derives }));
    part
}

fn alias(item: &Alias) -> Part {
    of_kind(ItemKind::Type, &item.name, item.docs.deprecated).of_type(Spelling::of(&item.ty))
}

fn wrapper(item: &Wrapper) -> Part {
    let mut part = of_kind(ItemKind::Struct, &item.name, item.docs.deprecated).closed();
    let path = part.path.clone();
    part.parts.push(Part::new(ItemKind::Field, "0", "0", format!("{path}::0")).of_type(Spelling::of(&item.ty)));
    part.parts.extend(traits(&path, Derives { default: false, ..item.derives }));
    part
}
