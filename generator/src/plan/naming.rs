//! Names for operations and types, and the lock that keeps them.

pub(crate) mod alternatives;
pub(crate) mod component_name;
pub(crate) mod fingerprint;
pub(crate) mod method_name;
pub(crate) mod namer;
pub(crate) mod occurrence;
mod python_names;
pub(crate) mod renamer;
pub(crate) mod status;
pub(crate) mod structure;
pub(crate) mod tags;
pub(crate) mod type_names;
pub(crate) mod value_names;
pub(crate) mod words;
