//! What a party feels and believes: keys that go together, and games that are ones.

use super::context::Context;
use super::names::{Kind, join};
use crate::scenario::refer::Entry;
use crate::scenario::{
    Action, Assurance, Conduct, FixedProbabilities, Happening, InspectionEquilibrium, Policy,
    QuantalResponse, Quantity, Scenario,
};

pub(super) fn check(c: &mut Context<'_>) {
    pressed(c);
    for conduct in &c.scenario.conducts {
        together(c, conduct);
        toward_itself(c, conduct);
        slower_down(c, conduct);
        match &conduct.policy {
            Policy::QuantalResponse(it) => priors(c, conduct, it),
            Policy::Assurance(it) => assurance(c, conduct, it),
            Policy::FixedProbabilities(it) => probabilities(c, conduct, it),
            Policy::InspectionEquilibrium(it) => inspection(c, conduct, it),
            Policy::Reciprocal(it) if conduct.spans.has("toward") && it.toward.is_empty() => {
                c.error_at(conduct, "toward", "answers nobody")
                    .label("an empty list")
                    .help("name the parties whose conduct it answers");
            }
            Policy::Reciprocal(_) | Policy::Scripted(_) => {}
        }
    }
}

fn probabilities(c: &mut Context<'_>, conduct: &Conduct, it: &FixedProbabilities) {
    let total = it.probabilities.values().map(most).sum::<f64>();
    if it.probabilities.contains_key("defy") {
        let span = conduct.spans.inner_key("probabilities", "defy");
        c.error(span, "`defy` has the rest of `probabilities`")
            .label(format!("in {}", conduct.called()))
            .help("leave it out");
    } else if total > 1.0 + 1e-9 {
        let message = format!("the probabilities of {} exceed 1", conduct.called());
        c.error(conduct.spans.of("probabilities"), message)
            .label(format!("together up to {total}"))
            .help("comply and conceal are at most 1 together; defying has the rest");
    }
}

fn least(quantity: &Quantity) -> f64 {
    quantity.0.support().0
}

fn most(quantity: &Quantity) -> f64 {
    quantity.0.support().1
}

/// Keys that say something only with others.
fn together(c: &mut Context<'_>, conduct: &Conduct) {
    const GROUPS: [(&str, &[&str], &[&str]); 2] = [
        (
            "trust moves",
            &["toward", "trust_up_per_day", "trust_down_per_day", "trust_half_life_days"],
            &["credence"],
        ),
        ("beliefs move", &["belief_memory_days", "belief_half_life_days"], &[]),
    ];
    if conduct.policy.trust().is_none() {
        return;
    }
    let spans = &conduct.spans;
    for (what_moves, needed, beside) in GROUPS {
        let written = needed.iter().chain(beside).find(|key| spans.has(key));
        let missing: Vec<String> =
            needed.iter().filter(|key| !spans.has(key)).map(|key| format!("`{key}`")).collect();
        if let (Some(written), false) = (written, missing.is_empty()) {
            let what = format!("has `{written}` but not {}", join(&missing, "and"));
            c.error_at(conduct, written, &what)
                .label(format!("{what_moves} only with all of them"))
                .help("state them, each with its unit, or leave all of them out");
        }
    }
}

/// Pressure lands on those who weigh it, and what is said of how it fades has
/// something to fade.
fn pressed(c: &mut Context<'_>) {
    let s = c.scenario;
    let mut pressed: Vec<&str> = Vec::new();
    for rule in &s.rules {
        let Action::Press(press) = &rule.action else { continue };
        let all = s.parties.iter().map(|it| &it.id);
        let others: Vec<&String> = all.filter(|it| **it != rule.party).collect();
        let whose = if rule.by.is_empty() { others } else { rule.by.iter().collect() };
        if press.on_parties.is_empty() {
            pressed.extend(whose.iter().map(|it| it.as_str()));
            if !whose.iter().any(|party| weighs(s, party)) {
                c.error_at(rule, "pressure", "presses nobody who weighs pressure")
                    .label("on those whose act it is")
                    .help("give one of them a [[conduct]] of kind \"quantal-response\"");
            }
        }
        for (at, party) in press.on_parties.iter().enumerate() {
            pressed.push(party);
            in_vain(c, rule, ("on_parties", at), party);
        }
    }
    for event in &s.events {
        let Happening::Exit(exit) = &event.happening else { continue };
        for (at, party) in exit.about.iter().enumerate().filter(|_| exit.pressure.is_some()) {
            pressed.push(party);
            in_vain(c, event, ("about", at), party);
        }
    }
    for conduct in &s.conducts {
        let Policy::QuantalResponse(it) = &conduct.policy else {
            continue;
        };
        let fades = it.pressure.pressure_half_life_days.is_some();
        let pressed = pressed.contains(&conduct.party.as_str());
        if pressed && !fades {
            c.error_at(conduct, "", "does not say how pressure on it fades")
                .label("a rule or event presses its party")
                .help("add pressure_half_life_days = 60");
        }
        if fades && !pressed {
            let message = format!("nothing adds to the pressure of conduct `{}`", conduct.id);
            c.error(conduct.spans.of("pressure_half_life_days"), message)
                .label("so nothing fades")
                .help("add a [[rule]] of kind \"press\" or an [[event]] of kind \"exit\" that does, or leave this key out");
        }
    }
}

fn in_vain(c: &mut Context<'_>, by: &dyn Entry, (key, at): (&str, usize), party: &str) {
    if !weighs(c.scenario, party) && c.names.has(party, &[Kind::Party]) {
        c.error(by.spans().item(key, at), format!("{} presses `{party}` in vain", by.called()))
            .label("no conduct of it weighs pressure")
            .help("give it a [[conduct]] of kind \"quantal-response\"");
    }
}

/// Whether a party decides on something by quantal response.
pub(super) fn decides_by_weighing(s: &Scenario, party: &str) -> bool {
    let mut conducts = s.conducts.iter().filter(|it| it.party == party);
    conducts.any(|it| matches!(it.policy, Policy::QuantalResponse(_)))
}

/// Whether a party decides on something by quantal response: whom pressing can move.
fn weighs(s: &Scenario, party: &str) -> bool {
    decides_by_weighing(s, party)
}

fn toward_itself(c: &mut Context<'_>, conduct: &Conduct) {
    let own = |party: &String| *party == conduct.party && !party.is_empty();
    if let Some(at) = conduct.policy.toward().iter().position(own) {
        let message = format!("conduct `{}` looks at `{}` itself", conduct.id, conduct.party);
        c.error(conduct.spans.item("toward", at), message)
            .label("the party that decides")
            .help("name parties of the other side");
    }
}

fn slower_down(c: &mut Context<'_>, conduct: &Conduct) {
    if let Some(trust) = conduct.policy.trust()
        && let (Some(up), Some(down)) = (&trust.trust_up_per_day, &trust.trust_down_per_day)
        && most(up) > least(down)
    {
        let spans = &conduct.spans;
        let message = format!("trust of conduct `{}` may rise faster than it falls", conduct.id);
        c.error(spans.of("trust_down_per_day"), message)
            .label(format!("from {} a day", least(down)))
            .related(spans.of("trust_up_per_day"), format!("up to {} a day", most(up)))
            .help("write trust_down_per_day at least as large as trust_up_per_day");
    }
}

/// A belief that moves has a prior for each order, stated and not supposed.
fn priors(c: &mut Context<'_>, conduct: &Conduct, it: &QuantalResponse) {
    let mut missing = ["comply", "defy", "conceal"].to_vec();
    missing.retain(|order| !it.hits_per_day.contains_key(*order));
    if it.belief.belief_memory_days.is_some() && !missing.is_empty() {
        let message =
            format!("beliefs of conduct `{}` move from a prior that is not stated", conduct.id);
        let key =
            if conduct.spans.has("hits_per_day") { "hits_per_day" } else { "belief_memory_days" };
        c.error(conduct.spans.of(key), message)
            .label(format!("no prior for {}", join(&missing, "and")))
            .help("write hits_per_day = { comply = …, defy = …, conceal = … }, and vary it");
    }
}

fn assurance(c: &mut Context<'_>, conduct: &Conduct, it: &Assurance) {
    let spans = &conduct.spans;
    for (high, low, names) in [
        (&it.reward, &it.temptation, ("reward", "temptation")),
        (&it.punishment, &it.sucker, ("punishment", "sucker")),
    ] {
        if least(high) <= most(low) {
            c.error_of(conduct, names.1, &format!("is not below `{}`", names.0))
                .label("with these worths there is no least trust to comply at")
                .related(spans.of(names.0), format!("`{}` from {}", names.0, least(high)))
                .help(format!("write {} below {}", names.1, names.0));
        }
    }
}

fn inspection(c: &mut Context<'_>, conduct: &Conduct, it: &InspectionEquilibrium) {
    let spans = &conduct.spans;
    let (detected, undetected) = (&it.inspector_detected_cost, &it.inspector_undetected_cost);
    if most(detected) >= least(undetected) {
        let message = format!(
            "detecting a violation gains the inspector of conduct `{}` nothing",
            conduct.id
        );
        c.error(spans.of("inspector_undetected_cost"), message)
            .label(format!("an undetected one costs from {}", least(undetected)))
            .related(
                spans.of("inspector_detected_cost"),
                format!("a detected one up to {}", most(detected)),
            )
            .help("write inspector_undetected_cost above inspector_detected_cost");
    }
}
