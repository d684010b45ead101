//! The embedded base map: coasts, borders and land of Natural Earth 10 m.
//!
//! The map is a set of arcs shared between countries, on a grid of 0.0036° of
//! longitude by 0.0017° of latitude (at most 400 m by 190 m). An arc used by
//! one country is a coast, one used by two or more is a border. Boundaries
//! follow control on the ground as Natural Earth draws it.
//!
//! Longitudes that come out run on eastwards from the view's western edge: a
//! view from 170 to −170 yields 170 to 190, so a line across the date line can
//! be drawn as it is.
//!
//! `assets/make_basemap.py` describes the file and makes it.

use std::sync::{Arc, OnceLock};

const MAGIC: &[u8] = b"DISBASE1";
static EMBEDDED: &[u8] = include_bytes!("assets/natural-earth-10m.bin");

/// Grid coordinates stay below this, so that sums of them cannot overflow.
const LARGEST: i64 = 1 << 24;

/// Who made the map, for the foot of a chart.
pub const CREDIT: &str = "Base map: Natural Earth";

/// A part of the earth's surface, in degrees.
///
/// `west` greater than `east` means a view across the date line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Southern edge, degrees north.
    pub south: f64,
    /// Western edge, degrees east.
    pub west: f64,
    /// Northern edge, degrees north.
    pub north: f64,
    /// Eastern edge, degrees east.
    pub east: f64,
}

impl View {
    /// The same view with `west <= east`, at most once round the earth. `None`
    /// if it holds no area.
    fn frame(self) -> Option<Bounds> {
        let mut width = self.east - self.west;
        if width < 0.0 {
            width += 360.0;
        }
        let bounds = Bounds {
            south: self.south,
            west: self.west,
            north: self.north,
            east: self.west + width.min(360.0),
        };
        let finite = bounds.south.is_finite()
            && bounds.north.is_finite()
            && bounds.west.abs() <= 1e4
            && bounds.east.abs() <= 1e4;
        (finite && bounds.south < bounds.north && bounds.west < bounds.east).then_some(bounds)
    }
}

/// What a line of the base map stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// Land meets water.
    Coast,
    /// Two countries meet.
    Border,
}

/// Points as (latitude, longitude) in degrees, from the first to the last; the
/// first is not repeated at the end.
pub type Ring = Vec<(f64, f64)>;

/// An area with its holes.
#[derive(Debug, Clone, PartialEq)]
pub struct Polygon {
    /// The outer ring.
    pub outer: Ring,
    /// Rings cut out of it.
    pub holes: Vec<Ring>,
}

impl Polygon {
    /// Whether the point lies inside, in the plane of latitude and longitude.
    #[must_use]
    pub fn contains(&self, lat: f64, lon: f64) -> bool {
        ring_contains(&self.outer, lat, lon)
            && !self.holes.iter().any(|hole| ring_contains(hole, lat, lon))
    }
}

fn ring_contains(ring: &[(f64, f64)], lat: f64, lon: f64) -> bool {
    let mut inside = false;
    let Some(mut previous) = ring.last().copied() else {
        return false;
    };
    for &(y, x) in ring {
        let (py, px) = previous;
        if (y > lat) != (py > lat) && lon < (px - x) * (lat - y) / (py - y) + x {
            inside = !inside;
        }
        previous = (y, x);
    }
    inside
}

/// Why bytes are not a base map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaseMapError {
    /// The first bytes are not those of a base map.
    #[error("not a base map")]
    Magic,
    /// The bytes end too early.
    #[error("the base map is cut short")]
    Truncated,
    /// The bytes have been changed.
    #[error("the base map's checksum does not match")]
    Checksum,
    /// The bytes say something that no base map says.
    #[error("the base map is malformed: {0}")]
    Invalid(&'static str),
}

/// A rectangle in degrees, `west <= east`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bounds {
    south: f64,
    west: f64,
    north: f64,
    east: f64,
}

impl Bounds {
    /// By how many degrees something in these bounds must move for it to touch
    /// `frame`: a multiple of 360, or several where the frame is wide.
    fn shifts_into(&self, frame: &Bounds) -> impl Iterator<Item = f64> + use<> {
        let beside = self.north < frame.south || self.south > frame.north;
        let first = ((frame.west - self.east) / 360.0).ceil() as i32;
        let last = ((frame.east - self.west) / 360.0).floor() as i32;
        (first..=last)
            .filter(move |_| !beside)
            .map(|turns| f64::from(turns) * 360.0)
    }

    /// Whether these bounds, moved east by `shift`, lie inside `frame`.
    fn within(&self, frame: &Bounds, shift: f64) -> bool {
        self.south >= frame.south
            && self.north <= frame.north
            && self.west + shift >= frame.west
            && self.east + shift <= frame.east
    }

    fn smaller_than(&self, size: f64) -> bool {
        self.north - self.south < size && self.east - self.west < size
    }

    fn area(&self) -> f64 {
        (self.north - self.south) * (self.east - self.west)
    }
}

/// A rectangle on the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct GridBox {
    x: (i64, i64),
    y: (i64, i64),
}

impl GridBox {
    fn holds(&self, x: i64, y: i64) -> bool {
        (self.x.0..=self.x.1).contains(&x) && (self.y.0..=self.y.1).contains(&y)
    }

    fn moved(mut self, dx: i64) -> GridBox {
        self.x = (self.x.0 + dx, self.x.1 + dx);
        self
    }

    fn joined(self, other: GridBox) -> GridBox {
        GridBox {
            x: (self.x.0.min(other.x.0), self.x.1.max(other.x.1)),
            y: (self.y.0.min(other.y.0), self.y.1.max(other.y.1)),
        }
    }
}

#[derive(Debug)]
struct Line {
    /// `None` for an edge that is neither coast nor border.
    kind: Option<LineKind>,
    grid_box: GridBox,
    /// At least two.
    points: Vec<(i32, i32)>,
}

/// An arc and the direction in which a ring runs through it.
#[derive(Debug, Clone, Copy)]
struct Reference {
    line: usize,
    backwards: bool,
}

/// A polygon as references to lines; the first ring is the outer one.
#[derive(Debug)]
struct Shape {
    rings: Vec<Vec<Reference>>,
    bounds: Bounds,
}

/// A country of the base map.
#[derive(Debug)]
pub struct Country {
    name: String,
    iso: Option<u16>,
    shapes: Vec<Shape>,
}

impl Country {
    /// Its name in English, as Natural Earth abbreviates it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its ISO 3166-1 numeric code, if it has one.
    #[must_use]
    pub fn iso_numeric(&self) -> Option<u16> {
        self.iso
    }
}

#[derive(Debug, Default)]
struct Inner {
    grid: Grid,
    lines: Vec<Line>,
    countries: Vec<Country>,
    land: Vec<Shape>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Grid {
    lon0: f64,
    lat0: f64,
    dlon: f64,
    dlat: f64,
    period: i64,
}

impl Grid {
    fn lon(&self, x: i64) -> f64 {
        self.lon0 + x as f64 * self.dlon
    }

    fn lat(&self, y: i64) -> f64 {
        self.lat0 + y as f64 * self.dlat
    }

    fn bounds(&self, grid_box: GridBox) -> Bounds {
        Bounds {
            south: self.lat(grid_box.y.0),
            west: self.lon(grid_box.x.0),
            north: self.lat(grid_box.y.1),
            east: self.lon(grid_box.x.1),
        }
    }
}

/// The base map, decoded. Cloning it is cheap.
#[derive(Debug, Clone, Default)]
pub struct BaseMap {
    inner: Arc<Inner>,
}

impl BaseMap {
    /// The map that comes with the program, decoded once.
    #[must_use]
    pub fn embedded() -> BaseMap {
        static MAP: OnceLock<BaseMap> = OnceLock::new();
        // A test decodes these very bytes, so the empty map never comes about.
        MAP.get_or_init(|| BaseMap::decode(EMBEDDED).unwrap_or_default())
            .clone()
    }

    /// Decodes a base map and checks all of it.
    ///
    /// # Errors
    ///
    /// If the bytes are not a whole and consistent base map.
    pub fn decode(bytes: &[u8]) -> Result<BaseMap, BaseMapError> {
        let mut reader = Reader { bytes };
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(BaseMapError::Magic);
        }
        let checksum = reader.array().map(u32::from_le_bytes)?;
        if adler32(reader.bytes) != checksum {
            return Err(BaseMapError::Checksum);
        }
        let grid = reader.grid()?;

        let count = reader.count()?;
        let mut drafts = Vec::with_capacity(count);
        for _ in 0..count {
            let iso = u16::try_from(reader.varint()?)
                .map_err(|_| BaseMapError::Invalid("a country's code"))?;
            let length = reader.count()?;
            let name = std::str::from_utf8(reader.take(length)?)
                .map_err(|_| BaseMapError::Invalid("a country's name"))?;
            drafts.push((name.to_owned(), (iso != 0).then_some(iso), reader.rings()?));
        }
        let land = reader.rings()?;

        let count = reader.count()?;
        let mut lines = Vec::with_capacity(count);
        for _ in 0..count {
            lines.push(reader.line()?);
        }
        if !reader.bytes.is_empty() {
            return Err(BaseMapError::Invalid("bytes after the end"));
        }

        let mut countries = Vec::with_capacity(drafts.len());
        for (name, iso, polygons) in drafts {
            countries.push(Country {
                name,
                iso,
                shapes: shapes(polygons, &lines, grid)?,
            });
        }
        let land = shapes(land, &lines, grid)?;
        Ok(BaseMap {
            inner: Arc::new(Inner {
                grid,
                lines,
                countries,
                land,
            }),
        })
    }

    /// All countries.
    #[must_use]
    pub fn countries(&self) -> &[Country] {
        &self.inner.countries
    }

    /// The country of this name.
    #[must_use]
    pub fn country(&self, name: &str) -> Option<&Country> {
        self.countries().iter().find(|c| c.name == name)
    }

    /// The coasts and borders in the view, cut at its edges.
    ///
    /// No drawn line strays from the map by more than `tolerance` degrees; what
    /// is smaller than that is left out. Zero keeps every point.
    pub fn lines_in(
        &self,
        view: View,
        tolerance: f64,
    ) -> impl Iterator<Item = (LineKind, Vec<(f64, f64)>)> {
        let frame = view.frame();
        self.inner
            .lines
            .iter()
            .flat_map(move |line| match (frame, line.kind) {
                (Some(frame), Some(kind)) => self.pieces(line, kind, &frame, tolerance),
                _ => Vec::new(),
            })
    }

    fn pieces(
        &self,
        line: &Line,
        kind: LineKind,
        frame: &Bounds,
        tolerance: f64,
    ) -> Vec<(LineKind, Vec<(f64, f64)>)> {
        let grid = self.inner.grid;
        let bounds = grid.bounds(line.grid_box);
        let mut pieces = Vec::new();
        let mut shifts = bounds.shifts_into(frame).peekable();
        if shifts.peek().is_none() {
            return pieces;
        }
        let kept = simplified(&line.points, grid, tolerance);
        if let [a, b] = kept[..]
            && a == b
        {
            return pieces;
        }
        for shift in shifts {
            let points: Vec<(f64, f64)> = kept
                .iter()
                .map(|&(x, y)| (grid.lat(y.into()), grid.lon(x.into()) + shift))
                .collect();
            if bounds.within(frame, shift) {
                pieces.push((kind, points));
            } else {
                pieces.extend(clip_line(&points, frame).into_iter().map(|p| (kind, p)));
            }
        }
        pieces
    }

    /// The land in the view, cut at its edges, without the borders between
    /// countries: neighbouring fills leave no seam.
    ///
    /// Larger polygons come first, so painting each outer ring as land and then
    /// its holes as water gives the right picture. The cut edges run along the
    /// view's edge: fill these rings, but draw the coast by
    /// [`lines_in`](Self::lines_in).
    #[must_use]
    pub fn land_in(&self, view: View, tolerance: f64) -> Vec<Polygon> {
        self.clipped(&self.inner.land, view, tolerance)
    }

    /// The part of a country in the view, as [`land_in`](Self::land_in) gives
    /// it.
    #[must_use]
    pub fn country_in(&self, country: &Country, view: View, tolerance: f64) -> Vec<Polygon> {
        self.clipped(&country.shapes, view, tolerance)
    }

    /// All of a country, uncut, the largest polygon first. Where it crosses the
    /// date line, longitudes leave −180 to 180.
    #[must_use]
    pub fn outline(&self, country: &Country, tolerance: f64) -> Vec<Polygon> {
        let whole = |shape: &Shape| self.polygon(shape, 0.0, None, tolerance);
        country.shapes.iter().filter_map(whole).collect()
    }

    fn clipped(&self, shapes: &[Shape], view: View, tolerance: f64) -> Vec<Polygon> {
        let Some(frame) = view.frame() else {
            return Vec::new();
        };
        shapes
            .iter()
            .flat_map(|shape| {
                shape
                    .bounds
                    .shifts_into(&frame)
                    .filter_map(|shift| self.polygon(shape, shift, Some(&frame), tolerance))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    fn polygon(
        &self,
        shape: &Shape,
        shift: f64,
        frame: Option<&Bounds>,
        tolerance: f64,
    ) -> Option<Polygon> {
        if shape.bounds.smaller_than(tolerance) {
            return None;
        }
        let frame = frame.filter(|frame| !shape.bounds.within(frame, shift));
        let mut rings = shape.rings.iter().map(|references| {
            let ring = self.ring(references, shift, tolerance);
            match frame {
                Some(frame) => clip_ring(ring, frame),
                None => ring,
            }
        });
        let outer = rings.next().filter(|ring| ring.len() >= 3)?;
        let holes = rings.filter(|ring| ring.len() >= 3).collect();
        Some(Polygon { outer, holes })
    }

    /// The points of a ring. Lines are simplified before they are joined, so
    /// two countries agree about their border.
    fn ring(&self, references: &[Reference], shift: f64, tolerance: f64) -> Ring {
        let grid = self.inner.grid;
        let mut points: Vec<(i64, i64)> = Vec::new();
        for reference in references {
            // A country of another map may name a line that is not in this one.
            let Some(line) = self.inner.lines.get(reference.line) else {
                continue;
            };
            let mut next = simplified(&line.points, grid, tolerance);
            if reference.backwards {
                next.reverse();
            }
            let mut next = next.into_iter().map(|(x, y)| (i64::from(x), i64::from(y)));
            let Some(start) = next.next() else {
                continue;
            };
            let (dx, last) = match points.last() {
                Some(&(x, _)) => (x - start.0, 0),
                None => (0, 1),
            };
            points.extend(std::iter::repeat_n(start, last));
            points.extend(next.map(|(x, y)| (x + dx, y)));
        }
        let (Some(&first), Some(&last)) = (points.first(), points.last()) else {
            return Ring::new();
        };
        let mut ring: Ring = points
            .iter()
            .map(|&(x, y)| (grid.lat(y), grid.lon(x) + shift))
            .collect();
        if first == last {
            ring.pop();
        } else if let (Some(&(lat, from)), Some(&(_, to))) = (ring.first(), ring.last()) {
            // Round the pole: close the ring over it.
            let pole = if lat < 0.0 { -90.0 } else { 90.0 };
            ring.push((pole, to));
            ring.push((pole, from));
        }
        ring
    }
}

/// Checks that rings run through, and gives their polygons, the largest first.
fn shapes(
    polygons: Vec<Vec<Vec<Reference>>>,
    lines: &[Line],
    grid: Grid,
) -> Result<Vec<Shape>, BaseMapError> {
    let mut shapes = Vec::with_capacity(polygons.len());
    for rings in polygons {
        let mut bounds = None;
        for ring in &rings {
            let whole = ring_bounds(ring, lines, grid)?;
            // The first ring is the outer one: its bounds hold all.
            bounds = bounds.or(Some(whole));
        }
        let bounds = bounds.ok_or(BaseMapError::Invalid("a polygon without a ring"))?;
        shapes.push(Shape { rings, bounds });
    }
    shapes.sort_by(|a, b| b.bounds.area().total_cmp(&a.bounds.area()));
    Ok(shapes)
}

fn ring_bounds(ring: &[Reference], lines: &[Line], grid: Grid) -> Result<Bounds, BaseMapError> {
    const BROKEN: BaseMapError = BaseMapError::Invalid("a ring does not run through");
    let mut start = None;
    let mut at = None;
    let mut whole: Option<GridBox> = None;
    for reference in ring {
        let line = lines
            .get(reference.line)
            .ok_or(BaseMapError::Invalid("a ring names no line"))?;
        let ends = (line.points.first(), line.points.last());
        let (Some(&first), Some(&last)) = ends else {
            return Err(BROKEN);
        };
        let (from, to) = if reference.backwards {
            (last, first)
        } else {
            (first, last)
        };
        let from = (i64::from(from.0), i64::from(from.1));
        let to = (i64::from(to.0), i64::from(to.1));
        let (x, y) = *at.get_or_insert(from);
        start.get_or_insert(from);
        let dx = x - from.0;
        if y != from.1 || dx % grid.period != 0 {
            return Err(BROKEN);
        }
        let moved = line.grid_box.moved(dx);
        whole = Some(whole.map_or(moved, |w| w.joined(moved)));
        at = Some((to.0 + dx, to.1));
    }
    let (Some(start), Some(at), Some(whole)) = (start, at, whole) else {
        return Err(BROKEN);
    };
    let mut bounds = grid.bounds(whole);
    if at.1 != start.1 || (at.0 - start.0) % grid.period != 0 {
        return Err(BROKEN);
    }
    if at.0 != start.0 {
        if grid.lat(start.1) < 0.0 {
            bounds.south = -90.0;
        } else {
            bounds.north = 90.0;
        }
    }
    Ok(bounds)
}

/// The points that a line needs to stay within `tolerance` degrees of itself
/// (Douglas and Peucker). The first and the last always stay.
fn simplified(points: &[(i32, i32)], grid: Grid, tolerance: f64) -> Vec<(i32, i32)> {
    if points.len() < 3 || tolerance.is_nan() || tolerance <= 0.0 {
        return points.to_vec();
    }
    let place = |n: usize| {
        let (x, y) = points[n];
        (f64::from(x) * grid.dlon, f64::from(y) * grid.dlat)
    };
    let mut keep = vec![false; points.len()];
    let last = points.len() - 1;
    keep[0] = true;
    keep[last] = true;
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let (a, b) = (place(from), place(to));
        let mut farthest = (from, tolerance * tolerance);
        for n in from + 1..to {
            let distance = squared_distance(place(n), a, b);
            if distance > farthest.1 {
                farthest = (n, distance);
            }
        }
        if farthest.0 > from {
            keep[farthest.0] = true;
            open.push((from, farthest.0));
            open.push((farthest.0, to));
        }
    }
    let kept = points.iter().zip(keep).filter(|(_, keep)| *keep);
    kept.map(|(point, _)| *point).collect()
}

/// The squared distance of a point from the segment between `a` and `b`.
fn squared_distance(p: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (ex, ey) = (p.0 - a.0 - along * dx, p.1 - a.1 - along * dy);
    ex * ex + ey * ey
}

/// The runs of a line inside the frame (Liang and Barsky).
fn clip_line(points: &[(f64, f64)], frame: &Bounds) -> Vec<Vec<(f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let [a, b] = [pair[0], pair[1]];
        let (dy, dx) = (b.0 - a.0, b.1 - a.1);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        let mut outside = false;
        for (step, room) in [
            (-dx, a.1 - frame.west),
            (dx, frame.east - a.1),
            (-dy, a.0 - frame.south),
            (dy, frame.north - a.0),
        ] {
            if step < 0.0 {
                enter = enter.max(room / step);
            } else if step > 0.0 {
                leave = leave.min(room / step);
            } else if room < 0.0 {
                outside = true;
            }
        }
        if outside || enter >= leave {
            open = false;
            continue;
        }
        let at = |t: f64| {
            if t <= 0.0 {
                a
            } else if t >= 1.0 {
                b
            } else {
                // Rounding must not carry the point over the edge.
                (
                    (a.0 + t * dy).clamp(frame.south, frame.north),
                    (a.1 + t * dx).clamp(frame.west, frame.east),
                )
            }
        };
        match runs.last_mut() {
            Some(run) if open && enter <= 0.0 => run.push(at(leave)),
            _ => runs.push(vec![at(enter), at(leave)]),
        }
        open = leave >= 1.0;
    }
    runs
}

/// The part of an area inside the frame (Sutherland and Hodgman).
fn clip_ring(ring: Ring, frame: &Bounds) -> Ring {
    let ring = clip_side(ring, |p| p.1 - frame.west, |p| (p.0, frame.west));
    let ring = clip_side(ring, |p| frame.east - p.1, |p| (p.0, frame.east));
    let ring = clip_side(ring, |p| p.0 - frame.south, |p| (frame.south, p.1));
    clip_side(ring, |p| frame.north - p.0, |p| (frame.north, p.1))
}

/// Cuts off what lies on the negative side; `onto` puts a point on the edge.
fn clip_side(
    ring: Ring,
    depth: impl Fn((f64, f64)) -> f64,
    onto: impl Fn((f64, f64)) -> (f64, f64),
) -> Ring {
    let Some(mut previous) = ring.last().copied() else {
        return ring;
    };
    let mut clipped = Ring::new();
    let mut before = depth(previous);
    for point in ring {
        let now = depth(point);
        if (before < 0.0) != (now < 0.0) {
            let t = before / (before - now);
            let crossing = onto((
                previous.0 + t * (point.0 - previous.0),
                previous.1 + t * (point.1 - previous.1),
            ));
            if crossing != point {
                clipped.push(crossing);
            }
        }
        if now >= 0.0 {
            clipped.push(point);
        }
        previous = point;
        before = now;
    }
    clipped
}

fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    let (mut a, mut b) = (1_u32, 0_u32);
    // So many bytes can be summed before the sums overflow.
    for chunk in bytes.chunks(5552) {
        for &byte in chunk {
            a += u32::from(byte);
            b += a;
        }
        a %= MODULUS;
        b %= MODULUS;
    }
    b << 16 | a
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], BaseMapError> {
        let (taken, rest) = self
            .bytes
            .split_at_checked(length)
            .ok_or(BaseMapError::Truncated)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BaseMapError> {
        let (taken, rest) = self
            .bytes
            .split_first_chunk()
            .ok_or(BaseMapError::Truncated)?;
        self.bytes = rest;
        Ok(*taken)
    }

    fn varint(&mut self) -> Result<u64, BaseMapError> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let (&byte, rest) = self.bytes.split_first().ok_or(BaseMapError::Truncated)?;
            self.bytes = rest;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(BaseMapError::Invalid("a number is too long"))
    }

    fn signed(&mut self) -> Result<i64, BaseMapError> {
        let value = self.varint()?;
        // Below 2^63, so half of it fits.
        let half = (value >> 1) as i64;
        Ok(if value & 1 == 0 { half } else { -half - 1 })
    }

    /// How many items follow; each takes at least one byte.
    fn count(&mut self) -> Result<usize, BaseMapError> {
        let count = usize::try_from(self.varint()?).map_err(|_| BaseMapError::Truncated)?;
        if count > self.bytes.len() {
            return Err(BaseMapError::Truncated);
        }
        Ok(count)
    }

    fn grid(&mut self) -> Result<Grid, BaseMapError> {
        let mut number = || self.array().map(f64::from_le_bytes);
        let [lon0, lat0, dlon, dlat] = [number()?, number()?, number()?, number()?];
        let period = self.varint()?;
        let sound = lon0.abs() <= 360.0
            && lat0.abs() <= 90.0
            && dlat > 0.0
            && dlat < 1.0
            && dlon > 0.0
            && (dlon * period as f64 - 360.0).abs() < 1e-6;
        match i64::try_from(period) {
            Ok(period) if sound && period < LARGEST => Ok(Grid {
                lon0,
                lat0,
                dlon,
                dlat,
                period,
            }),
            _ => Err(BaseMapError::Invalid("the grid")),
        }
    }

    fn rings(&mut self) -> Result<Vec<Vec<Vec<Reference>>>, BaseMapError> {
        let mut polygons = Vec::with_capacity(self.count()?);
        let mut last = 0_i64;
        for _ in 0..polygons.capacity() {
            let mut rings = Vec::with_capacity(self.count()?);
            for _ in 0..rings.capacity() {
                let mut ring = Vec::with_capacity(self.count()?);
                for _ in 0..ring.capacity() {
                    last = last
                        .checked_add(self.signed()?)
                        .ok_or(BaseMapError::Invalid("a reference"))?;
                    let line = usize::try_from(last >> 1)
                        .map_err(|_| BaseMapError::Invalid("a reference"))?;
                    ring.push(Reference {
                        line,
                        backwards: last & 1 == 1,
                    });
                }
                rings.push(ring);
            }
            polygons.push(rings);
        }
        Ok(polygons)
    }

    fn line(&mut self) -> Result<Line, BaseMapError> {
        let kind = match self.varint()? {
            0 => Some(LineKind::Coast),
            1 => Some(LineKind::Border),
            2 => None,
            _ => return Err(BaseMapError::Invalid("a kind of line")),
        };
        let count = self.count()?;
        if count < 2 {
            return Err(BaseMapError::Invalid("a line of less than two points"));
        }
        let (mut x, mut y) = (self.signed()?, self.signed()?);
        let mut span = |first: i64| -> Result<(i64, i64), BaseMapError> {
            let low = i64::try_from(self.varint()?).ok();
            let high = i64::try_from(self.varint()?).ok();
            low.zip(high)
                .and_then(|(low, high)| first.checked_sub(low).zip(first.checked_add(high)))
                .filter(|&(low, high)| low > -LARGEST && high < LARGEST)
                .ok_or(BaseMapError::Invalid("a line's box"))
        };
        let grid_box = GridBox {
            x: span(x)?,
            y: span(y)?,
        };
        let mut points = Vec::with_capacity(count);
        // The box is within i32, so every point in it is.
        points.push((x as i32, y as i32));
        for _ in 1..count {
            x = x.saturating_add(self.signed()?);
            y = y.saturating_add(self.signed()?);
            if !grid_box.holds(x, y) {
                return Err(BaseMapError::Invalid("a point outside its line's box"));
            }
            points.push((x as i32, y as i32));
        }
        Ok(Line {
            kind,
            grid_box,
            points,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVANT: View = View {
        south: 31.0,
        west: 34.0,
        north: 38.0,
        east: 43.0,
    };

    fn around(lat: f64, lon: f64, half: f64) -> View {
        View {
            south: lat - half,
            west: lon - half,
            north: lat + half,
            east: lon + half,
        }
    }

    fn kinds(view: View) -> Vec<LineKind> {
        let mut kinds: Vec<_> = BaseMap::embedded()
            .lines_in(view, 0.0)
            .map(|(kind, _)| kind)
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// A map with this body, its checksum right.
    fn sealed(body: &[u8]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(adler32(body).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    #[test]
    fn the_embedded_map_decodes() {
        let map = BaseMap::decode(EMBEDDED).unwrap();
        assert_eq!(map.countries().len(), 254);
        assert_eq!(map.country("Syria").unwrap().iso_numeric(), Some(760));
        assert_eq!(map.country("Kosovo").unwrap().iso_numeric(), None);
    }

    #[test]
    fn adler32_of_a_known_text() {
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
    }

    #[test]
    fn syria_holds_damascus_but_not_beirut() {
        let map = BaseMap::embedded();
        let syria = map.outline(map.country("Syria").unwrap(), 0.0);
        assert_eq!(syria.len(), 1);
        assert!(syria[0].contains(33.51, 36.29), "Damascus");
        assert!(!syria[0].contains(33.89, 35.50), "Beirut");
        assert!(syria[0].contains(35.335, 40.14), "Deir ez-Zor");
        let clipped = map.country_in(map.country("Syria").unwrap(), LEVANT, 0.0);
        assert_eq!(clipped, syria, "all of it is in view");
    }

    #[test]
    fn land_holds_cities_and_not_the_sea() {
        let land = BaseMap::embedded().land_in(LEVANT, 0.005);
        let on_land = |lat, lon| land.iter().any(|p| p.contains(lat, lon));
        assert!(on_land(33.51, 36.29), "Damascus");
        assert!(on_land(33.88, 35.52), "Beirut");
        assert!(!on_land(34.5, 35.0), "the sea");
        // Outside the view nothing is left.
        assert!(!on_land(30.0, 36.0));
    }

    #[test]
    fn the_coast_passes_near_tartus() {
        let (lat, lon) = (34.89_f64, 35.88_f64);
        let nearest = BaseMap::embedded()
            .lines_in(LEVANT, 0.0)
            .filter(|(kind, _)| *kind == LineKind::Coast)
            .flat_map(|(_, points)| points)
            .map(|(y, x)| {
                let east = (x - lon) * 111.32 * libm::cos(lat.to_radians());
                let north = (y - lat) * 110.9;
                (east * east + north * north).sqrt()
            })
            .fold(f64::INFINITY, f64::min);
        assert!(nearest < 5.0, "{nearest} km");
    }

    #[test]
    fn coasts_and_borders_are_told_apart() {
        // Masnaa, between Damascus and Beirut.
        assert_eq!(kinds(around(33.70, 35.93, 0.1)), [LineKind::Border]);
        // The south coast of Cyprus at Paphos.
        assert_eq!(kinds(around(34.75, 32.42, 0.05)), [LineKind::Coast]);
        // The open sea.
        assert_eq!(kinds(around(34.0, 33.5, 0.1)), []);
    }

    #[test]
    fn every_point_lies_in_its_box_and_the_box_is_tight() {
        let map = BaseMap::embedded();
        for line in &map.inner.lines {
            let exact = line
                .points
                .iter()
                .map(|&(x, y)| GridBox {
                    x: (x.into(), x.into()),
                    y: (y.into(), y.into()),
                })
                .reduce(GridBox::joined)
                .unwrap();
            assert_eq!(exact, line.grid_box);
        }
    }

    #[test]
    fn what_is_cut_lies_in_the_view() {
        let map = BaseMap::embedded();
        let view = View {
            south: 33.0,
            west: 35.3,
            north: 35.1,
            east: 37.7,
        };
        let inside =
            |&(y, x): &(f64, f64)| (33.0..=35.1).contains(&y) && (35.3..=37.7).contains(&x);
        let mut count = 0;
        for (_, points) in map.lines_in(view, 0.001) {
            assert!(points.len() >= 2);
            assert!(points.iter().all(inside));
            count += 1;
        }
        assert!(count > 3);
        let land = map.land_in(view, 0.001);
        assert!(!land.is_empty());
        for polygon in land {
            assert!(polygon.outer.iter().all(inside));
        }
    }

    #[test]
    fn neighbours_agree_about_a_simplified_border() {
        let map = BaseMap::embedded();
        let of = |name| map.outline(map.country(name).unwrap(), 0.05);
        let [syria, iraq] = [of("Syria"), of("Iraq")];
        let shared = syria[0]
            .outer
            .iter()
            .filter(|p| iraq[0].outer.contains(p))
            .count();
        let whole = map.outline(map.country("Syria").unwrap(), 0.0)[0]
            .outer
            .len();
        assert!(shared >= 4, "{shared}");
        assert!(syria[0].outer.len() * 4 < whole);
    }

    #[test]
    fn a_simplified_line_stays_near() {
        let map = BaseMap::embedded();
        let grid = map.inner.grid;
        let place = |p: (i32, i32)| (f64::from(p.0) * grid.dlon, f64::from(p.1) * grid.dlat);
        for line in map.inner.lines.iter().step_by(50) {
            let kept = simplified(&line.points, grid, 0.02);
            assert_eq!(kept.first(), line.points.first());
            assert_eq!(kept.last(), line.points.last());
            for &point in &line.points {
                let near = kept
                    .windows(2)
                    .map(|w| squared_distance(place(point), place(w[0]), place(w[1])))
                    .fold(f64::INFINITY, f64::min);
                assert!(near <= 0.02 * 0.02 + 1e-12);
            }
        }
    }

    #[test]
    fn a_view_across_the_date_line_runs_on_eastwards() {
        let map = BaseMap::embedded();
        let view = View {
            south: 60.0,
            west: 170.0,
            north: 73.0,
            east: -160.0,
        };
        let lines: Vec<_> = map.lines_in(view, 0.0).collect();
        let points = || lines.iter().flat_map(|(_, points)| points);
        assert!(points().all(|&(_, lon)| (170.0..=200.0).contains(&lon)));
        // Chukotka on either side of the date line, and Alaska.
        assert!(points().any(|&(_, lon)| lon < 179.0));
        assert!(points().any(|&(_, lon)| lon > 199.0));
        for (_, points) in &lines {
            for pair in points.windows(2) {
                assert!((pair[0].1 - pair[1].1).abs() < 2.0, "{pair:?}");
                let along = pair.iter().all(|p| (p.1 - 180.0).abs() < 1e-9);
                assert!(!along, "a cut drawn as a coast: {pair:?}");
            }
        }
        let land = map.land_in(view, 0.0);
        let on_land = |lat, lon| land.iter().any(|p| p.contains(lat, lon));
        assert!(on_land(67.0, 179.0));
        assert!(on_land(67.0, 181.5));
        assert!(on_land(64.5, 199.5), "Alaska");
        assert!(!on_land(62.0, 181.0), "the Bering Sea");
        // The same view, said with a longitude beyond 180.
        let same = View {
            east: 200.0,
            ..view
        };
        assert_eq!(land, map.land_in(same, 0.0));
    }

    #[test]
    fn the_whole_world_has_its_poles_and_its_inland_sea() {
        let world = View {
            south: -90.0,
            west: -180.0,
            north: 90.0,
            east: 180.0,
        };
        let map = BaseMap::embedded();
        let land = map.land_in(world, 0.1);
        let on_land = |lat, lon| land.iter().any(|p| p.contains(lat, lon));
        assert!(on_land(-89.0, 10.0), "the south pole");
        assert!(on_land(-85.0, -179.5));
        assert!(on_land(-85.0, 179.5));
        assert!(!on_land(89.0, 0.0), "the north pole");
        assert!(!on_land(41.5, 50.5), "the Caspian");
        assert!(on_land(-17.8, 178.0), "Viti Levu");
        let points: usize = map.lines_in(world, 0.1).map(|(_, p)| p.len()).sum();
        assert!(points < 40_000, "{points} of 477 000");
        // The pole is closed for filling only: no line is drawn to it.
        let lowest = map
            .lines_in(world, 0.0)
            .flat_map(|(_, points)| points)
            .map(|p| p.0)
            .fold(0.0, f64::min);
        assert!(lowest > -86.0);
    }

    #[test]
    fn views_without_area_are_empty() {
        let map = BaseMap::embedded();
        for view in [
            View {
                north: 31.0,
                ..LEVANT
            },
            View {
                east: 34.0,
                ..LEVANT
            },
            View {
                south: f64::NAN,
                ..LEVANT
            },
            View {
                west: f64::INFINITY,
                ..LEVANT
            },
        ] {
            assert_eq!(map.lines_in(view, 0.0).count(), 0);
            assert_eq!(map.land_in(view, 0.0), []);
        }
    }

    #[test]
    fn a_longitude_may_be_given_a_turn_later() {
        let map = BaseMap::embedded();
        let later = View {
            west: 394.0,
            east: 403.0,
            ..LEVANT
        };
        let count = |view| map.lines_in(view, 0.0).count();
        assert_eq!(count(later), count(LEVANT));
    }

    #[test]
    fn bad_bytes_are_errors() {
        let decode = |bytes: &[u8]| BaseMap::decode(bytes).map(|_| ());
        assert_eq!(decode(b""), Err(BaseMapError::Truncated));
        assert_eq!(decode(b"PNG and so on"), Err(BaseMapError::Magic));
        for length in [8, 11, 12, 100, 5000, EMBEDDED.len() - 1] {
            assert!(decode(&EMBEDDED[..length]).is_err());
        }
        let mut changed = EMBEDDED.to_vec();
        changed[500_000] ^= 1;
        assert_eq!(decode(&changed), Err(BaseMapError::Checksum));
    }

    #[test]
    fn bad_bytes_with_a_right_checksum_are_errors() {
        let body = &EMBEDDED[12..];
        assert!(BaseMap::decode(&sealed(body)).is_ok());
        for length in [0, 31, 32, 33, 40, 2000, 20_000, 60_000, body.len() - 1] {
            let cut = BaseMap::decode(&sealed(&body[..length]));
            assert_eq!(cut.map(|_| ()), Err(BaseMapError::Truncated), "{length}");
        }
        let mut longer = body.to_vec();
        longer.push(0);
        assert!(BaseMap::decode(&sealed(&longer)).is_err());
        // Whatever a byte is changed to, decoding ends without a panic.
        let mut errors = 0;
        for place in (0..40_000).step_by(331) {
            let mut changed = body.to_vec();
            changed[place] ^= 0xFF;
            errors += usize::from(BaseMap::decode(&sealed(&changed)).is_err());
        }
        assert!(errors > 60, "{errors}");
    }

    #[test]
    fn the_extracted_outline_is_the_one_on_the_map() {
        let text = include_str!("../../scenarios/geodata/countries.geojson");
        let data: serde_json::Value = serde_json::from_str(text).unwrap();
        let feature = &data["features"][0];
        assert_eq!(feature["properties"]["id"], "syria");
        let ring: Vec<(f64, f64)> =
            serde_json::from_value(feature["geometry"]["coordinates"][0].clone()).unwrap();
        assert_eq!(ring.first(), ring.last());
        let map = BaseMap::embedded();
        let outline = &map.outline(map.country("Syria").unwrap(), 0.0)[0].outer;
        assert_eq!(ring.len(), outline.len() + 1);
        for (lon, lat) in ring {
            let found = outline
                .iter()
                .any(|p| (p.0 - lat).abs() < 6e-6 && (p.1 - lon).abs() < 6e-6);
            assert!(found, "{lat}, {lon}");
        }
    }
}
