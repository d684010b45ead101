//! Whether a ring crosses itself, in a time that grows little faster than its length.

use ::geo::{Intersects, Line, LineString};

/// Whether two edges of a ring that do not follow each other meet.
///
/// Edges are gone through from west to east, and each is held only against those that
/// reach as far: `geo` holds every edge against every other, which takes a quarter of a
/// minute for 50,000.
pub(super) fn crosses_itself(ring: &LineString) -> bool {
    let mut edges: Vec<Line> = ring.lines().collect();
    edges.sort_by(|a, b| west(a).total_cmp(&west(b)));
    let mut reaching: Vec<Line> = Vec::new();
    for edge in edges {
        reaching.retain(|it| it.start.x.max(it.end.x) >= west(&edge));
        let (low, high) = (edge.start.y.min(edge.end.y), edge.start.y.max(edge.end.y));
        let meets = |it: &&Line| {
            it.start.y.max(it.end.y) >= low
                && it.start.y.min(it.end.y) <= high
                && it.start != edge.end
                && it.end != edge.start
                && it.intersects(&edge)
        };
        if reaching.iter().any(|it| meets(&it)) {
            return true;
        }
        reaching.push(edge);
    }
    false
}

fn west(edge: &Line) -> f64 {
    edge.start.x.min(edge.end.x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::geo::{Polygon, Validation};
    use proptest::prelude::*;

    fn ring(corners: &[(f64, f64)]) -> LineString {
        let mut line: LineString = corners.to_vec().into();
        line.close();
        line
    }

    #[test]
    fn a_bow_crosses_itself_and_a_square_does_not() {
        assert!(!crosses_itself(&ring(&[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)])));
        assert!(crosses_itself(&ring(&[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0)])));
        let touching = [(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 0.0), (0.0, 2.0)];
        assert!(crosses_itself(&ring(&touching)));
    }

    proptest! {
        #[test]
        fn it_says_what_geo_says(
            corners in prop::collection::vec((0..8i32, 0..8i32), 4..12)
        ) {
            let corners: Vec<(f64, f64)> =
                corners.into_iter().map(|(x, y)| (f64::from(x), f64::from(y))).collect();
            let mut kept = corners.clone();
            kept.dedup();
            prop_assume!(kept.len() > 3 && kept.first() != kept.last());
            let ring = ring(&kept);
            let found = Polygon::new(ring.clone(), Vec::new()).validation_errors();
            let theirs = found.iter().any(|it| it.to_string().contains("self-intersection"));
            prop_assert_eq!(crosses_itself(&ring), theirs);
        }
    }
}
