//! What rules and outside events do to terms, and to what parties want.

#![expect(clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{date, each, eyes, file, force, keep, model, parties, quantal, scripted, site, walk};
use disengage::engine::{EventKind, World};
use disengage::experiment::trace;
use disengage::model::{Action, Model, Order};

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
                &format!(
                    "agreement = \"deal\"\nmonitors = [\"sky\"]\ndeadline = {}",
                    date(30)
                ),
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
        EventKind::TermsChanged {
            clause: of, action, ..
        } if of == clause => Some((it.day, action)),
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
            assert_eq!(by, Some(1));
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
        let clause = at_end(&model, 0, |world| world.clauses[0].clone());
        let shows = match kind {
            "amend" => clause.terms.min_km == 15.0 && clause.shares.met == 1.0,
            "suspend" => clause.suspended.is_some() && clause.days == 0.0,
            "extend" => clause.due == Some(130),
            "renew" => clause.expires.is_some(),
            "recommit" => clause.commitments == 1,
            _ => clause.ended.is_some() && clause.broken_off,
        };
        assert!(shows, "{kind}");
        let off = deal(
            60,
            &stays(),
            &[&tables.concat(), "[mechanisms]\nrules = false\n"],
        );
        assert!(done(&off, 0).is_empty(), "{kind}");
    }
}

/// Those who must consent are asked each time, by a draw of their own: of 60
/// demands half are refused (within four standard errors, ± 16).
#[test]
fn consent_is_asked_each_time() {
    let tables = [
        change(
            "again",
            "clause = \"pullback\"",
            "agree",
            "consent = { red = 0.5 }",
        ),
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
    let refused = events
        .iter()
        .filter(|it| matches!(it.kind, EventKind::ChangeRefused { .. }));
    let (refused, made) = (refused.count() as f64, done(&model, 0).len() as f64);
    assert!(refused + made > 50.0);
    assert!(
        (refused - made).abs() < 4.0 * (refused + made).sqrt(),
        "{refused} {made}"
    );
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
    let dated = tables.concat().replace(
        "id = \"pause\"",
        &format!("id = \"pause\"\nwhen = {}", date(20)),
    );
    // One that comes about by itself is answered too, though it is nobody's.
    let model = deal(40, &stays(), &[&dated.replace("by = [\"red\"]\n", "")]);
    assert_eq!(done(&model, 1).last(), Some(&(20, Action::Suspend)));
}

/// Pressed at 0.2 on each of five days, pressure at rest 0.5 and a half-life of
/// 10 days: 0.5 + Σ 0.2·2^(−age/10); and those pressed comply more often.
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
        3.0,
        1.2,
        "pressure = 0.5\npressure_half_life_days = 10\nconcealment_cost = 500",
    );
    let run = |added: f64, more: &str, switches: &str| {
        let more = format!("pressure = {added:?}\n{more}");
        let press = rule("r", "blue", "fire", "press", &more);
        deal(56, &red, &[&acts, &press, switches])
    };
    let pressure = |model: &Model| at_end(model, 0, |world| world.minds[0].pressure(world.day));
    let expected: f64 = [15.0, 13.0, 11.0, 9.0, 7.0]
        .iter()
        .map(|age: &f64| 0.2 * libm::exp2(-age / 10.0))
        .sum();
    let found = pressure(&run(0.2, "", ""));
    assert!((found - 0.5 - expected).abs() < 1e-9, "{found}");
    assert_eq!(found, pressure(&run(0.2, "on_parties = [\"red\"]", "")));
    for off in ["pressure", "rules", "outside_events"] {
        let switches = format!("[mechanisms]\n{off} = false\n");
        let found = pressure(&run(0.2, "", &switches));
        assert!((found - 0.5).abs() < 1e-12, "{off}");
    }
    let complies = |added: f64| {
        let model = run(added, "", "");
        let orders = each(400, |number| {
            at_end(&model, number, |world| {
                world.units[0].order == Order::Comply
            })
        });
        orders.iter().filter(|it| **it).count()
    };
    let (pressed, left_alone) = (complies(0.5), complies(0.0));
    assert!(pressed > left_alone + 60, "{pressed} {left_alone}");
}
