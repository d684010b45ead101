//! When orders come, and when those who comply set out.

use crate::common::{
    close, date, each, file, force, keep, model, parties, quantal, scripted, site, walk,
};
use disengage::engine::{self, EventKind, World};
use disengage::model::{Model, Order};
use disengage::stats::Draws;

#[test]
fn scripted_orders_come_on_their_dates_and_to_their_groups() {
    let orders = format!(
        "initial = \"conceal\"\norders = [\n{{ date = {}, order = \"comply\", groups = [\"coast\"] }},\n\
         {{ date = {}, order = \"defy\" }},\n{{ date = {}, order = \"comply\" }}]",
        date(5),
        date(12),
        date(20)
    );
    for turn_days in [1, 7] {
        let model = model(file(
            42,
            turn_days,
            &[
                site("a", 5.0, 0.0) + "group = \"coast\"\n",
                site("b", 5.0, 9.0) + "group = \"hills\"\n",
                parties(&["red"]),
                force("fa", "red", "a", "mobility_km_per_day = 2"),
                force("fb", "red", "b", "mobility_km_per_day = 2"),
                keep("pullback", "red", 40.0, ""),
                scripted("red", &orders),
            ]
            .concat(),
        ));
        let mut given: Vec<(u32, String, Order)> = Vec::new();
        let mut hold = |world: &World| {
            for event in world.events() {
                if let EventKind::OrderGiven { unit, order, .. } = event.kind {
                    let group = &model.garrisons[model.units[unit].garrison].id;
                    given.push((event.day, group.clone(), order));
                }
            }
        };
        let mut world = World::new(&model, Draws::new(1, 0));
        engine::walk(&model, &mut world, |world, _| hold(world));
        given.sort();
        let expected = [
            (0, "coast", Order::Conceal),
            (0, "hills", Order::Conceal),
            (5, "coast", Order::Comply),
            (12, "coast", Order::Defy),
            (12, "hills", Order::Defy),
            (20, "coast", Order::Comply),
            (20, "hills", Order::Comply),
        ]
        .map(|(day, group, order)| (day, group.to_owned(), order));
        assert_eq!(given, expected, "{turn_days}-day turns");
    }
}

/// A clause in force before a scripted order takes the order in force then.
#[test]
fn a_clause_that_starts_late_takes_the_order_of_the_day() {
    let orders = format!(
        "orders = [{{ date = {}, order = \"comply\" }}, {{ date = {}, order = \"conceal\" }}]",
        date(5),
        date(30)
    );
    let model = model(file(
        42,
        7,
        &[
            site("a", 5.0, 0.0),
            parties(&["red"]),
            force("fa", "red", "a", ""),
            keep("pullback", "red", 40.0, &format!("starts = {}", date(10))),
            scripted("red", &orders),
        ]
        .concat(),
    ));
    let mut seen = Vec::new();
    walk(&model, 1, 0, |world, turn| seen.push((turn.to, world.units().raw[0].order)));
    use Order::{Comply, Conceal, Defy};
    assert_eq!(
        seen,
        [(7, Defy), (14, Comply), (21, Comply), (28, Comply), (35, Conceal), (42, Conceal)]
    );
}

/// Sixty garrisons of a party, each for itself, 36 km or so from where they are to be.
fn many(days: i32, conduct: &str, clause: &str) -> Model {
    let mut text =
        "[[party]]\nid = \"red\"\ncohesion = 0.0\n".to_owned() + &site("beyond", 60.0, 0.0);
    for at in 0..60 {
        let here = format!("s{at}");
        text += &(site(&here, 5.0, 0.01 * f64::from(at)) + &format!("group = \"{here}\"\n"));
        let more = "withdraws_to = [\"beyond\"]\nmobility_km_per_day = 10";
        text += &force(&format!("f{at}"), "red", &here, more);
    }
    text += &keep("pullback", "red", 40.0, clause);
    model(file(days, 1, &(text + conduct)))
}

/// By replicate and day from 1 on, the share of a thing among forces.
fn shares(
    model: &Model,
    replicates: u64,
    of: impl Fn(&World, usize) -> bool + Sync + Send,
) -> Vec<Vec<f64>> {
    each(replicates, |number| {
        let mut days = Vec::new();
        walk(model, 21, number, |world, _| {
            let n = model.forces.len();
            days.push((0..n).filter(|at| of(world, *at)).count() as f64 / n as f64);
        });
        days
    })
}

fn on(shares: &[Vec<f64>], day: usize) -> Vec<f64> {
    shares.iter().map(|it| it[day - 1]).collect()
}

/// Those who comply arrive an exponential time before the deadline, 2 days in the mean; four
/// days of march are left out of it. At once they are there on day 4, and by a deadline that
/// is too near as soon as they can.
#[test]
fn who_complies_arrives_a_little_before_the_deadline() {
    let arrived = |world: &World, at: usize| world.forces().raw[at].place.metre > 34_900.0;
    let due = |day: i32| format!("deadline = {}", date(day));
    let eager = |more: &str| quantal("red", 30, -1000.0, more);
    let found = shares(&many(61, &eager(""), &due(60)), 200, arrived);
    assert!(on(&found, 60).iter().all(|it| *it == 1.0));
    for day in [52, 55, 57, 59] {
        // Arrives by a day if its slack is above what is left, less the day it began in.
        let expected = libm::exp(-f64::from(59 - day) / 2.0);
        let of_day = on(&found, day as usize);
        close(&format!("there on day {day}"), &of_day, expected, 3.5, 0.012);
    }
    let found = shares(&many(61, &eager("slack_days = 10"), &due(60)), 200, arrived);
    close("more slack", &on(&found, 49), libm::exp(-1.0), 3.5, 0.012);
    for (conduct, deadline) in
        [(eager("timing = \"at-once\""), due(60)), (eager(""), due(3)), (eager(""), String::new())]
    {
        let found = shares(&many(5, &conduct, &deadline), 2, arrived);
        assert!(on(&found, 3).iter().all(|it| *it == 0.0), "{deadline}");
        assert!(on(&found, 4).iter().all(|it| *it == 1.0), "{deadline}");
    }
}

/// All decide on the day on which their clause starts, and by default in no other way before;
/// with `first_review_days` their first decisions are spread evenly over these.
#[test]
fn first_decisions_fall_on_the_day_a_clause_starts_or_are_spread_from_it() {
    let complies = |world: &World, at: usize| world.units().raw[at].order == Order::Comply;
    let starts = format!("starts = {}", date(10));
    let eager = |more: &str| quantal("red", 30, -1000.0, more);
    let found = shares(&many(12, &eager(""), &starts), 2, complies);
    assert!(
        on(&found, 10).iter().all(|it| *it == 0.0) && on(&found, 11).iter().all(|it| *it == 1.0)
    );
    let found = shares(&many(40, &eager("first_review_days = 20"), &starts), 60, complies);
    for (day, expected) in [(10, 0.0), (15, 0.25), (20, 0.5), (30, 1.0)] {
        close(&format!("by day {day}"), &on(&found, day), expected, 3.5, 0.012);
    }
    let given = "initial = \"comply\"\nfirst_review_days = 30";
    let found = shares(&many(40, &quantal("red", 30, 1000.0, given), ""), 60, complies);
    close("initial", &on(&found, 15), 0.5, 3.5, 0.012);
}

/// After the first decision each garrison looks on days of its own, once in `review_days`.
#[test]
fn reviews_are_spread_over_the_days_between_them() {
    // One complies for as long as its word is fresh, and leaves at its first look after that.
    let mind = "fresh = 2000\nfresh_half_life_days = 0.001";
    let model = many(30, &quantal("red", 20, 1000.0, mind), "");
    let complies = |world: &World, at: usize| world.units().raw[at].order == Order::Comply;
    let found = shares(&model, 60, complies);
    // Looked at on day 0 and then on day ⌈20u⌉.
    for (day, expected) in [(1, 1.0), (6, 0.75), (11, 0.5), (21, 0.0)] {
        close(&format!("after day {day}"), &on(&found, day), expected, 3.5, 0.012);
    }
}
