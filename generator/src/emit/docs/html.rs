//! HTML that Markdown has a word for. What is left is shown as text later.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use super::RUSTDOC;

/// Replaces the tags of common formatting by Markdown, outside code.
pub(super) fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let html: Vec<Range<usize>> = Parser::new_ext(text, RUSTDOC)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
        .map(|(_, range)| range)
        .collect();
    let mut rewritten = String::with_capacity(text.len());
    let mut done = 0;
    let mut links = Vec::new();
    for range in html {
        rewritten.push_str(&text[done..range.start]);
        rewrite_tags(&text[range.clone()], &mut rewritten, &mut links);
        done = range.end;
    }
    rewritten.push_str(&text[done..]);
    Cow::Owned(rewritten)
}

/// `links` holds the targets of the `<a>`s still open, `None` for those without one.
fn rewrite_tags(html: &str, rewritten: &mut String, links: &mut Vec<Option<String>>) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        rewritten.push_str(before);
        let length = if tag.starts_with("<!--") { tag.find("-->").map(|end| end + 3) } else { tag.find('>').map(|end| end + 1) };
        let Some(length) = length else {
            rest = tag;
            break;
        };
        let (tag, after) = tag.split_at(length);
        match replacement(tag, links) {
            Some(markdown) => rewritten.push_str(&markdown),
            None => rewritten.push_str(tag),
        }
        rest = after;
    }
    rewritten.push_str(rest);
}

fn replacement(tag: &str, links: &mut Vec<Option<String>>) -> Option<Cow<'static, str>> {
    if tag.starts_with("<!--") {
        return Some("".into());
    }
    let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let (name, attributes) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let markdown = match (name.to_ascii_lowercase().as_str(), closing) {
        ("b" | "strong", _) => "**",
        ("i" | "em", _) => "*",
        ("code" | "tt" | "kbd" | "samp", _) => "`",
        ("br", _) => "\\\n",
        ("p", _) | ("div" | "ul" | "ol" | "table", _) => "\n\n",
        ("li", false) => "\n- ",
        ("tr", false) => "\n- ",
        ("td" | "th", false) => " ",
        ("li" | "tr" | "td" | "th", true) | ("span" | "thead" | "tbody" | "u" | "small" | "font" | "sup" | "sub", _) => "",
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => "\n\n#### ",
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => "\n\n",
        ("a", false) => {
            let target = href(attributes);
            let opening = if target.is_some() { "[" } else { "" };
            links.push(target);
            opening
        }
        ("a", true) => {
            let target = links.pop()??;
            return Some(format!("](<{target}>)").into());
        }
        _ => return None,
    };
    Some(markdown.into())
}

/// The target of a link, if it is one that Markdown can hold.
fn href(attributes: &str) -> Option<String> {
    let (_, value) = attributes.split_once("href")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let target = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split_whitespace().next()?,
    };
    let holds = !target.is_empty() && !target.contains(['<', '>', '\\', '\n']);
    holds.then(|| target.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_tags_are_markdown() {
        assert_eq!(to_markdown("a <code>b</code> and <b>c</b><br/>d"), "a `b` and **c**\\\nd");
        assert_eq!(to_markdown("see <a target=\"_blank\" href='https://a.example/x'>it</a>"), "see [it](<https://a.example/x>)");
        assert_eq!(to_markdown("a <!-- hidden --> b"), "a  b");
    }

    #[test]
    fn other_tags_and_code_stay() {
        for text in ["a <branch> b", "<script>alert(1)</script>", "`<b>`", "a < b > c", "x <a>y</a", "```\n<b>\n```"] {
            let kept = if text.contains("<a>") { "x y</a" } else { text };
            assert_eq!(to_markdown(text), kept);
        }
    }
}
