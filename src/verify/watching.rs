//! Search, thinning and inspection as the engine's monitors do them.

use super::bench::ends;
use super::ledger::{Ledger, rows, squares};
use super::search::FOUND;
use crate::scenario::{Scene, declared_stock};
use crate::theory::detection_probability;

fn monitor(kind: &str, more: &str) -> String {
    format!("[[monitor]]\nid = \"eye\"\nparty = \"white\"\nkind = \"{kind}\"\n{more}\n")
}

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section(
        "monitors of the engine",
        "Washburn, Search and Detection; Eagle, NPS OA3602 notes",
    );
    for (c, found) in FOUND {
        for (law, expected) in ["random", "inverse-cube", "exhaustive"].into_iter().zip(found) {
            // The area is 1,000 km² but for what squares on a globe lack, so that
            // a coverage of just 1 would be just less.
            let hours = if law == "exhaustive" && c == 1.0 { 10.0 * c * 1.002 } else { 10.0 * c };
            let keys =
                format!("sweep_width_km = 10\nspeed_km_per_h = 10\nhours_per_day = {hours:?}");
            let seen = patrol(ledger, law, &keys);
            rows! { ledger:
                engine "patrol-{law}-{c}"
                    "a patrol of a day by the engine, {law} law, coverage {c}: detection":
                    expected, seen, 0.005;
            }
        }
    }
    let keys = "sweep_width_km = 4\nspeed_km_per_h = 15\nhours_per_day = 24";
    let seen = patrol(ledger, "random", keys);
    rows! { ledger:
        engine "patrol-1.44"
            "a patrol of a day by the engine, 15 km/h, 4 km wide, 24 h, 1,000 km²: detection":
            0.7631, seen, 0.005;
    }

    ledger.source("Poisson thinning; derived");
    for (denied, expected) in [(0.0, 15.0), (0.4, 9.0)] {
        thinning(ledger, denied, expected);
    }

    ledger.source("Avenhaus & Canty 1996");
    for (items, missing, checked) in [(20, 5, 1), (20, 5, 3), (100, 10, 5), (100, 5, 45)] {
        let text = declared_stock(items, missing, checked);
        let found = ends(text, ledger.replicates(2000), |world| {
            f64::from(u8::from(world.monitors().raw[0].violations.all() > 0.0))
        });
        rows! { ledger:
            engine "engine-sample-{items}-{missing}-{checked}"
                "{items} declared, {missing} missing, {checked} checked: found by an inspection":
                detection_probability(items, missing, checked), found, 0.012;
        }
    }
}

/// The share of forces that a patrol sees in one day, by replicate.
fn patrol(ledger: &Ledger, law: &str, keys: &str) -> Vec<f64> {
    let tables = monitor("patrol", &format!("area = \"ground\"\nlaw = \"{law}\"\n{keys}"));
    let scene = Scene {
        days: 1,
        turn_days: 1,
        forces: 40,
        monitors: &["eye"],
        tables: &tables,
        ..Scene::default()
    };
    ends(scene.text(), ledger.replicates(400), |world| {
        let register = &world.monitors().raw[0].register;
        register.iter().flatten().count() as f64 / register.len() as f64
    })
}

/// Fifty true violations in the mean, seen with .3, access denied for a share of
/// days. Denial takes whole days: of two sightings on one day both are lost or
/// neither. With λ = L·p ÷ days recorded a day, the count of a day has the
/// variance (1−u)·λ·(1 + u·λ): Poisson's but for u·λ, .006 of it here.
fn thinning(ledger: &mut Ledger, denied: f64, expected: f64) {
    let tables = monitor(
        "post",
        &format!(
            "at = \"post\"\nradius_km = 40\nsightings_per_day = 0.05\ndeployed = [{{ share = 0.3 }}]\n\
             denial = {denied:?}\ndenied_by = [\"red\"]"
        ),
    );
    let scene = Scene {
        days: 1000,
        turn_days: 20,
        monitors: &["eye"],
        tables: &tables,
        ..Scene::default()
    };
    let counts = ends(scene.text(), ledger.replicates(2000), |world| {
        world.monitors().raw[0].violations.all()
    });
    rows! { ledger:
        engine "thinned-{denied}" "L = 50, p = .3, access denied for {denied}: recorded, L·p·(1−u)":
            expected, &counts, 0.1;
        engine "thinned-{denied}-variance"
            "the same, access denied for {denied}: variance, that of a Poisson count":
            expected, squares(&counts).1, 0.6;
    }
}
