//! The points that indices are had from.

use std::ops::Range;

/// What indices rest on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    /// Rows of the base sample, or trajectories.
    pub used: usize,
    /// Those left out because a point has no outcome.
    pub left_out: usize,
    /// Mean outcome over the points of the base sample.
    pub mean: f64,
    /// Its variance over them.
    pub variance: f64,
    /// The mean variance of the points' means as a share of that: with independent seeds so
    /// much of it is chance, with common seeds at most so much.
    pub noise: f64,
}

/// The points of a design and what came out there.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    /// What each parameter is called.
    pub parameters: &'a [String],
    /// By point, then parameter: where on its range its value lies, 0 to 1.
    pub positions: &'a [Vec<f64>],
    /// By point: the mean outcome over replicates; NaN where it has none, or runs
    /// failed.
    pub means: &'a [f64],
    /// By point: the variance of that mean; NaN where it is not known.
    pub variances: &'a [f64],
}

/// Why there are no indices.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SensitivityError {
    /// Points that do not belong to the design.
    #[error("the points are not those of the design: {0}")]
    NotTheDesign(String),
    /// Too few whole rows or trajectories.
    #[error(
        "{left} whole {what} are left of {all}, and fewer than {least} say nothing: add points (disengage extend DIR --points M), or see in `runs` why runs failed"
    )]
    TooFew {
        /// Rows or trajectories.
        what: &'static str,
        /// Without a failed point.
        left: usize,
        /// In all.
        all: usize,
        /// At least needed.
        least: usize,
    },
    /// No variance to share out.
    #[error(
        "the outcome is the same at every point ({0}), so nothing can be said to move it: choose another outcome, or wider ranges"
    )]
    Constant(String),
    /// A parameter with one value.
    #[error(
        "`{0}` has one value at every point, so no index of it means anything: leave it out of the design, or give it a range"
    )]
    NeverVaries(String),
}

impl Sample<'_> {
    /// The points of each row or trajectory (`what`) of `per` points in which every point has
    /// an outcome; and how many there are in all.
    ///
    /// # Errors
    /// If the points are not such a design, a parameter does not vary, or fewer than `least`
    /// are left.
    pub(super) fn whole(
        &self,
        what: &'static str,
        per: usize,
        least: usize,
    ) -> Result<(Vec<Range<usize>>, usize), SensitivityError> {
        self.check()?;
        let n = self.means.len();
        if self.parameters.is_empty() || n == 0 || !n.is_multiple_of(per) {
            let why = format!("{n} points are not {what} of {per}");
            return Err(SensitivityError::NotTheDesign(why));
        }
        let each = (0..n).step_by(per).map(|at| at..at + per);
        let kept = each.filter(|it| self.means[it.clone()].iter().all(|mean| mean.is_finite()));
        let (kept, all) = (kept.collect::<Vec<_>>(), n / per);
        if kept.len() < least {
            return Err(SensitivityError::TooFew { what, left: kept.len(), all, least });
        }
        Ok((kept, all))
    }

    /// Whether everything has the same number of points, and each parameter varies.
    fn check(&self) -> Result<(), SensitivityError> {
        let n = self.means.len();
        let p = self.parameters.len();
        if self.positions.len() != n
            || self.variances.len() != n
            || self.positions.iter().any(|it| it.len() != p)
        {
            return Err(SensitivityError::NotTheDesign(format!(
                "{n} outcomes, {} points",
                self.positions.len()
            )));
        }
        for (column, name) in self.parameters.iter().enumerate() {
            let first = self.positions.first().map(|it| it[column]);
            if self.positions.iter().all(|it| Some(it[column]) == first) {
                return Err(SensitivityError::NeverVaries(name.clone()));
            }
        }
        Ok(())
    }
}

/// Refuses outcomes that do not vary but by rounding.
pub(super) fn varies(outcomes: impl Iterator<Item = f64> + Clone) -> Result<(), SensitivityError> {
    let least = outcomes.clone().fold(f64::INFINITY, f64::min);
    let most = outcomes.fold(f64::NEG_INFINITY, f64::max);
    if most - least > 1e-12 * most.abs().max(least.abs()) {
        Ok(())
    } else {
        Err(SensitivityError::Constant(format!("{least}")))
    }
}

/// Mean and variance (of the values themselves, not as a sample of more).
pub(super) fn moments(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    let square: f64 = values.map(|x| (x - mean) * (x - mean)).sum();
    (mean, square / n)
}

/// The mean variance of points' means as a share of the variance over points; NaN
/// where a variance is not known.
///
/// With independent seeds so much of the variance over points is chance. With common
/// seeds chance moves all points together, and this is the most that it can be.
pub(super) fn noise(variances: impl Iterator<Item = f64> + Clone, over_points: f64) -> f64 {
    moments(variances).0 / over_points
}
