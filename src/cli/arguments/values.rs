//! The words of options whose values belong to other rooms.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::chart::{Sheet, Theme};
use crate::experiment::Seeds;
use crate::results::Search;
use crate::scenario::Arrangement;

/// Makes a type the values of an option: each of its kinds with its word and, if it has one,
/// its help.
macro_rules! values {
    ($type:ty: $($kind:ident = $word:expr $(=> $help:literal)?),+ $(,)?) => {
        impl ValueEnum for $type {
            fn value_variants<'a>() -> &'a [Self] {
                &[$(Self::$kind),+]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(match self {
                    $(Self::$kind => PossibleValue::new($word)$(.help($help))?,)+
                })
            }
        }
    };
}

values! { Arrangement:
    Grid = Self::Grid.word() => "Every combination of the listed values",
    Lhs = Self::Lhs.word() => "A Latin hypercube, its columns nearly orthogonal",
    Sobol = Self::Sobol.word() => "A scrambled Sobol' sequence",
    Saltelli = Self::Saltelli.word() =>
        "Rows for Sobol' indices: which share of the variance is whose",
    Morris = Self::Morris.word() =>
        "Trajectories for elementary effects: a first look at many parameters",
    OneAtATime = Self::OneAtATime.word() =>
        "The scenario as written, and each value or both ends of each range alone",
}

values! { Seeds:
    Common = Self::Common.word() =>
        "The same for every point, so that points differ by their terms alone",
    Independent = Self::Independent.word() => "Each point has its own",
}

values! { Theme: Light = "light", Dark = "dark" }

values! { Sheet:
    Screen = "screen" => "As drawn, 960 pixels wide",
    Slide = "slide" => "1920 by 1080 pixels",
    Print = "print" => "180 mm wide, as PNG at 300 dots an inch",
}

values! { Search:
    Prim = "prim" => "Peel a little off, step by step: the patient rule induction method",
    Tree = "tree" => "Split in two, three times at most: a regression tree",
}
