//! Tables of objects: the names of their members, and which of them are required.

use std::sync::OnceLock;

/// An object's members, as its type has them.
///
/// They are one text, which is taken apart when a value is first read or written: what the compiler would have to work out
/// for each member is paid for in every crate with thousands of types.
#[derive(Debug)]
pub(crate) struct Table {
    name: &'static str,
    fields: &'static str,
    renamed: &'static [&'static str],
    shape: OnceLock<Shape>,
}

impl Table {
    /// `fields` are tokens of [`object!`]: names, some with `= "other name"`, a semicolon after those that must be there and
    /// one before the field that keeps what else comes. `renamed` has the other names.
    pub(crate) const fn new(name: &'static str, fields: &'static str, renamed: &'static [&'static str]) -> Self {
        Self { name, fields, renamed, shape: OnceLock::new() }
    }

    /// The table, taken apart.
    pub(crate) fn shape(&'static self) -> &'static Shape {
        self.shape.get_or_init(|| Shape::of(self))
    }
}

/// The facts about an object's members.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The type's name.
    pub(crate) name: &'static str,
    /// The members' names on the wire: first those that must be there.
    pub(crate) members: Vec<&'static str>,
    /// The number of required members.
    pub(crate) required: usize,
    /// The fields' names in the same order, and last that of the field that keeps what else comes.
    pub(crate) fields: Vec<&'static str>,
    /// The places where a name is looked for first, by its [`hash`]: one more than the member's index.
    places: [u8; PLACES],
}

const PLACES: usize = 128;

/// With more members than this, looking at places one after the other is no faster than looking at members.
const MOST_PLACED: usize = 96;

impl Shape {
    fn of(table: &Table) -> Self {
        let (mut fields, mut members, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        let mut renamed = table.renamed.iter();
        for word in (Words { left: table.fields }) {
            match word {
                ";" => ends.push(members.len()),
                "=" => drop(members.pop()),
                literal if literal.starts_with('"') => members.extend(renamed.next()),
                field => {
                    // A field that is named like a keyword has a prefix, which is not a part of its name.
                    let field = field.strip_prefix("r#").unwrap_or(field);
                    fields.push(field);
                    members.push(field);
                }
            }
        }
        members.truncate(ends.get(1).copied().unwrap_or(usize::MAX));
        let (places, required) = (places(&members), ends.first().copied().unwrap_or_default());
        Self { name: table.name, members, required, fields, places }
    }

    /// The index of the member with a name.
    #[inline]
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        if self.members.len() > MOST_PLACED {
            return self.members.iter().position(|member| *member == name);
        }
        let mut place = hash(name.as_bytes());
        loop {
            let index = usize::from(self.places[place]).checked_sub(1)?;
            if is_same(self.members[index].as_bytes(), name.as_bytes()) {
                return Some(index);
            }
            place = (place + 1) % PLACES;
        }
    }
}

/// Puts members in their places.
fn places(members: &[&str]) -> [u8; PLACES] {
    let mut places = [0; PLACES];
    for (index, member) in (1..).zip(members).take_while(|_| members.len() <= MOST_PLACED) {
        let mut place = hash(member.as_bytes());
        while places[place] != 0 {
            place = (place + 1) % PLACES;
        }
        places[place] = index;
    }
    places
}

/// The tokens of a table.
struct Words {
    left: &'static str,
}

impl Iterator for Words {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        let left = self.left.trim_ascii_start();
        let first = left.chars().next()?;
        let length = match first {
            ';' | '=' => 1,
            '"' => literal_length(left),
            _ => left.find(|next: char| next.is_ascii_whitespace() || next == ';' || next == '=').unwrap_or(left.len()),
        };
        let (word, left) = left.split_at(length);
        self.left = left;
        Some(word)
    }
}

/// The length of a literal that begins with its first quotation mark.
fn literal_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

fn hash(name: &[u8]) -> usize {
    match name {
        [] => 0,
        [first, .., last] => {
            let middle = name[name.len() / 2];
            (name.len() * 5 + *first as usize * 7 + middle as usize * 11 + *last as usize * 3) % PLACES
        }
        [only] => *only as usize % PLACES,
    }
}

/// Compares two texts; most names are short, and a call of `memcmp` is longer than comparing them.
fn is_same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    match left.len() {
        8..=16 => ends::<8>(left) == ends::<8>(right),
        4..=7 => ends::<4>(left) == ends::<4>(right),
        _ => left == right,
    }
}

/// The first and the last bytes of a text, which are all of one that is not twice as long.
fn ends<const N: usize>(text: &[u8]) -> Option<(&[u8; N], &[u8; N])> {
    Some((text.first_chunk()?, text.last_chunk()?))
}
