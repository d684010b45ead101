//! The commands that run, and what is run.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::shared::{Consent, Fail, Format, Output, Trust};
use crate::experiment::Seeds;
use crate::scenario::Arrangement;

#[derive(Debug, Args)]
pub(in crate::cli) struct RunArguments {
    /// A scenario file, or the name of a bundled scenario
    #[arg(
        value_name = "FILE",
        required_unless_present = "plan",
        default_value = "",
        hide_default_value = true
    )]
    pub(in crate::cli) file: String,
    /// Run blocks of a plan instead: the folder that `disengage plan` wrote
    #[arg(
        long,
        value_name = "DIR",
        conflicts_with_all = ["file", "replicates", "seed", "set", "output", "force", "no_charts", "no_twins", "yes"]
    )]
    pub(in crate::cli) plan: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) share: ShareArguments,
    /// Number of replicates; with --precision at most so many
    #[arg(
        short = 'n',
        long,
        default_value_t = 1000,
        default_value_if("precision", clap::builder::ArgPredicate::IsPresent, "100000"),
        value_parser = clap::value_parser!(u64).range(1..=100_000_000)
    )]
    pub(in crate::cli) replicates: u64,
    /// Run until the 95 % interval of an outcome is at most so wide
    #[arg(long, value_name = "WIDTH", conflicts_with = "plan")]
    pub(in crate::cli) precision: Option<f64>,
    /// Which outcome: of the whole run (compliance, completion, collapse, destruction), or
    /// CLAUSE.OUTCOME as in points.csv
    #[arg(
        long = "of",
        value_name = "OUTCOME",
        requires = "precision",
        default_value = "compliance"
    )]
    pub(in crate::cli) of: String,
    /// Master seed
    #[arg(long, default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    /// Change a value of the file, such as clause.pullback.min_km=100
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(in crate::cli) set: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) to: Output,
    /// Run no twins: do not say which share of the spread comes from what the file leaves
    /// open
    #[arg(long)]
    pub(in crate::cli) no_twins: bool,
    #[command(flatten)]
    pub(in crate::cli) trust: Trust,
    #[command(flatten)]
    pub(in crate::cli) consent: Consent,
}

/// Which blocks of a plan to run.
#[derive(Debug, Args)]
pub(in crate::cli) struct ShareArguments {
    /// Of a plan: the k-th of n shares, k from 1 to n. With n alone, k is the array
    /// index of Slurm, HyperQueue, GNU parallel or Kubernetes
    #[arg(long, value_name = "K/N", requires = "plan")]
    pub(in crate::cli) shard: Option<String>,
    /// Of a plan: share out only blocks that are not done yet
    #[arg(long, requires = "plan")]
    pub(in crate::cli) missing: bool,
    /// What to do about runs that fail
    #[arg(long, value_enum, default_value = "slow")]
    pub(in crate::cli) fail: Fail,
}

/// What is varied, and how often each point is run.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct PointsArguments {
    /// Vary a value of the file: PATH=V1,V2, PATH=LOW..HIGH:STEP, PATH=LOW..HIGH
    /// with --design, or P,Q=40:50,70:80 for paths that move together
    #[arg(long = "vary", value_name = "PATH=VALUES")]
    pub(in crate::cli) vary: Vec<String>,
    /// How points are chosen [default: grid, every combination]
    #[arg(long, value_enum)]
    pub(in crate::cli) design: Option<Arrangement>,
    /// How many points, of lhs and sobol; of saltelli rows of p + 2 points (256, say), of
    /// morris trajectories of p + 1 (20, say), p parameters
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) points: Option<u32>,
    /// What is varied, and how, from the [experiment] table of a file of its own
    #[arg(long, value_name = "FILE", conflicts_with = "vary")]
    pub(in crate::cli) experiment: Option<PathBuf>,
    /// Of saltelli: points for indices of second order too, 2p + 2 a row
    #[arg(long)]
    pub(in crate::cli) second_order: bool,
    #[command(flatten)]
    pub(in crate::cli) consent: Consent,
}

/// A sweep, as planned.
#[derive(Debug, Args)]
pub(in crate::cli) struct PlanArguments {
    /// A scenario file, or the name of a bundled scenario
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: String,
    #[command(flatten)]
    pub(in crate::cli) points: PointsArguments,
    /// Number of replicates of each point
    #[arg(short = 'n', long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(in crate::cli) replicates: u64,
    /// Master seed
    #[arg(long, default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    /// Whether points share the seeds of their replicates
    #[arg(long, value_enum, default_value = "common")]
    pub(in crate::cli) seeds: Seeds,
    /// Change a value of the file at every point
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(in crate::cli) set: Vec<String>,
    /// The folder itself [default: output/<scenario>-<hash>]
    #[arg(short = 'o', long, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Replace an earlier plan or result in the same folder
    #[arg(long)]
    pub(in crate::cli) force: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SweepArguments {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanArguments,
    /// Threads [default: all cores]
    #[arg(short = 'j', long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(in crate::cli) jobs: Option<u16>,
    /// Write no charts
    #[arg(long)]
    pub(in crate::cli) no_charts: bool,
    /// What to do about runs that fail
    #[arg(long, value_enum, default_value = "slow")]
    pub(in crate::cli) fail: Fail,
    #[command(flatten)]
    pub(in crate::cli) trust: Trust,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CompareArguments {
    /// Scenario files or bundled names, the first against each other; one alone
    /// against its [[variant]]s, or against what --vary makes of it
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::cli) files: Vec<String>,
    /// Compare values of one file: PATH=V1,V2 or P,Q=40:50,70:80 for paths that move
    /// together; the first is the baseline
    #[arg(long = "vary", value_name = "PATH=VALUES")]
    pub(in crate::cli) vary: Vec<String>,
    /// Number of pairs
    #[arg(short = 'n', long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(2..=100_000_000))]
    pub(in crate::cli) replicates: u64,
    /// Master seed
    #[arg(long, default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    /// Change a value of every variant
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(in crate::cli) set: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) to: Output,
    #[command(flatten)]
    pub(in crate::cli) consent: Consent,
    /// What to do about runs that fail
    #[arg(long, value_enum, default_value = "slow")]
    pub(in crate::cli) fail: Fail,
    #[command(flatten)]
    pub(in crate::cli) trust: Trust,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct StatusArguments {
    /// The folder of a plan
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    pub(in crate::cli) format: Format,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExtendArguments {
    /// The folder of a plan
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: PathBuf,
    /// So many replicates of each point in all
    #[arg(short = 'n', long, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(in crate::cli) replicates: Option<u64>,
    #[command(flatten)]
    pub(in crate::cli) points: PointsArguments,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct MergeArguments {
    /// The folder of a plan
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: PathBuf,
    /// Threads [default: all cores]
    #[arg(short = 'j', long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(in crate::cli) jobs: Option<u16>,
    /// Write no charts
    #[arg(long)]
    pub(in crate::cli) no_charts: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SubmitArguments {
    /// The folder of a plan
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: PathBuf,
    /// For which engine; the script goes to standard output
    #[arg(long, value_enum, value_name = "ENGINE")]
    pub(in crate::cli) print: Engine,
    /// Number of shares [default: one a block, at most 16]
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    pub(in crate::cli) shards: Option<u64>,
    /// Cores of each share
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(in crate::cli) cpus: u16,
}

/// What runs the shares of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Engine {
    /// An array job of Slurm.
    Slurm,
    /// GNU parallel.
    Parallel,
    /// HyperQueue, by its Python package.
    Hyperqueue,
    /// Ray.
    Ray,
    /// An indexed job of Kubernetes.
    Kubernetes,
}
