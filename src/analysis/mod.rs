//! What results say: held against the record of the real agreement, and against
//! each other.

mod pairs;
mod records;
mod regret;
mod words;

pub use pairs::{FEWEST, PairRow, Pairs, Verdict};
pub use records::{OnRecord, RecordRow, compare_records, find_records};
pub use regret::{Regret, regret};
