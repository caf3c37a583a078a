//! A text that matches a pattern.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A short text that matches; `None` for what is no regular expression in the narrow sense.
pub(crate) fn matching(pattern: &str, least: usize) -> Option<String> {
    let pattern = pattern.replace("\\/", "/").replace("\\-", "-");
    let hir = regex_syntax::Parser::new().parse(&pattern).ok()?;
    (0..4)
        .map(|more| text(&hir, more * least.max(1)))
        .find(|found| found.as_ref().is_some_and(|text| text.chars().count() >= least))
        .flatten()
}

fn text(hir: &Hir, more: usize) -> Option<String> {
    Some(match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => String::new(),
        HirKind::Literal(literal) => String::from_utf8(literal.0.to_vec()).ok()?,
        HirKind::Class(Class::Unicode(class)) => {
            let wanted = ['a', 'A', '0', '_', '-'];
            let has = |sign: char| class.iter().any(|range| range.start() <= sign && sign <= range.end());
            wanted
                .into_iter()
                .find(|sign| has(*sign))
                .or_else(|| class.iter().next().map(|range| range.start()))?
                .to_string()
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(repeat) => {
            let count = (repeat.min as usize + more)
                .min(repeat.max.map_or(usize::MAX, |max| max as usize))
                .max(repeat.min as usize)
                .min(4096);
            let count =
                if repeat.min == 0 && more == 0 { repeat.max.map_or(1, |max| max.min(1)) as usize } else { count };
            text(&repeat.sub, more)?.repeat(count)
        }
        HirKind::Capture(capture) => text(&capture.sub, more)?,
        HirKind::Concat(parts) => parts.iter().map(|part| text(part, more)).collect::<Option<Vec<_>>>()?.concat(),
        HirKind::Alternation(parts) => text(parts.first()?, more)?,
    })
}
