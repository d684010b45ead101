//! Incidents and ladders as the engine runs them.

use super::bench::{SEED, conduct, each, file, keep, site, walk};
use super::ledger::{Ledger, rows, squares};
use crate::engine::{EventKind, World, begin, step};
use crate::model::Model;
use crate::stats::Draws;
use crate::theory::{dispersed_variance_integrated, dispersed_variance_to_mean, reach_top};

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("incidents and ladders", "a Poisson process; derived");
    incidents(ledger);
    ledger.source("Cox & Isham 1980");
    bursts(ledger);
    ledger.source("Feller 1, ch. XIV");
    for (up, down, from, top) in
        [(0.1, 0.1, 2, 4), (0.1, 0.06, 2, 4), (0.3, 0.2, 1, 4), (0.2, 0.3, 2, 5)]
    {
        ladder(ledger, (up, down), (from, top));
    }
}

/// A force of red and one of blue, so many kilometres apart, that both reach 10.
fn two(days: i32, apart_km: f64, tables: &str) -> String {
    let force = |id: &str, party: &str, at: &str| {
        format!(
            "[[force]]\nid = \"{id}\"\nflag = \"{party}\"\nat = \"{at}\"\nstrength = 100\nequipment = {{ gun = 10 }}\n"
        )
    };
    let all = [
        "[[party]]\nid = \"blue\"\n[[weapon-class]]\nid = \"gun\"\nrange_km = 10\n",
        &(site("near", 5.0) + &site("other", 5.0 + apart_km)),
        &(force("guard", "red", "near") + &force("post", "blue", "other")),
        &(keep("") + &conduct("scripted", "initial = \"defy\"")),
        tables,
    ];
    file(days, 7, &all.concat())
}

fn incident(id: &str, per_day: f64, more: &str) -> String {
    format!(
        "[[incident]]\nid = \"{id}\"\nby = \"red\"\nagainst = \"blue\"\nfade_km = 20\nper_day = {per_day:?}\n{more}\n"
    )
}

/// Incidents of all sources, and those of them that a liaison settled.
fn count(model: &Model, number: u64) -> (f64, f64) {
    let (mut all, mut settled) = (0.0, 0.0);
    walk(model, number, |world, turn| {
        for source in &world.conflict().sources {
            all += source.incidents.over(turn.to, turn.to - turn.from);
            settled += source.settled.over(turn.to, turn.to - turn.from);
        }
    });
    (all, settled)
}

/// The same in a hundred days.
fn counts(ledger: &Ledger, apart_km: f64, more: &str) -> (Vec<f64>, Vec<f64>) {
    let stated = "persons = [100, 100]";
    let text = two(100, apart_km, &(incident("clash", 0.2, stated) + more));
    let runs = each(text, ledger.replicates(2000), count);
    runs.into_iter().unzip()
}

fn incidents(ledger: &mut Ledger) {
    let liaison = "[[liaison]]\nid = \"line\"\nbetween = [\"blue\", \"red\"]\nsettles = 0.4\n";
    let (near, _) = counts(ledger, 8.0, "");
    let (apart, _) = counts(ledger, 30.0, "");
    let (_, settled) = counts(ledger, 8.0, liaison);
    rows! { ledger:
        engine "incidents" "incidents at .2 a day in reach, in 100 days: mean": 20.0, &near, 0.12;
        engine "incidents-variance" "the same: variance": 20.0, squares(&near).1, 0.8;
        engine "incidents-apart"
            "the same 20 km beyond reach, where the rate fades to 1/e over 20 km":
            20.0 * libm::exp(-1.0), apart, 0.07;
        engine "incidents-settled" "the same, .4 settled by a liaison: settled": 8.0, settled, 0.08;
    }
}

/// A rate that is multiplied by a factor which changes: counts spread more than Poisson's.
/// Two sources of half the rate share their regimes, and are the same as one.
fn bursts(ledger: &mut Ledger) {
    let (rate, k, half_life, days) = (2.0, 0.5, 60.0, 30.0);
    let ratio = dispersed_variance_to_mean(rate, k, half_life, days);
    let more = format!("dispersion = {k:?}\nregime_half_life_days = {half_life:?}");
    let counts = |tables: String| -> Vec<f64> {
        let runs = each(two(30, 8.0, &tables), ledger.replicates(16_000), count);
        runs.into_iter().map(|(all, _)| all).collect()
    };
    let one = counts(incident("clash", rate, &more));
    let halves = ["clash", "brush"].map(|id| incident(id, rate / 2.0, &more));
    let halves = counts(halves.concat());
    // Of the mean that is known, so that the mean of squares has no error of its own.
    let spread = |counts: &[f64]| -> Vec<f64> {
        let mean = rate * days;
        counts.iter().map(|it| (it - mean) * (it - mean) / mean).collect()
    };
    rows! { ledger:
        formula "bursts" "counts of 30 days at 2 a day, times a gamma factor of shape .5 and half-life 60 days: variance over mean"
            : 108.3, ratio, 1;
        solver "bursts-integrated" "the same, by integrating the covariance of the rate"
            : 108.3, dispersed_variance_integrated(rate, k, half_life, days), 1;
        engine "bursts-mean" "the same by the engine: mean": rate * days, &one, 0.7;
        engine "bursts-engine" "the same: variance over mean": ratio, spread(&one), 3.5;
        engine "bursts-halves" "the same from two sources of half the rate": ratio, spread(&halves), 3.5;
    }
}

/// A ladder of rungs one unit of tension apart, which one source of incidents
/// raises by a unit and another lowers: the rung is a birth–death chain.
fn ladder(ledger: &mut Ledger, (up, down): (f64, f64), (from, top): (u32, u32)) {
    let rungs: Vec<String> = (1..=top)
        .map(|rung| format!("{{ id = \"r{rung}\", up = {rung}, down = {} }}", rung - 1))
        .collect();
    let tables = [
        incident("clash", up, ""),
        incident("calm", down, "act = \"support\""),
        format!(
            "[[ladder]]\nid = \"steps\"\nbetween = [\"red\", \"blue\"]\n\
             severity = {{ fire = 1, support = -1 }}\ntension = {from}\nrungs = [{}]\n",
            rungs.join(", ")
        ),
    ]
    .concat();
    let text = two(1500, 8.0, &tables);
    let reached =
        each(text, ledger.replicates(4000), |model, number| first_end(model, number, top as usize));
    rows! { ledger:
        engine "ladder-{up}-{down}-engine"
            "a ladder of {top} rungs by the engine, up {up} and down {down} a day: top before 0 from rung {from}":
            reach_top(up, down, from, top), reached, 0.009;
    }
}

/// Whether a ladder comes to its top before the ground; none if to neither.
fn first_end(model: &Model, number: u64, top: usize) -> f64 {
    let mut world = World::new(model, Draws::new(SEED, number));
    begin(model, &mut world);
    for index in 0..model.calendar.turns() {
        step(model, &mut world, model.calendar.turn(index));
        for event in world.events() {
            match event.kind {
                EventKind::RungChanged { rung: 0, .. } => return 0.0,
                EventKind::RungChanged { rung, .. } if rung == top => return 1.0,
                _ => {}
            }
        }
    }
    f64::NAN
}
