//! The tests over whole documents, in one binary: it is linked once, and `cargo test` runs its tests side by side.
//!
//! A test that is `#[ignore]`d says what it needs: time to compile, or `CLIENTWRIGHT_SHARED`, a folder of documents that are not
//! part of the project. `docs/testing.md` says how they are run.

mod additions;
mod bodies;
mod bounds;
mod chains;
mod command_line;
mod compositions;
mod crate_changes;
mod current;
mod deliveries;
mod directions;
mod discriminators;
mod docs;
mod docs_of_real_documents;
mod embedding;
mod expected_names;
mod features;
mod features_alone;
mod files;
mod floors;
mod formats;
mod front;
mod growth;
mod guide;
mod hints;
mod known_types;
mod languages;
mod lenient;
mod names;
mod operations;
mod overlay_free;
mod pagination;
mod random_graphs;
mod real_examples;
mod renames;
mod same_bytes;
mod samples;
mod schema_suites;
mod schemas;
mod selection;
mod snapshots;
mod tidy;
mod tls;
mod tricky;
mod twins;
mod unions;
mod untyped;
mod variant_names;
mod webhooks_client;
mod wire_tests;
