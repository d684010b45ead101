//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::outcome::OutcomeArguments;
use crate::chart::{Sheet, Theme};
use crate::experiment::Seeds;
use crate::scenario::Arrangement;

/// A scenario simulator of withdrawal agreements: who stands where, which
/// clauses are kept, what is only claimed, and what would change if a term
/// changed.
#[derive(Debug, Parser)]
#[command(name = "disengage", version, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The whole command line, for completions, the manual page and tests.
pub fn command() -> clap::Command {
    Arguments::command()
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read scenario files and report every mistake at its place
    Check(CheckArguments),
    /// Run a scenario many times; write tables and charts
    Run(RunArguments),
    /// Compare variants on common random numbers, pair by pair
    Compare(CompareArguments),
    /// Run a scenario at many points: other terms, other circumstances
    Sweep(SweepArguments),
    /// Plan a sweep for many workers; `run --plan`, `status`, `extend` and `merge` go on from it
    Plan(PlanArguments),
    /// Say how far a planned sweep is
    Status(StatusArguments),
    /// Add replicates or points to a planned sweep; what is done stays
    Extend(ExtendArguments),
    /// Merge the parts of a planned sweep into tables and charts
    Merge(MergeArguments),
    /// Print a script that runs a planned sweep on an engine: Slurm, GNU parallel, …
    Submit(SubmitArguments),
    /// Say which parameter of a sweep (design morris or saltelli) matters, and how much
    Sensitivity(SensitivityArguments),
    /// Say under which conditions an outcome of a sweep lies over or under a threshold
    Discover(DiscoverArguments),
    /// Draw the charts of a result folder again, without a new run
    Chart(ChartArguments),
    /// Write a report of a result folder: one HTML page to read, print and mail
    Report(ReportArguments),
    /// Tell in plain sentences why a replicate went as it did
    Explain(ExplainArguments),
    /// Hold the model against closed forms and published tables
    Verify(VerifyArguments),
    /// Write a commented scenario file to start from
    New(NewArguments),
    /// List the bundled scenarios
    List,
    /// Print the JSON Schema of scenario files
    Schema,
    /// Print a completion script for a shell
    Completions(CompletionsArguments),
    /// Print the manual page
    Man,
}

impl Command {
    /// Whether it writes results, and so has something to clear away when it is stopped.
    pub(super) fn writes(&self) -> bool {
        matches!(
            self,
            Self::Run(_)
                | Self::Compare(_)
                | Self::Sweep(_)
                | Self::Plan(_)
                | Self::Extend(_)
                | Self::Merge(_)
                | Self::Sensitivity(_)
                | Self::Discover(_)
                | Self::Chart(_)
                | Self::Report(_)
        )
    }
}

/// How results that are read back are held against their manifest.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Trust {
    /// Read results without holding them against the sizes and hashes of their manifest
    #[arg(long)]
    pub(super) no_verify: bool,
}

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For editors.
    Json,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Scenario files, or names of bundled scenarios
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<String>,
    /// How to print what is found
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct RunArguments {
    /// A scenario file, or the name of a bundled scenario
    #[arg(
        value_name = "FILE",
        required_unless_present = "plan",
        default_value = "",
        hide_default_value = true
    )]
    pub(super) file: String,
    /// Run blocks of a plan instead: the folder that `disengage plan` wrote
    #[arg(
        long,
        value_name = "DIR",
        conflicts_with_all = ["file", "replicates", "seed", "set", "output", "force", "no_charts", "yes"]
    )]
    pub(super) plan: Option<PathBuf>,
    #[command(flatten)]
    pub(super) share: ShareArguments,
    /// Number of replicates; with --precision at most so many
    #[arg(
        short = 'n',
        long,
        default_value_t = 1000,
        default_value_if("precision", clap::builder::ArgPredicate::IsPresent, "100000"),
        value_parser = clap::value_parser!(u64).range(1..=100_000_000)
    )]
    pub(super) replicates: u64,
    /// Run until the 95 % interval of an outcome is at most so wide
    #[arg(long, value_name = "WIDTH", conflicts_with = "plan")]
    pub(super) precision: Option<f64>,
    /// Which outcome: of the whole run (compliance, completion, collapse), or
    /// CLAUSE.OUTCOME as in points.csv
    #[arg(
        long = "of",
        value_name = "OUTCOME",
        requires = "precision",
        default_value = "compliance"
    )]
    pub(super) of: String,
    /// Master seed
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// Change a value of the file, such as clause.pullback.min_km=100
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(super) set: Vec<String>,
    /// The result folder itself [default: output/<scenario>-<hash>]
    #[arg(short = 'o', long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Threads [default: all cores]
    #[arg(short = 'j', long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) jobs: Option<u16>,
    /// Replace an earlier result in the same folder
    #[arg(long)]
    pub(super) force: bool,
    /// Write no charts
    #[arg(long)]
    pub(super) no_charts: bool,
    #[command(flatten)]
    pub(super) trust: Trust,
    #[command(flatten)]
    pub(super) consent: Consent,
}

/// Which blocks of a plan to run.
#[derive(Debug, Args)]
pub(super) struct ShareArguments {
    /// Of a plan: the k-th of n shares, k from 1 to n. With n alone, k is the array
    /// index of Slurm, HyperQueue, GNU parallel or Kubernetes
    #[arg(long, value_name = "K/N", requires = "plan")]
    pub(super) shard: Option<String>,
    /// Of a plan: share out only blocks that are not done yet
    #[arg(long, requires = "plan")]
    pub(super) missing: bool,
    /// What to do about runs that fail
    #[arg(long, value_enum, default_value = "slow")]
    pub(super) fail: Fail,
}

/// What to do about runs that fail. They are rows of the results in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Fail {
    /// Nothing.
    Off,
    /// Run the others, then end with code 4.
    Slow,
    /// Begin no further block, and end with code 4.
    Fast,
}

/// What is varied, and how often each point is run.
#[derive(Debug, Default, Args)]
pub(super) struct PointsArguments {
    /// Vary a value of the file: PATH=V1,V2, PATH=LOW..HIGH:STEP, PATH=LOW..HIGH
    /// with --design, or P,Q=40:50,70:80 for paths that move together
    #[arg(long = "vary", value_name = "PATH=VALUES")]
    pub(super) vary: Vec<String>,
    /// How points are chosen [default: grid, every combination]
    #[arg(long, value_enum)]
    pub(super) design: Option<Arrangement>,
    /// How many points, of lhs and sobol; of saltelli rows of p + 2 points (256, say), of
    /// morris trajectories of p + 1 (20, say), p parameters
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) points: Option<u32>,
    /// What is varied, and how, from the [experiment] table of a file of its own
    #[arg(long, value_name = "FILE", conflicts_with = "vary")]
    pub(super) experiment: Option<PathBuf>,
    /// Of saltelli: points for indices of second order too, 2p + 2 a row
    #[arg(long)]
    pub(super) second_order: bool,
    #[command(flatten)]
    pub(super) consent: Consent,
}

/// That something large is meant.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(super) struct Consent {
    /// Run even what looks too large: more than ten million points, a million things that
    /// happen in a replicate, 2 GiB a thread, or 24 hours in all
    #[arg(long)]
    pub(super) yes: bool,
}

/// A sweep, as planned.
#[derive(Debug, Args)]
pub(super) struct PlanArguments {
    /// A scenario file, or the name of a bundled scenario
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    #[command(flatten)]
    pub(super) points: PointsArguments,
    /// Number of replicates of each point
    #[arg(short = 'n', long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(super) replicates: u64,
    /// Master seed
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// Whether points share the seeds of their replicates
    #[arg(long, value_enum, default_value = "common")]
    pub(super) seeds: Seeds,
    /// Change a value of the file at every point
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(super) set: Vec<String>,
    /// The folder itself [default: output/<scenario>-<hash>]
    #[arg(short = 'o', long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Replace an earlier plan or result in the same folder
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
pub(super) struct SweepArguments {
    #[command(flatten)]
    pub(super) plan: PlanArguments,
    /// Threads [default: all cores]
    #[arg(short = 'j', long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) jobs: Option<u16>,
    /// Write no charts
    #[arg(long)]
    pub(super) no_charts: bool,
    /// What to do about runs that fail
    #[arg(long, value_enum, default_value = "slow")]
    pub(super) fail: Fail,
    #[command(flatten)]
    pub(super) trust: Trust,
}

#[derive(Debug, Args)]
pub(super) struct CompareArguments {
    /// Scenario files or bundled names, the first against each other; one alone
    /// against its [[variant]]s, or against what --vary makes of it
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<String>,
    /// Compare values of one file: PATH=V1,V2 or P,Q=40:50,70:80 for paths that move
    /// together; the first is the baseline
    #[arg(long = "vary", value_name = "PATH=VALUES")]
    pub(super) vary: Vec<String>,
    /// Number of pairs
    #[arg(short = 'n', long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(2..=100_000_000))]
    pub(super) replicates: u64,
    /// Master seed
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// Change a value of every variant
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(super) set: Vec<String>,
    /// The result folder itself [default: output/<scenario>-<hash>]
    #[arg(short = 'o', long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Threads [default: all cores]
    #[arg(short = 'j', long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) jobs: Option<u16>,
    /// Replace an earlier result in the same folder
    #[arg(long)]
    pub(super) force: bool,
    /// Write no charts
    #[arg(long)]
    pub(super) no_charts: bool,
    #[command(flatten)]
    pub(super) consent: Consent,
    /// What to do about runs that fail
    #[arg(long, value_enum, default_value = "slow")]
    pub(super) fail: Fail,
    #[command(flatten)]
    pub(super) trust: Trust,
}

#[derive(Debug, Args)]
pub(super) struct StatusArguments {
    /// The folder of a plan
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct ExtendArguments {
    /// The folder of a plan
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// So many replicates of each point in all
    #[arg(short = 'n', long, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(super) replicates: Option<u64>,
    #[command(flatten)]
    pub(super) points: PointsArguments,
}

#[derive(Debug, Args)]
pub(super) struct MergeArguments {
    /// The folder of a plan
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// Threads [default: all cores]
    #[arg(short = 'j', long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) jobs: Option<u16>,
    /// Write no charts
    #[arg(long)]
    pub(super) no_charts: bool,
}

#[derive(Debug, Args)]
pub(super) struct SubmitArguments {
    /// The folder of a plan
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// For which engine; the script goes to standard output
    #[arg(long, value_enum, value_name = "ENGINE")]
    pub(super) print: Engine,
    /// Number of shares [default: one a block, at most 16]
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) shards: Option<u64>,
    /// Cores of each share
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) cpus: u16,
}

/// What runs the shares of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Engine {
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

#[derive(Debug, Args)]
pub(super) struct SensitivityArguments {
    /// The folder of a sweep [default: the newest in output/]
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
    #[command(flatten)]
    pub(super) trust: Trust,
    #[command(flatten)]
    pub(super) of: OutcomeArguments,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("beyond").required(true).args(["over", "under"]))]
pub(super) struct DiscoverArguments {
    /// The folder of a sweep [default: the newest in output/]
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
    #[command(flatten)]
    pub(super) trust: Trust,
    #[command(flatten)]
    pub(super) of: OutcomeArguments,
    /// Points with a mean outcome over this are of interest: 0.5 or 50%, or days
    #[arg(long, value_name = "X")]
    pub(super) over: Option<String>,
    /// Points with a mean outcome under this
    #[arg(long, value_name = "X")]
    pub(super) under: Option<String>,
    /// How boxes are found
    #[arg(long, value_enum, default_value = "prim")]
    pub(super) method: Search,
    /// The number of the box to tell [default: the best balanced]
    #[arg(long = "box", value_name = "K")]
    pub(super) number: Option<usize>,
}

/// How boxes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Search {
    /// Peel a little off, step by step: the patient rule induction method.
    Prim,
    /// Split in two, three times at most: a regression tree.
    Tree,
}

impl ValueEnum for Arrangement {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Grid, Self::Lhs, Self::Sobol, Self::Saltelli, Self::Morris, Self::OneAtATime]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let help = match self {
            Self::Grid => "Every combination of the listed values",
            Self::Lhs => "A Latin hypercube, its columns nearly orthogonal",
            Self::Sobol => "A scrambled Sobol' sequence",
            Self::OneAtATime => {
                "The scenario as written, and each value or both ends of each range alone"
            }
            Self::Saltelli => "Rows for Sobol' indices: which share of the variance is whose",
            Self::Morris => "Trajectories for elementary effects: a first look at many parameters",
        };
        Some(clap::builder::PossibleValue::new(self.word()).help(help))
    }
}

impl ValueEnum for Seeds {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Common, Self::Independent]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let help = match self {
            Self::Common => "The same for every point, so that points differ by their terms alone",
            Self::Independent => "Each point has its own",
        };
        Some(clap::builder::PossibleValue::new(self.word()).help(help))
    }
}

impl ValueEnum for Theme {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Light, Self::Dark]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }))
    }
}

impl ValueEnum for Sheet {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Screen, Self::Slide, Self::Print]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (word, help) = match self {
            Self::Screen => ("screen", "As drawn, 960 pixels wide"),
            Self::Slide => ("slide", "1920 by 1080 pixels"),
            Self::Print => ("print", "180 mm wide, as PNG at 300 dots an inch"),
        };
        Some(clap::builder::PossibleValue::new(word).help(help))
    }
}

/// The format of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Picture {
    /// Scalable.
    Svg,
    /// Pixels.
    Png,
}

#[derive(Debug, Args)]
pub(super) struct ChartArguments {
    /// A result folder [default: the newest in output/]
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
    #[command(flatten)]
    pub(super) trust: Trust,
    /// One kind of chart [default: all that apply]
    #[arg(long)]
    pub(super) kind: Option<String>,
    /// One format [default: both]
    #[arg(long, value_enum)]
    pub(super) format: Option<Picture>,
    /// Of the heat map of a sweep: where the outcomes are this share, such as 0.8 or 80%
    /// [default: 50% where it lies within the outcomes]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(super) contour: Option<f64>,
    /// Dark ink on white, or light ink on a dark sheet
    #[arg(long, value_enum, default_value = "light")]
    pub(super) theme: Theme,
    /// What it is for
    #[arg(long, value_enum, default_value = "screen")]
    pub(super) sheet: Sheet,
}

/// A share between 0 and 1, or in per cent.
fn share(text: &str) -> Result<f64, String> {
    let (number, scale) = match text.trim().strip_suffix('%') {
        Some(number) => (number.trim_end(), 100.0),
        None => (text.trim(), 1.0),
    };
    let share = number.parse::<f64>().ok().map(|it| it / scale);
    share.filter(|it| *it > 0.0 && *it < 1.0).ok_or_else(|| {
        let hint = match number.parse::<f64>() {
            Ok(it) if scale == 1.0 && (2.0..100.0).contains(&it) => {
                format!(" (did you mean {it}%?)")
            }
            _ => String::new(),
        };
        format!("a share lies between 0 and 1, such as 0.8 or 80%{hint}")
    })
}

#[derive(Debug, Args)]
pub(super) struct ReportArguments {
    /// A result folder [default: the newest below output/]
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
    #[command(flatten)]
    pub(super) trust: Trust,
    /// Print the registers of one replicate instead, week by week, in the manner of a
    /// monitoring mission's reports
    #[arg(long)]
    pub(super) text: bool,
    /// Which replicate to tell: a number, best, median or worst
    #[arg(long, value_name = "K", default_value = "median", requires = "text")]
    pub(super) replicate: String,
    /// The week that holds this date alone
    #[arg(long, value_name = "DATE", requires = "text")]
    pub(super) week: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// A result folder [default: the newest in output/]
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
    #[command(flatten)]
    pub(super) trust: Trust,
    /// Which replicate: its number, best, median or worst
    #[arg(long, default_value = "median", value_name = "K")]
    pub(super) replicate: String,
    /// Only this clause
    #[arg(long, value_name = "ID")]
    pub(super) clause: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// How to print the table
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: Format,
    /// An eighth of the runs, with wider tolerances
    #[arg(long)]
    pub(super) quick: bool,
}

#[derive(Debug, Args)]
pub(super) struct NewArguments {
    /// The file to write
    #[arg(value_name = "FILE", default_value = "scenario.toml")]
    pub(super) file: PathBuf,
    /// Replace the file if it is there
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}
