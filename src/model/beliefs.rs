//! What a party is told and believes: one set of beliefs for each conduct.

use std::ops::Range;

use super::{
    Bits, BoundIndex, ClauseIndex, ForceIndex, MonitorIndex, PartyIndex, TiVec, Uncertain,
    UnitIndex,
};

/// What stands behind the decisions of one conduct.
#[derive(Debug, Clone)]
pub struct Beliefs {
    /// The id of its conduct.
    pub id: String,
    /// Whose it is.
    pub party: PartyIndex,
    /// The monitors that report to the party, as a set. What a party
    /// says of itself is a claim and no report.
    pub hears: Bits<MonitorIndex>,
    /// What it looks at of others, by clause.
    pub watched: Vec<Watched>,
    /// By clause of theirs: which of those watched are under it.
    pub watched_under: Vec<(ClauseIndex, Range<usize>)>,
    /// Who commands those watched.
    pub watched_of_party: Bits<PartyIndex>,
    /// The fewest days after which something known of them is too old.
    pub shortest_age: u32,
    /// Clauses whose keeping by others is counter-performance.
    pub counter: Vec<ClauseIndex>,
    /// By force: which of those watched are of it.
    pub watched_of: TiVec<ForceIndex, Vec<usize>>,
    /// The forces from which its beliefs of being hit are learnt, by the units whose
    /// orders they follow.
    pub feeds: Vec<(Vec<UnitIndex>, Vec<ForceIndex>)>,
    /// Pressure.
    pub pressure: Pressure,
    /// Trust.
    pub trust: Trust,
    /// Counter-performance while none of the clauses is in force.
    pub counter_performance: Uncertain,
    /// Beliefs of being hit.
    pub hits: HitBeliefs,
}

/// A force of others under a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watched {
    /// The force.
    pub force: ForceIndex,
    /// Its commander.
    pub commander: PartyIndex,
    /// The clause.
    pub clause: ClauseIndex,
    /// The force among those that the clause binds.
    pub at: BoundIndex,
    /// The place of its clause among those under which something is watched.
    pub under: usize,
    /// Whether it counts for trust, or is answered like for like.
    pub answered: bool,
}

/// Pressure on a party: what a day on record as violating costs it.
#[derive(Debug, Clone)]
pub struct Pressure {
    /// What it is without anybody's pressing.
    pub rest: Uncertain,
    /// Days in which half of what rules and outside events add is gone; none where it stays.
    pub half_life_days: Option<Uncertain>,
}

/// Trust in the other side.
#[derive(Debug, Clone)]
pub struct Trust {
    /// Its prior.
    pub rest: Uncertain,
    /// How it moves, if it does.
    pub moves: Option<TrustMoves>,
}

/// How trust moves.
#[derive(Debug, Clone)]
pub struct TrustMoves {
    /// Rate a day toward a better share.
    pub up_per_day: Uncertain,
    /// Rate a day toward a worse one.
    pub down_per_day: Uncertain,
    /// Days in which half of it is gone while nothing is seen.
    pub half_life_days: Uncertain,
    /// What a claim weighs against a report.
    pub credence: Uncertain,
    /// By what factor a refusal of access raises the odds that the other side violates.
    pub refusal_odds: Uncertain,
}

/// Beliefs of being hit, in hits a day of exposure.
#[derive(Debug, Clone)]
pub struct HitBeliefs {
    /// Priors: complying, defying, concealing.
    pub priors: [Uncertain; 3],
    /// Days of exposure looked back on, and days without it in which half of
    /// what was learnt is gone; none where beliefs stay.
    pub moves: Option<(Uncertain, Uncertain)>,
}
