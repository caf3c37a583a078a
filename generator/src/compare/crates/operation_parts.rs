//! The groups of operations as parts.

use super::change::ItemKind;
use super::part::{Argument, Call, Part};
use super::spelling::Spelling;
use super::type_parts::implemented;
use crate::ir::OperationKey;
use crate::rust::name::Name;
use crate::rust::{
    ArgPassing, BodyKind, BodyPlan, Group, Location, Operation, Outcome, OutcomeKind, OutcomeVariant, PartField,
    PartKind, Parts, StatusPattern,
};

/// The module of a group.
pub(super) fn group(group: &Group) -> Part {
    let module = group.module.bare();
    let place = Place { module, owner: if group.is_the_client() { "Client" } else { group.handle.as_str() }, group };
    let mut part = Part::new(ItemKind::Module, group.tag.as_str(), group.module.as_str(), module.to_owned());
    if group.is_the_client() {
        part.parts.push(Part::new(ItemKind::Module, "(module)", module, module.to_owned()));
    }
    if let Some(feature) = &group.feature {
        part.parts.push(Part::new(ItemKind::Feature, "(feature)", feature, format!("feature {feature}")).following());
        let handle = group.handle.as_str();
        let own = Part::new(ItemKind::Struct, "(handle)", handle, format!("{module}::{handle}"));
        part.parts.push(own.following());
        let returns = format!("{module}::{handle}<'_>");
        let call = Call { receiver: Some("&self"), arguments: Vec::new(), returns };
        let accessor = group.module.as_str();
        let accessor = Part::new(ItemKind::Method, "(accessor)", accessor, format!("Client::{accessor}"));
        part.parts.push(accessor.called(call).following());
    }
    part.parts.extend(group.operations.iter().map(|operation| self::operation(&place, operation)));
    part
}

/// The operations without a group, if there are none. They are methods of the client, so that each of them is listed when it is added
/// or removed, beside their module.
pub(super) fn no_group() -> Part {
    Part::new(ItemKind::Module, "", "operations", "operations".to_owned())
}

/// The place of an operation.
struct Place<'a> {
    module: &'a str,
    /// The type whose methods the operations are.
    owner: &'a str,
    group: &'a Group,
}

impl Place<'_> {
    fn method(&self, name: &Name) -> String {
        if self.group.is_the_client() {
            format!("Client::{name}")
        } else {
            format!("{}::{}::{name}", self.module, self.owner)
        }
    }

    fn item(&self, name: &Name) -> String {
        format!("{}::{name}", self.module)
    }
}

/// The method of an operation, and everything that comes with it.
fn operation(place: &Place<'_>, operation: &Operation) -> Part {
    let key = OperationKey::of(&operation.http_method, &operation.path).to_string();
    let required = |body: &&BodyPlan| body.required;
    let first = operation.bodies.first().filter(required);
    let mut part =
        Part::new(ItemKind::Method, key, operation.method_name.as_str(), place.method(&operation.method_name))
            .called(call(operation, first))
            .deprecated(operation.deprecated);
    part.alias.clone_from(&operation.id);
    part.parts.push(marker(place, operation));
    for body in operation.bodies.iter().skip(1).filter(required) {
        let further =
            Part::new(ItemKind::Method, body.content_type.as_str(), body.name.as_str(), place.method(&body.name));
        part.parts.push(further.called(call(operation, Some(body))).deprecated(operation.deprecated).following());
    }
    for other in &operation.alternate_responses {
        let path = place.item(&other.marker);
        let key = format!("accept {}", other.content_type);
        let results = results(place, &path, &other.output, &operation.failure);
        part.parts.push(
            Part::new(ItemKind::Enum, key.as_str(), other.marker.as_str(), path).with(results.into()).following(),
        );
        part.parts.extend(outcome(place, &format!("Output {key}"), &other.output));
    }
    part.parts.extend(outcome(place, "Output", &operation.output));
    part.parts.extend(outcome(place, "Failure", &operation.failure));
    part.parts.extend(operation.bodies.iter().filter_map(|body| match &body.kind {
        BodyKind::Multipart(Some(parts)) => Some(multipart(place, &body.content_type, parts)),
        BodyKind::Multipart(None)
        | BodyKind::Json(_)
        | BodyKind::Form(..)
        | BodyKind::Lines(_)
        | BodyKind::Xml(..)
        | BodyKind::Text
        | BodyKind::Bytes => None,
    }));
    part
}

/// The marker type: the output of the operation, and the options of its calls.
fn marker(place: &Place<'_>, operation: &Operation) -> Part {
    let path = place.item(&operation.marker);
    let mut parts: Vec<Part> = results(place, &path, &operation.output, &operation.failure).into();
    parts.extend(operation.pages.as_ref().map(|pages| {
        Part::new(ItemKind::Result, "Item", "Item", format!("{path}::Item")).of_type(Spelling::of(&pages.item))
    }));
    let option = |key: String, name: &Name, arguments: Vec<Argument>, returns: &str| {
        let call = Call { receiver: Some("self"), arguments, returns: returns.to_owned() };
        Part::new(ItemKind::Method, key, name.as_str(), format!("{path}::{name}")).called(call)
    };
    for argument in operation.arguments.iter().filter(|argument| !argument.required) {
        let given = vec![value(Spelling::passed(&argument.pass))];
        let key = format!("{} {}", place_of(argument.location), argument.wire);
        let setter = option(key, &argument.name, given, "Self").deprecated(argument.docs.deprecated);
        parts.push(setter.on_the_wire(format!("{} parameter {}", place_of(argument.location), argument.wire)));
    }
    for body in operation.bodies.iter().filter(|body| !body.required) {
        parts.push(option(format!("body {}", body.content_type), &body.name, self::body(body, "value"), "Self"));
    }
    for other in &operation.alternate_responses {
        let returns = format!("Call<'a, {}>", other.marker);
        parts.push(option(format!("accept {}", other.content_type), &other.setter, Vec::new(), &returns));
    }
    let name = operation.marker.as_str();
    Part::new(ItemKind::Enum, "(marker)", name, path).with(parts).following()
}

fn value(ty: Spelling) -> Argument {
    Argument { key: "(value)".to_owned(), name: "value".to_owned(), wire: String::new(), ty }
}

/// The signature of a method, with one of the bodies.
fn call(operation: &Operation, body: Option<&BodyPlan>) -> Call {
    let mut arguments: Vec<Argument> = Vec::new();
    for argument in operation.arguments.iter().filter(|argument| argument.required) {
        // A parameter of the path is identified by its position, whatever its name.
        let hole = operation
            .path
            .parameters()
            .position(|name| name == argument.wire)
            .filter(|_| argument.location == Location::Path);
        let key = hole.map_or_else(|| argument.wire.clone(), |place| place.to_string());
        arguments.push(Argument {
            key: format!("{} {key}", place_of(argument.location)),
            name: argument.name.as_str().to_owned(),
            wire: argument.wire.clone(),
            ty: Spelling::passed(&argument.pass),
        });
    }
    arguments.extend(body.into_iter().flat_map(|it| self::body(it, "body")));
    Call { receiver: Some("&self"), arguments, returns: format!("Call<'a, {}>", operation.marker) }
}

/// The argument of a body, after that of its media type if callers choose one.
fn body(body: &BodyPlan, name: &str) -> Vec<Argument> {
    let argument = |name: &str, ty: Spelling| Argument {
        key: format!("({name})"),
        name: name.to_owned(),
        wire: String::new(),
        ty,
    };
    let passed = |pass: &ArgPassing| vec![argument(name, Spelling::passed(pass))];
    match &body.kind {
        BodyKind::Json(pass) | BodyKind::Form(pass, _) | BodyKind::Lines(pass) | BodyKind::Xml(pass, _) => passed(pass),
        BodyKind::Multipart(_) => vec![argument(name, Spelling::text("impl Into<Multipart>"))],
        BodyKind::Text => vec![argument(name, Spelling::text("impl Into<String>"))],
        BodyKind::Bytes => {
            let bytes = argument(name, Spelling::text("impl Into<reqwest::Body>"));
            let chosen = body.content_type.contains('*').then(|| argument("content_type", Spelling::text("&str")));
            chosen.into_iter().chain([bytes]).collect()
        }
    }
}

fn results(place: &Place<'_>, owner: &str, output: &Outcome, failure: &Outcome) -> [Part; 2] {
    let part = |name: &str, outcome: &Outcome| {
        let ty = match &outcome.kind {
            OutcomeKind::Undocumented => Spelling::text("Undocumented"),
            OutcomeKind::Single(ty) => Spelling::of(ty),
            OutcomeKind::Enum(name, _) => Spelling::item(place.item(name)),
        };
        Part::new(ItemKind::Result, name, name, format!("{owner}::{name}")).of_type(ty)
    };
    [part("Output", output), part("Failure", failure)]
}

/// The enum of an outcome, if it has one.
fn outcome(place: &Place<'_>, key: &str, outcome: &Outcome) -> Option<Part> {
    let OutcomeKind::Enum(name, variants) = &outcome.kind else { return None };
    let path = place.item(name);
    let variants = variants.iter().map(|it| variant(&path, it)).collect();
    Some(Part::new(ItemKind::Enum, key, name.as_str(), path).with(variants).following())
}

fn variant(owner: &str, variant: &OutcomeVariant) -> Part {
    let status = match variant.status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}XX"),
        StatusPattern::Any => "default".to_owned(),
    };
    let part =
        Part::new(ItemKind::Variant, status.as_str(), variant.name.as_str(), format!("{owner}::{}", variant.name))
            .on_the_wire(format!("status {status}"));
    match &variant.ty {
        Some(ty) => part.of_type(Spelling::within("(", ty, ")")),
        None => part,
    }
}

/// The struct of the parts of a multipart body.
fn multipart(place: &Place<'_>, content_type: &str, parts: &Parts) -> Part {
    let path = place.item(&parts.name);
    let mut own: Vec<Part> = parts.fields.iter().flat_map(|field| part_fields(&path, field)).collect();
    own.extend(parts.constructor.as_ref().map(|order| constructor(&path, order, parts)));
    own.extend((!parts.has_required()).then(|| implemented(&path, "Default", "Default")));
    Part::new(ItemKind::Struct, format!("parts {content_type}"), parts.name.as_str(), path)
        .with(own)
        .closed()
        .following()
}

/// `new`, which takes the required parts.
fn constructor(owner: &str, order: &[Name], parts: &Parts) -> Part {
    let taken = |name: &Name| {
        parts.fields.iter().find_map(|field| {
            if field.name == *name {
                return Some((field.wire.clone(), part_type(field)));
            }
            let header = field.headers.iter().find(|header| header.name == *name)?;
            Some((format!("{} {}", field.wire, header.wire), Spelling::of(&header.ty)))
        })
    };
    let argument = |name: &Name| {
        let (wire, ty) = taken(name)?;
        let ty = if ty == Spelling::text("String") { Spelling::text("impl Into<String>") } else { ty };
        Some(Argument { key: wire.clone(), name: name.as_str().to_owned(), wire, ty })
    };
    let arguments = order.iter().filter_map(argument).collect();
    let call = Call { receiver: None, arguments, returns: "Self".to_owned() };
    Part::new(ItemKind::Method, "(new)", "new", format!("{owner}::new")).called(call)
}

/// The type of a part that is there.
fn part_type(field: &PartField) -> Spelling {
    match &field.kind {
        PartKind::Files => Spelling::text("Vec<Part>"),
        PartKind::File | PartKind::FileOrText => Spelling::text("Part"),
        PartKind::Value(ty, _) | PartKind::Json(ty, _) | PartKind::Styled(ty, _) | PartKind::Xml(ty, ..) => {
            Spelling::of(ty)
        }
    }
}

fn part_fields(owner: &str, field: &PartField) -> Vec<Part> {
    let part = |key: String, name: &Name, ty: Spelling| {
        Part::new(ItemKind::Field, key, name.as_str(), format!("{owner}::{name}")).of_type(ty)
    };
    let optional = |required: bool, ty: Spelling| if required { ty } else { ty.between("Option<", ">") };
    let ty = optional(field.required || matches!(field.kind, PartKind::Files), part_type(field));
    let own = part(format!("{:?}", field.wire), &field.name, ty).on_the_wire(format!("part {}", field.wire));
    let headers = field.headers.iter().map(|header| {
        let key = format!("{:?} {:?}", field.wire, header.wire);
        part(key, &header.name, optional(header.required, Spelling::of(&header.ty)))
    });
    std::iter::once(own).chain(headers).collect()
}

fn place_of(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}
