//! Measures of installations, ground, monitors, bodies and the agreement; and of what
//! is worked out for all at once.

use super::conflict::daily;
use super::row::{At, List, Of, Read, Row, flag};
use crate::engine::{BodyState, InstallationState, Lately};
use crate::model::{End, Model};
use crate::record::watch;
use crate::stats::Bins;

/// What becomes of installations and ground.
#[rustfmt::skip]
pub(super) const ITEMS: &[Row] = &[
    item("installation", "vacated", "Whether its holder has left, and nobody has taken it over.", |at| {
        let holder = &at.world.forces()[at.model.installations.raw[at.subject].force];
        let left = holder.place.metre > 0.0 || holder.strength == 0;
        flag(became(at, InstallationState::Held) && left)
    }),
    item("installation", "dismantled", "Whether it has been taken down.",
        |at| flag(became(at, InstallationState::Dismantled))),
    item("installation", "transferred", "Whether it is in the hands of the receiver.",
        |at| flag(became(at, InstallationState::Transferred))),
    item("ground", "transferred", "Whether another party controls it than at the start.",
        |at| flag(at.world.grounds().raw[at.subject] != at.model.grounds.raw[at.subject].controller)),
];

/// What monitors see, and with which effort.
#[rustfmt::skip]
pub(super) const MONITORS: &[Row] = &[
    counted("monitor", "sightings", Of::Recorded, "What it saw.",
        |at| &at.world.monitors().raw[at.subject].sightings).unit("count per day").bins(daily),
    counted("monitor", "violations", Of::Recorded, "Of these, registered as a violation of a clause in force.",
        |at| &at.world.monitors().raw[at.subject].violations).unit("count per day").bins(daily),
    counted("monitor", "effort", Of::Recorded, "Effort that it made.",
        |at| &at.world.monitors().raw[at.subject].effort)
        .unit_by(|model, monitor| model.monitors.raw[monitor].method.effort_unit().0,
            "days, hours, passes, visits or reports per day")
        .bins(|_, _| Bins::between(0.0, 50.0, 1000)),
    monitor("persons_on_duty", "Its own persons that are on duty.",
        |at| at.world.monitors().raw[at.subject].persons_on_duty())
        .unit("persons").bins(|model, monitor| Bins::between(0.0, headcount(model, monitor).max(1.0), 200))
        .given(|model, monitor| headcount(model, monitor) > 0.0),
    monitor("violations_per_effort", "Violations registered for each unit of it.",
        |at| at.by_effort(at.index()))
        .unit_by(|model, monitor| model.monitors.raw[monitor].method.effort_unit().1,
            "count per day, hour, pass, visit or report")
        .bins(daily),
];

/// Weapons seen where they may not be, by monitor, then by all of a party's together.
#[rustfmt::skip]
pub(super) const WEAPONS_SEEN: &[Row] = &[
    monitor("weapons_in_violation",
        "Weapons that it registered where a clause of place does not let them be; seen twice, they count twice.",
        |at| {
            let state = &at.world.monitors().raw[at.subject];
            let (day, days) = (at.world.day(), at.model.window_days);
            state.weapons_in_violation.iter().map(|it| it.over(day, days)).sum::<f64>() / f64::from(days.min(day))
        })
        .unit("weapons per day").bins(|model, _| watch::bins(model)),
    Row::new("watch", "weapons_in_violation", Of::Recorded,
        "The same by all monitors of a party on the forces of another.", Read::List(List::Watches))
        .unit("weapons per day").bins(|model, _| watch::bins(model)),
];

/// Weapons of a class seen where they may not be, by monitor.
#[rustfmt::skip]
pub(super) const CLASSES_SEEN: &[Row] = &[
    counted("monitor-class", "weapons_in_violation", Of::Recorded,
        "Weapons of a class that a monitor registered where a clause of place does not let them be.",
        |at| {
            let classes = at.model.classes.len();
            let (monitor, class) = (at.subject / classes, at.subject % classes);
            &at.world.monitors().raw[monitor].classes_in_violation.raw[class]
        })
        .unit("weapons per day").bins(|model, _| watch::bins(model))
        .given(|model, subject| watch::is_sought(model, subject / model.classes.len(), subject % model.classes.len())),
];

/// What bodies have made of complaints.
#[rustfmt::skip]
pub(super) const BODIES: &[Row] = &[
    body("complaints", "Complaints lodged so far.", |at| of_body(at, |body| body.lodged)),
    body("upheld", "Of these, upheld.", |at| of_body(at, |body| body.upheld)),
    body("rejected", "Of these, rejected.", |at| of_body(at, |body| body.rejected)),
    body("undetermined", "Of these, undetermined.", |at| of_body(at, |body| body.undetermined)),
];

/// Who stands where, and what reaches the line from there.
#[rustfmt::skip]
pub(super) const POSITIONS: &[Row] = &[
    position("band", "persons", "Persons of a party in a band of a line.").unit("persons"),
    position("band", "weapons", "Its weapons of a class in it.").unit("weapons"),
    position("area", "persons", "Persons of a party inside an area that is `measured`.").unit("persons"),
    position("area", "weapons", "Its weapons of a class inside.").unit("weapons"),
    position("clause-class", "residual_reach",
        "How far weapons of a class that the clause binds still reach over the line, on average.").unit("km"),
    position("clause-class", "within_reach", "Of these, those that reach the line.").unit("weapons"),
    position("clause-class", "taken_out_of_reach",
        "Of those that reached it on D-day, those that no longer do."),
];

/// What parties feel, trust and believe, where it moves.
#[rustfmt::skip]
pub(super) const BELIEFS: &[Row] = &[
    belief("pressure", "Pressure on the party.").unit("pressure"),
    belief("trust", "Its trust in the others.").unit("trust"),
    belief("belief_comply", "Hits that it expects while it complies.").unit("hits per day"),
    belief("belief_defy", "Hits that it expects while it defies.").unit("hits per day"),
    belief("belief_conceal", "Hits that it expects while it conceals.").unit("hits per day"),
];

/// Whether the agreement as a whole has come to something, by its thresholds.
#[rustfmt::skip]
pub(super) const AGREEMENT: &[Row] = &[
    agreement("agreement_judged", "Whether a clause of weight has come due.",
        |at| flag(at.world.verdict().judged_from.is_some())),
    // Of these four at most one is so on a date.
    agreement("agreement_completed", "Whether it is completed, and not broken so far.",
        |at| flag(at.world.verdict().end() == End::Completed)),
    agreement("agreement_broken", "Whether it was completed, and broken later.",
        |at| flag(at.world.verdict().end() == End::Broken)),
    agreement("agreement_collapsed", "Whether it has collapsed, and was not completed before.",
        |at| flag(at.world.verdict().end() == End::Collapsed)),
    agreement("agreement_destroyed", "Whether it is destroyed, whatever came before.",
        |at| flag(at.world.verdict().end() == End::Destroyed)),
];

const fn item(
    subject: &'static str,
    name: &'static str,
    about: &'static str,
    read: fn(&At<'_>) -> f64,
) -> Row {
    Row::new(subject, name, Of::True, about, Read::Daily(read)).unit("probability")
}

const fn monitor(name: &'static str, about: &'static str, read: fn(&At<'_>) -> f64) -> Row {
    Row::new("monitor", name, Of::Recorded, about, Read::Daily(read))
}

/// What is counted by day.
pub(super) const fn counted(
    subject: &'static str,
    name: &'static str,
    register: Of,
    about: &'static str,
    read: for<'w> fn(&At<'w>) -> &'w Lately,
) -> Row {
    Row::new(subject, name, register, about, Read::Lately(read))
}

const fn body(name: &'static str, about: &'static str, read: fn(&At<'_>) -> f64) -> Row {
    Row::new("body", name, Of::Recorded, about, Read::Daily(read))
        .unit("count")
        .bins(|_, _| Bins::between(0.0, 500.0, 500))
}

const fn position(subject: &'static str, name: &'static str, about: &'static str) -> Row {
    Row::new(subject, name, Of::True, about, Read::List(List::Positions))
}

const fn belief(name: &'static str, about: &'static str) -> Row {
    Row::new("conduct", name, Of::True, about, Read::List(List::Beliefs))
}

const fn agreement(name: &'static str, about: &'static str, read: fn(&At<'_>) -> f64) -> Row {
    Row::new("agreement", name, Of::True, about, Read::Daily(read)).unit("probability")
}

/// The most persons that a monitor can have.
fn headcount(model: &Model, monitor: usize) -> f64 {
    let watch = model.monitors.raw[monitor].watch.as_ref();
    watch.map_or(0.0, |watch| watch.persons.support().1)
}

fn became(at: &At<'_>, state: InstallationState) -> bool {
    at.world.installations().raw[at.subject] == state
}

fn of_body(at: &At<'_>, count: impl Fn(&BodyState) -> u32) -> f64 {
    f64::from(count(&at.world.bodies().raw[at.subject]))
}

/// The row of a list by subject and name.
pub(super) fn named(rows: &'static [Row], subject: &str, name: &str) -> Option<&'static Row> {
    rows.iter().find(|row| row.subject == subject && row.name == name)
}
