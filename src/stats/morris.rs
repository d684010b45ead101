//! Trajectories for elementary effects.

use super::draws::{Draws, Stream};

/// Trajectories below which effects say nothing.
pub const LEAST_TRAJECTORIES: usize = 4;

/// Places on each coordinate: 0, 1/3, 2/3 and 1.
const PLACES: f64 = 4.0;

/// Trajectories through the unit cube: each begins at a random place of a grid of four
/// places a coordinate and moves along each coordinate once, in random order, by 2/3
/// up or down. A trajectory is p + 1 points, one after the other; more trajectories
/// change none.
///
/// Source: Morris, "Factorial sampling plans for preliminary computational
/// experiments", Technometrics 33(2), 1991.
#[derive(Debug, Clone)]
pub struct Trajectories {
    draws: Draws,
    /// By coordinate: of the start, of the order.
    streams: Vec<[Stream; 2]>,
}

impl Trajectories {
    /// Trajectories with a coordinate for each name.
    pub fn new(names: &[&str], draws: Draws) -> Self {
        let stream = |name: &&str| ["start", "order"].map(|it| Stream::new("morris", &[it, name]));
        Self { draws, streams: names.iter().map(stream).collect() }
    }

    /// A coordinate of a point.
    pub fn at(&self, point: u64, column: usize) -> f64 {
        let per = self.streams.len() as u64 + 1;
        let (trajectory, steps) = ((point / per) as u32, (point % per) as usize);
        let of = |column: usize, what: usize| {
            self.draws.uniform(self.streams[column][what], trajectory, 0)
        };
        // Places 0 and 1 move up by two, 2 and 3 down by two.
        let start = (of(column, 0) * PLACES).floor().min(PLACES - 1.0);
        let own = (of(column, 1), column);
        let earlier = (0..self.streams.len()).filter(|other| (of(*other, 1), *other) < own).count();
        let moved = earlier < steps;
        let place = match (moved, start < PLACES / 2.0) {
            (false, _) => start,
            (true, true) => start + PLACES / 2.0,
            (true, false) => start - PLACES / 2.0,
        };
        place / (PLACES - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_moves_one_coordinate_by_two_thirds() {
        let names = ["a", "b", "c", "d"];
        let it = Trajectories::new(&names, Draws::new(1, 0));
        let point = |at: u64| -> Vec<f64> { (0..4).map(|column| it.at(at, column)).collect() };
        let mut starts = std::collections::BTreeSet::new();
        for trajectory in 0..50 {
            let mut moved = [0; 4];
            for step in 0..4 {
                let (from, to) = (point(trajectory * 5 + step), point(trajectory * 5 + step + 1));
                let steps: Vec<usize> = (0..4).filter(|c| from[*c] != to[*c]).collect();
                assert_eq!(steps.len(), 1);
                let by = (to[steps[0]] - from[steps[0]]).abs();
                assert!((by - 2.0 / 3.0).abs() < 1e-12);
                moved[steps[0]] += 1;
            }
            assert_eq!(moved, [1; 4]);
            starts.insert(format!("{:?}", point(trajectory * 5)));
        }
        assert!(starts.len() > 40, "starts differ");
    }
}
