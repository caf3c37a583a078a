//! A service that calls three APIs: the client of one is a folder of modules, that of another is a file, and that of the third comes
//! from the build script.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    unused_results,
    rust_2018_idioms,
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used
)]

pub mod clients {
    //! The clients of the APIs that the service calls.
    include!(concat!(env!("OUT_DIR"), "/clients.rs"));
}
pub mod museum {
    //! The client of the museum.
    clientwright_build::include_client!("museum");
}
#[cfg(test)]
mod lists;
mod sync;

pub use sync::{names_of_pets, orders};
