//! Sample points for indices of variance.

use super::draws::{Draws, Stream};
use super::sobol::{SOBOL_DIMENSIONS, Sobol};

/// Points for the first, total and, if asked, second-order indices of Sobol'.
///
/// Each row of the base sample is two independent points A and B of the unit cube,
/// the two halves of one point of a scrambled Sobol' sequence, and between them A with
/// one coordinate from B, for each coordinate; for second order also B with one from A.
/// A row is p + 2 points, or 2p + 2, in the order A, A with the first of B, …, (B with
/// the first of A, …,) B. Rows come one after the other: more of them change none.
///
/// Source: Saltelli, "Making best use of model evaluations to compute sensitivity
/// indices", Computer Physics Communications 145, 2002; Saltelli et al., "Variance
/// based sensitivity analysis of model output", the same 181, 2010.
#[derive(Debug, Clone)]
pub struct Saltelli {
    sobol: Sobol,
    draws: Draws,
    /// By coordinate: of A, of B.
    streams: Vec<[Stream; 2]>,
    second_order: bool,
}

/// Rows of the base sample below which indices say nothing.
pub const LEAST_ROWS: usize = 32;

/// Parameters there are numbers for.
pub const SALTELLI_PARAMETERS: usize = SOBOL_DIMENSIONS / 2;

impl Saltelli {
    /// A sample with a coordinate for each name; none if there are more names than
    /// [`SALTELLI_PARAMETERS`].
    pub fn new(names: &[&str], second_order: bool, draws: Draws) -> Option<Self> {
        let stream =
            |name: &&str| [["a", *name], ["b", *name]].map(|it| Stream::new("saltelli", &it));
        Some(Self {
            sobol: Sobol::new(2 * names.len())?,
            draws,
            streams: names.iter().map(stream).collect(),
            second_order,
        })
    }

    /// Points of a row.
    pub fn per_row(parameters: usize, second_order: bool) -> usize {
        if second_order { 2 * parameters + 2 } else { parameters + 2 }
    }

    /// A coordinate of a point.
    pub fn at(&self, point: u64, column: usize) -> f64 {
        let p = self.streams.len();
        let per_row = Self::per_row(p, self.second_order) as u64;
        let (row, place) = ((point / per_row) as u32, (point % per_row) as usize);
        let from_b = match place {
            0 => false,
            at if at <= p => at - 1 == column,
            at if at as u64 == per_row - 1 => true,
            at => at - 1 - p != column,
        };
        let half = usize::from(from_b);
        let dimension = column + half * p;
        let stream = self.streams[column][half];
        self.sobol.scrambled(row, dimension, self.draws, stream)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_takes_one_coordinate_from_the_other_point() {
        let names = ["x", "y", "z"];
        for second_order in [false, true] {
            let it = Saltelli::new(&names, second_order, Draws::new(1, 0)).unwrap();
            let per_row = Saltelli::per_row(3, second_order);
            assert_eq!(per_row, if second_order { 8 } else { 5 });
            for row in 0..20_u64 {
                let point = |place: usize| -> Vec<f64> {
                    (0..3)
                        .map(|column| it.at(row * per_row as u64 + place as u64, column))
                        .collect()
                };
                let (a, b) = (point(0), point(per_row - 1));
                assert!(a.iter().zip(&b).all(|(a, b)| a != b));
                for own in 0..3 {
                    let (mut ab, mut ba) = (a.clone(), b.clone());
                    (ab[own], ba[own]) = (b[own], a[own]);
                    assert_eq!(point(1 + own), ab);
                    if second_order {
                        assert_eq!(point(4 + own), ba);
                    }
                }
            }
        }
        let many: Vec<String> = (0..=SALTELLI_PARAMETERS).map(|it| it.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(Saltelli::new(&many, false, Draws::new(1, 0)).is_none());
    }

    /// Columns of A are the sequence itself: each of 2ᵏ parts has its point.
    #[test]
    fn both_points_are_evenly_spread() {
        let it = Saltelli::new(&["x", "y"], false, Draws::new(1, 0)).unwrap();
        for place in [0, 3] {
            for column in 0..2 {
                let mut seen = [0; 64];
                for row in 0..64 {
                    seen[(it.at(row * 4 + place, column) * 64.0) as usize] += 1;
                }
                assert!(seen.iter().all(|it| *it == 1), "{seen:?}");
            }
        }
    }
}
