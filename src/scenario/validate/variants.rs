//! Variants: each, applied to the file, must itself be a good scenario.

use super::check::check_point;
use crate::diag::{Diagnostic, Diagnostics, Level};
use crate::scenario::edit::{Assignment, apply};
use crate::scenario::{Scenario, Variant};

/// More errors of one variant than this say nothing new.
const MOST: usize = 3;

pub(super) fn check(scenario: &Scenario, text: &str) -> Diagnostics {
    let mut found = Diagnostics::default();
    for variant in &scenario.variants {
        of_variant(variant, text, &mut found);
    }
    found
}

fn of_variant(variant: &Variant, text: &str, found: &mut Diagnostics) {
    if variant.set.is_empty() {
        found.push(
            Diagnostic::warning(
                variant.spans.of("set"),
                format!("variant `{}` changes nothing", variant.id),
            )
            .label("an empty table")
            .help("write set = { \"clause.….min_km\" = 100 }"),
        );
        return;
    }
    let assignments = variant.assignments();
    let mut refused = false;
    for assignment in &assignments {
        if let Err(error) = apply(text, std::slice::from_ref(assignment)) {
            refused = true;
            let span = variant.spans.inner_key("set", &assignment.path);
            let mut diagnostic = Diagnostic::error(
                span,
                format!(
                    "variant `{}` cannot be applied: {}",
                    variant.id,
                    error.message()
                ),
            )
            .label("this path");
            for help in error.help() {
                diagnostic = diagnostic.help(help);
            }
            found.push(diagnostic);
        }
    }
    if refused {
        return;
    }
    for error in errors(text, &assignments).into_iter().take(MOST) {
        let span = match culprit(text, &assignments, &error) {
            Some(assignment) => variant.spans.inner("set", &assignment.path),
            None => variant.spans.of("set"),
        };
        let mut diagnostic = Diagnostic::error(
            span,
            format!(
                "variant `{}` is no good scenario: {}",
                variant.id, error.message
            ),
        )
        .label(if error.label.is_empty() {
            "with this value".into()
        } else {
            error.label
        });
        diagnostic.help = error.help;
        found.push(diagnostic);
    }
}

/// The errors of the text with the assignments applied.
fn errors(text: &str, assignments: &[Assignment]) -> Vec<Diagnostic> {
    let Ok(applied) = apply(text, assignments) else {
        return Vec::new();
    };
    let (_, found) = check_point(&applied);
    let errors = found.iter().filter(|d| d.level == Level::Error);
    errors.cloned().collect()
}

/// The assignment without which the error is gone, if it is one alone.
fn culprit<'a>(
    text: &str,
    assignments: &'a [Assignment],
    error: &Diagnostic,
) -> Option<&'a Assignment> {
    if let [only] = assignments {
        return Some(only);
    }
    assignments.iter().enumerate().find_map(|(index, it)| {
        let mut others = assignments.to_vec();
        others.remove(index);
        let remains = |d: &Diagnostic| d.message == error.message;
        (!errors(text, &others).iter().any(remains)).then_some(it)
    })
}
