//! Folding worlds into aggregates and runs.

mod aggregates;
mod beliefs;
mod ends;
mod measures;
mod outcomes;
mod places;
mod positions;
mod ranking;
mod runs;
mod turns;
mod twins;
mod watch;

pub use aggregates::Aggregates;
pub use measures::{Measure, Of, Row, rows};
pub use outcomes::{Outcomes, PointRow};
pub use places::PlaceRow;
pub use ranking::{Notable, Ranking};
pub use runs::{ClauseRun, Run};
pub use turns::TurnRow;
pub use twins::{TwinRow, Twins};
