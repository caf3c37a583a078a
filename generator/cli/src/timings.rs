//! `--timings`: how long each part of a run took.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use crate::messages::{Message, Timing};
use crate::report::Ui;

/// The parts of a run in the order in which they ended.
pub(crate) struct Timings {
    start: Instant,
    ends: RefCell<Vec<(&'static str, Instant)>>,
}

impl Timings {
    /// Starts the first part now.
    pub(crate) fn start() -> Self {
        Timings { start: Instant::now(), ends: RefCell::default() }
    }

    /// Ends a part, which began when the one before ended.
    pub(crate) fn end(&self, part: &'static str) {
        self.ends.borrow_mut().push((part, Instant::now()));
    }

    fn parts(&self) -> Vec<(&'static str, Duration)> {
        let mut since = self.start;
        let ends = self.ends.borrow();
        ends.iter().map(|&(part, end)| (part, end - std::mem::replace(&mut since, end))).collect()
    }

    /// Prints a line for each part, and the sum.
    pub(crate) fn tell(&self, package: &str, ui: &Ui) {
        let parts = self.parts();
        let whole: Duration = parts.iter().map(|(_, took)| *took).sum();
        let line = |part: &str, took: Duration| {
            let share = took.as_secs_f64() / whole.as_secs_f64().max(f64::MIN_POSITIVE) * 100.0;
            format!("{part:>12} {:>10.1} ms {share:>4.0} %", took.as_secs_f64() * 1000.0)
        };
        let lines: Vec<String> =
            parts.iter().map(|&(part, took)| line(part, took)).chain([line("all", whole)]).collect();
        let us = |took: Duration| u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let timings = parts.iter().map(|&(part, took)| Timing { part, us: us(took) }).collect();
        ui.fact(&Message::Timings { package, parts: timings }, &lines.join("\n"));
    }
}
