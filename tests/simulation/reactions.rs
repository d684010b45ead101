//! What rules and outside events do to terms, and to what parties want.

use crate::common::{
    date, each, eyes, file, force, keep, model, parties, quantal, scripted, site, walk,
};
use disengage::engine::{EventKind, World};
use disengage::experiment::trace;
use disengage::model::{Action, Model, Order, UnitIndex};

/// Red at 20 km is to be 60 km away by day 30 and stays; blue is far off and
/// reacts. The clauses are an agreement's. The watcher sees all at once.
fn deal(days: i32, red: &str, tables: &[&str]) -> Model {
    model(file(
        days,
        7,
        &[
            site("near", 20.0, 0.0),
            site("away", 200.0, 0.0),
            parties(&["red", "blue", "watcher"]),
            force("guard", "red", "near", ""),
            force("post", "blue", "away", ""),
            "[[agreement]]\nid = \"deal\"\n".into(),
            keep(
                "pullback",
                "red",
                60.0,
                &format!("agreement = \"deal\"\nmonitors = [\"sky\"]\ndeadline = {}", date(30)),
            ),
            keep("stay-away", "blue", 100.0, "agreement = \"deal\""),
            eyes("sky", 2.0, "public = true"),
            red.to_owned(),
            scripted("blue", "initial = \"comply\""),
            tables.concat(),
        ]
        .concat(),
    ))
}

fn stays() -> String {
    scripted("red", "")
}

fn rule(id: &str, party: &str, on: &str, kind: &str, more: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\nparty = \"{party}\"\non = \"{on}\"\nkind = \"{kind}\"\n{more}\n"
    )
}

fn change(id: &str, about: &str, kind: &str, more: &str) -> String {
    format!("[[change]]\nid = \"{id}\"\n{about}\nkind = \"{kind}\"\n{more}\n")
}

/// What was done to the terms of a clause, and when.
fn done(model: &Model, clause: usize) -> Vec<(u32, Action)> {
    let events = trace(model, 1, 0).events;
    let done = events.iter().filter_map(|it| match it.kind {
        EventKind::TermsChanged { clause: of, action, .. } if of == clause.into() => {
            Some((it.day, action))
        }
        _ => None,
    });
    done.collect()
}

fn at_end<T>(model: &Model, number: u64, of: impl Fn(&World) -> T) -> T {
    let mut last = None;
    walk(model, 5, number, |world, _| last = Some(of(world)));
    last.unwrap_or_else(|| panic!("no turns"))
}

/// A deadline missed puts it off by 20 days, as often as it is missed; each has
/// the rule's event for its cause.
#[test]
fn a_rule_changes_terms_as_often_as_it_fires() {
    let tables = [
        change("more", "clause = \"pullback\"", "extend", "days = 20"),
        rule(
            "patience",
            "blue",
            "deadline-missed",
            "change",
            "clause = \"pullback\"\nchanges = [\"more\"]",
        ),
    ];
    let model = deal(80, &stays(), &[&tables.concat()]);
    let done = done(&model, 0);
    assert_eq!(done.len(), 3, "{done:?}");
    assert!(done.iter().all(|(_, it)| *it == Action::Extend(20)));
    assert_eq!(done[1].0 - done[0].0, 20);
    let events = trace(&model, 1, 0).events;
    for event in &events {
        if let EventKind::TermsChanged { by, .. } = event.kind {
            assert_eq!(by, Some(1.into()));
            let cause = events.iter().find(|it| Some(it.id) == event.cause);
            assert!(cause.is_some_and(|it| matches!(it.kind, EventKind::Reacted { .. })));
        }
    }
}

/// Every action on terms can be a rule's, and what it does shows in the clause.
#[test]
fn every_change_of_terms_can_be_a_reaction() {
    for (kind, more) in [
        ("amend", "min_km = 15"),
        ("suspend", ""),
        ("extend", "days = 100"),
        ("renew", "days = 100"),
        ("recommit", ""),
        ("end", ""),
    ] {
        let tables = [
            change("it", "clause = \"pullback\"", kind, more),
            rule(
                "r",
                "blue",
                "violation-recorded",
                "change",
                "changes = [\"it\"]\ncooldown_days = 1000",
            ),
        ];
        let model = deal(60, &stays(), &[&tables.concat()]);
        assert_eq!(done(&model, 0).len(), 1, "{kind}");
        let clause = at_end(&model, 0, |world| world.clauses().raw[0].clone());
        let shows = match kind {
            "amend" => clause.terms.min_km == 15.0 && clause.shares.met == 1.0,
            "suspend" => clause.suspended.is_some() && clause.days.met == 0.0,
            "extend" => clause.due == Some(130),
            "renew" => clause.expires.is_some(),
            "recommit" => clause.commitments == 1,
            _ => clause.ended.is_some() && clause.broken_off,
        };
        assert!(shows, "{kind}");
        let off = deal(60, &stays(), &[&tables.concat(), "[mechanisms]\nrules = false\n"]);
        assert!(done(&off, 0).is_empty(), "{kind}");
    }
}

/// Those who must consent are asked each time, by a draw of their own: of 60
/// demands half are refused (within four standard errors, ± 16).
#[test]
fn consent_is_asked_each_time() {
    let tables = [
        change("again", "clause = \"pullback\"", "agree", "consent = { red = 0.5 }"),
        rule(
            "r",
            "blue",
            "violation-recorded",
            "change",
            "changes = [\"again\"]\ncooldown_days = 1",
        ),
    ];
    let model = deal(80, &stays(), &[&tables.concat()]);
    let events = trace(&model, 1, 0).events;
    let refused = events.iter().filter(|it| matches!(it.kind, EventKind::ChangeRefused { .. }));
    let (refused, made) = (refused.count() as f64, done(&model, 0).len() as f64);
    assert!(refused + made > 50.0);
    assert!((refused - made).abs() < 4.0 * (refused + made).sqrt(), "{refused} {made}");
}

/// Suspended by one side on a strike, and answered in kind on the same day.
#[test]
fn what_is_done_to_terms_is_an_event_that_rules_answer() {
    let strike = format!(
        "[[event]]\nid = \"hit\"\nkind = \"act\"\ndate = {}\nact = \"strike\"\nby = \"blue\"\nagainst = \"red\"\n",
        date(10)
    );
    let tables = [
        strike,
        change("pause", "clause = \"pullback\"", "suspend", ""),
        change("pause-too", "clause = \"stay-away\"", "suspend", ""),
        rule("first", "red", "strike", "change", "changes = [\"pause\"]"),
        rule(
            "then",
            "blue",
            "terms-changed",
            "change",
            "clause = \"pullback\"\nby = [\"red\"]\nchanges = [\"pause-too\"]",
        ),
    ];
    let model = deal(40, &stays(), &[&tables.concat()]);
    assert_eq!(done(&model, 0), [(11, Action::Suspend)]);
    assert_eq!(done(&model, 1), [(11, Action::Suspend)]);
    let dated =
        tables.concat().replace("id = \"pause\"", &format!("id = \"pause\"\nwhen = {}", date(20)));
    // One that comes about by itself is answered too, though it is nobody's.
    let model = deal(40, &stays(), &[&dated.replace("by = [\"red\"]\n", "")]);
    assert_eq!(done(&model, 1).last(), Some(&(20, Action::Suspend)));
}

/// Pressed at 0.2 on each of five days, the last of them a week ago, pressure at rest 0.5
/// and a half-life of 10 days: presses do not stack, 0.5 + 0.2·2^(−0.7); and those pressed
/// comply more often.
#[test]
fn a_rule_presses_those_who_weigh_pressure() {
    let acts: String = [40, 42, 44, 46, 48]
        .iter()
        .map(|day| {
            format!(
                "[[event]]\nid = \"fire-{day}\"\nkind = \"act\"\ndate = {}\nact = \"fire\"\nby = \"red\"\nagainst = \"blue\"\n",
                date(*day)
            )
        })
        .collect();
    let red = quantal(
        "red",
        10,
        1.2,
        "pressure = 0.5\npressure_half_life_days = 10\nconcealment_cost = 500",
    );
    let run = |added: f64, more: &str, switches: &str| {
        let more = format!("pressure = {added:?}\n{more}");
        let press = rule("r", "blue", "fire", "press", &more);
        deal(56, &red, &[&acts, &press, switches])
    };
    let pressure =
        |model: &Model| at_end(model, 0, |world| world.beliefs().raw[0].pressure(world.day()));
    let expected = 0.2 * libm::exp2(-0.7);
    let found = pressure(&run(0.2, "", ""));
    assert!((found - 0.5 - expected).abs() < 1e-9, "{found}");
    assert_eq!(found, pressure(&run(0.2, "on_parties = [\"red\"]", "")));
    for off in ["pressure", "rules", "outside_events"] {
        let switches = format!("[mechanisms]\n{off} = false\n");
        let found = pressure(&run(0.2, "", &switches));
        // Without the mechanism being on record costs nothing at all.
        let left = if off == "pressure" { 0.0 } else { 0.5 };
        assert!((found - left).abs() < 1e-12, "{off}");
    }
    let complies = |added: f64| {
        let model = run(added, "", "");
        let orders = each(400, |number| {
            at_end(&model, number, |world| world.units().raw[0].order == Order::Comply)
        });
        orders.iter().filter(|it| **it).count()
    };
    let (pressed, left_alone) = (complies(2.0), complies(0.0));
    assert!(pressed > left_alone + 60, "{pressed} {left_alone}");
}

fn position(day: i32, party: &str, more: &str) -> String {
    format!(
        "[[event]]\nid = \"turn-{party}-{day}\"\nkind = \"position\"\ndate = {}\nparty = \"{party}\"\n{more}\n",
        date(day)
    )
}

/// Red never complies by itself, and reviews every five days.
fn never() -> String {
    "[[conduct]]\nid = \"red-never\"\nparty = \"red\"\nkind = \"fixed-probabilities\"\nreview_days = 5\nprobabilities = { comply = 0.0 }\n".into()
}

/// By day, the orders that a unit gave.
fn orders(model: &Model, unit: UnitIndex) -> Vec<(u32, Order)> {
    let events = trace(model, 1, 0).events;
    let given = events.iter().filter_map(|it| match it.kind {
        EventKind::OrderGiven { unit: of, order, .. } if of == unit => Some((it.day, order)),
        _ => None,
    });
    given.collect()
}

/// An order held from day 20 stands for 15 days against every review, and to the
/// end without `days`; one taken before D-day stands from D-day on.
#[test]
fn a_position_holds_an_order_for_its_days() {
    let held = |more: &str, red: &str, tables: &str| {
        let text = position(20, "red", &format!("order = \"comply\"\n{more}"));
        orders(&deal(90, red, &[&text, tables]), 0.into())
    };
    let (comply, defy) = (Order::Comply, Order::Defy);
    assert_eq!(held("days = 15", &never(), ""), [(20, comply), (35, defy)]);
    assert_eq!(held("", &never(), ""), [(20, comply)]);
    let off = "[mechanisms]\noutside_events = false\n";
    assert_eq!(held("", &never(), off), []);
    let conceals =
        scripted("red", &format!("orders = [{{ date = {}, order = \"conceal\" }}]", date(25)));
    assert_eq!(held("days = 15", &conceals, ""), [(20, comply), (35, Order::Conceal)]);
    let elsewhere = "clauses = [\"pullback\"]";
    assert_eq!(held(elsewhere, &never(), ""), [(20, comply)]);
    let model = model(file(
        90,
        7,
        &[
            site("near", 20.0, 0.0),
            parties(&["red"]),
            force("guard", "red", "near", ""),
            keep("pullback", "red", 60.0, &format!("starts = {}", date(30))),
            never(),
            position(10, "red", "order = \"comply\"\ndays = 40"),
        ]
        .concat(),
    ));
    assert_eq!(orders(&model, 0.into()), [(30, comply), (50, defy)]);
}

/// Presence is worth twice what being on record costs, and both more than any resolve:
/// defies until its first review after presence is worth 600 less, or pressure is 600 more.
#[test]
fn a_position_moves_what_is_weighed() {
    let red = quantal("red", 10, 1000.0, "pressure = 500\nconcealment_cost = 500");
    let of = |more: &str| orders(&deal(90, &red, &[&position(40, "red", more)]), 0.into());
    for more in ["value = -600", "pressure = 600"] {
        let given = of(more);
        assert_eq!(given.len(), 1, "{more}: {given:?}");
        let (day, order) = given[0];
        assert!((40..50).contains(&day) && order == Order::Comply, "{more}");
    }
    assert_eq!(of("value = -400"), []);
    let paused = quantal("red", 10, 1000.0, "pressure = 500\nconcealment_cost = 500");
    let off = deal(
        90,
        &paused,
        &[&position(40, "red", "pressure = 600"), "[mechanisms]\npressure = false\n"],
    );
    assert_eq!(orders(&off, 0.into()), []);
}

/// Under full control the proxy does as its patron; from the day on which that
/// control is gone, as it would itself.
#[test]
fn a_position_loosens_a_patrons_control() {
    let run = |more: &str| {
        let model = model(file(
            90,
            7,
            &[
                site("near", 20.0, 0.0),
                site("other", 20.0, 30.0),
                "[[party]]\nid = \"big\"\n[[party]]\nid = \"red\"\npatron = \"big\"\ncontrol = 1.0\n".into(),
                force("guard", "red", "near", ""),
                keep("pullback", "red", 60.0, "").replace("[\"red\"]", "[\"red\", \"big\"]"),
                never(),
                scripted("big", "initial = \"comply\""),
                more.to_owned(),
            ]
            .concat(),
        ));
        let unit = model.forces.raw[0].obligations.raw[0].unit;
        orders(&model, unit).into_iter().map(|it| it.1).collect::<Vec<_>>()
    };
    assert_eq!(run(""), [Order::Comply]);
    assert_eq!(run(&position(40, "red", "control = 0.0")), [Order::Comply, Order::Defy]);
}

fn exit(more: &str) -> String {
    change("leave", "agreement = \"deal\"", "end", "")
        + &format!(
            "[[event]]\nid = \"ultimatum\"\nkind = \"exit\"\ndate = {}\nby = \"blue\"\nchanges = [\"leave\"]\n{more}\n",
            date(40)
        )
}

/// Announced on day 40, made on day 60 if nothing is verified by then: red that
/// stays is left, red that goes is not; and every clause of the agreement ends.
#[test]
fn an_exit_is_made_unless_what_it_asks_for_comes_true() {
    let more = "within_days = 20\nunless = { verified = \"pullback\", at_least = 0.9 }";
    let left = |red: &str, more: &str, tables: &str| {
        let model = deal(90, red, &[&exit(more), tables]);
        let clauses = at_end(&model, 0, |world| world.clauses().to_vec());
        (done(&model, 0), clauses.iter().all(|it| it.broken_off))
    };
    assert_eq!(left(&stays(), more, ""), (vec![(60, Action::End)], true));
    let goes = scripted("red", "initial = \"comply\"");
    assert_eq!(left(&goes, more, ""), (vec![], false));
    assert_eq!(left(&goes, "within_days = 20", ""), (vec![(60, Action::End)], true));
    let off = "[mechanisms]\noutside_events = false\n";
    assert_eq!(left(&stays(), more, off), (vec![], false));
}

/// What is said with it enters the claimed register if the speaker's word counts
/// there, and presses those it is said to.
#[test]
fn an_exit_is_heard_before_it_is_made() {
    let red = quantal("red", 10, 15.0, "pressure_half_life_days = 10\nconcealment_cost = 500");
    let more = "about = [\"red\"]\nclause = \"pullback\"\npressure = 0.4\nwithin_days = 20";
    let run = |switches: &str| {
        let text = exit(more) + switches;
        let mut model = deal(49, &red, &[&text]);
        // Blue's word counts, as if it answered for the clause.
        model.clauses.raw[0].claimants.raw[1] = true;
        at_end(&model, 0, |world| {
            (
                world.beliefs().raw[0].pressure(world.day()),
                world.clauses().raw[0].shares.claimed_violating,
            )
        })
    };
    let (pressure, violating) = run("");
    assert!((pressure - 0.4 * libm::exp2(-0.9)).abs() < 1e-9, "{pressure}");
    assert_eq!(violating, 1.0);
    assert!(run("[mechanisms]\nclaims = false\n").1.is_nan());
    assert_eq!(run("[mechanisms]\npressure = false\n").0, 0.0);
}

/// Ground goes with the site of the force that holds it, and what has been taken
/// is not handed over any more.
#[test]
fn an_offensive_takes_ground() {
    let run = |offensive: bool, switches: &str| {
        let tables = [
            site("near", 20.0, 0.0),
            site("hill", 30.0, 10.0),
            parties(&["red", "blue", "green"]),
            force("guard", "red", "near", ""),
            force("others", "red", "hill", ""),
            "[[ground]]\nid = \"valley\"\nheld_by = \"guard\"\n[[ground]]\nid = \"ridge\"\nheld_by = \"others\"\n"
                .into(),
            "[[clause]]\nid = \"hand-over\"\nkind = \"deliver\"\nbinds = [\"red\"]\nwhat = \"ground\"\nitems = [\"valley\", \"ridge\"]\nitems_per_day = 0.02\nto = \"green\"\n"
                .into(),
            scripted("red", "initial = \"comply\""),
            if offensive {
                format!(
                    "[[event]]\nid = \"push\"\nkind = \"offensive\"\ndate = {}\nby = \"blue\"\nsites = [\"near\"]\n",
                    date(20)
                )
            } else {
                String::new()
            },
            switches.to_owned(),
        ];
        at_end(&model(file(90, 7, &tables.concat())), 0, |world| {
            world.grounds().iter().map(|party| usize::from(*party)).collect::<Vec<_>>()
        })
    };
    assert_eq!(run(false, ""), [2, 2]);
    assert_eq!(run(true, ""), [1, 2]);
    assert_eq!(run(true, "[mechanisms]\noutside_events = false\n"), [2, 2]);
}

/// A claim of keeping is disputed whichever comes first: the record (the claim
/// is made on day 50) or the claim (made on day 3, of what is seen on day 30).
#[test]
fn a_claim_is_disputed_by_a_record_before_it_or_after() {
    let first = |claimed: i32, seen_from: i32, switches: &str| {
        let claim = format!(
            "[[claim]]\nid = \"said\"\nby = \"red\"\nclause = \"pullback\"\ndate = {}\nsays = \"keeping\"\n",
            date(claimed)
        );
        let dispute =
            rule("r", "blue", "claim-disputed", "stand-down", "days = 1\ncooldown_days = 1000");
        let text = [claim, dispute, switches.to_owned()].concat();
        let mut model = deal(90, &stays(), &[&text]);
        model.monitors.raw[0].from = seen_from as u32;
        let events = trace(&model, 1, 0).events;
        let mut reacted = events.iter().filter(|it| matches!(it.kind, EventKind::Reacted { .. }));
        reacted.next().map(|it| it.day)
    };
    assert_eq!(first(50, 0, ""), Some(50));
    let day = first(3, 30, "");
    assert!(day.is_some_and(|day| (31..40).contains(&day)), "{day:?}");
    assert_eq!(first(50, 0, "[mechanisms]\nclaims = false\n"), None);
}

/// Fire answered only where it comes from within the band of the clause.
#[test]
fn an_act_is_answered_by_where_the_force_stands() {
    let answers = |band: &str| {
        let clash = "[[incident]]\nid = \"clash\"\nby = \"red\"\nagainst = \"blue\"\nper_day = 0.5\nfade_km = 1000\n";
        let back = rule(
            "r",
            "blue",
            "fire",
            "fire-back",
            &format!("clause = \"pullback\"\n{band}\ncooldown_days = 1"),
        );
        let model = deal(90, &stays(), &[clash, &back]);
        at_end(&model, 0, |world| world.conflict().rules.raw[0].fired)
    };
    assert!(answers("from_km = 10\nto_km = 30") > 10);
    assert_eq!(answers("from_km = 30"), 0);
}

/// Each way a body rules is an event of its own, answered once a ruling: upheld
/// where red is seen inside, rejected where it is seen to have gone, undetermined
/// where the body's monitors see nothing.
#[test]
fn rules_answer_every_kind_of_ruling() {
    let seen = |red: &str, body: &str| {
        let answer = |on: &str| rule(on, "blue", on, "forgive", "");
        let model = deal(
            300,
            red,
            &[
                &format!(
                    "[[body]]\nid = \"commission\"\nmonitors = [\"{body}\"]\nruling_days = 2\n\
                     strategic_per_day = {{ blue = 0.2 }}\n"
                ),
                &eyes("blind", 1e-9, ""),
                &answer("ruling"),
                &answer("ruling-rejected"),
                &answer("ruling-undetermined"),
            ],
        );
        at_end(&model, 0, |world| {
            let fired = |rule: usize| world.conflict().rules.raw[rule].fired;
            let body = &world.bodies().raw[0];
            assert_eq!(
                [fired(0), fired(1), fired(2)],
                [body.upheld, body.rejected, body.undetermined]
            );
            [body.upheld, body.rejected, body.undetermined].map(|n| n > 10)
        })
    };
    let goes = scripted("red", "initial = \"comply\"");
    assert_eq!(seen(&stays(), "sky"), [true, false, false]);
    assert_eq!(seen(&goes, "sky"), [false, true, false]);
    assert_eq!(seen(&stays(), "blind"), [false, false, true]);
}
