//! The runtime: plain Rust, copied byte for byte, and the file that lists its modules.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{File, layout};
use crate::runtime_files::{FILES, PREAMBLE, RuntimeFile};
use crate::rust::Crate;

/// The files of the runtime that a crate needs, in the order of their names.
pub(super) fn needed(plan: &Crate) -> Vec<&'static RuntimeFile> {
    let is_wanted = |file: &RuntimeFile| file.always || plan.runtime.contains(file.name);
    let mut wanted: Vec<&RuntimeFile> = FILES.iter().filter(|file| is_wanted(file)).collect();
    let mut next = 0;
    while let Some(file) = wanted.get(next) {
        let missing = file.requires.iter().filter(|name| !wanted.iter().any(|known| known.name == **name));
        let missing: Vec<&RuntimeFile> =
            missing.filter_map(|name| FILES.iter().find(|file| file.name == *name)).collect();
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
    text
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

/// What of the runtime the crate shows at its root.
pub(super) fn exports(plan: &Crate) -> TokenStream {
    let names = ["AuthError", "BuildError", "Call", "Client", "ClientBuilder", "Error", "RetryPolicy", "Secret"];
    let more = [
        ("multipart", "Multipart"),
        ("multipart", "Part"),
        ("pages", "Items"),
        ("pages", "Pages"),
        ("presence", "Presence"),
        ("sign_in", "SignIn"),
        ("stream", "ByteStream"),
        ("stream", "ItemStream"),
        ("timestamp", "Timestamp"),
    ];
    let more = more.into_iter().filter(|(module, _)| plan.runtime.contains(module)).map(|(_, name)| name);
    let mut names: Vec<&str> = names.into_iter().chain(more).collect();
    names.sort_unstable();
    let names = names.into_iter().map(|name| format_ident!("{name}"));
    quote!(pub use runtime::{#(#names),*};)
}
