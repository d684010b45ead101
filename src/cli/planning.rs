//! Making the plan that a command line asks for, and judging its points.

use std::path::Path;

use rayon::prelude::*;

use super::arguments::{PlanArguments, PointsArguments};
use super::exit::{Failure, SCENARIO, with_help};
use super::scenario::{loaded, overrides};
use crate::diag::{Level as Severity, Source};
use crate::experiment::{Design, DesignError, Plan, Point, Round};
use crate::scenario::{
    Arrangement, Experiment, LoadError, MAX_BYTES, Parameter, apply, check_point, read_text,
    without_experiments,
};

/// More points than this are probably a slip.
const MANY: u64 = 10_000_000;
/// Points that no number counts.
const MOST: u64 = u32::MAX as u64;

/// The plan that a command line asks for, every point of it judged.
pub(super) fn planned(command: &str, arguments: &PlanArguments) -> Result<Plan, Failure> {
    let loaded = loaded(&arguments.file, &overrides(&arguments.set)?)?;
    let text = without_experiments(&loaded.source.text).map_err(LoadError::Override)?;
    let experiment = loaded.scenario.experiment.as_ref();
    let design = design(&arguments.points, experiment, &text)?;
    let (round, file) = (Round::Design(design), &arguments.file);
    let (seed, replicates) = (arguments.seed, arguments.replicates);
    let mut plan = Plan::new(command, &loaded, file, text, round, seed, replicates);
    plan.seeds = arguments.seeds;
    judge(&plan, 0, arguments.points.consent.yes)?;
    Ok(plan)
}

/// The design of the command line, or else that of the file.
pub(super) fn design(
    arguments: &PointsArguments,
    experiment: Option<&Experiment>,
    text: &str,
) -> Result<Design, Failure> {
    let own = arguments.experiment.as_ref().map(|path| experiment_in(path, text)).transpose()?;
    let (parameters, own) = if arguments.vary.is_empty() {
        let experiment = own.as_ref().or(experiment).ok_or(DesignError::Nothing)?;
        let parameters =
            experiment.parameters().map_err(|error| Failure::edit("[experiment]", &error))?;
        (parameters, (experiment.design, experiment.points))
    } else {
        let parameters = arguments
            .vary
            .iter()
            .map(|text| Parameter::parse(text))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| Failure::edit("--vary", &error))?;
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
    let own = read_text(path, MAX_BYTES)
        .map_err(|error| Failure::new(SCENARIO, format!("{}: {error}", path.display())))?;
    let source = Source::new(path.display().to_string(), own);
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
                            let source = Source::new(&plan.file, text);
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
    wrong.into_iter().next().map_or(Ok(()), |first| {
        Err(Failure { message: format!("{}{more}; nothing was run", first.message), ..first })
    })
}

/// What is wrong with a point: a path or value that does not fit the file is wrong
/// usage, as with `--set`; what comes of it may be a wrong scenario.
fn said(point: &Point, error: LoadError) -> Failure {
    let head = format!("point {} ({})", point.number, point.said());
    match error {
        LoadError::Invalid(_, found) => {
            let errors = found.iter().filter(|it| it.level == Severity::Error);
            let text =
                errors.take(3).fold(format!("{head} is no good scenario:"), |text, error| {
                    with_help(format!("{text}\n  {}", error.message), &error.help, "    ")
                });
            Failure::new(SCENARIO, text)
        }
        LoadError::Override(error) => {
            let text = format!("{head} cannot be made: {}", error.message());
            Failure::usage(with_help(text, error.help(), "  "))
        }
        error => Failure::new(SCENARIO, format!("{head}: {error}")),
    }
}
