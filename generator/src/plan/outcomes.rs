//! What may come back: success as the output, documented failures as one enum.

use std::collections::BTreeSet;

use super::types::Types;
use super::{media, status};
use crate::ir::{Response, Status};
use crate::rust::name::{Case, Scope};
use crate::rust::{Arm, Decode, Outcome, OutcomeKind, OutcomeVariant, StatusPattern, Type, Written};

/// The outcomes of an operation.
pub(super) struct Outcomes {
    pub(super) output: Outcome,
    pub(super) failure: Outcome,
    pub(super) arms: Vec<Arm>,
    pub(super) accept: Vec<String>,
}

/// One documented response, decided.
struct Reply<'r> {
    pattern: StatusPattern,
    ty: Type,
    written: Written,
    response: &'r Response,
}

/// Plans the outcomes; `stem` is what enums are named after, in the scope of the module.
pub(super) fn outcomes(types: Types<'_>, responses: &[Response], stem: &str, scope: &mut Scope) -> Outcomes {
    let mut accept = BTreeSet::new();
    let replies: Vec<Reply<'_>> = responses.iter().map(|response| reply(types, response, &mut accept)).collect();
    let (success, failure) = split(&replies);
    let output = output(&success, stem, scope);
    let failed = failed(&failure, stem, scope);
    let mut arms = arms(&success, &output, true);
    if arms.is_empty() {
        let decode = Decode::Output(None, Written::Nothing);
        arms.push(Arm { status: StatusPattern::Range(2), decode });
    }
    arms.extend(self::arms(&failure, &failed, false));
    // `default` may stand on both sides: as success it is what any 2xx gives.
    arms.sort_by_key(|arm| arm.status);
    Outcomes { output, failure: failed, arms, accept: accept.into_iter().collect() }
}

fn reply<'r>(types: Types<'_>, response: &'r Response, accept: &mut BTreeSet<String>) -> Reply<'r> {
    let pattern = match response.status {
        Status::Code(code) => StatusPattern::Code(code),
        Status::Range(digit) => StatusPattern::Range(digit),
        Status::Default => StatusPattern::Any,
    };
    // RFC 9110 §15.3.5, §15.3.6, §15.4.5: these never have a body, whatever a document says.
    let bodiless = matches!(response.status, Status::Code(100..=199 | 204 | 205 | 304));
    match media::reply(types, &response.content).filter(|_| !bodiless) {
        Some((media, ty, written)) => {
            accept.insert(media.content_type.clone());
            Reply { pattern, ty, written, response }
        }
        None => Reply { pattern, ty: Type::Unit, written: Written::Nothing, response },
    }
}

/// Success: 2xx; where none is documented, a redirection or a switch of protocols; else `default` for any 2xx.
fn split<'a, 'r>(replies: &'a [Reply<'r>]) -> (Vec<&'a Reply<'r>>, Vec<&'a Reply<'r>>) {
    let is_success =
        |reply: &&Reply<'_>| matches!(reply.pattern, StatusPattern::Code(200..=299) | StatusPattern::Range(2));
    let is_other_end = |reply: &&Reply<'_>| matches!(reply.pattern, StatusPattern::Code(100..=199 | 300..=399) | StatusPattern::Range(1 | 3));
    let mut success: Vec<&Reply<'_>> = replies.iter().filter(is_success).collect();
    if success.is_empty() {
        success = replies.iter().filter(is_other_end).collect();
    }
    let failure = replies.iter().filter(|reply| !success.iter().any(|taken| taken.pattern == reply.pattern)).collect();
    if success.is_empty() {
        success = replies.iter().filter(|reply| reply.pattern == StatusPattern::Any).collect();
    }
    (success, failure)
}

fn output(success: &[&Reply<'_>], stem: &str, scope: &mut Scope) -> Outcome {
    let Some(first) = success.first() else { return Outcome { kind: OutcomeKind::Single(Type::Unit) } };
    if success.iter().all(|reply| reply.ty == first.ty) {
        return Outcome { kind: OutcomeKind::Single(first.ty.clone()) };
    }
    let name = scope.claim(&format!("{stem} Output"), Case::Type);
    Outcome { kind: OutcomeKind::Enum(name, variants(success)) }
}

fn failed(failure: &[&Reply<'_>], stem: &str, scope: &mut Scope) -> Outcome {
    if failure.is_empty() {
        return Outcome { kind: OutcomeKind::Undocumented };
    }
    let name = scope.claim(&format!("{stem} Error"), Case::Type);
    Outcome { kind: OutcomeKind::Enum(name, variants(failure)) }
}

fn variants(replies: &[&Reply<'_>]) -> Vec<OutcomeVariant> {
    let wishes: Vec<String> = replies.iter().map(|reply| word(reply.pattern)).collect();
    let names = Scope::new().claim_all(wishes.iter().map(String::as_str), Case::Variant);
    let variant = |(name, reply): (_, &&Reply<'_>)| OutcomeVariant {
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

fn arms(replies: &[&Reply<'_>], outcome: &Outcome, success: bool) -> Vec<Arm> {
    let arm = |(index, reply): (usize, &&Reply<'_>)| {
        let variant = match &outcome.kind {
            OutcomeKind::Enum(_, variants) => variants.get(index).map(|variant| variant.name.clone()),
            OutcomeKind::Single(_) | OutcomeKind::Undocumented => None,
        };
        let status = match (success, reply.pattern) {
            (true, StatusPattern::Any) => StatusPattern::Range(2),
            (_, pattern) => pattern,
        };
        let decode =
            if success { Decode::Output(variant, reply.written) } else { Decode::Failure(variant, reply.written) };
        Arm { status, decode }
    };
    replies.iter().enumerate().map(arm).collect()
}
