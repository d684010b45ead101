//! Edges that are straight in longitude and latitude, as those of GeoJSON are
//! (RFC 7946, section 3.1.1), by geodesic pieces.

use super::chain::edge_m;
use super::{GeoError, Position};

/// How far a geodesic piece may pass from the edge it stands for, metres.
const OFF_M: f64 = 10.0;
/// The largest radius of curvature of WGS84 (6,400 km) and a tenth more, for what the
/// bound leaves out: the flattening, and that geodesics part faster than on a plane.
const RADIUS_M: f64 = 7.0e6;
/// The most points that one line or ring may have after the pieces are put in.
const MOST: usize = 1_000_000;

/// The points, and so many between them that each geodesic piece stays within 10 m of
/// the edge that is straight in longitude and latitude. An edge between longitudes that
/// differ by more than 180 degrees goes the short way, over the date line.
///
/// # Errors
/// [`GeoError::EdgeTooLong`] for an edge of more than 5000 km,
/// [`GeoError::TooManyPoints`].
pub(super) fn straight(points: &[Position]) -> Result<Vec<Position>, GeoError> {
    let mut out: Vec<Position> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let &[a, b] = pair else { continue };
        // From the same end whichever way it is gone along, so that two outlines that
        // share an edge share its pieces.
        let turned = (b.lat(), b.lon()) < (a.lat(), a.lon());
        let (from, to) = if turned { (b, a) } else { (a, b) };
        let parts = parts(from, to);
        if parts > 1 {
            edge_m(a, b)?;
            if out.len() + parts > MOST {
                return Err(GeoError::TooManyPoints { most: MOST });
            }
            let (lat, lon) = (to.lat() - from.lat(), east(from, to));
            out.extend((1..parts).map(|k| {
                let k = if turned { parts - k } else { k };
                let share = k as f64 / parts as f64;
                Position::wrapped(from.lat() + lat * share, from.lon() + lon * share)
            }));
        }
        out.push(b);
    }
    Ok(out)
}

/// How far east of one place another is, degrees, the short way round.
pub(super) fn east(from: Position, to: Position) -> f64 {
    let lon = to.lon() - from.lon();
    if lon > 180.0 {
        lon - 360.0
    } else if lon < -180.0 {
        lon + 360.0
    } else {
        lon
    }
}

/// In how many pieces an edge is cut.
///
/// Along an edge that is straight in longitude λ and latitude φ, both growing evenly
/// from 0 to 1, the acceleration on a sphere of radius R is
/// R (sin φ cos φ Δλ², -2 sin φ Δφ Δλ) to the north and to the east. A curve is off the
/// geodesic between its ends by at most an eighth of its greatest acceleration, and that
/// of one of n pieces is 1/n² of the whole edge's.
fn parts(from: Position, to: Position) -> usize {
    let (low, high) = (from.lat().abs().min(to.lat().abs()), from.lat().abs().max(to.lat().abs()));
    let low = if (from.lat() < 0.0) == (to.lat() < 0.0) { low } else { 0.0 };
    let lon = east(from, to).to_radians().abs();
    let lat = (to.lat() - from.lat()).to_radians();
    let (north, across) = (libm::cos(low.to_radians()) * lon, 2.0 * lat);
    let pull =
        RADIUS_M * libm::sin(high.to_radians()) * lon * (north * north + across * across).sqrt();
    (pull / (8.0 * OFF_M)).sqrt().ceil().max(1.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::Line;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).unwrap()
    }

    /// How far the true edge is from the pieces at most, metres, looked at in 1,000 places.
    fn off_m(a: Position, b: Position) -> (f64, usize) {
        let pieces = straight(&[a, b]).unwrap();
        let count = pieces.len() - 1;
        let line = Line::new(pieces).unwrap();
        let off = (0..=1000).map(|k| {
            let share = f64::from(k) / 1000.0;
            let lat = a.lat() + (b.lat() - a.lat()) * share;
            line.distance_m(Position::wrapped(lat, a.lon() + east(a, b) * share))
        });
        (off.fold(0.0, f64::max), count)
    }

    #[test]
    fn pieces_stay_within_ten_metres() {
        for (a, b) in [
            ((22.0, 25.0), (22.0, 36.86623)),
            ((-20.0, 36.0), (20.0, 25.0)),
            ((60.0, 10.0), (70.0, 50.0)),
            ((-89.0, -100.0), (-70.0, 40.0)),
            ((40.0, 170.0), (45.0, -170.0)),
            ((0.5, 0.0), (0.5, 44.0)),
            ((33.0, 35.0), (33.1, 35.2)),
        ] {
            let (off, count) = off_m(at(a.0, a.1), at(b.0, b.1));
            assert!(off < OFF_M, "{a:?} {b:?}: {off} m by {count} pieces");
            assert!(count == 1 || off > OFF_M / 10.0, "{a:?} {b:?}: {off} m by {count} pieces");
        }
    }

    #[test]
    fn the_way_back_has_the_same_places() {
        let (a, b) = (at(22.0, 25.0), at(23.0, 36.9));
        let there = straight(&[a, b]).unwrap();
        let mut back = straight(&[b, a]).unwrap();
        back.reverse();
        assert!(there.len() > 10);
        assert_eq!(there, back);
    }

    #[test]
    fn short_edges_meridians_and_the_equator_stay_whole() {
        for (a, b) in
            [((33.0, 35.0), (33.1, 35.1)), ((0.0, 10.0), (40.0, 10.0)), ((0.0, 0.0), (0.0, 40.0))]
        {
            assert_eq!(straight(&[at(a.0, a.1), at(b.0, b.1)]).unwrap().len(), 2);
        }
        assert!(straight(&[at(50.0, 0.0), at(50.0, 120.0)]).is_err(), "too long");
    }
}
