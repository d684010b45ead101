//! What results are the results of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::chart::About;
use crate::experiment::{Plan, Points};
use crate::model::MODEL_VERSION;
use crate::record::Notable;
use crate::scenario::Geodata;

/// The kind of command whose results are those of one scenario.
pub const RUN: &str = "run";
/// The kind whose points are of a design.
pub const SWEEP: &str = "sweep";
/// The kind whose points are held against the first of them, as are those of a design of
/// one parameter at a time.
pub const COMPARE: &str = "compare";

/// What a result folder is the result of. A folder that has one is whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the folder, [`FORMAT`].
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
    /// Bytes of each of them.
    #[serde(default)]
    pub sizes: BTreeMap<String, u64>,
    /// Seconds, and threads.
    pub timings: Timings,
    /// SHA-256 of this file with nothing between the quotes here.
    #[serde(default)]
    pub check: String,
}

/// The format of a result folder that this version writes and reads. 2: keys of
/// `events.jsonl` renamed.
pub const FORMAT: u32 = 2;

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
    /// Of one point whose seeds are common, by this version; nothing is known of it yet.
    pub(super) fn new(command: &str, scenario: &str) -> Self {
        Self {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").into(),
            model_version: MODEL_VERSION,
            command: command.into(),
            scenario: scenario.into(),
            seeds: "common".into(),
            points: one(),
            ..Self::default()
        }
    }

    /// What charts say of the scenario and the runs.
    pub(super) fn about(&self, title: &str) -> About {
        let version = self.version.clone();
        About { title: title.into(), replicates: self.replicates, seed: self.seed, version }
    }

    /// The notable replicates.
    pub fn notable(&self) -> Notable {
        Notable { best: self.best, median: self.median, worst: self.worst }
    }

    /// Reads the text of a manifest.
    ///
    /// # Errors
    /// If it is none that this version reads, in a few words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let manifest: Self = serde_json::from_str(text)
            .map_err(|_| "not a manifest of this program: run the scenario again".to_owned())?;
        if manifest.format != FORMAT {
            let when = if manifest.format < FORMAT { "an earlier" } else { "a later" };
            return Err(format!(
                "written by {when} version of this program (format {}, this version reads {FORMAT}): run the scenario again",
                manifest.format
            ));
        }
        Ok(manifest)
    }
}

/// What a manifest of a plan says before it is merged.
pub fn manifest_of(plan: &Plan, points: &Points<'_>, jobs: usize) -> Manifest {
    Manifest {
        identity: identity_of(plan),
        seed: plan.seed,
        seeds: plan.seeds.word().into(),
        replicates: plan.replicates(),
        points: points.len(),
        timings: Timings { jobs, ..Timings::default() },
        ..Manifest::new(&plan.command, &plan.scenario)
    }
}

/// Ten hexadecimal digits over all that decides a plan's results.
pub fn identity_of(plan: &Plan) -> String {
    let rounds = serde_json::to_string(&plan.rounds).unwrap_or_default();
    identity(
        &plan.command,
        &plan.text,
        &plan.geodata(),
        plan.seed,
        plan.replicates(),
        &[plan.seeds.word(), &rounds],
    )
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
    part(&format!("seed {seed} common, {replicates} replicates, model {MODEL_VERSION}"));
    points.iter().for_each(|point| part(point));
    hash.finalize()[..5].iter().map(|byte| format!("{byte:02x}")).collect()
}
