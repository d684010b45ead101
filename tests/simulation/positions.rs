//! Bands and reach, by hand.

use crate::common::*;
use disengage::experiment::replicate;
use disengage::geo::{Position, distance_m};
use disengage::model::Model;
use disengage::record::{Aggregates, TurnRow};

fn recorded(comply: bool) -> (Model, Aggregates) {
    let order = if comply { "comply" } else { "defy" };
    let tables = [
        site("near", 20.0, 0.0),
        site("rear", 70.0, 0.0),
        parties(&["red", "blue"]),
        "[[weapon-class]]\nid = \"rocket\"\nrange_km = 30\n\
         [[weapon-class]]\nid = \"missile\"\nrange_km = 100\n"
            .to_owned(),
        force("a", "red", "near", "equipment = { rocket = 4, missile = 2 }"),
        force("b", "red", "rear", "strength = 300\nequipment = { missile = 6 }"),
        force("c", "blue", "near", "strength = 50"),
        keep("pullback", "red", 60.0, "target_km = 65"),
        scripted("red", &format!("initial = \"{order}\"")),
    ];
    let text = file(7, 7, &tables.concat()).replacen(
        "positive_toward = \"far\"\n",
        "positive_toward = \"far\"\nbands_km = [0, 40, 62, 80]\n",
        1,
    );
    let model = model(text);
    let mut aggregates = Aggregates::new(&model);
    replicate(&model, 1, 0, &mut aggregates);
    aggregates.enter();
    (model, aggregates)
}

fn rows(comply: bool) -> Vec<TurnRow> {
    let (model, aggregates) = recorded(comply);
    aggregates.rows(&model, 0).collect()
}

fn value(rows: &[TurnRow], date: &str, subject: &str, measure: &str) -> f64 {
    let found = rows
        .iter()
        .find(|row| row.date == date && row.subject == subject && row.measure == measure);
    found.unwrap_or_else(|| panic!("no {measure} of {subject}")).mean
}

/// One replicate in which all stay and two in which red's first force goes to 65 km.
#[test]
fn places_at_the_end_are_shared_out_by_replicates() {
    let (model, mut all) = recorded(false);
    let (_, complied) = recorded(true);
    all.merge(&complied);
    all.merge(&complied);
    let rows = all.places(&model);
    let found: Vec<(&str, &str, u8, u64)> =
        rows.iter().map(|it| (it.force.as_str(), it.commander.as_str(), it.bound, it.n)).collect();
    let expected =
        [("a", "red", 1, 1), ("a", "red", 1, 2), ("b", "red", 1, 3), ("c", "blue", 0, 3)];
    assert_eq!(found, expected);
    let site = |id: &str| model.sites.iter().find(|it| it.id == id).unwrap().position;
    let from = |row: usize, id: &str| {
        let at = Position::new(rows[row].lat, rows[row].lon).unwrap();
        distance_m(at, site(id)) / 1000.0
    };
    // From 20 km to 65, and no force beside where it stands.
    for (row, id, km) in [(0, "near", 0.0), (1, "near", 45.0), (2, "rear", 0.0), (3, "near", 0.0)] {
        assert!((from(row, id) - km).abs() < 0.1, "{id}: {} km", from(row, id));
    }
    let whole = rows[0].mean_persons + rows[1].mean_persons;
    assert!((rows[1].mean_persons - whole * 2.0 / 3.0).abs() < 1e-9);
    assert!((rows[2].mean_persons - 300.0).abs() < 1e-9);
    assert!((rows[3].mean_persons - 50.0).abs() < 1e-9);
}

/// Red's first force goes from 20 to 65 km; its second stands at 70 and blue's
/// at 20 throughout.
#[test]
fn who_stands_in_which_band() {
    let rows = rows(true);
    let persons =
        |date, band: &str, party| value(&rows, date, &format!("line/{band}/{party}"), "persons");
    let (first, last) = ("2030-01-01", "2030-01-08");
    assert_eq!(persons(first, "0-40", "red"), 100.0);
    assert_eq!(persons(first, "62-80", "red"), 300.0);
    assert_eq!(persons(last, "0-40", "red"), 0.0);
    assert_eq!(persons(last, "40-62", "red"), 0.0);
    assert_eq!(persons(last, "62-80", "red"), 400.0);
    assert_eq!(persons(last, "0-40", "blue"), 50.0);
    assert_eq!(value(&rows, last, "line/62-80/red/rocket", "weapons"), 4.0);
    assert_eq!(value(&rows, last, "line/62-80/red/missile", "weapons"), 8.0);
}

/// Residual reach is max(0, range − distance): rockets of 30 km at 20 km reach
/// 10 km over the line, at 65 km not at all; missiles of 100 km at 65 and 70 km
/// reach 35 and 30 km over it. All rockets are taken out of reach, no missile.
#[test]
fn what_still_reaches_the_line() {
    let (gone, stays) = (rows(true), rows(false));
    let last = "2030-01-08";
    let near = |rows: &[TurnRow], class: &str, measure, expected: f64| {
        let found = value(rows, last, &format!("pullback/{class}"), measure);
        assert!((found - expected).abs() < 0.01, "{class} {measure}: {found}, not {expected}");
    };
    near(&stays, "rocket", "residual_reach", 10.0);
    near(&stays, "rocket", "within_reach", 4.0);
    near(&stays, "rocket", "taken_out_of_reach", 0.0);
    near(&gone, "rocket", "residual_reach", 0.0);
    near(&gone, "rocket", "within_reach", 0.0);
    near(&gone, "rocket", "taken_out_of_reach", 1.0);
    near(&gone, "missile", "residual_reach", (2.0 * 35.0 + 6.0 * 30.0) / 8.0);
    near(&gone, "missile", "within_reach", 8.0);
    near(&gone, "missile", "taken_out_of_reach", 0.0);
}
