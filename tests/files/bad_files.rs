//! Bad scenario files: each in `tests/bad`, what is shown of it in
//! `tests/snapshots`. Files that are accepted with warnings are in `tests/warned`. A changed message fails here until its snapshot is
//! renewed with `INSTA_UPDATE=always` and read.

use std::fs;
use std::path::{Path, PathBuf};

use disengage::diag::{Diagnostics, Level, Source, render, to_json};
use disengage::scenario::{MAX_BYTES, Scenario, check_text, upgrade, validate};
use proptest::prelude::*;

const REFERENCE: &str = include_str!("../../scenarios/reference.toml");

/// The files of a folder of `tests`: name and text.
fn files(folder: &str) -> Vec<(String, String)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let entries = fs::read_dir(tests.join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let read = |path: PathBuf| (name(&path), fs::read_to_string(&path).unwrap());
    paths.into_iter().map(read).collect()
}

/// Every finding has a place in the file, or is about the whole of it, and says
/// more than its message; what is shown is as in the snapshot.
fn assert_shown(folder: &str, name: &str, text: String, found: &Diagnostics) {
    for diagnostic in found.iter() {
        let mends = !diagnostic.label.is_empty() || !diagnostic.help.is_empty();
        assert!(mends, "{name}: no mend for {}", diagnostic.message);
        if let Some(span) = &diagnostic.span {
            let shown = text.get(span.clone());
            assert!(shown.is_some_and(|it| !it.is_empty()), "{name}: {span:?} shows nothing");
        }
    }
    let source = Source::new(format!("{name}.toml"), text);
    assert!(to_json(found, &source).is_array());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!(format!("{folder}__{name}"), render(found, &source, false));
    });
}

#[test]
fn every_bad_file_is_refused_with_a_place_and_a_mend() {
    let files = files("bad");
    assert!(files.len() >= 70, "{} files", files.len());
    for (name, text) in files {
        let (scenario, found) = check_text(&text);
        assert!(scenario.is_none() && found.has_errors(), "{name} is accepted");
        assert_shown("bad", &name, text, &found);
    }
}

#[test]
fn every_odd_file_is_accepted_with_a_warning() {
    for (name, text) in files("warned") {
        let (scenario, found) = check_text(&text);
        assert!(scenario.is_some() && !found.is_empty(), "{name}: {found:#?}");
        assert_shown("warned", &name, text, &found);
    }
}

#[test]
fn many_mistakes_show_in_one_run() {
    let text = include_str!("../bad/many-at-once.toml");
    let (_, found) = check_text(text);
    assert!(found.counts().0 >= 11, "{:?}", found.counts());
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let text = "#".repeat(MAX_BYTES + 1);
    let (scenario, found) = check_text(&text);
    assert!(scenario.is_none());
    let message = &found.iter().next().unwrap().message;
    assert_eq!(message, "the file is 16777217 bytes long");
}

#[test]
fn nothing_is_refused_without_being_read() {
    for text in ["", "\u{feff}", "\0", "schema", "[", "[[", "a.b.c = 1", "é = \"é"] {
        assert!(check_text(text).1.has_errors(), "{text:?}");
    }
    let deep = format!("schema = 2\nstarts = {}1{}", "[".repeat(5000), "]".repeat(5000));
    assert!(check_text(&deep).1.has_errors());
}

/// One change to a text.
#[derive(Debug, Clone)]
enum Change {
    Delete(usize),
    Duplicate(usize),
    Swap(usize, usize),
    Replace(usize, char),
    Insert(usize, char),
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0..100_000_usize;
    let letter = prop_oneof![
        proptest::char::any(),
        proptest::sample::select("[]{}=\",.-#\n 019az".chars().collect::<Vec<_>>()),
    ];
    prop_oneof![
        at.clone().prop_map(Change::Delete),
        at.clone().prop_map(Change::Duplicate),
        (at.clone(), at.clone()).prop_map(|(a, b)| Change::Swap(a, b)),
        (at.clone(), letter.clone()).prop_map(|(at, to)| Change::Replace(at, to)),
        (at.clone(), letter).prop_map(|(at, it)| Change::Insert(at, it)),
        at.prop_map(Change::Cut),
    ]
}

fn changed(text: &str, change: &Change) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let mut chars: Vec<char> = text.chars().collect();
    if lines.is_empty() || chars.is_empty() {
        return text.to_owned();
    }
    let (line_count, char_count) = (lines.len(), chars.len());
    match change {
        Change::Delete(at) => {
            lines.remove(at % line_count);
        }
        Change::Duplicate(at) => lines.insert(at % line_count, lines[at % line_count]),
        Change::Swap(a, b) => lines.swap(a % line_count, b % line_count),
        Change::Replace(at, to) => {
            chars[at % char_count] = *to;
            return chars.into_iter().collect();
        }
        Change::Insert(at, it) => {
            chars.insert(at % char_count, *it);
            return chars.into_iter().collect();
        }
        // Rarely near the beginning: a file cut short says little.
        Change::Cut(at) => chars.truncate(char_count - at % (char_count / 4 + 1)),
    }
    if let Change::Cut(_) = change {
        return chars.into_iter().collect();
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(11), ..Default::default() })]

    #[test]
    fn a_spoiled_file_never_panics(changes in prop::collection::vec(change(), 1..6)) {
        let text = changes.iter().fold(REFERENCE.to_owned(), |text, it| changed(&text, it));
        let (scenario, found) = check_text(&text);
        prop_assert_eq!(scenario.is_none(), found.has_errors());
        for diagnostic in found.iter().filter(|it| it.level == Level::Error) {
            prop_assert!(!diagnostic.label.is_empty() || !diagnostic.help.is_empty());
            if let Some(span) = &diagnostic.span {
                prop_assert!(text.get(span.clone()).is_some());
            }
        }
        let source = Source::new("spoiled.toml", text.clone());
        render(&found, &source, false);
        to_json(&found, &source);
        if let (Some(scenario), _) = Scenario::parse(&text) {
            validate(&scenario);
        }
        // What is converted is TOML, whatever it was.
        if let Ok(new) = upgrade(&text.replacen("schema = 2", "schema = 1", 1), &|_| None) {
            let changed = new.text.starts_with("schema = 2") || new.text.contains("\nschema = 2");
            prop_assert!(changed, "{}", new.text);
        }
    }
}
