//! The changes for users who compile against a crate, and the next version.

use std::fmt;

use super::surface::{Part, Surface};

/// The part of a version that has to grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bump {
    /// Nothing is different.
    None,
    /// Nothing that anyone relies on is different.
    Patch,
    /// There is more.
    Minor,
    /// Code that compiled may not.
    Major,
}

impl Bump {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Bump::None => "none",
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }

    /// The version after this one. Before 1.0.0, Cargo takes the second number for the first (`0.2.0` may break `0.1.0`).
    pub(crate) fn after(self, version: &str) -> Option<String> {
        let [major, minor, patch] = &numbers(version)?;
        let next = |number: &u64| number.checked_add(1);
        Some(match (self, major, minor) {
            (Bump::None, ..) => version.to_owned(),
            (Bump::Major, 0, 0) | (Bump::Minor, 0, 0) => format!("0.0.{}", next(patch)?),
            (Bump::Major, 0, _) => format!("0.{}.0", next(minor)?),
            (Bump::Minor, 0, _) | (Bump::Patch, ..) => format!("{major}.{minor}.{}", next(patch)?),
            (Bump::Minor, ..) => format!("{major}.{}.0", next(minor)?),
            (Bump::Major, ..) => format!("{}.0.0", next(major)?),
        })
    }
}

fn numbers(version: &str) -> Option<[u64; 3]> {
    let plain = version.split(['-', '+']).next()?;
    let numbers: Vec<u64> = plain.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// Returns whether a version is lower than another. Returns `false` if they cannot be compared.
pub(super) fn is_behind(version: &str, other: &str) -> bool {
    matches!((numbers(version), numbers(other)), (Some(one), Some(other)) if one < other)
}

/// A change of the Rust API.
#[derive(Clone, Debug)]
pub(crate) struct RustChange {
    /// `removed`, `changed`, `added` or `deprecated`.
    pub(crate) verb: &'static str,
    pub(crate) bump: Bump,
    /// The kind of item (`field`).
    pub(crate) kind: &'static str,
    /// The path of the item (`types::Webhook::name`).
    pub(crate) path: String,
    /// The item before and after the change, as Rust.
    pub(crate) before: String,
    pub(crate) after: String,
}

impl fmt::Display for RustChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} `{}`", self.verb, self.kind, self.path)?;
        match self.verb {
            "changed" => write!(f, ": `{}`, was `{}`", self.after, self.before),
            "added" if self.bump == Bump::Major => {
                f.write_str(": code that writes out or matches all of them stops compiling")
            }
            _ => Ok(()),
        }
    }
}

/// Every change, the gravest first. What is inside something that came or went is not listed besides.
pub(super) fn compare(old: &Surface, new: &Surface) -> Vec<RustChange> {
    let mut changes = Vec::new();
    let change = |verb, bump, part: &Part, path: &str, before: &str, after: &str| RustChange {
        verb,
        bump,
        kind: part.kind,
        path: path.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    };
    for (path, part) in &old.0 {
        let (before, after) = (part.text.as_str(), new.0.get(path));
        match after {
            None if parents(path).any(|parent| old.0.contains_key(parent) && !new.0.contains_key(parent)) => {}
            None => changes.push(change("removed", Bump::Major, part, path, before, "")),
            Some(other) if (other.kind, &other.text) != (part.kind, &part.text) => {
                let (before, after) =
                    if other.kind == part.kind { (before, other.text.as_str()) } else { (part.kind, other.kind) };
                changes.push(change("changed", Bump::Major, part, path, before, after));
            }
            Some(other) if other.deprecated && !part.deprecated => {
                changes.push(change("deprecated", Bump::Minor, part, path, "", ""));
            }
            Some(_) => {}
        }
    }
    for (path, part) in new.0.iter().filter(|(path, _)| !old.0.contains_key(*path)) {
        if parents(path).any(|parent| new.0.contains_key(parent) && !old.0.contains_key(parent)) {
            continue;
        }
        let closed = part.closes.as_ref().is_some_and(|owner| old.0.contains_key(owner));
        changes.push(change("added", if closed { Bump::Major } else { Bump::Minor }, part, path, "", &part.text));
    }
    changes.sort_by(|one, other| (other.bump, one.verb, &one.path).cmp(&(one.bump, other.verb, &other.path)));
    changes
}

/// Returns the paths of the enclosing items.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices(':').map(|(index, _)| &path[..index]).filter(|parent| !parent.ends_with(':'))
}

#[cfg(test)]
mod tests {
    use super::{Bump, compare};
    use crate::diff::surface::Surface;
    use crate::output::File;

    fn verdict(old: &str, new: &str) -> Vec<(String, Bump)> {
        let surface =
            |text: &str| Surface::of(&[File { path: "src/types.rs".to_owned(), contents: text.to_owned() }]).unwrap();
        let changes = compare(&surface(old), &surface(new)).into_iter();
        changes.map(|change| (format!("{} {}", change.verb, change.path), change.bump)).collect()
    }

    fn one(what: &str, bump: Bump) -> Vec<(String, Bump)> {
        vec![(what.to_owned(), bump)]
    }

    #[test]
    fn what_is_open_may_grow() {
        let closed = verdict("pub struct A { pub x: u8 }", "pub struct A { pub x: u8, pub y: u8 }");
        assert_eq!(closed, one("added types::A::y", Bump::Major));
        let open = verdict(
            "#[non_exhaustive] pub struct A { pub x: u8 }",
            "#[non_exhaustive] pub struct A { pub x: u8, pub y: u8 }",
        );
        assert_eq!(open, one("added types::A::y", Bump::Minor));
        assert_eq!(verdict("pub enum A { X }", "pub enum A { X, Y }"), one("added types::A::Y", Bump::Major));
        let open = verdict("#[non_exhaustive] pub enum A { X }", "#[non_exhaustive] pub enum A { X, Y }");
        assert_eq!(open, one("added types::A::Y", Bump::Minor));
    }

    #[test]
    fn what_goes_or_turns_breaks() {
        assert_eq!(verdict("pub struct A;", ""), one("removed types::A", Bump::Major));
        assert_eq!(
            verdict("pub struct A { pub x: u8 }", "pub struct A { pub x: u16 }"),
            one("changed types::A::x", Bump::Major)
        );
        assert_eq!(verdict("#[derive(Eq)] pub struct A;", "pub struct A;"), one("removed types::A: Eq", Bump::Major));
        assert_eq!(verdict("", "pub struct A { pub x: u8 }"), one("added types::A", Bump::Minor));
        assert_eq!(verdict("pub struct A;", "#[deprecated] pub struct A;"), one("deprecated types::A", Bump::Minor));
        assert_eq!(verdict("struct A;", ""), []);
    }

    #[test]
    fn names_of_parameters_are_free() {
        let call = |name: &str, ty: &str| format!("impl A {{ pub fn get(&self, {name}: {ty}) {{}} }}");
        assert_eq!(verdict(&call("id", "&str"), &call("key", "&str")), []);
        assert_eq!(verdict(&call("id", "&str"), &call("id", "u8")), one("changed types::A::get", Bump::Major));
    }

    #[test]
    fn versions_grow_as_cargo_reads_them() {
        let after = |bump: Bump, version: &str| bump.after(version).unwrap();
        assert_eq!(after(Bump::Major, "1.2.3"), "2.0.0");
        assert_eq!(after(Bump::Minor, "1.2.3"), "1.3.0");
        assert_eq!(after(Bump::Patch, "1.2.3"), "1.2.4");
        assert_eq!(after(Bump::Major, "0.2.3"), "0.3.0");
        assert_eq!(after(Bump::Minor, "0.2.3"), "0.2.4");
        assert_eq!(after(Bump::Major, "0.0.3"), "0.0.4");
        assert_eq!(after(Bump::None, "1.2.3-beta"), "1.2.3-beta");
        assert_eq!(Bump::Major.after("one"), None);
    }
}
