//! Pressure, trust and beliefs as parties learn them, through the engine.

use crate::common::*;
use disengage::engine::World;
use disengage::experiment::replicate;
use disengage::model::Model;
use disengage::record::{Aggregates, TurnRow};

/// Red stands at 20 km and never goes; the sky tells everyone. Blue, far away
/// and bound by something it keeps, looks at red. Red's mind comes first.
fn stand_off(days: i32, standing: &str, seen_per_day: f64, mechanisms: &str) -> Model {
    let red = "pressure = 0.5\npressure_half_life_days = 20\n\
               hit_cost = 1\nhits_per_day = { comply = 0.002, defy = 0.01, conceal = 0.004 }\n\
               belief_memory_days = 50\nbelief_half_life_days = 30\nconcealment_cost = 500";
    let blue = "trust = 0.8\ntoward = [\"red\"]\ntrust_up_per_day = 0.01\n\
                trust_down_per_day = 0.05\ntrust_half_life_days = 1000";
    let tables = [
        site("near", 20.0, 0.0),
        site("away", 200.0, 0.0),
        parties(&["red", "blue", "watcher"]),
        force("a", "red", "near", ""),
        force("b", "blue", "away", ""),
        keep("pullback", "red", 60.0, &format!("standing = \"{standing}\"\nmonitors = [\"sky\"]")),
        keep("stay-away", "blue", 100.0, ""),
        eyes("sky", seen_per_day, "public = true"),
        quantal("red", 10, 1000.0, red),
        quantal("blue", 10, 0.0, blue),
        "[[rule]]\nid = \"presses\"\nparty = \"watcher\"\non = \"violation-recorded\"\n\
         kind = \"press\"\non_parties = [\"red\"]\npressure = 0.1\n"
            .into(),
    ];
    let text = file(days, 7, &tables.concat());
    let switches = format!("[mechanisms]\n{mechanisms}\n[[line]]");
    model(text.replacen("[[line]]", &switches, 1))
}

fn at_end<T>(model: &Model, number: u64, of: impl Fn(&World) -> T) -> T {
    let mut last = None;
    walk(model, 5, number, |world, _| last = Some(of(world)));
    last.unwrap_or_else(|| panic!("no turns"))
}

/// Under a stream of reports that it breaks what it agreed, trust in red goes
/// down by exp(−0.05·days); what it never agreed costs it nothing; and with
/// trust switched off nothing moves.
#[test]
fn breaking_what_was_agreed_costs_trust_and_what_was_not_does_not() {
    let trust = |standing, switches| {
        let model = stand_off(90, standing, 50.0, switches);
        at_end(&model, 0, |world| world.beliefs().raw[1].trust(world.day()))
    };
    let agreed = trust("agreed", "");
    // Seen from the first day on.
    let expected = 0.8 * (-0.05_f64 * 89.0).exp();
    assert!((agreed - expected).abs() < 0.002, "{agreed}, not {expected}");
    assert_eq!(trust("demanded", ""), 0.8);
    assert_eq!(trust("agreed", "trust = false"), 0.8);
}

/// Trust of blue, .8 at first or as said, after 90 days of daily sightings by a
/// post of what stands at 20 km.
fn trust_in(reds: &[(&str, f64)], blue: &str, tables: &str) -> f64 {
    let reds: String = reds
        .iter()
        .map(|(id, km)| {
            site(&format!("at-{id}"), *km, 0.0) + &force(id, "red", &format!("at-{id}"), "")
        })
        .collect();
    let trusts = format!(
        "toward = [\"red\"]\ntrust_up_per_day = 0.01\ntrust_down_per_day = 0.05\ntrust_half_life_days = 1000\n{blue}"
    );
    let text = file(
        90,
        7,
        &[
            site("post", 20.0, 3.0),
            site("away", 200.0, 0.0),
            parties(&["red", "blue", "watcher"]),
            reds,
            force("own", "blue", "away", ""),
            keep("pullback", "red", 10.0, "monitors = [\"eye\"]\ntarget_km = 300"),
            keep("stay-away", "blue", 100.0, ""),
            "[[monitor]]\nid = \"eye\"\nparty = \"watcher\"\nkind = \"post\"\nat = \"post\"\nradius_km = 12\n\
             sightings_per_day = 50\npublic = true\n"
                .into(),
            scripted("red", "initial = \"defy\""),
            quantal("blue", 10, 0.0, &trusts),
            tables.to_owned(),
        ]
        .concat(),
    );
    let mind = |model: &Model| model.beliefs.position(|it| it.id == "blue-mind");
    let model = model(text);
    let mind = mind(&model).unwrap_or_else(|| panic!("blue has a mind"));
    at_end(&model, 0, |world| world.beliefs()[mind].trust(world.day()))
}

/// What is seen kept raises trust by 1 − (1 − T)·exp(−0.01·days): slower than
/// what is seen broken takes it away.
#[test]
fn trust_rises_more_slowly_than_it_falls() {
    let kept = trust_in(&[("a", 20.0)], "trust = 0.2", "");
    let expected = 1.0 - 0.8 * (-0.01_f64 * 89.0).exp();
    assert!((kept - expected).abs() < 0.002, "{kept}, not {expected}");
    let broken = trust_in(&[("a", 9.0)], "trust = 0.8", "");
    let expected = 0.8 * (-0.05_f64 * 89.0).exp();
    assert!((broken - expected).abs() < 0.002, "{broken}, not {expected}");
}

/// Of a force that nobody sees, a claim counts by `credence` and by default not
/// at all.
#[test]
fn a_claim_is_no_report() {
    let claim = format!(
        "[[claim]]\nid = \"we-keep\"\nby = \"red\"\nclause = \"pullback\"\nabout = [\"red\"]\ndate = {}\nsays = \"keeping\"\n",
        date(0)
    );
    // One is seen to break it, the other is out of sight.
    let reds = [("a", 9.0), ("b", 90.0)];
    let silent = trust_in(&reds, "trust = 0.8", "");
    assert_eq!(trust_in(&reds, "trust = 0.8", &claim), silent);
    let believed = trust_in(&reds, "trust = 0.8\ncredence = 1.0", &claim);
    assert!(believed > silent + 0.3, "{believed} {silent}");
}

/// Against one who always defects: with forgiveness g, misperception m and
/// mistaken actions e, cooperation is c(1 − e) + (1 − c)e, c = g + (1 − g)m.
#[test]
fn like_for_like_forgives_and_errs_as_stated() {
    let cooperation = |g: f64, m: f64, e: f64| {
        let tables = [
            site("near", 20.0, 0.0),
            site("other", 20.0, 5.0),
            parties(&["red", "blue", "watcher"]),
            force("a", "red", "near", ""),
            force("b", "blue", "other", "mobility_km_per_day = 1000"),
            keep("of-red", "red", 60.0, "monitors = [\"pass\"]"),
            keep("of-blue", "blue", 60.0, ""),
            "[[monitor]]\nid = \"pass\"\nparty = \"watcher\"\nkind = \"overhead\"\nrevisit_days = 1\nprobability = 1\npublic = true\n".into(),
            scripted("red", "initial = \"defy\""),
            format!(
                "[[conduct]]\nid = \"answers\"\nparty = \"blue\"\nkind = \"reciprocal\"\nreview_days = 1\n\
                 toward = [\"red\"]\nforgiveness = {g:?}\nmisperception = {m:?}\naction_error = {e:?}\n"
            ),
        ];
        let model = model(file(62, 1, &tables.concat()));
        let clause = model.clauses.position(|it| it.id == "of-blue");
        let clause = clause.unwrap_or_else(|| panic!("blue is bound"));
        each(60, |number| {
            let mut kept = 0.0;
            walk(&model, 5, number, |world, turn| {
                // Day 1 answers nothing seen yet.
                if turn.to > 2 {
                    kept += world.clauses()[clause].shares.met / 60.0;
                }
            });
            kept
        })
    };
    for (g, m, e) in [(0.0, 0.0, 0.0), (0.3, 0.0, 0.0), (0.3, 0.1, 0.0), (0.3, 0.1, 0.05)] {
        let c = g + (1.0 - g) * m;
        let expected = c * (1.0 - e) + (1.0 - c) * e;
        close("cooperation", &cooperation(g, m, e), expected, 4.0, 0.01);
    }
}

/// A belief moves only with exposure in its own posture: 90 days of defying
/// without a hit bring it down to exp(−90/50) of the prior, and the beliefs of
/// the other postures stay at theirs.
#[test]
fn a_belief_moves_with_exposure_in_its_own_posture() {
    let beliefs = |switches| {
        let model = stand_off(90, "agreed", 0.0, switches);
        at_end(&model, 0, |world| world.hit_beliefs(&model, 0.into(), world.day()))
    };
    let [comply, defy, conceal] = beliefs("");
    assert!((comply - 0.002).abs() < 1e-12 && (conceal - 0.004).abs() < 1e-12);
    let expected = 0.01 * (-90.0_f64 / 50.0).exp();
    assert!((defy - expected).abs() < 1e-9, "{defy}, not {expected}");
    assert_eq!(beliefs("beliefs = false"), [0.002, 0.01, 0.004]);
}

/// The inspectee of the 2×2 game (a = .5, b = 2, c = 1, d = 1, k = .1, β = .3)
/// violates with q* = .285714 whatever the penalty; counting on an effort it
/// complies from p* = .476190 on.
#[test]
fn the_inspectee_mixes_at_equilibrium_and_is_deterred_by_enough_effort() {
    let complies = |more: &str| {
        let conduct = format!(
            "[[conduct]]\nid = \"red-plays\"\nparty = \"red\"\nkind = \"inspection-equilibrium\"\n\
             review_days = 1\ngain = 1\npenalty = 2\ninspector_detected_cost = 0.5\n\
             inspector_undetected_cost = 1\ninspection_cost = 0.1\nmissed = 0.3\n{more}\n"
        );
        let tables = [
            site("near", 20.0, 0.0),
            parties(&["red"]),
            force("a", "red", "near", ""),
            keep("pullback", "red", 60.0, ""),
            conduct,
        ];
        let model = model(file(8, 1, &tables.concat()));
        each(1000, |number| {
            let order = at_end(&model, number, |world| world.units().raw[0].order);
            f64::from(u8::from(order == disengage::model::Order::Comply))
        })
    };
    close("complies", &complies(""), 1.0 - 0.285_714, 4.0, 0.016);
    assert_eq!(mean(&complies("believed_effort = 0.48")).0, 1.0);
    assert_eq!(mean(&complies("believed_effort = 0.47")).0, 0.0);
}

/// What moves in a mind is on record on every date, over all replicates; what
/// stands still has no row.
#[test]
fn minds_that_move_are_on_record() {
    let rows = |switches: &str| {
        let model = stand_off(90, "agreed", 0.5, switches);
        let mut aggregates = Aggregates::new(&model);
        for number in 0..20 {
            replicate(&model, 5, number, &mut aggregates);
        }
        aggregates.enter();
        let rows: Vec<TurnRow> = aggregates.rows(&model, 0).collect();
        let of = rows.into_iter().filter(|row| row.subject_kind == "conduct");
        (model, of.collect::<Vec<_>>())
    };
    let (model, found) = rows("");
    let last = |subject: &str, measure: &str| {
        let mut of = found.iter().filter(|row| row.subject == subject && row.measure == measure);
        of.next_back().unwrap_or_else(|| panic!("no row {measure}"))
    };
    let mean_of = |of: &dyn Fn(&World) -> f64| {
        let levels: Vec<f64> = (0..20).map(|number| at_end(&model, number, of)).collect();
        mean(&levels).0
    };
    for (subject, measure, expected) in [
        ("red-mind", "pressure", mean_of(&|it| it.beliefs().raw[0].pressure(it.day()))),
        ("red-mind", "belief_defy", mean_of(&|it| it.hit_beliefs(&model, 0.into(), it.day())[1])),
        ("blue-mind", "trust", mean_of(&|it| it.beliefs().raw[1].trust(it.day()))),
    ] {
        let row = last(subject, measure);
        assert_eq!(row.n, 20, "{measure}");
        assert!((row.mean - expected).abs() < 1e-5, "{measure}: {row:?}, {expected}");
        assert!(row.q05 <= row.q50 && row.q50 <= row.q95, "{measure}");
    }
    // Blue's pressure and beliefs, and red's trust, stand still.
    let kinds: std::collections::BTreeSet<(String, String)> =
        found.iter().map(|row| (row.subject.clone(), row.measure.clone())).collect();
    assert_eq!(kinds.len(), 5, "{kinds:?}");
    let off = rows("pressure = false\ntrust = false\nbeliefs = false").1;
    assert!(off.is_empty(), "{off:?}");
}
