//! What the map shows and how places become points.
//!
//! The projection keeps distance and direction from the middle of the map
//! (azimuthal equidistant on the ellipsoid); at the few hundred kilometres of a
//! map one scale holds everywhere to a fraction of a per cent.

use crate::chart::basemap;
use crate::chart::plane::{Pt, Rect, along, apart};
use crate::chart::{ChartCurve, ChartInput, theme};
use crate::geo::{Line, Position, azimuth_deg, destination, distance_m};

/// Width of the map's frame.
const FRAME_WIDTH: f64 = 652.0;
/// Forces farther from the line than this many target distances do not widen the
/// view.
const REACH: f64 = 1.5;
/// Kilometres that a view shows at least.
const LEAST_KM: f64 = 12.0;

/// The map's frame and its projection.
#[derive(Debug, Clone, Copy)]
pub(super) struct MapView {
    /// The frame on the sheet.
    pub(super) frame: Rect,
    centre: Position,
    /// Pixels in a kilometre.
    pub(super) scale: f64,
}

/// East and north of the centre in km.
fn plane(centre: Position, at: Position) -> Pt {
    let km = distance_m(centre, at) / 1000.0;
    if km == 0.0 {
        return (0.0, 0.0);
    }
    let azimuth = azimuth_deg(centre, at).to_radians();
    (km * libm::sin(azimuth), km * libm::cos(azimuth))
}

impl MapView {
    /// A view of a map, its frame hanging from `top`, and the lines to measure from; none
    /// where there is nothing to put on it.
    pub(super) fn of(input: &ChartInput, top: f64) -> Option<(MapView, Vec<(&ChartCurve, Line)>)> {
        let lines = measures(input);
        Some((MapView::fit(&core(input, &lines), top)?, lines))
    }

    /// A view that holds these places, its frame hanging from `top`.
    pub(super) fn fit(places: &[Position], top: f64) -> Option<MapView> {
        let mut centre = places.first().copied()?;
        let mut size = (0.0, 0.0);
        for _ in 0..6 {
            let (mut low, mut high) = ((f64::MAX, f64::MAX), (f64::MIN, f64::MIN));
            for place in places {
                let (x, y) = plane(centre, *place);
                low = (low.0.min(x), low.1.min(y));
                high = (high.0.max(x), high.1.max(y));
            }
            size = (high.0 - low.0, high.1 - low.1);
            let (x, y) = ((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0);
            let azimuth = libm::atan2(x, y).to_degrees();
            centre = destination(centre, azimuth, libm::hypot(x, y) * 1000.0);
        }
        let wide = (size.0 * 1.12).max(LEAST_KM);
        let high = (size.1 * 1.12).max(LEAST_KM);
        let height = (FRAME_WIDTH * high / wide).clamp(440.0, 720.0);
        let x0 = theme::MARGIN + 44.0;
        Some(MapView {
            frame: Rect::new(x0, top, x0 + FRAME_WIDTH, top + height),
            centre,
            scale: (FRAME_WIDTH / wide).min(height / high),
        })
    }

    /// Where a place lies on the sheet.
    pub(super) fn point(&self, place: Position) -> Pt {
        let (x, y) = plane(self.centre, place);
        let (cx, cy) = self.frame.centre();
        (cx + x * self.scale, cy - y * self.scale)
    }

    /// The place at a point of the sheet.
    pub(super) fn place(&self, (x, y): Pt) -> Position {
        let (cx, cy) = self.frame.centre();
        let (east, north) = ((x - cx) / self.scale, (cy - y) / self.scale);
        let azimuth = libm::atan2(east, north).to_degrees();
        destination(self.centre, azimuth, libm::hypot(east, north) * 1000.0)
    }

    /// A longitude within 180° of the middle of the map.
    pub(super) fn near_lon(&self, lon: f64) -> f64 {
        let middle = self.centre.lon();
        middle + (lon - middle + 180.0).rem_euclid(360.0) - 180.0
    }

    /// Points along the frame with their places, from the upper left clockwise.
    pub(super) fn rim(&self, parts: u32) -> Vec<(Pt, Position)> {
        let corners = self.frame.corners();
        let next = corners.iter().cycle().skip(1);
        let mut rim = Vec::new();
        for (a, b) in corners.iter().zip(next) {
            for k in 0..parts {
                let share = f64::from(k) / f64::from(parts);
                let at = along(*a, *b, share);
                rim.push((at, self.place(at)));
            }
        }
        rim
    }

    /// The rectangle of degrees that holds the frame.
    pub(super) fn degrees(&self) -> basemap::View {
        let rim = self.rim(32);
        let lats = || rim.iter().map(|(_, p)| p.lat());
        let lons = || rim.iter().map(|(_, p)| self.near_lon(p.lon()));
        let mut view = basemap::View {
            south: lats().fold(90.0, f64::min) - 0.05,
            west: lons().fold(f64::MAX, f64::min) - 0.05,
            north: lats().fold(-90.0, f64::max) + 0.05,
            east: lons().fold(f64::MIN, f64::max) + 0.05,
        };
        for pole in [90.0, -90.0] {
            let inside = Position::new(pole, 0.0).is_ok_and(|p| self.frame.has(self.point(p)));
            if inside {
                view.south = view.south.min(pole);
                view.north = view.north.max(pole);
                view.west = self.centre.lon() - 180.0;
                view.east = self.centre.lon() + 180.0;
            }
        }
        view
    }

    /// A line given in degrees (latitude, longitude) as points; long edges are
    /// parted so that they bend as the map does.
    pub(super) fn degrees_to_points(&self, line: &[(f64, f64)]) -> Vec<Pt> {
        let mut points = Vec::with_capacity(line.len());
        points.extend(line.first().and_then(|&(lat, lon)| self.degree(lat, lon)));
        for pair in line.windows(2) {
            let &[from, to] = pair else { continue };
            let longest = (to.0 - from.0).abs().max((to.1 - from.1).abs());
            let parts = (longest / 0.5).floor() as u32 + 1;
            let each = (1..=parts).map(|k| along(from, to, f64::from(k) / f64::from(parts)));
            points.extend(each.filter_map(|(lat, lon)| self.degree(lat, lon)));
        }
        points
    }

    fn degree(&self, lat: f64, lon: f64) -> Option<Pt> {
        let lon = (lon + 180.0).rem_euclid(360.0) - 180.0;
        let place = Position::new(lat.clamp(-90.0, 90.0), lon).ok()?;
        Some(self.point(place))
    }

    /// A line of places as points, those nearer than a third of a pixel to the
    /// one before left out.
    pub(super) fn points(&self, line: &[Position]) -> Vec<Pt> {
        let mut points: Vec<Pt> = Vec::with_capacity(line.len());
        for (n, place) in line.iter().enumerate() {
            let at = self.point(*place);
            let near = points.last().is_some_and(|last| apart(*last, at) < 0.34);
            if !near || n + 1 == line.len() {
                points.push(at);
            }
        }
        points
    }
}

/// The lines that clauses measure from, to measure with.
pub(super) fn measures(input: &ChartInput) -> Vec<(&ChartCurve, Line)> {
    let used = input.curves.iter().filter(|curve| curve.in_use);
    used.filter_map(|curve| Some((curve, Line::new(curve.points.clone()).ok()?))).collect()
}

/// Kilometres from the nearest of the lines.
pub(super) fn nearest_km(lines: &[(&ChartCurve, Line)], place: Position) -> Option<f64> {
    lines.iter().map(|(_, line)| line.distance_m(place) / 1000.0).min_by(f64::total_cmp)
}

/// The largest distance that a clause asks for.
pub(super) fn target_km(input: &ChartInput) -> Option<f64> {
    let demands = input.clauses.iter().filter_map(|clause| clause.distance_km);
    demands.map(|(min, target)| min.max(target)).max_by(f64::total_cmp)
}

/// The places that the view must hold.
fn core(input: &ChartInput, lines: &[(&ChartCurve, Line)]) -> Vec<Position> {
    let mut core: Vec<Position> = Vec::new();
    for (curve, _) in lines {
        core.extend(&curve.points);
        let pieces = curve.at_km.iter().flat_map(|(_, pieces)| pieces);
        core.extend(pieces.flatten());
    }
    let ends = input.tracks.iter().flat_map(|it| [it.path.first(), it.path.last()]);
    let ends: Vec<Position> = ends.flatten().copied().collect();
    if !core.is_empty() {
        let reach = target_km(input).unwrap_or(60.0) * REACH;
        core.extend(ends.iter().filter(|p| nearest_km(lines, **p).is_some_and(|km| km <= reach)));
        return core;
    }
    if ends.is_empty() {
        return input.sites.iter().map(|s| s.position).collect();
    }
    // No line: around the force that is nearest to the others.
    let sums = ends.iter().map(|p| -> f64 { ends.iter().map(|q| distance_m(*p, *q)).sum() });
    let middle = sums.zip(&ends).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, p)| *p);
    if let Some(middle) = middle {
        let mut away: Vec<f64> = ends.iter().map(|p| distance_m(middle, *p)).collect();
        away.sort_by(f64::total_cmp);
        let usual = away.get(away.len() / 2).copied().unwrap_or(0.0);
        let reach = (usual * 4.0).max(30_000.0);
        core.extend(ends.iter().filter(|p| distance_m(middle, **p) <= reach));
    }
    core
}
