//! Deliveries: the scheme that a document states, and who gets the code that verifies.

use clientwright::diagnostics::Rule;
use clientwright::{NoFiles, Options, Source, generate};

const HOOKS: &str = "
webhooks:
  paid: { post: { requestBody: { content: { application/json: { schema: { type: string } } } }, responses: { '204': { description: Thanks } } } }
";

fn document(more: &str) -> Source {
    let text = format!("openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths: {{}}\n{more}");
    Source { name: "shop.yaml".to_owned(), bytes: text.into_bytes() }
}

fn file(source: &Source, client: bool, path: &str) -> Option<String> {
    let options = Options { client, ..Options::new("shop") };
    let report = generate(source, &[], &NoFiles, &options);
    let files = report.product.expect("the document is fine").files;
    files.into_iter().find(|file| file.path == path).map(|file| file.contents)
}

#[test]
fn only_clients_of_apis_with_webhooks_can_verify() {
    let with = document(HOOKS);
    let incoming = file(&with, true, "src/incoming.rs").expect("there are webhooks");
    assert!(incoming.contains("pub fn receive("), "{incoming}");
    assert!(!incoming.contains("SIGNING"), "the document states no scheme");
    let manifest = file(&with, true, "Cargo.toml").expect("a manifest");
    assert!(manifest.contains("deliveries = [\"dep:base64\", \"dep:hmac\", \"dep:sha1\", \"dep:sha2\"]"), "{manifest}");
    for (source, client) in [(document(""), true), (with, false)] {
        assert!(!file(&source, client, "Cargo.toml").expect("a manifest").contains("hmac"));
        assert_eq!(file(&source, client, "src/runtime/delivery.rs"), None);
    }
}

#[test]
fn a_scheme_is_a_constant() {
    let scheme = "x-clientwright-deliveries: { header: X-Signature, algorithm: sha512, encoding: base64, prefix: 'v=', signed: '{timestamp}:{body}', timestamp: X-Time, tolerance: 60 }";
    let incoming = file(&document(&format!("{scheme}{HOOKS}")), true, "src/incoming.rs").expect("there are webhooks");
    let constant = incoming.split("pub const SIGNING").nth(1).expect("a constant").split(";\n").next();
    insta::assert_snapshot!(constant.expect("an end"));
    let standard =
        file(&document(&format!("x-clientwright-deliveries: standard-webhooks{HOOKS}")), true, "src/incoming.rs");
    assert!(standard.is_some_and(|text| text.contains("Signing::STANDARD_WEBHOOKS;")));
}

#[test]
fn a_scheme_that_is_incomplete_is_an_error_where_it_is() {
    for (scheme, place) in [
        ("standard", ""),
        ("{ header: X-A, algorithm: sha3, encoding: hex }", "/algorithm"),
        ("{ header: X-A, algorithm: sha1, encoding: hex, sign: '{body}' }", "/sign"),
        ("{ header: X-A, algorithm: sha1, encoding: hex, signed: '{id}' }", "/signed"),
        ("{ header: X-A, algorithm: sha1, encoding: hex, signed: '{id}.{body}' }", "/signed"),
        ("{ header: 'X A', algorithm: sha1, encoding: hex }", "/header"),
        ("{ algorithm: sha1, encoding: hex }", ""),
        ("{ header: X-A, algorithm: sha1, encoding: hex, tolerance: -1 }", "/tolerance"),
    ] {
        let source = document(&format!("x-clientwright-deliveries: {scheme}{HOOKS}"));
        let report = generate(&source, &[], &NoFiles, &Options::new("shop"));
        let found = report.diagnostics.iter().find(|found| found.rule == Rule::DeliveriesUnclear);
        let found = found.unwrap_or_else(|| panic!("{scheme}"));
        assert_eq!(found.pointer().as_str(), format!("/x-clientwright-deliveries{place}"), "{scheme}");
        assert!(report.product.is_none());
    }
}
