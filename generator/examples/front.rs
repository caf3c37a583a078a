//! Runs the front end over files and prints what it makes of them.
//!
//! `front [--parse] [--strict] [--overlay FILE] [--yaml] [--short|--human|--json|--github] [--count] FILE…`

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use clientwright::diagnostics::{Diagnostics, Format, Severity, render};
use clientwright::document::{FileError, Files, Origins, Source, read};
use clientwright::normalize::{Settings, tree, typed};

struct Below<'a>(&'a Path);

impl Files for Below<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        std::fs::read(self.0.join(path)).map_err(|_| FileError::Missing)
    }
}

fn main() -> ExitCode {
    let mut settings = Settings::default();
    let (mut format, mut yaml, mut count, mut parse) = (Format::Short, false, false, false);
    let (mut overlays, mut specs) = (Vec::new(), Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--strict" => settings.strict = true,
            "--deny-loss" => settings.deny_loss = true,
            "--yaml" => yaml = true,
            "--count" => count = true,
            "--parse" => parse = true,
            "--short" => format = Format::Short,
            "--human" => format = Format::Human,
            "--json" => format = Format::Json,
            "--github" => format = Format::Github,
            "--overlay" => overlays.extend(arguments.next()),
            _ => specs.push(argument),
        }
    }
    if parse {
        // What reading costs by itself, to compare with.
        for spec in &specs {
            let start = std::time::Instant::now();
            let value: serde_json::Value = serde_json::from_slice(&source(spec).bytes).expect("JSON");
            println!(
                "parsed {spec}: {} members in {:?}",
                value.as_object().map_or(0, |object| object.len()),
                start.elapsed()
            );
        }
        return ExitCode::SUCCESS;
    }
    let mut failed = false;
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for spec in &specs {
        let start = std::time::Instant::now();
        let mut diagnostics = Diagnostics::default();
        let sources: Vec<Source> = std::iter::once(spec).chain(&overlays).map(|path| source(path)).collect();
        let documents: Option<Vec<_>> =
            sources.iter().map(|source| read(source, &settings.limits, &mut diagnostics)).collect();
        let mut origins = Origins::new(spec.clone());
        let read_in = start.elapsed();
        let mut api = None;
        if let Some(mut documents) = documents {
            let folder = Path::new(spec).parent().unwrap_or(Path::new(""));
            let overlays = documents.split_off(1);
            let made = tree(documents.remove(0), overlays, &Below(folder), &settings, &mut diagnostics);
            if let Some(made) = made {
                if yaml {
                    print!("{}", made.to_yaml());
                }
                origins = made.origins.clone();
                api = typed(made, &mut diagnostics);
            }
        }
        let verdict = if api.is_some() && !diagnostics.has_errors() { "ok" } else { "rejected" };
        failed |= verdict != "ok";
        diagnostics.iter().for_each(|found| *rules.entry(found.rule.code()).or_default() += 1);
        let all = start.elapsed();
        if !yaml {
            let (errors, warnings, notes) = (
                diagnostics.count(Severity::Error),
                diagnostics.count(Severity::Warning),
                diagnostics.count(Severity::Note),
            );
            println!(
                "{verdict} {spec}: {errors} errors, {warnings} warnings, {notes} notes; read {read_in:?}, all {all:?}"
            );
        }
        if !count && !yaml {
            let sources: Vec<&Source> = sources.iter().collect();
            print!("{}", render(&diagnostics, &sources, &origins, format, false));
        }
    }
    if count {
        for (rule, times) in rules {
            println!("{times:6} {rule}");
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn source(path: &str) -> Source {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    Source { name: path.to_owned(), bytes }
}
