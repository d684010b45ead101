//! Which monitors are on duty, who bars their way, and the effort they make.
//!
//! What a monitor is on a day changes on few days, which stand in an agenda: a
//! period of its deployment or availability begins, it visits, or (where access
//! may be refused) it goes out anew.

use super::{learning, reports};
use crate::engine::state::{Act, EventId, EventKind, MonitorState, World, next_visit};
use crate::model::{ActKind, Mechanism, Method, Model, Monitor, MonitorIndex, PartyIndex, Watch};
use crate::stats::Stream;

/// The changes of a day. Gives the monitors that visit on it.
pub(super) fn change(model: &Model, world: &mut World, day: u32) -> Vec<MonitorIndex> {
    if world.watch.duty.is_free(day) {
        return Vec::new();
    }
    let mut due = world.watch.duty.take(day);
    due.sort_unstable();
    due.dedup();
    due.retain(|index| turn_out(model, world, *index, day));
    due
}

/// One monitor on one day: whether it visits.
fn turn_out(model: &Model, world: &mut World, index: MonitorIndex, day: u32) -> bool {
    let monitor = &model.monitors[index];
    let Some(watch) = &monitor.watch else {
        return false;
    };
    accrue(&mut world.monitors[index], day);
    let visit = next_visit(monitor, day);
    let out = visit.is_none_or(|visit| visit == day);
    let period = day.saturating_sub(monitor.from) / watch.availability_days;
    let state = &mut world.monitors[index];
    state.denied.clear();
    state.share = watch.share(day);
    let available = state.availability >= 1.0
        || world.draws.uniform(watch.duty, period, 0) < state.availability;
    state.on_duty = !state.withdrawn && state.share > 0.0 && available;
    let mut barred = 0.0;
    if out && state.on_duty {
        barred = refused(model, world, (index, watch), day);
        if model.mechanisms.has(Mechanism::Denial) && blocked(model, world, (index, monitor), day) {
            world.monitors[index].on_duty = false;
        }
    }
    let state = &mut world.monitors[index];
    let made = if state.on_duty { state.share * (1.0 - barred) } else { 0.0 };
    match visit {
        Some(_) if out => state.effort.add(day, made),
        Some(_) => {}
        None => state.effort_per_day = made * state.full_effort,
    }
    schedule(world, (index, monitor, watch), day);
    out && world.monitors[index].on_duty
}

/// The day on which the monitor is looked at again.
fn schedule(
    world: &mut World,
    (index, monitor, watch): (MonitorIndex, &Monitor, &Watch),
    day: u32,
) {
    let state = &world.monitors[index];
    if state.withdrawn {
        return;
    }
    let mut next = watch.next_share(day);
    let mut by = |day: u32| next = Some(next.map_or(day, |next| next.min(day)));
    if state.availability < 1.0 {
        let period = day.saturating_sub(monitor.from) / watch.availability_days;
        by(monitor.from + (period + 1) * watch.availability_days);
    }
    match next_visit(monitor, day + 1) {
        Some(visit) => by(visit),
        None if state.denial > 0.0 && state.on_duty => by(day + 1),
        None => {}
    }
    if let Some(next) = next {
        world.watch.duty.put(next, index);
    }
}

/// Takes the effort since the last change into account.
pub(super) fn accrue(state: &mut MonitorState, day: u32) {
    let since = std::mem::replace(&mut state.effort_since, day);
    let made = f64::from(day.saturating_sub(since)) * state.effort_per_day;
    state.effort.add_over(since, day, made);
}

/// Who refuses access on a day: each party that holds ground within reach, by a
/// draw of its own. Gives the share of them that does.
fn refused(
    model: &Model,
    world: &mut World,
    (index, watch): (MonitorIndex, &Watch),
    day: u32,
) -> f64 {
    let denial = world.monitors[index].denial;
    if denial == 0.0 {
        return 0.0;
    }
    let draws = world.draws;
    let refuses = |(_, stream): &&(PartyIndex, Stream)| draws.uniform(*stream, day, 0) < denial;
    let mut willing = watch.denied_by.iter().filter(refuses).peekable();
    if willing.peek().is_none() {
        return 0.0;
    }
    let within = model.forces.iter().zip(&world.forces);
    let holders: Vec<PartyIndex> = within
        .filter(|(_, state)| state.stance.view.seen_by.contains(index))
        .map(|(force, _)| force.commander)
        .collect();
    let holds = |(party, _): &&(PartyIndex, Stream)| holders.contains(party);
    let able = watch.denied_by.iter().filter(holds).count();
    for (party, _) in willing.filter(holds) {
        world.monitors[index].denied.push(*party);
        deny(model, world, index, *party, day);
    }
    world.monitors[index].denied.len() as f64 / able.max(1) as f64
}

/// Whether a member of a joint team has left it, or blocks today's visit; who blocks refuses
/// access.
fn blocked(
    model: &Model,
    world: &mut World,
    (index, monitor): (MonitorIndex, &Monitor),
    day: u32,
) -> bool {
    let Method::JointTeam { members, .. } = &monitor.method else {
        return false;
    };
    if members.iter().any(|member| member.leaves.is_some_and(|leaves| leaves <= day)) {
        return true;
    }
    let (draws, blocks) = (world.draws, &world.monitors[index].blocks);
    let blocks = members.iter().zip(blocks).filter(|(member, blocks)| {
        **blocks > 0.0 && draws.uniform(member.draws, day, 0) < **blocks
    });
    let by: Vec<PartyIndex> = blocks.map(|(member, _)| member.party).collect();
    for party in &by {
        deny(model, world, index, *party, day);
    }
    !by.is_empty()
}

/// A refusal is something a party did.
fn deny(model: &Model, world: &mut World, monitor: MonitorIndex, by: PartyIndex, day: u32) {
    let event = world.happen(day, None, EventKind::AccessDenied { monitor, by });
    learning::refused(model, world, (monitor, by), day);
    reports::refused(model, world, (monitor, by), day);
    world.today.acts.push(Act {
        kind: ActKind::AccessDenied,
        by,
        force: None,
        against: Some(model.monitors[monitor].party),
        target: None,
        area: None,
        day,
        event,
    });
}

/// Pulls a monitor out, or loses it: it sees nothing any more. Whether it was
/// there until now.
pub fn withdraw(
    world: &mut World,
    monitor: MonitorIndex,
    day: u32,
    cause: Option<EventId>,
) -> bool {
    let kind = EventKind::MonitorWithdrawn { monitor };
    let left_out = world.suppressed.holds(day, kind);
    let state = &mut world.monitors[monitor];
    if state.withdrawn || left_out {
        return false;
    }
    accrue(state, day);
    state.withdrawn = true;
    state.on_duty = false;
    state.effort_per_day = 0.0;
    world.watch.moves += 1;
    world.happen(day, cause, kind);
    true
}

/// Pulls out every monitor of a party, and every joint team it is a member of.
pub fn withdraw_all(
    model: &Model,
    world: &mut World,
    party: PartyIndex,
    day: u32,
    cause: Option<EventId>,
) {
    for (index, monitor) in model.monitors.iter_enumerated() {
        let member = match &monitor.method {
            Method::JointTeam { members, .. } => members.iter().any(|it| it.party == party),
            Method::SelfReport { .. } => continue,
            _ => false,
        };
        if member || monitor.party == party {
            withdraw(world, index, day, cause);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn a_monitor_is_on_duty_from_its_first_day_until_it_is_withdrawn() {
        let back =
            BACK.replace("sightings_per_day = 20", "sightings_per_day = 20\nfrom = 2030-01-06");
        let mut trial = Trial::new(&format!("{back}{}", ordered("red", "defy", &[])));
        let eyes = trial.monitor("eyes");
        trial.until(5);
        assert!(!trial.world.monitors[eyes].on_duty);
        trial.until(6);
        assert!(trial.world.monitors[eyes].on_duty);
        let sightings = trial.world.monitors[eyes].sightings.all();
        assert!(sightings > 0.0);
        withdraw(&mut trial.world, eyes, 6, None);
        trial.until(20);
        assert!(!trial.world.monitors[eyes].on_duty);
        assert_eq!(trial.world.monitors[eyes].sightings.all(), sightings);
    }

    #[test]
    fn effort_is_made_on_the_days_of_duty() {
        let mut trial = Trial::new(&format!("{BACK}{}", ordered("red", "defy", &[])));
        let eyes = trial.monitor("eyes");
        trial.until(10);
        accrue(&mut trial.world.monitors[eyes], 10);
        assert_eq!(trial.world.monitors[eyes].effort.all(), 10.0);
    }
}
