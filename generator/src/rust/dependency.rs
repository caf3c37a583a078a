//! Dependencies that the user adds.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A dependency that a chosen type or derive needs, as a manifest states it
/// (<https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraDependency {
    /// The name in Rust.
    pub name: String,
    /// Its source.
    pub origin: Origin,
    /// The required version, which a dependency from a registry must have.
    pub version: Option<String>,
    /// The name of the package, if that differs.
    pub package: Option<String>,
    /// True if the default features are on.
    pub default_features: bool,
    /// Its other features.
    pub features: Vec<String>,
}

/// The source of a dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The default registry of Cargo.
    Registry,
    /// A folder. In `codegen.toml` the path is relative to that file, in a manifest to the manifest.
    Path(String),
    /// A repository, with the key and the value of `branch`, `tag` or `rev`, if one is stated.
    Git(String, Option<(&'static str, String)>),
    /// The workspace of the crate, which states the rest.
    Workspace,
}

impl ExtraDependency {
    /// A dependency on a package of the registry, with its default features and some others.
    pub fn of_registry(name: &str, version: &str, features: &[&str]) -> Self {
        ExtraDependency {
            name: name.to_owned(),
            origin: Origin::Registry,
            version: Some(version.to_owned()),
            package: None,
            default_features: true,
            features: features.iter().map(|&feature| feature.to_owned()).collect(),
        }
    }

    /// The crate as paths in Rust name it.
    pub fn crate_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// The dependencies of a `codegen.toml`, each by its name.
pub(super) fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ExtraDependency>, D::Error> {
    let written = BTreeMap::<String, Written>::deserialize(deserializer)?;
    Ok(written.into_iter().map(|(name, Written(dependency))| ExtraDependency { name, ..dependency }).collect())
}

/// A dependency without its name.
struct Written(ExtraDependency);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(VersionOrTable)
    }
}

struct VersionOrTable;

impl<'de> Visitor<'de> for VersionOrTable {
    type Value = Written;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a version, or a table with `version`, `path`, `git` or `workspace`")
    }

    fn visit_str<E: serde::de::Error>(self, version: &str) -> Result<Written, E> {
        Ok(Written(ExtraDependency::of_registry("", version, &[])))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Written, A::Error> {
        let table = Table::deserialize(MapAccessDeserializer::new(map))?;
        let origin = table.origin().map_err(A::Error::custom)?;
        if matches!(origin, Origin::Registry) && table.version.is_none() {
            return Err(A::Error::custom("a dependency needs one of `version`, `path`, `git` and `workspace`"));
        }
        Ok(Written(ExtraDependency {
            name: String::new(),
            origin,
            version: table.version,
            package: table.package,
            default_features: table.default_features,
            features: table.features,
        }))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    version: Option<String>,
    path: Option<String>,
    git: Option<String>,
    branch: Option<String>,
    tag: Option<String>,
    rev: Option<String>,
    #[serde(default)]
    workspace: bool,
    package: Option<String>,
    #[serde(default = "yes")]
    default_features: bool,
    #[serde(default)]
    features: Vec<String>,
}

fn yes() -> bool {
    true
}

impl Table {
    fn origin(&self) -> Result<Origin, &'static str> {
        let commits = [("branch", &self.branch), ("tag", &self.tag), ("rev", &self.rev)];
        let mut commits = commits.into_iter().filter_map(|(key, value)| Some((key, value.clone()?)));
        let commit = commits.next();
        if commits.next().is_some() {
            return Err("a repository takes one of `branch`, `tag` and `rev`");
        }
        if commit.is_some() && self.git.is_none() {
            return Err("`branch`, `tag` and `rev` are of a repository; add `git`");
        }
        match (self.path.clone(), self.git.clone(), self.workspace) {
            (None, None, false) => Ok(Origin::Registry),
            (Some(path), None, false) => Ok(Origin::Path(path)),
            (None, Some(url), false) => Ok(Origin::Git(url, commit)),
            (None, None, true) if self.version.is_none() && self.package.is_none() && self.default_features => {
                Ok(Origin::Workspace)
            }
            (None, None, true) => Err("the workspace states the version, the package and the default features"),
            _ => Err("a dependency has one of `path`, `git` and `workspace`"),
        }
    }
}
