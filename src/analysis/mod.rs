//! What results are held against: the record of the real agreement.

mod records;
mod regret;
mod words;

pub use records::{OnRecord, RecordRow, compare_records, find_records};
pub use regret::{Regret, regret};
