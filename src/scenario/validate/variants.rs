//! Variants: each, applied to the file, must itself be a good scenario.

use super::check::check_point;
use crate::diag::{Diagnostic, Diagnostics, Level, Span};
use crate::scenario::edit::{Assignment, apply};
use crate::scenario::{Scenario, Variant};

/// More errors of one variant than this say nothing new.
const MOST: usize = 3;

/// Each variant is judged as a file of its own: so many bytes of them, 64 MiB.
const MAX_BYTES: usize = 64 * 1024 * 1024;

pub(super) fn check(scenario: &Scenario, text: &str) -> Diagnostics {
    let mut found = Diagnostics::default();
    let mut judged = 0;
    for variant in &scenario.variants {
        judged += text.len();
        if judged > MAX_BYTES {
            let message = format!("too many variants for a file of {} bytes", text.len());
            found
                .error(variant.spans.header(), message)
                .label("from this one on they are not judged")
                .help("leave some out, or set their values with --set");
            break;
        }
        of_variant(variant, text, &mut found);
    }
    found
}

fn of_variant(variant: &Variant, text: &str, found: &mut Diagnostics) {
    if variant.set.is_empty() {
        found
            .warning(variant.spans.of("set"), format!("variant `{}` changes nothing", variant.id))
            .label("an empty table")
            .help("write set = { \"clause.….min_km\" = 100 }");
        return;
    }
    judge(
        &format!("variant `{}`", variant.id),
        text,
        &variant.assignments(),
        |path| variant.spans.inner_key("set", path),
        |path| match path {
            Some(path) => variant.spans.inner("set", path),
            None => variant.spans.of("set"),
        },
        found,
    );
}

/// Reports what is wrong with the text once the assignments are made. `name` is
/// what messages call them; the spans are those of a path and of its value, or of
/// all values.
pub(super) fn judge(
    name: &str,
    text: &str,
    assignments: &[Assignment],
    path: impl Fn(&str) -> Span,
    value: impl Fn(Option<&str>) -> Span,
    found: &mut Diagnostics,
) {
    let mut refused = false;
    for assignment in assignments {
        if let Err(error) = apply(text, std::slice::from_ref(assignment)) {
            refused = true;
            let message = format!("{name} cannot be applied: {}", error.message());
            found.error(path(&assignment.path), message).label("this path").helps(error.help());
        }
    }
    if refused {
        return;
    }
    for error in errors(text, assignments).into_iter().take(MOST) {
        let culprit = culprit(text, assignments, &error);
        let label = if error.label.is_empty() { "with this value" } else { &error.label };
        found
            .error(
                value(culprit.map(|it| it.path.as_str())),
                format!("{name} is no good scenario: {}", error.message),
            )
            .label(label)
            .helps(&error.help);
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
    assignments.iter().enumerate().find_map(|(index, assignment)| {
        let mut others = assignments.to_vec();
        others.remove(index);
        let remains = |d: &Diagnostic| d.message == error.message;
        (!errors(text, &others).iter().any(remains)).then_some(assignment)
    })
}
