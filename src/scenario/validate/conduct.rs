//! Conduct: every bound party decides in one way on every clause.

use super::beliefs;
use super::context::Context;
use super::names::{Kind, near_or};
use crate::scenario::refer::Entry;
use crate::scenario::{BoundBy, Clause, Conduct, Policy, Timing};

/// The orders a party chooses among.
const ORDERS: [&str; 3] = ["comply", "defy", "conceal"];

pub(super) fn check(c: &mut Context<'_>) {
    for conduct in &c.scenario.conducts {
        let orders = match &conduct.policy {
            Policy::QuantalResponse(it) => ("hits_per_day", &it.hits_per_day),
            Policy::FixedProbabilities(it) => ("probabilities", &it.probabilities),
            _ => continue,
        };
        for order in orders.1.keys().filter(|order| !ORDERS.contains(&order.as_str())) {
            let span = conduct.spans.inner_key(orders.0, order);
            c.error(span, format!("there is no order `{order}`"))
                .label(format!("in `{}` of conduct `{}`", orders.0, conduct.id))
                .help(near_or(order, ORDERS, || "orders are comply, defy and conceal".into()));
        }
    }
    beliefs::check(c);
    twice(c);
    in_vain(c);
    for conduct in &c.scenario.conducts {
        pressed_by(c, conduct);
        by_deadline(c, conduct);
    }
}

/// Whether a conduct is what its party, or one that it directs, decides on a clause by.
fn about(c: &Context<'_>, conduct: &Conduct, clause: &Clause) -> bool {
    let s = c.scenario;
    let mut of_party = s.conducts.iter().filter(|it| it.party == conduct.party);
    if !conduct.clauses.is_empty() {
        return names(conduct, &clause.id);
    }
    let named_elsewhere = of_party.any(|it| names(it, &clause.id));
    let commands = |id: &String| s.forces.iter().any(|it| it.commander() == id && clause.binds(it));
    let bound = |id: &String| clause.binds.contains(id) || commands(id);
    let directs = || s.parties.iter().any(|it| it.patron.as_ref() == Some(&conduct.party));
    !named_elsewhere && (bound(&conduct.party) || directs())
}

/// Whoever presses by being told hears from somebody who watches.
fn pressed_by(c: &mut Context<'_>, conduct: &Conduct) {
    let s = c.scenario;
    let Policy::QuantalResponse(it) = &conduct.policy else {
        return;
    };
    let named: Vec<&String> = s
        .clauses
        .iter()
        .filter(|clause| about(c, conduct, clause))
        .flat_map(Clause::all_monitors)
        .collect();
    for (at, party) in it.pressure.pressed_by.iter().enumerate() {
        let span = conduct.spans.item("pressed_by", at);
        if *party == conduct.party {
            c.error(span, format!("conduct `{}` is pressed by `{party}` itself", conduct.id))
                .label("the party that decides")
                .help("name parties to which monitors report");
            continue;
        }
        let mut watch = s.monitors.iter().filter(|it| it.method.watch().is_some());
        let told = watch.any(|it| named.contains(&&it.id) && it.tells(party));
        if !told && c.names.has(party, &[Kind::Party]) {
            c.error(span, format!("conduct `{}` is pressed by `{party}` in vain", conduct.id))
                .label("no monitor of the clauses it is about reports to this party")
                .help(format!(
                    "add reports_to = [\"{party}\"] to a [[monitor]] that one of these clauses names, or leave the party out"
                ));
        }
    }
}

/// Who sets out for a deadline has one.
fn by_deadline(c: &mut Context<'_>, conduct: &Conduct) {
    let mut clauses = c.scenario.clauses.iter().filter(|clause| about(c, conduct, clause));
    if conduct.timing == Some(Timing::ByDeadline) && !clauses.any(|it| it.deadline.is_some()) {
        c.error_at(conduct, "timing", "waits for a deadline that does not exist")
            .label("no clause it is about has one")
            .help("write timing = \"at-once\", or `deadline` at a clause");
    }
}

/// A conduct that would be ignored: on a reading, or on forces that another party commands.
fn in_vain(c: &mut Context<'_>) {
    let s = c.scenario;
    for conduct in &s.conducts {
        for (at, id) in conduct.clauses.iter().enumerate() {
            let span = conduct.spans.item("clauses", at);
            if let Some(reading) = s.readings.iter().find(|it| it.id == *id) {
                let of = &reading.reading_of;
                c.error(span, format!("conduct `{}` is on a reading", conduct.id))
                    .label(
                        "orders are given on the clause, and carried out as their party reads it",
                    )
                    .help(format!("name clause `{of}` in its place"));
                continue;
            }
            let clause = s.clauses.iter().find(|it| it.id == *id);
            let Some(clause) = clause.filter(|it| is_inert(c, &conduct.party, it)) else {
                continue;
            };
            let mut forces = s.forces.iter().filter(|it| clause.binds(it));
            let Some(force) = forces.find(|it| it.flag == conduct.party) else { continue };
            let message =
                format!("`{}` commands none of the forces that clause `{id}` binds", conduct.party);
            c.warning(span, message)
                .label("this conduct has no effect there")
                .related(force.spans.header(), format!("`{}` commands this one", force.commander()))
                .help(format!("write the conduct of `{}` for it", force.commander()));
        }
    }
}

/// Whether a clause binds forces by a party's flag and none that it commands: then others
/// decide, and nothing that it says is carried out but by proxies.
fn is_inert(c: &Context<'_>, party: &String, clause: &Clause) -> bool {
    let s = c.scenario;
    let bound = || s.forces.iter().filter(|it| clause.binds(it));
    let directs = s.parties.iter().any(|it| it.patron.as_ref() == Some(party));
    !directs
        && clause.bound_by != BoundBy::Commander
        && bound().any(|it| it.flag == *party)
        && !bound().any(|it| it.commander() == party)
}

/// Whether a conduct names a clause, or else speaks of all.
fn names(conduct: &Conduct, clause: &str) -> bool {
    conduct.clauses.iter().any(|named| named == clause)
}

/// Two conducts that both decide, neither before the other.
fn twice(c: &mut Context<'_>) {
    let conducts = &c.scenario.conducts;
    for (index, conduct) in conducts.iter().enumerate() {
        let earlier = conducts[..index]
            .iter()
            .filter(|earlier| earlier.party == conduct.party && !conduct.party.is_empty());
        for earlier in earlier {
            let both_all = earlier.clauses.is_empty() && conduct.clauses.is_empty();
            let shared = conduct.clauses.iter().find(|id| names(earlier, id));
            let (key, what, help) = match shared {
                Some(clause) => (
                    "clauses",
                    format!("clause `{clause}`"),
                    "let only one of them name the clause",
                ),
                None if both_all => (
                    "party",
                    "every clause".to_owned(),
                    "name the clauses that one of them is about: clauses = [\"…\"]",
                ),
                None => continue,
            };
            let message = format!("two conducts say how `{}` decides on {what}", conduct.party);
            c.error(conduct.spans.of(key), message)
                .label(conduct.called())
                .related(earlier.spans.of(key), earlier.called())
                .help(help);
            // What is wrong with one pair is mostly wrong with the next.
            break;
        }
    }
}

/// Every party that must decide on a clause has a conduct for it.
pub(super) fn check_covered(c: &mut Context<'_>) {
    for clause in &c.scenario.clauses {
        for (index, party) in clause.binds.iter().enumerate() {
            if covered(c, party, clause) || misnamed(c, party) || is_inert(c, party, clause) {
                continue;
            }
            let help = help_for(c, party, clause);
            c.error(clause.spans.item("binds", index), undecided(party, clause))
                .label("bound here, but no conduct covers it")
                .help(help);
        }
        commanders(c, clause);
    }
}

/// Whether what a party decides on cannot be told: there is no such party, or a
/// conduct of it names a clause that is not there. Either is reported already.
fn misnamed(c: &Context<'_>, party: &str) -> bool {
    let conducts = c.scenario.conducts.iter();
    let mut named = conducts.filter(|it| it.party == party).flat_map(|it| &it.clauses);
    !c.names.has(party, &[Kind::Party]) || named.any(|id| !c.names.has(id, &[Kind::Clause]))
}

fn covered(c: &Context<'_>, party: &str, clause: &Clause) -> bool {
    let mut of_party = c.scenario.conducts.iter().filter(|it| it.party == party);
    of_party.any(|it| it.clauses.is_empty() || names(it, &clause.id))
}

fn undecided(party: &str, clause: &Clause) -> String {
    format!("nothing says how `{party}` decides on clause `{}`", clause.id)
}

fn help_for(c: &Context<'_>, party: &str, clause: &Clause) -> String {
    match c.scenario.conducts.iter().find(|it| it.party == party) {
        Some(own) => format!(
            "add \"{}\" to `clauses` of conduct `{}`, or another [[conduct]] of `{party}`",
            clause.id, own.id
        ),
        None => format!(
            "add [[conduct]] with id, party = \"{party}\" and a kind such as \"scripted\" or \"quantal-response\""
        ),
    }
}

/// A force bound by its flag still obeys its commander.
fn commanders(c: &mut Context<'_>, clause: &Clause) {
    let mut reported: Vec<&String> = Vec::new();
    for force in &c.scenario.forces {
        let party = force.commander();
        let named = clause.binds.iter().any(|bound| bound == party);
        if named
            || !clause.binds(force)
            || reported.contains(&party)
            || covered(c, party, clause)
            || misnamed(c, party)
        {
            continue;
        }
        reported.push(party);
        let help = help_for(c, party, clause);
        c.error(force.spans.of("commander"), undecided(party, clause))
            .label(format!("commands force `{}`", force.id))
            .related(clause.spans.of("bound_by"), "which is bound by its flag")
            .help(help);
    }
}

/// A patron that decides nothing on a clause leaves its proxy alone with it.
pub(super) fn check_patrons(c: &mut Context<'_>) {
    let s = c.scenario;
    let pairs = s.clauses.iter().flat_map(|clause| s.parties.iter().map(move |it| (clause, it)));
    for (clause, party) in pairs {
        let Some(patron) = &party.patron else {
            continue;
        };
        let bound = clause.binds.contains(&party.id);
        if bound && !covered(c, patron, clause) {
            let message = format!(
                "`{patron}` has no order on clause `{}` for `{}` to follow",
                clause.id, party.id
            );
            c.warning(party.spans.of("patron"), message)
                .label("no conduct of this party covers the clause")
                .help(format!(
                    "`control` has no effect there; add a [[conduct]] of `{patron}` if it should"
                ));
        }
    }
}
