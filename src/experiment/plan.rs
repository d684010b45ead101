//! The plan of an experiment: small, immutable, and enough to run any part of it
//! anywhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::design::{Design, DesignError};
use super::points::{Point, Points};
use crate::model::{MODEL_VERSION, Model};
use crate::scenario::{
    Arrangement, Assignment, EditError, Geodata, Levels, LoadError, Loaded, ParameterRole, apply,
    inside, load_point,
};

/// Points and replicates, with everything they are made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The format of plans and parts.
    pub format: u32,
    /// Of the model that was planned for; results of another are others.
    pub model_version: u32,
    /// `sweep`.
    pub command: String,
    /// The scenario's short name.
    pub scenario: String,
    /// What the scenario was called on the command line.
    pub file: String,
    /// Master seed.
    pub seed: u64,
    /// How points share seeds.
    pub seeds: Seeds,
    /// Replicates in a block, the unit of work.
    pub block: u64,
    /// Replicates of each point: as planned, then as extended each time.
    pub replicates: Vec<u64>,
    /// Points: as planned, then as added each time.
    pub rounds: Vec<Round>,
    /// GeoJSON by path.
    pub geodata: BTreeMap<String, String>,
    /// The scenario that points change, overrides applied, without variants and
    /// experiment.
    pub text: String,
}

/// How points share seeds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seeds {
    /// A seed depends on the master seed and the replicate alone, so that points
    /// differ by their terms and not by their luck.
    #[default]
    Common,
    /// Each point has a seed of its own.
    Independent,
}

impl Seeds {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::Independent => "independent",
        }
    }
}

/// Points added at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Round {
    /// Those of a design.
    Design(Design),
    /// These.
    Listed(Vec<Variation>),
}

/// A point by a name of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variation {
    /// What results call it.
    pub name: String,
    /// Path and value, as TOML writes it.
    pub set: Vec<(String, String)>,
    /// Its own scenario, where it is another file than the plan's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Replicates of one point that are run together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// The point's number.
    pub point: u32,
    /// The first replicate.
    pub first: u64,
    /// How many.
    pub count: u64,
}

/// What a parameter of a plan is called, and whether it can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Its paths, with commas between.
    pub name: String,
    /// What it is.
    pub role: ParameterRole,
    /// The names of its values in their order; none of a range.
    pub levels: Vec<String>,
}

/// The format of plans and parts.
const FORMAT: u32 = 1;
/// Smallest block.
const LEAST_BLOCK: u64 = 64;
/// Largest block: what a signal waits for at most.
const MAX_BLOCK: u64 = 1024;
/// Most replicates of a point.
const MAX_REPLICATES: u64 = 100_000_000;
/// Most blocks of a plan: each is a file, and all are listed at once.
const MAX_BLOCKS: u64 = 10_000_000;
/// Most points of a plan to which points were added: all are compared with each other.
const MAX_ADDED: u64 = 1_000_000;

/// Why a text is no plan that this program works on.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// It is no plan at all.
    #[error("not a plan of this program ({0}): plan anew with -o another folder")]
    NotAPlan(String),
    /// It is of another version.
    #[error(
        "planned for model version {0}, and this program has {MODEL_VERSION}: results would not be the same; plan anew with -o another folder"
    )]
    OtherVersion(u32),
    /// Something in it is not what this program writes.
    #[error("damaged or not written by this program: {0}; plan anew with -o another folder")]
    Damaged(String),
    /// More work than a machine holds a list of.
    #[error(
        "{0} blocks of replicates are more than the {MAX_BLOCKS} that a plan can have: vary less, or run fewer replicates"
    )]
    TooLarge(u64),
    /// More points than can be compared with each other.
    #[error(
        "{0} points are more than the {MAX_ADDED} that a plan can have once points are added: make another plan"
    )]
    TooMany(u64),
}

impl Plan {
    /// A plan with one round of points, whose seeds are common. `file` is what the scenario
    /// was called, `text` what points change of it.
    pub fn new(
        command: &str,
        loaded: &Loaded,
        file: &str,
        text: String,
        round: Round,
        seed: u64,
        replicates: u64,
    ) -> Self {
        let geodata = loaded.geodata.iter();
        Self {
            format: FORMAT,
            model_version: MODEL_VERSION,
            command: command.into(),
            scenario: loaded.name.clone(),
            file: file.into(),
            seed,
            seeds: Seeds::Common,
            block: Self::block_for(replicates),
            replicates: vec![replicates],
            rounds: vec![round],
            geodata: geodata.map(|(path, text)| (path.to_owned(), text.to_owned())).collect(),
            text,
        }
    }

    /// Reads the text of a plan, and holds that it can be worked on: its names stay inside
    /// a folder, and its numbers within what a machine bears.
    ///
    /// # Errors
    /// If it is none, of another version, or out of bounds.
    pub fn parse(text: &str) -> Result<Self, PlanError> {
        let plan: Self =
            serde_json::from_str(text).map_err(|error| PlanError::NotAPlan(error.to_string()))?;
        if plan.format != FORMAT || plan.model_version != MODEL_VERSION {
            return Err(PlanError::OtherVersion(plan.model_version));
        }
        let damaged = |what: String| Err(PlanError::Damaged(what));
        if let Some(path) = plan.geodata.keys().find(|path| inside(path).is_none()) {
            return damaged(format!("its geodata names \"{path}\", outside the folder"));
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if plan.scenario.is_empty() || !plan.scenario.chars().all(plain) {
            return damaged("its scenario has no plain name".into());
        }
        let rising = plan.replicates.is_sorted_by(|a, b| a < b);
        let enough = plan.replicates.first().is_some_and(|it| *it > 0);
        if !rising || !enough || plan.replicates() > MAX_REPLICATES {
            return damaged("its numbers of replicates do not rise from 1 on".into());
        }
        if !(1..=MAX_BLOCK).contains(&plan.block) {
            return damaged(format!("its blocks have {} replicates", plan.block));
        }
        plan.bearable()?;
        Ok(plan)
    }

    /// Holds that there are not more blocks than can be listed.
    ///
    /// # Errors
    /// If there are, or a design does not hold together.
    pub fn bearable(&self) -> Result<(), PlanError> {
        let mut points: u64 = 0;
        for round in &self.rounds {
            let more = match round {
                Round::Design(design) => {
                    design.count().map_err(|error| PlanError::Damaged(error.to_string()))?
                }
                Round::Listed(list) => list.len() as u64,
            };
            points = points.saturating_add(more);
        }
        if self.rounds.len() > 1 && points > MAX_ADDED {
            return Err(PlanError::TooMany(points));
        }
        let each = self.replicates().div_ceil(self.block.max(1)) + self.replicates.len() as u64;
        match points.saturating_mul(each) {
            blocks if blocks > MAX_BLOCKS => Err(PlanError::TooLarge(blocks)),
            _ => Ok(()),
        }
    }

    /// Replicates in a block for so many of a point: a power of two, so that large
    /// ensembles are not cut into more parts than a folder holds well.
    pub fn block_for(replicates: u64) -> u64 {
        (replicates / 64).next_power_of_two().clamp(LEAST_BLOCK, MAX_BLOCK)
    }

    /// Replicates of each point.
    pub fn replicates(&self) -> u64 {
        self.replicates.last().copied().unwrap_or(0)
    }

    /// The points, ready to be asked for.
    ///
    /// # Errors
    /// If a design does not hold together.
    pub fn points(&self) -> Result<Points<'_>, DesignError> {
        Points::new(self)
    }

    /// The blocks of each point: first replicate and count. Those of an earlier
    /// number of replicates stay as they were.
    pub fn blocks(&self) -> Vec<(u64, u64)> {
        let mut blocks = Vec::new();
        let mut from = 0;
        for to in &self.replicates {
            while from < *to {
                let count = self.block.clamp(1, to - from);
                blocks.push((from, count));
                from += count;
            }
        }
        blocks
    }

    /// Whether the first of its points is the scenario as written, and those after it
    /// change one parameter at a time.
    pub fn one_at_a_time(&self) -> bool {
        let design = self.first_design();
        design.is_some_and(|it| it.arrangement == Arrangement::OneAtATime)
    }

    /// The design that its first points are of; none if they are listed.
    pub fn first_design(&self) -> Option<&Design> {
        match self.rounds.first() {
            Some(Round::Design(design)) => Some(design),
            _ => None,
        }
    }

    /// Parameters in the order of the plan.
    pub fn axes(&self) -> Vec<Axis> {
        let mut axes: Vec<Axis> = Vec::new();
        let mut add = |axis: Axis| match axes.iter_mut().find(|it| it.name == axis.name) {
            Some(known) => {
                for level in axis.levels {
                    if !known.levels.contains(&level) {
                        known.levels.push(level);
                    }
                }
            }
            None => axes.push(axis),
        };
        for round in &self.rounds {
            match round {
                Round::Design(design) => {
                    for parameter in &design.parameters {
                        let ends = design.arrangement == Arrangement::OneAtATime;
                        let levels = match parameter.levels {
                            Levels::Between { .. } if !ends => Vec::new(),
                            _ => parameter.values(),
                        };
                        add(Axis {
                            name: parameter.name(),
                            role: parameter.role,
                            levels: levels.into_iter().map(|it| it.name).collect(),
                        });
                    }
                }
                Round::Listed(points) => add(Axis {
                    name: VARIANT.into(),
                    role: ParameterRole::Lever,
                    levels: points.iter().map(|it| it.name.clone()).collect(),
                }),
            }
        }
        axes
    }

    /// The geodata as scenarios take it.
    pub fn geodata(&self) -> Geodata {
        let mut geodata = Geodata::default();
        for (path, text) in &self.geodata {
            geodata.insert(path, text);
        }
        geodata
    }

    /// The text of a point.
    ///
    /// # Errors
    /// If what it sets does not fit the file.
    pub fn text_of(&self, point: &Point) -> Result<String, EditError> {
        let assignments: Vec<Assignment> = point
            .set
            .iter()
            .map(|(path, value)| Assignment::parse(&format!("{path}={value}")))
            .collect::<Result<_, _>>()?;
        apply(point.text.as_deref().unwrap_or(&self.text), &assignments)
    }

    /// A point as it runs.
    ///
    /// # Errors
    /// If it is no good scenario.
    pub fn load(&self, point: &Point, geodata: &Geodata) -> Result<Loaded, LoadError> {
        let text = self.text_of(point)?;
        load_point(&self.scenario, &self.file, text, geodata)
    }

    /// The model of a point, or in a few words why there is none.
    ///
    /// # Errors
    /// If it is no good scenario.
    pub fn model(&self, point: &Point, geodata: &Geodata) -> Result<Model, String> {
        match self.load(point, geodata) {
            Ok(loaded) => Ok(loaded.model),
            Err(LoadError::Invalid(_, found)) => Err(found
                .iter()
                .next()
                .map_or_else(|| "no valid scenario".into(), |it| it.message.clone())),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// What the parameter of listed points is called.
pub(super) const VARIANT: &str = "variant";
