//! Who orders what, how often, and what comes of it.

use crate::common::{
    close, date, each, eyes, file, force, keep, mean, model, parties, quantal, scripted, site, walk,
};
use disengage::model::{Model, Order, ti_vec};
use libm::exp;

/// Shares of comply, defy and conceal under P ∝ exp(λU), by hand.
fn softmax(lambda: f64, utilities: [f64; 3]) -> [f64; 3] {
    let weights = utilities.map(|u| exp(lambda * u));
    let total: f64 = weights.iter().sum();
    weights.map(|weight| weight / total)
}

/// Sixty forces at sites of their own, `home_km` from the line, under a clause
/// that asks for 40 km: sixty independent orders.
fn many(home_km: f64, days: i32, tables: &str) -> Model {
    let places: String = (0..60)
        .map(|i| {
            let at = format!("s{i}");
            // Ten metres apart: all of them as good as due south of `beyond`.
            site(&at, home_km, 0.01 * f64::from(i))
                + &force(&format!("f{i}"), "red", &at, "withdraws_to = [\"beyond\"]")
        })
        .collect();
    model(file(
        days,
        7,
        &[
            places,
            site("beyond", 60.0, 0.0),
            parties(&["red"]),
            keep("pullback", "red", 40.0, ""),
            tables.into(),
        ]
        .concat(),
    ))
}

/// By replicate, the shares of comply, defy and conceal among units of a party
/// on the last day.
fn ordered(model: &Model, party: &str, seed: u64, replicates: u64) -> Vec<[f64; 3]> {
    each(replicates, |number| {
        let mut shares = [0.0; 3];
        walk(model, seed, number, |world, turn| {
            if turn.to < model.calendar.days {
                return;
            }
            let of_party =
                |it: &&disengage::model::DecisionUnit| model.parties[it.party].id == party;
            let all = model.units.iter().filter(of_party).count() as f64;
            for (unit, state) in model.units.iter().zip(world.units()) {
                if of_party(&unit) {
                    shares[state.order as usize] += 1.0 / all;
                }
            }
        });
        shares
    })
}

fn shares_are(what: &str, found: &[[f64; 3]], expected: [f64; 3]) {
    for (order, word) in ["comply", "defy", "conceal"].iter().enumerate() {
        let values: Vec<f64> = found.iter().map(|it| it[order]).collect();
        close(&format!("{what}: {word}"), &values, expected[order], 4.0, 0.01);
    }
}

/// With beliefs that stay as they are, the share of each order is softmax(λU).
#[test]
fn shares_of_orders_are_softmax_of_utility() {
    let mind = quantal(
        "red",
        20,
        1.7,
        0.5,
        "pressure = 0.6\npressure_weight = 0.8\ntrust = 0.3\ntrust_weight = 0.5\ncounter_performance = 0.2\n\
         counter_weight = 0.4\nconcealment_cost = 0.15\nhit_cost = 2.0\n\
         hits_per_day = { comply = 0.001, defy = 0.012, conceal = 0.004 }",
    );
    let model = many(5.0, 91, &mind);
    let comply = 0.8 * 0.6 + 0.5 * 0.3 + 0.4 * 0.2 - 2.0 * 0.001 * 20.0;
    let defy = 0.5 - 2.0 * 0.012 * 20.0;
    let conceal = 0.5 - 0.15 - 2.0 * 0.004 * 20.0;
    shares_are("all terms", &ordered(&model, "red", 1, 100), softmax(1.7, [comply, defy, conceal]));
}

#[test]
fn chance_and_the_best_reply_are_the_ends_of_precision() {
    let of = |lambda| quantal("red", 20, lambda, 0.5, "pressure = 0.6\nconcealment_cost = 0.3");
    shares_are("λ = 0", &ordered(&many(5.0, 91, &of(0.0)), "red", 2, 100), [1.0 / 3.0; 3]);
    let best = ordered(&many(5.0, 91, &of(1000.0)), "red", 2, 5);
    assert!(best.iter().all(|it| (it[0] - 1.0).abs() < 1e-12));
}

/// From 10 km to 40 km are 30 km to give up, from 25 km only 15.
#[test]
fn each_kilometre_given_up_has_its_value() {
    for (home, given_up) in [(10.0, 30.0), (25.0, 15.0)] {
        let model = many(
            home,
            91,
            &quantal(
                "red",
                20,
                1.5,
                0.2,
                "pressure = 0.6\nvalue_per_km = 0.02\nconcealment_cost = 0.1",
            ),
        );
        let value = 0.2 + 0.02 * given_up;
        shares_are(
            &format!("{given_up} km"),
            &ordered(&model, "red", 3, 100),
            softmax(1.5, [0.6, value, value - 0.1]),
        );
    }
}

#[test]
fn hits_are_believed_by_posture() {
    for (posture, at) in [("comply", 0), ("defy", 1), ("conceal", 2)] {
        let hits = format!("pressure = 0.5\nhit_cost = 3.0\nhits_per_day = {{ {posture} = 0.01 }}");
        let model = many(5.0, 91, &quantal("red", 10, 2.0, 0.5, &hits));
        let mut utilities = [0.5; 3];
        utilities[at] -= 3.0 * 0.01 * 10.0;
        shares_are(posture, &ordered(&model, "red", 4, 100), softmax(2.0, utilities));
    }
}

#[test]
fn what_a_site_is_worth_goes_before_the_ordinary_value() {
    let text = file(
        91,
        7,
        &[
            (0..60)
                .map(|i| {
                    let at = format!("s{i}");
                    let worth = if i % 2 == 0 { "value = { red = 1.1 }\n" } else { "" };
                    site(&at, 5.0, f64::from(i)) + worth + &force(&format!("f{i}"), "red", &at, "")
                })
                .collect::<String>(),
            parties(&["red"]),
            keep("pullback", "red", 40.0, ""),
            quantal("red", 20, 2.0, 0.3, "pressure = 0.6\nconcealment_cost = 1000"),
        ]
        .concat(),
    );
    let expected =
        0.5 * (softmax(2.0, [0.6, 1.1, -999.0])[0] + softmax(2.0, [0.6, 0.3, -999.0])[0]);
    let found: Vec<f64> = ordered(&model(text), "red", 5, 100).iter().map(|it| it[0]).collect();
    close("two values", &found, expected, 4.0, 0.01);
}

/// Sixty sites, at each a force of a proxy whose patron has one there too.
fn patron_and_proxy(control: f64, days: i32, patron: &str) -> Model {
    let places: String = (0..60)
        .map(|i| {
            let at = format!("s{i}");
            site(&at, 5.0, f64::from(i))
                + &force(&format!("p{i}"), "patron", &at, "")
                + &force(&format!("f{i}"), "red", &at, "")
        })
        .collect();
    model(file(
        days,
        1,
        &[
            places,
            parties(&["patron"]),
            format!("[[party]]\nid = \"red\"\npatron = \"patron\"\ncontrol = {control:?}\n"),
            keep("pullback", "red", 40.0, "").replace("[\"red\"]", "[\"red\", \"patron\"]"),
            quantal("red", 10, 1.0, 0.6, "pressure = 0.2\nconcealment_cost = 0.2"),
            patron.into(),
        ]
        .concat(),
    ))
}

/// Whenever a proxy under full control reviews, it takes over its patron's
/// standing order; between reviews it keeps its own.
#[test]
fn full_control_follows_the_patrons_standing_order() {
    let patron = quantal("patron", 7, 1.0, 0.3, "pressure = 0.3");
    for (control, always) in [(1.0, true), (0.0, false)] {
        let model = patron_and_proxy(control, 60, &patron);
        let (mut reviews, mut like) = (0, 0);
        let mut before = ti_vec![0; model.units.len()];
        walk(&model, 6, 0, |world, _| {
            for (index, unit) in model.units.iter_enumerated() {
                let state = &world.units()[index];
                let reviewed = state.reviews > before[index];
                before[index] = state.reviews;
                if let Some(patron) = unit.patron.filter(|_| reviewed) {
                    reviews += 1;
                    like += u32::from(state.order == world.units()[patron].order);
                }
            }
        });
        assert!(reviews > 200);
        assert_eq!(like == reviews, always, "{like} of {reviews}");
    }
}

#[test]
fn without_control_a_proxy_decides_for_itself() {
    let own = softmax(1.0, [0.2, 0.6, 0.4]);
    let patron = scripted("patron", "initial = \"comply\"");
    let free = patron_and_proxy(0.0, 60, &patron);
    shares_are("no control", &ordered(&free, "red", 7, 60), own);
}

/// Patron complies: c + (1 − c)·own; patron defies: (1 − c)·own.
#[test]
fn the_share_of_comply_interpolates_with_control() {
    let own = softmax(1.0, [0.2, 0.6, 0.4]);
    for control in [0.3, 0.75] {
        for (initial, at) in [("comply", 0), ("defy", 1), ("conceal", 2)] {
            let model = patron_and_proxy(
                control,
                60,
                &scripted("patron", &format!("initial = \"{initial}\"")),
            );
            let mut expected = own.map(|share| (1.0 - control) * share);
            expected[at] += control;
            let what = format!("control {control}, patron says {initial}");
            shares_are(&what, &ordered(&model, "red", 8, 60), expected);
        }
    }
}

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
        let mut hold = |world: &disengage::engine::World| {
            for event in world.events() {
                if let disengage::engine::EventKind::OrderGiven { unit, order, .. } = event.kind {
                    let group = &model.groups[model.units[unit].group].id;
                    given.push((event.day, group.clone(), order));
                }
            }
        };
        let mut world = disengage::engine::World::new(&model, disengage::stats::Draws::new(1, 0));
        disengage::engine::begin(&model, &mut world);
        hold(&world);
        for index in 0..model.calendar.turns() {
            disengage::engine::step(&model, &mut world, model.calendar.turn(index));
            hold(&world);
        }
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

/// A force on a road, 10 km a day, that complies with probability .6 at each
/// review; a turn is a day.
///
/// An order of day t moves the force from the day on: its place of day t + 1 is
/// the first that the order made. The state is judged on days t + 1 … t + k.
/// `road` leads north from 5 km in legs of so many kilometres, north where
/// positive; `min_km` and `target_km` decide how many of these days are still
/// inside after *comply* (m) and still outside after *defy* (j).
fn on_a_road(review_days: u32, legs: &[f64], min_km: f64, target_km: f64, days: i32) -> Model {
    let mut north = 5.0;
    let via: Vec<String> = legs
        .iter()
        .enumerate()
        .map(|(i, leg)| {
            north += leg;
            // A metre aside, or a leg back would run over the leg before it.
            format!(
                "{{ lat = {:.9}, lon = {:.9} }}",
                north / 110.574_4,
                -30.0 + 1e-5 * (i + 1) as f64
            )
        })
        .collect();
    model(file(
        days,
        1,
        &[
            site("home", 5.0, 0.0),
            format!(
                "[[route]]\nid = \"road\"\nfrom = \"home\"\nto = \"far\"\nvia = [{}]\n",
                via.join(", ")
            ),
            parties(&["red"]),
            force("guard", "red", "home", "mobility_km_per_day = 10"),
            keep("pullback", "red", min_km, &format!("target_km = {target_km}")),
            // exp(λ·pressure) : 1 = .6 : .4; hiding is out of the question.
            quantal(
                "red",
                review_days,
                1.0,
                0.0,
                "pressure = 0.405465108108164\nconcealment_cost = 1000",
            ),
        ]
        .concat(),
    ))
}

/// Days still inside after *comply* given at home, and still outside after
/// *defy* given at the halt, as the engine walks them.
fn still(model: &Model) -> (u32, u32) {
    let table = model.forces.raw[0].routes.raw[0].clause_km.raw[0].as_ref().unwrap();
    let halt = model.forces.raw[0].routes.raw[0].halt_m.raw[0].unwrap();
    let min_km = model.clauses.raw[0].terms.min_km;
    let met = |metre: f64| table.km_at(metre) >= min_km;
    let out = |day: u32| (1e4 * f64::from(day)).min(halt);
    let back = |day: u32| (halt - 1e4 * f64::from(day)).max(0.0);
    let k = (halt / 1e4).ceil() as u32;
    let inside = (1..=k).filter(|day| !met(out(*day))).count();
    let outside = (1..=k).filter(|day| met(back(*day))).count();
    (inside as u32, outside as u32)
}

/// Long-run compliance under standing orders with return:
/// C = q − q(1−q)(m−j)/k; by independent simulation of the chain .4800 for
/// (q, m, j, k) = (.6, 3, 1, 4) and .5631 for k = 13.
#[test]
fn standing_orders_with_return_have_their_long_run_compliance() {
    // With four days between reviews the road must cross the threshold thrice:
    // at 30 km after 25 km of road, back at 25 km, and out for good at 35 km of
    // road, where the halt is. With thirteen a straight road does.
    let winding: &[f64] = &[25.0, -5.0];
    for (k, legs, min_km, target_km, exact) in
        [(4, winding, 28.0, 30.2, 0.48), (13, &[], 41.0, 52.0, 0.5631)]
    {
        let (q, periods, warm) = (0.6, 500, 5);
        let model = on_a_road(k, legs, min_km, target_km, (periods + warm) * k as i32);
        assert_eq!(still(&model), (3, 1), "k = {k}: m and j");
        let expected = q - q * (1.0 - q) * 2.0 / f64::from(k);
        assert!((expected - exact).abs() < 5e-5);
        let shares = each(60, |number| {
            let (mut met, mut days) = (0.0, 0.0);
            walk(&model, 13, number, |world, turn| {
                if turn.to > warm as u32 * k {
                    met += world.clauses().raw[0].shares.met;
                    days += 1.0;
                }
            });
            met / days
        });
        close(&format!("k = {k}"), &shares, expected, 4.0, 0.004);
    }
}

/// Mean true compliance of each replicate.
fn compliance(model: &Model, replicates: u64) -> Vec<f64> {
    each(replicates, |number| walk(model, 17, number, |_, _| {}).compliance)
}

/// Under common random numbers the difference has the sign it is to have by
/// more than three standard errors, and every pair agrees with it.
fn rises(what: &str, low: &Model, high: &Model, weakly_in_every_pair: bool) {
    let differences: Vec<f64> = compliance(low, 300)
        .iter()
        .zip(compliance(high, 300))
        .map(|(low, high)| high - low)
        .collect();
    let (rise, se) = mean(&differences);
    assert!(rise > 3.0 * se && rise > 0.0, "{what}: {rise} ± {se}");
    if weakly_in_every_pair {
        assert!(differences.iter().all(|it| *it >= -1e-12), "{what}: not in every pair");
    }
}

#[test]
fn compliance_rises_with_pressure_and_falls_with_value() {
    let of = |value: f64, more: &str| {
        let places: String = (0..4)
            .map(|i| {
                site(&format!("s{i}"), 5.0, f64::from(i))
                    + &force(&format!("f{i}"), "red", &format!("s{i}"), "")
            })
            .collect();
        model(file(
            180,
            7,
            &[
                places,
                parties(&["red"]),
                keep("pullback", "red", 40.0, "target_km = 45"),
                quantal("red", 20, 2.0, value, more),
            ]
            .concat(),
        ))
    };
    // Orders are drawn from one number with comply first: a greater share of
    // comply never turns a comply away, so it holds in every pair.
    rises("pressure", &of(0.5, "pressure = 0.3"), &of(0.5, "pressure = 0.6"), true);
    rises("value", &of(0.8, "pressure = 0.4"), &of(0.5, "pressure = 0.4"), true);
    let per_km = |v: f64| of(0.2, &format!("pressure = 0.5\nvalue_per_km = {v}"));
    rises("value of a kilometre", &per_km(0.01), &per_km(0.002), true);
    let hit = |cost: f64| {
        of(
            0.8,
            &format!(
                "pressure = 0.4\nhit_cost = {cost}\nhits_per_day = {{ defy = 0.01, conceal = 0.005 }}"
            ),
        )
    };
    rises("the cost of a hit", &hit(0.5), &hit(3.0), true);
    let precise = |lambda: f64| {
        let text = of(0.5, "pressure = 0.9");
        let mut model = text;
        for unit in &mut model.units {
            if let disengage::model::Policy::QuantalResponse(it) = &mut unit.policy {
                it.lambda = disengage::model::Uncertain::new(
                    disengage::stats::Distribution::Fixed(lambda),
                    "lambda",
                );
            }
        }
        model
    };
    rises("precision where complying is the best reply", &precise(1.0), &precise(3.0), true);
}

/// More is seen, so pressure mounts and strikes fall on who stays: either way
/// compliance rises with detection.
#[test]
fn compliance_rises_with_detection() {
    let of = |seen: f64, mind: &str, tables: &str| {
        let places: String = (0..4)
            .map(|i| {
                site(&format!("s{i}"), 5.0, f64::from(i))
                    + &force(&format!("f{i}"), "red", &format!("s{i}"), "")
            })
            .collect();
        model(file(
            240,
            7,
            &[
                places,
                parties(&["red", "watcher"]),
                keep("pullback", "red", 40.0, "monitors = [\"sky\"]"),
                eyes("sky", seen, ""),
                quantal("red", 15, 2.0, 0.6, mind),
                tables.to_owned(),
            ]
            .concat(),
        ))
    };
    let pressed = "pressure = 0.2\npressure_per_report = 0.1\npressure_half_life_days = 40\nconcealment_cost = 10";
    rises("detection, by pressure", &of(0.02, pressed, ""), &of(0.2, pressed, ""), false);
    let struck = "pressure = 0.2\nhit_cost = 2\nhits_per_day = { comply = 0, defy = 0.005, conceal = 0.005 }\n\
                  belief_memory_days = 60\nbelief_half_life_days = 400\nconcealment_cost = 10";
    let strikes = "[[rule]]\nid = \"strikes\"\nparty = \"watcher\"\non = \"violation-recorded\"\nby = [\"red\"]\n\
                   probability = 0.5\nkind = \"strike\"\nloss_share = 0\n";
    rises(
        "detection, by beliefs of being hit",
        &of(0.02, struck, strikes),
        &of(0.2, struck, strikes),
        false,
    );
}

/// The patron complies at two reviews of three and more, the proxy at one.
#[test]
fn compliance_rises_with_control_where_the_patron_is_likelier_to_comply() {
    let patron = quantal("patron", 12, 1.0, 0.0, "pressure = 1.5\nconcealment_cost = 0.2");
    let of = |control| patron_and_proxy(control, 90, &patron);
    let (low, high) = (of(0.2), of(0.8));
    let proxies = |model: &Model| -> Vec<f64> {
        ordered(model, "red", 19, 60).iter().map(|it| it[0]).collect()
    };
    let differences: Vec<f64> =
        proxies(&low).iter().zip(proxies(&high)).map(|(a, b)| b - a).collect();
    let (rise, se) = mean(&differences);
    assert!(rise > 3.0 * se && rise > 0.1, "{rise} ± {se}");
}
