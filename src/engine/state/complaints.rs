//! Complaints that wait, and what bodies have made of them.

use super::today::Complaint;
use crate::model::{BodyIndex, Model, TiVec};
use crate::stats::Agenda;

/// Complaints by the day on which something is made of them.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Docket {
    /// By the day of the ruling.
    pub(in crate::engine) complaints: Agenda<Complaint>,
    /// Strategic complaints by day: body and place in its list.
    pub(in crate::engine) strategic: Agenda<(BodyIndex, usize)>,
    /// By body and place in its list: when the last one fell, and how many did.
    pub(in crate::engine) grievances: TiVec<BodyIndex, Vec<(f64, u32)>>,
}

impl Docket {
    pub(in crate::engine) fn new(model: &Model) -> Self {
        let last = model.calendar.days;
        let bodies = model.bodies.iter();
        Self {
            complaints: Agenda::new(last),
            strategic: Agenda::new(last),
            grievances: bodies.map(|body| vec![(0.0, 0); body.strategic.len()]).collect(),
        }
    }
}

/// The complaints of a body so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BodyState {
    /// Lodged.
    pub lodged: u32,
    /// Upheld.
    pub upheld: u32,
    /// Rejected.
    pub rejected: u32,
    /// Undetermined.
    pub undetermined: u32,
}
