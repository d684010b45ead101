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
    let mut told = Told { model, out: String::new() };
    told.say("", &model.title);
    told.say("", whose);
    told.say(
        "",
        "One simulated run, no forecast. It holds what monitors registered, what parties and \
         bodies said, and incidents; not what nobody saw.",
    );
    let mut register: BTreeMap<About, bool> = BTreeMap::new();
    let nothing = Tally::default();
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
        if wanted && (tally != nothing || day.is_some()) {
            told.quiet(quiet.take());
            told.week(week, (from, to), [&tally, &before], &register);
        } else if wanted {
            quiet = Some((quiet.map_or(week, |(first, _)| first), week));
        }
        before = tally;
    }
    told.quiet(quiet);
    told.out
}

/// What happened in a week.
#[derive(Debug, Default, PartialEq)]
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
                    count(it.registered.entry(monitor).or_default(), keeping);
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
                    count(it.reported.entry((party, clause)).or_default(), keeping);
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

    fn sightings(&self) -> (u32, u32) {
        self.registered.values().fold((0, 0), |all, own| (all.0 + own.0, all.1 + own.1))
    }

    fn incidents(&self) -> u32 {
        self.incidents.values().map(|it| it.0).sum()
    }
}

/// Counts one more that keeps a clause, or does not.
fn count((keeping, violating): &mut (u32, u32), keeps: bool) {
    *(if keeps { keeping } else { violating }) += 1;
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

/// The reports as far as they are written, of a model.
struct Told<'a> {
    model: &'a Model,
    out: String,
}

impl<'a> Told<'a> {
    fn party(&self, number: PartyIndex) -> &'a str {
        &self.model.parties[number].title
    }

    fn clause(&self, number: ClauseIndex) -> &'a str {
        &self.model.clauses[number].title
    }

    fn monitor(&self, number: MonitorIndex) -> &'a str {
        &self.model.monitors[number].title
    }

    /// Days from one to another, as dates.
    fn span(&self, from: u32, to: u32) -> String {
        let [from, to] = [from, to].map(|day| date(self.model.calendar.date(day)));
        format!("{from} to {to}")
    }

    fn item(&mut self, text: &str) {
        self.say("- ", text);
    }

    fn say(&mut self, first: &str, text: &str) {
        let options = textwrap::Options::new(WIDTH)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(first)
            .subsequent_indent(if first.is_empty() { "" } else { "  " });
        self.out.push_str(&textwrap::fill(text, options));
        self.out.push('\n');
    }

    /// Weeks without anything, the first and the last of them.
    fn quiet(&mut self, weeks: Option<(u32, u32)>) {
        let Some((first, last)) = weeks else {
            return;
        };
        let end = ((last + 1) * WEEK - 1).min(self.model.calendar.days);
        let weeks = if first == last {
            format!("Week {}", first + 1)
        } else {
            format!("Weeks {} to {}", first + 1, last + 1)
        };
        self.out.push('\n');
        let days = self.span(first * WEEK, end);
        self.say("", &format!("{weeks} ({days}): nothing new in the registers."));
    }

    fn week(
        &mut self,
        week: u32,
        (from, to): (u32, u32),
        [tally, before]: [&Tally; 2],
        register: &BTreeMap<About, bool>,
    ) {
        self.out.push('\n');
        let head = format!("WEEKLY REPORT {} · {}", week + 1, self.span(from, to));
        self.say("", &head);
        self.say("", &"-".repeat(head.chars().count().min(WIDTH)));
        let (keeping, violating) = tally.sightings();
        let (was_keeping, was_violating) = before.sightings();
        let mut summary = format!(
            "Summary. Entries in the registers: {} keeping, {} violating.",
            against(keeping, was_keeping),
            against(violating, was_violating)
        );
        if !self.model.incidents.is_empty() {
            let incidents = against(tally.incidents(), before.incidents());
            summary.push_str(&format!(" Incidents: {incidents}."));
        }
        self.say("", &summary);
        if !tally.terms.is_empty() {
            self.item(&format!("Terms: {}.", list(&tally.terms)));
        }
        for number in self.model.clauses.keys() {
            self.of_clause(number, to, tally, register);
        }
        self.monitors(tally);
        self.words(tally);
        for (source, (number, settled)) in &tally.incidents {
            let it = &self.model.incidents[*source];
            let [by, against] = [it.by, it.against].map(|party| self.party(party));
            let settled = if *settled > 0 {
                format!(", {settled} settled by liaison")
            } else {
                String::new()
            };
            let (what, times) = (it.act.plural(), times(*number));
            let title = &it.title;
            self.item(&format!(
                "Incidents: {title} ({what}, {by} and {against}) {times}{settled}."
            ));
        }
    }

    /// What is new in the registers of a clause.
    fn of_clause(
        &mut self,
        number: ClauseIndex,
        to: u32,
        tally: &Tally,
        register: &BTreeMap<About, bool>,
    ) {
        let clause = &self.model.clauses[number];
        if clause.reading_of.is_some() || clause.bound.is_empty() {
            return;
        }
        let new = |of: &BTreeMap<ClauseIndex, BTreeSet<ForceIndex>>| {
            let forces = of.get(&number).into_iter().flatten();
            names(forces.map(|force| self.model.forces[*force].title.clone()))
        };
        let (worse, better) = (new(&tally.violating), new(&tally.keeping));
        if worse.is_empty() && better.is_empty() {
            return;
        }
        let due = match clause.deadline.as_ref() {
            Some(Gate::Day(day)) if *day >= to => format!(" (due in {})", days(*day - to)),
            Some(Gate::Day(_)) => " (due)".into(),
            _ => String::new(),
        };
        let mut text = format!("{}{due}.", clause.title);
        if !worse.is_empty() {
            text.push_str(&format!(" Newly registered as violating: {worse}."));
        }
        if !better.is_empty() {
            text.push_str(&format!(" Registered as keeping it after violating: {better}."));
        }
        let held = |wanted: bool| {
            let own = register.iter().filter(|((of, _), _)| *of == number);
            own.filter(|(_, keeping)| **keeping == wanted).count()
        };
        let (bound, keeping, violating) = (clause.bound.len(), held(true), held(false));
        let never = bound.saturating_sub(keeping + violating);
        text.push_str(&format!(
            " Last registered: {keeping} of {bound} forces keeping, {violating} violating, {never} never observed."
        ));
        self.item(&text);
    }

    fn monitors(&mut self, tally: &Tally) {
        for (monitor, (keeping, violating)) in &tally.registered {
            let title = self.monitor(*monitor);
            self.item(&format!("{title}: entries for {keeping} keeping, {violating} violating."));
        }
        for ((monitor, by), number) in &tally.denied {
            let (title, by, times) = (self.monitor(*monitor), self.party(*by), times(*number));
            self.item(&format!("{title} was refused access by {by} {times}."));
        }
        for monitor in &tally.withdrawn {
            self.item(&format!("{} was withdrawn.", self.monitor(*monitor)));
        }
    }

    /// What parties and bodies said.
    fn words(&mut self, tally: &Tally) {
        for claim in &tally.claims {
            let it = &self.model.claims[*claim];
            let says = match it.says {
                Says::Keeping => "it is kept",
                Says::Violating => "it is violated",
                Says::Denies => "there is no such clause or force",
            };
            let (by, clause, title) = (self.party(it.by), self.clause(it.clause), &it.title);
            self.item(&format!("Claim. {by} on {clause}: {says} (“{title}”)."));
        }
        for ((party, clause), (keeping, violating)) in &tally.reported {
            let (party, clause) = (self.party(*party), self.clause(*clause));
            self.item(&format!(
                "Report by {party} on {clause}: {keeping} of its forces keeping, {violating} not."
            ));
        }
        for ((by, clause), number) in &tally.complaints {
            let (by, clause, times) = (self.party(*by), self.clause(*clause), times(*number));
            self.item(&format!("Complaint by {by} on {clause}, {times}."));
        }
        for ((clause, word), number) in &tally.rulings {
            let (clause, times) = (self.clause(*clause), times(*number));
            self.item(&format!("Ruling on {clause}: {word}, {times}."));
        }
    }
}
