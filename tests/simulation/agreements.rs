//! Agreements, gates, readings, and terms that change: small cases by hand.

use crate::common::{
    bundled, date, each, eyes, file, force, keep, mean, model, parties, quantal, scripted, site,
    walk,
};
use disengage::engine::{EventKind, Register, Status, World, status};
use disengage::experiment::ensemble;
use disengage::model::{Model, Starter, Turn};
use disengage::record::Run;

/// A red guard 10 km from the line that goes out at 10.1 km a day, and a watcher.
fn scene(days: i32, turn_days: u32, orders: &str, tables: &str) -> Model {
    model(file(
        days,
        turn_days,
        &[
            site("near", 10.0, 0.0),
            site("town", 10.0, 20.0),
            parties(&["red", "blue", "watcher"]),
            force("guard", "red", "near", "mobility_km_per_day = 10.1"),
            scripted("red", orders),
            scripted("blue", "initial = \"comply\""),
            eyes("sky", 8.0, ""),
            tables.to_owned(),
        ]
        .concat(),
    ))
}

/// The days on which something happened, by what `of` makes of events.
fn days_of<T>(model: &Model, of: impl Fn(EventKind) -> Option<T>) -> Vec<(u32, T)> {
    let mut days = Vec::new();
    walk(model, 1, 0, |world, _| {
        for event in world.events() {
            if let Some(it) = of(event.kind) {
                days.push((event.day, it));
            }
        }
    });
    days.sort_by_key(|(day, _)| *day);
    days
}

fn starts(model: &Model) -> Vec<(u32, usize)> {
    days_of(model, |kind| match kind {
        EventKind::ClauseStarted { clause } => Some(clause.into()),
        _ => None,
    })
}

/// What a run shows on each day, by daily turns.
fn daily<T>(model: &Model, mut show: impl FnMut(&World) -> T) -> (Vec<T>, Run) {
    let mut shown = Vec::new();
    let run = walk(model, 1, 0, |world, _: Turn| shown.push(show(world)));
    (shown, run)
}

/// Day 1 is the first in `shown`.
fn on<T: Copy>(shown: &[T], day: usize) -> T {
    shown[day - 1]
}

fn true_status(model: &Model) -> Vec<Status> {
    daily(model, |world| status(model, world, 0.into(), Register::True)).0
}

// ── Deadlines, milestones, grace ─────────────────────────────────────────────

/// Ordered out on day 3: 20 km on day 4, 30 km on day 5, 40 km on day 6.
fn marching(more: &str) -> Model {
    let orders = format!("orders = [{{ date = {}, order = \"comply\" }}]", date(3));
    scene(30, 1, &orders, &keep("pullback", "red", 40.0, more))
}

#[test]
fn a_deadline_is_met_or_missed_by_days_and_grace_forgives() {
    for (deadline, grace, met, after) in
        [(8, 0, true, -2), (6, 0, true, 0), (4, 0, false, 2), (4, 1, false, 2), (4, 2, true, 2)]
    {
        let more = format!("deadline = {}\ngrace_days = {grace}", date(deadline));
        let (_, run) = daily(&marching(&more), |_| ());
        let clause = run.clauses.raw[0];
        assert_eq!(clause.deadline_met, Some(met), "by {deadline} + {grace}");
        assert_eq!(clause.days_after_deadline, Some(after));
    }
}

#[test]
fn status_goes_from_not_due_to_late_to_kept() {
    let model = marching(&format!("target_km = 50\ndeadline = {}\ngrace_days = 1", date(4)));
    let shown = true_status(&model);
    assert_eq!(on(&shown, 3), Status::NotDue);
    assert_eq!(on(&shown, 5), Status::NotDue);
    assert_eq!(on(&shown, 6), Status::MinimumMet);
    assert_eq!(on(&shown, 7), Status::Kept);
    let late = true_status(&marching(&format!("deadline = {}", date(3))));
    assert_eq!(on(&late, 4), Status::Late { days: 1 });
    assert_eq!(on(&late, 5), Status::Late { days: 2 });
    assert_eq!(on(&late, 6), Status::Kept);
    assert_eq!(on(&true_status(&marching("")), 5), Status::Open);
}

#[test]
fn what_was_kept_and_is_no_longer_is_violated() {
    let orders =
        format!("initial = \"comply\"\norders = [{{ date = {}, order = \"defy\" }}]", date(10));
    let shown = true_status(&scene(20, 1, &orders, &keep("pullback", "red", 40.0, "")));
    assert_eq!(on(&shown, 5), Status::Kept);
    assert_eq!(on(&shown, 12), Status::Violated);
}

#[test]
fn a_clause_that_starts_after_its_own_deadline_is_due_at_once() {
    let more = format!("starts = {{ after = \"first\", days = 12 }}\ndeadline = {}", date(4));
    let tables = [keep("pullback", "red", 40.0, &more), keep("first", "red", 5.0, "")].concat();
    let model = scene(30, 1, "initial = \"defy\"", &tables);
    let (shown, run) = daily(&model, |world| status(&model, world, 0.into(), Register::True));
    assert_eq!(run.clauses.raw[0].deadline_met, Some(false));
    assert_eq!(on(&shown, 12), Status::NotDue);
    assert_eq!(on(&shown, 15), Status::Late { days: 3 });
}

#[test]
fn milestones_are_judged_on_their_own_day() {
    let milestones = format!(
        "deadline = {}\nmilestones = [{{ by = {}, share = 0.5 }}, {{ by = {{ after = \"pullback\", days = 7 }}, share = 1 }}]",
        date(20),
        date(5)
    );
    for turn_days in [1, 7] {
        let orders = format!("orders = [{{ date = {}, order = \"comply\" }}]", date(3));
        let tables = keep("pullback", "red", 40.0, &milestones);
        let model = scene(28, turn_days, &orders, &tables);
        let passed = days_of(&model, |kind| match kind {
            EventKind::MilestonePassed { milestone, met, .. } => Some((milestone, met)),
            _ => None,
        });
        assert_eq!(passed, [(5, (0, false)), (7, (1, true))]);
        let run = walk(&model, 1, 0, |_, _| {});
        assert_eq!(run.clauses.raw[0].milestones_met, Some(0.5));
    }
    let shown = true_status(&marching(&milestones));
    assert_eq!(on(&shown, 5), Status::Late { days: 0 });
    assert_eq!(on(&shown, 6), Status::Kept);
    let off = scene(
        28,
        1,
        "initial = \"defy\"",
        &format!(
            "{}\n[mechanisms]\nmilestones = false\n",
            keep("pullback", "red", 40.0, &milestones)
        ),
    );
    let run = walk(&off, 1, 0, |_, _| {});
    assert_eq!(run.clauses.raw[0].milestones_met, None);
}

// ── Agreements ───────────────────────────────────────────────────────────────

#[test]
fn clauses_start_and_end_with_their_agreement() {
    let tables = [
        format!(
            "[[agreement]]\nid = \"zone\"\nstarts = {}\nexpires = {}\n",
            date(5),
            date(20)
        ),
        "[[agreement]]\nid = \"deal\"\nstanding = \"demanded\"\n".into(),
        "[[phase]]\nid = \"second\"\nagreement = \"zone\"\nstarts = { after = \"own\", days = 9 }\n".into(),
        keep("plain", "red", 40.0, "agreement = \"zone\""),
        keep("phased", "red", 40.0, "phase = \"second\""),
        keep("own", "red", 40.0, "agreement = \"deal\""),
        keep("offered", "red", 40.0, "agreement = \"deal\"\nstanding = \"offered\""),
    ]
    .concat();
    let model = scene(30, 1, "initial = \"defy\"", &tables);
    // What starts on day 0 does so before the first turn.
    assert_eq!(starts(&model), [(5, 0), (9, 1)]);
    assert!(walk(&model, 1, 0, |_, _| {}).clauses.raw[3].started_day == Some(0));
    let ended = days_of(&model, |kind| match kind {
        EventKind::ClauseEnded { clause } => Some(clause),
        _ => None,
    });
    assert_eq!(ended, [(20, 0.into()), (20, 1.into())]);
    let consented: Vec<bool> = model.clauses.iter().map(|it| it.consented).collect();
    assert_eq!(consented, [true, true, false, false]);
    assert_eq!(on(&true_status(&model), 25), Status::Ended);
}

#[test]
fn what_has_ended_moves_nobody_and_counts_no_longer() {
    let more = format!("expires = {}", date(10));
    let model = scene(20, 1, "initial = \"comply\"", &keep("pullback", "red", 40.0, &more));
    let (km, run) = daily(&model, |world| world.forces().raw[0].km.raw[0]);
    // The end of an obligation is no order: it stays, unless the file says otherwise.
    assert!([10, 14, 20].iter().all(|day| (on(&km, *day) - 40.0).abs() < 0.01));
    let returns = format!("{more}\nreturns_at_end = true");
    let back = scene(20, 1, "initial = \"comply\"", &keep("pullback", "red", 40.0, &returns));
    let (km, _) = daily(&back, |world| world.forces().raw[0].km.raw[0]);
    assert!((on(&km, 10) - 40.0).abs() < 0.01 && (on(&km, 14) - 10.0).abs() < 0.01);
    // Kept from day 3 of ten days on: 8 of the 10 that count.
    assert!((run.clauses.raw[0].met - 0.8).abs() < 1e-12);
}

// ── Gates ────────────────────────────────────────────────────────────────────

#[test]
fn two_with_each_other_start_once_both_are_ready() {
    for order in [["a", "b"], ["b", "a"]] {
        let of = |id: &str| {
            let (day, other) = if id == "a" { (4, "b") } else { (9, "a") };
            let gate = format!("starts = {{ all = [{}, {{ with = \"{other}\" }}] }}", date(day));
            keep(id, "red", 40.0, &gate)
        };
        let tables = [of(order[0]), of(order[1])].concat();
        let model = scene(20, 1, "initial = \"defy\"", &tables);
        assert_eq!(starts(&model), [(9, 0), (9, 1)]);
        let (stuck, _) = daily(&model, |world| world.deadlocks().len());
        assert!(stuck.iter().all(|it| *it == 0));
    }
}

#[test]
fn gates_wait_for_monitors_and_for_quiet() {
    let post = |id: &str, day: i32| {
        format!(
            "[[monitor]]\nid = \"{id}\"\nkind = \"post\"\nparty = \"watcher\"\nat = \"near\"\nradius_km = 5\nsightings_per_day = 1\nfrom = {}\n",
            date(day)
        )
    };
    let tables = [
        post("early", 3),
        post("late", 11),
        keep("half", "red", 40.0, "starts = { deployed = [\"early\", \"late\"], at_least = 0.5 }\nmonitors = [\"early\", \"late\"]"),
        keep("all", "red", 40.0, "starts = { deployed = [\"early\", \"late\"] }"),
        keep("quiet", "red", 40.0, "starts = { quiet_days = 6, between = [\"red\", \"blue\"] }"),
    ]
    .concat();
    for turn_days in [1, 7] {
        let model = scene(21, turn_days, "initial = \"defy\"", &tables);
        // A post is on duty at the end of its first day.
        assert_eq!(starts(&model), [(4, 0), (6, 2), (12, 1)]);
    }
}

/// Fire at the guard near the line breaks the quiet there and nowhere else.
#[test]
fn quiet_may_be_asked_for_at_some_sites_alone() {
    let fire = format!(
        "[[event]]\nid = \"fire\"\nkind = \"act\"\nact = \"fire\"\nby = \"blue\"\nagainst = \"red\"\ntarget = \"guard\"\ndate = {}\n",
        date(4)
    );
    let quiet =
        |id: &str, at: &str| keep(id, "red", 40.0, &format!("starts = {{ quiet_days = 6{at} }}"));
    let tables = [
        fire,
        quiet("anywhere", ""),
        quiet("there", ", at = [\"near\"]"),
        quiet("elsewhere", ", at = [\"town\"]"),
        quiet("later", &format!(", from = {}", date(9))),
    ]
    .concat();
    for turn_days in [1, 7] {
        let model = scene(21, turn_days, "initial = \"defy\"", &tables);
        // Six whole days after the day of the fire, which ends as day 5 begins.
        assert_eq!(starts(&model), [(6, 2), (11, 0), (11, 1), (15, 3)]);
    }
}

fn waiting_for_each_other(extra: &str) -> Model {
    let gate = |id: &str| format!("starts = {{ verified = \"{id}\" }}\nmonitors = [\"sky\"]");
    let tables = [
        keep("a", "red", 40.0, &gate("b")),
        keep("b", "red", 40.0, &gate("a")),
        keep("c", "red", 40.0, "starts = { after = \"a\", days = 3 }"),
        extra.to_owned(),
    ]
    .concat();
    scene(20, 1, "initial = \"comply\"", &tables)
}

#[test]
fn a_deadlock_is_found_and_named() {
    let model = waiting_for_each_other("");
    let (named, _) = daily(&model, |world| world.deadlocks().to_vec());
    let expected = [0, 1, 2].map(|it| (Starter::Clause(it.into()), 0));
    assert!(named.iter().all(|it| *it == expected));
    let (_, run) = daily(&model, |_| ());
    assert!(run.clauses.iter().all(|it| it.deadlocked_day == Some(0)));
    assert!(run.clauses.iter().all(|it| it.started_day.is_none()));
}

#[test]
fn a_gate_blocks_while_its_condition_alone_is_wanting() {
    let tables = [
        keep("first", "red", 40.0, "monitors = [\"sky\"]"),
        keep(
            "second",
            "red",
            50.0,
            &format!("starts = {{ all = [{}, {{ verified = \"first\" }}] }}", date(5)),
        ),
    ]
    .concat();
    let model = scene(20, 1, "initial = \"defy\"", &tables);
    let (blocked, run) =
        daily(&model, |world| disengage::engine::blocked(&model, world, Starter::Clause(1.into())));
    assert!(!on(&blocked, 4) && on(&blocked, 5) && on(&blocked, 20));
    assert_eq!(run.clauses.raw[1].deadlocked_day, None);
    // Once what it waits for has ended it can no longer start.
    let ends = [
        keep("first", "red", 40.0, &format!("monitors = [\"sky\"]\nexpires = {}", date(8))),
        keep("second", "red", 50.0, "starts = { verified = \"first\" }"),
    ]
    .concat();
    let model = scene(20, 1, "initial = \"defy\"", &ends);
    let (_, run) = daily(&model, |_| ());
    assert_eq!(run.clauses.raw[1].deadlocked_day, Some(8));
}

// ── Terms that change ────────────────────────────────────────────────────────

fn change(id: &str, day: i32, of: &str) -> String {
    format!("[[change]]\nid = \"{id}\"\nclause = \"pullback\"\nwhen = {}\n{of}\n", date(day))
}

#[test]
fn an_amended_distance_moves_where_forces_halt() {
    let tables = [
        keep("pullback", "red", 40.0, "target_km = 50"),
        change("wider", 10, "kind = \"amend\"\nmin_km = 70"),
    ]
    .concat();
    let model = scene(30, 1, "initial = \"comply\"", &tables);
    let (shown, _) =
        daily(&model, |world| (world.forces().raw[0].km.raw[0], world.clauses().raw[0].shares.met));
    assert!((on(&shown, 10).0 - 50.0).abs() < 0.01 && on(&shown, 9).1 == 1.0);
    assert_eq!(on(&shown, 10).1, 0.0);
    // The target moves along: 80 km, three days' march.
    assert!((on(&shown, 13).0 - 80.0).abs() < 0.01, "{shown:?}");
    assert_eq!(on(&shown, 12).1, 1.0);
}

#[test]
fn nothing_changes_without_consent() {
    for (consent, made) in [("1", true), ("0", false)] {
        let tables = [
            "[[agreement]]\nid = \"deal\"\nsignatories = [\"red\", \"blue\"]\n".to_owned(),
            keep("pullback", "red", 40.0, "agreement = \"deal\""),
            change(
                "wider",
                10,
                &format!("kind = \"amend\"\nmin_km = 70\nconsent = {{ blue = {consent} }}"),
            ),
        ]
        .concat();
        let model = scene(20, 1, "initial = \"comply\"", &tables);
        let (min_km, _) = daily(&model, |world| world.clauses().raw[0].terms.min_km);
        assert_eq!(on(&min_km, 20) == 70.0, made);
    }
    // A drawn consent comes as often as it says.
    let tables = [
        keep("pullback", "red", 40.0, ""),
        change("wider", 2, "kind = \"amend\"\nmin_km = 70\nconsent = { blue = 0.3 }"),
    ]
    .concat();
    let model = scene(3, 1, "initial = \"comply\"", &tables);
    let made = each(4000, |number| {
        let mut made = 0.0;
        walk(&model, 5, number, |world, _| {
            made = f64::from(u8::from(world.clauses().raw[0].terms.min_km == 70.0));
        });
        made
    });
    crate::common::close("consent", &made, 0.3, 4.0, 0.0075);
}

#[test]
fn what_is_suspended_is_not_owed_until_it_is_resumed() {
    let tables = [
        keep("pullback", "red", 40.0, ""),
        change("pause", 5, "kind = \"suspend\""),
        change("on", 15, "kind = \"resume\""),
    ]
    .concat();
    let model = scene(20, 1, "initial = \"comply\"", &tables);
    let (shown, run) = daily(&model, |world| {
        (status(&model, world, 0.into(), Register::True), world.forces().raw[0].km.raw[0])
    });
    assert_eq!(on(&shown, 4).0, Status::Kept);
    assert_eq!(on(&shown, 5).0, Status::Suspended);
    assert!((on(&shown, 10).1 - 10.0).abs() < 0.01);
    assert_eq!(on(&shown, 18).0, Status::Kept);
    // Ten days count: 1 to 5, kept from 3 on; 15 to 20, kept from 18 on.
    let expected = (3.0 + 3.0) / 11.0;
    assert!((run.clauses.raw[0].met - expected).abs() < 1e-12, "{}", run.clauses.raw[0].met);
}

/// What is suspended or has ended is neither in force nor kept, and nothing is
/// judged of it; where forces stand goes on being measured.
#[test]
fn nothing_is_judged_of_what_is_not_in_force() {
    let tables = [
        keep("pullback", "red", 40.0, "monitors = [\"sky\"]"),
        change("pause", 10, "kind = \"suspend\""),
        change("on", 15, "kind = \"resume\""),
        change("over", 25, "kind = \"end\""),
    ]
    .concat();
    let model = scene(30, 1, "initial = \"comply\"", &tables);
    let mut runs = Vec::new();
    let whole = ensemble(&model, 1, 3, |run| {
        runs.push(run.unwrap().clone());
        Ok::<(), std::convert::Infallible>(())
    })
    .unwrap();
    let rows: Vec<_> = whole.aggregates.rows(&model, 0).collect();
    let read = |measure: &str, register: &str, day: i32| {
        let mut rows = rows.iter();
        let row = rows
            .find(|it| it.date == date(day) && it.measure == measure && it.register == register);
        row.filter(|it| it.n > 0).map(|it| it.mean)
    };
    for (day, in_force) in
        [(8, true), (10, false), (14, false), (22, true), (25, false), (30, false)]
    {
        let shown = f64::from(u8::from(in_force));
        assert_eq!(read("in_force", "true", day), Some(shown), "{day}");
        assert_eq!(read("kept", "true", day), Some(shown), "{day}");
        for (measure, register) in [
            ("compliance", "true"),
            ("compliance_unrestricted", "true"),
            ("violators", "true"),
            ("compliance", "recorded"),
            ("not_observed", "recorded"),
        ] {
            let found = read(measure, register, day);
            assert_eq!(found.is_some(), in_force, "{measure} {register} {day}: {found:?}");
        }
        assert!(read("distance_mean", "true", day).is_some(), "{day}");
    }
    assert!(!runs[0].clauses.raw[0].kept_at_end && runs[0].clauses.raw[0].met_at_end.is_nan());
    assert!(runs[0].clauses.raw[0].days_to_first_kept.is_some());
}

/// With a clause ends what is owed under it, and nothing sends anybody home: who went out and
/// who was deployed stay where they stand.
#[test]
fn who_was_deployed_stays_when_the_clause_ends() {
    let tables = [
        "[[area]]\nid = \"zone\"\nkind = \"buffer\"\nof = \"town\"\nkm = 3\n".into(),
        force("army", "blue", "far", "mobility_km_per_day = 100"),
        keep("pullback", "red", 40.0, ""),
        "[[clause]]\nid = \"presence\"\nkind = \"presence\"\nbinds = [\"blue\"]\narea = \"zone\"\n\
         authorised = [\"blue\"]\nfloor_posts = 1\ndeploys = { army = \"town\" }\n"
            .into(),
        change("over", 20, "kind = \"end\""),
        change("gone", 20, "kind = \"end\"").replace("pullback", "presence"),
    ]
    .concat();
    let model = scene(40, 1, "initial = \"comply\"", &tables);
    let (shown, _) = daily(&model, |world| [0, 1].map(|it| world.forces().raw[it].place.metre));
    let army = model.forces.raw.iter().position(|it| it.id == "army").unwrap();
    let [away, home] = [on(&shown, 19), on(&shown, 40)];
    assert!(away[army] > 200_000.0, "it has come: {away:?}");
    assert_eq!(home[army], away[army]);
    assert!(away[1 - army] > 29_000.0 && home[1 - army] == away[1 - army], "{home:?}");
}

#[test]
fn deadlines_are_put_off_and_ends_renewed() {
    let tables = [
        keep("pullback", "red", 40.0, &format!("deadline = {}\nexpires = {}", date(4), date(20))),
        change("time", 5, "kind = \"extend\"\ndays = 6"),
        change("again", 22, "kind = \"renew\"\ndays = 5"),
    ]
    .concat();
    let orders = format!("orders = [{{ date = {}, order = \"comply\" }}]", date(7));
    let model = scene(40, 1, &orders, &tables);
    let (shown, run) = daily(&model, |world| status(&model, world, 0.into(), Register::True));
    assert_eq!(on(&shown, 6), Status::NotDue);
    assert_eq!(run.clauses.raw[0].deadline_met, Some(true));
    assert_eq!(run.clauses.raw[0].days_after_deadline, Some(0));
    assert_eq!(on(&shown, 21), Status::Ended);
    assert!(on(&shown, 26) != Status::Ended && on(&shown, 27) == Status::Ended);
}

#[test]
fn a_recommitment_counts_anew_who_is_inside() {
    let tables = [
        force("other", "red", "town", "mobility_km_per_day = 10.1"),
        keep("pullback", "red", 40.0, "deadline = { after = \"pullback\", days = 5 }"),
        change("again", 12, "kind = \"recommit\""),
    ]
    .concat();
    let orders = format!(
        "initial = \"comply\"\norders = [{{ date = {}, order = \"defy\", groups = [\"town\"] }}]",
        date(1)
    );
    let model = scene(30, 1, &orders, &tables);
    let (shown, run) = daily(&model, |world| {
        let it = &world.clauses().raw[0];
        (it.shares.met, it.due, it.commitments)
    });
    // The guard is out on day 12: of the other alone, nothing keeps it.
    assert_eq!(on(&shown, 11), (0.5, Some(5), 0));
    assert_eq!(on(&shown, 12), (0.0, Some(17), 1));
    assert_eq!(run.clauses.raw[0].deadline_met, Some(false));
}

#[test]
fn what_was_demanded_may_be_agreed_later() {
    let tables = [
        keep("pullback", "red", 40.0, "standing = \"demanded\""),
        change("signed", 6, "kind = \"agree\""),
    ]
    .concat();
    let model = scene(10, 1, "initial = \"defy\"", &tables);
    let (agreed, _) = daily(&model, |world| world.clauses().raw[0].consented());
    assert!(!on(&agreed, 5) && on(&agreed, 6));
}

// ── Readings ─────────────────────────────────────────────────────────────────

/// Red reads 20 km where the text says 40, and blue's eyes look by the text.
fn read(more: &str) -> Model {
    let tables = [
        keep("pullback", "red", 40.0, "monitors = [\"sky\", \"own\"]"),
        "[[reading]]\nid = \"as-red\"\nreading_of = \"pullback\"\nread_by = \"red\"\nmin_km = 20\nmonitors = [\"sky\"]\n".into(),
        "[[monitor]]\nid = \"own\"\nkind = \"national-technical-means\"\nparty = \"red\"\nsightings_per_day = 8\n".into(),
        more.to_owned(),
    ]
    .concat();
    scene(20, 1, "initial = \"comply\"", &tables)
}

#[test]
fn a_party_carries_out_its_own_reading_and_is_judged_under_each() {
    let model = read("");
    assert_eq!(model.clauses.raw[1].reading_of, Some((0.into(), 0.into())));
    assert_eq!(model.clauses.raw[1].weight, 0.0);
    let (shown, _) = daily(&model, |world| {
        (
            world.forces().raw[0].km.raw[0],
            world.clauses().raw[0].shares,
            world.clauses().raw[1].shares,
        )
    });
    let (km, text, reading) = on(&shown, 15);
    assert!((km - 20.0).abs() < 0.01, "{km}");
    assert_eq!((text.met, reading.met), (0.0, 1.0));
    assert_eq!((text.seen_keeping + text.seen_violating, reading.seen_keeping), (1.0, 1.0));
    let off = read("[mechanisms]\nreadings = false\n");
    let (shown, _) = daily(&off, |world| world.forces().raw[0].km.raw[0]);
    assert!((on(&shown, 15) - 40.0).abs() < 0.01);
}

#[test]
fn a_monitor_registers_by_the_reading_of_its_party() {
    let model = read("");
    let (seen, _) = daily(&model, |world| {
        [0, 1].map(|it| {
            world.monitors().raw[it].register.raw[0]
                .as_ref()
                .map(|it| it.keeping.contains(0.into()))
        })
    });
    // Sky looks by the text, red's own eyes as red reads it.
    assert_eq!(on(&seen, 15), [Some(false), Some(true)]);
}

/// Who is outside a reading keeps the clause as its party reads it.
#[test]
fn whom_a_reading_does_not_bind_is_registered_as_keeping() {
    let tables = [
        keep("pullback", "red", 40.0, "monitors = [\"sky\", \"own\"]"),
        "[[reading]]\nid = \"as-red\"\nreading_of = \"pullback\"\nread_by = \"red\"\n\
         exempt = [{ forces = [\"guard\"], reason = \"border police\" }]\n"
            .into(),
        "[[monitor]]\nid = \"own\"\nkind = \"national-technical-means\"\nparty = \"red\"\nsightings_per_day = 8\n".into(),
    ]
    .concat();
    let model = scene(20, 1, "initial = \"comply\"", &tables);
    let (seen, _) = daily(&model, |world| {
        let seen = [0, 1].map(|it| {
            world.monitors().raw[it].register.raw[0]
                .as_ref()
                .map(|it| it.keeping.contains(0.into()))
        });
        (seen, world.forces().raw[0].place.metre)
    });
    // It carries out its own reading: it stays.
    assert_eq!(on(&seen, 15), ([Some(false), Some(true)], 0.0));
}

/// What a report, a false alarm or a hit does is done once, however many
/// bystanders read the clause otherwise.
#[test]
fn a_reading_of_a_bystander_moves_no_mind_and_no_rule() {
    let of = |more: &str| {
        let mind = "pressure = 0.4\npressure_half_life_days = 20\n\
                    hit_cost = 1\nhits_per_day = { comply = 0.001, defy = 0.01, conceal = 0.005 }\n\
                    belief_memory_days = 100\nbelief_half_life_days = 50";
        let text = file(
            200,
            7,
            &[
                site("near", 10.0, 0.0),
                site("town", 10.0, 20.0),
                parties(&["red", "blue", "watcher"]),
                force("guard", "red", "near", ""),
                force("other", "red", "town", "strength = { uniform = [50, 300] }"),
                keep("pullback", "red", 40.0, "monitors = [\"sky\"]"),
                quantal("red", 14, 0.2, mind),
                eyes("sky", 0.1, "report_delay_days = 3\nfalse_alarms_per_day = 0.05"),
                "[[rule]]\nid = \"answer\"\nparty = \"watcher\"\non = \"violation-recorded\"\n\
                 kind = \"strike\"\nloss_share = 0.02\nprobability = 0.5\n\
                 [[rule]]\nid = \"press\"\nparty = \"watcher\"\non = \"violation-recorded\"\n\
                 kind = \"press\"\npressure = 0.1\n"
                    .into(),
                more.to_owned(),
            ]
            .concat(),
        );
        let model = model(text);
        each(20, |number| {
            let mut shown = Vec::new();
            walk(&model, 4, number, |world, _| {
                let beliefs = world.hit_beliefs(&model, 0.into(), world.day()).map(f64::to_bits);
                let pressure = world.beliefs().raw[0].pressure(world.day()).to_bits();
                shown.push((pressure, beliefs, world.conflict().rules.raw[0].fired));
            });
            shown
        })
    };
    let reading = "[[reading]]\nid = \"as-blue\"\nreading_of = \"pullback\"\nread_by = \"blue\"\nmin_km = 90\n";
    let plain = of("");
    assert!(plain.iter().flatten().any(|(.., fired)| *fired > 3), "nothing was struck");
    assert!(plain == of(reading));
}

// ── Lines, sides, widths, bands ──────────────────────────────────────────────

#[test]
fn each_party_may_have_a_line_of_its_own() {
    let tables = [
        format!(
            "[[line]]\nid = \"inner\"\npositive_toward = \"far\"\npoints = [{{ lat = {:.9}, lon = -32.0 }}, {{ lat = {:.9}, lon = -28.0 }}]\n",
            5.0 / 110.574_4,
            5.0 / 110.574_4
        ),
        force("band", "blue", "town", "mobility_km_per_day = 10.1"),
        "[[clause]]\nid = \"pullback\"\nkind = \"keep-distance\"\nbinds = [\"red\", \"blue\"]\nfrom = \"line\"\nfrom_of = { blue = \"inner\" }\nmin_km = 40\nwidth = \"in-total\"\n".into(),
    ]
    .concat();
    let model = scene(20, 1, "initial = \"comply\"", &tables);
    let (km, _) = daily(&model, |world| [0, 1].map(|it| world.forces().raw[it].km.raw[0]));
    let [red, blue] = on(&km, 1);
    // After a day's march: 20 km from the line, and 15 from the inner one.
    assert!((red - 20.0).abs() < 0.01 && (blue - 15.1).abs() < 0.05, "{red} {blue}");
    // Half of 40 km each.
    let [red, blue] = on(&km, 10);
    assert!((red - 20.0).abs() < 0.01 && (blue - 20.0).abs() < 0.05, "{red} {blue}");
}

#[test]
fn the_other_side_of_a_line_counts_the_other_way() {
    let tables = keep("pullback", "red", -8.0, "side = \"negative\"");
    let model = scene(5, 1, "initial = \"defy\"", &tables);
    let (km, run) = daily(&model, |world| world.forces().raw[0].km.raw[0]);
    assert!((on(&km, 3) + 10.0).abs() < 0.01);
    assert_eq!(run.clauses.raw[0].met, 0.0);
}

#[test]
fn a_band_in_total_has_half_its_width_on_each_side() {
    for (width, inside) in [("per-side", true), ("in-total", false)] {
        let tables = format!(
            "[[area]]\nid = \"zone\"\nkind = \"band\"\nfrom = \"line\"\nwidth_km = 15\nwidth = \"{width}\"\n\
             [[clause]]\nid = \"out\"\nkind = \"leave\"\nbinds = [\"red\"]\narea = \"zone\"\n"
        );
        let model = scene(5, 1, "initial = \"defy\"", &tables);
        let (counted, _) = daily(&model, |world| world.clauses().raw[0].counted.raw[0]);
        assert_eq!(on(&counted, 1), inside, "{width}");
    }
}

#[test]
fn an_observation_counts_only_from_the_monitor_of_its_band() {
    for (band, observed) in [("from_km = 0, to_km = 15", true), ("from_km = 15, to_km = 99", false)]
    {
        let tables = keep(
            "pullback",
            "red",
            40.0,
            &format!("verifiers = [{{ {band}, monitors = [\"sky\"] }}]"),
        );
        let model = scene(15, 1, "initial = \"defy\"", &tables);
        let (seen, _) = daily(&model, |world| world.clauses().raw[0].shares.seen_violating);
        assert_eq!(on(&seen, 15), f64::from(u8::from(observed)), "{band}");
    }
}

#[test]
fn a_dispute_is_what_is_claimed_kept_and_seen_broken() {
    let claim = format!(
        "[[claim]]\nid = \"says\"\nby = \"red\"\nclause = \"pullback\"\ndate = {}\nsays = \"keeping\"\n",
        date(5)
    );
    let tables = [keep("pullback", "red", 40.0, "monitors = [\"sky\"]"), claim].concat();
    let model = scene(15, 1, "initial = \"defy\"", &tables);
    let (shown, _) = daily(&model, |world| {
        [Register::True, Register::Recorded, Register::Claimed]
            .map(|register| status(&model, world, 0.into(), register))
    });
    assert_eq!(on(&shown, 3), [Status::Open, Status::Open, Status::Silent]);
    assert_eq!(on(&shown, 10), [Status::Open, Status::Disputed, Status::Disputed]);
}

// ── Properties ───────────────────────────────────────────────────────────────

/// Raising `min_km` with the target fixed and everyone ordered to comply never
/// raises compliance: the same forces are counted and halt at the same place.
#[test]
fn a_greater_minimum_never_raises_compliance() {
    let at = |min_km: f64| {
        let tables = [
            site("mid", 35.0, 40.0),
            site("out", 62.0, -30.0),
            force(
                "b",
                "red",
                "mid",
                "strength = { uniform = [50, 300] }\nmobility_km_per_day = { uniform = [1, 9] }",
            ),
            force("c", "red", "out", "strength = 250\nmobility_km_per_day = 3"),
            keep("pullback", "red", min_km, &format!("target_km = 80\ndeadline = {}", date(10))),
        ]
        .concat();
        let model = scene(40, 1, "initial = \"comply\"", &tables);
        each(20, |number| {
            let mut met = Vec::new();
            let run =
                walk(&model, 3, number, |world, _| met.push(world.clauses().raw[0].shares.met));
            met.push(run.clauses.raw[0].met);
            met
        })
    };
    let by_min: Vec<Vec<Vec<f64>>> = [20.0, 40.0, 61.0, 63.0, 70.0, 80.0].map(at).into();
    for pair in by_min.windows(2) {
        for (low, high) in pair[0].iter().flatten().zip(pair[1].iter().flatten()) {
            assert!(high <= &(low + 1e-12), "{high} above {low}");
        }
    }
    // Late by three days rather than one: less of the days since due.
    let mean_of = |at: usize| by_min[at].iter().filter_map(|it| it.last()).sum::<f64>();
    assert!(mean_of(0) > mean_of(5), "nothing depends on it");
}

/// A reading, a change that is never made and an agreement that nothing belongs
/// to change no draw of anything else.
#[test]
fn what_affects_nobody_changes_no_draw() {
    let of = |more: &str| {
        let tables = [
            force("other", "red", "town", "strength = { uniform = [50, 300] }"),
            keep("pullback", "red", 40.0, "monitors = [\"sky\"]"),
            eyes("dim", 0.2, "report_delay_days = 3"),
            more.to_owned(),
        ]
        .concat();
        let text = file(
            120,
            7,
            &[
                site("near", 10.0, 0.0),
                site("town", 10.0, 20.0),
                parties(&["red", "blue", "watcher"]),
                force("guard", "red", "near", ""),
                quantal("red", 14, 0.3, "pressure = 0.4"),
                quantal("blue", 14, 0.3, "pressure = 0.4"),
                eyes("sky", 0.3, "report_delay_days = 5"),
                tables,
            ]
            .concat(),
        );
        let model = model(text);
        each(20, |number| {
            let mut shares = Vec::new();
            walk(&model, 4, number, |world, _| {
                let it = world.clauses().raw[0].shares;
                shares.push((it.met.to_bits(), it.seen_keeping.to_bits()));
            });
            shares
        })
    };
    let plain = of("");
    let more = [
        "[[agreement]]\nid = \"other\"\nsignatories = [\"blue\"]\n".to_owned(),
        "[[reading]]\nid = \"as-blue\"\nreading_of = \"pullback\"\nread_by = \"blue\"\nmin_km = 90\n".into(),
        change("never", 50, "kind = \"amend\"\nmin_km = 70\nconsent = { blue = 0 }"),
    ]
    .concat();
    assert!(plain == of(&more));
}

/// The bundled scenario goes on without a deadlock.
#[test]
fn south_west_syria_has_no_deadlock_by_gates() {
    let model = bundled("southwest-syria-2018", &[]).model;
    let stuck = each(20, |number| {
        let run = walk(&model, 1, number, |_, _| {});
        let stuck = run.clauses.iter().filter(|it| it.deadlocked_day.is_some());
        stuck.count() as f64
    });
    assert_eq!(mean(&stuck).0, 0.0);
}
