//! The tables by which values are written as XML.

use proc_macro2::TokenStream;
use quote::quote;

use super::layout;
use super::paths::ident;
use super::prose::Prose;
use crate::rust::{XmlContent, XmlDocument, XmlElement, XmlKind, XmlMember, XmlPlan, XmlTable};

/// `src/xml_documents.rs`
pub(super) fn xml(plan: &XmlPlan) -> String {
    let inner = Prose::default().text("The XML form of bodies: the node of each member.").inner_comment();
    let attributes = quote!(#![allow(dead_code, reason = "each group uses a part of the tables")]);
    let kinds = used(plan, |node| node.kind != XmlKind::Element).then(|| quote!(Kind,));
    let mut items = vec![quote!(use crate::runtime::xml_node::{Content, #kinds Node};)];
    items.extend(plan.documents.iter().map(|XmlDocument { constant, root }| {
        let constant = ident(constant);
        let root = node(plan, root, &quote!());
        quote!(pub(crate) static #constant: Node = #root;)
    }));
    items.extend(plan.tables.iter().map(|XmlTable { constant, ty, members }| {
        let constant = ident(constant);
        let docs = Prose::default().text(format!("The nodes of `{}`.", ty.as_str())).outer_attributes();
        let members = members.iter().map(|member| self::member(plan, member));
        quote!(#docs static #constant: Content = Content::Object(&[#(#members),*]);)
    }));
    layout::rust((inner, attributes), items)
}

fn used(plan: &XmlPlan, wanted: impl Fn(&XmlElement) -> bool + Copy) -> bool {
    fn within(node: &XmlElement, wanted: impl Fn(&XmlElement) -> bool + Copy) -> bool {
        wanted(node)
            || match &node.content {
                XmlContent::List(item) => within(item, wanted),
                XmlContent::Text | XmlContent::Number | XmlContent::Boolean | XmlContent::Object(_) => false,
            }
    }
    let members = plan.tables.iter().flat_map(|table| &table.members).map(|member| &member.node);
    plan.documents.iter().map(|document| &document.root).chain(members).any(|node| within(node, wanted))
}

fn member(plan: &XmlPlan, member: &XmlMember) -> TokenStream {
    let property = &member.property;
    let required = member.required.then(|| quote!(required: true,));
    let mut named = member.node.clone();
    if named.name == *property {
        named.name.clear();
    }
    node(plan, &named, &quote!(property: #property, #required))
}

fn node(plan: &XmlPlan, node: &XmlElement, first: &TokenStream) -> TokenStream {
    let kind = match node.kind {
        XmlKind::Element => None,
        XmlKind::Attribute => Some(quote!(kind: Kind::Attribute,)),
        XmlKind::Text => Some(quote!(kind: Kind::Text,)),
        XmlKind::Cdata => Some(quote!(kind: Kind::Cdata,)),
        XmlKind::Bare => Some(quote!(kind: Kind::Bare,)),
    };
    let name = (!node.name.is_empty()).then_some(&node.name).map(|name| quote!(name: #name,));
    let prefix = node.prefix.as_ref().map(|prefix| quote!(prefix: #prefix,));
    let namespace = node.namespace.as_ref().map(|namespace| quote!(namespace: #namespace,));
    let nullable = node.nullable.then(|| quote!(nullable: true,));
    let content = match &node.content {
        XmlContent::Text => None,
        XmlContent::Number => Some(quote!(&Content::Number)),
        XmlContent::Boolean => Some(quote!(&Content::Boolean)),
        XmlContent::Object(table) => {
            let table = ident(&plan.tables[*table].constant);
            Some(quote!(&#table))
        }
        XmlContent::List(item) => {
            let item = self::node(plan, item, &quote!());
            Some(quote!(&Content::List(&#item)))
        }
    };
    let content = content.map(|content| quote!(content: #content,));
    quote!(Node { #first #kind #name #prefix #namespace #nullable #content ..Node::ELEMENT })
}
