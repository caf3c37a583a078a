//! Names of components that a language with generic types gave them.

use std::collections::BTreeMap;

use crate::plan::naming::words::fold;

/// The names of components whose keys are types with arguments, by key: of `PagedResult<Shop.Models.Pet>`, `PagedResult Pet`. Only names
/// that no other component has.
pub(super) fn names<'a>(keys: &[&'a str]) -> BTreeMap<&'a str, String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let found: Vec<(&'a str, String, String)> = { keys.iter() }
        .filter_map(|key| {
            let names = parts(key)?;
            let short: Vec<&str> = names.iter().map(|name| name.rsplit('.').next().unwrap_or(name)).collect();
            Some((*key, short.join(" "), names.join(" ")))
        })
        .collect();
    found.iter().for_each(|(_, short, _)| *counts.entry(fold(short)).or_default() += 1);
    let others = keys.iter().filter(|key| parts(key).is_none());
    others.for_each(|key| *counts.entry(fold(key)).or_default() += 1);
    let name = |(key, short, long): (&'a str, String, String)| match counts.get(&fold(&short)) {
        Some(1) => (key, short),
        _ => (key, long),
    };
    found.into_iter().map(name).collect()
}

/// The names of a type and of its arguments, in the order in which they stand: `Page<Pet>` has two. `None` if a key has no arguments.
fn parts(key: &str) -> Option<Vec<&str>> {
    let names: Vec<&str> = if key.contains('`') {
        of_assemblies(key)
    } else if key.contains('<') && key.ends_with('>') {
        key.split(['<', '>', ',']).map(str::trim).collect()
    } else {
        return None;
    };
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    let are_names = names.iter().all(|name| name.contains(char::is_alphanumeric) && !name.ends_with('.'));
    (names.len() > 1 && are_names && names[0].starts_with(char::is_alphabetic)).then_some(names)
}

/// The names in a full name of .NET, which has the number of arguments behind each name, and the assembly, the version and more of each
/// argument: ``Page`1[[Shop.Pet, Shop, Version=1.0.0.0]]``.
fn of_assemblies(key: &str) -> Vec<&str> {
    // What follows a closing bracket is the assembly of the type before it.
    let pieces = key.split(['[', ']']).map(str::trim).filter(|piece| !piece.starts_with(','));
    pieces.filter_map(|piece| piece.split([',', '`']).next()).map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::names;

    #[test]
    fn a_type_with_arguments_is_called_by_their_names() {
        for (key, expected) in [
            ("Page<Pet>", Some("Page Pet")),
            ("Response<List<Shop.Models.Pet>>", Some("Response List Pet")),
            ("Tuple<int, string>", Some("Tuple int string")),
            ("Page`1[[Shop.Pet, Shop, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null]]", Some("Page Pet")),
            ("Pair`2[[System.String, mscorlib, Version=4.0.0.0],[Shop.Pet, Shop]]", Some("Pair String Pet")),
            ("Page`1[[List`1[[Shop.Pet, Shop]], mscorlib, Version=4.0.0.0]]", Some("Page List Pet")),
            ("Pet", None),
            ("a<b", None),
            ("<>", None),
            ("`", None),
            ("Page<>", None),
        ] {
            assert_eq!(names(&[key]).get(key).map(String::as_str), expected, "{key}");
        }
    }

    #[test]
    fn namespaces_stay_where_two_would_have_one_name() {
        let keys = ["Page<a.Pet>", "Page<b.Pet>", "Page<a.Cat>", "PageCat"];
        let long = [("Page<a.Pet>", "Page a.Pet"), ("Page<b.Pet>", "Page b.Pet"), ("Page<a.Cat>", "Page a.Cat")];
        let expected: BTreeMap<&str, String> = long.into_iter().map(|(key, name)| (key, name.to_owned())).collect();
        assert_eq!(names(&keys), expected);
    }
}
