//! Incidents, liaison, ladders and outside events: numbers and parties that must
//! fit each other.

use super::beliefs;
use super::context::Context;
use super::names::{Kind, near_or};
use crate::model::ActKind;
use crate::scenario::refer::{Entry, named};
use crate::scenario::{Action, Clause, Exit, Happening, Incident, Ladder, OutsideEvent, Position};

pub(super) fn check(c: &mut Context<'_>) {
    let s = c.scenario;
    for it in &s.incidents {
        if it.by == it.against && !it.by.is_empty() {
            c.error_at(it, "against", "is of one party alone")
                .label("the same party as `by`")
                .help("name the other party");
        }
        for (key, party) in [("by", &it.by), ("against", &it.against)] {
            let commands = s.forces.iter().any(|force| force.commander() == party);
            if !commands && c.names.has(party, &[Kind::Party]) {
                c.warning_at(it, key, "never happens")
                    .label("commands no force")
                    .help("name a party that commands a [[force]]");
            }
        }
    }
    for it in &s.incidents {
        incident(c, it);
    }
    for it in &s.liaisons {
        two(c, it, &it.between);
    }
    for it in &s.ladders {
        two(c, it, &it.between);
        ladder(c, it);
    }
    for it in &s.events {
        event(c, it);
    }
    for it in &s.rules {
        if let Action::Offensive(take) = &it.action {
            offensive(c, it, ("on_parties", &it.party), &take.on_parties);
        }
    }
    shipments(c);
    record(c);
}

fn incident(c: &mut Context<'_>, it: &Incident) {
    no_offensive(c, it, it.act);
    if let Some(persons) = &it.persons {
        let label = match persons.as_slice() {
            [a, b] if *a >= 1.0 && *b >= 1.0 => None,
            [_, _] => Some("nobody of one of them".to_owned()),
            others => Some(format!("{} here", others.len())),
        };
        if let Some(label) = label {
            c.error_at(it, "persons", "needs two numbers of persons")
                .label(label)
                .help("write persons = [400, 300]: of `by` and of `against`");
        }
    }
    if it.dispersion.is_none() && it.spans.has("regime_half_life_days") {
        c.error_of(it, "regime_half_life_days", "has no effect")
            .label("no factor is drawn")
            .help("add dispersion = 0.5, the shape of the factor");
    }
}

/// Ground is taken where something says which.
fn no_offensive(c: &mut Context<'_>, entry: &dyn Entry, act: ActKind) {
    if act == ActKind::Offensive {
        c.error_at(entry, "act", "takes no ground")
            .label("an offensive of no sites")
            .help("write an [[event]] or a [[rule]] of kind = \"offensive\" with its sites");
    }
}

/// An offensive is against others.
fn offensive(c: &mut Context<'_>, entry: &dyn Entry, (key, by): (&str, &str), against: &[String]) {
    if against.iter().any(|party| party == by) {
        c.error_at(entry, key, "is against its own author")
            .label(format!("`{by}` takes the sites"))
            .help("leave it out");
    }
}

fn two(c: &mut Context<'_>, entry: &dyn Entry, between: &[String]) {
    let distinct = matches!(between, [a, b] if a != b);
    if !distinct {
        c.error_at(entry, "between", "needs two parties")
            .label(format!("{} named", between.len()))
            .help("write between = [\"one\", \"other\"]");
    }
}

/// Thresholds that do not cross: each rung is left below where it is reached,
/// and a higher one is reached and left no lower than the one before.
fn ladder(c: &mut Context<'_>, it: &Ladder) {
    let words = ActKind::ALL.map(|(word, _)| word);
    for word in it.severity.keys().filter(|word| !words.contains(&word.as_str())) {
        let span = it.spans.inner_key("severity", word);
        c.error(span, format!("there is no act `{word}`"))
            .label(format!("in `severity` of {}", it.called()))
            .help(near_or(word, words, || format!("acts are {}", words.join(", "))));
    }
    for rung in it.rungs.iter().filter(|rung| rung.down >= rung.up) {
        c.error(rung.spans.of("down"), format!("the thresholds of rung `{}` cross", rung.id))
            .label(format!("left at {}", rung.down))
            .related(rung.spans.of("up"), format!("reached at {}", rung.up))
            .help("write `down` below `up`");
    }
    for pair in it.rungs.windows(2) {
        let [low, high] = pair else { continue };
        for (key, below, above) in [("up", low.up, high.up), ("down", low.down, high.down)] {
            if above < below || (key == "up" && above == below) {
                let message =
                    format!("the thresholds of rungs `{}` and `{}` cross", low.id, high.id);
                c.error(high.spans.of(key), message)
                    .label(format!("`{key}` of the higher rung is {above}"))
                    .related(low.spans.of(key), format!("of the lower one {below}"))
                    .help("let thresholds rise from rung to rung");
            }
        }
    }
}

fn event(c: &mut Context<'_>, it: &OutsideEvent) {
    match (&it.date, &it.per_day) {
        (None, None) => {
            c.error_at(it, "", "has no time")
                .label("in this table")
                .help("add date = 2018-06-22, or per_day = 0.01 for one at random");
        }
        (Some(_), Some(_)) => {
            c.error_at(it, "per_day", "is both dated and at random")
                .label("at random here …")
                .related(it.spans.of("date"), "… and dated")
                .help("leave one of the two out");
        }
        _ => {}
    }
    if it.date.is_some() {
        for key in ["from", "until"] {
            if it.spans.has(key) {
                c.error_of(it, key, "has no effect")
                    .label("it has a date")
                    .help("`from` and `until` belong to `per_day`");
            }
        }
    }
    if let (Some(from), Some(until)) = (it.from, it.until)
        && until < from
    {
        c.error_at(it, "until", "ends before it begins")
            .label(format!("until {until}"))
            .related(it.spans.of("from"), format!("from {from}"))
            .help("write a later `until`");
    }
    if let Happening::Act(act) = &it.happening
        && let (Some(target), Some(against)) = (&act.target, &act.against)
        && let Some(force) = named(&c.scenario.forces, Some(target))
        && force.commander() != against
    {
        c.error(it.spans.of("target"), format!("force `{target}` is not commanded by `{against}`"))
            .label(format!("commanded by `{}`", force.commander()))
            .help("name a force of the party it is done to");
    }
    match &it.happening {
        Happening::Position(of) => position(c, it, of),
        Happening::Exit(of) => exit(c, it, of),
        Happening::Act(of) => no_offensive(c, it, of.act),
        Happening::Offensive(of) => offensive(c, it, ("against", &of.by), &of.against),
        _ => {}
    }
    if let Happening::Front(front) = &it.happening
        && let Some(party) = named(&c.scenario.parties, Some(&front.party))
        && party.lift_persons.is_none()
    {
        c.error_at(it, "party", &format!("takes lift from `{}`, which has no limit", party.id))
            .label("has no `lift_persons`")
            .help("add lift_persons to the party");
    }
}

/// A change of position changes something that the party has.
fn position(c: &mut Context<'_>, event: &OutsideEvent, it: &Position) {
    let (s, spans, own) = (c.scenario, &event.spans, &it.party);
    if !["order", "value", "pressure", "control"].iter().any(|key| spans.has(key)) {
        c.error_at(event, "kind", "changes no position")
            .label("says nothing new")
            .help("add order, value, pressure or control");
    }
    if it.days.is_some() && it.order.is_none() {
        c.error_of(event, "days", "has no effect")
            .label("there is no order to stand for so long")
            .help("add order = \"comply\", or leave `days` out");
    }
    if it.days == Some(0) {
        c.error(spans.of("days"), format!("the order of {} stands for no day", event.called()))
            .label("0 days")
            .help("write at least 1 day, or leave `days` out for good");
    }
    let Some(party) = named(&s.parties, Some(own)) else { return };
    if it.control.is_some() && party.patron.is_none() {
        c.error(spans.of("control"), format!("`{own}` has no patron that could control it"))
            .label("control by whom?")
            .help("add `patron` and `control` to the party");
    }
    for (key, weighed) in [("value", it.value.is_some()), ("pressure", it.pressure.is_some())] {
        if weighed && !beliefs::decides_by_weighing(s, own) {
            c.error(spans.of(key), format!("`{own}` weighs no `{key}`"))
                .label("no conduct of it does")
                .help("give it a [[conduct]] of kind \"quantal-response\", or write `order`");
        }
    }
    let decides = |clause: &Clause| {
        let mut bound = s.parties.iter().filter(|it| clause.binds.contains(&it.id));
        clause.binds.contains(own) || bound.any(|bound| bound.patron.as_ref() == Some(own))
    };
    for (at, id) in it.clauses.iter().enumerate() {
        if named(&s.clauses, Some(id)).is_some_and(|clause| !decides(clause)) {
            let message = format!("`{own}` decides nothing on clause `{id}`");
            c.error(spans.item("clauses", at), message)
                .label("binds neither it nor a proxy of it")
                .help("name a clause that binds it");
        }
    }
}

/// What is said with an exit is said to somebody.
fn exit(c: &mut Context<'_>, event: &OutsideEvent, it: &Exit) {
    let says = [("clause", it.clause.is_some()), ("pressure", it.pressure.is_some())];
    if it.about.is_empty() {
        for (key, _) in says.iter().filter(|(_, said)| *said) {
            c.error_of(event, key, "is of nobody")
                .label("no `about`")
                .help("add about = [\"…\"]: the parties it is said to");
        }
    } else if says.iter().all(|(_, said)| !said) {
        c.error_of(event, "about", "has no effect")
            .label("nothing is said to them")
            .help("add clause = \"…\" that they are said to violate, or pressure = 0.2");
    }
}

/// What is sent must be of a class that the force has, or it could not be kept
/// count of.
fn shipments(c: &mut Context<'_>) {
    let s = c.scenario;
    let rules = s.rules.iter().filter_map(|rule| match &rule.action {
        Action::Reinforce(it) => Some((&rule.spans, &it.force, &it.equipment)),
        _ => None,
    });
    let events = s.events.iter().filter_map(|event| match &event.happening {
        Happening::Convoy(it) => Some((&event.spans, &it.force, &it.equipment)),
        _ => None,
    });
    for (spans, force, equipment) in rules.chain(events) {
        let Some(known) = named(&s.forces, Some(force)) else { continue };
        for class in equipment.keys() {
            if !known.equipment.contains_key(class) {
                let message = format!("force `{force}` has no `{class}` to be added to");
                c.error(spans.inner_key("equipment", class), message)
                    .label("not in its `equipment`")
                    .help(format!("write {class} = 0 in `equipment` of the force"));
            }
        }
    }
}

/// The record ends within the run.
fn record(c: &mut Context<'_>) {
    let time = &c.scenario.time;
    if let Some(until) = time.record_until
        && (until < time.start || until > time.end)
        && time.end > time.start
    {
        let message = format!("the record ends on {until}, outside the run");
        c.error(time.spans.of("record_until"), message)
            .label(format!("the run is from {} to {}", time.start, time.end))
            .help("write a day of the run");
    }
}
