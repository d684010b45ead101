//! Why bytes are not a base map.

/// Why bytes are not a base map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaseMapError {
    /// The first bytes are not those of a base map.
    #[error("not a base map")]
    Magic,
    /// The bytes end too early.
    #[error("the base map is cut short")]
    Truncated,
    /// The bytes have been changed.
    #[error("the base map's checksum does not match")]
    Checksum,
    /// The bytes say something that no base map says.
    #[error("the base map is malformed: {0}")]
    Invalid(&'static str),
}
