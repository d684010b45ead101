//! The command line as a user meets it: exit codes, files, messages.

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

use crate::program::{EXE, TEACHING, disengage, ends, files, here, stderr, stdout};

fn shell(folder: &Path, script: &str) -> Output {
    Command::new("bash")
        .current_dir(folder)
        .env("DISENGAGE", EXE)
        .args(["-c", script])
        .output()
        .unwrap()
}

fn teach(folder: &Path, more: &[&str]) -> Output {
    let mut arguments = vec!["run", TEACHING, "-n", "40", "--no-charts"];
    arguments.extend(more);
    disengage(folder, &arguments)
}

#[test]
fn a_run_leaves_a_whole_folder_and_is_found_again() {
    let here = here();
    let first = teach(here.path(), &[]);
    ends(&first, 0);
    let said = stdout(&first);
    assert!(said.contains("N = 40 replicates, seed 1"), "{said}");
    let results: Vec<PathBuf> = std::fs::read_dir(here.path().join("output"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    assert_eq!(results.len(), 1);
    let name = results[0].file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("teaching-"), "{name}");
    assert!(said.contains(name), "the folder is not named:\n{said}");
    let written = files(&results[0]);
    let names: Vec<&str> = written.keys().map(|it| it.to_str().unwrap()).collect();
    let expected = [
        "events.jsonl",
        "manifest.json",
        "points.csv",
        "points.parquet",
        "positions.geojson",
        "runs.csv",
        "runs.parquet",
        "scenario.toml",
        "turns.csv",
        "turns.parquet",
    ];
    for file in expected {
        assert!(names.contains(&file), "{file} is not in {names:?}");
    }
    assert_eq!(written[Path::new("scenario.toml")], std::fs::read(TEACHING).unwrap());
    assert_eq!(files(here.path()).len(), written.len(), "something lies beside the result");

    let again = teach(here.path(), &[]);
    ends(&again, 0);
    let table = |said: &str| {
        said.split("\nwritten to").next().unwrap().split("\nfound whole").next().unwrap().to_owned()
    };
    assert_eq!(table(&stdout(&again)), table(&said));
    assert!(stdout(&again).contains("found whole in"), "{}", stdout(&again));
    assert_eq!(files(&results[0]), written, "finding a result changed it");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let here = here();
    for (jobs, folder) in [("1", "one"), ("2", "two")] {
        ends(&teach(here.path(), &["--jobs", jobs, "-o", folder]), 0);
    }
    let strip = |folder: &str| {
        let mut all = files(&here.path().join(folder));
        all.remove(Path::new("manifest.json")).unwrap();
        all
    };
    let (one, two) = (strip("one"), strip("two"));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(bytes == &two[name], "{} differs", name.display());
    }
}

#[test]
fn the_manifest_tells_what_the_folder_holds() {
    let here = here();
    ends(&teach(here.path(), &["-o", "out", "--seed", "9"]), 0);
    let folder = here.path().join("out");
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["seed"], 9);
    assert_eq!(manifest["replicates"], 40);
    assert_eq!(manifest["model_version"], disengage::model::MODEL_VERSION);
    use sha2::Digest;
    for (name, hash) in manifest["files"].as_object().unwrap() {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let found: String =
            sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, &found, "{name}");
    }
    assert_eq!(manifest["files"].as_object().unwrap().len(), files(&folder).len() - 1);
}

#[test]
fn another_result_is_not_overwritten_without_force() {
    let here = here();
    ends(&teach(here.path(), &["-o", "out"]), 0);
    let before = files(here.path());
    let other = teach(here.path(), &["-o", "out", "--seed", "2"]);
    ends(&other, 5);
    assert!(stderr(&other).contains("--force"), "{}", stderr(&other));
    assert_eq!(files(here.path()), before);
    ends(&teach(here.path(), &["-o", "out", "--seed", "2", "--force"]), 0);
    let after = files(here.path());
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    assert_ne!(after[Path::new("out/runs.csv")], before[Path::new("out/runs.csv")]);
}

#[test]
fn other_peoples_files_are_never_touched() {
    let here = here();
    std::fs::create_dir(here.path().join("mine")).unwrap();
    std::fs::write(here.path().join("mine/letter.txt"), "dear").unwrap();
    let before = files(here.path());
    for more in [&["-o", "mine"][..], &["-o", "mine", "--force"]] {
        ends(&teach(here.path(), more), 5);
        assert_eq!(files(here.path()), before);
    }
    // An empty folder is free.
    std::fs::create_dir(here.path().join("empty")).unwrap();
    ends(&teach(here.path(), &["-o", "empty"]), 0);
}

#[test]
fn a_place_that_cannot_be_written_is_found_before_the_runs() {
    let here = here();
    std::fs::write(here.path().join("file"), "a file").unwrap();
    // So many replicates would take minutes.
    let it = disengage(
        here.path(),
        &["run", TEACHING, "-n", "5000000", "--no-charts", "-o", "file/out"],
    );
    ends(&it, 5);
    assert!(stderr(&it).contains("file"), "{}", stderr(&it));
    assert_eq!(files(here.path()).len(), 1);
}

/// Files may grow to 8 blocks only, as on a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_is_said_so_and_leaves_nothing() {
    let here = here();
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec \"$DISENGAGE\" run '{TEACHING}' -n 200 --no-charts -o out"
    );
    let it = shell(here.path(), &script);
    ends(&it, 5);
    let said = stderr(&it);
    assert!(said.lines().count() <= 3 && said.starts_with("error:"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let left: Vec<_> =
        std::fs::read_dir(here.path()).unwrap().map(|it| it.unwrap().path()).collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

#[test]
fn a_bad_scenario_ends_with_3_and_writes_nothing() {
    let here = here();
    let text = std::fs::read_to_string(TEACHING).unwrap();
    let outside = tempfile::tempdir().unwrap();
    let bad = outside.path().join("bad.toml");
    std::fs::write(&bad, text.replace("binds = [\"north\"]", "binds = [\"nroth\"]")).unwrap();
    let bad = bad.to_str().unwrap();
    for command in ["run", "check"] {
        let it = disengage(here.path(), &[command, bad]);
        ends(&it, 3);
        let said = stdout(&it) + &stderr(&it);
        assert!(said.contains("nroth") && said.contains("north"), "{said}");
    }
    ends(&disengage(here.path(), &["run", "no-such-file.toml"]), 3);
    assert!(files(here.path()).is_empty());
}

#[test]
fn a_bad_command_line_ends_with_2_and_writes_nothing() {
    let here = here();
    for arguments in [
        &["sing"][..],
        &["run"],
        &["run", TEACHING, "-n", "0"],
        &["run", TEACHING, "--seed", "one"],
        &["run", TEACHING, "--set", "clause.pullback.min_km"],
        &["run", TEACHING, "--set", "clause.pulback.min_km=25"],
        &["run", TEACHING, "--set", "clause.pullback.min_miles=25"],
    ] {
        let it = disengage(here.path(), arguments);
        ends(&it, 2);
        assert!(!stderr(&it).is_empty());
    }
    assert!(files(here.path()).is_empty());
}

#[test]
fn a_value_that_is_set_is_run_and_kept() {
    let here = here();
    ends(&teach(here.path(), &["-o", "a"]), 0);
    ends(&teach(here.path(), &["-o", "b", "--set", "clause.pullback.min_km=25"]), 0);
    let all = files(here.path());
    let kept = String::from_utf8(all[Path::new("b/scenario.toml")].clone()).unwrap();
    assert!(kept.contains("min_km = 25"), "{kept}");
    assert_ne!(all[Path::new("a/turns.csv")], all[Path::new("b/turns.csv")]);
    // A value out of bounds makes the scenario bad.
    ends(&teach(here.path(), &["-o", "c", "--set", "clause.pullback.min_km=35"]), 3);
    assert!(!here.path().join("c").exists());
    // What was kept runs again to the same result.
    let again =
        disengage(here.path(), &["run", "b/scenario.toml", "-n", "40", "--no-charts", "-o", "d"]);
    ends(&again, 0);
    assert_eq!(
        files(&here.path().join("d"))[Path::new("turns.csv")],
        all[Path::new("b/turns.csv")]
    );
}

#[test]
fn a_closed_pipe_is_no_error() {
    let here = here();
    for script in [
        "set -o pipefail; \"$DISENGAGE\" schema | head -1",
        "set -o pipefail; \"$DISENGAGE\" schema | true",
        "set -o pipefail; \"$DISENGAGE\" list | true",
        "set -o pipefail; \"$DISENGAGE\" man | true",
    ] {
        let it = shell(here.path(), script);
        ends(&it, 0);
        assert_eq!(stderr(&it), "", "{script}");
    }
}

#[test]
fn a_pipe_gets_no_colours_and_no_color_is_heeded() {
    let here = here();
    let bad = here.path().join("bad.toml");
    std::fs::write(&bad, "schema = 2\ntitle = 3\n").unwrap();
    let plain = |it: &Output| !it.stdout.contains(&0x1b) && !it.stderr.contains(&0x1b);
    let it = disengage(here.path(), &["check", "bad.toml"]);
    ends(&it, 3);
    assert!(plain(&it));
    // On a terminal there are colours, unless they are unwanted.
    let on_terminal = |before: &str| {
        shell(
            here.path(),
            &format!("script -qec '{before} {EXE} check bad.toml' /dev/null < /dev/null"),
        )
    };
    if shell(here.path(), "command -v script").status.success() {
        assert!(!plain(&on_terminal("env -u NO_COLOR")));
        assert!(plain(&on_terminal("env NO_COLOR=1")));
    }
}

#[test]
fn a_bundled_scenario_runs_anywhere() {
    let here = here();
    let it = disengage(
        here.path(),
        &["run", "southwest-syria-2018", "-n", "2", "--no-charts", "-o", "out"],
    );
    ends(&it, 0);
    let written = files(&here.path().join("out"));
    for geodata in ["geodata/golan.geojson", "geodata/countries.geojson"] {
        assert!(written.contains_key(Path::new(geodata)), "{geodata} is missing");
    }
    let listed = stdout(&disengage(here.path(), &["list"]));
    assert!(listed.contains("southwest-syria-2018") && listed.contains("teaching"), "{listed}");
    // The folder is enough to run it again.
    let again = disengage(
        here.path(),
        &["run", "out/scenario.toml", "-n", "2", "--no-charts", "-o", "again"],
    );
    ends(&again, 0);
    assert_eq!(
        files(&here.path().join("again"))[Path::new("turns.parquet")],
        written[Path::new("turns.parquet")]
    );
}

#[test]
fn charts_drawn_again_are_the_same() {
    let here = here();
    // Forces that move, ladders and deliveries: what is drawn from names and places alone.
    let of = ["run", "southwest-syria-2018", "-n", "8", "-o", "out"];
    ends(&disengage(here.path(), &of), 0);
    let charts = here.path().join("out/charts");
    let drawn = files(&charts);
    assert!(drawn.len() > 20, "{:?}", drawn.keys());
    std::fs::remove_dir_all(&charts).unwrap();
    let again = disengage(here.path(), &["chart", "out"]);
    ends(&again, 0);
    assert_eq!(files(&charts), drawn);
    assert_eq!(stdout(&again).lines().count(), drawn.len());
    // Several kinds have nothing to show of it; that is said, and nothing drawn.
    let none = disengage(here.path(), &["chart", "out", "--kind", "caps"]);
    ends(&none, 2);
    assert!(stderr(&none).contains("caps does not apply to out"), "{}", stderr(&none));
    assert_eq!(files(&charts), drawn);
}

#[test]
fn a_new_file_checks_and_runs() {
    let here = here();
    ends(&disengage(here.path(), &["new", "mine.toml"]), 0);
    let before = files(here.path());
    ends(&disengage(here.path(), &["new", "mine.toml"]), 5);
    assert_eq!(files(here.path()), before);
    let checked = disengage(here.path(), &["check", "mine.toml"]);
    ends(&checked, 0);
    ends(&disengage(here.path(), &["run", "mine.toml", "-n", "5", "--no-charts", "-o", "out"]), 0);
}

#[test]
fn check_speaks_json() {
    let here = here();
    std::fs::write(here.path().join("bad.toml"), "schema = 2\ntitle = 3\n").unwrap();
    let it = disengage(here.path(), &["check", "--format", "json", "bad.toml", TEACHING]);
    ends(&it, 3);
    let found: serde_json::Value = serde_json::from_slice(&it.stdout).unwrap();
    let found = found.as_array().unwrap();
    assert!(found.len() >= 2, "{found:?}");
    assert!(found.iter().all(|it| it.to_string().contains("bad.toml")), "{found:?}");
    let good = disengage(here.path(), &["check", "--format", "json", TEACHING]);
    ends(&good, 0);
    let found: serde_json::Value = serde_json::from_slice(&good.stdout).unwrap();
    assert!(found.as_array().unwrap().is_empty(), "{found}");
}
