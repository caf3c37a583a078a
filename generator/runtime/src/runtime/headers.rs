//! Headers of responses, as constants with the types of the values.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use http::HeaderMap;

use super::call::Response;

/// A header of a response, with the type of its value.
pub struct Header<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// A header by its name, in any case.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<T: FromStr> Header<T> {
    /// Reads the header from those of a response or of an [`Error`](super::error::Error). `None` if it is absent or
    /// cannot be parsed.
    #[must_use]
    pub fn of(self, headers: &HeaderMap) -> Option<T> {
        headers.get(self.name)?.to_str().ok()?.trim().parse().ok()
    }
}

impl<T> Response<T> {
    /// A header that the description has. `None` if it is absent or cannot be parsed.
    #[must_use]
    pub fn get<H: FromStr>(&self, header: Header<H>) -> Option<H> {
        header.of(&self.headers)
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Header({})", self.name)
    }
}
