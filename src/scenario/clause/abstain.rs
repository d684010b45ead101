//! `kind = "abstain"`: things that are not to be done.

use disengage_derive::table;

use super::owed::{Ids, Owed, Titles};
use crate::diag::{days, list};
use crate::model::ActKind;
use crate::model::{Duty, Kind};
use crate::scenario::quantity::Quantity;
use crate::scenario::read::words_of;

words_of!(ActKind, ActKind::ALL, "what is done, such as \"fire\"", ActKind::Fire);

/// Kept by a force that has done none of the acts within `counts_days`.
#[table(part)]
pub struct Abstain {
    /// What is not to be done.
    #[key(items(1))]
    pub acts: Vec<ActKind>,
    /// Against whose forces; anyone's if left out.
    #[key(default, refers(Party))]
    pub against: Vec<String>,
    /// Inside which area; anywhere if left out. What a unit does that does not comply is done
    /// there; other acts are where their target stands, or else their author, or where an
    /// incident says.
    #[key(refers(Area))]
    pub area: Option<String>,
    /// How many acts a day a unit does that does not comply.
    #[key(default = 0.0, bounds = A_DAY)]
    pub acts_per_day: Quantity,
    /// For how many days an act counts against its author.
    #[key(default = 1, bounds = DAYS, least = 1)]
    pub counts_days: u32,
    /// Acts that are no violation, for what went before them.
    #[key(default)]
    pub licences: Vec<Licence>,
}

/// Self-defence and the like: an act that follows one suffered is no violation.
#[table(inline = "a licence", such_as = "a table such as { after = \"fire\", within_days = 2 }")]
#[derive(PartialEq)]
pub struct Licence {
    /// The act that its author suffered.
    pub after: ActKind,
    /// For how many days from it.
    #[key(bounds = DAYS)]
    pub within_days: u32,
    /// To whom it is given; to every bound party if left out.
    #[key(default, refers(Party))]
    pub to: Vec<String>,
}

impl Owed for Abstain {
    fn duty(&self, _: &str, _: &dyn Fn(&[String]) -> bool) -> Duty {
        Duty::Abstain
    }

    fn kind(&self, _: &dyn Ids, _: &[String]) -> Option<Kind> {
        None
    }

    fn asks(&self, titles: &dyn Titles) -> String {
        let mut text = format!("no {}", list(self.acts.iter().map(|kind| kind.plural())));
        if !self.against.is_empty() {
            text += &format!(" against {}", titles.parties(&self.against));
        }
        if let Some(area) = &self.area {
            text += &format!(" in {}", titles.place(area));
        }
        for licence in &self.licences {
            let to = match &*licence.to {
                [] => String::new(),
                some => format!(" by {}", titles.parties(some)),
            };
            let (after, within) = (licence.after.plural(), days(licence.within_days));
            text += &format!("; licensed{to} within {within} of {after} suffered");
        }
        text
    }
}
