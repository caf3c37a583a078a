//! The scopes of the document.

use webhooks_api::Scope;

#[test]
fn every_scope_is_its_url() {
    let scopes = [
        (Scope::Admin, "https://purl.imsglobal.org/spec/caliper/v1p1/scope/admin"),
        (Scope::WebhookCreate, "https://purl.imsglobal.org/spec/caliper/v1p1/scope/webhook.create"),
        (Scope::WebhookReadonly, "https://purl.imsglobal.org/spec/caliper/v1p1/scope/webhook.readonly"),
        (Scope::EventCreate, "https://purl.imsglobal.org/spec/caliper/v1p1/scope/event.create"),
    ];
    for (scope, url) in scopes {
        assert_eq!(scope.as_str(), url);
        assert_eq!(scope.to_string(), url);
        assert_eq!(Scope::from(url), scope);
    }
}

#[test]
fn another_scope_can_be_named() {
    let other = Scope::from("https://example.com/scope/other");
    assert_eq!(other, Scope::Other("https://example.com/scope/other".to_owned()));
    assert_eq!(other.as_str(), "https://example.com/scope/other");
}
