//! The objects of Swagger 2.0, as far as they may hold references.

use super::grammar::{Field, Kind, Shape, Version, field};

/// The field `name` of an object of `kind` in a document of a version: where references are looked for.
pub(super) fn field_of(version: Version, kind: Kind, name: &str) -> Option<Field> {
    if version == Version::V20 { swagger2_field(kind, name) } else { field(kind, name).or_else(|| remnant(kind, name)) }
}

/// A schema where Swagger 2.0 had it, which a repair gives its place in OpenAPI 3.
fn remnant(kind: Kind, name: &str) -> Option<Field> {
    let is_remnant = matches!(
        (kind, name),
        (Kind::Response | Kind::RequestBody, "schema") | (Kind::Parameter | Kind::Header, "items")
    );
    is_remnant.then_some(Field { shape: Shape::One(Kind::Schema), since: Version::V30 })
}

/// The field `name` of an object of `kind`.
fn swagger2_field(kind: Kind, name: &str) -> Option<Field> {
    let of = |shape| Some(Field { shape, since: Version::V20 });
    match (kind, name) {
        (Kind::Document, "paths" | "x-ms-paths") => of(Shape::One(Kind::Paths)),
        (Kind::Document, "definitions") => of(Shape::Map(Kind::Schema)),
        (Kind::Document, "parameters") => of(Shape::Map(Kind::Parameter)),
        (Kind::Document, "responses") => of(Shape::Map(Kind::Response)),
        (Kind::Document, "securityDefinitions") => of(Shape::Map(Kind::SecurityScheme)),
        (Kind::Document, "info" | "tags" | "externalDocs") => field(kind, name),
        (Kind::Document, _) => None,
        (Kind::Parameter | Kind::Response, "schema") => of(Shape::One(Kind::Schema)),
        (Kind::Parameter | Kind::Response | Kind::Header, "description") => of(Shape::Text),
        (Kind::Parameter | Kind::Response | Kind::Header, _) => None,
        (Kind::Operation, "requestBody" | "callbacks" | "servers") => None,
        (Kind::Schema, "discriminator") => None,
        _ => field(kind, name),
    }
}
