//! A small ensemble's bytes, pinned to the model's version.

use disengage::experiment::ensemble;
use disengage::model::MODEL_VERSION;
use disengage::scenario::load;
use disengage::store::{StoreError, TableWriter, run_cells, runs_columns, write_turns};
use sha2::{Digest, Sha256};

/// Model version and the hash of its results.
const PINNED: (u32, &str) = (5, "525f6c3fef74d099a9b43c0d4f554666cb08f8dd6333ee1bfc43cd7020cfe69d");

#[test]
fn results_change_only_with_the_model_version() {
    let model = load("teaching", &[]).unwrap().model;
    let folder = tempfile::tempdir().unwrap();
    let mut table = TableWriter::create(folder.path(), "runs", &runs_columns(), true).unwrap();
    let whole = ensemble(&model, 1, 50, |run| {
        run_cells(&model, 0, run.unwrap()).iter().try_for_each(|row| table.row(row))
    });
    let whole = whole.map_err(|error: StoreError| error.to_string()).unwrap();
    table.finish().unwrap();
    write_turns(folder.path(), whole.aggregates.rows(&model, 0)).unwrap();
    let mut hash = Sha256::new();
    for file in ["turns.csv", "runs.csv"] {
        hash.update(std::fs::read(folder.path().join(file)).unwrap());
    }
    let hash: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        (MODEL_VERSION, hash.as_str()),
        PINNED,
        "results changed: raise MODEL_VERSION and renew the hash"
    );
}
