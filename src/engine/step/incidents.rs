//! Incidents between opposed forces.
//!
//! A source is a Poisson process. Its rate is `per_day` at the start, and goes from there by
//! what the two parties have within reach of each other: the sum over pairs of their forces
//! of persons × persons × exp(−(km beyond reach) / `fade_km`), less where an interposed force
//! stands between. That sum is the same however persons are cut into forces. To it comes what
//! tension, the rung, unanswered incidents and the regime of the two parties add. The next
//! incident falls when the rate, summed over days, reaches a draw of the unit exponential
//! distribution. How far forces stand from each other is read off the plane of
//! [`Plot`](crate::model::Plot).

use super::choice::choose;
use super::losses;
use crate::engine::state::{Act, EventKind, World};
use crate::model::{ForceIndex, IncidentSource, Mechanism, Model, SourceIndex, apart_km, faded};
use crate::stats::{Stream, exponential};

/// The most incidents of one source in a day. Where incidents add more to their
/// own rate than fades, they grow without bound: what would exceed this is left out, and
/// the run says so. No record of a cease-fire comes near it for one pair of
/// parties, counted as incidents and not as rounds.
pub const MAX_PER_DAY: u32 = 1_000;

/// Draws of a source: the waiting time, the pair and the settlement, losses.
const WAIT: u32 = 0;
const PAIR: u32 = 1;
const LOSSES: u32 = 2;

/// What there is within reach at the start, from which rates go.
pub(super) fn begin(model: &Model, world: &mut World) {
    if model.incidents.is_empty() || !model.mechanisms.has(Mechanism::Incidents) {
        return;
    }
    follow(model, world);
    for (source, state) in model.incidents.iter().zip(&mut world.conflict.sources) {
        state.contact_at_per_day = source.persons.map_or(state.contact, |[a, b]| a * b);
    }
    if model.record_until > 0 {
        // Nobody follows those who move while the run follows the record.
        world.conflict.stale = true;
        world.conflict.moved.fill(true);
    }
}

/// The incidents of a day.
pub(super) fn occur(model: &Model, world: &mut World, day: u32) {
    if model.incidents.is_empty() || !model.mechanisms.has(Mechanism::Incidents) {
        return;
    }
    follow(model, world);
    // Their instants in the day put those of several sources in order.
    let mut due: Vec<(f64, SourceIndex, u32)> = Vec::new();
    for (index, source) in model.incidents.iter_enumerated() {
        let rate = rate(model, world, index, day);
        let state = &mut world.conflict.sources[index];
        state.rate = rate;
        if state.unanswered > 0.0 {
            state.unanswered *= state.drawn.forgets;
        }
        state.left -= rate;
        let first = state.number;
        while state.left <= 0.0 {
            due.push((1.0 + state.left / rate, index, state.number));
            state.number += 1;
            let u = world.draws.uniform(source.stream, WAIT, state.number);
            let wait = exponential(u, 1.0);
            state.left += wait;
            if state.number - first == MAX_PER_DAY && state.left <= 0.0 {
                state.runaway = true;
                state.left = wait;
            }
        }
    }
    due.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (_, index, number) in due {
        happen(model, world, index, number, day);
    }
}

/// Incidents of a source on a day, on average, as things stand.
fn rate(model: &Model, world: &mut World, index: SourceIndex, day: u32) -> f64 {
    let (draws, stream) = (world.draws, model.incidents[index].regime);
    let state = &mut world.conflict.sources[index];
    let regime = state.regime.as_mut().map_or(1.0, |regime| regime.over(day, stream, draws));
    let state = &world.conflict.sources[index];
    if state.contact <= 0.0 || state.contact_at_per_day <= 0.0 {
        return 0.0;
    }
    let mut rate = state.drawn.per_day * state.contact / state.contact_at_per_day * regime;
    if model.mechanisms.has(Mechanism::Ladder) {
        for ladder in &model.incidents[index].ladders {
            let it = &world.conflict.ladders[*ladder];
            rate *= (1.0 + state.drawn.per_tension * it.tension).max(0.0);
            if let Some(below) = it.rung.checked_sub(1) {
                rate *= model.ladders[*ladder].rungs[below].incident_factor;
            }
        }
    }
    // Finite, so that instants in the day are numbers.
    (rate * (1.0 + state.drawn.per_unanswered * state.unanswered)).min(f64::MAX)
}

/// Reckons anew the pairs of the forces that moved.
fn follow(model: &Model, world: &mut World) {
    if !world.conflict.stale && world.moving.is_empty() {
        return;
    }
    world.conflict.stale = false;
    let mut moved = std::mem::take(&mut world.conflict.moved);
    for force in &world.moving {
        moved[*force] = true;
    }
    for force in model.forces.keys().filter(|force| moved[*force]) {
        let state = &world.forces[force];
        let place = model.plots[force].at(state.place.route, state.place.metre);
        world.conflict.at[force] = (place, reach(model, world, force));
    }
    for (index, source) in model.incidents.iter_enumerated() {
        let touched = |forces: &[ForceIndex]| forces.iter().any(|it| moved[*it]);
        let between = touched(&source.interposed);
        let width = source.targets.len();
        let anew = (0..width).filter(|at| between || moved[source.targets[*at]]);
        let targets: Vec<usize> = anew.collect();
        if targets.is_empty() && !touched(&source.forces) {
            continue;
        }
        let state = &mut world.conflict.sources[index];
        let mut pairs = std::mem::take(&mut state.pairs);
        let mut rows = std::mem::take(&mut state.rows);
        let each = source.forces.iter().zip(pairs.chunks_mut(width.max(1)));
        for ((force, pairs), row) in each.zip(&mut rows) {
            let mut changed = false;
            let mut reckon = |at: usize| {
                let (pair, target) = (&mut pairs[at], source.targets[at]);
                if moved[*force] || moved[target] {
                    pair.open = open(world, index, *force, target);
                }
                let passes = passes(world, source, index, (*force, target), pair.open);
                let persons = |force: ForceIndex| f64::from(world.forces[force].strength);
                let rate = persons(*force) * persons(target) * pair.open * passes;
                changed |= std::mem::replace(&mut pair.rate, rate) != rate;
            };
            if moved[*force] {
                (0..width).for_each(reckon);
            } else {
                targets.iter().for_each(|at| reckon(*at));
            }
            if changed {
                *row = pairs.iter().map(|pair| pair.rate).sum();
            }
        }
        let state = &mut world.conflict.sources[index];
        state.contact = rows.iter().sum();
        state.rows = rows;
        state.pairs = pairs;
    }
    moved.fill(false);
    world.conflict.moved = moved;
}

/// The longest range of the weapons a force holds.
fn reach(model: &Model, world: &World, force: ForceIndex) -> f64 {
    let holdings = model.forces[force].equipment.iter();
    let held = holdings.zip(&world.forces[force].equipment);
    held.filter(|(_, number)| **number > 0)
        .map(|(holding, _)| model.classes[holding.class].range_km.unwrap_or(0.0))
        .fold(0.0, f64::max)
}

/// What distance leaves of the rate of a pair of forces.
fn open(world: &World, index: SourceIndex, force: ForceIndex, target: ForceIndex) -> f64 {
    if world.forces[force].strength == 0 || world.forces[target].strength == 0 {
        return 0.0;
    }
    let drawn = &world.conflict.sources[index].drawn;
    let ((a, reach_a), (b, reach_b)) = (world.conflict.at[force], world.conflict.at[target]);
    faded(apart_km(a, b), reach_a.max(reach_b).max(drawn.reach_km), drawn.fade_km)
}

/// The share of it that an interposed force lets pass, if one stands between: nearer
/// to both than they are to each other.
fn passes(
    world: &World,
    source: &IncidentSource,
    index: SourceIndex,
    (force, target): (ForceIndex, ForceIndex),
    open: f64,
) -> f64 {
    if open == 0.0 || source.interposed.is_empty() {
        return 1.0;
    }
    let ((a, _), (b, _)) = (world.conflict.at[force], world.conflict.at[target]);
    let apart = apart_km(a, b);
    let stands_between = |between: &ForceIndex| {
        let (c, _) = world.conflict.at[*between];
        world.forces[*between].strength > 0 && apart_km(a, c) < apart && apart_km(b, c) < apart
    };
    if source.interposed.iter().any(stands_between) {
        1.0 - world.conflict.sources[index].drawn.prevents
    } else {
        1.0
    }
}

/// One incident: between which two forces, whether it is settled, what it costs.
fn happen(model: &Model, world: &mut World, index: SourceIndex, number: u32, day: u32) {
    let source = &model.incidents[index];
    let settling = world.draws.uniform(source.stream, PAIR, number);
    let Some((force, target)) = pick(world, source, index, number) else {
        return;
    };
    let settled = settling < settled_share(model, world, source, day);
    let kind = EventKind::Incident { source: index, force, target, settled };
    if world.suppressed.holds(day, kind) {
        return;
    }
    let event = world.happen(day, None, kind);
    let act = Act {
        kind: source.act,
        by: source.by,
        force: Some(force),
        against: Some(source.against),
        target: Some(target),
        area: source.area,
        day,
        event,
    };
    world.today.acts.push(act);
    let state = &mut world.conflict.sources[index];
    state.incidents.add(day, 1.0);
    if settled {
        state.settled.add(day, 1.0);
        world.conflict.settled.push(event);
    }
    let share = state.drawn.loss_share;
    if !settled {
        // It is the two parties' to answer, whichever source it is of.
        for (other, state) in model.incidents.iter().zip(&mut world.conflict.sources) {
            if (other.by, other.against) == (source.by, source.against) {
                state.unanswered += 1.0;
            }
        }
    }
    losses::lose(model, world, target, share, (source.stream, LOSSES, number), (day, event));
}

/// A pair, in proportion to what each adds to the rate: first who does it, then
/// who suffers it.
fn pick(
    world: &World,
    source: &IncidentSource,
    index: SourceIndex,
    number: u32,
) -> Option<(ForceIndex, ForceIndex)> {
    let draw = |stream: &Stream| {
        let stream = *stream;
        move || world.draws.uniform(stream, PAIR, number)
    };
    let state = &world.conflict.sources[index];
    let doers = state.rows.iter().zip(&source.doers).enumerate();
    let doer = choose(doers.map(|(at, (row, stream))| (at, *row, draw(stream))))?;
    let pairs = state.pairs.chunks(source.targets.len().max(1)).nth(doer)?;
    let sufferers = source.targets.iter().zip(pairs).zip(&source.sufferers);
    let target =
        choose(sufferers.map(|((target, pair), stream)| (*target, pair.rate, draw(stream))))?;
    Some((source.forces[doer], target))
}

/// The probability that a liaison settles an incident of a source.
fn settled_share(model: &Model, world: &World, source: &IncidentSource, day: u32) -> f64 {
    if !model.mechanisms.has(Mechanism::Liaison) {
        return 0.0;
    }
    let open = model.liaisons.iter().filter(|liaison| {
        let [a, b] = liaison.between;
        let (from, until) = liaison.open;
        ((a, b) == (source.by, source.against) || (b, a) == (source.by, source.against))
            && (from..=until).contains(&day)
    });
    1.0 - open.fold(1.0, |left, it| left * (1.0 - it.settles.draw(world.draws)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{Trial, ordered};

    fn incidents(more: &str, days: u32) -> (Trial, f64) {
        let tables = format!(
            "[[incident]]\nid = \"shots\"\nby = \"red\"\nagainst = \"blue\"\n\
             fade_km = 10\n{more}\n\
             [[clause]]\nid = \"talks\"\nkind = \"act\"\nbinds = [\"red\"]\n{}",
            ordered("red", "defy", &[])
        );
        let mut trial = Trial::new(&tables);
        (0..days).for_each(|day| occur(&trial.model, &mut trial.world, day));
        let count = trial.world.conflict.sources.raw[0].incidents.all();
        (trial, count)
    }

    #[test]
    fn they_come_at_the_rate_of_the_pair_and_hit_the_other_side() {
        let (trial, count) = incidents("per_day = 2\nloss_share = 0.01", 40);
        // Poisson with mean 80.
        assert!((80.0 - count).abs() < 4.0 * libm::sqrt(80.0), "{count}");
        assert_eq!(trial.world.today.acts.len() as f64, count);
        let (red, blue) = (trial.force("guard"), trial.force("post"));
        assert_eq!(trial.world.forces[red].strength, 100);
        assert!(trial.world.forces[blue].strength < 50);
    }

    #[test]
    fn the_rate_is_that_of_the_start_and_goes_by_persons_from_there() {
        let (mut trial, _) = incidents("per_day = 2", 1);
        let state = |trial: &Trial| trial.world.conflict.sources.raw[0].clone();
        assert_eq!((state(&trial).rate, state(&trial).contact), (2.0, 100.0 * 50.0));
        let post = trial.force("post");
        trial.world.forces[post].strength = 10;
        trial.world.conflict.moved[post] = true;
        trial.world.conflict.stale = true;
        occur(&trial.model, &mut trial.world, 1);
        assert!((state(&trial).rate - 0.4).abs() < 1e-12);
        assert_eq!(state(&trial).contact_at_per_day, 5000.0);
        // Stated persons take the place of those at the start.
        let (trial, _) = incidents("per_day = 2\npersons = [50, 25]", 1);
        assert!((state(&trial).rate - 8.0).abs() < 1e-12);
    }

    #[test]
    fn what_nobody_answered_is_between_the_parties_whichever_source_it_is_of() {
        let other = "[[incident]]\nid = \"shells\"\nby = \"red\"\nagainst = \"blue\"\n\
                     fade_km = 10\nper_day = 0\nper_unanswered = 1\n";
        let (trial, _) = incidents(&format!("per_day = 2\n{other}"), 10);
        // By their ids: shells, shots.
        let sources = &trial.world.conflict.sources.raw;
        assert!(sources[0].incidents.all() == 0.0 && sources[1].incidents.all() > 0.0);
        assert!(sources[0].unanswered > 0.0);
        assert_eq!(sources[0].unanswered, sources[1].unanswered);
    }

    #[test]
    fn two_sources_of_one_pair_share_their_regimes() {
        let bursts = "dispersion = 0.5\nregime_half_life_days = 5";
        let other = "[[incident]]\nid = \"shells\"\nby = \"red\"\nagainst = \"blue\"\nfade_km = 10";
        let back = other
            .replace("shells", "answers")
            .replace("\"red\"\nagainst = \"blue\"", "\"blue\"\nagainst = \"red\"");
        let tables = format!(
            "per_day = 1\n{bursts}\n{other}\nper_day = 2\n{bursts}\n{back}\nper_day = 1\n{bursts}"
        );
        let (mut trial, _) = incidents(&tables, 0);
        let mut rates = Vec::new();
        for day in 0..60 {
            occur(&trial.model, &mut trial.world, day);
            // By their ids: answers, shells, shots.
            let [back, twice, once] = [0, 1, 2].map(|at| trial.world.conflict.sources.raw[at].rate);
            assert_eq!(twice, 2.0 * once);
            assert_ne!(back, once);
            rates.push(once);
        }
        rates.dedup();
        assert!((5..60).contains(&rates.len()), "drawn anew from time to time: {rates:?}");
    }

    #[test]
    fn a_rate_of_nothing_gives_none() {
        assert_eq!(incidents("per_day = 0", 40).1, 0.0);
    }

    #[test]
    fn forces_without_persons_have_none() {
        let (mut trial, _) = incidents("per_day = 5", 0);
        let post = trial.force("post");
        trial.world.forces[post].strength = 0;
        trial.world.conflict.moved[post] = true;
        trial.world.conflict.stale = true;
        (0..20).for_each(|day| occur(&trial.model, &mut trial.world, day));
        assert_eq!(trial.world.conflict.sources.raw[0].incidents.all(), 0.0);
    }
}
