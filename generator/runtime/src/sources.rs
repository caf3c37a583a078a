//! The runtime as data: which files an emitted crate gets, and what they need.
//!
//! The files are plain Rust under `src/runtime/` of this package, compiled and tested here, and copied byte for byte to
//! `src/runtime/` of every emitted crate. They refer to each other as `super::…` and to nothing that the API decides.
//! The crate's own `src/runtime.rs` starts with [`PREAMBLE`], has a `mod` line for each file, and the macros of each
//! as `pub(crate) use file::{macro, …};`. Its `lib.rs` shows the `exports`.

/// The least Rust that emitted crates ask for.
pub const MSRV: &str = "1.88";

/// The beginning of `src/runtime.rs` in an emitted crate.
pub const PREAMBLE: &str = "\
//! The code that all operations share: sending, reading, retries, tokens, limits. It is the same for every API.
#![allow(dead_code, unused_imports, unused_macros, reason = \"each API uses a part\")]
#![cfg_attr(target_family = \"wasm\", allow(clippy::arc_with_non_send_sync, reason = \"there is one thread\"))]
";

/// Names that the runtime has on a call: setters for optional parameters must be called otherwise.
pub const CALL_METHODS: &[&str] = &[
    "new",
    "with",
    "retype",
    "base_url",
    "timeout",
    "idle_timeout",
    "body_limit",
    "error_limit",
    "retry",
    "idempotency_key",
    "extra_header",
    "extra_query",
    "with_response",
    "reconnecting",
    "blocking",
    "start",
    "into_future",
    "refuse",
    "into_request",
    "set_path",
    "set_query",
    "set_header",
    "set_cookie",
    "set_parameter",
    "set_json_parameter",
    "set_query_string",
    "set_json_query_string",
    "set_json",
    "set_json_as",
    "set_form",
    "set_form_with",
    "set_json_lines",
    "set_text",
    "set_body",
    "set_multipart",
    "set_xml",
];

/// Names that the runtime has on a call whose answers come in pages.
pub const PAGED_METHODS: &[&str] = &["pages", "items"];

/// Names that the runtime has on a client builder: setters for credentials must be called otherwise.
pub const BUILDER_METHODS: &[&str] = &[
    "new",
    "credential",
    "base_url",
    "base_url_alone",
    "token_url",
    "client_authentication",
    "scopes",
    "allow_anonymous",
    "allow_http",
    "http_client",
    "transport",
    "header",
    "user_agent",
    "connect_timeout",
    "timeout",
    "idle_timeout",
    "body_limit",
    "error_limit",
    "accept_any_content_type",
    "no_proxy",
    "retry",
    "on_request",
    "on_response",
    "middleware",
    "build",
];

/// Names that the runtime has on a client: groups and untagged operations must be called otherwise.
pub const CLIENT_METHODS: &[&str] =
    &["builder", "raw", "base_url", "clone", "accepts_any_content_type", "with_secrets"];

/// A file of the runtime.
#[derive(Debug)]
pub struct RuntimeFile {
    /// The module's name; the file is `src/runtime/{name}.rs`.
    pub name: &'static str,
    /// The text.
    pub text: &'static str,
    /// True if every crate has the file.
    pub always: bool,
    /// The other modules that must be there, besides those that always are.
    pub requires: &'static [&'static str],
    /// The dependencies of the file, besides [`DEPENDENCIES`].
    pub dependencies: &'static [Dependency],
    /// The names that `lib.rs` re-exports.
    pub exports: &'static [&'static str],
    /// Other names that emitted code uses as `crate::runtime::name`, including macros.
    pub macros: &'static [&'static str],
    /// The `cfg(…)` for which it is there (`#[cfg(…)]` on the `mod` line and on its `pub use`), if not always.
    pub target: Option<&'static str>,
    /// The Cargo feature that switches it (`#[cfg(feature = "…")] mod …;`), if one does.
    pub feature: Option<&'static str>,
}

/// A line of the emitted manifest's dependencies.
#[derive(Debug)]
pub struct Dependency {
    /// The package.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// True if the default features are on.
    pub default_features: bool,
    /// Its other features.
    pub features: &'static [&'static str],
    /// True if a feature of the emitted crate enables the dependency.
    pub optional: bool,
    /// The `cfg(…)` for which it is needed, if not always.
    pub target: Option<&'static str>,
}

impl Dependency {
    const fn plain(name: &'static str, version: &'static str, features: &'static [&'static str]) -> Self {
        Self { name, version, default_features: true, features, optional: false, target: None }
    }

    const fn bare(name: &'static str, version: &'static str, features: &'static [&'static str]) -> Self {
        Self { default_features: false, ..Self::plain(name, version, features) }
    }
}

const NATIVE: Option<&str> = Some("cfg(not(target_family = \"wasm\"))");
const WASM: Option<&str> = Some("cfg(target_family = \"wasm\")");

/// The dependencies of every emitted crate.
pub const DEPENDENCIES: &[Dependency] = &[
    Dependency::plain("bytes", "1.12", &[]),
    Dependency::plain("http", "1.5", &[]),
    Dependency { optional: true, ..Dependency::bare("opentelemetry", "0.33", &["trace"]) },
    Dependency::bare("reqwest", "0.13.5", &[]),
    Dependency::plain("secrecy", "0.10.3", &[]),
    Dependency::plain("serde", "1.0.229", &["derive"]),
    Dependency::plain("serde_json", "1.0.154", &[]),
    Dependency::bare("tokio", "1.54", &["sync"]),
    Dependency {
        target: Some("cfg(not(target_family = \"wasm\"))"),
        ..Dependency::bare("tokio", "1.54", &["rt", "time"])
    },
    Dependency { optional: true, ..Dependency::bare("tracing", "0.1.44", &["std"]) },
    Dependency::plain("url", "2.5.8", &[]),
    Dependency { target: WASM, ..Dependency::plain("js-sys", "0.3.77", &[]) },
    Dependency { target: WASM, ..Dependency::plain("wasm-bindgen", "0.2.100", &[]) },
    Dependency { target: WASM, ..Dependency::plain("wasm-bindgen-futures", "0.4.50", &[]) },
];

/// A feature of every emitted crate.
#[derive(Debug)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// The features and dependencies that it enables.
    pub enables: &'static [&'static str],
    /// True if the feature is on by default.
    pub default: bool,
    /// The comment in the manifest.
    pub docs: &'static str,
}

/// The features of every emitted crate. Groups of operations may be further ones.
pub const FEATURES: &[Feature] = &[
    Feature { name: "rustls", enables: &["reqwest/rustls"], default: true, docs: "TLS in Rust, roots of the system" },
    Feature {
        name: "native-tls",
        enables: &["reqwest/native-tls"],
        default: false,
        docs: "TLS of the system, instead of rustls",
    },
    Feature { name: "http2", enables: &["reqwest/http2"], default: true, docs: "HTTP/2 where the server offers it" },
    Feature { name: "gzip", enables: &["reqwest/gzip"], default: false, docs: "answers compressed with gzip" },
    Feature { name: "brotli", enables: &["reqwest/brotli"], default: false, docs: "answers compressed with Brotli" },
    Feature { name: "zstd", enables: &["reqwest/zstd"], default: false, docs: "answers compressed with Zstandard" },
    Feature {
        name: "system-proxy",
        enables: &["reqwest/system-proxy"],
        default: false,
        docs: "proxies as macOS and Windows set them, besides those of the environment",
    },
    Feature {
        name: "tracing",
        enables: &["dep:tracing"],
        default: false,
        docs: "a span for each call, named as OpenTelemetry's conventions for HTTP clients say",
    },
    Feature {
        name: "opentelemetry",
        enables: &["dep:opentelemetry"],
        default: false,
        docs: "the trace context goes along (W3C `traceparent`), as the program's OpenTelemetry propagator says",
    },
    Feature {
        name: "blocking",
        enables: &["tokio/rt-multi-thread"],
        default: false,
        docs: "`Call::blocking`, for programs without an async runtime",
    },
];

/// A feature of crates that have a mock server, on which no other feature builds.
pub const MOCK: Feature = Feature {
    name: "mock",
    enables: &["dep:wiremock"],
    default: false,
    docs: "a mock server and sample values, for the tests of programs that use this crate",
};

/// A feature of crates whose values can be checked, on which no other feature builds.
pub const VALIDATE: Feature = Feature {
    name: "validate",
    enables: &["dep:fancy-regex"],
    default: false,
    docs: "`validate` on types: the bounds that the description states",
};

macro_rules! files {
    ($($name:literal $(if $condition:ident)? { $($field:ident: $value:expr),* $(,)? })*) => {
        &[$(RuntimeFile {
            $($field: $value,)*
            ..RuntimeFile {
                name: $name,
                text: include_str!(concat!("runtime/", $name, ".rs")),
                always: true,
                requires: &[],
                dependencies: &[],
                exports: &[],
                macros: &[],
                target: None,
                feature: None,
            }
        }),*]
    };
}

/// Every file of the runtime.
pub const FILES: &[RuntimeFile] = files! {
    "base64" {}
    "blocking" { feature: Some("blocking") }
    "builder" { exports: &["BuildError", "ClientBuilder"] }
    "call" { exports: &["Call", "Pending", "Raw", "Response", "WithResponse"] }
    "call_setters" {}
    "cause" { exports: &["AuthError", "BoxError", "DecodeError", "InvalidRequest"] }
    "client" { exports: &["Client"] }
    "constant" {}
    "credentials" {}
    "endpoint" {}
    "error" {
        exports: &["Context", "Error", "Phase", "Undocumented"],
    }
    "foreign" { always: false, macros: &["foreign"] }
    "grant" { exports: &["AccessToken", "TokenSource"] }
    "headers" { always: false, exports: &["Header"] }
    "json" {}
    "json_pointer" { always: false }
    "mock" {
        always: false,
        exports: &["Canned", "Fails", "Returns", "When"],
        dependencies: &[Dependency { optional: true, ..Dependency::plain("wiremock", "0.6.5", &[]) }],
        feature: Some("mock"),
    }
    "multipart" { always: false, requires: &["parts", "upload"], exports: &["Multipart", "Part"] }
    "object" { macros: &["object", "wrapper"] }
    "operation" { exports: &["Operation", "Outcome"], macros: &["operations"] }
    "pages" {
        always: false,
        requires: &["paging", "json_pointer"],
        exports: &["Items", "Paged", "Pages", "Paging"],
        dependencies: &[Dependency::bare("futures-core", "0.3.34", &["std"])],
    }
    "pages_blocking" { always: false, requires: &["pages"], feature: Some("blocking") }
    "paging" { always: false, requires: &["json_pointer"] }
    "parameter" { macros: &["In", "Parameter", "Style"] }
    "parts" { always: false, requires: &["upload"], target: NATIVE }
    "path" {}
    "pattern" { always: false, feature: Some("validate") }
    "plain" {}
    "platform" { exports: &["BoxFuture", "Sendable", "Shareable"] }
    "presence" { always: false, exports: &["Presence"] }
    "propagate" { feature: Some("opentelemetry") }
    "reconnect" { always: false, requires: &["stream"], exports: &["Reconnecting"] }
    "reconnect_blocking" { always: false, requires: &["reconnect", "stream"], feature: Some("blocking") }
    "redact" {}
    "reply" { exports: &["Reply"] }
    "request" {}
    "retry" { exports: &["RetryPolicy"] }
    "secret" { exports: &["Secret"] }
    "security" {
        exports: &[
            "ClientAuthentication", "Credential", "Flows", "Interactive", "Need", "Place", "Requirement", "Scheme",
            "SchemeKind", "TokenEndpoint",
        ],
    }
    "send" {}
    "sign_in" {
        always: false,
        exports: &["BrowserSignIn", "DeviceSignIn", "SignIn", "SignedIn"],
        dependencies: &[
            Dependency::bare("getrandom", "0.4", &[]),
            Dependency { target: WASM, ..Dependency::bare("getrandom", "0.4", &["wasm_js"]) },
            Dependency::bare("sha2", "0.11", &[]),
        ],
    }
    "spec" { exports: &["Api", "Method", "Spec"] }
    "stream" {
        always: false,
        exports: &["ByteStream", "ItemStream"],
        dependencies: &[Dependency::bare("futures-core", "0.3.34", &["std"])],
    }
    "stream_blocking" { always: false, requires: &["stream"], feature: Some("blocking") }
    "table" {}
    "tag" {}
    "text_enum" { always: false, macros: &["text_enum", "number_enum"] }
    "timestamp" {
        always: false,
        exports: &["Date", "Timestamp"],
        dependencies: &[Dependency::bare("jiff", "1.0", &["std"])],
    }
    "token" {}
    "trace" { feature: Some("tracing") }
    "transport" { exports: &["Attempt", "Next", "Transport"] }
    "union" { always: false, macros: &["tagged_union", "untagged_union", "json_enum", "from_members"] }
    "upload" {
        always: false,
        exports: &["Upload"],
        dependencies: &[
            Dependency { target: NATIVE, ..Dependency::bare("futures-core", "0.3.34", &["std"]) },
            Dependency { target: NATIVE, ..Dependency::plain("http-body", "1.0", &[]) },
        ],
        target: NATIVE,
    }
    "validate" {
        always: false,
        exports: &["Violation"],
        requires: &["pattern"],
        macros: &["bounds", "validate"],
        dependencies: &[Dependency { optional: true, ..Dependency::plain("fancy-regex", "0.19.2", &[]) }],
        feature: Some("validate"),
    }
    "wire" {}
    "wire_read" {}
    "wire_write" {}
    "xml" { always: false, requires: &["xml_node", "xml_read", "xml_write"], dependencies: &[Dependency::plain("quick-xml", "0.42", &[])] }
    "xml_mock" { always: false, requires: &["mock", "xml_node", "xml_write"], feature: Some("mock") }
    "xml_node" { always: false }
    "xml_part" { always: false, requires: &["multipart", "xml_node", "xml_write"] }
    "xml_read" { always: false, requires: &["xml_node"] }
    "xml_write" { always: false, requires: &["xml_node"] }
};

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that is forgotten here would be missed only by whoever compiles an emitted crate.
    #[test]
    fn every_file_of_the_runtime_is_listed_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/runtime");
        let mut found: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        found.sort();
        let listed: Vec<_> = FILES.iter().map(|file| file.name).collect();
        assert_eq!(found, listed);
    }

    /// The versions that the tests run with are those that the emitted crates ask for.
    #[test]
    fn versions_are_those_of_the_workspace() {
        let manifest = include_str!("../../../Cargo.toml");
        let all = DEPENDENCIES.iter().chain(FILES.iter().flat_map(|file| file.dependencies));
        for dependency in all.filter(|dependency| dependency.target != WASM) {
            let line = manifest.lines().find(|line| line.starts_with(&format!("{} = ", dependency.name)));
            let line = line.unwrap_or_else(|| panic!("{} is not in the workspace", dependency.name));
            assert!(line.contains(&format!("\"{}\"", dependency.version)), "{line}: {}", dependency.version);
        }
    }

    #[test]
    fn files_lean_only_on_those_that_come_with_them() {
        for file in FILES {
            assert!(
                !file.text.contains("crate::") || file.macros.iter().any(|name| file.text.contains(name)),
                "{}",
                file.name
            );
            for other in FILES.iter().filter(|other| !other.always && other.name != file.name) {
                let path = format!("super::{}", other.name);
                let mut after = file.text.split(&path).skip(1);
                let leans = after.any(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'));
                assert!(!leans || file.requires.contains(&other.name), "{} leans on {}", file.name, other.name);
            }
        }
    }
}
