//! Orders, and mechanisms that act on one another.

use super::bench::{conduct, each, ends, file, forces, keep, site, walk};
use super::ledger::{Ledger, rows};
use super::rest;
use crate::model::TiSlice;
use crate::theory::{comply_share_of_standing_orders, softmax};

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("conduct", "McFadden 1974; McKelvey & Palfrey 1995");
    shares_of_orders(ledger);
    ledger.source("derived; checked by independent simulation");
    standing_orders(ledger);
    rest::fill(ledger);
    deliveries(ledger);
}

/// With fixed beliefs the share of each order is softmax(λU).
fn shares_of_orders(ledger: &mut Ledger) {
    let decides = "review_days = 20\nlambda = 1.7\nvalue = 0.5\npressure = 0.6\npressure_weight = 0.8\ntrust = 0.3\n\
         trust_weight = 0.5\ncounter_performance = 0.2\ncounter_weight = 0.4\nconcealment_cost = 0.15\n\
         hit_cost = 2.0\nhits_per_day = { comply = 0.001, defy = 0.012, conceal = 0.004 }";
    let tables = [forces(60, 5.0, ""), keep(""), conduct("quantal-response", decides)];
    let text = file(91, 30, &tables.concat());
    let expected = softmax(
        1.7,
        [
            0.8 * 0.6 + 0.5 * 0.3 + 0.4 * 0.2 - 2.0 * 0.001 * 20.0,
            0.5 - 2.0 * 0.012 * 20.0,
            0.5 - 0.15 - 2.0 * 0.004 * 20.0,
        ],
    );
    let runs = ends(text, ledger.replicates(400), |world| {
        let mut shares = [0.0; 3];
        for unit in world.units() {
            shares[unit.order as usize] += 1.0 / world.units().len() as f64;
        }
        shares
    });
    for (at, order) in ["comply", "defy", "conceal"].into_iter().enumerate() {
        rows! { ledger:
            engine "quantal-{order}"
                "quantal response with fixed beliefs: share of {order} by the engine, against softmax(λU)":
                expected[at], runs.iter().map(|shares| shares[at]), 0.004;
        }
    }
}

/// A force on a road that turns back once, 10 km a day, comply with .6.
fn on_a_road(review: u32, legs: &[f64], min_km: f64, target_km: f64, days: i32) -> String {
    let mut north = 5.0;
    let mut via = Vec::new();
    for (at, leg) in legs.iter().enumerate() {
        north += leg;
        // A metre aside, or a leg back would run over the leg before it.
        via.push(format!(
            "{{ lat = {:.9}, lon = {:.9} }}",
            north / 110.574_4,
            -30.0 + 1e-5 * (at + 1) as f64
        ));
    }
    let road = format!(
        "[[route]]\nid = \"road\"\nfrom = \"home\"\nto = \"far\"\nvia = [{}]\n\
         [[force]]\nid = \"guard\"\nflag = \"red\"\nat = \"home\"\nstrength = 100\nwithdraws_to = [\"far\"]\n\
         mobility_km_per_day = 10\n",
        via.join(", ")
    );
    let keep = keep(&format!("min_km = {min_km}\ntarget_km = {target_km}"));
    // exp(λ·pressure) : 1 = .6 : .4; hiding is out of the question.
    let decides = format!(
        "review_days = {review}\nlambda = 1.0\nvalue = 0.0\npressure = 0.405465108108164\nconcealment_cost = 1000"
    );
    let conduct = conduct("quantal-response", &decides);
    file(days, 1, &[site("home", 5.0), road, keep, conduct].concat())
}

fn standing_orders(ledger: &mut Ledger) {
    // With four days between reviews the road must cross the threshold thrice
    // for three days inside after comply and one outside after defy; with
    // thirteen a straight road does.
    let winding: &[f64] = &[25.0, -5.0];
    for (review, legs, min_km, target_km, expected) in
        [(4_u32, winding, 28.0, 30.2, 0.4800), (13, &[], 41.0, 52.0, 0.5631)]
    {
        let (periods, warm) = (400, 5);
        let text = on_a_road(review, legs, min_km, target_km, (periods + warm) * review as i32);
        let shares = each(text, ledger.replicates(160), |model, number| {
            let (mut met, mut days) = (0.0, 0.0);
            walk(model, number, |world, turn| {
                if turn.to > warm as u32 * review {
                    met += world.clauses().raw[0].shares.met;
                    days += 1.0;
                }
            });
            met / days
        });
        rows! { ledger:
            formula "standing-{review}"
                "standing orders, (q, m, j, k) = (.6, 3, 1, {review}): q − q(1−q)(m−j)/k":
                expected, comply_share_of_standing_orders(0.6, 3.0, 1.0, f64::from(review)), 4;
            engine "standing-{review}-engine" "the same by the engine, reviews every {review} days":
                expected, shares, 0.003;
        }
    }
}

/// Deliveries: accepted of handed over, and the account whole.
fn deliveries(ledger: &mut Ledger) {
    ledger.source("AMM 2005 (Aceh): 243 of 279 accepted; derived");
    let share = 243.0 / 279.0;
    let tables = [
        "[[weapon-class]]\nid = \"rifle\"\nheavy = true\n".into(),
        forces(10, 5.0, "equipment = { rifle = 28 }"),
        format!(
            "[[clause]]\nid = \"hand-over\"\nkind = \"deliver\"\nbinds = [\"red\"]\nto = \"watcher\"\n\
             weapons_per_day = 1\ninspection_days = 3\naccepted_share = {share:?}\n"
        ),
        conduct("scripted", "initial = \"comply\""),
    ];
    let runs = ends(file(60, 30, &tables.concat()), ledger.replicates(400), |world| {
        let Some(it) = &world.clauses().raw[0].delivery else {
            return (f64::NAN, f64::NAN);
        };
        let sum = |of: &TiSlice<_, u32>| f64::from(of.iter().sum::<u32>());
        let accepted = sum(&it.accepted) / sum(&it.handed);
        (accepted, sum(&it.accepted) + sum(&it.rejected))
    });
    let (accepted, whole): (Vec<f64>, Vec<f64>) = runs.into_iter().unzip();
    rows! { ledger:
        engine "deliveries-accepted" "share of weapons handed over that is accepted, by the engine":
            share, accepted, 0.002;
        engine "deliveries-whole" "accepted and rejected are all that was handed over":
            280.0, whole, 0.0;
    }
}
