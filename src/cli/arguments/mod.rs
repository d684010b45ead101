//! What can be said on the command line.

mod reading;
mod running;
mod shared;
mod values;

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand};

pub(super) use reading::{
    ChartArguments, DiscoverArguments, ExplainArguments, Picture, ReportArguments, ResultArguments,
    SensitivityArguments,
};
pub(super) use running::{
    CompareArguments, Engine, ExtendArguments, MergeArguments, PlanArguments, PointsArguments,
    RunArguments, StatusArguments, SubmitArguments, SweepArguments,
};
pub(super) use shared::{Consent, Fail, Format, Output, Trust};

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
        ) || matches!(self, Self::Check(it) if it.upgrade)
    }
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Scenario files, or names of bundled scenarios
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<String>,
    /// How to print what is found
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: Format,
    /// Say how far each force stands from each line at the start, and inside which areas
    #[arg(long, conflicts_with_all = ["format", "upgrade"])]
    pub(super) distances: bool,
    /// Convert files of an earlier format, say what changes, and check the result
    #[arg(long, conflicts_with = "format")]
    pub(super) upgrade: bool,
    /// With --upgrade: the file to write [default: NAME-schema-2.toml beside FILE]
    #[arg(short = 'o', long, value_name = "OUT", requires = "upgrade")]
    pub(super) output: Option<PathBuf>,
    /// With --upgrade: replace the file if it is there
    #[arg(long, requires = "upgrade")]
    pub(super) force: bool,
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
