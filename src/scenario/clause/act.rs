//! `kind = "act"`: a political step.

use disengage_derive::table;

use super::owed::{Ids, Owed, Titles};
use crate::diag::days;
use crate::model::{Doer, Kind, UnitIndex};

/// A step of each bound party, such as a law, an election or an exchange of
/// maps; done once it has complied for `takes_days`.
#[table(part)]
pub struct Step {
    /// Days from the order to the step's being done.
    #[key(default = 0, bounds = DAYS)]
    pub takes_days: u32,
}

impl Owed for Step {
    fn kind(&self, ids: &dyn Ids, binds: &[String]) -> Option<Kind> {
        let doer = |id: &String| Some(Doer { party: ids.party(id)?, unit: UnitIndex::NONE });
        let doers = binds.iter().map(doer).collect::<Option<_>>()?;
        Some(Kind::Act { takes_days: self.takes_days, doers })
    }

    fn asks(&self, _: &dyn Titles) -> String {
        match self.takes_days {
            0 => "take a political step".into(),
            number => format!("take a political step (it takes {})", days(number)),
        }
    }
}
