//! Terms: numbers of a table that must agree with each other.

use super::context::Context;
use crate::diag::{Diagnostic, Span};
use crate::scenario::{Clause, Terms};

pub(super) fn check(c: &mut Context<'_>) {
    for clause in &c.scenario.clauses {
        if clause.spans.has("binds") && clause.binds.is_empty() {
            let message = format!("clause `{}` binds nobody", clause.id);
            c.push(
                Diagnostic::error(clause.spans.of("binds"), message)
                    .label("an empty list")
                    .help("name the parties whose forces it binds"),
            );
        }
        of_terms(c, clause);
    }
    let outcome = &c.scenario.outcome;
    for (key, days) in
        [("completed_days", outcome.completed_days), ("collapsed_days", outcome.collapsed_days)]
    {
        if outcome.spans.has(key) {
            at_least_a_day(c, days, outcome.spans.of(key), key);
        }
    }
    if outcome.collapsed_below > outcome.completed_at {
        let key =
            if outcome.spans.has("collapsed_below") { "collapsed_below" } else { "completed_at" };
        c.push(
            Diagnostic::error(
                outcome.spans.of(key),
                "a compliance that counts as completed would count as collapsed too",
            )
            .label(format!(
                "collapsed below {}, completed from {}",
                outcome.collapsed_below, outcome.completed_at
            ))
            .help("let collapsed_below be no more than completed_at"),
        );
    }
    for route in &c.scenario.routes {
        if route.from == route.to && !route.from.is_empty() {
            let message = format!("route `{}` ends where it begins", route.id);
            c.push(
                Diagnostic::error(route.spans.of("to"), message)
                    .label("the same site")
                    .related(route.spans.of("from"), "from here")
                    .help("name two different sites"),
            );
        }
    }
    for conduct in &c.scenario.conducts {
        if let Some(days) = conduct.policy.review_days() {
            let span = conduct.spans.of("review_days");
            at_least_a_day(c, days, span, "review_days");
        }
    }
}

fn of_terms(c: &mut Context<'_>, clause: &Clause) {
    let (id, spans) = (&clause.id, &clause.spans);
    if let Terms::KeepDistance(it) = &clause.terms
        && let Some(target) = it.target_km.filter(|target| *target < it.min_km)
    {
        let message = format!("clause `{id}` has `target_km` below `min_km`");
        c.push(
            Diagnostic::error(spans.of("target_km"), message)
                .label(format!("in full from {target} km"))
                .related(spans.of("min_km"), format!("kept from {} km", it.min_km))
                .help("write target_km at least as large as min_km, or leave it out"),
        );
    }
}

fn at_least_a_day(c: &mut Context<'_>, days: u32, span: Span, key: &str) {
    if days == 0 {
        c.push(
            Diagnostic::error(span, format!("`{key}` is 0"))
                .label("at least 1 day")
                .help(format!("write {key} = 1 for every day")),
        );
    }
}
