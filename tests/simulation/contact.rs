//! Incidents go by what two parties have within reach of each other, however their persons
//! are cut into forces, and come in bursts.

use crate::common::{date, each, eyes, file, force, keep, model, parties, scripted, site, walk};
use disengage::diag::Level;
use disengage::engine::EventKind;
use disengage::experiment::trace;
use disengage::model::Model;
use disengage::scenario::{LoadError, load_text};
use proptest::prelude::*;

fn incident(more: &str) -> String {
    format!(
        "[[incident]]\nid = \"clash\"\nby = \"red\"\nagainst = \"blue\"\nfade_km = 20\n{more}\n"
    )
}

/// The watcher's two means, who see nobody.
fn unseen() -> String {
    eyes("eye", 0.0, "") + &eyes("second", 0.0, "")
}

/// A rate that is said of the start needs somebody within reach then, or between whom it is;
/// one of whom hardly anybody is within reach is warned of.
#[test]
fn a_rate_of_the_start_is_between_somebody() {
    let found = |apart_km: f64, more: &str| {
        let text = file(
            30,
            7,
            &[
                site("near", 5.0, 0.0),
                site("other", 5.0, apart_km),
                parties(&["red", "blue", "watcher"]),
                force("guard", "red", "near", ""),
                force("post", "blue", "other", "strength = 60"),
                keep("pullback", "red", 40.0, ""),
                scripted("red", ""),
                incident(&format!("per_day = 1\n{more}")),
            ]
            .concat(),
        );
        let at = text.find("per_day = 1").unwrap() + "per_day = ".len();
        match load_text("test", "test.toml", text, None, &[]) {
            Ok(loaded) => (loaded.warnings.iter().cloned().collect::<Vec<_>>(), at),
            Err(LoadError::Invalid(_, found)) => (found.iter().cloned().collect(), at),
            Err(error) => panic!("{error}"),
        }
    };
    let of_rate = |apart_km: f64, more: &str| {
        let (found, at) = found(apart_km, more);
        let of = |it: &disengage::diag::Diagnostic| it.message.contains("`per_day`");
        found.into_iter().find(of).map(|it| {
            assert!(it.span.clone().is_some_and(|span| span.start == at), "{it:?}");
            assert!(it.help.iter().any(|help| help.contains("persons = [100, 60]")), "{it:?}");
            it.level
        })
    };
    assert_eq!(of_rate(900.0, ""), Some(Level::Error));
    assert_eq!(of_rate(70.0, ""), Some(Level::Warning));
    assert_eq!(of_rate(50.0, ""), None);
    assert_eq!(of_rate(900.0, "persons = [300, 20]"), None);
}

/// So many forces of `red` and `blue` that are cut from 400 and 300 persons, who are sent
/// home or leave on a day, and what else is said.
fn cut(ours: &[u32], theirs: &[u32], tables: &str) -> Model {
    let parts = |id: &str, at: &str, of: &[u32]| -> String {
        let each = of.iter().enumerate();
        let part = |(number, persons): (usize, &u32)| {
            force(&format!("{id}-{number}"), id, at, &format!("strength = {persons}"))
        };
        each.map(part).collect()
    };
    model(file(
        100,
        7,
        &[
            site("near", 5.0, 0.0),
            site("aside", 9.0, 4.0),
            site("other", 3.0, 2.0),
            parties(&["red", "blue", "watcher"]),
            parts("red", "near", ours),
            force("others", "red", "aside", "strength = 70"),
            parts("blue", "other", theirs),
            keep("pullback", "red", 40.0, "monitors = [\"eye\", \"second\"]"),
            scripted("red", &format!("orders = [{{ date = {}, order = \"comply\" }}]", date(50))),
            unseen(),
            tables.into(),
        ]
        .concat(),
    ))
}

/// The same persons, however they are cut into forces: the same incidents on the same days,
/// before and after they move.
#[test]
fn the_cut_of_forces_changes_no_incident() {
    let source = incident(
        "per_day = 0.5\nreach_km = 3\nper_unanswered = 0.1\ndispersion = 0.5\nloss_share = 0.0",
    );
    let whole = cut(&[400], &[300], &source);
    let days = |model: &Model, number: u64| -> Vec<u32> {
        let events = trace(model, 1, number).events.into_iter();
        let of = |it: &disengage::engine::Event| matches!(it.kind, EventKind::Incident { .. });
        events.filter(of).map(|it| it.day).collect()
    };
    for k in [2, 4, 8] {
        let parts = cut(&vec![400 / k; k as usize], &[300 / 4; 4], &source);
        let mut early = 0;
        for number in 0..20 {
            let (one, many) = (days(&whole, number), days(&parts, number));
            assert_eq!(one, many, "{k}");
            early += one.iter().filter(|day| **day < 40).count();
        }
        assert!(early > 100, "{early}");
    }
}

/// What is lost is a share of all that stand as one: 30 % of 400 persons from an incident,
/// whether they are one force or eight. n = 1,000 runs; standard error 0.6.
#[test]
fn the_cut_of_forces_changes_no_loss() {
    let source = incident("per_day = 0.05\nreach_km = 3\nloss_share = 0.3")
        .replace("by = \"red\"\nagainst = \"blue\"", "by = \"blue\"\nagainst = \"red\"");
    let lost = |ours: &[u32]| -> f64 {
        let model = cut(ours, &[300], &source);
        let runs: Vec<f64> = each(1000, |number| {
            let mut lost = 0;
            walk(&model, 5, number, |world, _| lost = world.conflict().lost_by.raw[0].0);
            f64::from(lost)
        });
        runs.iter().sum::<f64>() / 1000.0
    };
    let (one, eight) = (lost(&[400]), lost(&[50; 8]));
    assert!(one > 100.0 && (one - eight).abs() < 20.0, "{one}, {eight}");
}

/// A source as two of half the rate: as many incidents, in bursts as great. n = 2,000; each
/// mean within four standard errors of the difference.
#[test]
fn a_source_in_two_halves_is_the_same() {
    let counts = |sources: &[(&str, f64)]| -> (f64, f64, f64) {
        let tables: String = sources
            .iter()
            .map(|(id, per_day)| {
                incident(&format!(
                    "per_day = {per_day:?}\nper_unanswered = 0.02\ndispersion = 1\nregime_half_life_days = 20"
                ))
                .replace("clash", id)
            })
            .collect();
        let model = cut(&[400], &[300], &tables);
        let counts: Vec<f64> = each(2000, |number| {
            let mut all = 0.0;
            walk(&model, 5, number, |world, _| {
                all = world.conflict().sources.iter().map(|it| it.incidents.all()).sum();
            });
            all
        });
        let mean = counts.iter().sum::<f64>() / 2000.0;
        let squares: Vec<f64> = counts.iter().map(|it| (it - mean) * (it - mean)).collect();
        let variance = squares.iter().sum::<f64>() / 2000.0;
        let fourth = squares.iter().map(|it| (it - variance) * (it - variance)).sum::<f64>();
        (mean, variance, fourth.sqrt() / 2000.0)
    };
    let (mean, variance, error) = counts(&[("clash", 0.4)]);
    let (halves, spread, other) = counts(&[("clash", 0.2), ("brush", 0.2)]);
    let of_mean = ((variance + spread) / 2000.0).sqrt();
    assert!((mean - halves).abs() < 4.0 * of_mean, "{mean} {halves} ± {of_mean}");
    assert!((variance - spread).abs() < 4.0 * libm::hypot(error, other), "{variance} {spread}");
    assert!(variance > 3.0 * mean, "in bursts");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Persons × persons within reach are the same over all cuts of a force.
    #[test]
    fn what_two_parties_have_within_reach_does_not_depend_on_the_cut(
        ours in proptest::collection::vec(1u32..399, 0..6),
        theirs in proptest::collection::vec(1u32..299, 0..6),
        reach in 0.0..6.0f64,
    ) {
        let parts = |mut at: Vec<u32>, whole: u32| -> Vec<u32> {
            at.extend([0, whole]);
            at.sort_unstable();
            at.dedup();
            at.windows(2).map(|pair| pair[1] - pair[0]).collect()
        };
        let source = incident(&format!("per_day = 0.1\nreach_km = {reach:?}"));
        let contact = |model: &Model| -> Vec<f64> {
            let mut all = Vec::new();
            walk(model, 5, 0, |world, _| {
                let source = &world.conflict().sources.raw[0];
                all.extend([source.contact, source.contact_at_per_day]);
            });
            all
        };
        let whole = contact(&cut(&[400], &[300], &source));
        let many = contact(&cut(&parts(ours, 400), &parts(theirs, 300), &source));
        prop_assert_eq!(whole.len(), many.len());
        for (one, other) in whole.iter().zip(&many) {
            prop_assert!((one - other).abs() <= 1e-9 * one.abs(), "{} {}", one, other);
        }
    }
}
