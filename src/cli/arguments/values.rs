//! The words of options whose values belong to other rooms.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::chart::{Sheet, Theme};
use crate::experiment::Seeds;
use crate::scenario::Arrangement;

impl ValueEnum for Arrangement {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Grid, Self::Lhs, Self::Sobol, Self::Saltelli, Self::Morris, Self::OneAtATime]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
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
        Some(PossibleValue::new(self.word()).help(help))
    }
}

impl ValueEnum for Seeds {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Common, Self::Independent]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Common => "The same for every point, so that points differ by their terms alone",
            Self::Independent => "Each point has its own",
        };
        Some(PossibleValue::new(self.word()).help(help))
    }
}

impl ValueEnum for Theme {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Light, Self::Dark]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }))
    }
}

impl ValueEnum for Sheet {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Screen, Self::Slide, Self::Print]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (word, help) = match self {
            Self::Screen => ("screen", "As drawn, 960 pixels wide"),
            Self::Slide => ("slide", "1920 by 1080 pixels"),
            Self::Print => ("print", "180 mm wide, as PNG at 300 dots an inch"),
        };
        Some(PossibleValue::new(word).help(help))
    }
}
