//! The commands that read results back.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::shared::Trust;
use crate::chart::{Sheet, Theme};
use crate::results::{OutcomeName, Search};

/// Which outcome of a sweep a command is about.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct OutcomeArguments {
    /// Which outcome: compliance, completion, collapse, destruction of the whole run, or with
    /// --clause any that points.csv has for it
    #[arg(long, value_name = "OUTCOME", default_value = "compliance")]
    pub(in crate::cli) outcome: String,
    /// The clause it is of [default: the whole run]
    #[arg(long, value_name = "ID", default_value = "", hide_default_value = true)]
    pub(in crate::cli) clause: String,
    /// Its register: true, recorded or claimed
    #[arg(long, value_name = "REGISTER", default_value = "true")]
    pub(in crate::cli) register: String,
}

impl OutcomeArguments {
    /// The outcome by its names.
    pub(in crate::cli) fn name(&self) -> OutcomeName {
        OutcomeName {
            clause: self.clause.clone(),
            outcome: self.outcome.clone(),
            register: self.register.clone(),
        }
    }
}

/// Which result a command reads back.
#[derive(Debug, Args)]
pub(in crate::cli) struct ResultArguments {
    /// A result folder [default: the newest in output/]
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) trust: Trust,
}

/// What the folder of a sweep is called in the help of a command.
const SWEEP: &str = "The folder of a sweep [default: the newest in output/]";

#[derive(Debug, Args)]
#[command(mut_arg("folder", |folder| folder.help(SWEEP)))]
pub(in crate::cli) struct SensitivityArguments {
    #[command(flatten)]
    pub(in crate::cli) result: ResultArguments,
    #[command(flatten)]
    pub(in crate::cli) of: OutcomeArguments,
}

#[derive(Debug, Args)]
#[command(mut_arg("folder", |folder| folder.help(SWEEP)))]
#[command(group = clap::ArgGroup::new("beyond").required(true).args(["over", "under"]))]
pub(in crate::cli) struct DiscoverArguments {
    #[command(flatten)]
    pub(in crate::cli) result: ResultArguments,
    #[command(flatten)]
    pub(in crate::cli) of: OutcomeArguments,
    /// Points with a mean outcome over this are of interest: 0.5 or 50%, or days
    #[arg(long, value_name = "X")]
    pub(in crate::cli) over: Option<String>,
    /// Points with a mean outcome under this
    #[arg(long, value_name = "X")]
    pub(in crate::cli) under: Option<String>,
    /// How boxes are found
    #[arg(long, value_enum, default_value = "prim")]
    pub(in crate::cli) method: Search,
    /// The number of the box to tell [default: the best balanced]
    #[arg(long = "box", value_name = "K")]
    pub(in crate::cli) number: Option<usize>,
}

/// The format of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Picture {
    /// Scalable.
    Svg,
    /// Pixels.
    Png,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ChartArguments {
    #[command(flatten)]
    pub(in crate::cli) result: ResultArguments,
    /// One kind of chart [default: all that apply]
    #[arg(long)]
    pub(in crate::cli) kind: Option<String>,
    /// One format [default: both]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<Picture>,
    /// Of the heat map of a sweep: where the outcomes are this share, such as 0.8 or 80%
    /// [default: 50% where it lies within the outcomes]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(in crate::cli) contour: Option<f64>,
    /// Dark ink on white, or light ink on a dark sheet
    #[arg(long, value_enum, default_value = "light")]
    pub(in crate::cli) theme: Theme,
    /// What it is for
    #[arg(long, value_enum, default_value = "screen")]
    pub(in crate::cli) sheet: Sheet,
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
#[command(mut_arg("folder", |it| it.help("A result folder [default: the newest below output/]")))]
pub(in crate::cli) struct ReportArguments {
    #[command(flatten)]
    pub(in crate::cli) result: ResultArguments,
    /// Print the registers of one replicate instead, week by week, in the manner of a
    /// monitoring mission's reports
    #[arg(long)]
    pub(in crate::cli) text: bool,
    /// Which replicate to tell: a number, best, median or worst
    #[arg(long, value_name = "K", default_value = "median", requires = "text")]
    pub(in crate::cli) replicate: String,
    /// The week that holds this date alone
    #[arg(long, value_name = "DATE", requires = "text")]
    pub(in crate::cli) week: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArguments {
    #[command(flatten)]
    pub(in crate::cli) result: ResultArguments,
    /// Which replicate: its number, best, median or worst
    #[arg(long, default_value = "median", value_name = "K")]
    pub(in crate::cli) replicate: String,
    /// Only this clause
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) clause: Option<String>,
}
