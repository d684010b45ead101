//! Which share of the spread comes from what the file leaves open: the table `twins`.

use std::path::Path;

use disengage::experiment::First;
use disengage::record::TwinRow;
use disengage::scenario::load_text;
use disengage::store;

use crate::program::{TEACHING, files, here, read, says};

/// A party of one force that gives up `value` by going back, of which `strength` is known
/// so well.
fn scenario(value: &str, strength: &str) -> String {
    format!(
        r#"schema = 2
title = "Twins"
time = {{ start = 2030-01-01, end = 2030-01-31 }}
[[line]]
id = "line"
positive_toward = "far"
points = [{{ lat = 0.0, lon = -32.0 }}, {{ lat = 0.0, lon = -28.0 }}]
[[site]]
id = "far"
lat = 2.0
lon = -30.0
[[site]]
id = "home"
lat = 0.05
lon = -30.0
[[party]]
id = "reds"
lasting = 1
[[force]]
id = "brigade"
flag = "reds"
at = "home"
strength = {strength}
mobility_km_per_day = 1000
withdraws_to = ["far"]
[[clause]]
id = "pullback"
kind = "keep-distance"
binds = ["reds"]
from = "line"
min_km = 40
[[conduct]]
id = "decides"
party = "reds"
kind = "quantal-response"
review_days = 10
value = {value}
"#
    )
}

/// The rows of such a scenario from 200 pairs.
fn rows(value: &str, strength: &str) -> Vec<TwinRow> {
    let text = scenario(value, strength);
    let model = load_text("twins", "twins.toml", text, None, &[]).unwrap().model;
    First::again(&model, 5, 1000).twins(&model, 5, 0)
}

fn share(rows: &[TwinRow], outcome: &str) -> disengage::stats::Interval {
    TwinRow::find(rows, "pullback", outcome, "true").unwrap().share
}

#[test]
fn a_spread_is_the_files_or_chance_or_both() {
    const RANGE: &str = "{ uniform = [90, 110] }";
    // The file decides whether it goes.
    let all = rows("{ choice = [-60, 60] }", "100");
    for outcome in ["compliance", "kept_at_end", "days_to_first_kept"] {
        let it = share(&all, outcome);
        assert!((it.estimate - 1.0).abs() < 1e-9 && it.low > 0.95, "{outcome}: {it:?}");
    }
    // What the file leaves open changes nothing.
    let none = rows("0", RANGE);
    for outcome in ["compliance", "kept_at_end"] {
        let it = share(&none, outcome);
        assert!(it.low < 0.0 && it.high > 0.0, "{outcome}: {it:?}");
        // Three standard errors of a correlation of 0 in 200 pairs.
        assert!(it.estimate.abs() < 3.0 / 200_f64.sqrt(), "{outcome}: {it:?}");
    }
    // Both: logistic(±2) of either half; (p₁ − p₀)²/4 ÷ ¼ = tanh²(1).
    let some = share(&rows("{ choice = [-2, 2] }", "100"), "kept_at_end");
    let expected = libm::tanh(1.0) * libm::tanh(1.0);
    assert!((some.estimate - expected).abs() < 3.0 * 0.06, "{some:?} for {expected}");
    assert!(some.low < expected && expected < some.high, "{some:?} for {expected}");
    assert!(some.low > 0.3 && some.high < 0.8, "{some:?}");
    // Nothing varies, or nothing is left open.
    let still = rows("60", RANGE);
    assert!(TwinRow::find(&still, "pullback", "kept_at_end", "true").unwrap().shown().is_none());
    assert!(rows("0", "100").is_empty());
}

#[test]
fn twins_change_no_other_number_and_are_found_again() {
    let here = here();
    let here = here.path();
    let run = |to: &str, n: &str, more: &[&str]| {
        let first = ["run", TEACHING, "-n", n, "--no-charts", "-o", to];
        says(here, &[&first[..], more].concat(), 0)
    };
    let said = run("with", "250", &["-j", "1"]);
    assert!(said.contains("what the file leaves open"), "{said}");
    assert!(said.contains("From 200 replicates and their twins"), "{said}");
    let bare = run("without", "250", &["-j", "2", "--no-twins"]);
    assert!(!bare.contains("leaves open"), "{bare}");
    let strip = |folder: &str| {
        let mut all = files(&here.join(folder));
        all.remove(Path::new("manifest.json")).unwrap();
        all
    };
    let (with, mut without) = (strip("with"), strip("without"));
    for name in ["twins.csv", "twins.parquet"] {
        assert!(!without.contains_key(Path::new(name)));
        without.insert(name.into(), with[Path::new(name)].clone());
    }
    assert_eq!(with, without, "twins change another table");

    // A folder that has none gets them later, the same bytes from two threads, and is whole.
    assert!(!run("without", "250", &["--no-twins"]).contains("leaves open"));
    let later = run("without", "250", &["-j", "2"]);
    assert!(later.contains("found whole in") && later.contains("leaves open"), "{later}");
    assert_eq!(strip("without"), with);
    assert!(run("without", "250", &[]).contains("found whole in"));

    let rows: Vec<TwinRow> = store::read(&here.join("with")).unwrap();
    let strength = TwinRow::find(&rows, "", "compliance", "true").unwrap();
    assert_eq!((strength.pairs, strength.point), (200, 0));
    let few: Vec<TwinRow> = {
        run("few", "30", &[]);
        store::read(&here.join("few")).unwrap()
    };
    assert_eq!(TwinRow::find(&few, "", "compliance", "true").unwrap().pairs, 30);
    // So many replicates as a precision took have twins too.
    run("precise", "300", &["--precision", "0.5"]);
    let precise: Vec<TwinRow> = store::read(&here.join("precise")).unwrap();
    assert_eq!(TwinRow::find(&precise, "", "compliance", "true").unwrap(), strength);

    says(here, &["report", "with"], 0);
    let page = read(here, "with/report.html");
    assert!(page.contains("What the file leaves open, and chance"));
    assert!(page.contains("comes from what the file leaves open, the rest is chance."));
    let told = says(here, &["explain", "with"], 0);
    assert!(told.contains("comes from what the"), "{told}");
    says(here, &["report", "without", "--no-verify"], 0);
}

/// Nothing is left open, so nothing is said of it, and a plan runs no twins.
#[test]
fn a_file_of_numbers_alone_has_no_twins() {
    let here = here();
    let here = here.path();
    std::fs::write(here.join("still.toml"), scenario("0", "100")).unwrap();
    let run = ["run", "still.toml", "-n", "20", "--no-charts", "-o", "it"];
    assert!(!says(here, &run, 0).contains("leaves open"));
    assert!(says(here, &run, 0).contains("found whole in"));
    assert!(!here.join("it/twins.csv").exists());
    says(here, &["report", "it"], 0);
    assert!(!read(here, "it/report.html").contains("What the file leaves open, and chance"));

    let plan = ["plan", TEACHING, "-n", "20", "--vary", "clause.pullback.min_km=10,20", "-o"];
    says(here, &[&plan[..], &["parts"]].concat(), 0);
    for share in ["1/2", "2/2"] {
        says(here, &["run", "--plan", "parts", "--shard", share], 0);
    }
    says(here, &["merge", "parts", "--no-charts"], 0);
    assert!(!here.join("parts/twins.csv").exists());
    says(here, &["run", "--plan", "parts", "--no-twins"], 2);
}
