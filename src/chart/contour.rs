//! Where a field over a grid has a wanted value: marching squares with linear
//! interpolation (Lorensen and Cline 1987, in two dimensions).

use std::collections::BTreeMap;

use super::plane::{Pt, along};

/// A part of a contour, in units of the grid: a value stands at each whole number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Its points.
    pub(super) points: Vec<Pt>,
    /// Whether it is settled on which side of it the value is reached.
    pub(super) sure: bool,
}

/// What is known at a point of the grid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// The value; no number where it is not known.
    pub(super) value: f64,
    /// Whether its interval holds the wanted value.
    pub(super) unsure: bool,
}

/// Two neighbours on the grid, the lesser first: between them the contour passes.
type Edge = ((usize, usize), (usize, usize));

/// The contour of a wanted value over a grid of so many columns and rows. It ends where
/// a value is not known. A piece between neighbours of which both are unsure is not
/// sure itself. Where a square is a saddle its middle decides.
pub(super) fn contour(
    columns: usize,
    rows: usize,
    at: impl Fn(usize, usize) -> Node,
    wanted: f64,
) -> Vec<Piece> {
    let mut segments: Vec<(Edge, Edge)> = Vec::new();
    for column in 1..columns {
        for row in 1..rows {
            let corners =
                [(column - 1, row - 1), (column, row - 1), (column, row), (column - 1, row)];
            segments.extend(square(corners, &at, wanted));
        }
    }
    let unsure = |(a, b): Edge| at(a.0, a.1).unsure && at(b.0, b.1).unsure;
    let place = |(a, b): Edge| {
        let (low, high) = (at(a.0, a.1).value, at(b.0, b.1).value);
        let point = |it: (usize, usize)| (it.0 as f64, it.1 as f64);
        along(point(a), point(b), (wanted - low) / (high - low))
    };
    let mut pieces = Vec::new();
    for chain in chains(&segments) {
        let mut piece: Option<Piece> = None;
        for pair in chain.windows(2) {
            let &[from, to] = pair else { continue };
            let sure = !unsure(from) && !unsure(to);
            match &mut piece {
                Some(own) if own.sure == sure => own.points.push(place(to)),
                other => pieces
                    .extend(other.replace(Piece { points: vec![place(from), place(to)], sure })),
            }
        }
        pieces.extend(piece);
    }
    pieces
}

/// The parts of the contour in a square, by the edges that they go through.
fn square(
    corners: [(usize, usize); 4],
    at: &impl Fn(usize, usize) -> Node,
    wanted: f64,
) -> Vec<(Edge, Edge)> {
    let values = corners.map(|(column, row)| at(column, row).value);
    if values.iter().any(|it| !it.is_finite()) {
        return Vec::new();
    }
    let over = values.map(|it| it >= wanted);
    let edge = |side: usize| {
        let (a, b) = (corners[side], corners[(side + 1) % 4]);
        (a.min(b), a.max(b))
    };
    let crossed: Vec<usize> = (0..4).filter(|side| over[*side] != over[(side + 1) % 4]).collect();
    match crossed[..] {
        [a, b] => vec![(edge(a), edge(b))],
        // A saddle: the corners that the middle is unlike are cut off.
        [_, _, _, _] => {
            let middle = values.iter().sum::<f64>() / 4.0 >= wanted;
            let off = usize::from(over[0] == middle);
            let around = |corner: usize| (edge((corner + 3) % 4), edge(corner));
            vec![around(off), around(off + 2)]
        }
        _ => Vec::new(),
    }
}

/// Segments joined where they share an edge; a closed chain ends where it began.
fn chains(segments: &[(Edge, Edge)]) -> Vec<Vec<Edge>> {
    let mut by_edge: BTreeMap<Edge, Vec<usize>> = BTreeMap::new();
    for (number, (a, b)) in segments.iter().enumerate() {
        by_edge.entry(*a).or_default().push(number);
        by_edge.entry(*b).or_default().push(number);
    }
    let mut left: Vec<bool> = vec![true; segments.len()];
    let mut chains = Vec::new();
    // Open chains from their ends first, then what is closed.
    let ends = by_edge.iter().filter(|(_, own)| own.len() == 1);
    let starts: Vec<Edge> = ends.map(|(edge, _)| *edge).collect();
    let others = segments.iter().map(|(a, _)| *a);
    for start in starts.into_iter().chain(others) {
        let mut chain = vec![start];
        while let Some(next) = chain.last().and_then(|edge| {
            let own = by_edge.get(edge)?;
            let number = *own.iter().find(|number| left[**number])?;
            left[number] = false;
            let (a, b) = segments[number];
            Some(if a == *edge { b } else { a })
        }) {
            chain.push(next);
        }
        if chain.len() > 1 {
            chains.push(chain);
        }
    }
    chains
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sure(value: f64) -> Node {
        Node { value, unsure: false }
    }

    #[test]
    fn a_plane_has_a_straight_contour_at_the_right_place() {
        // x + 2 y = 3.5 is the line through (3.5, 0) and (0, 1.75).
        let plane = |x: usize, y: usize| sure(x as f64 + 2.0 * y as f64);
        let pieces = contour(6, 5, plane, 3.5);
        assert_eq!(pieces.len(), 1, "{pieces:?}");
        let points = &pieces[0].points;
        assert!(pieces[0].sure && points.len() >= 5, "{points:?}");
        for (x, y) in points {
            assert!((x + 2.0 * y - 3.5).abs() < 1e-12, "{points:?}");
        }
        let ends = [points[0], points[points.len() - 1]];
        assert!(ends.contains(&(3.5, 0.0)) && ends.contains(&(0.0, 1.75)), "{ends:?}");
    }

    #[test]
    fn a_hill_has_a_closed_contour() {
        let hill = |x: usize, y: usize| sure(if (x, y) == (2, 2) { 1.0 } else { 0.0 });
        let pieces = contour(5, 5, hill, 0.5);
        assert_eq!(pieces.len(), 1);
        let points = &pieces[0].points;
        assert_eq!((points.len(), points[0]), (5, points[4]));
        for (x, y) in points {
            assert!(((x - 2.0).abs() + (y - 2.0).abs() - 0.5).abs() < 1e-12);
        }
    }

    #[test]
    fn at_a_saddle_the_middle_decides() {
        let saddle = |high: f64| {
            let pieces = contour(2, 2, |x, y| sure(if x == y { high } else { 0.0 }), 0.5);
            assert_eq!(pieces.len(), 2, "{pieces:?}");
            // Whether the part round the corner (0, 0) is cut off from that at (1, 1).
            let round = |piece: &Piece| piece.points.iter().all(|(x, y)| x.min(*y) == 0.0);
            pieces.iter().any(round)
        };
        // The middle is 0.3 and 0.7: the high corners are apart, then together.
        assert!(saddle(0.6));
        assert!(!saddle(1.4));
    }

    #[test]
    fn where_nothing_is_known_the_contour_is_open() {
        let hole = |x: usize, y: usize| sure(if (x, y) == (2, 1) { f64::NAN } else { x as f64 });
        // Squares beside the hole have no contour; below them it goes on.
        let pieces = contour(5, 5, hole, 1.5);
        assert_eq!(pieces.len(), 1, "{pieces:?}");
        let ends: Vec<f64> = pieces[0].points.iter().map(|it| it.1).collect();
        assert!(ends.iter().all(|y| *y >= 2.0) && ends.len() == 3, "{ends:?}");
        assert!(contour(5, 5, |_, _| sure(f64::NAN), 0.5).is_empty());
        assert!(contour(1, 5, |_, y| sure(y as f64), 0.5).is_empty());
        assert!(contour(5, 5, |_, _| sure(0.5), 0.5).is_empty(), "all of it is reached");
    }

    #[test]
    fn a_piece_is_unsure_where_both_sides_are() {
        let at = |x: usize, y: usize| Node { value: x as f64, unsure: y >= 2 };
        let pieces = contour(2, 5, at, 0.5);
        let told: Vec<(bool, usize)> = pieces.iter().map(|it| (it.sure, it.points.len())).collect();
        assert!(told == [(true, 2), (false, 4)] || told == [(false, 4), (true, 2)], "{told:?}");
        let one = |x: usize, _: usize| Node { value: x as f64, unsure: x == 0 };
        assert!(contour(2, 5, one, 0.5).iter().all(|it| it.sure));
    }
}
