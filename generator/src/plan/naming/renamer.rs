//! The names that the user of the crate chose: each takes precedence over the recorded one, and is accounted for.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostics::{Diagnostic, Diagnostics, Rule};
use crate::ir::{Api, SchemaId};
use crate::place::Pointer;
use crate::plan::naming::component_name::key;
use crate::plan::naming::occurrence::Occurrence;
use crate::rust::name::Name;
use crate::rust::{Namespace, Rename, Renames, fits};

/// The chosen names, with the parts of the document at their JSON pointers.
#[derive(Clone, Debug, Default)]
pub struct ChosenNames {
    /// The names.
    pub renames: Renames,
    /// The file that states them, as findings name it, and the client's table in it.
    pub stated: (String, Pointer),
    /// The schemas at JSON pointers into the document.
    pub schemas: HashMap<String, Vec<SchemaId>>,
    /// The operations at JSON pointers into the document, by their indices.
    pub operations: HashMap<String, usize>,
}

impl ChosenNames {
    /// The names of the types of the schemas at a JSON pointer.
    pub(crate) fn types_at(&self, pointer: &str, names: &HashMap<SchemaId, Name>) -> Vec<String> {
        let ids = self.schemas.get(pointer).into_iter().flatten();
        ids.filter_map(|id| names.get(id)).map(|name| name.bare().to_owned()).collect()
    }

    /// A finding about a place in the client's table.
    pub(crate) fn finding(&self, rule: Rule, place: &Pointer) -> Diagnostic {
        let (file, table) = &self.stated;
        let at = place.tokens().fold(table.clone(), |at, token| at.child(token.as_ref()));
        rule.in_file(file, at)
    }

    /// States the chosen names of components in the API, so that the types that are named after them follow.
    pub fn state(&self, api: &mut Api) {
        let renames = self.renames.all();
        for component in &api.components {
            let at = |it: &Rename| self.schemas.get(&it.key).is_some_and(|ids| ids.contains(&component.schema));
            let mut of_types = renames.iter().filter(|it| it.kind == "types");
            let found = of_types.find_map(|it| it.name_of(&component.name).or_else(|| at(it).then(|| it.name.clone())));
            if let Some(name) = found {
                api.schemas.get_mut(component.schema).docs.name = Some(name);
            }
        }
    }
}

/// The mark of the key of a component's sent form.
const SENT: &str = " (sent)";

/// Finds the chosen name of each key, and notices which are used.
pub(crate) struct Renamer {
    entries: Vec<Entry>,
}

struct Entry {
    rename: Rename,
    /// The keys at the pointer that the key is.
    keys: Option<BTreeSet<String>>,
    /// The owners at the pointer that the owner is.
    owners: Option<BTreeSet<String>>,
    is_used: bool,
    /// The key that could not have the name, and the one that has it, if that is known.
    clash: Option<(String, Option<String>)>,
}

impl Renamer {
    pub(crate) fn new(chosen: &ChosenNames, api: &Api) -> Self {
        let entry = |rename: Rename| {
            let is_pointer = rename.key.starts_with('/') && rename.owner.is_none();
            let operation = chosen.operations.get(&rename.key).map(|index| api.operations[*index].key().to_string());
            let id_keys = || {
                let named = api.operations.iter().filter(|it| it.id.as_deref() == Some(rename.key.as_str()));
                named.map(|it| it.key().to_string()).collect::<BTreeSet<_>>()
            };
            let keys = match rename.kind {
                "methods" if is_pointer => Some(operation.into_iter().collect()),
                "methods" => Some(id_keys()).filter(|keys| !keys.is_empty()),
                "types" if is_pointer => Some(BTreeSet::new()),
                _ => None,
            };
            let owners = rename.owner.as_ref().filter(|owner| owner.starts_with('/')).map(|_| BTreeSet::new());
            Entry { rename, keys, owners, is_used: false, clash: None }
        };
        Renamer { entries: chosen.renames.all().into_iter().map(entry).collect() }
    }

    /// Returns whether no name was chosen.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Finds the keys of the types at pointers.
    pub(crate) fn locate_types(&mut self, chosen: &ChosenNames, api: &Api, occurrences: &[Occurrence]) {
        for entry in self.entries.iter_mut().filter(|entry| entry.rename.kind == "types") {
            let (Some(keys), Some(ids)) = (&mut entry.keys, chosen.schemas.get(&entry.rename.key)) else { continue };
            let components = api.components.iter().filter(|it| ids.contains(&it.schema) && !it.is_sent_form());
            keys.extend(components.map(|component| key(component).into_owned()));
            let inline = occurrences.iter().filter(|it| ids.contains(&it.schema));
            keys.extend(inline.map(|occurrence| occurrence.place.clone()));
        }
    }

    /// Finds the names of the types that are owners at pointers.
    pub(crate) fn locate_owners(&mut self, chosen: &ChosenNames, names: &HashMap<SchemaId, Name>) {
        for entry in &mut self.entries {
            let (Some(owners), Some(at)) = (&mut entry.owners, &entry.rename.owner) else { continue };
            owners.extend(chosen.types_at(at, names));
        }
    }

    /// The chosen name of a key.
    pub(crate) fn name(&self, space: &Namespace, key: &str) -> Option<String> {
        let base = || {
            let (_, name) = self.find(space, key.strip_suffix(SENT)?)?;
            Some(format!("{name}Input"))
        };
        match self.find(space, key) {
            // A pattern of components is not one of their sent forms, whose names follow.
            Some((index, _)) if self.entries[index].rename.key.contains('*') && key.ends_with(SENT) => base(),
            Some((_, name)) => Some(name),
            None => base(),
        }
    }

    fn find(&self, space: &Namespace, key: &str) -> Option<(usize, String)> {
        let of_kind = self.entries.iter().enumerate().filter(|(_, entry)| entry.rename.kind == space.kind);
        of_kind.into_iter().find_map(|(index, entry)| Some((index, entry.name_of(space, key)?)))
    }

    /// Notes that a key got a name.
    pub(crate) fn settle(&mut self, space: &Namespace, key: &str, name: &Name) {
        if let Some((index, wanted)) = self.find(space, key) {
            let entry = &mut self.entries[index];
            let is_of_sent_form = entry.rename.key.contains('*') && key.ends_with(SENT);
            entry.is_used = true;
            if wanted != name.as_str() && !is_of_sent_form {
                entry.clash.get_or_insert((key.to_owned(), None));
            }
        }
    }

    /// Notes that a key got the name that another key would have.
    pub(crate) fn took(&mut self, space: &Namespace, key: &str, other: &str) {
        if let Some((index, _)) = self.find(space, key) {
            self.entries[index].clash = Some((key.to_owned(), Some(other.to_owned())));
        }
    }

    /// Reports the choices that could not be followed.
    pub(crate) fn report(&self, chosen: &ChosenNames, diagnostics: &mut Diagnostics) {
        for Entry { rename, is_used, clash, .. } in &self.entries {
            if let Some((key, other)) = clash {
                let name = rename.name_of(key).unwrap_or_else(|| rename.name.clone());
                let because = match other {
                    Some(other) => format!("the name belongs to `{other}`"),
                    None => "the name is taken or reserved".to_owned(),
                };
                let message = format!("`{key}` can't be called `{name}`: {because}");
                diagnostics.push(chosen.finding(Rule::RenameClashes, &rename.at).message(message));
            } else if !is_used {
                let kind = rename.kind;
                let message = match &rename.owner {
                    Some(owner) => format!("none of the {kind} of `{owner}` is `{}`", rename.key),
                    None => format!("none of the {kind} is `{}`", rename.key),
                };
                diagnostics.push(chosen.finding(Rule::RenameForNothing, &rename.at).message(message));
            }
        }
    }
}

impl Entry {
    fn name_of(&self, space: &Namespace, key: &str) -> Option<String> {
        let is_owner = match (&self.owners, &self.rename.owner, &space.owner) {
            (Some(owners), _, Some(owner)) => owners.contains(owner),
            (None, Some(pattern), Some(owner)) => fits(pattern, owner),
            (_, None, None) => true,
            _ => false,
        };
        // A pattern of components is not one of their parts.
        let is_inside = |text: &str| text.contains(" > ");
        let is_part = self.rename.key.contains('*') && is_inside(key) && !is_inside(&self.rename.key);
        match &self.keys {
            _ if !is_owner || is_part => None,
            Some(keys) => keys.contains(key).then(|| self.rename.name.clone()),
            None => self.rename.name_of(key),
        }
    }
}
