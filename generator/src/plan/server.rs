//! Servers: which of them can be a default base URL.

use crate::ir::Server;

/// The server's URL with the defaults of its variables, if that is absolute: a relative one needs the caller's base.
pub(super) fn absolute_url(server: &Server) -> Option<String> {
    let mut url = server.url.trim().to_owned();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    let absolute = ["https://", "http://"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && url.len() > scheme.len()
    });
    let plain = !url.contains(|character: char| {
        character.is_whitespace() || character.is_control() || "{}\"<>\\^`|".contains(character)
    });
    (absolute && plain).then_some(url)
}
