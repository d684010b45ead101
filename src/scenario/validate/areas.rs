//! Areas: what they are made of, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::names::in_a_circle;
use crate::diag::Diagnostic;
use crate::scenario::read::Value;
use crate::scenario::{Area, Shape, Width};

pub(super) fn check(c: &mut Context<'_>) {
    for area in &c.scenario.areas {
        match &area.shape {
            Shape::Band(_) if half_a_band(c, area) => {}
            Shape::Band(band) if band.ends().1 <= band.ends().0 => c.push(
                Diagnostic::error(
                    area.spans.of("to_km"),
                    format!("band `{}` ends where it begins, or before", area.id),
                )
                .label(format!("{} km", band.ends().1))
                .related(area.spans.of("from_km"), format!("{} km", band.ends().0))
                .help("write to_km above from_km"),
            ),
            Shape::Union(it) | Shape::Intersection(it) | Shape::Difference(it)
                if it.of.is_empty() =>
            {
                c.push(
                    Diagnostic::error(
                        area.spans.of("of"),
                        format!("area `{}` is made of nothing", area.id),
                    )
                    .label("an empty list")
                    .help("name the areas it is made of"),
                );
            }
            _ => {}
        }
    }
    circular(c);
}

/// A band has two ends, or else a width and what it is of. Whether it lacks one of them.
fn half_a_band(c: &mut Context<'_>, area: &Area) -> bool {
    const ENDS: [(&str, &str); 2] = [("from_km", f64::EXPECTED), ("to_km", f64::EXPECTED)];
    const WIDTH: [(&str, &str); 2] = [("width_km", f64::EXPECTED), ("width", Width::EXPECTED)];
    let spans = &area.spans;
    let (needed, others) = match WIDTH.iter().any(|(key, _)| spans.has(key)) {
        true => (WIDTH, Some(ENDS)),
        false => (ENDS, None),
    };
    let missing: Vec<_> = needed.into_iter().filter(|(key, _)| !spans.has(key)).collect();
    for (key, expected) in &missing {
        c.push(
            Diagnostic::error(spans.header(), format!("[[area]] has no `{key}`"))
                .label("in this table")
                .help(format!("add `{key} = …`: {expected}")),
        );
    }
    for (key, _) in others.into_iter().flatten().filter(|(key, _)| spans.has(key)) {
        let message = format!("`{key}` of [[area]] does not go with `width_km`");
        let help =
            "write from_km and to_km for a band on one side, or width_km and width for one on both";
        c.push(Diagnostic::error(spans.of(key), message).help(help));
    }
    !missing.is_empty()
}

/// Areas are settled once all their parts are; what is left goes in a circle
/// or hangs on one.
fn circular(c: &mut Context<'_>) {
    let areas: BTreeMap<&str, &Area> =
        c.scenario.areas.iter().map(|area| (area.id.as_str(), area)).collect();
    let made_of = |id: &str| {
        let parts = areas[id].shape.parts().iter();
        parts.map(String::as_str).filter(|part| areas.contains_key(part))
    };
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut waits: BTreeMap<&str, usize> = BTreeMap::new();
    for id in areas.keys().copied() {
        waits.insert(id, made_of(id).count());
        made_of(id).for_each(|part| users.entry(part).or_default().push(id));
    }
    let mut open: BTreeSet<&str> = areas.keys().copied().collect();
    let mut settled: Vec<&str> = open.iter().copied().filter(|id| waits[id] == 0).collect();
    while let Some(id) = settled.pop() {
        open.remove(id);
        for user in users.get(id).into_iter().flatten().copied() {
            let left = waits.entry(user).or_default();
            *left -= 1;
            if *left == 0 {
                settled.push(user);
            }
        }
    }
    // From any of the rest, following open parts leads into a circle.
    let Some(mut at) = open.first().copied() else {
        return;
    };
    let mut path: Vec<&str> = Vec::new();
    let mut passed: BTreeSet<&str> = BTreeSet::new();
    while passed.insert(at) {
        path.push(at);
        let parts = areas[at].shape.parts();
        let next = parts.iter().find(|it| open.contains(it.as_str()));
        at = next.map_or(at, |next| next.as_str());
    }
    let from = path.iter().position(|id| *id == at).unwrap_or(0);
    c.push(
        Diagnostic::error(
            areas[at].spans.of("of"),
            format!("areas made of each other: {}", in_a_circle(&path[from..], "of")),
        )
        .label(format!("area `{at}` is in the end made of itself"))
        .help("draw one of them by points, a buffer or a band"),
    );
}
