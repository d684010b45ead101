//! Lines cut at the date line, as GeoJSON wants them written (RFC 7946, section 3.1.9).

use super::Position;
use super::straight::east;

/// A path in parts of which none crosses longitude 180, each point as longitude and
/// latitude. Where it is cut, one part ends and the next begins with a place of its own
/// on the date line, at 180 degrees of the sign of its part; a path that stays on its
/// side is one part. Edges are straight in longitude and latitude.
#[must_use]
pub fn cut_at_date_line(path: &[Position]) -> Vec<Vec<[f64; 2]>> {
    let mut parts: Vec<Vec<[f64; 2]>> = vec![Vec::with_capacity(path.len())];
    let mut last: Option<Position> = None;
    for &p in path {
        if let Some(from) = last
            && (p.lon() - from.lon()).abs() > 180.0
        {
            let over = east(from, p);
            let edge = 180.0_f64.copysign(from.lon());
            let share = if over == 0.0 { 0.0 } else { (edge - from.lon()) / over };
            let lat = from.lat() + (p.lat() - from.lat()) * share;
            if let Some(part) = parts.last_mut() {
                part.push([edge, lat]);
            }
            parts.push(vec![[-edge, lat]]);
        }
        if let Some(part) = parts.last_mut() {
            part.push([p.lon(), p.lat()]);
        }
        last = Some(p);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(points: &[(f64, f64)]) -> Vec<Position> {
        points.iter().map(|(lat, lon)| Position::new(*lat, *lon).unwrap()).collect()
    }

    #[test]
    fn a_path_is_cut_where_it_crosses() {
        let cut = cut_at_date_line(&path(&[(0.0, 179.0), (4.0, -177.0), (8.0, 179.0)]));
        let wanted = vec![
            vec![[179.0, 0.0], [180.0, 1.0]],
            vec![[-180.0, 1.0], [-177.0, 4.0], [-180.0, 7.0]],
            vec![[180.0, 7.0], [179.0, 8.0]],
        ];
        assert_eq!(cut, wanted);
    }

    #[test]
    fn a_path_that_stays_is_whole() {
        let cut = cut_at_date_line(&path(&[(1.0, -100.0), (2.0, 79.0)]));
        assert_eq!(cut, vec![vec![[-100.0, 1.0], [79.0, 2.0]]]);
    }
}
