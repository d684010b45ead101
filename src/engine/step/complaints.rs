//! Complaints: lodged with the body that hears them, ruled on by the evidence in
//! the registers it has.

use crate::engine::state::{Complaint, EventId, EventKind, Ruling, World};
use crate::model::{BodyIndex, ClauseIndex, ForceIndex, Mechanism, Model, PartyIndex};
use crate::stats::exponential;

/// Lodges a complaint with the body that hears complaints on the clause, if
/// there is one.
pub(super) fn lodge(
    model: &Model,
    world: &mut World,
    by: PartyIndex,
    (clause, force): (ClauseIndex, ForceIndex),
    day: u32,
    cause: Option<EventId>,
) -> Option<Complaint> {
    if !model.mechanisms.has(Mechanism::Complaints) {
        return None;
    }
    let body = model.bodies.position(|body| body.hears[clause])?;
    let kind = EventKind::ComplaintLodged { body, by, clause, force };
    if world.suppressed.holds(day, kind) {
        return None;
    }
    let event = world.happen(day, cause, kind);
    let complaint = Complaint { body, by, clause, force, lodged: day, event };
    world.bodies[body].lodged += 1;
    let ruling_days = model.bodies[body].ruling_days;
    world.docket.complaints.put(day + ruling_days, complaint);
    Some(complaint)
}

/// What a body would rule on a day.
pub(super) fn evidence(model: &Model, world: &World, complaint: &Complaint, day: u32) -> Ruling {
    let body = &model.bodies[complaint.body];
    let (mut violating, mut keeping) = (0, 0);
    for monitor in &body.monitors {
        let state = &world.monitors[*monitor];
        match state.holds(complaint.force, complaint.clause, day, body.evidence_days) {
            Some(true) => keeping += 1,
            Some(false) => violating += 1,
            None => {}
        }
    }
    if violating >= body.upheld_from {
        Ruling::Upheld
    } else if violating == 0 && keeping > 0 {
        Ruling::Rejected
    } else {
        Ruling::Undetermined
    }
}

/// The rulings of a day, and the complaints that parties lodge whatever has
/// happened.
pub(super) fn hear(model: &Model, world: &mut World, day: u32) {
    // One complaint may be followed by another on the same day.
    while !world.docket.strategic.is_free(day) {
        for (body, index) in world.docket.strategic.take(day) {
            complain(model, world, (body, index), day);
        }
    }
    if world.docket.complaints.is_free(day) {
        return;
    }
    for complaint in world.docket.complaints.take(day) {
        let ruling = evidence(model, world, &complaint, day);
        let state = &mut world.bodies[complaint.body];
        match ruling {
            Ruling::Upheld => state.upheld += 1,
            Ruling::Rejected => state.rejected += 1,
            Ruling::Undetermined => state.undetermined += 1,
        }
        let kind = EventKind::Ruled {
            body: complaint.body,
            clause: complaint.clause,
            force: complaint.force,
            ruling,
        };
        world.happen(day, Some(complaint.event), kind);
        world.today.rulings.push((complaint, ruling));
    }
}

/// Puts the first strategic complaint of every party on its day.
pub(super) fn begin(model: &Model, world: &mut World) {
    if !model.mechanisms.has(Mechanism::Complaints) {
        return;
    }
    for (body, it) in model.bodies.iter_enumerated() {
        for index in 0..it.strategic.len() {
            await_next(model, world, (body, index));
        }
    }
}

fn await_next(model: &Model, world: &mut World, (body, index): (BodyIndex, usize)) {
    let it = &model.bodies[body].strategic[index];
    let rate = it.per_day.draw(world.draws);
    if rate > 0.0 && !it.targets.is_empty() {
        let (last, number) = world.docket.grievances[body][index];
        let wait = exponential(world.draws.uniform(it.draws, 0, number), 1.0 / rate);
        world.docket.grievances[body][index] = (last + wait, number + 1);
        // A float beyond the range of days becomes the greatest day.
        let day = ((last + wait) as u32).saturating_add(1);
        world.docket.strategic.put(day, (body, index));
    }
}

/// A complaint on a force at random of those that clauses in force bind.
fn complain(model: &Model, world: &mut World, (body, index): (BodyIndex, usize), day: u32) {
    let it = &model.bodies[body].strategic[index];
    let number = world.docket.grievances[body][index].1;
    let open = || it.targets.iter().filter(|(clause, _)| world.in_force(*clause));
    let draw = world.draws.uniform(it.draws, 1, number);
    let chosen = open().nth((draw * open().count() as f64) as usize).copied();
    if let Some((clause, at)) = chosen {
        let force = model.clauses[clause].bound[at].force;
        lodge(model, world, it.party, (clause, force), day, None);
    }
    await_next(model, world, (body, index));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn a_body_rules_by_what_its_monitors_hold() {
        let body = "[[body]]\nid = \"commission\"\nmonitors = [\"eyes\"]\nruling_days = 2\n";
        for (order, rate, ruling) in [
            ("defy", "20", Ruling::Upheld),
            ("comply", "20", Ruling::Rejected),
            ("defy", "0", Ruling::Undetermined),
        ] {
            let back =
                BACK.replace("sightings_per_day = 20", &format!("sightings_per_day = {rate}"));
            let mut trial = Trial::new(&format!("{back}{body}{}", ordered("red", order, &[])));
            trial.until(10);
            let (clause, guard) = (trial.clause("back"), trial.force("guard"));
            let blue = trial.model.forces[trial.force("post")].commander;
            let of = (clause, guard);
            let lodged = lodge(&trial.model, &mut trial.world, blue, of, 10, None).unwrap();
            assert_eq!(evidence(&trial.model, &trial.world, &lodged, 12), ruling, "{order} {rate}");
            hear(&trial.model, &mut trial.world, 11);
            assert!(trial.world.today.rulings.is_empty());
            hear(&trial.model, &mut trial.world, 12);
            assert_eq!(trial.world.today.rulings, [(lodged, ruling)]);
        }
    }
}
