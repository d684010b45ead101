//! One replicate: to the end, or with everything that happened on the way.

use crate::engine::{Event, EventKind, ForceState, Suppressed, World, walk};
use crate::model::{ForceIndex, Model, Place, TiVec};
use crate::record::{Aggregates, Run};
use crate::stats::Draws;

/// Runs one replicate to the end and adds it to the aggregates.
pub fn replicate(model: &Model, seed: u64, number: u64, aggregates: &mut Aggregates) -> Run {
    let mut world = World::new(model, Draws::new(seed, number));
    walk(model, &mut world, |world, turn| {
        let (at, days) = turn.map_or((0, 0), |it| (it.index as usize + 1, it.to - it.from));
        aggregates.record(model, world, at, days);
    });
    Run::of(model, &world, number)
}

/// One replicate with its events and tracks.
#[derive(Debug, Clone)]
pub struct Trace {
    /// Its number.
    pub replicate: u64,
    /// What it came to.
    pub run: Run,
    /// Everything that happened, by day.
    pub events: Vec<Event>,
    /// By force: its strength in persons, and where it was on each record day
    /// on which it had moved, day 0 first.
    pub tracks: TiVec<ForceIndex, (u32, Vec<(u32, Place)>)>,
}

/// Runs one replicate and keeps its events and tracks. The same draws as in the
/// ensemble, hence the same run.
pub fn trace(model: &Model, seed: u64, number: u64) -> Trace {
    trace_suppressing(model, seed, number, [])
}

/// The same on the same draws, without some events, each by its day.
pub fn trace_suppressing(
    model: &Model,
    seed: u64,
    number: u64,
    without: impl IntoIterator<Item = (u32, EventKind)>,
) -> Trace {
    let world = World::new(model, Draws::new(seed, number));
    let mut world = world.without(Suppressed::new(without));
    let mut events = Vec::new();
    let on_day_0 = |force: &ForceState| (force.strength, Vec::new());
    let mut tracks: TiVec<_, (u32, Vec<(u32, Place)>)> =
        world.forces().iter().map(on_day_0).collect();
    walk(model, &mut world, |world, _| {
        events.extend_from_slice(world.events());
        for (force, (_, track)) in world.forces().iter().zip(&mut tracks) {
            if track.last().is_none_or(|(_, place)| *place != force.place) {
                track.push((world.day(), force.place));
            }
        }
    });
    events.sort_by_key(|event| (event.day, event.id));
    Trace { replicate: number, run: Run::of(model, &world, number), events, tracks }
}
