//! Every chart of every bundled scenario, drawn by the program itself.

use std::path::Path;
use std::process::Command;

use disengage::scenario::BUNDLED;

use super::{stands_apart, stays_inside, texts};

fn disengage(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_disengage"));
    let it = command.current_dir(folder).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&it.stderr);
    assert!(it.status.success(), "{arguments:?}: {said}");
}

/// Checks the words of the charts of a result; gives how many charts and words there
/// are.
fn look(name: &str, folder: &Path) -> (usize, usize) {
    let mut seen = (0, 0);
    for entry in std::fs::read_dir(folder.join("charts")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "svg") {
            continue;
        }
        let svg = std::fs::read_to_string(&path).unwrap();
        let stem = format!("{name} {}", path.file_stem().unwrap().display());
        stays_inside(&stem, &svg);
        stands_apart(&stem, &svg);
        seen = (seen.0 + 1, seen.1 + texts(&svg).1.len());
    }
    seen
}

#[test]
#[ignore = "slow: every scenario is run and drawn; .ci/slow runs it"]
fn no_words_of_any_bundled_scenario_overlap_or_are_cut() {
    let here = tempfile::tempdir().unwrap();
    let here = here.path();
    let (mut charts, mut words) = (0, 0);
    let mut check = |name: &str, command: &[&str]| {
        let to = command.first().copied().unwrap_or_default();
        let folder = here.join(name).join(to);
        let output = folder.display().to_string();
        let few = ["-n", "20", "-o", output.as_str()];
        disengage(here, &[command, &few[..]].concat());
        let seen = look(&format!("{name}, {to}:"), &folder);
        println!("{name}, {to}: {} charts, {} pieces of text", seen.0, seen.1);
        charts += seen.0;
        words += seen.1;
    };
    for bundled in BUNDLED {
        let name = bundled.name;
        check(name, &["run", name]);
        if bundled.text.contains("\n[[variant]]") {
            check(name, &["compare", name]);
        }
        if bundled.text.contains("\n[experiment]") {
            check(name, &["sweep", name]);
        }
    }
    println!("{charts} charts, {words} pieces of text: none overlaps another or leaves its sheet");
    assert!(charts >= 40 && words >= 2000, "{charts} {words}");
}
