//! `compare`: variants on common random numbers.

use std::time::Instant;

use super::Done;
use super::arguments::{CompareArguments, PointsArguments};
use super::exit::Failure;
use super::planning::{design, judge};
use super::scenario::{loaded, overrides};
use super::whole::Whole;
use crate::experiment::{Plan, Round, Variation};
use crate::results::COMPARE;
use crate::scenario::{LoadError, Loaded, without_experiments};

/// Runs every variant on the same replicates, and says what differs. The same command
/// again finds the result whole, or goes on where it was interrupted.
pub(super) fn compare(arguments: &CompareArguments) -> Done {
    let whole = Whole {
        to: arguments.to.clone(),
        fail: arguments.fail,
        trust: arguments.trust,
        consent: arguments.consent,
        began: Instant::now(),
    };
    whole.carry_out(&planned(arguments)?)
}

/// The variants as points of a plan; every one of them judged.
fn planned(arguments: &CompareArguments) -> Result<Plan, Failure> {
    let overrides = overrides(&arguments.set)?;
    let files = arguments.files.iter().map(|file| loaded(file, &overrides));
    let files: Vec<Loaded> = files.collect::<Result<_, _>>()?;
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
    let file = arguments.files.first().map_or("", String::as_str);
    let (seed, replicates) = (arguments.seed, arguments.replicates);
    let mut plan = Plan::new(COMPARE, first, file, text, round, seed, replicates);
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
