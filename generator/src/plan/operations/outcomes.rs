//! Outcomes: the output of success, and one enum of the documented errors.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::ir::{Operation, Response, Status};
use crate::plan::operations::alternate_responses::{self, Replies};
use crate::plan::operations::media;
use crate::plan::operations::reply::{self, Names, Reply};
use crate::plan::operations::text_beside;
use crate::plan::types::mapping::Types;
use crate::rust::{AlternateResponse, Arm, BodyEncoding, Decode, Outcome, OutcomeKind, StatusPattern, Type};

/// The outcomes of an operation.
pub(crate) struct Outcomes {
    pub(crate) output: Outcome,
    pub(crate) failure: Outcome,
    pub(crate) arms: Vec<Arm>,
    pub(crate) accept: Vec<String>,
    pub(crate) streaming: bool,
    pub(crate) alternate_responses: Vec<AlternateResponse>,
}

/// Plans the outcomes.
pub(crate) fn outcomes(
    types: Types<'_>,
    operation: &Operation,
    names: &mut Names<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> Outcomes {
    // RFC 9110 §9.3.2: a response to HEAD is described as that to GET, and has no body.
    let is_head = operation.method == "HEAD";
    let replies: Vec<Reply<'_>> = operation.responses.iter().map(|response| reply(types, response, is_head)).collect();
    let (mut success, failure) = split(&replies);
    let streaming = stream(types, &mut success);
    let asked = success.clone();
    let success = text_beside::with_texts(types, success);
    let failure = text_beside::with_texts(types, failure);
    let asked_for = |reply: &Reply<'_>| match (reply.media, is_head) {
        (None, true) => reply::chosen(types, reply.response).map(|media| media.content_type.clone()),
        (media, _) => media.map(|media| media.content_type.clone()),
    };
    let accept = success.iter().chain(&failure).filter(|reply| !reply.of_text);
    let accept: BTreeSet<String> = accept.filter_map(asked_for).collect();
    let accept = accept.into_iter().map(|content_type| weighed(types, operation, content_type)).collect();
    let output = reply::output(&success, names, "");
    let failed = failed(&failure, names);
    let mut arms = reply::arms(&success, &output, true);
    if arms.is_empty() {
        let decode = Decode::Output(None, BodyEncoding::Nothing);
        arms.push(Arm { status: StatusPattern::Range(2), of_text: false, decode });
    }
    let failures = reply::arms(&failure, &failed, false);
    let replies = Replies { success: &asked, failed: &failure, failures: &failures };
    let alternate_responses = alternate_responses::alternate_responses(types, &replies, names, diagnostics);
    arms.extend(failures);
    // `default` may be a success and a failure: as a success it covers any 2xx.
    arms.sort_by_key(|arm| (arm.status, !arm.of_text));
    Outcomes { output, failure: failed, arms, accept, streaming, alternate_responses }
}

fn reply<'r>(types: Types<'_>, response: &'r Response, is_head: bool) -> Reply<'r> {
    let pattern = StatusPattern::from(response.status);
    // RFC 9110 §15.3.5, §15.3.6, §15.4.5: these never have a body, whatever the document.
    let bodiless = matches!(response.status, Status::Code(100..=199 | 204 | 205 | 304));
    let media = reply::chosen(types, response).filter(|_| !bodiless && !is_head);
    let (ty, written) = media.map_or((Type::Unit, BodyEncoding::Nothing), |media| media::whole(types, media));
    Reply { pattern, ty, written, response, media, of_text: false }
}

/// Returns a media type for `Accept`. One that another response has beside its chosen media type weighs less (RFC 9110 §12.4.2), so that
/// the server does not choose it for that response.
fn weighed(types: Types<'_>, operation: &Operation, content_type: String) -> String {
    let is_second = operation.responses.iter().any(|response| {
        response.content.iter().any(|media| media.content_type == content_type)
            && reply::chosen(types, response).is_some_and(|chosen| chosen.content_type != content_type)
    });
    if is_second { content_type + ";q=0.9" } else { content_type }
}

/// Makes the success of an operation a stream if it returns only streams. Returns whether it does.
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

/// Splits success from failure. Success is 2xx, and 304, the response to a conditional request (RFC 9110 §15.4.5). If no 2xx is
/// documented, it is a redirection or a switch of protocols, else `default` for any 2xx.
fn split<'r>(replies: &[Reply<'r>]) -> (Vec<Reply<'r>>, Vec<Reply<'r>>) {
    let is_success = |reply: &&Reply<'_>| reply.response.status.is_success();
    let is_other_end = |reply: &&Reply<'_>| match reply.pattern {
        StatusPattern::Code(code) => matches!(code, 100..=199 | 300..=303 | 305..=399),
        StatusPattern::Range(digit) => matches!(digit, 1 | 3),
        StatusPattern::Any => false,
    };
    let mut success: Vec<Reply<'_>> = replies.iter().filter(is_success).cloned().collect();
    if success.is_empty() {
        success = replies.iter().filter(is_other_end).cloned().collect();
    }
    let not_modified = StatusPattern::Code(304);
    let is_failure = |reply: &&Reply<'_>| {
        reply.pattern != not_modified && !success.iter().any(|taken| taken.pattern == reply.pattern)
    };
    let failure = replies.iter().filter(is_failure).cloned().collect();
    if success.is_empty() {
        success = replies.iter().filter(|reply| reply.pattern == StatusPattern::Any).cloned().collect();
    }
    success.extend(replies.iter().filter(|reply| reply.pattern == not_modified).cloned());
    success.sort_by_key(|reply| reply.pattern);
    (success, failure)
}

fn failed(failure: &[Reply<'_>], names: &mut Names<'_, '_>) -> Outcome {
    if failure.is_empty() {
        return Outcome { kind: OutcomeKind::Undocumented };
    }
    let name = names.claim("Error");
    Outcome { kind: OutcomeKind::Enum(name, reply::variants(failure)) }
}
