//! Result folders as commands read them back.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::arguments::{ResultArguments, Trust};
use super::blocks::{blocks, look};
use super::exit::Failure;
use crate::diag::Source;
use crate::experiment::{Plan, Round};
use crate::results::{Manifest, OutcomeName, RUN, SWEEP, Swept, identity_of};
use crate::scenario::{LoadError, Loaded, check_point, load, load_outline};
use crate::store::{self, Progress, read_plan};

/// The folder that a command is about, the one it names or the newest below `output`, and
/// its manifest.
pub(super) fn read_back(result: &ResultArguments) -> Result<(PathBuf, Manifest), Failure> {
    let folder = result.folder.clone().map_or_else(newest, Ok)?;
    let manifest = opened(&folder, result.trust)?;
    Ok((folder, manifest))
}

/// The newest result folder below `output`.
fn newest() -> Result<PathBuf, Failure> {
    let results = fs::read_dir("output").into_iter().flatten().flatten();
    results
        .map(|entry| entry.path())
        .filter_map(|path| {
            Some((fs::metadata(path.join("manifest.json")).ok()?.modified().ok()?, path))
        })
        .max()
        .map(|(_, path)| path)
        .ok_or_else(|| {
            Failure::output(
                "output/ holds no result: run a scenario first, or name a result folder",
            )
        })
}

/// The manifest of a finished folder, whose files are what was written unless that is
/// taken on trust.
fn opened(folder: &Path, trust: Trust) -> Result<Manifest, Failure> {
    let manifest = manifest_in(folder)?;
    if !trust.no_verify {
        manifest.verify(folder)?;
        if manifest.command != RUN && manifest.identity != identity_of(&plan_in(folder)?) {
            return Err(Failure::output(format!(
                "{0}/plan.json is not the plan that the results beside it were merged from: finish it with disengage run --plan {0} --missing and disengage merge {0}, or take the results as they are with --no-verify",
                folder.display()
            )));
        }
    }
    Ok(manifest)
}

/// The manifest of a finished folder.
pub(super) fn manifest_in(folder: &Path) -> Result<Manifest, Failure> {
    Manifest::read(folder)?.ok_or_else(|| {
        Failure::output(format!(
            "{} is no result folder (it has no manifest.json): name one that `disengage run` wrote",
            folder.display()
        ))
    })
}

/// The scenario that a folder is the result of.
pub(super) fn scenario_in(folder: &Path) -> Result<Loaded, LoadError> {
    load(&folder.join("scenario.toml").to_string_lossy(), &[])
}

/// What names and draws it: its model cannot be run.
pub(super) fn outline_in(folder: &Path) -> Result<Loaded, LoadError> {
    load_outline(&folder.join("scenario.toml").to_string_lossy())
}

/// The plan of a folder, which must have one, of scenarios that are valid.
pub(super) fn plan_in(folder: &Path) -> Result<Plan, Failure> {
    let plan = read_plan(folder)?.ok_or_else(|| {
        Failure::output(format!(
            "{0} holds no plan (it has no plan.json): make one with disengage plan FILE --vary … -o {0}",
            folder.display()
        ))
    })?;
    let listed = plan.rounds.iter().flat_map(|round| match round {
        Round::Listed(points) => points.as_slice(),
        Round::Design(_) => &[],
    });
    let own = listed.filter_map(|point| point.text.as_ref());
    for text in std::iter::once(&plan.text).chain(own) {
        if let (None, found) = check_point(text) {
            let name = format!("{}: the scenario in it", folder.join("plan.json").display());
            let source = Source::new(name, text.clone());
            return Err(LoadError::Invalid(source, found).into());
        }
    }
    Ok(plan)
}

/// Reads a sweep's folder, which was held against its manifest or has just been written.
pub(super) fn swept(folder: &Path, of: OutcomeName) -> Result<Swept, Failure> {
    let manifest = manifest_in(folder)?;
    if manifest.command != SWEEP {
        return Err(Failure::usage(format!(
            "{} holds the result of `{}`, not of a sweep: name the folder of one, or make it with disengage sweep {} --vary … --design morris --points 20",
            folder.display(),
            manifest.command,
            manifest.scenario
        )));
    }
    let plan = plan_in(folder)?;
    let rows = store::read(folder)?;
    let failed = failed(folder, &plan, &manifest)?;
    Ok(Swept::new(plan, manifest, &rows, &failed, of)?)
}

/// Points at which runs failed, or whose parts cannot say so any more.
fn failed(folder: &Path, plan: &Plan, manifest: &Manifest) -> Result<BTreeSet<u32>, Failure> {
    if manifest.failed == 0 {
        return Ok(Default::default());
    }
    let points = plan.points()?;
    let all = blocks(plan, &points);
    let found = look(folder, &points, &all)?;
    let bad = all.iter().zip(found);
    let bad = bad.filter(|(_, it)| !matches!(it, Progress::Done { failed: 0 }));
    Ok(bad.map(|(block, _)| block.point).collect())
}
