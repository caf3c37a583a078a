//! The version that follows from a change.

use crate::compile::Bump;

/// Returns the version after this one. Before 1.0.0, Cargo takes the second number for the first (`0.2.0` may break `0.1.0`).
pub(super) fn after(bump: Bump, version: &str) -> Option<String> {
    let [major, minor, patch] = &numbers(version)?;
    let next = |number: &u64| number.checked_add(1);
    Some(match (bump, major, minor) {
        (Bump::None, ..) => version.to_owned(),
        (Bump::Major, 0, 0) | (Bump::Minor, 0, 0) => format!("0.0.{}", next(patch)?),
        (Bump::Major, 0, _) => format!("0.{}.0", next(minor)?),
        (Bump::Minor, 0, _) | (Bump::Patch, ..) => format!("{major}.{minor}.{}", next(patch)?),
        (Bump::Minor, ..) => format!("{major}.{}.0", next(minor)?),
        (Bump::Major, ..) => format!("{}.0.0", next(major)?),
    })
}

fn numbers(version: &str) -> Option<[u64; 3]> {
    let plain = version.split(['-', '+']).next()?;
    let numbers: Vec<u64> = plain.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// Returns whether a version is lower than another. Returns `false` if they cannot be compared.
pub(super) fn is_behind(version: &str, other: &str) -> bool {
    matches!((numbers(version), numbers(other)), (Some(one), Some(other)) if one < other)
}

#[cfg(test)]
mod tests {
    use super::after;
    use crate::compile::Bump;

    #[test]
    fn versions_grow_as_cargo_reads_them() {
        let after = |bump: Bump, version: &str| after(bump, version).unwrap();
        assert_eq!(after(Bump::Major, "1.2.3"), "2.0.0");
        assert_eq!(after(Bump::Minor, "1.2.3"), "1.3.0");
        assert_eq!(after(Bump::Patch, "1.2.3"), "1.2.4");
        assert_eq!(after(Bump::Major, "0.2.3"), "0.3.0");
        assert_eq!(after(Bump::Minor, "0.2.3"), "0.2.4");
        assert_eq!(after(Bump::Major, "0.0.3"), "0.0.4");
        assert_eq!(after(Bump::None, "1.2.3-beta"), "1.2.3-beta");
        assert_eq!(super::after(Bump::Major, "one"), None);
    }
}
