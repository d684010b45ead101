//! Tension and rungs.

use crate::engine::state::{Act, EventId, EventKind, Occurrence, World};
use crate::model::{ActKind, LadderIndex, Mechanism, Model, On, PartyIndex};

/// Puts every ladder on the rung that its first tension carries it to.
pub(super) fn begin(model: &Model, world: &mut World) {
    if !model.mechanisms.has(Mechanism::Ladder) {
        return;
    }
    for index in model.ladders.keys() {
        climb(model, world, index, (0, None));
    }
    // Where things stand at the start is no news to anybody.
    world.conflict.queue.clear();
}

/// Lets an act be felt: tension rises by its severity, and so may the rung.
pub(super) fn feel(model: &Model, world: &mut World, act: &Act, day: u32) {
    if !model.mechanisms.has(Mechanism::Ladder) {
        return;
    }
    let Some(against) = act.against else { return };
    for (index, ladder) in model.ladders.iter_enumerated() {
        let [a, b] = ladder.between;
        if (a, b) != (act.by, against) && (b, a) != (act.by, against) {
            continue;
        }
        let state = &mut world.conflict.ladders[index];
        let of = |kind: ActKind| {
            let kinds = ladder.severity.iter().zip(&state.severity);
            kinds.filter(|((it, _), _)| *it == kind).map(|(_, severity)| *severity).next()
        };
        // An offensive without a severity of its own is fire.
        let fire = || of(ActKind::Fire).filter(|_| act.kind.is(ActKind::Fire));
        let severity: Option<f64> = of(act.kind).or_else(fire);
        let Some(severity) = severity else { continue };
        state.tension += severity;
        if severity > 0.0 {
            state.quiet_since = day;
        }
        climb(model, world, index, (day, Some(act.event)));
    }
}

/// Takes something off the tension between two parties.
pub(super) fn ease(
    model: &Model,
    world: &mut World,
    parties: (PartyIndex, PartyIndex),
    tension: f64,
    (day, cause): (u32, EventId),
) {
    if !model.mechanisms.has(Mechanism::Ladder) {
        return;
    }
    for (index, ladder) in model.ladders.iter_enumerated() {
        let [a, b] = ladder.between;
        if (a, b) == parties || (b, a) == parties {
            world.conflict.ladders[index].tension -= tension;
            climb(model, world, index, (day, Some(cause)));
        }
    }
}

/// Goes up as far as the tension carries; one rung down if it has fallen to the
/// lower threshold and it has been quiet for long enough.
fn climb(
    model: &Model,
    world: &mut World,
    index: LadderIndex,
    (day, cause): (u32, Option<EventId>),
) {
    let ladder = &model.ladders[index];
    loop {
        let state = &mut world.conflict.ladders[index];
        let up = ladder.rungs.get(state.rung).map(|rung| rung.up);
        let down = state.rung.checked_sub(1).map(|below| ladder.rungs[below].down);
        let before = state.rung;
        if up.is_some_and(|up| state.tension >= up) {
            state.rung += 1;
            state.highest = state.highest.max(state.rung);
        } else if down.is_some_and(|down| state.tension <= down)
            && day >= state.quiet_since + ladder.quiet_days
        {
            state.rung -= 1;
            state.quiet_since = if ladder.quiet_days > 0 { day } else { state.quiet_since };
        } else {
            return;
        }
        let rung = state.rung;
        let kind = EventKind::RungChanged { ladder: index, rung };
        let event = world.happen(day, cause, kind);
        if rung > before {
            let [a, b] = ladder.between;
            world.conflict.queue.push_back(Occurrence {
                on: On::RungReached,
                by: Some(a),
                against: Some(b),
                force: None,
                clause: None,
                monitor: None,
                word: None,
                rung: Some((index, rung)),
                cause: Some(event),
            });
        }
    }
}

/// A day's decay, and steps down.
pub(super) fn decay(model: &Model, world: &mut World, day: u32) {
    if model.ladders.is_empty() || !model.mechanisms.has(Mechanism::Ladder) {
        return;
    }
    for index in model.ladders.keys() {
        let state = &mut world.conflict.ladders[index];
        state.tension *= state.decay;
        climb(model, world, index, (day, None));
    }
}

/// Acts that are no quiet.
pub(super) fn loud(kind: ActKind) -> bool {
    kind.is(ActKind::Fire) || kind == ActKind::Strike
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{Trial, ordered};
    use crate::model::ActKind;

    const LADDER: &str = r#"
[[clause]]
id = "talks"
kind = "act"
binds = ["red"]

[[ladder]]
id = "tension"
between = ["red", "blue"]
severity = { fire = 2.0 }
half_life_days = 10
quiet_days = 5
rungs = [{ id = "tense", up = 3, down = 1 }, { id = "crisis", up = 100, down = 50 }]
"#;

    fn fire(trial: &Trial, day: u32) -> Act {
        let party = |force: &str| trial.model.forces[trial.force(force)].commander;
        Act {
            kind: ActKind::Fire,
            by: party("guard"),
            force: None,
            against: Some(party("post")),
            target: None,
            area: None,
            day,
            event: 0,
        }
    }

    #[test]
    fn acts_raise_tension_to_a_rung_and_quiet_lets_it_down() {
        let mut trial = Trial::new(&format!("{LADDER}{}", ordered("red", "defy", &[])));
        for (number, rung) in [(1, 0), (2, 1), (3, 1)] {
            let act = fire(&trial, 0);
            feel(&trial.model, &mut trial.world, &act, 0);
            let state = &trial.world.conflict.ladders.raw[0];
            assert_eq!((state.tension, state.rung), (f64::from(number) * 2.0, rung));
        }
        for day in 1..=10 {
            decay(&trial.model, &mut trial.world, day);
        }
        let tension = trial.world.conflict.ladders.raw[0].tension;
        assert!((tension - 3.0).abs() < 1e-9, "half of it after ten days: {tension}");
        assert_eq!(trial.world.conflict.ladders.raw[0].rung, 1);
        for day in 11..=30 {
            decay(&trial.model, &mut trial.world, day);
        }
        assert_eq!(trial.world.conflict.ladders.raw[0].rung, 0);
    }
}
