//! Rules: conditions that fit their event, and no rule that triggers itself.

use std::collections::VecDeque;

use super::circles::in_a_circle;
use super::context::Context;
use crate::model::ActKind;
use crate::scenario::refer::{Entry, named};
use crate::scenario::{Action, Body, On, Rule, Scenario};

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
        c.warning(rule.spans.of("kind"), message)
            .label("so they have no effect")
            .help("add a [[body]] that rules on complaints of the clause");
    }
}

fn conditions(c: &mut Context<'_>, rule: &Rule) {
    const HERE: &str = "no such condition here";
    let (id, spans, on) = (&rule.id, &rule.spans, rule.on);
    let s = c.scenario;
    let mut wrong = |key: &str, what: &str, help: &str| {
        c.error_at(rule, key, what).label(HERE).help(help);
    };
    if on == On::RungReached && rule.ladder.is_none() {
        let help = "add ladder = \"…\" and rung = \"…\"";
        wrong("on", "waits for a rung, but names no ladder", help);
    }
    if rule.rung.is_some() && rule.ladder.is_none() {
        wrong("rung", "has `rung` but no `ladder`", "add ladder = \"…\"");
    }
    if on == On::Quiet && rule.quiet_days.unwrap_or(0) == 0 {
        let help = "add quiet_days = 30, at least 1";
        wrong("quiet_days", "does not say for how long it must be quiet", help);
    }
    let ruled = matches!(on, On::Ruling | On::RulingRejected | On::RulingUndetermined);
    let of_a_force = on == On::ViolationRecorded || ruled;
    if matches!(rule.action, Action::Complain(_)) && !of_a_force {
        let help = "complaints are of recorded violations: on = \"violation-recorded\"";
        wrong("on", "has nothing to complain of", help);
    }
    let acted = matches!(on, On::Incident | On::Act(_));
    let of_someone = of_a_force || acted || on == On::ClaimDisputed;
    if let Action::Press(press) = &rule.action
        && press.on_parties.is_empty()
        && !of_someone
    {
        let help = "this event is nobody's act: add on_parties = [\"…\"]";
        wrong("on", "does not say whom it presses", help);
    }
    if matches!(rule.action, Action::FireBack(_)) && on == On::DeadlineMissed {
        let help = "this event is nobody's act: answer an act, or write kind = \"strike\"";
        wrong("on", "fires back at nobody", help);
    }

    let mut no_effect = |key: &str, help: &str| {
        c.error_of(rule, key, "has no effect").label(HERE).help(help);
    };
    if rule.quiet_days.is_some() && on != On::Quiet {
        no_effect("quiet_days", "it belongs to on = \"quiet\"");
    }
    if rule.confirm_days.is_some() && on != On::ViolationRecorded {
        let help = "only what is recorded can be confirmed: on = \"violation-recorded\"";
        no_effect("confirm_days", help);
    }
    if rule.within_days > 1 && rule.count <= 1 {
        let help = "it is what `count` looks back on: add count = 2 or more, or leave it out";
        no_effect("within_days", help);
    }
    if !rule.against.is_empty() && !acted && on != On::Quiet {
        no_effect("against", "this event is done to nobody: leave it out");
    }
    let band = rule.from_km.or(rule.to_km).is_some();
    let of_no_clause = acted || matches!(on, On::RungReached | On::Quiet);
    let speaks_of_it = matches!(rule.action, Action::Strike(_) | Action::Denounce(_));
    let clause = named(&s.clauses, rule.clause.as_ref());
    if clause.is_some() && of_no_clause && !band && !speaks_of_it {
        no_effect(
            "clause",
            "this event is of no clause: leave it out, or say in which band of it with from_km or to_km",
        );
    }

    let mut wrong_band = |key: &str, what: &str, help: &str| {
        c.error(spans.of(key), format!("the band of rule `{id}` {what}")).label(HERE).help(help);
    };
    let key = if rule.from_km.is_some() { "from_km" } else { "to_km" };
    let stands = of_a_force || acted;
    if band && !stands {
        let help = "this event has no force that stands anywhere: leave the band out";
        wrong_band(key, "is of no force", help);
    }
    if band && stands && rule.clause.is_none() {
        let help = "add clause = \"…\": its line or area is what kilometres are counted from";
        wrong_band(key, "is measured from nothing", help);
    }
    if let (Some(from), Some(to)) = (rule.from_km, rule.to_km)
        && to <= from
    {
        wrong_band("to_km", "ends where it begins, or before", "write to_km above from_km");
    }

    let ladder = named(&s.ladders, rule.ladder.as_ref());
    if let (Some(ladder), Some(rung)) = (ladder, &rule.rung)
        && !ladder.rungs.iter().any(|it| it.id == *rung)
    {
        let known: Vec<&str> = ladder.rungs.iter().map(|it| &*it.id).collect();
        c.error(spans.of("rung"), format!("ladder `{}` has no rung `{rung}`", ladder.id))
            .label(format!("named by `rung` of rule `{id}`"))
            .help(format!("its rungs are {}", known.join(", ")));
    }
}

/// What a rule does that rules may answer to on the same day: an act, or
/// something to the terms of a clause.
fn acts(rule: &Rule) -> Option<On> {
    match rule.action {
        Action::Strike(_) => Some(On::Act(ActKind::Strike)),
        Action::FireBack(_) => Some(On::Act(ActKind::Fire)),
        Action::Offensive(_) => Some(On::Act(ActKind::Offensive)),
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
    let of = named(&s.clauses, Some(clause));
    let phase = of.and_then(|it| named(&s.phases, it.phase.as_ref()));
    let own = of.and_then(|it| it.agreement.as_ref());
    let agreements = [own, phase.and_then(|it| it.agreement.as_ref())];
    let mut made = s.changes.iter().filter(|change| it.changes.contains(&change.id));
    made.any(|change| {
        let agreement = change.agreement.as_ref();
        change.clause.as_ref() == Some(clause)
            || agreement.is_some() && agreements.contains(&agreement)
    })
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
        if let Action::Offensive(it) = &first.action {
            it.on_parties.contains(party)
        } else if first.by.is_empty() {
            *party != first.party
        } else {
            first.by.contains(party)
        }
    };
    let of_no_one = act == On::Act(ActKind::Reinforcement);
    match (then.on, act) {
        (On::TermsChanged, On::TermsChanged) => whose && touches(s, first, then.clause.as_ref()),
        (On::Act(_), _) if then.on.is_met_by(act) && whose => {
            of_no_one
                || if then.against.is_empty() {
                    suffers(&then.party)
                } else {
                    then.against.iter().any(suffers)
                }
        }
        (On::RungReached, On::Act(act)) => s.ladders.iter().any(|ladder| {
            Some(&ladder.id) == then.ladder.as_ref()
                && ladder.severity.keys().any(|word| {
                    ActKind::ALL.iter().any(|(known, kind)| known == word && act.is(*kind))
                })
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
        let found = c
            .error(rules[start].spans.of("on"), message)
            .label("answers what comes of it")
            .help("add cooldown_days = 1 or more to one of them");
        if let Some(second) = chain.get(1).filter(|it| **it != start) {
            let second = &rules[*second];
            found.related(second.spans.of("on"), format!("through {}", second.called()));
        }
    }
}
