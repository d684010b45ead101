//! `compare`: variants on common random numbers.

use std::path::Path;
use std::time::Instant;

use super::arguments::{CompareArguments, PointsArguments};
use super::exit::Failure;
use super::experiment::{
    after_failures, blocks, design, folder_of, judge, merged_in, run_blocks, settle, threads,
};
use super::merge::merge_in;
use super::{Done, differences, size, terminal};
use crate::diag::render;
use crate::experiment::{Plan, Round, Seeds, Variation};
use crate::model::MODEL_VERSION;
use crate::scenario::{Assignment, LoadError, Loaded, load, without_experiments};
use crate::store::{COMPARE, Manifest, read_pairs};

/// Runs every variant on the same replicates, and says what differs. The same command
/// again finds the result whole, or goes on where it was interrupted.
pub(super) fn compare(arguments: &CompareArguments) -> Done {
    let began = Instant::now();
    let plan = planned(arguments)?;
    let jobs = threads(arguments.jobs);
    size::of_plan(&plan, Some(jobs), arguments.consent.yes)?;
    let folder = folder_of(&plan, arguments.output.as_ref())?;
    let (claim, there) = settle(&folder, &plan, arguments.force)?;
    if there && let Some(manifest) = merged_in(&folder, &plan, arguments.trust)? {
        show(&folder, &plan, &manifest, "found whole in")?;
        return after_failures(manifest.failed, arguments.fail);
    }
    let points = plan.points()?;
    let all = blocks(&plan, &points);
    let started = Instant::now();
    run_blocks(&folder, &plan, &points, &all, jobs, arguments.fail)?;
    let ran = started.elapsed();
    let manifest = merge_in(&folder, &claim, &plan, jobs, (began, ran), arguments.no_charts)?;
    show(&folder, &plan, &manifest, "written to")?;
    after_failures(manifest.failed, arguments.fail)
}

/// Prints what a comparison came to.
pub(super) fn show(folder: &Path, plan: &Plan, manifest: &Manifest, verb: &str) -> Done {
    let rows = read_pairs(folder)?;
    terminal::say(&differences::table(plan, manifest, &rows)?);
    let shown = folder.display();
    terminal::say(&format!("{verb} {shown}"));
    terminal::say(&format!(
        "next: look at {shown}/charts/ and {shown}/pairs.csv, or add pairs: disengage extend {shown} -n {}",
        4 * plan.replicates()
    ));
    Ok(())
}

/// The variants as points of a plan; every one of them judged.
fn planned(arguments: &CompareArguments) -> Result<Plan, Failure> {
    let overrides: Vec<Assignment> = arguments
        .set
        .iter()
        .map(|text| Assignment::parse(text))
        .collect::<Result<_, _>>()
        .map_err(LoadError::Override)?;
    let mut files = Vec::new();
    for file in &arguments.files {
        let loaded = load(file, &overrides)?;
        if !loaded.warnings.is_empty() {
            let colour = terminal::colour_stderr();
            terminal::complain(&render(&loaded.warnings, &loaded.source, colour));
        }
        files.push(loaded);
    }
    let [first, others @ ..] = files.as_slice() else {
        return Err(Failure::usage("nothing to compare: name a scenario file"));
    };
    let text = without_experiments(&first.source.text).map_err(LoadError::Override)?;
    let round = match (others, arguments.vary.is_empty()) {
        ([], true) => variants(first)?,
        ([], false) => {
            let points =
                PointsArguments { vary: arguments.vary.clone(), ..PointsArguments::default() };
            Round::Design(design(&points, None, &text)?)
        }
        (_, true) => others_than(&files)?,
        (_, false) => {
            return Err(Failure::usage(
                "--vary compares values of one file: name one file, or leave --vary out",
            ));
        }
    };
    let mut plan = Plan {
        format: 1,
        model_version: MODEL_VERSION,
        command: COMPARE.into(),
        scenario: first.name.clone(),
        file: arguments.files.first().cloned().unwrap_or_default(),
        seed: arguments.seed,
        seeds: Seeds::Common,
        block: Plan::block_for(arguments.replicates),
        replicates: vec![arguments.replicates],
        rounds: vec![round],
        geodata: Default::default(),
        text,
    };
    for loaded in &files {
        for (path, text) in loaded.geodata.iter() {
            let known = plan.geodata.insert(path.to_owned(), text.to_owned());
            if known.is_some_and(|known| known != text) {
                return Err(Failure::usage(format!(
                    "two of the files name {path}, which is not the same beside both: give one of them another name"
                )));
            }
        }
    }
    judge(&plan, 0, false)?;
    let count = plan.points()?.len();
    if count < 2 {
        return Err(Failure::usage(
            "one variant alone compares with nothing: give --vary two values or more",
        ));
    }
    Ok(plan)
}

/// A file as it is, and each of its variants.
fn variants(first: &Loaded) -> Result<Round, Failure> {
    let own = &first.scenario.variants;
    if own.is_empty() {
        return Err(Failure::usage(format!(
            "{} has no [[variant]]: add one, compare values with --vary PATH=V1,V2, or name a second file",
            first.source.name
        )));
    }
    let as_is = Variation { name: "as in the file".into(), set: Vec::new(), text: None };
    let each = own.iter().map(|variant| Variation {
        name: variant.title.clone().unwrap_or_else(|| variant.id.clone()),
        set: variant
            .set
            .iter()
            .map(|(path, value)| (path.clone(), value.to_string().trim().to_owned()))
            .collect(),
        text: None,
    });
    Ok(Round::Listed(std::iter::once(as_is).chain(each).collect()))
}

/// Several files, by their titles, or by their names where titles are the same.
fn others_than(files: &[Loaded]) -> Result<Round, Failure> {
    let mut list = Vec::new();
    for (at, loaded) in files.iter().enumerate() {
        let title = &loaded.scenario.title;
        let same = files.iter().filter(|it| it.scenario.title == *title).count() > 1;
        let name = if same { &loaded.source.name } else { title };
        let text = without_experiments(&loaded.source.text).map_err(LoadError::Override)?;
        list.push(Variation {
            name: name.clone(),
            set: Vec::new(),
            text: (at > 0).then_some(text),
        });
    }
    Ok(Round::Listed(list))
}
