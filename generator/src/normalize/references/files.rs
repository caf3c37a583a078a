//! Resolution of a reference's text to a file and a pointer into it.

use serde_json::Value;

use super::super::percent::decode;
use super::moves::Moves;
use super::resources::Resources;
use super::site::{Site, Slot};
use crate::diagnostics::{Diagnostic, Diagnostics, Rule};
use crate::document::{FileError, Files, Limits, read};
use crate::place::{Pointer, Source, Trail};

/// The target of a reference. File 0 is the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) file: usize,
    pub(super) pointer: Pointer,
}

/// The files that references lead into, and the names by which their schemas are known.
pub(super) struct FileSet<'a> {
    reader: &'a dyn Files,
    limits: &'a Limits,
    /// The folder whose files may be read, as messages show it, with its slash.
    folder: String,
    loaded: Vec<LoadedFile>,
    pub(super) resources: Resources,
    splices: Vec<Splice>,
}

/// A file.
struct LoadedFile {
    /// Relative to the folder whose files may be read.
    path: String,
    name: String,
    /// `None` for the spec, and for what could not be read.
    root: Option<Value>,
}

/// A part of a file that was copied into the document.
struct Splice {
    file: usize,
    from: Pointer,
    at: Pointer,
}

impl<'a> FileSet<'a> {
    pub(super) fn new(reader: &'a dyn Files, limits: &'a Limits, spec: &str) -> Self {
        let (mut folder, mut path) = match spec.rfind('/') {
            Some(end) => (spec[..=end].to_owned(), spec[end + 1..].to_owned()),
            None => (String::new(), spec.to_owned()),
        };
        if let Some(below) = reader.path_of_spec() {
            folder = match spec.strip_suffix(&below) {
                Some(root) => root.to_owned(),
                None => folder + &"../".repeat(below.matches('/').count()),
            };
            path = below;
        }
        let file = LoadedFile { path: path.clone(), name: spec.to_owned(), root: None };
        let mut resources = Resources::default();
        resources.add_file(&path);
        FileSet { reader, limits, folder, loaded: vec![file], resources, splices: Vec::new() }
    }

    /// The file that messages show by a name.
    pub(super) fn index(&self, name: &str) -> Option<usize> {
        self.loaded.iter().position(|file| file.name == name)
    }

    /// The name of a file, as messages show it.
    pub(super) fn name(&self, file: usize) -> &str {
        &self.loaded[file].name
    }

    /// The name of a file without folder and ending.
    pub(super) fn stem(&self, file: usize) -> &str {
        let path = &self.loaded[file].path;
        let base = path.rsplit('/').next().unwrap_or(path);
        base.split('.').next().unwrap_or(base)
    }

    /// Returns whether a file could be read; if not, an error has been reported.
    pub(super) fn is_readable(&self, file: usize) -> bool {
        self.loaded[file].root.is_some()
    }

    /// A copy of a value in another file.
    pub(super) fn at(&self, file: usize, pointer: &Pointer) -> Option<Value> {
        self.loaded[file].root.as_ref()?.pointer(pointer.as_str()).cloned()
    }

    pub(super) fn splice(&mut self, file: usize, from: Pointer, at: Pointer) {
        self.splices.push(Splice { file, from, at });
    }

    /// The file that a place of the document was taken from whole, and the place in it, where a walk that began at `start` comes to it.
    ///
    /// The start of a walk has its own file: a component that was copied into a spliced section is not from that section's file.
    pub(super) fn splice_within(&self, start: &Pointer, trail: &Trail<'_>) -> Option<(usize, Pointer)> {
        if self.splices.is_empty() {
            return None;
        }
        let pointer = trail.pointer();
        let comes_to =
            |splice: &&Splice| splice.at != *start && start.contains(&splice.at) && splice.at.contains(&pointer);
        let splice = self.splices.iter().rev().find(comes_to)?;
        Some((splice.file, splice.from.join(&pointer.as_str()[splice.at.as_str().len()..])))
    }

    /// Returns the place in the document of a place in another file, if the file was imported as a whole.
    pub(super) fn spliced(&self, file: usize, pointer: &Pointer) -> Option<Pointer> {
        let splice = self.splices.iter().find(|splice| splice.file == file && splice.from.contains(pointer))?;
        Some(splice.at.join(&pointer.as_str()[splice.from.as_str().len()..]))
    }

    /// The text of a file that is no tree, such as a description in Markdown; `None` where the path is not of such a file.
    pub(super) fn prose(&self, site: &Site) -> Option<String> {
        let ending = site.text.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        if site.text.contains('#') || matches!(ending.as_str(), "yaml" | "yml" | "json") || scheme(&site.text).is_some()
        {
            return None;
        }
        let path = below(&self.loaded[site.file].path, &decode(&site.text)?)?;
        let bytes = self.reader.read(&path).ok().filter(|bytes| bytes.len() <= self.limits.bytes)?;
        String::from_utf8(bytes).ok()
    }

    /// Parses the text of a reference.
    ///
    /// # Errors
    /// A finding at the reference: not well-formed, remote, out of the folder, a file that cannot be read.
    pub(super) fn read(
        &mut self,
        site: &Site,
        root: &Value,
        moves: &Moves,
        diagnostics: &mut Diagnostics,
    ) -> Result<Target, Box<Diagnostic>> {
        if site.slot == Slot::Dynamic("$recursiveRef") {
            return Ok(self.recursive(site));
        }
        let text = site.text.trim();
        if text != site.text {
            let message = format!("`{}` has spaces around it; `{text}` is meant", site.text);
            diagnostics.push(*site.fault(Rule::Forbidden, message));
        }
        let (path, written) = text.split_once('#').unwrap_or((text, ""));
        let fragment = decode(written).ok_or_else(|| bad(site, "the percent-encoding is broken"))?;
        let resource = if path.is_empty() { site.resource } else { self.resource(site, path, diagnostics)? };
        let (file, at) = self.resources.place(resource);
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let scope = self.resources.scope(&site.scope, site.resource);
            let dynamic = site.slot == Slot::Dynamic("$dynamicRef");
            return match self.resources.dynamic(resource, &fragment, &scope).filter(|_| dynamic) {
                Some((file, pointer)) => Ok(Target { file, pointer }),
                None => self.anchored(site, resource, &fragment),
            };
        }
        let pointer = Pointer::parse(&fragment).ok_or_else(|| bad(site, "`~` stands before neither 0 nor 1"))?;
        let target = Target { file, pointer: at.join(pointer.as_str()) };
        // A name with a percent sign of its own, which has to be encoded.
        if fragment != written
            && !self.exists(&target, root, moves)
            && let Some(meant) = Pointer::parse(written)
        {
            let meant = Target { file, pointer: at.join(meant.as_str()) };
            if self.exists(&meant, root, moves) {
                let message = format!("`{text}` leads to a name with `%`, which is written %25 in a reference");
                diagnostics.push(*site.fault(Rule::Forbidden, message));
                return Ok(meant);
            }
        }
        // `file.yaml#/` is the member without a name, which nobody means.
        if let Some(meant) = pointer.as_str().strip_suffix('/')
            && !self.exists(&target, root, moves)
        {
            let meant = Target { file, pointer: at.join(meant) };
            if self.exists(&meant, root, moves) {
                let message = format!("`{}` ends with a slash; it is taken without it", site.text);
                diagnostics.push(*site.fault(Rule::Forbidden, message));
                return Ok(meant);
            }
        }
        // A pointer is relative to the schema that has an `$id`; authors mean the document as often.
        if path.is_empty() && *at != Pointer::root() && !self.exists(&target, root, moves) {
            return Ok(Target { file, pointer });
        }
        Ok(target)
    }

    /// The schema that `$recursiveRef: '#'` leads to, which was the root of a document in 2019-09.
    fn recursive(&self, site: &Site) -> Target {
        let (file, at) = self.resources.place(site.resource);
        match &site.outermost {
            Some(outermost) if *at == Pointer::root() => Target { file: 0, pointer: outermost.clone() },
            _ => Target { file, pointer: at.clone() },
        }
    }

    fn exists(&self, target: &Target, root: &Value, moves: &Moves) -> bool {
        match target.file {
            0 => root.pointer(moves.follow(target.pointer.clone()).as_str()).is_some(),
            file => {
                let root = self.loaded[file].root.as_ref();
                root.is_some_and(|root| root.pointer(target.pointer.as_str()).is_some())
            }
        }
    }

    /// Resolves a reference without its fragment.
    fn resource(&mut self, site: &Site, path: &str, diagnostics: &mut Diagnostics) -> Result<usize, Box<Diagnostic>> {
        if let Some(known) = self.resources.named(site.resource, path) {
            return Ok(known);
        }
        let slashed = path.replace('\\', "/");
        let path = if slashed != path && scheme(path).is_none() {
            let message = format!("`{}` has backslashes; `{slashed}` is meant", site.text);
            diagnostics.push(*site.fault(Rule::Forbidden, message));
            &slashed
        } else {
            path
        };
        let relocated = self.resources.path(site.resource, path).filter(|_| scheme(path).is_none());
        let found = match relocated.and_then(|path| self.open(site, &path, 0, diagnostics).ok()) {
            Some(file) => Ok(file),
            None => self.open(site, path, site.file, diagnostics),
        };
        let found = found.or_else(|fault| self.beside_document(site, path, diagnostics).ok_or(fault));
        match found {
            Ok(file) => Ok(self.resources.of_file(file)),
            Err(fault) => self.resources.ending(path).ok_or(fault),
        }
    }

    fn anchored(&self, site: &Site, resource: usize, anchor: &str) -> Result<Target, Box<Diagnostic>> {
        let (file, _) = self.resources.place(resource);
        let places = self.resources.anchored(resource, anchor);
        let Some(first) = places.first() else {
            return Err(site.fault(Rule::DanglingReference, format!("no schema has the anchor `{anchor}`")));
        };
        // If there are two, the nearest one is meant.
        let near = |place: &&Pointer| site.outermost.as_ref().is_some_and(|outermost| outermost.contains(place));
        let pointer = places.iter().find(near).unwrap_or(first);
        Ok(Target { file, pointer: pointer.clone() })
    }

    /// The file that a reference in another file means if it counts from the document's folder, as some tools do.
    fn beside_document(&mut self, site: &Site, path: &str, diagnostics: &mut Diagnostics) -> Option<usize> {
        if site.file == 0 || scheme(path).is_some() {
            return None;
        }
        let file = self.open(site, path, 0, diagnostics).ok()?;
        let (from, name) = (&self.loaded[site.file].name, &self.loaded[file].name);
        let message =
            format!("`{}` leads to no file from {from}; {name} is taken, as counted from the document", site.text);
        diagnostics.push(*site.fault(Rule::Forbidden, message));
        Some(file)
    }

    /// The file that a path leads to from another.
    fn open(
        &mut self,
        site: &Site,
        path: &str,
        from: usize,
        diagnostics: &mut Diagnostics,
    ) -> Result<usize, Box<Diagnostic>> {
        let fail = |rule: Rule, message: String| Err(site.fault(rule, message));
        if let Some(scheme) = scheme(path) {
            let rule =
                if scheme.len() == 1 || scheme == "file" { Rule::ReferenceOutside } else { Rule::RemoteReference };
            return fail(rule, format!("`{}` is an address outside the spec's folder", site.text));
        }
        if path.starts_with("//") {
            return fail(Rule::RemoteReference, format!("`{}` is an address of another host", site.text));
        }
        let Some(path) = decode(path) else { return Err(bad(site, "the percent-encoding is broken")) };
        let Some(path) = below(&self.loaded[from].path, &path) else {
            return fail(Rule::ReferenceOutside, format!("`{}` leads out of the spec's folder", site.text));
        };
        if let Some(known) = self.loaded.iter().position(|file| file.path == path) {
            if known != 0 && self.loaded[known].root.is_none() {
                return fail(Rule::UnreadableFile, format!("{} could not be read", self.loaded[known].name));
            }
            return Ok(known);
        }
        let name = format!("{}{path}", self.folder);
        let bytes = match self.reader.read(&path) {
            Ok(bytes) => bytes,
            Err(FileError::Outside) => {
                return fail(Rule::ReferenceOutside, format!("{name} lies outside the spec's folder"));
            }
            Err(error) => return fail(Rule::UnreadableFile, format!("{name}: {error}")),
        };
        let source = Source { name: name.clone(), bytes };
        let document = read(&source, self.limits, diagnostics);
        diagnostics.keep(source);
        let readable = document.is_some();
        let root = document.map(|document| document.root);
        self.resources.add_file(&path);
        if let Some(root) = &root {
            self.resources.scan(self.loaded.len(), root);
        }
        self.loaded.push(LoadedFile { path, name: name.clone(), root });
        if !readable {
            return fail(Rule::UnreadableFile, format!("{name} could not be read"));
        }
        Ok(self.loaded.len() - 1)
    }
}

fn bad(site: &Site, why: &str) -> Box<Diagnostic> {
    site.fault(Rule::BadPointer, format!("`{}`: {why}", site.text))
}

/// The scheme of a URL, or a drive's letter.
fn scheme(path: &str) -> Option<&str> {
    let (scheme, _) = path.split_once(':')?;
    let valid = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    valid.then_some(scheme)
}

/// A path relative to a file, as one relative to the spec's folder without `.` and `..`; `None` where it leads out of it.
fn below(from: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains(['\\', '\0']) {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{below, scheme};

    #[test]
    fn paths_stay_below_the_folder() {
        assert_eq!(below("api.yaml", "./schemas/pet.yaml").as_deref(), Some("schemas/pet.yaml"));
        assert_eq!(below("schemas/pet.yaml", "../api.yaml").as_deref(), Some("api.yaml"));
        for path in ["../x.yaml", "/etc/passwd", "a\\b.yaml", "a/../../x", "a\0"] {
            assert_eq!(below("api.yaml", path), None, "{path}");
        }
    }

    #[test]
    fn schemes_are_seen() {
        assert_eq!(scheme("https://example.com/a"), Some("https"));
        assert_eq!(scheme("C:/a"), Some("C"));
        assert_eq!(scheme("a/b:c"), None);
    }
}
