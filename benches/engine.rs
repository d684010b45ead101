//! Speed: a force-turn, a distance, an ensemble. Read the medians, and compare
//! them within one run: machines differ, and drift.

use std::fmt::Write;
use std::hint::black_box;

use disengage::experiment::{ensemble, replicate};
use disengage::geo::{Line, Position, ReferenceLine};
use disengage::record::Aggregates;
use disengage::scenario::{Assignment, Loaded, load, load_text, starter};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

fn scenario(name: &str) -> Loaded {
    with(name, &[])
}

fn with(name: &str, set: &[&str]) -> Loaded {
    let set: Result<Vec<_>, _> = set.iter().map(|it| Assignment::parse(it)).collect();
    let set = set.unwrap_or_else(|error| fail(&error.to_string()));
    match load(name, &set) {
        Ok(loaded) => loaded,
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(why: &str) -> ! {
    let _ = std::io::Write::write_all(&mut std::io::stderr(), why.as_bytes());
    std::process::exit(1)
}

/// The starter file with `forces` more forces at its sites in turn.
fn many(forces: usize) -> Loaded {
    let mut text = starter().to_owned();
    let base = match load_text("starter", "starter.toml", text.clone(), None, &[]) {
        Ok(loaded) => loaded,
        Err(error) => fail(&error.to_string()),
    };
    let first = &base.scenario.forces[0];
    for index in 0..forces {
        let at = &base.scenario.forces[index % base.scenario.forces.len()].at;
        let commander = first.commander.as_ref().unwrap_or(&first.flag);
        let _ = write!(
            text,
            "\n[[force]]\nid = \"more-{index}\"\nflag = \"{commander}\"\nat = \"{at}\"\nstrength = 100\n"
        );
    }
    match load_text("many", "many.toml", text, None, &[]) {
        Ok(loaded) => loaded,
        Err(error) => fail(&error.to_string()),
    }
}

/// Items are force-turns, recording included: nanoseconds per force-turn are
/// 10⁹ over the items a second.
fn force_turns(bencher: Bencher<'_, '_>, loaded: &Loaded) {
    let model = &loaded.model;
    let items = model.forces.len() * model.calendar.turns() as usize;
    let mut aggregates = Aggregates::new(model);
    let mut number = 0;
    bencher.counter(ItemsCount::new(items)).bench_local(|| {
        number += 1;
        black_box(replicate(model, 1, number, &mut aggregates))
    });
}

#[divan::bench]
fn force_turn_southwest_syria(bencher: Bencher<'_, '_>) {
    force_turns(bencher, &scenario("southwest-syria-2018"));
}

/// The same with turns of a day: what a day of a force costs, recorded daily. A turn
/// of the file has seven, each simulated by itself.
#[divan::bench]
fn force_day_southwest_syria(bencher: Bencher<'_, '_>) {
    force_turns(bencher, &with("southwest-syria-2018", &["time.turn_days=1"]));
}

/// The other scenarios with many forces and incidents.
#[divan::bench(args = ["golan-1974", "idlib-2018", "minsk-2015"], sample_count = 30)]
fn force_turn(bencher: Bencher<'_, '_>, name: &str) {
    force_turns(bencher, &scenario(name));
}

#[divan::bench]
fn force_turn_1000_forces(bencher: Bencher<'_, '_>) {
    force_turns(bencher, &many(1000));
}

/// Signed distance of a point from a line of 24 points.
#[divan::bench]
fn distance_of_a_point(bencher: Bencher<'_, '_>) {
    let place = |lat, lon| Position::new(lat, lon).unwrap_or_else(|error| fail(&error.to_string()));
    let points = (0..24)
        .map(|i| place(32.74 + 0.03 * f64::from(i), 35.8 + 0.05 * f64::from(i % 3)))
        .collect();
    let line = Line::new(points).unwrap_or_else(|error| fail(&error.to_string()));
    let damascus = place(33.51, 36.29);
    let line = ReferenceLine::new(line, damascus).unwrap_or_else(|error| fail(&error.to_string()));
    bencher.bench(|| line.signed_km(black_box(damascus)));
}

/// Two hundred replicates on one thread and on two: their ratio is what a second
/// thread is worth.
#[divan::bench(args = [1, 2], sample_count = 10)]
fn ensemble_of_200(bencher: Bencher<'_, '_>, threads: usize) {
    let loaded = scenario("southwest-syria-2018");
    let pool = match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool,
        Err(error) => fail(&error.to_string()),
    };
    bencher.counter(ItemsCount::new(200_u32)).bench(|| {
        pool.install(|| {
            ensemble(&loaded.model, 1, 200, |_| Ok::<(), ()>(())).map(|it| it.ranking.notable())
        })
    });
}

/// Compiling the scenario. All but the first find the tables of distances made, as
/// the further points of an experiment do.
#[divan::bench(sample_count = 5)]
fn load_southwest_syria() {
    black_box(scenario("southwest-syria-2018"));
}
