//! The status of each clause in time: which status wins, and its share.

use disengage::chart::{ChartInput, Kind, draw};
use disengage::record::TurnRow;

use crate::{inputs, texts};

/// Twenty replicates; on the first and the last day the rows given as register,
/// status, replicates and mean.
fn of(first: &[(&str, &str, u64, f64)], last: &[(&str, &str, u64, f64)]) -> ChartInput {
    let mut input = inputs::tiny(46.0, 34.5, 60);
    let pattern = input.turns[0].clone();
    let mut turns = Vec::new();
    for (date, rows) in [("2021-11-20", first), ("2022-01-19", last)] {
        for &(register, status, n, mean) in rows {
            turns.push(TurnRow {
                date: date.into(),
                measure: format!("status_{status}"),
                register: register.into(),
                n,
                mean,
                ..pattern.clone()
            });
        }
    }
    input.turns = turns;
    input
}

fn svg(input: &ChartInput) -> String {
    draw(Kind::Status, input).unwrap().svg
}

/// Points of the bars: those filled with this colour.
fn bars(svg: &str, colour: &str) -> Vec<String> {
    svg.lines()
        .filter(|line| line.starts_with("<polygon") && line.contains(colour))
        .filter_map(|line| Some(line.split("points=\"").nth(1)?.split('"').next()?.to_owned()))
        .collect()
}

#[test]
fn the_most_frequent_status_of_all_replicates_wins() {
    let last = [
        ("true", "late", 20, 0.4),
        ("true", "kept", 20, 0.6),
        // All of four replicates are a fifth of twenty.
        ("recorded", "violated", 4, 1.0),
        ("recorded", "not_in_force", 20, 0.8),
    ];
    let svg = svg(&of(&[("true", "not_due", 20, 1.0)], &last)).replace('\u{a0}', " ");
    let wanted =
        "Both sides stay 15 km from the line: true kept (60 %), recorded not in force (80 %).";
    assert!(svg.contains(wanted), "{}", &svg[svg.find("<desc>").unwrap()..][..600]);
    assert!(svg.contains("19 January 2022, with its share of n = 20 replicates"));
    let words: Vec<String> = texts(&svg).1.into_iter().map(|t| t.0).collect();
    let has = |wanted: &str| words.iter().any(|it| it.trim() == wanted);
    assert!(has("K kept") && has("n not due") && has("– not in force"));
    assert!(!has("L late") && !has("V violated"), "what never wins has no key");
}

#[test]
fn a_bar_is_as_high_as_its_share_and_the_last_date_has_a_width() {
    let svg = svg(&of(&[("true", "kept", 20, 1.0)], &[("true", "kept", 20, 0.5)]));
    let heights = |points: &str| -> (Vec<f64>, Vec<f64>) {
        let numbers = points.split([' ', ',']).filter_map(|it| it.parse::<f64>().ok());
        let all: Vec<f64> = numbers.collect();
        all.chunks(2).map(|pair| (pair[0], pair[1])).unzip()
    };
    let bars = bars(&svg, "#0072B2");
    assert_eq!(bars.len(), 2, "the key and one run");
    let (xs, ys) = heights(&bars[1]);
    let base = ys[0];
    let full = base - ys[1];
    let half = base - ys[ys.len() - 2];
    assert!((full - 2.0 * half).abs() < 2.0, "{full} {half}");
    assert!(xs[xs.len() - 2] - xs[xs.len() - 3] >= 80.0, "{xs:?}");
}

#[test]
fn a_clause_without_a_status_is_left_out() {
    let mut input = inputs::golan();
    input.turns.retain(|row| row.subject != "undof" || !row.measure.starts_with("status_"));
    let svg = svg(&input);
    assert!(svg.contains("status of 4 of") && !svg.contains("Observers return"));
    input.turns.iter_mut().for_each(|row| row.subject = "other".into());
    assert!(draw(Kind::Status, &input).is_none());
}
