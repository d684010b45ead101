//! Gates: what waits for what.

use std::collections::BTreeMap;

use super::circles::{circles, in_a_circle};
use super::context::Context;
use super::starters::{Starter, starters};
use crate::diag::Span;
use crate::scenario::refer::named;
use crate::scenario::{
    After, Done, Gate, Happening, Missed, Present, Scenario, Terms, Verified, With,
};

pub(super) fn check(c: &mut Context<'_>) {
    for clause in &c.scenario.clauses {
        if clause.phase.is_some() && clause.starts.is_some() {
            c.error_at(clause, "starts", "has both `phase` and `starts`")
                .label("starts here …")
                .related(clause.spans.of("phase"), "… and with its phase")
                .help("a clause of a phase starts with it: leave one of the two out");
        }
    }
    for gate in gates(c.scenario) {
        unverifiable(c, gate);
        without_what_it_waits_for(c, gate);
    }
    cycles(c);
}

/// Every gate of the file.
fn gates(s: &Scenario) -> impl Iterator<Item = &Gate> {
    let clauses = s.clauses.iter().flat_map(|clause| {
        let own = [&clause.starts, &clause.deadline, &clause.expires].into_iter().flatten();
        own.chain(clause.milestones.iter().map(|it| &it.by))
    });
    let phases = s.phases.iter().filter_map(|it| it.starts.as_ref());
    let agreements = s.agreements.iter().flat_map(|it| it.starts.iter().chain(&it.expires));
    let changes = s.changes.iter().filter_map(|it| it.when.as_ref());
    let exits = s.events.iter().filter_map(|event| match &event.happening {
        Happening::Exit(exit) => exit.unless.as_ref(),
        _ => None,
    });
    clauses.chain(phases).chain(agreements).chain(changes).chain(exits)
}

/// Without a monitor nothing is ever verified, so the gate cannot open.
fn unverifiable(c: &mut Context<'_>, gate: &Gate) {
    for gate in gate.leaves() {
        let Gate::Verified(Verified { clause, spans, .. }) = gate else { continue };
        let known = named(&c.scenario.clauses, Some(clause));
        let Some(known) = known.filter(|it| it.all_monitors().is_empty()) else { continue };
        let message = format!("this gate can never open: nobody monitors clause `{clause}`");
        c.error(spans.of("verified"), message)
            .label("waits for it to be verified")
            .related(known.spans.header(), "has no `monitors`")
            .help(format!(
                "add monitors = [\"…\"] to clause `{clause}`, or open the gate on a date"
            ));
    }
}

/// A gate on a missed deadline needs one, and a gate on who is present a clause of that kind.
fn without_what_it_waits_for(c: &mut Context<'_>, gate: &Gate) {
    for gate in gate.leaves() {
        let (id, spans, key) = match gate {
            Gate::Missed(Missed { clause, spans }) => (clause, spans, "missed"),
            Gate::Present(Present { clause, spans, .. }) => (clause, spans, "present"),
            _ => continue,
        };
        let Some(clause) = named(&c.scenario.clauses, Some(id)) else { continue };
        let (lacks, help) = match key {
            "missed" if clause.deadline.is_none() => (
                format!("this gate can never open: clause `{id}` has no deadline"),
                format!("give clause `{id}` a `deadline`"),
            ),
            "present" if !matches!(clause.terms, Terms::Presence(_)) => (
                format!("this gate can never open: clause `{id}` is not of kind \"presence\""),
                "name a clause that says who may be in an area, or is to be there".to_owned(),
            ),
            _ => continue,
        };
        c.error(spans.of(key), lacks).related(clause.spans.header(), "the clause").help(help);
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
    let (on, spans, key) = match gate {
        Gate::After(After { after, spans, .. }) => (after, spans, "after"),
        Gate::Verified(Verified { clause, spans, .. }) => (clause, spans, "verified"),
        Gate::Done(Done { clause, spans }) => (clause, spans, "done"),
        Gate::Missed(Missed { clause, spans }) => (clause, spans, "missed"),
        Gate::Present(Present { clause, spans, .. }) => (clause, spans, "present"),
        Gate::With(With { with, spans }) => (with, spans, "with"),
        Gate::All(gates) => return gates.iter().for_each(|gate| waits(gate, out)),
        Gate::Any(gates) => {
            if let [only] = gates.as_slice() {
                waits(only, out);
            }
            return;
        }
        Gate::Date(_) | Gate::Deployed(_) | Gate::Quiet(_) | Gate::Acted(_) | Gate::Came(_) => {
            return;
        }
    };
    let verified = !matches!(gate, Gate::After(_) | Gate::With(_));
    out.push(Wait { on, with: key == "with", verified, span: spans.of(key) });
}

fn cycles(c: &mut Context<'_>) {
    let mut graph: BTreeMap<&str, Vec<Wait<'_>>> = BTreeMap::new();
    for Starter { entry, gate, phase, .. } in starters(c.scenario) {
        let mut out = Vec::new();
        if let Some(gate) = gate {
            waits(gate, &mut out);
        } else if let Some(on) = phase {
            let span = entry.spans().of("phase");
            out.push(Wait { on, with: false, verified: false, span });
        }
        graph.insert(entry.id(), out);
    }
    let mut found: Vec<Vec<(&str, &Wait<'_>)>> = Vec::new();
    for plain in [true, false] {
        let edges = |id: &str| {
            let waits = graph.get(id).into_iter().flatten();
            waits.filter(move |wait| !plain || !wait.verified).map(|wait| (wait.on, wait))
        };
        let seen: Vec<&str> = found.iter().flatten().map(|(id, _)| *id).collect();
        found.extend(circles(graph.keys().copied(), edges, seen));
    }
    // Two that start together, each `with` the other, wait for nobody else.
    let blocks = |cycle: &Vec<(&str, &Wait<'_>)>| !cycle.iter().all(|(_, wait)| wait.with);
    for cycle in found.into_iter().filter(blocks) {
        report(c, &cycle);
    }
}

fn report(c: &mut Context<'_>, cycle: &[(&str, &Wait<'_>)]) {
    let Some((first, wait)) = cycle.first() else { return };
    let ids: Vec<&str> = cycle.iter().map(|(id, _)| *id).collect();
    let chain = in_a_circle(&ids, "waits for");
    let span = wait.span.clone();
    let found = if cycle.iter().any(|(_, wait)| wait.verified) {
        c.warning(span, format!("these gates may never open: {chain}")).help(
            "a run in which they block each other shows it as a deadlock; \
                   open one of them on a date, or with `any`, if that is not meant",
        )
    } else {
        let help = match cycle {
            [_] => "let it start on a date, or after something else",
            _ => "let one of them start on a date",
        };
        c.error(span, format!("these gates can never open: {chain}")).help(help)
    };
    let found = found.label(format!("`{first}` waits for this"));
    if let Some((id, wait)) = cycle.get(1) {
        found.related(wait.span.clone(), format!("`{id}` waits for this"));
    }
}
