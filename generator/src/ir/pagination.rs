//! The pagination of an operation.

use super::Use;

/// The pagination of an operation, all of whose parts the operation has.
#[derive(Clone, Debug)]
pub struct Pagination {
    /// The way from one page to the next.
    pub way: Way,
    /// The items of a page: a JSON pointer (RFC 6901) into the response. Empty if the response is the list.
    pub items: String,
    /// An item, if the document describes it.
    pub item: Option<Use>,
    /// A JSON pointer to a boolean that is true if another page exists.
    pub more: Option<String>,
    /// A JSON pointer to the total number of pages (`page`) or items (`offset`).
    pub total: Option<String>,
}

/// The way from one page to the next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// A page has the cursor of the next request.
    Cursor {
        /// The place of the cursor: a query parameter, or a JSON pointer into the body.
        parameter: String,
        /// The source of the cursor: a JSON pointer into the response, or into its last item.
        next: String,
        /// True if the pointer starts at the last item.
        of_last_item: bool,
    },
    /// Pages are counted.
    Page {
        /// The place of the count: a query parameter, or a JSON pointer into the body.
        parameter: String,
        /// The number of the first page.
        first: u64,
    },
    /// Items are counted.
    Offset {
        /// The place of the count: a query parameter, or a JSON pointer into the body.
        parameter: String,
    },
    /// A page has the URL of the next one: in the `Link` header (RFC 8288), or at a JSON pointer into the response.
    Link {
        /// The pointer; `None` for the header.
        next: Option<String>,
    },
}
