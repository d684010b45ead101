//! What happened: transitions only, small, each with what caused it.

use super::today::Ruling;
use crate::model::{
    ActKind, Action, BodyIndex, ChangeIndex, ClaimIndex, ClauseIndex, ForceIndex, LadderIndex,
    MonitorIndex, Order, OutsideIndex, PartyIndex, PhaseIndex, RuleIndex, SourceIndex, Starter,
    UnitIndex,
};

/// The number of an event within its replicate.
pub type EventId = u32;

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// Its number, rising with time within a turn's process.
    pub id: EventId,
    /// The day.
    pub day: u32,
    /// The event that caused it.
    pub cause: Option<EventId>,
    /// What happened.
    pub kind: EventKind,
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum EventKind {
    /// A phase started.
    PhaseStarted {
        /// The phase.
        phase: PhaseIndex,
    },
    /// A clause started: its D-day.
    ClauseStarted {
        /// The clause.
        clause: ClauseIndex,
    },
    /// A deadline passed.
    DeadlinePassed {
        /// The clause.
        clause: ClauseIndex,
        /// Whether it was kept on that day.
        kept: bool,
    },
    /// A milestone fell due.
    MilestonePassed {
        /// The clause.
        clause: ClauseIndex,
        /// Its index.
        milestone: usize,
        /// Whether the share was reached.
        met: bool,
    },
    /// A clause expired.
    ClauseEnded {
        /// The clause.
        clause: ClauseIndex,
    },
    /// Something was done to the terms of a clause.
    TermsChanged {
        /// The clause.
        clause: ClauseIndex,
        /// What.
        action: Action,
        /// Who brought it about; none if it came about by itself.
        by: Option<PartyIndex>,
    },
    /// A change was not made, because a party refused.
    ChangeRefused {
        /// The change.
        change: ChangeIndex,
        /// Who refused.
        party: PartyIndex,
    },
    /// A phase or clause can no longer start: what it waits for waits for it,
    /// or has ended.
    Deadlocked {
        /// Which.
        starter: Starter,
    },
    /// A clause came to be kept, in truth.
    ClauseKept {
        /// The clause.
        clause: ClauseIndex,
    },
    /// A clause that was kept no longer is, in truth.
    ClauseBroken {
        /// The clause.
        clause: ClauseIndex,
    },
    /// A party changed its order.
    OrderGiven {
        /// The decision unit.
        unit: UnitIndex,
        /// The order.
        order: Order,
        /// Whether it follows its patron in this.
        follows_patron: bool,
    },
    /// A force set out.
    Departed {
        /// The force.
        force: ForceIndex,
        /// Whether it is on its way home.
        homeward: bool,
    },
    /// A force halted where it was going.
    Halted {
        /// The force.
        force: ForceIndex,
    },
    /// A force came to meet a clause by its place.
    Met {
        /// The force.
        force: ForceIndex,
        /// The clause.
        clause: ClauseIndex,
    },
    /// A force no longer meets a clause by its place.
    Unmet {
        /// The force.
        force: ForceIndex,
        /// The clause.
        clause: ClauseIndex,
    },
    /// What a monitor holds of a force changed.
    Registered {
        /// The monitor.
        monitor: MonitorIndex,
        /// The force.
        force: ForceIndex,
        /// The clause.
        clause: ClauseIndex,
        /// Whether it is registered as keeping.
        keeping: bool,
        /// The day of the sighting.
        seen: u32,
    },
    /// A force handed over what it is to deliver.
    HandedOver {
        /// The force.
        force: ForceIndex,
        /// The clause.
        clause: ClauseIndex,
        /// How many that day, in the unit of the clause's goods.
        number: u32,
    },
    /// A party did something that others answer to.
    Acted {
        /// What.
        kind: ActKind,
        /// Who.
        party: PartyIndex,
        /// With which force.
        force: ForceIndex,
        /// Against whom, if against someone.
        against: Option<PartyIndex>,
    },
    /// A party's political step is done.
    StepDone {
        /// The party.
        party: PartyIndex,
        /// The clause.
        clause: ClauseIndex,
    },
    /// A dated statement was made.
    ClaimMade {
        /// The claim.
        claim: ClaimIndex,
    },
    /// A party's report on its own forces changed what it claims.
    Reported {
        /// The party.
        party: PartyIndex,
        /// The force.
        force: ForceIndex,
        /// The clause.
        clause: ClauseIndex,
        /// Whether it is said to keep it.
        keeping: bool,
    },
    /// A party refused a monitor access, or a member blocked its team.
    AccessDenied {
        /// The monitor.
        monitor: MonitorIndex,
        /// The party.
        by: PartyIndex,
    },
    /// A monitor was pulled out, or lost.
    MonitorWithdrawn {
        /// The monitor.
        monitor: MonitorIndex,
    },
    /// A complaint was lodged.
    ComplaintLodged {
        /// The body that hears it.
        body: BodyIndex,
        /// Who complains.
        by: PartyIndex,
        /// Of a violation of which clause.
        clause: ClauseIndex,
        /// By which force.
        force: ForceIndex,
    },
    /// A body ruled on a complaint.
    Ruled {
        /// The body.
        body: BodyIndex,
        /// The clause.
        clause: ClauseIndex,
        /// The force.
        force: ForceIndex,
        /// What it ruled.
        ruling: Ruling,
    },
    /// Forces clashed.
    Incident {
        /// The source.
        source: SourceIndex,
        /// Whose act it is.
        force: ForceIndex,
        /// At whom.
        target: ForceIndex,
        /// Whether a liaison settled it.
        settled: bool,
    },
    /// A party struck a force.
    Struck {
        /// The rule.
        rule: RuleIndex,
        /// The force.
        target: ForceIndex,
        /// Whether it was there and was hit.
        hit: bool,
    },
    /// A party fired back.
    FiredBack {
        /// The rule.
        rule: RuleIndex,
        /// At which force, if at one.
        target: Option<ForceIndex>,
    },
    /// A force lost persons and weapons.
    Lost {
        /// The force.
        force: ForceIndex,
        /// Persons.
        persons: u32,
        /// Weapons.
        weapons: u32,
    },
    /// Persons and weapons came to a force.
    Reinforced {
        /// The force.
        force: ForceIndex,
        /// Persons.
        persons: u32,
        /// Weapons.
        weapons: u32,
    },
    /// A rule acted, other than by a strike or fire.
    Reacted {
        /// The rule.
        rule: RuleIndex,
    },
    /// A party forgave where a rule would have acted.
    Forgave {
        /// The rule.
        rule: RuleIndex,
    },
    /// A ladder's rung changed.
    RungChanged {
        /// The ladder.
        ladder: LadderIndex,
        /// The rung: 0 is the ground.
        rung: usize,
    },
    /// An outside event happened.
    Outside {
        /// The event.
        event: OutsideIndex,
    },
}
