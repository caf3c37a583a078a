//! Names that would be the same are told apart by what the document says of them, and no name says more than it has to.

use clientwright::{Generated, NoFiles, Options, Source, analyse};
use serde_json::{Value, json};

fn generated(document: &Value, names: Option<&Generated>) -> Generated {
    let source = Source { name: "shop.json".to_owned(), bytes: document.to_string().into_bytes() };
    let names = names.map(|last| Source { name: "shop.names.yaml".to_owned(), bytes: last.names_text().into_bytes() });
    let report = analyse(&source, &[], &NoFiles, &Options { names, ..Options::new("shop") });
    let messages: Vec<String> = report.diagnostics.iter().map(|found| found.message.clone()).collect();
    report.product.unwrap_or_else(|| panic!("rejected: {messages:#?}")).generated
}

fn document(paths: Value, schemas: Value) -> Value {
    json!({ "openapi": "3.1.0", "info": { "title": "Shop", "version": "1" }, "paths": paths, "components": { "schemas": schemas } })
}

/// A response with a body of one member.
fn body(member: &str) -> Value {
    let schema = json!({ "type": "object", "required": [member, "id"], "properties": { member: { "type": "string" }, "id": { "type": "string" } } });
    json!({ "description": "d", "content": { "application/json": { "schema": schema } } })
}

fn operation(id: &str, tag: &str, responses: Value) -> Value {
    json!({ "operationId": id, "tags": [tag], "responses": responses })
}

/// The name at a place, as the names file has it.
fn name(generated: &Generated, key: &str) -> String {
    let text = generated.names_text();
    let lines = || text.lines().map(str::trim_start);
    let found = lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": ").map(str::to_owned));
    found.unwrap_or_else(|| panic!("{key} has no name:\n{text}"))
}

#[test]
fn a_failure_that_most_operations_share_is_called_by_its_status() {
    let paths = |first: &str| {
        json!({
            "/orders": { "get": operation("listOrders", "orders", json!({ "200": body("order"), "400": body(first), "404": body("lost") })) },
            "/cards": { "get": operation("listCards", "cards", json!({ "200": body("card"), "400": body("reason"), "404": body("gone") })) },
            "/gifts": { "get": operation("listGifts", "gifts", json!({ "200": body("gift"), "400": body("reason") })) },
        })
    };
    let found = generated(&document(paths("field"), json!({})), None);
    assert_eq!(name(&found, "GET /cards > 400"), "BadRequest");
    assert_eq!(name(&found, "GET /gifts > 400"), "BadRequest");
    assert_eq!(name(&found, "GET /orders > 400"), "ListOrdersBadRequest", "it says something else");
    assert_eq!(name(&found, "GET /orders > 404"), "ListOrdersNotFound", "nobody shares it");
    let with_component = generated(&document(paths("field"), json!({ "BadRequest": { "type": "string" } })), None);
    assert_eq!(name(&with_component, "GET /cards > 400"), "ListCardsBadRequest", "a component has the name");

    let one = json!({ "400": body("reason"), "404": body("reason"), "default": body("reason") });
    let paths = json!({
        "/orders": { "get": operation("listOrders", "orders", one.clone()) },
        "/cards": { "get": operation("listCards", "cards", one) },
    });
    let found = generated(&document(paths, json!({})), None);
    assert_eq!(name(&found, "GET /cards > 404"), "ErrorResponse");
}

#[test]
fn bodies_of_operations_with_one_name_are_told_apart_by_their_groups() {
    let get = |tag: &str, member: &str| operation(&format!("{tag}.getStatus"), tag, json!({ "200": body(member) }));
    let paths = json!({
        "/orders/status": { "get": get("app.shop.orders", "sent") },
        "/cards/status": { "get": get("app.shop.cards", "spent") },
    });
    let before = generated(&document(paths.clone(), json!({})), None);
    assert_eq!(name(&before, "GET /orders/status > 200"), "OrderGetStatusResponse");
    assert_eq!(name(&before, "GET /cards/status > 200"), "CardGetStatusResponse");

    let mut fewer = paths.clone();
    fewer.as_object_mut().expect("paths").remove("/cards/status");
    let before = generated(&document(fewer, json!({})), None);
    assert_eq!(name(&before, "GET /orders/status > 200"), "GetStatusResponse");
    let after = generated(&document(paths, json!({})), Some(&before));
    assert_eq!(name(&after, "GET /orders/status > 200"), "GetStatusResponse", "it had the name");
    assert_eq!(name(&after, "GET /cards/status > 200"), "CardGetStatusResponse");
}

#[test]
fn bodies_of_one_operation_are_told_apart_by_their_media_types() {
    let content = |member: &str| body(member)["content"]["application/json"].clone();
    let mut post = operation("createOrder", "orders", json!({ "204": { "description": "d" } }));
    post["requestBody"] = json!({ "required": true, "content": {
        "application/json": content("whole"), "application/merge-patch+json": content("part") } });
    let found = generated(&document(json!({ "/orders": { "post": post } }), json!({})), None);
    assert_eq!(name(&found, "POST /orders > request"), "CreateOrderRequest");
    assert_eq!(name(&found, "POST /orders > request > application/merge-patch+json"), "CreateOrderMergePatchRequest");
}

#[test]
fn members_that_sound_like_others_are_told_apart_by_what_they_are() {
    let values = |values: &[&str]| json!({ "type": "string", "enum": values });
    let get = operation(
        "getGroup",
        "groups",
        json!({ "200": { "description": "d", "content": { "application/json": {
        "schema": { "$ref": "#/components/schemas/Group" } } } } }),
    );
    let schemas = json!({
        "Group": { "type": "object", "properties": {
            "type": values(&["group", "team"]), "group_type": values(&["open", "closed"]), "role": values(&["owner", "guest"]) } },
        "GroupRole": { "type": "object", "properties": { "rights": { "type": "string" } } },
    });
    let found = generated(&document(json!({ "/groups": { "get": get } }), schemas), None);
    assert_eq!(name(&found, "Group > type"), "GroupType");
    assert_eq!(name(&found, "Group > group_type"), "GroupGroupType");
    assert_eq!(name(&found, "Group > role"), "GroupRoleValue");
}

#[test]
fn the_form_that_is_sent_differs_from_a_component_of_its_name() {
    let order = json!({ "$ref": "#/components/schemas/Order" });
    let content = json!({ "application/json": { "schema": order } });
    let mut put = operation("updateOrder", "orders", json!({ "200": { "description": "d", "content": content } }));
    put["requestBody"] = json!({ "required": true, "content": content });
    let members = json!({ "id": { "type": "string", "readOnly": true }, "name": { "type": "string" } });
    let order = json!({ "type": "object", "required": ["id"], "properties": members });
    let paths = json!({ "/orders": { "put": put } });
    let found = generated(&document(paths.clone(), json!({ "Order": order })), None);
    assert_eq!(name(&found, "Order (sent)"), "OrderInput");
    let found = generated(&document(paths, json!({ "Order": order, "OrderInput": { "type": "string" } })), None);
    assert_eq!(name(&found, "Order (sent)"), "OrderSent");
}

#[test]
fn operations_of_a_gateway_lose_the_number_that_only_tells_their_paths_apart() {
    let parameter = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } });
    let describe = |id: &str| {
        let mut operation = operation(id, "StayService", json!({ "200": body("stay") }));
        operation["parameters"] = json!([parameter]);
        operation
    };
    let paths = json!({
        "/stays/{id}": { "get": describe("DescribeStay") },
        "/api/v1/stays/{id}": { "get": describe("DescribeStay2") },
        "/rooms/{id}": { "get": describe("DescribeRoom2") },
    });
    let found = generated(&document(paths, json!({})), None);
    assert_eq!(name(&found, "GET /api/v1/stays/{}"), "describe_v1");
    assert_eq!(name(&found, "GET /stays/{}"), "describe");
    assert_eq!(name(&found, "GET /rooms/{}"), "describe_room2", "no other has the id without the number");
}

#[test]
fn links_and_spelled_out_types_are_no_names() {
    let values = json!({ "type": "string", "enum": ["a", "b"] });
    let titled = |title: &str| {
        let mut schema = values.clone();
        schema["title"] = json!(title);
        schema
    };
    let text = json!({ "type": "string" });
    let get = operation(
        "getOrder",
        "orders",
        json!({ "200": { "description": "d", "content": { "application/json": {
        "schema": { "$ref": "#/components/schemas/Order" } } } } }),
    );
    let schemas = json!({ "Order": { "type": "object", "properties": {
        "pace": titled("See https://shop.example/docs/pace"),
        "notes": { "title": "Notes", "type": "array", "items": {
            "title": "string | Note", "anyOf": [text, { "type": "integer" }] } },
        "kinds": { "title": "Kinds", "type": "array", "items": values },
    } } });
    let found = generated(&document(json!({ "/orders": { "get": get } }), schemas), None);
    assert_eq!(name(&found, "Order > pace"), "Pace");
    assert_eq!(name(&found, "Order > notes > []"), "Note");
    assert_eq!(name(&found, "Order > kinds > []"), "Kind");
}

#[test]
fn spellings_of_one_value_are_told_apart_by_their_style() {
    let get = operation(
        "getOrder",
        "orders",
        json!({ "200": { "description": "d", "content": { "application/json": {
        "schema": { "$ref": "#/components/schemas/Order" } } } } }),
    );
    let schemas = json!({ "Order": { "type": "object", "properties": {
        "token_url": { "type": "string" }, "tokenUrl": { "type": "string" },
        "pace": { "type": "string", "enum": ["FAST", "fast", "slow"] } } } });
    let found = generated(&document(json!({ "/orders": { "get": get } }), schemas), None);
    assert_eq!(name(&found, "tokenUrl"), "token_url_camel_case");
    assert_eq!(name(&found, "FAST"), "Fast");
    assert_eq!(name(&found, "fast"), "FastLowercase");
}

#[test]
fn a_deep_namespace_and_a_vendor_are_no_part_of_a_name() {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let get = operation(
        "getOrder",
        "orders",
        json!({ "200": { "description": "d", "content": {
        "application/json": { "schema": reference("app.shop.orders.defs.orderLine") },
        "application/vnd.shop.protobuf": { "schema": { "type": "string", "format": "binary" } } } } }),
    );
    let schemas = json!({
        "app.shop.orders.defs.orderLine": { "type": "object", "properties": {
            "view": reference("app.shop.cards.defs.view"), "state": { "type": "string", "enum": ["app.shop.orders#paid", "app.shop.cards#lost"] } } },
        "app.shop.cards.defs.view": { "type": "object", "properties": { "id": { "type": "string" } } },
        "Owner": { "type": "object", "properties": { "id": { "type": "string" } } },
        "Card": reference("Owner"),
    });
    let found = generated(&document(json!({ "/orders": { "get": get } }), schemas), None);
    assert_eq!(name(&found, "app.shop.orders.defs.orderLine"), "OrderLine");
    assert_eq!(name(&found, "app.shop.cards.defs.view"), "CardsView");
    assert_eq!(name(&found, "app.shop.orders#paid"), "Paid");
    assert_eq!(name(&found, "as application/vnd.shop.protobuf"), "as_protobuf");
}

#[test]
fn an_operation_with_the_name_of_its_group_is_called_an_operation() {
    for tag in ["type", "client", "self"] {
        let spec = document(
            json!({ "/it": { "get": operation(tag, tag, json!({ "204": { "description": "d" } })) } }),
            json!({}),
        );
        let file = generated(&spec, None).files.into_iter().find(|file| file.contents.contains("GET \"/it\"")).unwrap();
        let marker = format!("{}{}Operation = GET", tag[..1].to_uppercase(), &tag[1..]);
        assert!(file.contents.contains(&marker), "{}", file.contents);
    }
}

#[test]
fn a_member_may_be_called_as_the_field_for_all_others() {
    let schema = json!({
        "type": "object", "properties": { "additional_properties": { "type": "string" } },
        "additionalProperties": { "type": "integer" },
    });
    let response = json!({ "200": { "description": "d", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Bag" } } } } });
    let spec = document(json!({ "/bag": { "get": operation("getBag", "bags", response) } }), json!({ "Bag": schema }));
    let file =
        generated(&spec, None).files.into_iter().find(|file| file.contents.contains("pub struct Bag {")).unwrap();
    assert!(
        file.contents.contains("pub other_properties: ::std::collections::BTreeMap<String, i64>"),
        "{}",
        file.contents
    );
}
