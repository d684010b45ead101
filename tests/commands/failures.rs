//! Runs that fail are rows, take no other with them, and end a command with 4. They
//! are made to fail by a variable that only builds with debug assertions read.

use std::path::Path;
use std::process::Command;

use crate::program::{self, EXE, TEACHING, read};

/// Runs a command in which some replicates fail; it must end with this code. Gives
/// what it prints.
fn ends(folder: &Path, failing: &str, arguments: &[&str], code: i32) -> String {
    let it = Command::new(EXE)
        .current_dir(folder)
        .env("DISENGAGE_FAIL_REPLICATES", failing)
        .args(arguments)
        .output()
        .unwrap();
    program::ends(&it, code)
}

/// The rows of `runs.csv` whose last column is not ok, and the others.
fn failed_and_whole(folder: &Path) -> (Vec<String>, Vec<String>) {
    let rows = read(folder, "runs.csv");
    rows.lines().skip(1).map(str::to_owned).partition(|row| !row.ends_with(",ok"))
}

#[test]
fn a_run_keeps_the_others_and_tells_of_those_that_failed() {
    let here = tempfile::tempdir().unwrap();
    let here = here.path();
    let run = |failing: &str, to: &str, more: &[&str], code| {
        let arguments = ["run", TEACHING, "-n", "40", "--no-charts", "-o", to];
        ends(here, failing, &[&arguments, more].concat(), code)
    };
    run("", "whole", &[], 0);
    let said = run("0,7", "some", &[], 4);
    assert!(said.contains("2 runs failed"), "{said}");
    let (failed, others) = failed_and_whole(&here.join("some"));
    assert_eq!(failed.len(), 2);
    for (row, number) in failed.iter().zip([0, 7]) {
        assert!(row.starts_with(&format!("0,{number},")), "{row}");
        assert!(row.ends_with("failed: made to fail"), "{row}");
    }
    let of_others = |row: &String| !row.starts_with("0,0,") && !row.starts_with("0,7,");
    let (_, mut whole) = failed_and_whole(&here.join("whole"));
    whole.retain(of_others);
    assert_eq!(whole, others);
    let manifest: serde_json::Value =
        serde_json::from_str(&read(&here.join("some"), "manifest.json")).unwrap();
    assert_eq!((&manifest["failed"], &manifest["replicates"]), (&2.into(), &40.into()));
    // Means are over the 38 that there are.
    let compliance = read(&here.join("some"), "points.csv");
    let of_run = compliance.lines().find(|row| row.starts_with("0,,compliance,")).unwrap();
    assert!(of_run.contains(",38,"), "{of_run}");
    // No replicate that failed is told of again.
    assert!(!read(&here.join("some"), "events.jsonl").contains("\"replicate\":0,"));

    // The same number of threads or not, found again or not: the same.
    let again = run("0,7", "some", &[], 4);
    assert!(again.contains("found whole"), "{again}");
    run("0,7", "one", &["-j", "1", "--fail", "off"], 0);
    for file in ["runs.csv", "turns.csv", "points.csv", "events.jsonl"] {
        assert_eq!(read(&here.join("some"), file), read(&here.join("one"), file), "{file}");
    }

    let said = run("7", "fast", &["--fail", "fast"], 4);
    assert!(said.contains("replicate 7 failed: made to fail"), "{said}");
    assert!(!here.join("fast").exists());
}

#[test]
fn if_every_run_fails_the_tables_are_empty_and_nothing_else_breaks() {
    let here = tempfile::tempdir().unwrap();
    let arguments = ["run", TEACHING, "-n", "3", "-o", "none"];
    let said = ends(here.path(), "0,1,2", &arguments, 4);
    assert!(said.contains("3 runs failed"), "{said}");
    let (failed, others) = failed_and_whole(&here.path().join("none"));
    assert_eq!((failed.len(), others.len()), (3, 0));
    // The page of each says why there is nothing to tell.
    let vary = ["--vary", "conduct.north.pressure=0.5,0.9", "--no-charts"];
    let compare = ["compare", TEACHING, "-n", "3", "-o", "pairs"];
    ends(here.path(), "0,1,2", &[&compare[..], &vary].concat(), 4);
    for (folder, word) in [
        ("none", "The replicates that would be told failed"),
        ("pairs", "No pair of replicates is whole"),
    ] {
        ends(here.path(), "0,1,2", &["report", folder], 0);
        let page = read(&here.path().join(folder), "report.html");
        assert!(page.contains(word), "{word}");
        assert!(!page.contains("another version of the model"), "{folder}");
    }
}

#[test]
fn a_sweep_follows_its_policy_and_fails_no_other_run() {
    let here = tempfile::tempdir().unwrap();
    let here = here.path();
    let sweep = |failing: &str, to: &str, fail: &str, code| {
        let vary = "conduct.north.pressure=0.5..0.9:0.4";
        let arguments = ["sweep", TEACHING, "--vary", vary, "-n", "150", "-o", to];
        ends(
            here,
            failing,
            &[&arguments[..], &["-j", "1", "--no-charts", "--fail", fail]].concat(),
            code,
        )
    };
    sweep("", "whole", "slow", 0);
    let said = sweep("3,149", "slow", "slow", 4);
    assert!(said.contains("4 runs failed"), "{said}");
    sweep("3,149", "off", "off", 0);
    let (failed, others) = failed_and_whole(&here.join("slow"));
    assert_eq!(
        (&failed, &others),
        (&failed_and_whole(&here.join("off")).0, &failed_and_whole(&here.join("off")).1)
    );
    assert_eq!(failed.len(), 4);
    assert!(failed.iter().all(|row| row.contains("failed: made to fail (run ")), "{failed:?}");
    let (_, mut whole) = failed_and_whole(&here.join("whole"));
    whole.retain(|row| !row.split(',').nth(1).is_some_and(|it| ["3", "149"].contains(&it)));
    assert_eq!(whole, others);

    // Under `fast` the block that failed is the last one begun; the same command
    // without the fault does not take its failed runs for done ones.
    let said = sweep("3", "fast", "fast", 4);
    assert!(said.contains("no further block was begun"), "{said}");
    let status = ends(here, "", &["status", "fast"], 0);
    assert!(status.contains("1 done, 5 missing"), "{status}");
    assert!(status.contains("1 failed"), "{status}");
}

#[test]
fn pairs_leave_out_a_replicate_that_failed() {
    let here = tempfile::tempdir().unwrap();
    let here = here.path();
    let vary = "clause.pullback.min_km,clause.pullback.target_km=15:20,20:30";
    let arguments = ["compare", TEACHING, "--vary", vary, "-n", "100", "-o", "it", "--no-charts"];
    let said = ends(here, "5", &arguments, 4);
    assert!(said.contains("2 runs failed and their pairs are left out"), "{said}");
    let pairs = read(&here.join("it"), "pairs.csv");
    let head: Vec<&str> = pairs.lines().next().unwrap().split(',').collect();
    let at = head.iter().position(|it| *it == "pairs").unwrap();
    let row = pairs.lines().find(|row| row.contains(",compliance,")).unwrap();
    assert_eq!(row.split(',').nth(at), Some("99"), "{row}");
}
