//! Random numbers that a seed determines.

/// A small random number generator (xorshift64*).
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn of(seed: u64) -> Self {
        Random(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed.max(1)))
    }

    /// Returns a number below `sides`; 0 if there are none.
    pub(super) fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap_or_default().checked_rem(sides).unwrap_or_default()
    }
}
