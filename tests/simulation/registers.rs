//! Truth, what is recorded, and what is claimed are three things.

use crate::common::{
    close, date, each, eyes, file, force, keep, mean, model, parties, quantal, same, scripted,
    site, walk,
};
use disengage::engine::{Lately, Shares};
use disengage::experiment::trace;
use disengage::model::Model;

/// A self-report of a party.
fn says(party: &str, interval_days: u32, honesty: f64) -> String {
    format!(
        "[[monitor]]\nid = \"{party}-says\"\nkind = \"self-report\"\nparty = \"{party}\"\ninterval_days = {interval_days}\nhonesty = {honesty:?}\n"
    )
}

/// One force 5 km from the line that is to keep 40 km, and what else is said.
fn one(turn_days: u32, clause: &str, tables: &[&str]) -> Model {
    model(file(
        84,
        turn_days,
        &[
            site("near", 5.0, 0.0),
            parties(&["red", "watcher", "blue"]),
            force("guard", "red", "near", ""),
            keep("pullback", "red", 40.0, clause),
            tables.concat(),
        ]
        .concat(),
    ))
}

/// The shares of the first clause at the end of each turn.
fn shares(model: &Model, number: u64) -> Vec<(u32, Shares)> {
    let mut all = Vec::new();
    walk(model, 31, number, |world, turn| all.push((turn.to, world.clauses().raw[0].shares)));
    all
}

#[test]
fn recorded_shares_sum_to_one() {
    for name in ["teaching", "southwest-syria-2018"] {
        let model = crate::common::bundled(name, &[]).model;
        let mut counted = 0;
        for number in 0..3 {
            walk(&model, 31, number, |world, turn| {
                for (clause, state) in model.clauses.iter().zip(world.clauses()) {
                    let it = &state.shares;
                    let sum = it.seen_keeping + it.seen_violating + it.not_observed;
                    if !it.met.is_nan() {
                        assert!(
                            (sum - 1.0).abs() < 1e-12,
                            "{name}, {}, day {}: {sum}",
                            clause.id,
                            turn.to
                        );
                        counted += 1;
                    }
                }
            });
        }
        assert!(counted > 100);
    }
}

#[test]
fn without_monitors_nothing_is_recorded_and_no_gate_opens() {
    let waiting =
        keep("second", "red", 60.0, "starts = { verified = \"pullback\", at_least = 0.9 }");
    let orders = scripted("red", "initial = \"comply\"");
    // Eyes that nobody names, and named ones that see nothing.
    let unnamed = one(7, "", &[&orders, &eyes("sky", 5.0, "")]);
    let blind = one(7, "monitors = [\"sky\"]", &[&waiting, &orders, &eyes("sky", 0.0, "")]);
    for model in [&unnamed, &blind] {
        for (_, it) in shares(model, 0) {
            assert_eq!([it.seen_keeping, it.seen_violating, it.not_observed], [0.0, 0.0, 1.0]);
        }
        let run = walk(model, 31, 0, |_, _| {});
        assert_eq!(run.clauses.raw[0].days_to_first_kept, Some(2), "it is kept all the same");
    }
    assert_eq!(
        walk(&blind, 31, 0, |_, _| {}).clauses.raw[1].started_day,
        None,
        "nobody has seen it"
    );
    // With the same monitor's eyes open, both happen.
    let seeing = one(7, "monitors = [\"sky\"]", &[&waiting, &orders, &eyes("sky", 5.0, "")]);
    let (_, last) = *shares(&seeing, 0).last().unwrap();
    assert_eq!([last.seen_keeping, last.not_observed], [1.0, 0.0]);
    // On the day it is seen kept, which the turn (of 1, 2, 7 days) does not move.
    for turn_days in [1, 2, 7] {
        let seeing =
            one(turn_days, "monitors = [\"sky\"]", &[&waiting, &orders, &eyes("sky", 5.0, "")]);
        assert_eq!(walk(&seeing, 31, 0, |_, _| {}).clauses.raw[1].started_day, Some(2));
    }
}

#[test]
fn too_little_coverage_verifies_nothing() {
    let tables = |coverage: f64| {
        [
            "[[force]]\nid = \"hidden\"\nflag = \"red\"\nat = \"near\"\nstrength = 100\nsignature = 0\nwithdraws_to = [\"far\"]\n".to_owned(),
            keep("second", "red", 60.0, "starts = { verified = \"pullback\" }"),
            scripted("red", "initial = \"comply\""),
            eyes("sky", 9.0, ""),
        ]
        .concat()
            + &format!("# {coverage}\n")
    };
    for (coverage, opens) in [(0.5, true), (0.6, false)] {
        let clause = format!("monitors = [\"sky\"]\nmin_coverage = {coverage}");
        let run = walk(&one(7, &clause, &[&tables(coverage)]), 31, 0, |_, _| {});
        assert_eq!(
            run.clauses.raw[1].started_day.is_some(),
            opens,
            "half is seen, {coverage} is asked for"
        );
    }
}

/// A post at the force's own site.
fn post(rate: f64, more: &str) -> String {
    format!(
        "[[monitor]]\nid = \"post\"\nkind = \"post\"\nparty = \"watcher\"\nat = \"near\"\nradius_km = 10\nsightings_per_day = {rate:?}\n{more}\n"
    )
}

/// Sightings over 84 days, by replicate.
fn sightings(model: &Model, replicates: u64) -> Vec<f64> {
    each(replicates, |number| {
        let mut sum = 0.0;
        walk(model, 32, number, |world, _| sum = world.monitors().raw[0].sightings.all());
        sum
    })
}

/// Poisson counts thin as the rate does; the truth is the same draw for draw.
#[test]
fn half_the_sightings_a_day_are_half_the_sightings_and_the_same_truth() {
    let stays = |rate| {
        one(7, "monitors = [\"post\"]", &[&post(rate, ""), &scripted("red", "initial = \"defy\"")])
    };
    for rate in [0.4, 0.2] {
        let counts = sightings(&stays(rate), 1000);
        close(&format!("{rate} a day"), &counts, 84.0 * rate, 4.0, 0.2);
        // Poisson: variance as large as the mean, within 4 of its errors √(2/n).
        let (mean, se) = mean(&counts);
        let dispersion = se * se * 1000.0 / mean;
        assert!((dispersion - 1.0).abs() < 4.0 * (2.0_f64 / 1000.0).sqrt(), "{dispersion}");
    }
    let decides = |rate| {
        let mind = quantal("red", 10, 0.0, "");
        one(7, "monitors = [\"post\"]\ndeadline = 2030-02-01", &[&post(rate, ""), &mind])
    };
    let (full, half) = (decides(0.4), decides(0.2));
    for number in 0..100 {
        let (a, b) = (trace(&full, 33, number), trace(&half, 33, number));
        assert_eq!(a.tracks, b.tracks, "replicate {number}");
        let truth = |it: &disengage::record::ClauseRun| {
            (it.started_day, it.deadline_met, it.days_to_first_kept)
        };
        assert_eq!(truth(&a.run.clauses.raw[0]), truth(&b.run.clauses.raw[0]));
        assert!(same(a.run.clauses.raw[0].met, b.run.clauses.raw[0].met));
    }
}

#[test]
fn a_post_sees_within_its_radius_from_its_first_day() {
    let orders = scripted("red", "initial = \"defy\"");
    let late =
        one(7, "monitors = [\"post\"]", &[&post(0.4, &format!("from = {}", date(24))), &orders]);
    close("from day 24", &sightings(&late, 1000), 60.0 * 0.4, 4.0, 0.2);
    let elsewhere = post(0.4, "").replace("at = \"near\"", "at = \"far\"");
    let far = one(7, "monitors = [\"post\"]", &[&elsewhere, &orders]);
    assert!(sightings(&far, 20).iter().all(|n| *n == 0.0));
}

#[test]
fn signature_and_concealment_scale_sightings() {
    let hidden = |turn_days| {
        let orders = scripted("red", "concealment = 0.7\ninitial = \"conceal\"");
        one(turn_days, "monitors = [\"post\"]", &[&post(0.5, ""), &orders])
    };
    for turn_days in [1, 7] {
        close("concealed", &sightings(&hidden(turn_days), 1000), 84.0 * 0.5 * 0.3, 4.0, 0.15);
    }
    let open = scripted("red", "concealment = 0.7\ninitial = \"defy\"");
    let model = one(7, "monitors = [\"post\"]", &[&post(0.5, ""), &open]);
    close("in the open", &sightings(&model, 1000), 84.0 * 0.5, 4.0, 0.3);
}

#[test]
fn bias_turns_what_is_seen_round() {
    for (initial, bias, [keeping, violating]) in [
        ("defy", "bias_to_keeping = 1.0", [1.0, 0.0]),
        ("defy", "bias_to_violating = 1.0", [0.0, 1.0]),
        ("comply", "bias_to_violating = 1.0", [0.0, 1.0]),
        ("comply", "bias_to_keeping = 1.0", [1.0, 0.0]),
    ] {
        let orders = scripted("red", &format!("initial = \"{initial}\""));
        let model = one(7, "monitors = [\"sky\"]", &[&eyes("sky", 20.0, bias), &orders]);
        // From the second turn on: in the first a complying force is on its way.
        for (day, it) in &shares(&model, 0)[1..] {
            assert_eq!(
                [it.seen_keeping, it.seen_violating],
                [keeping, violating],
                "{initial}, {bias}, day {day}"
            );
            assert_eq!(it.met, f64::from(u8::from(initial == "comply")), "truth is as it is");
        }
    }
    let orders = scripted("red", "initial = \"defy\"");
    let model =
        one(7, "monitors = [\"sky\"]", &[&eyes("sky", 20.0, "bias_to_keeping = 0.3"), &orders]);
    let seen: Vec<f64> = each(1000, |number| shares(&model, number).last().unwrap().1.seen_keeping);
    close("a bias of .3", &seen, 0.3, 4.0, 0.02);
}

/// Seen last on day 20 by a post that it then leaves behind.
#[test]
fn an_old_sighting_says_nothing() {
    let orders =
        scripted("red", &format!("orders = [{{ date = {}, order = \"comply\" }}]", date(20)));
    let model = one(1, "monitors = [\"post\"]\nmax_age_days = 15", &[&post(50.0, ""), &orders]);
    let all = shares(&model, 0);
    for (day, it) in &all {
        let expected = if *day <= 35 { [0.0, 1.0, 0.0] } else { [0.0, 0.0, 1.0] };
        assert_eq!([it.seen_keeping, it.seen_violating, it.not_observed], expected, "day {day}");
    }
    assert_eq!(all.last().unwrap().1.met, 1.0, "it has long been gone");
}

/// Of two monitors' registers the newest sighting counts.
#[test]
fn the_newest_sighting_by_a_named_monitor_counts() {
    let liar = eyes("liar", 20.0, "bias_to_keeping = 1.0\nreport_delay_days = 0");
    let orders = scripted("red", "initial = \"defy\"");
    let post = post(50.0, "");
    let both = one(1, "monitors = [\"liar\", \"post\"]", &[&liar, &post, &orders]);
    let only = one(1, "monitors = [\"post\"]", &[&liar, &post, &orders]);
    assert!(shares(&only, 0).iter().all(|(_, it)| it.seen_violating == 1.0));
    assert!(shares(&both, 0).iter().any(|(_, it)| it.seen_keeping == 1.0));
}

#[test]
fn a_self_report_claims_what_honesty_and_hiding_let_it() {
    for (initial, honesty, [keeping, violating]) in [
        ("defy", 1.0, [0.0, 1.0]),
        ("defy", 0.0, [1.0, 0.0]),
        ("conceal", 1.0, [1.0, 0.0]),
        ("comply", 1.0, [1.0, 0.0]),
    ] {
        let orders = scripted("red", &format!("initial = \"{initial}\""));
        let model = one(7, "monitors = [\"red-says\"]", &[&says("red", 5, honesty), &orders]);
        for (day, it) in shares(&model, 0) {
            let what = format!("{initial}, honesty {honesty}, day {day}");
            assert_eq!(
                [it.claimed_keeping, it.claimed_violating],
                [keeping, violating],
                "claimed: {what}"
            );
            assert_eq!(
                [it.seen_keeping, it.seen_violating],
                [keeping, violating],
                "recorded: {what}"
            );
        }
    }
    let orders = scripted("red", "initial = \"defy\"");
    let model = one(7, "", &[&says("red", 5, 0.3), &orders]);
    let owned: Vec<f64> =
        each(1000, |number| shares(&model, number).last().unwrap().1.claimed_violating);
    close("honesty .3", &owned, 0.3, 4.0, 0.02);
}

/// The first report falls on the first day, and is of the places of its day.
#[test]
fn self_reports_are_of_their_own_day() {
    let orders = format!("orders = [{{ date = {}, order = \"comply\" }}]", date(8));
    for turn_days in [1, 7] {
        let model = one(turn_days, "", &[&says("red", 10, 1.0), &scripted("red", &orders)]);
        let mut told = Vec::new();
        for event in trace(&model, 34, 0).events {
            if let disengage::engine::EventKind::Reported { keeping, .. } = event.kind {
                told.push((event.day, keeping));
            }
        }
        assert_eq!(told, [(0, false), (10, true)], "{turn_days}-day turns");
        // On day 9 it is 35 km from home: 40 km from the line, and out.
        assert_eq!(walk(&model, 34, 0, |_, _| {}).clauses.raw[0].days_to_first_kept, Some(10));
    }
}

fn claim(id: &str, by: &str, about: &str, day: i32, says: &str, share: f64) -> String {
    format!(
        "[[claim]]\nid = \"{id}\"\nby = \"{by}\"\nclause = \"pullback\"\nabout = [\"{about}\"]\ndate = {}\nsays = \"{says}\"\nshare = {share:?}\n",
        date(day)
    )
}

#[test]
fn only_the_bound_and_those_who_answer_claim() {
    let orders = scripted("red", "initial = \"defy\"");
    for (by, answers, counts) in
        [("blue", "", false), ("blue", "answers = [\"blue\"]", true), ("red", "", true)]
    {
        let model = one(7, answers, &[&claim("it-is", by, "red", 17, "keeping", 0.8), &orders]);
        for (day, it) in shares(&model, 0) {
            let said = it.claimed_keeping;
            let right = if counts && day >= 17 { said == 0.8 } else { said.is_nan() };
            assert!(right, "{by}, {answers}, day {day}: {said}");
            assert_eq!(it.met, 0.0, "saying so does not make it so");
        }
        let told = trace(&model, 1, 0).events;
        let said = |it: &&disengage::engine::Event| {
            matches!(it.kind, disengage::engine::EventKind::ClaimMade { .. })
        };
        assert_eq!(told.iter().filter(said).map(|it| it.day).collect::<Vec<_>>(), [17]);
    }
}

#[test]
fn a_denial_claims_nothing_and_takes_back_what_was_claimed() {
    let orders = scripted("red", "initial = \"defy\"");
    let tables = [
        claim("first", "red", "red", 10, "keeping", 1.0),
        claim("then", "red", "red", 24, "denies", 1.0),
        claim("last", "red", "red", 50, "violating", 0.5),
    ];
    let model = one(7, "", &[&tables.concat(), &orders]);
    for (day, it) in shares(&model, 0) {
        let expected = match day {
            10..24 => [1.0, 0.0],
            50.. => [0.0, 0.5],
            _ => [f64::NAN; 2],
        };
        let found = [it.claimed_keeping, it.claimed_violating];
        let same = |(a, b): (&f64, &f64)| a == b || a.is_nan() && b.is_nan();
        assert!(found.iter().zip(&expected).all(same), "day {day}: {found:?}");
    }
}

#[test]
fn a_lie_changes_what_is_claimed_and_nothing_else() {
    let mind = quantal("red", 10, 0.0, "");
    let of = |honesty| {
        one(7, "monitors = [\"sky\"]", &[&says("red", 7, honesty), &mind, &eyes("sky", 0.2, "")])
    };
    let (honest, liar) = (of(1.0), of(0.0));
    let mut lied = 0;
    for number in 0..50 {
        for ((day, a), (_, b)) in shares(&honest, number).iter().zip(&shares(&liar, number)) {
            assert!(same(a.met, b.met), "replicate {number}, day {day}");
            assert_eq!(a.seen_keeping, b.seen_keeping, "replicate {number}, day {day}");
            lied += u32::from(a.claimed_keeping < b.claimed_keeping);
            assert!(a.claimed_keeping <= b.claimed_keeping);
        }
        assert_eq!(trace(&honest, 31, number).tracks, trace(&liar, 31, number).tracks);
    }
    assert!(lied > 50);
}

/// What is seen where it may not be counts with its weapons in scope, as often as
/// it is seen, and once for two clauses; what keeps its distance does not count.
#[test]
fn weapons_in_violation_are_counted_as_often_as_they_are_seen() {
    let guns = "[[weapon-class]]\nid = \"gun\"\n[[weapon-class]]\nid = \"tank\"\n";
    let armed = |id: &str, at: &str| force(id, "red", at, "equipment = { gun = 12, tank = 5 }");
    let asked =
        |id: &str, km: f64| keep(id, "red", km, "classes = [\"gun\"]\nmonitors = [\"sky\"]");
    let model = model(file(
        84,
        7,
        &[
            site("near", 5.0, 0.0),
            site("behind", 60.0, 0.0),
            parties(&["red", "watcher", "blue"]),
            guns.to_owned(),
            armed("close", "near"),
            armed("back", "behind"),
            asked("guns", 40.0),
            asked("guns-still-farther", 50.0),
            eyes("sky", 0.5, ""),
            scripted("red", "initial = \"defy\""),
        ]
        .concat(),
    ));
    let mut seen = 0.0;
    walk(&model, 31, 0, |world, _| {
        let sky = &world.monitors().raw[0];
        let weapons = |of: &[Lately]| of.iter().map(Lately::all).collect::<Vec<_>>();
        let violations = sky.violations.all();
        assert_eq!(weapons(&sky.weapons_in_violation.raw), [12.0 * violations, 0.0, 0.0]);
        assert_eq!(weapons(&sky.classes_in_violation.raw), [12.0 * violations, 0.0]);
        assert!(violations <= sky.sightings.all());
        seen = violations;
    });
    assert!(seen > 20.0, "{seen}");
}
