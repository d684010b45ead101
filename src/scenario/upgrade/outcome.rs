//! `[outcome] completed_at`, a share of the whole agreement, is each clause's `kept_at`.

use super::amount::read;
use super::conduct::without_sources;
use super::entry::Entry;
use super::work::Work;
use crate::scenario::json_schema;
use crate::stats::Distribution;

/// After which key of a clause `kept_at` is written: the first that is there.
const BEFORE: [&str; 6] = ["min_coverage", "max_age_days", "monitors", "deadline", "kind", "id"];

/// Converts it.
pub(super) fn convert(root: &Entry<'_>, work: &mut Work<'_>) {
    let Some(outcome) = root.inner("outcome") else { return };
    let Some(share) = outcome.value("completed_at") else { return };
    work.remove(
        &outcome,
        "completed_at",
        "the agreement is completed once each clause is at its own `kept_at`, and no longer by their mean",
    );
    without_sources(&outcome, &["completed_at"], work);
    if read(&share) == default() {
        return;
    }
    for clause in root.list("clause", "clause").iter().filter(|clause| !clause.has("kept_at")) {
        if let Some(below) = BEFORE.into_iter().find(|key| clause.has(key)) {
            work.insert(clause, below, &format!("kept_at = {share}"), "completed_at of [outcome]");
        }
    }
}

/// What `kept_at` is where a clause does not say.
fn default() -> Option<Distribution> {
    let schema = json_schema();
    let default = schema.pointer("/definitions/Clause/oneOf/0/properties/kept_at/default")?;
    Some(Distribution::Fixed(default.as_f64()?))
}
