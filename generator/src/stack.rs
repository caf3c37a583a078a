//! Stack for reading a part of a document into the model, which recurses as deep as the part.

use serde::Deserialize;
use serde_json::Value;

/// Stack that `openapiv3` takes for a level of a part, in a build without optimization.
const STACK_PER_LEVEL: usize = 64 << 10;

/// Reads a part of a document into the model, independent of the remaining stack of the caller's thread.
///
/// Few parts go deep. All others are read here, where the memory of the tree that ends can be that of the model: what one thread
/// lets go is of no use to another.
pub(crate) fn read<T: for<'a> Deserialize<'a> + Send>(part: &Value) -> Result<T, serde_json::Error> {
    let depth = depth(part);
    if depth < 16 {
        return T::deserialize(part);
    }
    let done = std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size((depth + 16) * STACK_PER_LEVEL);
        let thread = builder.spawn_scoped(scope, || T::deserialize(part)).ok()?;
        Some(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    // If no thread can be started, this one reads it.
    done.unwrap_or_else(|| T::deserialize(part))
}

/// Returns the nesting depth of objects and arrays.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}
