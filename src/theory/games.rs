//! Zero-sum games, and where functions vanish, without a formula of their own.

/// The value of a 2×2 zero-sum game to the row player and the probability of
/// the first row.
///
/// A saddle point if there is one, else the mixed solution (von Neumann 1928).
pub fn two_by_two([[a, b], [c, d]]: [[f64; 2]; 2]) -> (f64, f64) {
    let maximin = a.min(b).max(c.min(d));
    let minimax = a.max(c).min(b.max(d));
    if maximin >= minimax {
        return (maximin, if a.min(b) >= c.min(d) { 1.0 } else { 0.0 });
    }
    let whole = a + d - b - c;
    ((a * d - b * c) / whole, (d - c) / whole)
}

/// Where a falling function of [0, 1] crosses 0, by bisection.
pub(super) fn root(f: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if f(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The value of a zero-sum matrix game to the row player, by the simplex method
/// on max Σx subject to A·x ≤ 1 (Dantzig 1951). All payoffs must be positive:
/// add a constant where they are not.
pub fn matrix_game(payoffs: &[Vec<f64>]) -> f64 {
    let rows = payoffs.len();
    let columns = payoffs.first().map_or(0, Vec::len);
    // Columns, slack variables, right side; the objective is the last row.
    let width = columns + rows + 1;
    let mut tableau = vec![vec![0.0; width]; rows + 1];
    for (i, row) in payoffs.iter().enumerate() {
        tableau[i][..columns].copy_from_slice(row);
        tableau[i][columns + i] = 1.0;
        tableau[i][width - 1] = 1.0;
    }
    for x in &mut tableau[rows][..columns] {
        *x = -1.0;
    }
    for _ in 0..20 * (rows + columns) {
        let objective = &tableau[rows][..width - 1];
        let Some((enter, _)) = objective
            .iter()
            .enumerate()
            .filter(|(_, cost)| **cost < -1e-12)
            .min_by(|a, b| a.1.total_cmp(b.1))
        else {
            break;
        };
        let Some((leave, _)) = (0..rows)
            .filter(|i| tableau[*i][enter] > 1e-12)
            .map(|i| (i, tableau[i][width - 1] / tableau[i][enter]))
            .min_by(|a, b| a.1.total_cmp(&b.1))
        else {
            break;
        };
        let pivot = tableau[leave][enter];
        for x in &mut tableau[leave] {
            *x /= pivot;
        }
        let row = tableau[leave].clone();
        for (i, other) in tableau.iter_mut().enumerate() {
            let factor = other[enter];
            if i != leave && factor != 0.0 {
                for (x, y) in other.iter_mut().zip(&row) {
                    *x -= factor * y;
                }
            }
        }
    }
    1.0 / tableau[rows][width - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn games_with_known_values() {
        // Matching pennies, a saddle, and rock–paper–scissors with 1 added.
        assert_eq!(two_by_two([[1.0, -1.0], [-1.0, 1.0]]), (0.0, 0.5));
        assert_eq!(two_by_two([[3.0, 2.0], [1.0, 0.0]]), (2.0, 1.0));
        let rps = vec![vec![1.0, 0.0, 2.0], vec![2.0, 1.0, 0.0], vec![0.0, 2.0, 1.0]];
        assert!((matrix_game(&rps) - 1.0).abs() < 1e-12);
        // 2×2 by both.
        let (value, _) = two_by_two([[1.0, 4.0], [3.0, 2.0]]);
        let same = matrix_game(&[vec![1.0, 4.0], vec![3.0, 2.0]]);
        assert!((value - same).abs() < 1e-12);
    }
}
