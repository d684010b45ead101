//! Outside events and accounts.

use super::{
    ActKind, ChangeIndex, ClassIndex, ClauseIndex, ForceIndex, Gate, MonitorIndex, Offensive,
    Order, PartyIndex, Says, Shipment, TiVec, Uncertain, UnitIndex,
};
use crate::stats::Stream;

/// Persons and weapons that wait to be sent.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// Persons.
    pub persons: Uncertain,
    /// By class.
    pub weapons: TiVec<ClassIndex, Uncertain>,
}

/// Something from outside.
#[derive(Debug, Clone)]
pub struct OutsideEvent {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// When.
    pub when: When,
    /// What.
    pub happening: Happening,
    /// Draws, by number of the occurrence.
    pub stream: Stream,
}

/// When something happens.
#[derive(Debug, Clone)]
pub enum When {
    /// On a day.
    Day(u32),
    /// At random.
    Rate {
        /// How often a day.
        per_day: Uncertain,
        /// First day.
        from: u32,
        /// Last day.
        until: u32,
    },
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Happening {
    /// Sites are taken.
    Offensive {
        /// By whom.
        by: PartyIndex,
        /// Which.
        offensive: Box<Offensive>,
    },
    /// A convoy arrives.
    Convoy(Shipment),
    /// An act.
    Act {
        /// What.
        act: ActKind,
        /// Who.
        by: PartyIndex,
        /// To whom.
        against: Option<PartyIndex>,
        /// To which force.
        target: Option<ForceIndex>,
        /// Share of it that is lost.
        loss_share: Uncertain,
    },
    /// An allegation.
    Allegation {
        /// Who speaks.
        by: PartyIndex,
        /// Of which clause.
        clause: ClauseIndex,
        /// By party: whether its forces are spoken of.
        about: TiVec<PartyIndex, bool>,
        /// What is said.
        says: Says,
        /// Of what share.
        share: f64,
    },
    /// Another front.
    Front {
        /// Whose lift it takes.
        party: PartyIndex,
        /// For how long.
        days: u32,
        /// What is left.
        lift_share: Uncertain,
    },
    /// Monitors come or go.
    Monitors {
        /// Which.
        monitors: Vec<MonitorIndex>,
        /// Whether they watch from then on.
        on_duty: bool,
    },
    /// A force is found at a metre of its first way.
    FoundAt {
        /// Which.
        force: ForceIndex,
        /// Where.
        metre: f64,
    },
    /// A party changes its position.
    Position(Box<Position>),
    /// A party leaves unless something comes true.
    Exit(Box<Exit>),
}

/// A change of position.
#[derive(Debug, Clone)]
pub struct Position {
    /// Whose.
    pub party: PartyIndex,
    /// Which of its units it is about.
    pub units: Vec<UnitIndex>,
    /// What it orders, and for how many days; to the end without.
    pub order: Option<(Order, Option<u32>)>,
    /// Added to the value of presence.
    pub value: Option<Uncertain>,
    /// Added to pressure and to what it falls back to.
    pub pressure: Option<Uncertain>,
    /// The patron's control.
    pub control: Option<Uncertain>,
}

/// A conditional exit.
#[derive(Debug, Clone)]
pub struct Exit {
    /// Whose.
    pub by: PartyIndex,
    /// By party: whether it is said to it.
    pub about: TiVec<PartyIndex, bool>,
    /// The clause that they are said to violate.
    pub clause: Option<ClauseIndex>,
    /// Added to the pressure on them.
    pub pressure: Option<Uncertain>,
    /// What must have come true.
    pub unless: Option<Gate>,
    /// Days that it waits.
    pub within_days: u32,
    /// The changes it makes.
    pub changes: Vec<ChangeIndex>,
}
