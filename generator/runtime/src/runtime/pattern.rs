//! Patterns of ECMA-262, as JSON Schema has them, in the dialect of an engine that bounds the steps of a match.

use std::str::Chars;

/// The members of ECMA-262's `\d`, `\w` and `\s`, which are not those of Unicode.
const DIGIT: &str = "0-9";
const WORD: &str = "A-Za-z0-9_";
const SPACE: &str = r"\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}";

/// Writes a pattern in the dialect of `fancy-regex`. `None` where it can't be read, or asks for half a character.
#[must_use]
pub fn translate(pattern: &str) -> Option<String> {
    let mut translation = Translation { rest: pattern.chars(), out: String::with_capacity(pattern.len() + 8) };
    while let Some(next) = translation.rest.next() {
        translation.term(next)?;
    }
    Some(translation.out)
}

struct Translation<'p> {
    rest: Chars<'p>,
    out: String,
}

/// A member of a class.
enum Atom {
    One(char),
    /// Several, as they stand inside of brackets.
    Set(String),
}

impl Translation<'_> {
    /// The rest of the pattern.
    fn ahead(&self) -> &str {
        self.rest.as_str()
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn next_if(&mut self, is_wanted: impl Fn(char) -> bool) -> Option<char> {
        self.peek().filter(|next| is_wanted(*next))?;
        self.rest.next()
    }

    fn next_if_eq(&mut self, wanted: char) -> Option<char> {
        self.next_if(|next| next == wanted)
    }

    fn term(&mut self, first: char) -> Option<()> {
        match first {
            '\\' => return self.escape(),
            '[' => return self.class(),
            '.' => self.out.push_str(r"[^\n\r\x{2028}\x{2029}]"),
            '$' => self.out.push_str(r"\z"),
            '^' => self.out.push_str(r"\A"),
            '{' if !is_count(self.ahead()) => self.out.push_str(r"\{"),
            '{' => {
                self.out.push('{');
                for next in self.rest.by_ref() {
                    self.out.push(next);
                    if next == '}' {
                        break;
                    }
                }
            }
            ']' | '}' => self.literal(first),
            '(' => {
                self.out.push('(');
                self.group_head();
            }
            ')' | '|' | '*' | '+' | '?' => self.out.push(first),
            other => self.literal(other),
        }
        Some(())
    }

    /// Reads the kind of a group: `?:`, `?=`, `?<!`, `?<name>`.
    fn group_head(&mut self) {
        if self.next_if_eq('?').is_none() {
            return;
        }
        self.out.push('?');
        let is_name = !self.ahead().starts_with("<=") && !self.ahead().starts_with("<!");
        if self.next_if_eq('<').is_some() {
            self.out.push('<');
            while let Some(next) = self.next_if(|next| is_name && next != '>') {
                self.out.push(next);
            }
        }
        self.out.extend(self.rest.next());
    }

    fn literal(&mut self, character: char) {
        if character.is_ascii_punctuation() {
            self.out.push('\\');
        }
        self.out.push(character);
    }

    /// Translates the escape behind a backslash, outside of brackets.
    fn escape(&mut self) -> Option<()> {
        let next = self.peek()?;
        match next {
            'b' | 'B' => {
                self.rest.next();
                self.out.extend(['\\', next]);
            }
            '1'..='9' => {
                // In a group, what follows is not part of the number.
                self.out.push_str("(?:\\");
                while let Some(digit) = self.next_if(|next| next.is_ascii_digit()) {
                    self.out.push(digit);
                }
                self.out.push(')');
            }
            'k' if self.ahead().starts_with("k<") => {
                self.out.push('\\');
                for next in self.rest.by_ref() {
                    self.out.push(next);
                    if next == '>' {
                        break;
                    }
                }
            }
            _ => match self.atom()? {
                Atom::One(character) => self.one(character),
                Atom::Set(set) => self.out.push_str(&format!("[{set}]")),
            },
        }
        Some(())
    }

    fn one(&mut self, character: char) {
        match character.is_alphanumeric() {
            true => self.out.push(character),
            false => self.out.push_str(&format!("\\x{{{:x}}}", u32::from(character))),
        }
    }

    /// Reads the escape behind a backslash, inside or outside of brackets.
    fn atom(&mut self) -> Option<Atom> {
        let not = |set: &str| Atom::Set(format!("[^{set}]"));
        Some(match self.rest.next()? {
            'd' => Atom::Set(DIGIT.to_owned()),
            'D' => not(DIGIT),
            'w' => Atom::Set(WORD.to_owned()),
            'W' => not(WORD),
            's' => Atom::Set(SPACE.to_owned()),
            'S' => not(SPACE),
            kind @ ('p' | 'P') if self.peek() == Some('{') => {
                let name: String = self.rest.by_ref().skip(1).take_while(|next| *next != '}').collect();
                Atom::Set(format!("\\{kind}{{{name}}}"))
            }
            't' => Atom::One('\t'),
            'n' => Atom::One('\n'),
            'v' => Atom::One('\u{b}'),
            'f' => Atom::One('\u{c}'),
            'r' => Atom::One('\r'),
            'b' => Atom::One('\u{8}'),
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => Atom::One('\0'),
            'c' if self.peek().is_some_and(|next| next.is_ascii_alphabetic()) => {
                let letter = u32::from(self.rest.next()?);
                Atom::One(char::from_u32(letter % 32)?)
            }
            'x' => Atom::One(self.digits(2).and_then(char::from_u32).unwrap_or('x')),
            'u' if self.peek() == Some('{') => {
                let digits: String = self.rest.by_ref().skip(1).take_while(|next| *next != '}').collect();
                Atom::One(char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?)
            }
            'u' => match self.digits(4) {
                Some(unit) => Atom::One(self.character(unit)?),
                None => Atom::One('u'),
            },
            other => Atom::One(other),
        })
    }

    /// So many hexadecimal digits, if they come next.
    fn digits(&mut self, count: usize) -> Option<u32> {
        let mut ahead = self.rest.clone();
        let digits: String = ahead.by_ref().take(count).take_while(char::is_ascii_hexdigit).collect();
        let number = (digits.len() == count).then(|| u32::from_str_radix(&digits, 16).ok())??;
        self.rest = ahead;
        Some(number)
    }

    /// The character of a unit of UTF-16, and of the one that belongs to it.
    fn character(&mut self, unit: u32) -> Option<char> {
        if !(0xd800..0xdc00).contains(&unit) {
            return char::from_u32(unit);
        }
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('\\') || ahead.next() != Some('u') {
            return None;
        }
        self.rest = ahead;
        let low = self.digits(4).filter(|low| (0xdc00..0xe000).contains(low))?;
        char::from_u32(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
    }

    fn class(&mut self) -> Option<()> {
        let negated = self.next_if_eq('^').is_some();
        let mut members = String::new();
        loop {
            match self.rest.next()? {
                ']' => break,
                first => {
                    let atom = self.member(first)?;
                    let is_range = self.peek() == Some('-') && !self.ahead().starts_with("-]");
                    match atom {
                        Atom::One(from) if is_range => {
                            self.rest.next();
                            let second = self.rest.next()?;
                            match self.member(second)? {
                                Atom::One(to) if from <= to => members.push_str(&format!("{}-{}", hex(from), hex(to))),
                                Atom::One(_) => return None,
                                Atom::Set(set) => members.push_str(&format!("{}\\-{set}", hex(from))),
                            }
                        }
                        Atom::One(one) => members.push_str(&hex(one)),
                        Atom::Set(set) => members.push_str(&set),
                    }
                }
            }
        }
        let class = match (negated, members.is_empty()) {
            (false, true) => "(?!)".to_owned(),
            (true, true) => "(?s:.)".to_owned(),
            (false, false) => format!("[{members}]"),
            (true, false) => format!("[^{members}]"),
        };
        self.out.push_str(&class);
        Some(())
    }

    fn member(&mut self, first: char) -> Option<Atom> {
        if first == '\\' { self.atom() } else { Some(Atom::One(first)) }
    }
}

fn hex(character: char) -> String {
    format!("\\x{{{:x}}}", u32::from(character))
}

/// Returns whether the text after a brace is a count (`{2}`, `{2,}`, `{2,3}`); any other brace is itself.
fn is_count(after: &str) -> bool {
    let end = after.find(|next: char| !next.is_ascii_digit() && next != ',').unwrap_or(after.len());
    let (count, rest) = after.split_at(end);
    if !rest.starts_with('}') {
        return false;
    }
    let (least, most) = count.split_once(',').unwrap_or((count, "0"));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && is_number(least) && is_number(most)
}
