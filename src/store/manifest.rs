//! `manifest.json`: what a result folder is the result of.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::StoreError;
use crate::model::MODEL_VERSION;
use crate::record::Notable;
use crate::scenario::Geodata;

/// What a result folder is the result of. A folder that has one is whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the folder: 1.
    pub format: u32,
    /// The program's version.
    pub version: String,
    /// Raised whenever a result changes.
    pub model_version: u32,
    /// Hash over all that decides the result.
    pub identity: String,
    /// The kind of command: `run` or `sweep`.
    pub command: String,
    /// The command line.
    pub command_line: Vec<String>,
    /// The scenario's short name.
    pub scenario: String,
    /// Master seed.
    pub seed: u64,
    /// How points share seeds: `common`.
    pub seeds: String,
    /// Replicates of each point.
    pub replicates: u64,
    /// Points of an experiment; 1 in a run.
    #[serde(default = "one")]
    pub points: u64,
    /// Why there are so many replicates, if they were run to a precision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
    /// Runs that failed.
    pub failed: u64,
    /// By source of incidents: replicates in which a day had more of them than are
    /// let happen. Sources of which that is never so are left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub runaway: BTreeMap<String, u64>,
    /// Replicates with events and tracks: best, median, worst; 0 always.
    pub best: u64,
    /// The median one.
    pub median: u64,
    /// The worst one.
    pub worst: u64,
    /// SHA-256 of each file that holds results.
    pub files: BTreeMap<String, String>,
    /// Seconds, and threads.
    pub timings: Timings,
}

fn one() -> u64 {
    1
}

/// How long it took.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Timings {
    /// Threads.
    pub jobs: usize,
    /// Seconds to run the replicates.
    pub run_seconds: f64,
    /// Seconds in all.
    pub total_seconds: f64,
}

impl Manifest {
    /// The notable replicates.
    pub fn notable(&self) -> Notable {
        Notable {
            best: self.best,
            median: self.median,
            worst: self.worst,
        }
    }

    /// Reads the manifest of a folder; none if there is none.
    ///
    /// # Errors
    /// If it is there and cannot be read.
    pub fn read(folder: &Path) -> Result<Option<Self>, StoreError> {
        let path = folder.join("manifest.json");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io(&path, error)),
        };
        let manifest: Self = serde_json::from_str(&text).map_err(|_| {
            StoreError::damaged(
                &path,
                "not a manifest of this program: run the scenario again",
            )
        })?;
        if manifest.format != 1 {
            return Err(StoreError::damaged(
                &path,
                format!(
                    "format {} is not read by this version: run the scenario again",
                    manifest.format
                ),
            ));
        }
        Ok(Some(manifest))
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join("manifest.json");
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| StoreError::damaged(&path, error.to_string()))?;
        std::fs::write(&path, text + "\n").map_err(StoreError::at(&path))
    }
}

/// Ten hexadecimal digits over all that decides a result: command, resolved
/// scenario, geodata, seed and its mode, replicates, points, model version.
pub fn identity(
    command: &str,
    scenario: &str,
    geodata: &Geodata,
    seed: u64,
    replicates: u64,
    points: &[&str],
) -> String {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    part(command);
    part(scenario);
    for (path, text) in geodata.iter() {
        part(path);
        part(text);
    }
    part(&format!(
        "seed {seed} common, {replicates} replicates, model {MODEL_VERSION}"
    ));
    points.iter().for_each(|point| part(point));
    hash.finalize()[..5]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
