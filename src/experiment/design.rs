//! Which points an experiment has.

use serde::{Deserialize, Serialize};

use crate::scenario::{Arrangement, Level, Levels, Parameter};
use crate::stats::{Draws, Latin, SOBOL_DIMENSIONS, Sobol, Stream};

/// What is varied, and how points are chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Design {
    /// How points are chosen.
    pub arrangement: Arrangement,
    /// How many; none where it follows from the values, as of a grid.
    pub points: Option<u32>,
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
        let paths: Vec<&String> = self.parameters.iter().flat_map(|it| &it.paths).collect();
        for (at, path) in paths.iter().enumerate() {
            if paths[..at].contains(path) {
                return Err(DesignError::Twice((*path).clone()));
            }
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
            (_, Some(points)) => Ok(u64::from(points)),
        }
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
        };
        Ok(Self {
            design,
            spread,
            draws,
            streams: names
                .iter()
                .map(|name| Stream::new("sobol", &[name]))
                .collect(),
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
            columns
                .map(|(column, (it, whole))| (column, it.at(share(column), *whole)))
                .collect()
        };
        match &self.spread {
            Spread::Grid => self.combination(index),
            Spread::Latin(latin) => at(&|column| latin.at(index as usize, column)),
            Spread::Sobol(sobol) => at(&|column| {
                sobol.scrambled(index as u32, column, self.draws, self.streams[column])
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
