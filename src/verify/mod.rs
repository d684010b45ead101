//! What the model is held against: closed forms and published tables, each
//! beside the number that the program computes, by solver or by the engine.
//!
//! A table's tolerance is half a unit of its last printed digit. A simulated
//! number states its own standard error and is held to four of them; its seed is
//! fixed.

mod attrition;
mod bench;
mod conduct;
mod conflict;
mod durability;
mod geodesy;
mod inspection;
mod ledger;
mod play;
mod record;
mod resolve;
mod search;
mod sensitivity;
mod statistics;
mod trust;
mod watching;

pub use ledger::{Allowed, By, Effort, Row};

use ledger::Ledger;

/// Every oracle, in the order of its section.
pub fn rows(effort: Effort) -> Vec<Row> {
    let mut ledger = Ledger::new(effort);
    inspection::fill(&mut ledger);
    search::fill(&mut ledger);
    watching::fill(&mut ledger);
    attrition::fill(&mut ledger);
    trust::fill(&mut ledger);
    conflict::fill(&mut ledger);
    conduct::fill(&mut ledger);
    resolve::fill(&mut ledger);
    record::fill(&mut ledger);
    durability::fill(&mut ledger);
    statistics::fill(&mut ledger);
    sensitivity::fill(&mut ledger);
    geodesy::fill(&mut ledger);
    ledger.rows
}
