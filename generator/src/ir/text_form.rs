//! The form of a text.

/// The length of a text, and the characters that it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TextForm {
    /// The least number of characters.
    pub least: u32,
    /// The greatest number of characters.
    pub most: u32,
    /// The characters, as sorted ranges that include both ends.
    pub ranges: Vec<(char, char)>,
}

impl TextForm {
    /// Returns whether a text may have a character.
    pub fn has(&self, letter: char) -> bool {
        self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter))
    }

    /// Returns whether a text is of this form.
    pub fn admits(&self, text: &str) -> bool {
        let length = text.chars().count();
        let fits = u32::try_from(length).is_ok_and(|length| (self.least..=self.most).contains(&length));
        fits && text.chars().all(|letter| self.has(letter))
    }

    /// Returns the breadth of a form: the number of characters, then that of lengths. The narrowest form is tried first.
    pub fn breadth(&self) -> (u32, u32) {
        let letters = self.ranges.iter().map(|(first, last)| u32::from(*last) - u32::from(*first) + 1);
        (letters.sum(), self.most.saturating_sub(self.least))
    }
}
