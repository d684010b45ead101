//! What is told of a run: the clauses on which most was lost in full, the others
//! in brief, then what happened around them. Every sentence carries the events
//! that it stands on.

use super::log::Log;
use super::told::{Paragraph, Told};
use super::words::{date, list, percent};
use super::{actions, around, ending, movements, orders, reactions, watched};
use crate::engine::{Event, EventKind};
use crate::experiment::Trace;
use crate::model::{Action, ClauseIndex, End, Model};

/// How many clauses are told one by one where there are more than that.
const ONE_BY_ONE: usize = 2;

/// Tells a run; one clause alone if it is named.
pub fn tell(model: &Model, trace: &Trace, only: Option<ClauseIndex>) -> Vec<Paragraph> {
    let log = Log::new(model, trace);
    if let Some(clause) = only {
        return vec![in_full(&log, clause, true)];
    }
    let mut clauses: Vec<ClauseIndex> =
        model.clauses.keys().filter(|it| model.clauses[*it].weight > 0.0).collect();
    // What was lost on it; nothing on one that was never owed.
    let lost = |clause: &ClauseIndex| {
        let met = trace.run.clauses[*clause].met;
        if met.is_finite() { model.clauses[*clause].weight * (1.0 - met) } else { -1.0 }
    };
    clauses.sort_by(|a, b| lost(b).total_cmp(&lost(a)));
    let (full, brief) = clauses.split_at(clauses.len().min(ONE_BY_ONE));
    let mut all = vec![in_short(&log)];
    all.extend(full.iter().map(|clause| in_full(&log, *clause, brief.is_empty())));
    let mut around = Told::default();
    around::tell(&log, &mut around);
    let rest = [("The other clauses", others(&log, brief)), ("Around the clauses", around)];
    for (title, Told { sentences }) in rest {
        if !sentences.is_empty() {
            all.push(Paragraph { title: title.into(), clause: None, sentences });
        }
    }
    all
}

/// What the whole run came to.
fn in_short(log: &Log) -> Paragraph {
    let (model, run) = (log.model, &log.trace.run);
    let mut told = Told::default();
    let whole = if run.compliance.is_finite() {
        format!(
            "From {} to {}, {} of what the clauses ask was kept in truth (mean of the clauses by weight).",
            date(model, 0),
            date(model, model.calendar.days),
            percent(run.compliance)
        )
    } else {
        format!(
            "From {} to {}, no clause of weight was owed.",
            date(model, 0),
            date(model, model.calendar.days)
        )
    };
    told.say(whole);
    let from = model.calendar.days + 1 - run.days_judged.min(model.calendar.days + 1);
    let day = |days: Option<u32>| days.map(|days| date(model, (from + days).saturating_sub(1)));
    let ends = match (run.end(), day(run.days_to_agreement_completed)) {
        (End::Completed, Some(done)) => format!("As a whole the agreement was completed on {done}, and not broken after that."),
        (End::Broken, Some(done)) => format!(
            "As a whole the agreement was completed on {done} and broken by {}.",
            day(run.days_to_agreement_broken).unwrap_or_default()
        ),
        (End::Collapsed, _) => format!(
            "As a whole the agreement had collapsed by {}.",
            day(run.days_to_agreement_collapsed).unwrap_or_default()
        ),
        (End::Destroyed, _) => format!(
            "As a whole the agreement was destroyed: by {} what it asks was there, with under half of a side’s strength of D-day alive.",
            day(run.days_to_agreement_destroyed).unwrap_or_default()
        ),
        _ => "As a whole the agreement stayed incomplete: it was neither completed nor destroyed, nor did it collapse.".into(),
    };
    told.say(ends);
    let off = log.find(|kind| matches!(kind, EventKind::TermsChanged { action: Action::End, .. }));
    if let Some(first) = off.first() {
        let same: Vec<&Event> = off.iter().copied().filter(|it| it.day == first.day).collect();
        let by = match first.kind {
            EventKind::TermsChanged { by: Some(by), .. } => {
                format!(" by {}", model.parties[by].title)
            }
            _ => String::new(),
        };
        let n = super::words::count(same.len(), "clause");
        let was = if same.len() == 1 { "was" } else { "were" };
        told.on(&same).say(format!("On {} {n} {was} broken off{by}.", date(model, first.day)));
    }
    Paragraph { title: "In short".into(), clause: None, sentences: told.sentences }
}

/// One clause from its start to its end.
fn in_full(log: &Log, clause: ClauseIndex, detail: bool) -> Paragraph {
    let mut told = Told::default();
    if let Some(from) = ending::start(log, clause, &mut told) {
        let to = ending::ended(log, clause).unwrap_or(log.model.calendar.days);
        let to = to.max(from);
        orders::tell(log, clause, (from, to), detail, &mut told);
        movements::tell(log, clause, (from, to), detail, &mut told);
        actions::tell(log, clause, (from, to), &mut told);
        watched::tell(log, clause, &mut told);
        reactions::tell(log, clause, &mut told);
        ending::terms(log, clause, &mut told);
        ending::end(log, clause, &mut told);
    }
    Paragraph {
        title: log.model.clauses[clause].title.clone(),
        clause: Some(clause),
        sentences: told.sentences,
    }
}

/// The clauses that are not told in full, by how they stood at the end.
fn others(log: &Log, clauses: &[ClauseIndex]) -> Told {
    let mut told = Told::default();
    let run = |clause: &ClauseIndex| &log.trace.run.clauses[*clause];
    let started = |clause: &ClauseIndex| run(clause).started_day.is_some();
    let ended = |clause: &ClauseIndex| ending::ended(log, *clause).is_some();
    let of = |wanted: &dyn Fn(&ClauseIndex) -> bool| -> Vec<ClauseIndex> {
        clauses.iter().copied().filter(|it| wanted(it)).collect()
    };
    let kept = |clause: &ClauseIndex| log.kept_on(*clause, u32::MAX);
    let stood =
        |was: bool, over: bool| of(&|it| started(it) && kept(it) == was && ended(it) == over);
    let groups = [
        ("Kept at the end of the run", stood(true, false)),
        ("Not kept at the end of the run", stood(false, false)),
        ("Kept when they ended before that", stood(true, true)),
        ("Not kept when they ended before that", stood(false, true)),
        ("Never in force", of(&|it| !started(it))),
    ];
    for (title, group) in groups {
        let names: Vec<String> = group
            .iter()
            .map(|clause| {
                let met = run(clause).met;
                let share =
                    if met.is_finite() { format!(" ({})", percent(met)) } else { String::new() };
                format!("“{}”{share}", log.model.clauses[*clause].title)
            })
            .collect();
        if !names.is_empty() {
            let ids: Vec<&Event> = group
                .iter()
                .flat_map(|clause| {
                    log.of(*clause, |kind| matches!(kind, EventKind::ClauseStarted { .. }))
                })
                .collect();
            told.on(&ids).say(format!("{title}: {}.", list(&names, 8)));
        }
    }
    told
}
