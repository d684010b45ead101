//! What the day's reports and hits teach those who decide.

use super::watched;
use crate::engine::state::{Arrival, Known, KnownSums, Said, Weighed, Word, World};
use crate::model::{
    BeliefsIndex, Bits, ClauseIndex, ForceIndex, FormationIndex, Mechanism, Model, MonitorIndex,
    PartyIndex, Says,
};

/// The reports that arrived on a day, and what has grown too old by it.
pub(super) fn learn(model: &Model, world: &mut World, day: u32) {
    if !world.today.arrivals.is_empty() {
        let arrivals = std::mem::take(&mut world.today.arrivals);
        for holder in &model.listeners {
            hear(model, world, *holder, &arrivals, day);
        }
        world.today.arrivals = arrivals;
    }
    for holder in &model.listeners {
        if day >= world.beliefs[*holder].next_expiry {
            forget(model, world, *holder, day);
        }
    }
}

/// Adds to the pressure on a party, in everything that learns for it.
pub(super) fn press(model: &Model, world: &mut World, party: PartyIndex, amount: f64, day: u32) {
    if !model.mechanisms.has(Mechanism::Pressure) {
        return;
    }
    for (holder, state) in model.beliefs.iter().zip(&mut world.beliefs) {
        if holder.party == party {
            state.pressure.press(amount, day);
        }
    }
}

/// From now on a party is under so much more pressure, and stays so.
pub(super) fn settle_in(model: &Model, world: &mut World, party: PartyIndex, amount: f64) {
    if !model.mechanisms.has(Mechanism::Pressure) {
        return;
    }
    for (holder, state) in model.beliefs.iter().zip(&mut world.beliefs) {
        if holder.party == party {
            state.pressure.raise(amount);
        }
    }
}

/// A party refuses a monitor access: those it reports to think the worse of the party.
pub(super) fn refused(
    model: &Model,
    world: &mut World,
    (monitor, by): (MonitorIndex, PartyIndex),
    day: u32,
) {
    for holder in &model.listeners {
        let it = &model.beliefs[*holder];
        let answers = it.watched_of_party.contains(by);
        if !answers || !it.hears.contains(monitor) || !world.beliefs[*holder].trust.moves {
            continue;
        }
        let state = &mut world.beliefs[*holder];
        let before = state.refused[by].replace(day);
        state.any_refused = true;
        state.next_expiry = state.next_expiry.min(day.saturating_add(it.shortest_age));
        // One that stands still changes nothing by being said again.
        if before.is_none_or(|before| before + 1 < day) {
            look(model, world, *holder, day);
        }
    }
}

/// Takes what its monitors report of the forces a party watches.
fn hear(model: &Model, world: &mut World, holder: BeliefsIndex, arrivals: &[Arrival], day: u32) {
    let it = &model.beliefs[holder];
    let mut changed = false;
    for arrival in arrivals {
        if !it.hears.contains(arrival.monitor) {
            continue;
        }
        let formation = model.forces[arrival.force].formation;
        for &at in &it.watched_of[arrival.force] {
            let pair = &it.watched[at];
            if !arrival.asked.contains(pair.clause) {
                continue;
            }
            let expires = expiry(model, pair.clause, arrival.seen);
            let keeping = arrival.keeping.contains(pair.clause);
            let tells = world.monitors[arrival.monitor].tells[formation];
            let state = &mut world.beliefs[holder];
            let likely = posterior(state.trust.rest, tells[usize::from(keeping)]);
            let known = &mut state.known[at];
            if expires <= day || known.is_some_and(|it| it.seen > arrival.seen) {
                continue;
            }
            // A word of the same from another who errs otherwise tells more, or less.
            if known.is_none_or(|it| it.keeping != keeping || it.likely != likely) {
                state.weighed[pair.under] = None;
                changed = true;
            }
            if known.is_none_or(|it| it.keeping != keeping) {
                state.heard += 1;
            }
            *known = Some(Known { seen: arrival.seen, keeping, likely });
            state.next_expiry = state.next_expiry.min(expires);
        }
    }
    if changed {
        look(model, world, holder, day);
    }
}

/// The first day on which an observation no longer counts.
fn expiry(model: &Model, clause: ClauseIndex, seen: u32) -> u32 {
    seen.saturating_add(model.clauses[clause].expires_after)
}

/// Drops what has grown too old.
fn forget(model: &Model, world: &mut World, holder: BeliefsIndex, day: u32) {
    let state = &mut world.beliefs[holder];
    state.next_expiry = u32::MAX;
    let mut changed = false;
    let clauses = model.beliefs[holder].watched_under.iter().zip(&mut state.weighed);
    for ((clause, under), weighed) in clauses {
        let age = model.clauses[*clause].expires_after;
        for known in &mut state.known[under.clone()] {
            let Some(it) = known else { continue };
            let expires = it.seen.saturating_add(age);
            if expires <= day {
                (*known, *weighed) = (None, None);
                state.heard += 1;
                changed = true;
            } else {
                state.next_expiry = state.next_expiry.min(expires);
            }
        }
    }
    let refused = world.beliefs[holder].refused.iter().flatten().max().copied();
    if let Some(refused) = refused {
        // Which of the refusals still stand is looked at once for each clause.
        let expires = model.beliefs[holder].watched.iter();
        let next = expires.map(|pair| expiry(model, pair.clause, refused));
        let next = next.filter(|expires| *expires > day).min().unwrap_or(u32::MAX);
        let state = &mut world.beliefs[holder];
        state.next_expiry = state.next_expiry.min(next);
        changed = true;
    }
    if changed {
        look(model, world, holder, day);
    }
}

/// Weighs what a party knows of those it answers, under the clauses of which anything changed.
pub(super) fn look(model: &Model, world: &mut World, holder: BeliefsIndex, day: u32) {
    let news = world.changes.news();
    let mut weighed = std::mem::take(&mut world.beliefs[holder].weighed);
    let mut sums = KnownSums::default();
    for (under, known) in weighed.iter_mut().enumerate() {
        let refused = refused_under(model, world, (holder, under), day);
        let is_so = known.as_ref().is_some_and(|it| it.news == news && it.refused == refused);
        if !is_so {
            let sums = weigh(model, world, (holder, under), &refused);
            *known = Some(Weighed { news, refused, sums });
        }
        if let Some(it) = known {
            sums = sums.and(&it.sums);
        }
    }
    // What is kept by clause comes to what a count comes to.
    debug_assert_eq!(sums, anew(model, world, holder, day));
    let state = &mut world.beliefs[holder];
    state.weighed = weighed;
    let (seen, trusted) = sums.shares();
    state.seen = seen;
    state.looked = Some(news);
    state.trust.see(trusted, day);
}

/// The parties whose refusals of access stand on a day, as far as they say something of a
/// clause.
fn refused_under(
    model: &Model,
    world: &World,
    (holder, under): (BeliefsIndex, usize),
    day: u32,
) -> Bits<PartyIndex> {
    let state = &world.beliefs[holder];
    let mut standing = Bits::new();
    if state.any_refused {
        let (clause, _) = &model.beliefs[holder].watched_under[under];
        let stands = |on: u32| expiry(model, *clause, on) > day;
        for (by, refused) in state.refused.iter_enumerated() {
            standing.set(by, refused.is_some_and(stands));
        }
    }
    standing
}

impl KnownSums {
    fn and(self, more: &Self) -> Self {
        Self {
            keeping: self.keeping + more.keeping,
            all: self.all + more.all,
            likely: self.likely + more.likely,
            counted: self.counted + more.counted,
        }
    }

    /// The share kept of what a party knows of those it answers, and the share that its trust
    /// goes by.
    fn shares(&self) -> (Option<f64>, Option<f64>) {
        let share = |part: f64, all: f64| (all > 0.0).then(|| part / all);
        (share(self.keeping, self.all), share(self.likely, self.counted))
    }
}

/// What a party knows of those it answers under one clause: by strength, how likely the newest
/// report makes it that each keeps it, a claim by its credence where there is no report.
fn weigh(
    model: &Model,
    world: &World,
    (holder, under): (BeliefsIndex, usize),
    refused: &Bits<PartyIndex>,
) -> KnownSums {
    let (it, state) = (&model.beliefs[holder], &world.beliefs[holder]);
    let credence = state.credence;
    let mut sums = KnownSums::default();
    let (clause, range) = &it.watched_under[under];
    if !world.in_force(*clause) {
        return sums;
    }
    let (clause, stated) = (&model.clauses[*clause], &world.clauses[*clause]);
    // A clause that is written several times counts once.
    let times = f64::from(clause.written_times);
    // Breaking what was never agreed costs no trust.
    let free = !stated.consented();
    let watched = it.watched[range.clone()].iter().zip(&state.known[range.clone()]);
    for (pair, known) in watched.filter(|(pair, _)| pair.answered) {
        let strength = f64::from(world.forces[pair.force].strength) / times;
        let refused = refused.contains(pair.commander);
        let (share, weight, posterior) = match known {
            Some(known) => {
                let likely = known.likely;
                let likely = if refused { refusing(likely, state.refusal_odds) } else { likely };
                (f64::from(u8::from(known.keeping)), strength, likely)
            }
            None => match claimed(&stated.claims[pair.at], credence) {
                Some(share) => (share, strength * credence, share),
                // Who shuts the door is thought the worse of, whatever else is known.
                None if refused => {
                    let prior = open_minded(state.trust.rest);
                    (f64::NAN, strength, refusing(prior, state.refusal_odds))
                }
                None => continue,
            },
        };
        if !share.is_nan() {
            sums.keeping += weight * share;
            sums.all += weight;
        }
        sums.likely += weight * posterior;
        sums.counted += if free { weight * posterior } else { weight };
    }
    sums
}

/// What a party knows of those it answers, reckoned anew.
fn anew(model: &Model, world: &World, holder: BeliefsIndex, day: u32) -> KnownSums {
    let under = 0..model.beliefs[holder].watched_under.len();
    under.fold(KnownSums::default(), |sums, under| {
        let refused = refused_under(model, world, (holder, under), day);
        sums.and(&weigh(model, world, (holder, under), &refused))
    })
}

/// The share that a claim says is kept, to who gives claims credence.
fn claimed(said: &Said, credence: f64) -> Option<f64> {
    let word = if credence > 0.0 { said.newest() } else { None };
    let Word { says, share, .. } = word.filter(|it| it.says != Says::Denies)?;
    Some(if says == Says::Keeping { share } else { 1.0 - share })
}

/// How likely a party holds it to be that a force keeps a clause, by Bayes from what it held
/// likely before and how likely a word is of who keeps, and of who violates.
fn posterior(prior: f64, [if_kept, if_violated]: [f64; 2]) -> f64 {
    let prior = open_minded(prior);
    let (kept, violated) = (prior * if_kept, (1.0 - prior) * if_violated);
    // What no error of the monitor's can have said is no evidence either way.
    if kept + violated > 0.0 { kept / (kept + violated) } else { prior }
}

/// Whoever is certain beforehand learns nothing.
fn open_minded(prior: f64) -> f64 {
    prior.clamp(0.01, 0.99)
}

/// The same of who has refused access, which multiplies the odds of violating.
fn refusing(likely: f64, odds: f64) -> f64 {
    let violated = (1.0 - likely) * odds;
    if likely + violated > 0.0 { likely / (likely + violated) } else { likely }
}

/// What the words of monitors tell those who trust by them, by the errors that they are known
/// to make: how likely each word is of who keeps, and of who violates.
pub(super) fn begin(model: &Model, world: &mut World) {
    for holder in model.listeners.iter().filter(|it| world.beliefs[**it].trust.moves) {
        let it = &model.beliefs[*holder];
        let answered = it.watched.iter().filter(|pair| pair.answered);
        let mut formations: Vec<_> =
            answered.map(|pair| model.forces[pair.force].formation).collect();
        formations.sort_unstable();
        formations.dedup();
        for monitor in it.hears.iter() {
            for formation in &formations {
                let tells = tells(model, world, (monitor, *formation));
                world.monitors[monitor].tells[*formation] = tells;
            }
        }
    }
}

fn tells(
    model: &Model,
    world: &World,
    (monitor, formation): (MonitorIndex, FormationIndex),
) -> [[f64; 2]; 2] {
    let state = &world.monitors[monitor];
    let forces = &model.formations[formation].forces;
    let errors = watched::errors(state);
    let persons: f64 = forces.iter().map(|force| f64::from(world.forces[*force].strength)).sum();
    let looks = state.looks_a_day(model, monitor, world.forces[forces[0]].signature);
    let alarms = watched::false_alarms(state, persons);
    let says_violating = [0.0, 1.0].map(|violates| {
        let [violating, keeping] = errors.words(looks, violates);
        let all = violating + alarms + keeping;
        if all > 0.0 { (violating + alarms) / all } else { violates }
    });
    [says_violating, says_violating.map(|violating| 1.0 - violating)]
}

/// Brings up to a day what a party reckons only when it is asked: claims it may
/// believe, and beliefs of being hit.
pub(super) fn consult(model: &Model, world: &mut World, holder: BeliefsIndex, day: u32) {
    let state = &world.beliefs[holder];
    if state.credence > 0.0 && state.looked != Some(world.changes.news()) {
        look(model, world, holder, day);
    }
    debug_assert!(
        world.beliefs[holder].credence == 0.0
            || world.beliefs[holder].seen == anew(model, world, holder, day).shares().0
    );
    world.reckon_counter(model, holder);
    world.settle_beliefs(model, holder, day);
}

/// Lets those who decide for a force know that it was hit on a day, once a clause that binds
/// it is due, in the posture it has.
pub fn note_hit(model: &Model, world: &mut World, force: ForceIndex, day: u32) {
    let mut informed: Vec<BeliefsIndex> = Vec::new();
    for owed in &model.forces[force].obligations {
        for holder in &model.units[owed.unit].informs {
            if !informed.contains(holder) {
                informed.push(*holder);
            }
        }
    }
    for holder in informed {
        world.settle_beliefs(model, holder, day);
        let feeds = model.beliefs[holder].feeds.iter();
        let Some((units, _)) = feeds.into_iter().find(|(_, of)| of.contains(&force)) else {
            continue;
        };
        if let Some((_, posture)) = world.exposed(model, units).filter(|(since, _)| *since <= day) {
            let persons = f64::from(world.forces[force].strength);
            world.believe_hit(holder, posture, persons);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial};

    const FEELS: &str = r#"
[[conduct]]
id = "red-mind"
party = "red"
kind = "quantal-response"
review_days = 30
value = 0.0
pressure = 1.0
pressure_half_life_days = 10

[[rule]]
id = "presses"
party = "watcher"
on = "deadline-missed"
kind = "press"
on_parties = ["red"]
pressure = 1.0
"#;

    #[test]
    fn presses_do_not_stack_and_fade_by_their_half_life() {
        let mut trial = Trial::new(&format!("{BACK}{FEELS}"));
        let red = trial.model.forces[trial.force("guard")].commander;
        press(&trial.model, &mut trial.world, red, 2.0, 20);
        press(&trial.model, &mut trial.world, red, 0.5, 20);
        let felt = |trial: &Trial, day| trial.world.beliefs[trial.holder("guard")].pressure(day);
        assert!((felt(&trial, 20) - 3.0).abs() < 1e-12);
        assert!((felt(&trial, 30) - 2.0).abs() < 1e-12);
        settle_in(&trial.model, &mut trial.world, red, 1.5);
        assert!((felt(&trial, 30) - 2.5).abs() < 1e-12);
        assert!((felt(&trial, 20) - 3.0).abs() < 1e-12);
    }
}
