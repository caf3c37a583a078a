//! The generated client.

use std::error::Error;

use webhooks_api::types::WebhookInput;
use webhooks_api::{Client, Presence};

use crate::{Contender, ID, TOKEN, Task};

/// The generated client, as its builder makes it.
#[derive(Debug)]
pub struct Generated(Client);

impl Generated {
    /// A client of the server at this URL.
    ///
    /// # Errors
    /// Where there can be none.
    pub fn new(url: &str) -> Result<Self, Box<dyn Error>> {
        Ok(Self(Client::builder().base_url(url).token(TOKEN).no_proxy().build()?))
    }
}

impl Contender for Generated {
    fn name(&self) -> &'static str {
        "generated"
    }

    async fn call(&self, task: Task) -> Result<usize, Box<dyn Error>> {
        let webhooks = self.0.webhooks();
        Ok(match task {
            Task::Get => webhooks.get(ID).await?.webhook.name.len(),
            Task::List => webhooks.list().await?.webhooks.len(),
            Task::Update => {
                let change = WebhookInput {
                    active: true,
                    description: None,
                    name: "Grades of course 7".to_owned(),
                    secret: "8f2b6a1e4c7d".into(),
                    sensor: Presence::Absent,
                    target_url: "https://registrar.example.org/hooks/7".to_owned(),
                };
                webhooks.update(ID, &change).await?.webhook.name.len()
            }
        })
    }
}
