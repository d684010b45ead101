//! `explain`: why a replicate went as it did.

use std::path::Path;

use super::arguments::ExplainArguments;
use super::exit::Failure;
use super::folder::{read_back, scenario_in};
use super::{Done, terminal};
use crate::experiment::{Trace, trace};
use crate::explain::{Difference, mattered, tell, what};
use crate::model::{ClauseIndex, MODEL_VERSION, Model};
use crate::record::TwinRow;
use crate::results::Manifest;
use crate::store::read_any;

/// How many events that mattered are printed.
const PRINTED: usize = 4;

/// How many differences of one are.
const DIFFERENCES: usize = 2;

/// Columns.
const WIDTH: usize = 96;

/// Simulates a replicate of a folder again and tells it.
pub(super) fn explain(arguments: &ExplainArguments) -> Done {
    let (folder, manifest) = read_back(&arguments.result)?;
    let number = replicate(&folder, &manifest, &arguments.replicate)?;
    let model = scenario_in(&folder)?.model;
    let place = |id: &String| {
        let place = model.clauses.position(|it| it.id == *id);
        place.ok_or_else(|| Failure::usage(format!("no clause is called \"{id}\"")))
    };
    let wanted = arguments.clause.as_ref().map(place).transpose()?;
    let run = trace(&model, manifest.seed, number);
    terminal::say(&format!(
        "{}: why replicate {number} of {} went as it did{}",
        model.title,
        manifest.replicates,
        called(number, &arguments.replicate)
    ));
    say("One run among many: what happened in it is no forecast of what will.", "");
    let twins = read_any(&folder)?;
    let whole = TwinRow::find(&twins, "", "compliance", "true");
    if let Some(sentence) = whole.and_then(TwinRow::sentence) {
        say(&sentence, "");
    }
    for paragraph in tell(&model, &run, wanted) {
        head(&paragraph.title);
        for sentence in &paragraph.sentences {
            say(&sentence.text, "  ");
        }
    }
    which_mattered(&model, manifest.seed, &run, wanted);
    if wanted.is_none() && model.clauses.len() > 1 {
        head("One clause in full: add --clause and its id.");
    }
    Ok(())
}

/// " (the median)" of a replicate that was asked for by such a word.
pub(super) fn called(number: u64, word: &str) -> String {
    if number.to_string() == word { String::new() } else { format!(" (the {word})") }
}

/// The number of a replicate of a run: a number, best, median or worst.
///
/// # Errors
/// If the folder is of another version of the model or no run, or has no such replicate.
pub(super) fn replicate(folder: &Path, manifest: &Manifest, word: &str) -> Result<u64, Failure> {
    let shown = folder.display();
    if manifest.model_version != MODEL_VERSION {
        return Err(Failure::output(format!(
            "{shown} is of model version {}, this is {MODEL_VERSION}: run the scenario again",
            manifest.model_version
        )));
    }
    if manifest.points > 1 {
        return Err(Failure::usage(format!(
            "{shown} is an experiment of {} points: name the result of one run",
            manifest.points
        )));
    }
    let number = match word {
        "best" => manifest.best,
        "median" => manifest.median,
        "worst" => manifest.worst,
        text => text.parse().map_err(|_| {
            Failure::usage(format!("--replicate \"{text}\" is no number, best, median or worst"))
        })?,
    };
    if number >= manifest.replicates {
        return Err(Failure::usage(format!(
            "there is no replicate {number}: {shown} holds 0 to {}",
            manifest.replicates - 1
        )));
    }
    Ok(number)
}

/// A text in lines that a terminal takes, the later ones of an item indented.
fn say(text: &str, indent: &str) {
    let first = if indent.is_empty() { "" } else { "- " };
    let options = textwrap::Options::new(WIDTH)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .initial_indent(first)
        .subsequent_indent(indent);
    terminal::say(&textwrap::fill(text, options));
}

/// A line of its own after an empty one.
fn head(text: &str) {
    say("", "");
    say(text, "");
}

/// What would have been otherwise without single events.
fn which_mattered(model: &Model, seed: u64, run: &Trace, wanted: Option<ClauseIndex>) {
    let tried = mattered(model, seed, run);
    head("Which event mattered");
    say(
        &format!(
            "{} of the {} events that can be left out were left out, one at a time, and this run replayed on the same draws. \
             An order left out means that the old one stands until the next review, which decides anew.",
            tried.tried, tried.able
        ),
        "",
    );
    let of_wanted = |it: &Difference| wanted.is_none() || it.clause == wanted;
    let found = tried.found.iter().filter_map(|mattered| {
        let differences: Vec<&Difference> =
            mattered.differences.iter().filter(|it| of_wanted(it)).collect();
        (!differences.is_empty()).then_some((mattered, differences))
    });
    let found: Vec<_> = found.collect();
    if found.is_empty() {
        say(
            "None of them made a difference to what is compared: compliance by half a percentage point, a deadline, the end.",
            "  ",
        );
    }
    for (it, differences) in found.iter().take(PRINTED) {
        let more = differences.len().saturating_sub(DIFFERENCES);
        let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        let texts: Vec<&str> = differences.iter().take(DIFFERENCES).map(|it| &*it.text).collect();
        say(
            &format!(
                "Without {} on {}: {}{more}.",
                what(model, it.event.kind),
                it.date(model),
                texts.join(", and ")
            ),
            "  ",
        );
    }
    if found.len() > PRINTED {
        say(&format!("{} more made a smaller difference.", found.len() - PRINTED), "  ");
    }
}
