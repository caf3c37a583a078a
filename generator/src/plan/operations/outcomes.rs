//! Outcomes: the output of success, and one enum of the documented errors.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::ir::{Media, Response, Status};
use crate::plan::naming::namer::Namer;
use crate::plan::naming::status;
use crate::plan::operations::alternate_responses::{self, Replies};
use crate::plan::operations::media;
use crate::plan::types::mapping::Types;
use crate::rust::name::{Case, Name, Scope};
use crate::rust::{
    AlternateResponse, Arm, BodyEncoding, Decode, Namespace, Outcome, OutcomeKind, OutcomeVariant, StatusPattern, Type,
};

/// The outcomes of an operation.
pub(crate) struct Outcomes {
    pub(crate) output: Outcome,
    pub(crate) failure: Outcome,
    pub(crate) arms: Vec<Arm>,
    pub(crate) accept: Vec<String>,
    pub(crate) streaming: bool,
    pub(crate) alternate_responses: Vec<AlternateResponse>,
}

/// One documented response, decided.
#[derive(Clone)]
pub(crate) struct Reply<'r> {
    pub(crate) pattern: StatusPattern,
    pub(crate) ty: Type,
    pub(crate) written: BodyEncoding,
    pub(crate) response: &'r Response,
    /// The media type that was chosen, where there is a body.
    pub(crate) media: Option<&'r Media>,
}

/// The scopes that outcomes share: the names of the module and of the call's setters.
pub(crate) struct Names<'a> {
    /// The operation, as its names are written down.
    pub(crate) key: &'a str,
    /// The stem of the names of enums and markers.
    pub(crate) stem: &'a str,
    /// The names of the module.
    pub(crate) module: &'a mut Scope,
    /// The namespace of the names.
    pub(crate) space: &'a Namespace,
    /// The names of the call's setters.
    pub(crate) setters: &'a mut Scope,
}

impl Names<'_> {
    /// Claims the name of a type of the module that belongs to the operation.
    pub(crate) fn claim(&mut self, namer: &Namer<'_>, what: &str) -> Name {
        let (what, key, stem) = (what.trim(), self.key, self.stem);
        let (key, candidate) = (format!("{key} {what}"), format!("{stem} {what}"));
        namer.claim(self.module, self.space, &key, &[&candidate], Case::Type)
    }
}

/// Plans the outcomes.
pub(crate) fn outcomes(
    types: Types<'_>,
    responses: &[Response],
    names: &mut Names<'_>,
    diagnostics: &mut Diagnostics,
) -> Outcomes {
    let replies: Vec<Reply<'_>> = responses.iter().map(|response| reply(types, response)).collect();
    let (mut success, failure) = split(&replies);
    let streaming = stream(types, &mut success);
    let accept: BTreeSet<String> =
        success.iter().chain(&failure).filter_map(|reply| Some(reply.media?.content_type.clone())).collect();
    let output = output(types.namer, &success, names, "");
    let failed = failed(types.namer, &failure, names);
    let mut arms = arms(&success, &output, true);
    if arms.is_empty() {
        let decode = Decode::Output(None, BodyEncoding::Nothing);
        arms.push(Arm { status: StatusPattern::Range(2), decode });
    }
    let failures = self::arms(&failure, &failed, false);
    let replies = Replies { success: &success, failed: &failure, failures: &failures };
    let alternate_responses = alternate_responses::alternate_responses(types, &replies, names, diagnostics);
    arms.extend(failures);
    // `default` may stand on both sides: as success it is what any 2xx gives.
    arms.sort_by_key(|arm| arm.status);
    Outcomes { output, failure: failed, arms, accept: accept.into_iter().collect(), streaming, alternate_responses }
}

fn reply<'r>(types: Types<'_>, response: &'r Response) -> Reply<'r> {
    let pattern = match response.status {
        Status::Code(code) => StatusPattern::Code(code),
        Status::Range(digit) => StatusPattern::Range(digit),
        Status::Default => StatusPattern::Any,
    };
    // RFC 9110 §15.3.5, §15.3.6, §15.4.5: these never have a body, whatever a document says.
    let bodiless = matches!(response.status, Status::Code(100..=199 | 204 | 205 | 304));
    let media = response.content.iter().min_by_key(|media| media::rank(types, media)).filter(|_| !bodiless);
    let (ty, written) = media.map_or((Type::Unit, BodyEncoding::Nothing), |media| media::whole(types, media));
    Reply { pattern, ty, written, response, media }
}

/// An operation that gives nothing but streams hands them over as such.
fn stream(types: Types<'_>, success: &mut [Reply<'_>]) -> bool {
    let streams: Vec<_> = success.iter().map(|reply| reply.media.map(|media| media::streamed(types, media))).collect();
    let all = streams.iter().flatten().all(Option::is_some) && streams.iter().flatten().next().is_some();
    if all {
        for (reply, stream) in success.iter_mut().zip(streams) {
            if let Some((ty, written)) = stream.flatten() {
                (reply.ty, reply.written) = (ty, written);
            }
        }
    }
    all
}

/// Success: 2xx; where none is documented, a redirection or a switch of protocols; else `default` for any 2xx.
fn split<'r>(replies: &[Reply<'r>]) -> (Vec<Reply<'r>>, Vec<Reply<'r>>) {
    let is_success =
        |reply: &&Reply<'_>| matches!(reply.pattern, StatusPattern::Code(200..=299) | StatusPattern::Range(2));
    let is_other_end = |reply: &&Reply<'_>| matches!(reply.pattern, StatusPattern::Code(100..=199 | 300..=399) | StatusPattern::Range(1 | 3));
    let mut success: Vec<Reply<'_>> = replies.iter().filter(is_success).cloned().collect();
    if success.is_empty() {
        success = replies.iter().filter(is_other_end).cloned().collect();
    }
    let failure = replies.iter().filter(|reply| !success.iter().any(|taken| taken.pattern == reply.pattern));
    let failure = failure.cloned().collect();
    if success.is_empty() {
        success = replies.iter().filter(|reply| reply.pattern == StatusPattern::Any).cloned().collect();
    }
    (success, failure)
}

/// Success as one type, or as an enum where statuses differ.
///
/// `variation` is the setter that asks for it, if it isn't what the operation gives by itself.
pub(crate) fn output(
    namer: &Namer<'_>,
    success: &[Reply<'_>],
    names: &mut Names<'_>,
    alternate_response: &str,
) -> Outcome {
    let Some(first) = success.first() else { return Outcome { kind: OutcomeKind::Single(Type::Unit) } };
    if success.iter().all(|reply| reply.ty == first.ty) {
        return Outcome { kind: OutcomeKind::Single(first.ty.clone()) };
    }
    let name = names.claim(namer, &format!("{alternate_response} Output"));
    Outcome { kind: OutcomeKind::Enum(name, variants(success)) }
}

fn failed(namer: &Namer<'_>, failure: &[Reply<'_>], names: &mut Names<'_>) -> Outcome {
    if failure.is_empty() {
        return Outcome { kind: OutcomeKind::Undocumented };
    }
    let name = names.claim(namer, "Error");
    Outcome { kind: OutcomeKind::Enum(name, variants(failure)) }
}

fn variants(replies: &[Reply<'_>]) -> Vec<OutcomeVariant> {
    let candidates: Vec<String> = replies.iter().map(|reply| word(reply.pattern)).collect();
    let names = Scope::new().claim_all(candidates.iter().map(String::as_str), Case::Variant);
    let variant = |(name, reply): (_, &Reply<'_>)| OutcomeVariant {
        name,
        ty: (reply.ty != Type::Unit).then(|| reply.ty.clone()),
        status: reply.pattern,
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
        Arm { status, decode }
    };
    replies.iter().enumerate().map(arm).collect()
}
