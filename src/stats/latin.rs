//! Latin hypercubes with nearly orthogonal columns.

use super::draws::{Draws, Stream};

/// Passes over a column; more than a few change nothing.
const PASSES: usize = 10;
/// Orders a column is begun with, at most.
const STARTS: u32 = 64;
/// Columns with no greater correlation are nearly orthogonal.
const NEARLY: f64 = 0.03;

/// A Latin hypercube: in each column one point lies in each of `points` equal
/// parts of (0, 1).
#[derive(Debug, Clone, PartialEq)]
pub struct Latin {
    /// By column, then point.
    columns: Vec<Vec<f64>>,
    /// The greatest absolute correlation between the ranks of two columns; 0 with
    /// one column.
    pub correlation: f64,
}

impl Latin {
    /// A hypercube of so many points with a column for each name.
    ///
    /// A column begins as a random order of the parts. What of it the columns
    /// before explain is then taken away and the rest ranked again, which leaves
    /// correlations far below chance as long as there are more points than
    /// columns; the best pass is kept, and another order tried while a correlation
    /// is above 0.03. Within its part a point lies at random. A
    /// column's draws depend on its name, and a column on those before it alone:
    /// one more at the end changes none.
    ///
    /// Source: McKay, Beckman, Conover, Technometrics 21(2), 1979; Owen,
    /// "Controlling correlations in Latin hypercube samples", JASA 89, 1994.
    pub fn new(points: u32, names: &[&str], draws: Draws) -> Self {
        let n = points as usize;
        let mut ranks: Vec<Vec<usize>> = Vec::with_capacity(names.len());
        let mut correlation: f64 = 0.0;
        for name in names {
            let stream = Stream::new("latin", &[name]);
            let mut best = (f64::INFINITY, Vec::new());
            for start in 0..STARTS {
                let first = (0..points).map(|i| draws.uniform(stream, start, i));
                let it = nearly_orthogonal(ranked(&first.collect::<Vec<_>>()), &ranks);
                if it.0 < best.0 {
                    best = it;
                }
                // Where nothing can be taken away, one order is as good as another.
                if best.0 <= NEARLY || ranks.len() + 1 >= n {
                    break;
                }
            }
            correlation = correlation.max(best.0);
            ranks.push(best.1);
        }
        let columns = names.iter().zip(&ranks).map(|(name, column)| {
            let stream = Stream::new("latin-within", &[name]);
            let within = |part: usize| draws.uniform(stream, 0, part as u32);
            let place = |part: &usize| (*part as f64 + within(*part)) / n as f64;
            column.iter().map(place).collect()
        });
        Self { columns: columns.collect(), correlation }
    }

    /// A coordinate of a point.
    pub fn at(&self, point: usize, column: usize) -> f64 {
        self.columns[column][point]
    }
}

/// The column made nearly orthogonal to those before it, after the greatest
/// absolute correlation that is left.
fn nearly_orthogonal(first: Vec<usize>, before: &[Vec<usize>]) -> (f64, Vec<usize>) {
    let n = first.len();
    let worst = |column: &[usize]| {
        let each = before.iter().map(|other| product(column, other).abs());
        each.fold(0.0, f64::max) / squares(n)
    };
    let mut best = (worst(&first), first);
    // As many columns as points leave nothing of a new one.
    if before.len() + 1 < n {
        for _ in 0..PASSES {
            let mut rest: Vec<f64> = best.1.iter().map(|rank| centred(*rank, n)).collect();
            for other in before {
                let dot: f64 = rest.iter().zip(other).map(|(x, rank)| x * centred(*rank, n)).sum();
                let share = dot / squares(n);
                for (x, rank) in rest.iter_mut().zip(other) {
                    *x -= share * centred(*rank, n);
                }
            }
            let next = ranked(&rest);
            let left = worst(&next);
            if left >= best.0 {
                break;
            }
            best = (left, next);
        }
    }
    best
}

fn centred(rank: usize, n: usize) -> f64 {
    rank as f64 - (n as f64 - 1.0) / 2.0
}

/// The sum of squares of centred ranks.
fn squares(n: usize) -> f64 {
    let n = n as f64;
    (n * (n * n - 1.0) / 12.0).max(1.0)
}

fn product(a: &[usize], b: &[usize]) -> f64 {
    let n = a.len();
    let each = a.iter().zip(b);
    each.map(|(a, b)| centred(*a, n) * centred(*b, n)).sum()
}

/// The rank of each value; equal values in their order.
fn ranked(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0; values.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = rank;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_each_column_has_one_point() {
        for points in [1, 2, 5, 64] {
            let it = Latin::new(points, &["a", "b", "c"], Draws::new(1, 0));
            for column in 0..3 {
                let mut seen = vec![0; points as usize];
                for point in 0..points as usize {
                    seen[(it.at(point, column) * f64::from(points)) as usize] += 1;
                }
                assert!(seen.iter().all(|it| *it == 1), "{points} {seen:?}");
            }
        }
    }

    /// Seventeen points for seven columns: the tables of Cioppa and Lucas
    /// (Technometrics 49(1), 2007) call designs with correlations of at most 0.03
    /// nearly orthogonal; independent orders give about 0.5 here.
    #[test]
    fn columns_are_nearly_orthogonal() {
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        for (points, most) in [(17, 0.05), (33, 0.03), (129, 0.03)] {
            for seed in 0..5 {
                let it = Latin::new(points, &names, Draws::new(seed, 0));
                assert!(it.correlation < most, "{points}: {}", it.correlation);
            }
        }
    }

    #[test]
    fn one_more_column_changes_none() {
        let few = Latin::new(20, &["a", "b"], Draws::new(1, 0));
        let more = Latin::new(20, &["a", "b", "c"], Draws::new(1, 0));
        assert_eq!(few.columns[..], more.columns[..2]);
    }
}
