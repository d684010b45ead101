//! Being on record, and what it weighs in a decision.

use super::bench::{conduct, each, eyes, file, forces, keep, resolved, walk};
use super::ledger::{Ledger, rows};
use crate::model::Order;
use crate::theory::{on_record, share_complying};

/// Each garrison decides for itself, and for good.
const FIXED: &str = "cohesion = 0\nlasting = 1";

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.source("derived; checked by independent simulation");
    probabilities(ledger);
    decisions(ledger);
    demands(ledger);
    freshness(ledger);
    release(ledger);
}

fn probabilities(ledger: &mut Ledger) {
    rows! { ledger:
        formula "record-defy" "on record after .1 looks a day, a word standing 30 days":
            0.9502, on_record(0.1, 0.0, 30.0, 0.0), 4;
        formula "record-alarms-defy" "the same with .2 false alarms a day, defying":
            0.9999, on_record(0.3, 0.0, 30.0, 0.0), 4;
        formula "record-alarms-comply" "the same with .2 false alarms a day, complying":
            0.6666, on_record(0.2, 0.1, 30.0, 0.0), 4;
    }
    for (delay, expected) in [(5.0, 0.918), (15.0, 0.818), (30.0, 0.668)] {
        rows! { ledger:
            formula "record-delay-{delay}" "the same with reports that take {delay} days":
                expected, on_record(0.1, 0.0, 30.0, delay), 3;
        }
    }
    // The register of the engine itself.
    let tables = [
        forces(40, 5.0, ""),
        keep("monitors = [\"eyes\"]"),
        eyes(0.1, ""),
        conduct("scripted", "initial = \"defy\""),
    ];
    let found = each(file(120, 1, &tables.concat()), ledger.replicates(200), |model, number| {
        let (mut on, mut all) = (0.0, 0.0);
        walk(model, number, |world, turn| {
            if turn.to > 60 {
                for force in model.forces.keys() {
                    let word = world.monitors().raw[0].holds(force, 0.into(), world.day(), 29.0);
                    on += f64::from(u8::from(word == Some(false)));
                    all += 1.0;
                }
            }
        });
        on / all
    });
    rows! { ledger:
        engine "record-register" "share of days on record in the engine's own register":
            0.9502, found, 0.002;
    }
}

/// The share complying on the day after D-day, by replicate.
fn complying(ledger: &Ledger, n: u64, text: String, on: u32) -> Vec<f64> {
    each(text, ledger.replicates(n), |model, number| {
        let mut share = f64::NAN;
        walk(model, number, |world, turn| {
            if turn.to == on {
                let complies = world.units().iter().filter(|it| it.order == Order::Comply);
                share = complies.count() as f64 / world.units().len() as f64;
            }
        });
        share
    })
}

/// Garrisons for whom a certain record costs 1.5 and staying is worth 1.
fn watched(monitors: &str, eyes: &[String]) -> String {
    let tables = [
        forces(40, 5.0, ""),
        keep(&format!("monitors = [{monitors}]")),
        eyes.concat(),
        conduct(
            "quantal-response",
            "review_days = 30\nvalue = 1\npressure = 1.5\nconcealment_cost = 1000",
        ),
    ];
    resolved(&file(4, 1, &tables.concat()), FIXED)
}

fn decisions(ledger: &mut Ledger) {
    let also = eyes(0.05, "").replace("id = \"eyes\"", "id = \"also\"");
    for (name, what, text, less) in [
        (
            "alone",
            "one flawless monitor of .1 looks a day",
            watched("\"eyes\"", &[eyes(0.1, "")]),
            0.9502,
        ),
        ("two", "two of .05", watched("\"eyes\", \"also\"", &[eyes(0.05, ""), also]), 0.9502),
        (
            "delay",
            "one of .1 whose reports take 15 days",
            watched("\"eyes\"", &[eyes(0.1, "report_delay_days = 15.0")]),
            0.818,
        ),
        (
            "biased",
            "one of .1 that says the same whatever happens",
            watched("\"eyes\"", &[eyes(0.1, "bias_to_keeping = 1.0")]),
            0.0,
        ),
    ] {
        let found = complying(ledger, 300, text, 2);
        rows! { ledger:
            engine "pressed-{name}" "share complying under pressure 1.5, value 1, with {what}":
                share_complying(1.5 * less - 1.0), found, 0.006;
        }
    }
}

/// The same demand, written and accompanied in five ways.
fn demands(ledger: &mut Ledger) {
    let clause = |id: &str, min_km: f64, more: &str| {
        format!(
            "[[clause]]\nid = \"{id}\"\nkind = \"keep-distance\"\nbinds = [\"red\"]\nfrom = \"line\"\n\
             min_km = {min_km:?}\nmonitors = [\"eyes\"]\n{more}\n"
        )
    };
    let asked = clause("asked", 40.0, "");
    let again: String = (0..3).map(|at| clause(&format!("again-{at}"), 40.0, "")).collect();
    let phase = "[[phase]]\nid = \"second\"\nstarts = 2030-01-01\n";
    for (name, what, more) in [
        ("once", "alone", String::new()),
        ("kept", "with a clause that is kept already", clause("kept", 2.0, "")),
        ("beyond", "with a clause that nobody can meet", clause("beyond", 900.0, "")),
        (
            "second",
            "with a second phase whose kilometres cost more than it presses",
            phase.to_owned() + &clause("far", 200.0, "phase = \"second\""),
        ),
        ("four", "written four times", again),
    ] {
        // 35 km at .02 are .7 of what is given up.
        let decides = "review_days = 30\nvalue = 0.3\nvalue_per_km = 0.02\npressure = 1.5";
        let tables = [
            forces(40, 5.0, ""),
            asked.clone(),
            more,
            eyes(20.0, ""),
            conduct("quantal-response", decides),
        ];
        let text = resolved(&file(4, 1, &tables.concat()), FIXED);
        let found = each(text, ledger.replicates(300), |model, number| {
            let mut share = f64::NAN;
            walk(model, number, |world, turn| {
                if turn.to == 2 {
                    let of = |unit: &&crate::model::DecisionUnit| {
                        model.clauses[unit.clause].id == "asked"
                    };
                    let units = model.units.iter().zip(world.units());
                    let asked: Vec<_> = units.filter(|(unit, _)| of(unit)).collect();
                    let complies = asked.iter().filter(|(_, it)| it.order == Order::Comply);
                    share = complies.count() as f64 / asked.len() as f64;
                }
            });
            share
        });
        rows! { ledger:
            engine "demand-{name}" "share complying at p·Δb 1.5 and 1 given up, {what}":
                share_complying(0.5), found, 0.006;
        }
    }
}

/// A commitment just made counts for a time.
fn freshness(ledger: &mut Ledger) {
    let decides = "review_days = 1\nvalue = 1\nfresh = 2\nfresh_half_life_days = 14";
    let tables = [forces(40, 5.0, ""), keep(""), conduct("quantal-response", decides)];
    let text = resolved(&file(122, 1, &tables.concat()), FIXED);
    for (day, expected) in [(0, 0.731), (7, 0.602), (14, 0.5), (30, 0.367), (60, 0.29), (120, 0.27)]
    {
        let found = complying(ledger, 300, text.clone(), day + 1);
        let utility = 2.0 * libm::exp2(-f64::from(day) / 14.0) - 1.0;
        rows! { ledger:
            formula "fresh-{day}" "share complying at ΔU −1 and a fresh 2 of half-life 14, after {day} days":
                expected, share_complying(utility), 3;
            engine "fresh-{day}-engine" "the same by the engine": expected, found, 0.006;
        }
    }
}

/// What pressed is gone: of those complying so many leave.
fn release(ledger: &mut Ledger) {
    let decides = "review_days = 1\nvalue = 1\npressure = 1.425";
    let gone = "[[event]]\nid = \"gone\"\ndate = 2030-01-06\nkind = \"monitors\"\n\
                monitors = [\"eyes\"]\non_duty = false\n";
    let tables = [
        forces(40, 5.0, ""),
        keep("monitors = [\"eyes\"]"),
        eyes(20.0, ""),
        conduct("quantal-response", decides),
        gone.to_owned(),
    ];
    let text = resolved(&file(12, 1, &tables.concat()), FIXED);
    let found = each(text, ledger.replicates(300), |model, number| {
        let mut complied = [0.0; 2];
        walk(model, number, |world, turn| {
            for (share, day) in complied.iter_mut().zip([3, 10]) {
                if turn.to == day {
                    let complies = world.units().iter().filter(|it| it.order == Order::Comply);
                    *share = complies.count() as f64;
                }
            }
        });
        1.0 - complied[1] / complied[0]
    });
    rows! { ledger:
        formula "released" "of those complying, share that leaves when ΔU falls from .425 to −1":
            0.555, 1.0 - share_complying(-1.0) / share_complying(0.425), 3;
        engine "released-engine" "the same by the engine, as the monitors leave":
            0.555, found, 0.006;
    }
}
