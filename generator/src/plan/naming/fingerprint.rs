//! Fingerprints of texts, which the names file keeps.

/// Returns a number that is the same in every run for the same text. Two texts may share it.
pub(crate) fn fingerprint(text: &str) -> u64 {
    // 64-bit FNV-1a, which does not change between versions of Rust as the standard library's hasher may.
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, mix)
}
