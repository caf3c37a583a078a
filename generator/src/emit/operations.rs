//! A group of operations: the handle with the methods, the setters of optional parameters, and the table of operations.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::layout::{self, Piece};
use super::paths::{Paths, ident};
use super::prose::Prose;
use super::{bodies, calls, docs, operation_table, outcomes, parameters};
use crate::rust::{BodyKind, BodyPlan, Crate, Group, Operation, OutcomeKind, PartKind, Parts, Type};

/// `src/<group>.rs`
pub(super) fn group(plan: &Crate, group: &Group) -> String {
    let known = Paths::in_group();
    let mut about = Prose::default();
    match group.tag.as_str() {
        "" => about.text("Operations without a tag. They are methods of the client."),
        tag => about.text(format!("Operations tagged {}.", docs::inline_code(tag))),
    };
    about.markdown(group.description.as_deref());
    if let Some(example) = super::example::of_group(plan, group) {
        about.text(example);
    }
    let inner = about.inner_comment();
    let mut items: Vec<Piece> = vec![imports(plan, group).into()];
    items.extend(handle(group).map(Piece::from));
    items.push(calls::methods(&known, group).into());
    items.extend(group.operations.iter().filter_map(|operation| calls::setters(&known, operation)).map(Piece::from));
    let entries = group.operations.iter().flat_map(|operation| operation_table::entries(&known, operation));
    items.push(layout::operations(entries).into());
    for operation in &group.operations {
        let alternate_responses =
            operation.alternate_responses.iter().map(|alternate_response| &alternate_response.output);
        for outcome in std::iter::once(&operation.output).chain(alternate_responses) {
            if let OutcomeKind::Enum(name, variants) = &outcome.kind {
                items.push(outcomes::output_enum(&known, operation, name, variants).into());
            }
        }
        let parts = operation.bodies.iter().filter_map(parts_of);
        items.extend(parts.flat_map(|parts| bodies::parts(&known, operation, parts)).map(Piece::from));
    }
    layout::rust(inner, items)
}

fn parts_of(body: &BodyPlan) -> Option<&Parts> {
    match &body.kind {
        BodyKind::Multipart(parts) => parts.as_ref(),
        BodyKind::Json(_)
        | BodyKind::Form(..)
        | BodyKind::Lines(_)
        | BodyKind::Xml(..)
        | BodyKind::Text
        | BodyKind::Bytes => None,
    }
}

fn imports(plan: &Crate, group: &Group) -> TokenStream {
    let mentions = group.operations.iter().flat_map(|operation| {
        let arguments = operation.arguments.iter().map(|it| parameters::mentions(&it.wire, it.location, &it.form));
        arguments.chain(operation.constants.iter().map(|it| parameters::mentions(&it.wire, it.location, &it.form)))
    });
    let (mut parameter, mut style) = (false, false);
    for (names_parameter, names_style) in mentions {
        parameter |= names_parameter;
        style |= names_style;
    }
    let bodies = || group.operations.iter().flat_map(|operation| &operation.bodies);
    let is_styled = |parts: &Parts| parts.fields.iter().any(|field| matches!(field.kind, PartKind::Styled(..)));
    let styled = bodies().any(|body| matches!(&body.kind, BodyKind::Form(_, styles) if !styles.is_empty()))
        || bodies().filter_map(parts_of).any(is_styled);
    let files = |parts: &Parts| {
        parts.fields.iter().any(|field| matches!(field.kind, PartKind::File | PartKind::Files | PartKind::FileOrText))
    };
    let mut names = vec!["Call", "Client"];
    names.extend((parameter || styled).then_some(["In", "Parameter"]).into_iter().flatten());
    names.extend((style || styled).then_some("Style"));
    names.extend(bodies().any(|body| matches!(body.kind, BodyKind::Multipart(_))).then_some("Multipart"));
    names.extend(bodies().filter_map(parts_of).any(files).then_some("Part"));
    let paged = group.operations.iter().any(|operation| operation.pages.is_some());
    names.extend(paged.then_some("Paging"));
    names.sort_unstable();
    let names = names.into_iter().map(|name| format_ident!("{name}"));
    let types = (!plan.types.is_empty() && group.operations.iter().any(mentions_types)).then(|| {
        quote!(
            use crate::types;
        )
    });
    let written = |parts: &Parts| parts.fields.iter().any(|field| matches!(field.kind, PartKind::Xml(..)));
    let xml = bodies().any(|body| matches!(body.kind, BodyKind::Xml(..))) || bodies().filter_map(parts_of).any(written);
    let xml = xml.then(|| {
        quote!(
            use crate::xml_documents;
        )
    });
    quote! { use crate::runtime::{#(#names),*}; #types #xml }
}

fn mentions_types(operation: &Operation) -> bool {
    let mut found = false;
    crate::rust::types_of(operation, &mut |ty| found |= ty.has(|part| matches!(part, Type::Named(_))));
    found
}

fn handle(group: &Group) -> Option<TokenStream> {
    if group.is_the_client() {
        return None;
    }
    let name = ident(&group.handle);
    let docs =
        Prose::default().text(format!("The operations tagged {}.", docs::inline_code(&group.tag))).outer_attributes();
    Some(quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'a> {
            pub(crate) client: &'a Client,
        }
    })
}
