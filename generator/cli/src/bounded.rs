//! Reading of files that are neither too long nor endless.

use std::io;
use std::path::Path;

/// The maximum number of bytes of a file for which no limit is set.
pub(crate) const MOST_BYTES: usize = 128 << 20;

/// Reads a file that has no more bytes than the usual limit. A device or a pipe, which might never end, is refused.
pub(crate) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    bytes_within(path, MOST_BYTES)
}

/// Reads the text of a file, as [`bytes`] does.
pub(crate) fn text(path: &Path) -> io::Result<String> {
    String::from_utf8(bytes(path)?).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// Reads a file that has no more bytes than a limit.
pub(crate) fn bytes_within(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    clientwright_build::folder::read_plain(path, limit)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{bytes, bytes_within, text};

    #[test]
    fn what_might_never_end_is_refused() {
        for path in ["/dev/zero", "/dev/stdin", "/dev/tty", "/"] {
            assert!(bytes(Path::new(path)).is_err(), "{path}");
        }
    }

    #[test]
    fn the_size_is_looked_at_before_anything_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sparse");
        std::fs::File::create(&file).unwrap().set_len(1 << 40).unwrap();
        assert!(text(&file).unwrap_err().to_string().contains("the limit is"));
        std::fs::write(&file, "12345").unwrap();
        assert_eq!(bytes_within(&file, 5).unwrap(), b"12345");
        assert!(bytes_within(&file, 4).is_err());
    }
}
