//! Types that the user chose for formats and for places.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::dependency::{self, ExtraDependency, Origin};
use super::foreign::Foreign;
use super::type_set::TypeSet;
use super::types::{Primitive, Type};
use crate::place::Pointer;

/// Types by format and by place, with their dependencies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Formats {
    formats: BTreeMap<String, Chosen>,
    types: Vec<TypeSet>,
    #[serde(deserialize_with = "dependency::named")]
    dependencies: Vec<ExtraDependency>,
}

/// A type as `codegen.toml` names it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct Chosen(Type);

impl TryFrom<String> for Chosen {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        parse(&text).map(Chosen)
    }
}

/// Crates that every emitted crate can name.
const AT_HAND: &[&str] = &["alloc", "bytes", "core", "http", "serde_json", "std", "url"];

impl Formats {
    /// Adds a dependency that chosen types can be of.
    pub fn add_dependency(&mut self, dependency: ExtraDependency) {
        self.dependencies.push(dependency);
        self.dependencies.sort_by(|one, other| one.name.cmp(&other.name));
    }

    /// Chooses a type for a format or, where `place` begins with `/`, for the schema at that JSON pointer into the file as
    /// its author wrote it.
    ///
    /// The type is a built-in one (`String`, `i64`, `Timestamp`, …), or the path of a type of a
    /// dependency. It must implement `Clone`, `Debug`, `PartialEq`, `Serialize` and `Deserialize`.
    ///
    /// # Errors
    ///
    /// If `ty` is not the path of a type, or its crate is not a dependency.
    pub fn choose(&mut self, place: &str, ty: &str) -> Result<(), String> {
        let ty = parse(ty)?;
        match self.homeless(&ty) {
            Some(message) => Err(message),
            None => {
                self.formats.insert(place.to_owned(), Chosen(ty));
                Ok(())
            }
        }
    }

    /// Takes the types of well-known crates, for all formats of which none [is chosen](Self::choose).
    pub fn add_types(&mut self, types: TypeSet) {
        self.types.push(types);
    }

    /// Returns the first choice that can't be followed, by its place in the client's table of `codegen.toml`, and the way out.
    pub fn fault(&self) -> Option<(Pointer, String)> {
        let homeless = self
            .formats
            .iter()
            .find_map(|(place, Chosen(ty))| Some((Pointer::root().child("formats").child(place), self.homeless(ty)?)));
        homeless.or_else(|| {
            let mut of_times = self.types.iter().enumerate().filter(|(_, types)| types.is_of_times());
            let (index, _) = of_times.nth(1)?;
            let message =
                "one of `chrono`, `time` and `jiff` is enough; `formats` chooses a type for one format".to_owned();
            Some((Pointer::root().child("types").child(index), message))
        })
    }

    /// Rewrites the paths of dependencies, for a manifest in another folder.
    pub fn relocate(&mut self, relocated: impl Fn(&str) -> String) {
        for dependency in &mut self.dependencies {
            if let Origin::Path(path) = &mut dependency.origin {
                *path = relocated(path);
            }
        }
    }

    /// The type of a text of a format.
    pub fn of_text(&self, format: &str) -> Option<Type> {
        let of_set = || self.types.iter().find_map(|types| types.of_text(format));
        self.of_format(format).cloned().or_else(of_set)
    }

    /// The type of a number of a format.
    pub fn of_number(&self, format: &str) -> Option<Type> {
        let of_set = || self.types.iter().find_map(|types| types.of_number(format));
        self.of_format(format).cloned().or_else(of_set)
    }

    /// The type that was chosen for a format.
    pub fn of_format(&self, format: &str) -> Option<&Type> {
        self.formats.get(format).map(|Chosen(ty)| ty)
    }

    /// The places that have a type of their own, as JSON pointers.
    pub fn places(&self) -> impl Iterator<Item = (&str, &Type)> {
        let places = self.formats.iter().filter(|(place, _)| place.starts_with('/'));
        places.map(|(pointer, Chosen(ty))| (pointer.as_str(), ty))
    }

    /// Returns the dependencies of the types, sorted by name.
    pub fn dependencies(&self) -> &[ExtraDependency] {
        &self.dependencies
    }

    /// Returns a correction for a type whose crate is not a dependency.
    fn homeless(&self, ty: &Type) -> Option<String> {
        let Type::Foreign(foreign) = ty else { return None };
        self.homeless_path(foreign.as_str())
    }

    /// The same for a path.
    pub(super) fn homeless_path(&self, text: &str) -> Option<String> {
        let home = text.split("::").next().unwrap_or_default();
        let brought = self.dependencies.iter().any(|dependency| dependency.crate_name() == home);
        (!brought && !AT_HAND.contains(&home))
            .then(|| format!("`{text}` is of a crate that is no dependency; add {home} to `dependencies`"))
    }
}

/// Returns whether a text is a path.
pub(super) fn is_path(text: &str) -> bool {
    let mut rest = text;
    path(&mut rest, 0).is_some() && rest.is_empty()
}

fn parse(text: &str) -> Result<Type, String> {
    if let Some(primitive) = Primitive::ALL.into_iter().find(|primitive| primitive.name() == text) {
        return Ok(Type::Number(primitive));
    }
    match text {
        "String" => return Ok(Type::String),
        "Secret" => return Ok(Type::Secret),
        "Timestamp" => return Ok(Type::Timestamp),
        "Date" => return Ok(Type::Date),
        "Decimal" => return Ok(Type::Decimal),
        "serde_json::Value" => return Ok(Type::Value),
        "serde_json::Number" => return Ok(Type::AnyNumber),
        _ => {}
    }
    if !is_path(text) || !text.contains("::") {
        return Err(format!(
            "`{text}` is neither a type that the crate has (String, i64, f64, Decimal, Timestamp, Date, Secret) nor the path of one, such as uuid::Uuid"
        ));
    }
    Ok(Type::Foreign(Foreign::chosen(text)))
}

/// Reads `a::b::C<D, e::F>` off the front.
fn path(rest: &mut &str, depth: usize) -> Option<()> {
    loop {
        identifier(rest)?;
        if let Some(next) = rest.strip_prefix("::") {
            *rest = next;
            continue;
        }
        break;
    }
    if let Some(next) = rest.strip_prefix('<')
        && depth < 8
    {
        *rest = next;
        loop {
            path(rest, depth + 1)?;
            match rest.strip_prefix(',') {
                Some(next) => *rest = next.trim_start(),
                None => break,
            }
        }
        *rest = rest.strip_prefix('>')?;
    }
    Some(())
}

fn identifier(rest: &mut &str) -> Option<()> {
    let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(rest.len());
    let (word, next) = rest.split_at(end);
    let opens = word.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    *rest = next;
    (opens && word != "_" && !super::name::is_keyword(word)).then_some(())
}

#[cfg(test)]
mod tests {
    use super::{ExtraDependency, Formats};
    use crate::rust::Type;

    #[test]
    fn a_type_is_one_at_hand_or_of_a_dependency() {
        let mut formats = Formats::default();
        formats.add_dependency(ExtraDependency::of_registry("my-chrono", "1", &[]));
        for text in ["String", "i64", "Timestamp", "std::net::IpAddr", "my_chrono::DateTime<my_chrono::Utc>"] {
            formats.choose("format", text).unwrap();
        }
        let Some(Type::Foreign(foreign)) = formats.of_format("format") else { panic!("it is of a dependency") };
        assert_eq!(foreign.last(), "DateTime");
        for text in [
            "",
            "Uuid",
            "uuid::Uuid",
            "std::net::",
            "std::vec::Vec<u8",
            "std::net::IpAddr; fn evil() {}",
            "std::fn::X",
            "&'static str",
            "std::vec::Vec<>",
            "std :: net",
            "[u8; 4]",
            "std::_",
        ] {
            assert!(formats.choose("format", text).is_err(), "{text}");
        }
    }
}
