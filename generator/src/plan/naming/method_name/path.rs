//! Names from method and path, for operations that have no other.

use super::verbs::{is_action, is_verb};
use crate::ir::{Part, PathTemplate, Segment};
use crate::plan::naming::words::{is_plural, singular};
use crate::rust::name::words;

/// An operation without `operationId`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unnamed<'a> {
    /// The HTTP method, in any case.
    pub(crate) method: &'a str,
    /// The path template.
    pub(crate) path: &'a PathTemplate,
    /// True if the successful response is a list.
    pub(crate) returns_list: bool,
    /// True if the path also has `PUT`, which then is `update`.
    pub(crate) has_put: bool,
}

/// A piece of a path, as a name sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The words of a literal: `webhook-filters`.
    Literal(Vec<String>),
    /// The words of a parameter's name.
    Hole(Vec<String>),
}

impl Piece {
    /// Returns whether both are the same literal, or both a parameter.
    pub(super) fn is_like(&self, other: &Piece) -> bool {
        match (self, other) {
            (Piece::Literal(one), Piece::Literal(other)) => one == other,
            (Piece::Hole(_), Piece::Hole(_)) => true,
            (Piece::Literal(_), Piece::Hole(_)) | (Piece::Hole(_), Piece::Literal(_)) => false,
        }
    }
}

/// The name of `operation` among those of a group whose paths open with `group_prefix` (see [`group_prefix`]).
///
/// With the prefix `webhooks`: `GET /webhooks` is `list`, `GET /webhooks/{id}` is `get`, `PUT /webhooks/{id}/activate` is
/// `activate`, `GET /webhooks/{id}/deliveries` is `list_deliveries`, `GET /accounts/{id}/webhooks` is
/// `list_by_account`. Without a prefix the things are named: `list_webhooks`, `get_webhook`.
pub(crate) fn from_path(operation: &Unnamed<'_>, group_prefix: &[String]) -> String {
    let method = operation.method.to_ascii_lowercase();
    let pieces = pieces(operation.path);
    let Relative { scope, rest, owner } = relative(&pieces, group_prefix);
    let request = Request {
        method: &method,
        returns_list: operation.returns_list,
        has_put: operation.has_put,
        has_verb: ends_in_verb(operation.path),
    };
    let mut name = match rest.iter().rposition(|piece| matches!(piece, Piece::Literal(_))) {
        None if owner.is_empty() && rest.is_empty() => vec![request.verb_of_one(), "root".to_owned()],
        None => request.on_group(rest, owner),
        Some(last) => request.on_part(rest, last),
    };
    if !scope.is_empty() {
        name.push(if name == ["list"] { "by" } else { "for" }.to_owned());
        name.extend(scope);
    }
    // Some documents tell operations at one path apart by what is no part of a path.
    if let Some(beyond) = operation.path.distinction().map(words) {
        match beyond.split_first() {
            Some((first, rest)) if is_verb(first) && !rest.is_empty() => name = beyond,
            _ => name.extend(beyond),
        }
    }
    name.join("_")
}

/// The literals that all of a group's `paths` open with, holes and versions left out.
///
/// If they have no beginning in common, the last literal that all of them hold: for `/accounts/{id}/tags` and `/tags`,
/// `tags`. If there is none either, the literal that is called like the group, where a path begins with it. Only for the operations
/// of one tag: what has no tag has no group to be relative to.
pub(crate) fn group_prefix(paths: &[&PathTemplate], group: &str) -> Vec<String> {
    let mut sequences: Vec<Vec<String>> = paths.iter().map(|path| literals(path)).collect();
    sequences.sort();
    sequences.dedup();
    let (Some(first), Some(last)) = (sequences.first(), sequences.last()) else { return Vec::new() };
    // Sorted, so what the first and the last have in common, all have.
    let common = first.iter().zip(last).take_while(|(a, b)| a == b).count();
    if sequences.len() == 1 && common > 1 && paths.iter().all(|path| !ends_in_hole(path)) {
        // One path under a thing is a part of it: `/users/{id}/repos` alone belongs to `users`.
        return first[..common - 1].to_vec();
    }
    if common > 0 {
        return first[..common].to_vec();
    }
    let everywhere = |literal: &&String| sequences.iter().all(|sequence| sequence.contains(literal));
    let shared = first.iter().rev().find(everywhere);
    let of_group =
        || sequences.iter().filter_map(|sequence| sequence.first()).find(|it| **it == words(group).join("_"));
    shared.or_else(of_group).into_iter().cloned().collect()
}

fn literals(path: &PathTemplate) -> Vec<String> {
    let literal = |piece| match piece {
        Piece::Literal(words) => Some(words.join("_")),
        Piece::Hole(_) => None,
    };
    pieces(path).into_iter().filter_map(literal).collect()
}

fn ends_in_hole(path: &PathTemplate) -> bool {
    matches!(pieces(path).last(), Some(Piece::Hole(_)))
}

/// The version that a path opens with: `v2`.
pub(super) fn version(path: &PathTemplate) -> Option<String> {
    let mut segments = path.segments.iter().filter(|segment| !segment.parts.is_empty());
    let version = segments.find(|segment| !matches!(plain(segment), Some("api" | "rest")))?;
    plain(version).filter(|text| is_version(text)).map(|text| words(text).join("_"))
}

/// The text of a segment without parameters.
fn plain(segment: &Segment) -> Option<&str> {
    match segment.parts.as_slice() {
        [Part::Literal(text)] => Some(text),
        _ => None,
    }
}

/// The pieces of a path after its version: `{id}:cancel` is a hole and a literal, `levels:append` two literals; the `.json` of `{id}.json` is nothing.
pub(super) fn pieces(path: &PathTemplate) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for segment in &path.segments {
        if pieces.is_empty() && plain(segment).is_some_and(is_version) {
            continue;
        }
        pieces.extend(segment.parts.iter().flat_map(|part| match part {
            Part::Literal(text) => text.split(':').filter_map(literal_piece).collect(),
            Part::Parameter(name) => vec![Piece::Hole(words(name))],
        }));
    }
    pieces
}

/// Returns whether a path ends in a verb behind a colon, as Google's do.
fn ends_in_verb(path: &PathTemplate) -> bool {
    let last = path.segments.iter().rev().find(|segment| !segment.parts.is_empty());
    match last.map(|segment| segment.parts.as_slice()) {
        Some([Part::Literal(text)]) => {
            text.split_once(':').is_some_and(|(noun, verb)| !noun.is_empty() && is_word(verb))
        }
        Some([.., Part::Literal(text)]) => text.strip_prefix(':').is_some_and(is_word),
        _ => false,
    }
}

fn is_word(text: &str) -> bool {
    text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_' || byte == b'-')
}

fn literal_piece(literal: &str) -> Option<Piece> {
    if literal.contains('*') && literal.bytes().all(|byte| byte == b'*') {
        return Some(Piece::Literal(vec!["wildcard".to_owned()]));
    }
    let literal = literal.strip_suffix(".json").or_else(|| literal.strip_suffix(".xml")).unwrap_or(literal);
    literal.contains(|character: char| character.is_alphanumeric()).then(|| Piece::Literal(words(literal)))
}

/// `v1`, `api`, `2010-04-01`: where the API is, not what is in it.
fn is_version(segment: &str) -> bool {
    let segment = segment.to_ascii_lowercase();
    let number = segment.strip_prefix('v').unwrap_or(&segment);
    let numeric = number.starts_with(|first: char| first.is_ascii_digit())
        && number.chars().all(|character| character.is_ascii_digit() || ".-_".contains(character));
    let pre_release = number.split_once(|c: char| c.is_ascii_alphabetic()).is_some_and(|(digits, _)| {
        segment.starts_with('v') && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    numeric || pre_release || segment == "api" || segment == "rest"
}

/// A path as seen from its group.
struct Relative<'p> {
    /// The words that identify the group's resource, if its own name is not first in the path.
    scope: Vec<String>,
    rest: &'p [Piece],
    /// The words of the group's things.
    owner: &'p [String],
}

fn relative<'p>(pieces: &'p [Piece], prefix: &[String]) -> Relative<'p> {
    let mut wanted = prefix.iter();
    let mut next = wanted.next();
    for (index, piece) in pieces.iter().enumerate() {
        let (Piece::Literal(words), Some(literal)) = (piece, next) else { continue };
        if words.join("_") != *literal {
            break;
        }
        next = wanted.next();
        if next.is_none() {
            return Relative { scope: Vec::new(), rest: &pieces[index + 1..], owner: words };
        }
    }
    let own =
        |piece: &Piece| matches!((piece, prefix.last()), (Piece::Literal(words), Some(own)) if words.join("_") == *own);
    match pieces.iter().position(own) {
        Some(index) => {
            let owner = match &pieces[index] {
                Piece::Literal(words) | Piece::Hole(words) => words,
            };
            Relative { scope: one_of_last(&pieces[..index]), rest: &pieces[index + 1..], owner }
        }
        None => Relative { scope: Vec::new(), rest: pieces, owner: &[] },
    }
}

/// Returns the singular of the collection before the last parameter, or of the last literal: `account` for `/accounts/{id}`.
fn one_of_last(pieces: &[Piece]) -> Vec<String> {
    let literal = |piece: &Piece| match piece {
        Piece::Literal(words) => Some(one_of(words)),
        Piece::Hole(_) => None,
    };
    let hole = pieces.iter().rposition(|piece| matches!(piece, Piece::Hole(_))).unwrap_or(pieces.len());
    pieces[..hole].iter().rev().find_map(literal).unwrap_or_default()
}

fn one_of(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    words
}

/// The facts of an operation apart from its path.
struct Request<'a> {
    method: &'a str,
    returns_list: bool,
    has_put: bool,
    /// True if the path ends in a verb of its own: `/documents/{id}:undelete`.
    has_verb: bool,
}

impl Request<'_> {
    fn lists(&self) -> bool {
        self.returns_list && matches!(self.method, "get" | "query")
    }

    /// The verb for one thing that is there.
    fn verb_of_one(&self) -> String {
        match self.method {
            "put" => "update",
            "patch" if !self.has_put => "update",
            // Where something else changes the thing.
            "post" => "create",
            method => method,
        }
        .to_owned()
    }

    /// The verb for all things of a kind.
    fn verb_of_many(&self) -> String {
        match self.method {
            "post" => "create",
            "get" if self.returns_list => "list",
            "put" => "replace",
            "patch" => "update",
            method => method,
        }
        .to_owned()
    }

    /// No literal is left: the group's things themselves, one or all.
    fn on_group(&self, rest: &[Piece], owner: &[String]) -> Vec<String> {
        if let Some(Piece::Hole(hole)) = rest.last() {
            return match self.method {
                "get" if self.returns_list => by("list", hole),
                // Sending to a thing changes it, where nothing else does.
                "post" if !self.has_put => vec!["update".to_owned()],
                _ => vec![self.verb_of_one()],
            };
        }
        if is_action(self.method, owner) {
            return owner.to_vec();
        }
        let many = self.returns_list || owner.last().is_some_and(|last| is_plural(last));
        match self.method {
            "get" if self.returns_list => vec!["list".to_owned()],
            "get" => vec!["get".to_owned()],
            "post" => vec!["create".to_owned()],
            _ if many => vec![self.verb_of_many(), "all".to_owned()],
            _ => vec![self.verb_of_one()],
        }
    }

    /// The last literal is at `last`: a part of the group's things, or something done to them.
    fn on_part(&self, rest: &[Piece], last: usize) -> Vec<String> {
        let Piece::Literal(part) = &rest[last] else { return Vec::new() };
        let before: Vec<String> = rest[..last]
            .iter()
            .filter_map(|piece| match piece {
                Piece::Literal(words) => Some(one_of(words)),
                Piece::Hole(_) => None,
            })
            .flatten()
            .collect();
        let hole = match rest.last() {
            Some(Piece::Hole(hole)) => Some(hole),
            _ => None,
        };
        if is_action(self.method, part) || self.has_verb && hole.is_none() {
            // `upload_image` of a pet is `upload_pet_image`.
            let (verb, object) = part.split_at(if part.len() > 1 && is_manner(&part[0]) { 2 } else { 1 });
            return [verb, &before, object].concat();
        }
        if part.first().is_some_and(|first| first == "by") {
            let verb = if self.returns_list { self.verb_of_many() } else { self.verb_of_one() };
            return [vec![verb], before, part.clone()].concat();
        }
        match hole {
            // `/webhook-filters/webhook/{webhookId}`: those of one webhook.
            Some(hole) if self.lists() => match part.last() {
                // `/pools/{id}/blocks/{hash}`: some of the blocks.
                Some(last) if is_plural(last) && !hole.join("_").starts_with(&one_of(part).join("_")) => {
                    [vec!["list".to_owned()], before, by(&part.join("_"), hole)].concat()
                }
                _ => [vec!["list".to_owned()], before, by_words(part)].concat(),
            },
            Some(_) if self.method == "post" && !self.has_put => self.named("update", before, one_of(part)),
            Some(_) => self.named(&self.verb_of_one(), before, one_of(part)),
            // `/account/update/email` updates an email.
            None if self.method == "post" && before.first().is_some_and(|first| is_verb(first)) => {
                [before, part.clone()].concat()
            }
            None if self.method == "post" => self.named("create", before, one_of(part)),
            None if self.lists() || part.last().is_some_and(|last| is_plural(last)) => {
                self.named(&self.verb_of_many(), before, part.clone())
            }
            None => self.named(&self.verb_of_one(), before, part.clone()),
        }
    }

    fn named(&self, verb: &str, before: Vec<String>, part: Vec<String>) -> Vec<String> {
        [vec![verb.to_owned()], before, part].concat()
    }
}

/// Returns whether a word is an adverb before the verb: `bulk` in `bulk-import`.
fn is_manner(word: &str) -> bool {
    matches!(word, "batch" | "bulk" | "mass" | "multi")
}

fn by(verb: &str, hole: &[String]) -> Vec<String> {
    [vec![verb.to_owned(), "by".to_owned()], hole.to_vec()].concat()
}

fn by_words(part: &[String]) -> Vec<String> {
    [vec!["by".to_owned()], one_of(part)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(prefix: &[&str], method: &str, path: &str, returns_list: bool) -> String {
        let prefix: Vec<String> = prefix.iter().map(|literal| (*literal).to_owned()).collect();
        from_path(&Unnamed { method, path: &PathTemplate::parse(path), returns_list, has_put: false }, &prefix)
    }

    #[test]
    fn a_group_s_own_things_are_not_named() {
        for (method, path, returns_list, expected) in [
            ("GET", "/webhooks/", true, "list"),
            ("GET", "/webhooks", false, "get"),
            ("POST", "/webhooks/", false, "create"),
            ("PUT", "/webhooks/", false, "replace_all"),
            ("PATCH", "/webhooks", false, "update_all"),
            ("DELETE", "/webhooks/", false, "delete_all"),
            ("HEAD", "/webhooks", false, "head_all"),
            ("GET", "/webhooks/{id}", false, "get"),
            ("PUT", "/webhooks/{id}", false, "update"),
            ("PATCH", "/webhooks/{id}", false, "update"),
            ("POST", "/webhooks/{id}", false, "update"),
            ("DELETE", "/webhooks/{id}", false, "delete"),
            ("HEAD", "/webhooks/{id}", false, "head"),
            ("OPTIONS", "/webhooks/{id}", false, "options"),
            ("TRACE", "/webhooks/{id}", false, "trace"),
            ("PUT", "/webhooks/{id}/activate", false, "activate"),
            ("POST", "/v1/webhooks/{id}:deactivate", false, "deactivate"),
            ("GET", "/api/v2/webhooks/search", true, "search"),
            ("GET", "/webhooks/{id}/deliveries", true, "list_deliveries"),
            ("GET", "/webhooks/{id}/deliveries", false, "get_deliveries"),
            ("GET", "/webhooks/{id}/deliveries/{delivery_id}", false, "get_delivery"),
            ("POST", "/webhooks/{id}/deliveries", false, "create_delivery"),
            ("DELETE", "/webhooks/{id}/deliveries", false, "delete_deliveries"),
            ("POST", "/webhooks/{id}/deliveries/{delivery_id}/retry", false, "retry_delivery"),
            ("GET", "/webhooks/{id}/deliveries/{delivery_id}/attempts", true, "list_delivery_attempts"),
            ("GET", "/webhooks/{id}/profile", false, "get_profile"),
            ("PUT", "/webhooks/{id}/profile", false, "update_profile"),
            ("POST", "/webhooks/{id}/uploadImage", false, "upload_image"),
            ("GET", "/webhooks/by-name/{name}", false, "get_by_name"),
            ("GET", "/webhooks/{status}", true, "list_by_status"),
            ("GET", "/webhooks/{id}/deliveries/{receiver}", true, "list_deliveries_by_receiver"),
            ("GET", "/webhooks/{id}/files/*", false, "get_file_wildcard"),
            ("PUT", "/webhooks/{id}#add_label", false, "add_label"),
            ("GET", "/accounts/{accountId}/webhooks", true, "list_by_account"),
            ("POST", "/accounts/{accountId}/webhooks", false, "create_for_account"),
            ("DELETE", "/accounts/{accountId}/relationships/webhooks", false, "delete_all_for_account"),
            ("GET", "/webhooks/{id}.json", false, "get"),
            ("GET", "/webhooks#compact", true, "list_compact"),
            ("PATCH", "/webhooks/check-runs", false, "update_check_runs"),
            ("POST", "/webhooks/forgot-secret", false, "forgot_secret"),
            ("POST", "/webhooks/update/target", false, "update_target"),
            ("POST", "/webhooks/encode", false, "encode"),
            ("POST", "/webhooks/unbookmark", false, "unbookmark"),
            ("POST", "/webhooks/scan-all", false, "scan_all"),
            ("POST", "/webhooks/recently-added-v2", false, "recently_added_v2"),
            ("POST", "/webhooks/{id}:frobnicate", false, "frobnicate"),
            ("POST", "/webhooks/{id}/labels:trim", false, "trim_label"),
            ("POST", "/webhooks/{id}/labels:1", false, "create_label_1"),
            ("POST", "/webhooks/ask", false, "ask"),
            ("POST", "/webhooks/{id}/avatar", false, "create_avatar"),
            ("POST", "/webhooks/{id}/notes", false, "create_note"),
        ] {
            assert_eq!(name(&["webhooks"], method, path, returns_list), expected, "{method} {path}");
        }
        assert_eq!(name(&["webhook_filters"], "GET", "/webhook-filters/webhook/{webhookId}", true), "list_by_webhook");
        assert_eq!(name(&["apps", "queues"], "GET", "/apps/{app}/queues/{id}", false), "get");
        assert_eq!(name(&["search"], "GET", "/search", true), "search");
        assert_eq!(name(&["profile"], "DELETE", "/profile", false), "delete");
    }

    #[test]
    fn without_a_group_things_are_named() {
        for (method, path, returns_list, expected) in [
            ("GET", "/webhooks", true, "list_webhooks"),
            ("GET", "/webhooks/{id}", false, "get_webhook"),
            ("POST", "/webhooks", false, "create_webhook"),
            ("DELETE", "/webhooks", false, "delete_webhooks"),
            ("PUT", "/webhooks/{id}/activate", false, "activate_webhook"),
            ("POST", "/pets/{id}/uploadImage", false, "upload_pet_image"),
            ("POST", "/pets/bulk-import", false, "bulk_import_pet"),
            ("GET", "/search", true, "search"),
            ("GET", "/", false, "get_root"),
            ("GET", "/test/decode/map-of/objects", false, "get_test_decode_map_of_objects"),
            ("GET", "/.well-known/jwks.json", false, "get_well_known_jwks"),
        ] {
            assert_eq!(name(&[], method, path, returns_list), expected, "{method} {path}");
        }
    }

    #[test]
    fn patch_and_put_at_one_path_are_two_names() {
        let path = PathTemplate::parse("/a/{id}");
        let patch = Unnamed { method: "PATCH", path: &path, returns_list: false, has_put: true };
        assert_eq!(from_path(&patch, &["a".to_owned()]), "patch");
        let put = Unnamed { method: "PUT", ..patch };
        assert_eq!(from_path(&put, &["a".to_owned()]), "update");
    }

    #[test]
    fn a_group_s_prefix_is_what_its_paths_share() {
        for (paths, expected) in [
            (&["/webhooks/", "/webhooks/{id}", "/webhooks/{id}/activate"][..], &["webhooks"][..]),
            (&["/api/v1/webhook-filters/", "/api/v1/webhook-filters/webhook/{id}"], &["webhook_filters"]),
            (&["/apps/{app}/queues", "/apps/{app}/queues/{id}"], &["apps", "queues"]),
            (&["/accounts/{id}/tags", "/tags", "/tags/{id}"], &["tags"]),
            (&["/users/{id}/repos"], &["users"]),
            (&["/users/{id}"], &["users"]),
            (&["/a", "/b"], &[]),
            (&["/v1/search"], &["search"]),
            (&["/2010-04-01/Accounts/{Sid}.json", "/2010-04-01/Accounts.json"], &["accounts"]),
            (&[], &[]),
        ] {
            let templates: Vec<PathTemplate> = paths.iter().map(|path| PathTemplate::parse(path)).collect();
            assert_eq!(group_prefix(&templates.iter().collect::<Vec<_>>(), "Shop"), expected, "{paths:?}");
        }
        for (group, expected) in [("Tax rules", &["tax_rules"][..]), ("Rules", &[])] {
            let paths = ["/tax_rules", "/tax_rules/{id}/versions", "/shops/{id}/rules"].map(PathTemplate::parse);
            assert_eq!(group_prefix(&paths.iter().collect::<Vec<_>>(), group), expected, "{group}");
        }
    }
}
