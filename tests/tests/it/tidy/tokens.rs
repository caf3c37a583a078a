//! Just enough of Rust's lexical structure to tell names from text and comments.
//!
//! A full parser would be shorter to use, but the features that it needs would have Cargo build it, and with it the whole
//! generator, once more for the tests.

/// What is left of a file when comments and literals are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Name(String),
    /// `::`
    Joint,
    Sign(char),
}

/// The tokens of a file with their lines.
pub(crate) fn tokens(text: &str) -> Vec<(Token, usize)> {
    let chars: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { chars, at: 0, line: 1, tokens: Vec::new() };
    while lexer.at < lexer.chars.len() {
        lexer.step();
    }
    lexer.tokens
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<(Token, usize)>,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn advance(&mut self, count: usize) {
        for _ in 0..count {
            self.line += usize::from(self.peek(0) == '\n');
            self.at += 1;
        }
    }

    fn advance_while(&mut self, keep: impl Fn(&Self) -> bool) {
        while self.at < self.chars.len() && keep(self) {
            self.advance(1);
        }
    }

    fn step(&mut self) {
        let line = self.line;
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.advance_while(|lexer| lexer.peek(0) != '\n'),
            ('/', '*') => self.block_comment(),
            ('"', _) => self.quoted('"'),
            ('\'', '\\') => self.quoted('\''),
            ('\'', _) if self.peek(2) == '\'' => self.advance(3),
            (':', ':') => {
                self.advance(2);
                self.tokens.push((Token::Joint, line));
            }
            (first, _) if first == '_' || first.is_alphabetic() => self.name(line),
            (first, _) => {
                if !first.is_whitespace() && !first.is_numeric() && first != '\'' {
                    self.tokens.push((Token::Sign(first), line));
                }
                self.advance(1);
            }
        }
    }

    /// Comments nest.
    fn block_comment(&mut self) {
        let mut depth = 0usize;
        while self.at < self.chars.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.advance(1);
                    continue;
                }
            }
            self.advance(2);
            if depth == 0 {
                return;
            }
        }
    }

    fn quoted(&mut self, end: char) {
        self.advance(1);
        while self.at < self.chars.len() && self.peek(0) != end {
            self.advance(if self.peek(0) == '\\' { 2 } else { 1 });
        }
        self.advance(1);
    }

    /// A name, unless it turns out to be the prefix of a literal (`r"…"`, `br#"…"#`, `b'x'`).
    fn name(&mut self, line: usize) {
        let start = self.at;
        self.advance_while(|lexer| lexer.peek(0) == '_' || lexer.peek(0).is_alphanumeric());
        let name: String = self.chars[start..self.at].iter().collect();
        let raw = matches!(name.as_str(), "r" | "br" | "cr");
        let hashes = (0..).take_while(|ahead| self.peek(*ahead) == '#').count();
        match self.peek(hashes) {
            '"' if raw => self.raw_text(hashes),
            '"' if hashes == 0 && matches!(name.as_str(), "b" | "c") => self.quoted('"'),
            '\'' if hashes == 0 && name == "b" => self.quoted('\''),
            next if name == "r" && hashes == 1 && (next == '_' || next.is_alphabetic()) => self.advance(1),
            _ => self.tokens.push((Token::Name(name), line)),
        }
    }

    fn raw_text(&mut self, hashes: usize) {
        self.advance(hashes + 1);
        let ends = |lexer: &Self| lexer.peek(0) == '"' && (1..=hashes).all(|ahead| lexer.peek(ahead) == '#');
        self.advance_while(|lexer| !ends(lexer));
        self.advance(hashes + 1);
    }
}
