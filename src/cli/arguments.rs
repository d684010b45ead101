//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

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
    /// Draw the charts of a result folder again, without a new run
    Chart(ChartArguments),
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
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    /// Number of replicates
    #[arg(short = 'n', long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(super) replicates: u64,
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
    /// One kind of chart [default: all that apply]
    #[arg(long)]
    pub(super) kind: Option<String>,
    /// One format [default: both]
    #[arg(long, value_enum)]
    pub(super) format: Option<Picture>,
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
