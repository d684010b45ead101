//! Files to begin from, small ones, made from what the project has.

use std::fs;
use std::path::{Path, PathBuf};

use disengage::experiment::{Design, Plan, Round, Seeds, Variation, pack_part, run_block};
use disengage::model::MODEL_VERSION;
use disengage::results::{Manifest, Timings};
use disengage::scenario::{Arrangement, Parameter, starter, without_experiments};

use crate::target;

/// The project's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder, by name.
fn folder(path: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(path)).expect("a folder of the project");
    let mut paths: Vec<PathBuf> = entries.map(|it| it.expect("an entry").path()).collect();
    paths.sort();
    let texts = paths.iter().map(|it| fs::read_to_string(it).expect("text"));
    texts.collect()
}

/// The file with every table and key; too long to begin from.
pub fn reference() -> String {
    read("scenarios/reference.toml")
}

/// Small scenarios that run: the starter, the teaching scenario, and each recipe of the
/// cookbook below its base, whose lines are cut short, for buffers of long ones take time.
pub fn good() -> Vec<String> {
    let base = read("docs/cookbook-base.toml")
        .replace("lon = -31.0", "lon = -30.1")
        .replace("lon = -29.0", "lon = -29.9");
    let mut all = vec![starter().to_owned(), read("scenarios/teaching.toml"), base.clone()];
    let page = read("docs/cookbook.md");
    let blocks = page.split("\n```toml\n").skip(1);
    let recipes = blocks.filter_map(|it| Some(it.split_once("\n```")?.0));
    all.extend(recipes.map(|recipe| format!("{base}\n{recipe}\n")));
    all.extend(folder("fuzz/cases"));
    all
}

/// Small scenarios that are refused, or accepted with a warning.
pub fn odd() -> Vec<String> {
    let mut all = folder("tests/bad");
    all.extend(folder("tests/warned"));
    all
}

/// GeoJSON with the two features that [`target::geojson`] asks for.
pub fn geojson() -> Vec<String> {
    let line = r#"{"type":"Feature","id":"line","properties":{"name":"the river"},"geometry":{"type":"LineString","coordinates":[[-30.4,0.0],[-30.0,0.05],[-29.6,0.0]]}}"#;
    let many = r#"{"type":"Feature","properties":{"id":"line"},"geometry":{"type":"MultiLineString","coordinates":[[[-30.4,0.0,12],[-30.0,0.05,13.5],[-29.6,0.0]]]}}"#;
    let area = r#"{"type":"Feature","id":"area","properties":null,"geometry":{"type":"Polygon","coordinates":[[[-30.5,-0.5],[-29.5,-0.5],[-29.5,0.3],[-30.5,0.3],[-30.5,-0.5]],[[-30.2,-0.2],[-30.2,0.0],[-30.0,0.0],[-30.2,-0.2]]]}}"#;
    let parts = r#"{"type":"Feature","bbox":[-31,-1,-29,1],"properties":{"name":"area"},"geometry":{"type":"MultiPolygon","coordinates":[[[[-30.5,-0.5],[-29.5,-0.5],[-30.5,0.3],[-30.5,-0.5]]],[[[-30,1],[-29,1],[-29,2],[-30,1]]]]}}"#;
    let meridian = r#"{"type":"Feature","id":"line","properties":{},"geometry":{"type":"LineString","coordinates":[[179.9,0.0],[-179.9,89.0],[180,-90]]}}"#;
    let all = |features: &[&str]| {
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    };
    vec![
        line.to_owned(),
        all(&[line, area]),
        all(&[many, parts]),
        all(&[meridian, area]),
        all(&[line, line, area]),
    ]
}

/// Parts as [`target::part`] takes them: without the checksum, the number of the block
/// in front.
pub fn parts() -> Vec<Vec<u8>> {
    let blocks = target::blocks().iter().enumerate();
    blocks
        .map(|(at, (model, block))| {
            let whole =
                pack_part(&target::point(), block, &run_block(model, &target::point(), block));
            let mut bytes = vec![at as u8];
            bytes.extend(&whole[..whole.len() - 32]);
            bytes
        })
        .collect()
}

/// Plans of each design.
pub fn plans() -> Vec<String> {
    let text = read("scenarios/teaching.toml");
    let listed = ["clause.pullback.min_km=20,25.5", "conduct.north.pressure=0.5,0.9"];
    let ranges = [
        "clause.pullback.min_km,clause.pullback.target_km=20:30,25:40",
        "conduct.north.pressure=0.5..0.9",
        "time.end=2030-06-01..2030-12-31",
    ];
    let designs = [
        (Arrangement::Grid, None, &listed[..]),
        (Arrangement::Lhs, Some(8), &ranges[..]),
        (Arrangement::Sobol, Some(8), &ranges[..]),
        (Arrangement::OneAtATime, None, &listed[..]),
        (Arrangement::Saltelli, Some(64), &ranges[..]),
        (Arrangement::Morris, Some(8), &ranges[..]),
    ];
    let rounds = designs.map(|(arrangement, points, vary)| {
        let parameters: Vec<Parameter> =
            vary.iter().map(|it| Parameter::parse(it).expect("a parameter")).collect();
        Round::Design(Design {
            arrangement,
            points,
            second_order: arrangement == Arrangement::Saltelli,
            whole: vec![false; parameters.len()],
            parameters,
        })
    });
    let variation = |name: &str, set: &[(&str, &str)], text| Variation {
        name: name.to_owned(),
        set: set.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect(),
        text,
    };
    let minimal = read("fuzz/cases/minimal.toml");
    let listed = Round::Listed(vec![
        variation("as written", &[], None),
        variation("nearer", &[("clause.pullback.min_km", "10")], None),
        variation("another", &[], Some(minimal.clone())),
    ]);
    let mut plans: Vec<Plan> =
        rounds.iter().map(|round| plan(&minimal, vec![round.clone()])).collect();
    plans.push(plan(&text, vec![listed, rounds[0].clone()]));
    let texts = plans.iter().map(|it| serde_json::to_string(it).expect("json"));
    texts.collect()
}

fn plan(text: &str, rounds: Vec<Round>) -> Plan {
    Plan {
        format: 1,
        model_version: MODEL_VERSION,
        command: "sweep".into(),
        scenario: "teaching".into(),
        file: "teaching".into(),
        seed: 1,
        seeds: Seeds::Common,
        block: 64,
        replicates: vec![100, 500],
        rounds,
        geodata: [("geodata/line.geojson".to_owned(), geojson().remove(1))].into(),
        text: without_experiments(text).expect("a scenario"),
    }
}

/// Manifests of a run and of a sweep.
pub fn manifests() -> Vec<String> {
    let run = Manifest {
        format: 1,
        version: "0.1.0".into(),
        model_version: MODEL_VERSION,
        identity: "0123456789".into(),
        command: "run".into(),
        command_line: vec!["disengage".into(), "run".into(), "teaching".into()],
        scenario: "teaching".into(),
        seed: 1,
        seeds: "common".into(),
        replicates: 1000,
        points: 1,
        stopped: None,
        failed: 0,
        runaway: Default::default(),
        best: 3,
        median: 5,
        worst: 8,
        files: [("points.csv".to_owned(), "ab".repeat(32))].into(),
        sizes: [("points.csv".to_owned(), 6)].into(),
        check: String::new(),
        timings: Timings::default(),
    };
    let sweep = Manifest {
        command: "sweep".into(),
        points: 12,
        stopped: Some("precise enough".into()),
        failed: 2,
        runaway: [("shelling".to_owned(), 4)].into(),
        ..run.clone()
    };
    let texts = [run, sweep].map(|it| serde_json::to_string_pretty(&it).expect("json"));
    texts.into()
}
