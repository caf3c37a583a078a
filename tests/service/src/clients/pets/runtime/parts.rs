//! Parts of a multipart body that are read while they are sent.

use std::collections::VecDeque;
use std::fs::File;
use std::future::Future;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use tokio::task::{JoinHandle, spawn_blocking};

use super::cause::BoxError;
use super::request::Request;
use super::upload::Upload;

/// The number of bytes of a file that are read at once.
const PART: usize = 64 << 10;

/// The source of a part's bytes.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Bytes(Bytes),
    File(PathBuf, u64),
    Once(Arc<Mutex<Option<Upload>>>),
}

impl Source {
    pub(crate) fn file(path: &Path) -> io::Result<Self> {
        let facts = std::fs::metadata(path)?;
        if !facts.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "is no file"));
        }
        Ok(Self::File(path.to_owned(), facts.len()))
    }

    pub(crate) fn once(upload: Upload) -> Self {
        Self::Once(Arc::new(Mutex::new(Some(upload))))
    }

    /// Its length in bytes, if that is known.
    fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::File(_, length) => Some(*length),
            Self::Once(upload) => upload.lock().unwrap_or_else(PoisonError::into_inner).as_ref()?.size_hint().exact(),
        }
    }
}

/// Gives a request a body of all the sources, one after the other.
pub(crate) fn send<'r>(request: &'r mut Request, content_type: &str, sources: Vec<Source>) -> &'r mut Request {
    let length: Option<u64> = sources.iter().map(Source::length).sum();
    let once = sources.iter().any(|source| matches!(source, Source::Once(_)));
    let make = move || {
        let upload = Upload::new(Reading { left: sources.iter().cloned().collect(), open: Open::Nothing });
        reqwest::Body::from(match length {
            Some(length) => upload.length(length),
            None => upload,
        })
    };
    if once { request.stream(content_type, make()) } else { request.again(content_type, make) }
}

/// The sources that are left, and the one that is being read.
struct Reading {
    left: VecDeque<Source>,
    open: Open,
}

enum Open {
    Nothing,
    /// A file, read by a thread that may wait, and how much of it is still to come.
    File(JoinHandle<io::Result<(File, Bytes)>>, u64),
    Upload(Upload),
}

impl Stream for Reading {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut self.open {
                Open::Nothing => match self.left.pop_front() {
                    None => return Poll::Ready(None),
                    Some(Source::Bytes(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                    Some(Source::File(_, 0)) => {}
                    Some(Source::File(path, length)) => {
                        self.open = Open::File(spawn_blocking(move || read(File::open(path)?, length)), length);
                    }
                    Some(Source::Once(upload)) => {
                        let upload = upload.lock().unwrap_or_else(PoisonError::into_inner).take();
                        let Some(upload) = upload else {
                            return Poll::Ready(Some(Err("a stream was sent before".into())));
                        };
                        self.open = Open::Upload(upload);
                    }
                },
                Open::File(reading, left) => {
                    let (read, left) = (ready!(Pin::new(reading).poll(context)), *left);
                    self.open = Open::Nothing;
                    let (file, bytes) = match read {
                        Ok(Ok(found)) => found,
                        Ok(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                        Err(error) => return Poll::Ready(Some(Err(error.into()))),
                    };
                    let left = left - bytes.len() as u64;
                    if left > 0 {
                        self.open = Open::File(spawn_blocking(move || self::read(file, left)), left);
                    }
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Open::Upload(upload) => match ready!(Pin::new(upload).poll_frame(context)) {
                    Some(frame) => return Poll::Ready(Some(frame.map(|frame| frame.into_data().unwrap_or_default()))),
                    None => self.open = Open::Nothing,
                },
            }
        }
    }
}

/// The next bytes of a file of which so many are left.
fn read(mut file: File, left: u64) -> io::Result<(File, Bytes)> {
    let mut bytes = vec![0; PART.min(usize::try_from(left).unwrap_or(PART))];
    let read = file.read(&mut bytes)?;
    if read == 0 {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file has become shorter"));
    }
    bytes.truncate(read);
    Ok((file, bytes.into()))
}
