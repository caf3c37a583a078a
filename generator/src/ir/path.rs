//! Path templates (OAS 3.0.4 §4.7.8.2).

use std::fmt;

/// A path with the places of parameters, such as `/webhooks/{id}/activate`, read once and carried to the emitted table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PathTemplate {
    text: String,
    anonymous: String,
    /// The parts between slashes. A trailing slash is an empty last segment, since it is sent as written.
    pub segments: Vec<Segment>,
    /// The parts of the query that the path ends in, where it does.
    pub query: Vec<Part>,
}

/// The text between two slashes: literals and parameters in order (`{name}.json`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Segment {
    /// The parts of the segment; none of an empty one.
    pub parts: Vec<Part>,
}

/// A part of a segment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Text that is sent unchanged.
    Literal(String),
    /// The name of a parameter whose value is put here.
    Parameter(String),
}

impl PathTemplate {
    /// Reads a template in its normal form: `{name}` marks a parameter, and braces balance.
    ///
    /// A fragment distinguishes operations on one path in a document. It is not part of a request (RFC 9110, section 7.1).
    pub fn parse(text: &str) -> Self {
        let sent = text.split('#').next().unwrap_or_default();
        let (path, query) = sent.split_once('?').unwrap_or((sent, ""));
        let path = path.strip_prefix('/').unwrap_or(path);
        let segments = path.split('/').map(|segment| Segment { parts: parts(segment) }).collect();
        let without_name = |part: Part| match part {
            Part::Literal(text) => text,
            Part::Parameter(_) => "{}".to_owned(),
        };
        let anonymous = parts(text).into_iter().map(without_name).collect();
        PathTemplate { text: text.to_owned(), anonymous, segments, query: parts(query) }
    }

    /// The template as the document has it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The template without the names of its parameters: `/webhooks/{}/activate`.
    #[must_use]
    pub fn anonymous(&self) -> &str {
        &self.anonymous
    }

    /// The query or fragment that distinguishes the operation from others at the same path; `None` for a plain path.
    #[must_use]
    pub fn distinction(&self) -> Option<&str> {
        self.text.split_once(['#', '?']).map(|(_, beyond)| beyond)
    }

    /// The parts of the path from its first slash on.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        let mut joined: Vec<Part> = Vec::new();
        for segment in &self.segments {
            push_literal(&mut joined, "/");
            for part in &segment.parts {
                match part {
                    Part::Literal(text) => push_literal(&mut joined, text),
                    Part::Parameter(_) => joined.push(part.clone()),
                }
            }
        }
        joined
    }

    /// The names of the parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().flat_map(|segment| &segment.parts).chain(&self.query).filter_map(|part| match part {
            Part::Parameter(name) => Some(name.as_str()),
            Part::Literal(_) => None,
        })
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Adds literal text to a list in which no two literals are adjacent.
fn push_literal(parts: &mut Vec<Part>, text: &str) {
    match parts.last_mut() {
        Some(Part::Literal(known)) => known.push_str(text),
        Some(Part::Parameter(_)) | None => parts.push(Part::Literal(text.to_owned())),
    }
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, inside)| Some((before, inside.split_once('}')?)))
    {
        parts.extend((!before.is_empty()).then(|| Part::Literal(before.to_owned())));
        parts.push(Part::Parameter(name.to_owned()));
        rest = after;
    }
    parts.extend((!rest.is_empty()).then(|| Part::Literal(rest.to_owned())));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailing_slash_is_a_segment_of_its_own() {
        assert_eq!(PathTemplate::parse("/webhooks/").segments.len(), 2);
        assert_eq!(PathTemplate::parse("/webhooks").segments.len(), 1);
    }

    #[test]
    fn a_segment_may_mix_text_and_parameters() {
        let template = PathTemplate::parse("/files/{name}.{extension}");
        assert_eq!(template.parameters().collect::<Vec<_>>(), ["name", "extension"]);
        assert_eq!(template.segments[1].parts.len(), 3);
        assert_eq!(template.anonymous(), "/files/{}.{}");
    }

    #[test]
    fn a_fragment_is_not_sent_and_a_query_is_no_segment() {
        let template = PathTemplate::parse("/token?grant={grant}#refresh");
        assert_eq!(template.parts(), [Part::Literal("/token".to_owned())]);
        assert_eq!(template.query, [Part::Literal("grant=".to_owned()), Part::Parameter("grant".to_owned())]);
        assert_eq!(template.distinction(), Some("grant={grant}#refresh"));
        assert_eq!(template.anonymous(), "/token?grant={}#refresh");
    }

    #[test]
    fn the_parts_of_a_path_begin_with_a_slash() {
        let literal = |text: &str| Part::Literal(text.to_owned());
        let parameter = |name: &str| Part::Parameter(name.to_owned());
        assert_eq!(
            PathTemplate::parse("{a}{b}/").parts(),
            [literal("/"), parameter("a"), parameter("b"), literal("/")]
        );
        assert_eq!(PathTemplate::parse("/a/{b}").parts(), [literal("/a/"), parameter("b")]);
        assert_eq!(PathTemplate::parse("/").parts(), [literal("/")]);
    }
}
