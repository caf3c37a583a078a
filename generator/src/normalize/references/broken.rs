//! References without a usable target, and the consequences for their places.
//!
//! In a part of operations or types, such a reference is an error, and is replaced by a neutral value, so that the rest can be checked. A
//! header, an example, a link, a callback, a security scheme, the response to a failure or a part of its body, or prose is left out with a
//! warning, and so is a component that nothing uses.

use serde_json::{Value, json};

use super::super::failures::{Answer, Successes, answer_at, is_failure};
use super::super::grammar::Kind;
use super::super::left_out::dependents;
use super::super::usage;
use super::gathering::Gathering;
use super::site::{Site, Slot, Want, is_component, is_whole_component};
use super::suggestions;
use crate::diagnostics::{Diagnostic, Rule};
use crate::place::Pointer;

impl Gathering<'_> {
    /// Reports a fault of a reference, and removes the reference.
    pub(super) fn fault(&mut self, site: &Site, fault: Diagnostic) {
        if let Slot::Mapping(key) = &site.slot {
            let message = suggestions::mapping(key, &site.text, &fault.message);
            let found = Rule::DanglingMapping.at(site.at.child(key)).message(message);
            self.diagnostics.push(found.suggest(suggestions::schema_called(self.root, &site.text)));
            if let Some(Value::Object(mapping)) = self.root.pointer_mut(site.at.as_str()) {
                mapping.shift_remove(key);
            }
            return;
        }
        if fault.rule == Rule::RemoteReference && is_whole_component(self.version, site) {
            return self.remote.push((site.clone(), fault));
        }
        if let Some(component) = self.unused_component(&site.at) {
            let message = usage::left_out(&fault.message, &component);
            self.diagnostics.push(self.as_warning(fault, message));
            self.diagnostics.resolve(self.origins);
            usage::remove(self.root, &component);
            self.gone.insert(component);
            return;
        }
        if answer_at(&site.at, self.version).is_some_and(|answer| answer.shared && answer.body.is_some()) {
            return self.bodies.push((site.clone(), fault));
        }
        self.refuse(site, fault);
    }

    /// Reports a fault in a part that is used.
    pub(super) fn refuse(&mut self, site: &Site, fault: Diagnostic) {
        let fault = match self.effect(site) {
            Some(effect) => {
                let message = format!("{}; {effect}", fault.message);
                self.as_warning(fault, message)
            }
            None => fault,
        };
        self.diagnostics.push_or_join(fault, self.origins);
        self.diagnostics.resolve(self.origins);
        self.neutralize(site);
    }

    fn as_warning(&self, fault: Diagnostic, message: String) -> Diagnostic {
        let found = Diagnostic::new(Rule::LeftOut, fault.place).message(message);
        let found = match fault.help {
            Some(help) => found.help(help),
            None => found.help(fault.rule.entry().way_out),
        };
        fault.related.into_iter().fold(found, |found, (place, label)| found.related_at(place, label))
    }

    /// The component that a place is in, if nothing uses it.
    fn unused_component(&mut self, at: &Pointer) -> Option<Pointer> {
        let component = usage::component_of(at, self.version)?;
        let unused = self.unused.get_or_insert_with(|| usage::unused(self.root, self.version));
        unused.contains(&component).then_some(component)
    }

    /// Returns whether a response answers failures only.
    fn fails(&self, answer: &Answer) -> bool {
        match &self.successes {
            Some(successes) => successes.lack(self.root, answer),
            None => !answer.shared && is_failure(self.root, &answer.response),
        }
    }

    fn is_success(&self, at: &Pointer) -> bool {
        answer_at(at, self.version).is_some_and(|answer| !answer.shared && !is_failure(self.root, &answer.response))
    }

    /// Leaves out what refers to a component that was left out: nothing uses it either.
    pub(super) fn leave_out_dependents(&mut self) {
        let (gone, unused) = (std::mem::take(&mut self.gone), self.unused.take().unwrap_or_default());
        if gone.is_empty() {
            return;
        }
        let (gone, findings) = dependents(self.root, self.version, &unused, gone);
        findings.into_iter().for_each(|finding| self.diagnostics.push(finding));
        self.diagnostics.resolve(self.origins);
        gone.iter().for_each(|part| usage::remove(self.root, part));
    }

    /// Reports the faults in the bodies of shared responses, now that all uses of these are known.
    pub(super) fn judge_bodies(&mut self) {
        let faults = std::mem::take(&mut self.bodies);
        if !faults.is_empty() {
            self.successes = Some(Successes::of(self.root));
        }
        for (site, fault) in faults {
            self.refuse(&site, fault);
        }
    }

    /// The fate of a part that operations and types can do without; `None` where they can't.
    fn effect(&self, site: &Site) -> Option<String> {
        let kind = match site.want {
            Want::Text => return Some("it is left out".to_owned()),
            Want::One(kind) | Want::Loose(kind) | Want::Map(kind) | Want::List(kind) | Want::Whole(kind) => kind,
        };
        match kind {
            // The response to success is a part of the operation.
            Kind::Response if self.is_success(&site.at) => None,
            Kind::Schema => {
                let answer = answer_at(&site.at, self.version).filter(|answer| answer.body.is_some())?;
                let fails = self.fails(&answer);
                fails.then(|| "any value is taken in its place, in the body of a failure".to_owned())
            }
            Kind::Response => Some("the response is taken as one without a body".to_owned()),
            Kind::Header
            | Kind::Example
            | Kind::Link
            | Kind::Callback
            | Kind::SecurityScheme
            | Kind::Tag
            | Kind::ExternalDocs
            | Kind::Contact
            | Kind::License => Some(format!("the {} is left out", kind.name())),
            _ => None,
        }
    }

    /// Replaces a reference by a neutral value.
    fn neutralize(&mut self, site: &Site) {
        let removed = match site.want {
            Want::Text | Want::List(_) | Want::Map(_) => true,
            Want::One(Kind::SecurityScheme) => true,
            // Without its reference, such an object would lack what it needs.
            Want::Loose(Kind::ExternalDocs | Kind::License | Kind::Contact) => true,
            Want::One(kind @ (Kind::Header | Kind::Example | Kind::Link | Kind::Callback)) => {
                !is_component(self.version, &site.at, kind)
            }
            _ => false,
        };
        if removed {
            return usage::remove(self.root, &site.at);
        }
        let Some(place) = self.root.pointer_mut(site.at.as_str()) else { return };
        let neutral = match site.want {
            Want::One(Kind::Response) => json!({ "description": "" }),
            Want::One(Kind::RequestBody) => json!({ "content": {} }),
            Want::One(Kind::Header) => json!({ "schema": {} }),
            Want::One(Kind::Link) => json!({ "operationId": "" }),
            Want::Loose(Kind::Tag) => json!({ "name": "" }),
            Want::One(Kind::Parameter) => {
                let name = site.text.rsplit(['/', '#']).next().unwrap_or_default();
                json!({ "name": name, "in": "query", "schema": {} })
            }
            _ => {
                if let Value::Object(members) = place {
                    members.retain(|key, _| !matches!(key.as_str(), "$ref" | "$dynamicRef" | "$recursiveRef"));
                }
                return;
            }
        };
        *place = neutral;
    }
}
