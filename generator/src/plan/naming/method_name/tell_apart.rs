//! Operations of a group that would have one name, told apart by their paths.

use super::path::{Piece, pieces, version};

/// Returns a name of its own for each of the operations at these paths, which share `name`.
///
/// The operation with the shortest path keeps the name. Beside `/files/{id}`, `/files/{id}/{version}` is `get_version`; beside
/// `/settings`, `/settings/{id}` is `get_by_id`. `None` where the paths don't tell them apart.
pub(crate) fn tell_apart(name: &str, paths: &[&str]) -> Option<Vec<String>> {
    let all: Vec<(Vec<Piece>, Option<String>)> = paths.iter().map(|path| (pieces(path), version(path))).collect();
    let base = (0..all.len()).min_by_key(|at| (all[*at].0.len(), &all[*at].1, paths[*at]))?;
    let names: Vec<String> = (0..all.len())
        .map(|at| if at == base { Some(name.to_owned()) } else { qualified(name, &all[base], &all[at]) })
        .collect::<Option<_>>()?;
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1]).then_some(names)
}

type Place = (Vec<Piece>, Option<String>);

fn qualified(name: &str, (base, base_version): &Place, (pieces, version): &Place) -> Option<String> {
    let shared = base.iter().zip(pieces).take_while(|(one, other)| one.is_like(other)).count();
    let last = pieces[shared..].last();
    let suffix = match (last, version) {
        (Some(Piece::Hole(hole)), _) => {
            let after_hole = pieces.len() > 1 && matches!(pieces[pieces.len() - 2], Piece::Hole(_));
            if after_hole { noun(hole).join("_") } else { format!("by_{}", hole.join("_")) }
        }
        (Some(Piece::Literal(words)), _) => {
            let said: Vec<&str> = name.split('_').collect();
            let fresh: Vec<&str> = words.iter().map(String::as_str).filter(|word| !said.contains(word)).collect();
            if fresh.is_empty() { words.join("_") } else { fresh.join("_") }
        }
        (None, Some(version)) if Some(version) != base_version.as_ref() => version.clone(),
        (None, _) => return None,
    };
    Some(format!("{name}_{suffix}"))
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
    use super::tell_apart;

    #[test]
    fn parameters_tell_operations_apart() {
        for (name, paths, expected) in [
            ("get", &["/files/{id}", "/files/{id}/{version}"][..], Some(&["get", "get_version"][..])),
            ("get", &["/files/{id}/{versionId}", "/files/{id}"], Some(&["get_version", "get"])),
            ("get", &["/settings/ui", "/settings/ui/{id}"], Some(&["get", "get_by_id"])),
            ("delete_text", &["/texts/{locale}", "/texts/{locale}/{key}"], Some(&["delete_text", "delete_text_key"])),
            ("find", &["/v1/a", "/v2/a"], Some(&["find", "find_v2"])),
            ("export", &["/a/export", "/a/export.csv"], Some(&["export", "export_csv"])),
            ("run", &["/a/{id}/run", "/b/{id}/start"], Some(&["run", "run_start"])),
            ("get", &["/a/{id}", "/a/{name}"], None),
        ] {
            let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
            assert_eq!(tell_apart(name, paths), expected, "{paths:?}");
        }
    }
}
