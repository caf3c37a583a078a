//! The runtime: plain Rust, copied byte for byte, and the file that lists its modules.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::file::File;
use super::layout;
use crate::rust::{Crate, ExtraDependency, RuntimeModule, Type, types_of};
use clientwright_sources::{FILES, PREAMBLE, RuntimeFile};

/// The files of the runtime that a crate needs, in the order of their names.
pub(super) fn needed(plan: &Crate) -> Vec<&'static RuntimeFile> {
    let is_wanted =
        |file: &RuntimeFile| (file.always && (plan.client || file.types)) || plan.runtime.contains(&file.module);
    let mut wanted: Vec<&RuntimeFile> = FILES.iter().filter(|file| is_wanted(file)).collect();
    let mut next = 0;
    while let Some(file) = wanted.get(next) {
        let missing = file.requires.iter().map(|module| module.file());
        let missing: Vec<&RuntimeFile> =
            missing.filter(|file| !wanted.iter().any(|known| known.module == file.module)).collect();
        wanted.extend(missing);
        next += 1;
    }
    wanted.sort_by_key(|file| file.name);
    wanted
}

/// `src/runtime.rs`
pub(super) fn module(plan: &Crate) -> String {
    let files = needed(plan);
    let mut text = format!("{}\n{PREAMBLE}\n", layout::HEADER);
    let numbers = plan.numbers_as_text;
    text.push_str(&format!(
        "/// Set if the API writes numbers as text as well.\npub(crate) const NUMBERS_AS_TEXT: bool = {numbers};\n\n"
    ));
    let decimals = plan.runtime.contains(&RuntimeModule::Decimal);
    text.push_str(&format!(
        "/// Set if the API has numbers of which all digits count.\npub(crate) const DECIMALS: bool = {decimals};\n\n"
    ));
    for file in &files {
        text.push_str(&condition(file));
        text.push_str(&format!("pub(crate) mod {};\n", file.name));
    }
    text.push('\n');
    for file in &files {
        let groups = [("pub use", file.exports), ("pub(crate) use", file.macros)];
        for (keyword, names) in groups.into_iter().filter(|(_, names)| !names.is_empty()) {
            text.push_str(&condition(file));
            let names = if let [only] = names { (*only).to_owned() } else { format!("{{{}}}", names.join(", ")) };
            text.push_str(&format!("{keyword} {}::{names};\n", file.name));
        }
    }
    if plan.runtime.contains(&RuntimeModule::PlainDigits) {
        text.push_str("pub(crate) use plain_digits as digits;\n");
    }
    let foreign = foreign(plan);
    if !foreign.is_empty() {
        text.push('\n');
    }
    foreign.iter().for_each(|ty| text.push_str(&format!("foreign!({ty});\n")));
    text.push_str("\n/// The crates of which this one's public types are made, in the versions that fit.\npub mod dependencies {\n");
    dependencies(plan).iter().for_each(|name| text.push_str(&format!("    pub use ::{name};\n")));
    text.push_str("}\n");
    text + &super::json_schemas::module(plan).unwrap_or_default()
}

/// The types of other crates, which go over the wire by themselves.
/// Returns the crates that public types mention, by their names in Rust.
fn dependencies(plan: &Crate) -> BTreeSet<String> {
    const WITH_MODULES: [(RuntimeModule, &str); 9] = [
        (RuntimeModule::KnownChrono, "chrono"),
        (RuntimeModule::KnownDecimal, "rust_decimal"),
        (RuntimeModule::KnownJiff, "jiff"),
        (RuntimeModule::KnownTime, "time"),
        (RuntimeModule::KnownUrl, "url"),
        (RuntimeModule::KnownUuid, "uuid"),
        (RuntimeModule::Pages, "futures_core"),
        (RuntimeModule::Stream, "futures_core"),
        (RuntimeModule::Timestamp, "jiff"),
    ];
    let of_client = ["bytes", "http", "reqwest", "url"].into_iter().filter(|_| plan.client);
    let of_modules = WITH_MODULES.iter().filter(|(module, _)| plan.runtime.contains(module)).map(|(_, name)| *name);
    let all = ["secrecy", "serde_json"].into_iter().chain(of_client).chain(of_modules);
    all.map(str::to_owned).chain(plan.dependencies.iter().map(ExtraDependency::crate_name)).collect()
}

fn foreign(plan: &Crate) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut visit = |ty: &Type| {
        ty.walk(&mut |part| {
            if let Type::Foreign(foreign) = part
                && foreign.module().is_none()
            {
                found.insert(foreign.as_str().to_owned());
            }
        });
    };
    plan.types.iter().for_each(|item| item.each_type(&mut visit));
    let groups = plan.groups.iter().chain(&plan.ungrouped);
    groups.flat_map(|group| &group.operations).for_each(|operation| types_of(operation, &mut visit));
    plan.events.iter().flat_map(|events| &events.variants).flat_map(|variant| &variant.payload).for_each(visit);
    found
}

/// The attribute of a file that isn't always compiled.
fn condition(file: &RuntimeFile) -> String {
    let feature = file.feature.map(|feature| format!("#[cfg(feature = {feature:?})]\n"));
    let target = file.target.map(|target| format!("#[{target}]\n"));
    feature.into_iter().chain(target).collect()
}

/// The files themselves.
pub(super) fn files(plan: &Crate) -> Vec<File> {
    let copy =
        |file: &RuntimeFile| File { path: format!("src/runtime/{}.rs", file.name), contents: file.text.to_owned() };
    needed(plan).into_iter().map(copy).collect()
}

/// Returns the re-exports of the runtime at the crate's root.
pub(super) fn exports(plan: &Crate) -> TokenStream {
    let names = plan.exports().into_iter().map(|name| format_ident!("{name}"));
    quote!(pub use runtime::{#(#names),*};)
}
