//! Alternatives that are all texts, distinguished by their length and their characters, as `pattern`, `format`, `minLength` and
//! `maxLength` state them.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::ir::{BoundKeyword, Docs, Schemas, Shape, TextForm, Use};

/// Patterns of formats whose texts are distinguished from others.
const FORMATS: &[(&str, &str)] = &[
    ("date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    ("email", "^[^@ ]+@[^@ ]+$"),
    ("ipv4", r"^[0-9]{1,3}(\.[0-9]{1,3}){3}$"),
    ("ipv6", "^[0-9A-Fa-f.]*(:[0-9A-Fa-f.]*){2,7}$"),
    ("uuid", "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"),
];

/// All characters.
const ANY: (char, char) = ('\0', char::MAX);
/// The maximum number of ranges of characters; more are taken for all characters.
const MOST_RANGES: usize = 16;
/// The maximum number of texts that are distinguished, since each is compared with all others.
const MOST_TEXTS: usize = 256;

/// The forms that distinguish the texts among some alternatives, one for each alternative; `None` for those of any form.
/// Nothing if there are texts that could be of two of them.
pub(super) fn forms(schemas: &Schemas, values: &[&Use]) -> Option<Vec<Option<TextForm>>> {
    let texts: Vec<Option<Text>> = values.iter().map(|value| Text::of(schemas, value)).collect();
    let mut order: Vec<&Text> = texts.iter().flatten().collect();
    order.sort_by_key(|text| text.form.breadth());
    if !(2..=MOST_TEXTS).contains(&order.len()) {
        return None;
    }
    let each_differs =
        order.iter().enumerate().all(|(index, one)| order[index + 1..].iter().all(|other| one.excludes(other)));
    if !each_differs {
        return None;
    }
    Some(texts.into_iter().map(|text| text.filter(|text| !text.is_free()).map(|text| text.form)).collect())
}

/// The known facts about the texts of an alternative.
#[derive(Clone, Debug)]
struct Text {
    form: TextForm,
    /// Characters that each of them has.
    needed: BTreeSet<char>,
    has_format: bool,
}

impl Text {
    fn of(schemas: &Schemas, value: &Use) -> Option<Self> {
        let schema = schemas.get(schemas.resolve(value.schema));
        let Shape::String { format } = &schema.shape else { return None };
        let known = FORMATS.iter().find(|(name, _)| Some(*name) == format.as_deref());
        let mut text = Text { has_format: known.is_some(), ..Text::any(0) };
        if let Some((_, pattern)) = known {
            text.narrow(pattern);
        }
        let bounds = |docs: &'_ Docs| docs.constraints.clone();
        for bound in bounds(&value.docs).into_iter().chain(bounds(&schema.docs)) {
            match (bound.keyword, bound.value.parse::<u32>()) {
                (BoundKeyword::Pattern, _) => text.narrow(&bound.value),
                (BoundKeyword::MinLength, Ok(least)) => text.form.least = text.form.least.max(least),
                (BoundKeyword::MaxLength, Ok(most)) => text.form.most = text.form.most.min(most),
                _ => {}
            }
        }
        Some(text)
    }

    fn any(least: u32) -> Self {
        let form = TextForm { least, most: u32::MAX, ranges: vec![ANY] };
        Text { form, needed: BTreeSet::new(), has_format: false }
    }

    fn is_free(&self) -> bool {
        self.form.least == 0 && self.form.most == u32::MAX && self.form.ranges == [ANY]
    }

    /// Returns whether no text of another alternative has this form. Plain text beside a format means the texts without the format.
    fn excludes(&self, other: &Text) -> bool {
        let (one, two) = (&self.form, &other.form);
        one.most < two.least
            || two.most < one.least
            || other.needed.iter().any(|letter| !one.has(*letter))
            || self.has_format && !other.has_format && other.form.ranges == [ANY]
    }

    /// Takes a pattern into account, unless only ECMA-262 has its syntax.
    fn narrow(&mut self, pattern: &str) {
        // In ECMA-262, `\d` and its kind are of ASCII.
        let mut parser = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build();
        let Ok(hir) = parser.parse(pattern) else { return };
        let mut found = Text::matched(&hir);
        let properties = hir.properties();
        let is_whole =
            properties.look_set_prefix().contains(Look::Start) && properties.look_set_suffix().contains(Look::End);
        if !is_whole {
            found = Text { needed: found.needed, ..Text::any(found.form.least) };
        }
        self.form.least = self.form.least.max(found.form.least);
        self.form.most = self.form.most.min(found.form.most);
        if self.form.ranges == [ANY] && found.form.ranges.len() <= MOST_RANGES {
            self.form.ranges = found.form.ranges;
        }
        self.needed.extend(found.needed);
    }

    /// The texts that an expression matches.
    fn matched(hir: &Hir) -> Self {
        let none = || Text { form: TextForm { least: 0, most: 0, ranges: Vec::new() }, ..Text::any(0) };
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => none(),
            HirKind::Literal(literal) => {
                let letters = String::from_utf8_lossy(&literal.0).into_owned();
                letters.chars().fold(none(), |text, letter| text.and(Text::one(&[(letter, letter)])))
            }
            HirKind::Class(Class::Unicode(class)) => {
                Text::one(&class.ranges().iter().map(|range| (range.start(), range.end())).collect::<Vec<_>>())
            }
            HirKind::Class(Class::Bytes(class)) if class.is_ascii() => {
                let ranges = class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end())));
                Text::one(&ranges.collect::<Vec<_>>())
            }
            HirKind::Class(Class::Bytes(_)) => Text::one(&[ANY]),
            HirKind::Repetition(repetition) => {
                let mut text = Text::matched(&repetition.sub);
                text.form.least = text.form.least.saturating_mul(repetition.min);
                text.form.most = match repetition.max {
                    Some(most) => text.form.most.saturating_mul(most),
                    None => u32::MAX,
                };
                if repetition.min == 0 {
                    text.needed.clear();
                }
                text
            }
            HirKind::Capture(capture) => Text::matched(&capture.sub),
            HirKind::Concat(parts) => parts.iter().fold(none(), |text, part| text.and(Text::matched(part))),
            HirKind::Alternation(parts) => {
                let mut parts = parts.iter().map(Text::matched);
                let first = parts.next().unwrap_or_else(none);
                parts.fold(first, Text::or)
            }
        }
    }

    /// A single character of some ranges.
    fn one(ranges: &[(char, char)]) -> Self {
        let needed = match ranges {
            [(first, last)] if first == last => BTreeSet::from([*first]),
            _ => BTreeSet::new(),
        };
        Text { form: TextForm { least: 1, most: 1, ranges: ranges.to_vec() }, needed, has_format: false }
    }

    fn and(mut self, next: Text) -> Self {
        self.form.least = self.form.least.saturating_add(next.form.least);
        self.form.most = self.form.most.saturating_add(next.form.most);
        self.form.ranges = joined(self.form.ranges, next.form.ranges);
        self.needed.extend(next.needed);
        self
    }

    fn or(mut self, other: Text) -> Self {
        self.form.least = self.form.least.min(other.form.least);
        self.form.most = self.form.most.max(other.form.most);
        self.form.ranges = joined(self.form.ranges, other.form.ranges);
        self.needed.retain(|letter| other.needed.contains(letter));
        self
    }
}

/// Two lists of ranges as one, sorted and without overlaps; all characters if they would be too many.
fn joined(one: Vec<(char, char)>, other: Vec<(char, char)>) -> Vec<(char, char)> {
    let mut all: Vec<(char, char)> = one.into_iter().chain(other).collect();
    all.sort_unstable();
    let mut joined: Vec<(char, char)> = Vec::with_capacity(all.len());
    for (first, last) in all {
        match joined.last_mut() {
            Some(known) if u32::from(first) <= u32::from(known.1).saturating_add(1) => known.1 = known.1.max(last),
            _ => joined.push((first, last)),
        }
    }
    if joined.len() > MOST_RANGES { vec![ANY] } else { joined }
}
