//! The folder that a plan is worked on in.

use std::path::{Path, PathBuf};

use super::arguments::Trust;
use super::exit::Failure;
use crate::experiment::Plan;
use crate::results::{Manifest, identity_of};
use crate::store::{self, Claim, Found, StoreError, read_plan};

/// Makes room for a plan in its folder, and holds the folder for this command; true if the
/// same plan is there already.
pub(super) fn settle(folder: &Path, plan: &Plan, force: bool) -> Result<(Claim, bool), Failure> {
    // Before anything is written to a folder of somebody else's.
    free_for(folder, plan, force)?;
    let claim = Claim::inside(folder)?;
    let there = match free_for(folder, plan, force)? {
        Free::Same => return Ok((claim, true)),
        Free::Replace => store::clear(folder),
        Free::Empty => Ok(()),
    };
    there.and_then(|()| store::write_plan(folder, plan))?;
    Ok((claim, false))
}

/// What a folder is to a plan.
enum Free {
    /// It holds nothing.
    Empty,
    /// It holds the same plan.
    Same,
    /// It holds an earlier plan or result, to be replaced.
    Replace,
}

fn free_for(folder: &Path, plan: &Plan, force: bool) -> Result<Free, Failure> {
    let occupied = |holds: &str| StoreError::Occupied {
        path: folder.display().to_string(),
        holds: holds.to_owned(),
    };
    if !force {
        match read_plan(folder)? {
            Some(old) if identity_of(&old) == identity_of(plan) => return Ok(Free::Same),
            Some(_) => return Err(occupied("holds another plan").into()),
            None => {}
        }
    }
    if store::is_empty(folder)? {
        return Ok(Free::Empty);
    }
    match store::find(folder, &identity_of(plan), force)? {
        Found::Free => Ok(Free::Empty),
        Found::Replace => Ok(Free::Replace),
        Found::Same(_) => Err(occupied("holds a result without its plan").into()),
    }
}

/// The folder of a plan.
pub(super) fn folder_of(plan: &Plan, output: Option<&PathBuf>) -> Result<PathBuf, Failure> {
    let default = || store::folder_name(&plan.scenario, &identity_of(plan));
    Ok(store::place(&output.cloned().unwrap_or_else(default))?)
}

/// The manifest of a plan's results, if they are all there; held against the files unless
/// that is taken on trust.
pub(super) fn merged_in(
    folder: &Path,
    plan: &Plan,
    trust: Trust,
) -> Result<Option<Manifest>, Failure> {
    let manifest = Manifest::read(folder)?;
    let manifest = manifest.filter(|it| it.identity == identity_of(plan));
    if let (Some(manifest), false) = (&manifest, trust.no_verify) {
        manifest.verify(folder)?;
    }
    Ok(manifest)
}
