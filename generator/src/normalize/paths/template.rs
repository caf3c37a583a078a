//! Path templates (OAS 3.0.4, section 4.8.8.2), and other notations of them.

use super::notations;

/// A path with its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Template {
    /// The path as OpenAPI writes it.
    pub(crate) text: String,
    /// The names of its parameters, in order.
    pub(crate) names: Vec<String>,
    /// The names that were written after a colon.
    pub(crate) colons: Vec<String>,
    /// The expressions with an operator or a pattern.
    pub(crate) operators: Vec<String>,
    /// The styles of the operators of RFC 6570, by the parameter's name, and whether they explode.
    pub(crate) styles: Vec<(String, &'static str, bool)>,
    /// The names in unusual expressions, which are names only if such a parameter is declared.
    pub(crate) doubtful: Vec<String>,
}

impl Template {
    /// A parameter that occurs twice.
    pub(super) fn twice(&self) -> Option<&str> {
        let mut names = self.names.iter().enumerate();
        names.find(|(index, name)| self.names[..*index].contains(name)).map(|(_, name)| name.as_str())
    }

    /// The path without the names: equal for paths that match the same requests.
    pub(super) fn shape(&self) -> String {
        let mut shape = String::new();
        let mut inside = false;
        for character in self.text.chars() {
            match character {
                '{' => inside = true,
                '}' => {
                    inside = false;
                    shape.push_str("{}");
                }
                other if !inside => shape.push(other),
                _ => {}
            }
        }
        shape
    }
}

/// Reads a path whose parameters of these names are declared.
///
/// # Errors
/// A brace without its partner, and an expression without a name.
pub(crate) fn read(path: &str, declared: &[String]) -> Result<Template, &'static str> {
    let mut template = Template::default();
    let mut rest = path;
    while let Some(character) = rest.chars().next() {
        let begins_segment = template.text.ends_with('/');
        if let Some((name, length)) = notations::parameter(rest, begins_segment, declared)
            && !(character == ':' && begins_segment)
        {
            template.parameter(name);
            template.operators.push(rest[..length].to_owned());
            rest = &rest[length..];
            continue;
        }
        match character {
            '{' => {
                let end = closing(rest).ok_or("a brace is opened and never closed")?;
                template.expression(&rest[1..end])?;
                rest = &rest[end + 1..];
            }
            '}' => return Err("a brace is closed that was never opened"),
            // Only the start of a segment makes it a parameter: `/{name}:cancel` is a custom method.
            ':' if begins_segment && name_length(&rest[1..]) > 0 => {
                let name = &rest[1..1 + name_length(&rest[1..])];
                template.parameter(name);
                template.colons.push(name.to_owned());
                rest = &rest[1 + name.len()..];
                rest = &rest[notations::pattern(rest)..];
            }
            other => {
                template.text.push(other);
                rest = &rest[other.len_utf8()..];
            }
        }
    }
    Ok(template)
}

impl Template {
    /// Gives a parameter the name of a declared one, and returns its own name, if the two differ in case alone.
    pub(super) fn adopt(&mut self, declared: &str) -> Option<String> {
        let name = self.names.iter_mut().find(|name| name.eq_ignore_ascii_case(declared))?;
        let own = std::mem::replace(name, declared.to_owned());
        self.text = self.text.replace(&format!("{{{own}}}"), &format!("{{{declared}}}"));
        self.styles.iter_mut().filter(|(name, ..)| *name == own).for_each(|style| style.0 = declared.to_owned());
        Some(own)
    }

    fn parameter(&mut self, name: &str) {
        self.text.push('{');
        self.text.push_str(name);
        self.text.push('}');
        self.names.push(name.to_owned());
    }

    /// Parses the text in braces: a name, which may have an operator of RFC 6570 or a pattern as some servers write it.
    fn expression(&mut self, inner: &str) -> Result<(), &'static str> {
        let whole = format!("{{{inner}}}");
        if let Some(form) = inner.strip_prefix(['?', '&']) {
            // A form of query parameters, which are declared as such, and no part of the path.
            if !form.split(',').all(is_variable) {
                return Err("a form of query parameters (RFC 6570, section 3.2.8) is `{?name,other}`");
            }
            self.operators.push(whole);
            return Ok(());
        }
        let bare = inner.strip_prefix(['+', '#', '.', '/', ';']).unwrap_or(inner);
        let bare = bare.strip_suffix('*').unwrap_or(bare);
        let bare = bare.split_once(':').map_or(bare, |(name, _)| name);
        let name = without_operators(bare);
        if name.is_empty() {
            return Err("braces without a name");
        }
        if name.contains(['{', '}', '/']) {
            return Err("a brace is opened and never closed");
        }
        // `label` and `matrix` write their own prefix.
        let style = match inner.as_bytes()[0] {
            b'.' => "label",
            b';' => "matrix",
            _ => "simple",
        };
        if inner.starts_with('/') {
            self.text.push('/');
        }
        if style != "simple" || inner.ends_with('*') {
            self.styles.push((name.to_owned(), style, inner.ends_with('*')));
        }
        let after_operator = inner.strip_prefix(['+', '#', '.', '/', ';']).unwrap_or(inner);
        if !is_plain(after_operator.strip_suffix('*').unwrap_or(after_operator)) {
            self.doubtful.push(name.to_owned());
        }
        self.parameter(name);
        if name != inner {
            self.operators.push(whole);
        }
        Ok(())
    }
}

/// A name without further operators, so that a second reading finds the same name.
fn without_operators(text: &str) -> &str {
    let mut name = text;
    loop {
        // Routers of ASP.NET Core write `{*rest}` and `{id?}`.
        let bare = name.trim().trim_start_matches(['+', '#', '.', ';', '?', '&', '*']).trim_end_matches(['*', '?']);
        if bare == name {
            return name;
        }
        name = bare;
    }
}

/// Returns whether an expression is a conventional parameter name; others would be ambiguous.
fn is_plain(name: &str) -> bool {
    name.split('.')
        .all(|part| !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() || "_-".contains(letter)))
}

/// A variable of a template, with what may follow its name (RFC 6570, section 2.3 and 2.4).
fn is_variable(text: &str) -> bool {
    let text = text.strip_suffix('*').unwrap_or(text);
    let (name, prefix) = text.split_once(':').unwrap_or((text, "1"));
    let is_prefix = prefix.len() < 5 && !prefix.starts_with('0') && prefix.parse::<u16>().is_ok();
    is_prefix
        && name.split('.').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_%".contains(&byte))
        })
}

/// The brace that closes the first one; a pattern such as `{id:[0-9]{4}}` has its own within.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(index);
        }
    }
    None
}

/// Returns the length of the parameter name, by the rules of routers, at the start of a text.
fn name_length(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count()
}

#[cfg(test)]
mod tests {
    use super::Template;

    fn read(path: &str) -> Result<Template, &'static str> {
        super::read(path, &[])
    }

    fn text(path: &str) -> String {
        read(path).map_or_else(|reason| reason.to_owned(), |template| template.text)
    }

    #[test]
    fn a_colon_makes_a_parameter_only_where_a_segment_begins() {
        assert_eq!(text("/webhooks/:id/activate"), "/webhooks/{id}/activate");
        assert_eq!(text("/:a/:b_c/"), "/{a}/{b_c}/");
        assert_eq!(text("/v1/{name}:cancel"), "/v1/{name}:cancel");
        assert_eq!(text("/v1/things:batch"), "/v1/things:batch");
        assert_eq!(text("/a/:/b"), "/a/:/b");
        assert_eq!(text(r"/a/:id(\d+)/b/:c?"), "/a/{id}/b/{c}");
    }

    #[test]
    fn operators_and_patterns_leave_the_name() {
        for (path, meant) in [
            ("/{+path}", "/{path}"),
            ("/{id*}", "/{id}"),
            ("/{id:[0-9]{4}}", "/{id}"),
            ("/a{/b}", "/a/{b}"),
            ("/a{.b}", "/a{b}"),
            ("/a{?q,r}", "/a"),
            ("/{ id }", "/{id}"),
            ("/{*rest}", "/{rest}"),
            ("/{id?}", "/{id}"),
            ("/{id:int?}", "/{id}"),
        ] {
            let template = read(path).unwrap_or_default();
            assert_eq!(template.text, meant);
            assert_eq!(template.operators.len(), 1, "{path}");
        }
    }

    #[test]
    fn a_path_that_was_read_is_read_as_the_same() {
        for path in ["/{;;;a[b}", "/{a**}", "/{ +a}", "/{+?a}", "/{. * a }", "/{a *}"] {
            let template = read(path).unwrap_or_default();
            assert_eq!(template.text, text(&template.text), "{path}");
            assert!(!template.names.is_empty(), "{path}");
        }
    }

    #[test]
    fn braces_come_in_pairs() {
        for path in ["/a/{id", "/a/id}", "/{}", "/{a/{b}"] {
            assert!(read(path).is_err(), "{path}");
        }
    }

    #[test]
    fn the_shape_has_no_names() {
        let shape = |path| read(path).unwrap_or_default().shape();
        assert_eq!(shape("/a/{b}/{c}"), shape("/a/{x}/{y}"));
        assert_ne!(shape("/a/{b}"), shape("/a/{b}/"));
    }
}
