//! Gates: what waits for what.

use std::collections::BTreeMap;

use super::context::Context;
use super::names::in_a_circle;
use crate::diag::{Diagnostic, Span};
use crate::scenario::{After, Clause, Done, Gate, Happening, Verified, With};

pub(super) fn check(c: &mut Context<'_>) {
    for clause in &c.scenario.clauses {
        if clause.phase.is_some() && clause.starts.is_some() {
            let message = format!("clause `{}` has both `phase` and `starts`", clause.id);
            c.push(
                Diagnostic::error(clause.spans.of("starts"), message)
                    .label("starts here …")
                    .related(clause.spans.of("phase"), "… and with its phase")
                    .help("a clause of a phase starts with it: leave one of the two out"),
            );
        }
        let milestones = clause.milestones.iter().map(|it| &it.by);
        let own = [&clause.starts, &clause.deadline, &clause.expires];
        for gate in own.into_iter().flatten().chain(milestones) {
            unverifiable(c, gate);
        }
    }
    for phase in &c.scenario.phases {
        if let Some(gate) = &phase.starts {
            unverifiable(c, gate);
        }
    }
    let agreements = c.scenario.agreements.iter();
    for gate in agreements.flat_map(|it| it.starts.iter().chain(&it.expires)) {
        unverifiable(c, gate);
    }
    for change in &c.scenario.changes {
        if let Some(gate) = &change.when {
            unverifiable(c, gate);
        }
    }
    for event in &c.scenario.events {
        if let Happening::Exit(exit) = &event.happening
            && let Some(gate) = &exit.unless
        {
            unverifiable(c, gate);
        }
    }
    cycles(c);
}

/// Without a monitor nothing is ever verified, so the gate cannot open.
fn unverifiable(c: &mut Context<'_>, gate: &Gate) {
    match gate {
        Gate::Verified(Verified { clause, spans, .. }) => {
            let named = c.scenario.clauses.iter().find(|it| it.id == *clause);
            if let Some(named) = named.filter(|it| it.all_monitors().is_empty()) {
                let message =
                    format!("this gate can never open: nobody monitors clause `{clause}`");
                c.push(
                    Diagnostic::error(spans.of("verified"), message)
                        .label("waits for it to be verified")
                        .related(named.spans.header(), "has no `monitors`")
                        .help(format!(
                            "add monitors = [\"…\"] to clause `{clause}`, or open the gate on a date"
                        )),
                );
            }
        }
        Gate::All(gates) | Gate::Any(gates) => {
            for gate in gates {
                unverifiable(c, gate);
            }
        }
        _ => {}
    }
}

/// One thing that must come first.
struct Wait<'s> {
    on: &'s str,
    /// For it to be ready rather than started.
    with: bool,
    /// Through a condition rather than a plain `after`.
    verified: bool,
    span: Span,
}

/// What a gate waits for in every case; of `any` nothing is certain.
fn waits<'s>(gate: &'s Gate, out: &mut Vec<Wait<'s>>) {
    match gate {
        Gate::After(After { after, spans, .. }) => {
            out.push(Wait { on: after, with: false, verified: false, span: spans.of("after") })
        }
        Gate::Verified(Verified { clause, spans, .. }) => {
            out.push(Wait { on: clause, with: false, verified: true, span: spans.of("verified") })
        }
        Gate::All(gates) => gates.iter().for_each(|gate| waits(gate, out)),
        Gate::Any(gates) => {
            if let [only] = gates.as_slice() {
                waits(only, out);
            }
        }
        Gate::Done(Done { clause, spans }) => {
            out.push(Wait { on: clause, with: false, verified: true, span: spans.of("done") })
        }
        Gate::With(With { with, spans }) => {
            out.push(Wait { on: with, with: true, verified: false, span: spans.of("with") })
        }
        Gate::Date(_) | Gate::Deployed(_) | Gate::Quiet(_) => {}
    }
}

fn of_clause(clause: &Clause) -> Vec<Wait<'_>> {
    let mut out = Vec::new();
    if let Some(gate) = &clause.starts {
        waits(gate, &mut out);
    } else if let Some(phase) = &clause.phase {
        out.push(Wait { on: phase, with: false, verified: false, span: clause.spans.of("phase") });
    }
    out
}

fn cycles(c: &mut Context<'_>) {
    let mut graph: BTreeMap<&str, Vec<Wait<'_>>> = BTreeMap::new();
    for phase in &c.scenario.phases {
        let mut out = Vec::new();
        if let Some(gate) = &phase.starts {
            waits(gate, &mut out);
        }
        graph.insert(&phase.id, out);
    }
    for clause in &c.scenario.clauses {
        graph.insert(&clause.id, of_clause(clause));
    }
    let mut found: Vec<Vec<(&str, &Wait<'_>)>> = Vec::new();
    for plain in [true, false] {
        let edges = |id: &str| {
            let waits = graph.get(id).into_iter().flatten();
            waits.filter(move |wait| !plain || !wait.verified)
        };
        let seen: Vec<&str> = found.iter().flatten().map(|(id, _)| *id).collect();
        found.extend(find_cycles(graph.keys().copied(), edges, seen));
    }
    // Two that start together, each `with` the other, wait for nobody else.
    let blocks = |cycle: &Vec<(&str, &Wait<'_>)>| !cycle.iter().all(|(_, wait)| wait.with);
    for cycle in found.into_iter().filter(blocks) {
        c.push(report(&cycle));
    }
}

/// Depth first without recursion; each node is in at most one cycle reported.
fn find_cycles<'g, 's: 'g, E>(
    nodes: impl Iterator<Item = &'s str>,
    edges: impl Fn(&str) -> E,
    seen: Vec<&'s str>,
) -> Vec<Vec<(&'s str, &'g Wait<'s>)>>
where
    E: Iterator<Item = &'g Wait<'s>>,
{
    let mut done: std::collections::BTreeSet<&str> = seen.into_iter().collect();
    let mut cycles = Vec::new();
    for node in nodes {
        // The path from `node`: where it is, how it goes on, what is left.
        let mut path: Vec<(&str, Option<&Wait<'_>>, E)> = Vec::new();
        let mut on_path: BTreeMap<&str, usize> = BTreeMap::new();
        if !done.contains(node) {
            path.push((node, None, edges(node)));
            on_path.insert(node, 0);
        }
        while let Some((id, taken, left)) = path.last_mut() {
            let Some(wait) = left.next() else {
                done.insert(id);
                on_path.remove(id);
                path.pop();
                continue;
            };
            *taken = Some(wait);
            if let Some(at) = on_path.get(wait.on).copied() {
                let cycle: Vec<_> = path[at..]
                    .iter()
                    .filter_map(|(id, taken, _)| taken.map(|taken| (*id, taken)))
                    .collect();
                done.extend(cycle.iter().map(|(id, _)| *id));
                cycles.push(cycle);
                path.truncate(at);
                on_path.retain(|_, place| *place < at);
            } else if !done.contains(wait.on) {
                on_path.insert(wait.on, path.len());
                path.push((wait.on, None, edges(wait.on)));
            }
        }
    }
    cycles
}

fn report(cycle: &[(&str, &Wait<'_>)]) -> Diagnostic {
    let Some((first, wait)) = cycle.first() else {
        return Diagnostic::whole_file("a cycle of gates");
    };
    let ids: Vec<&str> = cycle.iter().map(|(id, _)| *id).collect();
    let chain = in_a_circle(&ids, "waits for");
    let span = wait.span.clone();
    let mut diagnostic = if cycle.iter().any(|(_, wait)| wait.verified) {
        let message = format!("these gates may never open: {chain}");
        Diagnostic::warning(span, message).help(
            "a run in which they block each other shows it as a deadlock; \
                   open one of them on a date, or with `any`, if that is not meant",
        )
    } else {
        let message = format!("these gates can never open: {chain}");
        let help = match cycle {
            [_] => "let it start on a date, or after something else",
            _ => "let one of them start on a date",
        };
        Diagnostic::error(span, message).help(help)
    };
    diagnostic = diagnostic.label(format!("`{first}` waits for this"));
    if let Some((id, wait)) = cycle.get(1) {
        diagnostic = diagnostic.related(wait.span.clone(), format!("`{id}` waits for this"));
    }
    diagnostic
}
