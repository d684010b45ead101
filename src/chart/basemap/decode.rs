//! From bytes to a map, everything checked.

use super::error::BaseMapError;
use super::read::Reader;
use super::shape::{Grid, GridBox, Line, Reference, Shape};
use super::view::Bounds;

pub(super) const MAGIC: &[u8] = b"DISBASE1";

/// Decodes a base map and checks all of it: its grid, its lines and its land.
pub(super) fn decode(bytes: &[u8]) -> Result<(Grid, Vec<Line>, Vec<Shape>), BaseMapError> {
    let mut reader = Reader { bytes };
    if reader.take(MAGIC.len())? != MAGIC {
        return Err(BaseMapError::Magic);
    }
    let checksum = reader.array().map(u32::from_le_bytes)?;
    if adler32(reader.bytes) != checksum {
        return Err(BaseMapError::Checksum);
    }
    let grid = reader.grid()?;

    // Countries: what nothing draws is read over.
    for _ in 0..reader.count()? {
        reader.varint()?;
        let name = reader.count()?;
        reader.take(name)?;
        reader.rings()?;
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
    let land = shapes(land, &lines, grid)?;
    Ok((grid, lines, land))
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
        let line =
            lines.get(reference.line).ok_or(BaseMapError::Invalid("a ring names no line"))?;
        let ends = (line.points.first(), line.points.last());
        let (Some(&first), Some(&last)) = ends else {
            return Err(BROKEN);
        };
        let (from, to) = if reference.backwards { (last, first) } else { (first, last) };
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

pub(super) fn adler32(bytes: &[u8]) -> u32 {
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
