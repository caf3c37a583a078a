//! The methods of the runtime that names from a document must not meet.

/// Names that the runtime has on a call: setters for optional parameters must be called otherwise.
pub const CALL_METHODS: &[&str] = &[
    "new",
    "with",
    "retype",
    "base_url",
    "timeout",
    "idle_timeout",
    "body_limit",
    "error_limit",
    "retry",
    "idempotency_key",
    "extra_header",
    "extra_query",
    "with_response",
    "reconnecting",
    "blocking",
    "start",
    "into_future",
    "refuse",
    "into_request",
    "set_path",
    "set_query",
    "set_header",
    "set_cookie",
    "set_parameter",
    "set_json_parameter",
    "set_query_string",
    "set_json_query_string",
    "set_json",
    "set_json_as",
    "set_form",
    "set_form_with",
    "set_json_lines",
    "set_text",
    "set_body",
    "set_multipart",
    "set_xml",
];

/// Names that the runtime has on a call whose answers come in pages.
pub const PAGED_METHODS: &[&str] = &["pages", "items"];

/// Names that the runtime has on a client builder: setters for credentials must be called otherwise.
pub const BUILDER_METHODS: &[&str] = &[
    "new",
    "credential",
    "base_url",
    "base_url_alone",
    "token_url",
    "client_authentication",
    "scopes",
    "allow_anonymous",
    "allow_http",
    "http_client",
    "transport",
    "header",
    "hiding",
    "user_agent",
    "connect_timeout",
    "timeout",
    "idle_timeout",
    "body_limit",
    "error_limit",
    "accept_any_content_type",
    "no_proxy",
    "retry",
    "on_request",
    "on_response",
    "middleware",
    "build",
    "base",
    "default_headers",
    "fetcher",
    "prepare",
];

/// Names that the runtime has on a client: groups and untagged operations must be called otherwise.
pub const CLIENT_METHODS: &[&str] =
    &["builder", "raw", "base_url", "clone", "accepts_any_content_type", "with_secrets"];
