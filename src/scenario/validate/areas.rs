//! Areas: what they are made of, and in which order.

use std::collections::BTreeMap;

use super::circles::{circles, in_a_circle};
use super::context::Context;
use crate::scenario::read::Value;
use crate::scenario::{Area, Shape, Width};

pub(super) fn check(c: &mut Context<'_>) {
    for area in &c.scenario.areas {
        match &area.shape {
            Shape::Band(_) if half_a_band(c, area) => {}
            Shape::Band(band) if band.ends().1 <= band.ends().0 => {
                let message = format!("band `{}` ends where it begins, or before", area.id);
                c.error(area.spans.of("to_km"), message)
                    .label(format!("{} km", band.ends().1))
                    .related(area.spans.of("from_km"), format!("{} km", band.ends().0))
                    .help("write to_km above from_km");
            }
            Shape::Union(it) | Shape::Intersection(it) | Shape::Difference(it)
                if it.of.is_empty() =>
            {
                c.error(area.spans.of("of"), format!("area `{}` is made of nothing", area.id))
                    .label("an empty list")
                    .help("name the areas it is made of");
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
        c.error(spans.header(), format!("[[area]] has no `{key}`"))
            .label("in this table")
            .help(format!("add `{key} = …`: {expected}"));
    }
    for (key, _) in others.into_iter().flatten().filter(|(key, _)| spans.has(key)) {
        let message = format!("`{key}` of [[area]] does not go with `width_km`");
        let help =
            "write from_km and to_km for a band on one side, or width_km and width for one on both";
        c.error(spans.of(key), message).help(help);
    }
    !missing.is_empty()
}

/// Areas that are in the end made of themselves.
fn circular(c: &mut Context<'_>) {
    let areas: BTreeMap<&str, &Area> =
        c.scenario.areas.iter().map(|area| (area.id.as_str(), area)).collect();
    let parts = |id| {
        let area = areas.get(id).copied();
        let parts = area.map_or(&[][..], |area| area.shape.parts()).iter();
        parts.map(|part| (part.as_str(), ()))
    };
    let circles = circles(areas.keys().copied(), parts, []);
    let Some(circle) = circles.first() else { return };
    let ids: Vec<&str> = circle.iter().map(|(id, ())| *id).collect();
    let message = format!("areas made of each other: {}", in_a_circle(&ids, "of"));
    c.error(areas[ids[0]].spans.of("of"), message)
        .label(format!("area `{}` is in the end made of itself", ids[0]))
        .help("draw one of them by points, a buffer or a band");
}
