//! The command line: what it calls groups, operations and arguments, and what the text of each argument stands for.

mod credentials;
mod values;
mod words;

use crate::rust::name::Scope;
use crate::rust::{
    ArgPassing, Argument, BodyKind, BodyPlan, CommandLine, Docs, Facts, Flag, FlagKind, Group, GroupCommand, Item,
    Location, MemberFlag, Occurrence, Operation, OperationCommand, PartField, PartForm, PartKind, Parts, Scheme,
};
use values::{Resolved, Values};
use words::Words;

/// Words at the top that are no groups.
const TOP: &[&str] = &["completions", "help"];

/// The names of options that mean the same for every operation.
const OPTIONS: &[&str] = &["all", "base_url", "body", "content_type", "help", "output", "part", "token_url"];

/// Plans the command line of a package.
pub(crate) fn command_line(
    package: &str,
    items: &[Item],
    schemes: &[Scheme],
    groups: &[Group],
    ungrouped: Option<&Group>,
) -> CommandLine {
    let values = Values::new(items);
    let mut top = Words::excluding(TOP);
    let groups = groups.iter().map(|group| {
        let mut words = Words::excluding(&["help"]);
        GroupCommand {
            name: top.claim(&[group.module.bare(), &format!("{} operations", group.module.bare())]),
            operations: group.operations.iter().map(|it| operation(&values, &mut words, it)).collect(),
        }
    });
    let groups = groups.collect();
    let ungrouped = ungrouped.into_iter().flat_map(|group| &group.operations);
    let ungrouped = ungrouped.map(|it| operation(&values, &mut top, it)).collect();
    let mut variables = Scope::new();
    let base_url = credentials::claim(&mut variables, package, "base url");
    let token_url = credentials::fetches_tokens(schemes);
    let token_url = token_url.then(|| credentials::claim(&mut variables, package, "token url"));
    let credentials = schemes.iter().flat_map(|scheme| credentials::of_scheme(&mut variables, package, scheme));
    CommandLine { groups, ungrouped, credentials: credentials.collect(), base_url, token_url }
}

fn operation(values: &Values<'_>, names: &mut Words, operation: &Operation) -> OperationCommand {
    let method = operation.method_name.bare();
    let name = names.claim(&[method, &format!("{method} operation")]);
    let mut words = Words::excluding(OPTIONS);
    let arguments = operation.arguments.iter().map(|it| argument(values, &mut words, it)).collect();
    let mut bodies: Vec<Vec<MemberFlag>> = Vec::new();
    for body in &operation.bodies {
        let found = members(values, body);
        let named = found.into_iter().map(|member| named(member, &mut words, &bodies)).collect();
        bodies.push(named);
    }
    OperationCommand { name, arguments, bodies }
}

fn argument(values: &Values<'_>, words: &mut Words, argument: &Argument) -> Flag {
    let place = match argument.location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let name = argument.name.bare();
    let name = words.claim(&[name, &format!("{place} {name}")]);
    let found = values.passed(&argument.pass);
    // Commas separate the values of an argument, and JSON has commas.
    let found = match found.kind {
        FlagKind::Json | FlagKind::Any if argument.required && found.many => Resolved::json(),
        _ => found,
    };
    let Resolved { kind, many, values } = found;
    Flag { name, kind, many, values, required: argument.required, docs: argument.docs.clone() }
}

/// A member that has no name on the command line yet.
struct Unnamed {
    wire: String,
    candidate: String,
    value: Resolved,
    required: bool,
    otherwise: Option<serde_json::Value>,
    docs: Docs,
    part: Option<PartForm>,
}

/// Names a member. Bodies share the option of members that have the same name and kind.
fn named(member: Unnamed, words: &mut Words, before: &[Vec<MemberFlag>]) -> MemberFlag {
    let Unnamed { wire, candidate, value: Resolved { kind, many, values }, required, otherwise, docs, part } = member;
    let is_same = |known: &&MemberFlag| known.wire == wire && (known.flag.kind, known.flag.many) == (kind, many);
    let known = before.iter().flatten().find(is_same).map(|known| known.flag.name.clone());
    let name = known.unwrap_or_else(|| words.claim(&[&candidate, &format!("body {candidate}")]));
    MemberFlag { flag: Flag { name, kind, required, many, values, docs }, wire, otherwise, part }
}

fn members(values: &Values<'_>, body: &BodyPlan) -> Vec<Unnamed> {
    match &body.kind {
        BodyKind::Json(pass) | BodyKind::Form(pass, _) => of_object(values, pass),
        BodyKind::Multipart(Some(Parts { fields, .. })) => {
            fields.iter().flat_map(|field| of_part(values, field)).collect()
        }
        BodyKind::Multipart(None) | BodyKind::Lines(_) | BodyKind::Xml(..) | BodyKind::Text | BodyKind::Bytes => {
            Vec::new()
        }
    }
}

fn of_object(values: &Values<'_>, pass: &ArgPassing) -> Vec<Unnamed> {
    let (ArgPassing::Copy(ty) | ArgPassing::Reference(ty)) = pass else { return Vec::new() };
    let fields = values.object(ty).into_iter().flat_map(|object| &object.fields);
    let member = |field: &crate::rust::Field| {
        let required = field.occurrence == Occurrence::Required && field.tag.is_none();
        let otherwise = match field.occurrence {
            Occurrence::Required => field.tag.clone(),
            Occurrence::Nullable => Some(field.tag.clone().unwrap_or_default()),
            Occurrence::Optional | Occurrence::OptionalNullable => None,
        };
        let (wire, candidate) = (field.wire.clone(), field.name.bare().to_owned());
        Unnamed {
            wire,
            candidate,
            value: values.of(&field.ty),
            required,
            otherwise,
            docs: field.docs.clone(),
            part: None,
        }
    };
    fields.map(member).collect()
}

/// The options of a part: its contents, and its headers.
fn of_part(values: &Values<'_>, field: &PartField) -> Vec<Unnamed> {
    let value = match &field.kind {
        PartKind::File => Resolved::one(FlagKind::File),
        PartKind::Files => Resolved { many: true, ..Resolved::one(FlagKind::File) },
        PartKind::FileOrText => Resolved::one(FlagKind::FileOrText),
        PartKind::Xml(..) => Resolved::one(FlagKind::File),
        PartKind::Value(ty, _) | PartKind::Json(ty, _) | PartKind::Styled(ty, _) => values.of(ty),
    };
    let described =
        |description: &Option<String>| Docs::from(Facts { description: description.clone(), ..Facts::default() });
    let content_type = field.content_type().map(str::to_owned);
    let part = Unnamed {
        wire: field.wire.clone(),
        candidate: field.name.bare().to_owned(),
        value,
        required: field.required,
        otherwise: None,
        docs: described(&field.description),
        part: Some(PartForm::Part(field.kind.clone(), content_type)),
    };
    let headers = field.headers.iter().map(|header| Unnamed {
        wire: header.wire.clone(),
        candidate: header.name.bare().to_owned(),
        value: values.of(&header.ty),
        required: header.required,
        otherwise: None,
        docs: described(&header.description),
        part: Some(PartForm::Header(field.wire.clone())),
    });
    std::iter::once(part).chain(headers).collect()
}
