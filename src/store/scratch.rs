//! What is being written: it stands beside its place until it is whole, and goes if it
//! never is.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::error::StoreError;
use crate::scenario::{inside, read_text};

/// How the names of all that is not whole begin.
pub(super) const PREFIX: &str = ".disengage-";

/// Everything that this process is writing.
static OPEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn open() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file or folder that is not whole yet. Dropped, it is removed.
#[derive(Debug)]
pub(super) struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Answers from now on for what stands, or will stand, at a path.
    pub(super) fn at(path: PathBuf) -> Self {
        open().insert(path.clone());
        Self { path }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Moves it to its place. Nothing is removed meanwhile, so that what a signal finds is
    /// either scratch or whole.
    pub(super) fn settle<T>(
        self,
        to_its_place: impl FnOnce(&Path) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut open = open();
        let settled = to_its_place(&self.path)?;
        open.remove(&self.path);
        drop(open);
        std::mem::forget(self);
        Ok(settled)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let mut open = open();
        if open.remove(&self.path) {
            remove(&self.path);
        }
    }
}

/// Removes everything that is being written, for a process that ends at once; nothing of
/// it reaches its place any more.
pub fn abandon() {
    let open = open();
    for path in open.iter() {
        // Another thread may be writing into a folder while it is emptied.
        for _ in 0..100 {
            remove(path);
            if fs::symlink_metadata(path).is_err() {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    std::mem::forget(open);
}

/// Removes a file, or a folder with all in it; links are not followed.
pub(super) fn remove(path: &Path) {
    let Ok(found) = fs::symlink_metadata(path) else {
        return;
    };
    // What cannot be removed stays for the next command.
    let _ = if found.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

/// Where a file of this name stands below a folder. A name that leads out of it is
/// refused, and so is a symlink on the way: results are written only inside their folder.
///
/// # Errors
/// If it is refused.
pub(super) fn below(folder: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let outside = |why: &str| StoreError::damaged(&folder.join(name), why);
    let relative = inside(name)
        .ok_or_else(|| outside("leads out of the folder, and nothing is read or written there"))?;
    let mut path = folder.to_path_buf();
    for part in relative.components() {
        path.push(part);
        if fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()) {
            return Err(StoreError::damaged(
                &path,
                "is a symlink, and results are written only inside their folder: remove it",
            ));
        }
    }
    Ok(path)
}

/// Writes a file of a folder: beside its place, then renamed, so that the place holds all
/// of it or what it held before. `durable` brings it to the disk first, for what counts as
/// done once it is there. Gives the place.
///
/// # Errors
/// If it cannot be written.
pub fn write_whole(
    folder: &Path,
    name: &str,
    bytes: &[u8],
    durable: bool,
) -> Result<PathBuf, StoreError> {
    let place = below(folder, name)?;
    let parent = place.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(StoreError::at(parent))?;
    // A command that tidies up may take the file for a dead one's before it is locked.
    const TRIES: u32 = 3;
    for tried in 1..=TRIES {
        let (mut file, scratch) = create(parent)?;
        let _ = file.try_lock();
        file.write_all(bytes).map_err(StoreError::at(&place))?;
        if durable {
            file.sync_all().map_err(StoreError::at(&place))?;
        }
        let renamed = scratch.settle(|path| match fs::rename(path, &place) {
            Err(error) if error.kind() == ErrorKind::NotFound && tried < TRIES => Ok(false),
            renamed => renamed.map(|()| true).map_err(StoreError::at(&place)),
        })?;
        if renamed {
            break;
        }
    }
    // The name itself is safe once its folder is.
    #[cfg(unix)]
    if durable {
        File::open(parent).and_then(|folder| folder.sync_all()).map_err(StoreError::at(parent))?;
    }
    Ok(place)
}

/// A new file in a folder, with a name that no other process or thread has.
fn create(folder: &Path) -> Result<(File, Scratch), StoreError> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{PREFIX}{}-{number}", std::process::id()));
        match File::create_new(&path) {
            Ok(file) => return Ok((file, Scratch::at(path))),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(StoreError::io(folder, error)),
        }
    }
}

/// The longest manifest or plan that is read, in bytes.
const MAX_BYTES: usize = 256 * 1024 * 1024;

/// The text of a manifest or plan; none if there is no such file.
///
/// # Errors
/// If it is no regular file, too long, no text, or cannot be read.
pub(super) fn text_of(path: &Path) -> Result<Option<String>, StoreError> {
    if_there(path, read_text(path, MAX_BYTES))
}

/// What was found at a path; none if nothing is there.
///
/// # Errors
/// If something is and cannot be read.
pub(super) fn if_there<T>(path: &Path, found: io::Result<T>) -> Result<Option<T>, StoreError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(path, error)),
    }
}
