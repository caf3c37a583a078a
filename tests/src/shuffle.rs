//! Reordering of a document's keys.

use serde_json::Value;

/// The keys of sample values, which are shown to people in the author's order.
const SAMPLES: [&str; 5] = ["default", "enum", "example", "examples", "value"];

/// Reorders the keys of every object, except in sample values. The order depends only on the seed.
pub fn keys(value: &mut Value, seed: u64) {
    shuffle(value, &mut Numbers(seed));
}

fn shuffle(value: &mut Value, numbers: &mut Numbers) {
    match value {
        Value::Object(members) => {
            let mut entries: Vec<(String, Value)> = std::mem::take(members).into_iter().collect();
            for last in (1..entries.len()).rev() {
                entries.swap(last, numbers.below(last + 1));
            }
            let shuffled = entries.iter_mut().filter(|(name, _)| !SAMPLES.contains(&name.as_str()));
            shuffled.for_each(|(_, member)| shuffle(member, numbers));
            members.extend(entries);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| shuffle(item, numbers)),
        _ => {}
    }
}

/// SplitMix64, a reproducible random number generator.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((number ^ (number >> 31)) % bound as u64) as usize
    }
}
