//! The agreement in words: what each clause asks, of whom, from when to when.

use super::words::{Names, date, days, list, number, percent};
use crate::scenario::{
    Abstain, After, Clause, Deliver, Deployed, Done, Gate, Goods, KeepDistance, Phase, Presence,
    Quantity, Quiet, Side, Standing, Terms, Verified, Width, With,
};
use crate::stats::Distribution;

/// What a clause asks of those it binds.
pub(super) fn terms(names: Names<'_>, clause: &Clause) -> String {
    let asked = match &clause.terms {
        Terms::KeepDistance(it) => keep_distance(names, it),
        Terms::Presence(it) => presence(names, it),
        Terms::Confine(it) => {
            let sites = if it.sites.is_empty() {
                "where each force was at the start".to_owned()
            } else {
                list(it.sites.iter().map(|id| names.place(id)))
            };
            format!("stay within {} km of {sites}", number(it.radius_km))
        }
        Terms::Leave(it) => format!("leave {}", names.place(&it.area)),
        Terms::Deliver(it) => deliver(names, clause, it),
        Terms::Posture(_) => "keep weapons where they are, inactive".into(),
        Terms::Abstain(it) => abstain(names, it),
        Terms::Passage(it) => format!(
            "keep the way open through {} (no force within {} km)",
            names.place(&it.through),
            number(it.radius_km)
        ),
        Terms::Act(it) if it.takes_days > 0 => {
            format!("take a political step (it takes {})", days(it.takes_days))
        }
        Terms::Act(_) => "take a political step".into(),
    };
    let mut parts = vec![asked];
    parts.extend(scope(names, clause));
    for exempt in &clause.exempt {
        let who = [names.parties(&exempt.parties), list(&exempt.forces)];
        let who = list(who.iter().filter(|it| !it.is_empty()));
        let limits = limits("", [exempt.up_to_persons, exempt.up_to_weapons, exempt.up_to_posts]);
        let limits = after(", up to ", &list(limits));
        let who = if who.is_empty() { "some" } else { &who };
        parts.push(format!("exempt: {who}{limits} ({})", exempt.reason));
    }
    if clause.kept_at < 1.0 {
        let share = percent(clause.kept_at);
        parts.push(format!("counts as kept at {share} of the strength"));
    }
    parts.join("; ")
}

fn keep_distance<'a>(names: Names<'a>, it: &'a KeepDistance) -> String {
    let mut text = format!("stay at least {} km from {}", number(it.min_km), names.place(&it.from));
    if let Some(target) = it.target_km.filter(|target| *target > it.min_km) {
        text.push_str(&format!(" (in full: {} km)", number(target)));
    }
    if it.side == Side::Negative {
        text.push_str(", on its far side");
    }
    if it.width == Width::InTotal {
        text.push_str(", both sides together, half on each");
    }
    for (party, from) in &it.from_of {
        let (party, from) = (names.party(party), names.place(from));
        text.push_str(&format!(", {party} from {from}"));
    }
    text
}

fn presence<'a>(names: Names<'a>, it: &'a Presence) -> String {
    let place = match (&it.area, &it.from) {
        (Some(area), _) => names.place(area).to_owned(),
        (None, Some(from)) => format!(
            "{} to {} km from {}",
            number(it.from_km.unwrap_or(f64::NEG_INFINITY)),
            number(it.to_km.unwrap_or(f64::INFINITY)),
            names.place(from)
        ),
        (None, None) => "the area".into(),
    };
    let who = if it.authorised.is_empty() {
        "no bound force".to_owned()
    } else {
        format!("forces of {} alone", names.parties(&it.authorised))
    };
    let most = limits("at most ", [it.cap_persons, it.cap_weapons, it.cap_posts]);
    let least = limits("at least ", [it.floor_persons, it.floor_weapons, it.floor_posts]);
    let limits = after(", ", &list(most.into_iter().chain(least)));
    let sites = it.deploys.values().map(|site| names.place(site));
    let deploys = after("; forces deploy to ", &list(sites));
    format!("in {place}: {who}{limits}{deploys}")
}

/// Limits on persons, weapons and posts, those that are set.
fn limits(word: &str, set: [Option<f64>; 3]) -> Vec<String> {
    let each = set.into_iter().zip(["persons", "weapons", "posts"]);
    each.filter_map(|(limit, of)| Some(format!("{word}{} {of}", number(limit?)))).collect()
}

/// Words with others before them; nothing where there are none.
fn after(before: &str, words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("{before}{words}") }
}

fn deliver<'a>(names: Names<'a>, clause: &'a Clause, it: &'a Deliver) -> String {
    let goods = match it.what {
        Goods::Weapons => "weapons",
        Goods::Prisoners => "prisoners",
        Goods::Records => "records",
        Goods::Installations => "installations",
        Goods::Ground => "ground",
    };
    let mut text = if it.dismantled {
        format!("take down {goods}")
    } else {
        format!("hand over {goods} to {}", names.party(&it.to))
    };
    if !it.items.is_empty() {
        text.push_str(&format!(" ({})", list(&it.items)));
    }
    for (rate, word) in [(&it.weapons_per_day, "weapons"), (&it.items_per_day, "items")] {
        if let Some(rate) = rate {
            let rate = quantity(rate);
            text.push_str(&format!(", {rate} {word} a day and force"));
        }
    }
    if it.inspection_days > 0 {
        let days = days(it.inspection_days);
        text.push_str(&format!(", ruled on within {days}"));
    }
    let by_taker = clause.counts_weapons() && it.inspection_days > 0;
    if let Some(verifier) = it.verifier.as_ref().or(by_taker.then_some(&it.to)) {
        text.push_str(&format!(" by {}", names.party(verifier)));
    }
    text
}

fn abstain<'a>(names: Names<'a>, it: &'a Abstain) -> String {
    let mut text = format!("no {}", list(it.acts.iter().map(|kind| kind.plural())));
    text.push_str(&after(" against ", &names.parties(&it.against)));
    for licence in &it.licences {
        let to = after(" by ", &names.parties(&licence.to));
        let (after, within) = (licence.after.plural(), days(licence.within_days));
        text.push_str(&format!("; licensed{to} within {within} of {after} suffered"));
    }
    text
}

fn scope<'a>(names: Names<'a>, clause: &'a Clause) -> Option<String> {
    let scope = &clause.scope;
    let mut parts = Vec::new();
    if !scope.classes.is_empty() {
        parts.push(list(scope.classes.iter().map(|id| names.class(id))));
    }
    if scope.heavy {
        parts.push("heavy weapons".into());
    }
    if let Some(mm) = scope.min_calibre_mm {
        parts.push(format!("calibre of {} mm or more", number(mm)));
    }
    if let Some(km) = scope.min_range_km {
        parts.push(format!("range of {} km or more", number(km)));
    }
    parts.extend(scope.domain.map(|it| format!("{} alone", it.word())));
    (!parts.is_empty()).then(|| format!("of: {}", parts.join(", ")))
}

/// A number of the file, or what it is drawn from.
fn quantity(quantity: &Quantity) -> String {
    match &quantity.0 {
        Distribution::Fixed(value) => number(*value),
        drawn => {
            let (low, high) = drawn.support();
            format!("{} to {}", number(low), number(high))
        }
    }
}

/// When a gate opens.
pub(super) fn gate(names: Names<'_>, it: &Gate) -> String {
    match it {
        Gate::Date(day) => date(*day),
        Gate::After(After { after, days: 0, .. }) => {
            format!("with the start of {}", names.clause(after))
        }
        Gate::After(After { after, days: n, .. }) => {
            format!("{} after the start of {}", days(*n), names.clause(after))
        }
        Gate::Verified(Verified { clause, at_least, for_days, .. }) => {
            let lasting =
                if *for_days > 0 { format!(" for {}", days(*for_days)) } else { String::new() };
            format!(
                "once {} is verified kept by {} or more{lasting}",
                names.clause(clause),
                percent(*at_least)
            )
        }
        Gate::Done(Done { clause, .. }) => format!("once {} is done", names.clause(clause)),
        Gate::Deployed(Deployed { monitors, at_least, .. }) => {
            let share = if *at_least < 1.0 {
                format!("{} or more of ", percent(*at_least))
            } else {
                String::new()
            };
            format!("once {share}{} on duty", names.monitors(monitors))
        }
        Gate::Quiet(Quiet { days: n, between, at, from, .. }) => {
            let mut text = format!("after {} of quiet", days(*n));
            text.push_str(&after(" between ", &names.parties(between)));
            text.push_str(&after(" at ", &list(at.iter().map(|id| names.place(id)))));
            if let Some(from) = from {
                text.push_str(&format!(", counted from {}", date(*from)));
            }
            text
        }
        Gate::With(With { with, .. }) => format!("together with {}", names.clause(with)),
        Gate::All(gates) => join(names, gates, "and"),
        Gate::Any(gates) => join(names, gates, "or"),
    }
}

fn join(names: Names<'_>, gates: &[Gate], word: &str) -> String {
    let each: Vec<String> = gates.iter().map(|it| gate(names, it)).collect();
    each.join(&format!(", {word} "))
}

/// The phase that a clause belongs to.
fn phase<'a>(names: Names<'a>, clause: &Clause) -> Option<&'a Phase> {
    let id = clause.phase.as_ref()?;
    names.0.phases.iter().find(|it| it.id == *id)
}

/// When a clause starts, as written or by what it belongs to.
pub(super) fn starts<'a>(names: Names<'a>, clause: &'a Clause) -> String {
    if let Some(own) = &clause.starts {
        return gate(names, own);
    }
    if let Some(phase) = phase(names, clause) {
        let title = names.clause(&phase.id);
        return match &phase.starts {
            Some(own) => format!("{title}: {}", gate(names, own)),
            None => title.to_owned(),
        };
    }
    date(names.0.time.start)
}

/// Whether it is demanded, offered or agreed.
pub(super) fn standing(names: Names<'_>, clause: &Clause) -> &'static str {
    let of_phase = || phase(names, clause)?.agreement.as_ref();
    let agreement = clause.agreement.as_ref().or_else(of_phase);
    let of = agreement.and_then(|id| names.0.agreements.iter().find(|it| it.id == *id));
    standing_word(clause.standing.or_else(|| of.and_then(|it| it.standing)))
}

/// The word for it.
pub(super) fn standing_word(standing: Option<Standing>) -> &'static str {
    match standing {
        Some(Standing::Demanded) => "demanded",
        Some(Standing::Offered) => "offered",
        Some(Standing::Agreed) | None => "agreed",
    }
}
