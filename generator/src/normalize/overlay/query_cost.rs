//! The cost of a JSONPath: a short expression can require more work than is feasible.

/// The maximum depth of filters. The time to parse them doubles with each level.
const MOST_FILTERS: usize = 4;
/// The maximum depth of brackets.
const MOST_BRACKETS: usize = 32;
/// The maximum number of characters of an expression.
const LONGEST: usize = 4096;
/// The maximum number of values that a query may visit.
const MOST_WORK: f64 = 1e9;
/// The levels of a deep document: the maximum number of times that each `..` visits a value.
const LEVELS: f64 = 40.0;

/// Checks an expression before it is parsed, for a document with this number of values.
///
/// # Errors
/// The reason why it is not read.
pub(super) fn check(expression: &str, values: impl Fn() -> usize) -> Result<(), String> {
    if expression.len() > LONGEST {
        return Err(format!("the expression has {} bytes, and the limit is {LONGEST}", expression.len()));
    }
    let shape = Shape::of(expression);
    if shape.filters > MOST_FILTERS {
        return Err(format!("{} filters inside one another, and the limit is {MOST_FILTERS}", shape.filters));
    }
    if shape.brackets > MOST_BRACKETS {
        return Err(format!("{} brackets inside one another, and the limit is {MOST_BRACKETS}", shape.brackets));
    }
    if is_costly_pattern(expression) {
        return Err("a pattern with counts that multiply is compiled for each value; write it without them".to_owned());
    }
    if shape.searches < 2 && shape.roots == 0 {
        return Ok(());
    }
    let values = values() as f64;
    let searches = i32::try_from(shape.searches.saturating_sub(1)).unwrap_or(i32::MAX);
    let roots = i32::try_from(shape.roots).unwrap_or(i32::MAX);
    let work = values * LEVELS.powi(searches) * values.powi(roots);
    if work > MOST_WORK {
        let message = "the query may look at every value of the document for every other; name the members on the way";
        return Err(message.to_owned());
    }
    Ok(())
}

/// The maximum product of the counts in a pattern.
const MOST_REPEATED: usize = 1_000;

/// Returns whether an expression compiles patterns (RFC 9535, 2.4.6 and 2.4.7) that are much larger than they look.
fn is_costly_pattern(expression: &str) -> bool {
    if !expression.contains("match") && !expression.contains("search") {
        return false;
    }
    let counts = expression.split('{').skip(1).map(|rest| {
        let digits = rest.split(['}', ' ']).next().unwrap_or_default();
        let largest = digits.split(',').filter_map(|digits| digits.parse::<usize>().ok()).max();
        largest.unwrap_or(1).max(1)
    });
    counts.fold(1, usize::saturating_mul) > MOST_REPEATED
}

/// The parts of an expression that cost.
#[derive(Default)]
struct Shape {
    /// Filters inside one another, at most.
    filters: usize,
    /// Brackets inside one another, at most.
    brackets: usize,
    /// Searches of all that is below something: `..`.
    searches: usize,
    /// Searches from the root within a filter, which are made for each value that is filtered.
    roots: usize,
}

impl Shape {
    fn of(expression: &str) -> Self {
        let mut shape = Shape::default();
        let mut open: Vec<bool> = Vec::new();
        let mut quote = None;
        let mut escaped = false;
        let bytes = expression.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            if let Some(end) = quote {
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    _ if *byte == end => quote = None,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'\'' | b'"' => quote = Some(*byte),
                b'[' | b'(' => {
                    let after = expression[at + 1..].trim_start();
                    open.push(*byte == b'[' && after.starts_with('?'));
                }
                b']' | b')' => drop(open.pop()),
                b'.' if bytes.get(at + 1) == Some(&b'.') => {
                    shape.searches += 1;
                    let from_root = expression[..at].trim_end().ends_with('$');
                    shape.roots += usize::from(from_root && open.contains(&true));
                }
                _ => {}
            }
            shape.brackets = shape.brackets.max(open.len());
            shape.filters = shape.filters.max(open.iter().filter(|filter| **filter).count());
        }
        shape
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn queries_of_real_overlays_are_read() {
        for expression in [
            "$.paths['/pets'].get",
            "$..[?@.type == 'string' && @.format == 'date']",
            "$.paths.*[?@.tags[?@ == 'a']].responses",
            "$.components.schemas['a]b[?'].properties",
            "$..[?match(@.name, '[a-z]{1,64}')]",
            "$.paths['/search/{id}'].get",
        ] {
            assert_eq!(check(expression, || 100_000), Ok(()), "{expression}");
        }
    }

    #[test]
    fn queries_without_end_are_refused() {
        let filters = format!("${}@.a{}", "[?@".repeat(25), "]".repeat(25));
        let brackets = format!("$[?{}@.a{}]", "(".repeat(2_000), ")".repeat(2_000));
        let pattern = "$..[?search(@.description, '((a{100}){100}){100}')]";
        for expression in [filters.as_str(), &brackets, "$..*..*..*..*..*", "$..[?$..a == @.b]", pattern] {
            assert!(check(expression, || 100_000).is_err(), "{expression}");
        }
    }
}
