//! What a result folder may hold: only that is ever replaced or removed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::error::StoreError;
use super::scratch::{PREFIX, text_of};
use crate::results::is_chart;

const MANIFEST: &str = "manifest.json";
const PLAN: &str = "plan.json";

/// Files at the top of a result folder, but for tables.
const FILES: [&str; 7] = [
    MANIFEST,
    PLAN,
    "scenario.toml",
    "events.jsonl",
    "positions.geojson",
    "report.html",
    // Of an earlier version that was interrupted.
    ".report.html.partial",
];

/// Tables, each as CSV and Parquet.
const TABLES: [&str; 11] = [
    "runs",
    "turns",
    "points",
    "pairs",
    "places",
    "records",
    "parameters",
    "regret",
    "sensitivity",
    "boxes",
    "twins",
];

/// Holds that a folder may be replaced: it has a manifest or a plan of this program, and
/// every other file is listed there or has a name that this program writes.
///
/// # Errors
/// If not; the error names what is in the way.
pub(super) fn replaceable(folder: &Path) -> Result<(), StoreError> {
    let text = |name: &str| text_of(&folder.join(name)).ok().flatten();
    let found: Vec<String> = [text(MANIFEST), text(PLAN)].into_iter().flatten().collect();
    if !found.iter().any(|text| is_ours(text)) {
        return Err(StoreError::NotAResult { path: folder.display().to_string() });
    }
    let mut listed = BTreeSet::new();
    for text in found.iter().filter(|text| is_ours(text)) {
        let whole: Value = serde_json::from_str(text).unwrap_or_default();
        let keys = |key: &str| whole[key].as_object().into_iter().flat_map(|it| it.keys());
        listed.extend(keys("files").cloned());
        listed.extend(keys("geodata").map(|path| format!("geodata/{path}")));
        listed.extend(keys("geodata").cloned());
    }
    let known = |file: &str| listed.contains(file) || is_written(file);
    match stranger(folder, &known) {
        None => Ok(()),
        Some(file) => Err(StoreError::InTheWay {
            path: folder.display().to_string(),
            file: file.display().to_string(),
        }),
    }
}

/// Whether a text is the manifest or the plan of a result of this program, even if it is
/// damaged further on or of another version.
fn is_ours(text: &str) -> bool {
    text.trim_start().starts_with('{')
        && ["\"format\"", "\"model_version\""].iter().all(|key| text.contains(key))
}

/// Whether this program writes a file of this name.
fn is_written(file: &str) -> bool {
    let folders: Vec<&str> = file.split('/').collect();
    match folders[..] {
        [name] if FILES.contains(&name) || name.starts_with(PREFIX) => true,
        [name] => name.rsplit_once('.').is_some_and(|(stem, ending)| {
            TABLES.contains(&stem) && ["csv", "parquet"].contains(&ending)
        }),
        ["charts", name] => {
            name.rsplit_once('.')
                .is_some_and(|(stem, ending)| ["svg", "png"].contains(&ending) && is_chart(stem))
                || name.starts_with(PREFIX)
        }
        ["parts", _, name] => name.starts_with(PREFIX) || is_part(name),
        _ => false,
    }
}

/// Whether a name is that of a part: `<sixteen hexadecimal digits>-<first>-<count>.part`.
fn is_part(name: &str) -> bool {
    let digits = |word: &&str| !word.is_empty() && word.bytes().all(|it| it.is_ascii_digit());
    let stem = name.strip_suffix(".part").unwrap_or_default();
    match stem.split('-').collect::<Vec<_>>()[..] {
        [id, first, count] => {
            id.len() == 16
                && id.bytes().all(|it| it.is_ascii_hexdigit())
                && digits(&first)
                && digits(&count)
        }
        _ => false,
    }
}

/// The first file below a folder that nobody knows; what is no plain file or folder is
/// nobody's, and so is a folder that holds nothing.
fn stranger(folder: &Path, known: &dyn Fn(&str) -> bool) -> Option<PathBuf> {
    let mut folders = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let mut entries: Vec<_> = fs::read_dir(&folder).into_iter().flatten().flatten().collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        let top =
            prefix.is_empty() || ["charts/", "parts/"].iter().any(|it| prefix.starts_with(it));
        if entries.is_empty() && !top {
            return Some(folder);
        }
        for entry in entries {
            let path = entry.path();
            let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string()) else {
                return Some(path);
            };
            let name = format!("{prefix}{name}");
            if kind.is_dir() {
                folders.push((path, format!("{name}/")));
            } else if !kind.is_file() || !known(&name) {
                return Some(path);
            }
        }
    }
    None
}

/// The first file of a draft that this program does not write; none if there is no draft.
pub(super) fn strangers_in_draft(draft: &Path) -> Option<PathBuf> {
    stranger(draft, &|file| file.starts_with("geodata/") || is_written(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_written_are_told_from_all_others() {
        let part = "parts/ab/0123456789abcdef-000000064-64.part";
        for ours in [
            "runs.csv",
            "points.parquet",
            "report.html",
            "charts/map.svg",
            "charts/map-dark.png",
            ".disengage-1",
            part,
        ] {
            assert!(is_written(ours), "{ours}");
        }
        for other in [
            "runs.xlsx",
            "notes.csv",
            "charts/holiday.png",
            "charts/map.jpeg",
            "charts/a/map.svg",
            "parts/ab/letter.part",
            "parts/notes.txt",
            "geodata/line.geojson",
            "report.htm",
            "copy/runs.csv",
        ] {
            assert!(!is_written(other), "{other}");
        }
    }

    #[test]
    fn a_manifest_of_somebody_else_is_not_ours() {
        assert!(is_ours("{\n  \"format\": 1,\n  \"model_version\": 5,\n  \"iden"));
        assert!(!is_ours("{\"manifest_version\":3}"));
        assert!(!is_ours(""));
    }
}
