//! The record of a real agreement beside the simulated distribution.

use crate::common::{date, each, eyes, file, force, keep, loaded, parties, quantal, site, walk};
use disengage::analysis::{Against, RecordRow, compare_records, find_records};
use disengage::diag::render;
use disengage::experiment::ensemble;
use disengage::record::{ClauseRun, Measure, Outcomes};
use disengage::scenario::{BUNDLED, Loaded};

/// Two forces that decide each on its own whether to pull back.
fn scene(records: &str) -> String {
    let tables = format!(
        "{}{}{}{}{}{}{}{}{records}",
        parties(&["north", "watcher"]),
        site("near", 5.0, 0.0),
        site("nearer", 4.0, 9.0),
        force("one", "north", "near", "mobility_km_per_day = 30"),
        force("two", "north", "nearer", "mobility_km_per_day = 30"),
        keep("pullback", "north", 20.0, &format!("deadline = {}\nmonitors = [\"eyes\"]", date(40))),
        quantal("north", 20, -0.7, ""),
        eyes("eyes", 0.2, ""),
    );
    file(120, 7, &tables)
}

fn record(id: &str, day: i32, of: &str) -> String {
    format!(
        "[[record]]\nid = \"{id}\"\ndate = {}\nconsulted = false\nregister = \"true\"\n{of}\n",
        date(day)
    )
}

fn compared(loaded: &Loaded, replicates: u64) -> Vec<RecordRow> {
    let (records, found) = find_records(&loaded.model, &loaded.scenario);
    assert!(!found.has_errors(), "{}", render(&found, &loaded.source, false));
    let whole = ensemble(&loaded.model, 3, replicates, |_| Ok::<(), ()>(())).unwrap();
    compare_records(&loaded.model, &loaded.scenario, &records, &whole.aggregates, &whole.outcomes)
}

/// Each row is what counting the replicates one by one gives, on the very day,
/// which no turn would end on by itself.
#[test]
fn a_record_is_held_beside_what_the_replicates_show_on_its_day() {
    let share = "measure = \"compliance\"\nsubject = \"pullback\"\nunit = \"share\"\nvalue = 0.5";
    let late = "measure = \"days_late\"\nsubject = \"pullback\"\nunit = \"days\"\nrange = [10, 30]";
    let met =
        "measure = \"deadline_met\"\nsubject = \"pullback\"\nunit = \"probability\"\nvalue = true";
    let kept =
        "measure = \"status_kept\"\nsubject = \"pullback\"\nunit = \"probability\"\nvalue = false";
    let text = scene(
        &[
            record("share", 45, share),
            record("late", 120, late),
            record("met", 40, met),
            record("kept", 61, kept),
        ]
        .concat(),
    );
    let loaded = loaded(text);
    let model = &loaded.model;
    assert!(model.calendar.record_index(45).is_some());
    let replicates = 200;
    let rows = compared(&loaded, replicates);
    let seen = each(replicates, |number| {
        let mut on = (f64::NAN, false);
        let run = walk(model, 3, number, |world, turn| {
            if turn.to == 45 {
                on.0 = world.clauses().raw[0].shares.met;
            }
            if turn.to == 61 {
                on.1 = world.clauses().raw[0].kept.is_some();
            }
        });
        (on, run.clauses.raw[0])
    });
    let n = replicates as f64;
    type Seen = ((f64, bool), ClauseRun);
    let mean = |of: &dyn Fn(&Seen) -> f64| seen.iter().map(of).sum::<f64>() / n;
    let [share, late, met, kept] = &rows[..] else {
        unreachable!("four records");
    };
    assert!((share.mean - mean(&|it| it.0.0)).abs() < 1e-6);
    // E|X − y| − ½·E|X − X′|, over all pairs; shares are multiples of a half.
    let pairs = |values: &[f64]| {
        let all = values.iter().flat_map(|a| values.iter().map(move |b| (a - b).abs()));
        all.sum::<f64>() / (n * n)
    };
    let shares: Vec<f64> = seen.iter().map(|it| it.0.0).collect();
    let error = shares.iter().map(|x| (x - 0.5).abs()).sum::<f64>() / n;
    assert!((share.score - (error - pairs(&shares) / 2.0)).abs() < 1e-9);
    let below = shares.iter().filter(|x| **x < 0.5).count() as f64;
    let same = shares.iter().filter(|x| **x == 0.5).count() as f64;
    assert!(below > 10.0 && same > 10.0 && below + same < n - 10.0, "{shares:?}");
    assert!((share.standing_low - (below + same / 2.0) / n).abs() < 1e-12);

    let days: Vec<f64> = seen.iter().map(|it| f64::from(it.1.days_late.unwrap())).collect();
    let range = |x: f64| {
        if (10.0..30.0).contains(&x) {
            ((x - 10.0) * (x - 10.0) + (30.0 - x) * (30.0 - x)) / 40.0
        } else {
            (x - 20.0).abs()
        }
    };
    let error = days.iter().map(|x| range(*x)).sum::<f64>() / n;
    assert!((late.score - (error - pairs(&days) / 2.0)).abs() < 1e-9);
    assert!((late.mean - days.iter().sum::<f64>() / n).abs() < 1e-6);

    let probability = mean(&|it| f64::from(u8::from(it.1.deadline_met.unwrap())));
    assert!((met.score - (probability - 1.0) * (probability - 1.0)).abs() < 1e-9);
    assert!(met.is_event() && met.within().is_none());
    let probability = mean(&|it| f64::from(u8::from(it.0.1)));
    assert!(probability > 0.05, "{probability}");
    assert!((kept.score - probability * probability).abs() < 1e-9);
}

/// A record changes no run: it is looked at, not followed.
#[test]
fn records_change_nothing_in_a_run() {
    let share = "measure = \"compliance\"\nsubject = \"pullback\"\nunit = \"share\"\nvalue = 0.5";
    let with = loaded(scene(&record("share", 45, share))).model;
    let without = loaded(scene("")).model;
    for number in 0..40 {
        let run = |model| format!("{:?}", walk(model, 3, number, |_, _| {}));
        assert_eq!(run(&with), run(&without));
    }
}

/// What a record asks for and is not measured is said at its place.
#[test]
fn a_record_of_what_is_not_measured_is_refused() {
    let wrong = [
        "measure = \"complience\"\nsubject = \"pullback\"\nunit = \"share\"\nvalue = 0.5",
        "measure = \"rainfall\"\nsubject = \"pullback\"\nunit = \"mm\"\nvalue = 0.5",
        "measure = \"compliance\"\nsubject = \"pull-back\"\nunit = \"share\"\nvalue = 0.5",
        "measure = \"compliance\"\nunit = \"share\"\nvalue = 0.5",
        "measure = \"collapse\"\nsubject = \"pullback\"\nunit = \"probability\"\nvalue = true",
        "measure = \"compliance\"\nsubject = \"pullback\"\nunit = \"percent\"\nvalue = 50",
        "measure = \"kept\"\nsubject = \"pullback\"\nunit = \"probability\"\nvalue = 0.3",
        "measure = \"kept\"\nsubject = \"pullback\"\nunit = \"probability\"\nrange = [0.2, 0.3]",
        "measure = \"compliance\"\nsubject = \"pullback\"\nunit = \"share\"\nvalue = true",
        "measure = \"distance\"\nsubject = \"pullback\"\nunit = \"km\"\nvalue = 30",
        "measure = \"sightings\"\nsubject = \"eyes\"\nunit = \"count per day\"\nvalue = 1",
    ];
    let records: String =
        (0..).zip(wrong).map(|(n, it)| record(&format!("r{n}"), 45, it)).collect();
    let loaded = loaded(scene(&records));
    let (fit, found) = find_records(&loaded.model, &loaded.scenario);
    assert!(fit.is_empty());
    assert_eq!(found.counts().0, wrong.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!("records__not_measured", render(&found, &loaded.source, false));
    });
}

/// What a clause and the agreement come to can be on record, by its name or by a date.
#[test]
fn what_a_run_comes_to_can_be_on_record() {
    let fits = [
        "measure = \"ever_kept\"\nsubject = \"pullback\"\nunit = \"probability\"\nvalue = true",
        "measure = \"days_to_first_kept\"\nsubject = \"pullback\"\nunit = \"days\"\nvalue = 9",
        "measure = \"completion\"\nunit = \"probability\"\nvalue = true",
        "measure = \"broken\"\nunit = \"probability\"\nvalue = false",
        "measure = \"agreement_destroyed\"\nunit = \"probability\"\nvalue = false",
        "measure = \"agreement_completed\"\nunit = \"probability\"\nvalue = false",
        "measure = \"agreement_collapsed\"\nunit = \"probability\"\nvalue = false",
    ];
    let records: String = (0..).zip(fits).map(|(n, it)| record(&format!("r{n}"), 45, it)).collect();
    let loaded = loaded(scene(&records));
    let (fit, found) = find_records(&loaded.model, &loaded.scenario);
    assert_eq!(fit.len(), fits.len(), "{}", render(&found, &loaded.source, false));
    // A measure of a date is found before an outcome, and must not have its name.
    let outcomes = [&Outcomes::OF_CLAUSE[..], &Outcomes::OF_RUN[..]].concat();
    for measure in Measure::all(&loaded.model) {
        let same = outcomes.iter().find(|(name, _)| *name == measure.name);
        assert!(same.is_none(), "{same:?}");
    }
}

/// The kind of the clause of each figure on record in the bundled scenarios, its measure and
/// register, and 1 for what was so, read straight off their texts.
fn bundled_events() -> Vec<(String, String, f64)> {
    let mut all = Vec::new();
    for scenario in BUNDLED {
        let file: toml::Table = toml::from_str(scenario.text).unwrap();
        let of =
            |key: &str| file.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let clauses = of("clause");
        for it in of("record") {
            let clause = clauses.iter().find(|clause| clause["id"] == it["subject"]);
            let so = it.get("value").and_then(toml::Value::as_bool);
            if let (Some(clause), Some(so), Some("true")) = (clause, so, it["register"].as_str()) {
                let word = |value: &toml::Value| value.as_str().unwrap().to_owned();
                all.push((word(&clause["kind"]), word(&it["measure"]), f64::from(u8::from(so))));
            }
        }
    }
    all
}

/// The references of a score: the last figure of the same thing, and the mean of those of
/// the same kind in the bundled agreements.
#[test]
fn scores_stand_beside_those_of_their_references() {
    let share = |value: &str| {
        format!("measure = \"compliance\"\nsubject = \"pullback\"\nunit = \"share\"\n{value}")
    };
    let kept = |so: bool| {
        format!("measure = \"kept\"\nsubject = \"pullback\"\nunit = \"probability\"\nvalue = {so}")
    };
    let text = scene(
        &[
            record("first", 45, &share("value = 0.5")),
            record("range", 52, &share("range = [0.2, 0.6]")),
            record("last", 61, &share("value = 0.9")),
            record("not-kept", 45, &kept(false)),
            record("kept", 61, &kept(true)),
        ]
        .concat(),
    );
    let rows = compared(&loaded(text), 100);
    let close = |a: f64, b: f64| (a - b).abs() < 1e-12 || (a.is_nan() && b.is_nan());
    // .5 lies .3²/2 + .1²/2 over .4 from the range; the middle of that lies .5 from .9.
    let persistence =
        [(f64::NAN, f64::NAN), (0.5, 0.125), (0.4, 0.5), (f64::NAN, f64::NAN), (0.0, 1.0)];
    for (row, (value, score)) in rows.iter().zip(persistence) {
        assert!(close(row.persistence, value), "{row:?}");
        assert!(close(row.persistence_score, score), "{row:?}");
        assert!(close(row.skill(Against::Persistence), 1.0 - row.score / score), "{row:?}");
        assert_eq!(row.is_worse(Against::Persistence), row.score > score + 1e-9);
    }
    let alike: Vec<f64> = bundled_events()
        .into_iter()
        .filter(|(kind, measure, _)| kind == "keep-distance" && measure == "kept")
        .map(|it| it.2)
        .collect();
    let n = alike.len();
    let mean = alike.iter().sum::<f64>() / n as f64;
    assert!(n > 1, "{n} figures on clauses that keep a distance");
    for (row, so) in rows[3..].iter().zip([0.0, 1.0]) {
        assert_eq!((row.base_rate_n, row.base_rate_kind.as_str()), (n as u64, "keep-distance"));
        assert!(close(row.base_rate, mean), "{row:?}");
        assert!(close(row.base_rate_score, (mean - so) * (mean - so)), "{row:?}");
    }
}
