//! Conduct: every bound party decides in one way on every clause.

use super::beliefs;
use super::context::{Context, binds, commander};
use super::names::Kind;
use crate::diag::{Diagnostic, nearest};
use crate::scenario::{Clause, Conduct, Policy};

/// The orders a party chooses among.
const ORDERS: [&str; 3] = ["comply", "defy", "conceal"];

pub(super) fn check(c: &mut Context<'_>) {
    for conduct in &c.scenario.conducts {
        let orders = match &conduct.policy {
            Policy::QuantalResponse(it) => ("hits_per_day", &it.hits_per_day),
            Policy::FixedProbabilities(it) => ("probabilities", &it.probabilities),
            _ => continue,
        };
        for order in orders.1.keys() {
            if !ORDERS.contains(&order.as_str()) {
                c.push(no_order(conduct, orders.0, order));
            }
        }
    }
    beliefs::check(c);
    twice(c);
}

fn no_order(conduct: &Conduct, key: &str, order: &str) -> Diagnostic {
    let span = conduct.spans.inner_key(key, order);
    let diagnostic = Diagnostic::error(span, format!("there is no order `{order}`"))
        .label(format!("in `{key}` of conduct `{}`", conduct.id));
    match nearest(order, ORDERS) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("orders are comply, defy and conceal"),
    }
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
            let party = &conduct.party;
            let diagnostic = match shared {
                Some(clause) => Diagnostic::error(
                    conduct.spans.of("clauses"),
                    format!("two conducts say how `{party}` decides on clause `{clause}`"),
                )
                .label(format!("conduct `{}`", conduct.id))
                .related(earlier.spans.of("clauses"), format!("conduct `{}`", earlier.id))
                .help("let only one of them name the clause"),
                None if both_all => Diagnostic::error(
                    conduct.spans.of("party"),
                    format!("two conducts say how `{party}` decides on every clause"),
                )
                .label(format!("conduct `{}`", conduct.id))
                .related(earlier.spans.of("party"), format!("conduct `{}`", earlier.id))
                .help("name the clauses that one of them is about: clauses = [\"…\"]"),
                None => continue,
            };
            // What is wrong with one pair is mostly wrong with the next.
            c.push(diagnostic);
            break;
        }
    }
}

/// Every party that must decide on a clause has a conduct for it.
pub(super) fn check_covered(c: &mut Context<'_>) {
    for clause in &c.scenario.clauses {
        for (index, party) in clause.binds.iter().enumerate() {
            if covered(c, party, clause) || misnamed(c, party) {
                continue;
            }
            let message = format!("nothing says how `{party}` decides on clause `{}`", clause.id);
            let diagnostic = Diagnostic::error(clause.spans.item("binds", index), message)
                .label("bound here, but no conduct covers it");
            c.push(help_for(c, diagnostic, party, clause));
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
    let of_party = c.scenario.conducts.iter().filter(|it| it.party == party);
    let mut covering = of_party.filter(|it| it.clauses.is_empty() || names(it, &clause.id));
    covering.next().is_some()
}

fn help_for(c: &Context<'_>, diagnostic: Diagnostic, party: &str, clause: &Clause) -> Diagnostic {
    let own = c.scenario.conducts.iter().find(|it| it.party == party);
    match own {
        Some(own) => diagnostic.help(format!(
            "add \"{}\" to `clauses` of conduct `{}`, or another [[conduct]] of `{party}`",
            clause.id, own.id
        )),
        None => diagnostic.help(format!(
            "add [[conduct]] with id, party = \"{party}\" and a kind such as \"scripted\" or \"quantal-response\""
        )),
    }
}

/// A force bound by its flag still obeys its commander.
fn commanders(c: &mut Context<'_>, clause: &Clause) {
    let mut reported: Vec<&str> = Vec::new();
    for force in &c.scenario.forces {
        let party = commander(force);
        let named = clause.binds.iter().any(|bound| bound == party);
        if named
            || !binds(clause, force)
            || reported.contains(&party)
            || covered(c, party, clause)
            || misnamed(c, party)
        {
            continue;
        }
        reported.push(party);
        let message = format!("nothing says how `{party}` decides on clause `{}`", clause.id);
        let diagnostic = Diagnostic::error(force.spans.of("commander"), message)
            .label(format!("commands force `{}`", force.id))
            .related(clause.spans.of("bound_by"), "which is bound by its flag");
        c.push(help_for(c, diagnostic, party, clause));
    }
}

/// A patron that decides nothing on a clause leaves its proxy alone with it.
pub(super) fn check_patrons(c: &mut Context<'_>) {
    for clause in &c.scenario.clauses {
        patrons(c, clause);
    }
}

fn patrons(c: &mut Context<'_>, clause: &Clause) {
    for party in &c.scenario.parties {
        let Some(patron) = &party.patron else {
            continue;
        };
        let bound = clause.binds.contains(&party.id);
        if bound && !covered(c, patron, clause) {
            let message = format!(
                "`{patron}` has no order on clause `{}` for `{}` to follow",
                clause.id, party.id
            );
            c.push(
                Diagnostic::warning(party.spans.of("patron"), message)
                    .label("no conduct of this party covers the clause")
                    .help(format!(
                        "`control` has no effect there; add a [[conduct]] of `{patron}` if it should"
                    )),
            );
        }
    }
}
