//! The changes between two crates whose parts are in pairs.

use std::collections::BTreeMap;

use super::arguments::{self, ArgumentsChange};
use super::change::{Bump, ItemKind, RustChange, Verb};
use super::matching::Matched;
use super::names::Renames;
use super::part::{Call, Form, Part};

/// A change, and the item that another one stands for, if that is all of it.
pub(super) struct Difference {
    pub(super) change: RustChange,
    /// The old path of an item, and the path of its replacement.
    pub(super) replaced: Option<(String, String)>,
}

/// Returns every change, in no order.
pub(super) fn differences(root: &Matched<'_>, renames: &Renames) -> Vec<Difference> {
    let mut finder = Finder { renames, users: users(root), found: Vec::new() };
    finder.parts(root, false);
    finder.found
}

/// The paths of the parts that mention each item of the new crate.
fn users<'a>(root: &Matched<'a>) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    root.walk(&mut |pair| {
        for item in pair.new.spellings().flat_map(|ty| ty.items()) {
            let list = users.entry(item).or_default();
            if list.last() != Some(&pair.new.path.as_str()) {
                list.push(&pair.new.path);
            }
        }
    });
    users
}

struct Finder<'a> {
    renames: &'a Renames,
    users: BTreeMap<&'a str, Vec<&'a str>>,
    found: Vec<Difference>,
}

impl Finder<'_> {
    fn add(&mut self, verb: Verb, bump: Bump, part: &Part, before: String, after: String) -> &mut Difference {
        let (kind, path) = (part.kind, part.path.clone());
        let change = RustChange { verb, bump, kind, path, before, after, note: None, places: Vec::new() };
        self.found.push(Difference { change, replaced: None });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    fn pair(&mut self, pair: &Matched<'_>, owner_was_renamed: bool) {
        let Matched { old, new, .. } = pair;
        let is_renamed = pair.moved || (old.name != new.name && !(owner_was_renamed && old.follows_owner));
        if is_renamed {
            let places = self.renamed_with(pair);
            let (before, after) = match pair.moved || old.kind.is_type() {
                true => (old.path.clone(), new.path.clone()),
                false => (old.name.clone(), new.name.clone()),
            };
            let verb = if pair.moved { Verb::Moved } else { Verb::Renamed };
            self.add(verb, Bump::Major, old, before, after).change.places = places;
        }
        if old.kind == new.kind {
            self.form(old, new);
        } else {
            let (before, after) = (old.kind.word().to_owned(), new.kind.word().to_owned());
            self.add(Verb::Changed, Bump::Major, old, before, after);
        }
        if let (Some(before), Some(after), false) = (&old.wire, &new.wire, is_renamed)
            && before != after
        {
            self.add(Verb::Changed, Bump::Major, old, before.clone(), after.clone());
        }
        if new.deprecated && !old.deprecated {
            self.add(Verb::Deprecated, Bump::Minor, old, String::new(), String::new());
        }
        self.parts(pair, is_renamed);
    }

    /// The parts that a renaming reaches: those that have their names from the part, and those that mention it.
    fn renamed_with(&self, pair: &Matched<'_>) -> Vec<String> {
        let followers = pair.pairs.iter().filter(|inner| inner.old.follows_owner && inner.old.name != inner.new.name);
        let users = self.users.get(pair.new.path.as_str()).into_iter().flatten();
        followers.map(|inner| inner.new.path.as_str()).chain(users.copied()).map(str::to_owned).collect()
    }

    fn parts(&mut self, owner: &Matched<'_>, owner_was_renamed: bool) {
        for pair in &owner.pairs {
            if !is_said_by_fields(owner, pair) {
                self.pair(pair, owner_was_renamed);
            }
        }
        for part in &owner.gone {
            self.add(Verb::Removed, Bump::Major, part, text(part), String::new());
        }
        for part in &owner.fresh {
            let closes = owner.old.is_closed && matches!(part.kind, ItemKind::Field | ItemKind::Variant);
            let bump = if closes { Bump::Major } else { Bump::Minor };
            let difference = self.add(Verb::Added, bump, part, String::new(), text(part));
            if closes {
                difference.change.note = Some("code that writes out or matches all of them stops compiling".to_owned());
            }
        }
    }

    fn form(&mut self, old: &Part, new: &Part) {
        match (&old.form, &new.form) {
            (Form::Call(before), Form::Call(after)) => self.call(old, before, after),
            (Form::Name, Form::Name) => {}
            (Form::Type(before), Form::Type(after)) => {
                let before = before.renamed(self.renames);
                if before == *after {
                    return;
                }
                let mut changed = before.counterparts(after).into_iter().filter(|(one, other)| one != other);
                let replaced = changed.next().filter(|first| changed.all(|next| next == *first));
                let replaced = replaced.map(|(one, other)| (one.to_owned(), other.to_owned()));
                let difference = self.add(Verb::Changed, Bump::Major, old, text(old), text(new));
                difference.change.places.push(new.path.clone());
                difference.replaced = replaced;
            }
            (Form::Name | Form::Type(_) | Form::Call(_), _) => {
                self.add(Verb::Changed, Bump::Major, old, text(old), text(new));
            }
        }
    }

    fn call(&mut self, old: &Part, before: &Call, after: &Call) {
        let Some(change) = arguments::compare(before, after, self.renames) else { return };
        let renamed = |names: Vec<(String, String)>| {
            let (before, after): (Vec<String>, Vec<String>) = names.into_iter().unzip();
            (before.join(", "), after.join(", "))
        };
        let (verb, bump, kind, (before, after), note) = match change {
            ArgumentsChange::Respelled(names) => {
                let note = "callers do not write the name";
                (Verb::Renamed, Bump::Patch, ItemKind::Argument, renamed(names), Some(note))
            }
            ArgumentsChange::Renamed(names) => {
                let note = "the position stands for another parameter or member, and callers still compile";
                (Verb::Renamed, Bump::Major, ItemKind::Argument, renamed(names), Some(note))
            }
            ArgumentsChange::Reordered(compiles) => {
                let note = if compiles {
                    "arguments changed places, and callers still compile"
                } else {
                    "arguments changed places"
                };
                let texts = (arguments::signature(before), arguments::signature(after));
                (Verb::Reordered, Bump::Major, ItemKind::Method, texts, Some(note))
            }
            ArgumentsChange::Other(compiles) => {
                let note = compiles.then_some("other arguments of the same types: callers still compile");
                let texts = (arguments::signature(before), arguments::signature(after));
                (Verb::Changed, Bump::Major, ItemKind::Method, texts, note)
            }
        };
        let difference = self.add(verb, bump, old, before, after);
        difference.change.kind = kind;
        difference.change.note = note.map(str::to_owned);
        difference.change.places = match kind == ItemKind::Argument {
            true => vec![old.path.clone()],
            false => Vec::new(),
        };
    }
}

/// Returns whether a constructor changed only because fields of its type were renamed, which is reported for the fields.
fn is_said_by_fields(owner: &Matched<'_>, constructor: &Matched<'_>) -> bool {
    let (Form::Call(before), Form::Call(after)) = (&constructor.old.form, &constructor.new.form) else { return false };
    let is_renamed = |name: &str, other: &str| {
        owner
            .pairs
            .iter()
            .any(|field| field.old.kind == ItemKind::Field && field.old.name == name && field.new.name == other)
    };
    constructor.old.key == "(new)"
        && before.arguments.len() == after.arguments.len()
        && before.arguments != after.arguments
        && before
            .arguments
            .iter()
            .zip(&after.arguments)
            .all(|(one, other)| is_renamed(&one.name, &other.name) && one.ty == other.ty)
}

/// A part as Rust, without its name.
fn text(part: &Part) -> String {
    match &part.form {
        Form::Name => String::new(),
        Form::Type(ty) => ty.to_string(),
        Form::Call(call) => arguments::signature(call),
    }
}
