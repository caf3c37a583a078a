//! Names of what belongs to something else.

use crate::rust::name::words;

/// The owner's name and the hint, without saying twice what ends the one and opens the other, or what opens both: `BillingPrice` and
/// `BillingPriceFlat` are `BillingPriceFlat`, `ShopOrderEvent` and `ShopOrderPaid` are `ShopOrderEventPaid`.
pub(super) fn joined(owner: &str, hint: &str) -> String {
    let (before, after) = (words(owner), words(hint));
    let ends = (1..after.len()).rev().find(|count| before.ends_with(&after[..*count]));
    let opens = before.iter().zip(&after).take_while(|(one, other)| one == other).count().min(after.len() - 1);
    match ends.or((opens > 1).then_some(opens)) {
        Some(count) => format!("{owner} {}", after[count..].join(" ")),
        None => format!("{owner} {hint}"),
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn an_owner_s_name_is_not_said_twice() {
        for (owner, hint, expected) in [
            ("Price", "Flat", "Price Flat"),
            ("TrialPrice", "TrialPriceFlat", "TrialPrice flat"),
            ("OrderItem", "item status", "OrderItem status"),
            ("Status", "status", "Status status"),
            ("ShopOrderEvent", "ShopOrderPaid", "ShopOrderEvent paid"),
            ("ShopEvent", "ShopPaid", "ShopEvent ShopPaid"),
            ("Order", "Ordering", "Order Ordering"),
        ] {
            assert_eq!(joined(owner, hint), expected);
        }
    }
}
