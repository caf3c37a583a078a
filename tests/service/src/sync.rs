//! The work of the service.

use crate::clients::{pets, shop};

/// Returns the names of the first pets.
///
/// # Errors
/// If the API cannot be called.
pub async fn names_of_pets(client: &pets::Client) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let pets = client.pets().list().limit(10).await?;
    Ok(pets.into_iter().map(|pet| pet.name).collect())
}

/// Returns the number of lines of all orders.
///
/// # Errors
/// If the API cannot be called.
pub async fn orders(base_url: &str) -> Result<usize, Box<dyn std::error::Error>> {
    let client = shop::Client::builder().base_url(base_url).build()?;
    let page = client.orders().list().await?;
    Ok(page.items.iter().map(|order: &shop::types::Order| order.lines.len()).sum())
}
