//! Names for operations and types, and the lock that keeps them.

pub(crate) mod alternatives;
mod candidates;
pub(crate) mod component_name;
mod families;
pub(crate) mod fingerprint;
mod joined;
pub(crate) mod method_name;
pub(crate) mod namer;
pub(crate) mod namespaces;
pub(crate) mod occurrence;
mod python_names;
pub(crate) mod renamer;
pub(crate) mod status;
pub(crate) mod structure;
pub(crate) mod tags;
pub(crate) mod titles;
mod twins;
mod type_arguments;
pub(crate) mod type_names;
mod vague;
pub(crate) mod value_names;
pub(crate) mod words;
