//! Terms: numbers of a table that must agree with each other.

use super::context::Context;
use crate::scenario::Terms;

pub(super) fn check(c: &mut Context<'_>) {
    for clause in &c.scenario.clauses {
        if clause.spans.has("binds") && clause.binds.is_empty() {
            c.error_at(clause, "binds", "binds nobody")
                .label("an empty list")
                .help("name the parties whose forces it binds");
        }
        if let Terms::KeepDistance(it) = &clause.terms
            && let Some(target) = it.target_km.filter(|target| *target < it.min_km)
        {
            c.error_at(clause, "target_km", "has `target_km` below `min_km`")
                .label(format!("in full from {target} km"))
                .related(clause.spans.of("min_km"), format!("kept from {} km", it.min_km))
                .help("write target_km at least as large as min_km, or leave it out");
        }
    }
    let outcome = &c.scenario.outcome;
    if outcome.collapsed_below > outcome.completed_at {
        let key =
            if outcome.spans.has("collapsed_below") { "collapsed_below" } else { "completed_at" };
        let message = "a compliance that counts as completed would count as collapsed too";
        c.error(outcome.spans.of(key), message)
            .label(format!(
                "collapsed below {}, completed from {}",
                outcome.collapsed_below, outcome.completed_at
            ))
            .help("let collapsed_below be no more than completed_at");
    }
    for route in &c.scenario.routes {
        if route.from == route.to && !route.from.is_empty() {
            c.error_at(route, "to", "ends where it begins")
                .label("the same site")
                .related(route.spans.of("from"), "from here")
                .help("name two different sites");
        }
    }
}
