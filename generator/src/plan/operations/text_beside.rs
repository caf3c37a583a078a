//! A `text/plain` that is described beside JSON: servers choose between the two, whatever `Accept` has (RFC 9110 §12.5.1).

use crate::ir::Media;
use crate::media_type;
use crate::plan::operations::media;
use crate::plan::operations::reply::Reply;
use crate::plan::types::mapping::Types;
use crate::rust::{BodyEncoding, Type};

/// Adds the text that is described beside JSON to the replies: as the same value where that is meant, else as a reply of its
/// own after the JSON one.
pub(crate) fn with_texts<'r>(types: Types<'_>, replies: Vec<Reply<'r>>) -> Vec<Reply<'r>> {
    let mut found = Vec::with_capacity(replies.len());
    for mut reply in replies {
        match text(types, &reply) {
            Some(text) if says_the_same(types, &reply, text) => {
                reply.written = BodyEncoding::JsonOrText;
                found.push(reply);
            }
            Some(text) => {
                let (ty, written) = (Type::String, BodyEncoding::Text);
                let beside = Reply { ty, written, media: Some(text), of_text: true, ..reply.clone() };
                found.extend([reply, beside]);
            }
            None => found.push(reply),
        }
    }
    found
}

/// The text beside a reply in JSON.
fn text<'r>(types: Types<'_>, reply: &Reply<'r>) -> Option<&'r Media> {
    let is_text = |media: &&Media| {
        media_type::essence(&media.content_type) == "text/plain" && media::whole(types, media).1 == BodyEncoding::Text
    };
    reply.response.content.iter().find(is_text).filter(|_| reply.written == BodyEncoding::Json)
}

/// Returns whether the text stands for the value that is described in JSON, or is itself such a value.
fn says_the_same(types: Types<'_>, reply: &Reply<'_>, text: &Media) -> bool {
    let holds_text = match &reply.ty {
        Type::Option(inner) => matches!(**inner, Type::String | Type::Value),
        ty => matches!(ty, Type::String | Type::Value),
    };
    holds_text || text.schema.as_ref().is_some_and(|usage| types.nullable(usage) == reply.ty)
}
