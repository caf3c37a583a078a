//! Documented responses, decided one by one, and the outcomes that they make together.

use crate::ir::{Media, Response};
use crate::plan::naming::namer::Namer;
use crate::plan::naming::status;
use crate::plan::operations::media;
use crate::plan::types::mapping::Types;
use crate::rust::name::{Case, Name, Scope};
use crate::rust::{Arm, BodyEncoding, Decode, Namespace, Outcome, OutcomeKind, OutcomeVariant, StatusPattern, Type};

/// One documented response, with its planned decoder.
#[derive(Clone)]
pub(crate) struct Reply<'r> {
    pub(crate) pattern: StatusPattern,
    pub(crate) ty: Type,
    pub(crate) written: BodyEncoding,
    pub(crate) response: &'r Response,
    /// The media type that was chosen, where there is a body.
    pub(crate) media: Option<&'r Media>,
    /// True if this is the text that is described beside JSON.
    pub(crate) of_text: bool,
}

/// The scopes that outcomes share: the names of the module and of the call's setters.
pub(crate) struct Names<'a, 'n> {
    /// The key of the operation's names.
    pub(crate) key: &'a str,
    /// The stem of the names of enums and markers.
    pub(crate) stem: &'a str,
    /// The names of the module.
    pub(crate) module: &'a mut Scope,
    /// The namespace of the names.
    pub(crate) space: &'a Namespace,
    /// The names of the call's setters.
    pub(crate) setters: &'a mut Scope,
    pub(crate) namer: &'a mut Namer<'n>,
}

impl Names<'_, '_> {
    /// Claims the name of a type of the module that belongs to the operation.
    pub(crate) fn claim(&mut self, what: &str) -> Name {
        let (what, key, stem) = (what.trim(), self.key, self.stem);
        let (key, candidate) = (format!("{key} {what}"), format!("{stem} {what}"));
        self.namer.claim(self.module, self.space, &key, &[&candidate], Case::Type)
    }
}

/// The media type that is requested, of those that a response may have.
pub(crate) fn chosen<'r>(types: Types<'_>, response: &'r Response) -> Option<&'r Media> {
    response.content.iter().min_by_key(|media| media::rank(types, media))
}

/// Success as one type, or as an enum if statuses differ.
///
/// `alternate_response` is the setter that selects it, if it is not the operation's own.
pub(crate) fn output(success: &[Reply<'_>], names: &mut Names<'_, '_>, alternate_response: &str) -> Outcome {
    let Some(first) = success.first() else { return Outcome { kind: OutcomeKind::Single(Type::Unit) } };
    let differs = |reply: &Reply<'_>| reply.ty != first.ty || reply.pattern == StatusPattern::Code(304);
    if !success.iter().skip(1).any(differs) {
        return Outcome { kind: OutcomeKind::Single(first.ty.clone()) };
    }
    let name = names.claim(&format!("{alternate_response} Output"));
    Outcome { kind: OutcomeKind::Enum(name, variants(success)) }
}

pub(crate) fn variants(replies: &[Reply<'_>]) -> Vec<OutcomeVariant> {
    let candidate = |reply: &Reply<'_>| match (word(reply.pattern), reply.of_text) {
        (word, true) => format!("{word} Text"),
        (word, false) => word,
    };
    let candidates: Vec<String> = replies.iter().map(candidate).collect();
    let names = Scope::new().claim_all(candidates.iter().map(String::as_str), Case::Variant);
    let variant = |(name, reply): (_, &Reply<'_>)| OutcomeVariant {
        name,
        ty: (reply.ty != Type::Unit).then(|| reply.ty.clone()),
        status: reply.pattern,
        of_text: reply.of_text,
        description: reply.response.description.clone(),
    };
    names.into_iter().zip(replies).map(variant).collect()
}

fn word(pattern: StatusPattern) -> String {
    match pattern {
        StatusPattern::Code(code) => status::name(code),
        StatusPattern::Range(digit) => status::range_name(digit).to_owned(),
        StatusPattern::Any => "Default".to_owned(),
    }
}

/// Returns the decoder of each status.
pub(crate) fn arms(replies: &[Reply<'_>], outcome: &Outcome, success: bool) -> Vec<Arm> {
    let arm = |(index, reply): (usize, &Reply<'_>)| {
        let variant = match &outcome.kind {
            OutcomeKind::Enum(_, variants) => variants.get(index).map(|variant| variant.name.clone()),
            OutcomeKind::Single(_) | OutcomeKind::Undocumented => None,
        };
        let status = match (success, reply.pattern) {
            (true, StatusPattern::Any) => StatusPattern::Range(2),
            (_, pattern) => pattern,
        };
        let written = reply.written.clone();
        let decode = if success { Decode::Output(variant, written) } else { Decode::Failure(variant, written) };
        Arm { status, of_text: reply.of_text, decode }
    };
    replies.iter().enumerate().map(arm).collect()
}
