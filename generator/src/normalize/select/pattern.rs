//! Patterns for tags, identifiers and paths.

/// An entry that names operations.
pub(super) struct Pattern {
    text: String,
    /// The method, in upper case, if the entry has one.
    method: Option<String>,
    parts: Vec<Part>,
    is_path: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Letter(char),
    /// `*`, which stops at a slash in a path.
    Some,
    /// `**`
    Any,
}

impl Pattern {
    pub(super) fn of(text: &str) -> Self {
        let (method, path) = match text.split_once(' ') {
            Some((method, path)) if path.starts_with('/') => (Some(method.to_uppercase()), path),
            _ => (None, text),
        };
        let is_path = path.starts_with('/') || path.starts_with("**");
        let method = method.filter(|method| method != "*");
        let plain = if is_path { without_names(path) } else { path.to_owned() };
        let mut parts = Vec::new();
        for letter in plain.chars() {
            match (letter, parts.last()) {
                ('*', Some(Part::Some | Part::Any)) => {
                    parts.pop();
                    parts.push(Part::Any);
                }
                ('*', _) => parts.push(Part::Some),
                _ => parts.push(Part::Letter(letter)),
            }
        }
        Pattern { text: text.to_owned(), method, parts, is_path }
    }

    /// The entry as it was written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether the entry fits a tag, an identifier or the name of a webhook.
    pub(super) fn is_text(&self, text: &str) -> bool {
        self.method.is_none() && self.fits(text, false)
    }

    /// Returns whether the entry fits a method and a path.
    pub(super) fn is_path(&self, method: &str, path: &str) -> bool {
        let is_method = self.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        self.is_path && is_method && self.fits(&without_names(path), true)
    }

    /// Returns whether the pattern matches a text. Each round has the prefixes of the pattern that match the text so far.
    fn fits(&self, text: &str, slash_ends: bool) -> bool {
        let mut reached = vec![false; self.parts.len() + 1];
        reached[0] = true;
        self.pass_stars(&mut reached);
        for letter in text.chars() {
            let mut next = vec![false; reached.len()];
            for (at, part) in self.parts.iter().enumerate().filter(|(at, _)| reached[*at]) {
                match part {
                    Part::Letter(wanted) => next[at + 1] |= *wanted == letter,
                    Part::Some => next[at] |= !(slash_ends && letter == '/'),
                    Part::Any => next[at] = true,
                }
            }
            self.pass_stars(&mut next);
            reached = next;
        }
        reached.last() == Some(&true)
    }

    /// Passes over stars, which may match nothing.
    fn pass_stars(&self, reached: &mut [bool]) {
        for (at, part) in self.parts.iter().enumerate() {
            reached[at + 1] |= reached[at] && !matches!(part, Part::Letter(_));
        }
    }
}

/// A path without the names of its parameters: `/pets/{id}` and `/pets/:id` are `/pets/{}`.
fn without_names(path: &str) -> String {
    let mut plain = String::new();
    let mut rest = path;
    while let Some(open) = rest.find(['{', ':']) {
        plain.push_str(&rest[..open]);
        let begins = plain.ends_with('/');
        let tail = &rest[open + 1..];
        let end = match &rest[open..=open] {
            "{" => tail.find('}').map(|end| end + 1),
            _ if begins => Some(tail.find('/').unwrap_or(tail.len())),
            _ => None,
        };
        match end {
            Some(end) => {
                plain.push_str("{}");
                rest = &tail[end..];
            }
            None => {
                plain.push_str(&rest[open..=open]);
                rest = tail;
            }
        }
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_star_stands_for_any_text_and_stops_at_slashes_of_paths() {
        let text = |pattern: &str, text: &str| Pattern::of(pattern).is_text(text);
        assert!(text("pets*", "petsList") && text("*", "") && text("a*c", "abbc") && text("Pet Store", "Pet Store"));
        assert!(!text("pets", "petsList") && !text("Pets", "pets") && !text("a*c", "ab"));
        let path = |pattern: &str, method: &str, path: &str| Pattern::of(pattern).is_path(method, path);
        assert!(path("/pets/*", "get", "/pets/{id}") && !path("/pets/*", "get", "/pets/{id}/toys"));
        assert!(path("/pets/**", "get", "/pets/{id}/toys") && path("**/toys", "get", "/pets/{id}/toys"));
        assert!(!path("/pets/**", "get", "/petshop"));
    }

    #[test]
    fn methods_and_the_names_of_parameters_may_be_left_out() {
        let path = |pattern: &str, method: &str, path: &str| Pattern::of(pattern).is_path(method, path);
        for pattern in ["GET /pets/{}", "get /pets/{other}", "/pets/:id", "* /pets/{id}"] {
            assert!(path(pattern, "get", "/pets/{id}"), "{pattern}");
            assert!(path(pattern, "get", "/pets/:petId"), "{pattern}");
        }
        assert!(!path("POST /pets/{}", "get", "/pets/{id}") && !path("pets", "get", "pets"));
        assert!(path("/v1/x:run", "post", "/v1/x:run") && !path("/v1/x:run", "post", "/v1/x:stop"));
    }
}
