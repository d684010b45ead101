//! Where strangers' bytes go in: each function takes what one kind of file holds
//! through all that is done with it. What is wrong with it is an answer; a panic, a
//! long time or much memory is a fault.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use disengage::analysis::Pairs;
use disengage::diag::{Diagnostics, Source, render, to_json};
use disengage::experiment::{Block, Part, Plan, Point, Round, Size, attempt_trace, run_block};
use disengage::geo::Features;
use disengage::model::Model;
use disengage::record::{Aggregates, Outcomes};
use disengage::results::Manifest;
use disengage::scenario::{Geodata, LoadError, Loaded, load_point, load_text, upgrade};
use disengage::store::run_cells;
use sha2::{Digest, Sha256};

use crate::seeds;

/// Loads a scenario and shows what is wrong with it, as `check` does.
pub fn load(text: &str) -> Option<Loaded> {
    shown(load_text("case", "case.toml", text.to_owned(), None, &[]))
}

fn shown(loaded: Result<Loaded, LoadError>) -> Option<Loaded> {
    let show = |found: &Diagnostics, source: &Source| {
        render(found, source, true);
        to_json(found, source);
    };
    match loaded {
        Ok(loaded) => {
            show(&loaded.warnings, &loaded.source);
            Some(loaded)
        }
        Err(LoadError::Invalid(source, found)) => {
            show(&found, &source);
            None
        }
        Err(_) => None,
    }
}

/// Runs one replicate, with events and into tables.
///
/// # Errors
/// What it broke off with.
pub fn run(model: &Model) -> Result<(), String> {
    attempt_trace(model, 1, 0).map_err(|failed| failed.why)?;
    let block = block(1);
    let result = run_block(model, &point(), &block);
    let mut outcomes = Outcomes::new(model);
    for run in result.runs {
        outcomes.add(model, &run?);
    }
    outcomes.rows(model, 0);
    if let Some(aggregates) = result.aggregates {
        aggregates.rows(model, 0).for_each(drop);
    }
    Ok(())
}

/// Whether a replicate is one that commands run unasked.
pub fn is_small(model: &Model) -> bool {
    Size::of(model).count() <= Size::MAX_HAPPENINGS
}

/// A scenario: loaded and, where it is good and short, run.
pub fn scenario(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    // As a file of an earlier format, too.
    drop(upgrade(&text.replacen("schema = 2", "schema = 1", 1), &|_| None));
    if let Some(loaded) = load(text)
        && loaded.model.calendar.days <= 400
        && is_small(&loaded.model)
    {
        run(&loaded.model).unwrap_or_else(|why| panic!("{why}"));
    }
}

/// GeoJSON, as the line and the area of a scenario.
pub fn geojson(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let Ok(features) = Features::read(text) else {
        return;
    };
    let line = features.line("line").is_ok();
    let area = features.area("area").is_ok();
    let mut geodata = Geodata::default();
    geodata.insert("strange.geojson", text);
    for (there, scenario) in [(line, ON_A_LINE), (area, IN_AN_AREA)] {
        if there {
            shown(load_point("case", "case.toml", scenario.into(), &geodata));
        }
    }
}

const ON_A_LINE: &str = r#"
schema = 2
title = "A line"
time = { start = 2030-01-01, end = 2030-03-01 }
site = [{ id = "in", lat = 0.1, lon = -30 }, { id = "out", lat = 0.5, lon = -30 }]
party = [{ id = "north" }]
force = [{ id = "f", flag = "north", at = "in", strength = 100, withdraws_to = ["out"] }]
line = [{ id = "l", geojson = "strange.geojson#line", positive_toward = "out" }]
area = [{ id = "band", kind = "band", from = "l", from_km = 0, to_km = 5 }]
clause = [
  { id = "back", kind = "keep-distance", binds = ["north"], from = "l", min_km = 20 },
  { id = "gone", kind = "leave", binds = ["north"], area = "band" },
]
conduct = [{ id = "n", party = "north", kind = "scripted", initial = "comply" }]
"#;

const IN_AN_AREA: &str = r#"
schema = 2
title = "An area"
time = { start = 2030-01-01, end = 2030-03-01 }
site = [{ id = "in", lat = 0.1, lon = -30 }, { id = "out", lat = 0.5, lon = -30 }]
party = [{ id = "north" }]
force = [{ id = "f", flag = "north", at = "in", strength = 100, withdraws_to = ["out"] }]
line = [{ id = "l", points = [{ lat = 0, lon = -31 }, { lat = 0, lon = -29 }], positive_toward = "out" }]
area = [
  { id = "z", kind = "polygon", geojson = "strange.geojson#area" },
  { id = "wide", kind = "buffer", area = "z", by_km = 3 },
]
clause = [
  { id = "gone", kind = "leave", binds = ["north"], area = "z", monitors = ["m"] },
  { id = "far", kind = "leave", binds = ["north"], area = "wide" },
]
monitor = [{ id = "m", kind = "patrol", party = "north", area = "z", speed_km_per_h = 10, sweep_width_km = 2, hours_per_day = 8 }]
conduct = [{ id = "n", party = "north", kind = "scripted", initial = "comply" }]
"#;

/// A point for parts to be of.
pub fn point() -> Point {
    Point {
        number: 0,
        id: "0123456789abcdef".into(),
        settings: Vec::new(),
        set: Vec::new(),
        text: None,
        seed: 1,
    }
}

fn block(count: u64) -> Block {
    Block { point: 0, first: 0, count }
}

/// Models, each with a block that parts can be of.
pub fn blocks() -> &'static [(Model, Block)] {
    static BLOCKS: LazyLock<Vec<(Model, Block)>> = LazyLock::new(|| {
        let texts = seeds::good();
        let loaded = texts.iter().filter_map(|text| load(text));
        let models = loaded.map(|it| it.model).filter(|it| it.calendar.days <= 400);
        models.step_by(8).map(|it| (it, block(2))).collect()
    });
    &BLOCKS
}

/// A part without its checksum, which is made right, after the number of its block: read
/// and added up as `merge` does.
pub fn part(bytes: &[u8]) {
    let Some((at, body)) = bytes.split_first() else {
        return;
    };
    let blocks = blocks();
    let (model, block) = &blocks[usize::from(*at) % blocks.len()];
    let mut whole = body.to_vec();
    whole.extend(&Sha256::digest(body)[..]);
    let Some(part) = Part::open(&whole, &point(), block) else {
        return;
    };
    let mut aggregates = Aggregates::new(model);
    let mut outcomes = Outcomes::new(model);
    let read = part.read(Some(&mut aggregates), |_, run| {
        if let Ok(run) = run {
            outcomes.add(model, run);
        }
    });
    if read.is_none() {
        return;
    }
    aggregates.rows(model, 0).for_each(drop);
    outcomes.rows(model, 0);
    let mut pairs = Pairs::new(model, model);
    part.read(None, |_, run| {
        if let Ok(run) = run {
            run_cells(model, 0, run);
            pairs.add(run, run);
        }
    });
    pairs.rows(0, 1, 1);
}

/// More points than this take memory and time by right.
const MANY: u64 = 10_000;

/// `plan.json`: read, and all that is done with it before anything runs.
pub fn plan(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let Ok(plan) = Plan::parse(text) else { return };
    plan.axes();
    plan.one_at_a_time();
    if let Some(design) = plan.first_design() {
        design.cost();
    }
    let large = |round: &Round| match round {
        Round::Design(design) => design.count().is_ok_and(|it| it > MANY),
        Round::Listed(_) => false,
    };
    if plan.replicates() > MANY || plan.rounds.iter().any(large) {
        return;
    }
    plan.blocks();
    let Ok(points) = plan.points() else { return };
    points.correlation();
    let geodata = plan.geodata();
    let last = points.len().saturating_sub(1) as u32;
    for number in [0, last / 2, last] {
        let point = points.get(number);
        point.said();
        if let Some(design) = plan.first_design() {
            design.positions(&point.settings);
        }
        shown(plan.load(&point, &geodata));
    }
}

/// `manifest.json`: read, and the folder held against it.
pub fn manifest(bytes: &[u8]) {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = std::env::temp_dir().join(format!("disengage-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for files");
        fs::write(folder.join("points.csv"), "point\n").expect("a table");
        folder
    });
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let Ok(manifest) = Manifest::parse(text) else {
        return;
    };
    manifest.notable();
    fs::write(FOLDER.join("manifest.json"), bytes).expect("a manifest");
    drop(manifest.verify(&FOLDER));
}
