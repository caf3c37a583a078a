//! Types as Rust, in pieces: the names of the crate's own types are known among them.

use std::fmt;

use super::names::Renames;
use crate::rust::{ArgPassing, Type};

/// A type as Rust.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spelling(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// The path of an item of the crate.
    Item(String),
}

impl Spelling {
    /// Text that names no item of the crate.
    pub(super) fn text(text: impl Into<String>) -> Self {
        let mut spelling = Spelling::default();
        spelling.say(&text.into());
        spelling
    }

    /// An item of the crate.
    pub(super) fn item(path: impl Into<String>) -> Self {
        Spelling(vec![Piece::Item(path.into())])
    }

    pub(super) fn of(ty: &Type) -> Self {
        let mut spelling = Spelling::default();
        spelling.push(ty);
        spelling
    }

    /// The declaration of an argument.
    pub(super) fn passed(pass: &ArgPassing) -> Self {
        match pass {
            ArgPassing::Text => Spelling::text("impl AsRef<str>"),
            ArgPassing::Copy(ty) => Spelling::of(ty),
            ArgPassing::Reference(ty) => Spelling::within("&", ty, ""),
            ArgPassing::Slice(ty) => Spelling::within("&[", ty, "]"),
        }
    }

    /// A type between two texts.
    pub(super) fn within(before: &str, ty: &Type, after: &str) -> Self {
        let mut spelling = Spelling::text(before);
        spelling.push(ty);
        spelling.say(after);
        spelling
    }

    /// The same between two texts.
    pub(super) fn between(self, before: &str, after: &str) -> Self {
        let mut spelling = Spelling::text(before);
        for piece in self.0 {
            match piece {
                Piece::Text(text) => spelling.say(&text),
                Piece::Item(_) => spelling.0.push(piece),
            }
        }
        spelling.say(after);
        spelling
    }

    /// The same with the names that items have later.
    pub(super) fn renamed(&self, renames: &Renames) -> Self {
        let piece = |piece: &Piece| match piece {
            Piece::Item(path) => Piece::Item(renames.after(path).to_owned()),
            Piece::Text(text) => Piece::Text(text.clone()),
        };
        Spelling(self.0.iter().map(piece).collect())
    }

    /// The items that it names.
    pub(super) fn items(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Item(path) => Some(path.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Returns the pairs of items that stand at the same places of two spellings, which are equal otherwise.
    pub(super) fn counterparts<'a>(&'a self, other: &'a Spelling) -> Vec<(&'a str, &'a str)> {
        let mut found = Vec::new();
        if self.0.len() != other.0.len() {
            return found;
        }
        for pair in self.0.iter().zip(&other.0) {
            match pair {
                (Piece::Item(one), Piece::Item(other)) => found.push((one.as_str(), other.as_str())),
                (Piece::Text(one), Piece::Text(other)) if one == other => {}
                (Piece::Text(_), _) | (Piece::Item(_), Piece::Text(_)) => return Vec::new(),
            }
        }
        found
    }

    /// Adds text. Pieces are never empty, and no two texts follow each other, so equal types have equal pieces.
    fn say(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            Some(Piece::Item(_)) | None => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    fn wrap(&mut self, before: &str, inner: &Type, after: &str) {
        self.say(before);
        self.push(inner);
        self.say(after);
    }

    fn push(&mut self, ty: &Type) {
        match ty {
            Type::Unit => self.say("()"),
            Type::Bool => self.say("bool"),
            Type::Number(primitive) => self.say(primitive.name()),
            Type::AnyNumber => self.say("serde_json::Number"),
            Type::Decimal => self.say("Decimal"),
            Type::String => self.say("String"),
            Type::Secret => self.say("Secret"),
            Type::Timestamp => self.say("Timestamp"),
            Type::Date => self.say("Date"),
            Type::Foreign(foreign) => self.say(foreign.as_str()),
            Type::Base64 => self.say("Base64"),
            Type::DecimalText => self.say("DecimalText"),
            Type::Value => self.say("serde_json::Value"),
            Type::JsonObject => self.say("serde_json::Map<String, serde_json::Value>"),
            Type::Bytes => self.say("bytes::Bytes"),
            Type::ByteStream => self.say("ByteStream"),
            Type::Named(name) => self.0.push(Piece::Item(format!("types::{name}"))),
            Type::Stream(item) => self.wrap("ItemStream<", item, ">"),
            Type::List(item) => self.wrap("Vec<", item, ">"),
            Type::Map(item) => self.wrap("BTreeMap<String, ", item, ">"),
            Type::Option(inner) => self.wrap("Option<", inner, ">"),
            Type::Presence(inner) => self.wrap("Presence<", inner, ">"),
            Type::Boxed(inner) => self.wrap("Box<", inner, ">"),
            Type::Tuple(items) => {
                self.say("(");
                for (index, item) in items.iter().enumerate() {
                    self.wrap(if index > 0 { ", " } else { "" }, item, "");
                }
                self.say(")");
            }
        }
    }
}

impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(text) | Piece::Item(text) => f.write_str(text),
        })
    }
}
