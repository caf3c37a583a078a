//! Operations of a group that would have the same name, distinguished by their paths and methods.

use super::path::{Piece, pieces, version};
use crate::ir::PathTemplate;

/// The HTTP methods, the one that keeps a shared name first.
const METHODS: &[&str] = &["post", "get", "put", "patch", "delete"];

/// Returns a different name for each of the operations with these methods and paths, which share `name`.
///
/// The operation with the shortest path keeps the name. Beside `/files/{id}`, `/files/{id}/{version}` is `get_version`; beside
/// `/settings`, `/settings/{id}` is `get_by_id`. At one path, methods tell them apart: beside `POST`, `PUT` of `/invite` is
/// `put_invite`. `None` where neither does.
pub(crate) fn tell_apart(name: &str, operations: &[(&str, &PathTemplate)]) -> Option<Vec<String>> {
    let places: Vec<Place> = operations.iter().map(|(_, path)| (pieces(path), version(path))).collect();
    let base = (0..places.len()).min_by_key(|at| (places[*at].0.len(), &places[*at].1, operations[*at].1.text()))?;
    let by_path: Vec<String> = places.iter().map(|place| qualified(name, &places[base], place)).collect();
    let by_path = with_versions(&by_path, &places, base);
    let methods: Vec<String> = operations.iter().map(|(method, _)| method.to_ascii_lowercase()).collect();
    let names: Vec<String> = (0..places.len())
        .map(|at| {
            let own = &by_path[at];
            let alike = (0..places.len()).filter(|other| by_path[*other] == *own);
            let keeper = alike.min_by_key(|other| {
                let method = methods[*other].as_str();
                let rank = METHODS.iter().position(|known| *known == method).unwrap_or(METHODS.len());
                (own.split('_').next() != Some(method), rank, *other)
            });
            let kept = keeper.map_or(&methods[at], |keeper| &methods[keeper]);
            if methods[at] == *kept { own.clone() } else { with_method(own, kept, &methods[at]) }
        })
        .collect();
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1]).then_some(names)
}

/// Adds the version to a name that an operation of another version has too.
fn with_versions(names: &[String], places: &[Place], base: usize) -> Vec<String> {
    let all = names.iter().zip(places);
    let is_shared = |name: &String, own: &Option<String>| {
        { names.iter().zip(places) }.any(|(other, (_, version))| other == name && version != own)
    };
    let versioned = all.map(|(name, (_, version))| match version {
        Some(text) if *version != places[base].1 && is_shared(name, version) => format!("{name}_{text}"),
        _ => name.clone(),
    });
    versioned.collect()
}

/// `patch_update` is `put_update`, and `invite` is `put_invite`.
fn with_method(name: &str, kept: &str, method: &str) -> String {
    match name.strip_prefix(kept) {
        Some("") => method.to_owned(),
        Some(rest) if rest.starts_with('_') => format!("{method}{rest}"),
        _ => format!("{method}_{name}"),
    }
}

type Place = (Vec<Piece>, Option<String>);

/// Returns the name with what the path has beyond the base, if there is anything.
fn qualified(name: &str, (base, base_version): &Place, (pieces, version): &Place) -> String {
    let shared = base.iter().zip(pieces).take_while(|(one, other)| one.is_like(other)).count();
    let last = pieces[shared..].last();
    let said: Vec<&str> = name.split('_').collect();
    let is_said = |words: &[String]| words.iter().all(|word| said.contains(&word.as_str()));
    // A parameter before it, where the last piece is in the name already.
    let other_hole = || {
        let hole = |piece: &&Piece| matches!(piece, Piece::Hole(words) if !is_said(words));
        match pieces[shared..].iter().find(hole) {
            Some(Piece::Hole(hole)) => Some(by(&said, hole)),
            _ => None,
        }
    };
    let suffix = match (last, version) {
        (Some(Piece::Hole(hole)), _) => {
            let after_hole = pieces.len() > 1 && matches!(pieces[pieces.len() - 2], Piece::Hole(_));
            let own = || if after_hole { noun(hole).join("_") } else { by(&said, hole) };
            if is_said(hole) { other_hole().unwrap_or_else(own) } else { own() }
        }
        (Some(Piece::Literal(words)), _) => {
            // `complete` is in `completed`.
            let is_told =
                |word: &&str| said.iter().any(|told| matches!(told.strip_prefix(word), Some("" | "d" | "ed")));
            let fresh: Vec<&str> = words.iter().map(String::as_str).filter(|word| !is_told(word)).collect();
            if fresh.is_empty() { other_hole().unwrap_or_else(|| words.join("_")) } else { fresh.join("_") }
        }
        (None, Some(version)) if Some(version) != base_version.as_ref() => version.clone(),
        (None, _) => return name.to_owned(),
    };
    format!("{name}_{suffix}")
}

/// `by_id`, or `and_id` after another `by`.
fn by(said: &[&str], hole: &[String]) -> String {
    let link = if said.contains(&"by") { "and" } else { "by" };
    format!("{link}_{}", hole.join("_"))
}

/// `version_id` is the id of a version.
fn noun(hole: &[String]) -> &[String] {
    match hole {
        [before @ .., last] if !before.is_empty() && ["id", "key", "name", "uuid"].contains(&last.as_str()) => before,
        _ => hole,
    }
}

#[cfg(test)]
mod tests {
    use super::PathTemplate;

    fn tell_apart(name: &str, operations: &[(&str, &str)]) -> Option<Vec<String>> {
        let operations: Vec<(&str, PathTemplate)> =
            operations.iter().map(|(method, path)| (*method, PathTemplate::parse(path))).collect();
        super::tell_apart(name, &operations.iter().map(|(method, path)| (*method, path)).collect::<Vec<_>>())
    }

    #[test]
    fn parameters_tell_operations_apart() {
        for (name, paths, expected) in [
            ("get", &["/files/{id}", "/files/{id}/{version}"][..], Some(&["get", "get_version"][..])),
            ("get", &["/files/{id}/{versionId}", "/files/{id}"], Some(&["get_version", "get"])),
            ("get", &["/settings/ui", "/settings/ui/{id}"], Some(&["get", "get_by_id"])),
            ("delete_text", &["/texts/{locale}", "/texts/{locale}/{key}"], Some(&["delete_text", "delete_text_key"])),
            ("find", &["/v1/a", "/v2/a"], Some(&["find", "find_v2"])),
            (
                "run",
                &["/a/{id}/run", "/v2/a/{id}/run", "/b/{b_id}/a/{id}/run", "/v2/b/{b_id}/a/{id}/run"],
                Some(&["run", "run_v2", "run_by_b_id", "run_by_b_id_v2"]),
            ),
            (
                "run_completed",
                &["/a/{id}/complete", "/b/{b_id}/a/{id}/complete"],
                Some(&["run_completed", "run_completed_by_b_id"]),
            ),
            ("export", &["/a/export", "/a/export.csv"], Some(&["export", "export_csv"])),
            ("run", &["/a/{id}/run", "/b/{id}/start"], Some(&["run", "run_start"])),
            ("list_votes", &["/a/votes", "/a/{cc_id}/votes"], Some(&["list_votes", "list_votes_by_cc_id"])),
            ("list_by_b", &["/b/{b}", "/a/{a}/b/{b}"], Some(&["list_by_b", "list_by_b_and_a"])),
            ("download", &["/a/{id}/file", "/a/{id}/file/*"], Some(&["download", "download_wildcard"])),
            ("get", &["/a/{id}", "/a/{name}"], None),
        ] {
            let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
            let operations: Vec<(&str, &str)> = paths.iter().map(|path| ("GET", *path)).collect();
            assert_eq!(tell_apart(name, &operations), expected, "{paths:?}");
        }
    }

    #[test]
    fn methods_tell_operations_at_one_path_apart() {
        for (name, operations, expected) in [
            ("invite", &[("PUT", "/a/invite"), ("POST", "/a/invite")][..], Some(&["put_invite", "invite"][..])),
            ("patch_it", &[("PATCH", "/a/{id}"), ("PUT", "/a/{key}")], Some(&["patch_it", "put_it"])),
            ("get", &[("HEAD", "/a"), ("GET", "/a")], Some(&["head", "get"])),
            (
                "set",
                &[("PUT", "/a"), ("PATCH", "/a"), ("PUT", "/a/{id}"), ("PATCH", "/a/{id}")],
                Some(&["set", "patch_set", "set_by_id", "patch_set_by_id"]),
            ),
            ("get", &[("GET", "/a/{id}"), ("GET", "/a/{name}"), ("PUT", "/a/{id}")], None),
        ] {
            let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
            assert_eq!(tell_apart(name, operations), expected, "{operations:?}");
        }
    }
}
