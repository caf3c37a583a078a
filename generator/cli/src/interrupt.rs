//! Signals that end a run: at once, unless files are being written.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A section in which a run writes files. A signal in it ends the process after the section, when the files are complete.
pub(crate) struct Critical(());

struct State {
    /// True while a signal ends the process at once.
    idle: Arc<AtomicBool>,
    /// The signal that came, or 0.
    signal: Arc<AtomicUsize>,
    /// The number of parts that are writing.
    writing: Mutex<usize>,
}

static STATE: OnceLock<State> = OnceLock::new();

fn state() -> &'static State {
    STATE.get_or_init(|| {
        let state = State { idle: Arc::new(AtomicBool::new(true)), signal: Arc::default(), writing: Mutex::default() };
        listen(&state);
        state
    })
}

/// Installs the handlers. If the system refuses, a signal ends the process at once, and the next run completes the folder.
#[cfg(unix)]
fn listen(state: &State) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag;
    for signal in [SIGINT, SIGTERM] {
        let _ = flag::register_conditional_default(signal, Arc::clone(&state.idle));
        let number = usize::try_from(signal).unwrap_or_default();
        let _ = flag::register_usize(signal, Arc::clone(&state.signal), number);
    }
}

#[cfg(not(unix))]
fn listen(_: &State) {}

/// Ends the process as the signal would have.
#[cfg(unix)]
fn end(signal: usize) {
    if let Ok(signal) = i32::try_from(signal) {
        let _ = signal_hook::low_level::emulate_default_handler(signal);
    }
}

#[cfg(not(unix))]
fn end(_: usize) {}

impl Critical {
    /// Begins a part that writes files; it ends when the value is dropped.
    pub(crate) fn enter() -> Self {
        let state = state();
        *state.writing.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        state.idle.store(false, Ordering::SeqCst);
        Critical(())
    }

    /// True if a signal has come.
    pub(crate) fn is_interrupted(&self) -> bool {
        state().signal.load(Ordering::SeqCst) != 0
    }
}

impl Drop for Critical {
    fn drop(&mut self) {
        let state = state();
        let mut writing = state.writing.lock().unwrap_or_else(PoisonError::into_inner);
        *writing -= 1;
        if *writing > 0 {
            return;
        }
        state.idle.store(true, Ordering::SeqCst);
        let signal = state.signal.load(Ordering::SeqCst);
        if signal != 0 {
            end(signal);
        }
    }
}
