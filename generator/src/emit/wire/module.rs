//! The modules of the wire tests.

use crate::rust::Group;

/// Returns the module name of a group's tests, which differs from that of the harness.
pub(super) fn module(group: &Group) -> String {
    format!("{}_group", group.module.bare().trim_end_matches('_'))
}
