//! Calls from programs that have no async runtime.

use std::future::IntoFuture;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use super::call::{Call, Response, WithResponse};
use super::cause::InvalidRequest;
use super::error::{Context, Error};
use super::operation::{Operation, Outcome};

impl<O: Operation> Call<'_, O> {
    /// Sends the call and waits for its end, on a runtime that all such calls share.
    ///
    /// # Errors
    /// Those of the call; and [`Error::Invalid`] inside an async runtime, which waiting would block.
    pub fn blocking(self) -> Outcome<O> {
        match runtime() {
            Ok(runtime) => runtime.block_on(self.into_future()),
            Err(reason) => Err(self.refuse(InvalidRequest::new("blocking", "call", reason))),
        }
    }
}

impl<O: Operation> WithResponse<'_, O> {
    /// Sends the call and waits for its end, as [`Call::blocking`] does.
    ///
    /// # Errors
    /// As for [`Call::blocking`].
    pub fn blocking(self) -> Result<Response<O::Output>, Error<O::Failure>> {
        match runtime() {
            Ok(runtime) => runtime.block_on(self),
            Err(reason) => Err(Error::Invalid {
                cause: Box::new(InvalidRequest::new("blocking", "call", reason)),
                context: Box::new(Context::new(const { &O::SPEC })),
            }),
        }
    }
}

/// The runtime on which calls are waited for.
pub(crate) fn runtime() -> Result<&'static Runtime, String> {
    static RUNTIME: OnceLock<std::io::Result<Runtime>> = OnceLock::new();
    if Handle::try_current().is_ok() {
        return Err("was made inside an async runtime: await it instead".to_owned());
    }
    let build = || Builder::new_multi_thread().worker_threads(1).thread_name("blocking-calls").enable_all().build();
    RUNTIME.get_or_init(build).as_ref().map_err(|error| format!("has no runtime: {error}"))
}
