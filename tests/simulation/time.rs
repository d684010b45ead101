//! The length of a turn is a matter of speed, not of results.

use crate::common::{
    bundled, close, date, each, eyes, file, force, keep, mean, model, parties, quantal, scripted,
    site, walk,
};
use disengage::engine::EventKind;
use disengage::model::Model;
use disengage::record::Run;
use libm::{exp, hypot};

/// What a replicate was on the days that every length of turn records.
struct Replicate {
    run: Run,
    /// By common date, then clause: true compliance and the recorded shares.
    shares: Vec<Vec<[f64; 4]>>,
}

fn replicate(model: &Model, number: u64, every: u32) -> Replicate {
    let mut shares = Vec::new();
    let run = walk(model, 21, number, |world, turn| {
        if turn.to % every == 0 {
            let of = |clause: &disengage::engine::ClauseState| {
                let it = &clause.shares;
                [it.met, it.seen_keeping, it.seen_violating, it.not_observed]
            };
            shares.push(world.clauses().iter().map(of).collect());
        }
    });
    Replicate { run, shares }
}

/// Runs the same scenario with turns of 7, 2 and 1 days and compares.
fn agree(name: &str, of: impl Fn(u32) -> Model, replicates: u64, tolerance: f64) {
    let clauses: Vec<String> = of(7).clauses.iter().map(|it| it.id.clone()).collect();
    let lengths: Vec<Vec<Replicate>> = [1, 2, 7]
        .map(|turn_days| {
            let model = of(turn_days);
            each(replicates, |number| replicate(&model, number, 14))
        })
        .into();
    for (days, other) in [2, 7].iter().zip(&lengths[1..]) {
        for (number, (a, b)) in lengths[0].iter().zip(other).enumerate() {
            assert_eq!(a.shares.len(), b.shares.len());
            for (date, (on, at)) in a.shares.iter().zip(&b.shares).enumerate() {
                for (clause, (x, y)) in clauses.iter().zip(on.iter().zip(at)) {
                    assert!(
                        crate::common::same(x[0], y[0]),
                        "{name}, {days}-day turns, replicate {number}, day {}: {clause} {} and {}",
                        14 * (date + 1),
                        x[0],
                        y[0]
                    );
                }
            }
            for (clause, (x, y)) in clauses.iter().zip(a.run.clauses.iter().zip(&b.run.clauses)) {
                let results = |it: &disengage::record::ClauseRun| {
                    (it.started_day, it.deadline_met, it.days_to_first_kept, it.kept_at_end)
                };
                assert_eq!(
                    results(x),
                    results(y),
                    "{name}, {days}-day turns, replicate {number}: {clause}"
                );
                assert!(
                    (x.met - y.met).abs() < 1e-9 || (x.met.is_nan() && y.met.is_nan()),
                    "{name}, {days}-day turns, replicate {number}: mean of {clause} {} and {}",
                    x.met,
                    y.met
                );
            }
        }
        for date in 0..lengths[0][0].shares.len() {
            for (clause, id) in clauses.iter().enumerate() {
                for (share, register) in ["keeping", "violating", "not observed"].iter().enumerate()
                {
                    let values = |of: &[Replicate]| -> Vec<f64> {
                        of.iter()
                            .map(|it| it.shares[date][clause][share + 1])
                            .filter(|it| !it.is_nan())
                            .collect()
                    };
                    let (a, b) = (values(&lengths[0]), values(other));
                    assert_eq!(a.len(), b.len());
                    if a.len() < 2 {
                        continue;
                    }
                    let ((x, se), (y, also)) = (mean(&a), mean(&b));
                    // The draws of sightings differ: two independent means.
                    let allowed = tolerance.max(4.0 * hypot(se, also).min(tolerance));
                    assert!(
                        (x - y).abs() <= allowed,
                        "{name}, {days}-day turns, day {}: {id} {register} {x} and {y} (± {se})",
                        14 * (date + 1)
                    );
                }
            }
        }
    }
}

/// All kinds of clauses, delays, a self-report, concealment, lift, deadlines
/// that no turn of two or seven days ends on.
fn mixed(turn_days: u32) -> Model {
    model(file(
        210,
        turn_days,
        &[
            site("near", 12.0, 0.0),
            site("town", 25.0, 30.0),
            site("barracks", 90.0, 0.0),
            "[[area]]\nid = \"strip\"\nkind = \"band\"\nfrom = \"line\"\nfrom_km = 0\nto_km = 20\n".into(),
            "[[weapon-class]]\nid = \"gun\"\nheavy = true\n".into(),
            parties(&["blue", "watcher"]),
            "[[party]]\nid = \"red\"\nlift_persons = 150\n[[party]]\nid = \"proxy\"\npatron = \"red\"\ncontrol = 0.6\n".into(),
            force("guard", "red", "near", "strength = { uniform = [50, 200] }\nequipment = { gun = 40 }"),
            force("depot", "red", "town", "mobility_km_per_day = { uniform = [4, 9] }\nequipment = { gun = { uniform = [5, 25] } }"),
            force("band", "proxy", "town", "signature = 0.5"),
            force("army", "blue", "barracks", "mobility_km_per_day = 7"),
            keep("pullback", "red", 40.0, &format!("target_km = 50\nmonitors = [\"sky\", \"red-says\"]\ndeadline = {}\nkept_at = 0.5", date(66))),
            keep("proxies", "proxy", 60.0, &format!("starts = {}\ndeadline = {{ after = \"proxies\", days = 53 }}\nmonitors = [\"sky\"]", date(17))),
            "[[clause]]\nid = \"strip-blue\"\nkind = \"presence\"\nbinds = [\"blue\", \"red\"]\nauthorised = [\"blue\"]\narea = \"strip\"\n\
             floor_persons = 80\ncap_persons = 90\ndeploys = { army = \"near\" }\nmonitors = [\"sky\"]\n".into(),
            format!("[[clause]]\nid = \"guns\"\nkind = \"deliver\"\nbinds = [\"red\"]\nto = \"blue\"\nweapons_per_day = 0.4\n\
             inspection_days = 3\naccepted_share = 0.8\nstarts = {}\ndeadline = {}\nkept_at = 0.3\nmonitors = [\"sky\"]\n", date(10), date(59)),
            eyes("sky", 0.3, "report_delay_days = 4\nbias_to_violating = 0.1"),
            "[[monitor]]\nid = \"red-says\"\nkind = \"self-report\"\nparty = \"red\"\ninterval_days = 10\nhonesty = 0.3\n".into(),
            quantal("red", 9, 0.3, "pressure = { uniform = [0.2, 0.8] }\nconcealment_cost = 0.1\nvalue_per_km = 0.002"),
            quantal("proxy", 14, 0.3, "pressure = 0.3"),
            quantal("blue", 30, 0.1, "pressure = 0.5"),
        ]
        .concat(),
    ))
}

#[test]
fn turns_of_one_two_and_seven_days_agree_on_a_scenario_of_every_kind() {
    // Recorded shares are means over 2000 independent runs: their difference has
    // a standard error below 0.02 / 4 where the spread is below 0.11.
    agree("every kind", mixed, 2000, 0.02);
}

/// Departure is dated: a phase that waits for what is verified starts on what
/// was seen, and sightings are drawn by turns.
#[test]
fn turns_of_one_two_and_seven_days_agree_in_south_west_syria() {
    let of = |turn_days: u32| {
        let turn = format!("time.turn_days={turn_days}");
        bundled("southwest-syria-2018", &[&turn, "phase.departure.starts=2019-01-01"]).model
    };
    agree("south-west Syria", of, 300, 0.02);
}

/// Keeps at noon of no turn: 40 km at 10 km a day from day 3, met on day 7.
fn march(turn_days: u32, deadline: i32) -> Model {
    let clause = keep("pullback", "red", 40.0, &format!("deadline = {}", date(deadline)));
    let orders =
        format!("initial = \"defy\"\norders = [{{ date = {}, order = \"comply\" }}]", date(3));
    model(file(
        42,
        turn_days,
        &[
            site("near", 0.5, 0.0),
            parties(&["red"]),
            force("guard", "red", "near", "mobility_km_per_day = 10"),
            clause,
            scripted("red", &orders),
        ]
        .concat(),
    ))
}

#[test]
fn a_deadline_within_a_turn_is_judged_on_its_own_date() {
    for turn_days in [1, 2, 5, 7, 31] {
        for (deadline, met) in [(5, false), (6, false), (7, true), (8, true), (13, true)] {
            let model = march(turn_days, deadline);
            let mut passed = None;
            let run = walk(&model, 1, 0, |world, _| {
                for event in world.events() {
                    if let EventKind::DeadlinePassed { kept, .. } = event.kind {
                        passed = Some((event.day, kept));
                    }
                }
            });
            let clause = run.clauses.raw[0];
            assert_eq!(
                clause.deadline_met,
                Some(met),
                "deadline on day {deadline}, {turn_days}-day turns"
            );
            assert_eq!(passed, Some((deadline as u32, met)));
            assert_eq!(clause.days_to_first_kept, Some(7));
            // Due from the day after the deadline: kept on all days but those before day 7.
            let due = f64::from(42 - deadline);
            let kept = due - f64::from((6 - deadline).max(0));
            assert!((clause.met - kept / due).abs() < 1e-12, "{}", clause.met);
        }
    }
}

#[test]
fn a_delivery_due_within_a_turn_is_judged_on_its_own_date() {
    // One weapon a day from day 4 on: k days later k are delivered.
    for turn_days in [1, 2, 5, 7] {
        for (deadline, met) in [(8, false), (9, true), (10, true)] {
            let tables = [
                site("near", 5.0, 0.0),
                parties(&["red", "blue"]),
                "[[weapon-class]]\nid = \"gun\"\nheavy = true\n".into(),
                force("guard", "red", "near", "equipment = { gun = 10 }"),
                format!(
                    "[[clause]]\nid = \"guns\"\nkind = \"deliver\"\nbinds = [\"red\"]\nto = \"blue\"\nweapons_per_day = 1\n\
                     deadline = {}\nkept_at = 0.5\n",
                    date(deadline)
                ),
                scripted(
                    "red",
                    &format!("orders = [{{ date = {}, order = \"comply\" }}]", date(4)),
                ),
            ];
            let run = walk(&model(file(42, turn_days, &tables.concat())), 1, 0, |_, _| {});
            let clause = run.clauses.raw[0];
            assert_eq!(
                clause.deadline_met,
                Some(met),
                "deadline on day {deadline}, {turn_days}-day turns"
            );
            assert_eq!(clause.days_to_first_kept, Some(9), "{turn_days}-day turns");
            assert_eq!(clause.met_at_end, 1.0);
        }
    }
}

/// A deadline that opens with a verified clause is judged on the day it opens.
#[test]
fn a_deadline_set_by_what_is_verified_is_judged() {
    for turn_days in [1, 7] {
        let tables = [
            site("near", 5.0, 0.0),
            parties(&["red", "blue", "watcher"]),
            force("guard", "red", "near", ""),
            force("other", "blue", "near", ""),
            keep("first", "red", 40.0, "monitors = [\"sky\"]"),
            keep("second", "blue", 40.0, "deadline = { verified = \"first\", for_days = 10 }"),
            eyes("sky", 5.0, ""),
            scripted("red", "initial = \"comply\""),
            scripted("blue", "initial = \"comply\""),
        ];
        let run = walk(&model(file(70, turn_days, &tables.concat())), 1, 0, |_, _| {});
        assert_eq!(run.clauses.raw[1].deadline_met, Some(true), "{turn_days}-day turns");
    }
}

/// Forty forces, each at a site of its own, that stay where they are not to be, seen by one
/// monitor.
fn standing(turn_days: u32, days: i32, rate: f64, delay: f64) -> Model {
    let at_its_site = |i: u32| {
        let home = format!("near{i}");
        site(&home, 5.0, f64::from(i)) + &force(&format!("f{i}"), "red", &home, "")
    };
    let forces: String = (0..40).map(at_its_site).collect();
    model(file(
        days,
        turn_days,
        &[
            parties(&["red", "watcher"]),
            forces,
            keep("pullback", "red", 40.0, "monitors = [\"sky\"]\nmax_age_days = 100000"),
            eyes("sky", rate, &format!("report_delay_days = {delay:?}")),
            scripted("red", "initial = \"defy\""),
        ]
        .concat(),
    ))
}

/// Reports on a standing violation, per day: detection 0.05, report 1/14. Those
/// of one monitor on one force come in the order of the sightings, so that by
/// day t the first has come with 1 − (νe^(−μt) − μe^(−νt))/(ν − μ).
#[test]
fn the_first_report_comes_as_its_law_has_it_whatever_the_turn() {
    let (mu, delay): (f64, f64) = (0.05, 14.0);
    let nu = 1.0 / delay;
    let first = |t: f64| 1.0 - (nu * exp(-mu * t) - mu * exp(-nu * t)) / (nu - mu);
    for (t, expected) in [(14.0, 0.2031), (28.0, 0.4938), (70.0, 0.9151)] {
        assert!((first(t) - expected).abs() < 5e-5);
    }
    for turn_days in [1, 2, 7] {
        let model = standing(turn_days, 70, mu, delay);
        let runs = each(500, |number| {
            let mut reported = Vec::new();
            walk(&model, 8, number, |world, turn| {
                if [14, 28, 70].contains(&turn.to) {
                    reported.push(world.clauses().raw[0].shares.seen_violating);
                }
            });
            reported
        });
        for (at, t) in [14.0, 28.0, 70.0].into_iter().enumerate() {
            let shares: Vec<f64> = runs.iter().map(|it| it[at]).collect();
            // 20 000 violators: a standard error of 0.0035 at most.
            close(&format!("{turn_days}-day turns, day {t}"), &shares, first(t), 4.0, 0.004);
        }
    }
}

/// Without a delay: first detection after 1/μ days in the mean, by any day t
/// with 1 − e^(−μt); recorded at the end of the turn.
#[test]
fn a_standing_violation_is_first_seen_after_the_inverse_of_the_rate() {
    let mu: f64 = 0.05;
    for turn_days in [1, 2, 7] {
        let days = 280;
        let model = standing(turn_days, days, mu, 0.0);
        let waits = each(150, |number| {
            let mut total = 0.0;
            let mut at_28 = 0.0;
            let mut unseen = 40.0;
            walk(&model, 9, number, |world, turn| {
                // Registers show whether, their sightings of one force when.
                let seen = world.monitors().raw[0].register.iter().flatten().count() as f64;
                total += f64::from(turn.to - turn.from) * unseen;
                unseen = 40.0 - seen;
                if turn.to == 28 {
                    at_28 = seen / 40.0;
                }
            });
            (total / 40.0, at_28)
        });
        let (wait, by_28): (Vec<f64>, Vec<f64>) = waits.into_iter().unzip();
        // Whole turns until seen: geometric with 1 − e^(−μ turn).
        let turn = f64::from(turn_days);
        let expected = turn / (1.0 - exp(-mu * turn));
        close(
            &format!("{turn_days}-day turns: days to the first sighting"),
            &wait,
            expected,
            4.0,
            0.35,
        );
        close(
            &format!("{turn_days}-day turns: seen by day 28"),
            &by_28,
            1.0 - exp(-28.0 * mu),
            4.0,
            0.01,
        );
    }
}
