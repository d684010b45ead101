//! The state of a monitor, and how often it sees.

use super::lately::Lately;
use crate::model::{
    Bits, ClassIndex, ClauseIndex, ForceIndex, FormationIndex, Mechanism, Method, Model, Monitor,
    MonitorIndex, PartyIndex, Revisit, SearchLaw, TiVec, Uncertain, ti_vec,
};
use crate::stats::{Agenda, Draws};

/// A monitor.
#[derive(Debug, Clone)]
pub struct MonitorState {
    /// By force: the newest sighting whose report has arrived.
    pub register: TiVec<ForceIndex, Option<Sighting>>,
    /// Sightings.
    pub sightings: Lately,
    /// Of these, registered as violating a clause in force that binds the force.
    pub violations: Lately,
    /// By party: weapons of its forces that it registered where a clause of place does not let
    /// them be. Seen twice, they count twice.
    pub weapons_in_violation: TiVec<PartyIndex, Lately>,
    /// The same by class of weapons, of all parties.
    pub classes_in_violation: TiVec<ClassIndex, Lately>,
    /// Effort made, in the unit of its kind.
    pub effort: Lately,
    /// Distinct true violations that its records name, false alarms and wrong
    /// attributions aside.
    pub events_named: u32,
    /// Whether it watches today.
    pub on_duty: bool,
    /// Its own persons, all of them.
    pub(in crate::engine) persons: f64,
    /// Whether it was pulled out or lost.
    pub withdrawn: bool,
    /// The share of it that is there.
    pub share: f64,
    /// Whether a way that it needs is closed.
    pub shut_out: bool,
    /// Who refuses it access today.
    pub denied: Vec<PartyIndex>,
    /// By force.
    pub(in crate::engine) exposures: TiVec<ForceIndex, Exposure>,
    pub(in crate::engine) pace: Pace,
    pub(in crate::engine) effort_per_day: f64,
    /// What the whole of it makes in a day.
    pub(in crate::engine) full_effort: f64,
    pub(in crate::engine) effort_since: u32,
    /// The next false alarm: when, in days, and its number.
    pub(in crate::engine) alarm: (f64, u32),
    pub(in crate::engine) delay: f64,
    pub(in crate::engine) bias: (f64, f64),
    pub(in crate::engine) honesty: f64,
    pub(in crate::engine) availability: f64,
    pub(in crate::engine) denial: f64,
    pub(in crate::engine) alarms_per_day: f64,
    /// By formation: how likely a word is of who keeps and of who violates: for "violating",
    /// then for "keeping".
    pub(in crate::engine) tells: TiVec<FormationIndex, [[f64; 2]; 2]>,
    /// Persons, on day 0, of those whom a false alarm may name.
    pub(in crate::engine) may_name: f64,
    pub(in crate::engine) wrong_attribution: f64,
    /// By member of a joint team: probability that it blocks a visit.
    pub(in crate::engine) blocks: Vec<f64>,
    /// Of an inspection: probability that what is hidden is put back in time.
    pub(in crate::engine) covered_up: f64,
}

/// The clock of a monitor's sightings of a force. Where a monitor looks at
/// certain times only, `since` counts looks instead of days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::engine) struct Exposure {
    /// Exposure left until the next sighting, at `since`; NaN before any.
    pub(in crate::engine) left: f64,
    /// From when `intensity` holds: an instant in days, or the number of a look.
    pub(in crate::engine) since: f64,
    /// Exposure gathered a day or a look.
    pub(in crate::engine) intensity: f64,
    /// Number of the next sighting.
    pub(in crate::engine) number: u32,
    /// The day it falls on at this intensity.
    pub(in crate::engine) day: u32,
    /// When the last report arrives: reports of one monitor on one force come
    /// in the order of the sightings.
    pub(in crate::engine) last_arrival: f64,
}

/// How often a monitor sees a force of signature s.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::engine) enum Pace {
    /// A Poisson process of this rate a day at signature 1.
    Rate(f64),
    /// A search with this coverage a day at signature 1, in sweeps of a day.
    Sweeps(f64, SearchLaw),
    /// Looks so many days apart from its first day on, each with this −ln(1 − p)
    /// at signature 1.
    Looks(f64, f64),
    /// It does not chance on forces: it visits, or is told.
    Visits,
}

impl Pace {
    /// Days between looks, if it looks at certain times only.
    pub(in crate::engine) fn every(&self) -> Option<f64> {
        match self {
            Self::Sweeps(..) => Some(1.0),
            Self::Looks(every, _) => Some(*every),
            Self::Rate(_) | Self::Visits => None,
        }
    }

    /// Exposure that a force of signature s gathers: a day, or a look: −ln of the
    /// probability of not being seen.
    pub(in crate::engine) fn intensity(&self, s: f64) -> f64 {
        match self {
            Self::Rate(rate) => rate * s,
            Self::Sweeps(c, SearchLaw::InverseCube) => {
                -libm::log(libm::erfc(c * s * libm::sqrt(std::f64::consts::PI) / 2.0))
            }
            Self::Sweeps(c, _) => -libm::log1p(-(c * s).min(1.0)),
            Self::Looks(_, hazard) if s > 0.0 => hazard * s,
            Self::Looks(..) | Self::Visits => 0.0,
        }
    }
}

/// The day of the next visit of a monitor that visits, from `day` on.
pub(in crate::engine) fn next_visit(monitor: &Monitor, day: u32) -> Option<u32> {
    let (Method::Inspection { interval_days, .. } | Method::JointTeam { interval_days, .. }) =
        &monitor.method
    else {
        return None;
    };
    let past = day.saturating_sub(monitor.from);
    Some(monitor.from + past.div_ceil(*interval_days) * interval_days)
}

/// What monitors will see and report, by the day on which they will.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Watch {
    /// Sightings: monitor and force.
    pub(in crate::engine) sightings: Agenda<(MonitorIndex, ForceIndex)>,
    /// Reports by the day they arrive.
    pub(in crate::engine) reports: Agenda<Report>,
    /// Words sent so far.
    pub(in crate::engine) words: u32,
    /// How often a monitor was pulled out or let in again, or the ways to it changed.
    pub(in crate::engine) moves: u32,
    /// Monitors by the day on which what they are changes.
    pub(in crate::engine) duty: Agenda<MonitorIndex>,
    /// Monitors by the day of their next false alarm.
    pub(in crate::engine) alarms: Agenda<MonitorIndex>,
    /// Sightings of the day at hand: when, by whom and of whom.
    pub(in crate::engine) due: Vec<(f64, (MonitorIndex, ForceIndex))>,
    /// Reports that arrive on it.
    pub(in crate::engine) arriving: Vec<Report>,
}

impl Watch {
    pub(in crate::engine) fn new(model: &Model) -> Self {
        let last = model.calendar.days;
        let mut duty = Agenda::new(last);
        for (index, monitor) in model.monitors.iter_enumerated() {
            if monitor.watch.is_some() {
                duty.put(monitor.from.max(model.record_until), index);
            }
        }
        Self {
            sightings: Agenda::new(last),
            reports: Agenda::new(last),
            words: 0,
            moves: 0,
            duty,
            alarms: Agenda::new(last),
            due: Vec::new(),
            arriving: Vec::new(),
        }
    }
}

impl MonitorState {
    /// Counts a sighting of a day, and whether a violation was registered.
    pub(in crate::engine) fn count(&mut self, day: u32, seen: bool, violated: bool) {
        if seen {
            self.sightings.add(day, 1.0);
        }
        if violated {
            self.violations.add(day, 1.0);
        }
    }

    /// Before the first day of a replicate.
    pub(in crate::engine) fn new(model: &Model, monitor: &Monitor, draws: Draws) -> Self {
        let at_work = |mechanism| model.mechanisms.has(mechanism);
        let none = || Lately::new(model.longest_window);
        let exposure = Exposure {
            left: f64::NAN,
            since: 0.0,
            intensity: 0.0,
            number: 0,
            day: u32::MAX,
            last_arrival: 0.0,
        };
        let mut state = Self {
            register: ti_vec![None; model.forces.len()],
            sightings: none(),
            violations: none(),
            weapons_in_violation: ti_vec![none(); model.parties.len()],
            classes_in_violation: ti_vec![none(); model.classes.len()],
            effort: none(),
            events_named: 0,
            on_duty: false,
            persons: 0.0,
            withdrawn: false,
            share: 0.0,
            shut_out: false,
            denied: Vec::new(),
            exposures: ti_vec![exposure; model.forces.len()],
            pace: pace(monitor, draws),
            effort_per_day: 0.0,
            full_effort: 0.0,
            effort_since: 0,
            alarm: (0.0, 0),
            delay: 0.0,
            bias: (0.0, 0.0),
            honesty: 1.0,
            availability: 1.0,
            denial: 0.0,
            alarms_per_day: 0.0,
            tells: ti_vec![[[0.0, 1.0], [1.0, 0.0]]; model.formations.len()],
            may_name: 0.0,
            wrong_attribution: 0.0,
            blocks: Vec::new(),
            covered_up: 0.0,
        };
        state.full_effort = match &monitor.method {
            Method::Patrol { hours_per_day, .. } => hours_per_day.draw(draws),
            _ => state.pace.every().map_or(1.0, |every| 1.0 / every),
        };
        let drawn = |mechanism, quantity: &Uncertain| {
            if at_work(mechanism) { quantity.draw(draws) } else { 0.0 }
        };
        state.delay = drawn(Mechanism::Delay, &monitor.report_delay_days);
        if let Some(watch) = &monitor.watch {
            state.persons = watch.persons.draw(draws);
            if at_work(Mechanism::Availability) {
                state.availability = watch.availability.draw(draws);
            }
            state.denial = drawn(Mechanism::Denial, &watch.denial);
            state.alarms_per_day = drawn(Mechanism::FalseAlarms, &watch.false_alarms_per_day);
            state.wrong_attribution = drawn(Mechanism::WrongAttribution, &watch.wrong_attribution);
            state.bias = (
                drawn(Mechanism::Bias, &watch.bias_to_violating),
                drawn(Mechanism::Bias, &watch.bias_to_keeping),
            );
        }
        match &monitor.method {
            Method::SelfReport { honesty, .. } => state.honesty = honesty.draw(draws),
            Method::JointTeam { members, .. } => {
                let blocks = members.iter();
                state.blocks = blocks.map(|it| drawn(Mechanism::Denial, &it.blocks)).collect();
            }
            Method::Inspection { notice_days, cover_up_days, .. }
                if at_work(Mechanism::Concealment) =>
            {
                let ratio = notice_days.draw(draws) / cover_up_days.draw(draws);
                state.covered_up = -libm::expm1(-ratio);
            }
            _ => {}
        }
        state
    }

    /// Looks a day at a force that shows a signature, by all of a monitor that is there.
    pub(in crate::engine) fn looks_a_day(
        &self,
        model: &Model,
        monitor: MonitorIndex,
        shown: f64,
    ) -> f64 {
        match (&model.monitors[monitor].method, self.pace.every()) {
            (Method::Inspection { interval_days, .. }, _) => 1.0 / f64::from(*interval_days),
            // One look sees, or does not.
            (_, Some(every)) => -libm::expm1(-self.pace.intensity(shown)) / every,
            (_, None) => self.pace.intensity(shown),
        }
    }

    /// How many of its persons are there today.
    pub fn persons_on_duty(&self) -> f64 {
        if self.on_duty { self.persons * self.share } else { 0.0 }
    }

    /// Whether it may see a force of a commander today.
    #[inline]
    pub(in crate::engine) fn may_see(&self, commander: PartyIndex) -> bool {
        self.on_duty && !self.shut_out && !self.denied.contains(&commander)
    }

    /// What it has registered of a force on a clause, if it is no older than
    /// `max_age` days: whether as keeping.
    pub fn holds(
        &self,
        force: ForceIndex,
        clause: ClauseIndex,
        day: u32,
        max_age: f64,
    ) -> Option<bool> {
        let sighting = self.register[force].as_ref()?;
        let recent = f64::from(day.saturating_sub(sighting.day)) <= max_age;
        (recent && sighting.asked.contains(clause)).then(|| sighting.keeping.contains(clause))
    }
}

pub(in crate::engine) fn pace(monitor: &Monitor, draws: Draws) -> Pace {
    let hazard = |probability: &Uncertain| -libm::log1p(-probability.draw(draws));
    match &monitor.method {
        Method::Post { sightings_per_day }
        | Method::NationalTechnicalMeans { sightings_per_day } => {
            Pace::Rate(sightings_per_day.draw(draws))
        }
        Method::Patrol { sweep_width_km, speed_km_per_h, hours_per_day, area_km2, law } => {
            let swept = sweep_width_km.draw(draws) * speed_km_per_h.draw(draws);
            let coverage = swept * hours_per_day.draw(draws) / area_km2;
            match law {
                SearchLaw::Random => Pace::Rate(coverage),
                _ => Pace::Sweeps(coverage, *law),
            }
        }
        Method::Overhead { revisit, probability } => {
            let every = match revisit {
                Revisit::Days(days) => days.draw(draws),
                Revisit::PerDay(passes) => 1.0 / passes.draw(draws),
            };
            Pace::Looks(every, hazard(probability))
        }
        Method::JointTeam { interval_days, probability, .. } => {
            Pace::Looks(f64::from(*interval_days), hazard(probability))
        }
        Method::Inspection { .. } | Method::SelfReport { .. } => Pace::Visits,
    }
}

/// What a monitor last registered of a force.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// The day it was seen.
    pub day: u32,
    /// By clause: what it says anything of.
    pub asked: Bits<ClauseIndex>,
    /// By clause: registered as keeping.
    pub keeping: Bits<ClauseIndex>,
}

/// A report on its way.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::engine) struct Report {
    pub(in crate::engine) monitor: MonitorIndex,
    /// Whom it names.
    pub(in crate::engine) force: ForceIndex,
    /// The number of the word that it is part of: what one look or alarm says of all that it
    /// names.
    pub(in crate::engine) word: u32,
    /// Whom it saw; none of a false alarm.
    pub(in crate::engine) truly: Option<ForceIndex>,
    pub(in crate::engine) sighting: Sighting,
    /// When it arrives, in days.
    pub(in crate::engine) arrives: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Koopman's laws at the coverages of Washburn's table.
    #[test]
    fn a_sweep_sees_as_the_laws_say() {
        for (c, random, inverse_cube, exhaustive) in [
            (0.25, 0.2212, 0.2460, 0.25),
            (0.5, 0.3935, 0.4691, 0.5),
            (1.0, 0.6321, 0.7899, 1.0),
            (2.0, 0.8647, 0.9878, 1.0),
        ] {
            let seen = |pace: Pace| -libm::expm1(-pace.intensity(1.0));
            assert!((seen(Pace::Rate(c)) - random).abs() < 5e-5);
            assert!((seen(Pace::Sweeps(c, SearchLaw::InverseCube)) - inverse_cube).abs() < 5e-5);
            assert!((seen(Pace::Sweeps(c, SearchLaw::Exhaustive)) - exhaustive).abs() < 5e-5);
        }
    }
}
