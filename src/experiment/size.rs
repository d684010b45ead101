//! How large a run will be, reckoned before it begins.
//!
//! The counts are expected values: every rate at its mean over replicates, every
//! monitor on duty throughout, every force in the open and where it stands first, every
//! unit that may act acting. Feedback (tension, unanswered incidents) is left out:
//! with it a source gives at most [`MAX_PER_DAY`] incidents a day.

use crate::engine::MAX_PER_DAY;
use crate::model::{
    Force, Goods, Kind, Mechanism, Method, Model, Monitor, Revisit, SearchLaw, When,
};
use crate::record::Measure;

/// What one replicate of a model comes to.
#[derive(Debug, Clone)]
pub struct Size {
    /// What happens in it, by what it is of; the most first.
    pub happenings: Vec<(String, f64)>,
    /// Measures × dates.
    pub cells: f64,
    /// Forces × days.
    force_days: f64,
    /// Reports that are on their way at once.
    in_transit: f64,
}

/// Bytes of a measure on a date: its histogram, and what 64 replicates note of it.
///
/// This and what follows was fitted to 300 replicates of each bundled scenario on one
/// core of 2025: memory is right within a factor of about two, time of three.
const CELL_BYTES: f64 = 1_500.0;
/// Bytes of a happening that is kept until its turn has been told, or until it arrives.
const HAPPENING_BYTES: f64 = 100.0;
/// Seconds for a measure on a date, for a force on a day, for a happening.
const CELL_SECONDS: f64 = 8e-8;
const FORCE_SECONDS: f64 = 5e-8;
const HAPPENING_SECONDS: f64 = 5e-7;

impl Size {
    /// The most that may happen in a replicate without a word from who asks for it.
    pub const MAX_HAPPENINGS: f64 = 1e6;

    /// Of a model.
    pub fn of(model: &Model) -> Self {
        let has = |it| model.mechanisms.has(it);
        let days = f64::from(model.calendar.days);
        let mut happenings: Vec<(String, f64)> = Vec::new();
        let mut in_transit = 0.0;
        for (index, monitor) in model.monitors.iter_enumerated() {
            let days = days - f64::from(monitor.from).min(days);
            let reached = |force: &&Force| match monitor.method {
                Method::SelfReport { .. } => force.commander == monitor.party,
                _ => {
                    force.looked_for_by.contains(index)
                        && force.routes.iter().any(|way| way.sight.reaches(index))
                }
            };
            let seen = model.forces.iter().filter(reached);
            let a_day: f64 = seen.map(|force| sightings(monitor, force)).sum();
            let watch = monitor.watch.as_ref().filter(|_| has(Mechanism::FalseAlarms));
            let alarms = watch.map_or(0.0, |it| it.false_alarms_per_day.mean());
            happenings.push((format!("sightings by `{}`", monitor.id), a_day * days));
            happenings.push((format!("false alarms of `{}`", monitor.id), alarms * days));
            if has(Mechanism::Delay) {
                let delay = monitor.report_delay_days.mean().min(days);
                in_transit += (a_day + alarms) * delay;
            }
        }
        for (index, clause) in model.clauses.iter_enumerated() {
            match &clause.kind {
                Kind::Abstain(it) => {
                    let units = model.units.iter().filter(|unit| unit.clause == index);
                    let acts = it.acts_per_day.mean() * units.count() as f64 * days;
                    happenings.push((format!("acts under `{}`", clause.id), acts));
                }
                Kind::Deliver(it) => {
                    let held = clause.bound.iter().zip(&it.stock);
                    let held = held.map(|(bound, stock)| match stock {
                        Some(stock) => stock.mean(),
                        None if it.goods == Goods::Weapons => {
                            let held = model.forces[bound.force].equipment.iter();
                            held.map(|it| it.number.mean()).sum()
                        }
                        None => 0.0,
                    });
                    happenings.push((format!("hand-overs under `{}`", clause.id), held.sum()));
                }
                _ => {}
            }
        }
        if has(Mechanism::Incidents) {
            for source in &model.incidents {
                let opening = model.opening(source);
                let at_per_day = source.persons.map_or(opening.contact, |[a, b]| a * b);
                let share = if at_per_day > 0.0 { opening.contact / at_per_day } else { 0.0 };
                let a_day = source.per_day.mean() * share;
                let a_day = a_day.min(f64::from(MAX_PER_DAY));
                happenings.push((format!("incidents of `{}`", source.id), a_day * days));
            }
        }
        if has(Mechanism::Complaints) {
            for body in &model.bodies {
                let parties = body.strategic.iter().filter(|it| !it.targets.is_empty());
                let a_day: f64 = parties.map(|it| it.per_day.mean()).sum();
                happenings.push((format!("complaints to `{}`", body.id), a_day * days));
            }
        }
        if has(Mechanism::OutsideEvents) {
            for event in &model.outside {
                let times = match &event.when {
                    When::Day(_) => 1.0,
                    When::Rate { per_day, from, until } => {
                        let last = f64::from(*until).min(days);
                        per_day.mean() * (last - f64::from(*from) + 1.0).max(0.0)
                    }
                };
                happenings.push((format!("outside events `{}`", event.id), times));
            }
        }
        happenings.sort_by(|a, b| b.1.total_cmp(&a.1));
        let dates = model.calendar.record_days().count();
        Self {
            happenings,
            cells: Measure::all(model).len() as f64 * dates as f64,
            force_days: model.forces.len() as f64 * days,
            in_transit,
        }
    }

    /// Happenings of a replicate.
    pub fn count(&self) -> f64 {
        self.happenings.iter().map(|(_, count)| count).sum()
    }

    /// Bytes that a thread needs.
    pub fn bytes(&self) -> f64 {
        self.cells * CELL_BYTES + (self.count() + self.in_transit) * HAPPENING_BYTES
    }

    /// Seconds that a replicate takes on one core.
    pub fn seconds(&self) -> f64 {
        self.cells * CELL_SECONDS
            + self.force_days * FORCE_SECONDS
            + self.count() * HAPPENING_SECONDS
    }
}

/// How often a day a monitor sees a force within its reach.
fn sightings(monitor: &Monitor, force: &Force) -> f64 {
    // A look at a force of signature s.
    let seen = |probability: f64| 1.0 - libm::pow(1.0 - probability, force.signature.mean());
    match &monitor.method {
        Method::Post { sightings_per_day }
        | Method::NationalTechnicalMeans { sightings_per_day } => {
            sightings_per_day.mean() * force.signature.mean()
        }
        Method::Patrol {
            sweep_width_km,
            speed_km_per_h,
            hours_per_day,
            area_km2,
            law: SearchLaw::Random,
        } => {
            let swept = sweep_width_km.mean() * speed_km_per_h.mean() * hours_per_day.mean();
            swept / area_km2 * force.signature.mean()
        }
        // A sweep of a day or a look sees a force at most once.
        Method::Patrol { .. } => 1.0,
        Method::Overhead { revisit, probability } => {
            let passes = match revisit {
                Revisit::Days(days) => 1.0 / days.mean(),
                Revisit::PerDay(passes) => passes.mean(),
            };
            passes * seen(probability.mean())
        }
        Method::JointTeam { interval_days, probability, .. } => {
            seen(probability.mean()) / f64::from(*interval_days)
        }
        Method::Inspection { interval_days, .. } | Method::SelfReport { interval_days, .. } => {
            1.0 / f64::from(*interval_days)
        }
    }
}
