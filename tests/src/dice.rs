//! Reproducible random numbers.

/// A small random number generator (xorshift64*). The same seed gives the same numbers.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Creates dice with a seed other than 0.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        Dice(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed))
    }

    /// Returns a number below `sides`.
    #[allow(clippy::cast_possible_truncation, reason = "31 bits")]
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    /// Returns one of several items.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.roll(from.len())]
    }

    /// Returns `true` once in `sides` times on average.
    pub fn once_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }
}
