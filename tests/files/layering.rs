//! Each room of `src/` names only rooms before it.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order of the data's way. Up to `report` all stands in
/// memory; `store` brings it to files and back, and `cli` to a terminal.
const ROOMS: [&str; 18] = [
    "threads",
    "diag",
    "geo",
    "stats",
    "theory",
    "model",
    "scenario",
    "engine",
    "record",
    "experiment",
    "explain",
    "analysis",
    "verify",
    "chart",
    "results",
    "report",
    "store",
    "cli",
];

/// Rooms that may not be named although they come before.
const NEVER: [(&str, &str); 9] = [
    ("chart", "engine"),
    ("chart", "experiment"),
    ("chart", "store"),
    ("chart", "scenario"),
    ("engine", "scenario"),
    ("engine", "diag"),
    ("record", "scenario"),
    ("model", "diag"),
    ("stats", "geo"),
];

/// Rooms that work on what they are given: no files, clock, environment or printing.
const CORE: [&str; 8] =
    ["engine", "model", "stats", "record", "explain", "analysis", "results", "report"];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            all.push(path);
        }
    }
    all
}

#[test]
fn rooms_name_only_rooms_before_them() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for (at, room) in ROOMS.iter().enumerate() {
        // The small scenarios of the engine's own tests are read as any other.
        let beside = |file: &PathBuf| !file.ends_with("engine/trial.rs");
        for file in files(&src.join(room)).into_iter().filter(beside) {
            let text = fs::read_to_string(&file).unwrap();
            for (number, line) in text.lines().enumerate() {
                for rest in line.split("crate::").skip(1) {
                    let word: String = rest
                        .chars()
                        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                        .collect();
                    let Some(named) = ROOMS.iter().position(|room| *room == word) else {
                        panic!("{}:{}: `crate::{word}` is no room", file.display(), number + 1);
                    };
                    seen += 1;
                    let allowed = named <= at && !NEVER.contains(&(*room, ROOMS[named]));
                    assert!(
                        allowed,
                        "{}:{}: `{room}` names `{word}`, which comes after it or is barred to it",
                        file.display(),
                        number + 1
                    );
                }
            }
        }
    }
    assert!(seen > 50, "the search found only {seen} paths: does it still work?");
    let folders =
        fs::read_dir(&src).unwrap().filter(|it| it.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders, ROOMS.len(), "a room is missing from the list");
}

#[test]
fn the_core_knows_no_files_clock_environment_or_printing() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in CORE {
        for file in files(&src.join(room)) {
            let text = fs::read_to_string(&file).unwrap();
            for word in ["std::fs", "std::time", "std::env", "std::io", "println!", "eprintln!"] {
                assert!(!text.contains(word), "{} names {word}", file.display());
            }
        }
    }
}
