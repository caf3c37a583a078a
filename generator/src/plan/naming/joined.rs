//! Names of what belongs to something else.

use crate::rust::name::words;

/// The last word of the name of a form that is sent, beside one that is received.
const SENT: &str = "Input";

/// The owner's name and the hint, without saying twice what ends the one and opens the other, or what opens both: `BillingPrice` and
/// `BillingPriceFlat` are `BillingPriceFlat`, `ShopOrderEvent` and `ShopOrderPaid` are `ShopOrderEventPaid`.
pub(super) fn joined(owner: &str, hint: &str) -> String {
    // Of two forms that are sent, the inner one says so.
    let owner = without_sent(owner).filter(|_| without_sent(hint).is_some()).unwrap_or(owner);
    let (before, after) = (words(owner), words(hint));
    let ends = (1..after.len()).rev().find(|count| before.ends_with(&after[..*count]));
    let opens = before.iter().zip(&after).take_while(|(one, other)| one == other).count().min(after.len() - 1);
    match ends.or((opens > 1).then_some(opens)) {
        Some(count) => format!("{owner} {}", after[count..].join(" ")),
        None => format!("{owner} {hint}"),
    }
}

fn without_sent(name: &str) -> Option<&str> {
    let (plain, last) = name.rsplit_once(' ')?;
    last.eq_ignore_ascii_case(SENT).then_some(plain)
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
            ("Order Input", "step Input", "Order step Input"),
            ("Order Input", "state", "Order Input state"),
            ("OrderInput", "step Input", "OrderInput step Input"),
        ] {
            assert_eq!(joined(owner, hint), expected);
        }
    }
}
