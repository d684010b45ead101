//! What a choice costs at worst, over what is not known.

use std::collections::BTreeMap;

/// One choice of levers over all combinations of the uncertainties.
#[derive(Debug, Clone, PartialEq)]
pub struct Regret {
    /// The choice: a level for each lever.
    pub choice: Vec<String>,
    /// The mean outcome over the uncertainties, each combination counted alike.
    pub mean: f64,
    /// The least outcome.
    pub least: f64,
    /// The greatest regret: how much better the best choice does where this one falls
    /// farthest behind it.
    pub greatest: f64,
    /// Where that is: a level for each uncertainty.
    pub at: Vec<String>,
    /// The mean regret.
    pub mean_regret: f64,
}

/// The regret of each choice, in the order in which choices first appear; nothing
/// unless every choice stands under every combination of the uncertainties. More of
/// the outcome is better. `cells` are choice, combination and outcome.
///
/// Source: Savage, "The theory of statistical decision", JASA 46, 1951.
///
/// # Examples
/// ```
/// use disengage::analysis::regret;
/// let cell = |choice: &str, world: &str, outcome| (vec![choice.into()], vec![world.into()], outcome);
/// let rows = regret(&[
///     cell("bold", "calm", 0.9), cell("bold", "tense", 0.2),
///     cell("mild", "calm", 0.6), cell("mild", "tense", 0.5),
/// ]);
/// assert!((rows[0].greatest - 0.3).abs() < 1e-12 && rows[0].at == ["tense"]);
/// assert!((rows[1].greatest - 0.3).abs() < 1e-12 && rows[1].at == ["calm"]);
/// ```
pub fn regret(cells: &[(Vec<String>, Vec<String>, f64)]) -> Vec<Regret> {
    let mut choices: Vec<&Vec<String>> = Vec::new();
    let mut worlds: Vec<&Vec<String>> = Vec::new();
    let mut found: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (choice, world, outcome) in cells {
        let at = place(&mut choices, choice);
        let in_world = place(&mut worlds, world);
        if outcome.is_finite() {
            found.insert((at, in_world), *outcome);
        }
    }
    if found.len() != choices.len() * worlds.len() {
        return Vec::new();
    }
    let of = |choice: usize, world: usize| found.get(&(choice, world)).copied().unwrap_or(f64::NAN);
    let best = |world: usize| (0..choices.len()).map(|it| of(it, world)).fold(f64::MIN, f64::max);
    let bests: Vec<f64> = (0..worlds.len()).map(best).collect();
    let n = worlds.len() as f64;
    let rows = choices.iter().enumerate().map(|(choice, name)| {
        let outcomes: Vec<f64> = (0..worlds.len()).map(|world| of(choice, world)).collect();
        let regrets: Vec<f64> = bests.iter().zip(&outcomes).map(|(b, x)| b - x).collect();
        let mut worst = 0;
        for (world, regret) in regrets.iter().enumerate() {
            if *regret > regrets[worst] {
                worst = world;
            }
        }
        Regret {
            choice: (*name).clone(),
            mean: outcomes.iter().sum::<f64>() / n,
            least: outcomes.iter().copied().fold(f64::INFINITY, f64::min),
            greatest: regrets[worst],
            at: worlds[worst].clone(),
            mean_regret: regrets.iter().sum::<f64>() / n,
        }
    });
    rows.collect()
}

fn place<'a>(known: &mut Vec<&'a Vec<String>>, it: &'a Vec<String>) -> usize {
    known.iter().position(|known| *known == it).unwrap_or_else(|| {
        known.push(it);
        known.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(choice: &str, world: &str, outcome: f64) -> (Vec<String>, Vec<String>, f64) {
        (vec![choice.into()], vec![world.into()], outcome)
    }

    #[test]
    fn the_best_everywhere_has_no_regret_and_holes_have_no_answer() {
        let mut cells = vec![
            cell("a", "x", 0.5),
            cell("a", "y", 0.7),
            cell("b", "x", 0.4),
            cell("b", "y", 0.1),
        ];
        let rows = regret(&cells);
        assert_eq!((rows[0].greatest, rows[0].mean_regret), (0.0, 0.0));
        assert!((rows[1].greatest - 0.6).abs() < 1e-12);
        assert!((rows[1].mean_regret - 0.35).abs() < 1e-12);
        assert_eq!((rows[1].least, rows[1].at[0].as_str()), (0.1, "y"));
        cells.pop();
        assert!(regret(&cells).is_empty());
    }
}
