//! How the answers of an operation come in pages.

use crate::place::Pointer;

/// What `x-clientwright-pagination` says, or what a documented `Link` header comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// Where it stands in the normalized document.
    pub pointer: Pointer,
    /// Whether the document says so in as many words. Otherwise it was concluded, and is let go where it doesn't fit.
    pub declared: bool,
    /// How one page leads to the next.
    pub way: Way,
    /// Where a page has its items: a JSON pointer (RFC 6901) into the answer. `None`: the answer itself, or its only list.
    pub items: Option<String>,
    /// Where a page says whether there is another one: a JSON pointer to a truth value.
    pub more: Option<String>,
    /// Where a page says how many pages (`page`) or items (`offset`) there are in all: a JSON pointer to a number.
    pub total: Option<String>,
}

/// How one page leads to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A page says what the next request has to say.
    Cursor {
        /// Where that goes: a query parameter, or a JSON pointer into the body.
        parameter: String,
        /// Where a page has it: a JSON pointer into the answer, or into its last item.
        next: String,
        /// Whether the pointer starts at the last item.
        of_last_item: bool,
    },
    /// Pages are counted.
    Page {
        /// Where the count goes: a query parameter, or a JSON pointer into the body.
        parameter: String,
        /// The number of the first page.
        first: u64,
    },
    /// Items are counted.
    Offset {
        /// Where the count goes: a query parameter, or a JSON pointer into the body.
        parameter: String,
    },
    /// A page has the URL of the next one: in the `Link` header (RFC 8288), or by a JSON pointer into the answer.
    Link {
        /// The pointer, if it isn't the header.
        next: Option<String>,
    },
}
