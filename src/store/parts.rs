//! The folder of an experiment: its plan and the parts that are done.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::StoreError;
use crate::experiment::{Block, Part, Plan, Point};
use crate::model::MODEL_VERSION;

const PLAN: &str = "plan.json";
const PARTS: &str = "parts";

/// Reads the plan of a folder; none if it has none.
///
/// # Errors
/// If it cannot be read, or is of another version.
pub fn read_plan(folder: &Path) -> Result<Option<Plan>, StoreError> {
    let path = folder.join(PLAN);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::io(&path, error)),
    };
    let plan: Plan = serde_json::from_str(&text).map_err(|error| {
        StoreError::damaged(
            &path,
            format!("not a plan of this program ({error}): plan anew with -o another folder"),
        )
    })?;
    if plan.format != 1 || plan.model_version != MODEL_VERSION {
        return Err(StoreError::damaged(
            &path,
            format!(
                "planned for model version {}, and this program has {MODEL_VERSION}: results would not be the same; plan anew with -o another folder",
                plan.model_version
            ),
        ));
    }
    Ok(Some(plan))
}

/// Writes the plan of a folder, whole or not at all.
///
/// # Errors
/// If it cannot be written.
pub fn write_plan(folder: &Path, plan: &Plan) -> Result<(), StoreError> {
    fs::create_dir_all(folder).map_err(StoreError::at(folder))?;
    let path = folder.join(PLAN);
    let mut text = serde_json::to_string_pretty(plan)
        .map_err(|error| StoreError::damaged(&path, error.to_string()))?;
    text.push('\n');
    write_whole(&path, text.as_bytes())
}

/// Writes a file beside its place, brings it to the disk, and renames it: whatever
/// happens, the place holds all of it or what it held before.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new()
        .prefix(".disengage-")
        .tempfile_in(folder)
        .map_err(StoreError::at(folder))?;
    beside.write_all(bytes).map_err(StoreError::at(path))?;
    beside.as_file().sync_all().map_err(StoreError::at(path))?;
    open_to_others(beside.path())?;
    let file = beside
        .persist(path)
        .map_err(|error| StoreError::io(path, error.error))?;
    drop(file);
    // The name itself is safe once its folder is.
    #[cfg(unix)]
    fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(StoreError::at(folder))?;
    Ok(())
}

/// A temporary file is its owner's alone; a part may be merged by somebody else.
#[cfg(unix)]
fn open_to_others(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).map_err(StoreError::at(path))
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// Where the part of a block stands. Its name is made of all that decides its runs,
/// so that parts of any shard, and of a plan before it was extended, fit together.
fn part_path(folder: &Path, point: &Point, block: &Block) -> PathBuf {
    let Block { first, count, .. } = block;
    folder
        .join(PARTS)
        .join(point.id.get(..2).unwrap_or_default())
        .join(format!("{}-{first:09}-{count}.part", point.id))
}

/// Writes the part of a block.
///
/// # Errors
/// If it cannot be written; then there is none.
pub fn write_part(
    folder: &Path,
    point: &Point,
    block: &Block,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let path = part_path(folder, point, block);
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(StoreError::at(parent))?;
    write_whole(&path, bytes)
}

/// The bytes of a part; none if there is none.
///
/// # Errors
/// If it is there and cannot be read.
pub fn read_part(
    folder: &Path,
    point: &Point,
    block: &Block,
) -> Result<Option<Vec<u8>>, StoreError> {
    let path = part_path(folder, point, block);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(&path, error)),
    }
}

/// How far a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Its part is there and sound.
    Done {
        /// Runs of it that failed.
        failed: u64,
    },
    /// There is no part.
    Missing,
    /// There is one, but it is not what it should be.
    Damaged,
}

/// Looks at the part of a block, down to its checksum.
///
/// # Errors
/// If it is there and cannot be read.
pub fn progress(folder: &Path, point: &Point, block: &Block) -> Result<Progress, StoreError> {
    Ok(match read_part(folder, point, block)? {
        None => Progress::Missing,
        Some(bytes) => match Part::open(&bytes, point, block) {
            Some(part) => Progress::Done {
                failed: part.failed,
            },
            None => Progress::Damaged,
        },
    })
}

/// When each part of a folder was written, by file name.
///
/// # Errors
/// If the folder cannot be read.
pub fn part_times(folder: &Path) -> Result<BTreeMap<String, SystemTime>, StoreError> {
    let mut times = BTreeMap::new();
    let parts = folder.join(PARTS);
    let list = |path: &Path| match fs::read_dir(path) {
        Ok(entries) => entries.collect::<Result<Vec<_>, _>>(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    };
    for inner in list(&parts).map_err(StoreError::at(&parts))? {
        let inner = inner.path();
        if !inner.is_dir() {
            continue;
        }
        for entry in list(&inner).map_err(StoreError::at(&inner))? {
            let name = entry.file_name().to_string_lossy().into_owned();
            // A part may be renamed while we look.
            if let Ok(time) = entry.metadata().and_then(|it| it.modified())
                && name.ends_with(".part")
            {
                times.insert(name, time);
            }
        }
    }
    Ok(times)
}

/// Takes away the plan, the parts and the results of a folder.
///
/// # Errors
/// If they cannot be removed.
pub fn clear(folder: &Path) -> Result<(), StoreError> {
    fs::remove_dir_all(folder).map_err(StoreError::at(folder))
}
