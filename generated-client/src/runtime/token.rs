//! Access tokens: fetched once however many calls wait, refreshed before they expire, dropped when refused.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use tokio::sync::watch;

use super::cause::AuthError;
use super::credentials::Tokens;
use super::endpoint::bearer;
use super::grant::AccessToken;
use super::platform::{BoxFuture, Instant, Shareable, jitter, later, sleep, spawn, within};
use super::secret::Secret;

/// A way to obtain tokens.
pub(crate) trait Issuer: Shareable {
    /// Returns a new token with these scopes.
    fn issue<'a>(&'a self, scopes: &'a [String]) -> BoxFuture<'a, Result<AccessToken, AuthError>>;

    /// Shows the secrets by which tokens are obtained.
    fn for_each_secret(&self, _: &mut dyn FnMut(&Secret)) {}
}

/// Tokens of one credential, by the scopes that they have.
pub(crate) struct Cache {
    fetcher: Arc<Fetcher>,
    slots: Mutex<BTreeMap<String, Arc<Slot>>>,
}

/// A token in use, ready for the header.
struct Token {
    header: HeaderValue,
    text: Secret,
    usable_until: Instant,
    refresh_from: Instant,
}

#[derive(Default)]
struct Slot {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<Token>>,
    fetch: Option<watch::Receiver<FetchOutcome>>,
    failures: u32,
    /// The last failure, and the time until which it is repeated to all callers.
    failed: Option<(Arc<AuthError>, Instant)>,
}

/// The result of a fetch, once it is complete.
type FetchOutcome = Option<Result<Arc<Token>, Arc<AuthError>>>;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Tokens for Cache {
    fn get<'a>(&'a self, scopes: &'a [String]) -> BoxFuture<'a, Result<HeaderValue, Arc<AuthError>>> {
        Box::pin(async move { Ok(self.token(scopes).await?.header.clone()) })
    }

    fn reject(&self, scopes: &[String], refused: &HeaderValue) {
        let slot = self.slot(scopes);
        let mut state = lock(&slot.state);
        state.token.take_if(|token| token.header == *refused);
    }

    fn for_each(&self, show: &mut dyn FnMut(&Secret)) {
        for slot in lock(&self.slots).values() {
            if let Some(token) = &lock(&slot.state).token {
                show(&token.text);
            }
        }
        self.fetcher.issuer.for_each_secret(show);
    }
}

impl Cache {
    /// A cache of the tokens of an issuer, which has a time limit for each.
    pub(crate) fn new(issuer: impl Issuer + 'static, timeout: Duration) -> Self {
        Self { fetcher: Arc::new(Fetcher { issuer: Box::new(issuer), timeout }), slots: Mutex::default() }
    }

    /// A token with these scopes: the current one, or the one that a single request for all callers returns.
    async fn token(&self, scopes: &[String]) -> Result<Arc<Token>, Arc<AuthError>> {
        let slot = self.slot(scopes);
        loop {
            let mut fetch = match slot.cache_state() {
                CacheState::Ready(token) => return Ok(token),
                CacheState::Failed(error) => return Err(error),
                CacheState::Stale(token, outcome) => {
                    self.start_fetch(&slot, scopes, outcome);
                    return Ok(token);
                }
                CacheState::Missing(fetch, outcome) => {
                    if let Some(outcome) = outcome {
                        self.start_fetch(&slot, scopes, outcome);
                    }
                    fetch
                }
            };
            // An error means that the task died with its runtime: then someone else takes over.
            let result = fetch.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
            if let Some(result) = result {
                return result;
            }
        }
    }

    fn slot(&self, scopes: &[String]) -> Arc<Slot> {
        let mut slots = lock(&self.slots);
        let known = match scopes {
            [] => slots.get(""),
            [scope] => slots.get(scope),
            scopes => slots.get(&scopes.join(" ")),
        };
        match known {
            Some(slot) => Arc::clone(slot),
            None => Arc::clone(slots.entry(scopes.join(" ")).or_default()),
        }
    }

    /// Starts the request in a task of its own, so that a caller that gives up does not cancel it.
    fn start_fetch(&self, slot: &Arc<Slot>, scopes: &[String], outcome: watch::Sender<FetchOutcome>) {
        let (fetcher, slot, scopes) = (Arc::clone(&self.fetcher), Arc::clone(slot), scopes.to_vec());
        spawn(async move {
            let panicked = Panicked { slot: &slot, outcome: &outcome };
            let result = fetcher.fetch(&scopes).await.map(Arc::new).map_err(Arc::new);
            std::mem::forget(panicked);
            slot.complete_fetch(&result);
            outcome.send_replace(Some(result));
        });
    }
}

/// Ends a fetch whose source panics: each caller that waits has that as its error, and the source is not asked again at once.
struct Panicked<'a> {
    slot: &'a Slot,
    outcome: &'a watch::Sender<FetchOutcome>,
}

impl Drop for Panicked<'_> {
    fn drop(&mut self) {
        // A task that is dropped with its runtime is taken over by another caller.
        if std::thread::panicking() {
            let result = Err(Arc::new(AuthError::Source("it panicked".into())));
            self.slot.complete_fetch(&result);
            self.outcome.send_replace(Some(result));
        }
    }
}

enum CacheState {
    Ready(Arc<Token>),
    /// Still valid, but due for renewal, which this caller starts.
    Stale(Arc<Token>, watch::Sender<FetchOutcome>),
    /// No token: the caller waits for the fetch, and starts it if there is a sender.
    Missing(watch::Receiver<FetchOutcome>, Option<watch::Sender<FetchOutcome>>),
    Failed(Arc<AuthError>),
}

impl Slot {
    fn cache_state(&self) -> CacheState {
        let now = Instant::now();
        let state = &mut *lock(&self.state);
        // A channel without a sender is a fetch that will not land.
        let fetch = state.fetch.take_if(|fetch| fetch.has_changed().is_err()).map_or(state.fetch.as_ref(), |_| None);
        let failed = state.failed.as_ref().filter(|(_, until)| now < *until);
        match (&state.token, fetch, failed) {
            (Some(token), fetch, failed) if now < token.usable_until => {
                let token = Arc::clone(token);
                if now < token.refresh_from || fetch.is_some() || failed.is_some() {
                    return CacheState::Ready(token);
                }
                let (sender, receiver) = watch::channel(None);
                state.fetch = Some(receiver);
                CacheState::Stale(token, sender)
            }
            (_, Some(fetch), _) => CacheState::Missing(fetch.clone(), None),
            (_, None, Some((error, _))) => CacheState::Failed(Arc::clone(error)),
            (_, None, None) => {
                let (sender, receiver) = watch::channel(None);
                state.fetch = Some(receiver.clone());
                CacheState::Missing(receiver, Some(sender))
            }
        }
    }

    fn complete_fetch(&self, result: &Result<Arc<Token>, Arc<AuthError>>) {
        let state = &mut *lock(&self.state);
        state.fetch = None;
        match result {
            Ok(token) => {
                state.token = Some(Arc::clone(token));
                state.failures = 0;
                state.failed = None;
            }
            Err(error) => {
                // 1 s, 2 s, … 32 s: a broken endpoint is not asked by every call.
                let pause = Duration::from_secs(1 << state.failures.min(5));
                state.failures = state.failures.saturating_add(1);
                state.failed = Some((Arc::clone(error), Instant::now() + pause / 2 + jitter(pause / 2)));
            }
        }
    }
}

/// Fetches tokens from their issuer.
struct Fetcher {
    issuer: Box<dyn Issuer>,
    timeout: Duration,
}

impl Fetcher {
    async fn fetch(&self, scopes: &[String]) -> Result<Token, AuthError> {
        let asked = Instant::now();
        let mut pause = Duration::from_millis(200);
        let mut attempt = 1;
        let issued = loop {
            let result =
                within(Some(self.timeout.saturating_sub(asked.elapsed())), pin!(self.issuer.issue(scopes))).await;
            match result.unwrap_or(Err(AuthError::Timeout)) {
                Err(error) if error.is_passing() && attempt < 3 && asked.elapsed() + pause < self.timeout => {
                    sleep(jitter(pause) + Duration::from_millis(20)).await;
                    pause *= 3;
                    attempt += 1;
                }
                result => break result?,
            }
        };
        Token::new(issued.token, issued.expires_in, asked)
    }
}

/// The lifetime of tokens that state none.
const UNSAID: Duration = Duration::from_secs(15 * 60);

impl Token {
    fn new(token: Secret, expires_in: Option<Duration>, asked: Instant) -> Result<Self, AuthError> {
        let life = expires_in.unwrap_or(UNSAID);
        // A margin for the time in transit and for other clocks; random, so that many clients do not refresh at once.
        let margin = (life / 10).min(Duration::from_secs(20));
        let ahead = (life / 5).min(Duration::from_secs(120));
        let usable = life - margin;
        Ok(Self {
            header: bearer(&token)
                .ok_or_else(|| AuthError::Response("the token has characters that no header allows".into()))?,
            text: token,
            usable_until: later(asked, usable),
            refresh_from: later(asked, usable.saturating_sub(ahead / 2 + jitter(ahead / 2))),
        })
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}
