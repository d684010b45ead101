//! Sensitivity and discovery beside other programs on the same data, and beside closed
//! forms. `fixtures/sensitivity/make.py` made the data and says by which versions.

use disengage::analysis::{
    CHANCE, Cases, Prim, Sample, SensitivityError, Side, Values, morris, prim, sobol, tree,
};
use disengage::stats::{Draws, LEAST_TRAJECTORIES, Saltelli, Stream, Trajectories};
use serde_json::Value;

use crate::program::{here, read, says};

fn expected() -> Value {
    serde_json::from_str(include_str!("../fixtures/sensitivity/expected.json")).unwrap()
}

fn numbers(of: &Value) -> Vec<f64> {
    of.as_array().unwrap().iter().map(|it| it.as_f64().unwrap()).collect()
}

/// Heads and rows of a table.
fn table(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect());
    (lines.next().unwrap(), lines.collect())
}

struct Read {
    names: Vec<String>,
    positions: Vec<Vec<f64>>,
    means: Vec<f64>,
    variances: Vec<f64>,
}

impl Read {
    fn of(text: &str) -> Self {
        let (mut names, rows) = table(text);
        names.pop();
        let rows: Vec<Vec<f64>> =
            rows.iter().map(|row| row.iter().map(|it| it.parse().unwrap()).collect()).collect();
        Self {
            positions: rows.iter().map(|row| row[..names.len()].to_vec()).collect(),
            means: rows.iter().map(|row| row[names.len()]).collect(),
            variances: vec![0.0; rows.len()],
            names,
        }
    }

    /// Of a function over the points of a design.
    fn made(
        p: usize,
        points: u64,
        at: impl Fn(u64, usize) -> f64,
        of: impl Fn(&[f64]) -> f64,
    ) -> Self {
        let positions: Vec<Vec<f64>> =
            (0..points).map(|point| (0..p).map(|c| at(point, c)).collect()).collect();
        Self {
            names: (1..=p).map(|it| format!("x{it}")).collect(),
            means: positions.iter().map(|x| of(x)).collect(),
            variances: vec![0.0; positions.len()],
            positions,
        }
    }

    fn sample(&self) -> Sample<'_> {
        Sample {
            parameters: &self.names,
            positions: &self.positions,
            means: &self.means,
            variances: &self.variances,
        }
    }
}

fn near(what: &str, found: &[f64], expected: &[f64], within: f64) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= within, "{what}: {found} {expected}");
    }
}

fn draws() -> Draws {
    Draws::new(1, 0)
}

/// Indices to 1e-9; intervals are another bootstrap (percentiles, not 1.96 standard
/// deviations), so their widths only to a third.
#[test]
fn sobol_indices_are_those_of_salib() {
    let read = Read::of(include_str!("../fixtures/sensitivity/sobol.csv"));
    let found = sobol(&read.sample(), true, draws()).unwrap();
    let salib = &expected()["sobol"];
    let estimates = |of: &[disengage::stats::Interval]| -> Vec<f64> {
        of.iter().map(|it| it.estimate).collect()
    };
    near("first", &estimates(&found.first), &numbers(&salib["first"]), 1e-9);
    near("total", &estimates(&found.total), &numbers(&salib["total"]), 1e-9);
    let second: Vec<f64> = found.second.iter().map(|it| it.2.estimate).collect();
    near("second", &second, &numbers(&salib["second"]), 1e-9);
    for (own, conf) in [(&found.first, "first_conf"), (&found.total, "total_conf")] {
        for (own, theirs) in own.iter().zip(numbers(&salib[conf])) {
            let half = (own.high - own.low) / 2.0;
            assert!((half / theirs - 1.0).abs() < 0.33, "{conf}: {half} {theirs}");
        }
    }
    assert_eq!((found.rest.used, found.rest.left_out), (64, 0));
}

#[test]
fn elementary_effects_are_those_of_salib() {
    let read = Read::of(include_str!("../fixtures/sensitivity/morris.csv"));
    let found = morris(&read.sample(), draws()).unwrap();
    let salib = &expected()["morris"];
    let of = |value: &dyn Fn(&disengage::analysis::Effect) -> f64| -> Vec<f64> {
        found.effects.iter().map(value).collect()
    };
    near("mu", &of(&|it| it.mean), &numbers(&salib["mu"]), 1e-9);
    near("mu*", &of(&|it| it.size.estimate), &numbers(&salib["mu_star"]), 1e-9);
    near("sigma", &of(&|it| it.spread), &numbers(&salib["sigma"]), 1e-9);
    for (effect, theirs) in found.effects.iter().zip(numbers(&salib["mu_star_conf"])) {
        let half = (effect.size.high - effect.size.low) / 2.0;
        assert!((half / theirs - 1.0).abs() < 0.33, "{half} {theirs}");
    }
    assert_eq!((found.rest.used, found.effects[0].n), (20, 20));
}

struct Discovery {
    names: Vec<String>,
    values: Vec<Values>,
    of_interest: Vec<bool>,
}

const WORDS: [&str; 4] = ["a", "b", "c", "d"];

fn discovery(with_words: bool) -> Discovery {
    let (mut names, rows) = table(include_str!("../fixtures/sensitivity/discovery.csv"));
    let of_interest = rows.iter().map(|row| row[6] == "1").collect();
    let column =
        |at: usize| Values::Numbers(rows.iter().map(|row| row[at].parse().unwrap()).collect());
    let mut values: Vec<Values> = (0..5).map(column).collect();
    names.truncate(5);
    if with_words {
        let word = |row: &Vec<String>| WORDS.iter().position(|it| *it == row[5]).unwrap();
        values.push(Values::Words(rows.iter().map(word).collect(), WORDS.len()));
        names.push("word".into());
    }
    Discovery { names, values, of_interest }
}

/// The same boxes step by step, limits, coverage, density and all. Where a box is
/// restricted at one side alone, quasi p-values are the same too: theirs are by side.
#[test]
fn prim_goes_the_way_of_the_ema_workbench() {
    for (key, with_words) in [("prim_numbers", false), ("prim_words", true)] {
        let it = discovery(with_words);
        let cases = Cases { values: &it.values, of_interest: &it.of_interest };
        let found = prim(&cases, Prim::default()).unwrap();
        let theirs = &expected()[key];
        let boxes = theirs["boxes"].as_array().unwrap();
        assert_eq!(found.boxes.len(), boxes.len(), "{key}");
        for (own, other) in found.boxes.iter().zip(boxes) {
            let number = |name: &str| other[name].as_f64().unwrap();
            assert_eq!((own.points as f64, own.hits as f64), (number("n"), number("k")));
            let mine = [own.coverage(&cases), own.density(), own.mass(&cases)];
            near(key, &mine, &["coverage", "density", "mass"].map(number), 1e-12);
            // Where pasting took in the last points beyond a limit, theirs stays at the
            // value of the last point and ours is gone: the same points either way.
            assert!(own.restricted() as f64 <= number("restricted"), "{key}");
            for (at, name) in it.names.iter().enumerate() {
                let side = &other["sides"][name];
                match &own.sides[at] {
                    Side::Free => {}
                    Side::Between(low, high) => {
                        let limits = numbers(side);
                        assert!(low.is_none_or(|low| (low - limits[0]).abs() < 1e-12), "{name}");
                        assert!(high.is_none_or(|high| (high - limits[1]).abs() < 1e-12), "{name}");
                    }
                    Side::Among(words) => {
                        let named = WORDS.iter().zip(words).filter(|(_, own)| **own);
                        let named: Vec<&str> = named.map(|it| *it.0).collect();
                        let theirs: Vec<&str> = side
                            .as_array()
                            .unwrap()
                            .iter()
                            .map(|it| it.as_str().unwrap())
                            .collect();
                        assert_eq!(named, theirs);
                    }
                }
            }
        }
        // Quasi p-values of their last box, with its very limits.
        let (all, last) = (&boxes[0]["sides"], &boxes[boxes.len() - 1]["sides"]);
        let side = |(name, values): (&String, &Values)| match values {
            Values::Numbers(_) => {
                let (free, own) = (numbers(&all[name]), numbers(&last[name]));
                let limit = |at: usize| (own[at] != free[at]).then_some(own[at]);
                Side::Between(limit(0), limit(1))
            }
            Values::Words(..) => {
                let own = last[name].as_array().unwrap();
                Side::Among(WORDS.map(|word| own.iter().any(|it| it == word)).to_vec())
            }
        };
        let sides = it.names.iter().zip(&it.values).map(side).collect();
        let region = cases.region(sides);
        let mut compared = 0;
        for (at, name) in it.names.iter().enumerate() {
            let quasi = theirs["quasi_p"].get(name).map(numbers);
            match quasi.as_deref() {
                None => assert_eq!(region.quasi_p(&cases, at), 1.0),
                Some([one, other]) if one.min(*other) < 0.0 => {
                    let p = region.quasi_p(&cases, at);
                    assert!((p - one.max(*other)).abs() < 1e-12, "{name}: {p} {quasi:?}");
                    compared += 1;
                }
                _ => {}
            }
        }
        assert!(compared >= 2, "{key}");
    }
}

#[test]
fn a_tree_has_the_leaves_of_scikit_learn() {
    let it = discovery(false);
    let cases = Cases { values: &it.values, of_interest: &it.of_interest };
    let leaves = tree(&cases, 3, 20).unwrap();
    let mut own: Vec<Vec<f64>> =
        leaves.iter().map(|it| vec![it.points as f64, it.hits as f64]).collect();
    own.sort_by(|a, b| a.partial_cmp(b).unwrap());
    let theirs: Vec<Vec<f64>> =
        expected()["tree"].as_array().unwrap().iter().map(numbers).collect();
    assert_eq!(own, theirs);
    assert!(leaves.windows(2).all(|pair| pair[0].density() >= pair[1].density()));
    assert_eq!(leaves.iter().map(|it| it.points).sum::<usize>(), cases.len());
}

#[test]
fn a_tree_parts_words_by_their_shares() {
    let it = discovery(true);
    let word = it.values[5].clone();
    let cases = Cases { values: &[word], of_interest: &it.of_interest };
    let leaves = tree(&cases, 1, 20).unwrap();
    assert_eq!(leaves[0].sides, [Side::Among(vec![true, false, true, false])]);
    assert_eq!(leaves.len(), 2);
}

/// y = x₁ + 2 x₂ + 0 x₃: elementary effects are the slopes, each time; shares of
/// variance 1/5, 4/5 and 0, with no interaction.
#[test]
fn a_linear_model_is_its_slopes() {
    let of = |x: &[f64]| x[0] + 2.0 * x[1];
    let names = ["x1", "x2", "x3"];
    let it = Trajectories::new(&names, draws());
    let read = Read::made(3, 40, |point, column| it.at(point, column), of);
    let found = morris(&read.sample(), draws()).unwrap();
    for (effect, slope) in found.effects.iter().zip([1.0, 2.0, 0.0]) {
        near(
            "effect",
            &[effect.mean, effect.size.estimate, effect.spread],
            &[slope, slope, 0.0],
            1e-12,
        );
        near("interval", &[effect.size.low, effect.size.high], &[slope; 2], 1e-12);
    }
    let it = Saltelli::new(&names, false, draws()).unwrap();
    let read = Read::made(3, 512 * 5, |point, column| it.at(point, column), of);
    let found = sobol(&read.sample(), false, draws()).unwrap();
    for (at, share) in [0.2, 0.8, 0.0].into_iter().enumerate() {
        let (first, total) = (&found.first[at], &found.total[at]);
        near("linear", &[first.estimate, total.estimate], &[share; 2], 0.03);
        assert!(first.low <= share && share <= first.high, "{first:?}");
    }
    assert_eq!((found.total[2].estimate, found.total[2].high), (0.0, 0.0));
}

/// Sobol' G with a = 0, 1, 4.5, 9, 99 × 4: Vᵢ = 1 / 3(1 + aᵢ)², V = ∏(1 + Vᵢ) − 1.
#[test]
fn the_g_function_has_its_indices() {
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
    let of = |x: &[f64]| -> f64 {
        x.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
    };
    let own = a.map(|a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let product: f64 = own.iter().map(|v| 1.0 + v).product();
    let variance = product - 1.0;
    let names: Vec<String> = (1..=8).map(|it| format!("x{it}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let it = Saltelli::new(&names, false, draws()).unwrap();
    let read = Read::made(8, 1024 * 10, |point, column| it.at(point, column), of);
    let found = sobol(&read.sample(), false, draws()).unwrap();
    for (at, v) in own.into_iter().enumerate() {
        let (first, total) = (v / variance, v * product / (1.0 + v) / variance);
        near("first", &[found.first[at].estimate], &[first], 0.03);
        near("total", &[found.total[at].estimate], &[total], 0.03);
        let interval = &found.total[at];
        assert!(interval.low <= total * 1.02 && total * 0.98 <= interval.high, "{at} {interval:?}");
    }
}

/// The interval of an index covers it in 95 % of samples: of 100, 88 to 100.
#[test]
fn intervals_cover() {
    let of = |x: &[f64]| x[0] + x[0] * x[1];
    // V₁ = 9/48, V₂ = 1/48, V₁₂ = 1/144.
    let (v1, v2, v12) = (9.0 / 48.0, 1.0 / 48.0, 1.0 / 144.0);
    let v = v1 + v2 + v12;
    let truth = [(v1 / v, true), ((v2 + v12) / v, false)];
    let mut covered = [0; 2];
    let samples = 100;
    for seed in 0..samples {
        // Independent points, for which the bootstrap is meant.
        let draws = Draws::new(seed, 1);
        let coordinate = |point: u64, column: usize| {
            let (row, place) = (point / 4, point % 4);
            let from_b = place == 3 || place == 1 + column as u64;
            let stream = Stream::new("x", &[&format!("{column} {from_b}")]);
            draws.uniform(stream, row as u32, 0)
        };
        let read = Read::made(2, 128 * 4, coordinate, of);
        let found = sobol(&read.sample(), false, draws).unwrap();
        for (at, (truth, first)) in truth.into_iter().enumerate() {
            let it = if first { &found.first[0] } else { &found.total[1] };
            covered[at] += u32::from(it.low <= truth && truth <= it.high);
        }
    }
    assert!(covered.iter().all(|it| (88..=100).contains(it)), "{covered:?}");
}

#[test]
fn rows_with_a_failed_point_are_left_out_whole() {
    let names = ["x1", "x2"];
    let it = Saltelli::new(&names, false, draws()).unwrap();
    let of = |x: &[f64]| x[0] + x[1] * x[1];
    let at = |point: u64, column: usize| it.at(point, column);
    let whole = Read::made(2, 64 * 4, at, of);
    let mut holed = Read::made(2, 65 * 4, at, of);
    holed.means[64 * 4 + 2] = f64::NAN;
    let (a, b) = (sobol(&whole.sample(), false, draws()), sobol(&holed.sample(), false, draws()));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!((&a.first, &a.total, a.rest.used), (&b.first, &b.total, b.rest.used));
    assert_eq!((a.rest.left_out, b.rest.left_out), (0, 1));

    let it = Trajectories::new(&names, draws());
    let mut read = Read::made(2, 3 * 12, |point, column| it.at(point, column), of);
    read.means[4] = f64::NAN;
    let found = morris(&read.sample(), draws()).unwrap();
    assert_eq!((found.rest.used, found.rest.left_out), (11, 1));
    read.means[..27].fill(f64::NAN);
    let error = morris(&read.sample(), draws()).unwrap_err();
    let SensitivityError::TooFew { left, least, .. } = error else { panic!("{error}") };
    assert_eq!((left, least), (3, LEAST_TRAJECTORIES));
}

#[test]
fn the_noise_of_replication_is_its_share_of_the_variance() {
    let it = Saltelli::new(&["x1"], false, draws()).unwrap();
    let mut read = Read::made(1, 256 * 3, |point, column| it.at(point, column), |x| x[0]);
    // A quarter of the variance of a uniform number.
    read.variances.fill(1.0 / 48.0);
    let found = sobol(&read.sample(), false, draws()).unwrap();
    assert!((found.rest.noise - 0.25).abs() < 0.005, "{}", found.rest.noise);
}

#[test]
fn what_means_nothing_is_refused() {
    let it = Saltelli::new(&["x1", "x2"], false, draws()).unwrap();
    let at = |point: u64, column: usize| it.at(point, column);
    let constant = Read::made(2, 64 * 4, at, |_| 0.3);
    let refused = |read: &Read| sobol(&read.sample(), false, draws()).unwrap_err();
    assert!(matches!(refused(&constant), SensitivityError::Constant(_)));
    let fixed = Read::made(2, 64 * 4, |p, c| if c == 1 { 0.5 } else { at(p, c) }, |x| x[0]);
    assert_eq!(refused(&fixed), SensitivityError::NeverVaries("x2".into()));
    let odd = Read::made(2, 64 * 4 + 1, at, |x| x[0]);
    assert!(matches!(refused(&odd), SensitivityError::NotTheDesign(_)));
    let few = Read::made(2, 16 * 4, at, |x| x[0]);
    assert!(matches!(refused(&few), SensitivityError::TooFew { .. }));
    let wrong = morris(&Read::made(2, 60, at, |x| x[0]).sample(), draws()).unwrap_err();
    assert!(matches!(wrong, SensitivityError::NotTheDesign(_)), "{wrong}");
}

/// A planted box is found, and of two parameters without meaning none is significant.
#[test]
fn a_planted_box_is_found() {
    let draws = Draws::new(3, 0);
    let n = 600;
    let column = |name: &str| -> Vec<f64> {
        (0..n).map(|at| draws.uniform(Stream::new("x", &[name]), at, 0)).collect()
    };
    let (a, b, c) = (column("a"), column("b"), column("c"));
    let of_interest: Vec<bool> = a.iter().zip(&b).map(|(a, b)| *a > 0.6 && *b < 0.5).collect();
    let values = [a, b, c].map(Values::Numbers);
    let cases = Cases { values: &values, of_interest: &of_interest };
    let found = prim(&cases, Prim::default()).unwrap();
    let best = &found.boxes[found.best(&cases)];
    assert!(best.density() > 0.9 && best.coverage(&cases) > 0.9, "{best:?}");
    let Side::Between(Some(low), None) = best.sides[0] else { panic!("{best:?}") };
    let Side::Between(None, Some(high)) = best.sides[1] else { panic!("{best:?}") };
    assert!((low - 0.6).abs() < 0.03 && (high - 0.5).abs() < 0.03, "{best:?}");
    assert!(best.quasi_p(&cases, 0) < 1e-6 && best.quasi_p(&cases, 2) > 0.05);
    // A box cut at random in the third parameter too loses that cut, and only that.
    let mut sides = best.sides.clone();
    sides[2] = Side::Between(Some(0.1), None);
    let sure = cases.region(sides).without_chance(&cases);
    assert_eq!(sure.restricted(), 2);
    assert!(sure.sides[2].is_free() && sure.quasi_p(&cases, 1) <= CHANCE);
    let leaves = tree(&cases, 3, 30).unwrap();
    assert!(leaves[0].density() > 0.95 && leaves[0].coverage(&cases) > 0.95);
}

const VARY: [&str; 6] = [
    "--vary",
    "clause.pullback.min_km=5..25",
    "--vary",
    "conduct.north.pressure=0.1..1.5",
    "--vary",
    "conduct.north.review_days=7..40",
];

fn with<'a>(first: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [first, &VARY, more].concat()
}

/// One command sweeps and ranks; in shares, merged, it comes to the same bytes; more
/// trajectories keep every part.
#[test]
fn a_sweep_of_trajectories_ends_with_a_ranking() {
    let here = here();
    let here = here.path();
    let design = ["--design", "morris", "--points", "6", "-n", "6"];
    let whole = with(&["sweep", "teaching", "-o", "whole"], &design);
    let said = says(here, &whole, 0);
    for words in [
        "morris: 6 trajectories of 3 + 1 points = 24 points, × 6 replicates = 144 runs",
        "1  pullback: min    lever",
        "Noise of replication is at most",
        "disengage discover whole --outcome compliance --under",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert!(here.join("whole/charts/morris.svg").exists());
    says(here, &with(&["plan", "teaching", "-o", "parts"], &design), 0);
    for shard in ["1/2", "2/2"] {
        says(here, &["run", "--plan", "parts", "--shard", shard], 0);
    }
    says(here, &["merge", "parts"], 0);
    for name in ["sensitivity.csv", "points.csv", "parameters.csv"] {
        let (a, b) = (read(&here.join("whole"), name), read(&here.join("parts"), name));
        assert_eq!(a, b, "{name}");
    }
    // Two of the new points are where old ones were.
    let said = says(here, &["extend", "parts", "--points", "8"], 0);
    assert!(said.contains("32 points") && said.contains("26 of them done"), "{said}");
    // The table of fewer trajectories does not outlive the merge of more.
    says(here, &["run", "--plan", "parts"], 0);
    says(here, &["merge", "parts", "--no-charts"], 0);
    let header_and_rows = read(&here.join("parts"), "sensitivity.csv");
    assert!(header_and_rows.lines().nth(1).unwrap().contains(",8,0,"), "{header_and_rows}");
}

#[test]
fn a_sweep_of_rows_gives_shares_a_box_and_a_tree() {
    let here = here();
    let here = here.path();
    let design =
        ["--design", "saltelli", "--points", "32", "-n", "4", "--second-order", "-o", "it"];
    let said = says(here, &with(&["sweep", "teaching"], &design), 0);
    assert!(said.contains("32 rows of 2 × 3 + 2 points = 256 points"), "{said}");
    assert!(said.contains("two together, beyond each alone"), "{said}");
    let said =
        says(here, &["sensitivity", "it", "--clause", "pullback", "--register", "recorded"], 0);
    assert!(
        said.contains("what moves recorded compliance with “Keep 20 to 30 km off the river”"),
        "{said}"
    );
    says(here, &["chart", "it", "--kind", "sensitivity"], 0);
    for method in ["prim", "tree"] {
        let said = says(here, &["discover", "it", "--under", "50%", "--method", method], 0);
        assert!(said.contains("pullback: min over 1"), "{said}");
        let whole: Vec<&str> = said.split_whitespace().collect();
        assert!(whole.join(" ").contains("of 3 parameters restricted"), "{said}");
        let boxes = read(&here.join("it"), "boxes.csv");
        assert!(boxes.starts_with("box,chosen,points,points_of_interest,coverage,density,mass"));
        assert!(boxes.lines().any(|it| it.contains("clause.pullback.min_km")), "{boxes}");
    }
    assert!(here.join("it/charts/discover.png").exists());
    let said = says(here, &["discover", "it", "--under", "50%", "--box", "0"], 0);
    assert!(said.contains("No box is denser than all points together"), "{said}");
    for (more, words) in [
        (vec!["--under", "0"], "0 of 256 points are of interest"),
        (vec!["--over", "much"], "no number"),
        (vec!["--over", "50"], "between 0 and 1"),
        (vec!["--over", "1", "--under", "0"], "cannot be used with"),
        (vec![], "--over <X>|--under <X>"),
        (vec!["--under", "50%", "--box", "999"], "the boxes are numbered 0 to"),
        (vec!["--under", "50%", "--outcome", "complience"], "one of compliance"),
        (vec!["--under", "50%", "--clause", "x"], "one of pullback"),
    ] {
        let said = says(here, &[&["discover", "it"], &more[..]].concat(), 2);
        assert!(said.contains(words), "{words} in {said}");
    }
    let median = ["sensitivity", "it", "--clause", "pullback", "--outcome", "days_to_first_kept"];
    assert!(says(here, &median, 2).contains("is told by its median"));
}

#[test]
fn an_index_that_would_mean_nothing_is_refused() {
    let here = here();
    let here = here.path();
    let refused = |more: &[&str], words: &str| {
        let said = says(here, &[&["plan", "teaching", "-o", "no"], more].concat(), 2);
        assert!(said.contains(words), "{words} in {said}");
    };
    let km = "clause.pullback.min_km=5..25";
    let morris = ["--design", "morris", "--points"];
    refused(&[&["--vary", km], &morris[..], &["3"]].concat(), "take 4 or more (--points 20)");
    refused(
        &["--vary", km, "--design", "saltelli", "--points", "8"],
        "take 32 or more (--points 256)",
    );
    refused(&["--vary", km, "--design", "saltelli"], "needs a number of points");
    refused(
        &[&["--vary", "clause.pullback.min_km=5"], &morris[..], &["9"]].concat(),
        "has one value",
    );
    refused(
        &[&["--vary", "clause.pullback.bound_by=flag,commander"], &morris[..], &["9"]].concat(),
        "has values in no order (flag)",
    );
    refused(&["--vary", km, "--design", "lhs", "--points", "9", "--second-order"], "belongs to");

    // A folder of another design says what to type.
    let grid =
        ["--vary", "clause.pullback.min_km=5..25:10", "-n", "4", "-o", "grid", "--no-charts"];
    says(here, &[&["sweep", "teaching"], &grid[..]].concat(), 0);
    let said = says(here, &["sensitivity", "grid"], 2);
    let types = "disengage sweep teaching --vary clause.pullback.min_km=5,15,25 --design morris --points 20 -n 4";
    assert!(said.contains("are of the design grid") && said.contains(types), "{said}");
    let said = says(here, &["discover", "grid", "--under", "50%"], 2);
    assert!(said.contains("3 points have an outcome, and fewer than 40"), "{said}");
    says(here, &["run", "teaching", "-n", "3", "-o", "run", "--no-charts"], 0);
    let said = says(here, &["sensitivity", "run"], 2);
    assert!(said.contains("not of a sweep"), "{said}");
    assert!(says(here, &["sensitivity", "nowhere"], 5).contains("is no result folder"));

    // Nothing is shared out where nothing varies; the sweep itself is whole.
    let constant = ["--set", "conduct.north.pressure=90", "-n", "4", "-o", "same", "--no-charts"];
    let vary = [
        "--vary",
        "conduct.north.concealment_cost=0.2..0.3",
        "--design",
        "morris",
        "--points",
        "4",
    ];
    let said = says(here, &[&["sweep", "teaching"], &vary[..], &constant[..]].concat(), 0);
    assert!(said.contains("note: the outcome is the same at every point"), "{said}");
    assert!(!here.join("same/sensitivity.csv").exists());
    let said = says(here, &["sensitivity", "same"], 2);
    assert!(said.contains("choose another outcome, or wider ranges"), "{said}");
}

#[test]
fn an_experiment_can_be_a_file_of_its_own() {
    let here = here();
    let here = here.path();
    let write = |text: &str| std::fs::write(here.join("e.toml"), text).unwrap();
    let good = "[experiment]\ndesign = \"morris\"\npoints = 4\n[[experiment.lever]]\ntitle = \"distance asked for\"\n\
                paths = [\"clause.pullback.min_km\"]\nrange = [5, 25]\n\
                [[experiment.uncertainty]]\npaths = [\"conduct.north.pressure\"]\nrange = [0.1, 1.5]\n";
    write(good);
    let sweep =
        ["sweep", "teaching", "--experiment", "e.toml", "-n", "4", "-o", "it", "--no-charts"];
    let said = says(here, &sweep, 0);
    assert!(said.contains("1  distance asked for  lever"), "{said}");
    for (text, words) in [
        ("[experimnt]\n", "the file has no [experiment]"),
        (&good.replace("min_km", "min_kn"), "min_km"),
        (&good.replace("[5, 25]", "[5, 250000000]"), "e.toml:7"),
        (&good.replace("points = 4", "pionts = 4"), "pionts"),
        ("[experiment", "e.toml:1"),
    ] {
        write(text);
        let said = says(here, &sweep, 3);
        assert!(said.contains(words), "{words} in {said}");
    }
    says(here, &["sweep", "teaching", "--experiment", "nowhere.toml"], 3);
}

/// The file that the tutorial sweeps holds for the scenario it is written for.
#[test]
fn the_experiment_of_the_tutorial_holds() {
    let here = here();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/what-matters.toml");
    let plan = [
        "plan",
        "southwest-syria-2018",
        "--experiment",
        file,
        "--design",
        "morris",
        "--points",
        "4",
        "-n",
        "4",
        "-o",
        "it",
    ];
    let said = says(here.path(), &plan, 0);
    assert!(said.contains("4 trajectories of 14 + 1 points"), "{said}");
}
