//! Rules that a document could have: operations that look paginated and are not, each with the rule that would serve it.
//!
//! Names suggest a rule, and nothing is generated from one that is only suggested.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::declaration::Declaration;
use super::parts::{answer, has_link_header, is_count, is_read, is_scalar, list, query, take};
use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{Api, BoundKeyword, Operation, Parameter, Schemas, Shape, Use, Way};
use crate::place::Pointer;

/// Names of parameters that take a cursor, without case and punctuation.
const CURSORS: &[&str] = &[
    "after",
    "continuation",
    "continuationtoken",
    "continue",
    "cursor",
    "from",
    "marker",
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "offset",
    "page",
    "pagecursor",
    "pagetoken",
    "start",
    "startafter",
    "startcursor",
    "startingafter",
    "startingtoken",
    "startkey",
];
/// Names of parameters that take the number of items so far.
const OFFSETS: &[&str] = &["offset", "skip", "startat", "startindex"];
/// Names of parameters that take the number of a page.
const PAGES: &[&str] = &["page", "pageindex", "pageno", "pagenumber"];
/// Names of parameters that take the size of a page.
const SIZES: &[&str] = &["count", "first", "limit", "maxresults", "pagesize", "perpage", "size", "top"];
/// Names of members that have a cursor.
const NEXTS: &[&str] = &[
    "continue",
    "continuation",
    "continuationtoken",
    "endcursor",
    "next",
    "nextcursor",
    "nextid",
    "nextmarker",
    "nextoffset",
    "nextpage",
    "nextpagecursor",
    "nextpagetoken",
    "nexttoken",
    "nextstart",
    "nextstartkey",
];
/// Names of members that have a URL.
const LINKS: &[&str] =
    &["next", "nextlink", "nextpage", "nextpageuri", "nextpageurl", "nexturi", "nexturl", "odatanextlink"];
/// Names of members that tell whether another page exists.
const MORES: &[&str] = &["hasmore", "hasnext", "hasnextpage", "more"];
/// Names of members that have the number of all items.
const TOTALS: &[&str] = &["count", "total", "totalcount", "totalentries", "totalitems", "totalrecords", "totalresults"];
/// Names of members that have the number of all pages.
const PAGE_TOTALS: &[&str] = &["lastpage", "pagecount", "totalpages"];
/// Names of members that have the items of a page.
const ITEMS: &[&str] =
    &["content", "data", "entries", "items", "list", "objects", "records", "results", "rows", "value"];
/// The number of operations that a finding names.
const NAMED: usize = 12;

/// Reports the operations that look paginated, by the rule that would serve them.
pub(in crate::lower) fn report(api: &Api, diagnostics: &mut Diagnostics) {
    let schemas = &api.schemas;
    type Group<'a> = Vec<(&'a Operation, Declaration)>;
    let mut groups: BTreeMap<(Way, Option<String>), Group<'_>> = BTreeMap::new();
    let open = |operation: &&Operation| operation.pagination.is_none() && !operation.is_one_page;
    for operation in api.operations.iter().filter(open) {
        if let Some(proposal) = proposal(schemas, operation) {
            groups.entry((kind(&proposal.way), proposal.items.clone())).or_default().push((operation, proposal));
        }
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    for group in groups {
        let Some(rule) = common(&group) else { continue };
        let names: Vec<String> = group
            .iter()
            .take(NAMED)
            .map(|(operation, _)| format!("`{} {}`", operation.method, operation.path.text()))
            .collect();
        let more = group.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let (count, verb) = if group.len() == 1 {
            ("1 operation".to_owned(), "looks")
        } else {
            (format!("{} operations", group.len()), "look")
        };
        diagnostics.push(
            Rule::LooksPaginated
                .at(Pointer::root().child("paths"))
                .message(format_args!("{count} {verb} paginated: {}{more}", names.join(", ")))
                .help(format_args!("if the API's guide agrees, add `{}` to the client in codegen.toml", line(&rule))),
        );
    }
}

/// The way, apart from the number of the first page.
fn kind(way: &Way) -> Way {
    match way {
        Way::Page { parameter, .. } => Way::Page { parameter: parameter.clone(), first: 0 },
        other => other.clone(),
    }
}

/// The rule of a group: `more` and `total` are where most of its operations have them, and pages are counted from the first that any
/// of them states.
fn common(group: &[(&Operation, Declaration)]) -> Option<Declaration> {
    let most = |part: fn(&Declaration) -> &Option<String>| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in group.iter().filter_map(|(_, proposal)| part(proposal).as_deref()) {
            *counts.entry(text).or_default() += 1;
        }
        let (text, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (count * 2 > group.len()).then(|| text.to_owned())
    };
    let (_, first) = group.iter().min_by_key(|(_, proposal)| proposal.way.clone())?;
    Some(Declaration { more: most(|it| &it.more), total: most(|it| &it.total), ..first.clone() })
}

/// A rule as a line of TOML.
fn line(rule: &Declaration) -> String {
    let mut text = String::new();
    let mut add = |key: &str, value: &str| {
        let separator = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{separator}{key} = {}", Value::from(value));
    };
    match &rule.way {
        Way::Cursor { parameter, next, of_last_item } => {
            add("style", "cursor");
            add("parameter", parameter);
            add(if *of_last_item { "next-of-last-item" } else { "next" }, next);
        }
        Way::Page { parameter, .. } => {
            add("style", "page");
            add("parameter", parameter);
        }
        Way::Offset { parameter } => {
            add("style", "offset");
            add("parameter", parameter);
        }
        Way::Link { next } => {
            add("style", "link");
            next.iter().for_each(|next| add("next", next));
        }
    }
    for (key, value) in [("items", &rule.items), ("more", &rule.more), ("total", &rule.total)] {
        value.iter().for_each(|value| add(key, value));
    }
    if let Way::Page { first, .. } = rule.way
        && first != 1
    {
        let _ = write!(text, ", first = {first}");
    }
    format!("pagination = [{{ {text} }}]")
}

/// The rule that an operation suggests: one that would serve it.
fn proposal(schemas: &Schemas, operation: &Operation) -> Option<Declaration> {
    let is_paged = |parameter: &Parameter| {
        let name = plain(&parameter.name);
        [CURSORS, OFFSETS, PAGES, SIZES].iter().any(|names| names.contains(&name.as_str()))
    };
    if !is_read(operation) || !query(operation).any(is_paged) {
        return None;
    }
    let members = Members::of(schemas, answer(operation)?);
    let items = members.items();
    let one = |place: Option<&Member<'_>>| place.map(|member| member.pointer.clone());
    let candidates = cursors(operation, &members).chain(link(operation, &members)).chain(counted(operation, schemas));
    candidates
        .map(|way| {
            let totals = match way {
                Way::Page { .. } => PAGE_TOTALS,
                Way::Offset { .. } => TOTALS,
                Way::Cursor { .. } | Way::Link { .. } => &[],
            };
            let is_counted = !matches!(way, Way::Link { .. });
            Declaration {
                way,
                items: items.clone(),
                more: one(members.find(MORES, |shape| matches!(shape, Shape::Boolean)).filter(|_| is_counted)),
                total: one(members.find(totals, is_count)),
            }
        })
        .find(|rule| take(schemas, operation, rule).is_some())
}

/// Cursors: a parameter, and the member that has its next value.
fn cursors<'a>(operation: &'a Operation, members: &'a Members<'a>) -> impl Iterator<Item = Way> + 'a {
    query(operation).filter(|parameter| CURSORS.contains(&plain(&parameter.name).as_str())).filter_map(|parameter| {
        let name = plain(&parameter.name);
        let is_next = |member: &&Member<'_>| leads(member, &name) && !is_link(member);
        let of_last = |member: &&Member<'_>| plain(member.name) == "lastid" && name.contains("after");
        let scalars = || members.0.iter().filter(|member| is_scalar(member.shape));
        let next = scalars().find(is_next).or_else(|| scalars().find(of_last))?;
        Some(Way::Cursor { parameter: parameter.name.clone(), next: next.pointer.clone(), of_last_item: false })
    })
}

/// Returns whether a member says by its name that it has the next value of a parameter.
fn leads(member: &Member<'_>, parameter: &str) -> bool {
    let name = plain(member.name);
    if name == parameter {
        let of_next = member.parent.is_some_and(|parent| NEXTS.contains(&plain(parent).as_str()));
        return of_next || name.contains("cursor") || name == "continue";
    }
    let counts =
        [OFFSETS, PAGES].iter().any(|names| names.contains(&parameter)) || ["from", "start"].contains(&parameter);
    let of_what = name.strip_prefix("next").or_else(|| name.strip_prefix("end")).unwrap_or(&name);
    NEXTS.contains(&name.as_str())
        && (of_what.is_empty() || parameter.contains(of_what) || !counts && !["page", "offset"].contains(&of_what))
}

/// The URL of the next page, in the response or in its `Link` header.
fn link<'a>(operation: &'a Operation, members: &'a Members<'a>) -> impl Iterator<Item = Way> + 'a {
    let url = members.0.iter().find(|member| {
        let name = plain(member.name);
        let names_it = LINKS.contains(&name.as_str())
            || name == "href" && member.parent.is_some_and(|parent| plain(parent) == "next");
        names_it && is_link(member) && matches!(member.shape, Shape::String { .. })
    });
    let header = has_link_header(operation).then_some(Way::Link { next: None });
    url.map(|member| Way::Link { next: Some(member.pointer.clone()) }).into_iter().chain(header)
}

/// Pages or items that are counted.
fn counted<'a>(operation: &'a Operation, schemas: &'a Schemas) -> impl Iterator<Item = Way> + 'a {
    query(operation).filter_map(|parameter| {
        let name = plain(&parameter.name);
        let is = |names: &[&str]| names.contains(&name.as_str());
        let parameter_name = parameter.name.clone();
        if is(PAGES) {
            return Some(Way::Page { parameter: parameter_name, first: first(schemas, parameter) });
        }
        is(OFFSETS).then_some(Way::Offset { parameter: parameter_name })
    })
}

/// The number of the first page: the default of the parameter, or its minimum.
fn first(schemas: &Schemas, parameter: &Parameter) -> u64 {
    let docs = [&parameter.value.docs, &schemas.get(schemas.resolve(parameter.value.schema)).docs];
    let default = docs.iter().find_map(|docs| docs.default.as_deref()?.as_u64());
    let minimum = || {
        let mut bounds = docs.iter().flat_map(|docs| &docs.constraints);
        bounds.find(|bound| bound.keyword == BoundKeyword::Minimum).and_then(|bound| bound.value.parse().ok())
    };
    default.or_else(minimum).filter(|first| *first <= 1).unwrap_or(1)
}

/// Returns whether a member has a URL, by its format, its name or the name of the object around it.
fn is_link(member: &Member<'_>) -> bool {
    let says = |name: &str| ["link", "url", "uri", "href"].iter().any(|word| plain(name).contains(word));
    let is_uri = matches!(member.shape, Shape::String { format: Some(format) } if format.starts_with("uri"));
    let said = member.usage.docs.description.as_deref().unwrap_or_default();
    let said =
        said.split(|letter: char| !letter.is_alphanumeric()).any(|word| ["URL", "url", "URI", "link"].contains(&word));
    is_uri || says(member.name) || member.parent.is_some_and(says) || said
}

/// A name without case and punctuation.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The members of a response, those of objects in it included.
struct Members<'a>(Vec<Member<'a>>);

struct Member<'a> {
    pointer: String,
    name: &'a str,
    parent: Option<&'a str>,
    usage: &'a Use,
    shape: &'a Shape,
    is_list: bool,
}

impl<'a> Members<'a> {
    /// The levels of objects that are looked at.
    const DEPTH: usize = 3;

    fn of(schemas: &'a Schemas, answer: &'a Use) -> Self {
        let mut found = Members(Vec::new());
        found.add(schemas, answer, &Pointer::root(), None, 0);
        // What is nearer to the root is more likely meant.
        found.0.sort_by_key(|member| member.pointer.matches('/').count());
        found
    }

    fn add(&mut self, schemas: &'a Schemas, usage: &'a Use, at: &Pointer, parent: Option<&'a str>, depth: usize) {
        let Shape::Object(object) = &schemas.get(schemas.resolve(usage.schema)).shape else { return };
        for property in &object.properties {
            let pointer = at.child(&property.name);
            if depth + 1 < Self::DEPTH {
                self.add(schemas, &property.value, &pointer, Some(&property.name), depth + 1);
            }
            self.0.push(Member {
                pointer: pointer.to_string(),
                name: &property.name,
                parent,
                usage: &property.value,
                shape: &schemas.get(schemas.resolve(property.value.schema)).shape,
                is_list: list(schemas, &property.value).is_some(),
            });
        }
    }

    fn find(&self, names: &[&str], fits: fn(&Shape) -> bool) -> Option<&Member<'a>> {
        let mut members = self.0.iter();
        members.find(|member| names.contains(&plain(member.name).as_str()) && fits(member.shape))
    }

    /// The place of the items, unless the response is a list or has only one.
    fn items(&self) -> Option<String> {
        let lists: Vec<_> = self.0.iter().filter(|member| member.is_list).collect();
        let is_near = |member: &&&Member<'_>| member.parent.is_none();
        match lists.iter().filter(is_near).count() {
            0 if lists.len() == 1 => lists.first().map(|member| member.pointer.clone()),
            1 => None,
            _ => {
                let usual = |member: &&&Member<'_>| ITEMS.contains(&plain(member.name).as_str());
                lists.iter().find(usual).map(|member| member.pointer.clone())
            }
        }
    }
}
