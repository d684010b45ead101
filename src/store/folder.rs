//! Writing a result folder: beside its place, then renamed.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::claim::{Claim, tidy_folder};
use super::contents::replaceable;
use super::error::StoreError;
use super::scratch::{PREFIX, Scratch, below, if_there};
use crate::results::Manifest;
use crate::scenario::{Geodata, self_contained};

/// `output/<scenario>-<identity>`.
pub fn folder_name(scenario: &str, identity: &str) -> PathBuf {
    PathBuf::from("output").join(format!("{scenario}-{identity}"))
}

/// The place of a result: where a symlink leads, if it is one.
///
/// # Errors
/// If it is a symlink that leads nowhere.
pub fn place(folder: &Path) -> Result<PathBuf, StoreError> {
    let link = fs::symlink_metadata(folder).is_ok_and(|found| found.is_symlink());
    if !link && folder.file_name().is_some() {
        return Ok(folder.to_path_buf());
    }
    fs::canonicalize(folder).map_err(|error| match error.kind() {
        ErrorKind::NotFound if link => StoreError::damaged(
            folder,
            "is a symlink that leads nowhere: make the folder it names, or choose another with -o",
        ),
        _ => StoreError::io(folder, error),
    })
}

/// What stands where a result is to go.
#[derive(Debug)]
pub enum Found {
    /// Nothing, or an empty folder.
    Free,
    /// This same result, whole.
    Same(Box<Manifest>),
    /// An earlier result, all of it ours, which is to be replaced.
    Replace,
}

/// Whether there is nothing in a folder, but for what commands that work or worked there
/// have not brought to its place.
///
/// # Errors
/// If it cannot be read.
pub fn is_empty(folder: &Path) -> Result<bool, StoreError> {
    let mut entries = if_there(folder, fs::read_dir(folder))?.into_iter().flatten();
    Ok(entries
        .all(|entry| entry.is_ok_and(|it| it.file_name().to_string_lossy().starts_with(PREFIX))))
}

/// Looks at the place of a result before any work is done for it. With `force`, a result
/// there may be replaced.
///
/// # Errors
/// If it holds something else and `force` is not given, or holds what is not ours.
pub fn find(folder: &Path, identity: &str, force: bool) -> Result<Found, StoreError> {
    let occupied = |holds: &str| StoreError::Occupied {
        path: folder.display().to_string(),
        holds: holds.to_owned(),
    };
    if is_empty(folder)? {
        return Ok(Found::Free);
    }
    if force {
        return replaceable(folder).map(|()| Found::Replace);
    }
    match Manifest::read(folder)? {
        Some(manifest) if manifest.identity == identity => Ok(Found::Same(Box::new(manifest))),
        Some(_) => Err(occupied("holds another result")),
        None => Err(occupied("holds other files")),
    }
}

/// A result folder being written: nothing stands at its place until it is whole, and
/// nothing is left if it never is. No other command can write to the place meanwhile.
#[derive(Debug)]
pub struct Draft {
    place: PathBuf,
    force: bool,
    beside: Scratch,
    claim: Claim,
}

impl Draft {
    /// Claims a place and creates the draft beside it, so that a place that cannot be
    /// written to, or is in use, is found before the runs. What stands there is replaced
    /// at the end if [`find`] would let it be.
    ///
    /// # Errors
    /// If another command is writing there, or the folder above cannot be created or
    /// written to.
    pub fn create(place: &Path, force: bool) -> Result<Self, StoreError> {
        let claim = Claim::beside(place)?;
        let beside = claim.draft();
        fs::create_dir(&beside).map_err(StoreError::at(&beside))?;
        Ok(Self { place: place.to_path_buf(), force, beside: Scratch::at(beside), claim })
    }

    /// Where its files are written for now.
    pub fn path(&self) -> &Path {
        self.beside.path()
    }

    /// Takes a file away again.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn remove(&self, name: &str) -> Result<(), StoreError> {
        let path = self.path().join(name);
        fs::remove_file(&path).map_err(StoreError::at(&path))
    }

    /// Adds the manifest and moves the folder to its place.
    ///
    /// # Errors
    /// If the manifest cannot be written, the folder cannot be moved, or something came
    /// to the place meanwhile; then what stands there stays.
    pub fn finish(self, mut manifest: Manifest) -> Result<(), StoreError> {
        let Self { place, force, beside, claim } = self;
        manifest.list(beside.path())?;
        manifest.write(beside.path())?;
        let old = claim.old();
        beside.settle(|draft| {
            let replaced = match find(&place, "", force)? {
                Found::Free => {
                    // An empty folder gives way.
                    tidy_folder(&place, false);
                    let _ = fs::remove_dir(&place);
                    false
                }
                _ => {
                    fs::rename(&place, &old).map_err(StoreError::at(&place))?;
                    true
                }
            };
            fs::rename(draft, &place).map_err(|error| {
                if replaced {
                    let _ = fs::rename(&old, &place);
                }
                StoreError::io(&place, error)
            })
        })?;
        if old.exists() {
            fs::remove_dir_all(&old).map_err(StoreError::at(&old))?;
        }
        Ok(())
    }
}

/// Writes what a result was made of into its draft: the scenario, and geodata below
/// `geodata/`, apart from all that is written as a result.
///
/// # Errors
/// If it cannot be written.
pub fn write_inputs(draft: &Path, text: &str, geodata: &Geodata) -> Result<(), StoreError> {
    let inputs = self_contained(text, geodata);
    write(draft, "scenario.toml", inputs.text)?;
    let mut each = inputs.geodata.iter();
    each.try_for_each(|(path, text)| write(draft, path, text))
}

/// Writes one file of a draft, folders above it included.
fn write(draft: &Path, name: &str, bytes: impl AsRef<[u8]>) -> Result<(), StoreError> {
    let path = below(draft, name)?;
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(StoreError::at(parent))?;
    }
    fs::write(&path, bytes).map_err(StoreError::at(&path))
}

/// Empties a folder that holds an earlier plan or result, all of it ours, for the one who
/// has claimed it. Whenever this ends, what is left is still known to be ours, and is not
/// taken for a whole result.
///
/// # Errors
/// If it holds what is not ours, or cannot be emptied.
pub fn clear(folder: &Path) -> Result<(), StoreError> {
    replaceable(folder)?;
    let lock = Claim::lock_in(folder);
    let (plan, manifest) = (folder.join("plan.json"), folder.join("manifest.json"));
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(StoreError::at(folder))? {
        let path = entry.map_err(StoreError::at(folder))?.path();
        if path != lock {
            paths.push(path);
        }
    }
    let planned = paths.contains(&plan);
    paths.sort_by_key(|path| match path {
        path if *path == plan => 3,
        path if *path == manifest && planned => 0,
        path if *path == manifest => 2,
        _ => 1,
    });
    for path in paths {
        let removed = match path.is_dir() {
            true => fs::remove_dir_all(&path),
            false => fs::remove_file(&path),
        };
        removed.map_err(StoreError::at(&path))?;
    }
    Ok(())
}
