//! Descriptions that have many of one thing and few of everything else.

mod parts;

use serde_json::{Map, Value, json};

pub(crate) use parts::Shape;
use parts::{
    alternatives, chain, children, document, keys, names, nested, object, operation, overlaid, paths, schema,
    separators,
};

/// Makes a description with so many of one thing.
pub(crate) type Make = fn(usize) -> Shape;

/// Every thing that there can be many of.
pub(crate) const SHAPES: &[(&str, Make)] = &[
    ("members", |count| schema(object(count, false))),
    ("required members", |count| schema(object(count, true))),
    ("required names without a member", |count| {
        schema(
            json!({ "type": "object", "properties": { "a": { "type": "string" } }, "required": names("member", count) }),
        )
    }),
    ("members of an inline schema each", |count| {
        schema(nested(
            count,
            |index| json!({ "type": "object", "properties": { format!("m{index}"): { "type": "string" } } }),
        ))
    }),
    ("members of one title", |count| {
        schema(nested(
            count,
            |index| json!({ "type": "object", "title": "Thing", "properties": { format!("m{index}"): { "type": "string" } } }),
        ))
    }),
    ("members that are lists", |count| {
        schema(nested(count, |_| json!({ "type": "array", "items": { "$ref": "#/components/schemas/Other" } })))
    }),
    ("members of one name in Rust", |count| {
        let properties: Map<String, Value> =
            (0..count).map(|index| (format!("{}a", separators(index)), json!({ "type": "string" }))).collect();
        schema(json!({ "type": "object", "properties": properties }))
    }),
    ("brackets after an address", |count| {
        schema(json!({ "type": "string", "description": format!("https://a.example/b{}", ")".repeat(count)) }))
    }),
    ("enumeration values", |count| schema(json!({ "type": "string", "enum": names("value", count) }))),
    ("integer values", |count| schema(json!({ "type": "integer", "enum": (0..count).collect::<Vec<_>>() }))),
    ("constants in a union", |count| {
        let all: Vec<Value> = (0..count)
            .map(|index| json!({ "const": format!("value{index}"), "title": format!("Title {index}") }))
            .collect();
        schema(json!({ "oneOf": all }))
    }),
    ("alternatives", |count| alternatives(count, None)),
    ("alternatives with a discriminator", |count| alternatives(count, Some(false))),
    ("alternatives with a mapping", |count| alternatives(count, Some(true))),
    ("alternatives written inline", |count| {
        let all: Vec<Value> = (0..count).map(|index| json!({ "type": "object", "properties": { format!("m{index}"): { "type": "string" } }, "required": [format!("m{index}")] })).collect();
        schema(json!({ "anyOf": all }))
    }),
    ("entries of a mapping", |count| {
        let mapping: Map<String, Value> =
            (0..count).map(|index| (format!("tag{index}"), json!("#/components/schemas/Other"))).collect();
        schema(json!({
            "oneOf": [{ "$ref": "#/components/schemas/Other" }, { "$ref": "#/components/schemas/More" }],
            "discriminator": { "propertyName": "kind", "mapping": mapping },
        }))
    }),
    ("children of a parent", |count| {
        let mut schemas = Map::new();
        schemas.insert("Subject".to_owned(), json!({ "type": "object", "properties": { "kind": { "type": "string" } }, "required": ["kind"], "discriminator": { "propertyName": "kind" } }));
        for index in 0..count {
            schemas.insert(format!("Child{index}"), json!({ "allOf": [{ "$ref": "#/components/schemas/Subject" }, { "type": "object", "properties": { format!("m{index}"): { "type": "string" } } }] }));
        }
        document(json!({}), schemas, json!({}))
    }),
    ("children of a parent with a mapping", |count| children(count, false)),
    ("children of a parent that lists them", |count| children(count, true)),
    ("alternatives of one kind", |count| {
        let all: Vec<Value> = (0..count).map(|index| json!({ "type": "array", "maxItems": index, "items": { "type": "object", "properties": { format!("m{index}"): { "type": "string" } } } })).collect();
        schema(json!({ "anyOf": all }))
    }),
    ("alternatives told apart by length", |count| {
        let all: Vec<Value> = (0..count).map(|index| json!({ "type": "string", "title": format!("T{index}"), "minLength": index, "maxLength": index })).collect();
        schema(json!({ "oneOf": all }))
    }),
    ("alternatives with a constant each", |count| {
        let all: Vec<Value> = (0..count).map(|index| json!({ "type": "object", "properties": { "kind": { "const": format!("k{index}") } }, "required": ["kind"] })).collect();
        schema(json!({ "oneOf": all }))
    }),
    ("unions that share alternatives", |count| {
        let (width, unions) = (32, count / 32);
        let mut schemas = Map::new();
        let union = |index: usize| {
            (0..width)
                .map(|step| json!({ "$ref": format!("#/components/schemas/Union{}", index + step + 1) }))
                .collect::<Vec<_>>()
        };
        for index in 0..unions {
            schemas.insert(format!("Union{index}"), json!({ "oneOf": union(index) }));
        }
        for index in unions..unions + width + 1 {
            schemas.insert(
                format!("Union{index}"),
                json!({ "type": "object", "properties": { format!("m{index}"): { "type": "string" } } }),
            );
        }
        schemas.insert("Subject".to_owned(), json!({ "$ref": "#/components/schemas/Union0" }));
        document(json!({}), schemas, json!({}))
    }),
    ("parts of an allOf", |count| {
        let all: Vec<Value> = (0..count)
            .map(|index| json!({ "type": "object", "properties": { format!("m{index}"): { "type": "string" } } }))
            .collect();
        schema(json!({ "allOf": all }))
    }),
    ("components", |count| {
        document(
            json!({}),
            (0..count)
                .map(|index| {
                    (format!("Type{index}"), json!({ "type": "object", "properties": { "a": { "type": "string" } } }))
                })
                .collect(),
            json!({}),
        )
    }),
    ("components of one name in Rust", |count| {
        document(
            json!({}),
            (0..count)
                .map(|index| {
                    (
                        format!("type{}", separators(index)),
                        json!({ "type": "object", "properties": { format!("a{index}"): { "type": "string" } } }),
                    )
                })
                .collect(),
            json!({}),
        )
    }),
    ("aliases in a chain", |count| chain(count, |next| json!({ "$ref": next }))),
    ("types in a chain of allOf", |count| chain(count, |next| json!({ "allOf": [{ "$ref": next }] }))),
    ("types in a chain of members", |count| {
        chain(count, |next| json!({ "type": "object", "properties": { "next": { "$ref": next } } }))
    }),
    ("types in a chain of lists", |count| chain(count, |next| json!({ "type": "array", "items": { "$ref": next } }))),
    ("references to one component", |count| schema(nested(count, |_| json!({ "$ref": "#/components/schemas/Other" })))),
    ("items of a tuple", |count| {
        schema(
            json!({ "type": "array", "prefixItems": (0..count).map(|_| json!({ "type": "string" })).collect::<Vec<_>>() }),
        )
    }),
    ("patterns of members", |count| {
        schema(
            json!({ "type": "object", "patternProperties": (0..count).map(|index| (format!("^p{index}"), json!({ "type": "string" }))).collect::<Map<_, _>>() }),
        )
    }),
    ("characters of a pattern", |count| schema(json!({ "type": "string", "pattern": "a?".repeat(count) }))),
    ("patterns", |count| {
        let mut patterns =
            nested(count, |index| json!({ "type": "string", "pattern": format!("^(?:[a-f]{{2,6}}-?)+{index}$") }));
        patterns["required"] = json!(names("member", count));
        schema(patterns)
    }),
    ("members of an example", |count| {
        let example: Map<String, Value> =
            (0..count).map(|index| (format!("member{index}"), json!(format!("value{index}")))).collect();
        let mut members = object(count, true);
        members["example"] = Value::Object(example);
        schema(members)
    }),
    ("items of an example", |count| {
        let item = json!({ "type": "string", "enum": names("value", count) });
        schema(json!({ "type": "array", "uniqueItems": true, "items": item, "example": names("value", count) }))
    }),
    ("examples", |count| schema(json!({ "type": "string", "examples": names("example", count) }))),
    ("lines of a description", |count| {
        schema(
            json!({ "type": "string", "description": (0..count).map(|index| format!("- line *{index}* of `text` with <b>marks</b>\n")).collect::<String>() }),
        )
    }),
    ("paths", |count| {
        paths(count, |index| {
            (format!("/path{index}"), json!({ "get": { "responses": { "204": { "description": "d" } } } }))
        })
    }),
    ("segments of a path", |count| {
        paths(1, |_| {
            (
                (0..count).map(|index| format!("/s{index}")).collect(),
                json!({ "get": { "responses": { "204": { "description": "d" } } } }),
            )
        })
    }),
    ("parameters of a path", |count| {
        let parameters: Vec<Value> = (0..count).map(|index| json!({ "name": format!("p{index}"), "in": "path", "required": true, "schema": { "type": "string" } })).collect();
        paths(1, |_| {
            (
                (0..count).map(|index| format!("/{{p{index}}}")).collect(),
                json!({ "get": { "parameters": parameters.clone(), "responses": { "204": { "description": "d" } } } }),
            )
        })
    }),
    ("operations of one id", |count| {
        paths(count, |index| {
            (
                format!("/path{index}"),
                json!({ "get": { "operationId": "run", "responses": { "204": { "description": "d" } } } }),
            )
        })
    }),
    ("operations of one tag", |count| {
        paths(count, |index| {
            (
                format!("/path{index}"),
                json!({ "get": { "tags": ["All"], "operationId": format!("run{index}"), "responses": { "204": { "description": "d" } } } }),
            )
        })
    }),
    ("operations of a tag each", |count| {
        paths(count, |index| {
            (
                format!("/path{index}"),
                json!({ "get": { "tags": [format!("Tag {index}")], "operationId": format!("run{index}"), "responses": { "204": { "description": "d" } } } }),
            )
        })
    }),
    ("tags", |count| {
        document(
            json!({ "/a": { "get": { "tags": names("tag", count), "responses": { "204": { "description": "d" } } } } }),
            Map::new(),
            json!({ "tags": (0..count).map(|index| json!({ "name": format!("tag{index}") })).collect::<Vec<_>>() }),
        )
    }),
    ("query parameters", |count| {
        operation(
            json!({ "parameters": (0..count).map(|index| json!({ "name": format!("p{index}"), "in": "query", "schema": { "type": "string" } })).collect::<Vec<_>>(), "responses": { "204": { "description": "d" } } }),
        )
    }),
    ("header parameters", |count| {
        operation(
            json!({ "parameters": (0..count).map(|index| json!({ "name": format!("X-P{index}"), "in": "header", "schema": { "type": "string" } })).collect::<Vec<_>>(), "responses": { "204": { "description": "d" } } }),
        )
    }),
    ("response headers", |count| {
        operation(
            json!({ "responses": { "204": { "description": "d", "headers": (0..count).map(|index| (format!("X-H{index}"), json!({ "schema": { "type": "string" } }))).collect::<Map<_, _>>() } } }),
        )
    }),
    ("media types of a response", |count| {
        operation(
            json!({ "responses": { "200": { "description": "d", "content": (0..count).map(|index| (format!("application/vnd.a{index}+json"), json!({ "schema": { "type": "string" } }))).collect::<Map<_, _>>() } } }),
        )
    }),
    ("media types of a body", |count| {
        operation(
            json!({ "requestBody": { "content": (0..count).map(|index| (format!("application/vnd.a{index}+json"), json!({ "schema": { "type": "string" } }))).collect::<Map<_, _>>() }, "responses": { "204": { "description": "d" } } }),
        )
    }),
    ("parts of a form", |count| {
        operation(
            json!({ "requestBody": { "content": { "multipart/form-data": { "schema": object(count, false) } } }, "responses": { "204": { "description": "d" } } }),
        )
    }),
    ("encodings of parts", |count| {
        let stated = json!({ "contentType": "text/plain" });
        let encoding: Map<String, Value> = names("member", count).into_iter().map(|it| (it, stated.clone())).collect();
        let body = json!({ "multipart/form-data": { "schema": object(count, false), "encoding": encoding } });
        operation(json!({ "requestBody": { "content": body }, "responses": { "204": { "description": "d" } } }))
    }),
    ("fields of a URL-encoded form", |count| {
        operation(
            json!({ "requestBody": { "content": { "application/x-www-form-urlencoded": { "schema": object(count, false) } } }, "responses": { "204": { "description": "d" } } }),
        )
    }),
    ("security alternatives", |count| {
        document(
            json!({ "/a": { "get": { "security": (0..count).map(|index| json!({ format!("key{index}"): [] })).collect::<Vec<_>>(), "responses": { "204": { "description": "d" } } } } }),
            Map::new(),
            json!({ "components": { "securitySchemes": keys(count) } }),
        )
    }),
    ("security schemes together", |count| {
        document(
            json!({ "/a": { "get": { "security": [(0..count).map(|index| (format!("key{index}"), json!([]))).collect::<Map<_, _>>()], "responses": { "204": { "description": "d" } } } } }),
            Map::new(),
            json!({ "components": { "securitySchemes": keys(count) } }),
        )
    }),
    ("scopes", |count| {
        document(
            json!({ "/a": { "get": { "security": [{ "oauth": names("scope", count) }], "responses": { "204": { "description": "d" } } } } }),
            Map::new(),
            json!({ "components": { "securitySchemes": { "oauth": { "type": "oauth2", "flows": { "clientCredentials": { "tokenUrl": "https://example.com/t", "scopes": (0..count).map(|index| (format!("scope{index}"), json!("d"))).collect::<Map<_, _>>() } } } } } }),
        )
    }),
    ("servers", |count| {
        document(
            json!({}),
            Map::new(),
            json!({ "servers": (0..count).map(|index| json!({ "url": format!("https://s{index}.example.com") })).collect::<Vec<_>>() }),
        )
    }),
    ("server variables", |count| {
        document(
            json!({}),
            Map::new(),
            json!({ "servers": [{
        "url": format!("https://example.com{}", (0..count).map(|index| format!("/{{v{index}}}")).collect::<String>()),
        "variables": (0..count).map(|index| (format!("v{index}"), json!({ "default": "d" }))).collect::<Map<_, _>>(),
    }] }),
        )
    }),
    ("server variables of values each", |count| {
        let values = json!({ "default": "a", "enum": ["a", "b"] });
        let url: String = (0..count).map(|index| format!("/{{v{index}}}")).collect();
        let variables: Map<String, Value> = (0..count).map(|index| (format!("v{index}"), values.clone())).collect();
        let server = json!({ "url": format!("https://example.com{url}"), "variables": variables });
        document(json!({}), Map::new(), json!({ "servers": [server] }))
    }),
    ("values of a server variable", |count| {
        document(
            json!({}),
            Map::new(),
            json!({ "servers": [{ "url": "https://example.com/{v}", "variables": { "v": { "default": "value0", "enum": names("value", count) } } }] }),
        )
    }),
    ("webhooks", |count| {
        document(
            json!({}),
            Map::new(),
            json!({ "webhooks": (0..count).map(|index| (format!("event{index}"), json!({ "post": { "requestBody": { "content": { "application/json": { "schema": { "type": "string" } } } }, "responses": { "204": { "description": "d" } } } }))).collect::<Map<_, _>>() }),
        )
    }),
    ("callbacks", |count| {
        operation(
            json!({ "responses": { "204": { "description": "d" } }, "callbacks": (0..count).map(|index| (format!("event{index}"), json!({ format!("{{$request.query.a{index}}}"): { "post": { "responses": { "204": { "description": "d" } } } } }))).collect::<Map<_, _>>() }),
        )
    }),
    ("extensions", |count| {
        document(
            json!({}),
            Map::new(),
            Value::Object((0..count).map(|index| (format!("x-{index}"), json!({ "a": 1 }))).collect()),
        )
    }),
    ("unknown keys", |count| {
        document(
            json!({}),
            Map::new(),
            Value::Object((0..count).map(|index| (format!("unknown{index}"), json!({ "a": 1 }))).collect()),
        )
    }),
    ("broken references", |count| {
        schema(nested(count, |index| json!({ "$ref": format!("#/components/schemas/None{index}") })))
    }),
    ("overlay actions", |count| {
        overlaid(
            (0..count).map(|index| json!({ "target": "$.info", "update": { format!("x-{index}"): index } })).collect(),
            1,
        )
    }),
    ("overlay actions of a filter each", |count| {
        overlaid((0..count).map(|index| json!({ "target": format!("$.tags[?@.name == 'tag{index}']"), "update": { "description": "d" } })).collect(), 1)
    }),
    ("overlay actions that remove", |count| {
        overlaid(
            (0..count)
                .map(|index| json!({ "target": format!("$.tags[?@.name == 'none{index}']"), "remove": true }))
                .collect(),
            1,
        )
    }),
    ("nodes under a filter", |count| {
        overlaid(vec![json!({ "target": "$.tags[?@.name != 'a']", "update": { "description": "d" } })], count)
    }),
    ("nodes of a descent", |count| {
        overlaid(vec![json!({ "target": "$..[?@.name == 'tag1']", "update": { "description": "d" } })], count)
    }),
    ("terms of a filter", |count| {
        overlaid(
            vec![
                json!({ "target": format!("$.tags[?{}]", (0..count).map(|index| format!("@.a{index}")).collect::<Vec<_>>().join(" || ")), "update": { "description": "d" } }),
            ],
            1,
        )
    }),
    ("steps of a path expression", |count| {
        overlaid(vec![json!({ "target": format!("${}", ".a".repeat(count)), "update": { "description": "d" } })], 1)
    }),
];
