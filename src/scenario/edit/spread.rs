//! How the values of a range are spread over it.

use serde::{Deserialize, Serialize};

use super::EditError;
use super::range::Scalar;
use crate::stats::{Distribution, normal_cdf};

/// How the values of a range of numbers are spread over it, where a design does not list them.
/// Numbers are kept as TOML writes them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spread {
    /// Evenly.
    #[default]
    Even,
    /// Evenly in the logarithm: as many between 1 and 10 as between 10 and 100.
    Log,
    /// Rising to a most likely value, and falling from it.
    Triangular {
        /// That value.
        mode: String,
    },
    /// Normal, cut to the range.
    Normal {
        /// Mean before the cut.
        mean: String,
        /// Standard deviation before the cut.
        sd: String,
    },
}

fn number(text: &str) -> f64 {
    Scalar::read(text).map_or(f64::NAN, Scalar::number)
}

impl Spread {
    /// Whether it is even.
    pub(crate) fn is_even(&self) -> bool {
        *self == Self::Even
    }

    /// Whether it can lie on a range.
    ///
    /// # Errors
    /// What it needs of the range, or of its own numbers.
    pub(super) fn judge(&self, low: f64, high: f64) -> Result<(), EditError> {
        let wrong = |why: String, help: &str| Err(EditError::new(why).with_help(help));
        match self {
            Self::Log if low <= 0.0 => wrong(
                format!("a logarithm needs a range above 0, and it begins at {low}"),
                "write a lower end above 0, or leave `spread` out",
            ),
            Self::Triangular { mode } if !(low..=high).contains(&number(mode)) => wrong(
                format!("the mode {mode} lies outside the range"),
                "write a mode between its ends",
            ),
            Self::Normal { sd, mean } if number(sd) <= 0.0 || !number(mean).is_finite() => wrong(
                format!("a normal spread of mean {mean} and sd {sd} is none"),
                "write numbers, and an sd above 0",
            ),
            _ => Ok(()),
        }
    }

    fn distribution(&self, low: f64, high: f64) -> Option<Distribution> {
        match self {
            Self::Log => None,
            Self::Even => Some(Distribution::Uniform { low, high }),
            Self::Triangular { mode } => {
                Some(Distribution::Triangular { low, mode: number(mode), high })
            }
            Self::Normal { mean, sd } => {
                let (mean, sd) = (number(mean), number(sd));
                Some(Distribution::Normal { mean, sd, low, high })
            }
        }
    }

    /// The value of a range below which a share of all lie.
    pub(super) fn value(&self, low: f64, high: f64, share: f64) -> f64 {
        match self.distribution(low, high) {
            // What was read back may be no range.
            _ if share <= 0.0 || low.is_nan() || high.is_nan() || low >= high => low,
            _ if share >= 1.0 => high,
            Some(it) => it.quantile(share).clamp(low, high),
            None => (low * libm::pow(high / low, share)).clamp(low, high),
        }
    }

    /// The share of all values that lie below one.
    pub(super) fn share(&self, low: f64, high: f64, x: f64) -> f64 {
        match self {
            Self::Even => (x - low) / (high - low),
            Self::Log => libm::log(x / low) / libm::log(high / low),
            Self::Triangular { mode } => {
                let (mode, width) = (number(mode), high - low);
                if x < mode {
                    (x - low) * (x - low) / (width * (mode - low))
                } else if high > mode {
                    1.0 - (high - x) * (high - x) / (width * (high - mode))
                } else {
                    1.0
                }
            }
            Self::Normal { mean, sd } => {
                let (mean, sd) = (number(mean), number(sd));
                let below = |x: f64| normal_cdf((x - mean) / sd);
                (below(x) - below(low)) / (below(high) - below(low))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_range_has_its_lower_end() {
        let normal = Spread::Normal { mean: "x".into(), sd: "0".into() };
        let triangular = Spread::Triangular { mode: "9".into() };
        for spread in [Spread::Even, Spread::Log, triangular, normal] {
            for (low, high) in [(5.0, 1.0), (2.0, 2.0), (f64::NAN, 1.0), (0.0, f64::NAN)] {
                let x = spread.value(low, high, 0.5);
                assert!(x == low || low.is_nan() && x.is_nan(), "{spread:?} {low} {high}");
            }
            // A spread that its range does not allow gives something, and no panic.
            spread.value(-1.0, 1.0, 0.5);
        }
    }

    #[test]
    fn shares_and_values_undo_each_other_and_the_ends_are_the_range() {
        let normal = Spread::Normal { mean: "30".into(), sd: "10".into() };
        let triangular = Spread::Triangular { mode: "20".into() };
        for spread in [Spread::Even, Spread::Log, triangular, normal] {
            for share in [0.0, 0.1, 0.5, 0.9, 1.0] {
                let x = spread.value(1.0, 100.0, share);
                assert!((spread.share(1.0, 100.0, x) - share).abs() < 1e-6, "{spread:?} {share}");
            }
            let ends = [0.0, 1.0].map(|share| spread.value(1.0, 100.0, share));
            assert!((ends[0] - 1.0).abs() < 1e-9 && (ends[1] - 100.0).abs() < 1e-9, "{spread:?}");
        }
        assert!((Spread::Log.value(1.0, 100.0, 0.5) - 10.0).abs() < 1e-9);
    }
}
