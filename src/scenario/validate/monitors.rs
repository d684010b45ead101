//! Monitors and bodies: numbers that must agree, and keys without effect.

use std::collections::BTreeMap;

use time::Date;

use super::context::Context;
use super::names::join;
use crate::diag::{Diagnostic, Span};
use crate::scenario::{Body, Deployment, Inspection, JointTeam, Method, Monitor, Overhead};

pub(super) fn check(c: &mut Context<'_>) {
    for monitor in &c.scenario.monitors {
        at_least_one(c, monitor);
        match &monitor.method {
            Method::JointTeam(team) => of_team(c, monitor, team),
            Method::Inspection(inspection) => of_inspection(c, monitor, inspection),
            Method::Overhead(overhead) => passes(c, monitor, overhead),
            _ => {}
        }
        if let Some(watch) = monitor.method.watch() {
            periods(c, monitor, &watch.deployed);
        }
        if let Some(access) = monitor.method.access()
            && access.denial.is_none()
            && !access.denied_by.is_empty()
        {
            without_effect(
                c,
                monitor,
                "denied_by",
                "denial",
                "who refuses access, but not how often",
            );
        }
    }
    for body in &c.scenario.bodies {
        of_body(c, body);
    }
}

/// Days and counts of which there must be at least one.
fn at_least_one(c: &mut Context<'_>, monitor: &Monitor) {
    let mut counts: Vec<(&str, u32, &str)> = Vec::new();
    match &monitor.method {
        Method::SelfReport(it) => counts.push(("interval_days", it.interval_days, "day")),
        Method::JointTeam(it) => counts.push(("interval_days", it.interval_days, "day")),
        Method::Inspection(it) => {
            counts.push(("interval_days", it.interval_days, "day"));
            counts.extend(it.sample.map(|sample| ("sample", sample, "weapon")));
        }
        _ => {}
    }
    if let Some(watch) = monitor.method.watch() {
        counts.push(("availability_days", watch.availability_days, "day"));
    }
    for (key, count, what) in counts {
        if count == 0 {
            let diagnostic = Diagnostic::error(monitor.spans.of(key), format!("`{key}` is 0"))
                .label(format!("at least 1 {what}"));
            c.push(match what {
                "day" => diagnostic.help(format!("write {key} = 1 for every day")),
                _ => diagnostic.help("leave it out to check all of them"),
            });
        }
    }
}

/// A team is of at least two, and only members block or leave.
fn of_team(c: &mut Context<'_>, monitor: &Monitor, team: &JointTeam) {
    if monitor.spans.has("members") && team.members.len() < 2 {
        let message = format!("joint team `{}` has fewer than two members", monitor.id);
        c.push(
            Diagnostic::error(monitor.spans.of("members"), message)
                .label("a team of one is no joint team")
                .help("name the parties that go together, or use another kind"),
        );
    }
    let named = team.blocks.keys().map(|it| ("blocks", it));
    for (key, party) in named.chain(team.leaves.keys().map(|it| ("leaves", it))) {
        if team.members.contains(party) || team.members.is_empty() {
            continue;
        }
        let message = format!("`{party}` is no member of joint team `{}`", monitor.id);
        c.push(
            Diagnostic::error(monitor.spans.inner_key(key, party), message)
                .label(format!("named by `{key}`"))
                .related(monitor.spans.of("members"), "its members")
                .help(format!("members are {}", join(&team.members, "and"))),
        );
    }
}

/// It passes every so many days, or so often a day.
fn passes(c: &mut Context<'_>, monitor: &Monitor, overhead: &Overhead) {
    let (found, help) = match (&overhead.revisit_days, &overhead.revisits_per_day) {
        (None, None) => (
            "does not say how often it passes",
            "add revisit_days = …, the days between passes, or revisits_per_day = …",
        ),
        (Some(_), Some(_)) => {
            ("says twice how often it passes", "leave out revisit_days or revisits_per_day")
        }
        _ => return,
    };
    let span = monitor.spans.of("revisits_per_day");
    let message = format!("[[monitor]] {found}");
    c.push(Diagnostic::error(span, message).label("how often it passes").help(help));
}

fn of_inspection(c: &mut Context<'_>, monitor: &Monitor, it: &Inspection) {
    let spans = &monitor.spans;
    if spans.has("cover_up_days") && !spans.has("notice_days") {
        let what = "how fast things are put back, but visits are not announced";
        without_effect(c, monitor, "cover_up_days", "notice_days", what);
    }
    if spans.has("radius_km") && it.sites.is_empty() {
        let what = "a radius, but no sites it is about";
        without_effect(c, monitor, "radius_km", "sites", what);
    }
}

fn without_effect(c: &mut Context<'_>, monitor: &Monitor, key: &str, other: &str, what: &str) {
    c.push(
        Diagnostic::warning(
            monitor.spans.of(key),
            format!("`{key}` of monitor `{}` has no effect", monitor.id),
        )
        .label(format!("it says {what}"))
        .help(format!("add `{other}`, or leave it out")),
    );
}

/// Each period ends after it begins, and no two are at once.
fn periods(c: &mut Context<'_>, monitor: &Monitor, deployed: &[Deployment]) {
    let span = |it: &Deployment, key: &str| it.spans.of(key);
    for (index, period) in deployed.iter().enumerate() {
        let (from, to) = ends(period);
        if to < from {
            let message = format!("a deployment of monitor `{}` ends before it begins", monitor.id);
            c.push(
                Diagnostic::error(span(period, "to"), message)
                    .label("its last day")
                    .related(span(period, "from"), "its first day")
                    .help("swap the two dates, or write a later `to`"),
            );
            continue;
        }
        let earlier = deployed[..index].iter().find(|earlier| {
            let (first, last) = ends(earlier);
            first <= to && from <= last
        });
        if let Some(earlier) = earlier {
            let message = format!("two deployments of monitor `{}` at once", monitor.id);
            c.push(
                Diagnostic::error(period.spans.header(), message)
                    .label("this one")
                    .related(earlier.spans.header(), "and this one")
                    .help("let one end on the day before the other begins"),
            );
        }
        out_of_run(c, monitor, period);
    }
}

fn ends(period: &Deployment) -> (Date, Date) {
    (period.from.unwrap_or(Date::MIN), period.to.unwrap_or(Date::MAX))
}

fn out_of_run(c: &mut Context<'_>, monitor: &Monitor, period: &Deployment) {
    let time = &c.scenario.time;
    let (from, to) = ends(period);
    let known = time.start != Date::MIN && time.end != Date::MIN;
    if known && (from > time.end || to < time.start) {
        let message = format!("a deployment of monitor `{}` lies outside the run", monitor.id);
        c.push(
            Diagnostic::warning(period.spans.header(), message)
                .label("has no effect")
                .help(format!("the run goes from {} to {}", time.start, time.end)),
        );
    }
}

fn of_body(c: &mut Context<'_>, body: &Body) {
    let wrong: Option<(&str, Span, String)> =
        if body.spans.has("monitors") && body.monitors.is_empty() {
            Some((
                "has no evidence",
                body.spans.of("monitors"),
                "name the monitors whose registers it has".into(),
            ))
        } else if body.upheld_from == 0 {
            Some((
                "upholds every complaint",
                body.spans.of("upheld_from"),
                "write 1 or more: so many monitors must have seen the violation".into(),
            ))
        } else if body.upheld_from as usize > body.monitors.len() && body.spans.has("upheld_from") {
            Some((
                "can uphold no complaint",
                body.spans.of("upheld_from"),
                format!(
                    "write at most {}: it has the registers of no more monitors",
                    body.monitors.len()
                ),
            ))
        } else {
            None
        };
    if let Some((what, span, help)) = wrong {
        let message = format!("body `{}` {what}", body.id);
        c.push(Diagnostic::error(span, message).label("here").help(help));
    }
    overlaps(c, body);
}

/// A complaint on a clause goes to one body.
fn overlaps(c: &mut Context<'_>, body: &Body) {
    let mut heard: BTreeMap<&str, &Body> = BTreeMap::new();
    for other in c.scenario.bodies.iter().take_while(|it| it.id != body.id) {
        for clause in &c.scenario.clauses {
            if other.hears(&clause.id) {
                heard.entry(&clause.id).or_insert(other);
            }
        }
    }
    let both = c.scenario.clauses.iter().find_map(|clause| {
        let other = heard.get(clause.id.as_str())?;
        body.hears(&clause.id).then_some((clause, *other))
    });
    if let Some((clause, other)) = both {
        let message = format!("two bodies hear complaints on clause `{}`", clause.id);
        c.push(
            Diagnostic::error(body.spans.of("clauses"), message)
                .label(format!("body `{}`", body.id))
                .related(other.spans.of("clauses"), format!("body `{}`", other.id))
                .help("let only one of them name the clause in `clauses`"),
        );
    }
}
