//! Checks of a text, with positions, before it becomes a tree: faults that a tree does not show, and limits.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::ControlFlow;
use std::rc::Rc;

use serde_json::Value;

use super::events::{Event, Listener, Mark, Node, Style, between};
use super::limits::{LONGEST_KEY, Limits};
use super::scalar;
use super::tags::Tag;
use crate::diagnostics::{Diagnostic, Rule};
use crate::place::{Place, Pointer};

/// The checks of a text, and their findings.
pub(super) struct Checks<'a> {
    file: &'a str,
    limits: &'a Limits,
    /// The errors, which prevent the construction of a tree.
    pub(super) faults: Vec<Diagnostic>,
    /// The findings that do not prevent it.
    pub(super) notes: Vec<Diagnostic>,
    /// Scalars that have to be corrected in the tree.
    pub(super) corrections: Vec<(Pointer, Value)>,
    stack: Vec<Frame>,
    anchors: HashMap<usize, Anchor>,
    /// True if there is a merge key.
    pub(super) merges: bool,
    /// Keys that would be merge keys without their quotes.
    pub(super) quoted_merges: HashSet<Pointer>,
    documents: usize,
    cost: usize,
    alias_cost: usize,
}

struct Frame {
    /// The key or index in its container; empty for the outermost.
    token: Token,
    place: Inside,
    anchor: usize,
}

enum Inside {
    Object {
        keys: HashMap<Rc<str>, Mark>,
        key: Option<Rc<str>>,
    },
    Array {
        index: usize,
    },
    /// Inside a key that is not a scalar, which was reported and is skipped.
    Key,
}

/// The key or index of a value in its object or array.
enum Token {
    Key(Rc<str>),
    Index(usize),
}

impl fmt::Display for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Token::Key(key) => formatter.write_str(key),
            Token::Index(index) => index.fmt(formatter),
        }
    }
}

/// Objects whose keys are the API's names, where `x-` is a name like any other.
const NAMES: [&str; 8] =
    ["properties", "patternProperties", "headers", "schemas", "parameters", "mapping", "$defs", "definitions"];

/// Returns whether a place is in an extension.
fn is_in_extension<'a>(tokens: impl Iterator<Item = &'a String>) -> bool {
    let mut holder = "";
    for token in tokens {
        if token.starts_with("x-") && !NAMES.contains(&holder) {
            return true;
        }
        holder = token;
    }
    false
}

/// The value that an alias repeats.
struct Anchor {
    pointer: Pointer,
    /// The range of the corrections within it; the end is `None` while the anchored node is still open.
    corrections: (usize, Option<usize>),
    /// The cost before it began; its own cost once it is complete.
    cost: usize,
}

impl<'a> Checks<'a> {
    pub(super) fn new(file: &'a str, limits: &'a Limits) -> Self {
        Checks {
            file,
            limits,
            faults: Vec::new(),
            notes: Vec::new(),
            corrections: Vec::new(),
            stack: Vec::new(),
            anchors: HashMap::new(),
            merges: false,
            quoted_merges: HashSet::new(),
            documents: 0,
            cost: 0,
            alias_cost: 0,
        }
    }

    fn fault(&mut self, rule: Rule, start: Mark, end: Mark, message: String) {
        self.faults.push(rule.in_text(self.file, between(start, end)).message(message));
    }

    /// The key or index of the node that begins now, or `None` if the node is an object's key.
    fn place(&mut self) -> Option<Token> {
        match self.stack.last_mut() {
            None | Some(Frame { place: Inside::Key, .. }) => Some(Token::Key(Rc::default())),
            Some(Frame { place: Inside::Array { index }, .. }) => {
                *index += 1;
                Some(Token::Index(*index - 1))
            }
            Some(Frame { place: Inside::Object { key, .. }, .. }) => key.take().map(Token::Key),
        }
    }

    /// The pointer to the value at `token` in the innermost object or array; written out only when it is used.
    fn pointer(&self, token: impl fmt::Display) -> Pointer {
        let Some((_, inner)) = self.stack.split_first() else { return Pointer::root() };
        inner.iter().fold(Pointer::root(), |pointer, frame| pointer.child(&frame.token)).child(token)
    }

    fn open(&mut self, place: Option<Token>, inside: Inside, node: &Node, start: Mark, end: Mark) -> ControlFlow<()> {
        if self.stack.len() >= self.limits.yaml_depth() {
            let depth = self.limits.yaml_depth();
            self.fault(
                Rule::TooDeep,
                start,
                end,
                format!("more than {depth} levels of arrays and objects inside one another"),
            );
            return ControlFlow::Break(());
        }
        let frame = match place {
            Some(token) => {
                self.begin_anchor(node.anchor, &token);
                Frame { token, place: inside, anchor: node.anchor }
            }
            None => {
                self.fault(Rule::ComplexKey, start, end, "a key that is an array or an object".to_owned());
                self.set_key(Rc::default());
                Frame { token: Token::Key(Rc::default()), place: Inside::Key, anchor: node.anchor }
            }
        };
        self.stack.push(frame);
        ControlFlow::Continue(())
    }

    fn begin_anchor(&mut self, anchor: usize, token: &Token) {
        if anchor != 0 {
            let pointer = self.pointer(token);
            let corrections = (self.corrections.len(), None);
            self.anchors.insert(anchor, Anchor { pointer, corrections, cost: self.cost });
        }
    }

    fn end_anchor(&mut self, anchor: usize) {
        let (cost, corrections) = (self.cost, self.corrections.len());
        if let Some(anchor) = self.anchors.get_mut(&anchor) {
            anchor.cost = cost - anchor.cost;
            anchor.corrections.1 = Some(corrections);
        }
    }

    fn set_key(&mut self, text: Rc<str>) {
        if let Some(Frame { place: Inside::Object { key, .. }, .. }) = self.stack.last_mut() {
            *key = Some(text);
        }
    }

    fn key(&mut self, text: &str, start: Mark, end: Mark) {
        if text.len() > LONGEST_KEY {
            let message = format!("a key of {} bytes, and the limit is {LONGEST_KEY}", text.len());
            self.fault(Rule::TooLarge, start, end, message);
        }
        let Some(Frame { place: Inside::Object { keys, key }, .. }) = self.stack.last_mut() else { return };
        let name: Rc<str> = text.into();
        let before = keys.insert(Rc::clone(&name), start);
        *key = Some(name);
        if let Some(before) = before {
            let found = Rule::DuplicateKey
                .in_text(self.file, between(start, end))
                .message(format_args!("the key `{text}` stands twice in one object"))
                .related_at(Place::Text(self.file.to_owned(), between(before, before)), "first here");
            self.faults.push(found);
        }
    }

    fn scalar(&mut self, text: &str, style: Style, node: &Node, start: Mark, end: Mark) {
        let Some(token) = self.place() else {
            if text == "<<" && style == Style::Plain {
                self.merges = true;
            } else if text == "<<" {
                self.quoted_merges.insert(self.pointer(text));
            }
            self.key(text, start, end);
            return;
        };
        self.begin_anchor(node.anchor, &token);
        match (&node.tag, style) {
            (Some(tag), _) => self.tagged(tag, text, &token, start, end),
            (None, Style::Plain) => match scalar::correction(text) {
                Ok(None) => {}
                Ok(Some(value)) => self.corrections.push((self.pointer(&token), value)),
                Err(()) => self.no_json_number(text, &token),
            },
            (None, Style::Quoted) => {}
        }
        self.end_anchor(node.anchor);
    }

    fn no_json_number(&mut self, text: &str, token: &Token) {
        let message = format!("`{text}` is a number that JSON does not have");
        self.faults.push(Rule::NotANumber.in_file(self.file, self.pointer(token)).message(message));
    }

    /// A scalar with a tag, which decides its value.
    fn tagged(&mut self, tag: &Tag, text: &str, token: &Token, start: Mark, end: Mark) {
        match tag.value(text) {
            Ok(value) => self.corrections.push((self.pointer(token), value)),
            Err(_) if scalar::correction(text).is_err() => self.no_json_number(text, token),
            Err(wanted) => {
                let message = format!("`{text}` is no {wanted}, which its tag says it is");
                self.fault(Rule::NotYaml, start, end, message);
            }
        }
    }

    /// Reports a tag that has no meaning in JSON. An extension is for other programs, which know what its tags mean.
    fn foreign_tag(&mut self, tag: &str, start: Mark, end: Mark) {
        let tokens: Vec<String> = self.stack.iter().skip(1).map(|frame| frame.token.to_string()).collect();
        let key = match self.stack.last().map(|frame| &frame.place) {
            Some(Inside::Object { key: Some(key), .. }) => Some(key.to_string()),
            _ => None,
        };
        if !is_in_extension(tokens.iter().chain(&key)) {
            return self.fault(Rule::ForeignTag, start, end, format!("the tag `{tag}`"));
        }
        let message = format_args!("the tag `{tag}` has no meaning here; the extension has the value without it");
        self.notes.push(Rule::IgnoredValue.in_text(self.file, between(start, end)).message(message));
    }

    fn alias(&mut self, id: usize, start: Mark, end: Mark) -> ControlFlow<()> {
        let place = self.place();
        let Some(anchor) = self.anchors.get(&id) else { return ControlFlow::Continue(()) };
        let Some(last) = anchor.corrections.1 else {
            self.fault(Rule::AliasCycle, start, end, "an alias to the node that it stands in".to_owned());
            return ControlFlow::Break(());
        };
        let (first, cost, from) = (anchor.corrections.0, anchor.cost, anchor.pointer.clone());
        self.cost += cost;
        self.alias_cost += cost;
        if self.alias_cost > self.limits.alias_nodes {
            let limit = self.limits.alias_nodes;
            self.fault(
                Rule::AliasBudget,
                start,
                end,
                format!("the aliases up to here repeat more than {limit} values"),
            );
            return ControlFlow::Break(());
        }
        let Some(place) = place else {
            self.fault(Rule::ComplexKey, start, end, "a key that is an alias".to_owned());
            self.set_key(Rc::default());
            return ControlFlow::Continue(());
        };
        if first == last {
            return ControlFlow::Continue(());
        }
        let place = self.pointer(&place);
        for index in first..last {
            let (pointer, value) = self.corrections[index].clone();
            self.corrections.push((place.join(&pointer.as_str()[from.as_str().len()..]), value));
        }
        ControlFlow::Continue(())
    }

    fn close(&mut self) {
        let Some(frame) = self.stack.pop() else { return };
        self.end_anchor(frame.anchor);
    }
}

impl Listener for Checks<'_> {
    fn event(&mut self, event: Event<'_>, start: Mark, end: Mark) -> ControlFlow<()> {
        // Long texts count as several values.
        self.cost += match &event {
            Event::Scalar(text, ..) => 1 + text.len() / 64,
            _ => 1,
        };
        if self.cost > self.limits.nodes {
            let limit = self.limits.nodes;
            self.fault(Rule::TooManyNodes, start, end, format!("more than {limit} values up to here"));
            return ControlFlow::Break(());
        }
        if let Event::Object(node) | Event::Array(node) | Event::Scalar(_, _, node) = &event
            && let Some(Tag::Foreign(tag)) = &node.tag
        {
            self.foreign_tag(tag, start, end);
        }
        match event {
            Event::Document => {
                self.documents += 1;
                if self.documents > 1 {
                    self.fault(Rule::SecondDocument, start, end, "a second document begins here".to_owned());
                    return ControlFlow::Break(());
                }
            }
            Event::Object(node) => {
                let place = self.place();
                let inside = Inside::Object { keys: HashMap::new(), key: None };
                return self.open(place, inside, &node, start, end);
            }
            Event::Array(node) => {
                let place = self.place();
                return self.open(place, Inside::Array { index: 0 }, &node, start, end);
            }
            Event::End => self.close(),
            Event::Scalar(text, style, node) => self.scalar(&text, style, &node, start, end),
            Event::Alias(id) => return self.alias(id, start, end),
        }
        ControlFlow::Continue(())
    }
}
