//! Changes of a crate: what is called otherwise, and what stands at another position, is said once.

use clientwright::compare::{Bump, RustChange, compare_crates};
use clientwright::{Analysis, NoFiles, Options, Source, TypeSelection, analyse};

const API: &str = "
openapi: 3.1.0
info: { title: Bank, version: '1' }
paths:
  /transfers:
    post:
      tags: [transfers]
      operationId: createTransfer
      parameters:
        - { name: from, in: query, required: true, schema: { type: string } }
        - { name: to, in: query, required: true, schema: { type: string } }
        - { name: pageSize, in: query, schema: { type: integer } }
      responses: { '200': { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Transfer' } } } } }
    get:
      tags: [transfers]
      operationId: listTransfers
      parameters:
        - { name: from, in: query, required: true, schema: { type: string } }
        - { name: pageSize, in: query, schema: { type: integer } }
      responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Transfer' } } } } } }
  /transfers/{id}/halt:
    post:
      tags: [transfers]
      operationId: haltTransfer
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Transfer' } } } }
        '404': { description: None, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
  /accounts:
    post:
      tags: [accounts]
      operationId: createAccount
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Account' } } } }
      responses: { '204': { description: Done } }
components:
  schemas:
    Transfer:
      type: object
      required: [id, state]
      properties: { id: { type: string }, state: { $ref: '#/components/schemas/State' } }
    State: { type: string, enum: [open, done] }
    Problem: { type: object, required: [message], properties: { message: { type: string } } }
    Account:
      type: object
      required: [owner_name, number]
      properties: { owner_name: { type: string }, number: { type: string }, note: { type: string } }
";

/// Plans a crate, with the names of another one if `names` has them.
fn analysed(document: &str, names: Option<&str>) -> Analysis {
    let source = Source { name: "api.yaml".to_owned(), bytes: document.as_bytes().to_vec() };
    let names = names.map(|text| Source { name: "names.yaml".to_owned(), bytes: text.as_bytes().to_vec() });
    let options = Options { names, accept_renames: true, ..Options::new("bank") };
    analyse(&source, &[], &NoFiles, &options).product.expect("the document is fine")
}

/// Returns the changes that follow from replacements in the document, with the names kept.
fn changes(edits: &[(&str, &str)]) -> Vec<RustChange> {
    let before = analysed(API, None);
    let mut after = API.to_owned();
    for (old, new) in edits {
        assert!(after.contains(old), "{old}");
        after = after.replace(old, new);
    }
    let after = analysed(&after, Some(&before.generated.names_text()));
    compare_crates(&before.plan, &after.plan)
}

fn said(changes: &[RustChange]) -> Vec<String> {
    changes.iter().map(|change| format!("{}: {change}", change.bump.word())).collect()
}

#[test]
fn a_parameter_with_another_name_is_one_entry_for_all_methods() {
    let found = changes(&[("name: from,", "name: source,")]);
    assert_eq!(
        said(&found),
        [
            "major: renamed argument `from` to `source`: the position stands for another parameter or member, and callers still \
          compile, in `transfers::Transfers::list`, `transfers::Transfers::create`"
        ]
    );
}

#[test]
fn an_option_with_another_name_is_one_entry_for_all_calls() {
    let found = changes(&[("name: pageSize", "name: page_limit")]);
    assert_eq!(
        said(&found),
        ["major: renamed method `transfers::List::page_size` to `page_limit`, in `transfers::List::page_limit`, \
          `transfers::Create::page_limit`"]
    );
}

#[test]
fn a_parameter_of_the_path_is_known_by_its_place() {
    let found = changes(&[("/{id}/", "/{transferId}/"), ("name: id, in: path", "name: transferId, in: path")]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].bump, Bump::Patch);
    assert!(found[0].to_string().starts_with("renamed argument `id` to `transfer_id`"), "{}", found[0]);
}

/// The names file keeps the order; without one, the order of the document counts.
#[test]
fn arguments_of_one_type_that_change_places_are_said() {
    let (from, to) = ("{ name: from, in: query, required: true", "{ name: to, in: query, required: true");
    let swapped = API.replacen(from, "X", 1).replacen(to, from, 1).replacen('X', to, 1);
    let found = compare_crates(&analysed(API, None).plan, &analysed(&swapped, None).plan);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].bump, Bump::Major);
    assert!(found[0].to_string().ends_with("callers still compile"), "{}", found[0]);
}

#[test]
fn a_type_with_another_name_is_one_entry_with_its_places() {
    let found = changes(&[("schemas/Transfer'", "schemas/Payment'"), ("    Transfer:\n", "    Payment:\n")]);
    assert_eq!(found.len(), 1, "{:?}", said(&found));
    assert!(found[0].to_string().starts_with("renamed struct `types::Transfer` to `types::Payment`"), "{}", found[0]);
    let places = ["transfers::List::Output", "transfers::Create::Output", "transfers::Halt::Output"];
    assert_eq!(found[0].places, places);
}

#[test]
fn a_member_with_another_name_is_one_entry_with_the_constructor() {
    let found = changes(&[("owner_name", "holder_name")]);
    assert_eq!(said(&found), ["major: renamed field `types::Account::owner_name` to `holder_name`"]);
}

#[test]
fn a_group_with_another_name_is_one_entry() {
    let found = changes(&[("tags: [transfers]", "tags: [payments]")]);
    assert_eq!(found.len(), 1, "{:?}", said(&found));
    assert!(found[0].to_string().starts_with("renamed module `transfers` to `payments`"), "{}", found[0]);
}

#[test]
fn an_operation_in_another_group_is_one_entry() {
    let found = changes(&[(
        "tags: [transfers]\n      operationId: haltTransfer",
        "tags: [accounts]\n      operationId: haltTransfer",
    )]);
    let renamed: Vec<&RustChange> = found.iter().filter(|change| change.path == "transfers::Transfers::halt").collect();
    assert_eq!(renamed.len(), 1, "{:?}", said(&found));
    assert!(renamed[0].to_string().starts_with("moved method"), "{}", renamed[0]);
    assert_eq!(renamed[0].after, "accounts::Accounts::halt");
}

#[test]
fn a_type_that_another_one_replaces_is_one_entry() {
    let problem = "    Problem: { type: object";
    let state = "    Step: { type: string, enum: [open, done, failed] }\n    Problem: { type: object";
    let found = changes(&[
        (
            "schema: { $ref: '#/components/schemas/Transfer' } } } } }\n    get",
            "schema: { $ref: '#/components/schemas/Problem' } } } } }\n    get",
        ),
        (
            "'200': { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Transfer' } } } }\n        '404'",
            "'200': { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }\n        '404'",
        ),
        (problem, state),
    ]);
    let replaced: Vec<String> = said(&found).into_iter().filter(|text| text.contains("replaced")).collect();
    assert_eq!(
        replaced,
        [
            "major: replaced `types::Transfer` by `types::Problem`, in `transfers::Create::Output`, `transfers::Halt::Output`"
        ]
    );
}

#[test]
fn methods_of_the_client_are_listed_one_by_one() {
    let lone = |paths: &str| format!("openapi: 3.1.0\ninfo: {{ title: Lone, version: '1' }}\npaths: {paths}\n");
    let with = lone("{ /status: { get: { operationId: getStatus, responses: { '204': { description: Done } } } } }");
    let found = compare_crates(&analysed(&with, None).plan, &analysed(&lone("{}"), None).plan);
    assert_eq!(said(&found), ["major: removed method `Client::get_status`", "major: removed module `operations`"]);
}

#[test]
fn what_is_only_added_breaks_nobody() {
    let found = changes(&[(
        "  /accounts:\n",
        "  /more: { get: { tags: [accounts], operationId: listAccounts, responses: { '204': { description: Done } } } }\n  /accounts:\n",
    )]);
    assert_eq!(said(&found), ["minor: added method `accounts::Accounts::list`"]);
    assert_eq!(changes(&[]), []);
}

/// A document with a multipart body that has these required parts.
fn with_parts(required: &str) -> Analysis {
    let media = format!(
        "multipart/form-data: {{ schema: {{ type: object, required: {required}, properties: {{
            file: {{ type: string, format: binary }}, name: {{ type: string }}, note: {{ type: string }} }} }} }}"
    );
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: Files, version: '1' }}\npaths:
          {{ /files: {{ post: {{ tags: [files], operationId: createFile, requestBody: {{ required: true, content: {{ {media} }} }},
            responses: {{ '204': {{ description: Done }} }} }} }} }}"
    );
    analysed(&document, None)
}

#[test]
fn a_part_that_becomes_required_is_an_argument_more() {
    let (none, one, two) = (with_parts("[]"), with_parts("[file]"), with_parts("[file, name]"));
    let found = said(&compare_crates(&one.plan, &two.plan));
    let new = "files::CreateParts::new";
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().all(|line| line.starts_with("major: ")), "{found:#?}");
    assert!(found.iter().any(|line| line.contains(&format!("`{new}`"))), "{found:#?}");
    let found = said(&compare_crates(&none.plan, &one.plan));
    assert!(found.contains(&"major: removed trait `files::CreateParts: Default`".to_owned()), "{found:#?}");
    assert!(found.contains(&format!("minor: added method `{new}`")), "{found:#?}");
}

#[test]
fn an_added_derive_is_a_trait_of_the_crate() {
    let source = Source { name: "api.yaml".to_owned(), bytes: API.as_bytes().to_vec() };
    let with = |derives: &[&str]| {
        let mut options = Options::new("bank");
        for derive in derives {
            let types = TypeSelection { types: vec!["Problem".to_owned()], ..TypeSelection::default() };
            options.additions.add_derive(derive, types);
        }
        analyse(&source, &[], &NoFiles, &options).product.expect("the document is fine")
    };
    let (plain, derived) = (with(&[]), with(&["PartialOrd"]));
    let added = compare_crates(&plain.plan, &derived.plan);
    assert_eq!(said(&added), ["minor: added trait `types::Problem: PartialOrd`"]);
    let removed = compare_crates(&derived.plan, &plain.plan);
    assert_eq!(said(&removed), ["major: removed trait `types::Problem: PartialOrd`"]);
}

const PAYMENT: &str = "
openapi: 3.1.0
info: { title: Bank, version: '1' }
paths:
  /payment:
    get:
      operationId: getPayment
      responses: { '200': { description: It, content: { application/json: { schema: { $ref: '#/components/schemas/Payment' } } } } }
components:
  schemas:
    Payment:
      oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Cash' }]
      discriminator: { propertyName: kind, mapping: { card: '#/components/schemas/Card', cash: '#/components/schemas/Cash' } }
    Card: { type: object, required: [kind, number], properties: { kind: { type: string }, number: { type: string } } }
    Cash: { type: object, required: [kind, amount], properties: { kind: { type: string }, amount: { type: number } } }
";

#[test]
fn a_variant_that_is_written_with_another_tag_is_changed() {
    let before = analysed(PAYMENT, None);
    let names = before.generated.names_text();
    let other_tag = PAYMENT.replace("mapping: { card:", "mapping: { by_card:");
    let after = analysed(&other_tag, Some(&names));
    assert_eq!(
        said(&compare_crates(&before.plan, &after.plan)),
        ["major: changed variant `types::Payment::Card`: `tag \"by_card\"`, was `tag \"card\"`"]
    );
}
