//! Effects: what is there and does nothing.

use super::context::Context;
use crate::scenario::{Action, Clause, Deliver, Goods, Happening, Method, Terms};

/// There is something to keep and somebody to keep it.
pub(super) fn check_something_there(c: &mut Context<'_>) {
    let s = c.scenario;
    if s.clauses.is_empty() {
        c.whole_file("the file has no clause: there is nothing to keep")
            .help("add at least one [[clause]]");
    }
    if s.forces.is_empty() {
        c.whole_file("the file has no force: there is nobody to withdraw")
            .help("add at least one [[force]]");
    }
    weights(c);
}

/// What is there has an effect.
pub(super) fn check(c: &mut Context<'_>) {
    for clause in &c.scenario.clauses {
        of_clause(c, clause);
    }
    monitors(c);
    words(c);
    deaf(c);
}

/// A party that answers what it sees of others has someone who tells it.
fn deaf(c: &mut Context<'_>) {
    for conduct in &c.scenario.conducts {
        let (party, policy) = (&conduct.party, &conduct.policy);
        let key = if !policy.toward().is_empty() {
            "toward"
        } else if !policy.counter_clauses().is_empty() {
            "counter_clauses"
        } else {
            continue;
        };
        let told = c.scenario.monitors.iter().any(|it| it.tells(party));
        let believes = policy.trust().is_some_and(|it| it.credence.is_some());
        if !told && !believes {
            c.warning(conduct.spans.of(key), format!("nobody tells `{party}` what the others do"))
                .label("so it never sees anything of them")
                .help(format!(
                    "add \"{party}\" to `reports_to` of a [[monitor]], or make one `public`"
                ));
        }
    }
}

fn of_clause(c: &mut Context<'_>, clause: &Clause) {
    let id = &clause.id;
    let forces = || c.scenario.forces.iter().filter(|it| clause.binds(it));
    if forces().next().is_none() && !c.scenario.forces.is_empty() && !clause.binds.is_empty() {
        let by = if clause.spans.has("bound_by") {
            "see `bound_by`"
        } else {
            "forces are bound by their commander, or by their flag with bound_by = \"flag\""
        };
        c.warning_at(clause, "binds", "binds no force")
            .label("no force of the file is theirs")
            .help(format!("add a [[force]] of one of them; {by}"));
    } else if let Terms::Deliver(deliver) = &clause.terms {
        undeliverable(c, clause, deliver);
    }
    if let Terms::Presence(presence) = &clause.terms {
        for force in &c.scenario.forces {
            if presence.deploys.contains_key(&force.id) && !clause.binds(force) {
                let span = clause.spans.inner_key("deploys", &force.id);
                let message =
                    format!("clause `{id}` deploys force `{}` but does not bind it", force.id);
                c.warning(span, message)
                    .label("has no effect")
                    .help("add its party to `binds`, or leave it out of `deploys`");
            }
        }
    }
    if clause.all_monitors().is_empty() {
        c.warning(clause.spans.header(), format!("nobody monitors clause `{id}`"))
            .label("no `monitors`")
            .help("it is never seen nor verified kept; add monitors = [\"…\"] if it should be");
    }
}

fn undeliverable(c: &mut Context<'_>, clause: &Clause, deliver: &Deliver) {
    let s = c.scenario;
    let mut bound = s.forces.iter().filter(|force| clause.binds(force));
    if deliver.what != Goods::Weapons
        || bound.any(|force| clause.takes_force(force, &s.weapon_classes))
    {
        return;
    }
    let label = if clause.scope.of_weapons() {
        "no bound force has weapons in its scope"
    } else {
        "no bound force has weapons of a heavy class"
    };
    c.warning_at(clause, "classes", "has nothing to deliver")
        .label(label)
        .help("add them to `equipment` of a bound force, or name other `classes`");
}

/// A run's compliance is a weighted mean over clauses.
fn weights(c: &mut Context<'_>) {
    let clauses = &c.scenario.clauses;
    if let Some(first) = clauses.first()
        && clauses.iter().all(|clause| clause.weight == 0.0)
    {
        c.error(first.spans.of("weight"), "the weights of all clauses are 0")
                .label("this one, and every other")
                .help("give at least one clause a weight above 0: a run's compliance is their weighted mean");
    }
}

fn monitors(c: &mut Context<'_>) {
    for monitor in &c.scenario.monitors {
        let id = &monitor.id;
        // A party's reports on itself are claims even where no clause names them.
        let reports_itself = matches!(monitor.method, Method::SelfReport(_));
        let claims = |clause: &Clause| reports_itself && counts(clause, &monitor.party);
        let mut clauses = c.scenario.clauses.iter();
        let mut bodies = c.scenario.bodies.iter();
        if !clauses.any(|clause| clause.all_monitors().contains(&id) || claims(clause))
            && !bodies.any(|body| body.monitors.contains(id))
        {
            c.warning(monitor.spans.of("id"), format!("no clause names monitor `{id}`"))
                .label("has no effect")
                .help(format!("add \"{id}\" to `monitors` of a clause, or leave it out"));
        }
    }
}

/// Whether a party's word on a clause enters the claimed register.
fn counts(clause: &Clause, party: &String) -> bool {
    clause.binds.contains(party) || clause.answers.contains(party)
}

/// What parties say of a clause: of themselves, or by rules and outside events.
fn words(c: &mut Context<'_>) {
    let s = c.scenario;
    let claims = s.claims.iter().map(|it| (&it.spans, "by", &it.by, Some(&it.clause), true));
    let rules = s.rules.iter().filter_map(|rule| match &rule.action {
        Action::Denounce(_) => {
            Some((&rule.spans, "party", &rule.party, rule.clause.as_ref(), false))
        }
        _ => None,
    });
    let events = s.events.iter().filter_map(|event| {
        let (by, clause) = match &event.happening {
            Happening::Allegation(said) => (&said.by, &said.clause),
            Happening::Exit(said) => (&said.by, said.clause.as_ref()?),
            _ => return None,
        };
        Some((&event.spans, "by", by, Some(clause), false))
    });
    for (spans, key, party, clause, is_claim) in claims.chain(rules).chain(events) {
        let known = |it: &&Clause| clause.is_none_or(|clause| it.id == *clause);
        let mut of = s.clauses.iter().filter(known).peekable();
        if of.peek().is_none() || of.any(|clause| counts(clause, party)) {
            continue;
        }
        let (message, to) = match clause {
            Some(id) => (
                format!("`{party}` is neither bound by clause `{id}` nor answers for it"),
                format!("clause `{id}`"),
            ),
            None => (
                format!("`{party}` is bound by no clause and answers for none"),
                "a clause".to_owned(),
            ),
        };
        let (what, words) = match is_claim {
            true => ("its claim", "its claims are"),
            false => ("what it says", "its word is"),
        };
        c.warning(spans.of(key), message)
            .label(format!("so {what} is shown on the time line only"))
            .help(format!("add \"{party}\" to `answers` of {to} if {words} to count"));
    }
}
