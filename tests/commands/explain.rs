//! What `explain` says, held against the event log.

use std::collections::{BTreeMap, BTreeSet};

use disengage::engine::{Event, EventId, EventKind};
use disengage::experiment::{Trace, trace};
use disengage::explain::{Paragraph, Sentence, mattered, tell};
use disengage::model::{ClauseIndex, ForceIndex, Model};
use disengage::scenario::{BUNDLED, load};

use crate::program::disengage;

const REPLICATES: [u64; 3] = [0, 3, 8];

/// Every bundled scenario, some replicates: the whole account, and each clause's.
fn each(mut hold: impl FnMut(&Model, &Trace, &Paragraph, &str)) {
    for it in BUNDLED {
        let model = load(it.name, &[]).unwrap().model;
        for replicate in REPLICATES {
            let run = trace(&model, 1, replicate);
            let mut accounts = vec![tell(&model, &run, None)];
            accounts.extend(model.clauses.keys().map(|it| tell(&model, &run, Some(it))));
            for paragraph in accounts.iter().flatten() {
                let name = format!("{} {replicate}, “{}”", it.name, paragraph.title);
                hold(&model, &run, paragraph, &name);
            }
        }
    }
}

fn by_id(run: &Trace) -> BTreeMap<EventId, &Event> {
    run.events.iter().map(|it| (it.id, it)).collect()
}

/// The events of a sentence, with those named as causes.
fn events<'a>(run: &'a Trace, sentence: &Sentence) -> Vec<&'a Event> {
    let by_id = by_id(run);
    let ids = sentence.events.iter().chain(&sentence.because);
    ids.map(|id| by_id[id]).collect()
}

/// The days that a text names.
fn days(model: &Model, text: &str) -> Vec<u32> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || ",.;:()".contains(c))
        .filter(|it| !it.is_empty())
        .collect();
    let months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut found = Vec::new();
    for three in words.windows(3) {
        let month = months.iter().position(|it| *it == three[1]);
        if let (Ok(day), Some(month), Ok(year)) =
            (three[0].parse::<u8>(), month, three[2].parse::<i32>())
        {
            let month = time::Month::try_from(month as u8 + 1).unwrap();
            let date = time::Date::from_calendar_date(year, month, day).unwrap();
            found.push(u32::try_from(model.calendar.day(date)).unwrap());
        }
    }
    found
}

/// Text outside quotation marks.
fn unquoted(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|c| {
            match c {
                '“' => depth += 1,
                '”' => depth -= 1,
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

/// The forces that a text names.
fn forces(model: &Model, text: &str) -> BTreeSet<ForceIndex> {
    let others: Vec<&str> = (model.parties.iter().map(|it| &*it.title))
        .chain(model.monitors.iter().map(|it| &*it.title))
        .chain(model.sites.iter().map(|it| &*it.title))
        .collect();
    let mut titles: Vec<(&str, Option<ForceIndex>)> =
        model.forces.iter_enumerated().map(|(index, it)| (&*it.title, Some(index))).collect();
    titles.extend(others.into_iter().map(|it| (it, None)));
    // The longest first; of equal ones those that are no force.
    titles.sort_by_key(|(title, index)| (std::cmp::Reverse(title.len()), index.is_some()));
    let mut text = text.to_owned();
    let mut found = BTreeSet::new();
    for (title, index) in titles {
        if text.contains(title) {
            text = text.replace(title, "…");
            found.extend(index);
        }
    }
    found
}

/// The forces that an event is of.
fn of(model: &Model, kind: EventKind) -> Vec<ForceIndex> {
    match kind {
        EventKind::Met { force, .. }
        | EventKind::Unmet { force, .. }
        | EventKind::Registered { force, .. }
        | EventKind::HandedOver { force, .. }
        | EventKind::Acted { force, .. }
        | EventKind::Reported { force, .. }
        | EventKind::ComplaintLodged { force, .. }
        | EventKind::Ruled { force, .. }
        | EventKind::Lost { force, .. }
        | EventKind::Reinforced { force, .. } => vec![force],
        EventKind::Incident { force, target, .. } => vec![force, target],
        EventKind::Struck { target, .. } => vec![target],
        EventKind::FiredBack { target, .. } => target.into_iter().collect(),
        EventKind::OrderGiven { unit, .. } => model.units[unit].forces.clone(),
        EventKind::Reacted { rule } => match &model.rules[rule].reaction {
            disengage::model::Reaction::Reinforce(it) => vec![it.force],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn clause(model: &Model, kind: EventKind) -> Option<ClauseIndex> {
    match kind {
        EventKind::ClauseStarted { clause }
        | EventKind::DeadlinePassed { clause, .. }
        | EventKind::MilestonePassed { clause, .. }
        | EventKind::TermsChanged { clause, .. }
        | EventKind::ClauseKept { clause }
        | EventKind::ClauseBroken { clause }
        | EventKind::Met { clause, .. }
        | EventKind::Unmet { clause, .. }
        | EventKind::Registered { clause, .. }
        | EventKind::HandedOver { clause, .. }
        | EventKind::Reported { clause, .. }
        | EventKind::ComplaintLodged { clause, .. }
        | EventKind::Ruled { clause, .. } => Some(clause),
        EventKind::OrderGiven { unit, .. } => Some(model.units[unit].clause),
        EventKind::ClaimMade { claim } => Some(model.claims[claim].clause),
        _ => None,
    }
}

#[test]
fn every_date_is_that_of_an_event_told() {
    each(|model, run, paragraph, name| {
        for sentence in &paragraph.sentences {
            let told = events(run, sentence);
            let mut allowed: BTreeSet<u32> = told.iter().map(|it| it.day).collect();
            allowed.extend([0, model.calendar.days]);
            for event in told {
                if let EventKind::Registered { seen, .. } = event.kind {
                    allowed.insert(seen);
                }
            }
            if sentence.text.starts_with("As a whole the agreement") {
                let from = model.calendar.days + 1 - run.run.days_judged;
                let ends = [
                    run.run.days_to_agreement_completed,
                    run.run.days_to_agreement_broken,
                    run.run.days_to_agreement_collapsed,
                    run.run.days_to_agreement_destroyed,
                ];
                allowed.extend(ends.iter().flatten().map(|days| from + days - 1));
            }
            for day in days(model, &unquoted(&sentence.text)) {
                assert!(allowed.contains(&day), "{name}: {}", sentence.text);
            }
        }
    });
}

#[test]
fn every_force_is_of_an_event_told() {
    each(|model, run, paragraph, name| {
        for sentence in &paragraph.sentences {
            let named = forces(model, &unquoted(&sentence.text));
            if let (true, Some(clause)) =
                (sentence.text.contains(" at no time kept it"), paragraph.clause)
            {
                let from = run.run.clauses[clause].started_day.unwrap();
                for event in run.events.iter().filter(|it| it.day >= from) {
                    if let EventKind::Met { force, clause: c } = event.kind {
                        let ended = run.events.iter().any(|it| {
                            it.day < event.day
                                && matches!(it.kind, EventKind::TermsChanged { clause: c, action: disengage::model::Action::End, .. } | EventKind::ClauseEnded { clause: c } if c == clause)
                        });
                        let met = c == clause && named.contains(&force) && !ended;
                        assert!(!met, "{name}: {}: {event:?}", sentence.text);
                    }
                }
                continue;
            }
            let told = events(run, sentence);
            let told: BTreeSet<ForceIndex> =
                told.iter().flat_map(|it| of(model, it.kind)).collect();
            assert!(named.is_subset(&told), "{name}: {}", sentence.text);
        }
    });
}

#[test]
fn every_event_told_of_a_clause_is_of_that_clause() {
    each(|model, run, paragraph, name| {
        let Some(of) = paragraph.clause else { return };
        let by_id = by_id(run);
        for sentence in &paragraph.sentences {
            for id in &sentence.events {
                let kind = by_id[id].kind;
                let its = clause(model, kind);
                assert!(its.is_none_or(|it| it == of), "{name}: {}: {kind:?}", sentence.text);
            }
        }
    });
}

#[test]
fn every_cause_named_comes_before_and_stands_in_the_chain() {
    each(|_, run, paragraph, name| {
        let by_id = by_id(run);
        for sentence in &paragraph.sentences {
            let mut ancestors = BTreeSet::new();
            for id in &sentence.events {
                let mut next = by_id[id].cause;
                while let Some(cause) = next.filter(|it| ancestors.insert(*it)) {
                    next = by_id[&cause].cause;
                }
            }
            for id in &sentence.because {
                assert!(ancestors.contains(id), "{name}: {}", sentence.text);
            }
        }
    });
    for it in BUNDLED {
        let model = load(it.name, &[]).unwrap().model;
        let run = trace(&model, 1, 0);
        let by_id = by_id(&run);
        for event in &run.events {
            let Some(cause) = event.cause else { continue };
            let before = by_id[&cause];
            let so = before.id < event.id && before.day <= event.day;
            assert!(so, "{}: {before:?} is to have caused {event:?}", it.name);
        }
    }
}

#[test]
fn how_a_clause_ends_is_what_the_log_says() {
    let mut seen = 0;
    each(|_, run, paragraph, name| {
        let (Some(of), Some(last)) = (paragraph.clause, paragraph.sentences.last()) else {
            return;
        };
        let mut turns = run.events.iter().filter_map(|it| match it.kind {
            EventKind::ClauseKept { clause } if clause == of => Some(true),
            EventKind::ClauseBroken { clause } if clause == of => Some(false),
            _ => None,
        });
        let kept = turns.next_back().unwrap_or(false);
        if run.run.clauses[of].started_day.is_none() {
            assert!(last.text.starts_with("It never came into force"), "{name}");
            return;
        }
        seen += 1;
        assert_eq!(last.text.contains("it was kept"), kept, "{name}: {}", last.text);
        assert_eq!(last.text.contains("it was not kept"), !kept, "{name}: {}", last.text);
        let met = run.events.iter().find_map(|it| match it.kind {
            EventKind::DeadlinePassed { clause, kept } if clause == of => Some(kept),
            _ => None,
        });
        let told = paragraph.sentences.iter();
        let told = told.map(|it| &it.text).find(|it| it.starts_with("When its deadline"));
        assert_eq!(told.map(|it| it.contains(", it was kept")), met, "{name}: {told:?}");
    });
    assert!(seen > 50, "only {seen} clauses were told");
}

/// An event without which something differs does make that difference.
#[test]
fn what_mattered_differs_in_truth() {
    let model = load("teaching", &[]).unwrap().model;
    let run = trace(&model, 1, 3);
    let tried = mattered(&model, 1, &run);
    assert!(tried.tried > 0 && tried.tried <= 60 && tried.tried <= tried.able);
    for it in &tried.found {
        let named = [(it.event.day, it.event.kind)];
        let other = disengage::experiment::trace_suppressing(&model, 1, 3, named);
        assert!(!it.differences.is_empty());
        assert_ne!(format!("{:?}", other.run), format!("{:?}", run.run));
    }
    let sizes = tried.found.iter();
    let sizes: Vec<f64> = sizes.map(|it| it.differences[0].size).collect();
    assert!(sizes.windows(2).all(|two| two[0] >= two[1]), "{sizes:?}");
}

#[test]
fn a_result_folder_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| disengage(folder.path(), arguments);
    let code = |arguments: &[&str]| run(arguments).status.code();
    assert_eq!(code(&["explain"]), Some(5), "there is no result yet");
    let made = run(&["run", "teaching", "-n", "40", "-o", "output/it", "--no-charts"]);
    assert!(made.status.success());
    // The newest result, its median.
    let told = run(&["explain"]);
    assert!(told.status.success());
    insta::assert_snapshot!("explain_teaching", String::from_utf8(told.stdout).unwrap());
    for which in ["best", "worst", "0", "39"] {
        assert_eq!(code(&["explain", "output/it", "--replicate", which]), Some(0));
    }
    assert_eq!(code(&["explain", "--clause", "pullback"]), Some(0));
    assert_eq!(code(&["explain", "--replicate", "40"]), Some(2));
    assert_eq!(code(&["explain", "--replicate", "middle"]), Some(2));
    assert_eq!(code(&["explain", "--clause", "nowhere"]), Some(2));
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    assert_eq!(code(&["explain", "empty"]), Some(5));
    let manifest = folder.path().join("output/it/manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let version = format!("\"model_version\": {}", disengage::model::MODEL_VERSION);
    assert!(text.contains(&version));
    std::fs::write(&manifest, text.replace(&version, "\"model_version\": 1")).unwrap();
    assert_eq!(code(&["explain", "output/it"]), Some(5));
}
