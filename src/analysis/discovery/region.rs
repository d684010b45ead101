//! Boxes, and the cases that lie in them.

use crate::stats::binomial_tail;

/// The values of one parameter over the points.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers, or anything in an order.
    Numbers(Vec<f64>),
    /// Which of so many words, in no order.
    Words(Vec<usize>, usize),
}

/// What a box lets one parameter be.
#[derive(Debug, Clone, PartialEq)]
pub enum Side {
    /// Anything.
    Free,
    /// Numbers above the one and below the other; either may be missing.
    Between(Option<f64>, Option<f64>),
    /// These words: by number whether it is one of them.
    Among(Vec<bool>),
}

/// The points of a design, each of interest or not.
#[derive(Debug, Clone, Copy)]
pub struct Cases<'a> {
    /// By parameter.
    pub values: &'a [Values],
    /// By point.
    pub of_interest: &'a [bool],
}

/// A box: what it lets each parameter be, and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// By parameter.
    pub sides: Vec<Side>,
    /// Points in it.
    pub points: usize,
    /// Points of interest in it.
    pub hits: usize,
}

/// Why there are no boxes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiscoveryError {
    /// Too few points.
    #[error("{points} points have an outcome, and fewer than {least} say nothing: add points")]
    TooFew {
        /// With an outcome.
        points: usize,
        /// At least needed.
        least: usize,
    },
    /// Nothing, or everything, is of interest.
    #[error(
        "{hits} of {points} points are of interest, so nothing sets them apart: choose another threshold (the outcome lies between {low} and {high})"
    )]
    OneSided {
        /// Of interest.
        hits: usize,
        /// In all.
        points: usize,
        /// Least outcome, in its unit.
        low: String,
        /// Greatest.
        high: String,
    },
}

/// Above this quasi p-value a restriction may be chance.
pub const CHANCE: f64 = 0.05;

/// Points below which a box says nothing.
pub const LEAST_POINTS: usize = 40;

impl Side {
    /// Whether it lets a point in.
    fn lets(&self, values: &Values, point: usize) -> bool {
        match (self, values) {
            (Self::Between(low, high), Values::Numbers(all)) => {
                let x = all[point];
                low.is_none_or(|low| x >= low) && high.is_none_or(|high| x <= high)
            }
            (Self::Among(words), Values::Words(all, _)) => words[all[point]],
            _ => true,
        }
    }

    /// Its limits; none on a side where it has none.
    pub(super) fn limits(&self) -> (Option<f64>, Option<f64>) {
        match self {
            Self::Between(low, high) => (*low, *high),
            _ => (None, None),
        }
    }

    /// By word, of so many, whether it is let in.
    pub(super) fn words(&self, many: usize) -> Vec<bool> {
        match self {
            Self::Among(words) => words.clone(),
            _ => vec![true; many],
        }
    }

    /// Whether it keeps nothing out.
    pub fn is_free(&self) -> bool {
        match self {
            Self::Free | Self::Between(None, None) => true,
            Self::Between(..) => false,
            Self::Among(words) => words.iter().all(|it| *it),
        }
    }
}

impl Cases<'_> {
    /// How many points there are.
    pub fn len(&self) -> usize {
        self.of_interest.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.of_interest.is_empty()
    }

    /// How many are of interest.
    pub fn hits(&self) -> usize {
        self.of_interest.iter().filter(|it| **it).count()
    }

    /// The points that a box lets in.
    pub fn inside(&self, sides: &[Side]) -> Vec<usize> {
        let lets = |point: &usize| {
            let mut each = sides.iter().zip(self.values);
            each.all(|(side, values)| side.lets(values, *point))
        };
        (0..self.len()).filter(lets).collect()
    }

    /// A box with what it holds.
    pub fn region(&self, sides: Vec<Side>) -> Region {
        let inside = self.inside(&sides);
        Region {
            points: inside.len(),
            hits: inside.iter().filter(|it| self.of_interest[**it]).count(),
            sides,
        }
    }

    pub(super) fn check(&self) -> Result<(), DiscoveryError> {
        if self.len() < LEAST_POINTS {
            return Err(DiscoveryError::TooFew { points: self.len(), least: LEAST_POINTS });
        }
        Ok(())
    }
}

impl Region {
    /// The share of all points of interest that lies in it.
    pub fn coverage(&self, cases: &Cases<'_>) -> f64 {
        self.hits as f64 / cases.hits() as f64
    }

    /// The share of its points that is of interest.
    pub fn density(&self) -> f64 {
        self.hits as f64 / self.points as f64
    }

    /// The share of all points that lies in it.
    pub fn mass(&self, cases: &Cases<'_>) -> f64 {
        self.points as f64 / cases.len() as f64
    }

    /// How many parameters it restricts.
    pub fn restricted(&self) -> usize {
        self.sides.iter().filter(|it| !it.is_free()).count()
    }

    /// For a parameter: the chance that so many of its points would be of interest, or
    /// more, if the restriction of this parameter told nothing and each were of interest
    /// with the share that is without it. 1 of a free parameter.
    ///
    /// Source: Bryant & Lempert, "Thinking inside the box", Technological Forecasting &
    /// Social Change 77, 2010, section 3.3.
    pub fn quasi_p(&self, cases: &Cases<'_>, parameter: usize) -> f64 {
        if self.sides[parameter].is_free() {
            return 1.0;
        }
        let without = cases.region(self.with(parameter, Side::Free));
        binomial_tail(self.hits as u64, self.points as u64, without.density())
    }

    /// The box without restrictions that may be chance: the one with the greatest quasi
    /// p-value is lifted, and the others looked at anew, until none is above [`CHANCE`].
    pub fn without_chance(&self, cases: &Cases<'_>) -> Self {
        let mut it = self.clone();
        loop {
            let each = (0..it.sides.len()).map(|at| (it.quasi_p(cases, at), at));
            let restricted = each.filter(|(_, at)| !it.sides[*at].is_free());
            match restricted.max_by(|a, b| a.0.total_cmp(&b.0)) {
                Some((p, at)) if p > CHANCE => it = cases.region(it.with(at, Side::Free)),
                _ => return it,
            }
        }
    }

    /// Its sides with another for one parameter.
    pub(super) fn with(&self, parameter: usize, side: Side) -> Vec<Side> {
        let mut sides = self.sides.clone();
        sides[parameter] = side;
        sides
    }

    /// The harmonic mean of coverage and density: what one box must have of both.
    pub fn balance(&self, cases: &Cases<'_>) -> f64 {
        2.0 * self.hits as f64 / (self.points + cases.hits()) as f64
    }
}
