//! The differences between native targets and `wasm32-unknown-unknown`: clocks, timers, tasks, and whether futures
//! can be sent to other threads.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

pub(crate) use super::random::random;

#[cfg(not(target_family = "wasm"))]
mod target {
    use std::future::Future;
    use std::pin::Pin;
    use std::time::Duration;

    pub(crate) use tokio::time::Instant;

    /// A future on the heap.
    pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

    /// `Send + Sync` where threads exist.
    pub trait Shareable: Send + Sync {}
    impl<T: Send + Sync + ?Sized> Shareable for T {}

    /// `Send` where threads exist.
    pub trait Sendable: Send {}
    impl<T: Send + ?Sized> Sendable for T {}

    pub(crate) async fn sleep(time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// The point in time after a duration, or a distant one if the clock cannot represent it.
    pub(crate) fn later(from: Instant, time: Duration) -> Instant {
        from.checked_add(time).unwrap_or_else(|| from + super::FOREVER)
    }

    /// Ends at a point in time.
    pub(crate) type Timer = tokio::time::Sleep;

    pub(crate) fn timer(end: Instant) -> Timer {
        tokio::time::sleep_until(end)
    }

    pub(crate) fn spawn(task: impl Future<Output = ()> + Send + 'static) {
        drop(tokio::spawn(task));
    }
}

#[cfg(target_family = "wasm")]
mod target {
    use std::future::Future;
    use std::ops::Add;
    use std::pin::Pin;
    use std::time::Duration;

    use wasm_bindgen::{JsCast, JsValue};

    /// A future on the heap.
    pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

    /// `Send + Sync` where threads exist.
    pub trait Shareable {}
    impl<T: ?Sized> Shareable for T {}

    /// `Send` where threads exist.
    pub trait Sendable {}
    impl<T: ?Sized> Sendable for T {}

    /// A point in time of the browser's clock, since `std::time::Instant` panics on this target.
    #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
    pub(crate) struct Instant(f64);

    impl Instant {
        pub(crate) fn now() -> Self {
            Self(js_sys::Date::now())
        }

        pub(crate) fn elapsed(&self) -> Duration {
            Self::now().saturating_duration_since(*self)
        }

        pub(crate) fn saturating_duration_since(&self, earlier: Self) -> Duration {
            Duration::from_secs_f64((self.0 - earlier.0).max(0.0) / 1000.0)
        }
    }

    impl Add<Duration> for Instant {
        type Output = Self;

        fn add(self, time: Duration) -> Self {
            Self(self.0 + time.as_secs_f64() * 1000.0)
        }
    }

    /// The point in time after a duration.
    pub(crate) fn later(from: Instant, time: Duration) -> Instant {
        from + time.min(super::FOREVER)
    }

    pub(crate) async fn sleep(time: Duration) {
        // A browser takes a timeout of more than 31 bits for none.
        let time = time.min(Duration::from_millis(i32::MAX as u64));
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            let set = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("setTimeout"));
            if let Some(set) = set.ok().and_then(|set| set.dyn_into::<js_sys::Function>().ok()) {
                let _ = set.call2(&JsValue::UNDEFINED, &resolve, &JsValue::from_f64(time.as_secs_f64() * 1000.0));
            }
        });
        let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    }

    /// Ends at a point in time.
    pub(crate) type Timer = Pin<Box<dyn Future<Output = ()>>>;

    pub(crate) fn timer(end: Instant) -> Timer {
        Box::pin(sleep(end.saturating_duration_since(Instant::now())))
    }

    pub(crate) fn spawn(task: impl Future<Output = ()> + 'static) {
        wasm_bindgen_futures::spawn_local(task);
    }
}

pub use target::{BoxFuture, Sendable, Shareable};
pub(crate) use target::{Instant, Timer, later, sleep, spawn};

/// Thirty years.
const FOREVER: Duration = Duration::from_secs(30 * 365 * 86_400);

/// A time limit was reached.
#[derive(Debug)]
pub(crate) struct Elapsed;

/// Runs a future for no longer than `limit`.
pub(crate) async fn within<T>(
    limit: Option<Duration>,
    future: Pin<&mut impl Future<Output = T>>,
) -> Result<T, Elapsed> {
    let mut timer = pin!(None);
    until(|| limit.map(|limit| later(Instant::now(), limit)), timer.as_mut(), future).await
}

/// Runs a future until a point in time, which is computed only if the future has to wait: a ready future sets no timer.
///
/// Futures and timers are borrowed, since each layer that owned one would copy it.
pub(crate) fn until<'t, 'f, T, E: FnOnce() -> Option<Instant>, F: Future<Output = T> + ?Sized>(
    end: E,
    mut timer: Pin<&'t mut Option<Timer>>,
    mut future: Pin<&'f mut F>,
) -> impl Future<Output = Result<T, Elapsed>> + use<'t, 'f, T, E, F> {
    let mut end = Some(end);
    poll_fn(move |context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Ok(value));
        }
        if let Some(end) = end.take() {
            timer.set(end().map(target::timer));
        }
        match timer.as_mut().as_pin_mut() {
            Some(timer) => timer.poll(context).map(|()| Err(Elapsed)),
            None => Poll::Pending,
        }
    })
}

/// A random share of `time`: full jitter.
pub(crate) fn jitter(time: Duration) -> Duration {
    #[expect(clippy::cast_precision_loss, reason = "a fraction needs no more than 53 bits")]
    let fraction = (random() >> 11) as f64 / (1_u64 << 53) as f64;
    Duration::try_from_secs_f64(time.as_secs_f64() * fraction).unwrap_or(time)
}
