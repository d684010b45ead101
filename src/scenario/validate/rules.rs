//! Rules: conditions that fit their event, and no rule that triggers itself.

use std::collections::VecDeque;

use super::context::Context;
use super::names::in_a_circle;
use crate::diag::Diagnostic;
use crate::model::ActKind;
use crate::scenario::{Action, Body, Ladder, On, Rule, Scenario};

pub(super) fn check(c: &mut Context<'_>) {
    for rule in &c.scenario.rules {
        conditions(c, rule);
        unheard(c, rule);
    }
    chains(c);
}

/// Somebody hears what a rule complains of.
fn unheard(c: &mut Context<'_>, rule: &Rule) {
    if !matches!(rule.action, Action::Complain(_)) {
        return;
    }
    let hears = |body: &Body| {
        let clause = rule.clause.as_ref();
        body.clauses.is_empty() || clause.is_none_or(|it| body.clauses.contains(it))
    };
    if !c.scenario.bodies.iter().any(hears) {
        let message = format!("nobody hears the complaints of rule `{}`", rule.id);
        c.push(
            Diagnostic::warning(rule.spans.of("kind"), message)
                .label("so they have no effect")
                .help("add a [[body]] that rules on complaints of the clause"),
        );
    }
}

fn conditions(c: &mut Context<'_>, rule: &Rule) {
    let spans = &rule.spans;
    let clause = c.scenario.clauses.iter().any(|it| Some(&it.id) == rule.clause.as_ref());
    let mut wrong = |key: &str, message: String, help: &str| {
        c.push(
            Diagnostic::error(spans.of(key), message).label("no such condition here").help(help),
        );
    };
    let id = &rule.id;
    if rule.on == On::RungReached && rule.ladder.is_none() {
        wrong(
            "on",
            format!("rule `{id}` waits for a rung, but names no ladder"),
            "add ladder = \"…\" and rung = \"…\"",
        );
    }
    if rule.rung.is_some() && rule.ladder.is_none() {
        wrong("rung", format!("rule `{id}` has `rung` but no `ladder`"), "add ladder = \"…\"");
    }
    if rule.quiet_days.is_some() && rule.on != On::Quiet {
        wrong(
            "quiet_days",
            format!("`quiet_days` of rule `{id}` has no effect"),
            "it belongs to on = \"quiet\"",
        );
    }
    if rule.on == On::Quiet && rule.quiet_days.unwrap_or(0) == 0 {
        wrong(
            "quiet_days",
            format!("rule `{id}` does not say for how long it must be quiet"),
            "add quiet_days = 30, at least 1",
        );
    }
    if rule.confirm_days.is_some() && rule.on != On::ViolationRecorded {
        wrong(
            "confirm_days",
            format!("`confirm_days` of rule `{id}` has no effect"),
            "only what is recorded can be confirmed: on = \"violation-recorded\"",
        );
    }
    let ruled = matches!(rule.on, On::Ruling | On::RulingRejected | On::RulingUndetermined);
    let of_a_force = rule.on == On::ViolationRecorded || ruled;
    if matches!(rule.action, Action::Complain(_)) && !of_a_force {
        wrong(
            "on",
            format!("rule `{id}` has nothing to complain of"),
            "complaints are of recorded violations: on = \"violation-recorded\"",
        );
    }
    let of_someone = ruled
        || matches!(rule.on, On::ViolationRecorded | On::Incident | On::Act(_) | On::ClaimDisputed);
    if let Action::Press(press) = &rule.action
        && press.on_parties.is_empty()
        && !of_someone
    {
        wrong(
            "on",
            format!("rule `{id}` does not say whom it presses"),
            "this event is nobody's act: add on_parties = [\"…\"]",
        );
    }
    if matches!(rule.action, Action::FireBack(_)) && rule.on == On::DeadlineMissed {
        wrong(
            "on",
            format!("rule `{id}` fires back at nobody"),
            "this event is nobody's act: answer an act, or write kind = \"strike\"",
        );
    }
    if rule.within_days > 1 && rule.count <= 1 {
        wrong(
            "within_days",
            format!("`within_days` of rule `{id}` has no effect"),
            "it is what `count` looks back on: add count = 2 or more, or leave it out",
        );
    }
    let suffered = matches!(rule.on, On::Incident | On::Act(_) | On::Quiet);
    if !rule.against.is_empty() && !suffered {
        wrong(
            "against",
            format!("`against` of rule `{id}` has no effect"),
            "this event is done to nobody: leave it out",
        );
    }
    let band = rule.from_km.or(rule.to_km).is_some();
    let stands = ruled || matches!(rule.on, On::ViolationRecorded | On::Incident | On::Act(_));
    if band && !stands {
        wrong(
            if rule.from_km.is_some() { "from_km" } else { "to_km" },
            format!("the band of rule `{id}` is of no force"),
            "this event has no force that stands anywhere: leave the band out",
        );
    }
    let of_no_clause = matches!(rule.on, On::Incident | On::Act(_) | On::RungReached | On::Quiet);
    let speaks_of_it = matches!(rule.action, Action::Strike(_) | Action::Denounce(_));
    if clause && of_no_clause && !band && !speaks_of_it {
        wrong(
            "clause",
            format!("`clause` of rule `{id}` has no effect"),
            "this event is of no clause: leave it out, or say in which band of it with from_km or to_km",
        );
    }
    if band && stands && rule.clause.is_none() {
        wrong(
            if rule.from_km.is_some() { "from_km" } else { "to_km" },
            format!("the band of rule `{id}` is measured from nothing"),
            "add clause = \"…\": its line or area is what kilometres are counted from",
        );
    }
    if let (Some(from), Some(to)) = (rule.from_km, rule.to_km)
        && to <= from
    {
        wrong(
            "to_km",
            format!("the band of rule `{id}` ends where it begins, or before"),
            "write to_km above from_km",
        );
    }
    let ladder = c.scenario.ladders.iter();
    let named = |it: &&Ladder| Some(&it.id) == rule.ladder.as_ref();
    if let (Some(ladder), Some(rung)) = (ladder.clone().find(named), &rule.rung)
        && !ladder.rungs.iter().any(|it| it.id == *rung)
    {
        let known: Vec<&str> = ladder.rungs.iter().map(|it| &*it.id).collect();
        let message = format!("ladder `{}` has no rung `{rung}`", ladder.id);
        c.push(
            Diagnostic::error(rule.spans.of("rung"), message)
                .label(format!("named by `rung` of rule `{id}`"))
                .help(format!("its rungs are {}", known.join(", "))),
        );
    }
}

/// What a rule does that rules may answer to on the same day: an act, or
/// something to the terms of a clause.
fn acts(rule: &Rule) -> Option<On> {
    match rule.action {
        Action::Strike(_) => Some(On::Act(ActKind::Strike)),
        Action::FireBack(_) => Some(On::Act(ActKind::Fire)),
        Action::Reinforce(_) => Some(On::Act(ActKind::Reinforcement)),
        Action::Change(_) => Some(On::TermsChanged),
        _ => None,
    }
}

/// Whether what a rule does to terms is done to a clause, or to any.
fn touches(s: &Scenario, rule: &Rule, clause: Option<&String>) -> bool {
    let (Action::Change(it), Some(clause)) = (&rule.action, clause) else {
        return true;
    };
    let agreements: Vec<Option<&String>> = s
        .clauses
        .iter()
        .filter(|it| it.id == *clause)
        .flat_map(|clause| {
            let phase = s.phases.iter().find(|phase| Some(&phase.id) == clause.phase.as_ref());
            [clause.agreement.as_ref(), phase.and_then(|phase| phase.agreement.as_ref())]
        })
        .filter(Option::is_some)
        .collect();
    let named = s.changes.iter().filter(|change| it.changes.contains(&change.id));
    let mut named = named.map(|it| (it.clause.as_ref(), it.agreement.as_ref()));
    named.any(|(of, agreement)| of == Some(clause) || agreements.contains(&agreement))
}

/// Whether what `first` does may trigger `then` on the same day. One that waits
/// a day or more before it can act again ends any chain.
fn triggers(s: &Scenario, first: &Rule, then: &Rule) -> bool {
    let Some(act) = acts(first) else {
        return false;
    };
    if then.cooldown_days > 0 {
        return false;
    }
    let whose =
        if then.by.is_empty() { first.party != then.party } else { then.by.contains(&first.party) };
    // Whom a rule acts against: those it reacts to.
    let suffers = |party: &String| {
        if first.by.is_empty() { *party != first.party } else { first.by.contains(party) }
    };
    let of_no_one = act == On::Act(ActKind::Reinforcement);
    match (then.on, act) {
        (On::TermsChanged, On::TermsChanged) => whose && touches(s, first, then.clause.as_ref()),
        (On::Act(kind), _) if On::Act(kind) == act && whose => {
            of_no_one
                || if then.against.is_empty() {
                    suffers(&then.party)
                } else {
                    then.against.iter().any(suffers)
                }
        }
        (On::RungReached, On::Act(act)) => s.ladders.iter().any(|ladder| {
            Some(&ladder.id) == then.ladder.as_ref()
                && ladder.severity.contains_key(act.word())
                && ladder.between.contains(&first.party)
                && ladder.between.iter().any(|party| *party != first.party && suffers(party))
        }),
        _ => false,
    }
}

/// A rule that may trigger itself, alone or through others, reported once a
/// chain at the first of it in the file.
fn chains(c: &mut Context<'_>) {
    let rules = &c.scenario.rules;
    let follow = |first: &Rule| -> Vec<usize> {
        let then = rules.iter().enumerate();
        then.filter(|(_, then)| triggers(c.scenario, first, then)).map(|(at, _)| at).collect()
    };
    let triggered: Vec<Vec<usize>> = rules.iter().map(follow).collect();
    let mut reported = vec![false; rules.len()];
    for start in 0..rules.len() {
        if reported[start] || rules[start].cooldown_days > 0 {
            continue;
        }
        // Breadth first: the shortest chain back to the start.
        let mut from: Vec<Option<usize>> = vec![None; rules.len()];
        let mut open = VecDeque::from([start]);
        let mut closes = None;
        while closes.is_none()
            && let Some(at) = open.pop_front()
        {
            for next in triggered[at].iter().copied() {
                if next == start {
                    closes = Some(at);
                    break;
                }
                if from[next].is_none() {
                    from[next] = Some(at);
                    open.push_back(next);
                }
            }
        }
        let Some(last) = closes else { continue };
        let back = std::iter::successors(Some(last), |at| from[*at]);
        let mut chain: Vec<usize> = back.take_while(|at| *at != start).collect();
        chain.push(start);
        chain.reverse();
        chain.iter().for_each(|it| reported[*it] = true);
        let names: Vec<&str> = chain.iter().map(|it| rules[*it].id.as_str()).collect();
        let message = format!(
            "rule `{}` may trigger itself on the same day: {}",
            rules[start].id,
            in_a_circle(&names, "triggers")
        );
        let mut diagnostic = Diagnostic::error(rules[start].spans.of("on"), message)
            .label("answers what comes of it")
            .help("add cooldown_days = 1 or more to one of them");
        if let Some(second) = chain.get(1).filter(|it| **it != start) {
            diagnostic = diagnostic.related(
                rules[*second].spans.of("on"),
                format!("through rule `{}`", rules[*second].id),
            );
        }
        c.push(diagnostic);
    }
}
