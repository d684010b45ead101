//! Indices of variance.

use super::sample::{Rest, Sample, SensitivityError, moments, noise, varies};
use crate::stats::{Draws, Interval, LEAST_ROWS, RESAMPLES, Saltelli, Stream, percentiles};

/// Which share of the variance over points each parameter accounts for.
#[derive(Debug, Clone, PartialEq)]
pub struct Indices {
    /// By parameter: the share that goes when it alone becomes known.
    pub first: Vec<Interval>,
    /// By parameter: the share that stays when all others become known.
    pub total: Vec<Interval>,
    /// The share of two parameters acting together, beyond each alone; empty unless
    /// the design has points for it.
    pub second: Vec<(usize, usize, Interval)>,
    /// By parameter: the correlation of its place on its range with the outcome.
    pub trend: Vec<f64>,
    /// The rows of the base sample that all of this rests on.
    pub rest: Rest,
}

/// One row: the outcomes at A, at B, at A with one coordinate from B, and at B with one
/// from A.
struct Row<'a> {
    a: f64,
    b: f64,
    ab: &'a [f64],
    ba: &'a [f64],
}

/// Sobol' indices of the mean outcome from the points of [`Saltelli`], with 95 %
/// percentile intervals from 999 resamples of whole rows.
///
/// With outcomes centred on the mean of all points, V the variance over A and B
/// together, and means over rows: first order B·(AB − A) / V (Saltelli et al.,
/// Computer Physics Communications 181, 2010, table 2 (b)); total (A − AB)² / 2V
/// (Jansen, the same 117, 1999; table 2 (f)); second order (BAᵢ·ABⱼ − A·B) / V less
/// both first orders (Saltelli 2002). An estimate may fall below 0 or above 1 by
/// chance; it is not cut off.
///
/// A row in which a point has no outcome is left out whole: nothing is imputed.
///
/// # Errors
/// If the points are not such a design, fewer than [`LEAST_ROWS`] whole rows are left,
/// the outcome does not vary, or a parameter does not.
pub fn sobol(
    sample: &Sample<'_>,
    second_order: bool,
    draws: Draws,
) -> Result<Indices, SensitivityError> {
    let p = sample.parameters.len();
    let per_row = Saltelli::per_row(p, second_order);
    let (kept, all) = sample.whole("rows", per_row, LEAST_ROWS)?;
    let whole = kept.iter().flat_map(|row| &sample.means[row.clone()]);
    let centre = moments(whole.copied()).0;
    let centred: Vec<f64> = sample.means.iter().map(|it| it - centre).collect();
    let rows: Vec<Row<'_>> = kept
        .iter()
        .map(|row| {
            let points = &centred[row.clone()];
            Row {
                a: points[0],
                b: points[per_row - 1],
                ab: &points[1..=p],
                ba: &points[p + 1..per_row - 1],
            }
        })
        .collect();
    let ends = rows.iter().flat_map(|row| [row.a, row.b]);
    varies(ends.clone().map(|it| it + centre))?;
    let (mean, variance) = moments(ends);
    let of_ends = kept.iter().flat_map(|row| [row.start, row.end - 1]);
    let trend = (0..p)
        .map(|column| {
            let place = |at: usize| sample.positions[at][column];
            let (middle, spread) = moments(of_ends.clone().map(place));
            let together = of_ends.clone().map(|at| (place(at) - middle) * centred[at]);
            moments(together).0 / (spread * variance).sqrt()
        })
        .collect();
    let own = estimates(&rows, p, second_order);
    let stream = Stream::new("sensitivity-rows", &[]);
    let mut resampled: Vec<Vec<f64>> = vec![Vec::with_capacity(RESAMPLES as usize); own.len()];
    let n = rows.len();
    for resample in 0..RESAMPLES {
        let drawn: Vec<&Row<'_>> = (0..n)
            .map(|at| &rows[(draws.uniform(stream, resample, at as u32) * n as f64) as usize])
            .collect();
        for (values, value) in resampled.iter_mut().zip(estimates(&drawn, p, second_order)) {
            if value.is_finite() {
                values.push(value);
            }
        }
    }
    let intervals: Vec<Interval> = own
        .into_iter()
        .zip(&mut resampled)
        .map(|(estimate, values)| percentiles(estimate, values))
        .collect();
    let pairs = pairs(p).zip(&intervals[2 * p..]);
    Ok(Indices {
        first: intervals[..p].to_vec(),
        total: intervals[p..2 * p].to_vec(),
        second: pairs.map(|((a, b), it)| (a, b, *it)).collect(),
        trend,
        rest: Rest {
            used: n,
            left_out: all - n,
            mean: mean + centre,
            variance,
            noise: noise(of_ends.map(|at| sample.variances[at]), variance),
        },
    })
}

/// Each two of so many parameters.
fn pairs(p: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..p).flat_map(move |a| (a + 1..p).map(move |b| (a, b)))
}

/// First orders, totals, and second orders if there are points for them.
fn estimates<'r, 'a: 'r, R: std::borrow::Borrow<Row<'a>>>(
    rows: &'r [R],
    p: usize,
    second_order: bool,
) -> Vec<f64> {
    let each = || rows.iter().map(std::borrow::Borrow::borrow);
    let n = rows.len() as f64;
    let (_, variance) = moments(each().flat_map(|row| [row.a, row.b]));
    let mean = |of: &dyn Fn(&Row<'_>) -> f64| each().map(of).sum::<f64>() / n / variance;
    let first = (0..p).map(|j| mean(&|row| row.b * (row.ab[j] - row.a)));
    let total = (0..p).map(|j| 0.5 * mean(&|row| (row.a - row.ab[j]) * (row.a - row.ab[j])));
    let mut all: Vec<f64> = first.chain(total).collect();
    if second_order {
        for (i, j) in pairs(p) {
            let both = mean(&|row| row.ba[i] * row.ab[j] - row.a * row.b);
            all.push(both - all[i] - all[j]);
        }
    }
    all
}
