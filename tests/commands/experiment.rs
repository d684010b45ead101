//! The experiment contract as a user meets it: plans, parts, shares, merges.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::program::{EXE, TEACHING, disengage, ends, here};

/// Six points: a term in three forms under two pressures.
const VARY: [&str; 4] = [
    "--vary",
    "clause.pullback.min_km,clause.pullback.target_km=15:20,20:30,30:40",
    "--vary",
    "conduct.north.pressure=0.5..0.9:0.4",
];

fn with<'a>(first: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [first, &VARY, more].concat()
}

fn plan(folder: &Path, to: &str, more: &[&str]) -> String {
    let arguments = with(&["plan", TEACHING, "-o", to], more);
    ends(&disengage(folder, &arguments), 0)
}

/// The files of results with their hashes; the manifest holds times, and parts and
/// plan are no results.
fn results(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap();
    let files = entries.filter_map(|entry| {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let result = entry.path().is_file() && !["manifest.json", "plan.json"].contains(&&*name);
        result.then(|| {
            let hash = Sha256::digest(std::fs::read(entry.path()).unwrap());
            (name, hash[..].to_vec())
        })
    });
    files.collect()
}

/// Every part below a folder.
fn parts(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut folders = vec![folder.join("parts")];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "part") {
                all.push(path);
            }
        }
    }
    all.sort();
    all
}

#[test]
fn any_shares_in_any_order_merge_to_the_bytes_of_a_sweep() {
    let here = here();
    let here = here.path();
    let arguments = with(&["sweep", TEACHING, "-o", "whole", "-n", "150"], &["-j", "1"]);
    ends(&disengage(here, &arguments), 0);
    let whole = results(&here.join("whole"));
    for file in ["runs.csv", "turns.parquet", "points.csv", "parameters.csv"] {
        assert!(whole.contains_key(file), "{file} is not in {whole:?}");
    }

    plan(here, "shared", &["-n", "150"]);
    let refused = ends(&disengage(here, &["merge", "shared"]), 5);
    assert!(refused.contains("18 of 18 blocks are not done"), "{refused}");
    // Two of three shares, one of them twice at the same time, then the rest.
    let twice: Vec<_> = (0..2)
        .map(|_| {
            Command::new(EXE)
                .current_dir(here)
                .args(["run", "--plan", "shared", "--shard", "3/3", "-j", "1"])
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut worker in twice {
        assert!(worker.wait().unwrap().success());
    }
    let array = Command::new(EXE)
        .current_dir(here)
        .env("SLURM_ARRAY_TASK_ID", "3")
        .args(["run", "--plan", "shared", "--shard", "3"])
        .output()
        .unwrap();
    ends(&array, 0);
    let status = ends(&disengage(here, &["status", "shared"]), 0);
    assert!(status.contains("12 done, 6 missing"), "{status}");
    ends(&disengage(here, &["run", "--plan", "shared", "--missing", "--shard", "2/2"]), 0);
    ends(&disengage(here, &["run", "--plan", "shared", "--missing"]), 0);
    ends(&disengage(here, &["merge", "shared"]), 0);
    assert_eq!(results(&here.join("shared")), whole);
    let status = ends(&disengage(here, &["status", "shared"]), 0);
    assert!(status.contains("18 done, 0 missing"), "{status}");
    assert!(status.contains("merged"), "{status}");
    let again = ends(&disengage(here, &arguments), 0);
    assert!(again.contains("found whole in whole"), "{again}");
}

#[test]
fn killed_at_any_moment_it_goes_on_under_other_shares() {
    let here = here();
    let here = here.path();
    let arguments = with(&["sweep", TEACHING, "-o", "whole", "-n", "200"], &[]);
    ends(&disengage(here, &arguments), 0);
    plan(here, "killed", &["-n", "200"]);
    let mut broken = 0;
    for (moment, share) in [(40, "1/2"), (90, "2/5"), (60, "2/2"), (130, "3/4"), (20, "1/1")] {
        let mut worker = Command::new(EXE)
            .current_dir(here)
            .args(["run", "--plan", "killed", "--shard", share, "-j", "1"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(moment));
        let running = worker.try_wait().unwrap().is_none();
        broken += u32::from(running);
        worker.kill().unwrap();
        worker.wait().unwrap();
    }
    assert!(broken >= 2, "only {broken} of 5 were still running");
    ends(&disengage(here, &["run", "--plan", "killed", "--shard", "1/3"]), 0);
    ends(&disengage(here, &["run", "--plan", "killed", "--missing"]), 0);
    ends(&disengage(here, &["merge", "killed"]), 0);
    assert_eq!(results(&here.join("killed")), results(&here.join("whole")));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_with_75_and_the_same_command_goes_on() {
    let here = here();
    let here = here.path();
    let arguments = with(&["sweep", TEACHING, "-o", "it", "-n", "3000", "-j", "1"], &[]);
    let worker = Command::new(EXE)
        .current_dir(here)
        .args(&arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while parts(&here.join("it")).is_empty() {
        std::thread::sleep(Duration::from_millis(5));
    }
    Command::new("kill").args(["-TERM", &worker.id().to_string()]).status().unwrap();
    let text = ends(&worker.wait_with_output().unwrap(), 75);
    assert!(text.contains("the same command goes on from there"), "{text}");
    let done = parts(&here.join("it")).len();
    let status = ends(&disengage(here, &["status", "it"]), 0);
    assert!(status.contains(&format!("{done} done")), "{status}");
    let plan = std::fs::read(here.join("it/plan.json")).unwrap();
    let refused = ends(&disengage(here, &["merge", "it"]), 5);
    assert!(refused.contains("not done"), "{refused}");
    assert_eq!(std::fs::read(here.join("it/plan.json")).unwrap(), plan);
}

#[test]
fn damaged_and_foreign_parts_are_found_and_done_again() {
    let here = here();
    let here = here.path();
    plan(here, "it", &["-n", "80"]);
    ends(&disengage(here, &["run", "--plan", "it"]), 0);
    ends(&disengage(here, &["merge", "it"]), 0);
    let whole = results(&here.join("it"));

    let all = parts(&here.join("it"));
    let mut bytes = std::fs::read(&all[0]).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&all[0], bytes).unwrap();
    std::fs::write(&all[1], b"").unwrap();
    // A part under another's name.
    std::fs::copy(&all[3], &all[2]).unwrap();
    let status = ends(&disengage(here, &["status", "it"]), 0);
    assert!(status.contains("3 of them damaged"), "{status}");
    let refused = ends(&disengage(here, &["merge", "it"]), 5);
    assert!(refused.contains("3 of 12 blocks"), "{refused}");
    ends(&disengage(here, &["run", "--plan", "it"]), 0);
    ends(&disengage(here, &["merge", "it"]), 0);
    assert_eq!(results(&here.join("it")), whole);

    // Parts of another plan are left alone.
    ends(
        &disengage(here, &with(&["plan", TEACHING, "-o", "other", "--seed", "2"], &["-n", "80"])),
        0,
    );
    ends(&disengage(here, &["run", "--plan", "other", "--shard", "1/6"]), 0);
    for part in parts(&here.join("other")) {
        let place = here.join("it").join(part.strip_prefix(here.join("other")).unwrap());
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::copy(&part, place).unwrap();
    }
    let status = ends(&disengage(here, &["status", "it"]), 0);
    assert!(status.contains("belong to no block of this plan"), "{status}");
    ends(&disengage(here, &["merge", "it"]), 0);
    assert_eq!(results(&here.join("it")), whole);
}

/// The lines of a table that are of some replicates or points.
fn rows(folder: &Path, file: &str, of: impl Fn(&[&str]) -> bool) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let lines = text.lines().skip(1);
    lines.filter(|line| of(&line.split(',').collect::<Vec<_>>())).map(str::to_owned).collect()
}

#[test]
fn growing_changes_no_earlier_member_and_keeps_every_part() {
    let here = here();
    let here = here.path();
    plan(here, "it", &["-n", "100"]);
    ends(&disengage(here, &["run", "--plan", "it"]), 0);
    ends(&disengage(here, &["merge", "it"]), 0);
    let it = here.join("it");
    let before = rows(&it, "runs.csv", |_| true);
    let kept: Vec<_> = parts(&it)
        .into_iter()
        .map(|part| (part.clone(), std::fs::metadata(&part).unwrap().modified().unwrap()))
        .collect();

    ends(&disengage(here, &["extend", "it", "-n", "150"]), 0);
    let more = "clause.pullback.min_km,clause.pullback.target_km=20:30,25:35";
    ends(
        &disengage(here, &["extend", "it", "--vary", more, "--vary", "conduct.north.pressure=0.9"]),
        0,
    );
    ends(&disengage(here, &["run", "--plan", "it", "--missing"]), 0);
    ends(&disengage(here, &["merge", "it"]), 0);
    for (part, time) in kept {
        assert_eq!(std::fs::metadata(&part).unwrap().modified().unwrap(), time, "{part:?}");
    }
    let number = |cell: &str| cell.parse::<u32>().unwrap();
    let same = rows(&it, "runs.csv", |cells| number(cells[0]) < 6 && number(cells[1]) < 100);
    assert_eq!(same, before);
    // Of the two new points one was there already.
    assert_eq!(rows(&it, "parameters.csv", |_| true).len(), 7);
    let refused = ends(&disengage(here, &["extend", "it", "-n", "150"]), 2);
    assert!(refused.contains("150 replicates of each point already"), "{refused}");

    // What a run of the same terms gives is what its point gives.
    let set = ["--set", "clause.pullback.min_km=15", "--set", "clause.pullback.target_km=20"];
    let set = [&set[..], &["--set", "conduct.north.pressure=0.5"]].concat();
    let run = [&["run", TEACHING, "-n", "100", "--no-charts", "-o", "run"][..], &set].concat();
    ends(&disengage(here, &run), 0);
    let own = rows(&here.join("run"), "runs.csv", |_| true);
    assert_eq!(own, before[..own.len()]);
}

#[test]
fn a_sequence_grows_and_another_parameter_moves_no_value() {
    let here = here();
    let here = here.path();
    let sobol = |to: &str, more: &[&str]| {
        let first = [
            "plan",
            TEACHING,
            "-o",
            to,
            "-n",
            "1",
            "--design",
            "sobol",
            "--vary",
            "clause.pullback.min_km=5..25",
        ];
        ends(&disengage(here, &[&first[..], more].concat()), 0);
    };
    let values = |folder: &str| {
        ends(&disengage(here, &["run", "--plan", folder]), 0);
        ends(&disengage(here, &["merge", folder]), 0);
        rows(&here.join(folder), "parameters.csv", |_| true)
    };
    sobol("few", &["--points", "4"]);
    let few = values("few");
    ends(&disengage(here, &["extend", "few", "--points", "8"]), 0);
    let grown = values("few");
    assert_eq!((grown.len(), &grown[..4]), (8, &few[..]));
    sobol("two", &["--points", "8", "--vary", "conduct.north.review_days=10..40"]);
    let two = values("two");
    for (line, before) in two.iter().zip(&grown) {
        assert!(line.starts_with(before.as_str()), "{line} {before}");
        // Days are whole.
        assert!(line.rsplit(',').next().unwrap().parse::<u32>().is_ok(), "{line}");
    }
}

#[test]
fn bad_input_says_what_to_do_and_runs_nothing() {
    let here = here();
    let here = here.path();
    let sweep = |more: &[&str]| {
        disengage(here, &[&["sweep", TEACHING, "-o", "it", "-n", "2"][..], more].concat())
    };
    for (more, code, says) in [
        (&[][..], 2, "nothing is varied"),
        (&["--vary", "clause.pullback.min_kn=1,2"], 2, "did you mean `min_km`?"),
        (&["--vary", "clause.pullback.title=1..3:1"], 3, "must be a text in quotes"),
        (&["--vary", "clause.pullback.min_km=40..10:10"], 2, "is empty"),
        (&["--vary", "clause.pullback.min_km=40..10"], 2, "is empty"),
        (&["--vary", "clause.pullback.min_km=10..20:-5"], 2, "leads away from 20"),
        (&["--vary", "clause.pullback.min_km=10..20"], 2, "needs one (LOW..HIGH:STEP)"),
        (&["--vary", "clause.pullback.min_km=10,20", "--points", "3"], 2, "leave --points out"),
        (&["--vary", "clause.pullback.min_km=10..20", "--design", "lhs"], 2, "add --points"),
        (
            &["--vary", "clause.pullback.min_km=10,20", "--vary", "clause.pullback.min_km=5"],
            2,
            "is varied twice",
        ),
        (
            &[
                "--vary",
                "clause.pullback.min_km=0..29:0.001",
                "--vary",
                "conduct.north.pressure=0..1:0.001",
            ],
            2,
            "add --yes",
        ),
        // Alone each value is good; together 35 lies beyond the 30 of target_km.
        (&["--vary", "clause.pullback.min_km=10,35"], 3, "point 1 (clause.pullback.min_km = 35)"),
    ] {
        let text = ends(&sweep(more), code);
        assert!(text.contains(says), "{more:?}: {text}");
        assert!(!here.join("it").exists(), "{more:?} left something");
    }
    for command in [&["merge", "it"][..], &["status", "it"], &["run", "--plan", "it"]] {
        let text = ends(&disengage(here, command), 5);
        assert!(text.contains("holds no plan"), "{text}");
    }
    plan(here, "it", &["-n", "2"]);
    let text = ends(&disengage(here, &["run", "--plan", "it", "--shard", "0/4"]), 2);
    assert!(text.contains("shares count from 1/4 to 4/4"), "{text}");
    let other = with(&["plan", TEACHING, "-o", "it", "-n", "3"], &[]);
    let text = ends(&disengage(here, &other), 5);
    assert!(text.contains("holds another plan"), "{text}");
    ends(&disengage(here, &[&other[..], &["--force"]].concat()), 0);
    let mut damaged = std::fs::read_to_string(here.join("it/plan.json")).unwrap();
    damaged.truncate(damaged.len() / 2);
    std::fs::write(here.join("it/plan.json"), damaged).unwrap();
    let text = ends(&disengage(here, &["status", "it"]), 5);
    assert!(text.contains("not a plan of this program"), "{text}");
}

#[test]
fn a_full_disk_loses_no_part_that_was_done() {
    let here = here();
    let here = here.path();
    plan(here, "it", &["-n", "200"]);
    ends(&disengage(here, &["run", "--plan", "it", "--shard", "1/2"]), 0);
    let done = parts(&here.join("it"));
    let limited = Command::new("bash")
        .current_dir(here)
        .args(["-c", "ulimit -f 8; trap '' XFSZ; exec \"$0\" run --plan it", EXE])
        .output()
        .unwrap();
    let text = ends(&limited, 5);
    assert!(text.contains("the same command goes on from there"), "{text}");
    assert_eq!(parts(&here.join("it")), done);
    let left: Vec<_> = std::fs::read_dir(done[0].parent().unwrap())
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_none_or(|it| it != "part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    ends(&disengage(here, &["run", "--plan", "it"]), 0);
    ends(&disengage(here, &["merge", "it"]), 0);
}

#[test]
fn the_file_itself_can_say_what_is_varied() {
    let here = here();
    let here = here.path();
    let text = std::fs::read_to_string(TEACHING).unwrap()
        + "\n[experiment]\n[[experiment.lever]]\n\
           paths = [\"clause.pullback.min_km\", \"clause.pullback.target_km\"]\n\
           values = [[15, 20], [20, 30]]\nnames = [\"near\", \"far\"]\n\
           [[experiment.uncertainty]]\npaths = [\"conduct.north.pressure\"]\n\
           range = [0.5, 0.9]\nstep = 0.4\n";
    std::fs::write(here.join("mine.toml"), text).unwrap();
    ends(&disengage(here, &["sweep", "mine.toml", "-o", "it", "-n", "20"]), 0);
    let parameters = std::fs::read_to_string(here.join("it/parameters.csv")).unwrap();
    assert_eq!(
        parameters,
        "point,\"clause.pullback.min_km,clause.pullback.target_km\",conduct.north.pressure,\
         clause.pullback.min_km,clause.pullback.target_km\n\
         0,near,0.5,15,20\n1,near,0.9,15,20\n2,far,0.5,20,30\n3,far,0.9,20,30\n"
    );
    // On the command line the same points have the same runs.
    let vary = "clause.pullback.min_km,clause.pullback.target_km=15:20,20:30";
    let same = ["--vary", vary, "--vary", "conduct.north.pressure=0.5..0.9:0.4"];
    ends(
        &disengage(here, &[&["sweep", TEACHING, "-o", "same", "-n", "20"][..], &same].concat()),
        0,
    );
    let runs = |folder: &str| std::fs::read(here.join(folder).join("runs.csv")).unwrap();
    assert_eq!(runs("it"), runs("same"));
}

/// The tutorial's case; that it is kept less the farther and the weaker is among the
/// slow checks.
#[test]
fn the_experiment_of_south_west_syria_is_demand_by_guarantor() {
    let here = here();
    let here = here.path();
    let text = ends(&disengage(here, &["plan", "southwest-syria-2018", "-n", "8", "-o", "it"]), 0);
    assert!(text.contains("12 points"), "{text}");
    let plan = std::fs::read_to_string(here.join("it/plan.json")).unwrap();
    for name in ["40 to 50 km", "100 to 110 km", "weak guarantor", "strong guarantor"] {
        assert!(plan.contains(name), "{name}");
    }
}

#[test]
fn two_parameters_give_a_heat_map_and_a_table_of_regret() {
    let here = here();
    let here = here.path();
    let text = ends(&disengage(here, &with(&["sweep", TEACHING, "-o", "it", "-n", "30"], &[])), 0);
    assert!(text.contains("regret of each choice"), "{text}");
    let it = here.join("it");
    let regret = std::fs::read_to_string(it.join("regret.csv")).unwrap();
    assert_eq!(regret.lines().count(), 4, "{regret}");
    // Some choice is the best somewhere.
    let least = rows(&it, "regret.csv", |_| true)
        .iter()
        .map(|line| line.rsplit(',').nth(1).unwrap().parse::<f64>().unwrap())
        .fold(f64::INFINITY, f64::min);
    assert!((0.0..0.5).contains(&least), "{regret}");
    let svg = std::fs::read_to_string(it.join("charts/heatmap.svg")).unwrap();
    assert!(svg.contains("the uncertainty conduct.north.pressure"));
    std::fs::remove_dir_all(it.join("charts")).unwrap();
    ends(&disengage(here, &["chart", "it"]), 0);
    assert_eq!(std::fs::read_to_string(it.join("charts/heatmap.svg")).unwrap(), svg);

    // A wanted share has a contour where values are numbers.
    let text = ends(&disengage(here, &["chart", "it", "--kind", "heatmap", "--contour", "60%"]), 0);
    assert!(text.contains("heatmap.svg"), "{text}");
    let with = std::fs::read_to_string(it.join("charts/heatmap.svg")).unwrap();
    assert!(with != svg && with.contains("60 %"));
    let vary = ["--vary", "clause.pullback.min_km=5,10", "--vary", "party.north.title=\"a\",\"b\""];
    let words = [&["sweep", TEACHING, "-o", "words", "-n", "2"][..], &vary].concat();
    ends(&disengage(here, &words), 0);
    for (folder, contour, says) in [
        ("words", "0.6", "the values of `party.north.title` are not numbers"),
        ("it", "1.2", "a share lies between 0 and 1"),
        ("it", "80", "did you mean 80%?"),
        ("it", "nan", "a share lies between 0 and 1"),
    ] {
        let text = ends(&disengage(here, &["chart", folder, "--contour", contour]), 2);
        assert!(text.contains(says), "{text}");
    }

    let vary = ["--vary", "conduct.north.pressure=0.4..1.2:0.2"];
    let one = [&["sweep", TEACHING, "-o", "one", "-n", "30"][..], &vary].concat();
    ends(&disengage(here, &one), 0);
    assert!(here.join("one/charts/response.png").exists());
    let text = ends(&disengage(here, &["chart", "one", "--contour", "0.5"]), 2);
    assert!(text.contains("of two parameters, and one holds none"), "{text}");
    assert!(!here.join("one/regret.csv").exists());
}

#[test]
fn a_run_goes_on_until_its_interval_is_narrow() {
    let here = here();
    let here = here.path();
    let run = |to: &str, more: &[&str]| {
        disengage(here, &[&["run", TEACHING, "--no-charts", "-o", to][..], more].concat())
    };
    let of = ["--precision", "0.05", "--of", "pullback.deadline_met"];
    let text = ends(&run("one", &[&of[..], &["-j", "1"]].concat()), 0);
    assert!(text.contains("precision stopped at N = "), "{text}");
    ends(&run("two", &[&of[..], &["-j", "2"]].concat()), 0);
    assert_eq!(results(&here.join("one")), results(&here.join("two")));
    let row = rows(&here.join("one"), "points.csv", |cells| {
        cells[1] == "pullback" && cells[2] == "deadline_met"
    });
    let cells: Vec<f64> = row[0].split(',').skip(6).map(|it| it.parse().unwrap()).collect();
    let (n, width) = (cells[0] as u64, cells[3] - cells[2]);
    assert!(width <= 0.05 && n >= 256, "{row:?}");
    // A tenth fewer were not enough.
    let fewer = run("fewer", &["-n", &(n - n / 10 - 64).max(1).to_string()]);
    ends(&fewer, 0);
    let row = rows(&here.join("fewer"), "points.csv", |cells| {
        cells[1] == "pullback" && cells[2] == "deadline_met"
    });
    let cells: Vec<f64> = row[0].split(',').skip(6).map(|it| it.parse().unwrap()).collect();
    assert!(cells[3] - cells[2] > 0.05, "{row:?}");

    let text = ends(&run("few", &[&of[..], &["-n", "300"]].concat()), 0);
    assert!(text.contains("precision not reached by N = 300"), "{text}");
    for (more, says) in [
        (["--precision", "0.05", "--of", "pullback.deadline_mat"], "did you mean"),
        (["--precision", "0", "--of", "compliance"], "the width of an interval"),
        (["--precision", "1", "--of", "pullback.days_to_first_kept"], "quartiles"),
    ] {
        let text = ends(&run("bad", &more), 2);
        assert!(text.contains(says), "{text}");
    }
}

#[test]
fn one_parameter_at_a_time_is_held_against_the_scenario_as_written() {
    let here = here();
    let here = here.path();
    let vary = [
        "--vary",
        "clause.pullback.min_km=10..25",
        "--vary",
        "conduct.north.pressure=0.2,0.5,1.5",
        "--vary",
        "clause.pullback.title=\"a\",\"b\"",
    ];
    let sweep = |to: &str, more: &[&str]| {
        let head = ["sweep", TEACHING, "--design", "one-at-a-time", "-n", "40", "-o", to];
        disengage(here, &[&head[..], &vary, more].concat())
    };
    let text = ends(&sweep("it", &["--points", "9"]), 2);
    assert!(text.contains("leave --points out"), "{text}");
    assert!(!here.join("it").exists());
    let text = ends(&sweep("it", &[]), 0);
    assert!(text.contains("interactions are not shown"), "{text}");
    let it = here.join("it");
    assert_eq!(
        std::fs::read_to_string(it.join("parameters.csv")).unwrap(),
        "point,clause.pullback.min_km,conduct.north.pressure,clause.pullback.title\n\
         0,,,\n1,10,,\n2,25,,\n3,,0.2,\n4,,0.5,\n5,,1.5,\n6,,,a\n7,,,b\n"
    );
    // The first point is the run of the file, replicate by replicate.
    ends(&disengage(here, &["run", TEACHING, "--no-charts", "-n", "40", "-o", "run"]), 0);
    assert_eq!(
        rows(&it, "runs.csv", |cells| cells[0] == "0"),
        rows(&here.join("run"), "runs.csv", |_| true)
    );
    // Of a run the map can be drawn date by date, as one file for a screen.
    let animation = |more: &[&str]| {
        disengage(here, &[&["chart", "run", "--kind", "animation"][..], more].concat())
    };
    let text = ends(&animation(&["--theme", "dark"]), 0);
    assert_eq!(text.lines().count(), 1, "{text}");
    let bytes = std::fs::read(here.join("run/charts/animation-dark.png")).unwrap();
    assert!(bytes.windows(4).any(|it| it == b"acTL"));
    for (more, says) in [
        (["--format", "svg"], "leave --format out"),
        (["--sheet", "slide"], "leave --sheet out"),
        (["--contour", "0.5"], "not to animation"),
    ] {
        let text = ends(&animation(&more), 2);
        assert!(text.contains(says), "{text}");
    }
    let text = ends(&disengage(here, &["chart", "it", "--kind", "animation"]), 2);
    assert!(text.contains("animation does not apply to it"), "{text}");
    // Differences are those of the same replicates; another title changes nothing.
    let compliance = |file: &str, point: &str, outcome: usize| -> Vec<String> {
        let found = rows(&it, file, |cells| {
            cells[usize::from(file == "pairs.csv")] == point
                && cells[outcome - 1].is_empty()
                && cells[outcome] == "compliance"
        });
        found[0].split(',').map(str::to_owned).collect()
    };
    let number = |cell: &String| cell.parse::<f64>().unwrap();
    let base = number(&compliance("points.csv", "0", 2)[7]);
    for point in ["1", "2", "3", "4", "5", "6", "7"] {
        let own = number(&compliance("points.csv", point, 2)[7]);
        let pair = compliance("pairs.csv", point, 3);
        assert!((number(&pair[11]) - (own - base)).abs() < 1e-6, "{pair:?}");
        let same = number(&pair[8]) == 0.0;
        match point {
            "3" | "4" => assert!(!same, "{pair:?}"),
            // What the file has itself, and titles.
            "5" | "6" | "7" => assert!(same, "{pair:?}"),
            _ => {}
        }
    }
    let svg = std::fs::read_to_string(it.join("charts/tornado.svg")).unwrap();
    assert!(svg.contains("No effect in any replicate: clause.pullback.title."));
    std::fs::remove_dir_all(it.join("charts")).unwrap();
    ends(&disengage(here, &["chart", "it", "--kind", "tornado"]), 0);
    assert_eq!(std::fs::read_to_string(it.join("charts/tornado.svg")).unwrap(), svg);
    ends(&disengage(here, &["chart", "it", "--kind", "heatmap"]), 2);

    // In shares, and with a value more, it is the same, and the base is not run again.
    let plan = ["plan", TEACHING, "--design", "one-at-a-time", "-n", "40", "-o", "parts"];
    ends(&disengage(here, &[&plan[..], &vary].concat()), 0);
    ends(&disengage(here, &["run", "--plan", "parts", "--shard", "2/2"]), 0);
    ends(&disengage(here, &["run", "--plan", "parts", "--missing"]), 0);
    ends(&disengage(here, &["merge", "parts"]), 0);
    assert_eq!(results(&here.join("parts")), results(&it));
    ends(&disengage(here, &["report", "it"]), 0);
    let more = ["--vary", "conduct.north.pressure=1.1", "--design", "one-at-a-time"];
    let text = ends(&disengage(here, &[&["extend", "parts"][..], &more].concat()), 0);
    assert!(text.contains("9 points"), "{text}");

    // The file can say so itself.
    let text = std::fs::read_to_string(TEACHING).unwrap()
        + "\n[experiment]\ndesign = \"one-at-a-time\"\n[[experiment.uncertainty]]\n\
           paths = [\"conduct.north.pressure\"]\nrange = [0.2, 0.9]\n";
    std::fs::write(here.join("mine.toml"), &text).unwrap();
    let text = ends(&disengage(here, &["plan", "mine.toml", "-o", "mine"]), 0);
    assert!(text.contains("3 points"), "{text}");
}

/// Stands in for Slurm: runs each task of an array at once, and gives a number.
const SBATCH: &str = r#"#!/usr/bin/env bash
script=$(cat)
last=0
for it in "$@"; do
    case $it in --array=0-*) last=${it#--array=0-} ;; esac
done
echo "$@" >>"$HERE/asked"
for task in $(seq 0 "$last"); do
    SLURM_ARRAY_TASK_ID=$task bash -c "$script" >&2 || exit
done
echo '7;one'
"#;

#[test]
fn a_printed_script_runs_every_share_and_merges() {
    use std::os::unix::fs::PermissionsExt;

    let here = here();
    let here = here.path();
    ends(&disengage(here, &with(&["sweep", TEACHING, "-o", "whole", "-n", "130"], &[])), 0);
    let folder = "it's a \"plan\"";
    plan(here, folder, &["-n", "130"]);
    let script =
        ends(&disengage(here, &["submit", folder, "--print", "slurm", "--shards", "5"]), 0);
    std::fs::write(here.join("script"), script).unwrap();
    let sbatch = here.join("sbatch");
    std::fs::write(&sbatch, SBATCH).unwrap();
    std::fs::set_permissions(&sbatch, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    let done = Command::new("bash")
        .current_dir(here)
        .env("PATH", format!("{}:{path}", here.display()))
        .env("HERE", here)
        .env("DISENGAGE", EXE)
        .args(["script", "--partition=short"])
        .output()
        .unwrap();
    let said = ends(&done, 0);
    assert!(said.contains("shares: job 7, merge: job 7"), "{said}");
    assert_eq!(results(&here.join(folder)), results(&here.join("whole")));
    let asked = std::fs::read_to_string(here.join("asked")).unwrap();
    let asked: Vec<&str> = asked.lines().collect();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked[0].contains("--array=0-4") && asked[0].ends_with("--partition=short"));
    assert!(
        asked[1].contains("--dependency=afterok:7 ") && asked[1].ends_with("--partition=short")
    );

    let refused = |more: &[&str], code: i32, says: &str| {
        let text = ends(&disengage(here, &[&["submit"], more].concat()), code);
        assert!(text.contains(says), "{text}");
    };
    let many = [folder, "--print", "ray", "--shards", "100000"];
    refused(&many, 2, "ask for at most");
    refused(&[".", "--print", "ray"], 5, "holds no plan");
    refused(&[folder, "--print", "pbs"], 2, "possible values: slurm, parallel");
    refused(&[folder], 2, "--print <ENGINE>");
}
