//! What is measured on every date, and how it is read off a world.

use crate::engine::{BodyState, MonitorState, Ruling, World};
use crate::model::{Duty, Kind, Model, Order};
use crate::stats::Bins;

/// What a measure is of, in which unit and register.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// `clause`, `monitor` or `body`.
    pub subject_kind: &'static str,
    /// Index of the clause, monitor or body.
    pub subject: usize,
    /// Its name.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// `true`, `recorded` or `claimed`.
    pub register: &'static str,
    /// Its bins.
    pub bins: Bins,
    read: Read,
}

/// How a measure is read.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Read {
    Met,
    Full,
    Unrestricted,
    SeenKeeping,
    SeenViolating,
    NotObserved,
    ClaimedKeeping,
    ClaimedViolating,
    InForce,
    Kept,
    Ordered(Order),
    Shortfall,
    Distance,
    DistanceMean,
    HandedOver,
    Accepted,
    Rejected,
    CasesRecorded,
    CasesConfirmed,
    Sightings,
    Violations,
    Effort,
    PerEffort,
    Complaints(Option<Ruling>),
}

impl Measure {
    /// Every measure of a model, in a fixed order.
    pub fn all(model: &Model) -> Vec<Self> {
        let mut all = Vec::new();
        for (subject, clause) in model.clauses.iter().enumerate() {
            let mut add = |name, unit, register, bins, read| {
                all.push(Self {
                    subject_kind: "clause",
                    subject,
                    name,
                    unit,
                    register,
                    bins,
                    read,
                });
            };
            let share = Bins::SHARE;
            add("compliance", "share", "true", share, Read::Met);
            add("compliance_full", "share", "true", share, Read::Full);
            add(
                "compliance_unrestricted",
                "share",
                "true",
                share,
                Read::Unrestricted,
            );
            add("compliance", "share", "recorded", share, Read::SeenKeeping);
            add("violating", "share", "recorded", share, Read::SeenViolating);
            add(
                "not_observed",
                "share",
                "recorded",
                share,
                Read::NotObserved,
            );
            add(
                "compliance",
                "share",
                "claimed",
                share,
                Read::ClaimedKeeping,
            );
            add(
                "violating",
                "share",
                "claimed",
                share,
                Read::ClaimedViolating,
            );
            add("in_force", "probability", "true", share, Read::InForce);
            add("kept", "probability", "true", share, Read::Kept);
            add(
                "ordered_comply",
                "share",
                "true",
                share,
                Read::Ordered(Order::Comply),
            );
            add(
                "ordered_conceal",
                "share",
                "true",
                share,
                Read::Ordered(Order::Conceal),
            );
            let cases = Bins::between(0.0, 500.0, 500);
            add("cases", "count", "recorded", cases, Read::CasesRecorded);
            add(
                "confirmed",
                "share",
                "recorded",
                share,
                Read::CasesConfirmed,
            );
            match clause.kind {
                Kind::Deliver { .. } => {
                    let weapons = Bins::between(0.0, weapons_bound(model, subject), 400);
                    add("handed_over", "weapons", "true", weapons, Read::HandedOver);
                    add("accepted", "weapons", "true", weapons, Read::Accepted);
                    add("rejected", "weapons", "true", weapons, Read::Rejected);
                }
                _ => {
                    let (low, high) = distances(model, subject);
                    let km = Bins::between(low, high, 1024);
                    let lacking = Bins::between(0.0, (high - low).max(1.0), 1024);
                    add("shortfall", "km", "true", lacking, Read::Shortfall);
                    add("distance", "km", "true", km, Read::Distance);
                    add("distance_mean", "km", "true", km, Read::DistanceMean);
                }
            }
        }
        for (subject, monitor) in model.monitors.iter().enumerate() {
            let effort = monitor.method.effort_unit();
            let daily = Bins::between(0.0, 20.0, 400);
            let efforts = Bins::between(0.0, 50.0, 1000);
            for (name, unit, bins, read) in [
                ("sightings", "count per day", daily, Read::Sightings),
                ("violations", "count per day", daily, Read::Violations),
                ("effort", effort.0, efforts, Read::Effort),
                ("violations_per_effort", effort.1, daily, Read::PerEffort),
            ] {
                all.push(Self {
                    subject_kind: "monitor",
                    subject,
                    name,
                    unit,
                    register: "recorded",
                    bins,
                    read,
                });
            }
        }
        for subject in 0..model.bodies.len() {
            for (name, ruling) in [
                ("complaints", None),
                ("upheld", Some(Ruling::Upheld)),
                ("rejected", Some(Ruling::Rejected)),
                ("undetermined", Some(Ruling::Undetermined)),
            ] {
                all.push(Self {
                    subject_kind: "body",
                    subject,
                    name,
                    unit: "count",
                    register: "recorded",
                    bins: Bins::between(0.0, 500.0, 500),
                    read: Read::Complaints(ruling),
                });
            }
        }
        all
    }

    /// Whether it pools the forces of a replicate: see [`Self::read_each`].
    pub(super) fn is_pooled(&self) -> bool {
        self.read == Read::Distance
    }

    /// What the world shows at the end of a turn of `days` days; NaN where that
    /// is not defined (a clause not in force, no violators) or pooled.
    pub(super) fn read(&self, model: &Model, world: &World, days: u32) -> f64 {
        match self.read {
            Read::Sightings | Read::Violations | Read::Effort | Read::PerEffort => {
                return of_monitor(self.read, &world.monitors[self.subject], days);
            }
            Read::Complaints(ruling) => return of_body(ruling, &world.bodies[self.subject]),
            _ => {}
        }
        let state = &world.clauses[self.subject];
        let shares = &state.shares;
        match self.read {
            Read::InForce => f64::from(u8::from(state.started.is_some())),
            Read::Kept => f64::from(u8::from(state.kept.is_some())),
            _ if state.started.is_none() => f64::NAN,
            Read::Met => shares.met,
            Read::Full => shares.full,
            Read::Unrestricted => shares.unrestricted,
            Read::SeenKeeping => shares.seen_keeping,
            Read::SeenViolating => shares.seen_violating,
            Read::NotObserved => shares.not_observed,
            Read::ClaimedKeeping => shares.claimed_keeping,
            Read::ClaimedViolating => shares.claimed_violating,
            Read::Shortfall => state.shortfall_km,
            Read::Ordered(order) => ordered(model, world, self.subject, order),
            Read::HandedOver | Read::Accepted | Read::Rejected => match &state.delivery {
                Some(delivery) => f64::from(match self.read {
                    Read::HandedOver => delivery.handed.iter().sum::<u32>(),
                    Read::Accepted => delivery.accepted.iter().sum(),
                    _ => delivery.rejected.iter().sum(),
                }),
                None => f64::NAN,
            },
            Read::DistanceMean => {
                let (mut sum, mut weight) = (0.0, 0.0);
                each_distance(model, world, self.subject, |km, persons| {
                    sum += km * f64::from(persons);
                    weight += f64::from(persons);
                });
                sum / weight
            }
            Read::CasesRecorded => f64::from(state.cases_recorded),
            Read::CasesConfirmed => {
                f64::from(state.cases_confirmed) / f64::from(state.cases_recorded)
            }
            Read::Distance
            | Read::Sightings
            | Read::Violations
            | Read::Effort
            | Read::PerEffort
            | Read::Complaints(_) => f64::NAN,
        }
    }

    /// For a pooled measure: each value with its weight, such as persons.
    pub(super) fn read_each(&self, model: &Model, world: &World, with: impl FnMut(f64, u32)) {
        if world.clauses[self.subject].started.is_some() {
            each_distance(model, world, self.subject, with);
        }
    }
}

/// Of a turn of `days` days: a day's, or for a unit of effort.
fn of_monitor(read: Read, monitor: &MonitorState, days: u32) -> f64 {
    let over = |count: f64, of: f64| if of > 0.0 { count / of } else { f64::NAN };
    let daily = |count: f64| over(count, f64::from(days));
    match read {
        Read::Sightings => daily(f64::from(monitor.sightings)),
        Read::Violations => daily(f64::from(monitor.violations)),
        Read::Effort => daily(monitor.effort),
        _ => over(f64::from(monitor.violations), monitor.effort),
    }
}

/// Complaints so far, or those with a ruling.
fn of_body(ruling: Option<Ruling>, body: &BodyState) -> f64 {
    f64::from(match ruling {
        None => body.lodged,
        Some(Ruling::Upheld) => body.upheld,
        Some(Ruling::Rejected) => body.rejected,
        Some(Ruling::Undetermined) => body.undetermined,
    })
}

/// Where everyone stands whom the clause asks to keep out and counted on D-day.
fn each_distance(model: &Model, world: &World, clause: usize, mut with: impl FnMut(f64, u32)) {
    for (at, bound) in model.clauses[clause].bound.iter().enumerate() {
        if !world.clauses[clause].counted[at] {
            continue;
        }
        let state = &world.forces[bound.force];
        let km = state.km[bound.obligation];
        if !km.is_nan() {
            with(km, state.strength);
        }
    }
}

/// The share of the counted strength under an order.
fn ordered(model: &Model, world: &World, clause: usize, order: Order) -> f64 {
    let (mut under, mut all) = (0.0, 0.0);
    for (at, bound) in model.clauses[clause].bound.iter().enumerate() {
        if world.clauses[clause].counted[at] {
            let strength = f64::from(world.forces[bound.force].strength);
            all += strength;
            if world.units[bound.unit].order == order {
                under += strength;
            }
        }
    }
    under / all
}

/// The least and greatest distance any bound force can come to.
fn distances(model: &Model, clause: usize) -> (f64, f64) {
    let tables = model.clauses[clause]
        .bound
        .iter()
        .filter(|bound| bound.duty != Duty::Deliver)
        .flat_map(|bound| &model.forces[bound.force].routes)
        .filter_map(|route| route.clause_km[clause].as_ref());
    tables.fold((0.0, 1.0), |(low, high): (f64, f64), table| {
        (
            low.min(table.min_km().floor()),
            high.max(table.max_km().ceil()),
        )
    })
}

/// The most weapons that a clause on deliveries can ask for.
fn weapons_bound(model: &Model, clause: usize) -> f64 {
    let Kind::Deliver { classes, .. } = &model.clauses[clause].kind else {
        return 1.0;
    };
    let holdings = model.clauses[clause]
        .bound
        .iter()
        .flat_map(|bound| &model.forces[bound.force].equipment)
        .filter(|holding| classes.contains(&holding.class));
    holdings
        .map(|holding| holding.number.support().1.round())
        .sum::<f64>()
        .max(1.0)
}
