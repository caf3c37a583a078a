//! Names that users of a crate expect, whatever framework wrote the document, and the order of arguments.

use clientwright::diagnostics::Rule;
use clientwright::{Analysis, NoFiles, Options, Report, Source, analyse};
use clientwright_tests::inputs::file;
use clientwright_tests::items::{items, members};
use serde_json::{Value, json};
use syn::{FnArg, ImplItem, Item, Pat, Visibility};

/// Generates from a document, with the text of a names file.
pub(crate) fn run(document: &Value, names: Option<&str>) -> Report<Analysis> {
    let source = Source { name: "shop.json".to_owned(), bytes: document.to_string().into_bytes() };
    let names = names.map(|text| Source { name: "shop.names.yaml".to_owned(), bytes: text.as_bytes().to_vec() });
    analyse(&source, &[], &NoFiles, &Options { names, ..Options::new("shop") })
}

pub(crate) fn generated(document: &Value, names: Option<&str>) -> clientwright::Generated {
    let report = run(document, names);
    let codes: Vec<_> = report.diagnostics.iter().map(|found| found.message.clone()).collect();
    report.product.unwrap_or_else(|| panic!("rejected: {codes:#?}\n{document:#}")).generated
}

/// A document with these paths and schemas.
pub(crate) fn document(paths: Value, schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0", "info": { "title": "Shop", "version": "1" },
        "paths": paths, "components": { "schemas": schemas },
    })
}

/// Adds what every operation needs.
pub(crate) fn operation(mut members: Value) -> Value {
    members["responses"] = json!({ "204": { "description": "done" } });
    members
}

/// The public methods of a file, with the names of their arguments: `transfer(from, to)`.
pub(crate) fn methods(text: &str) -> Vec<String> {
    let blocks = items(text).into_iter().filter(|(item, _)| matches!(item, Item::Impl(_)));
    let functions = blocks.flat_map(|(_, text)| members(&text)).filter_map(|(member, _)| match member {
        ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => Some(function),
        _ => None,
    });
    let named = functions.map(|function| {
        let arguments = function.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => match &*typed.pat {
                Pat::Ident(name) => Some(name.ident.to_string()),
                _ => None,
            },
            FnArg::Receiver(_) => None,
        });
        format!("{}({})", function.sig.ident, arguments.collect::<Vec<_>>().join(", "))
    });
    named.collect()
}

/// The names of the types that a crate has.
pub(crate) fn types(generated: &clientwright::Generated) -> Vec<String> {
    let files = generated.files.iter().filter(|file| file.path.starts_with("src/types"));
    let names = files.flat_map(|file| items(&file.contents)).filter_map(|(item, _)| match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn parameter(name: &str, location: &str, schema: Value) -> Value {
    json!({ "name": name, "in": location, "required": true, "schema": schema })
}

fn text(name: &str, location: &str) -> Value {
    parameter(name, location, json!({ "type": "string" }))
}

#[test]
fn variants_leave_out_the_name_of_their_enumeration_unless_they_had_it() {
    let of = |values: &[&str]| {
        let get = json!({ "responses": { "200": { "description": "done", "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/Status" } } } } } });
        document(json!({ "/status": { "get": get } }), json!({ "Status": { "type": "string", "enum": values } }))
    };
    let has = |generated: &clientwright::Generated, variant: &str| {
        let mut files = generated.files.iter().filter(|file| file.path.starts_with("src/types"));
        files.any(|file| file.contents.contains(&format!("{variant} = \"STATUS_READY\"")))
    };
    let before = generated(&of(&["STATUS_READY", "STATUS_SOLD"]), None);
    assert!(has(&before, " Ready"));
    let after = generated(&of(&["STATUS_READY", "STATUS_SOLD", "LOST"]), Some(&before.names_text()));
    assert!(has(&after, " Ready"), "a value without the name came");

    let before = generated(&of(&["STATUS_READY", "LOST"]), None);
    assert!(has(&before, " StatusReady"));
    let after = generated(&of(&["STATUS_READY", "STATUS_SOLD"]), Some(&before.names_text()));
    assert!(has(&after, " StatusReady"), "the value without the name went");
}

#[test]
fn a_page_with_lists_beside_its_items_is_a_list() {
    let list = |items: &str| json!({ "type": "array", "items": { "type": items } });
    let page = |beside: &str| {
        let members =
            json!({ "entries": list("string"), beside: list("object"), "total_count": { "type": "integer" } });
        let schema = json!({ "type": "object", "properties": members });
        json!({ "tags": ["Teams"], "responses": { "200": {
            "description": "done", "content": { "application/json": { "schema": schema } } } } })
    };
    for (beside, expected) in [("order", "list()"), ("included", "list()"), ("members", "get()")] {
        let paths = json!({ "/teams": { "get": page(beside) }, "/teams/{id}": { "delete": operation(json!({
            "tags": ["Teams"], "parameters": [text("id", "path")],
        })) } });
        let generated = generated(&document(paths, json!({})), None);
        assert!(methods(file(&generated, "src/teams.rs")).contains(&expected.to_owned()), "{beside}");
    }
}

#[test]
fn what_frameworks_add_to_ids_is_no_part_of_a_method() {
    let id = text("order_id", "path");
    let found = generated(
        &document(
            json!({
                "/api/orders": {
                    "get": operation(json!({ "operationId": "list_orders_api_orders_get", "tags": ["Orders"] })),
                    "post": operation(json!({ "operationId": "create_order_api_orders_post", "tags": ["Orders"] })),
                },
                "/api/orders/{order_id}": {
                    "delete": operation(json!({ "operationId": "remove_order_api_orders__order_id__delete", "tags": ["Orders"], "parameters": [id] })),
                },
                "/gifts": { "post": operation(json!({ "operationId": "GiftCardsController_createGiftCard", "tags": ["Shop » Gift Cards"] })) },
                "/gifts/spent": { "get": operation(json!({ "operationId": "GiftCardsV2Controller_countSpent", "tags": ["Shop » Gift Cards"] })) },
                "/lines": { "get": operation(json!({ "operationId": "lines.line.ListLine", "tags": ["lines.line"] })) },
                "/lines/export": { "get": operation(json!({ "operationId": "exportLines_1", "tags": ["lines.line"] })) },
                "/lines/export.csv": { "get": operation(json!({ "operationId": "exportLines", "tags": ["lines.line"] })) },
            }),
            json!({}),
        ),
        None,
    );
    assert_eq!(methods(file(&found, "src/orders.rs")), ["list()", "create()", "remove(order_id)"]);
    assert_eq!(methods(file(&found, "src/gift_cards.rs")), ["create()", "count_spent()"]);
    assert_eq!(methods(file(&found, "src/lines.rs")), ["list()", "export()", "export_csv()"]);
}

#[test]
fn ids_that_repeat_every_route_are_no_names() {
    let tagged = |id: &str| operation(json!({ "operationId": id, "tags": ["Api2Files"] }));
    let id = text("file_id", "path");
    let with_id = |id_of: &str| {
        let mut found = tagged(id_of);
        found["parameters"] = json!([id]);
        found
    };
    let paths = |last: &str| {
        json!({
            "/files": { "post": tagged("post_files") },
            "/files/{file_id}": { "get": with_id("get_files_id"), "delete": with_id("delete_files_id") },
            "/files/{file_id}/copy": { "post": with_id("post_files_id_copy") },
            "/files/{file_id}#add_link": { "put": with_id("put_files_id#add_link") },
            "/users": { "get": operation(json!({ "operationId": last, "tags": ["Api2Users"] })) },
        })
    };
    let found = generated(&document(paths("get_users"), json!({})), None);
    assert_eq!(
        methods(file(&found, "src/files.rs")),
        ["create()", "delete(file_id)", "get(file_id)", "add_link(file_id)", "copy(file_id)"]
    );
    // One that a person chose, and all may be.
    let found = generated(&document(paths("findUsers"), json!({})), None);
    assert_eq!(methods(file(&found, "src/files.rs"))[1], "delete_id(file_id)");
}

#[test]
fn the_group_s_thing_is_not_named_after_a_preposition() {
    let all = |ids: &[(&str, &str)]| {
        let tagged =
            |id: &str| operation(json!({ "operationId": id, "tags": ["Issues"], "parameters": [text("id", "path")] }));
        let paths = ids.iter().map(|(id, path)| ((*path).to_owned(), json!({ "post": tagged(id) })));
        document(Value::Object(paths.collect()), json!({}))
    };
    let found = generated(&all(&[("addLabelToIssue", "/a/{id}"), ("moveIssueToList", "/b/{id}")]), None);
    assert_eq!(methods(file(&found, "src/issues.rs")), ["add_label(id)", "move_to_list(id)"]);
    // Another operation has the shorter name.
    let found = generated(&all(&[("addLabelToIssue", "/a/{id}"), ("addLabel", "/b/{id}")]), None);
    assert_eq!(methods(file(&found, "src/issues.rs")), ["add_label_to_issue(id)", "add_label(id)"]);
}

#[test]
fn the_body_of_a_function_is_named_after_the_function() {
    let body = json!({ "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } });
    let mut add = operation(json!({ "operationId": "add_file_v1_files_post" }));
    add["requestBody"] = json!({ "required": true, "content": { "application/json": {
        "schema": { "$ref": "#/components/schemas/Body_add_file_v1_files_post" },
    } } });
    let found = generated(
        &document(json!({ "/v1/files": { "post": add } }), json!({ "Body_add_file_v1_files_post": body })),
        None,
    );
    assert_eq!(types(&found), ["AddFileBody"]);
}

/// The variants of each union: `Event: Paid, Sent, Other`.
fn variants(generated: &clientwright::Generated, name: &str) -> Vec<String> {
    let files = generated.files.iter().filter(|file| file.path.starts_with("src/types"));
    let found = files.flat_map(|file| items(&file.contents)).find_map(|(item, _)| match item {
        Item::Enum(item) if item.ident == name => Some(item),
        _ => None,
    });
    found.unwrap().variants.iter().map(|variant| variant.ident.to_string()).collect()
}

#[test]
fn variants_say_nothing_twice_and_have_words_for_names() {
    let object = |members: &[&str]| {
        let properties = members.iter().map(|name| ((*name).to_owned(), json!({ "type": "integer" }))).collect();
        json!({ "type": "object", "required": members, "properties": Value::Object(properties) })
    };
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let found = generated(
        &document(
            json!({}),
            json!({
                "ShopOrderPaid": object(&["sum"]), "ShopOrderSent": object(&["parcel"]),
                "ShopOrderChange": { "oneOf": [reference("ShopOrderPaid"), reference("ShopOrderSent")] },
                "PaidEvent": object(&["sum"]), "SentEvent": object(&["parcel"]),
                "Event": { "oneOf": [reference("PaidEvent"), reference("SentEvent")] },
                "Filter": { "oneOf": [{ "type": "string" }, object(&["eq", "ne"])] },
                "Page": { "oneOf": [object(&["page", "size"]), object(&["limit", "offset"])] },
                "Keep": { "oneOf": [{ "type": "string" }, { "oneOf": [reference("PaidEvent"), reference("SentEvent")] }] },
            }),
        ),
        None,
    );
    assert_eq!(variants(&found, "ShopOrderChange"), ["Paid", "Sent", "Other"]);
    assert_eq!(variants(&found, "Event"), ["Paid", "Sent", "Other"]);
    assert_eq!(variants(&found, "Filter"), ["Object", "Text", "Other"]);
    assert_eq!(variants(&found, "Page"), ["Page", "Limit", "Other"]);
    assert_eq!(variants(&found, "Keep"), ["Object", "Text", "Other"]);
}

#[test]
fn names_of_former_runs_stay_where_better_ones_are_known() {
    let object =
        |name: &str| json!({ "type": "object", "required": [name], "properties": { (name): { "type": "integer" } } });
    let of = || {
        document(
            json!({}),
            json!({
                "PaidEvent": object("sum"), "SentEvent": object("parcel"),
                "Event": { "oneOf": [{ "$ref": "#/components/schemas/PaidEvent" }, { "$ref": "#/components/schemas/SentEvent" }] },
                "Filter": { "oneOf": [{ "type": "string" }, { "type": "object", "properties": { "eq": {}, "ne": {} } }] },
            }),
        )
    };
    let names = generated(&of(), None).names_text();
    // What was called as in the document was not written down.
    let former =
        names.replace("    PaidEvent: Paid\n    SentEvent: Sent\n", "").replace("FilterObject", "FilterVariant2");
    assert!(names.contains("PaidEvent: Paid") && !former.contains("PaidEvent"), "{former}");
    let kept = generated(&of(), Some(&former));
    assert_eq!(variants(&kept, "Event"), ["PaidEvent", "SentEvent", "Other"]);
    assert!(types(&kept).contains(&"FilterVariant2".to_owned()), "{:?}", types(&kept));
}

#[test]
fn path_parameters_tell_operations_apart() {
    let (id, version) = (text("id", "path"), text("versionId", "path"));
    let found = generated(
        &document(
            json!({
                "/drafts/{id}": { "get": operation(json!({ "tags": ["Drafts"], "parameters": [id] })) },
                "/drafts/{id}/{versionId}": { "get": operation(json!({ "tags": ["Drafts"], "parameters": [version, id] })) },
                "/drafts/publish-all": { "post": operation(json!({ "tags": ["Drafts"] })) },
                "/drafts/update/title": { "post": operation(json!({ "tags": ["Drafts"] })) },
            }),
            json!({}),
        ),
        None,
    );
    assert_eq!(
        methods(file(&found, "src/drafts.rs")),
        ["publish_all()", "update_title()", "get(id)", "get_version(id, version_id)"]
    );
}

fn transfer(parameters: Value) -> Value {
    document(
        json!({ "/transfer": { "post": operation(json!({ "operationId": "transfer", "parameters": parameters })) } }),
        json!({}),
    )
}

#[test]
fn arguments_are_in_the_document_s_order_and_keep_it() {
    let first = generated(&transfer(json!([text("to", "query"), text("from", "query"), text("at", "header")])), None);
    assert_eq!(methods(file(&first, "src/operations.rs")), ["transfer(to, from, at)"]);
    let names = first.names_text();
    for (parameters, expected) in [
        (json!([text("at", "header"), text("from", "query"), text("to", "query")]), "transfer(to, from, at)"),
        (
            json!([text("new", "query"), text("to", "query"), text("from", "query"), text("at", "header")]),
            "transfer(to, from, at, new)",
        ),
        (json!([text("to", "query"), text("source", "query"), text("at", "header")]), "transfer(to, source, at)"),
        (json!([text("from", "query"), text("at", "header")]), "transfer(from, at)"),
    ] {
        let next = generated(&transfer(parameters), Some(&names));
        assert_eq!(methods(file(&next, "src/operations.rs")), [expected]);
    }
}

#[test]
fn the_arguments_of_new_keep_their_order() {
    let of = |required: &[&str]| {
        let mut properties = json!({ "note": { "type": "string" } });
        required.iter().for_each(|name| properties[*name] = json!({ "type": "string" }));
        let body = json!({ "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } } } });
        document(
            json!({ "/pay": { "post": operation(json!({ "operationId": "pay", "requestBody": body })) } }),
            json!({ "Payment": { "type": "object", "required": required, "properties": properties } }),
        )
    };
    let first = generated(&of(&["payee", "sum"]), None);
    assert_eq!(methods(file(&first, "src/types.rs")), ["new(payee, sum)"]);
    let next = generated(&of(&["currency", "payee", "sum"]), Some(&first.names_text()));
    assert_eq!(methods(file(&next, "src/types.rs")), ["new(payee, sum, currency)"]);
    let renamed = generated(&of(&["sum", "zpayee"]), Some(&first.names_text()));
    assert_eq!(methods(file(&renamed, "src/types.rs")), ["new(zpayee, sum)"]);
}

#[test]
fn a_segment_of_a_path_is_text_and_a_constant_no_argument() {
    let found = generated(
        &document(
            json!({
                "/jobs/{job}/runs": { "get": operation(json!({ "tags": ["Jobs"], "parameters": [parameter("job", "path", json!({}))] })) },
                "/jobs/{job}/all": { "get": operation(json!({ "tags": ["Jobs"], "parameters": [
                    parameter("job", "path", json!({ "const": "~", "type": "string" })),
                    parameter("api-version", "query", json!({ "const": "2", "type": "string" })),
                    text("q", "query"),
                ] })) },
            }),
            json!({}),
        ),
        None,
    );
    let jobs = file(&found, "src/jobs.rs");
    assert_eq!(methods(jobs), ["get_all(q)", "get_runs(job)"]);
    let flat: String = jobs.split_whitespace().collect();
    assert!(flat.contains(r#"job:implAsRef<str>"#), "{jobs}");
    assert!(flat.contains(r#".set_path("job","~")"#) && flat.contains(r#".set_query("api-version","2")"#), "{jobs}");
    assert_eq!(types(&found), [""; 0]);
}

#[test]
fn a_body_that_is_only_sent_is_no_response() {
    let object =
        |member: &str, ty: Value| json!({ "type": "object", "required": [member], "properties": { member: ty } });
    let json = |schema: Value| json!({ "content": { "application/json": { "schema": schema } } });
    let mut check = operation(
        json!({ "operationId": "checkPhone", "requestBody": json(object("phone", json!({ "type": "string" }))) }),
    );
    check["requestBody"]["required"] = json!(true);
    let lines = json!({ "type": "array", "items": { "type": "string" } });
    let add = operation(json!({ "operationId": "addLines", "requestBody": json(object("lines", lines)) }));
    let event = json!({ "post": { "requestBody": json(object("shipment", object("id", json!({ "type": "string" })))), "responses": { "200": { "description": "d" } } } });
    let mut spec = document(json!({ "/check": { "post": check }, "/add": { "post": add } }), json!({}));
    spec["webhooks"] = json!({ "shipped": event });
    assert_eq!(types(&generated(&spec, None)), ["CheckPhoneRequest", "LinesRequest", "Shipment", "ShipmentPayload"]);
}

#[test]
fn types_are_named_without_what_all_share_or_their_owner_says() {
    let choice = |title: &str, member: &str| json!({ "title": title, "type": "object", "required": [member], "properties": { member: { "type": "object" } } });
    let kind = json!({ "type": "string", "enum": ["a", "b"] });
    let spec = document(
        json!({}),
        json!({
            "acme.shop.Price": { "oneOf": [choice("PriceFlat", "flat"), choice("PriceTiered", "tiers")] },
            "acme.shop.Line": { "type": "object", "properties": { "kind": kind } },
            "acme.shop.Item": { "type": "object", "properties": { "kind": kind, "line": { "$ref": "#/components/schemas/acme.shop.Line" } } },
            "acme.shop.line": { "$ref": "#/components/schemas/acme.shop.Line" },
        }),
    );
    assert_eq!(types(&generated(&spec, None)), ["Item", "Kind", "Line", "Price", "PriceFlat", "PriceTiered"]);
}

#[test]
fn no_type_has_a_number_for_what_another_word_can_say() {
    let line = |member: &str| json!({ "type": "object", "properties": { member: { "type": "string" } } });
    let list = json!({ "type": "array", "items": line("id") });
    let of_list = json!({ "200": { "description": "all", "content": { "application/json": { "schema": list } } } });
    // The items of the list that is written out are those of the component with its name.
    let spec = document(
        json!({ "/lines": { "get": { "operationId": "listLines", "responses": of_list } } }),
        json!({
            "ListLinesResponse": list,
            "Box": { "type": "object", "properties": { "item": line("one"), "items": { "type": "array", "items": line("many") } } },
        }),
    );
    let expected = ["Box", "BoxItem", "BoxItemEntry", "ListLinesResponse", "ListLinesResponseItem"];
    assert_eq!(types(&generated(&spec, None)), expected);
}

#[test]
fn a_form_and_xml_that_say_the_same_as_json_are_no_methods() {
    let schema = |file: bool| {
        let mut schema = json!({ "type": "object", "xml": { "name": "note" }, "required": ["name"], "properties": { "name": { "type": "string" } } });
        if file {
            schema["properties"]["scan"] = json!({ "type": "string", "format": "binary" });
        }
        schema
    };
    let create = |form: bool| {
        let content = json!({
            "application/json": { "schema": schema(false) },
            "application/x-www-form-urlencoded": { "schema": schema(false) },
            "application/xml": { "schema": schema(false) },
            "multipart/form-data": { "schema": schema(form) },
        });
        let body = json!({ "required": true, "content": content });
        document(
            json!({ "/notes": { "post": operation(json!({ "tags": ["Notes"], "requestBody": body })) } }),
            json!({}),
        )
    };
    let report = run(&create(false), None);
    let left_out = report.diagnostics.iter().filter(|found| found.rule == Rule::MediaTypeNotServed).count();
    assert_eq!(left_out, 3, "each is named");
    assert_eq!(methods(file(&report.product.unwrap().generated, "src/notes.rs")), ["create(body)"]);
    let with_file = generated(&create(true), None);
    assert_eq!(methods(file(&with_file, "src/notes.rs")), ["create(body)", "create_multipart(body)", "new(name)"]);
}

#[test]
fn a_new_place_of_a_known_structure_has_the_known_type() {
    let body = json!({ "type": "object", "required": ["parcel"], "properties": { "parcel": {
        "type": "object", "required": ["id"], "properties": { "id": { "type": "string" } },
    } } });
    let get = |id: &str| json!({ "get": { "operationId": id, "responses": { "200": { "description": "d", "content": { "application/json": { "schema": body } } } } } });
    let first = generated(&document(json!({ "/a": get("getA") }), json!({})), None);
    let grown = document(json!({ "/a": get("getA"), "/b": get("getB") }), json!({}));
    let second = generated(&grown, Some(&first.names_text()));
    assert_eq!(types(&second), types(&first));
    assert_eq!(second.summary.untyped.count(), 0);
    let flat: String = file(&second, "src/operations.rs").split_whitespace().collect();
    assert_eq!(flat.matches("=>types::ParcelResponse").count(), 2, "{flat}");
    // A line that somebody deleted is written again.
    let names = second.names_text();
    let fewer: String =
        names.lines().filter(|line| !line.contains("GET /b > 200")).map(|line| format!("{line}\n")).collect();
    assert_ne!(fewer, names);
    assert_eq!(generated(&grown, Some(&fewer)).names_text(), names);
}

#[test]
fn more_places_without_a_type_are_a_finding() {
    let of = |schema: Value| document(json!({}), json!({ "A": { "type": "object", "properties": { "m": schema } } }));
    let first = generated(&of(json!({ "type": "string" })), None);
    let report = run(&of(json!({})), Some(&first.names_text()));
    let rose: Vec<_> = report.diagnostics.iter().filter(|found| found.rule == Rule::UntypedRose).collect();
    assert_eq!(rose.len(), 1);
    assert_eq!(rose[0].message, "1 place has no type; in the last run it was 0");
}

#[test]
fn of_places_that_shared_a_type_the_one_that_changed_is_renamed() {
    let get = |id: &str, states: &[&str]| {
        let body = json!({ "type": "object", "required": ["parcel"], "properties": { "parcel": {
            "type": "object", "properties": { "state": { "type": "string", "enum": states } },
        } } });
        json!({ "get": { "operationId": id, "responses": { "200": { "description": "d", "content": { "application/json": { "schema": body } } } } } })
    };
    // The place that changes would come first by any order of places.
    let paths = |states: &[&str]| json!({ "/a": get("getA", states), "/b": get("getB", &["sent", "lost"]) });
    let first = generated(&document(paths(&["sent", "lost"]), json!({})), None);
    let grown = document(paths(&["sent", "lost", "found"]), json!({}));
    let names = Source { name: "shop.names.yaml".to_owned(), bytes: first.names_text().into_bytes() };
    let source = Source { name: "shop.json".to_owned(), bytes: grown.to_string().into_bytes() };
    let options = Options { names: Some(names), accept_renames: true, ..Options::new("shop") };
    let second = analyse(&source, &[], &NoFiles, &options).product.unwrap().generated;
    let names = second.names_text();
    for kept in
        ["GET /b > 200: ParcelResponse", "GET /b > 200 > parcel: Parcel", "GET /b > 200 > parcel > state: State"]
    {
        assert!(first.names_text().contains(kept) && names.contains(kept), "{kept}\n{names}");
    }
    assert!(!names.contains("GET /a > 200: ParcelResponse\n"), "{names}");
}
