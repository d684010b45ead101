//! Measures of what parties feel, trust and believe, where it moves.

use crate::engine::World;
use crate::model::{
    Beliefs, BeliefsIndex, Happening, Mechanism, Model, Order, PartyIndex, Reaction,
};
use crate::stats::Bins;

/// What is read off a party.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum BeliefRead {
    Pressure,
    Trust,
    Belief(Order),
}

/// Subject, name, bins, and how it is read.
pub(super) type Row = (BeliefsIndex, &'static str, Bins, BeliefRead);

/// Every measure that a model gives occasion for: of what stands still there is
/// none.
pub(super) fn all(model: &Model) -> Vec<Row> {
    let mut all: Vec<Row> = Vec::new();
    let has = |mechanism| model.mechanisms.has(mechanism);
    for (subject, holder) in model.beliefs.iter_enumerated() {
        let pressed = pressed(model, holder.party);
        if has(Mechanism::Pressure) && pressed > 0.0 {
            let bins = pressure_bins(holder, pressed);
            all.push((subject, "pressure", bins, BeliefRead::Pressure));
        }
        if has(Mechanism::Trust) && holder.trust.moves.is_some() {
            let (low, high) = holder.trust.rest.support();
            let bins = Bins::between(low.min(0.0), high.max(1.0), 200);
            all.push((subject, "trust", bins, BeliefRead::Trust));
        }
        if let (Some((memory, _)), true) = (&holder.hits.moves, has(Mechanism::Beliefs)) {
            let priors = holder.hits.priors.iter().map(|it| it.support().1);
            let most = 4.0 * priors.fold(0.0, f64::max) + 4.0 / memory.support().0;
            let bins = Bins::between(0.0, most, 400);
            for (name, order) in [
                ("belief_comply", Order::Comply),
                ("belief_defy", Order::Defy),
                ("belief_conceal", Order::Conceal),
            ] {
                let read = BeliefRead::Belief(order);
                all.push((subject, name, bins, read));
            }
        }
    }
    all
}

/// From the base up to what everything that presses comes to.
fn pressure_bins(holder: &Beliefs, pressed: f64) -> Bins {
    let (low, high) = holder.pressure.rest.support();
    Bins::between(low.min(0.0), (high + pressed).max(low + 1e-6), 400)
}

/// What rules and outside events may add to the pressure on a party, each once.
fn pressed(model: &Model, party: PartyIndex) -> f64 {
    let rules = model.rules.iter().filter_map(|rule| match &rule.reaction {
        Reaction::Press { on, pressure } if on.is_empty() || on.contains(&party) => Some(pressure),
        _ => None,
    });
    let events = model.outside.iter().filter_map(|event| match &event.happening {
        Happening::Position(it) if it.party == party => it.pressure.as_ref(),
        Happening::Exit(it) if it.about[party] => it.pressure.as_ref(),
        _ => None,
    });
    rules.chain(events).map(|it| it.support().1.abs().max(it.support().0.abs())).sum()
}

/// The numbers of a model's beliefs on a date, each party looked into once.
#[derive(Debug, Clone)]
pub(super) struct Readings {
    /// Of which party, and what.
    numbers: Vec<(BeliefsIndex, BeliefRead)>,
    values: Vec<f64>,
}

impl Readings {
    pub(super) fn new(model: &Model) -> Self {
        let rows = all(model).into_iter();
        let numbers: Vec<(BeliefsIndex, BeliefRead)> =
            rows.map(|(holder, .., read)| (holder, read)).collect();
        Self { values: vec![f64::NAN; numbers.len()], numbers }
    }

    /// Reads every number off a world, in the order of [`all`].
    pub(super) fn read(&mut self, model: &Model, world: &World) -> &[f64] {
        let mut beliefs: Option<(BeliefsIndex, [f64; 3])> = None;
        for ((holder, read), value) in self.numbers.iter().zip(&mut self.values) {
            let state = &world.beliefs()[*holder];
            *value = match read {
                BeliefRead::Pressure => state.pressure(world.day()),
                BeliefRead::Trust => state.trust(world.day()),
                BeliefRead::Belief(order) => {
                    let found = match beliefs {
                        Some((of, found)) if of == *holder => found,
                        _ => world.hit_beliefs(model, *holder, world.day()),
                    };
                    beliefs = Some((*holder, found));
                    found[*order as usize]
                }
            };
        }
        &self.values
    }
}
