//! What a new scenario starts from.

/// A short commented scenario that is valid and runs.
pub fn starter() -> &'static str {
    include_str!("starter.toml")
}
