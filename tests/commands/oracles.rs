//! `verify` has no failing row, and no row has gone missing.

use std::collections::{BTreeMap, BTreeSet};

use disengage::verify::{By, Effort, rows};

/// Rows by section: how many in all, how many by the engine.
const SECTIONS: [(&str, usize, usize); 13] = [
    ("attrition", 12, 0),
    ("conduct", 97, 50),
    ("delay and staleness", 24, 15),
    ("durability", 3, 0),
    ("geodesy", 9, 0),
    ("incidents and ladders", 13, 11),
    ("inspection games", 58, 0),
    ("monitors of the engine", 21, 21),
    ("sampling a stock", 6, 0),
    ("search and detection", 14, 0),
    ("sensitivity", 21, 0),
    ("statistics", 18, 6),
    ("trust and reciprocity", 47, 14),
];

/// The wrong methods that are shown to be wrong.
const REFUSED: [&str; 3] = ["one-minus-km", "one-minus-km-engine", "one-minus-km-estimated"];

#[test]
fn every_oracle_is_there_and_passes() {
    let rows = rows(Effort::Quick);
    let failing: Vec<String> = rows
        .iter()
        .filter(|row| !row.passes())
        .map(|row| format!("{}: {} for {}, {:?}", row.id, row.computed, row.expected, row.allowed))
        .collect();
    assert!(failing.is_empty(), "{}", failing.join("\n"));

    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in &rows {
        let count = counts.entry(row.section).or_default();
        count.0 += 1;
        count.1 += usize::from(row.by == By::Engine);
        assert!(!row.what.is_empty() && !row.source.is_empty(), "{}", row.id);
    }
    let counts: Vec<(&str, usize, usize)> =
        counts.into_iter().map(|(name, (all, engine))| (name, all, engine)).collect();
    assert_eq!(counts, SECTIONS);

    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), rows.len(), "two rows of one name");
    let refused: BTreeSet<&str> =
        rows.iter().filter(|row| row.right.is_some()).map(|row| row.id.as_str()).collect();
    assert_eq!(refused, BTreeSet::from(REFUSED));
}

#[test]
fn the_command_prints_the_table_for_editors() {
    let out = assert_cmd::Command::cargo_bin("disengage")
        .unwrap()
        .args(["verify", "--quick", "--format", "json"])
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    let table: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let table = table.as_array().unwrap();
    assert_eq!(table.len(), SECTIONS.iter().map(|it| it.1).sum::<usize>());
    assert!(table.iter().all(|row| row["pass"] == true && row["expected"].is_number()));
}
