//! References: every id that a table names must be there.

use super::context::Context;
use crate::scenario::read::Keys;
use crate::scenario::refer::{Entry, Reference, Wanted};
use crate::scenario::{Conduct, Policy};

pub(super) fn check(c: &mut Context<'_>) {
    let s = c.scenario;
    for entry in s.entries().chain(s.readings.iter().map(|reading| reading as &dyn Entry)) {
        let by = entry.called();
        for reference in entry.references() {
            follow(c, &reference, &by);
        }
    }
    let mut of_outcome = Vec::new();
    Keys::refer(&s.outcome, &s.outcome.spans, &mut of_outcome);
    for reference in of_outcome {
        follow(c, &reference, "[outcome]");
    }
    for conduct in &s.conducts {
        groups(c, conduct);
    }
}

/// What is named must be there, and stand once in its list.
fn follow(c: &mut Context<'_>, reference: &Reference<'_>, by: &str) {
    let Reference { key, id, span, wanted, earlier } = reference;
    let span = span.clone();
    let kinds = match wanted {
        Wanted::Tables(kinds) => kinds,
        Wanted::Element => {
            c.error(span, format!("`{key}` of {by} is an empty list"))
                .label("names nothing")
                .help("name at least one");
            return;
        }
        Wanted::Day => {
            c.error(span, format!("`{key}` is 0"))
                .label("at least 1 day")
                .help(format!("write {key} = 1 for every day"));
            return;
        }
    };
    let label = format!("named by `{key}` of {by}");
    if let Some(diagnostic) = c.names.missing(id, span.clone(), kinds, &label) {
        c.push(diagnostic);
    }
    if let Some(earlier) = earlier
        && !id.is_empty()
    {
        c.warning(span, format!("`{key}` of {by} names `{id}` twice"))
            .label("again")
            .related(earlier.clone(), "first here")
            .help("leave one of them out");
    }
}

/// Scripted orders name groups of sites, which have no table.
fn groups(c: &mut Context<'_>, conduct: &Conduct) {
    let Policy::Scripted(scripted) = &conduct.policy else {
        return;
    };
    for order in &scripted.orders {
        for (index, group) in order.groups.iter().enumerate() {
            let span = order.spans.item("groups", index);
            let label = format!("`groups` of an order of conduct `{}`", conduct.id);
            if let Some(diagnostic) = c.names.missing_group(group, span, &label) {
                c.push(diagnostic);
            }
        }
    }
}
