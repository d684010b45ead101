//! `manifest.json`: what a result folder is the result of, and whether it still is.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::error::StoreError;
use super::scratch::{below, if_there, text_of, write_whole};
use crate::results::{COMPARE, Manifest};

const NAME: &str = "manifest.json";

impl Manifest {
    /// Reads the manifest of a folder; none if there is none.
    ///
    /// # Errors
    /// If it is there and cannot be read.
    pub fn read(folder: &Path) -> Result<Option<Self>, StoreError> {
        let path = folder.join(NAME);
        let Some(text) = text_of(&path)? else {
            return Ok(None);
        };
        Self::parse(&text).map(Some).map_err(|why| StoreError::damaged(&path, why))
    }

    /// Holds what a folder has against what was written there: the size of every file, and
    /// the bytes of this manifest and of every file that commands read back. Single runs
    /// and events are never read back; charts and reports are derived and not listed.
    ///
    /// # Errors
    /// If a file is missing or not what was written; the error names it.
    pub fn verify(&self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(NAME);
        let text = text_of(&path)?.unwrap_or_default();
        if !self.check.is_empty()
            && hash_of(&mut unchecked(&text, &self.check).as_bytes())
                .is_ok_and(|own| own != self.check)
        {
            return Err(changed(&path, "has been changed since it was written"));
        }
        for (name, hash) in &self.files {
            let path = below(folder, name)?;
            let found = if_there(&path, fs::metadata(&path))?;
            let found = found.ok_or_else(|| changed(&path, "is missing"))?;
            if let Some(size) = self.sizes.get(name).filter(|size| **size != found.len()) {
                let why = format!(
                    "is not what was written: it has {} bytes instead of {size}",
                    found.len()
                );
                return Err(changed(&path, &why));
            }
            if self.is_read(name) && hash_in(&path)? != *hash {
                let why = "is not what was written: its bytes have changed, and its size has not";
                return Err(changed(&path, why));
            }
        }
        Ok(())
    }

    /// Whether a command reads a file of this folder back.
    fn is_read(&self, name: &str) -> bool {
        match name {
            "events.jsonl" | "runs.csv" | "runs.parquet" => false,
            "turns.parquet" => self.command == COMPARE,
            name => !name.ends_with(".parquet"),
        }
    }

    /// Lists every file of results of a folder, with its size and hash.
    pub(super) fn list(&mut self, folder: &Path) -> Result<(), StoreError> {
        self.files = BTreeMap::new();
        self.sizes = BTreeMap::new();
        let mut folders = vec![(folder.to_path_buf(), String::new())];
        while let Some((folder, prefix)) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(StoreError::at(&folder))? {
                let entry = entry.map_err(StoreError::at(&folder))?;
                let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
                if name == "charts" {
                    continue;
                }
                if entry.path().is_dir() {
                    folders.push((entry.path(), format!("{name}/")));
                } else {
                    self.list_one(&name, &entry.path())?;
                }
            }
        }
        Ok(())
    }

    fn list_one(&mut self, name: &str, path: &Path) -> Result<(), StoreError> {
        let size = fs::metadata(path).map_err(StoreError::at(path))?.len();
        self.files.insert(name.to_owned(), hash_in(path)?);
        self.sizes.insert(name.to_owned(), size);
        Ok(())
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(NAME);
        let blank = Self { check: String::new(), ..self.clone() };
        let wrong = |error: &dyn std::fmt::Display| StoreError::damaged(&path, error.to_string());
        let text = serde_json::to_string_pretty(&blank).map_err(|error| wrong(&error))? + "\n";
        let check = hash_of(&mut text.as_bytes()).map_err(|error| wrong(&error))?;
        let text = text.replace(CHECK, &format!("{}{check}\"", &CHECK[..CHECK.len() - 1]));
        write_whole(folder, NAME, text.as_bytes(), false).map(|_| ())
    }
}

/// The last entry of a manifest whose hash is not known yet.
const CHECK: &str = "\n  \"check\": \"\"";

/// A manifest's text without its hash.
fn unchecked(text: &str, check: &str) -> String {
    let with = format!("{}{check}\"", &CHECK[..CHECK.len() - 1]);
    text.replace(&with, CHECK)
}

fn changed(path: &Path, why: &str) -> StoreError {
    StoreError::damaged(
        path,
        format!("{why}. Make the result again with --force, or take it as it is with --no-verify"),
    )
}

/// Writes tables that are derived from the results of a folder into it, over those of an
/// earlier call, and lists them in its manifest. `write` is given an empty folder for them;
/// tables of `stems` that it does not write are removed.
///
/// # Errors
/// If they cannot be written.
pub fn write_derived(
    folder: &Path,
    stems: &[&str],
    write: impl FnOnce(&Path) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let beside = std::env::temp_dir();
    let beside = tempfile::tempdir().map_err(StoreError::at(&beside))?;
    write(beside.path())?;
    let mut manifest = Manifest::read(folder)?;
    for stem in stems {
        for ending in ["csv", "parquet"] {
            let name = format!("{stem}.{ending}");
            let place = below(folder, &name)?;
            match fs::read(beside.path().join(&name)) {
                Ok(bytes) => {
                    write_whole(folder, &name, &bytes, false)?;
                    if let Some(manifest) = &mut manifest {
                        manifest.list_one(&name, &place)?;
                    }
                }
                Err(_) => {
                    if_there(&place, fs::remove_file(&place))?;
                    if let Some(manifest) = &mut manifest {
                        manifest.files.remove(&name);
                        manifest.sizes.remove(&name);
                    }
                }
            }
        }
    }
    manifest.map_or(Ok(()), |manifest| manifest.write(folder))
}

fn hash_in(path: &Path) -> Result<String, StoreError> {
    let mut file = fs::File::open(path).map_err(StoreError::at(path))?;
    hash_of(&mut file).map_err(StoreError::at(path))
}

/// SHA-256 of all that can be read, in hexadecimal digits.
fn hash_of(from: &mut impl Read) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer)? {
            0 => break,
            n => hash.update(&buffer[..n]),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
