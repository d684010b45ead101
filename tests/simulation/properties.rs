//! What always holds of records and of the truth that they do not touch, tried on
//! random small scenarios.

use std::collections::BTreeSet;

use crate::common::{eyes, file, force, keep, model, parties, quantal, site, walk};
use disengage::engine::SpellId;
use disengage::experiment::trace;
use disengage::model::{Model, TiVec, ti_vec};
use proptest::prelude::*;

#[derive(Debug, Clone)]
struct Case {
    /// Kilometres from the line, mobility.
    forces: Vec<(f64, f64)>,
    min_km: f64,
    review_days: u32,
    pressure: f64,
    /// Kind, how much it sees, delay, denial, availability.
    monitors: Vec<(usize, f64, f64, f64, f64)>,
    hidden: f64,
    seed: u64,
}

fn case() -> impl Strategy<Value = Case> {
    (
        prop::collection::vec((1.0..60.0, 2.0..60.0), 1..=5),
        10.0..70.0f64,
        1..20u32,
        -0.5..1.5f64,
        prop::collection::vec(
            (0..4usize, 0.02..0.9f64, 0.0..25.0f64, 0.0..0.6f64, 0.4..1.0f64),
            1..=4,
        ),
        0.0..0.9f64,
        any::<u64>(),
    )
        .prop_map(|(forces, min_km, review_days, pressure, monitors, hidden, seed)| Case {
            forces,
            min_km,
            review_days,
            pressure,
            monitors,
            hidden,
            seed,
        })
}

fn monitor(index: usize, (kind, sees, delay, denial, duty): (usize, f64, f64, f64, f64)) -> String {
    let method = match kind {
        0 => format!(
            "kind = \"post\"\nat = \"middle\"\nradius_km = 25\nsightings_per_day = {sees:?}\ndenial = {denial:?}"
        ),
        1 => format!(
            "kind = \"patrol\"\narea = \"strip\"\nsweep_width_km = 4\nspeed_km_per_h = 15\nhours_per_day = {:?}\n\
             denial = {denial:?}",
            24.0 * sees
        ),
        2 => format!("kind = \"overhead\"\nrevisit_days = 2\nprobability = {sees:?}"),
        _ => format!("kind = \"national-technical-means\"\nsightings_per_day = {sees:?}"),
    };
    format!(
        "[[monitor]]\nid = \"m{index}\"\nparty = \"watcher\"\n{method}\navailability = {duty:?}\n\
         report_delay_days = {delay:?}\n"
    )
}

fn scenario(case: &Case, tables: &str) -> Model {
    let forces: String = case
        .forces
        .iter()
        .enumerate()
        .map(|(i, (km, mobility))| {
            site(&format!("s{i}"), *km, i as f64)
                + &force(
                    &format!("f{i}"),
                    "red",
                    &format!("s{i}"),
                    &format!("mobility_km_per_day = {mobility:?}"),
                )
        })
        .collect();
    let ids: Vec<String> = (0..case.monitors.len()).map(|i| format!("m{i}")).collect();
    let monitors: String =
        case.monitors.iter().enumerate().map(|(i, it)| monitor(i, *it)).collect();
    model(file(
        100,
        1,
        &[
            "[[area]]\nid = \"strip\"\nkind = \"polygon\"\npoints = [{ lat = 0.0, lon = -30.3 }, { lat = 0.0, lon = -29.7 }, { lat = 0.4, lon = -29.7 }, { lat = 0.4, lon = -30.3 }]\n".into(),
            site("middle", 20.0, 1.0),
            parties(&["red", "watcher"]),
            forces,
            keep("pullback", "red", case.min_km, &format!("monitors = {ids:?}")),
            quantal(
                "red",
                case.review_days,
                1.5,
                0.4,
                &format!(
                    "pressure = {:?}\nconcealment_cost = 0.1\nconcealment = {:?}",
                    case.pressure, case.hidden
                ),
            ),
            monitors,
            tables.to_owned(),
        ]
        .concat(),
    ))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(31), ..ProptestConfig::default() })]

    /// Each record names one true event with its day; by any day a monitor has
    /// recorded no more distinct events than truly were by then.
    #[test]
    fn what_is_recorded_is_at_most_what_was(case in case()) {
        let model = scenario(&case, "");
        for number in 0..3 {
            let mut named: TiVec<_, BTreeSet<SpellId>> = ti_vec![BTreeSet::new(); model.monitors.len()];
            walk(&model, case.seed, number, |world, turn| {
                for record in &world.today().records {
                    let id = record.event.expect("every record names an event");
                    let spell = &world.spells()[id];
                    assert_eq!((spell.clause, spell.force), (record.clause, record.force));
                    assert_eq!(record.truly, Some(record.force));
                    assert!(spell.began <= record.seen && record.seen <= turn.to);
                    assert!(spell.ended.is_none_or(|ended| record.seen < ended));
                    named[record.monitor].insert(id);
                }
                let begun = world.spells().iter().filter(|it| it.began <= turn.to).count();
                for (named, monitor) in named.iter().zip(world.monitors()) {
                    assert!(named.len() <= begun, "{} of {begun}", named.len());
                    assert_eq!(monitor.events_named as usize, named.len());
                }
                // No monitor sees as violating more than there are.
                let state = &world.clauses().raw[0];
                assert!(state.cases_confirmed <= state.cases_recorded);
            });
        }
    }

    /// Where pressure, trust and beliefs are fixed and nobody reacts, who watches
    /// and how much changes nothing in the truth, draw for draw.
    #[test]
    fn watching_changes_no_truth(case in case(), hours in 0.5..12.0f64) {
        let sole = |hours: f64| {
            let mut case = case.clone();
            case.monitors = vec![(1, hours / 24.0, 0.0, 0.0, 1.0)];
            scenario(&case, "")
        };
        let (full, half, many) = (sole(2.0 * hours), sole(hours), scenario(&case, &eyes("more", 1.0, "public = true")));
        for number in 0..3 {
            let told = |model: &Model| {
                let it = trace(model, case.seed, number);
                let run = it.run.clauses.raw[0];
                (it.tracks, run.met.to_bits(), run.days_to_first_kept)
            };
            let truth = told(&full);
            prop_assert_eq!(&truth, &told(&half));
            prop_assert_eq!(&truth, &told(&many));
        }
    }
}
