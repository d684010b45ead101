//! Points: shapes that have enough of them, and coordinates in order.

use super::context::Context;
use crate::diag::Span;
use crate::scenario::swapped::{distance_km, looks_swapped};
use crate::scenario::{Point, Shape, Spans};

/// Farther than this from all the rest, a point is suspect.
const FAR_KM: f64 = 1500.0;

pub(super) fn check(c: &mut Context<'_>) {
    for line in &c.scenario.lines {
        bands(line, c);
        let what = format!("line `{}`", line.id);
        drawn(c, &line.spans, &line.geojson, &line.points, &what, 2);
    }
    for area in &c.scenario.areas {
        if let Shape::Polygon(polygon) = &area.shape {
            let what = format!("polygon `{}`", area.id);
            drawn(c, &area.spans, &polygon.geojson, &polygon.points, &what, 3);
        }
    }
    if !swapped(c) {
        shapes_swapped(c);
    }
}

fn drawn(
    c: &mut Context<'_>,
    spans: &Spans,
    geojson: &Option<String>,
    points: &Option<Vec<Point>>,
    what: &str,
    least: usize,
) {
    match (geojson, points) {
        (Some(_), Some(_)) => {
            c.error(spans.of("points"), format!("{what} has both `geojson` and `points`"))
                .label("drawn here …")
                .related(spans.of("geojson"), "… and in this file")
                .help("leave one of the two out");
        }
        (None, None) => {
            c.error(spans.header(), format!("{what} has no points"))
                .label("neither `geojson` nor `points`")
                .help("add points = [{ lat = 33.1, lon = 35.8 }, …], or geojson = \"file.geojson#feature-id\"");
        }
        (None, Some(points)) => {
            let mut distinct: Vec<(u64, u64)> = points
                .iter()
                .map(|point| ((point.lat + 0.0).to_bits(), (point.lon + 0.0).to_bits()))
                .collect();
            distinct.sort_unstable();
            distinct.dedup();
            let count = distinct.len();
            if count < least {
                let points = if count == 1 { "point" } else { "points" };
                c.error(spans.of("points"), format!("{what} has only {count} distinct {points}"))
                    .label(format!("at least {least} are needed"))
                    .help("write points that differ, in order");
            }
        }
        (Some(_), None) => {}
    }
}

/// A point of the file and what to call it.
struct Named {
    lat: f64,
    lon: f64,
    span: Span,
    what: String,
}

fn all_points(c: &Context<'_>) -> Vec<Named> {
    let s = c.scenario;
    let mut all = Vec::new();
    for site in &s.sites {
        let span = site.spans.of("lat");
        if c.was_read(&span) && c.was_read(&site.spans.of("lon")) {
            all.push(Named {
                lat: site.lat,
                lon: site.lon,
                span,
                what: format!("site `{}`", site.id),
            });
        }
    }
    let mut add = |points: &[Point], what: String| {
        for point in points {
            let span = point.spans.header();
            if c.was_read(&span) {
                all.push(Named { lat: point.lat, lon: point.lon, span, what: what.clone() });
            }
        }
    };
    for line in &s.lines {
        let what = format!("a point of line `{}`", line.id);
        add(line.points.as_deref().unwrap_or_default(), what);
    }
    for area in &s.areas {
        if let Shape::Polygon(polygon) = &area.shape {
            let what = format!("a point of area `{}`", area.id);
            add(polygon.points.as_deref().unwrap_or_default(), what);
        }
    }
    for route in &s.routes {
        add(&route.via, format!("a point of route `{}`", route.id));
    }
    all
}

/// A point far from all the rest that would be among them with its
/// coordinates swapped: whether there is one.
fn swapped(c: &mut Context<'_>) -> bool {
    let points = all_points(c);
    if points.len() < 3 {
        return false;
    }
    let mut found = false;
    let lats = sorted(points.iter().map(|point| point.lat));
    let lons = sorted(points.iter().map(|point| point.lon));
    for Named { lat, lon, span, what } in points {
        let middle = (median_without(&lats, lat), median_without(&lons, lon));
        let as_written = distance_km((lat, lon), middle);
        let corrected = distance_km((lon, lat), middle);
        if lon.abs() <= 90.0 && as_written > FAR_KM && corrected < FAR_KM / 2.0 {
            found = true;
            c.error(span, format!("latitude and longitude of {what} look swapped"))
                .label(format!("{as_written:.0} km from the other points"))
                .help(format!(
                    "write lat = {lon}, lon = {lat}: that is {corrected:.0} km from them"
                ));
        }
    }
    found
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The median of all values but one `value` among them.
fn median_without(sorted: &[f64], value: f64) -> f64 {
    let out = sorted.partition_point(|it| it.total_cmp(&value).is_lt());
    let middle = (sorted.len() - 2) / 2;
    let at = if middle >= out { middle + 1 } else { middle };
    sorted.get(at).copied().unwrap_or(value)
}

/// Lines, areas and ways that lie far from every site, and near with their coordinates
/// swapped.
fn shapes_swapped(c: &mut Context<'_>) {
    let s = c.scenario;
    let sites = s.sites.iter().map(|site| (site.lat, site.lon)).collect::<Vec<_>>();
    let mut shapes: Vec<(&[Point], Span, String)> = Vec::new();
    for line in &s.lines {
        let points = line.points.as_deref().unwrap_or_default();
        shapes.push((points, line.spans.of("points"), format!("line `{}`", line.id)));
    }
    for area in &s.areas {
        if let Shape::Polygon(polygon) = &area.shape {
            let points = polygon.points.as_deref().unwrap_or_default();
            shapes.push((points, area.spans.of("points"), format!("area `{}`", area.id)));
        }
    }
    for route in &s.routes {
        shapes.push((&route.via, route.spans.of("via"), format!("route `{}`", route.id)));
    }
    for (points, span, what) in shapes {
        let points: Vec<(f64, f64)> = points.iter().map(|point| (point.lat, point.lon)).collect();
        if let Some(found) = looks_swapped(&points, &sites) {
            c.warning(span, format!("latitude and longitude of {what} look swapped"))
                .label(format!("{:.0} km from every site", found.as_written))
                .help(format!(
                    "write the one for the other in each point: that is {:.0} km from a site",
                    found.exchanged
                ));
        }
    }
}

/// Edges of bands rise, and there are two at least.
fn bands(line: &crate::scenario::Line, c: &mut Context<'_>) {
    let edges = &line.bands_km;
    if edges.len() == 1 {
        c.error(line.spans.of("bands_km"), "one edge makes no band")
            .label("here")
            .help("name two edges or more, in kilometres, rising: bands_km = [0, 20, 40]");
    }
    for (index, pair) in edges.windows(2).enumerate() {
        if pair[1] <= pair[0] {
            c.error(line.spans.item("bands_km", index + 1), "edges of bands must rise")
                .label("not more than the one before it")
                .help("write them in kilometres, rising: bands_km = [0, 20, 40]");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_leaves_its_own_value_out() {
        let values = [1.0, 2.0, 3.0, 10.0];
        assert_eq!(median_without(&values, 10.0), 2.0);
        assert_eq!(median_without(&values, 1.0), 3.0);
        assert_eq!(median_without(&values, 2.0), 3.0);
    }
}
