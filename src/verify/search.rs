//! Search, detection, delay.

use super::bench::{conduct, each, eyes, file, forces, keep, walk};
use super::ledger::{Ledger, rows};
use crate::engine::EventKind;
use crate::model::ti_vec;
use crate::theory::{
    coverage, ever_detected, exhaustive_search, inverse_cube_search, mean_days_to_report,
    random_search, reported_by, reported_by_integrated, stale_on_arrival,
};

/// The share found by coverage: of a random search, under the inverse-cube law, of an
/// exhaustive search.
pub(super) const FOUND: [(f64, [f64; 3]); 4] = [
    (0.25, [0.2212, 0.2460, 0.25]),
    (0.5, [0.3935, 0.4691, 0.5]),
    (1.0, [0.6321, 0.7899, 1.0]),
    (2.0, [0.8647, 0.9878, 1.0]),
];

pub(super) fn fill(ledger: &mut Ledger) {
    ledger
        .section("search and detection", "Washburn, Search and Detection; Eagle, NPS OA3602 notes");
    for (c, [random, cube, exhaustive]) in FOUND {
        rows! { ledger:
            formula "random-{c}" "random search, coverage {c}": random, random_search(c), 4;
            formula "inverse-cube-{c}" "inverse-cube law, coverage {c}":
                cube, inverse_cube_search(c), 4;
            formula "exhaustive-{c}" "exhaustive search, coverage {c}":
                exhaustive, exhaustive_search(c), 4;
        }
    }
    let c = coverage(15.0, 4.0, 24.0, 1000.0);
    rows! { ledger:
        formula "coverage" "15 km/h, 4 km wide, 24 h, 1,000 km²: coverage": 1.44, c, 12;
        formula "coverage-random" "the same: found by random search": 0.7631, random_search(c), 4;
    }
    delay(ledger);
    departure(ledger);
}

/// Detection a day, reports a day.
const SEEN: f64 = 0.05;
const REPORTED: f64 = 1.0 / 14.0;
const GONE: f64 = 1.0 / 30.0;

/// By day: the probability that a standing violation is reported.
const BY_DAY: [(u32, f64); 3] = [(14, 0.2031), (28, 0.4938), (70, 0.9151)];

/// Forty forces that go against the clause from the first day on, watched.
fn watched(days: i32, turn_days: u32, eyes: String) -> String {
    let keep = keep("monitors = [\"eyes\"]\nmax_age_days = 100000");
    let conduct = conduct("scripted", "initial = \"defy\"");
    file(days, turn_days, &[forces(40, 5.0, ""), keep, eyes, conduct].concat())
}

fn delay(ledger: &mut Ledger) {
    ledger.section("delay and staleness", "derived; checked by integration");
    for (day, expected) in BY_DAY {
        let t = f64::from(day);
        rows! { ledger:
            formula "reported-{day}" "a standing violation is reported by day {day}":
                expected, reported_by(SEEN, REPORTED, t), 4;
            solver "reported-{day}-integrated"
                "a standing violation is reported by day {day}, integrated":
                expected, reported_by_integrated(SEEN, REPORTED, t), 4;
        }
    }
    rows! { ledger:
        formula "reported-mean" "mean days to the report":
            34.0, mean_days_to_report(SEEN, REPORTED), 9;
    }
    for turn_days in [1, 2, 7] {
        let text = watched(70, turn_days, eyes(SEEN, "report_delay_days = 14.0"));
        let runs = each(text, ledger.replicates(1000), |model, number| {
            let mut reported = Vec::new();
            walk(model, number, |world, turn| {
                if BY_DAY.iter().any(|(day, _)| *day == turn.to) {
                    reported.push(world.clauses().raw[0].shares.seen_violating);
                }
            });
            reported
        });
        for (at, (day, expected)) in BY_DAY.into_iter().enumerate() {
            rows! { ledger:
                engine "reported-{day}-turns-of-{turn_days}"
                    "the same by the engine on day {day}, turns of {turn_days} days":
                    expected, runs.iter().map(|run| run[at]), 0.003;
            }
        }
        first_sighting(ledger, turn_days);
    }
    mean_to_report(ledger);
}

/// The mean time to the first report, with both rates a tenth, so that the grain
/// of a day is a tenth too.
fn mean_to_report(ledger: &mut Ledger) {
    let days = 4200;
    let text = watched(days, 7, eyes(SEEN / 10.0, "report_delay_days = 140.0"));
    let waits = each(text, ledger.replicates(160), |model, number| {
        let mut first = ti_vec![None; model.forces.len()];
        walk(model, number, |world, _| {
            for event in world.events() {
                if let EventKind::Registered { force, .. } = event.kind {
                    first[force] = first[force].or(Some(event.day));
                }
            }
        });
        let days = first.iter().map(|day| f64::from(day.unwrap_or(days as u32)));
        // What arrives within a day stands at its end.
        (days.sum::<f64>() / first.len() as f64 - 0.5) / 10.0
    });
    rows! { ledger:
        engine "reported-mean-engine" "mean days to the report by the engine": 34.0, waits, 0.4;
    }
}

/// First detection of a standing violation after 1/μ days in the mean.
fn first_sighting(ledger: &mut Ledger, turn_days: u32) {
    // 1/μ is 200 days: what the day of a sighting rounds is half a day of it.
    let text = watched(2800, turn_days, eyes(SEEN / 10.0, ""));
    let waits = each(text, ledger.replicates(160), |model, number| {
        let mut first = vec![None; model.forces.len()];
        walk(model, number, |world, _| {
            for (first, sighting) in first.iter_mut().zip(&world.monitors().raw[0].register) {
                *first = first.or(sighting.as_ref().map(|it| it.day));
            }
        });
        let days: f64 = first.iter().map(|day| f64::from(day.unwrap_or(2800))).sum();
        // A sighting stands on the day it falls in: half a day off in the mean.
        (days / first.len() as f64 + 0.5) / 10.0
    });
    rows! { ledger:
        engine "first-sighting-turns-of-{turn_days}"
            "mean days to the first sighting at .05 a day, turns of {turn_days} days":
            20.0, waits, 0.3;
    }
}

/// Ever detected before departure, and gone before the report arrives.
fn departure(ledger: &mut Ledger) {
    // All rates a tenth, so that a day's grain is a tenth too: each day red
    // leaves with probability 1 − e^(−γ/10), and reaches its goal in a day.
    let leave = -libm::expm1(-GONE / 10.0);
    // It answers nobody that it sees, and errs on every day on which it stays.
    let leaves =
        format!("review_days = 1\ntoward = [\"watcher\"]\naction_error = {:?}", 1.0 - leave);
    let tables = [
        forces(40, 39.0, "mobility_km_per_day = 10"),
        keep("monitors = [\"eyes\"]\nmax_age_days = 100000"),
        eyes(SEEN / 10.0, "report_delay_days = 140.0"),
        conduct("reciprocal", &leaves),
    ];
    let text = file(1800, 1, &tables.concat());
    let runs = each(text, ledger.replicates(160), |model, number| {
        let mut left = ti_vec![u32::MAX; model.forces.len()];
        // Of the first report: the day it was seen, and the day it arrived.
        let mut first = ti_vec![None; model.forces.len()];
        walk(model, number, |world, _| {
            for event in world.events() {
                if let EventKind::Met { force, .. } = event.kind {
                    left[force] = left[force].min(event.day);
                }
            }
            for arrival in &world.today().arrivals {
                first[arrival.force] = first[arrival.force].or(Some((arrival.seen, world.day())));
            }
        });
        let (mut caught, mut late) = (0.0, 0.0);
        for (left, first) in left.iter().zip(&first) {
            if let Some((_, arrived)) = first.filter(|(seen, _)| seen < left) {
                caught += 1.0;
                late += f64::from(u8::from(*left <= arrived));
            }
        }
        (caught / left.len() as f64, late / caught)
    });
    let stale = stale_on_arrival(GONE, REPORTED);
    rows! { ledger:
        formula "ever-detected" "seen before it leaves, μ/(μ+γ)": 0.6, ever_detected(SEEN, GONE), 9;
        formula "stale" "gone before the report arrives, γ/(γ+ν)": 0.3182, stale, 4;
        engine "ever-detected-engine" "the same by the engine: seen before it leaves":
            0.6, runs.iter().map(|(caught, _)| *caught), 0.01;
        engine "stale-engine" "the same by the engine: gone before the report arrives":
            stale, runs.iter().map(|(_, late)| *late), 0.01;
    }
}
