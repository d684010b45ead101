//! `events.jsonl`: what happened in the notable replicates, a line each.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};

use super::error::StoreError;
use crate::engine::EventKind;
use crate::experiment::Trace;
use crate::model::{Action, ClauseIndex, ForceIndex, Kind, Model, Says, Starter};

/// Writes the events of each trace, in order.
///
/// # Errors
/// If the file cannot be written.
pub fn write_events(folder: &Path, model: &Model, traces: &[Trace]) -> Result<(), StoreError> {
    let path = folder.join("events.jsonl");
    let mut file = BufWriter::new(File::create(&path).map_err(StoreError::at(&path))?);
    for trace in traces {
        for event in &trace.events {
            let mut line = json!({
                "replicate": trace.replicate,
                "id": event.id,
                "date": model.calendar.date(event.day).to_string(),
                "cause": event.cause,
            });
            if let (Value::Object(line), Value::Object(more)) =
                (&mut line, describe(model, event.kind))
            {
                line.extend(more);
            }
            writeln!(file, "{line}").map_err(StoreError::at(&path))?;
        }
    }
    file.flush().map_err(StoreError::at(&path))
}

fn describe(model: &Model, kind: EventKind) -> Value {
    let force = |index: ForceIndex| &*model.forces[index].id;
    let clause = |index: ClauseIndex| &*model.clauses[index].id;
    let unit = |index: ClauseIndex| match &model.clauses[index].kind {
        Kind::Deliver(deliver) => deliver.goods.unit(),
        _ => "weapons",
    };
    match kind {
        EventKind::PhaseStarted { phase } => {
            json!({ "event": "phase-started", "phase": model.phases[phase].id })
        }
        EventKind::ClauseStarted { clause: c } => {
            json!({ "event": "clause-started", "clause": clause(c) })
        }
        EventKind::DeadlinePassed { clause: c, kept } => {
            json!({ "event": "deadline-passed", "clause": clause(c), "kept": kept })
        }
        EventKind::MilestonePassed { clause: c, milestone, met } => json!({
            "event": "milestone-passed",
            "clause": clause(c),
            "share": model.clauses[c].milestones[milestone].share,
            "met": met,
        }),
        EventKind::ClauseEnded { clause: c } => {
            json!({ "event": "clause-ended", "clause": clause(c) })
        }
        EventKind::TermsChanged { clause: c, action, by } => {
            let (action, days) = match action {
                Action::Amend(_) => ("amended", None),
                Action::Suspend => ("suspended", None),
                Action::Resume => ("resumed", None),
                Action::Extend(days) => ("extended", Some(days)),
                Action::Renew(days) => ("renewed", Some(days)),
                Action::Recommit => ("recommitted", None),
                Action::Agree => ("agreed", None),
                Action::End => ("broken-off", None),
            };
            let event = format!("clause-{action}");
            let by = by.map(|party| &*model.parties[party].id);
            json!({ "event": event, "clause": clause(c), "days": days, "by": by })
        }
        EventKind::ChangeRefused { change, party } => json!({
            "event": "change-refused",
            "change": model.changes[change].id,
            "party": model.parties[party].id,
        }),
        EventKind::Deadlocked { starter } => match starter {
            Starter::Phase(index) => {
                json!({ "event": "deadlocked", "phase": model.phases[index].id })
            }
            Starter::Clause(index) => json!({ "event": "deadlocked", "clause": clause(index) }),
        },
        EventKind::ClauseKept { clause: c } => {
            json!({ "event": "clause-kept", "clause": clause(c) })
        }
        EventKind::ClauseBroken { clause: c } => {
            json!({ "event": "clause-broken", "clause": clause(c) })
        }
        EventKind::OrderGiven { unit, order, follows_patron } => {
            let unit = &model.units[unit];
            json!({
                "event": "order-given",
                "party": model.parties[unit.party].id,
                "clause": clause(unit.clause),
                "group": model.garrisons[unit.garrison].id,
                "order": order.word(),
                "follows_patron": follows_patron,
            })
        }
        EventKind::Departed { force: f, homeward } => {
            json!({ "event": "departed", "force": force(f), "homeward": homeward })
        }
        EventKind::Halted { force: f } => json!({ "event": "halted", "force": force(f) }),
        EventKind::Met { force: f, clause: c } => {
            json!({ "event": "met", "force": force(f), "clause": clause(c) })
        }
        EventKind::Unmet { force: f, clause: c } => {
            json!({ "event": "unmet", "force": force(f), "clause": clause(c) })
        }
        EventKind::Registered { monitor, force: f, clause: c, keeping, seen } => json!({
            "event": "registered",
            "monitor": model.monitors[monitor].id,
            "force": force(f),
            "clause": clause(c),
            "keeping": keeping,
            "seen": model.calendar.date(seen).to_string(),
        }),
        EventKind::HandedOver { force: f, clause: c, number } => json!({
            "event": "handed-over",
            "force": force(f),
            "clause": clause(c),
            "number": number,
            "unit": unit(c),
        }),
        EventKind::Acted { kind, party, force: f, against } => json!({
            "event": "acted",
            "act": kind.word(),
            "party": model.parties[party].id,
            "force": force(f),
            "against": against.map(|party| &*model.parties[party].id),
        }),
        EventKind::StepDone { party, clause: c } => json!({
            "event": "step-done",
            "party": model.parties[party].id,
            "clause": clause(c),
        }),
        EventKind::ClaimMade { claim } => {
            let it = &model.claims[claim];
            json!({
                "event": "claim-made",
                "claim": it.id,
                "party": model.parties[it.by].id,
                "clause": clause(it.clause),
                "says": match it.says {
                    Says::Keeping => "keeping",
                    Says::Violating => "violating",
                    Says::Denies => "denies",
                },
                "share": it.share,
            })
        }
        EventKind::AccessDenied { monitor, by } => json!({
            "event": "access-denied",
            "monitor": model.monitors[monitor].id,
            "party": model.parties[by].id,
        }),
        EventKind::MonitorWithdrawn { monitor } => {
            json!({ "event": "monitor-withdrawn", "monitor": model.monitors[monitor].id })
        }
        EventKind::ComplaintLodged { body, by, clause: c, force: f } => json!({
            "event": "complaint-lodged",
            "body": model.bodies[body].id,
            "party": model.parties[by].id,
            "clause": clause(c),
            "force": force(f),
        }),
        EventKind::Ruled { body, clause: c, force: f, ruling } => json!({
            "event": "ruled",
            "body": model.bodies[body].id,
            "clause": clause(c),
            "force": force(f),
            "ruling": ruling.word(),
        }),
        EventKind::Reported { party, force: f, clause: c, keeping } => json!({
            "event": "reported",
            "party": model.parties[party].id,
            "force": force(f),
            "clause": clause(c),
            "keeping": keeping,
        }),
        EventKind::Incident { source, force: f, target, settled } => json!({
            "event": "incident",
            "incident": model.incidents[source].id,
            "incident_cause": model.incidents[source].cause.word(),
            "act": model.incidents[source].act.word(),
            "force": force(f),
            "target": force(target),
            "settled": settled,
        }),
        EventKind::Struck { rule, target, hit } => {
            json!({ "event": "struck", "rule": model.rules[rule].id, "target": force(target), "hit": hit })
        }
        EventKind::FiredBack { rule, target } => {
            json!({ "event": "fired-back", "rule": model.rules[rule].id, "target": target.map(force) })
        }
        EventKind::Lost { force: f, persons, weapons } => {
            json!({ "event": "lost", "force": force(f), "persons": persons, "weapons": weapons })
        }
        EventKind::Reinforced { force: f, persons, weapons } => {
            json!({ "event": "reinforced", "force": force(f), "persons": persons, "weapons": weapons })
        }
        EventKind::Reacted { rule } => json!({ "event": "reacted", "rule": model.rules[rule].id }),
        EventKind::Forgave { rule } => json!({ "event": "forgave", "rule": model.rules[rule].id }),
        EventKind::RungChanged { ladder, rung } => {
            let it = &model.ladders[ladder];
            let name = rung.checked_sub(1).map(|below| &*it.rungs[below].id);
            json!({ "event": "rung-changed", "ladder": it.id, "rung": name })
        }
        EventKind::Outside { event } => {
            json!({ "event": "outside", "outside_event": model.outside[event].id })
        }
    }
}
