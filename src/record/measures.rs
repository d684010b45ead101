//! What is measured on every date, and how it is read off a world.

use super::positions::Positions;
use super::{beliefs, conflict, watch};
use crate::engine::{
    BodyState, InstallationState, MonitorState, Register, Ruling, Status, StoreState, World,
    blocked, cap_use, status, strength,
};
use crate::model::{Bits, Clause, Duty, Force, Goods, HoldingIndex, Kind, Model, Order, Starter};
use crate::stats::Bins;

/// What a measure is of, in which unit and register.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// `clause`, `monitor`, `watch`, `body`, `band`, `clause-class`, `conduct`, `incident`, `ladder`,
    /// `rule`, `account`, `party` or `agreement`.
    pub subject_kind: &'static str,
    /// Index of the clause, monitor or body, or of the number of positions, beliefs
    /// or watches.
    pub subject: usize,
    /// Id of the subject.
    pub subject_id: String,
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
    Status(Register),
    Agreed,
    Blocked,
    Deadlocked,
    Ordered(Order),
    Shortfall,
    Distance,
    DistanceMean,
    Disputed,
    Violators,
    Worst,
    Unbound,
    Stores(StoreState),
    Forbidden,
    Licensed,
    Closed,
    CapUse,
    CapUsePosts,
    Vacated,
    Dismantled,
    Transferred,
    GroundTransferred,
    Pending,
    DisputedItems,
    HandedOver,
    Accepted,
    Rejected,
    CasesRecorded,
    CasesConfirmed,
    Sightings,
    Violations,
    Effort,
    PerEffort,
    InViolation,
    WatchedInViolation,
    Complaints(Option<Ruling>),
    Position,
    Conflict,
    Beliefs,
    Ended(End),
}

/// Whether the agreement as a whole has come to something, by its thresholds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    /// A clause of weight has come due.
    Judged,
    /// It was completed, and had not collapsed before.
    Completed,
    /// It had collapsed, and was not completed before.
    Collapsed,
}

impl End {
    /// Whether it is so in a world.
    fn is(self, world: &World) -> bool {
        let verdict = world.verdict();
        // Never both on one day: completion is from above, collapse from below.
        let first = |own: Option<u32>, other: Option<u32>| {
            own.is_some_and(|own| other.is_none_or(|other| own < other))
        };
        match self {
            Self::Judged => verdict.judged_from.is_some(),
            Self::Completed => first(verdict.completed, verdict.collapsed),
            Self::Collapsed => first(verdict.collapsed, verdict.completed),
        }
    }
}

impl Read {
    /// Whether it judges how a clause stands, which nobody does of one that is
    /// suspended or has ended. Places, and what was done or handed over, remain
    /// what they are.
    fn is_judged(self) -> bool {
        matches!(
            self,
            Self::Met
                | Self::Full
                | Self::Unrestricted
                | Self::SeenKeeping
                | Self::SeenViolating
                | Self::NotObserved
                | Self::ClaimedKeeping
                | Self::ClaimedViolating
                | Self::Shortfall
                | Self::Worst
                | Self::Ordered(_)
                | Self::Disputed
                | Self::Violators
                | Self::Unbound
                | Self::Stores(_)
                | Self::Closed
                | Self::CapUse
                | Self::CapUsePosts
        )
    }
}

/// What monitors' books can hold of a store.
const STORES: [(&str, StoreState); 6] = [
    ("stores_present", StoreState::Present),
    ("stores_missing", StoreState::Missing),
    ("stores_missing_again", StoreState::MissingAgain),
    ("stores_beyond_line", StoreState::Beyond),
    ("stores_no_access", StoreState::NoAccess),
    ("stores_not_checked", StoreState::Unchecked),
];

impl Measure {
    /// Whether its values are categories: each has a row of its own, by word.
    pub fn words(&self) -> Option<&'static [&'static str]> {
        matches!(self.read, Read::Status(_)).then_some(&Status::WORDS)
    }

    /// Whether it pools the persons of a replicate, and so has no value of its
    /// own in one.
    pub fn is_pooled(&self) -> bool {
        self.read == Read::Distance
    }

    /// Every measure of a model, in a fixed order.
    pub fn all(model: &Model) -> Vec<Self> {
        let mut all = Vec::new();
        for (subject, clause) in model.clauses.iter().enumerate() {
            let mut add = |name, unit, register, bins, read| {
                all.push(Self {
                    subject_kind: "clause",
                    subject,
                    subject_id: clause.id.clone(),
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
            add("compliance_unrestricted", "share", "true", share, Read::Unrestricted);
            add("compliance", "share", "recorded", share, Read::SeenKeeping);
            add("violating", "share", "recorded", share, Read::SeenViolating);
            add("not_observed", "share", "recorded", share, Read::NotObserved);
            add("compliance", "share", "claimed", share, Read::ClaimedKeeping);
            add("violating", "share", "claimed", share, Read::ClaimedViolating);
            add("in_force", "probability", "true", share, Read::InForce);
            add("kept", "probability", "true", share, Read::Kept);
            let words = Bins::between(0.0, Status::WORDS.len() as f64, Status::WORDS.len() as u32);
            for (register, it) in [
                ("true", Register::True),
                ("recorded", Register::Recorded),
                ("claimed", Register::Claimed),
            ] {
                add("status", "probability", register, words, Read::Status(it));
            }
            if !clause.consented {
                add("agreed", "probability", "true", share, Read::Agreed);
            }
            if model.settled_day(&clause.starts).is_none() {
                add("blocked", "probability", "true", share, Read::Blocked);
                add("deadlocked", "probability", "true", share, Read::Deadlocked);
            }
            add("ordered_comply", "share", "true", share, Read::Ordered(Order::Comply));
            add("ordered_conceal", "share", "true", share, Read::Ordered(Order::Conceal));
            let cases = Bins::between(0.0, 500.0, 500);
            add("cases", "count", "recorded", cases, Read::CasesRecorded);
            add("confirmed", "share", "recorded", share, Read::CasesConfirmed);
            let disputed = Read::Disputed;
            add("disputed", "probability", "claimed", share, disputed);
            let forces = Bins::between(0.0, (clause.bound.len() as f64).max(1.0), 400);
            add("violators", "forces", "true", forces, Read::Violators);
            if !clause.unbound.is_empty() {
                let (most, unit) = (unbound_bound(model, subject), unit_of(clause));
                let bins = Bins::between(0.0, most, 400);
                add("unbound_inside", unit, "true", bins, Read::Unbound);
            }
            match &clause.kind {
                Kind::Deliver(it) => {
                    let bins = Bins::between(0.0, goods_bound(model, subject), 400);
                    let unit = it.goods.unit();
                    add("handed_over", unit, "true", bins, Read::HandedOver);
                    add("accepted", unit, "true", bins, Read::Accepted);
                    add("rejected", unit, "true", bins, Read::Rejected);
                    add("pending", unit, "true", bins, Read::Pending);
                    add("disputed_items", unit, "true", bins, Read::DisputedItems);
                }
                Kind::Posture | Kind::Act { .. } => {}
                Kind::Abstain(_) => {
                    let counts = Bins::between(0.0, 1000.0, 1000);
                    add("forbidden_acts", "count", "true", counts, Read::Forbidden);
                    add("licensed_acts", "count", "true", counts, Read::Licensed);
                }
                Kind::Passage { .. } => add("closed", "probability", "true", share, Read::Closed),
                kind => {
                    if let Kind::Confine { .. } = kind {
                        for (name, state) in STORES {
                            add(name, "share", "recorded", share, Read::Stores(state));
                        }
                    }
                    if clause.terms.cap.is_some() {
                        let twice = Bins::between(0.0, 2.0, 400);
                        add("cap_use", "share", "true", twice, Read::CapUse);
                    }
                    if clause.terms.cap_posts.is_some() {
                        let twice = Bins::between(0.0, 2.0, 400);
                        add("cap_use_posts", "share", "true", twice, Read::CapUsePosts);
                    }
                    let (low, high) = distances(model, subject);
                    let km = Bins::between(low, high, 1024);
                    let lacking = Bins::between(0.0, (high - low).max(1.0), 1024);
                    add("shortfall", "km", "true", lacking, Read::Shortfall);
                    add("shortfall_worst", "km", "true", lacking, Read::Worst);
                    add("distance", "km", "true", km, Read::Distance);
                    add("distance_mean", "km", "true", km, Read::DistanceMean);
                }
            }
        }
        let mut of_item = |subject_kind, subject: usize, name, read| {
            let id = match subject_kind {
                "installation" => &model.installations[subject].id,
                _ => &model.grounds[subject].id,
            };
            all.push(Self {
                subject_kind,
                subject,
                subject_id: id.clone(),
                name,
                unit: "probability",
                register: "true",
                bins: Bins::SHARE,
                read,
            });
        };
        for subject in 0..model.installations.len() {
            of_item("installation", subject, "vacated", Read::Vacated);
            of_item("installation", subject, "dismantled", Read::Dismantled);
            of_item("installation", subject, "transferred", Read::Transferred);
        }
        for subject in 0..model.grounds.len() {
            of_item("ground", subject, "transferred", Read::GroundTransferred);
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
                    subject_id: model.monitors[subject].id.clone(),
                    name,
                    unit,
                    register: "recorded",
                    bins,
                    read,
                });
            }
        }
        let in_violation = watch::bins(model);
        for (kind, subject, subject_id) in watch::subjects(model) {
            all.push(Self {
                subject_kind: kind,
                subject,
                subject_id,
                name: "weapons_in_violation",
                unit: "weapons per day",
                register: "recorded",
                bins: in_violation,
                read: match kind {
                    "watch" => Read::WatchedInViolation,
                    _ => Read::InViolation,
                },
            });
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
                    subject_id: model.bodies[subject].id.clone(),
                    name,
                    unit: "count",
                    register: "recorded",
                    bins: Bins::between(0.0, 500.0, 500),
                    read: Read::Complaints(ruling),
                });
            }
        }
        let positions = Positions::new(model);
        let labels = positions.labels(model).into_iter();
        all.extend(labels.enumerate().map(|(subject, label)| Self {
            subject_kind: label.kind,
            subject,
            subject_id: label.subject,
            name: label.measure,
            unit: label.unit,
            register: "true",
            bins: match label.unit {
                "share" => Bins::SHARE,
                _ => Bins::between(0.0, positions.greatest(model, subject), 200),
            },
            read: Read::Position,
        }));
        for (subject, (holder, name, unit, bins, _)) in beliefs::all(model).into_iter().enumerate()
        {
            all.push(Self {
                subject_kind: "conduct",
                subject,
                subject_id: model.beliefs[holder].id.clone(),
                name,
                unit,
                register: "true",
                bins,
                read: Read::Beliefs,
            });
        }
        for (subject_kind, subject, name, unit, bins, _) in conflict::all(model) {
            all.push(Self {
                subject_kind,
                subject,
                subject_id: conflict::id(model, subject_kind, subject).to_owned(),
                name,
                unit,
                register: "true",
                bins,
                read: Read::Conflict,
            });
        }
        for (name, end) in [
            ("agreement_judged", End::Judged),
            ("agreement_completed", End::Completed),
            ("agreement_collapsed", End::Collapsed),
        ] {
            all.push(Self {
                subject_kind: "agreement",
                subject: 0,
                subject_id: String::new(),
                name,
                unit: "probability",
                register: "true",
                bins: Bins::SHARE,
                read: Read::Ended(end),
            });
        }
        all
    }

    /// How it is read.
    pub(super) fn reader(&self) -> Reader {
        Reader { read: self.read, subject: self.subject as u32 }
    }
}

/// Measures that are worked out together for a date, and stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Positions,
    Beliefs,
    Conflict,
    Watches,
}

/// How a measure is read, without what it is called: what is gone through on
/// every date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reader {
    read: Read,
    subject: u32,
}

impl Reader {
    /// The list that it is a number of, if it is read off one.
    pub(super) fn list(&self) -> Option<List> {
        match self.read {
            Read::Position => Some(List::Positions),
            Read::Beliefs => Some(List::Beliefs),
            Read::Conflict => Some(List::Conflict),
            Read::WatchedInViolation => Some(List::Watches),
            _ => None,
        }
    }

    /// Whether it pools the forces of a replicate: see [`Self::read_each`].
    pub(super) fn is_pooled(&self) -> bool {
        self.read == Read::Distance
    }

    /// Whether it is of how far who is where: it changes with what
    /// [`World::has_moved`] knows of.
    pub(super) fn is_of_places(&self) -> bool {
        matches!(
            self.read,
            Read::Distance
                | Read::DistanceMean
                | Read::Shortfall
                | Read::Worst
                | Read::Violators
                | Read::CapUse
                | Read::CapUsePosts
        )
    }

    /// Whether a measure of a clause may change though nothing that
    /// [`World::is_fresh`] or [`World::has_moved`] knows of has.
    pub(super) fn is_apart(&self) -> bool {
        matches!(self.read, Read::Blocked | Read::Deadlocked | Read::Stores(_) | Read::Unbound)
    }

    /// What the world shows at the end of a turn of `days` days; NaN where that
    /// is not defined (a clause not in force, no violators), or it is pooled or of a
    /// list.
    pub(super) fn read(&self, model: &Model, world: &World, days: u32) -> f64 {
        match self.read {
            Read::Ended(end) => return f64::from(u8::from(end.is(world))),
            Read::Sightings | Read::Violations | Read::Effort | Read::PerEffort => {
                return of_monitor(self.read, &world.monitors()[self.subject()], days);
            }
            Read::InViolation => return watch::by_monitor(world, self.subject(), days),
            Read::Complaints(ruling) => return of_body(ruling, &world.bodies()[self.subject()]),
            Read::Vacated | Read::Dismantled | Read::Transferred | Read::GroundTransferred => {
                return f64::from(u8::from(self.of_item(model, world)));
            }
            _ => {}
        }
        let state = &world.clauses()[self.subject()];
        let shares = &state.shares;
        match self.read {
            Read::InForce => f64::from(u8::from(world.in_force(self.subject()))),
            Read::Kept => {
                f64::from(u8::from(state.kept.is_some() && world.in_force(self.subject())))
            }
            Read::Status(register) => {
                status(model, world, self.subject(), register).index() as f64 + 0.5
            }
            Read::Agreed => f64::from(u8::from(state.consented())),
            Read::Blocked => {
                let starter = Starter::Clause(self.subject());
                f64::from(u8::from(blocked(model, world, starter)))
            }
            Read::Deadlocked => {
                let starter = Starter::Clause(self.subject());
                let stuck = world.deadlocks().iter().any(|(it, _)| *it == starter);
                f64::from(u8::from(stuck))
            }
            // What is counted stands; what is judged is so while it is in force.
            _ if state.started.is_none() => f64::NAN,
            _ if self.read.is_judged() && !world.in_force(self.subject()) => f64::NAN,
            Read::Met => shares.met,
            Read::Full => shares.full,
            Read::Unrestricted => shares.unrestricted,
            Read::SeenKeeping => shares.seen_keeping,
            Read::SeenViolating => shares.seen_violating,
            Read::NotObserved => shares.not_observed,
            Read::ClaimedKeeping => shares.claimed_keeping,
            Read::ClaimedViolating => shares.claimed_violating,
            Read::Shortfall => state.shortfall_km,
            Read::Ordered(order) => state.ordered[order as usize],
            Read::Worst => state.worst_km,
            Read::Disputed => f64::from(u8::from(state.disputed())),
            Read::Violators => f64::from(state.violators),
            Read::Unbound => state.unbound,
            Read::Stores(kind) => stores(model, world, self.subject(), kind),
            Read::Forbidden | Read::Licensed => match &state.abstain {
                Some(it) if self.read == Read::Forbidden => f64::from(it.violations),
                Some(it) => f64::from(it.licensed),
                None => f64::NAN,
            },
            Read::CapUse => cap_use(model, world, self.subject()).0,
            Read::CapUsePosts => cap_use(model, world, self.subject()).1,
            Read::Closed => f64::from(u8::from(state.closed)),
            Read::Vacated | Read::Dismantled | Read::Transferred | Read::GroundTransferred => {
                f64::NAN
            }
            Read::HandedOver
            | Read::Accepted
            | Read::Rejected
            | Read::Pending
            | Read::DisputedItems => match &state.delivery {
                Some(delivery) => f64::from(match self.read {
                    Read::HandedOver => delivery.handed.iter().sum::<u32>(),
                    Read::Pending => delivery.pending(),
                    Read::DisputedItems => delivery.disputed.iter().sum(),
                    Read::Accepted => delivery.accepted.iter().sum(),
                    _ => delivery.rejected.iter().sum(),
                }),
                None => f64::NAN,
            },
            Read::DistanceMean => {
                let (mut sum, mut weight) = (0.0, 0.0);
                each_distance(model, world, self.subject(), |km, persons| {
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
            | Read::InViolation
            | Read::WatchedInViolation
            | Read::Complaints(_)
            | Read::Position
            | Read::Conflict
            | Read::Ended(_)
            | Read::Beliefs => f64::NAN,
        }
    }

    /// How many values a pooled measure pools.
    pub(super) fn pools(&self, model: &Model) -> usize {
        if self.is_pooled() { model.clauses[self.subject()].bound.len() } else { 0 }
    }

    /// For a pooled measure: what has changed in the turn of each value with its
    /// weight, such as persons, or (of `all`) since it was read into `standing`, which
    /// has as many.
    pub(super) fn read_each(
        &self,
        model: &Model,
        world: &World,
        all: bool,
        standing: &mut [(f64, u32)],
        mut with: impl FnMut((f64, u32), (f64, u32)),
    ) {
        let clause = &world.clauses()[self.subject()];
        let started = clause.started.is_some();
        let bound = &model.clauses[self.subject()].bound;
        for (at, standing) in standing.iter_mut().enumerate() {
            let state = &world.forces()[bound[at].force];
            if !all && !state.shifted {
                continue;
            }
            let now = if started && clause.counted[at] {
                (state.km[bound[at].obligation], state.strength)
            } else {
                (f64::NAN, 0)
            };
            let same = now.0 == standing.0 || now.0.is_nan() && standing.0.is_nan();
            if !same || now.1 != standing.1 {
                with(*standing, now);
                *standing = now;
            }
        }
    }

    fn subject(&self) -> usize {
        self.subject as usize
    }

    /// What has become of the installation or ground that it is of.
    fn of_item(&self, model: &Model, world: &World) -> bool {
        let became = |state| world.installations()[self.subject()] == state;
        match self.read {
            // It is nobody's any more, and nobody has taken it over.
            Read::Vacated => {
                let holder = &world.forces()[model.installations[self.subject()].force];
                became(InstallationState::Held)
                    && (holder.place.metre > 0.0 || holder.strength == 0)
            }
            Read::Dismantled => became(InstallationState::Dismantled),
            Read::Transferred => became(InstallationState::Transferred),
            _ => world.grounds()[self.subject()] != model.grounds[self.subject()].controller,
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

/// The share of what is counted that the books of monitors hold in a state.
fn stores(model: &Model, world: &World, clause: usize, wanted: StoreState) -> f64 {
    let state = &world.clauses()[clause];
    let max_age = model.clauses[clause].max_age_days;
    let (mut found, mut all) = (0.0, 0.0);
    for (at, store) in state.stores.iter().enumerate() {
        let weight = strength(model, world, clause, at, true);
        all += weight;
        if store.on(world.day(), max_age) == wanted {
            found += weight;
        }
    }
    found / all
}

/// Where everyone stands whom the clause asks to keep out and counted on D-day.
fn each_distance(model: &Model, world: &World, clause: usize, mut with: impl FnMut(f64, u32)) {
    for (at, bound) in model.clauses[clause].bound.iter().enumerate() {
        if !world.clauses()[clause].counted[at] {
            continue;
        }
        let state = &world.forces()[bound.force];
        let km = state.km[bound.obligation];
        if !km.is_nan() {
            with(km, state.strength);
        }
    }
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
        (low.min(table.min_km().floor()), high.max(table.max_km().ceil()))
    })
}

/// What a clause counts.
fn unit_of(clause: &Clause) -> &'static str {
    let weapons = clause.unbound.iter().any(|it| it.weapons.is_some());
    if weapons { "weapons" } else { "persons" }
}

/// The most that a force can weigh: persons, or weapons of a set.
fn most(force: &Force, weapons: Option<&Bits<HoldingIndex>>) -> f64 {
    let Some(weapons) = weapons else {
        return force.strength.support().1.round();
    };
    let held = force.equipment.iter().enumerate();
    held.filter(|(at, _)| weapons.contains(*at))
        .map(|(_, holding)| holding.number.support().1.round())
        .sum()
}

/// The most that forces which a clause does not bind can weigh.
fn unbound_bound(model: &Model, clause: usize) -> f64 {
    let unbound = model.clauses[clause].unbound.iter();
    let most = unbound.map(|it| most(&model.forces[it.force], it.weapons.as_ref()));
    most.sum::<f64>().max(1.0)
}

/// The most that a clause on deliveries can ask for.
fn goods_bound(model: &Model, clause: usize) -> f64 {
    let Kind::Deliver(it) = &model.clauses[clause].kind else {
        return 1.0;
    };
    let bound = model.clauses[clause].bound.iter().enumerate();
    let most = bound.map(|(at, bound)| match it.goods {
        Goods::Weapons => most(&model.forces[bound.force], bound.weapons.as_ref()),
        _ => it.stock[at].as_ref().map_or(0.0, |it| it.support().1) + it.items[at].len() as f64,
    });
    most.sum::<f64>().max(1.0)
}
