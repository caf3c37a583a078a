//! Limits on the size of a document.

use serde::Deserialize;

/// The limits of reading. Each has its own message, which names the option that raises it.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Size of a file in bytes.
    #[serde(rename = "max-bytes")]
    pub bytes: usize,
    /// Levels of arrays and objects inside one another. YAML never goes beyond 128, and JSON never beyond 256: each costs stack.
    #[serde(rename = "max-depth")]
    pub depth: usize,
    /// Values in the tree, after aliases are expanded.
    #[serde(rename = "max-nodes")]
    pub nodes: usize,
    /// Values that YAML aliases add to the tree, and as many that references add where the 3.0 model has none.
    #[serde(rename = "max-alias-nodes")]
    pub alias_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 128 << 20, depth: 128, nodes: 5_000_000, alias_nodes: 1_000_000 }
    }
}

/// Keys are part of every pointer to what they contain, so long ones multiply. Those of real documents stay below a hundredth.
pub(super) const LONGEST_KEY: usize = 16 << 10;

/// The levels that the readers of YAML have stack for.
const DEEPEST_YAML: usize = 128;
/// The levels that the stages have stack for.
const DEEPEST: usize = 256;

impl Limits {
    /// The levels that a text of YAML may have.
    pub(super) fn yaml_depth(&self) -> usize {
        self.depth.min(DEEPEST_YAML)
    }

    /// The levels that a tree may have.
    pub(super) fn tree_depth(&self) -> usize {
        self.depth.min(DEEPEST)
    }
}
