//! What is decided together: where it stands, and what goes into the next decision.

use super::force::ForceState;
use super::resolve::{Mood, PartyState};
use crate::model::{Candidate, Choice, ForceIndex, MonitorIndex, PartyIndex, Place, TiSlice};
use crate::stats::{Draws, exponential};

/// A choice.
#[derive(Debug, Clone)]
pub(in crate::engine) struct ChoiceState {
    /// The day of its next review; the greatest number if it has none.
    pub(in crate::engine) next_review: u32,
    /// Reviews so far.
    pub(in crate::engine) reviews: u32,
    /// Whether its reviews have days of their own, apart from D-day.
    pub(in crate::engine) staggered: bool,
    /// The candidate chosen at the last review: 0 for home.
    pub(in crate::engine) at: usize,
    /// The garrison's own part of its resolve.
    pub(in crate::engine) own: Mood,
    /// The uniform draw of whether what is not complied with is hidden.
    pub(in crate::engine) posture: f64,
    /// Days before a deadline at which those who comply arrive, at a mean of one.
    pub(in crate::engine) slack: f64,
    /// By force: its persons on day 0; one each where there is nobody.
    pub(in crate::engine) strengths: Vec<f64>,
    /// Candidates by the terms as they are, for what is asked now, where those of the model
    /// do not say.
    pub(in crate::engine) anew: Option<Anew>,
    /// What the candidates come to.
    pub(in crate::engine) comes_to: ComesTo,
    /// How likely it is to be on record where; none before anybody asked.
    pub(in crate::engine) on_record: Option<OnRecord>,
    /// Candidates found before, by the terms as they are, for what else was asked.
    pub(in crate::engine) known: Vec<Found>,
}

/// Candidates that were found, with what is known of them.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Found {
    pub(in crate::engine) anew: Anew,
    pub(in crate::engine) comes_to: ComesTo,
    pub(in crate::engine) on_record: Option<OnRecord>,
}

/// Candidates found anew.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Anew {
    /// By unit: whether its clause asks anything.
    pub(in crate::engine) asked: Vec<bool>,
    /// By unit and force: whether it asks that of the force.
    pub(in crate::engine) binds: Vec<Vec<bool>>,
    pub(in crate::engine) options: Vec<Candidate>,
}

/// What candidates come to: means by strength on day 0.
#[derive(Debug, Clone, Default)]
pub(in crate::engine) struct ComesTo {
    /// By candidate: kilometres given up.
    pub(in crate::engine) km: Vec<f64>,
    /// By candidate and unit: the share of those bound that meets the clause.
    pub(in crate::engine) met: Vec<Vec<f64>>,
    /// By unit: the first of its group that is met by the same share at every candidate.
    pub(in crate::engine) one_with: Vec<usize>,
}

/// How much less likely it is to be on record as violating.
#[derive(Debug, Clone)]
pub(in crate::engine) struct OnRecord {
    /// By unit: who watches, and how often.
    pub(in crate::engine) watched: Vec<Vec<Watched>>,
    /// By unit and watcher: the share of the time that it is there, as it last was.
    pub(in crate::engine) there: Vec<Vec<f64>>,
    /// By candidate and unit: Δb to home, for who is open and for who hides at the one of
    /// the two that does not comply.
    pub(in crate::engine) less: Vec<Vec<[f64; 2]>>,
    /// By unit: the same for complying at home itself.
    pub(in crate::engine) at_home: Vec<[f64; 2]>,
    /// By unit: when this was last looked at, by how often monitors had moved and how many of
    /// the days of the model on which they come or leave had passed; none before.
    pub(in crate::engine) looked: Vec<Option<(u32, usize)>>,
    /// Where the forces stood, for what is decided of something that has no place.
    pub(in crate::engine) places: Vec<Place>,
}

/// How often a monitor that is there looks at those whom a clause binds.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::engine) struct Watched {
    pub(in crate::engine) monitor: MonitorIndex,
    /// By candidate: looks a day at who is open, and at who hides.
    pub(in crate::engine) looks: Vec<[f64; 2]>,
    /// By candidate: the share of those looked at who are near enough to be taken for violating.
    pub(in crate::engine) near: Vec<f64>,
    /// The share of looks that find a violation where there is one, open and hidden.
    pub(in crate::engine) finds: [f64; 2],
    /// Words "violating" a day that come whatever they do: false alarms that name them, and
    /// violations of others that are taken for theirs.
    pub(in crate::engine) regardless: f64,
    /// Whether it never errs, and finds every violation.
    pub(in crate::engine) is_right: bool,
    /// Days for which its word stands, those until it arrives aside.
    pub(in crate::engine) stands: f64,
}

impl OnRecord {
    /// Before anything is reckoned.
    pub(in crate::engine) fn new(
        candidates: usize,
        watched: Vec<Vec<Watched>>,
        places: Vec<Place>,
    ) -> Self {
        let units = watched.len();
        Self {
            there: watched.iter().map(|of| vec![0.0; of.len()]).collect(),
            watched,
            less: vec![vec![[0.0; 2]; units]; candidates],
            at_home: vec![[0.0; 2]; units],
            looked: vec![None; units],
            places,
        }
    }
}

impl ChoiceState {
    pub(in crate::engine) fn new(
        choice: &Choice,
        forces: &TiSlice<ForceIndex, ForceState>,
        parties: &TiSlice<PartyIndex, PartyState>,
        draws: Draws,
    ) -> Self {
        let strengths = strengths(choice, forces);
        Self {
            next_review: u32::MAX,
            reviews: 0,
            staggered: false,
            at: 0,
            own: Mood::new(choice.own, &parties[choice.party].temper, draws),
            posture: draws.uniform(choice.posture, 0, 0),
            slack: exponential(draws.uniform(choice.slack, 0, 0), 1.0),
            anew: None,
            comes_to: ComesTo::of(choice, &choice.options, &choice.binds, &strengths),
            strengths,
            on_record: None,
            known: Vec::new(),
        }
    }

    /// The candidates, by the terms as they are.
    pub(in crate::engine) fn options<'c>(&'c self, choice: &'c Choice) -> &'c [Candidate] {
        self.anew.as_ref().map_or(&choice.options, |it| &it.options)
    }

    /// Candidates found before for what is asked now.
    pub(in crate::engine) fn recall(
        &mut self,
        asked: &[bool],
        binds: &[Vec<bool>],
    ) -> Option<Found> {
        let same = |it: &Found| it.anew.asked == asked && it.anew.binds == binds;
        let at = self.known.iter().position(same)?;
        Some(self.known.swap_remove(at))
    }

    /// Stands among other candidates from now on, and keeps those that it stood among in mind.
    pub(in crate::engine) fn stand_among(&mut self, found: Found) {
        let comes_to = std::mem::replace(&mut self.comes_to, found.comes_to);
        let on_record = std::mem::replace(&mut self.on_record, found.on_record);
        if let Some(anew) = self.anew.replace(found.anew) {
            self.known.push(Found { anew, comes_to, on_record });
        }
    }

    /// By unit: which of the forces its clause asks something.
    pub(in crate::engine) fn binds<'c>(&'c self, choice: &'c Choice) -> &'c [Vec<bool>] {
        self.anew.as_ref().map_or(&choice.binds, |it| &it.binds)
    }
}

impl ComesTo {
    pub(in crate::engine) fn of(
        choice: &Choice,
        options: &[Candidate],
        binds: &[Vec<bool>],
        strengths: &[f64],
    ) -> Self {
        let mean = |holds: &dyn Fn(usize) -> bool, of: &dyn Fn(usize) -> f64| {
            let (mut sum, mut all) = (0.0, 0.0);
            for (force, strength) in strengths.iter().enumerate().filter(|it| holds(it.0)) {
                sum += strength * of(force);
                all += strength;
            }
            if all > 0.0 { sum / all } else { 0.0 }
        };
        let km = |it: &Candidate| mean(&|_| true, &|force| it.places[force].metre / 1000.0);
        let met = |it: &Candidate| {
            let units = it.meets.iter().zip(binds).zip(&it.keeps);
            let met = units.map(|((meets, binds), keeps)| {
                // A party that has no force there does it, or does not.
                if binds.contains(&true) {
                    mean(&|force| binds[force], &|force| f64::from(u8::from(meets[force])))
                } else {
                    f64::from(u8::from(*keeps))
                }
            });
            met.collect()
        };
        let met: Vec<Vec<f64>> = options.iter().map(met).collect();
        let same = |a: usize, b: usize| {
            choice.groups[a] == choice.groups[b] && met.iter().all(|met| met[a] == met[b])
        };
        let first = |unit: usize| (0..unit).find(|other| same(*other, unit)).unwrap_or(unit);
        let one_with = (0..choice.units.len()).map(first).collect();
        Self { km: options.iter().map(km).collect(), met, one_with }
    }
}

/// By force of a choice: its persons; one each where nobody is left.
fn strengths(choice: &Choice, forces: &TiSlice<ForceIndex, ForceState>) -> Vec<f64> {
    let persons = choice.forces.iter().map(|force| f64::from(forces[*force].strength));
    let persons: Vec<f64> = persons.collect();
    if persons.iter().sum::<f64>() > 0.0 { persons } else { vec![1.0; persons.len()] }
}
