//! The one way in: parse, then every topic in turn.

use super::context::Context;
use super::{
    agreements, areas, clauses, conduct, conflict, dates, effects, experiment, gates, ids,
    monitors, parties, points, reach, records, references, rules, terms, variants,
};
use crate::diag::Diagnostics;
use crate::scenario::document::Draft;
use crate::scenario::{Scenario, without_experiments};

/// Reads a text and judges it, each `[[variant]]` and each value of an
/// `[experiment]` applied to it too. There is a
/// scenario only if there is no error; warnings travel along with it.
pub fn check_text(text: &str) -> (Option<Scenario>, Diagnostics) {
    let (scenario, mut found) = check_draft(text);
    let Some(scenario) = scenario else {
        return (None, found);
    };
    if scenario.experiment.is_some() || !scenario.variants.is_empty() {
        // What is varied is the rest of the file.
        let rest = without_experiments(text);
        let rest = rest.as_deref().unwrap_or(text);
        found.extend(variants::check(&scenario, rest));
        let experiment = scenario.experiment.as_ref();
        found.extend(experiment.map_or_else(Default::default, |it| experiment::check(it, rest)));
    }
    let found = found.sorted();
    (Some(scenario).filter(|_| !found.has_errors()), found)
}

/// As [`check_text`], but leaves variants and experiment alone: for one point of many,
/// after the file itself has been checked.
pub fn check_point(text: &str) -> (Option<Scenario>, Diagnostics) {
    check_draft(text)
}

/// Judges a scenario that was read without an error. Variants need the text:
/// see [`check_text`].
pub fn validate(scenario: &Scenario) -> Diagnostics {
    let mut context = Context::new(scenario, &[], &Diagnostics::default());
    each_topic(&mut context);
    of_the_whole(&mut context);
    context.into_found().sorted()
}

/// What could be read is judged even where something could not, so that every
/// mistake shows in one go; what depends on the whole file is left out then.
fn check_draft(text: &str) -> (Option<Scenario>, Diagnostics) {
    let Draft { scenario, lost, mut found } = Draft::read(text);
    let Some(scenario) = scenario else {
        return (None, found);
    };
    let readable = !found.has_errors();
    let mut context = Context::new(&scenario, &lost, &found);
    each_topic(&mut context);
    if readable {
        of_the_whole(&mut context);
    }
    found.extend(context.into_found());
    let found = found.sorted();
    (Some(scenario).filter(|_| !found.has_errors()), found)
}

fn each_topic(c: &mut Context<'_>) {
    ids::check(c);
    references::check(c);
    dates::check(c);
    gates::check(c);
    points::check(c);
    areas::check(c);
    parties::check(c);
    terms::check(c);
    monitors::check(c);
    clauses::check(c);
    agreements::check(c);
    conduct::check(c);
    conflict::check(c);
    rules::check(c);
    records::check(c);
}

/// What depends on the whole file. A file with an error is not asked what of it
/// has no effect: that may be the error's doing.
fn of_the_whole(c: &mut Context<'_>) {
    conduct::check_covered(c);
    effects::check_something_there(c);
    if !c.has_errors() {
        conduct::check_patrons(c);
        effects::check(c);
        reach::check(c);
    }
}
