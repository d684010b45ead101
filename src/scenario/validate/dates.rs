//! Dates: the run, and what falls outside it.

use time::Date;

use super::context::Context;
use crate::diag::Span;
use crate::scenario::refer::named;
use crate::scenario::{Clause, Gate, Policy};

/// More turns than this, or more days than a century has, are a mistyped date rather than
/// a wish.
const MAX_TURNS: i64 = 20_000;
const MAX_DAYS: i64 = 36_525;

pub(super) fn check(c: &mut Context<'_>) {
    run(c);
    for clause in &c.scenario.clauses {
        of_clause(c, clause);
    }
    for phase in &c.scenario.phases {
        if let Some(Gate::Date(date)) = phase.starts {
            let what = format!("phase `{}` starts", phase.id);
            after_the_end(c, date, phase.spans.of("starts"), &what, "it never starts");
        }
    }
    for claim in &c.scenario.claims {
        let what = format!("claim `{}` is made", claim.id);
        let so = "it has no effect; a statement that still stands is dated on the first day";
        outside(c, claim.date, claim.spans.of("date"), &what, so);
    }
    for conduct in &c.scenario.conducts {
        if let Policy::Scripted(scripted) = &conduct.policy {
            let what = format!("an order of conduct `{}` is given", conduct.id);
            for order in &scripted.orders {
                let so = "it stands from the first day; check the date, or write it as `initial`";
                outside(c, order.date, order.spans.of("date"), &what, so);
            }
        }
    }
    for monitor in &c.scenario.monitors {
        if let Some(from) = monitor.from {
            let what = format!("monitor `{}` begins", monitor.id);
            after_the_end(c, from, monitor.spans.of("from"), &what, "it never watches");
        }
    }
}

fn run(c: &mut Context<'_>) {
    let time = &c.scenario.time;
    let (start, end) = (time.start, time.end);
    if time.spans.has("turn_days") && !(1..=31).contains(&time.turn_days) {
        let message = format!("a turn cannot have {} days", time.turn_days);
        c.error(time.spans.of("turn_days"), message)
            .label("between 1 and 31")
            .help("write turn_days = 7: results hardly depend on it, speed does");
    }
    if time.spans.has("window_days") && time.window_days == 0 {
        c.error(time.spans.of("window_days"), "a mean over 0 days is none")
            .label("at least 1 day")
            .help("write window_days = 28, or leave it out");
    }
    if !known(start) || !known(end) {
        return;
    }
    if end <= start {
        let message = format!("the run ends on {end}, which is not after its start");
        c.error(time.spans.of("end"), message)
            .label("`end`, the last day")
            .related(time.spans.of("start"), "`start`, the first day")
            .help("write a later `end`, or swap the two dates");
        return;
    }
    let days = (end - start).whole_days();
    let turns = days / i64::from(time.turn_days.max(1));
    let mut lengths =
        [(turns, MAX_TURNS, "turns", ", or raise `turn_days`"), (days, MAX_DAYS, "days", "")]
            .into_iter();
    if let Some((long, most, what, or)) = lengths.find(|(long, most, ..)| long > most) {
        let message = format!("the run would have {long} {what}, more than {most}");
        c.error(time.spans.of("end"), message)
            .label("from `start` to here")
            .help(format!("check the years of `start` and `end`{or}"));
    }
}

fn of_clause(c: &mut Context<'_>, clause: &Clause) {
    let id = &clause.id;
    if let Some(Gate::Date(date)) = clause.starts {
        let what = format!("clause `{id}` starts");
        let span = clause.spans.of("starts");
        after_the_end(c, date, span, &what, "it never starts");
    }
    let Some(Gate::Date(deadline)) = clause.deadline else {
        return;
    };
    let span = clause.spans.of("deadline");
    if let Some((starts, starts_span)) = start_of(c, clause)
        && known(starts)
        && known(deadline)
        && deadline < starts
    {
        c.error(span, format!("clause `{id}` is due on {deadline}, before it starts"))
            .label("the deadline")
            .related(starts_span, format!("it starts on {starts}"))
            .help(
                "write a later deadline, or `{ after = \"…\", days = 30 }` to count from the start",
            );
        return;
    }
    let start = c.scenario.time.start;
    if known(start) && deadline < start {
        c.warning(span, format!("clause `{id}` is due on {deadline}, before the run starts"))
            .label(format!("the run starts on {start}"))
            .help("it is late from the first day; write a later deadline if that is not meant");
        return;
    }
    let what = format!("clause `{id}` is due");
    after_the_end(c, deadline, span, &what, "in this run it is never late");
}

/// The date a clause starts on and where it stands, if both are plain.
fn start_of(c: &Context<'_>, clause: &Clause) -> Option<(Date, Span)> {
    let (gate, spans) = match &clause.starts {
        Some(gate) => (gate, &clause.spans),
        None => {
            let phase = named(&c.scenario.phases, clause.phase.as_ref())?;
            (phase.starts.as_ref()?, &phase.spans)
        }
    };
    match gate {
        Gate::Date(date) => Some((*date, spans.of("starts"))),
        _ => None,
    }
}

/// Whether a date was read.
fn known(date: Date) -> bool {
    date != Date::MIN
}

fn after_the_end(c: &mut Context<'_>, date: Date, span: Span, what: &str, so: &str) {
    let end = c.scenario.time.end;
    if known(date) && known(end) && date > end {
        c.warning(span, format!("{what} on {date}, after the run ends"))
            .label(format!("the run ends on {end}"))
            .help(format!("{so}; check the date, or write a later `end` in [time]"));
    }
}

fn outside(c: &mut Context<'_>, date: Date, span: Span, what: &str, before: &str) {
    let start = c.scenario.time.start;
    if known(date) && known(start) && date < start {
        c.warning(span, format!("{what} on {date}, before the run starts"))
            .label(format!("the run starts on {start}"))
            .help(before);
    } else {
        after_the_end(c, date, span, what, "it has no effect");
    }
}
