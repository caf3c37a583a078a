//! Success in further media types, one of which a call selects before it is sent.

use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::Media;
use crate::media_type;
use crate::plan::operations::media;
use crate::plan::operations::reply::{self, Names, Reply};
use crate::plan::types::mapping::Types;
use crate::rust::name::Case;
use crate::rust::{AlternateResponse, Arm, BodyEncoding, Decode, Namespace, StatusPattern, Type};

/// The replies of an operation: success with the media type that was chosen, and the arms of its failures.
pub(crate) struct Replies<'a, 'r> {
    pub(crate) success: &'a [Reply<'r>],
    pub(crate) failed: &'a [Reply<'r>],
    pub(crate) failures: &'a [Arm],
}

/// Plans an alternate response for each media type of success that carries another value than the chosen ones.
pub(crate) fn alternate_responses(
    types: Types<'_>,
    replies: &Replies<'_, '_>,
    names: &mut Names<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> Vec<AlternateResponse> {
    let mut others: Vec<&Media> = Vec::new();
    for reply in replies.success.iter().filter(|reply| reply.media.is_some()) {
        for media in &reply.response.content {
            let chosen = replies.success.iter().any(|reply| is_of(reply.media, &media.content_type));
            if !chosen && !others.iter().any(|other| other.content_type == media.content_type) {
                if is_the_same(types, reply, media) {
                    let given = reply.media.map_or("", |media| media.content_type.as_str());
                    let reason =
                        format!("the answer is asked for as `{given}`; `{}` says the same", media.content_type);
                    diagnostics.push(Rule::MediaTypeNotServed.at(media.pointer.clone()).message(reason));
                    continue;
                }
                others.push(media);
            }
        }
    }
    others.sort_by_key(|media| media::rank(types, media));
    let mut found: Vec<AlternateResponse> = Vec::new();
    for media in others {
        if let Some(reason) = media::xml_as_text(types, media) {
            diagnostics.push(Rule::XmlAsText.at(media.pointer.clone()).message(reason));
        }
        let decoded = |media: &Media| media::streamed(types, media).unwrap_or_else(|| media::whole(types, media));
        found.push(alternate_response(types, replies, names, &media.content_type, decoded));
    }
    // Bytes can be large, so they can also be read as a stream.
    if let Some(large) =
        replies.success.iter().find(|reply| reply.written == BodyEncoding::Bytes).and_then(|reply| reply.media)
    {
        let decoded = |_: &Media| (Type::ByteStream, BodyEncoding::Stream);
        found.push(alternate_response(types, replies, names, &large.content_type, decoded));
    }
    found
}

fn is_of(media: Option<&Media>, content_type: &str) -> bool {
    media.is_some_and(|media| media.content_type == content_type)
}

/// Returns whether another media type carries the same value as the one that is already offered.
fn is_the_same(types: Types<'_>, reply: &Reply<'_>, media: &Media) -> bool {
    let value = |media: &Media| media.schema.as_ref().map(|usage| types.nullable(usage));
    let (ours, theirs) = (reply.media.and_then(value), value(media));
    let writing = media_type::is_json(&media.content_type)
        || media_type::is_text(&media.content_type)
        || media_type::is_range(&media.content_type)
        || media_type::is_form(&media.content_type);
    // Bytes of another media type are other bytes, whatever the schemas.
    let other_bytes = media::whole(types, media).1 == BodyEncoding::Bytes && !media_type::is_range(&media.content_type);
    media::streamed(types, media).is_none()
        && media::xml(types, media).is_none()
        && !other_bytes
        && ours == theirs
        && (writing || ours.is_some_and(|ours| ours != Type::String))
}

/// Returns the XML form of an error response, if the document has one, for requests that accept XML.
fn failure(types: Types<'_>, reply: &Reply<'_>, arm: &Arm, content_type: &str) -> Arm {
    let mut arm = arm.clone();
    let offered = reply.response.content.iter().filter(|_| media_type::is_xml(content_type));
    let document = offered.filter_map(|media| media::xml(types, media)).find(|(ty, _)| *ty == reply.ty);
    if let (Some((_, document)), Decode::Failure(_, written)) = (document, &mut arm.decode) {
        *written = BodyEncoding::Xml(document);
    }
    arm
}

fn alternate_response(
    types: Types<'_>,
    replies: &Replies<'_, '_>,
    names: &mut Names<'_, '_>,
    content_type: &str,
    decoded: impl Fn(&Media) -> (Type, BodyEncoding),
) -> AlternateResponse {
    let of_type = |reply: &Reply<'_>| reply.response.content.iter().any(|media| media.content_type == content_type);
    let success: Vec<Reply<'_>> = replies
        .success
        .iter()
        // A response without a body answers a request for any media type.
        .filter(|reply| {
            of_type(reply) || reply.response.content.is_empty() || reply.pattern == StatusPattern::Code(304)
        })
        .map(|reply| {
            let mut reply = reply.clone();
            reply.media = reply.response.content.iter().find(|media| media.content_type == content_type);
            (reply.ty, reply.written) = reply.media.map_or((Type::Unit, BodyEncoding::Nothing), &decoded);
            reply
        })
        .collect();
    let streaming = success.iter().any(|reply| reply.written.is_streamed());
    let (short, word) = (media_type::short_word(content_type), media_type::word(content_type));
    let candidates = if streaming {
        ["stream".to_owned(), format!("stream {short}"), format!("stream {word}")]
    } else {
        [format!("as {short}"), format!("as {word}"), format!("as {word} body")]
    };
    let key = if streaming { format!("stream of {content_type}") } else { format!("as {content_type}") };
    let space = Namespace::arguments(names.key);
    let setter =
        names.namer.claim(names.setters, &space, &key, &candidates.each_ref().map(String::as_str), Case::Value);
    let marker = names.claim(setter.bare());
    let output = reply::output(&success, names, setter.bare());
    let mut arms = reply::arms(&success, &output, true);
    let failures = replies.failed.iter().zip(replies.failures);
    arms.extend(failures.map(|(reply, arm)| failure(types, reply, arm, content_type)));
    arms.sort_by_key(|arm| (arm.status, !arm.of_text));
    AlternateResponse { setter, marker, content_type: content_type.to_owned(), streaming, output, arms }
}
