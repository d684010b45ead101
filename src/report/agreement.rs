//! The agreement in words: what each clause asks, of whom, from when to when.

use super::words::{Names, date, days, list, number, percent};
use crate::scenario::{
    Acted, After, Came, Clause, Deployed, Done, Gate, Missed, Phase, Present, Quiet, Standing,
    Verified, With,
};

/// What a clause asks of those it binds.
pub(super) fn terms(names: Names<'_>, clause: &Clause) -> String {
    let mut parts = vec![clause.terms.owed().asks(&names)];
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

/// Limits on persons, weapons and posts, those that are set.
fn limits(word: &str, set: [Option<f64>; 3]) -> Vec<String> {
    let each = set.into_iter().zip(["persons", "weapons", "posts"]);
    each.filter_map(|(limit, of)| Some(format!("{word}{} {of}", number(limit?)))).collect()
}

/// Words with others before them; nothing where there are none.
fn after(before: &str, words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("{before}{words}") }
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
        Gate::Missed(Missed { clause, .. }) => {
            format!("once {} was not kept on its deadline", names.clause(clause))
        }
        Gate::Present(Present { clause, at_least, for_days, .. }) => {
            let lasting =
                if *for_days > 0 { format!(" for {}", days(*for_days)) } else { String::new() };
            format!("once {at_least} are inside under {}{lasting}", names.clause(clause))
        }
        Gate::Deployed(Deployed { monitors, at_least, at_least_persons, .. }) => {
            let share = if *at_least < 1.0 {
                format!("{} or more of ", percent(*at_least))
            } else {
                String::new()
            };
            let persons = at_least_persons.map(|it| format!(" with {it} persons or more"));
            format!(
                "once {share}{} on duty{}",
                names.monitors(monitors),
                persons.unwrap_or_default()
            )
        }
        Gate::Acted(Acted { act, by, against, count, .. }) => {
            let mut text = format!("once there were {count} {}", act.plural());
            text.push_str(&after(" by ", &names.parties(by)));
            text.push_str(&after(" against ", &names.parties(against)));
            text
        }
        Gate::Came(Came { event, .. }) => format!("once {} has come", names.event(event)),
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
