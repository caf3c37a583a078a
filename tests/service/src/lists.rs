//! Lists that are paged by a rule of the document or by another tool's extension, walked to their end on a server.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::HashMap;
use std::fmt::Debug;

use serde_json::{json, Value};
use wiremock::{matchers, Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::clients::shop::runtime::{Call, Paged};
use crate::clients::shop::types::{ListByBodyRequest, Row};
use crate::clients::shop::{Client, Error};

/// A list that a server hands out in pages: the items of each, or the failure that is there instead.
type List = &'static [Option<&'static [&'static str]>];

/// Pages of two items, of one and, where a list can go on after it, of none between them.
const WITH_AN_EMPTY_PAGE: List = &[Some(&["a", "b"]), Some(&[]), Some(&["c"])];
/// Pages that are counted: a page without items is the last.
const COUNTED: List = &[Some(&["a", "b"]), Some(&["c", "d"]), Some(&[])];
/// No item at all.
const EMPTY: List = &[Some(&[])];
/// A page that fails.
const BROKEN: List = &[Some(&["a", "b"]), None, Some(&["c"])];

/// A server of lists, each under the path that names its way of paging.
struct Lists(List);

impl Lists {
    /// The page that a request asks for, and how this way of paging leads to the one after it.
    fn page(&self, request: &Request) -> Option<(usize, &'static [&'static str])> {
        let query: HashMap<_, _> = request.url.query_pairs().into_owned().collect();
        let number = |key: &str| query.get(key).and_then(|text| text.parse::<usize>().ok());
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let of_items = |count: usize| {
            let mut before = 0;
            self.0.iter().position(|page| {
                let is_it = before >= count;
                before += page.map_or(0, <[_]>::len);
                is_it
            })
        };
        let index = match request.url.path().trim_start_matches("/lists/") {
            "page" | "bare" => number("page").map_or(0, |page| page - 1),
            "offset" => of_items(number("offset").unwrap_or(0)).unwrap_or(self.0.len()),
            "fern" => of_items(number("skip").unwrap_or(0)).unwrap_or(self.0.len()),
            "last" => {
                let after = query.get("starting_after");
                let is_it =
                    |page: Option<&[&str]>| page.is_some_and(|items| items.last().copied() == after.map(|id| &**id));
                after.map_or(0, |_| self.0.iter().copied().position(is_it).unwrap() + 1)
            }
            "speakeasy" => body["cursor"].as_str().map_or(0, |text| text.parse().unwrap()),
            "cursor" => number("after").unwrap_or(0),
            _ => number("at").unwrap_or(0),
        };
        let page = if index < self.0.len() { self.0[index]? } else { &[] };
        Some((index, page))
    }
}

impl Respond for Lists {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let Some((index, ids)) = self.page(request) else { return ResponseTemplate::new(404) };
        let next = Some(index + 1).filter(|next| *next < self.0.len());
        let rows: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
        let path = request.url.path();
        let url = next.map(|next| format!("{path}?at={next}"));
        let all = self.0.iter().flatten().map(|items| items.len()).sum::<usize>();
        let body = match path.trim_start_matches("/lists/") {
            "cursor" => json!({ "data": rows, "meta": { "next": next.map(|next| next.to_string()) } }),
            "last" => json!({ "data": rows, "has_more": next.is_some() }),
            "page" => json!({ "data": rows, "pages": self.0.len() }),
            "offset" => json!({ "data": rows, "total": all }),
            "link" => json!({ "data": rows, "links": { "next": url } }),
            "azure" => json!({ "value": rows, "nextLink": url.clone().unwrap_or_default() }),
            "speakeasy" => json!({ "data": rows, "next": next.map(|next| next.to_string()).unwrap_or_default() }),
            "fern" => json!({ "data": rows }),
            _ => json!(rows),
        };
        let answer = ResponseTemplate::new(200).set_body_json(body);
        match url.filter(|_| path.ends_with("/header")) {
            Some(url) => answer.insert_header("link", format!("<{url}>; rel=\"next\"")),
            None => answer,
        }
    }
}

/// Returns the items of a list, and the status of the failure that ended it.
async fn walk<O: Paged<Item = Row>>(call: Call<'_, O>) -> (Vec<String>, Option<u16>)
where
    O::Failure: Debug,
{
    let mut items = call.items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(row) => found.push(row.id),
            Err(error) => {
                assert!(items.next().await.is_none(), "a failure ends the list");
                return (found, error.status().map(|status| status.as_u16()));
            }
        }
    }
    assert!(items.next().await.is_none(), "what has ended stays so");
    (found, None)
}

async fn served(list: List) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(matchers::any()).respond_with(Lists(list)).mount(&server).await;
    let client = Client::builder().base_url(server.uri()).build().unwrap();
    (server, client)
}

/// Walks all ten lists.
async fn walk_all(list: List) -> Vec<(&'static str, Vec<String>, Option<u16>)> {
    let (_server, client) = served(list).await;
    let lists = client.lists();
    let body = ListByBodyRequest::default();
    let mut found = Vec::new();
    macro_rules! walk {
        ($($name:literal: $call:expr;)*) => {
            $(let (items, failure) = walk($call).await; found.push(($name, items, failure));)*
        };
    }
    walk! {
        "cursor": lists.list_by_cursor();
        "last item": lists.list_by_last_item();
        "page": lists.list_by_page();
        "page of a bare list": lists.list_by_page_alone();
        "offset": lists.list_by_offset();
        "link": lists.list_by_link();
        "header": lists.list_by_header();
        "x-ms-pageable": lists.list_by_next_link();
        "x-speakeasy-pagination": lists.list_by_body(&body);
        "x-fern-pagination": lists.list_by_step();
    }
    assert_eq!(found.len(), 10);
    found
}

#[tokio::test]
async fn every_list_is_walked_to_its_end() {
    for (name, items, failure) in walk_all(COUNTED).await {
        assert_eq!((items.join(""), failure), ("abcd".to_owned(), None), "{name}");
    }
}

#[tokio::test]
async fn a_page_without_items_ends_only_what_is_counted() {
    for (name, items, failure) in walk_all(WITH_AN_EMPTY_PAGE).await {
        // There is no last item to go on from, and no count that grows.
        let ends = !["cursor", "link", "header", "x-ms-pageable", "x-speakeasy-pagination"].contains(&name);
        assert_eq!((items.join("").as_str(), failure), (if ends { "ab" } else { "abc" }, None), "{name}");
    }
    for (name, items, failure) in walk_all(EMPTY).await {
        assert_eq!((items.len(), failure), (0, None), "{name}");
    }
}

#[tokio::test]
async fn a_page_that_fails_ends_the_list_with_its_error() {
    for (name, items, failure) in walk_all(BROKEN).await {
        assert_eq!((items.join("").as_str(), failure), ("ab", Some(404)), "{name}");
    }
}

#[tokio::test]
async fn the_first_page_is_a_call_like_any_other() {
    let (_server, client) = served(BROKEN).await;
    assert_eq!(client.lists().list_by_cursor().await.unwrap().data.unwrap().len(), 2);
    let failure = client.lists().list_by_cursor().after("1").await;
    assert!(matches!(failure, Err(Error::UnexpectedStatus { .. })));
}
