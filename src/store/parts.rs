//! The folder of an experiment: its plan and the parts that are done.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::error::StoreError;
use super::scratch::{below, if_there, text_of, write_whole};
use crate::experiment::{Block, Part, Plan, Point};

const PLAN: &str = "plan.json";
const PARTS: &str = "parts";

/// Reads the plan of a folder; none if it has none.
///
/// # Errors
/// If it cannot be read, is of another version, or could not be worked on.
pub fn read_plan(folder: &Path) -> Result<Option<Plan>, StoreError> {
    let path = folder.join(PLAN);
    let Some(text) = text_of(&path)? else {
        return Ok(None);
    };
    Plan::parse(&text).map(Some).map_err(|error| StoreError::damaged(&path, error.to_string()))
}

/// Writes the plan of a folder, whole or not at all.
///
/// # Errors
/// If it cannot be written.
pub fn write_plan(folder: &Path, plan: &Plan) -> Result<(), StoreError> {
    fs::create_dir_all(folder).map_err(StoreError::at(folder))?;
    let mut text = serde_json::to_string_pretty(plan)
        .map_err(|error| StoreError::damaged(&folder.join(PLAN), error.to_string()))?;
    text.push('\n');
    write_whole(folder, PLAN, text.as_bytes(), true).map(|_| ())
}

/// Where the part of a block stands. Its name is made of all that decides its runs,
/// so that parts of any shard, and of a plan before it was extended, fit together.
fn part_name(point: &Point, block: &Block) -> String {
    let Block { first, count, .. } = block;
    let shelf = point.id.get(..2).unwrap_or_default();
    format!("{PARTS}/{shelf}/{}-{first:09}-{count}.part", point.id)
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
    write_whole(folder, &part_name(point, block), bytes, true).map(|_| ())
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
    let path = below(folder, &part_name(point, block))?;
    if_there(&path, fs::read(&path))
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
            Some(part) => Progress::Done { failed: part.failed },
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
    let list = |path: &Path| {
        let entries = if_there(path, fs::read_dir(path))?.into_iter().flatten();
        entries.collect::<Result<Vec<_>, _>>().map_err(StoreError::at(path))
    };
    for inner in list(&parts)? {
        let inner = inner.path();
        if !inner.is_dir() {
            continue;
        }
        for entry in list(&inner)? {
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
