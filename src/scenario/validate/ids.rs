//! Ids: each names one thing.

use std::collections::BTreeMap;

use super::context::Context;
use super::names::{Entry, Kind};
use crate::diag::Diagnostic;
use crate::scenario::ASSUMPTION;

/// Tables whose ids one key may name either of, with that key.
const SHARED: [(&[Kind], &str); 2] = [
    (&[Kind::Line, Kind::Area, Kind::Site], "`from` and `of` may name a line, an area or a site"),
    (&[Kind::Phase, Kind::Clause], "`after` may name a phase or a clause"),
];

pub(super) fn check(c: &mut Context<'_>) {
    let mut first: BTreeMap<(usize, &str), Entry<'_>> = BTreeMap::new();
    let mut repeated = Vec::new();
    for entry in &c.names.entries {
        if let Some(earlier) = first.get(&(namespace(entry.kind), entry.id)) {
            repeated.push(again(earlier, entry));
        } else {
            first.insert((namespace(entry.kind), entry.id), entry.clone());
        }
        if entry.kind == Kind::Source && entry.id == ASSUMPTION {
            let diagnostic =
                Diagnostic::error(entry.span.clone(), "no source can be called `assumption`")
                    .label("this word is kept for numbers without a source")
                    .help("give the source another id");
            repeated.push(diagnostic);
        }
    }
    for diagnostic in repeated {
        c.push(diagnostic);
    }
}

/// Tables of one number share their ids.
fn namespace(kind: Kind) -> usize {
    let shared = SHARED.iter().position(|(kinds, _)| kinds.contains(&kind));
    shared.unwrap_or(SHARED.len() + kind as usize)
}

fn again(earlier: &Entry<'_>, entry: &Entry<'_>) -> Diagnostic {
    let (id, kind) = (entry.id, entry.kind);
    let message = if earlier.kind == kind {
        format!("two {} are called `{id}`", kind.many())
    } else {
        format!("{} and {} are both called `{id}`", earlier.kind.a(), kind.a())
    };
    let mut diagnostic = Diagnostic::error(entry.span.clone(), message)
        .label("used again here")
        .related(earlier.span.clone(), "first used here")
        .help(format!("give one of them another id, such as \"{id}-2\""));
    if earlier.kind != kind
        && let Some((_, why)) = SHARED.get(namespace(kind))
    {
        diagnostic = diagnostic.help(format!("{why}, so their ids must differ"));
    }
    diagnostic
}
