//! Measures of clauses.

use super::conflict::violent;
use super::row::{At, Needs, Of, Read, Row, flag};
use crate::engine::{
    DeliveryState, Register, Status, StoreState, blocked, cap_use, status, strength,
};
use crate::model::{Bits, Duty, Force, Goods, HoldingIndex, Kind, Model, Order, Starter};
use crate::stats::Bins;

/// In the order of results.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    Row::clause("compliance", Of::True, "What meets the clause, of what was inside on D-day or came inside since.",
        |at| at.clause().shares.met),
    Row::clause("compliance_with_losses", Of::True,
        "The same with what was lost while it violated the clause, once that was due: it counts as not meeting it.",
        |at| at.clause().shares.with_losses).given(violent),
    Row::clause("compliance_full", Of::True, "What meets it in full, by `target_km`.",
        |at| at.clause().shares.full),
    Row::clause("compliance_unrestricted", Of::True, "What meets it, of all that is bound.",
        |at| at.clause().shares.unrestricted),
    Row::clause("compliance", Of::Recorded, "What the clause's monitors hold as keeping it.",
        |at| at.clause().shares.seen_keeping),
    Row::clause("violating", Of::Recorded, "What they hold as violating it.",
        |at| at.clause().shares.seen_violating),
    Row::clause("not_observed", Of::Recorded, "What they hold nothing recent of.",
        |at| at.clause().shares.not_observed),
    Row::clause("compliance", Of::Claimed, "What the parties that answer for it say keeps it.",
        |at| at.clause().shares.claimed_keeping),
    Row::clause("violating", Of::Claimed, "What they say violates it.",
        |at| at.clause().shares.claimed_violating),
    Row::clause("in_force", Of::True, "Whether it has started, and has neither ended nor been suspended.",
        |at| flag(at.world.in_force(at.index()))).unit("probability").needs(Needs::Nothing),
    Row::clause("kept", Of::True, "Whether its share is at least `kept_at`.",
        |at| flag(at.clause().kept.is_some() && at.world.in_force(at.index())))
        .unit("probability").needs(Needs::Nothing),
    Row::clause("status", Of::True, "How it stands, a row for each status.",
        |at| standing(at, Register::True)).unit("probability").needs(Needs::Nothing).bins(words),
    Row::clause("status", Of::Recorded, "The same by what monitors hold.",
        |at| standing(at, Register::Recorded)).unit("probability").needs(Needs::Nothing).bins(words),
    Row::clause("status", Of::Claimed, "The same by what parties say.",
        |at| standing(at, Register::Claimed)).unit("probability").needs(Needs::Nothing).bins(words),
    Row::clause("agreed", Of::True, "Whether both sides have agreed to it.",
        |at| flag(at.clause().consented())).unit("probability").needs(Needs::Nothing)
        .given(|model, clause| !model.clauses.raw[clause].consented),
    Row::clause("blocked", Of::True, "Whether it waits for a condition.",
        |at| flag(blocked(at.model, at.world, Starter::Clause(at.index()))))
        .unit("probability").needs(Needs::Nothing).daily().given(waits),
    Row::clause("deadlocked", Of::True, "Whether it can no longer start.",
        |at| flag(at.world.deadlocks().iter().any(|(starter, _)| *starter == Starter::Clause(at.index()))))
        .unit("probability").needs(Needs::Nothing).daily().given(waits),
    Row::orders("ordered_comply", "What is under the order to comply, of what was inside on D-day.",
        |at| at.clause().ordered[Order::Comply as usize]),
    Row::orders("ordered_conceal", "What is under the order to conceal.",
        |at| at.clause().ordered[Order::Conceal as usize]),
    Row::clause("cases", Of::Recorded, "Cases that its monitors have recorded so far.",
        |at| f64::from(at.clause().cases_recorded)).unit("count").needs(Needs::Start)
        .bins(|_, _| Bins::between(0.0, 500.0, 500)),
    Row::clause("confirmed", Of::Recorded, "Of these, those that two of them recorded within `max_age_days`.",
        |at| f64::from(at.clause().cases_confirmed) / f64::from(at.clause().cases_recorded))
        .needs(Needs::Start),
    Row::clause("disputed", Of::Claimed, "Whether it is claimed to be kept while violations are seen.",
        |at| flag(at.clause().disputed())).unit("probability"),
    Row::places("violators", "Forces that violate it.",
        |at| f64::from(at.clause().violators)).unit("forces")
        .bins(|model, clause| Bins::between(0.0, (model.clauses.raw[clause].bound.len() as f64).max(1.0), 400)),
    Row::clause("unbound_inside", Of::True, "What it does not bind, and what would violate it if it did.",
        |at| at.clause().unbound).daily().unit_by(counted, "persons or weapons")
        .bins(|model, clause| Bins::between(0.0, unbound_bound(model, clause), 400))
        .given(|model, clause| !model.clauses.raw[clause].unbound.is_empty()),
    delivered("handed_over", "Handed over so far.", |at| delivery(at, |it| it.handed.iter().sum())),
    delivered("accepted", "Of these, accepted.", |at| delivery(at, |it| it.accepted.iter().sum())),
    delivered("rejected", "Of these, rejected.", |at| delivery(at, |it| it.rejected.iter().sum())),
    delivered("pending", "Of these, not ruled on yet.", |at| delivery(at, DeliveryState::pending)),
    delivered("disputed_items", "Of these, disputed between receiver and verifier.",
        |at| delivery(at, |it| it.disputed.iter().sum())),
    Row::clause("forbidden_acts", Of::True, "Acts so far that it forbids.",
        |at| at.clause().abstain.as_ref().map_or(f64::NAN, |acts| f64::from(acts.violations)))
        .unit("count").needs(Needs::Start).bins(acts).given(abstains),
    Row::clause("licensed_acts", Of::True, "Acts so far that a licence allowed.",
        |at| at.clause().abstain.as_ref().map_or(f64::NAN, |acts| f64::from(acts.licensed)))
        .unit("count").needs(Needs::Start).bins(acts).given(abstains),
    Row::clause("licensed_share", Of::True, "The share of all acts so far that a licence allowed.",
        |at| at.clause().abstain.as_ref().map_or(f64::NAN, |acts| {
            f64::from(acts.licensed) / f64::from(acts.licensed + acts.violations)
        }))
        .needs(Needs::Start).given(|model, clause| match &model.clauses.raw[clause].kind {
            Kind::Abstain(it) => !it.licences.is_empty(),
            _ => false,
        }),
    Row::clause("closed", Of::True, "Whether the way that it keeps open is closed.",
        |at| flag(at.clause().closed)).unit("probability")
        .given(|model, clause| matches!(model.clauses.raw[clause].kind, Kind::Passage { .. })),
    stores("stores_present", "Stores last found where they should be.", |at| found(at, StoreState::Present)),
    stores("stores_missing", "Stores found missing.", |at| found(at, StoreState::Missing)),
    stores("stores_missing_again", "Stores found missing after they had come back.",
        |at| found(at, StoreState::MissingAgain)),
    stores("stores_beyond_line", "Stores found outside storage, but beyond the line.",
        |at| found(at, StoreState::Beyond)),
    stores("stores_no_access", "Stores whose visitors were not let in.", |at| found(at, StoreState::NoAccess)),
    stores("stores_not_checked", "Stores that nobody has checked lately.",
        |at| found(at, StoreState::Unchecked)),
    Row::places("cap_use", "What is inside, as a share of the cap on persons or weapons.",
        |at| cap_use(at.model, at.world, at.index()).0).bins(twice)
        .given(|model, clause| of_place(model, clause) && model.clauses.raw[clause].terms.cap.is_some()),
    Row::places("cap_use_posts", "Forces inside, as a share of the cap on posts.",
        |at| cap_use(at.model, at.world, at.index()).1).bins(twice)
        .given(|model, clause| of_place(model, clause) && model.clauses.raw[clause].terms.cap_posts.is_some()),
    Row::places("shortfall", "Kilometres that violators lack, by strength.",
        |at| at.clause().shortfall_km).unit("km").bins(lacking).given(of_place),
    Row::places("shortfall_worst", "Kilometres that the farthest violator lacks.",
        |at| at.clause().worst_km).unit("km").bins(lacking).given(of_place),
    Row { needs: Needs::Start, ..Row::new("clause", "distance", Of::True,
        "How far those counted on D-day stand, person by person.", Read::Pooled)
        .unit("km").bins(kilometres).given(of_place) },
    Row::places("distance_mean", "The mean of it.", mean_km).unit("km").needs(Needs::Start)
        .bins(kilometres).given(of_place),
];

/// Of the forces of each of several parties that a clause binds.
#[rustfmt::skip]
pub(super) const BY_PARTY: &[Row] = &[
    of_party("compliance", Of::True, "What of a party's forces meets the clause, of those that were inside on D-day or came inside since.",
        |at| at.of_party(|it| it.met)),
    of_party("compliance", Of::Recorded, "What of them the clause's monitors hold as keeping it.",
        |at| at.of_party(|it| it.seen_keeping)),
    of_party("violating", Of::Recorded, "What of them they hold as violating it.",
        |at| at.of_party(|it| it.seen_violating)),
    of_party("compliance", Of::Claimed, "What the party says keeps the clause, whoever else says otherwise.",
        |at| at.of_party(|it| it.claimed_keeping)).given(speaks),
    of_party("violating", Of::Claimed, "What it says violates it.",
        |at| at.of_party(|it| it.claimed_violating)).given(speaks),
    Row::new("clause-party", "forbidden_acts", Of::True, "Its acts so far that the clause forbids.",
        Read::Clause(|at| {
            let acts = at.world.clauses()[at.clause_index()].abstain.as_ref();
            acts.map_or(f64::NAN, |acts| f64::from(acts.violations_by.raw[at.party()]))
        }))
        .unit("count").bins(|model, _| Bins::between(0.0, f64::from(model.calendar.days).max(1.0), 400))
        .given(|model, subject| {
            let clause = subject / model.parties.len();
            by_party(model, subject) && matches!(model.clauses.raw[clause].kind, Kind::Abstain(_))
        }),
];

const fn of_party(
    name: &'static str,
    register: Of,
    about: &'static str,
    read: fn(&At<'_>) -> f64,
) -> Row {
    Row::new("clause-party", name, register, about, Read::Share(read)).given(by_party)
}

/// Whether several parties answer for a clause, and this one is among them.
fn speaks(model: &Model, subject: usize) -> bool {
    let (clause, party) = (subject / model.parties.len(), subject % model.parties.len());
    let clause = &model.clauses.raw[clause];
    clause.claimants.raw[party] && clause.several_claim()
}

/// Whether a clause binds forces of several parties, and this one's among them.
fn by_party(model: &Model, subject: usize) -> bool {
    let (clause, party) = (subject / model.parties.len(), subject % model.parties.len());
    let clause = &model.clauses.raw[clause];
    clause.binds_several(&model.forces) && clause.binds(&model.forces, party.into())
}

/// Of a clause to deliver.
const fn delivered(name: &'static str, about: &'static str, read: fn(&At<'_>) -> f64) -> Row {
    Row::clause(name, Of::True, about, read)
        .needs(Needs::Start)
        .unit_by(goods, "the unit of the goods")
        .bins(|model, clause| Bins::between(0.0, goods_bound(model, clause), 400))
        .given(|model, clause| matches!(model.clauses.raw[clause].kind, Kind::Deliver(_)))
}

/// Of a clause to confine.
const fn stores(name: &'static str, about: &'static str, read: fn(&At<'_>) -> f64) -> Row {
    Row::clause(name, Of::Recorded, about, read)
        .daily()
        .given(|model, clause| matches!(model.clauses.raw[clause].kind, Kind::Confine { .. }))
}

fn standing(at: &At<'_>, register: Register) -> f64 {
    status(at.model, at.world, at.index(), register).index() as f64 + 0.5
}

fn words(_: &Model, _: usize) -> Bins {
    Bins::between(0.0, Status::WORDS.len() as f64, Status::WORDS.len() as u32)
}

fn acts(_: &Model, _: usize) -> Bins {
    Bins::between(0.0, 1000.0, 1000)
}

fn twice(_: &Model, _: usize) -> Bins {
    Bins::between(0.0, 2.0, 400)
}

fn kilometres(model: &Model, clause: usize) -> Bins {
    let (low, high) = distances(model, clause);
    Bins::between(low, high, 1024)
}

fn lacking(model: &Model, clause: usize) -> Bins {
    let (low, high) = distances(model, clause);
    Bins::between(0.0, (high - low).max(1.0), 1024)
}

/// Whether no date settles when a clause starts.
fn waits(model: &Model, clause: usize) -> bool {
    model.settled_day(&model.clauses.raw[clause].starts).is_none()
}

fn abstains(model: &Model, clause: usize) -> bool {
    matches!(model.clauses.raw[clause].kind, Kind::Abstain(_))
}

/// Whether a clause judges forces by a distance.
fn of_place(model: &Model, clause: usize) -> bool {
    model.clauses.raw[clause].kind.is_of_distance()
}

/// What a clause counts.
fn counted(model: &Model, clause: usize) -> &'static str {
    let weapons = model.clauses.raw[clause].unbound.iter().any(|force| force.weapons.is_some());
    if weapons { "weapons" } else { "persons" }
}

fn goods(model: &Model, clause: usize) -> &'static str {
    match &model.clauses.raw[clause].kind {
        Kind::Deliver(deliver) => deliver.goods.unit(),
        _ => "weapons",
    }
}

fn delivery(at: &At<'_>, count: impl Fn(&DeliveryState) -> u32) -> f64 {
    at.clause().delivery.as_ref().map_or(f64::NAN, |delivery| f64::from(count(delivery)))
}

/// The share of what is counted that the books of monitors hold in a state.
fn found(at: &At<'_>, wanted: StoreState) -> f64 {
    let max_age = at.model.clauses.raw[at.subject].max_age_days;
    let (mut found, mut all) = (0.0, 0.0);
    for (place, store) in at.clause().stores.iter_enumerated() {
        let weight = strength(at.model, at.world, at.index(), place, true);
        all += weight;
        if store.on(at.world.day(), max_age) == wanted {
            found += weight;
        }
    }
    found / all
}

/// How far those stand, on average, whom the clause asks to keep out and counted on
/// D-day.
fn mean_km(at: &At<'_>) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (bound, counted) in at.model.clauses.raw[at.subject].bound.iter().zip(&at.clause().counted)
    {
        let state = &at.world.forces()[bound.force];
        let km = state.km[bound.obligation];
        if *counted && !km.is_nan() {
            sum += km * f64::from(state.strength);
            weight += f64::from(state.strength);
        }
    }
    sum / weight
}

/// The least and greatest distance any bound force can come to.
fn distances(model: &Model, clause: usize) -> (f64, f64) {
    let tables = model.clauses.raw[clause]
        .bound
        .iter()
        .filter(|bound| bound.duty != Duty::Deliver)
        .flat_map(|bound| &model.forces[bound.force].routes)
        .filter_map(|route| route.clause_km.raw[clause].as_ref());
    tables.fold((0.0, 1.0), |(low, high): (f64, f64), table| {
        (low.min(table.min_km().floor()), high.max(table.max_km().ceil()))
    })
}

/// The most that a force can weigh: persons, or weapons of a set.
fn most(force: &Force, weapons: Option<&Bits<HoldingIndex>>) -> f64 {
    let Some(weapons) = weapons else {
        return force.strength.support().1.round();
    };
    let held = force.equipment.iter_enumerated();
    held.filter(|(at, _)| weapons.contains(*at))
        .map(|(_, holding)| holding.number.support().1.round())
        .sum()
}

/// The most that forces which a clause does not bind can weigh.
fn unbound_bound(model: &Model, clause: usize) -> f64 {
    let unbound = model.clauses.raw[clause].unbound.iter();
    let most = unbound.map(|force| most(&model.forces[force.force], force.weapons.as_ref()));
    most.sum::<f64>().max(1.0)
}

/// The most that a clause on deliveries can ask for.
fn goods_bound(model: &Model, clause: usize) -> f64 {
    let Kind::Deliver(deliver) = &model.clauses.raw[clause].kind else {
        return 1.0;
    };
    let bound = model.clauses.raw[clause].bound.iter_enumerated();
    let most = bound.map(|(at, bound)| match deliver.goods {
        Goods::Weapons => most(&model.forces[bound.force], bound.weapons.as_ref()),
        _ => {
            let stock = deliver.stock[at].as_ref().map_or(0.0, |stock| stock.support().1);
            stock + deliver.items[at].len() as f64
        }
    });
    most.sum::<f64>().max(1.0)
}
