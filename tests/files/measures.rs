//! The page of measures is the table that results are made by.

use std::collections::BTreeSet;

use disengage::record::{Measure, rows};
use disengage::scenario::{BUNDLED, load};

const PAGE: &str = include_str!("../../docs/measures.md");

#[test]
fn the_page_lists_every_measure_with_unit_and_register() {
    let mut table = String::from(
        "| subject | measure | unit | register | what it is |\n|---|---|---|---|---|\n",
    );
    for row in rows() {
        let (unit, register) = (row.unit_words(), row.register.word());
        table += &format!(
            "| {} | `{}` | {unit} | {register} | {} |\n",
            row.subject, row.name, row.about
        );
    }
    assert!(PAGE.contains(&table), "docs/measures.md must hold this table:\n{table}");
}

/// A row that no scenario ever gives occasion for is a mistake in its condition.
#[test]
fn every_measure_has_an_occasion() {
    let mut seen = BTreeSet::new();
    let names = BUNDLED.iter().map(|scenario| scenario.name);
    for name in names.chain(["scenarios/reference.toml"]) {
        for measure in Measure::all(&load(name, &[]).unwrap().model) {
            seen.insert((measure.subject_kind, measure.name, measure.register));
        }
    }
    let missing: Vec<_> = rows()
        .map(|row| (row.subject, row.name, row.register.word()))
        .filter(|row| !seen.contains(row))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
