//! `report`: one page that holds all it shows, weekly reports, and clear errors.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

fn disengage(arguments: &[&str]) -> Output {
    Command::cargo_bin("disengage").unwrap().args(arguments).output().unwrap()
}

fn done(arguments: &[&str]) -> String {
    let output = disengage(arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// The exit code and what is complained of.
fn refused(arguments: &[&str]) -> (i32, String) {
    let output = disengage(arguments);
    let error = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), error)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn said(folder: &Path) -> &str {
    folder.to_str().unwrap()
}

/// What a page would ask for by itself: nothing but its own anchors.
fn asks_nothing(page: &str) {
    for word in ["<link", "<img", "<iframe", "src=", "@import", "url(http", "fetch(", "XMLHttp"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.len() < 5_000_000, "{}", page.len());
}

/// Each opening tag of these names is closed.
fn closed(page: &str) {
    for name in [
        "section", "table", "figure", "details", "main", "nav", "header", "footer", "svg",
        "script", "ul", "ol",
    ] {
        let open =
            page.matches(&format!("<{name} ")).count() + page.matches(&format!("<{name}>")).count();
        assert_eq!(open, page.matches(&format!("</{name}>")).count(), "{name}");
    }
}

#[test]
fn a_page_holds_the_agreement_the_outcomes_and_what_they_rest_on() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("teaching");
    done(&["run", "teaching", "-n", "40", "--no-charts", "-o", said(&folder)]);
    let path = done(&["report", said(&folder)]);
    assert!(path.trim().ends_with("report.html"), "{path}");
    let page = text(&folder.join("report.html"));
    asks_nothing(&page);
    closed(&page);
    for (number, heading) in [
        "The question",
        "The agreement",
        "What happened",
        "Charts",
        "Map, date by date",
        "Single replicates told",
        "Assumptions and sources",
        "What the model cannot tell",
        "Provenance",
    ]
    .iter()
    .enumerate()
    {
        assert!(page.contains(&format!(">{heading}</h2>")), "{number} {heading}");
    }
    // The numbers are those of the folder.
    let points = text(&folder.join("points.csv"));
    let row = points.lines().find(|row| row.starts_with("0,,compliance,share,true")).unwrap();
    let estimate: f64 = row.split(',').nth(7).unwrap().parse().unwrap();
    assert!(page.contains(&format!("{:.1} %", 100.0 * estimate)), "{row}");
    // Terms of the file in words, and its hash.
    let manifest: serde_json::Value =
        serde_json::from_str(&text(&folder.join("manifest.json"))).unwrap();
    assert!(page.contains(manifest["identity"].as_str().unwrap()));
    assert!(page.contains("stay at least 20 km from"), "the distance of the file");
    // The same folder gives the same page.
    done(&["report", said(&folder)]);
    assert_eq!(text(&folder.join("report.html")), page);
    assert!(!folder.join(".report.html.partial").exists());
}

#[test]
fn names_from_a_file_are_text_on_the_page() {
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("hostile.toml");
    let name = format!("<script>alert(1)</script> שלום \u{202e} 🛡 {}", "x".repeat(300));
    let starter =
        text(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/teaching.toml").as_path());
    let quoted = serde_json::to_string(&name).unwrap();
    // Every table with an id takes the name.
    let mut hostile = String::new();
    for line in starter.lines() {
        if line.starts_with("title = ") && hostile.contains("title = ") {
            continue;
        }
        if line.starts_with("title = ") {
            hostile.push_str(&format!("title = {quoted}\n"));
            continue;
        }
        hostile.push_str(&format!("{line}\n"));
        if line.starts_with("id = \"pullback\"")
            || line.starts_with("id = \"river\"")
            || line.starts_with("id = \"south-eyes\"")
        {
            hostile.push_str(&format!("title = {quoted}\n"));
        }
    }
    assert!(hostile.matches("<script>").count() > 3, "{starter}");
    fs::write(&file, hostile).unwrap();
    let folder = work.path().join("result");
    done(&["run", said(&file), "-n", "20", "--no-charts", "-o", said(&folder)]);
    done(&["report", said(&folder)]);
    let page = text(&folder.join("report.html"));
    assert!(!page.contains("<script>alert"), "a name became an element");
    assert!(page.contains("&lt;script&gt;alert(1)"), "the name is not shown");
    asks_nothing(&page);
    closed(&page);
    assert!(!done(&["report", said(&folder), "--text"]).is_empty());
}

/// Of a clause three things are said, and "completed" of the agreement alone, as one of five
/// ends that sum to one; each caption says what intervals cover.
#[test]
fn a_clause_is_told_in_three_words_and_an_agreement_by_its_end() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("teaching");
    let told = done(&["run", "teaching", "-n", "40", "--no-charts", "-o", said(&folder)]);
    for words in ["kept on", "kept at", "first kept", "over replicates of this file"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let head = &told[..told.find("the agreement: completed").unwrap()];
    assert!(!head.contains("complet"), "{head}");
    done(&["report", said(&folder)]);
    let page = text(&folder.join("report.html"));
    for words in [
        "How the agreement ended",
        "Kept on average, true",
        "Kept at the end",
        "First kept after, days",
        "95 % intervals over replicates of this file",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("Days from D-day to completion"));
    let points = text(&folder.join("points.csv"));
    let ends: f64 = ["completed", "broken", "collapsed", "destroyed", "incomplete"]
        .map(|end| {
            let row = points.lines().find(|row| row.starts_with(&format!("0,,{end},")));
            let row: Vec<&str> = row.unwrap().split(',').collect();
            row[7].parse::<f64>().unwrap()
        })
        .iter()
        .sum();
    assert!((ends - 1.0).abs() < 1e-9, "{ends}");
    for row in points.lines().filter(|row| !row.starts_with("0,,")) {
        assert!(!row.contains("complet"), "{row}");
    }
}

#[test]
fn weekly_reports_hold_the_registers_of_one_replicate() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("golan");
    done(&["run", "golan-1974", "-n", "8", "--no-charts", "-o", said(&folder)]);
    let all = done(&["report", said(&folder), "--text", "--replicate", "worst"]);
    assert!(all.contains("WEEKLY REPORT 1 · 31 May 1974 to 6 June 1974"), "{all}");
    assert!(all.contains("(the worst) of N = 8, seed 1"), "{all}");
    assert!(all.lines().all(|line| line.chars().count() <= 80), "{all}");
    // Each entry of the event log is counted in one week.
    let events = text(&folder.join("events.jsonl"));
    let manifest: serde_json::Value =
        serde_json::from_str(&text(&folder.join("manifest.json"))).unwrap();
    let entries = events.lines().filter(|line| {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        event["event"] == "registered" && event["replicate"] == manifest["worst"]
    });
    let number = |line: &str, word: &str| -> usize {
        let before = line.split(word).next().unwrap();
        before.rsplit([' ', ':']).find_map(|it| it.parse().ok()).unwrap()
    };
    let joined = all.replace("\n  ", " ");
    let told: usize = joined
        .lines()
        .filter(|line| line.contains(": entries for "))
        .map(|line| number(line, " keeping,") + number(line, " violating."))
        .sum();
    assert_eq!(told, entries.count());
    let one = done(&["report", said(&folder), "--text", "--week", "1974-06-20"]);
    assert!(one.contains("WEEKLY REPORT 3") && !one.contains("WEEKLY REPORT 4"), "{one}");
}

#[test]
fn a_comparison_and_a_sweep_have_pages_of_their_own() {
    let work = tempfile::tempdir().unwrap();
    let (pair, sweep) = (work.path().join("pair"), work.path().join("sweep"));
    let vary = "clause.pullback.min_km,clause.pullback.target_km=15:20,30:40";
    done(&["compare", "teaching", "-n", "30", "--vary", vary, "-o", said(&pair)]);
    done(&["sweep", "teaching", "-n", "30", "--vary", vary, "-o", said(&sweep)]);
    for (folder, word) in [(&pair, "Differences"), (&sweep, "Side by side")] {
        done(&["report", said(folder)]);
        let page = text(&folder.join("report.html"));
        asks_nothing(&page);
        closed(&page);
        assert!(page.contains(&format!(">{word}</h2>")), "{word}");
        assert!(page.contains("clause.pullback.min_km"), "what is varied");
    }
    let (code, error) = refused(&["report", said(&pair), "--text"]);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("is an experiment of 2 points"), "{error}");
}

#[test]
fn what_cannot_be_told_is_refused_with_its_reason() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("teaching");
    let (code, error) = refused(&["report", said(work.path())]);
    assert_eq!(code, 5, "{error}");
    assert!(error.contains("has no manifest.json"), "{error}");
    done(&["run", "teaching", "-n", "5", "--no-charts", "-o", said(&folder)]);
    for (option, value, word) in [
        ("--replicate", "5", "holds 0 to 4"),
        ("--replicate", "middle", "is no number, best, median or worst"),
        ("--week", "1900-01-01", "is no date of this run"),
    ] {
        let (code, error) = refused(&["report", said(&folder), "--text", option, value]);
        assert_eq!(code, 2, "{error}");
        assert!(error.contains(word), "{error}");
    }
    fs::write(folder.join("positions.geojson"), "{}").unwrap();
    for trust in [&[][..], &["--no-verify"]] {
        let (code, error) = refused(&[&["report", said(&folder)][..], trust].concat());
        assert_eq!(code, 5, "{error}");
        assert!(error.contains("positions.geojson"), "{error}");
    }
    assert!(!folder.join("report.html").exists());
    fs::write(folder.join("turns.csv"), "no table").unwrap();
    let (code, error) = refused(&["report", said(&folder), "--no-verify"]);
    assert_eq!(code, 5, "{error}");
    assert!(error.contains("turns.csv"), "{error}");
}
