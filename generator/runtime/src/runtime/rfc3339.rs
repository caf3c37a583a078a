//! The texts of RFC 3339, section 5.6, taken apart before a crate for times sees them: each of those reads more than that, and not
//! the same.

/// A point in time with an offset, upper case, and at most nine digits behind the second.
///
/// Without an offset it is taken for UTC, and a space may stand for `T`. A leap second is refused: not every type can hold one.
pub(crate) fn date_time(text: &str) -> Option<String> {
    let (day, rest) = (date(text.get(..10)?)?, text.get(10..)?);
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let end = rest.find(|c: char| !matches!(c, '0'..='9' | ':' | '.')).unwrap_or(rest.len());
    let (clock, offset) = rest.split_at(end);
    let offset = match offset.as_bytes() {
        [] | [b'Z' | b'z'] => "Z",
        [b'+' | b'-', hours @ .., b':', minutes_1, minutes_2]
            if number(hours, 2)? < 24 && number(&[*minutes_1, *minutes_2], 2)? < 60 =>
        {
            offset
        }
        _ => return None,
    };
    let (hour, minute, second, nanoseconds) = time(clock)?;
    let fraction = if nanoseconds == 0 { String::new() } else { format!(".{nanoseconds:09}") };
    let (year, month, day) = day;
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}"))
}

/// Year, month and day. Whether the month has the day is for the type to say.
pub(crate) fn date(text: &str) -> Option<(u16, u8, u8)> {
    let [year @ .., b'-', month_1, month_2, b'-', day_1, day_2] = text.as_bytes() else { return None };
    let two = |one: u8, other: u8| u8::try_from(number(&[one, other], 2)?).ok();
    Some((u16::try_from(number(year, 4)?).ok()?, two(*month_1, *month_2)?, two(*day_1, *day_2)?))
}

/// Hour, minute, second and nanoseconds of a time without an offset; digits behind the ninth are cut.
pub(crate) fn time(text: &str) -> Option<(u8, u8, u8, u32)> {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction.as_bytes())),
        None => (text, None),
    };
    let [hour @ .., b':', minute_1, minute_2, b':', second_1, second_2] = clock.as_bytes() else { return None };
    let below = |digits: &[u8], limit: u32| u8::try_from(number(digits, 2).filter(|number| *number < limit)?).ok();
    let nanoseconds = match fraction {
        Some([]) => return None,
        Some(digits) if digits.iter().all(u8::is_ascii_digit) => {
            let nine: Vec<u8> = digits.iter().copied().chain([b'0'; 9]).take(9).collect();
            number(&nine, 9)?
        }
        Some(_) => return None,
        None => 0,
    };
    Some((below(hour, 24)?, below(&[*minute_1, *minute_2], 60)?, below(&[*second_1, *second_2], 60)?, nanoseconds))
}

/// Prints a date; `None` for a year that takes no four digits.
pub(crate) fn print_date(year: i64, month: u8, day: u8) -> Option<String> {
    (0..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// Prints a time.
pub(crate) fn print_time(hour: u8, minute: u8, second: u8, nanoseconds: u32) -> Option<String> {
    if second > 59 || nanoseconds > 999_999_999 {
        return None;
    }
    let fraction = if nanoseconds == 0 { String::new() } else { format!(".{nanoseconds:09}") };
    Some(format!("{hour:02}:{minute:02}:{second:02}{}", fraction.trim_end_matches('0')))
}

/// The number of so many digits.
fn number(digits: &[u8], count: usize) -> Option<u32> {
    let all = digits.len() == count && digits.iter().all(u8::is_ascii_digit);
    if all { std::str::from_utf8(digits).ok()?.parse().ok() } else { None }
}
