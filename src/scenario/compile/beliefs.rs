//! What each conduct is told, looks at, and learns from.

use std::ops::Range;

use super::{Compiler, uncertain_or};
use crate::model::{
    Beliefs, BeliefsIndex, Bits, ClauseIndex, ForceIndex, HitBeliefs, Method, Model, MonitorIndex,
    PartyIndex, Pressure, TiVec, Trust, TrustMoves, UnitIndex, Watched, ti_vec,
};
use crate::scenario::{Conduct, Policy, Quantity};

impl Compiler<'_> {
    pub(super) fn beliefs(&self, model: &mut Model) -> Option<()> {
        for conduct in &self.scenario.conducts {
            let holder = self.holder(model, conduct)?;
            model.beliefs.push(holder);
        }
        model.listeners = model
            .beliefs
            .keys()
            .filter(|holder| !model.beliefs[*holder].watched.is_empty())
            .collect();
        feeds(model);
        Some(())
    }

    fn holder(&self, model: &Model, conduct: &Conduct) -> Option<Beliefs> {
        let party = self.party(&conduct.party)?;
        let number = |quantity: Option<&Quantity>, key: &str| {
            uncertain_or(quantity, 0.0, &["conduct", &conduct.id, key])
        };
        let quantal = match &conduct.policy {
            Policy::QuantalResponse(it) => Some(it),
            _ => None,
        };
        let pressure = quantal.map(|it| &it.pressure);
        let trust = conduct.policy.trust();
        let hits = |order: &str| {
            let prior = quantal.and_then(|it| it.hits_per_day.get(order));
            number(prior, &format!("hits_per_day.{order}"))
        };
        let moves = quantal.and_then(|conduct| {
            Some((
                number(Some(conduct.belief.belief_memory_days.as_ref()?), "belief_memory_days"),
                number(
                    Some(conduct.belief.belief_half_life_days.as_ref()?),
                    "belief_half_life_days",
                ),
            ))
        });
        let written = |quantity: Option<&Quantity>, key| quantity.map(|it| number(Some(it), key));
        let watched = self.watched(model, conduct, party)?;
        Some(Beliefs {
            id: conduct.id.clone(),
            party,
            hears: self.hears(model, party),
            watched_of: model.forces.keys().map(|force| of_force(&watched, force)).collect(),
            watched_under: by_clause(&watched),
            watched_of_party: watched.iter().map(|it| it.commander).collect(),
            shortest_age: {
                let ages = watched.iter().map(|it| model.clauses[it.clause].expires_after);
                ages.min().unwrap_or(u32::MAX)
            },
            watched,
            counter: match quantal {
                Some(it) => self.clauses(&it.counter_clauses)?,
                None => Vec::new(),
            },
            feeds: Vec::new(),
            pressure: Pressure {
                rest: number(pressure.map(|it| &it.pressure), "pressure"),
                half_life_days: written(
                    pressure.and_then(|it| it.pressure_half_life_days.as_ref()),
                    "pressure_half_life_days",
                ),
            },
            trust: Trust {
                rest: number(trust.map(|it| &it.trust), "trust"),
                moves: trust.and_then(|trust| {
                    Some(TrustMoves {
                        up_per_day: written(trust.trust_up_per_day.as_ref(), "trust_up_per_day")?,
                        down_per_day: written(
                            trust.trust_down_per_day.as_ref(),
                            "trust_down_per_day",
                        )?,
                        half_life_days: written(
                            trust.trust_half_life_days.as_ref(),
                            "trust_half_life_days",
                        )?,
                        credence: number(trust.credence.as_ref(), "credence"),
                        refusal_odds: number(Some(&trust.refusal_odds), "refusal_odds"),
                    })
                }),
            },
            counter_performance: number(
                quantal.map(|it| &it.counter_performance),
                "counter_performance",
            ),
            hits: HitBeliefs { priors: [hits("comply"), hits("defy"), hits("conceal")], moves },
        })
    }

    /// The monitors that report to a party: its own, those that name it, and
    /// public ones. A self-report is a claim.
    pub(super) fn hears(&self, model: &Model, party: PartyIndex) -> Bits<MonitorIndex> {
        let id = &model.parties[party].id;
        let monitors = model.monitors.iter_enumerated().zip(&self.scenario.monitors);
        monitors
            .filter(|((_, it), _)| !matches!(it.method, Method::SelfReport { .. }))
            .filter(|(_, it)| it.public || it.party == *id || it.reports_to.contains(id))
            .map(|((index, _), _)| index)
            .collect()
    }

    fn clauses(&self, ids: &[String]) -> Option<Vec<ClauseIndex>> {
        ids.iter().map(|id| self.clause(id)).collect()
    }

    /// What others owe and this conduct looks at: for trust or to answer it, all
    /// that the parties it is directed toward owe (or the clauses it names); for
    /// counter-performance what the clauses named ask of others.
    fn watched(&self, model: &Model, conduct: &Conduct, party: PartyIndex) -> Option<Vec<Watched>> {
        let toward: Option<Vec<PartyIndex>> =
            conduct.policy.toward().iter().map(|id| self.party(id)).collect();
        let toward = toward?;
        let named = self.clauses(conduct.policy.counter_clauses())?;
        let of_named = matches!(conduct.policy, Policy::Reciprocal(_)) && !named.is_empty();
        let mut watched = Vec::new();
        for (clause, it) in model.clauses.iter_enumerated() {
            let last: Option<&Watched> = watched.last();
            let under = last.map_or(0, |last| last.under + 1);
            for (at, bound) in it.bound.iter_enumerated() {
                let commander = model.forces[bound.force].commander;
                let is_named = named.contains(&clause);
                let answered = toward.contains(&commander) && (!of_named || is_named);
                if answered || (is_named && commander != party) {
                    let force = bound.force;
                    watched.push(Watched { force, commander, clause, at, under, answered });
                }
            }
        }
        Some(watched)
    }
}

/// Which of those watched are of a force.
fn of_force(watched: &[Watched], force: ForceIndex) -> Vec<usize> {
    let watched = watched.iter().enumerate();
    watched.filter(|(_, pair)| pair.force == force).map(|(at, _)| at).collect()
}

/// Which of those watched, which stand clause by clause, are under each.
fn by_clause(watched: &[Watched]) -> Vec<(ClauseIndex, Range<usize>)> {
    let mut until = 0;
    let under = watched.chunk_by(|a, b| a.clause == b.clause).map(|under| {
        let from = until;
        until += under.len();
        (under[0].clause, from..until)
    });
    under.collect()
}

/// Which forces each party learns from: those of its conduct, and where it has none those of
/// the proxies whose forces it weighs.
fn feeds(model: &mut Model) {
    type Units = Vec<UnitIndex>;
    let mut of: TiVec<BeliefsIndex, Vec<(ForceIndex, Units)>> =
        ti_vec![Vec::new(); model.beliefs.len()];
    for index in model.units.keys() {
        let unit = &model.units[index];
        let holder = unit.beliefs;
        let mut from: Vec<(ForceIndex, UnitIndex)> = Vec::new();
        for force in &unit.weighed {
            let obligations = model.forces[*force].obligations.iter();
            let mut of_clause = obligations.filter(|it| it.clause == unit.clause);
            from.extend(of_clause.next().map(|it| (*force, it.unit)));
        }
        for (force, unit) in from {
            let feeds = &mut of[holder];
            match feeds.iter_mut().find(|(of, _)| *of == force) {
                Some((_, units)) if units.contains(&unit) => {}
                Some((_, units)) => units.push(unit),
                None => feeds.push((force, vec![unit])),
            }
            if !model.units[unit].informs.contains(&holder) {
                model.units[unit].informs.push(holder);
            }
        }
    }
    for (holder, mut of) in model.beliefs.iter_mut().zip(of) {
        of.sort();
        for (force, units) in of {
            match holder.feeds.iter_mut().find(|(known, _)| *known == units) {
                Some((_, forces)) => forces.push(force),
                None => holder.feeds.push((units, vec![force])),
            }
        }
    }
}
