//! What can go wrong with a result folder.

use std::path::{Path, PathBuf};

/// An output error. Its message names the place and the help.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system refused.
    #[error("{path}: {source}{}", help_for(.source))]
    Io {
        /// Where.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A folder holds something else than this result.
    #[error(
        "{path} {holds}: choose another folder with -o, or replace an earlier result with --force"
    )]
    Occupied {
        /// Which folder.
        path: String,
        /// What it holds.
        holds: String,
    },
    /// `--force` was asked to replace what is no result folder.
    #[error(
        "{path} is not a result folder, so --force does not replace it: choose another folder with -o"
    )]
    NotAResult {
        /// Which folder.
        path: String,
    },
    /// `--force` was asked to replace a folder that holds a file of somebody else's.
    #[error(
        "{file} is in the way: it is no file of a result, so --force does not replace {path}. Move it away, or choose another folder with -o"
    )]
    InTheWay {
        /// Which folder.
        path: String,
        /// The first file that is not ours.
        file: String,
    },
    /// Another command is writing to the same place.
    #[error(
        "{path} is being written by another command ({who}): wait until it ends, or choose another folder with -o"
    )]
    InUse {
        /// Which folder.
        path: String,
        /// Which process.
        who: String,
    },
    /// Parts of an experiment are missing.
    #[error(
        "{path}: {missing} of {blocks} blocks are not done, and nothing is merged with holes: run the rest (disengage run --plan {path} --missing)"
    )]
    Holes {
        /// The folder.
        path: String,
        /// Blocks without a sound part.
        missing: u64,
        /// Blocks in all.
        blocks: u64,
    },
    /// A stored file cannot be read.
    #[error("{path}: {why}")]
    Damaged {
        /// Which file.
        path: String,
        /// What is wrong, with the help.
        why: String,
    },
}

fn help_for(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => {
            " (nothing of this file was kept: free some space, or choose another folder with -o)"
        }
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => {
            " (choose a folder you may write to with -o)"
        }
        Kind::NotADirectory | Kind::AlreadyExists => " (choose another folder with -o)",
        _ => "",
    }
}

impl StoreError {
    pub(super) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io { path: path.display().to_string(), source }
    }

    pub(super) fn damaged(path: &Path, why: impl Into<String>) -> Self {
        Self::Damaged { path: path.display().to_string(), why: why.into() }
    }

    pub(super) fn at(path: &Path) -> impl Fn(std::io::Error) -> Self {
        let path: PathBuf = path.to_path_buf();
        move |source| Self::io(&path, source)
    }
}
