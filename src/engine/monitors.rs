//! The state of a monitor, and how often it sees.

use super::world::Sighting;
use crate::model::{
    ForceIndex, Mechanism, Method, Model, Monitor, PartyIndex, Revisit, SearchLaw, Uncertain,
};
use crate::stats::Draws;

/// A monitor.
#[derive(Debug, Clone)]
pub struct MonitorState {
    /// By force: the newest sighting whose report has arrived.
    pub register: Vec<Option<Sighting>>,
    /// Sightings in the turn.
    pub sightings: u32,
    /// Of these, registered as violating a clause in force that binds the force.
    pub violations: u32,
    /// By party: weapons of its forces that it registered in the turn where a
    /// clause of place does not let them be. Seen twice, they count twice.
    pub weapons_in_violation: Vec<u32>,
    /// Effort made in the turn, in the unit of its kind.
    pub effort: f64,
    /// Effort made in the run.
    pub effort_in_all: f64,
    /// Violations in the run, as `violations`.
    pub violations_in_all: u32,
    /// Distinct true violations that its records name, false alarms and wrong
    /// attributions aside.
    pub events_named: u32,
    /// Whether it watches today.
    pub on_duty: bool,
    /// Whether it was pulled out or lost.
    pub withdrawn: bool,
    /// The share of it that is there.
    pub share: f64,
    /// Whether a way that it needs is closed.
    pub shut_out: bool,
    /// Who refuses it access today.
    pub denied: Vec<PartyIndex>,
    /// By force.
    pub(super) exposures: Vec<Exposure>,
    pub(super) pace: Pace,
    pub(super) effort_per_day: f64,
    /// What the whole of it makes in a day.
    pub(super) full_effort: f64,
    pub(super) effort_since: u32,
    /// The next false alarm: when, in days, and its number.
    pub(super) alarm: (f64, u32),
    pub(super) delay: f64,
    pub(super) bias: (f64, f64),
    pub(super) honesty: f64,
    pub(super) availability: f64,
    pub(super) denial: f64,
    pub(super) alarms_per_day: f64,
    pub(super) wrong_attribution: f64,
    /// By member of a joint team: probability that it blocks a visit.
    pub(super) blocks: Vec<f64>,
    /// Of an inspection: probability that what is hidden is put back in time.
    pub(super) covered_up: f64,
}

/// The clock of a monitor's sightings of a force. Where a monitor looks at
/// certain times only, `since` counts looks instead of days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Exposure {
    /// Exposure left until the next sighting, at `since`; NaN before any.
    pub(super) left: f64,
    /// From when `intensity` holds: an instant in days, or the number of a look.
    pub(super) since: f64,
    /// Exposure gathered a day or a look.
    pub(super) intensity: f64,
    /// Number of the next sighting.
    pub(super) number: u32,
    /// The day it falls on at this intensity.
    pub(super) day: u32,
    /// When the last report arrives: reports of one monitor on one force come
    /// in the order of the sightings.
    pub(super) last_arrival: f64,
}

/// How often a monitor sees a force of signature s.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Pace {
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
    pub(super) fn every(&self) -> Option<f64> {
        match self {
            Self::Sweeps(..) => Some(1.0),
            Self::Looks(every, _) => Some(*every),
            Self::Rate(_) | Self::Visits => None,
        }
    }

    /// Exposure that a force of signature s gathers: a day, or a look: −ln of the
    /// probability of not being seen.
    pub(super) fn intensity(&self, s: f64) -> f64 {
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
pub(super) fn next_visit(monitor: &Monitor, day: u32) -> Option<u32> {
    let (Method::Inspection { interval_days, .. } | Method::JointTeam { interval_days, .. }) =
        &monitor.method
    else {
        return None;
    };
    let past = day.saturating_sub(monitor.from);
    Some(monitor.from + past.div_ceil(*interval_days) * interval_days)
}

impl MonitorState {
    /// Before the first day of a replicate.
    pub(super) fn new(model: &Model, monitor: &Monitor, draws: Draws) -> Self {
        let at_work = |mechanism| model.mechanisms.has(mechanism);
        let exposure = Exposure {
            left: f64::NAN,
            since: 0.0,
            intensity: 0.0,
            number: 0,
            day: u32::MAX,
            last_arrival: 0.0,
        };
        let mut state = Self {
            register: vec![None; model.forces.len()],
            sightings: 0,
            violations: 0,
            weapons_in_violation: vec![0; model.parties.len()],
            effort: 0.0,
            effort_in_all: 0.0,
            violations_in_all: 0,
            events_named: 0,
            on_duty: false,
            withdrawn: false,
            share: 0.0,
            shut_out: false,
            denied: Vec::new(),
            exposures: vec![exposure; model.forces.len()],
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

    /// Whether it may see a force of a commander today.
    #[inline]
    pub(super) fn may_see(&self, commander: PartyIndex) -> bool {
        self.on_duty && !self.shut_out && !self.denied.contains(&commander)
    }

    /// What it has registered of a force on a clause, if it is no older than
    /// `max_age` days: whether as keeping.
    pub fn holds(&self, force: ForceIndex, clause: usize, day: u32, max_age: f64) -> Option<bool> {
        let sighting = self.register[force]?;
        let recent = f64::from(day.saturating_sub(sighting.day)) <= max_age;
        (recent && sighting.asked >> clause & 1 == 1).then_some(sighting.keeping >> clause & 1 == 1)
    }
}

fn pace(monitor: &Monitor, draws: Draws) -> Pace {
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
