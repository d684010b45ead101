//! Actions on the terms of clauses: by dated changes of the file, by rules, by
//! outside events. Each says what follows at once; a clause's readings go with
//! it.

use super::{assessment, caps, deadlock, gates, orders, reviews, view};
use crate::engine::state::{EventId, EventKind, Fact, World};
use crate::model::{Action, Amendment, ChangeIndex, ClauseIndex, Model, PartyIndex};

/// Makes a change of the file, if every signatory consents; whoever brought it
/// about is `by`.
pub(super) fn make(
    model: &Model,
    world: &mut World,
    index: ChangeIndex,
    by: Option<PartyIndex>,
    (day, cause): (u32, Option<EventId>),
) {
    let change = &model.changes[index];
    let number = world.terms[index].attempts;
    world.terms[index].attempts += 1;
    let refuses = change.consent.iter().find(|(_, probability, stream)| {
        world.draws.uniform(*stream, 0, number) >= probability.draw(world.draws)
    });
    if let Some((party, ..)) = refuses {
        let kind = EventKind::ChangeRefused { change: index, party: *party };
        world.happen(day, cause, kind);
        return;
    }
    for clause in &change.clauses {
        act(model, world, *clause, change.action, by, (day, cause));
    }
}

/// Does something to a clause and to its readings. Whether those who must
/// consent do is the caller's matter.
pub(super) fn act(
    model: &Model,
    world: &mut World,
    clause: ClauseIndex,
    action: Action,
    by: Option<PartyIndex>,
    (day, cause): (u32, Option<EventId>),
) {
    let kind = EventKind::TermsChanged { clause, action, by };
    if world.suppressed.holds(day, kind) {
        return;
    }
    let before = world.clauses[clause].terms;
    let event = world.happen(day, cause, kind);
    let readings = model.clauses[clause].readings.iter();
    let all: Vec<ClauseIndex> =
        std::iter::once(clause).chain(readings.map(|(_, reading)| *reading)).collect();
    for index in all {
        match action {
            Action::Amend(new) => amend(model, world, (clause, index), &before, new, day),
            Action::Suspend => {
                assessment::settle(model, world, index, day);
                let state = &mut world.clauses[index];
                state.suspended = state.suspended.or(Some(event));
            }
            Action::Resume => {
                let state = &mut world.clauses[index];
                if state.suspended.take().is_some() {
                    state.settled = state.settled.max(day.saturating_sub(1));
                }
            }
            Action::Extend(days) => extend(world, index, days, day),
            Action::Renew(days) => renew(world, index, days, day),
            Action::Recommit => {
                recommit(model, world, index, day, event);
                reviews::schedule(model, world, index, day, event);
            }
            Action::Agree => {
                world.clauses[index].standing = crate::model::Standing::Agreed;
            }
            Action::End => break_off(model, world, index, (day, event)),
        }
        world.note(model, Fact::Force(index));
        world.note(model, Fact::Terms(index));
        if matches!(action, Action::Amend(_) | Action::Recommit) {
            caps::settle(model, world, index, day);
        }
        carry_out(model, world, index, day);
    }
    if action == Action::End {
        deadlock::look(model, world, day);
    }
    world.note(model, Fact::Awaited);
}

/// New terms. A reading goes along with what it does not read otherwise.
fn amend(
    model: &Model,
    world: &mut World,
    (clause, index): (ClauseIndex, ClauseIndex),
    before: &crate::model::Terms,
    new: Amendment,
    day: u32,
) {
    assessment::settle(model, world, index, day.saturating_sub(1));
    let side = model.clauses[clause].of_one_side;
    let terms = &mut world.clauses[index].terms;
    let as_read = *terms;
    let put = |term: &mut f64, was: f64, new: Option<f64>| {
        if let Some(new) = new.filter(|_| *term == was) {
            *term = new;
        }
    };
    let min_km = new.min_km.map(|km| km * side);
    let moved = min_km.map(|km| km + before.target_km - before.min_km);
    let target_km = new.target_km.map(|km| km * side).or(moved);
    put(&mut terms.min_km, before.min_km, min_km);
    put(&mut terms.target_km, before.target_km, target_km);
    put(&mut terms.kept_at, before.kept_at, new.kept_at);
    if as_read.cap == before.cap {
        terms.cap = new.cap_persons.or(terms.cap);
    }
    if as_read.floor == before.floor {
        terms.floor = new.floor_persons.or(terms.floor);
    }
    terms.target_km = terms.target_km.max(terms.min_km);
    reviews::amended(model, world, clause);
    for bound in &model.clauses[index].bound {
        let place = world.forces[bound.force].place;
        view::place(model, world, bound.force, place, day);
    }
}

/// A later deadline; one that was missed on its date is open again.
fn extend(world: &mut World, index: ClauseIndex, days: u32, day: u32) {
    let state = &mut world.clauses[index];
    let Some(due) = &mut state.due else { return };
    *due += days;
    state.extended = true;
    if *due > day {
        state.deadline_met = None;
    }
}

/// A later end, counted from the old one or from the day, whichever is later;
/// what had ended is in force again.
fn renew(world: &mut World, index: ClauseIndex, days: u32, day: u32) {
    let state = &mut world.clauses[index];
    let from = state.expires.unwrap_or(day).max(day);
    state.expires = Some(from + days);
    state.extended = true;
    state.broken_off = false;
    if state.ended.take().is_some() {
        state.settled = state.settled.max(day.saturating_sub(1));
    }
}

/// It ends before its time, whether it has started or not.
fn break_off(model: &Model, world: &mut World, index: ClauseIndex, (day, event): (u32, EventId)) {
    if world.in_force(index) {
        assessment::settle(model, world, index, day);
    }
    let state = &mut world.clauses[index];
    if state.ended.is_none() {
        state.ended = Some((day, event));
        state.broken_off = true;
    }
}

/// A new D-day: who is inside is counted anew, deadline and milestones are as
/// far off as they were.
fn recommit(model: &Model, world: &mut World, index: ClauseIndex, day: u32, event: EventId) {
    let Some((started, _)) = world.clauses[index].started else {
        return;
    };
    assessment::settle(model, world, index, day.saturating_sub(1));
    gates::count_inside(model, world, index);
    let state = &mut world.clauses[index];
    let later = day - started;
    state.started = Some((day, event));
    state.commitments += 1;
    if let Some(due) = &mut state.due {
        *due += later;
        state.first_due = Some(*due);
        state.deadline_met = None;
        state.caught_up = None;
    }
    for milestone in &mut state.milestones {
        milestone.due = milestone.due.map(|due| due + later);
        milestone.met = None;
    }
    world.note(model, Fact::Due);
}

/// A clause expires: nothing is owed under it any more.
pub(super) fn end(model: &Model, world: &mut World, index: ClauseIndex, day: u32) {
    if world.in_force(index) {
        assessment::settle(model, world, index, day);
    }
    let cause = world.clauses[index].started.map(|(_, event)| event);
    let event = world.happen(day, cause, EventKind::ClauseEnded { clause: index });
    world.clauses[index].ended = Some((day, event));
    world.note(model, Fact::Force(index));
    carry_out(model, world, index, day);
}

/// Lets every force that a clause binds do what its orders now come to.
pub(super) fn carry_out(model: &Model, world: &mut World, index: ClauseIndex, day: u32) {
    for bound in &model.clauses[index].bound {
        orders::carry_out(model, world, bound.force, day);
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::trial::{BACK, Trial, ordered};

    fn changed(change: &str, order: &str) -> Trial {
        let change =
            format!("[[change]]\nid = \"other\"\nclause = \"back\"\nwhen = 2030-01-06\n{change}\n");
        let mut trial = Trial::new(&format!("{BACK}{change}{}", ordered("red", order, &[])));
        trial.until(30);
        trial
    }

    #[test]
    fn an_amended_distance_is_where_the_force_goes() {
        let trial = changed("kind = \"amend\"\nmin_km = 80", "comply");
        let km = trial.world.forces[trial.force("guard")].km.raw[0];
        assert!((km - 80.0).abs() < 0.1, "{km}");
    }

    #[test]
    fn a_suspended_clause_is_owed_by_nobody_and_an_ended_one_is_over() {
        let trial = changed("kind = \"suspend\"", "comply");
        assert!(!trial.world.in_force(trial.clause("back")));
        assert_eq!(trial.world.forces[trial.force("guard")].place.metre, 0.0);
        let trial = changed("kind = \"end\"", "comply");
        let state = &trial.world.clauses[trial.clause("back")];
        assert_eq!((state.ended.map(|(day, _)| day), state.broken_off), (Some(5), true));
    }

    #[test]
    fn a_deadline_is_put_off_and_a_recommitment_moves_it_with_d_day() {
        let trial = changed("kind = \"extend\"\ndays = 7", "defy");
        assert_eq!(trial.world.clauses[trial.clause("back")].due, Some(17));
        let trial = changed("kind = \"recommit\"", "defy");
        let state = &trial.world.clauses[trial.clause("back")];
        assert_eq!((state.due, state.commitments), (Some(15), 1));
        assert_eq!(state.started.map(|(day, _)| day), Some(5));
    }
}
