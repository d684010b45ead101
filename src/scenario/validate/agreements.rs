//! Agreements, readings, milestones, bands of verification and changes: what
//! must fit together.

use super::context::Context;
use crate::scenario::refer::named;
use crate::scenario::{
    Action, Amend, Change, Clause, Extend, Gate, Happening, Renew, Terms, TermsAction,
};

pub(super) fn check(c: &mut Context<'_>) {
    for clause in &c.scenario.clauses {
        milestones(c, clause);
        verifiers(c, clause);
        of_one_agreement(c, clause);
        side(c, clause);
    }
    readings(c);
    for change in &c.scenario.changes {
        of_change(c, change);
    }
}

/// Neither the share nor the date of a milestone falls behind the one before.
fn milestones(c: &mut Context<'_>, clause: &Clause) {
    for pair in clause.milestones.windows(2) {
        let [first, next] = pair else { continue };
        if next.share < first.share {
            let message = format!("the milestones of clause `{}` fall", clause.id);
            c.error(next.spans.of("share"), message)
                .label(format!("a share of {}", next.share))
                .related(first.spans.of("share"), format!("after one of {}", first.share))
                .help("write them in order, each share at least as large as the one before");
        }
        if let (Gate::Date(by), Gate::Date(later)) = (&first.by, &next.by)
            && later <= by
        {
            let message = format!("the milestones of clause `{}` go back in time", clause.id);
            c.error(next.spans.of("by"), message)
                .label(format!("due on {later}"))
                .related(first.spans.of("by"), format!("after one due on {by}"))
                .help("write them in order of their dates");
        }
    }
    if let (Some(last), Some(Gate::Date(deadline))) = (clause.milestones.last(), &clause.deadline)
        && let Gate::Date(by) = &last.by
        && by > deadline
    {
        let message = format!("a milestone of clause `{}` is due after its deadline", clause.id);
        c.error(last.spans.of("by"), message)
            .label(format!("due on {by}"))
            .related(clause.spans.of("deadline"), format!("the deadline is {deadline}"))
            .help("leave it out, or write a later deadline");
    }
}

fn verifiers(c: &mut Context<'_>, clause: &Clause) {
    if !clause.verifiers.is_empty() && !of_place(clause) {
        c.error_at(clause, "verifiers", "measures no distance")
            .label("so its verifiers have no bands")
            .help("name them in `monitors`");
    }
    for verifier in &clause.verifiers {
        if verifier.to_km <= verifier.from_km {
            let message = format!(
                "a band of `verifiers` of clause `{}` ends where it begins, or before",
                clause.id
            );
            c.error(verifier.spans.of("to_km"), message)
                .label(format!("{} km", verifier.to_km))
                .related(verifier.spans.of("from_km"), format!("{} km", verifier.from_km))
                .help("write to_km above from_km");
        }
        for (index, id) in verifier.monitors.iter().enumerate() {
            if clause.monitors.contains(id) {
                let message = format!(
                    "monitor `{id}` verifies clause `{}` everywhere and in a band",
                    clause.id
                );
                c.error(verifier.spans.item("monitors", index), message)
                    .label("in this band …")
                    .related(clause.spans.of("monitors"), "… and everywhere")
                    .help("leave it out of one of the two");
            }
        }
    }
}

/// Whether a clause judges forces by where they stand.
fn of_place(clause: &Clause) -> bool {
    matches!(clause.terms, Terms::KeepDistance(_) | Terms::Leave(_) | Terms::Presence(_))
}

/// A clause belongs to the agreement of its phase.
fn of_one_agreement(c: &mut Context<'_>, clause: &Clause) {
    let phase = named(&c.scenario.phases, clause.phase.as_ref());
    if let (Some(own), Some(phase)) = (&clause.agreement, phase)
        && let Some(other) = &phase.agreement
        && own != other
    {
        c.error_at(
            clause,
            "agreement",
            &format!("belongs to `{own}`, its phase `{}` to `{other}`", phase.id),
        )
        .label("not the agreement of its phase")
        .related(phase.spans.of("agreement"), "this one")
        .help("leave `agreement` out of the clause, or name another phase");
    }
}

/// Only a line has sides.
fn side(c: &mut Context<'_>, clause: &Clause) {
    let Terms::KeepDistance(it) = &clause.terms else {
        return;
    };
    let (s, from) = (c.scenario, Some(&it.from));
    let none = named(&s.lines, from).is_none()
        && (named(&s.sites, from).is_some() || named(&s.areas, from).is_some());
    for key in ["side", "width"] {
        if clause.spans.has(key) && none {
            c.error(clause.spans.of(key), format!("`{}` is no line, and has no sides", it.from))
                .label("of which side?")
                .related(clause.spans.of("from"), "measured from this")
                .help(format!("leave `{key}` out"));
        }
    }
}

fn readings(c: &mut Context<'_>) {
    let readings = &c.scenario.readings;
    for (index, reading) in readings.iter().enumerate() {
        let base = named(&c.scenario.clauses, Some(&reading.reading_of));
        if readings.iter().any(|it| it.id == reading.reading_of) {
            let message = format!("`{}` is a reading of a reading", reading.id);
            c.error(reading.spans.of("reading_of"), message)
                .label("this is a reading itself")
                .help("name the clause that is read");
        }
        let earlier = readings[..index]
            .iter()
            .find(|it| (&it.reading_of, &it.read_by) == (&reading.reading_of, &reading.read_by));
        if let Some(earlier) = earlier {
            let message = format!(
                "two readings of clause `{}` are `{}`'s",
                reading.reading_of, reading.read_by
            );
            c.error(reading.spans.of("read_by"), message)
                .label("again")
                .related(earlier.spans.of("read_by"), "first here")
                .help("a party reads a clause in one way: leave one of the two out");
        }
        if let Some(base) = base
            && !of_place(base)
            && !matches!(base.terms, Terms::Abstain(_))
        {
            let message = format!("clause `{}` cannot be read in more than one way", base.id);
            c.error(reading.spans.of("reading_of"), message)
                .label("not a clause of distance, presence, leaving or abstaining")
                .help("write what the parties differ over as two clauses");
        }
    }
    let clauses = &c.scenario.clauses;
    for clause in clauses.iter().filter(|it| it.reading.is_some()) {
        own_acts(c, clause);
    }
}

/// Acts are done once, whoever judges them: how often is the clause's to say.
fn own_acts(c: &mut Context<'_>, clause: &Clause) {
    let (Terms::Abstain(own), Some(reading)) = (&clause.terms, &clause.reading) else {
        return;
    };
    let base = named(&c.scenario.clauses, Some(&reading.reading_of));
    if let Some(Terms::Abstain(base)) = base.map(|it| &it.terms)
        && own.acts_per_day != base.acts_per_day
    {
        let message = format!("reading `{}` has acts of its own", clause.id);
        c.error(clause.spans.of("acts_per_day"), message)
            .label("how often is no matter of reading")
            .help("write acts_per_day in the clause that is read");
    }
}

fn of_change(c: &mut Context<'_>, change: &Change) {
    let id = &change.id;
    match (&change.clause, &change.agreement) {
        (None, None) => {
            c.error_at(change, "", "is about nothing")
                .label("neither `clause` nor `agreement`")
                .help("add clause = \"…\" or agreement = \"…\"");
        }
        (Some(_), Some(_)) => {
            c.error_at(change, "agreement", "is about a clause and an agreement")
                .label("this …")
                .related(change.spans.of("clause"), "… and this")
                .help("leave one of the two out");
        }
        _ => {}
    }
    let rules = c.scenario.rules.iter().filter_map(|rule| match &rule.action {
        Action::Change(it) => Some(&it.changes),
        _ => None,
    });
    let events = c.scenario.events.iter().filter_map(|event| match &event.happening {
        Happening::Exit(it) => Some(&it.changes),
        _ => None,
    });
    let made = change.when.is_some() || rules.chain(events).flatten().any(|it| it == id);
    if !made {
        c.error_at(change, "", "is never made")
            .label("no `when`, and nothing names it")
            .help("add when = 2030-01-01 or another gate, or name it in `changes` of a [[rule]] or [[event]]");
    }
    match &change.action {
        TermsAction::Amend(amend) => amended(c, change, amend),
        TermsAction::Extend(Extend { days: 0 }) | TermsAction::Renew(Renew { days: 0 }) => {
            c.error_at(change, "days", "is by 0 days")
                .label("at least 1 day")
                .help("write the number of days");
        }
        _ => {}
    }
}

/// An amendment changes something, and the terms it leaves make sense.
fn amended(c: &mut Context<'_>, change: &Change, amend: &Amend) {
    let of_place = [
        ("min_km", amend.min_km),
        ("target_km", amend.target_km),
        ("cap_persons", amend.cap_persons),
        ("floor_persons", amend.floor_persons),
        ("kept_at", amend.kept_at),
    ];
    if of_place.iter().all(|(_, value)| value.is_none()) {
        c.error_at(change, "", "amends nothing")
            .label("no new term")
            .help("add min_km, target_km, cap_persons, floor_persons or kept_at");
    }
    let Some(clause) = named(&c.scenario.clauses, change.clause.as_ref()) else {
        return;
    };
    let distance = matches!(clause.terms, Terms::KeepDistance(_));
    let presence = matches!(clause.terms, Terms::Presence(_));
    for (key, value) in of_place {
        let fits = match key {
            "min_km" | "target_km" => distance,
            "cap_persons" | "floor_persons" => presence,
            _ => true,
        };
        if value.is_some() && !fits {
            let message = format!("clause `{}` has no `{key}` to amend", clause.id);
            c.error(change.spans.of(key), message)
                .label("a term of another kind of clause")
                .related(clause.spans.header(), "this clause")
                .help("leave it out");
        }
    }
    if let Terms::KeepDistance(it) = &clause.terms {
        let min = amend.min_km.unwrap_or(it.min_km);
        let target = amend.target_km.unwrap_or_else(|| {
            let target = it.target_km.unwrap_or(it.min_km);
            target + amend.min_km.map_or(0.0, |min| min - it.min_km)
        });
        if target < min {
            c.error_at(
                change,
                "target_km",
                &format!("leaves clause `{}` with `target_km` below `min_km`", clause.id),
            )
            .label(format!("in full from {target} km, kept from {min} km"))
            .help("write target_km at least as large as min_km");
        }
    }
}
