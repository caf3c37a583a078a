//! The policy of retries: when to try again, and when to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode, header};

use super::platform::jitter;

/// The number of attempts of a call, the pauses between them, and the failures that are retried.
///
/// Only what can be sent twice is tried again: idempotent methods, requests with an idempotency key, requests that surely never
/// reached the server, and those to which it responded with 429, which states that nothing was done; never a body that can be read
/// once only.
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    cap: Duration,
    patience: Duration,
    /// The statuses that are tried again, if not the usual ones.
    statuses: Option<Arc<[u16]>>,
    /// The methods that are tried again, if not the idempotent ones.
    methods: Option<Arc<[String]>>,
    unavailable: bool,
}

impl RetryPolicy {
    /// Three attempts, full jitter up to 1 s, 2 s, … at most 20 s; a `Retry-After` of up to a minute is heeded.
    #[must_use]
    pub const fn standard() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_secs(1),
            cap: Duration::from_secs(20),
            patience: Duration::from_secs(60),
            statuses: None,
            methods: None,
            unavailable: false,
        }
    }

    /// One attempt.
    #[must_use]
    pub const fn none() -> Self {
        Self::standard().attempts(1)
    }

    /// The largest number of attempts.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest pause before the second attempt; it doubles with each further one.
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base = delay;
        self
    }

    /// The longest pause.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.cap = delay;
        self
    }

    /// The longest `Retry-After` that is waited for; with a longer one the call ends at once.
    #[must_use]
    pub const fn max_retry_after(mut self, delay: Duration) -> Self {
        self.patience = delay;
        self
    }

    /// The statuses that are tried again, instead of 408, 425, 429, 500, 502, 503 and 504.
    #[must_use]
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = Some(statuses.into_iter().collect());
        self
    }

    /// The methods that are tried again whatever the failure, instead of the idempotent ones (RFC 9110, 9.2.2).
    #[must_use]
    pub fn methods<S: Into<String>>(mut self, methods: impl IntoIterator<Item = S>) -> Self {
        self.methods = Some(methods.into_iter().map(Into::into).collect());
        self
    }

    /// Retries any method after 503 with `Retry-After`, for servers that respond so before they do anything.
    #[must_use]
    pub const fn retry_unavailable(mut self, retry: bool) -> Self {
        self.unavailable = retry;
        self
    }

    /// Returns whether a status is tried again.
    pub(crate) fn is_passing(&self, status: StatusCode) -> bool {
        self.statuses.as_ref().map_or_else(|| is_passing(status), |chosen| chosen.contains(&status.as_u16()))
    }

    /// Returns whether a method may be sent twice; `None` where that is left to what the method means.
    pub(crate) fn repeats(&self, method: &str) -> Option<bool> {
        self.methods.as_ref().map(|chosen| chosen.iter().any(|known| known == method))
    }

    /// Returns whether a response states that nothing was done.
    pub(crate) fn is_undone(&self, status: StatusCode, retry_after: Option<Duration>) -> bool {
        status == StatusCode::TOO_MANY_REQUESTS
            || self.unavailable && status == StatusCode::SERVICE_UNAVAILABLE && retry_after.is_some()
    }

    /// The pause after a failed attempt (counted from 1), or `None` to stop.
    pub(crate) fn pause(&self, attempt: u32, retry_after: Option<Duration>) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        match retry_after {
            Some(wait) if wait > self.patience => None,
            // A random time on top, so that clients that were told the same time do not return at once.
            Some(wait) => Some(wait.saturating_add(jitter(self.base.min(wait / 4)))),
            None => Some(jitter(self.base.saturating_mul(1 << attempt.saturating_sub(1).min(16)).min(self.cap))),
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

/// Returns whether a status is likely to be temporary.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// The time that the server asks to wait (RFC 9110, 10.2.3); an invalid value is ignored.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let now = unix_now();
    Some(Duration::from_secs(http_date(text)?.saturating_sub(now)))
}

#[cfg(not(target_family = "wasm"))]
fn unix_now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

#[cfg(target_family = "wasm")]
fn unix_now() -> u64 {
    Duration::from_millis(js_sys::Date::now() as u64).as_secs()
}

/// Seconds since 1970 of an IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<u64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (_, text) = text.strip_suffix(" GMT")?.split_once(", ")?;
    let words: Vec<&str> = text.split([' ', ':']).collect();
    let [day, month, year, hour, minute, second] = words[..] else { return None };
    let number = |word: &str, limit: u64| word.parse::<u64>().ok().filter(|number| *number <= limit);
    let month = MONTHS.find(month).filter(|at| month.len() == 3 && at % 3 == 0)? as u64 / 3;
    let (day, year) = (number(day, 31)?, number(year, 9999)?);
    let (hour, minute, second) = (number(hour, 23)?, number(minute, 59)?, number(second, 60)?);
    // Days since 1970 of the Gregorian calendar, the year starting in March.
    let (shifted, year) = if month < 2 { (month + 10, year.checked_sub(1)?) } else { (month - 2, year) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (shifted * 153 + 2) / 5 + day;
    let days = days.checked_sub(719_469)?;
    Some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// The retries that all calls of a client may spend: when everything fails, retries stop instead of adding load.
/// As the AWS SDKs do: 500 tokens, a retry takes 5 (10 after a timeout), a success gives back what its retry took,
/// or one.
#[derive(Debug)]
pub(crate) struct Budget(AtomicI64);

impl Budget {
    const FULL: i64 = 500;

    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(Self::FULL))
    }

    pub(crate) fn take(&self, after_timeout: bool) -> Option<i32> {
        let cost = if after_timeout { 10 } else { 5 };
        let take = |left: i64| (left >= cost.into()).then_some(left - i64::from(cost));
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).ok().map(|_| cost)
    }

    pub(crate) fn give_back(&self, amount: i32) {
        // A full budget is the usual case, and needs no write, which all cores would have to synchronize.
        if self.0.load(Ordering::Relaxed) < Self::FULL {
            let give = |left: i64| Some((left + i64::from(amount)).min(Self::FULL));
            let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
        }
    }
}
