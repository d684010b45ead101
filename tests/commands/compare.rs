//! `compare` as a user meets it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::program::{TEACHING, disengage, ends};

/// Rows of a table by column.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

const VARY: &str = "--vary=clause.pullback.min_km,clause.pullback.target_km=15:20,20:30,25:35";

/// What `pairs` says is what pairing the rows of `runs` by hand gives, and the
/// interval is Student's of the differences.
#[test]
fn differences_are_those_of_the_same_replicates() {
    let here = tempfile::tempdir().unwrap();
    let here = here.path();
    let arguments = ["compare", TEACHING, VARY, "-n", "90", "-o", "out"];
    let said = ends(&disengage(here, &arguments), 0);
    assert!(said.contains("3 variants on the same N = 90 replicates, seed 1"));
    assert!(said.contains("true compliance lower by"), "{said}");
    let runs = rows(&here.join("out/runs.csv"));
    let of = |point: &str| -> Vec<f64> {
        let own = runs.iter().filter(|row| row["point"] == point && row["clause"] == "pullback");
        own.map(|row| number(row, "compliance_true_share")).collect()
    };
    let pairs = rows(&here.join("out/pairs.csv"));
    let points = rows(&here.join("out/points.csv"));
    for point in ["1", "2"] {
        let row = pairs
            .iter()
            .find(|row| {
                row["point"] == point
                    && row["clause"] == "pullback"
                    && row["outcome"] == "compliance"
                    && row["register"] == "true"
            })
            .unwrap();
        let differences: Vec<f64> = of(point).iter().zip(of("0")).map(|(b, a)| b - a).collect();
        let n = differences.len() as f64;
        assert_eq!(number(row, "pairs"), n);
        let mean = differences.iter().sum::<f64>() / n;
        let square = differences.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>();
        let error = (square / (n - 1.0) / n).sqrt();
        assert!((number(row, "difference") - mean).abs() < 1e-6);
        // Student's quantile with 89 degrees of freedom: 1.98698 for one comparison,
        // 2.28000 for two at once (R: qt(0.975, 89), qt(0.9875, 89)).
        for (column, t) in [("high", 1.986_98), ("simultaneous_high", 2.279_9)] {
            let half = number(row, column) - mean;
            assert!((half - t * error).abs() < 2e-3 * error, "{column}: {}", half / error);
        }
        assert_eq!(row["verdict"], "less");
        // The same in `points`, as a row of its own.
        let found = points.iter().find(|it| {
            it["point"] == point
                && it["clause"] == "pullback"
                && it["outcome"] == "compliance_minus_point_0"
                && it["register"] == "true"
        });
        assert_eq!(found.unwrap()["estimate"], row["difference"]);
    }
    for picture in ["difference.svg", "difference.png", "variants.svg", "variants.png"] {
        assert!(here.join("out/charts").join(picture).is_file());
    }
    // Found again, and drawn again, without a run.
    let again = ends(&disengage(here, &arguments), 0);
    assert!(again.contains("found whole in out"));
    ends(&disengage(here, &["chart", "out", "--kind", "difference"]), 0);
    let drawn = ends(&disengage(here, &["chart", "out", "--kind", "variants"]), 0);
    assert!(!drawn.contains("difference") && drawn.contains("variants.svg"));
    let said = ends(&disengage(here, &["chart", "out", "--contour", "0.5"]), 2);
    assert!(said.contains("is the result of compare"), "{said}");
    ends(&disengage(here, &["chart", "out", "--kind", "map"]), 2);
    // A damaged table is said, and nothing is drawn from it.
    std::fs::write(here.join("out/turns.parquet"), b"PAR1").unwrap();
    let said = ends(&disengage(here, &["chart", "out"]), 5);
    assert!(said.contains("turns.parquet: is not what was"), "{said}");
    let said = ends(&disengage(here, &["chart", "out", "--no-verify"]), 5);
    assert!(said.contains("turns.parquet: the table is damaged"), "{said}");
}

/// A file against itself: no pair differs, and nothing is said to.
#[test]
fn a_file_against_itself_shows_nothing() {
    let here = tempfile::tempdir().unwrap();
    let here = here.path();
    let text = std::fs::read_to_string(TEACHING).unwrap();
    std::fs::write(here.join("a.toml"), &text).unwrap();
    std::fs::write(here.join("b.toml"), &text).unwrap();
    let said = ends(&disengage(here, &["compare", "a.toml", "b.toml", "-n", "40", "-o", "out"]), 0);
    assert!(said.contains("b.toml: true compliance the same in every pair"), "{said}");
    for row in rows(&here.join("out/pairs.csv")) {
        assert_eq!(row["verdict"], "the same in every pair");
        assert_eq!(row["pairs_differing"], "0");
    }
}

/// Two files that differ are compared clause by clause, by the clauses' ids.
#[test]
fn two_files_are_compared_where_they_have_the_same_clauses() {
    let here = tempfile::tempdir().unwrap();
    let here = here.path();
    let text = std::fs::read_to_string(TEACHING).unwrap();
    let other = text
        .replace("min_km = 20", "min_km = 10")
        .replace("target_km = 30", "target_km = 12")
        .replace("title = \"Teaching: the river\"", "title = \"A nearer target\"");
    assert_ne!(text, other);
    std::fs::write(here.join("near.toml"), other).unwrap();
    let arguments = ["compare", TEACHING, "near.toml", "-n", "64", "-o", "out"];
    let said = ends(&disengage(here, &arguments), 0);
    assert!(said.contains("baseline: Teaching: the river"), "{said}");
    assert!(said.contains("completion likelier by"), "{said}");
}

/// More pairs keep the ones there are.
#[test]
fn pairs_are_added_to_a_comparison() {
    let here = tempfile::tempdir().unwrap();
    let here = here.path();
    ends(&disengage(here, &["compare", TEACHING, VARY, "-n", "64", "-o", "out"]), 0);
    ends(&disengage(here, &["extend", "out", "-n", "128"]), 0);
    ends(&disengage(here, &["run", "--plan", "out"]), 0);
    let said = ends(&disengage(here, &["merge", "out"]), 0);
    assert!(said.contains("N = 128 replicates"), "{said}");
    ends(&disengage(here, &["compare", TEACHING, VARY, "-n", "128", "-o", "whole"]), 0);
    let pairs = |folder: &str| std::fs::read(here.join(folder).join("pairs.csv")).unwrap();
    assert_eq!(pairs("out"), pairs("whole"));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let here = tempfile::tempdir().unwrap();
    let here = here.path();
    let one = "--vary=clause.pullback.min_km=20";
    for (arguments, words, code) in [
        (vec!["compare", TEACHING], "has no [[variant]]", 2),
        (vec!["compare", TEACHING, one], "compares with nothing", 2),
        (vec!["compare", TEACHING, TEACHING, one], "name one file", 2),
        (vec!["compare", TEACHING, "--vary", "clause.pullback.max_km=1,2"], "max_km", 2),
        (
            vec!["compare", TEACHING, "--vary", "clause.pullback.min_km=10..20"],
            "a grid needs one",
            2,
        ),
    ] {
        let said = ends(&disengage(here, &arguments), code);
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    assert!(!here.join("output").exists());
}
