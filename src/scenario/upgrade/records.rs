//! `[[record]]`: outcomes of a clause that are called otherwise now.

use super::entry::{Entry, quoted};
use super::work::Work;
use crate::scenario::gone::RENAMED_OUTCOMES;

/// Converts what is of a clause of the file.
pub(super) fn convert(root: &Entry<'_>, work: &mut Work<'_>) {
    let clauses = root.list("clause", "clause");
    let readings = root.list("reading", "reading");
    for record in root.list("record", "record") {
        let subject = record.word("subject");
        if !clauses.iter().chain(&readings).any(|it| Some(it.id()) == subject) {
            continue;
        }
        let measure = record.word("measure");
        if let Some((_, now)) = RENAMED_OUTCOMES.iter().find(|(was, _)| Some(*was) == measure) {
            work.replace(&record, "measure", &quoted(now), "what it is called of a clause");
        }
    }
}
