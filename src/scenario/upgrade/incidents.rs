//! `[[incident]] per_day`: a key whose meaning changes with the format.

use super::entry::Entry;
use super::work::Work;

/// Converts `per_day` of every source of incidents. Its meaning is that of schema 1 still,
/// so nothing is to be done.
pub(super) fn convert(_root: &Entry<'_>, _work: &mut Work<'_>) {}
