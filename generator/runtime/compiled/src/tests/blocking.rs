//! Calls without an async runtime.

use super::sample::API;
use super::server::{Server, json};
use crate::runtime::builder::ClientBuilder;
use crate::runtime::error::Error;

#[test]
fn a_call_can_be_waited_for() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Server::answering(|_| json(200, "[]")));
    let client = ClientBuilder::new(&API).base_url(&server.url).token("t").build().unwrap();
    assert_eq!(client.webhooks().list().blocking().unwrap(), []);
    assert_eq!(client.webhooks().list().blocking().unwrap(), []);
}

#[tokio::test]
async fn waiting_inside_a_runtime_is_refused() {
    let client = ClientBuilder::new(&API).token("t").build().unwrap();
    assert!(matches!(client.webhooks().list().blocking(), Err(Error::Invalid { .. })));
}
