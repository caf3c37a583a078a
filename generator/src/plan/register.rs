//! The register of names: what had a name keeps it, and what is new gets one that is free.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::diagnostics::{Diagnostics, Rule, Severity};
use crate::rust::name::{Case, Name, Scope};
use crate::rust::{Given, Space};

/// Names as they were given before, and as they are given now.
pub(super) struct Register<'a> {
    before: &'a Given,
    after: Mutex<Given>,
}

impl<'a> Register<'a> {
    pub(super) fn new(before: &'a Given) -> Self {
        Register { before, after: Mutex::default() }
    }

    /// The name that a bearer had.
    pub(super) fn before(&self, space: &Space, bearer: &str) -> Option<&'a str> {
        self.before.get(space, bearer)
    }

    /// All names that were given in a namespace, by bearer.
    pub(super) fn names(&self, space: &Space) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.before.names(space)
    }

    /// Keeps the names of bearers that are still there until they claim them. What is gone leaves its name to others.
    pub(super) fn promise(&self, scope: &mut Scope, space: &Space, is_there: impl Fn(&str) -> bool) {
        self.names(space).filter(|(bearer, _)| is_there(bearer)).for_each(|(_, name)| scope.promise(name));
    }

    /// Claims names for many at once, each with what bears it and what it would like to be called. Of several that bear the same, each
    /// after the first has a number, so that none is given another's name the next time.
    pub(super) fn claim_all<'w>(
        &self,
        scope: &mut Scope,
        space: &Space,
        wishes: impl IntoIterator<Item = (&'w str, &'w str)>,
        case: Case,
    ) -> Vec<Name> {
        let mut borne: HashMap<&str, usize> = HashMap::new();
        let mut numbered = |bearer: &'w str| -> Cow<'w, str> {
            let count = borne.entry(bearer).or_default();
            *count += 1;
            if *count == 1 { bearer.into() } else { format!("{bearer} ({count})").into() }
        };
        let wishes: Vec<(Cow<'_, str>, &str)> =
            wishes.into_iter().map(|(bearer, wish)| (numbered(bearer), wish)).collect();
        let kept = wishes.iter().map(|(bearer, _)| scope.keep(self.before(space, bearer)?));
        let mut names: Vec<Option<Name>> = kept.collect();
        let fresh = wishes.iter().zip(&names).filter(|(_, name)| name.is_none()).map(|((_, wish), _)| *wish);
        let mut claimed = scope.claim_all(fresh, case).into_iter();
        names.iter_mut().filter(|name| name.is_none()).for_each(|name| *name = claimed.next());
        let names: Vec<Name> = names.into_iter().flatten().collect();
        for ((bearer, _), name) in wishes.iter().zip(&names) {
            self.note(space, bearer, name);
        }
        names
    }

    /// Claims a name for one, by the first of its wishes that is free.
    pub(super) fn claim(&self, scope: &mut Scope, space: &Space, bearer: &str, wishes: &[&str], case: Case) -> Name {
        let kept = self.before(space, bearer).and_then(|name| scope.keep(name));
        let name = kept.unwrap_or_else(|| scope.claim_first(wishes, case));
        self.note(space, bearer, &name);
        name
    }

    /// Claims the variants of an enum, and the one that keeps what isn't among them: no value that is added later takes its name.
    pub(super) fn claim_variants<'w>(
        &self,
        item: &str,
        wishes: impl IntoIterator<Item = (&'w str, &'w str)>,
        other: &[&str],
    ) -> (Vec<Name>, Name) {
        /// No wish of a document's has a bracket in front by chance: values are told from it by its being no value.
        const OTHER: &str = "(any other)";
        let (mut scope, space) = (Scope::new(), Space::variants(item));
        self.promise(&mut scope, &space, |bearer| bearer == OTHER);
        let names = self.claim_all(&mut scope, &space, wishes, Case::Variant);
        let other = self.claim(&mut scope, &space, OTHER, other, Case::Variant);
        (names, other)
    }

    /// Writes down a name that was given by other rules.
    pub(super) fn note(&self, space: &Space, bearer: &str, name: &Name) {
        self.after.lock().unwrap_or_else(PoisonError::into_inner).note(space, bearer, name);
    }

    /// The names as they are now. Each that is not what it was is an error at its place in `file`, or, if renaming is
    /// accepted, a warning.
    pub(super) fn finish(self, file: &str, accept: bool, diagnostics: &mut Diagnostics) -> Given {
        let after = self.after.into_inner().unwrap_or_else(PoisonError::into_inner);
        for renamed in self.before.renamed(&after) {
            let message = format!(
                "`{}` was called `{}`, and {} `{}`",
                renamed.bearer,
                renamed.before,
                if accept { "is now" } else { "would have to be" },
                renamed.after
            );
            let mut finding = Rule::NameNotKept.in_file(file, renamed.pointer).because(message);
            if accept {
                finding.severity = Severity::Warning;
            }
            diagnostics.push(finding);
        }
        after
    }
}
