//! Compiles OpenAPI descriptions into Rust clients from build scripts, as `tonic-build` does for Protocol Buffers.
//!
//! ```toml
//! [dependencies]
//! clientwright-build = { version = "0.1", default-features = false }
//!
//! [build-dependencies]
//! clientwright-build = "0.1"
//! ```
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), clientwright_build::Error> {
//!     clientwright_build::compile("museum.yaml")
//! }
//! ```
//!
//! ```ignore
//! // src/lib.rs
//! pub mod museum {
//!     clientwright_build::include_client!("museum");
//! }
//! ```
//!
//! The code is written into the `OUT_DIR` of the package. Findings are warnings of Cargo, and so is each dependency that the package
//! lacks. The build script runs again when a file that it read changes. [`configure`] has the options.

#[cfg(feature = "generator")]
mod builder;
#[cfg(feature = "generator")]
#[doc(hidden)]
pub mod folder;
#[cfg(feature = "generator")]
#[doc(hidden)]
pub mod host;

#[cfg(feature = "generator")]
pub use builder::{Builder, Error, compile, configure};
#[cfg(feature = "generator")]
pub use clientwright;

/// Includes the client that a build script compiled, by the name of its document: `include_client!("museum")` for `museum.yaml`.
///
/// It is the only item of the module whose path the build script knows, which is `crate::museum` unless [`Builder::module`] states
/// another. That of `box.json`, after which no module can be named, is `crate::box_client`.
#[macro_export]
macro_rules! include_client {
    ($name:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $name, ".rs"));
    };
}
