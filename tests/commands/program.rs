//! The program as tests run it, and what it leaves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) const EXE: &str = env!("CARGO_BIN_EXE_disengage");
pub(crate) const TEACHING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/teaching.toml");

/// A folder that goes at the end of a test.
pub(crate) fn here() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Runs the program in a folder.
pub(crate) fn disengage(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(EXE).current_dir(folder).args(arguments).output().unwrap()
}

/// What the program says, which must have ended with this code and not by a fault.
pub(crate) fn ends(it: &Output, code: i32) -> String {
    let said = String::from_utf8_lossy(&it.stdout) + String::from_utf8_lossy(&it.stderr);
    assert_eq!(it.status.code(), Some(code), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    said.into_owned()
}

/// Runs the program in a folder, which must end with this code; gives what it says.
pub(crate) fn says(folder: &Path, arguments: &[&str], code: i32) -> String {
    ends(&disengage(folder, arguments), code)
}

/// What it printed as its result.
pub(crate) fn stdout(it: &Output) -> String {
    String::from_utf8(it.stdout.clone()).unwrap()
}

/// What it complained of.
pub(crate) fn stderr(it: &Output) -> String {
    String::from_utf8(it.stderr.clone()).unwrap()
}

/// The text of a file of a folder.
pub(crate) fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap()
}

/// Every file and link below a folder with what it holds, hidden ones too.
pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            let holds = match kind.is_symlink() {
                true => std::fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes(),
                false => std::fs::read(&path).unwrap(),
            };
            all.insert(path.strip_prefix(folder).unwrap().to_path_buf(), holds);
        }
    }
    all
}
