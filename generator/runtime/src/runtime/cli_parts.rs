//! Multipart bodies from the command line: files by their paths, and values.

use super::cli_input::{raw, value};
use super::cli_table::{Kind, Member, PartForm};
use super::digits::Marked;
use super::multipart::{Multipart, Part};
use super::request::Request;

/// Writes the parts that were given.
///
/// # Errors
/// If a file cannot be read.
pub(crate) fn write(
    request: &mut Request,
    content_type: &str,
    given: &[(&'static Member, Vec<String>)],
) -> Result<(), String> {
    let mut body = Multipart::new();
    // Headers belong to parts that are there already.
    let (headers, parts): (Vec<_>, Vec<_>) =
        given.iter().partition(|(member, _)| matches!(member.part, PartForm::Header(_)));
    for (member, texts) in parts.into_iter().chain(headers) {
        body = add(body, member, texts)?;
    }
    request.multipart(content_type, body);
    Ok(())
}

fn add(body: Multipart, member: &'static Member, texts: &[String]) -> Result<Multipart, String> {
    if member.wire.is_empty() {
        return loose(body, texts);
    }
    let content = || value(&member.flag, texts.to_vec());
    Ok(match (member.part, member.flag.kind) {
        (PartForm::Verbatim(content_type), _) => {
            let mut body = body;
            for path in texts {
                let text = String::from_utf8_lossy(&super::cli_input::read(path)?).into_owned();
                body = body.part(member.wire, Part::text(text).content_type(content_type));
            }
            body
        }
        (PartForm::Plain(content_type), Kind::File) => {
            let files = texts.iter().map(|path| file(path)).collect::<Result<Vec<_>, _>>()?;
            body.files(member.wire, content_type, files)
        }
        (PartForm::Plain(content_type), Kind::FileOrText) => {
            let mut body = body;
            for text in texts {
                body = body.file_or_text(member.wire, content_type, Some(file_or_text(text)?));
            }
            body
        }
        (PartForm::Plain(None), _) => body.field(member.wire, &Marked(&content())),
        (PartForm::Plain(Some(content_type)), _) => body.field_as(member.wire, content_type, &Marked(&content())),
        (PartForm::Json(content_type), _) => body.json_as(member.wire, content_type, &raw(&member.flag, texts)?),
        (PartForm::Styled(parameter), _) => body.styled(&parameter, &Marked(&content())),
        (PartForm::Header(part), _) => body.header(part, member.wire, &Marked(&content())),
    })
}

/// `NAME=VALUE` or `NAME=@FILE`
fn loose(mut body: Multipart, texts: &[String]) -> Result<Multipart, String> {
    for text in texts {
        let (name, content) = text.split_once('=').ok_or("--part: expected NAME=VALUE, or NAME=@FILE")?;
        body = body.file_or_text(name, None, Some(file_or_text(content)?));
    }
    Ok(body)
}

fn file_or_text(text: &str) -> Result<Part, String> {
    match text.strip_prefix('@') {
        Some(path) => file(path),
        None => Ok(Part::text(text)),
    }
}

fn file(path: &str) -> Result<Part, String> {
    if path == "-" {
        return Ok(Part::bytes(super::cli_input::read(path)?));
    }
    Part::file(path).map_err(|error| format!("cannot read {path}: {error}"))
}
