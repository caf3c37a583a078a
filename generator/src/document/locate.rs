//! From pointers to lines and columns, by reading the text again with positions.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::events::{Event, Listener, Mark, Style, between};
use super::json::{self, is_json};
use super::marks::Marks;
use super::{loose_json, toml, yaml};
use crate::place::{Pointer, Position, Source};

/// Finds the positions of pointers in one reading of a text; a pointer to a missing value finds the nearest enclosing value.
pub fn locate(source: &Source, pointers: &[Pointer]) -> Vec<Option<Marks>> {
    let bytes = source.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&source.bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return vec![None; pointers.len()] };
    if source.name.ends_with(".toml") {
        return pointers.iter().map(|pointer| toml::locate(text, pointer)).collect();
    }
    let mut finder = Finder { wanted: vec![Wanted::default()], stack: Vec::new(), left: 0 };
    let places: Vec<_> = pointers.iter().map(|pointer| finder.want(pointer)).collect();
    finder.left = finder.wanted.len();
    if is_json(&source.name, text) {
        json::listen(&loose_json::plain(text), &mut finder);
    } else {
        // A text that is not YAML from some line on has positions up to there.
        (finder, _) = yaml::listen_leniently(text, || finder.clone());
    }
    places.iter().map(|place| finder.nearest(*place)).collect()
}

/// A node of the tree of pointers that are looked for.
#[derive(Clone, Default)]
struct Wanted {
    /// The node of the value around it; its own for the whole document.
    parent: usize,
    children: HashMap<String, usize>,
    marks: Option<Marks>,
}

#[derive(Clone)]
struct Finder {
    wanted: Vec<Wanted>,
    stack: Vec<Frame>,
    left: usize,
}

#[derive(Clone)]
struct Frame {
    /// The node of `wanted` that this object or array is.
    node: Option<usize>,
    inside: Inside,
}

#[derive(Clone)]
enum Inside {
    Object(Option<(Option<usize>, Position)>),
    Array(usize),
    Key,
}

impl Finder {
    /// Adds a pointer, and returns its node.
    fn want(&mut self, pointer: &Pointer) -> usize {
        let mut node = 0;
        for token in pointer.tokens() {
            let next = self.wanted.len();
            let parent = node;
            node = *self.wanted[parent].children.entry(token.into_owned()).or_insert(next);
            if node == next {
                self.wanted.push(Wanted { parent, ..Wanted::default() });
            }
        }
        node
    }

    fn nearest(&self, place: usize) -> Option<Marks> {
        let mut node = place;
        loop {
            let Wanted { parent, marks, .. } = &self.wanted[node];
            match marks {
                Some(marks) => return Some(Marks { exact: node == place, ..*marks }),
                None if *parent == node => return None,
                None => node = *parent,
            }
        }
    }

    /// The node of the value that begins now, and the position of its key; `Err` if the value is itself a key.
    fn place(&mut self) -> Result<(Option<usize>, Option<Position>), ()> {
        let child = |wanted: &[Wanted], node: Option<usize>, token: &str| {
            node.and_then(|node| wanted[node].children.get(token).copied())
        };
        match self.stack.last_mut() {
            None => Ok((Some(0), None)),
            Some(Frame { node, inside: Inside::Array(index) }) => {
                *index += 1;
                let found = node.and_then(|_| child(&self.wanted, *node, &(*index - 1).to_string()));
                Ok((found, None))
            }
            Some(Frame { inside: Inside::Object(key), .. }) => match key.take() {
                Some((node, position)) => Ok((node, Some(position))),
                None => Err(()),
            },
            Some(Frame { inside: Inside::Key, .. }) => Ok((None, None)),
        }
    }

    fn value(&mut self, node: Option<usize>, key: Option<Position>, value: Position, scalar: bool) {
        if let Some(node) = node {
            let wanted = &mut self.wanted[node];
            if wanted.marks.is_none() {
                wanted.marks = Some(Marks { key, value, scalar, exact: true });
                self.left -= 1;
            }
        }
    }

    fn open(&mut self, inside: Inside, start: Mark) {
        let frame = match self.place() {
            Ok((node, key)) => {
                self.value(node, key, between(start, start), false);
                Frame { node, inside }
            }
            Err(()) => Frame { node: None, inside: Inside::Key },
        };
        self.stack.push(frame);
    }
}

impl Listener for Finder {
    fn event(&mut self, event: Event<'_>, start: Mark, end: Mark) -> ControlFlow<()> {
        match event {
            Event::Document => {}
            Event::Object(_) => self.open(Inside::Object(None), start),
            Event::Array(_) => self.open(Inside::Array(0), start),
            Event::End => {
                let frame = self.stack.pop();
                if let Some(Frame { inside: Inside::Key, .. }) = frame
                    && let Some(Frame { inside: Inside::Object(key), .. }) = self.stack.last_mut()
                {
                    *key = Some((None, between(start, end)));
                }
            }
            Event::Scalar(text, style, _) => match self.place() {
                Ok((node, key)) => {
                    let end = if style == Style::Plain && end.line > start.line { start } else { end };
                    self.value(node, key, between(start, end), true);
                }
                Err(()) => {
                    if let Some(Frame { node, inside: Inside::Object(key) }) = self.stack.last_mut() {
                        let child = node.and_then(|node| self.wanted[node].children.get(&*text).copied());
                        *key = Some((child, between(start, end)));
                    }
                }
            },
            Event::Alias(_) => {
                if let Ok((node, key)) = self.place() {
                    self.value(node, key, between(start, end), true);
                }
            }
        }
        if self.left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
