//! Which points an experiment has.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::scenario::{Arrangement, Level, Levels, Parameter};
use crate::stats::{
    Draws, LEAST_ROWS, LEAST_TRAJECTORIES, Latin, SALTELLI_PARAMETERS, SOBOL_DIMENSIONS, Saltelli,
    Sobol, Stream, Trajectories,
};

/// Most values of a Latin hypercube (points times parameters): all are held at once.
const MAX_CELLS: u64 = 10_000_000;

/// What is varied, and how points are chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Design {
    /// How points are chosen.
    pub arrangement: Arrangement,
    /// How many; none where it follows from the values, as of a grid. For `saltelli` rows
    /// of the base sample, for `morris` trajectories.
    pub points: Option<u32>,
    /// Of `saltelli`: whether there are points for indices of second order.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub second_order: bool,
    /// What is varied.
    pub parameters: Vec<Parameter>,
    /// By parameter: whether the numbers of its range are whole.
    pub whole: Vec<bool>,
}

/// Why a design has no points.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DesignError {
    /// Nothing is varied.
    #[error(
        "nothing is varied: add --vary PATH=V1,V2, or an [experiment] table to the scenario file"
    )]
    Nothing,
    /// A grid over a range without a step.
    #[error(
        "`{0}` is a range without a step: a grid needs one (LOW..HIGH:STEP); or choose points from it with --design lhs --points 64"
    )]
    NoStep(String),
    /// A number of points for a grid.
    #[error(
        "a grid has as many points as there are combinations: leave --points out, or add --design lhs or sobol"
    )]
    PointsOfGrid,
    /// A number of points for one parameter at a time.
    #[error(
        "one parameter at a time has as many points as there are values, and one for the scenario as written: leave --points out"
    )]
    PointsOfOne,
    /// No number of points.
    #[error("the design {0} needs a number of points: add --points 64")]
    HowMany(&'static str),
    /// Two parameters set one path.
    #[error("`{0}` is varied twice: vary it once, or move paths together (P,Q=40:50,70:80)")]
    Twice(String),
    /// More dimensions than there are direction numbers for.
    #[error("{0} parameters are more than the {SOBOL_DIMENSIONS} that a Sobol' sequence has")]
    Dimensions(usize),
    /// Too few rows or trajectories to say anything.
    #[error(
        "{points} {what} of the design {design} say nothing: take {least} or more (--points {advice})"
    )]
    TooFew {
        /// How many.
        points: u32,
        /// Rows or trajectories.
        what: &'static str,
        /// Of which design.
        design: &'static str,
        /// At least.
        least: usize,
        /// A common number.
        advice: u32,
    },
    /// A parameter with one value in a design that asks what varying it does.
    #[error(
        "`{0}` has one value, so the design cannot tell what it does: give it a range, or set it with --set"
    )]
    OneValue(String),
    /// Words in a design that moves along a range.
    #[error(
        "`{0}` has values in no order ({1}), and the design morris moves from the low end of a range to the high one: vary numbers or dates, or take --design saltelli, for which any value will do"
    )]
    NoOrder(String, String),
    /// Second order in a design that has none.
    #[error("--second-order belongs to --design saltelli")]
    SecondOrder,
    /// A hypercube that memory does not hold.
    #[error(
        "a hypercube of {0} values is larger than the {MAX_CELLS} that are held at once: choose fewer points, or --design sobol, which holds none"
    )]
    Cells(u64),
    /// More combinations than can be counted.
    #[error("the grid has more combinations than can be counted: list fewer values")]
    Endless,
}

impl Design {
    /// The number of points.
    ///
    /// # Errors
    /// If the design does not hold together.
    pub fn count(&self) -> Result<u64, DesignError> {
        if self.parameters.is_empty() {
            return Err(DesignError::Nothing);
        }
        let mut paths = BTreeSet::new();
        for path in self.parameters.iter().flat_map(|it| &it.paths) {
            if !paths.insert(path) {
                return Err(DesignError::Twice(path.clone()));
            }
        }
        if self.second_order && self.arrangement != Arrangement::Saltelli {
            return Err(DesignError::SecondOrder);
        }
        match (self.arrangement, self.points) {
            (Arrangement::Grid, Some(_)) => Err(DesignError::PointsOfGrid),
            (Arrangement::Grid, None) => {
                let mut count: u64 = 1;
                for parameter in &self.parameters {
                    let Levels::Listed(levels) = &parameter.levels else {
                        return Err(DesignError::NoStep(parameter.name()));
                    };
                    let levels = levels.len() as u64;
                    count = count.checked_mul(levels).ok_or(DesignError::Endless)?;
                }
                Ok(count)
            }
            (Arrangement::OneAtATime, Some(_)) => Err(DesignError::PointsOfOne),
            (Arrangement::OneAtATime, None) => {
                let values = self.parameters.iter().map(|it| it.values().len() as u64);
                Ok(1 + values.sum::<u64>())
            }
            (it, None) => Err(DesignError::HowMany(it.word())),
            (Arrangement::Sobol, _) if self.parameters.len() > SOBOL_DIMENSIONS => {
                Err(DesignError::Dimensions(self.parameters.len()))
            }
            (Arrangement::Saltelli, Some(rows)) => {
                if self.parameters.len() > SALTELLI_PARAMETERS {
                    return Err(DesignError::Dimensions(2 * self.parameters.len()));
                }
                self.enough(rows, "rows", LEAST_ROWS, 256)
            }
            (Arrangement::Morris, Some(trajectories)) => {
                for parameter in &self.parameters {
                    if let Some(word) = parameter.without_order() {
                        return Err(DesignError::NoOrder(parameter.name(), word));
                    }
                }
                self.enough(trajectories, "trajectories", LEAST_TRAJECTORIES, 20)
            }
            (Arrangement::Lhs, Some(points)) => {
                let cells = u64::from(points).saturating_mul(self.parameters.len() as u64);
                if cells > MAX_CELLS {
                    return Err(DesignError::Cells(cells));
                }
                Ok(u64::from(points))
            }
            (_, Some(points)) => Ok(u64::from(points)),
        }
    }

    fn enough(
        &self,
        points: u32,
        what: &'static str,
        least: usize,
        advice: u32,
    ) -> Result<u64, DesignError> {
        let single = |it: &&Parameter| matches!(&it.levels, Levels::Listed(it) if it.len() < 2);
        if let Some(parameter) = self.parameters.iter().find(single) {
            return Err(DesignError::OneValue(parameter.name()));
        }
        if (points as usize) < least {
            return Err(DesignError::TooFew {
                points,
                what,
                design: self.arrangement.word(),
                least,
                advice,
            });
        }
        Ok(u64::from(points) * self.per_row())
    }

    /// Points that go together: those of a row of `saltelli`, of a trajectory of
    /// `morris`; 1 of other designs.
    pub fn per_row(&self) -> u64 {
        let p = self.parameters.len();
        match self.arrangement {
            Arrangement::Saltelli => Saltelli::per_row(p, self.second_order) as u64,
            Arrangement::Morris => p as u64 + 1,
            _ => 1,
        }
    }

    /// What it costs, in a few words: "256 rows of 12 + 2 points"; none of designs whose
    /// points stand alone.
    pub fn cost(&self) -> Option<String> {
        let p = self.parameters.len();
        let points = self.points?;
        match (self.arrangement, self.second_order) {
            (Arrangement::Saltelli, false) => Some(format!("{points} rows of {p} + 2 points")),
            (Arrangement::Saltelli, true) => Some(format!("{points} rows of 2 × {p} + 2 points")),
            (Arrangement::Morris, _) => Some(format!("{points} trajectories of {p} + 1 points")),
            _ => None,
        }
    }

    /// By parameter: where on its range a point lies, from 0 to 1. Of a list, by the place
    /// in it. Empty of a point of another design.
    pub fn positions(&self, settings: &[(String, Level)]) -> Vec<f64> {
        let each = self.parameters.iter().zip(settings);
        each.map(|(parameter, (_, level))| parameter.place(level)).collect()
    }
}

/// A design with its points at hand.
#[derive(Debug, Clone)]
pub(super) struct Layout<'a> {
    design: &'a Design,
    spread: Spread,
    draws: Draws,
    /// By parameter.
    streams: Vec<Stream>,
}

#[derive(Debug, Clone)]
enum Spread {
    Grid,
    Latin(Latin),
    Sobol(Sobol),
    /// By parameter: its values.
    One(Vec<Vec<Level>>),
    Saltelli(Saltelli),
    Morris(Trajectories),
}

impl<'a> Layout<'a> {
    /// Lays a design out. Draws are keyed by the seed, the round and the paths of
    /// a parameter, so that another parameter behind it moves no value of it.
    pub(super) fn new(design: &'a Design, seed: u64, round: u64) -> Result<Self, DesignError> {
        let count = design.count()?;
        let names: Vec<String> = design.parameters.iter().map(Parameter::name).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let draws = Draws::new(seed, round);
        let spread = match design.arrangement {
            Arrangement::Grid => Spread::Grid,
            Arrangement::Lhs => Spread::Latin(Latin::new(count as u32, &names, draws)),
            Arrangement::Sobol => match Sobol::new(names.len()) {
                Some(sobol) => Spread::Sobol(sobol),
                None => return Err(DesignError::Dimensions(names.len())),
            },
            Arrangement::OneAtATime => {
                Spread::One(design.parameters.iter().map(Parameter::values).collect())
            }
            Arrangement::Saltelli => match Saltelli::new(&names, design.second_order, draws) {
                Some(saltelli) => Spread::Saltelli(saltelli),
                None => return Err(DesignError::Dimensions(2 * names.len())),
            },
            Arrangement::Morris => Spread::Morris(Trajectories::new(&names, draws)),
        };
        Ok(Self {
            design,
            spread,
            draws,
            streams: names.iter().map(|name| Stream::new("sobol", &[name])).collect(),
        })
    }

    /// The greatest correlation between columns of a hypercube.
    pub(super) fn correlation(&self) -> Option<f64> {
        match &self.spread {
            Spread::Latin(latin) => Some(latin.correlation),
            _ => None,
        }
    }

    /// What a point sets: the place of a parameter, and its level. In a grid the last
    /// parameter moves first; one at a time the first point sets nothing.
    pub(super) fn levels(&self, index: u64) -> Vec<(usize, Level)> {
        let parameters = &self.design.parameters;
        let at = |share: &dyn Fn(usize) -> f64| {
            let columns = parameters.iter().zip(&self.design.whole).enumerate();
            columns.map(|(column, (it, whole))| (column, it.at(share(column), *whole))).collect()
        };
        match &self.spread {
            Spread::Grid => self.combination(index),
            Spread::Latin(latin) => at(&|column| latin.at(index as usize, column)),
            Spread::Sobol(sobol) => at(&|column| {
                sobol.scrambled(index as u32, column, self.draws, self.streams[column])
            }),
            Spread::Saltelli(it) => at(&|column| it.at(index, column)),
            // The places of a trajectory are those of a list, both ends among them.
            Spread::Morris(it) => at(&|column| match &parameters[column].levels {
                Levels::Listed(levels) => {
                    let n = levels.len().max(1) as f64;
                    ((it.at(index, column) * (n - 1.0)).round() + 0.5) / n
                }
                Levels::Between { .. } => it.at(index, column),
            }),
            Spread::One(values) => {
                let each = values.iter().enumerate();
                let mut each =
                    each.flat_map(|(column, levels)| levels.iter().map(move |it| (column, it)));
                let changed = (index as usize).checked_sub(1).and_then(|at| each.nth(at));
                let changed = changed.map(|(column, level)| (column, level.clone()));
                changed.into_iter().collect()
            }
        }
    }

    fn combination(&self, index: u64) -> Vec<(usize, Level)> {
        let mut rest = index;
        let mut levels = Vec::with_capacity(self.design.parameters.len());
        for (column, parameter) in self.design.parameters.iter().enumerate().rev() {
            if let Levels::Listed(listed) = &parameter.levels {
                let n = listed.len().max(1) as u64;
                let level = listed.get((rest % n) as usize).cloned();
                levels.extend(level.map(|level| (column, level)));
                rest /= n;
            }
        }
        levels.reverse();
        levels
    }
}
