//! Files of somebody else's: what is no regular file, what is too long, and texts that
//! do something to a terminal or a page.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;
use disengage::diag::is_unseen;
use resvg::usvg::roxmltree::Document;
use tempfile::TempDir;

const TEACHING: &str = include_str!("../../scenarios/teaching.toml");

/// Runs the program in a folder; what waits for a pipe is ended.
fn disengage(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_disengage"))
        .current_dir(folder)
        .args(arguments)
        .timeout(Duration::from_secs(120))
        .output()
        .unwrap()
}

fn stderr(it: &Output) -> String {
    String::from_utf8(it.stderr.clone()).unwrap()
}

/// A scenario whose line is drawn in `geojson`.
fn drawn_in(geojson: &str) -> String {
    let (before, rest) = TEACHING.split_once("points = [").unwrap();
    let (_, after) = rest.split_once("]\n").unwrap();
    format!("{before}geojson = \"{geojson}#line\"\n{after}")
}

const LINE: &str = r#"{ "type": "Feature", "id": "line", "properties": {}, "geometry":
    { "type": "LineString", "coordinates": [[-31, 0], [-29, 0]] } }"#;

/// A file of so many NUL bytes that takes no room.
fn long(path: &Path, bytes: u64) {
    fs::File::create(path).unwrap().set_len(bytes).unwrap();
}

#[test]
fn only_regular_files_are_read() {
    let here = TempDir::new().unwrap();
    let here = here.path();
    let made = Command::new("mkfifo").arg(here.join("pipe")).output();
    assert!(made.unwrap().status.success());
    let _listener = UnixListener::bind(here.join("socket")).unwrap();
    fs::create_dir(here.join("folder")).unwrap();
    symlink("/dev/zero", here.join("endless")).unwrap();
    symlink("pipe", here.join("link")).unwrap();
    long(&here.join("long"), 16 * 1024 * 1024 + 1);
    fs::write(here.join("latin"), b"title = \"\xe9\"").unwrap();
    for (name, why) in [
        ("pipe", "it is a pipe, a device or a socket"),
        ("link", "it is a pipe, a device or a socket"),
        ("endless", "it is a pipe, a device or a socket"),
        ("socket", "it is a pipe, a device or a socket"),
        ("folder", "it is a folder"),
        ("long", "it is longer than 16 MiB"),
        ("latin", "it is not UTF-8 text (byte 9)"),
    ] {
        fs::write(here.join("drawn.toml"), drawn_in(name)).unwrap();
        for arguments in [
            &["run", name][..],
            &["run", "drawn.toml"],
            &["sweep", "teaching", "--experiment", name],
        ] {
            let it = disengage(here, arguments);
            let said = stderr(&it);
            assert_eq!(it.status.code(), Some(3), "{arguments:?}: {said}");
            assert!(said.contains(why), "{arguments:?}: {said}");
            assert!(said.len() < 2000, "{arguments:?}: {said}");
        }
    }
}

#[test]
fn the_files_of_a_scenario_have_a_limit_together() {
    let here = TempDir::new().unwrap();
    let here = here.path();
    let mut text = String::from(TEACHING);
    for n in 0..5 {
        long(&here.join(format!("{n}.geojson")), 14 * 1024 * 1024);
        text.push_str(&format!(
            "[[line]]\nid = \"l{n}\"\ngeojson = \"{n}.geojson#a\"\npositive_toward = \"out\"\n"
        ));
    }
    let site = TEACHING.split("positive_toward = \"").nth(1).unwrap();
    let site = site.split('"').next().unwrap();
    fs::write(here.join("many.toml"), text.replace("\"out\"", &format!("\"{site}\""))).unwrap();
    let it = disengage(here, &["check", "many.toml"]);
    assert_eq!(it.status.code(), Some(3));
    assert!(stderr(&it).contains("longer than 64 MiB together"), "{}", stderr(&it));
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_file() {
    let here = TempDir::new().unwrap();
    let here = here.path();
    fs::write(here.join("marked.geojson"), format!("\u{feff}{LINE}")).unwrap();
    let text = format!("\u{feff}{}", drawn_in("marked.geojson"));
    fs::write(here.join("marked.toml"), text).unwrap();
    symlink("marked.geojson", here.join("link.geojson")).unwrap();
    fs::write(here.join("linked.toml"), drawn_in("link.geojson")).unwrap();
    for name in ["marked.toml", "linked.toml"] {
        let it = disengage(here, &["check", name]);
        assert_eq!(it.status.code(), Some(0), "{}", stderr(&it));
    }
}

/// Ends a line, clears the screen, names the window, turns what follows round.
const HOSTILE: &str = r"\u001b[2J\u001b]0;owned\u0007\u009b1m\u202Eevil\u2066\u200f\u061c\u007f\r";

/// That nothing of what is printed or written does anything but be read.
fn assert_plain(what: &str, text: &str) {
    let unseen = text.chars().find(|c| is_unseen(*c) && !"\n\t".contains(*c));
    assert_eq!(unseen, None, "{what}: {}", text.escape_debug());
}

#[test]
fn texts_of_a_file_do_nothing_to_terminal_page_or_picture() {
    let here = TempDir::new().unwrap();
    let here = here.path();
    let titled = TEACHING.replace("title = \"", &format!("title = \"{HOSTILE}"));
    // A name of a file too, and one that ends no line of its own.
    let name = "e\u{1b}[31m\u{202e}\rvil.toml";
    fs::write(here.join(name), &titled).unwrap();
    let wrong = titled
        .replace("schema = 2", "schema = 2 # \u{202e}\u{2066}")
        .replace("turn_days", "\"turn\u{202e}_\\u001bdays\"");
    fs::write(here.join("wrong.toml"), wrong).unwrap();
    fs::write(here.join("syntax.toml"), format!("{titled}\nx = \u{1b}[2J\u{202e}\r1")).unwrap();

    let mut said = String::new();
    let mut plain = |arguments: &[&str], code: i32| {
        let it = disengage(here, arguments);
        let out = String::from_utf8(it.stdout.clone()).unwrap() + &stderr(&it);
        assert_eq!(it.status.code(), Some(code), "{arguments:?}: {out}");
        assert_plain(&format!("{arguments:?}"), &out);
        said.push_str(&out);
    };
    plain(&["check", name], 0);
    plain(&["check", "wrong.toml"], 3);
    plain(&["check", "syntax.toml"], 3);
    plain(&["check", "--format", "json", "wrong.toml", "syntax.toml", name], 3);
    plain(&["check", "no\u{1b}[31m\u{202e}\rthing.toml"], 3);
    plain(&["check", "--no\u{1b}[31m\u{202e}\rthing"], 2);
    plain(&["list"], 0);
    plain(&["run", name, "-n", "4", "-o", "it", "--set", "title=\"\u{202e}\""], 0);
    plain(&["run", name, "-n", "4", "-o", "it", "--force"], 0);
    plain(&["explain", "it"], 0);
    plain(&["report", "it", "--text"], 0);
    plain(&["report", "it"], 0);
    for shown in [r"\u{1b}", r"\u{202e}", r"\u{d}", r"\u202e"] {
        assert!(said.contains(shown), "nothing is shown as {shown}");
    }
    let page = fs::read_to_string(here.join("it/report.html")).unwrap();
    assert!(page.contains(r"\u{202e}"));
    assert_plain("the page", &page);
    for entry in fs::read_dir(here.join("it/charts")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "svg") {
            let svg = fs::read_to_string(&path).unwrap();
            assert_plain(&path.to_string_lossy(), &svg);
            assert!(Document::parse(&svg).is_ok(), "{}", path.display());
        }
    }
}
