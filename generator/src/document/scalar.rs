//! Plain scalars under the YAML 1.2 core schema (section 10.3.2): their values in `serde_yaml`, and the corrections of these.

use serde_json::{Number, Value};

/// Returns the value of a plain scalar that `serde_yaml` would change, or `Ok(None)` if `serde_yaml` reads it correctly.
///
/// It reads a float through `f64`, which turns `1.10` into `1.1` and `1e400` into text; it takes integers only up to 128 bits; and it
/// knows `0b` for binary, which YAML 1.2 does not.
///
/// # Errors
/// `.nan` and `.inf`, which no JSON value can be.
pub(super) fn correction(text: &str) -> Result<Option<Value>, ()> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Err(());
    }
    if unsigned.starts_with("0b") {
        return Ok(Some(Value::String(text.to_owned())));
    }
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return Ok(None);
    }
    let Some(number) = decimal(text) else { return Ok(None) };
    let same = text.parse::<i64>().is_ok() || decimal_to_serde_yaml(text).is_some_and(|other| other == number);
    if same || has_leading_zero(unsigned) { Ok(None) } else { Ok(Some(Value::Number(number))) }
}

/// Returns the value of a plain scalar, or `None` if JSON has no such value or `serde_yaml` has to read the whole text.
pub(super) fn plain(text: &str) -> Option<Value> {
    correction(text).ok()?.or_else(|| to_serde_yaml(text))
}

/// Returns the value that `serde_yaml` reads from a plain scalar.
fn to_serde_yaml(text: &str) -> Option<Value> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Value::Null),
        "true" | "True" | "TRUE" => return Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Value::Bool(false)),
        _ => {}
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return Some(Value::String(text.to_owned()));
    }
    let Ok(number) = text.parse::<serde_yaml::Number>() else {
        // Its numbers are of 64 bits, but what it reads from a text may have 128.
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let may_be_long = ["0x", "0o"].iter().any(|prefix| unsigned.starts_with(prefix));
        return (!may_be_long).then(|| Value::String(text.to_owned()));
    };
    let whole = number.as_u64().map(Number::from).or_else(|| number.as_i64().map(Number::from));
    whole.or_else(|| Number::from_f64(number.as_f64()?)).map(Value::Number)
}

/// Returns the number that `serde_yaml` reads from a decimal number.
fn decimal_to_serde_yaml(text: &str) -> Option<Number> {
    text.parse::<u64>().ok().map(Number::from).or_else(|| Number::from_f64(text.parse().ok()?))
}

/// `0123` is kept as text, as `serde_yaml` does: the core schema's 123 would lose what the author wrote.
fn has_leading_zero(unsigned: &str) -> bool {
    unsigned.len() > 1 && unsigned.starts_with('0') && unsigned.bytes().all(|byte| byte.is_ascii_digit())
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?` as JSON would write it, digit for digit.
fn decimal(text: &str) -> Option<Number> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !fraction.is_none_or(digits) || (whole.is_empty() && fraction.is_none_or(str::is_empty)) {
        return None;
    }
    let mut json = format!("{sign}{}", if whole.is_empty() { "0" } else { strip_zeros(whole) });
    if let Some(fraction) = fraction {
        json.push('.');
        json.push_str(if fraction.is_empty() { "0" } else { fraction });
    }
    if let Some(exponent) = exponent {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if unsigned.is_empty() || !digits(unsigned) {
            return None;
        }
        json.push('e');
        json.push_str(exponent);
    }
    json.parse().ok()
}

fn strip_zeros(whole: &str) -> &str {
    let stripped = whole.trim_start_matches('0');
    if stripped.is_empty() { "0" } else { stripped }
}

#[cfg(test)]
mod tests {
    use super::correction;

    fn corrected(text: &str) -> Option<String> {
        correction(text).ok().flatten().map(|value| value.to_string())
    }

    #[test]
    fn floats_keep_their_text() {
        assert_eq!(corrected("1.10").as_deref(), Some("1.10"));
        assert_eq!(corrected("+1.50").as_deref(), Some("1.50"));
        assert_eq!(corrected("1.0e+400").as_deref(), Some("1.0e+400"));
        assert_eq!(corrected(".50").as_deref(), Some("0.50"));
        assert_eq!(corrected("1.5"), None);
    }

    #[test]
    fn integers_keep_every_digit() {
        let long = "123456789012345678901234567890123456789012345678901234567890";
        assert_eq!(corrected(long).as_deref(), Some(long));
        assert_eq!(corrected("18446744073709551616").as_deref(), Some("18446744073709551616"));
        assert_eq!(corrected("-12"), None);
        assert_eq!(corrected("0017"), None);
    }

    #[test]
    fn text_stays_text() {
        for text in ["12:30:45", "2024-01-01", "1.2.3", "1e", "-", ".", "1_000", "x"] {
            assert_eq!(correction(text), Ok(None), "{text}");
        }
        assert_eq!(corrected("0b11").as_deref(), Some("\"0b11\""));
        assert_eq!(correction("-.inf"), Err(()));
        assert_eq!(correction(".NaN"), Err(()));
    }
}
