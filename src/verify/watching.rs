//! Search, thinning and inspection as the engine's monitors do them.

use super::bench::{each, model, walk};
use super::ledger::Ledger;
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
    for (c, laws) in [
        (0.25, [("random", 0.2212), ("inverse-cube", 0.2460), ("exhaustive", 0.25)]),
        (0.5, [("random", 0.3935), ("inverse-cube", 0.4691), ("exhaustive", 0.5)]),
        (1.0, [("random", 0.6321), ("inverse-cube", 0.7899), ("exhaustive", 1.0)]),
        (2.0, [("random", 0.8647), ("inverse-cube", 0.9878), ("exhaustive", 1.0)]),
    ] {
        for (law, expected) in laws {
            // The area is 1,000 km² but for what squares on a globe lack, so that
            // a coverage of just 1 would be just less.
            let more = if law == "exhaustive" && c == 1.0 { 1.002 } else { 1.0 };
            let keys = format!(
                "sweep_width_km = 10\nspeed_km_per_h = 10\nhours_per_day = {:?}",
                10.0 * c * more
            );
            patrol(
                ledger,
                &format!("{law}-{c}"),
                &format!("{law} law, coverage {c}"),
                law,
                &keys,
                expected,
            );
        }
    }
    let keys = "sweep_width_km = 4\nspeed_km_per_h = 15\nhours_per_day = 24";
    patrol(ledger, "1.44", "15 km/h, 4 km wide, 24 h, 1,000 km²", "random", keys, 0.7631);

    ledger.source("Poisson thinning; derived");
    for (denied, expected) in [(0.0, 15.0), (0.4, 9.0)] {
        thinning(ledger, denied, expected);
    }

    ledger.source("Avenhaus & Canty 1996");
    for (items, missing, checked) in [(20, 5, 1), (20, 5, 3), (100, 10, 5), (100, 5, 45)] {
        let found = each(
            model(declared_stock(items, missing, checked)).as_ref(),
            ledger.replicates(2000),
            |model, number| {
                let mut found = 0.0;
                walk(model, number, |world, _| {
                    if world.monitors().raw[0].violations_in_all > 0 {
                        found = 1.0;
                    }
                });
                found
            },
        );
        ledger.engine(
            format!("engine-sample-{items}-{missing}-{checked}"),
            format!(
                "{items} declared, {missing} missing, {checked} checked: found by an inspection"
            ),
            detection_probability(items, missing, checked),
            &found,
            0.012,
        );
    }
}

/// The share of forces that a patrol sees in one day.
fn patrol(ledger: &mut Ledger, id: &str, what: &str, law: &str, keys: &str, expected: f64) {
    let tables = monitor("patrol", &format!("area = \"ground\"\nlaw = \"{law}\"\n{keys}"));
    let scene = Scene {
        days: 1,
        turn_days: 1,
        forces: 40,
        monitors: &["eye"],
        tables: &tables,
        ..Scene::default()
    };
    let seen = each(model(scene.text()).as_ref(), ledger.replicates(400), |model, number| {
        let mut seen = 0.0;
        walk(model, number, |world, _| {
            let register = &world.monitors().raw[0].register;
            seen = register.iter().flatten().count() as f64 / register.len() as f64;
        });
        seen
    });
    ledger.engine(
        format!("patrol-{id}"),
        format!("a patrol of a day by the engine, {what}: detection"),
        expected,
        &seen,
        0.005,
    );
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
    let counts = each(model(scene.text()).as_ref(), ledger.replicates(2000), |model, number| {
        let mut count = 0.0;
        walk(model, number, |world, _| {
            count = f64::from(world.monitors().raw[0].violations_in_all);
        });
        count
    });
    ledger.engine(
        format!("thinned-{denied}"),
        format!("L = 50, p = .3, access denied for {denied}: recorded, L·p·(1−u)"),
        expected,
        &counts,
        0.1,
    );
    let mean = counts.iter().sum::<f64>() / counts.len() as f64;
    let squares: Vec<f64> = counts.iter().map(|x| (x - mean) * (x - mean)).collect();
    ledger.engine(
        format!("thinned-{denied}-variance"),
        format!("the same, access denied for {denied}: variance, that of a Poisson count"),
        expected,
        &squares,
        0.6,
    );
}
