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
    kept_and_collapsed(c);
    for route in &c.scenario.routes {
        if route.from == route.to && !route.from.is_empty() {
            c.error_at(route, "to", "ends where it begins")
                .label("the same site")
                .related(route.spans.of("from"), "from here")
                .help("name two different sites");
        }
    }
}

/// An agreement of which every clause is just kept has not collapsed.
fn kept_and_collapsed(c: &mut Context<'_>) {
    let outcome = &c.scenario.outcome;
    let weighs = || c.scenario.clauses.iter().filter(|clause| clause.weight > 0.0);
    let weight: f64 = weighs().map(|clause| clause.weight).sum();
    let kept = weighs().map(|clause| clause.weight * clause.kept_at).sum::<f64>() / weight;
    let least = weighs().min_by(|a, b| a.kept_at.total_cmp(&b.kept_at));
    let (below, Some(least)) = (outcome.collapsed_below, least) else {
        return;
    };
    if below <= kept + 1e-9 {
        return;
    }
    let message = "an agreement that is kept would count as collapsed too";
    let error = if outcome.spans.has("collapsed_below") {
        c.error(outcome.spans.of("collapsed_below"), message)
    } else {
        c.error(least.spans.of("kept_at"), message)
    };
    error
        .label(format!(
            "collapsed below {below}, and clauses that are kept, each by its `kept_at`, come to {kept:.2}"
        ))
        .help("let collapsed_below be no more than the least kept_at of the clauses");
}
