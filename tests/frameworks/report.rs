//! The calls of a client, and what became of each: a line of JSON on standard output.
//!
//! Part of each `client.rs`, which names the generated crate `api`. A call is accepted if the server answered as the operation is meant
//! to answer, and read as typed if the answer is the expected value without a variant for the unknown anywhere in it.

use std::fmt::Debug;
use std::future::Future;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::api::Error;

/// Runs a client against the servers of the argument, which is JSON.
pub fn run<F: Future<Output = Result<(), Box<dyn std::error::Error>>>>(
    program: impl FnOnce(Value) -> F,
) -> Result<(), Box<dyn std::error::Error>> {
    let servers = serde_json::from_str(&std::env::args().nth(1).unwrap_or_default())?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(program(servers))
}

/// The reason why a call did not do what it should.
#[derive(Debug)]
pub enum Fault {
    /// The client has no type for the value that was to be sent.
    Given(String),
    /// The server refused the call, or it never got there.
    Refused(String),
    /// The answer could not be read.
    Unread(String),
}

impl<F: Debug> From<Error<F>> for Fault {
    fn from(error: Error<F>) -> Self {
        let said = error.status().map(|status| format!("{status} {}", String::from_utf8_lossy(error.body())));
        match error {
            Error::Decode { .. } => Self::Unread(format!("{error:?}: {}", said.unwrap_or_default())),
            _ => Self::Refused(said.unwrap_or_else(|| format!("{error:?}"))),
        }
    }
}

/// A value of whatever type the call takes, from what it is as JSON.
pub fn given<T: DeserializeOwned + Serialize + Debug>(value: Value) -> Result<T, Fault> {
    let made: T = serde_json::from_value(value.clone()).map_err(|error| Fault::Given(format!("{value}: {error}")))?;
    typed(&made, &value).map_err(Fault::Given)?;
    Ok(made)
}

/// Checks that a value is the expected one, and of a type that knows all of it.
pub fn typed<T: Serialize + Debug>(value: &T, expected: &Value) -> Result<(), String> {
    let (shown, written) = (format!("{value:?}"), serde_json::to_value(value).map_err(|error| error.to_string())?);
    if written != *expected {
        return Err(format!("expected {expected}, and it is {written}"));
    }
    if ["Other(", "Unknown("].iter().any(|unknown| shown.contains(unknown)) {
        return Err(format!("not as typed: {shown}"));
    }
    Ok(())
}

/// The calls so far.
#[derive(Default)]
pub struct Calls;

impl Calls {
    /// Makes a call that has to succeed, with an answer that `holds`.
    pub async fn call<T: Debug>(
        &self,
        name: &str,
        call: impl Future<Output = Result<T, Fault>>,
        holds: impl FnOnce(&T) -> Result<(), String>,
    ) {
        match call.await {
            Ok(answer) => match holds(&answer) {
                Ok(()) => self.say(name, true, true, ""),
                Err(why) => self.say(name, true, false, &why),
            },
            Err(Fault::Given(why)) => self.say(name, false, false, &format!("cannot be given: {why}")),
            Err(Fault::Refused(why)) => self.say(name, false, false, &why),
            Err(Fault::Unread(why)) => self.say(name, true, false, &why),
        }
    }

    /// Makes a call that has to fail as the operation documents.
    pub async fn fail<T: Debug, F: Debug>(
        &self,
        name: &str,
        call: impl Future<Output = Result<T, Error<F>>>,
        holds: impl FnOnce(&Error<F>) -> Result<(), String>,
    ) {
        match call.await {
            Ok(answer) => self.say(name, false, false, &format!("should have failed, and gave {answer:?}")),
            Err(error) => match holds(&error) {
                Ok(()) => self.say(name, true, true, ""),
                Err(why) => self.say(name, true, false, &format!("{why}: {error:?}")),
            },
        }
    }

    fn say(&self, call: &str, accepted: bool, typed: bool, said: &str) {
        println!("{}", json!({ "call": call, "accepted": accepted, "typed": typed, "said": said }));
    }
}

/// A check that a call's answer is a value, given as JSON.
pub fn is<T: Serialize + Debug>(expected: Value) -> impl FnOnce(&T) -> Result<(), String> {
    move |answer| typed(answer, &expected)
}

/// A check that something is true of a call's answer.
pub fn that<T: Debug>(holds: impl FnOnce(&T) -> bool) -> impl FnOnce(&T) -> Result<(), String> {
    move |answer| if holds(answer) { Ok(()) } else { Err(format!("unexpected: {answer:?}")) }
}

/// Collects the items of a stream.
#[allow(unused_macros, reason = "not every server has streams")]
macro_rules! collect {
    ($stream:expr) => {{
        let (mut stream, mut items) = ($stream, Vec::new());
        while let Some(item) = stream.next().await {
            items.push(item?);
        }
        items
    }};
}
