//! What several commands take.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// How results that are read back are held against their manifest.
#[derive(Debug, Clone, Copy, Args)]
pub(in crate::cli) struct Trust {
    /// Read results without holding them against the sizes and hashes of their manifest
    #[arg(long)]
    pub(in crate::cli) no_verify: bool,
}

/// Where the results of runs go, and how they are made.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Output {
    /// The result folder itself [default: output/<scenario>-<hash>]
    #[arg(short = 'o', long, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Threads [default: all cores]
    #[arg(short = 'j', long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(in crate::cli) jobs: Option<u16>,
    /// Replace an earlier result in the same folder
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Write no charts
    #[arg(long)]
    pub(in crate::cli) no_charts: bool,
}

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// For people.
    Text,
    /// For editors.
    Json,
}

/// What to do about runs that fail. They are rows of the results in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Fail {
    /// Nothing.
    Off,
    /// Run the others, then end with code 4.
    Slow,
    /// Begin no further block, and end with code 4.
    Fast,
}

/// That something large is meant.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(in crate::cli) struct Consent {
    /// Run even what looks too large: more than ten million points, a million things that
    /// happen in a replicate, 2 GiB a thread, or 24 hours in all
    #[arg(long)]
    pub(in crate::cli) yes: bool,
}
