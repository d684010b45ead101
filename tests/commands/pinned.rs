//! Results are pinned: every bundled scenario, 50 replicates, table by table.
//!
//! What changes a hash changes what users have computed: raise `MODEL_VERSION`, say so in the
//! changelog, then accept the new hashes (`cargo insta accept`).

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use disengage::model::MODEL_VERSION;
use disengage::scenario::BUNDLED;
use sha2::{Digest, Sha256};

const TABLES: [&str; 5] =
    ["turns.csv", "runs.csv", "points.csv", "events.jsonl", "positions.geojson"];

fn hash(file: &Path) -> String {
    let bytes = Sha256::digest(std::fs::read(file).unwrap());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn results_change_only_with_the_model_version() {
    let folder = tempfile::tempdir().unwrap();
    let reference = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/reference.toml");
    let scenarios = BUNDLED.iter().map(|scenario| scenario.name).chain([reference]);
    let mut pins = format!("model version {MODEL_VERSION}\n");
    for scenario in scenarios {
        let name = Path::new(scenario).file_stem().unwrap().to_str().unwrap();
        let run = Command::new(env!("CARGO_BIN_EXE_disengage"))
            .current_dir(folder.path())
            .args(["run", scenario, "--replicates", "50", "--no-charts", "--output", name])
            .output()
            .unwrap();
        assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
        for table in TABLES {
            let file = folder.path().join(name).join(table);
            writeln!(pins, "{name} {table} {}", hash(&file)).unwrap();
        }
    }
    insta::assert_snapshot!("pinned", pins);
}
