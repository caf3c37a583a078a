//! Rewriting of the block structure of Markdown: paragraphs, lists, quotes, code, tables.

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd};

use super::characters::longest_run;
use super::dialect::RUSTDOC;
use super::edit::Located;
use super::escape::{escape_all, escape_line_start};
use super::events::{content, end_of, end_of_inline, is_tight};
use super::inline;

/// The deepest nesting of lists and quotes. Deeper ones are not readable, and add a prefix to every line.
const MAX_DEPTH: usize = 12;

/// The bytes of text of an event, in a text that is full of markup.
const BYTES_OF_EVENT: usize = 3;

/// The languages that rustdoc does not take for Rust. A block in any other language is `text`.
const LANGUAGES: &[&str] = &[
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "csv",
    "curl",
    "diff",
    "go",
    "graphql",
    "hcl",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "json5",
    "jsonc",
    "jsx",
    "kotlin",
    "markdown",
    "md",
    "php",
    "plaintext",
    "powershell",
    "python",
    "ruby",
    "scala",
    "sh",
    "shell",
    "sql",
    "swift",
    "text",
    "toml",
    "ts",
    "tsx",
    "typescript",
    "xml",
    "yaml",
    "yml",
];

/// Returns whether this module writes fences with this info string.
pub(super) fn is_known_language(info: &str) -> bool {
    LANGUAGES.binary_search(&info).is_ok()
}

/// Returns the text with its blocks in a uniform notation, or `None` if they are nested too deeply.
pub(super) fn rewrite(text: &str, shift: usize) -> Option<String> {
    let mut may_be_item = |_: pulldown_cmark::BrokenLink<'_>| Some((CowStr::from(""), CowStr::from("")));
    let parser = Parser::new_with_broken_link_callback(text, RUSTDOC, Some(&mut may_be_item));
    // An event takes a hundred bytes, so that a list that grows by doubling would be most of the memory of a run. Few texts have more.
    let mut events: Vec<Located<'_>> = Vec::with_capacity(text.len() / BYTES_OF_EVENT + 8);
    events.extend(parser.into_offset_iter());
    let mut writer =
        Writer { text, shift, written: String::new(), containers: Vec::new(), opened: Vec::new(), last: None };
    let mut index = 0;
    while index < events.len() {
        index = writer.block(&events, index)?;
    }
    Some(writer.written.trim_end().to_owned())
}

/// Returns `code` as a fenced block with a fence that the code does not contain.
pub(super) fn fence(language: &str, code: &str) -> String {
    let marks = "`".repeat(longest_run(code, '`').max(2) + 1);
    let mut fenced = format!("{marks}{language}\n");
    for line in code.trim_end().split('\n') {
        fenced.push_str(line.trim_end());
        fenced.push('\n');
    }
    fenced + &marks
}

/// A container of a line.
enum Container {
    Quote,
    /// A list. `number` counts the items of an ordered list; `mark` is the character after the number (`.`) or the bullet
    /// (`-`).
    List {
        number: Option<u64>,
        mark: char,
        tight: bool,
    },
    /// An item. `opening` is its marker until the first line is written.
    Item {
        opening: Option<String>,
        width: usize,
    },
}

/// The kind of the last block in a container.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Text,
    Code,
    List,
    Other,
}

struct Writer<'t> {
    text: &'t str,
    shift: usize,
    written: String,
    containers: Vec<Container>,
    /// For each open container, the length of the text and the last block when it was opened.
    opened: Vec<(usize, Option<Block>)>,
    last: Option<Block>,
}

impl Writer<'_> {
    /// Writes the block, or the end of a container, at `index`. Returns the index of the next one.
    fn block(&mut self, events: &[Located<'_>], index: usize) -> Option<usize> {
        let (event, range) = &events[index];
        match event {
            Event::Start(Tag::BlockQuote(_)) => {
                self.separate(Block::Other);
                self.open(Container::Quote)?;
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let label = format!("\\[^{}\\]:", escape_all(label));
                self.leaf(Block::Text, &label);
            }
            Event::Start(Tag::List(number)) => {
                let tight = is_tight(&events[index..]);
                let interrupts = number.is_none_or(|number| number == 1);
                self.separate(if interrupts { Block::List } else { Block::Other });
                let mark = marker(&self.text[range.clone()], number.is_some());
                self.open(Container::List { number: *number, mark, tight })?;
            }
            Event::Start(Tag::Item) => self.open_item()?,
            Event::End(TagEnd::BlockQuote(_)) => self.close(Block::Other),
            Event::End(TagEnd::List(_)) => self.close(Block::List),
            Event::End(TagEnd::Item) => self.close_item(),
            Event::Start(Tag::CodeBlock(kind)) => return Some(self.code(kind, events, index)),
            Event::Start(Tag::HtmlBlock) => return Some(self.html(events, index)),
            Event::Start(Tag::Table(alignments)) => return Some(self.table(alignments, events, index)),
            Event::Start(Tag::Heading { level, .. }) => return Some(self.heading(*level, events, index)),
            Event::Start(Tag::Paragraph) => {
                let end = end_of(events, index);
                self.paragraph(&events[index + 1..end]);
                return Some(end + 1);
            }
            Event::Rule => self.leaf(Block::Other, "___"),
            Event::End(_) => {}
            _ => {
                let end = end_of_inline(events, index);
                self.paragraph(&events[index..end]);
                return Some(end);
            }
        }
        Some(index + 1)
    }

    fn paragraph(&mut self, events: &[Located<'_>]) {
        let rewritten = inline::rewrite(self.text, events, self.quotes());
        if !rewritten.is_empty() {
            let lines: Vec<_> = rewritten.split('\n').map(escape_line_start).collect();
            self.leaf(Block::Text, &lines.join("\n"));
        }
    }

    fn heading(&mut self, level: HeadingLevel, events: &[Located<'_>], index: usize) -> usize {
        let end = end_of(events, index);
        let title = self.line_of(&events[index + 1..end]);
        if !title.is_empty() {
            let level = (level as usize + self.shift).min(6);
            // A closing run of `#` would be cut off.
            let title = title.strip_suffix('#').map_or(title.clone(), |start| format!("{start}\\#"));
            self.leaf(Block::Other, &format!("{} {title}", "#".repeat(level)));
        }
        end + 1
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>, events: &[Located<'_>], index: usize) -> usize {
        let end = end_of(events, index);
        let code = content(&events[index..end]);
        let language = match kind {
            CodeBlockKind::Indented => "text".to_owned(),
            CodeBlockKind::Fenced(info) => language(info),
        };
        if !code.trim().is_empty() {
            self.leaf(Block::Code, &fence(&language, code.trim_matches('\n')));
        }
        end + 1
    }

    /// Writes HTML that has no Markdown equivalent as visible text.
    fn html(&mut self, events: &[Located<'_>], index: usize) -> usize {
        let end = end_of(events, index);
        let code = content(&events[index..end]);
        if !code.trim().is_empty() {
            self.leaf(Block::Code, &fence("html", code.trim_matches('\n')));
        }
        end + 1
    }

    fn table(&mut self, alignments: &[Alignment], events: &[Located<'_>], index: usize) -> usize {
        let end = end_of(events, index);
        let mut lines = Vec::new();
        let mut row = String::from("|");
        for (offset, (event, _)) in events[index..end].iter().enumerate() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let start = index + offset;
                    let cell = self.line_of(&events[start + 1..end_of(events, start)]);
                    row.push_str(&format!(" {} |", escape_pipes(&cell)));
                }
                Event::End(TagEnd::TableHead) => {
                    lines.push(std::mem::replace(&mut row, "|".to_owned()));
                    let rules = alignments.iter().map(|alignment| match alignment {
                        Alignment::None => " --- |",
                        Alignment::Left => " :-- |",
                        Alignment::Center => " :-: |",
                        Alignment::Right => " --: |",
                    });
                    lines.push(format!("|{}", rules.collect::<String>()));
                }
                Event::End(TagEnd::TableRow) => lines.push(std::mem::replace(&mut row, "|".to_owned())),
                _ => {}
            }
        }
        self.leaf(Block::Other, &lines.join("\n"));
        end + 1
    }

    /// Returns inline content on one line, for blocks that a line break would end.
    fn line_of(&self, events: &[Located<'_>]) -> String {
        inline::rewrite(self.text, events, self.quotes()).replace("\\\n", " ").replace('\n', " ")
    }

    fn open(&mut self, container: Container) -> Option<()> {
        self.containers.push(container);
        self.opened.push((self.written.len(), self.last));
        self.last = None;
        (self.containers.len() <= MAX_DEPTH * 2).then_some(())
    }

    fn open_item(&mut self) -> Option<()> {
        let last = self.last;
        let Some(Container::List { number, mark, tight }) = self.containers.last_mut() else { return None };
        let marker = match number {
            None => format!("{mark} "),
            Some(number) => {
                *number += 1;
                format!("{}{mark} ", *number - 1)
            }
        };
        if last.is_some() && !*tight {
            self.blank_line();
        }
        self.open(Container::Item { width: marker.len(), opening: Some(marker) })
    }

    /// Closes an item. An item without content still has its marker.
    fn close_item(&mut self) {
        if matches!(self.containers.last(), Some(Container::Item { opening: Some(_), .. })) {
            self.line("");
        }
        self.close(Block::Other);
    }

    fn close(&mut self, block: Block) {
        self.containers.pop();
        // A container without content is not written.
        self.last = match self.opened.pop() {
            Some((length, last)) if length == self.written.len() => last,
            _ => Some(block),
        };
    }

    fn leaf(&mut self, block: Block, lines: &str) {
        self.separate(block);
        for line in lines.split('\n') {
            self.line(line);
        }
        self.last = Some(block);
    }

    /// Writes a blank line before `next`, unless `next` opens its container or follows text in a tight list.
    fn separate(&mut self, next: Block) {
        let close = self.last == Some(Block::Text) && matches!(next, Block::List | Block::Code) && self.in_tight_item();
        if self.last.is_some() && !close {
            self.blank_line();
        }
    }

    fn in_tight_item(&self) -> bool {
        matches!(self.containers.as_slice(), [.., Container::List { tight: true, .. }, Container::Item { .. }])
    }

    fn quotes(&self) -> usize {
        self.containers.iter().filter(|container| matches!(container, Container::Quote)).count()
    }

    fn blank_line(&mut self) {
        self.line("");
    }

    fn line(&mut self, content: &str) {
        let start = self.written.len();
        for container in &mut self.containers {
            match container {
                Container::Quote => self.written.push_str("> "),
                Container::List { .. } => {}
                Container::Item { opening, width } => match opening.take() {
                    Some(marker) => self.written.push_str(&marker),
                    None => self.written.extend(std::iter::repeat_n(' ', *width)),
                },
            }
        }
        self.written.push_str(content);
        let end = start + self.written[start..].trim_end_matches(' ').len();
        self.written.truncate(end);
        self.written.push('\n');
    }
}

/// Returns the mark of a list in its source: the bullet, or the character after the number.
fn marker(list: &str, ordered: bool) -> char {
    let marks: &[char] = if ordered { &['.', ')'] } else { &['-', '*', '+'] };
    list.chars().find(|character| marks.contains(character)).unwrap_or(if ordered { '.' } else { '-' })
}

/// Returns the language of a fence by the first word of its info string.
fn language(info: &str) -> String {
    let word = info.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    if is_known_language(&word) { word } else { "text".to_owned() }
}

fn escape_pipes(cell: &str) -> String {
    let mut escaped = String::with_capacity(cell.len());
    let mut after_backslash = false;
    for character in cell.chars() {
        if character == '|' && !after_backslash {
            escaped.push('\\');
        }
        after_backslash = character == '\\' && !after_backslash;
        escaped.push(character);
    }
    escaped
}
