//! Pages for the command line.

use super::cli_table::EachPage;
use super::client::Client;
use super::paging::Paging;
use super::reply::Reply;
use super::request::Request;

impl EachPage for Paging {
    fn items(&self) -> &'static str {
        self.items
    }

    fn next(&self, client: &Client, request: Box<Request>, page: &Reply) -> Option<Box<Request>> {
        self.next_request(client, request, page)
    }
}
