//! Fields of later versions: each that the grammar knows is read by someone, or stands here with the others that no one has to read.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::Package;

/// Fields that travel under no key of their own, since a pass of `normalize` converts them or reports what they lose, or since they are
/// for readers of the document alone.
const CONVERTED: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$schema",
    "$self",
    "$vocabulary",
    "additionalItems",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "definitions",
    "dependencies",
    "dependentRequired",
    "deprecated",
    "description",
    "identifier",
    "if",
    "itemEncoding",
    "jsonSchemaDialect",
    "kind",
    "maxContains",
    "minContains",
    "name",
    "oauth2MetadataUrl",
    "parent",
    "prefixEncoding",
    "propertyNames",
    "summary",
    "unevaluatedItems",
];

/// The fields that came with 3.1 or 3.2, each with the key that it travels under.
fn fields(grammar: &str) -> BTreeMap<&str, String> {
    let mut found = BTreeMap::new();
    let mut opened = "";
    for line in grammar.lines() {
        let (names, result) = line.split_once(" => ").unwrap_or((opened, line));
        opened = if result.trim() == "{" { names } else { "" };
        let version = ["v31", "v32"].into_iter().find(|version| result.trim().starts_with(&format!("{version}(")));
        let Some(version) = version else { continue };
        for name in names.split('"').skip(1).step_by(2) {
            found.insert(name, format!("x-oas{}-{name}", &version[1..]));
        }
    }
    found
}

/// The constants of `carried.rs` that are whole keys, by their keys.
fn keys(carried: &str) -> BTreeMap<&str, &str> {
    let constants = carried.lines().filter_map(|line| line.strip_prefix("pub const ")?.split_once(": &str = \""));
    let constants = constants.filter_map(|(name, value)| Some((value.split('"').next()?, name)));
    constants.filter(|(key, _)| !key.ends_with('-')).collect()
}

/// Returns what is wrong with the keys: those that no one reads, and fields of which no one says what becomes of them.
pub(super) fn unread(generator: &Package, grammar: &str, carried: &str) -> BTreeSet<String> {
    let stages = ["normalize", "lower"];
    let named =
        generator.named().filter(|(module, ..)| module.get(1).is_some_and(|stage| stages.contains(&stage.as_str())));
    let read: BTreeSet<&str> = named
        .filter_map(|(.., path)| match path.as_slice() {
            [.., module, name] if module == "carried" => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let keys = keys(carried);
    let unread = keys.iter().filter(|(_, name)| !read.contains(*name));
    let mut broken: BTreeSet<String> = unread.map(|(key, name)| format!("nobody reads `{key}` ({name})")).collect();
    let fields = fields(grammar);
    assert!(fields.contains_key("prefixItems") && fields.contains_key("$anchor"), "the grammar is read");
    for (name, key) in fields {
        if !keys.contains_key(key.as_str()) && !CONVERTED.contains(&name) {
            broken.insert(format!("`{name}` travels as `{key}`, which is no key of `carried`"));
        }
    }
    broken
}
