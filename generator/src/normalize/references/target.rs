//! What the text of a reference means: a file, and a pointer into it.

use std::collections::HashMap;

use serde_json::Value;

use super::collect::{Site, Slot};
use crate::diagnostics::{Diagnostic, Diagnostics, Rule};
use crate::document::{FileError, Files, Limits, Pointer, Source, Trail, read};

/// Where a reference leads: file 0 is the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) file: usize,
    pub(super) pointer: Pointer,
}

/// The files that references lead into, and the names by which their schemas are known.
pub(super) struct Library<'a> {
    files: &'a dyn Files,
    limits: &'a Limits,
    /// The folder of the spec, as messages show it, with its slash.
    folder: String,
    volumes: Vec<Volume>,
    ids: HashMap<String, Pointer>,
    anchors: HashMap<(usize, String), Pointer>,
    grafts: Vec<Graft>,
}

/// A file.
struct Volume {
    /// Relative to the spec's folder.
    path: String,
    name: String,
    /// `None` for the spec, and for what could not be read.
    root: Option<Value>,
}

/// A part of a file that now stands in the document.
struct Graft {
    file: usize,
    from: Pointer,
    at: Pointer,
}

impl<'a> Library<'a> {
    pub(super) fn new(files: &'a dyn Files, limits: &'a Limits, spec: &str) -> Self {
        let (folder, path) = match spec.rfind('/') {
            Some(end) => spec.split_at(end + 1),
            None => ("", spec),
        };
        let volume = Volume { path: path.to_owned(), name: spec.to_owned(), root: None };
        Library {
            files,
            limits,
            folder: folder.to_owned(),
            volumes: vec![volume],
            ids: HashMap::new(),
            anchors: HashMap::new(),
            grafts: Vec::new(),
        }
    }

    /// The name of a file, as messages show it.
    pub(super) fn name(&self, file: usize) -> &str {
        &self.volumes[file].name
    }

    /// The name of a file without folder and ending.
    pub(super) fn stem(&self, file: usize) -> &str {
        let path = &self.volumes[file].path;
        let base = path.rsplit('/').next().unwrap_or(path);
        base.split('.').next().unwrap_or(base)
    }

    /// A copy of what stands in another file.
    pub(super) fn at(&self, file: usize, pointer: &Pointer) -> Option<Value> {
        self.volumes[file].root.as_ref()?.pointer(pointer.as_str()).cloned()
    }

    pub(super) fn identify(&mut self, id: &str, at: Pointer) {
        self.ids.entry(id.to_owned()).or_insert(at);
    }

    pub(super) fn anchor(&mut self, file: usize, anchor: &str, at: Pointer) {
        self.anchors.entry((file, anchor.to_owned())).or_insert(at);
    }

    pub(super) fn graft(&mut self, file: usize, from: Pointer, at: Pointer) {
        self.grafts.push(Graft { file, from, at });
    }

    /// The file that a place of the document was taken from whole.
    pub(super) fn graft_at(&self, trail: &Trail<'_>) -> Option<usize> {
        if self.grafts.is_empty() {
            return None;
        }
        let pointer = trail.pointer();
        self.grafts.iter().rev().find(|graft| graft.at.contains(&pointer)).map(|graft| graft.file)
    }

    /// Where a place of another file stands in the document, if it was taken whole.
    pub(super) fn grafted(&self, file: usize, pointer: &Pointer) -> Option<Pointer> {
        let graft = self.grafts.iter().find(|graft| graft.file == file && graft.from.contains(pointer))?;
        Some(graft.at.join(&pointer.as_str()[graft.from.as_str().len()..]))
    }

    /// Reads the text of a reference.
    ///
    /// # Errors
    /// A finding at the reference: not well-formed, remote, out of the folder, a file that cannot be read.
    pub(super) fn read(
        &mut self,
        site: &Site,
        root: &Value,
        diagnostics: &mut Diagnostics,
    ) -> Result<Target, Box<Diagnostic>> {
        if site.slot == Slot::Dynamic("$recursiveRef")
            && let Some(outermost) = &site.outermost
        {
            return Ok(Target { file: 0, pointer: outermost.clone() });
        }
        let (path, fragment) = site.text.split_once('#').unwrap_or((&site.text, ""));
        let fragment = decode(fragment).ok_or_else(|| bad(site, "the percent-encoding is broken"))?;
        if let Some(resource) = self.known(path) {
            return self.within(site, resource, &fragment);
        }
        let file = if path.is_empty() { site.file } else { self.open(site, path, diagnostics)? };
        if fragment.is_empty() || fragment.starts_with('/') {
            let pointer = Pointer::parse(&fragment).ok_or_else(|| bad(site, "`~` stands before neither 0 nor 1"))?;
            // A pointer is relative to the schema that has an `$id`; authors mean the document as often.
            if let Some(resource) = site.resource.as_ref().filter(|_| path.is_empty()) {
                let inner = resource.join(pointer.as_str());
                if root.pointer(inner.as_str()).is_some() {
                    return Ok(Target { file: 0, pointer: inner });
                }
            }
            return Ok(Target { file, pointer });
        }
        match self.anchors.get(&(file, fragment.clone())) {
            Some(pointer) => Ok(Target { file: 0, pointer: pointer.clone() }),
            None if file == 0 => {
                Err(site.fault(Rule::DanglingReference, format!("no schema has the anchor `{fragment}`")))
            }
            None => self.foreign_anchor(site, file, &fragment),
        }
    }

    /// The schema that has an `$id`.
    fn known(&self, path: &str) -> Option<Pointer> {
        if path.is_empty() {
            return None;
        }
        let exact = self.ids.get(path);
        // An `$id` may be relative as well, or this may be relative to its folder.
        exact
            .or_else(|| {
                let mut ending: Vec<_> = self
                    .ids
                    .iter()
                    .filter(|(id, _)| id.strip_suffix(path).is_some_and(|rest| rest.ends_with('/')))
                    .collect();
                ending.sort();
                ending.first().map(|(_, pointer)| *pointer)
            })
            .cloned()
    }

    fn within(&self, site: &Site, resource: Pointer, fragment: &str) -> Result<Target, Box<Diagnostic>> {
        if fragment.is_empty() || fragment.starts_with('/') {
            let inner = Pointer::parse(fragment).ok_or_else(|| bad(site, "`~` stands before neither 0 nor 1"))?;
            return Ok(Target { file: 0, pointer: resource.join(inner.as_str()) });
        }
        let anchor = self
            .anchors
            .iter()
            .filter(|((_, name), at)| name == fragment && resource.contains(at))
            .map(|(_, at)| at)
            .min();
        match anchor {
            Some(pointer) => Ok(Target { file: 0, pointer: pointer.clone() }),
            None => Err(site.fault(Rule::DanglingReference, format!("no schema has the anchor `{fragment}`"))),
        }
    }

    fn foreign_anchor(&self, site: &Site, file: usize, anchor: &str) -> Result<Target, Box<Diagnostic>> {
        let found = self.volumes[file].root.as_ref().and_then(|root| find_anchor(root, anchor, &Pointer::root()));
        match found {
            Some(pointer) => Ok(Target { file, pointer }),
            None => Err(site.fault(Rule::DanglingReference, format!("no schema has the anchor `{anchor}`"))),
        }
    }

    /// The file that a path leads to from where a reference stands.
    fn open(&mut self, site: &Site, path: &str, diagnostics: &mut Diagnostics) -> Result<usize, Box<Diagnostic>> {
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
        let Some(path) = below(&self.volumes[site.file].path, &path) else {
            return fail(Rule::ReferenceOutside, format!("`{}` leads out of the spec's folder", site.text));
        };
        if let Some(known) = self.volumes.iter().position(|volume| volume.path == path) {
            if known != 0 && self.volumes[known].root.is_none() {
                return fail(Rule::UnreadableFile, format!("{} could not be read", self.volumes[known].name));
            }
            return Ok(known);
        }
        let name = format!("{}{path}", self.folder);
        let bytes = match self.files.read(&path) {
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
        self.volumes.push(Volume { path, name: name.clone(), root: document.map(|document| document.root) });
        if !readable {
            return fail(Rule::UnreadableFile, format!("{name} could not be read"));
        }
        Ok(self.volumes.len() - 1)
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

/// Text without percent-encoding (RFC 3986, section 2.1); `None` where it is broken, or hides what is not UTF-8.
fn decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn find_anchor(value: &Value, anchor: &str, at: &Pointer) -> Option<Pointer> {
    match value {
        Value::Object(members) => {
            let named = ["$anchor", "$dynamicAnchor"]
                .iter()
                .any(|key| members.get(*key).and_then(Value::as_str) == Some(anchor));
            if named {
                return Some(at.clone());
            }
            members.iter().find_map(|(key, value)| find_anchor(value, anchor, &at.child(key)))
        }
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| find_anchor(item, anchor, &at.child(index)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{below, decode, scheme};

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

    #[test]
    fn broken_encodings_are_refused() {
        assert_eq!(decode("%7Bid%7D").as_deref(), Some("{id}"));
        for text in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
