//! Times on the command line.

use std::time::Duration;

/// Reads a time such as `90s`, `15m` or `1h`.
pub(crate) fn time(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.len() - usize::from(text.ends_with(['s', 'm', 'h'])));
    let seconds = match unit {
        "m" => 60,
        "h" => 3_600,
        _ => 1,
    };
    let number: u64 = number.parse().map_err(|_| "a time is a number with `s`, `m` or `h`".to_owned())?;
    Ok(Duration::from_secs(number.saturating_mul(seconds)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::time;

    #[test]
    fn times_have_units() {
        assert_eq!(time("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(time("2h"), Ok(Duration::from_secs(7_200)));
        assert_eq!(time("7"), Ok(Duration::from_secs(7)));
        assert!(time("").is_err() && time("h").is_err() && time("1d").is_err());
    }
}
