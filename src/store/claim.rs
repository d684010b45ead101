//! Who writes where: one command at a time, and what dead ones left is removed.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::contents::strangers_in_draft;
use super::error::StoreError;
use super::scratch::{PREFIX, Scratch, remove};

/// How the names of locks end.
const LOCK: &str = ".lock";
/// How the name ends of what stood at a place while its successor is moved there.
const OLD: &str = ".old";
/// Drafts of versions that held no lock are left alone for so long.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The right to write at a place, held while a command works there: a locked file, which
/// the system unlocks whenever its owner ends, and in which stands who that is.
#[derive(Debug)]
pub struct Claim {
    // In this order: the file goes before its lock does.
    scratch: Scratch,
    _lock: File,
}

impl Claim {
    /// Claims a result folder that is to be moved to `place`: the lock stands beside it.
    /// What dead commands left there is removed.
    pub(super) fn beside(place: &Path) -> Result<Self, StoreError> {
        let parent = parent_of(place);
        fs::create_dir_all(&parent).map_err(StoreError::at(&parent))?;
        tidy_beside(&parent);
        let mut name = draft_name(place).into_os_string();
        name.push(LOCK);
        Self::take(parent.join(name), place)
    }

    /// Claims a folder whose files are replaced one by one: the lock stands in it.
    ///
    /// # Errors
    /// If another command works there, or it cannot be written to.
    pub fn inside(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).map_err(StoreError::at(folder))?;
        let claim = Self::take(Self::lock_in(folder), folder)?;
        tidy_folder(folder, true);
        Ok(claim)
    }

    /// The lock of a folder that is claimed from inside.
    pub(super) fn lock_in(folder: &Path) -> PathBuf {
        folder.join(format!("{PREFIX}{LOCK}"))
    }

    fn take(path: PathBuf, place: &Path) -> Result<Self, StoreError> {
        let mut tries = 20;
        loop {
            if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
                return Err(StoreError::damaged(&path, "is in the way: remove it"));
            }
            let mut lock = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)
                .map_err(StoreError::at(&path))?;
            match lock.try_lock() {
                // Its last owner may have removed it meanwhile.
                Ok(()) if !is_at(&lock, &path) => continue,
                Ok(()) => {}
                // Whoever tidies up holds a lock for a moment only.
                Err(TryLockError::WouldBlock) if tries > 0 => {
                    tries -= 1;
                    std::thread::sleep(Duration::from_millis(10));
                    continue;
                }
                Err(TryLockError::WouldBlock) => {
                    let mut who = String::new();
                    let _ = lock.read_to_string(&mut who);
                    return Err(StoreError::InUse {
                        path: place.display().to_string(),
                        who: who.trim().to_owned(),
                    });
                }
                // A file system without locks: nobody is kept out.
                Err(TryLockError::Error(_)) => {}
            }
            let scratch = Scratch::at(path.clone());
            let written = lock.set_len(0).and_then(|()| writeln!(lock, "{}", this_process()));
            written.map_err(StoreError::at(&path))?;
            return Ok(Self { scratch, _lock: lock });
        }
    }

    /// Where the draft of this claim is written.
    pub(super) fn draft(&self) -> PathBuf {
        self.scratch.path().with_extension("")
    }

    /// Where what stands at the place goes while the draft is moved there.
    pub(super) fn old(&self) -> PathBuf {
        let mut name = self.draft().into_os_string();
        name.push(OLD);
        name.into()
    }
}

/// The folder above a place.
fn parent_of(place: &Path) -> PathBuf {
    match place.parent() {
        Some(parent) if parent != Path::new("") => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// What the draft of a place is called.
fn draft_name(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or(place.as_os_str());
    let mut draft = std::ffi::OsString::from(PREFIX);
    draft.push(name);
    draft.into()
}

/// Whether the open file is the one that stands at the path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |found: fs::Metadata| (found.dev(), found.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(there)) => number(open) == number(there),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// A line that tells people which process this is.
fn this_process() -> String {
    let words: Vec<String> = std::env::args().collect();
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host = match host.trim() {
        "" => String::new(),
        name => format!(" on {name}"),
    };
    format!(
        "process {}{host}, {}",
        std::process::id(),
        words.join(" ").replace(char::is_control, " ")
    )
}

/// Whether nobody holds the lock of a file any more; holds it then.
fn of_the_dead(path: &Path) -> Option<File> {
    let file = OpenOptions::new().read(true).write(true).open(path).ok()?;
    file.try_lock().ok()?;
    is_at(&file, path).then_some(file)
}

fn entries(folder: &Path) -> Vec<(String, fs::DirEntry)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry)));
    named.filter(|(name, _)| name.starts_with(PREFIX)).collect()
}

fn is_old(entry: &fs::DirEntry) -> bool {
    let changed = entry.metadata().and_then(|found| found.modified());
    changed.is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|it| it > A_DAY))
}

/// Removes a draft if all in it is ours; says whether it was.
fn remove_draft(draft: &Path) -> bool {
    let ours = strangers_in_draft(draft).is_none();
    if ours {
        remove(draft);
    }
    ours
}

/// Removes what dead commands left beside their places; what one of them had moved away
/// and not replaced goes back.
fn tidy_beside(parent: &Path) {
    for (name, entry) in entries(parent) {
        let path = entry.path();
        match name.strip_suffix(LOCK) {
            Some(draft) if entry.file_type().is_ok_and(|it| it.is_file()) => {
                let Some(lock) = of_the_dead(&path) else {
                    continue;
                };
                let place = parent.join(&draft[PREFIX.len()..]);
                let old = parent.join(format!("{draft}{OLD}"));
                if old.exists() && !place.exists() {
                    let _ = fs::rename(&old, &place);
                } else {
                    remove_draft(&old);
                }
                if remove_draft(&parent.join(draft)) {
                    remove(&path);
                }
                drop(lock);
            }
            Some(_) => {}
            // Drafts without a lock are those of earlier versions.
            None => {
                let lock = parent.join(format!("{name}{LOCK}"));
                let folder = entry.file_type().is_ok_and(|it| it.is_dir());
                if folder && !name.ends_with(OLD) && !lock.exists() && is_old(&entry) {
                    remove_draft(&path);
                }
            }
        }
    }
}

/// Removes what dead commands left in the folder of an experiment: files that nobody holds
/// and, for the one who has claimed the folder, a merge that never ended.
pub fn tidy_folder(folder: &Path, claimed: bool) {
    let parts = folder.join("parts");
    let inner = fs::read_dir(&parts).into_iter().flatten().flatten();
    let mut folders = vec![folder.to_path_buf(), folder.join("charts")];
    folders.extend(inner.map(|entry| entry.path()));
    for place in folders {
        for (name, entry) in entries(&place) {
            let path = entry.path();
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_file() {
                if claimed && name.ends_with(LOCK) {
                    continue;
                }
                if let Some(lock) = of_the_dead(&path) {
                    remove(&path);
                    drop(lock);
                }
            } else if kind.is_dir() && claimed {
                remove_draft(&path);
            }
        }
    }
}
