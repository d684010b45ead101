//! Monitors and bodies: numbers that must agree, and keys without effect.

use std::collections::BTreeMap;

use time::Date;

use super::context::Context;
use super::names::join;
use crate::scenario::refer::Entry;
use crate::scenario::{Body, Deployment, Inspection, JointTeam, Method, Monitor, Overhead};

pub(super) fn check(c: &mut Context<'_>) {
    for monitor in &c.scenario.monitors {
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
            let what = "who refuses access, but not how often";
            without_effect(c, monitor, "denied_by", "denial", what);
        }
    }
    for body in &c.scenario.bodies {
        of_body(c, body);
    }
}

/// A team is of at least two, and only members block or leave.
fn of_team(c: &mut Context<'_>, monitor: &Monitor, team: &JointTeam) {
    if monitor.spans.has("members") && team.members.len() < 2 {
        let message = format!("joint team `{}` has fewer than two members", monitor.id);
        c.error(monitor.spans.of("members"), message)
            .label("a team of one is no joint team")
            .help("name the parties that go together, or use another kind");
    }
    let named = team.blocks.keys().map(|it| ("blocks", it));
    for (key, party) in named.chain(team.leaves.keys().map(|it| ("leaves", it))) {
        if team.members.contains(party) || team.members.is_empty() {
            continue;
        }
        let message = format!("`{party}` is no member of joint team `{}`", monitor.id);
        c.error(monitor.spans.inner_key(key, party), message)
            .label(format!("named by `{key}`"))
            .related(monitor.spans.of("members"), "its members")
            .help(format!("members are {}", join(&team.members, "and")));
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
    c.error(span, format!("[[monitor]] {found}")).label("how often it passes").help(help);
}

fn of_inspection(c: &mut Context<'_>, monitor: &Monitor, it: &Inspection) {
    let spans = &monitor.spans;
    if it.sample == Some(0) {
        c.error(spans.of("sample"), "`sample` is 0")
            .label("at least 1 weapon")
            .help("leave it out to check all of them");
    }
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
    c.warning_of(monitor, key, "has no effect")
        .label(format!("it says {what}"))
        .help(format!("add `{other}`, or leave it out"));
}

/// Each period ends after it begins, and no two are at once.
fn periods(c: &mut Context<'_>, monitor: &Monitor, deployed: &[Deployment]) {
    for (index, period) in deployed.iter().enumerate() {
        let (from, to) = ends(period);
        if to < from {
            let message = format!("a deployment of monitor `{}` ends before it begins", monitor.id);
            c.error(period.spans.of("to"), message)
                .label("its last day")
                .related(period.spans.of("from"), "its first day")
                .help("swap the two dates, or write a later `to`");
            continue;
        }
        let earlier = deployed[..index].iter().find(|earlier| {
            let (first, last) = ends(earlier);
            first <= to && from <= last
        });
        if let Some(earlier) = earlier {
            let message = format!("two deployments of monitor `{}` at once", monitor.id);
            c.error(period.spans.header(), message)
                .label("this one")
                .related(earlier.spans.header(), "and this one")
                .help("let one end on the day before the other begins");
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
        c.warning(period.spans.header(), message)
            .label("has no effect")
            .help(format!("the run goes from {} to {}", time.start, time.end));
    }
}

fn of_body(c: &mut Context<'_>, body: &Body) {
    let (from, of) = (body.upheld_from, body.monitors.len());
    if body.spans.has("monitors") && of == 0 {
        c.error_at(body, "monitors", "has no evidence")
            .label("here")
            .help("name the monitors whose registers it has");
    } else if from == 0 {
        c.error_at(body, "upheld_from", "upholds every complaint")
            .label("here")
            .help("write 1 or more: so many monitors must have seen the violation");
    } else if from as usize > of && body.spans.has("upheld_from") {
        c.error_at(body, "upheld_from", "can uphold no complaint")
            .label("here")
            .help(format!("write at most {of}: it has the registers of no more monitors"));
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
        c.error(body.spans.of("clauses"), message)
            .label(body.called())
            .related(other.spans.of("clauses"), other.called())
            .help("let only one of them name the clause in `clauses`");
    }
}
