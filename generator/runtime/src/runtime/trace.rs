//! A span for each call, as OpenTelemetry's semantic conventions for HTTP clients name it.

use tracing::field::Empty;

use super::error::Error;
use super::reply::Reply;
use super::spec::Spec;

/// The span of a call: no header, no body and no query is in it.
pub(crate) fn span(spec: &Spec, base_url: &url::Url) -> tracing::Span {
    tracing::info_span!(
        "http.client.request",
        otel.name = format_args!("{} {}", spec.method.as_str(), spec.path),
        otel.kind = "client",
        otel.status_code = Empty,
        http.request.method = spec.method.as_str(),
        url.full = Empty,
        url.template = spec.path.text,
        server.address = base_url.host_str().unwrap_or_default(),
        server.port = base_url.port_or_known_default(),
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.r#type = Empty,
    )
}

/// Records the URL of an attempt, without the query, which may contain secrets.
pub(crate) fn attempt(span: &tracing::Span, url: &url::Url) {
    if !span.is_disabled() {
        let mut url = url.clone();
        url.set_query(None);
        span.record("url.full", url.as_str());
    }
}

/// Records the outcome of a call.
pub(crate) fn record(span: &tracing::Span, outcome: &Result<Reply, Error>) {
    let (status, attempts) = match outcome {
        Ok(reply) => (Some(reply.status), reply.attempts),
        Err(error) => (error.status(), error.attempts()),
    };
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
        if status.as_u16() >= 400 {
            span.record("error.type", status.as_str());
            span.record("otel.status_code", "ERROR");
        }
    }
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
    if let Err(error) = outcome {
        let kind = match error {
            Error::Timeout { .. } => "timeout",
            Error::Transport { .. } => "transport",
            Error::Auth { .. } => "auth",
            Error::Middleware { .. } => "middleware",
            Error::Invalid { .. } => "invalid_request",
            Error::TooLarge { .. } => "too_large",
            _ => "decode",
        };
        span.record("error.type", kind);
        span.record("otel.status_code", "ERROR");
        tracing::debug!(parent: span, "{error}");
    }
}
