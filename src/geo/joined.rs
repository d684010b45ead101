//! The parts of a MultiLineString as one line.

use std::collections::BTreeMap;

use super::{GeoError, Position, distance_m};

/// Ends nearer than this touch, metres: the sixth decimal of a degree is 0.11 m.
const TOUCH_M: f64 = 0.15;
/// How many gaps an error names.
const NAMED: usize = 5;

/// Puts parts whose ends touch together, in any order and direction. The line runs as
/// the first part does. Parts without two points are left out.
///
/// # Errors
/// [`GeoError::Fork`] where three ends meet, [`GeoError::Gaps`] if more than one piece
/// is left.
pub(super) fn joined(parts: Vec<Vec<Position>>) -> Result<Vec<Position>, GeoError> {
    let parts: Vec<Vec<Position>> = parts.into_iter().filter(|it| it.len() > 1).collect();
    if parts.len() <= 1 {
        return Ok(parts.into_iter().next().unwrap_or_default());
    }
    let meets = meeting(&parts)?;
    let mut used = vec![false; parts.len()];
    let mut pieces = Vec::new();
    for first in 0..parts.len() {
        if used[first] {
            continue;
        }
        used[first] = true;
        let mut piece = parts[first].clone();
        // Forward from its end, then backward from its start.
        for ahead in [true, false] {
            if !ahead {
                piece.reverse();
            }
            let mut end = End { part: first, last: ahead };
            while let Some(&next) = meets.get(&end)
                && !used[next.part]
            {
                used[next.part] = true;
                let more = parts[next.part].iter().copied();
                if next.last {
                    piece.extend(more.rev().skip(1));
                } else {
                    piece.extend(more.skip(1));
                }
                end = End { part: next.part, last: !next.last };
            }
            if !ahead {
                piece.reverse();
            }
        }
        pieces.push(piece);
    }
    match pieces.len() {
        1 => Ok(pieces.remove(0)),
        count => Err(GeoError::Gaps { count, gaps: gaps(&pieces) }),
    }
}

/// An end of a part: its first point or its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    part: usize,
    last: bool,
}

/// Which end touches which other.
fn meeting(parts: &[Vec<Position>]) -> Result<BTreeMap<End, End>, GeoError> {
    let mut ends: Vec<(End, Position)> = Vec::new();
    for (part, points) in parts.iter().enumerate() {
        ends.extend(points.first().map(|p| (End { part, last: false }, *p)));
        ends.extend(points.last().map(|p| (End { part, last: true }, *p)));
    }
    ends.sort_by(|a, b| a.1.lat().total_cmp(&b.1.lat()));
    let mut meets: BTreeMap<End, End> = BTreeMap::new();
    for (at, (end, p)) in ends.iter().enumerate() {
        // A degree of latitude is 110.6 km at least.
        let near =
            ends[at + 1..].iter().take_while(|it| (it.1.lat() - p.lat()) * 110_000.0 <= TOUCH_M);
        for (other, _) in near.filter(|it| distance_m(*p, it.1) <= TOUCH_M) {
            if meets.insert(*end, *other).is_some() || meets.insert(*other, *end).is_some() {
                return Err(GeoError::Fork { at: p.to_string() });
            }
        }
    }
    Ok(meets)
}

/// The gap from each piece to the nearest end of another, in words.
fn gaps(pieces: &[Vec<Position>]) -> String {
    let ends = |it: &Vec<Position>| [it.first().copied(), it.last().copied()];
    let mut said = Vec::new();
    for (index, piece) in pieces.iter().enumerate().take(NAMED) {
        let others = pieces.iter().enumerate().filter(|(other, _)| *other != index);
        let pairs = others.flat_map(|(_, other)| {
            ends(piece).into_iter().flatten().flat_map(move |a| {
                ends(other).into_iter().flatten().map(move |b| (a, b, distance_m(a, b)))
            })
        });
        if let Some((a, b, metres)) = pairs.min_by(|a, b| a.2.total_cmp(&b.2)) {
            let gap = if metres < 10_000.0 {
                format!("{metres:.0} m")
            } else {
                format!("{:.0} km", metres / 1000.0)
            };
            // The same gap is not said again from its other side.
            let back = format!("{gap} from {b} to {a}");
            if !said.contains(&back) {
                said.push(format!("{gap} from {a} to {b}"));
            }
        }
    }
    said.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> Vec<Position> {
        points.iter().map(|(lat, lon)| Position::new(*lat, *lon).unwrap()).collect()
    }

    #[test]
    fn parts_join_in_any_order_and_direction() {
        let whole = line(&[(0.0, 0.0), (1.0, 1.0), (2.0, 1.0), (3.0, 2.0), (4.0, 2.0)]);
        let parts = vec![
            line(&[(1.0, 1.0), (2.0, 1.0)]),
            line(&[(4.0, 2.0), (3.0, 2.0)]),
            line(&[(1.0, 1.0), (0.0, 0.0)]),
            line(&[(2.0, 1.0), (3.0, 2.0)]),
        ];
        assert_eq!(joined(parts).unwrap(), whole);
    }

    #[test]
    fn parts_join_over_the_date_line() {
        let parts =
            vec![line(&[(0.0, 179.0), (1.0, 180.0)]), line(&[(2.0, -179.0), (1.0, -180.0)])];
        let whole = joined(parts).unwrap();
        assert_eq!(whole, line(&[(0.0, 179.0), (1.0, 180.0), (2.0, -179.0)]));
    }

    #[test]
    fn a_closed_line_stays_closed() {
        let parts = vec![
            line(&[(0.0, 0.0), (0.0, 1.0)]),
            line(&[(1.0, 1.0), (0.0, 0.0)]),
            line(&[(0.0, 1.0), (1.0, 1.0)]),
        ];
        let whole = joined(parts).unwrap();
        assert_eq!(whole, line(&[(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0)]));
    }

    #[test]
    fn gaps_and_forks_are_named() {
        let parts = vec![
            line(&[(0.0, 0.0), (1.0, 0.0)]),
            line(&[(1.0, 0.0), (2.0, 0.0)]),
            line(&[(3.0, 0.0), (4.0, 0.0)]),
        ];
        let error = joined(parts).unwrap_err().to_string();
        assert!(error.contains("2 pieces"), "{error}");
        assert!(error.contains("111 km from 2.00000, 0.00000 to 3.00000, 0.00000"), "{error}");
        let fork = vec![
            line(&[(0.0, 0.0), (1.0, 0.0)]),
            line(&[(1.0, 0.0), (2.0, 0.0)]),
            line(&[(1.0, 0.0), (1.0, 1.0)]),
        ];
        let error = joined(fork).unwrap_err().to_string();
        assert!(error.contains("1.00000, 0.00000"), "{error}");
    }
}
