//! Path templates (OAS 3.0.4 §4.7.8.2).

/// A path with holes, such as `/webhooks/{id}/activate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathTemplate {
    /// The parts between slashes. A trailing slash is an empty last segment, since it is sent as written.
    pub segments: Vec<Segment>,
}

/// The text between two slashes: literals and parameters in order (`{name}.json`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The parts of the segment.
    pub parts: Vec<Part>,
}

/// A part of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that is sent as it stands.
    Literal(String),
    /// The name of a parameter whose value stands here.
    Parameter(String),
}

impl PathTemplate {
    /// Reads a template in its normal form: `{name}` marks a parameter, and braces balance.
    pub fn parse(text: &str) -> Self {
        let body = text.strip_prefix('/').unwrap_or(text);
        PathTemplate { segments: body.split('/').map(Segment::parse).collect() }
    }

    /// The names of the parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().flat_map(|segment| &segment.parts).filter_map(|part| match part {
            Part::Parameter(name) => Some(name.as_str()),
            Part::Literal(_) => None,
        })
    }
}

impl Segment {
    fn parse(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else { break };
            if !before.is_empty() {
                parts.push(Part::Literal(before.to_owned()));
            }
            parts.push(Part::Parameter(name.to_owned()));
            rest = tail;
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Part::Literal(rest.to_owned()));
        }
        Segment { parts }
    }
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
    }
}
