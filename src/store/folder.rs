//! Writing a result folder: beside its place, then renamed.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::error::StoreError;
use super::manifest::Manifest;

/// `output/<scenario>-<identity>`.
pub fn folder_name(scenario: &str, identity: &str) -> PathBuf {
    PathBuf::from("output").join(format!("{scenario}-{identity}"))
}

/// What stands where a result is to go.
#[derive(Debug)]
pub enum Found {
    /// Nothing, or an empty folder.
    Free,
    /// This same result, whole.
    Same(Box<Manifest>),
    /// Something else, which is to be replaced.
    Replace,
}

/// Looks at the place of a result before any work is done for it.
///
/// # Errors
/// If it holds something else and `force` is not given, or holds what is no
/// result folder at all.
pub fn find(folder: &Path, identity: &str, force: bool) -> Result<Found, StoreError> {
    let occupied = |holds: &str| StoreError::Occupied {
        path: folder.display().to_string(),
        holds: holds.to_owned(),
    };
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Found::Free),
        Err(error) => return Err(StoreError::io(folder, error)),
    };
    if entries.next().is_none() {
        return Ok(Found::Free);
    }
    let manifest = match Manifest::read(folder) {
        Ok(manifest) => manifest,
        Err(error) if !force => return Err(error),
        Err(_) => return Ok(Found::Replace),
    };
    match manifest {
        Some(manifest) if manifest.identity == identity && !force => {
            Ok(Found::Same(Box::new(manifest)))
        }
        Some(_) if force => Ok(Found::Replace),
        Some(_) => Err(occupied("holds another result")),
        None if force => Err(StoreError::NotAResult {
            path: folder.display().to_string(),
        }),
        None => Err(occupied("holds other files")),
    }
}

/// A result folder being written: nothing stands at its place until it is
/// whole, and nothing is left if it never is.
#[derive(Debug)]
pub struct Draft {
    place: PathBuf,
    beside: TempDir,
}

impl Draft {
    /// Creates the draft beside `place`, so that a place that cannot be written
    /// to is found before the runs.
    ///
    /// # Errors
    /// If the folder above cannot be created or written to.
    pub fn create(place: &Path) -> Result<Self, StoreError> {
        let parent = match place.parent() {
            Some(parent) if parent != Path::new("") => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).map_err(StoreError::at(&parent))?;
        let beside = tempfile::Builder::new()
            .prefix(".disengage-")
            .tempdir_in(&parent)
            .map_err(StoreError::at(&parent))?;
        Ok(Self {
            place: place.to_path_buf(),
            beside,
        })
    }

    /// Where its files are written for now.
    pub fn path(&self) -> &Path {
        self.beside.path()
    }

    /// Writes one file, folders above it included.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> Result<(), StoreError> {
        let path = self.path().join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(StoreError::at(parent))?;
        }
        fs::write(&path, bytes).map_err(StoreError::at(&path))
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
    /// If the manifest cannot be written or the folder cannot be moved; then
    /// what stood at the place stands there still.
    pub fn finish(self, mut manifest: Manifest) -> Result<(), StoreError> {
        manifest.files = hashes(self.path())?;
        manifest.write(self.path())?;
        open_to_others(self.path())?;
        let old = if self.place.exists() {
            let old = self.beside.path().with_extension("old");
            fs::rename(&self.place, &old).map_err(StoreError::at(&self.place))?;
            Some(old)
        } else {
            None
        };
        let beside = self.beside.keep();
        if let Err(error) = fs::rename(&beside, &self.place) {
            if let Some(old) = &old {
                let _ = fs::rename(old, &self.place);
            }
            let _ = fs::remove_dir_all(&beside);
            return Err(StoreError::io(&self.place, error));
        }
        if let Some(old) = old {
            fs::remove_dir_all(&old).map_err(StoreError::at(&old))?;
        }
        Ok(())
    }
}

/// A temporary folder is its owner's alone; a result folder is as readable as
/// any other new folder.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    let model = folder.join(".mode");
    fs::create_dir(&model).map_err(StoreError::at(&model))?;
    let mode = fs::metadata(&model)
        .map_err(StoreError::at(&model))?
        .permissions()
        .mode();
    fs::remove_dir(&model).map_err(StoreError::at(&model))?;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).map_err(StoreError::at(folder))
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// SHA-256 of every file of results; charts are derived and left out.
pub(super) fn hashes(folder: &Path) -> Result<BTreeMap<String, String>, StoreError> {
    let mut all = BTreeMap::new();
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
                all.insert(name, hash_of(&entry.path())?);
            }
        }
    }
    Ok(all)
}

fn hash_of(path: &Path) -> Result<String, StoreError> {
    let mut file = fs::File::open(path).map_err(StoreError::at(path))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer).map_err(StoreError::at(path))?;
        if n == 0 {
            break;
        }
        hash.update(&buffer[..n]);
    }
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}
