//! Measures of incidents, ladders, rules, losses and accounts.

use super::others::counted;
use super::row::{At, Of, Read, Row};
use crate::model::{Force, Model, PartyIndex};
use crate::stats::Bins;

/// In the order of results.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    counted("incident", "incidents", Of::True, "Incidents.",
        |at| &at.world.conflict().sources.raw[at.subject].incidents).unit("count per day").bins(daily),
    counted("incident", "settled", Of::True, "Of these, those that a liaison settled.",
        |at| &at.world.conflict().sources.raw[at.subject].settled).unit("count per day").bins(daily),
    of("ladder", "tension", "Tension on the date.",
        |at| at.world.conflict().ladders.raw[at.subject].tension).unit("tension")
        .bins(|model, ladder| {
            let top = model.ladders.raw[ladder].rungs.iter().map(|rung| rung.up).fold(1.0, f64::max);
            Bins::between(0.0, 4.0 * top, 400)
        }),
    of("ladder", "rung", "The rung of the ladder: 0 is the ground.",
        |at| at.world.conflict().ladders.raw[at.subject].rung as f64).unit("rung")
        .bins(|model, ladder| {
            let rungs = model.ladders.raw[ladder].rungs.len() as u32;
            Bins::between(0.0, f64::from(rungs), rungs * 20)
        }),
    of("rule", "reactions", "How often the rule acted so far.",
        |at| f64::from(at.world.conflict().rules.raw[at.subject].fired)).unit("count")
        .bins(|model, _| Bins::between(0.0, f64::from(model.calendar.days).max(1.0), 400)),
    of("account", "persons", "Persons left in the account.",
        |at| f64::from(at.world.conflict().accounts.raw[at.subject].persons)).unit("persons")
        .bins(|model, account| Bins::between(0.0, model.accounts.raw[account].persons.support().1.max(1.0), 400)),
    counted("party", "strikes_on", Of::True, "Strikes on the party's forces.",
        |at| &at.world.conflict().struck.raw[at.subject]).unit("count per day").bins(daily).given(violent),
    of("party", "persons_lost", "Persons that its forces have lost.",
        |at| f64::from(at.world.conflict().lost_by.raw[at.subject].0)).unit("persons").bins(persons).given(violent),
    of("party", "weapons_lost", "Weapons that its forces have lost.",
        |at| f64::from(at.world.conflict().lost_by.raw[at.subject].1)).unit("weapons").bins(weapons).given(violent),
];

const fn of(
    subject: &'static str,
    name: &'static str,
    about: &'static str,
    read: fn(&At<'_>) -> f64,
) -> Row {
    Row::new(subject, name, Of::True, about, Read::Daily(read))
}

pub(super) fn daily(_: &Model, _: usize) -> Bins {
    Bins::between(0.0, 20.0, 400)
}

/// Whether anything of a model can cost losses.
pub(super) fn violent(model: &Model, _: usize) -> bool {
    !model.rules.is_empty() || !model.incidents.is_empty() || !model.outside.is_empty()
}

fn commanded(model: &Model, party: PartyIndex) -> impl Iterator<Item = &Force> {
    model.forces.iter().filter(move |force| force.commander == party)
}

fn persons(model: &Model, party: usize) -> Bins {
    let sent: f64 = model.accounts.iter().map(|account| account.persons.support().1).sum();
    let persons =
        commanded(model, party.into()).map(|force| force.strength.support().1).sum::<f64>();
    Bins::between(0.0, (persons + sent).max(1.0), 400)
}

fn weapons(model: &Model, party: usize) -> Bins {
    let held = commanded(model, party.into()).flat_map(|force| &force.equipment);
    let held: f64 = held.map(|holding| holding.number.support().1).sum();
    let stored = model.accounts.iter().flat_map(|account| &account.weapons);
    let stored: f64 = stored.map(|number| number.support().1).sum();
    Bins::between(0.0, (held + stored).max(1.0), 400)
}
