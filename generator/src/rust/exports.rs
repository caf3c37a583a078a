//! The names of the runtime that the root of a crate exports.

use super::{Crate, RuntimeModule};

const OF_TYPES: [&str; 1] = ["Secret"];

const OF_CLIENTS: [&str; 7] = ["AuthError", "BuildError", "Call", "Client", "ClientBuilder", "Error", "RetryPolicy"];

/// The names that are there if a module of the runtime is.
const WITH_MODULES: [(RuntimeModule, &str); 12] = [
    (RuntimeModule::Decimal, "Decimal"),
    (RuntimeModule::ItemStream, "ItemStream"),
    (RuntimeModule::KnownBase64, "Base64"),
    (RuntimeModule::KnownDecimal, "DecimalText"),
    (RuntimeModule::Multipart, "Multipart"),
    (RuntimeModule::Multipart, "Part"),
    (RuntimeModule::Pages, "Items"),
    (RuntimeModule::Pages, "Pages"),
    (RuntimeModule::Presence, "Presence"),
    (RuntimeModule::SignIn, "SignIn"),
    (RuntimeModule::Stream, "ByteStream"),
    (RuntimeModule::Timestamp, "Timestamp"),
];

impl Crate {
    /// Returns the names of the runtime that the root of the crate exports, sorted.
    #[must_use]
    pub fn exports(&self) -> Vec<&'static str> {
        let more = WITH_MODULES.iter().filter(|(module, _)| self.runtime.contains(module)).map(|(_, name)| *name);
        let mut names: Vec<&str> =
            OF_TYPES.into_iter().chain(OF_CLIENTS.into_iter().filter(|_| self.client)).chain(more).collect();
        names.sort_unstable();
        names
    }
}
