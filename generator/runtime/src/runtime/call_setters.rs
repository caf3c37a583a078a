//! The setters by which operations put their arguments into a call's request.
//!
//! These are methods, where a closure over the request would be a type and a function more for each parameter of an API. They
//! are called `set_…`, so that a parameter called `query`, `path`, `text` or `header` keeps its name. A fault in an argument is
//! reported when the call is awaited, before anything is sent.

use serde::Serialize;

use super::call::Call;
use super::parameter::Parameter;

impl<O> Call<'_, O> {
    /// A path parameter.
    pub(crate) fn set_path<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.request.path(name, value);
        self
    }

    /// A query parameter. Nothing is sent for `None`.
    pub(crate) fn set_query<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.request.query(name, value);
        self
    }

    /// A header parameter.
    pub(crate) fn set_header<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.request.header(name, value);
        self
    }

    /// A cookie parameter.
    pub(crate) fn set_cookie<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.request.cookie(name, value);
        self
    }

    /// A parameter of any style.
    pub(crate) fn set_parameter<T: Serialize + ?Sized>(mut self, parameter: &Parameter, value: &T) -> Self {
        self.request.parameter(parameter, value);
        self
    }

    /// A parameter that is sent as JSON.
    pub(crate) fn set_json_parameter<T: Serialize + ?Sized>(mut self, parameter: &Parameter, value: &T) -> Self {
        self.request.json_parameter(parameter, value);
        self
    }

    /// A parameter that is sent as the pairs of a form.
    pub(crate) fn set_form_parameter<T: Serialize + ?Sized>(mut self, parameter: &Parameter, value: &T) -> Self {
        self.request.form_parameter(parameter, value);
        self
    }

    /// The whole query string, as the properties of a form or as a text.
    pub(crate) fn set_query_string<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        self.request.query_string(value);
        self
    }

    /// The whole query string, as JSON.
    pub(crate) fn set_json_query_string<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        self.request.json_query_string(value);
        self
    }

    /// A JSON body.
    pub(crate) fn set_json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        self.request.json(body);
        self
    }

    /// A JSON body of another media type.
    pub(crate) fn set_json_as<T: Serialize + ?Sized>(mut self, content_type: &str, body: &T) -> Self {
        self.request.json_as(content_type, body);
        self
    }

    /// A body of form properties.
    pub(crate) fn set_form<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        self.request.form(body);
        self
    }

    /// A body of form properties, some of which have styles of their own.
    pub(crate) fn set_form_with<T: Serialize + ?Sized>(mut self, encoding: &[Parameter], body: &T) -> Self {
        self.request.form_with(encoding, body);
        self
    }

    /// A text body.
    pub(crate) fn set_text(mut self, content_type: &str, body: impl Into<String>) -> Self {
        self.request.text(content_type, body);
        self
    }

    /// A body of bytes, or one that is read as it is sent.
    pub(crate) fn set_body(mut self, content_type: &str, body: impl Into<reqwest::Body>) -> Self {
        self.request.body(content_type, body);
        self
    }
}
