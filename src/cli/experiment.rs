//! What the commands of an experiment share: making a plan, judging its points, and
//! doing its blocks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::arguments::{Fail, PlanArguments, PointsArguments, Trust};
use super::exit::{Failure, INTERRUPTED, OUTPUT, SCENARIO, USAGE};
use super::stop::Finishing;
use super::{chart, progress, terminal};
use crate::chart::grouped;
use crate::diag::{Level as Severity, render};
use crate::experiment::{Block, Design, DesignError, Plan, PlanError, Point, Points, Round, work};
use crate::model::MODEL_VERSION;
use crate::scenario::{
    Arrangement, Assignment, EditError, Experiment, LoadError, MAX_BYTES, Parameter, apply,
    check_point, load, read_text, without_experiments,
};
use crate::store::{
    self, Claim, Found, Manifest, Progress, StoreError, identity, read_plan, tidy_folder,
    write_part,
};

/// More points than this are probably a slip.
const MANY: u64 = 10_000_000;
/// Points that no number counts.
const MOST: u64 = u32::MAX as u64;

impl From<DesignError> for Failure {
    fn from(error: DesignError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        Self::usage(error.to_string())
    }
}

fn wrong_option(option: &str, error: &EditError) -> Failure {
    let mut message = format!("error: {option}: {}", error.message());
    for help in error.help() {
        message.push_str(&format!("\n  help: {help}"));
    }
    Failure { code: USAGE, message }
}

/// The plan that a command line asks for, every point of it judged.
pub(super) fn planned(command: &str, arguments: &PlanArguments) -> Result<Plan, Failure> {
    let overrides: Vec<Assignment> = arguments
        .set
        .iter()
        .map(|text| Assignment::parse(text))
        .collect::<Result<_, _>>()
        .map_err(LoadError::Override)?;
    let loaded = load(&arguments.file, &overrides)?;
    if !loaded.warnings.is_empty() {
        terminal::complain(&render(&loaded.warnings, &loaded.source, terminal::colour_stderr()));
    }
    let text = without_experiments(&loaded.source.text).map_err(LoadError::Override)?;
    let experiment = loaded.scenario.experiment.as_ref();
    let design = design(&arguments.points, experiment, &text)?;
    let plan = Plan {
        format: 1,
        model_version: MODEL_VERSION,
        command: command.into(),
        scenario: loaded.name,
        file: arguments.file.clone(),
        seed: arguments.seed,
        seeds: arguments.seeds,
        block: Plan::block_for(arguments.replicates),
        replicates: vec![arguments.replicates],
        rounds: vec![Round::Design(design)],
        geodata: loaded
            .geodata
            .iter()
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .collect(),
        text,
    };
    judge(&plan, 0, arguments.points.consent.yes)?;
    Ok(plan)
}

/// The design of the command line, or else that of the file.
pub(super) fn design(
    arguments: &PointsArguments,
    experiment: Option<&Experiment>,
    text: &str,
) -> Result<Design, Failure> {
    let own = match &arguments.experiment {
        Some(path) => Some(experiment_in(path, text)?),
        None => None,
    };
    let (parameters, own) = if arguments.vary.is_empty() {
        let experiment = own.as_ref().or(experiment).ok_or(DesignError::Nothing)?;
        let parameters =
            experiment.parameters().map_err(|error| wrong_option("[experiment]", &error))?;
        (parameters, (experiment.design, experiment.points))
    } else {
        let parameters = arguments
            .vary
            .iter()
            .map(|text| Parameter::parse(text))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| wrong_option("--vary", &error))?;
        (parameters, (Arrangement::Grid, None))
    };
    let (arrangement, points) = match (arguments.design, arguments.points) {
        (None, None) => own,
        (None, points) => (own.0, points),
        (Some(it @ (Arrangement::Grid | Arrangement::OneAtATime)), points) => (it, points),
        (Some(design), points) => (design, points.or(own.1)),
    };
    let whole = parameters.iter().map(|it| is_whole(it, text)).collect();
    let design =
        Design { arrangement, points, second_order: arguments.second_order, parameters, whole };
    let count = design.count()?;
    if count > MOST {
        return Err(Failure::usage(format!(
            "{count} points are more than can be numbered: vary less, or choose some with --design sobol --points 4096"
        )));
    }
    if count > MANY && !arguments.consent.yes {
        return Err(Failure::usage(format!(
            "{count} points are more than {MANY}: add --yes if that is meant, or choose some with --design sobol --points 4096"
        )));
    }
    Ok(design)
}

/// The experiment of a file of its own, held against the scenario.
fn experiment_in(path: &Path, text: &str) -> Result<Experiment, Failure> {
    let own = read_text(path, MAX_BYTES).map_err(|error| Failure {
        code: SCENARIO,
        message: format!("error: {}: {error}", path.display()),
    })?;
    let source = crate::diag::Source::new(path.display().to_string(), own);
    let (experiment, found) = Experiment::of_file(&source.text, text);
    experiment.ok_or_else(|| LoadError::Invalid(source, found).into())
}

/// Whether a range is of whole numbers: the file takes them, and no others.
fn is_whole(parameter: &Parameter, text: &str) -> bool {
    let errors = |whole: bool| {
        // An irrational share, so that the value is whole only if it is made so.
        let level = parameter.at(0.381_966, whole);
        let assignments = parameter.assignments(&level.values).ok()?;
        let (scenario, _) = check_point(&apply(text, &assignments).ok()?);
        Some(scenario.is_none())
    };
    parameter.is_number_range() && errors(false) == Some(true) && errors(true) == Some(false)
}

/// Keys that say where something is: what is wrong with them is found on the ground.
const PLACES: [&str; 8] =
    ["from", "area", "at", "withdraws_to", "through", "from_km", "to_km", "radius_km"];
/// Tables that say where something is.
const PLACE_TABLES: [&str; 4] = ["line", "area", "site", "route"];

/// Judges every point from a number on, before anything is run.
pub(super) fn judge(plan: &Plan, from: u64, yes: bool) -> Result<(), Failure> {
    plan.bearable()?;
    let points = plan.points()?;
    if points.len() > MOST || points.len() > MANY && !yes {
        return Err(Failure::usage(format!(
            "{} points are more than {MANY}: add --yes if that is meant",
            points.len()
        )));
    }
    let geodata = plan.geodata();
    let of_place = |(path, _): &(String, String)| {
        let mut words = path.split(['.', '[']);
        words.next().is_some_and(|it| PLACE_TABLES.contains(&it))
            || words.any(|it| PLACES.contains(&it))
    };
    let wrong: Vec<Failure> = (from as u32..points.len() as u32)
        .into_par_iter()
        .filter_map(|number| {
            let point = points.get(number);
            let found = if point.set.iter().any(of_place) {
                plan.load(&point, &geodata).map(|_| ())
            } else {
                plan.text_of(&point).map_err(LoadError::from).and_then(|text| {
                    match check_point(&text) {
                        (Some(_), _) => Ok(()),
                        (None, found) => {
                            let source = crate::diag::Source::new(&plan.file, text);
                            Err(LoadError::Invalid(source, found))
                        }
                    }
                })
            };
            Some(said(&point, found.err()?))
        })
        .collect();
    let more = match wrong.len() {
        0 | 1 => String::new(),
        2 => "\nand so is another point".into(),
        all => format!("\nand so are {} other points", all - 1),
    };
    match wrong.into_iter().next() {
        None => Ok(()),
        Some(first) => Err(Failure {
            code: first.code,
            message: format!("{}{more}; nothing was run", first.message),
        }),
    }
}

/// What is wrong with a point: a path or value that does not fit the file is wrong
/// usage, as with `--set`; what comes of it may be a wrong scenario.
fn said(point: &Point, error: LoadError) -> Failure {
    let head = format!("error: point {} ({})", point.number, point.said());
    let (code, message) = match error {
        LoadError::Invalid(_, found) => {
            let errors = found.iter().filter(|it| it.level == Severity::Error);
            let mut text = format!("{head} is no good scenario:");
            for error in errors.take(3) {
                text.push_str(&format!("\n  {}", error.message));
                for help in &error.help {
                    text.push_str(&format!("\n    help: {help}"));
                }
            }
            (SCENARIO, text)
        }
        LoadError::Override(error) => {
            let mut text = format!("{head} cannot be made: {}", error.message());
            for help in error.help() {
                text.push_str(&format!("\n  help: {help}"));
            }
            (USAGE, text)
        }
        error => (SCENARIO, format!("{head}: {error}")),
    };
    Failure { code, message }
}

/// Ten hexadecimal digits over all that decides a plan's results.
pub(super) fn identity_of(plan: &Plan) -> String {
    let rounds = serde_json::to_string(&plan.rounds).unwrap_or_default();
    identity(
        &plan.command,
        &plan.text,
        &plan.geodata(),
        plan.seed,
        plan.replicates(),
        &[plan.seeds.word(), &rounds],
    )
}

/// What the design of a plan costs in runs, said before they begin; none of designs whose
/// points stand alone.
pub(super) fn cost(plan: &Plan) -> Option<String> {
    let design = plan.first_design()?;
    let cost = design.cost()?;
    let points = design.count().ok()?;
    Some(format!(
        "{}: {cost} = {} points, × {} replicates = {} runs",
        design.arrangement.word(),
        grouped(points),
        grouped(plan.replicates()),
        grouped(points.saturating_mul(plan.replicates())),
    ))
}

/// The plan of a folder, which must have one, of scenarios that are valid.
pub(super) fn plan_in(folder: &Path) -> Result<Plan, Failure> {
    let plan = read_plan(folder)?.ok_or_else(|| Failure {
        code: OUTPUT,
        message: format!(
            "error: {} holds no plan (it has no plan.json): make one with disengage plan FILE --vary … -o {}",
            folder.display(),
            folder.display()
        ),
    })?;
    let listed = plan.rounds.iter().flat_map(|round| match round {
        Round::Listed(points) => points.as_slice(),
        Round::Design(_) => &[],
    });
    let own = listed.filter_map(|point| point.text.as_ref());
    for text in std::iter::once(&plan.text).chain(own) {
        if let (None, found) = check_point(text) {
            let name = format!("{}: the scenario in it", folder.join("plan.json").display());
            let source = crate::diag::Source::new(name, text.clone());
            return Err(LoadError::Invalid(source, found).into());
        }
    }
    Ok(plan)
}

/// Every block of a plan, point by point.
pub(super) fn blocks(plan: &Plan, points: &Points<'_>) -> Vec<Block> {
    let each = plan.blocks();
    let of = |point: u32| {
        each.iter().map(move |(first, count)| Block { point, first: *first, count: *count })
    };
    (0..points.len() as u32).flat_map(of).collect()
}

/// How far each of these blocks is.
pub(super) fn look(
    folder: &Path,
    points: &Points<'_>,
    blocks: &[Block],
) -> Result<Vec<Progress>, StoreError> {
    blocks
        .par_iter()
        .map(|block| store::progress(folder, &points.get(block.point), block))
        .collect()
}

/// Threads to run on.
pub(super) fn threads(jobs: Option<u16>) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, usize::from);
    jobs.map_or_else(all, usize::from)
}

/// Runs those of the blocks that are not done, and says how many runs of all of them
/// have failed.
pub(super) fn run_blocks(
    folder: &Path,
    plan: &Plan,
    points: &Points<'_>,
    blocks: &[Block],
    jobs: usize,
    fail: Fail,
) -> Result<u64, Failure> {
    let finishing = Finishing::begin();
    let stop = finishing.stop();
    tidy_folder(folder, false);
    let failed = AtomicU64::new(0);
    let mut todo = Vec::new();
    // Points that set the same (lists in a design of rows) share their parts.
    let mut begun = BTreeSet::new();
    for (block, found) in blocks.iter().zip(look(folder, points, blocks)?) {
        match found {
            Progress::Done { failed: more } => {
                failed.fetch_add(more, Ordering::Relaxed);
            }
            Progress::Missing | Progress::Damaged => {
                if begun.insert((points.get(block.point).id, block.first)) {
                    todo.push(block.clone());
                }
            }
        }
    }
    let bar = progress::bar(todo.iter().map(|it| it.count).sum());
    let done = AtomicU64::new(0);
    let ended = work(plan, points, &todo, jobs, stop, |point, block, bytes, bad| {
        write_part(folder, point, block, bytes)?;
        bar.inc(block.count);
        done.fetch_add(1, Ordering::Relaxed);
        failed.fetch_add(bad, Ordering::Relaxed);
        if bad > 0 && fail == Fail::Fast {
            stop.store(true, Ordering::Relaxed);
        }
        Ok::<(), StoreError>(())
    });
    bar.finish_and_clear();
    ended.map_err(|error| {
        let mut failure = Failure::from(error);
        failure
            .message
            .push_str("\n  help: parts that are done stay: the same command goes on from there");
        failure
    })?;
    let (done, failed) = (done.into_inner(), failed.into_inner());
    if done < todo.len() as u64 {
        if failed > 0 && fail == Fail::Fast {
            return Err(Failure {
                code: super::exit::SOME_FAILED,
                message: format!(
                    "error: {failed} runs failed, and no further block was begun (--fail fast); see the status column after a merge"
                ),
            });
        }
        return Err(Failure {
            code: INTERRUPTED,
            message: format!(
                "interrupted: {} of {} blocks are done in {}; the same command goes on from there",
                blocks.len().saturating_sub(todo.len()) + done as usize,
                blocks.len(),
                folder.display()
            ),
        });
    }
    Ok(failed)
}

/// What a command ends with when runs have failed.
pub(super) fn after_failures(failed: u64, fail: Fail) -> Result<(), Failure> {
    if failed == 0 || fail == Fail::Off {
        return Ok(());
    }
    let runs = if failed == 1 { "run" } else { "runs" };
    Err(Failure {
        code: super::exit::SOME_FAILED,
        message: format!(
            "error: {failed} {runs} failed: the rows of `runs` whose status is not ok say why; all others are whole"
        ),
    })
}

/// Makes room for a plan in its folder, and holds the folder for this command; true if the
/// same plan is there already.
pub(super) fn settle(folder: &Path, plan: &Plan, force: bool) -> Result<(Claim, bool), Failure> {
    // Before anything is written to a folder of somebody else's.
    free_for(folder, plan, force)?;
    let claim = Claim::inside(folder)?;
    let there = match free_for(folder, plan, force)? {
        Free::Same => return Ok((claim, true)),
        Free::Replace => store::clear(folder, chart::is_chart),
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
    match store::find(folder, &identity_of(plan), force.then_some(chart::is_chart))? {
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
