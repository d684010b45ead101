//! What is counted over time: bands, limits, deliveries, monitors, escalation, and what
//! the agreement comes to.

use disengage::chart::{ChartDensity, ChartInput, ChartLadder, ChartSubject, Kind, draw};
use disengage::record::TurnRow;
use time::Duration;

use super::inputs::{self, row};
use super::{finding, texts};

/// Rows of every kind of count in a run of a thousand replicates.
pub(crate) fn add(input: &mut ChartInput) {
    let days = (input.end - input.start).whole_days();
    let parties: Vec<String> = input.parties.iter().map(|it| it.id.clone()).collect();
    for day in (0..=days).step_by(7).chain([days]) {
        let at = input.start + Duration::days(day);
        let t = day as f64 / days as f64;
        let mut add = |subject: (&str, &str), measure: &str, unit: &str, value: (f64, f64)| {
            let mut it = row(at, subject, measure, value);
            it.unit = unit.into();
            if ["monitor", "watch"].contains(&subject.0) {
                it.register = "recorded".into();
            }
            input.turns.push(it);
        };
        for (n, party) in parties.iter().enumerate() {
            let share = (n + 1) as f64;
            let near = format!("alpha/0-20/{party}");
            add(("band", &near), "persons", "persons", (900.0 * share * (1.0 - t), 40.0));
            let far = format!("alpha/20-80/{party}");
            add(("band", &far), "persons", "persons", (900.0 * share * t, 40.0));
            let beyond = format!("alpha/-25--10/{party}");
            add(("band", &beyond), "persons", "persons", (0.0, 0.0));
            let weapons = format!("alpha/0-20/{party}/grad");
            add(("band", &weapons), "weapons", "weapons", (4.0, 1.0));
        }
        let clause = ("clause", "heavy");
        add(clause, "cap_use", "share", (1.4 - 0.6 * t, 0.1));
        add(clause, "cap_use_posts", "share", (0.5, 0.0));
        add(clause, "handed_over", "weapons", (160.0 * t, 12.0));
        add(clause, "accepted", "weapons", (120.0 * t, 15.0));
        add(clause, "rejected", "weapons", (30.0 * t, 9.0));
        add(clause, "pending", "weapons", (10.0 * t, 4.0));
        add(clause, "disputed_items", "weapons", (0.0, 0.0));
        for (n, id) in ["heavy", "pull-back"].into_iter().enumerate() {
            add(("clause", id), "violators", "forces", (12.0 - 6.0 * t - n as f64, 2.0));
        }
        for (n, id) in ["undof", "satellite", "press"].into_iter().enumerate() {
            let it = ("monitor", id);
            // The second looks twice a week, and sees on average two a pass.
            let (effort, unit) =
                [(1.0, "count per day"), (2.0 / 7.0, "count per pass"), (1.0, "count per day")][n];
            add(it, "violations", "count per day", (effort * 2.0, 0.3));
            add(it, "effort", "per day", (effort, 0.0));
            add(it, "violations_per_effort", unit, (2.0, 0.4));
        }
        let watch = ("watch", "un/iran");
        add(watch, "weapons_in_violation", "weapons per day", (3.0, 1.0));
        let ladder = ("ladder", "front");
        add(ladder, "tension", "tension", (1.0 + t, 0.6));
        add(ladder, "rung", "rung", (0.4 * t, 0.5));
        add(("incident", "air"), "incidents", "count per day", (0.03, 0.01));
        add(("incident", "air"), "settled", "count per day", (0.02, 0.01));
        add(("party", "iran"), "strikes_on", "count per day", (0.04, 0.02));
        for (n, id) in ["a", "b", "c", "d", "e", "f", "g", "h"].into_iter().enumerate() {
            let count = (30.0 * t / (n + 1) as f64, 2.0);
            add(("rule", id), "reactions", "count since the start", count);
        }
        let whole = ("agreement", "");
        add(whole, "agreement_judged", "probability", (if t > 0.2 { 0.9 } else { 0.0 }, 0.3));
        add(
            whole,
            "agreement_completed",
            "probability",
            ((0.25 * t * 1000.0).round() / 1000.0, 0.4),
        );
        add(whole, "agreement_broken", "probability", ((80.0 * t * t).round() / 1000.0, 0.2));
        add(whole, "agreement_collapsed", "probability", (if t > 0.5 { 0.1 } else { 0.0 }, 0.3));
        add(whole, "agreement_destroyed", "probability", (0.0, 0.0));
    }
    // Each force ends where its track does in two replicates of three, and else stays; two
    // of one party that lie close together are one mark.
    input.density = input
        .tracks
        .iter()
        .flat_map(|track| {
            let at = |position: &disengage::geo::Position, share: f64| ChartDensity {
                commander: track.commander,
                bound: track.bound,
                position: *position,
                persons: f64::from(track.strength) * share,
            };
            let ends = track.path.last().map(|it| at(it, 2.0 / 3.0));
            ends.into_iter().chain(track.path.first().map(|it| at(it, 1.0 / 3.0)))
        })
        .collect();
    let title =
        |kind, id: &str, title: &str| ChartSubject { kind, id: id.into(), title: title.into() };
    input.subjects.extend([
        title("line", "alpha", "Line A (Alpha)"),
        title("monitor", "undof", "UNDOF, its posts and patrols together"),
        title("monitor", "satellite", "Published satellite pictures"),
        title("incident", "air", "Near misses in the air"),
        title("party", "un", "United Nations"),
        title("party", "iran", "Iran"),
        title("rule", "a", "Strikes within 40 km of the line"),
    ]);
    input.ladders = vec![ChartLadder {
        id: "front".into(),
        title: "Israel and Iran".into(),
        rungs: vec![("tense".into(), 1.5), ("exchange of fire".into(), 3.0), ("war".into(), 40.0)],
    }];
    let clause = input.clauses.iter_mut().find(|it| it.id == "heavy").unwrap();
    clause.limit = Some("6,000 persons".into());
    clause.limit_posts = Some("8 posts".into());
}

#[cfg(test)]
fn said(kind: Kind) -> (String, Vec<String>) {
    let svg = draw(kind, &inputs::golan()).unwrap().svg;
    let words = texts(&svg).1.into_iter().map(|it| it.0.trim().to_owned());
    (finding(&svg).to_owned(), words.collect())
}

#[cfg(test)]
fn has(words: &[String], wanted: &[&str]) {
    for it in wanted {
        assert!(words.iter().any(|own| own == it), "{it} in {words:?}");
    }
}

#[test]
fn density_loses_nobody() {
    let (finding, words) = said(Kind::Density);
    let input = inputs::golan();
    let persons = |n: usize| -> u32 {
        let own = input.tracks.iter().filter(|it| it.commander == n);
        own.map(|it| it.strength).sum()
    };
    for (n, party) in input.parties.iter().enumerate().filter(|(n, _)| persons(*n) > 0) {
        // Marks are of whole persons.
        let all = words.iter().filter_map(|it| {
            let number = it.strip_suffix(" persons")?.replace(',', "");
            number.parse::<i64>().ok()
        });
        let near = all.map(|it| (it - i64::from(persons(n))).abs()).min();
        assert!(near.is_some_and(|off| off <= 12), "{} {words:?}", party.title);
        assert!(finding.contains(&format!("{} ", party.title)), "{finding}");
    }
    assert!(finding.contains("of them nearer than 80 km to the line"), "{finding}");
}

#[test]
fn bands_go_outwards_and_say_who_stands_in_them() {
    let (finding, words) = said(Kind::Occupancy);
    let place = |wanted: &str| words.iter().position(|it| it == wanted);
    let (near, far) = (place("Line A (Alpha): 0 to 20 km"), place("Line A (Alpha): 20 to 80 km"));
    assert!(near.is_some() && near < far, "{words:?}");
    let first = &inputs::golan().parties[0];
    let wanted = format!("{} 900 persons on 2018-05-31, 0 on", first.title);
    assert!(finding.contains(&wanted), "{wanted} in {finding}");
    // Where nobody stands is said, and not drawn.
    let empty = "Nobody ever stands in: Line A (Alpha): −25 to −10 km.";
    assert!(words.iter().any(|it| it.contains(empty)), "{words:?}");
}

#[test]
fn limits_are_named_and_shares_are_of_them() {
    let (finding, words) = said(Kind::Caps);
    has(&words, &["80 % of 6,000 persons", "50 % of 8 posts"]);
    assert!(
        finding.contains("80 % of 6,000 persons on") && finding.contains("140 % at most"),
        "{finding}"
    );
}

#[test]
fn deliveries_say_what_was_ruled() {
    let (finding, words) = said(Kind::Deliveries);
    has(&words, &["160 handed over", "120 accepted", "30 rejected", "10 not ruled on"]);
    assert!(!words.iter().any(|it| it.contains("disputed")), "{words:?}");
    assert!(
        finding.contains(
            "160 handed over, 30 rejected, 120 accepted, 10 not ruled on on average, in weapons"
        ),
        "{finding}"
    );
}

#[test]
fn monitors_are_told_apart_by_effort() {
    let (finding, words) = said(Kind::Monitors);
    // One that looks all day and one of two passes a week register 2 and 4/7 a day; for
    // a unit of their effort both register two.
    has(
        &words,
        &[
            "0.57 Published satellite pictures",
            "2 Published satellite pictures",
            "For each pass: violations by monitor",
            "True: forces in violation of a clause",
        ],
    );
    assert!(finding.contains("Published satellite pictures 0.57 a day or 2 per pass"), "{finding}");
}

#[test]
fn ladders_show_the_next_rung_but_none_out_of_reach() {
    let (finding, words) = said(Kind::Escalation);
    has(&words, &["tense", "exchange of fire", "1: tense", "Reactions so far"]);
    assert!(!words.iter().any(|it| it == "war"), "{words:?}");
    // Seven of the eight rules have a line; it is said that one has none.
    has(&words, &["1 with fewer not drawn"]);
    assert!(
        finding.contains("mean tension goes from 1 to 2")
            && finding.contains("the mean rung from 0 to 0.4"),
        "{finding}"
    );
}

#[test]
fn what_is_incomplete_is_the_rest() {
    let (finding, words) = said(Kind::Risks);
    assert!(
        finding.contains("completed in 25 % (95 % interval 22 % to 28 %), collapsed in 10 %")
            && finding.contains("later broken in 8 %")
            && finding.contains("in 57 % it is incomplete")
            && !finding.contains("destroyed"),
        "{finding}"
    );
    // At the last date on the axis: 1,000 replicates in all.
    let rows: Vec<u64> = {
        let first = words.iter().position(|it| it == "incomplete").unwrap();
        let of = |from: usize, to: Option<usize>| -> Vec<u64> {
            let own = &words[from + 1..to.unwrap_or(words.len())];
            let numbers = own.iter().map_while(|it| it.replace(',', "").parse().ok());
            numbers.collect()
        };
        let completed = first + of(first, None).len() + 1;
        let collapsed = completed + of(completed, None).len() + 1;
        let broken = collapsed + of(collapsed, None).len() + 1;
        let each = [first, completed, collapsed, broken];
        let each = each.map(|from| *of(from, None).last().unwrap());
        each.to_vec()
    };
    assert_eq!(rows.iter().sum::<u64>(), 1000, "{rows:?}");
    assert!(rows[1] > 150 && rows[2] == 100, "{rows:?}");
    let never = "In 10 % of replicates no clause of weight ever came due";
    assert!(words.join(" ").contains(never), "{words:?}");
}

#[test]
fn what_never_came_about_is_no_chart() {
    let mut input = inputs::golan();
    let none = |row: &mut TurnRow| (row.mean, row.sd) = (0.0, 0.0);
    input.turns.iter_mut().for_each(none);
    for kind in [Kind::Occupancy, Kind::Monitors, Kind::Risks] {
        assert!(draw(kind, &input).is_none(), "{kind:?}");
    }
    // That nothing was handed over, and that no tension arose, is a finding.
    for kind in [Kind::Deliveries, Kind::Caps, Kind::Escalation] {
        assert!(draw(kind, &input).is_some(), "{kind:?}");
    }
}
