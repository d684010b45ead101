//! What results say: held against the record of the real agreement, and against
//! each other; which parameter moves them, and under which conditions.

mod discovery;
mod pairs;
mod records;
mod references;
mod regret;
mod sensitivity;
mod words;

pub use discovery::{
    CHANCE, Cases, DiscoveryError, LEAST_POINTS, Leaf, Prim, Region, Side, Traced, Values, prim,
    tree,
};
pub use pairs::{FEWEST, PairRow, Pairs, Verdict};
pub use records::{Against, OnRecord, RecordRow, Skill, compare_records, find_records};
pub use regret::{Regret, regret};
pub use sensitivity::{
    Effect, IndexRow, Indices, Ranked, Rest, Sample, Screening, SensitivityError, morris, ranking,
    sobol, words as sensitivity_words,
};
pub use words::{REFERENCES, worse_than_references};
