//! Random bits.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// 64 bits that differ each time: enough for jitter and idempotency keys, not for secrets.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
