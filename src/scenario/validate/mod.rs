//! What the tables of a scenario mean together, as far as it can be judged
//! without measuring the ground. One file per topic.

mod agreements;
mod areas;
mod beliefs;
mod check;
mod circles;
mod clauses;
mod conduct;
mod conflict;
mod context;
mod dates;
mod effects;
mod experiment;
mod gates;
mod ids;
mod monitors;
mod names;
mod parties;
mod points;
mod reach;
mod records;
mod references;
mod rules;
mod starters;
mod terms;
mod variants;

pub use check::{check_point, check_text, validate};
pub(super) use experiment::check as check_experiment;
