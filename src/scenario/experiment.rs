//! `[experiment]`: what a sweep of this file varies.

use disengage_derive::{table, words};

/// What a sweep varies, and how its points are chosen.
#[table(section = "experiment", default)]
pub struct Experiment {
    /// How points are chosen.
    #[key(default = Arrangement::Grid)]
    pub design: Arrangement,
    /// How many points, of "lhs" and "sobol"; of "saltelli" rows of the base sample, of
    /// "morris" trajectories. The others have as many as follow from their values.
    #[key(bounds = POINTS)]
    pub points: Option<u32>,
    /// Terms that those who draft the agreement can choose.
    #[key(tables = "lever", as_of = "[[experiment.lever]]")]
    pub levers: Vec<Varied>,
    /// What is not known, or not theirs to choose.
    #[key(tables = "uncertainty", as_of = "[[experiment.uncertainty]]")]
    pub uncertainties: Vec<Varied>,
}

/// How the points of an experiment are chosen.
#[words(stand_in = Grid)]
#[derive(Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrangement {
    /// Every combination of the listed values.
    #[default]
    Grid,
    /// A Latin hypercube, its columns nearly orthogonal.
    Lhs,
    /// A scrambled Sobol' sequence.
    Sobol,
    /// Rows for Sobol' indices.
    Saltelli,
    /// Trajectories for elementary effects.
    Morris,
    /// The scenario as written, and each value of each parameter, the others as
    /// written.
    OneAtATime,
}

/// How values are spread over a range.
#[words(stand_in = Even)]
pub enum Spreading {
    /// Evenly.
    Even,
    /// Evenly in the logarithm.
    Log,
    /// Rising to `mode` and falling from it.
    Triangular,
    /// Normal, of `mean` and `sd`.
    Normal,
}

/// One thing that is varied: values, or a range.
#[table(section = "experiment.lever")]
pub struct Varied {
    /// The paths that it sets, all at once: ["clause.pullback.min_km"].
    pub paths: Vec<String>,
    /// What tables and charts of sensitivity call it.
    pub title: Option<String>,
    /// What they are set to: [40, 70], or with two paths [[40, 50], [70, 80]].
    pub values: Option<Vec<toml_edit::Value>>,
    /// What results call each of the values.
    pub names: Option<Vec<String>>,
    /// Two numbers or dates, both included, in place of values: [40, 100], or with two paths
    /// [[40, 50], [100, 110]], which then move together.
    #[key(items(2, 2))]
    pub range: Option<Vec<toml_edit::Value>>,
    /// How values are spread over a range of numbers in designs that choose them from it.
    pub spread: Option<Spreading>,
    /// Of a triangular spread: the most likely value.
    #[key(bounds = FIGURE)]
    pub mode: Option<f64>,
    /// Of a normal spread, which is cut to the range: its mean.
    #[key(bounds = FIGURE)]
    pub mean: Option<f64>,
    /// And its standard deviation.
    #[key(bounds = FIGURE)]
    pub sd: Option<f64>,
    /// The step from one value of the range to the next; a grid needs it. Of
    /// dates, in days.
    #[key(bounds = FIGURE)]
    pub step: Option<f64>,
}
