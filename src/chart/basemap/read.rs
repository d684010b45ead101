//! Numbers and parts out of the bytes of a base map.

use super::error::BaseMapError;
use super::shape::{Grid, GridBox, Line, LineKind, Reference};

/// Grid coordinates stay below this, so that sums of them cannot overflow.
const LARGEST: i64 = 1 << 24;

pub(super) struct Reader<'a> {
    pub(super) bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], BaseMapError> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(BaseMapError::Truncated)?;
        self.bytes = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], BaseMapError> {
        let (taken, rest) = self.bytes.split_first_chunk().ok_or(BaseMapError::Truncated)?;
        self.bytes = rest;
        Ok(*taken)
    }

    pub(super) fn varint(&mut self) -> Result<u64, BaseMapError> {
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

    pub(super) fn signed(&mut self) -> Result<i64, BaseMapError> {
        let value = self.varint()?;
        // Below 2^63, so half of it fits.
        let half = (value >> 1) as i64;
        Ok(if value & 1 == 0 { half } else { -half - 1 })
    }

    /// How many items follow; each takes at least one byte.
    pub(super) fn count(&mut self) -> Result<usize, BaseMapError> {
        let count = usize::try_from(self.varint()?).map_err(|_| BaseMapError::Truncated)?;
        if count > self.bytes.len() {
            return Err(BaseMapError::Truncated);
        }
        Ok(count)
    }

    pub(super) fn grid(&mut self) -> Result<Grid, BaseMapError> {
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
            Ok(period) if sound && period < LARGEST => Ok(Grid { lon0, lat0, dlon, dlat, period }),
            _ => Err(BaseMapError::Invalid("the grid")),
        }
    }

    pub(super) fn rings(&mut self) -> Result<Vec<Vec<Vec<Reference>>>, BaseMapError> {
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
                    ring.push(Reference { line, backwards: last & 1 == 1 });
                }
                rings.push(ring);
            }
            polygons.push(rings);
        }
        Ok(polygons)
    }

    pub(super) fn line(&mut self) -> Result<Line, BaseMapError> {
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
        let grid_box = GridBox { x: span(x)?, y: span(y)? };
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
        Ok(Line { kind, grid_box, points })
    }
}
