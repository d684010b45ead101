//! Measures of incidents, ladders, rules, losses and accounts.

use crate::engine::World;
use crate::model::Model;
use crate::stats::Bins;

/// What is read off a world of [`Conflict`](crate::engine::Conflict).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum ConflictRead {
    Incidents,
    Settled,
    Tension,
    Rung,
    Strikes,
    PersonsLost,
    WeaponsLost,
    Reactions,
    PersonsLeft,
}

/// Subject kind, subject, name, unit, bins, and how it is read.
pub(super) type Row = (&'static str, usize, &'static str, &'static str, Bins, ConflictRead);

/// Every measure that a model gives occasion for.
pub(super) fn all(model: &Model) -> Vec<Row> {
    let mut all: Vec<Row> = Vec::new();
    let per_day = Bins::between(0.0, 20.0, 400);
    for (subject, _) in model.incidents.iter().enumerate() {
        let unit = "count per day";
        let of = |name, read| ("incident", subject, name, unit, per_day, read);
        all.push(of("incidents", ConflictRead::Incidents));
        all.push(of("settled", ConflictRead::Settled));
    }
    for (subject, ladder) in model.ladders.iter().enumerate() {
        let top = ladder.rungs.iter().map(|rung| rung.up).fold(1.0, f64::max);
        let tension = Bins::between(0.0, 4.0 * top, 400);
        let rungs = ladder.rungs.len() as u32;
        let rung = Bins::between(0.0, f64::from(rungs), rungs * 20);
        all.push(("ladder", subject, "tension", "tension", tension, ConflictRead::Tension));
        all.push(("ladder", subject, "rung", "rung", rung, ConflictRead::Rung));
    }
    for (subject, _) in model.rules.iter().enumerate() {
        let count = Bins::between(0.0, f64::from(model.calendar.days).max(1.0), 400);
        all.push(("rule", subject, "reactions", "count", count, ConflictRead::Reactions));
    }
    for (subject, account) in model.accounts.iter().enumerate() {
        let most = account.persons.support().1.max(1.0);
        let persons = Bins::between(0.0, most, 400);
        all.push(("account", subject, "persons", "persons", persons, ConflictRead::PersonsLeft));
    }
    if !model.rules.is_empty() || !model.incidents.is_empty() || !model.outside.is_empty() {
        for subject in 0..model.parties.len() {
            let of_party = |index: &&crate::model::Force| index.commander == subject;
            let forces = || model.forces.iter().filter(of_party);
            let sent: f64 = model.accounts.iter().map(|it| it.persons.support().1).sum();
            let persons: f64 = forces().map(|it| it.strength.support().1).sum::<f64>() + sent;
            let held = forces().flat_map(|it| &it.equipment);
            let held: f64 = held.map(|it| it.number.support().1).sum();
            let stored = model.accounts.iter().flat_map(|it| &it.weapons);
            let stored: f64 = stored.map(|it| it.support().1).sum();
            let lost = Bins::between(0.0, persons.max(1.0), 400);
            let weapons = Bins::between(0.0, (held + stored).max(1.0), 400);
            all.push((
                "party",
                subject,
                "strikes_on",
                "count per day",
                per_day,
                ConflictRead::Strikes,
            ));
            all.push((
                "party",
                subject,
                "persons_lost",
                "persons",
                lost,
                ConflictRead::PersonsLost,
            ));
            all.push((
                "party",
                subject,
                "weapons_lost",
                "weapons",
                weapons,
                ConflictRead::WeaponsLost,
            ));
        }
    }
    all
}

/// The id of a subject.
pub(super) fn id<'m>(model: &'m Model, kind: &str, subject: usize) -> &'m str {
    match kind {
        "incident" => &model.incidents[subject].id,
        "ladder" => &model.ladders[subject].id,
        "rule" => &model.rules[subject].id,
        "account" => &model.accounts[subject].id,
        _ => &model.parties[subject].id,
    }
}

/// The numbers of a date, in the order of [`all`].
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    rows: Vec<(ConflictRead, usize)>,
    values: Vec<f64>,
}

impl Numbers {
    pub(super) fn new(model: &Model) -> Self {
        let rows = all(model).into_iter();
        let rows: Vec<_> = rows.map(|(_, subject, .., it)| (it, subject)).collect();
        Self { values: vec![f64::NAN; rows.len()], rows }
    }

    /// What the world shows at the end of a turn of `days` days.
    pub(super) fn read(&mut self, world: &World, days: u32) -> &[f64] {
        for ((it, subject), value) in self.rows.iter().zip(&mut self.values) {
            *value = read(*it, *subject, world, days);
        }
        &self.values
    }
}

fn read(it: ConflictRead, subject: usize, world: &World, days: u32) -> f64 {
    let conflict = world.conflict();
    let per_day = |count: u32| f64::from(count) / f64::from(days);
    match it {
        ConflictRead::Incidents => per_day(conflict.sources[subject].incidents),
        ConflictRead::Settled => per_day(conflict.sources[subject].settled),
        ConflictRead::Tension => conflict.ladders[subject].tension,
        ConflictRead::Rung => conflict.ladders[subject].rung as f64,
        ConflictRead::Strikes => per_day(conflict.struck[subject]),
        ConflictRead::PersonsLost => f64::from(conflict.lost_by[subject].0),
        ConflictRead::WeaponsLost => f64::from(conflict.lost_by[subject].1),
        ConflictRead::Reactions => f64::from(conflict.rules[subject].fired),
        ConflictRead::PersonsLeft => f64::from(conflict.accounts[subject].persons),
    }
}
