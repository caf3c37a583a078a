//! Dependencies and features of an emitted crate.

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
    pub(super) const fn plain(name: &'static str, version: &'static str, features: &'static [&'static str]) -> Self {
        Self { name, version, default_features: true, features, optional: false, target: None }
    }

    pub(super) const fn bare(name: &'static str, version: &'static str, features: &'static [&'static str]) -> Self {
        Self { default_features: false, ..Self::plain(name, version, features) }
    }
}

pub(super) const NATIVE: Option<&str> = Some("cfg(not(target_family = \"wasm\"))");
pub(super) const WASM: Option<&str> = Some("cfg(target_family = \"wasm\")");

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

/// The names of those [`DEPENDENCIES`] that types need without a client.
pub const OF_TYPES: &[&str] = &["secrecy", "serde", "serde_json"];

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
    Feature {
        name: "rustls",
        enables: &["reqwest/rustls"],
        default: true,
        docs: "TLS in Rust, with the root certificates of the system",
    },
    Feature {
        name: "native-tls",
        enables: &["reqwest/native-tls"],
        default: false,
        docs: "the TLS library of the system, instead of rustls",
    },
    Feature { name: "http2", enables: &["reqwest/http2"], default: true, docs: "HTTP/2, if the server supports it" },
    Feature { name: "gzip", enables: &["reqwest/gzip"], default: false, docs: "responses compressed with gzip" },
    Feature { name: "brotli", enables: &["reqwest/brotli"], default: false, docs: "responses compressed with Brotli" },
    Feature { name: "zstd", enables: &["reqwest/zstd"], default: false, docs: "responses compressed with Zstandard" },
    Feature {
        name: "system-proxy",
        enables: &["reqwest/system-proxy"],
        default: false,
        docs: "the proxy settings of macOS and Windows, besides those of the environment",
    },
    Feature {
        name: "tracing",
        enables: &["dep:tracing"],
        default: false,
        docs: "a span for each call, named by OpenTelemetry's conventions for HTTP clients",
    },
    Feature {
        name: "opentelemetry",
        enables: &["dep:opentelemetry"],
        default: false,
        docs: "the trace context (W3C `traceparent`) in requests, by the program's OpenTelemetry propagator",
    },
    Feature {
        name: "blocking",
        enables: &["tokio/rt-multi-thread"],
        default: false,
        docs: "`Call::blocking`, for programs without an async runtime",
    },
];

/// A feature of crates that have a command line, on which no other feature builds.
pub const CLI: Feature = Feature {
    name: "cli",
    enables: &["dep:clap", "dep:clap_complete", "serde_json/raw_value"],
    default: false,
    docs: "a command line, which calls each operation",
};

/// A feature of crates of APIs with webhooks or callbacks, on which no other feature builds.
pub const DELIVERIES: Feature = Feature {
    name: "deliveries",
    enables: &["dep:base64", "dep:hmac", "dep:sha1", "dep:sha2"],
    default: false,
    docs: "verification of the webhooks and callbacks that a server of yours receives",
};

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
    docs: "`validate` on types, by the bounds of the description",
};
