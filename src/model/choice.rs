//! What a party decides together for a garrison: where to stand, or whether to do what the
//! clauses of one kind and phase ask.

use super::{
    AsTheyStand, Bits, ClauseIndex, Duty, Force, ForceIndex, GarrisonIndex, Obligation, PartyIndex,
    Place, Terms, TiSlice, UnitIndex,
};
use crate::stats::Stream;

/// Several clauses on which a party decides together for a garrison.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Who decides.
    pub party: PartyIndex,
    /// For whom.
    pub garrison: GarrisonIndex,
    /// What it decides.
    pub about: About,
    /// The units it weighs, by clause.
    pub units: Vec<UnitIndex>,
    /// By unit: whether it gives its orders. Those of others, by script or like for like,
    /// it finds given.
    pub gives: Vec<bool>,
    /// By unit: the number of the group of demands that its clause belongs to. Within a
    /// group weights are scaled to sum to 1, and groups add.
    pub groups: Vec<usize>,
    /// The forces whose presence is weighed.
    pub forces: Vec<ForceIndex>,
    /// By unit: which of the forces its clause binds.
    pub binds: Vec<Vec<bool>>,
    /// The candidates: home, then the others.
    pub options: Vec<Candidate>,
    /// Days between reviews; none where orders come by script.
    pub review_days: Option<u32>,
    /// Draws: the garrison's own part of its resolve.
    pub own: Stream,
    /// Draws: whether what is not complied with is hidden.
    pub posture: Stream,
    /// Draws: when reviews fall.
    pub stagger: Stream,
    /// Draws: how long before a deadline it arrives.
    pub slack: Stream,
    /// Draws: errors of a party that answers like for like, by number of the review.
    pub errors: Stream,
}

/// What a choice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Where to stand.
    Place,
    /// Whether to do what clauses of another kind ask.
    Doing,
}

/// Somewhere to stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// By unit: whether those who stand there comply with its clause.
    pub keeps: Vec<bool>,
    /// By force: its place.
    pub places: Vec<Place>,
    /// By unit and force: whether the place meets what the clause asks of the force.
    pub meets: Vec<Vec<bool>>,
}

/// Candidates at most: with more clauses than this takes, the sets of fewest clauses.
const MOST: usize = 64;

/// Home, and every set of clauses that some point of the ways of `of` meets: each force at
/// the first such point. `clauses` are those that units decide on.
pub fn options<'m, T: Fn(ClauseIndex) -> &'m Terms>(
    forces: &TiSlice<ForceIndex, Force>,
    standing: &AsTheyStand<'m, T>,
    of: &[ForceIndex],
    clauses: &[ClauseIndex],
) -> Vec<Candidate> {
    let candidate = |keeps: &[bool]| -> Candidate {
        let places: Vec<Place> = of
            .iter()
            .map(|force| {
                let force = &forces[*force];
                let mut kept = Bits::new();
                for (at, owed) in force.obligations.iter_enumerated() {
                    let unit = clauses.iter().position(|clause| *clause == owed.of);
                    if owed.carried && unit.is_some_and(|unit| keeps[unit]) {
                        kept.insert(at);
                    }
                }
                let home = Place::home();
                let place = (!kept.is_empty()).then(|| standing.place(force, home.route, &kept));
                place.flatten().unwrap_or(home)
            })
            .collect();
        let meets = clauses.iter().zip(keeps).map(|(clause, keeps)| {
            let met = of.iter().zip(&places).map(|(force, place)| {
                let force = &forces[*force];
                // Who is to stay where it is takes out what is to stay, or does not.
                let meets = |owed| standing.full(force, owed, *place);
                let stays = |owed: &Obligation| *keeps || owed.duty != Duty::StayIn;
                force.carries(*clause).is_some_and(|owed| meets(owed) && stays(owed))
            });
            met.collect()
        });
        Candidate { keeps: keeps.to_vec(), meets: meets.collect(), places }
    };
    let binds = binds(forces, of, clauses);
    // Who stands where everybody bound meets a clause complies with it, too.
    let closed = |mut it: Candidate| {
        for (unit, keeps) in it.keeps.iter_mut().enumerate() {
            let mut bound = it.meets[unit].iter().zip(&binds[unit]).filter(|(_, binds)| **binds);
            let all = bound.clone().count() > 0 && bound.all(|(meets, _)| *meets);
            *keeps = *keeps || all;
        }
        it
    };
    let none = vec![false; clauses.len()];
    let mut found = vec![closed(candidate(&none))];
    let mut tried: Vec<Vec<bool>> = vec![none];
    let mut at = 0;
    while at < found.len() {
        // Home is no step on the way: what is met there need not be where one goes.
        let from = if at == 0 { tried[0].clone() } else { found[at].keeps.clone() };
        for unit in (0..clauses.len()).filter(|unit| !from[*unit]) {
            let mut keeps = from.clone();
            keeps[unit] = true;
            if found.len() >= MOST || tried.contains(&keeps) {
                continue;
            }
            let it = candidate(&keeps);
            let each_met =
                keeps.iter().zip(&it.meets).all(|(keeps, meets)| !*keeps || meets.contains(&true));
            tried.push(keeps);
            let it = closed(it);
            let same = |known: &Candidate| known.places == it.places && known.meets == it.meets;
            if each_met && !found.iter().any(same) {
                found.push(it);
            }
        }
        at += 1;
    }
    found
}

/// By clause: which of some forces it binds by where they stand.
pub fn binds(
    forces: &TiSlice<ForceIndex, Force>,
    of: &[ForceIndex],
    clauses: &[ClauseIndex],
) -> Vec<Vec<bool>> {
    let binds =
        |clause: &ClauseIndex, force: &ForceIndex| forces[*force].carries(*clause).is_some();
    clauses.iter().map(|clause| of.iter().map(|force| binds(clause, force)).collect()).collect()
}

impl Choice {
    /// What is decided of something that has no place: to do it, or not.
    pub fn doing(units: usize, forces: usize) -> Vec<Candidate> {
        [false, true]
            .map(|does| Candidate {
                keeps: vec![does; units],
                places: vec![Place::home(); forces],
                meets: vec![vec![does; forces]; units],
            })
            .into()
    }
}
