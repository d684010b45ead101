//! Areas: what they are made of, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use crate::diag::Diagnostic;
use crate::scenario::{Area, Shape};

pub(super) fn check(c: &mut Context<'_>) {
    for area in &c.scenario.areas {
        match &area.shape {
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

/// The areas an area is made of.
fn parts(area: &Area) -> &[String] {
    match &area.shape {
        Shape::Polygon(_) | Shape::Band(_) => &[],
        Shape::Buffer(it) => std::slice::from_ref(&it.of),
        Shape::Union(it) | Shape::Intersection(it) | Shape::Difference(it) => &it.of,
    }
}

/// Areas are settled once all their parts are; what is left goes in a circle
/// or hangs on one.
fn circular(c: &mut Context<'_>) {
    let areas: BTreeMap<&str, &Area> = c
        .scenario
        .areas
        .iter()
        .map(|area| (area.id.as_str(), area))
        .collect();
    let mut open: BTreeSet<&str> = areas.keys().copied().collect();
    loop {
        let settled: Vec<&str> = open
            .iter()
            .copied()
            .filter(|id| {
                !parts(areas[id])
                    .iter()
                    .any(|part| open.contains(part.as_str()))
            })
            .collect();
        if settled.is_empty() {
            break;
        }
        settled.iter().for_each(|id| {
            open.remove(id);
        });
    }
    // From any of the rest, following open parts leads into a circle.
    let Some(mut at) = open.first().copied() else {
        return;
    };
    let mut path: Vec<&str> = Vec::new();
    while !path.contains(&at) {
        path.push(at);
        let next = parts(areas[at])
            .iter()
            .find(|it| open.contains(it.as_str()));
        at = next.map_or(at, |next| next.as_str());
    }
    let from = path.iter().position(|id| *id == at).unwrap_or(0);
    let mut circle: Vec<String> = path[from..].iter().map(|id| format!("`{id}`")).collect();
    circle.push(format!("`{at}`"));
    c.push(
        Diagnostic::error(
            areas[at].spans.of("of"),
            format!("areas made of each other: {}", circle.join(" of ")),
        )
        .label(format!("area `{at}` is in the end made of itself"))
        .help("draw one of them by points, a buffer or a band"),
    );
}
