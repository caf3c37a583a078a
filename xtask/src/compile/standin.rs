//! Stands in for the generator's library until its stages are there; the same surface, next to no content.

pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FileError {
    Missing,
    Outside,
    Other(String),
}

pub(crate) trait Files {
    #[cfg_attr(not(test), expect(dead_code))]
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;
}

pub(crate) struct Options {
    pub(crate) package: String,
    pub(crate) version: Option<String>,
    pub(crate) settings: crate::settings::Settings,
}

pub(crate) struct Outcome<T> {
    pub(crate) value: Option<T>,
    pub(crate) diagnostics: Vec<Found>,
}

pub(crate) struct Found {
    pub(crate) error: bool,
    message: String,
}

pub(crate) struct Generated {
    pub(crate) files: Vec<Emitted>,
    pub(crate) summary: Summary,
}

pub(crate) struct Emitted {
    pub(crate) path: String,
    pub(crate) contents: String,
}

pub(crate) struct Summary {
    pub(crate) operations: usize,
    pub(crate) types: usize,
}

#[derive(Clone, Copy)]
pub(crate) enum Format {
    Human,
    Short,
    Json,
    Github,
}

pub(crate) fn generate(
    source: &Source,
    overlays: &[Source],
    files: &dyn Files,
    options: &Options,
) -> Outcome<Generated> {
    let Outcome { value, diagnostics } = effective(source, overlays, files, options);
    let Some(text) = value else { return Outcome { value: None, diagnostics } };
    let methods = ["get:", "put:", "post:", "delete:"];
    let operations = text.lines().filter(|line| methods.contains(&line.trim())).count();
    let version = options.version.as_deref().unwrap_or("0.1.0");
    let mut emitted = vec![
        Emitted {
            path: "Cargo.toml".into(),
            contents: format!("[package]\nname = \"{}\"\nversion = \"{version}\"\n", options.package),
        },
        Emitted { path: "src/lib.rs".into(), contents: format!("//! {operations} operations.\n") },
    ];
    for tag in text.lines().filter_map(|line| line.trim().strip_prefix("- tag-")) {
        emitted.push(Emitted { path: format!("src/groups/{tag}.rs"), contents: format!("//! {tag}\n") });
    }
    emitted.sort_by(|one, other| one.path.cmp(&other.path));
    Outcome { value: Some(Generated { files: emitted, summary: Summary { operations, types: 0 } }), diagnostics }
}

pub(crate) fn effective(source: &Source, overlays: &[Source], _: &dyn Files, options: &Options) -> Outcome<String> {
    let mut diagnostics = Vec::new();
    let text = String::from_utf8_lossy(&source.bytes).into_owned();
    if !text.contains("openapi") || overlays.iter().any(|overlay| overlay.bytes.is_empty()) {
        diagnostics.push(Found { error: true, message: "not an OpenAPI document".into() });
    }
    if text.contains("/:") {
        let settings = &options.settings;
        let limits = [settings.max_bytes, settings.max_depth, settings.max_nodes, settings.max_alias_nodes];
        let allowed = settings.allow.iter().any(|allow| allow.code == "CW0001" && allow.pointer == "/paths");
        let error = (settings.strict || settings.deny_loss || limits.contains(&Some(0))) && !allowed;
        diagnostics.push(Found { error, message: "undeclared path parameter".into() });
    }
    let value = (!diagnostics.iter().any(|found| found.error)).then_some(text);
    Outcome { value, diagnostics }
}

pub(crate) fn render(found: &[Found], source: &Source, format: Format, _color: bool) -> String {
    let line = |found: &Found| match format {
        Format::Human | Format::Short => format!("{}:1:1: {}\n", source.name, found.message),
        Format::Json => format!("{}\n", serde_json::json!({ "reason": "finding", "message": found.message })),
        Format::Github => format!("::warning file={}::{}\n", source.name, found.message),
    };
    found.iter().map(line).collect()
}

pub(crate) fn explain(code: &str) -> Option<String> {
    (code == "undeclared-path-parameter").then(|| "A path template names a parameter that nothing declares.\n".into())
}
