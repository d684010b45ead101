//! The registers of one replicate, week by week, in the manner of a monitoring
//! mission: what was registered, refused, said, complained of and ruled. What no
//! monitor saw is not in it.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{date, days, list};
use crate::engine::{Event, EventKind, Ruling};
use crate::experiment::Trace;
use crate::model::{
    ClaimIndex, ClauseIndex, ForceIndex, Gate, Model, MonitorIndex, PartyIndex, Says, SourceIndex,
};

/// Columns.
const WIDTH: usize = 80;
/// How many names are listed before the rest is counted.
const NAMED: usize = 4;
const WEEK: u32 = 7;

/// What a monitor or a party holds of a force under a clause: the clause, the force.
type About = (ClauseIndex, ForceIndex);

/// The weekly reports of a replicate; the one that holds `day` if it is given.
/// `whose` says which replicate this is, among which.
#[must_use]
pub fn weekly(model: &Model, trace: &Trace, whose: &str, day: Option<u32>) -> String {
    let mut out = String::new();
    say(&mut out, "", &model.title);
    say(&mut out, "", whose);
    say(
        &mut out,
        "",
        "One simulated run, no forecast. It holds what monitors registered, what parties and \
         bodies said, and incidents; not what nobody saw.",
    );
    let mut register: BTreeMap<About, bool> = BTreeMap::new();
    let mut before = Tally::default();
    let mut quiet: Option<(u32, u32)> = None;
    let mut events = trace.events.iter().peekable();
    for week in 0..model.calendar.days.div_ceil(WEEK).max(1) {
        let (from, to) = (week * WEEK, ((week + 1) * WEEK - 1).min(model.calendar.days));
        let mut own: Vec<&Event> = Vec::new();
        let last = (week + 1) * WEEK > model.calendar.days;
        while let Some(event) = events.next_if(|it| last || it.day <= to) {
            own.push(event);
        }
        let tally = Tally::of(model, &own, &mut register);
        let wanted = day.is_none_or(|day| (from..=to).contains(&day));
        if wanted && (tally.says_something() || day.is_some()) {
            tell_quiet(model, &mut out, quiet.take());
            tell_week(model, &mut out, week, (from, to), &tally, &before, &register);
        } else if wanted {
            quiet = Some((quiet.map_or(week, |(first, _)| first), week));
        }
        before = tally;
    }
    tell_quiet(model, &mut out, quiet);
    out
}

/// What happened in a week.
#[derive(Debug, Default)]
struct Tally {
    /// Registered by monitor: keeping and violating, times.
    registered: BTreeMap<MonitorIndex, (u32, u32)>,
    /// By clause: forces newly registered as violating, and as keeping again.
    violating: BTreeMap<ClauseIndex, BTreeSet<ForceIndex>>,
    keeping: BTreeMap<ClauseIndex, BTreeSet<ForceIndex>>,
    /// By monitor and party: access refused, times.
    denied: BTreeMap<(MonitorIndex, PartyIndex), u32>,
    withdrawn: BTreeSet<MonitorIndex>,
    /// By party and clause: forces it reported as keeping, as not.
    reported: BTreeMap<(PartyIndex, ClauseIndex), (u32, u32)>,
    claims: Vec<ClaimIndex>,
    complaints: BTreeMap<(PartyIndex, ClauseIndex), u32>,
    rulings: BTreeMap<(ClauseIndex, &'static str), u32>,
    incidents: BTreeMap<SourceIndex, (u32, u32)>,
    terms: Vec<String>,
}

impl Tally {
    fn of(model: &Model, events: &[&Event], register: &mut BTreeMap<About, bool>) -> Tally {
        let mut it = Tally::default();
        for event in events {
            match event.kind {
                EventKind::Registered { monitor, force, clause, keeping, .. } => {
                    let times = it.registered.entry(monitor).or_default();
                    if keeping {
                        times.0 += 1;
                    } else {
                        times.1 += 1;
                    }
                    let was = register.insert((clause, force), keeping);
                    if was != Some(keeping) {
                        let (into, other) = if keeping {
                            (&mut it.keeping, &mut it.violating)
                        } else {
                            (&mut it.violating, &mut it.keeping)
                        };
                        if keeping && was.is_none() {
                            continue;
                        }
                        into.entry(clause).or_default().insert(force);
                        if let Some(others) = other.get_mut(&clause) {
                            others.remove(&force);
                        }
                    }
                }
                EventKind::AccessDenied { monitor, by } => {
                    *it.denied.entry((monitor, by)).or_default() += 1;
                }
                EventKind::MonitorWithdrawn { monitor } => {
                    it.withdrawn.insert(monitor);
                }
                EventKind::Reported { party, clause, keeping, .. } => {
                    let of = it.reported.entry((party, clause)).or_default();
                    if keeping {
                        of.0 += 1;
                    } else {
                        of.1 += 1;
                    }
                }
                EventKind::ClaimMade { claim } => it.claims.push(claim),
                EventKind::ComplaintLodged { by, clause, .. } => {
                    *it.complaints.entry((by, clause)).or_default() += 1;
                }
                EventKind::Ruled { clause, ruling, .. } => {
                    let word = match ruling {
                        Ruling::Upheld => "upheld",
                        Ruling::Rejected => "rejected",
                        Ruling::Undetermined => "left undetermined",
                    };
                    *it.rulings.entry((clause, word)).or_default() += 1;
                }
                EventKind::Incident { source, settled, .. } => {
                    let of = it.incidents.entry(source).or_default();
                    of.0 += 1;
                    of.1 += u32::from(settled);
                }
                kind => it.terms.extend(of_terms(model, kind)),
            }
        }
        it
    }

    fn says_something(&self) -> bool {
        !self.registered.is_empty()
            || !self.denied.is_empty()
            || !self.withdrawn.is_empty()
            || !self.reported.is_empty()
            || !self.claims.is_empty()
            || !self.complaints.is_empty()
            || !self.rulings.is_empty()
            || !self.incidents.is_empty()
            || !self.terms.is_empty()
    }

    fn sightings(&self) -> (u32, u32) {
        self.registered.values().fold((0, 0), |all, own| (all.0 + own.0, all.1 + own.1))
    }

    fn incidents(&self) -> u32 {
        self.incidents.values().map(|it| it.0).sum()
    }
}

/// What happened to the terms, which everybody knows.
fn of_terms(model: &Model, kind: EventKind) -> Option<String> {
    let clause = |it: ClauseIndex| &model.clauses[it].title;
    match kind {
        EventKind::PhaseStarted { phase } => Some(format!("{} began", model.phases[phase].title)),
        EventKind::ClauseStarted { clause: it } => Some(format!("{} came into force", clause(it))),
        EventKind::ClauseEnded { clause: it } => Some(format!("{} ended", clause(it))),
        EventKind::DeadlinePassed { clause: it, .. } => {
            Some(format!("the deadline of {} passed", clause(it)))
        }
        EventKind::TermsChanged { clause: it, .. } => {
            Some(format!("the terms of {} were changed", clause(it)))
        }
        EventKind::StepDone { party, clause: it } => {
            Some(format!("{} took the step {}", model.parties[party].title, clause(it)))
        }
        _ => None,
    }
}

fn tell_quiet(model: &Model, out: &mut String, quiet: Option<(u32, u32)>) {
    let Some((first, last)) = quiet else {
        return;
    };
    let from = date(model.calendar.date(first * WEEK));
    let to = date(model.calendar.date(((last + 1) * WEEK - 1).min(model.calendar.days)));
    let weeks = if first == last {
        format!("Week {}", first + 1)
    } else {
        format!("Weeks {} to {}", first + 1, last + 1)
    };
    out.push('\n');
    say(out, "", &format!("{weeks} ({from} to {to}): nothing new in the registers."));
}

/// "12 (previous week: 9)".
fn against(now: u32, before: u32) -> String {
    format!("{now} (previous week: {before})")
}

fn names(all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.collect();
    if all.len() <= NAMED {
        return list(all);
    }
    let more = format!("{} more", all.len() + 1 - NAMED);
    let shown = all.into_iter().take(NAMED - 1);
    list(shown.chain([more]))
}

fn times(number: u32) -> String {
    match number {
        1 => "once".into(),
        2 => "twice".into(),
        _ => format!("{number} times"),
    }
}

fn tell_week(
    model: &Model,
    out: &mut String,
    week: u32,
    (from, to): (u32, u32),
    tally: &Tally,
    before: &Tally,
    register: &BTreeMap<About, bool>,
) {
    let day = |it: u32| date(model.calendar.date(it));
    out.push('\n');
    let head = format!("WEEKLY REPORT {} · {} to {}", week + 1, day(from), day(to));
    say(out, "", &head);
    let rule = "-".repeat(head.chars().count().min(WIDTH));
    say(out, "", &rule);
    let (keeping, violating) = tally.sightings();
    let (was_keeping, was_violating) = before.sightings();
    let mut summary = format!(
        "Summary. Entries in the registers: {} keeping, {} violating.",
        against(keeping, was_keeping),
        against(violating, was_violating)
    );
    if !model.incidents.is_empty() {
        let incidents = against(tally.incidents(), before.incidents());
        summary.push_str(&format!(" Incidents: {incidents}."));
    }
    say(out, "", &summary);
    if !tally.terms.is_empty() {
        item(out, &format!("Terms: {}.", list(&tally.terms)));
    }
    tell_clauses(model, out, to, tally, register);
    tell_monitors(model, out, tally);
    tell_words(model, out, tally);
    for (source, (number, settled)) in &tally.incidents {
        let it = &model.incidents[*source];
        let parties = [it.by, it.against].map(|party| model.parties[party].title.as_str());
        let settled =
            if *settled > 0 { format!(", {settled} settled by liaison") } else { String::new() };
        item(
            out,
            &format!(
                "Incidents: {} ({}, {} and {}) {}{settled}.",
                it.title,
                it.act.plural(),
                parties[0],
                parties[1],
                times(*number)
            ),
        );
    }
}

fn tell_clauses(
    model: &Model,
    out: &mut String,
    to: u32,
    tally: &Tally,
    register: &BTreeMap<About, bool>,
) {
    for (number, clause) in model.clauses.iter_enumerated() {
        if clause.reading_of.is_some() || clause.bound.is_empty() {
            continue;
        }
        let held = |wanted: bool| {
            let own = register.iter().filter(|((of, _), _)| *of == number);
            own.filter(|(_, keeping)| **keeping == wanted).count()
        };
        let (keeping, violating) = (held(true), held(false));
        let new = |of: &BTreeMap<ClauseIndex, BTreeSet<ForceIndex>>| {
            let forces = of.get(&number).into_iter().flatten();
            names(forces.map(|force| model.forces[*force].title.clone()))
        };
        let (worse, better) = (new(&tally.violating), new(&tally.keeping));
        if worse.is_empty() && better.is_empty() {
            continue;
        }
        let due = match clause.deadline.as_ref() {
            Some(Gate::Day(day)) if *day >= to => {
                format!(" (due in {})", days(*day - to))
            }
            Some(Gate::Day(_)) => " (due)".into(),
            _ => String::new(),
        };
        let never = clause.bound.len().saturating_sub(keeping + violating);
        let mut text = format!("{}{due}.", clause.title);
        if !worse.is_empty() {
            text.push_str(&format!(" Newly registered as violating: {worse}."));
        }
        if !better.is_empty() {
            text.push_str(&format!(" Registered as keeping it after violating: {better}."));
        }
        text.push_str(&format!(
            " Last registered: {keeping} of {} forces keeping, {violating} violating, {never} never observed.",
            clause.bound.len()
        ));
        item(out, &text);
    }
}

fn tell_monitors(model: &Model, out: &mut String, tally: &Tally) {
    for (monitor, (keeping, violating)) in &tally.registered {
        let title = &model.monitors[*monitor].title;
        item(out, &format!("{title}: entries for {keeping} keeping, {violating} violating."));
    }
    for ((monitor, by), number) in &tally.denied {
        item(
            out,
            &format!(
                "{} was refused access by {} {}.",
                model.monitors[*monitor].title,
                model.parties[*by].title,
                times(*number)
            ),
        );
    }
    for monitor in &tally.withdrawn {
        item(out, &format!("{} was withdrawn.", model.monitors[*monitor].title));
    }
}

fn tell_words(model: &Model, out: &mut String, tally: &Tally) {
    for claim in &tally.claims {
        let it = &model.claims[*claim];
        let says = match it.says {
            Says::Keeping => "it is kept",
            Says::Violating => "it is violated",
            Says::Denies => "there is no such clause or force",
        };
        item(
            out,
            &format!(
                "Claim. {} on {}: {says} (“{}”).",
                model.parties[it.by].title, model.clauses[it.clause].title, it.title
            ),
        );
    }
    for ((party, clause), (keeping, violating)) in &tally.reported {
        item(
            out,
            &format!(
                "Report by {} on {}: {keeping} of its forces keeping, {violating} not.",
                model.parties[*party].title, model.clauses[*clause].title
            ),
        );
    }
    for ((by, clause), number) in &tally.complaints {
        item(
            out,
            &format!(
                "Complaint by {} on {}, {}.",
                model.parties[*by].title,
                model.clauses[*clause].title,
                times(*number)
            ),
        );
    }
    for ((clause, word), number) in &tally.rulings {
        item(
            out,
            &format!("Ruling on {}: {word}, {}.", model.clauses[*clause].title, times(*number)),
        );
    }
}

fn item(out: &mut String, text: &str) {
    say(out, "- ", text);
}

fn say(out: &mut String, first: &str, text: &str) {
    let options = textwrap::Options::new(WIDTH)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .initial_indent(first)
        .subsequent_indent(if first.is_empty() { "" } else { "  " });
    out.push_str(&textwrap::fill(text, options));
    out.push('\n');
}
