//! Headers of answers, by constants that say what they read as.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use http::HeaderMap;

use super::call::Response;

/// A header of an answer, and what it reads as.
pub struct Header<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// By its name, in any case.
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
    /// Reads it among the headers of an answer, or of an [`Error`](super::error::Error). `None` if it is absent, or
    /// reads otherwise.
    #[must_use]
    pub fn of(self, headers: &HeaderMap) -> Option<T> {
        headers.get(self.name)?.to_str().ok()?.trim().parse().ok()
    }
}

impl<T> Response<T> {
    /// A header that the description knows. `None` if it is absent, or reads otherwise.
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
