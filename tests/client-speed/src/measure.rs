//! Rounds in turn, and what they say: on a busy machine no time means anything, but the ratio of two that were taken one after the
//! other does, and the median of many such ratios does.

use std::rc::Rc;
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};
use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;

use crate::{Contender, Task};

/// The cost of a round.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// From the first request to the last answer, in seconds.
    pub wall: f64,
    /// CPU time of the client's thread alone, in seconds.
    pub cpu: f64,
    /// Allocations on that thread.
    pub allocations: f64,
}

/// A client with connections of its own.
pub struct Lane<C> {
    contender: Rc<C>,
    runtime: Runtime,
    calls: usize,
    parallel: usize,
}

impl<C> std::fmt::Debug for Lane<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lane").field("calls", &self.calls).field("parallel", &self.parallel).finish_non_exhaustive()
    }
}

impl<C: Contender + 'static> Lane<C> {
    /// A lane of `parallel` callers that make `calls` calls in all in a round.
    ///
    /// # Panics
    /// Where the system gives no runtime.
    pub fn new(contender: C, calls: usize, parallel: usize) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { contender: Rc::new(contender), runtime, calls, parallel }
    }

    /// The contender's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.contender.name()
    }

    /// One round.
    ///
    /// # Panics
    /// Where a call fails.
    #[must_use]
    pub fn round(&self, task: Task) -> Round {
        let begun = (clock(ClockId::CLOCK_MONOTONIC), clock(ClockId::CLOCK_THREAD_CPUTIME_ID));
        let counted = allocation_counter::measure(|| self.run(task));
        let ended = (clock(ClockId::CLOCK_MONOTONIC), clock(ClockId::CLOCK_THREAD_CPUTIME_ID));
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^53")]
        let allocations = counted.count_total as f64;
        let seconds = |from: Duration, to: Duration| (to - from).as_secs_f64();
        Round { wall: seconds(begun.0, ended.0), cpu: seconds(begun.1, ended.1), allocations }
    }

    /// The calls of a round, unmeasured.
    ///
    /// # Panics
    /// Where a call fails.
    pub fn run(&self, task: Task) {
        let callers = LocalSet::new();
        for _ in 0..self.parallel {
            let (contender, calls) = (Rc::clone(&self.contender), self.calls / self.parallel);
            callers.spawn_local(async move {
                for _ in 0..calls {
                    let read = contender.call(task).await.expect("an answer");
                    assert!(read > 0);
                }
            });
        }
        self.runtime.block_on(callers);
    }
}

fn clock(which: ClockId) -> Duration {
    clock_gettime(which).expect("a clock").into()
}

/// Returns the median of values.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The medians of the ratios of two clients, round by round.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    /// Requests per second.
    pub throughput: f64,
    /// CPU time.
    pub cpu: f64,
    /// Allocations.
    pub allocations: f64,
}

impl Ratio {
    /// Computes the ratios of rounds that were run in turn.
    #[must_use]
    pub fn of(rounds: &[(Round, Round)]) -> Self {
        let ratio = |of: fn(&Round) -> f64| median(rounds.iter().map(|(one, other)| of(one) / of(other)).collect());
        Self {
            throughput: 1.0 / ratio(|round| round.wall),
            cpu: ratio(|round| round.cpu),
            allocations: ratio(|round| round.allocations),
        }
    }
}
