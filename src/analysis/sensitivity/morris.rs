//! Elementary effects.

use super::sample::{Rest, Sample, SensitivityError, moments, noise, varies};
use crate::stats::{Draws, Interval, LEAST_TRAJECTORIES, RESAMPLES, Stream, percentiles};

/// The elementary effects of one parameter: changes of the outcome for a move along the
/// whole of its range, in the unit of the outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Their mean, μ: near 0 also where rises and falls cancel.
    pub mean: f64,
    /// The mean of their sizes, μ*, with its 95 % interval.
    pub size: Interval,
    /// Their standard deviation, σ: how much the effect depends on where the others
    /// stand, or bends.
    pub spread: f64,
    /// How many there are.
    pub n: usize,
}

/// A screening of all parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Screening {
    /// By parameter.
    pub effects: Vec<Effect>,
    /// The trajectories they rest on.
    pub rest: Rest,
}

/// Elementary effects of the mean outcome from trajectories of p + 1 points, each step
/// moving one parameter, with percentile intervals of μ* from 999 resamples of
/// trajectories.
///
/// An effect is the change of the outcome divided by the move as a share of the range,
/// as it was made (numbers that must be whole move by whole steps). A step that moves
/// nothing, which they can make, has no effect.
///
/// A trajectory in which a point has no outcome is left out whole.
///
/// Source: Morris, Technometrics 33(2), 1991; μ*: Campolongo, Cariboni, Saltelli,
/// Environmental Modelling & Software 22, 2007.
///
/// # Errors
/// If the points are no such trajectories, fewer than [`LEAST_TRAJECTORIES`] whole ones
/// are left, the outcome does not vary, or a parameter does not.
pub fn morris(sample: &Sample<'_>, draws: Draws) -> Result<Screening, SensitivityError> {
    let p = sample.parameters.len();
    let (kept, all) = sample.whole("trajectories", p + 1, LEAST_TRAJECTORIES)?;
    let used = kept.iter().flat_map(Clone::clone);
    varies(used.clone().map(|at| sample.means[at]))?;
    // By trajectory, then parameter.
    let each: Vec<Vec<Option<f64>>> =
        kept.iter().map(|points| effects(sample, points.clone())).collect::<Result<_, _>>()?;
    let stream = Stream::new("sensitivity-trajectories", &[]);
    let n = each.len();
    let mut effects = Vec::with_capacity(p);
    for column in 0..p {
        let own: Vec<Option<f64>> = each.iter().map(|it| it[column]).collect();
        let found: Vec<f64> = own.iter().flatten().copied().collect();
        if found.is_empty() {
            let name = sample.parameters[column].clone();
            return Err(SensitivityError::NeverVaries(name));
        }
        let mut sizes: Vec<f64> = (0..RESAMPLES)
            .filter_map(|resample| {
                let drawn = (0..n).filter_map(|at| {
                    own[(draws.uniform(stream, resample, at as u32) * n as f64) as usize]
                });
                let (sum, many) = drawn.fold((0.0, 0.0), |(s, m), it| (s + it.abs(), m + 1.0));
                (many > 0.0).then(|| sum / many)
            })
            .collect();
        let (mean, variance) = moments(found.iter().copied());
        let many = found.len() as f64;
        effects.push(Effect {
            mean,
            size: percentiles(moments(found.iter().map(|it| it.abs())).0, &mut sizes),
            spread: (variance * many / (many - 1.0)).sqrt(),
            n: found.len(),
        });
    }
    let (mean, variance) = moments(used.clone().map(|at| sample.means[at]));
    let noise = noise(used.map(|at| sample.variances[at]), variance);
    let rest = Rest { used: n, left_out: all - n, mean, variance, noise };
    Ok(Screening { effects, rest })
}

/// The effect of each parameter in one trajectory; none of one that did not move.
fn effects(
    sample: &Sample<'_>,
    points: std::ops::Range<usize>,
) -> Result<Vec<Option<f64>>, SensitivityError> {
    let mut found = vec![None; sample.parameters.len()];
    for at in points.start..points.end - 1 {
        let (from, to) = (&sample.positions[at], &sample.positions[at + 1]);
        let mut moved = (0..found.len()).filter(|it| from[*it] != to[*it]);
        let Some(own) = moved.next() else { continue };
        if moved.next().is_some() || found[own].is_some() {
            return Err(SensitivityError::NotTheDesign(format!(
                "from point {at} to {} more than one parameter moves, or one moves twice",
                at + 1
            )));
        }
        found[own] = Some((sample.means[at + 1] - sample.means[at]) / (to[own] - from[own]));
    }
    Ok(found)
}
