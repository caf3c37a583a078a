//! Overlays 1.0 and 1.1.

use clientwright_tests::front::{Case, yaml};
use serde_json::json;

const SPEC: &str = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\ntags: [{name: a}, {name: b}, {name: c}]\npaths:\n  /a:\n    get: {operationId: a, responses: {}}\n  /b:\n    get: {operationId: b, responses: {}}\n";

fn actions(actions: &str) -> Case {
    yaml(SPEC).overlay(&format!("overlay: 1.1.0\ninfo: {{title: O, version: '1'}}\nactions:\n{actions}"))
}

#[test]
fn updates_merge_append_and_replace_in_order() {
    let outcome = actions(
        "- {target: '$.info', update: {title: B, x-new: {a: 1}}}\n- {target: '$.tags', update: {name: d}}\n- {target: '$.info.version', update: '2'}\n- {target: '$.info', update: {x-new: {b: 2}}}\n",
    )
    .run();
    assert_eq!(outcome.at("/info"), json!({ "title": "B", "version": "2", "x-new": { "a": 1, "b": 2 } }));
    assert_eq!(outcome.at("/tags/3/name"), json!("d"));
}

#[test]
fn removal_takes_all_that_match() {
    let outcome =
        actions("- {target: \"$.tags[?@.name != 'b']\", remove: true}\n- {target: \"$.paths['/a']\", remove: true}\n")
            .run();
    assert_eq!(outcome.at("/tags"), json!([{ "name": "b" }]));
    assert_eq!(outcome.at("/paths").as_object().unwrap().len(), 1);
}

#[test]
fn copies_take_what_stands_elsewhere() {
    let outcome =
        actions("- {target: \"$.paths['/b'].get\", copy: \"$.paths['/a'].get\", update: {operationId: c}}\n").run();
    assert_eq!(outcome.at("/paths/~1b/get/operationId"), json!("c"));
}

#[test]
fn several_overlays_apply_in_their_order() {
    let second =
        "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n- {target: '$.info', update: {title: Last}}\n";
    let outcome = actions("- {target: '$.info', update: {title: First}}\n").overlay(second).run();
    assert_eq!(outcome.at("/info/title"), json!("Last"));
}

#[test]
fn an_action_that_matches_nothing_is_told_with_its_place() {
    let outcome = actions("- {target: '$.info', update: {}}\n- {target: '$.gone', remove: true}\n").run();
    assert!(outcome.passes());
    let short = outcome.short();
    assert!(
        short.starts_with("overlay1.yaml:5:12: warning[CW0703]") && short.contains("(/actions/1/target)"),
        "{short}"
    );
}

#[test]
fn a_fault_that_an_overlay_brings_is_shown_in_the_overlay() {
    let outcome =
        actions("- {target: \"$.paths['/a'].get\", update: {parameters: [{name: q, in: body, schema: {}}]}}\n").run();
    let short = outcome.short();
    assert!(short.contains("overlay1.yaml:4:") && short.contains("(/actions/0/update/parameters/0/in)"), "{short}");
}

/// The specification asks for an action; an overlay that waits for its first is no reason to stop.
#[test]
fn an_overlay_without_actions_changes_nothing() {
    let empty = "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: []\n";
    let outcome = yaml(SPEC).overlay(empty).run();
    assert!(outcome.passes() && outcome.codes() == ["CW0706"], "{}", outcome.short());
    assert!(!yaml(SPEC).overlay(empty).strict().run().passes());
}

#[test]
fn overlays_that_are_none_are_rejected() {
    for (text, pointer) in [
        ("overlay: 2.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $}]\n", "/overlay"),
        ("overlay: 1.0.0\nactions: [{target: $}]\n", "/info"),
        ("overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{update: {}}]\n", "/actions/0/target"),
        ("overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: '$.paths['}]\n", "/actions/0/target"),
        (
            "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $.info, updat: {}}]\n",
            "/actions/0/updat",
        ),
        (
            "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $.info.title, update: {a: 1}}]\n",
            "/actions/0/update",
        ),
    ] {
        let outcome = yaml(SPEC).overlay(text).run();
        assert!(!outcome.passes(), "{text}");
        assert!(outcome.short().contains(&format!("({pointer})")), "{}", outcome.short());
    }
}

/// Items that close up after a removal are still shown where their author wrote them, and so are copies.
#[test]
fn what_is_left_after_a_removal_is_shown_where_it_was_written() {
    let spec = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    get:\n      parameters:\n      - {name: p, in: query, schema: {type: string}}\n      - {name: q, in: query, schema: {type: strnig}}\n      responses: {}\n";
    let overlay = |action: &str| format!("overlay: 1.1.0\ninfo: {{title: O, version: '1'}}\nactions:\n{action}\n");
    let removal = overlay("- {target: \"$.paths['/a'].get.parameters[0]\", remove: true}");
    let short = yaml(spec).overlay(&removal).run().short();
    assert!(short.contains("api.yaml:8:45: error[CW0411]"), "{short}");
    assert!(short.contains("(/paths/~1a/get/parameters/1/schema/type)"), "{short}");
    let copy = overlay(
        "- {target: $.paths, update: {/b: {get: {sumary: x}}}}\n- {target: $.paths, update: {/c: {}}}\n- {target: \"$.paths['/c']\", copy: \"$.paths['/b']\"}",
    );
    let short = yaml(spec).overlay(&copy).run().short();
    assert_eq!(short.matches("overlay1.yaml:4:49: warning[CW0403]").count(), 1, "{short}");
    assert!(!short.contains("/actions/2/copy"), "{short}");
}

/// A removal removes the selected values, also if earlier ones of the same array are removed.
#[test]
fn a_removal_of_several_levels_takes_what_was_selected() {
    let spec = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\nx-a: [{go: true}, {b: [{go: true}, {stay: 1}]}, {b: [{stay: 2}]}]\n";
    let overlay = "overlay: 1.1.0\ninfo: {title: O, version: '1'}\nactions: [{target: '$..[?@.go]', remove: true}]\n";
    let left = yaml(spec).overlay(overlay).run().at("/x-a");
    assert_eq!(left, json!([{ "b": [{ "stay": 1 }] }, { "b": [{ "stay": 2 }] }]));
}

#[test]
fn actions_that_do_nothing_or_too_much_are_told() {
    let outcome = actions("- {target: $.info, remove: false}\n").run();
    assert!(outcome.passes() && outcome.codes() == ["CW0707"], "{}", outcome.short());
    let outcome = actions("- {target: $, remove: true}\n").run();
    assert_eq!(outcome.codes(), ["CW0704"], "{}", outcome.short());
    let old = "overlay: 1.0.0\ninfo: {title: O, version: 1.0}\nactions: [{target: $.info, copy: $.info}]\n";
    let outcome = yaml(SPEC).overlay(old).run();
    assert!(outcome.passes() && outcome.codes() == ["CW0414", "CW0504"], "{}", outcome.short());
}
