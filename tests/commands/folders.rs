//! Result folders: nothing of somebody else's is lost, nothing is written outside, a result
//! that was changed is not believed, and two commands do not write over each other.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::{EXE, TEACHING, ends, files, here, says};

const VARY: &str = "conduct.north.pressure=0.6,0.9";

/// A small run into a folder.
fn run<'a>(to: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["run", TEACHING, "-n", "20", "--no-charts", "-o", to], more].concat()
}

/// A small sweep into a folder.
fn sweep<'a>(to: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let first = ["sweep", TEACHING, "-n", "20", "--no-charts", "--vary", VARY, "-o", to];
    [&first, more].concat()
}

fn names(folder: &Path) -> Vec<String> {
    let each = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        each.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn write(path: impl AsRef<Path>, text: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.as_ref().parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

// --force

#[test]
fn a_folder_that_only_looks_like_a_result_is_not_replaced() {
    let here = here();
    let here = here.path();
    write(here.join("extension/manifest.json"), "{\"manifest_version\":3}");
    write(here.join("project/plan.json"), "{\"plan\": \"mine\"}");
    write(here.join("half/manifest.json"), "");
    let before = files(here);
    for folder in ["extension", "project", "half"] {
        for command in [run(folder, &["--force"]), sweep(folder, &["--force"])] {
            let text = says(here, &command, 5);
            assert!(text.contains("not a result folder"), "{text}");
            assert_eq!(files(here), before, "{folder}");
        }
    }
}

#[test]
fn a_file_of_somebody_elses_keeps_a_result_from_being_replaced() {
    let here = here();
    let here = here.path();
    says(here, &run("out", &[]), 0);
    says(here, &sweep("swept", &[]), 0);
    for folder in ["out", "swept"] {
        for file in ["notes.txt", "charts/holiday.png", "parts/mine.part", "sub/runs.csv"] {
            let path = here.join(folder).join(file);
            write(&path, "mine");
            let before = files(here);
            for command in [run(folder, &["--force"]), sweep(folder, &["--force"])] {
                let text = says(here, &command, 5);
                assert!(text.contains(file) && text.contains("in the way"), "{text}");
                assert_eq!(files(here), before, "{folder}/{file}");
            }
            std::fs::remove_file(&path).unwrap();
            for emptied in ["sub", "parts", "charts"] {
                let _ = std::fs::remove_dir(here.join(folder).join(emptied));
            }
        }
    }
}

#[test]
fn a_damaged_result_of_ours_is_replaced_whole() {
    let here = here();
    let here = here.path();
    says(here, &["run", TEACHING, "-n", "20", "-o", "out"], 0);
    says(here, &["report", "out"], 0);
    says(here, &run("fresh", &["--seed", "2"]), 0);
    let text = std::fs::read_to_string(here.join("out/manifest.json")).unwrap();
    write(here.join("out/manifest.json"), &text[..text.len() / 2]);
    write(here.join("out/points.csv"), "rubbish");
    std::fs::remove_file(here.join("out/turns.csv")).unwrap();
    says(here, &run("out", &["--seed", "2"]), 5);
    says(here, &run("out", &["--seed", "2", "--force"]), 0);
    let without_manifest = |folder: &str| {
        let mut all = files(&here.join(folder));
        all.remove(Path::new("manifest.json"));
        all
    };
    assert_eq!(without_manifest("out"), without_manifest("fresh"));
    assert_eq!(names(here), ["fresh", "out"]);

    says(here, &sweep("swept", &[]), 0);
    write(here.join("swept/points.csv"), "rubbish");
    says(here, &sweep("swept", &["--seed", "2", "--force"]), 0);
}

// Paths out of files

#[test]
fn a_foreign_plan_or_manifest_leads_nowhere_else() {
    let here = here();
    let here = here.path();
    let outside = here.join("outside.geojson");
    for path in [outside.to_str().unwrap(), "../outside.geojson", "a/../../outside.geojson"] {
        let _ = std::fs::remove_dir_all(here.join("it"));
        says(here, &sweep("it", &[]), 0);
        let plan = std::fs::read_to_string(here.join("it/plan.json")).unwrap();
        let named = plan.replace("\"geodata\": {}", &format!("\"geodata\": {{\"{path}\": \"x\"}}"));
        assert_ne!(plan, named);
        write(here.join("it/plan.json"), named);
        for command in ["merge", "status", "chart", "report"] {
            let text = says(here, &[command, "it"], 5);
            assert!(text.contains("outside the folder"), "{text}");
        }
        says(here, &["run", "--plan", "it"], 5);
        assert!(!outside.exists());
    }

    says(here, &run("out", &[]), 0);
    write(&outside, "mine");
    let manifest = std::fs::read_to_string(here.join("out/manifest.json")).unwrap();
    let mut whole: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    whole["files"]["../outside.geojson"] = "0".into();
    whole["check"] = "".into();
    write(here.join("out/manifest.json"), whole.to_string());
    let text = says(here, &["chart", "out"], 5);
    assert!(text.contains("leads out of the folder"), "{text}");
    says(here, &run("out", &["--force"]), 0);
    assert_eq!(std::fs::read_to_string(outside).unwrap(), "mine");
}

#[test]
fn a_plan_out_of_bounds_is_refused_at_once() {
    let here = here();
    let here = here.path();
    says(here, &["plan", TEACHING, "-n", "20", "--vary", VARY, "-o", "it"], 0);
    let plan = std::fs::read_to_string(here.join("it/plan.json")).unwrap();
    let with = |old: &str, new: &str| {
        assert!(plan.contains(old), "{old}");
        plan.replace(old, new)
    };
    let replicates = "\"replicates\": [\n    20\n  ]";
    for (text, wanted) in [
        (with(replicates, "\"replicates\": [99999999]"), "blocks"),
        (with(replicates, "\"replicates\": [20, 10]"), "replicates"),
        (with(replicates, "\"replicates\": []"), "replicates"),
        (with("\"block\": 64", "\"block\": 0"), "blocks"),
        (with("\"scenario\": \"teaching\"", "\"scenario\": \"../x\""), "name"),
    ] {
        let text = match wanted {
            "blocks" => text.replace("\"block\": 64", "\"block\": 1"),
            _ => text,
        };
        let text = text.replace(
            "\"block\": 1,\n  \"replicates\": [\n",
            "\"block\": 0,\n  \"replicates\": [\n",
        );
        write(here.join("it/plan.json"), &text);
        let began = Instant::now();
        for command in [&["status", "it"][..], &["merge", "it"], &["run", "--plan", "it"]] {
            let said = says(here, command, 5);
            assert!(said.contains("plan.json") && said.contains(wanted), "{said}");
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{wanted}");
    }
    // What is wrong with the scenario in it is said as of any scenario.
    for broken in
        [with("[[clause]]", "[[clause]"), with("kind = \\\"keep-distance\\\"", "kind = 3")]
    {
        write(here.join("it/plan.json"), broken);
        for command in [&["merge", "it"][..], &["run", "--plan", "it"], &["status", "it"]] {
            let said = says(here, command, 3);
            assert!(said.contains("plan.json"), "{said}");
        }
    }
}

// Results that were changed

#[test]
fn a_result_that_was_changed_is_not_believed() {
    let here = here();
    let here = here.path();
    let again = run("out", &[]);
    says(here, &again, 0);
    let whole = files(here);
    for (file, commands) in [
        ("points.csv", &["chart", "report", "explain"][..]),
        ("turns.csv", &["chart"]),
        ("positions.geojson", &["report"]),
        ("scenario.toml", &["explain"]),
        ("manifest.json", &["explain"]),
    ] {
        let path = here.join("out").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        // One digit, so that the size stays.
        let at = text.rfind(|c: char| c.is_ascii_digit() && c != '9').unwrap();
        let at = if file == "manifest.json" { text.find("\"seed\": 1").unwrap() + 8 } else { at };
        let mut bytes = text.clone().into_bytes();
        bytes[at] = b'9';
        write(&path, bytes);
        for command in commands {
            let said = says(here, &[command, "out"], 5);
            assert!(said.contains(file) && said.contains("--no-verify"), "{said}");
        }
        let said = says(here, &again, 5);
        assert!(said.contains(file), "{said}");
        write(&path, text);
    }
    // Rows that were lost at the end, and a file that is gone.
    let runs = here.join("out/runs.csv");
    let text = std::fs::read_to_string(&runs).unwrap();
    write(&runs, &text[..text.len() - 30]);
    let said = says(here, &["explain", "out"], 5);
    assert!(said.contains("runs.csv") && said.contains("bytes instead of"), "{said}");
    std::fs::remove_file(&runs).unwrap();
    let said = says(here, &["explain", "out"], 5);
    assert!(said.contains("runs.csv") && said.contains("missing"), "{said}");
    says(here, &["explain", "out", "--no-verify"], 0);
    write(&runs, text);
    assert_eq!(files(here), whole);
    let said = says(here, &again, 0);
    assert!(said.contains("found whole in"), "{said}");
}

#[test]
fn what_is_read_from_a_sweep_is_verified_too() {
    let here = here();
    let here = here.path();
    let design =
        ["--vary", "conduct.north.pressure=0.5..1.0", "--design", "morris", "--points", "4"];
    let again = [&["sweep", TEACHING, "-n", "10", "--no-charts", "-o", "it"][..], &design].concat();
    says(here, &again, 0);
    let path = here.join("it/points.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    write(&path, text.replacen("0.", "9.", 1));
    for command in [
        &again[..],
        &["sensitivity", "it"],
        &["discover", "it", "--over", "0.5"],
        &["chart", "it"],
        &["report", "it"],
    ] {
        let said = says(here, command, 5);
        assert!(said.contains("points.csv"), "{said}");
    }
    write(&path, text);
    // Tables derived later are listed as well.
    says(here, &["sensitivity", "it"], 0);
    let path = here.join("it/sensitivity.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    write(&path, text.replacen("0.", "9.", 1));
    let said = says(here, &["chart", "it"], 5);
    assert!(said.contains("sensitivity.csv"), "{said}");
    says(here, &["chart", "it", "--no-verify"], 0);
}

// Inputs and outputs

#[test]
fn geodata_never_takes_the_name_of_a_result() {
    let here = here();
    let here = here.path();
    let teaching = std::fs::read_to_string(TEACHING).unwrap();
    let line = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":\
                {\"id\":\"a\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[-1,0],[1,0]]}}]}";
    for name in [
        "positions.geojson",
        "events.jsonl",
        "manifest.json",
        "scenario.toml",
        "runs.parquet",
        "runs.csv",
        "charts/map.svg",
        "report.html",
        "plan.json",
        "geodata/line.geojson",
    ] {
        let folder = here.join("in").join(name.replace('/', "-"));
        write(folder.join(name), line);
        let text = format!(
            "{teaching}\n[[line]]\nid = \"more\"\ngeojson = \"{name}#a\"\npositive_toward = {}\n\
             [[variant]]\nid = \"same\"\nset = {{ \"line.more.geojson\" = \"{name}#a\" }}\n",
            teaching.lines().find_map(|it| it.strip_prefix("positive_toward = ")).unwrap()
        );
        write(folder.join("file.toml"), text);
        let file = folder.join("file.toml");
        let file = file.to_str().unwrap();
        let out = here.join("out");
        let single = ["run", file, "-n", "5", "--no-charts", "-o", "out"];
        let several = [&["sweep", file, "-n", "5", "--vary", VARY][..], &single[4..]].concat();
        // A sweep keeps its inputs as a run does; one of the names will do.
        let both = [&single[..], &several];
        let commands = if name == "charts/map.svg" { &both[..] } else { &both[..1] };
        for command in commands {
            says(here, command, 0);
            says(here, &["chart", "out", "--format", "svg"], 0);
            let inputs = out.join("geodata").join(name.trim_start_matches("geodata/"));
            assert_eq!(std::fs::read_to_string(inputs).unwrap(), line, "{name}");
            for (path, bytes) in files(&out) {
                let input = path.starts_with("geodata") || path == Path::new("plan.json");
                let at = path.display();
                assert!(input || bytes != line.as_bytes(), "{name} is at {at}");
            }
            // What is kept is enough to run it again.
            let kept = out.join("scenario.toml");
            let kept = kept.to_str().unwrap();
            let again = match command[0] {
                "run" => "compare",
                _ => "run",
            };
            says(here, &[again, kept, "-n", "5", "--no-charts", "-o", "again"], 0);
            for folder in ["out", "again"] {
                std::fs::remove_dir_all(here.join(folder)).unwrap();
            }
        }
    }
}

// Stopping

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(sent.unwrap().success());
}

#[cfg(unix)]
fn begin(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(EXE);
    command.current_dir(folder).args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until a name that begins so stands in a folder.
#[cfg(unix)]
fn wait_for(folder: &Path, start: &str) {
    let began = Instant::now();
    while !folder.exists() || !names(folder).iter().any(|name| name.starts_with(start)) {
        assert!(began.elapsed() < Duration::from_secs(60), "no {start}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(unix)]
const LONG: [&str; 7] = ["run", TEACHING, "-n", "2000000", "--no-charts", "-o", "out"];

#[cfg(unix)]
#[test]
fn a_run_that_is_told_to_stop_says_so_and_leaves_nothing() {
    for name in ["-INT", "-TERM", "-HUP"] {
        let here = here();
        let here = here.path();
        let child = begin(here, &LONG);
        wait_for(here, ".disengage-out");
        std::thread::sleep(Duration::from_millis(200));
        signal(&child, name);
        let text = ends(&child.wait_with_output().unwrap(), 75);
        assert!(text.contains("interrupted"), "{text}");
        assert_eq!(names(here), [""; 0], "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_signal_that_was_switched_off_stays_off() {
    let here = here();
    let here = here.path();
    let script = "trap '' HUP; exec \"$0\" \"$@\"";
    let arguments = ["run", TEACHING, "-n", "300", "--no-charts", "-o", "out"];
    let child = Command::new("bash")
        .current_dir(here)
        .args(["-c", script, EXE])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for(here, ".disengage-out");
    signal(&child, "-HUP");
    ends(&child.wait_with_output().unwrap(), 0);
    assert_eq!(names(here), ["out"]);
}

#[cfg(unix)]
#[test]
fn what_a_killed_command_left_goes_with_the_next_one() {
    let here = here();
    let here = here.path();
    says(here, &run("whole", &[]), 0);
    let mut child = begin(here, &LONG);
    wait_for(here, ".disengage-out");
    std::thread::sleep(Duration::from_millis(200));
    // While it lives, nothing of it is touched by the commands of others.
    says(here, &run("other", &[]), 0);
    assert!(names(here).contains(&".disengage-out".to_owned()));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(names(here).len() > 2);
    // What is not ours stays, even under such a name.
    write(here.join(".disengage-notes/letter.txt"), "dear");
    says(here, &run("more", &[]), 0);
    assert_eq!(names(here), [".disengage-notes", "more", "other", "whole"]);

    let arguments = sweep("swept", &["-j", "1", "--seeds", "independent"]);
    let arguments: Vec<&str> =
        arguments.iter().map(|word| if *word == "20" { "20000" } else { word }).collect();
    let mut child = begin(here, &arguments);
    // Until a shelf of parts is there, whatever it is called.
    wait_for(&here.join("swept"), "parts");
    wait_for(&here.join("swept/parts"), "");
    child.kill().unwrap();
    child.wait().unwrap();
    write(here.join("swept/.disengage-1-1"), "half a plan");
    let shelf = names(&here.join("swept/parts"))[0].clone();
    write(here.join("swept/parts").join(shelf).join(".disengage-1-1"), "");
    says(here, &["run", "--plan", "swept", "--shard", "1/1000"], 0);
    let left: Vec<PathBuf> = files(&here.join("swept"))
        .into_keys()
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_result_that_was_moved_away_by_a_command_that_died_comes_back() {
    let here = here();
    let here = here.path();
    says(here, &run("out", &[]), 0);
    let before = files(&here.join("out"));
    // As it is between the two renames of `--force`.
    std::fs::rename(here.join("out"), here.join(".disengage-out.old")).unwrap();
    write(here.join(".disengage-out.lock"), "process 1");
    says(here, &run("other", &[]), 0);
    assert_eq!(names(here), ["other", "out"]);
    assert_eq!(files(&here.join("out")), before);
}

// Two at once

#[cfg(unix)]
#[test]
fn of_two_commands_at_one_place_one_wins_and_the_other_says_who_is_there() {
    let here = here();
    let here = here.path();
    let first = begin(here, &LONG);
    wait_for(here, ".disengage-out");
    std::thread::sleep(Duration::from_millis(100));
    let text = says(here, &run("out", &["--seed", "2"]), 5);
    let id = format!("process {}", first.id());
    assert!(text.contains("being written") && text.contains(&id), "{text}");
    // A sweep takes the place; the run must not take it back.
    says(here, &sweep("out", &[]), 0);
    signal(&first, "-TERM");
    ends(&first.wait_with_output().unwrap(), 75);

    let arguments = sweep("swept", &["-j", "1"]);
    let arguments: Vec<&str> =
        arguments.iter().map(|word| if *word == "20" { "20000" } else { word }).collect();
    let first = begin(here, &arguments);
    wait_for(&here.join("swept"), "plan.json");
    for more in [&[][..], &["--seed", "2"], &["--force"]] {
        let text = says(here, &sweep("swept", more), 5);
        let id = format!("process {}", first.id());
        let told = text.contains("being written") && text.contains(&id);
        assert!(told || text.contains("holds another plan"), "{text}");
    }
    signal(&first, "-TERM");
    ends(&first.wait_with_output().unwrap(), 75);
}

#[test]
fn of_two_runs_begun_together_exactly_one_is_kept() {
    let here = here();
    let here = here.path();
    let each: Vec<_> = ["1", "2", "3", "4"]
        .map(|seed| {
            let mut command = Command::new(EXE);
            command.current_dir(here).args(run("out", &["--seed", seed]));
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            (seed, command.spawn().unwrap())
        })
        .into_iter()
        .map(|(seed, child)| (seed, child.wait_with_output().unwrap()))
        .collect();
    let won: Vec<&str> =
        each.iter().filter(|(_, it)| it.status.success()).map(|(seed, _)| *seed).collect();
    assert_eq!(won.len(), 1, "{each:?}");
    for (seed, it) in &each {
        ends(it, if won.contains(seed) { 0 } else { 5 });
    }
    let manifest = std::fs::read_to_string(here.join("out/manifest.json")).unwrap();
    assert!(manifest.contains(&format!("\"seed\": {},", won[0])), "{manifest}");
    assert_eq!(names(here), ["out"]);
}

#[cfg(unix)]
#[test]
fn a_symlink_is_followed_or_refused_and_never_replaced() {
    use std::os::unix::fs::symlink;
    let here = here();
    let here = here.path();
    std::fs::create_dir(here.join("store")).unwrap();
    symlink(here.join("store"), here.join("out")).unwrap();
    symlink(here.join("nowhere"), here.join("gone")).unwrap();
    for (command, again) in [
        (run("out", &[]), run("out", &["--seed", "2", "--force"])),
        (sweep("out", &["--force"]), sweep("out", &["--seed", "2", "--force"])),
    ] {
        says(here, &command, 0);
        says(here, &again, 0);
        assert!(here.join("store/manifest.json").is_file());
        assert!(here.join("out").is_symlink());
    }
    for command in [run("gone", &[]), sweep("gone", &[])] {
        let text = says(here, &command, 5);
        assert!(text.contains("symlink"), "{text}");
        assert!(here.join("gone").is_symlink());
    }
    assert_eq!(names(here), ["gone", "out", "store"]);

    // Links inside a folder lead nothing out of it.
    says(here, &run("inner", &[]), 0);
    std::fs::create_dir(here.join("other")).unwrap();
    symlink(here.join("other"), here.join("inner/charts")).unwrap();
    let text = says(here, &["chart", "inner"], 5);
    assert!(text.contains("symlink"), "{text}");
    write(here.join("page"), "mine");
    symlink(here.join("page"), here.join("inner/report.html")).unwrap();
    let text = says(here, &["report", "inner"], 5);
    assert!(text.contains("symlink"), "{text}");
    assert_eq!(std::fs::read_to_string(here.join("page")).unwrap(), "mine");
    assert_eq!(names(&here.join("other")), [""; 0]);
    let text = says(here, &run("inner", &["--force"]), 5);
    assert!(text.contains("in the way"), "{text}");
}
