//! The profile that this program was compiled with.

use std::env;

/// Returns whether this program is of the profile `release`: Cargo tells only build scripts, but the folder has the profile's name.
pub(crate) fn is_release() -> bool {
    env::current_exe().is_ok_and(|program| program.parent().is_some_and(|folder| folder.ends_with("release")))
}
