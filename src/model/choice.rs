//! What a party decides together for a garrison: where to stand, or whether to do what the
//! clauses of one kind and phase ask.

use super::{
    AsTheyStand, Bits, ClauseIndex, Duty, Force, ForceIndex, GarrisonIndex, Obligation,
    ObligationIndex, PartyIndex, Place, Terms, TiSlice, UnitIndex,
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
    /// By unit: which of the forces its clause asks to stand somewhere while nobody is in
    /// excess of a cap.
    pub binds: Vec<Vec<bool>>,
    /// Whether some of them are authorised, so that this depends on who is in excess.
    pub has_authorised: bool,
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

/// Clauses of which every set is tried; of more, those named at [`options`].
const EVERY_SET_OF: usize = 6;

/// Whether every set of the clauses that a choice weighs is among its candidates.
pub fn tries_every_set(clauses: usize) -> bool {
    clauses <= EVERY_SET_OF
}

/// Home, and sets of clauses that some point of the ways of `of` meets: each force at the
/// first such point. `clauses` are those that units decide on, of which some are `asked`;
/// each `binds` some of the forces.
///
/// Of up to six that are asked every set is tried. Of more: each alone; each with all others
/// that can be met beside it, in the order of the file; and these without any one of them.
pub fn options<'m, T: Fn(ClauseIndex) -> &'m Terms>(
    forces: &TiSlice<ForceIndex, Force>,
    standing: &AsTheyStand<'m, T>,
    of: &[ForceIndex],
    clauses: &[ClauseIndex],
    (asked, binds): (&[bool], &[Vec<bool>]),
) -> Vec<Candidate> {
    let owes = |force: &ForceIndex| {
        let force = &forces[*force];
        let owed = |clause: &ClauseIndex| {
            let carried = |it: &&Obligation| it.of == *clause && it.carried;
            force.obligations.iter_enumerated().find(|(_, it)| carried(it)).map(|(at, _)| at)
        };
        Owes { force, owed: clauses.iter().map(owed).collect(), known: Vec::new() }
    };
    let mut search = Search {
        standing,
        of: of.iter().map(owes).collect(),
        binds,
        found: Vec::new(),
        tried: Vec::new(),
    };
    let none = vec![false; clauses.len()];
    let home = search.candidate(&none);
    search.found.push(search.closed(home));
    let those: Vec<usize> = (0..clauses.len()).filter(|unit| asked[*unit]).collect();
    let with = |set: &[bool], unit: usize, keeps: bool| {
        let mut set = set.to_vec();
        set[unit] = keeps;
        set
    };
    if tries_every_set(those.len()) {
        let mut at = 0;
        let mut sets = vec![none];
        while at < sets.len() {
            let set = sets[at].clone();
            for unit in those.iter().filter(|unit| !set[**unit]) {
                let more = with(&set, *unit, true);
                if let Some(closed) = search.try_set(&more)
                    && !sets.contains(&closed)
                {
                    sets.push(closed);
                }
            }
            at += 1;
        }
    } else {
        let mut whole: Vec<Vec<bool>> = Vec::new();
        for first in &those {
            let mut set = with(&none, *first, true);
            search.try_set(&set);
            for unit in those.iter().filter(|unit| *unit != first) {
                let more = with(&set, *unit, true);
                if search.is_met(&more) {
                    set = more;
                }
            }
            if !whole.contains(&set) {
                whole.push(set);
            }
        }
        for set in whole {
            search.try_set(&set);
            for unit in those.iter().filter(|unit| set[**unit]) {
                search.try_set(&with(&set, *unit, false));
            }
        }
    }
    search.found
}

/// What has been found so far.
struct Search<'a, 'm, T> {
    standing: &'a AsTheyStand<'m, T>,
    of: Vec<Owes<'a>>,
    binds: &'a [Vec<bool>],
    found: Vec<Candidate>,
    tried: Vec<Vec<bool>>,
}

/// A force, and where it stands that keeps some of its obligations.
struct Owes<'a> {
    force: &'a Force,
    /// By unit: the obligation that it carries out.
    owed: Vec<Option<ObligationIndex>>,
    /// Places found, each with what is kept there and, by unit, whether it is met in full.
    known: Vec<(Bits<ObligationIndex>, Place, Vec<bool>)>,
}

impl Owes<'_> {
    /// Finds where the force stands that keeps some of its obligations: its place among those
    /// known.
    fn place<'m, T: Fn(ClauseIndex) -> &'m Terms>(
        &mut self,
        standing: &AsTheyStand<'m, T>,
        kept: Bits<ObligationIndex>,
    ) -> usize {
        let at = self.known.iter().position(|(known, ..)| *known == kept);
        at.unwrap_or_else(|| {
            let home = Place::home();
            let found = || standing.place(self.force, home.route, &kept);
            let place = if kept.is_empty() { None } else { found() }.unwrap_or(home);
            let full = |owed: &Option<ObligationIndex>| {
                owed.is_some_and(|it| standing.full(self.force, &self.force.obligations[it], place))
            };
            let full = self.owed.iter().map(full).collect();
            self.known.push((kept, place, full));
            self.known.len() - 1
        })
    }
}

impl<'m, T: Fn(ClauseIndex) -> &'m Terms> Search<'_, 'm, T> {
    /// Where forces stand that keep a set of clauses.
    fn candidate(&mut self, keeps: &[bool]) -> Candidate {
        let mut places = Vec::with_capacity(self.of.len());
        let mut meets = vec![vec![false; self.of.len()]; keeps.len()];
        for (number, force) in self.of.iter_mut().enumerate() {
            let units = force.owed.iter().zip(keeps).zip(self.binds);
            let kept = units.filter(|((_, keeps), binds)| **keeps && binds[number]);
            let kept = kept.filter_map(|((owed, _), _)| *owed).collect();
            let at = force.place(self.standing, kept);
            let (_, place, full) = &force.known[at];
            places.push(*place);
            for (unit, (owed, full)) in force.owed.iter().zip(full).enumerate() {
                // Who is to stay where it is takes out what is to stay, or does not.
                let duty = owed.map(|it| force.force.obligations[it].duty);
                meets[unit][number] = *full && (keeps[unit] || duty != Some(Duty::StayIn));
            }
        }
        Candidate { keeps: keeps.to_vec(), meets, places }
    }

    /// Who stands where everybody bound meets a clause complies with it, too.
    fn closed(&self, mut it: Candidate) -> Candidate {
        for (unit, keeps) in it.keeps.iter_mut().enumerate() {
            let met = it.meets[unit].iter().zip(&self.binds[unit]);
            let mut bound = met.filter(|(_, binds)| **binds).peekable();
            let all = bound.peek().is_some() && bound.all(|(meets, _)| *meets);
            *keeps = *keeps || all;
        }
        it
    }

    /// Whether each of a set of clauses is met by somebody.
    fn is_met(&mut self, keeps: &[bool]) -> bool {
        let it = self.candidate(keeps);
        keeps.iter().zip(&it.meets).all(|(keeps, meets)| !*keeps || meets.contains(&true))
    }

    /// Takes a set in if each of its clauses is met by somebody; gives all that is kept there.
    fn try_set(&mut self, keeps: &[bool]) -> Option<Vec<bool>> {
        if self.tried.iter().any(|known| known == keeps) {
            return None;
        }
        self.tried.push(keeps.to_vec());
        let it = self.candidate(keeps);
        if !keeps.iter().zip(&it.meets).all(|(keeps, meets)| !*keeps || meets.contains(&true)) {
            return None;
        }
        let it = self.closed(it);
        let closed = it.keeps.clone();
        let same = |known: &Candidate| known.places == it.places && known.meets == it.meets;
        if !self.found.iter().any(same) {
            self.found.push(it);
        }
        Some(closed)
    }
}

/// By clause: which of some forces it asks to stand somewhere. Who is authorised is asked
/// only where it is in excess of a cap.
pub fn binds(
    forces: &TiSlice<ForceIndex, Force>,
    of: &[ForceIndex],
    clauses: &[ClauseIndex],
    in_excess: impl Fn(&Obligation) -> bool,
) -> Vec<Vec<bool>> {
    let binds = |clause, force: &ForceIndex| asks(&forces[*force], clause, &in_excess);
    clauses.iter().map(|clause| of.iter().map(|force| binds(*clause, force)).collect()).collect()
}

/// Whether a clause asks a force to stand somewhere.
pub fn asks(force: &Force, clause: ClauseIndex, in_excess: impl Fn(&Obligation) -> bool) -> bool {
    let owed = force.carries(clause);
    owed.is_some_and(|owed| owed.duty != Duty::Authorised || in_excess(owed))
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
