//! Incidents, liaison, ladders and outside events: numbers and parties that must
//! fit each other.

use super::beliefs;
use super::context::{Context, commander};
use super::names::Kind;
use crate::diag::{Diagnostic, Span, nearest};
use crate::model::ActKind;
use crate::scenario::{Action, Clause, Exit, Happening, Ladder, OutsideEvent, Position};

pub(super) fn check(c: &mut Context<'_>) {
    let s = c.scenario;
    for it in &s.incidents {
        if it.by == it.against && !it.by.is_empty() {
            let message = format!("incident `{}` is of one party alone", it.id);
            c.push(
                Diagnostic::error(it.spans.of("against"), message)
                    .label("the same party as `by`")
                    .help("name the other party"),
            );
        }
        for (key, party) in [("by", &it.by), ("against", &it.against)] {
            let commands = s.forces.iter().any(|force| commander(force) == party);
            if !commands && c.names.has(party, &[Kind::Party]) {
                let message = format!("incident `{}` never happens", it.id);
                c.push(
                    Diagnostic::warning(it.spans.of(key), message)
                        .label("commands no force")
                        .help("name a party that commands a [[force]]"),
                );
            }
        }
    }
    for it in &s.liaisons {
        two(c, &it.between, it.spans.of("between"), &format!("liaison `{}`", it.id));
    }
    for it in &s.ladders {
        two(c, &it.between, it.spans.of("between"), &format!("ladder `{}`", it.id));
        ladder(c, it);
    }
    for it in &s.events {
        event(c, it);
    }
    shipments(c);
    record(c);
}

fn two(c: &mut Context<'_>, between: &[String], span: Span, what: &str) {
    let distinct = matches!(between, [a, b] if a != b);
    if !distinct {
        c.push(
            Diagnostic::error(span, format!("{what} needs two parties"))
                .label(format!("{} named", between.len()))
                .help("write between = [\"one\", \"other\"]"),
        );
    }
}

/// Thresholds that do not cross: each rung is left below where it is reached,
/// and a higher one is reached and left no lower than the one before.
fn ladder(c: &mut Context<'_>, it: &Ladder) {
    let words = ActKind::ALL.map(|(word, _)| word);
    for word in it.severity.keys() {
        if !words.contains(&word.as_str()) {
            let span = it.spans.inner_key("severity", word);
            let diagnostic = Diagnostic::error(span, format!("there is no act `{word}`"))
                .label(format!("in `severity` of ladder `{}`", it.id));
            c.push(match nearest(word, words) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(format!("acts are {}", words.join(", "))),
            });
        }
    }
    for rung in it.rungs.iter().filter(|rung| rung.down >= rung.up) {
        let message = format!("the thresholds of rung `{}` cross", rung.id);
        c.push(
            Diagnostic::error(rung.spans.of("down"), message)
                .label(format!("left at {}", rung.down))
                .related(rung.spans.of("up"), format!("reached at {}", rung.up))
                .help("write `down` below `up`"),
        );
    }
    for pair in it.rungs.windows(2) {
        let [low, high] = pair else { continue };
        for (key, below, above) in [("up", low.up, high.up), ("down", low.down, high.down)] {
            if above < below || (key == "up" && above == below) {
                let message =
                    format!("the thresholds of rungs `{}` and `{}` cross", low.id, high.id);
                c.push(
                    Diagnostic::error(high.spans.of(key), message)
                        .label(format!("`{key}` of the higher rung is {above}"))
                        .related(low.spans.of(key), format!("of the lower one {below}"))
                        .help("let thresholds rise from rung to rung"),
                );
            }
        }
    }
}

fn event(c: &mut Context<'_>, it: &OutsideEvent) {
    let id = &it.id;
    match (&it.date, &it.per_day) {
        (None, None) => c.push(
            Diagnostic::error(it.spans.header(), format!("event `{id}` has no time"))
                .label("in this table")
                .help("add date = 2018-06-22, or per_day = 0.01 for one at random"),
        ),
        (Some(_), Some(_)) => c.push(
            Diagnostic::error(
                it.spans.of("per_day"),
                format!("event `{id}` is both dated and at random"),
            )
            .label("at random here …")
            .related(it.spans.of("date"), "… and dated")
            .help("leave one of the two out"),
        ),
        _ => {}
    }
    if it.date.is_some() {
        for key in ["from", "until"] {
            if it.spans.has(key) {
                let message = format!("`{key}` of event `{id}` has no effect");
                c.push(
                    Diagnostic::error(it.spans.of(key), message)
                        .label("it has a date")
                        .help("`from` and `until` belong to `per_day`"),
                );
            }
        }
    }
    if let (Some(from), Some(until)) = (it.from, it.until)
        && until < from
    {
        c.push(
            Diagnostic::error(it.spans.of("until"), format!("event `{id}` ends before it begins"))
                .label(format!("until {until}"))
                .related(it.spans.of("from"), format!("from {from}"))
                .help("write a later `until`"),
        );
    }
    if let Happening::Act(act) = &it.happening
        && let (Some(target), Some(against)) = (&act.target, &act.against)
        && let Some(force) = c.scenario.forces.iter().find(|it| it.id == *target)
        && commander(force) != against
    {
        let message = format!("force `{target}` is not commanded by `{against}`");
        c.push(
            Diagnostic::error(it.spans.of("target"), message)
                .label(format!("commanded by `{}`", commander(force)))
                .help("name a force of the party it is done to"),
        );
    }
    match &it.happening {
        Happening::Position(of) => position(c, it, of),
        Happening::Exit(of) => exit(c, it, of),
        _ => {}
    }
    if let Happening::Front(front) = &it.happening
        && let Some(party) = c.scenario.parties.iter().find(|it| it.id == front.party)
        && party.lift_persons.is_none()
    {
        let message = format!("event `{id}` takes lift from `{}`, which has no limit", party.id);
        c.push(
            Diagnostic::error(it.spans.of("party"), message)
                .label("has no `lift_persons`")
                .help("add lift_persons to the party"),
        );
    }
}

/// A change of position changes something that the party has.
fn position(c: &mut Context<'_>, event: &OutsideEvent, it: &Position) {
    let (id, spans) = (&event.id, &event.spans);
    let s = c.scenario;
    let mut wrong = |key: &str, message: String, label: String, help: &str| {
        let span = if spans.has(key) { spans.of(key) } else { spans.header() };
        c.push(Diagnostic::error(span, message).label(label).help(help));
    };
    if !["order", "value", "pressure", "control"].iter().any(|key| spans.has(key)) {
        wrong(
            "kind",
            format!("event `{id}` changes no position"),
            "says nothing new".into(),
            "add order, value, pressure or control",
        );
    }
    if it.days.is_some() && it.order.is_none() {
        wrong(
            "days",
            format!("`days` of event `{id}` has no effect"),
            "there is no order to stand for so long".into(),
            "add order = \"comply\", or leave `days` out",
        );
    }
    if it.days == Some(0) {
        wrong(
            "days",
            format!("the order of event `{id}` stands for no day"),
            "0 days".into(),
            "write at least 1 day, or leave `days` out for good",
        );
    }
    let party = s.parties.iter().find(|party| party.id == it.party);
    let Some(party) = party else { return };
    if it.control.is_some() && party.patron.is_none() {
        wrong(
            "control",
            format!("`{}` has no patron that could control it", it.party),
            "control by whom?".into(),
            "add `patron` and `control` to the party",
        );
    }
    for (key, weighed) in [("value", it.value.is_some()), ("pressure", it.pressure.is_some())] {
        if weighed && !beliefs::decides_by_weighing(s, &it.party) {
            wrong(
                key,
                format!("`{}` weighs no `{key}`", it.party),
                "no conduct of it does".into(),
                "give it a [[conduct]] of kind \"quantal-response\", or write `order`",
            );
        }
    }
    let decides = |clause: &Clause| {
        let bound = s.parties.iter().filter(|it| clause.binds.contains(&it.id));
        clause.binds.contains(&it.party)
            || bound.into_iter().any(|bound| bound.patron.as_ref() == Some(&it.party))
    };
    for (at, named) in it.clauses.iter().enumerate() {
        let clause = s.clauses.iter().find(|clause| clause.id == *named);
        if clause.is_some_and(|clause| !decides(clause)) {
            c.push(
                Diagnostic::error(
                    spans.item("clauses", at),
                    format!("`{}` decides nothing on clause `{named}`", it.party),
                )
                .label("binds neither it nor a proxy of it")
                .help("name a clause that binds it"),
            );
        }
    }
}

/// What is said with an exit is said to somebody.
fn exit(c: &mut Context<'_>, event: &OutsideEvent, it: &Exit) {
    let (id, spans) = (&event.id, &event.spans);
    let says = [("clause", it.clause.is_some()), ("pressure", it.pressure.is_some())];
    if it.about.is_empty() {
        for (key, _) in says.iter().filter(|(_, said)| *said) {
            c.push(
                Diagnostic::error(spans.of(key), format!("`{key}` of event `{id}` is of nobody"))
                    .label("no `about`")
                    .help("add about = [\"…\"]: the parties it is said to"),
            );
        }
    } else if says.iter().all(|(_, said)| !said) {
        c.push(
            Diagnostic::error(spans.of("about"), format!("`about` of event `{id}` has no effect"))
                .label("nothing is said to them")
                .help("add clause = \"…\" that they are said to violate, or pressure = 0.2"),
        );
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
        let Some(known) = s.forces.iter().find(|it| it.id == *force) else {
            continue;
        };
        for class in equipment.keys() {
            if !known.equipment.contains_key(class) {
                let message = format!("force `{force}` has no `{class}` to be added to");
                c.push(
                    Diagnostic::error(spans.inner_key("equipment", class), message)
                        .label("not in its `equipment`")
                        .help(format!("write {class} = 0 in `equipment` of the force")),
                );
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
        c.push(
            Diagnostic::error(
                time.spans.of("record_until"),
                format!("the record ends on {until}, outside the run"),
            )
            .label(format!("the run is from {} to {}", time.start, time.end))
            .help("write a day of the run"),
        );
    }
}
