//! The conditions under which an outcome of a sweep lies beyond a threshold.

mod column;

use super::ResultsError;
use super::outcome::Swept;
use crate::analysis::{
    CHANCE, Cases, DiscoveryError, LEAST_POINTS, Prim, Region, Side, Traced, Values, prim, tree,
};
use crate::chart::{Chart, DiscoveryAxis, DiscoveryInput, DiscoveryPoint, draw_discovery};
use crate::scenario::Level;
use column::{Column, column};

/// What lies beyond which threshold.
#[derive(Debug, Clone)]
pub struct Interest {
    /// Whether points over the threshold are of interest, or those under it.
    pub over: bool,
    /// A share or probability, or days.
    pub threshold: f64,
}

/// How boxes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Peel a little off, step by step: the patient rule induction method. Restrictions that
    /// may be chance are left out.
    Prim,
    /// Split in two, three times at most: a regression tree.
    Tree,
}

/// The boxes that hold what is of interest.
#[derive(Debug)]
pub struct Discovery<'a> {
    swept: &'a Swept,
    interest: Interest,
    columns: Vec<Column>,
    values: Vec<Values>,
    of_interest: Vec<bool>,
    means: Vec<f64>,
    /// What is to be said of points and parameters that are left out; a line each, after a
    /// line break.
    pub note: String,
    /// The boxes in the order in which they were found.
    pub boxes: Vec<Region>,
    /// Which of them is told.
    pub chosen: usize,
}

/// One restriction of one box, or a box without any.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoxRow {
    /// The number of the box.
    pub number: u64,
    /// Whether it is the one that was chosen.
    pub chosen: bool,
    /// Points in it.
    pub points: u64,
    /// Points of interest in it.
    pub of_interest: u64,
    /// Share of all points of interest that lies in it.
    pub coverage: f64,
    /// Share of its points that is of interest.
    pub density: f64,
    /// Share of all points that lies in it.
    pub mass: f64,
    /// Mean outcome over its points.
    pub mean: f64,
    /// How many parameters it restricts.
    pub restricted: u64,
    /// The restricted parameter's paths; empty of a box without restriction.
    pub parameter: String,
    /// What a person calls it.
    pub title: String,
    /// The restriction in words.
    pub restriction: String,
    /// Lower limit; NaN if there is none, or it is a matter of words.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// Its quasi p-value.
    pub quasi_p: f64,
}

/// A tree is no deeper, and its leaves hold no fewer points.
const DEPTH: usize = 3;
const LEAF: usize = 10;
/// So few points of one kind tell nothing.
const FEW: usize = 5;

/// Finds boxes over the points of a sweep; `number` is the one to tell, the best balanced
/// if none.
///
/// # Errors
/// If the points cannot be set apart, or there is no such box.
pub fn discover(
    swept: &Swept,
    interest: Interest,
    search: Search,
    number: Option<usize>,
) -> Result<Discovery<'_>, ResultsError> {
    let (columns, points, note) = columns(swept)?;
    // What never comes is over any number of days, and under none.
    let mean = |at: &usize| if swept.never[*at] { f64::INFINITY } else { swept.means[*at] };
    let means: Vec<f64> = points.iter().map(mean).collect();
    let beyond = |mean: &f64| match interest.over {
        true => *mean > interest.threshold,
        false => *mean < interest.threshold,
    };
    let of_interest: Vec<bool> = means.iter().map(beyond).collect();
    let values: Vec<Values> = columns.iter().map(|it| it.values.clone()).collect();
    let mut found = Discovery {
        swept,
        interest,
        columns,
        values,
        of_interest,
        means,
        note,
        boxes: Vec::new(),
        chosen: 0,
    };
    let (boxes, best) = found.search(search)?;
    (found.boxes, found.chosen) = (boxes, best);
    match number {
        None => Ok(found),
        Some(number) if number < found.boxes.len() => Ok(Discovery { chosen: number, ..found }),
        Some(number) => Err(ResultsError::Refused(format!(
            "--box {number}: the boxes are numbered 0 to {}",
            found.boxes.len().saturating_sub(1)
        ))),
    }
}

impl Discovery<'_> {
    /// The points and what is of interest among them.
    pub fn cases(&self) -> Cases<'_> {
        Cases { values: &self.values, of_interest: &self.of_interest }
    }

    /// The boxes, and the one that is balanced best.
    fn search(&self, search: Search) -> Result<(Vec<Region>, usize), ResultsError> {
        let cases = self.cases();
        self.two_sided()?;
        match search {
            Search::Prim => {
                let mut found = prim(&cases, Prim::default())?;
                let sure = found.boxes.iter().map(|it| it.without_chance(&cases));
                found.boxes = sure.collect();
                found.boxes.dedup();
                let best = found.best(&cases);
                Ok((found.boxes, best))
            }
            Search::Tree => {
                let boxes = tree(&cases, DEPTH, LEAF.max(cases.len() / 20))?;
                let found = Traced { boxes, peeled: 0 };
                let best = found.best(&cases);
                Ok((found.boxes, best))
            }
        }
    }

    fn two_sided(&self) -> Result<(), ResultsError> {
        let cases = self.cases();
        let (hits, points) = (cases.hits(), cases.len());
        if points < LEAST_POINTS || hits.min(points - hits) >= FEW {
            return Ok(());
        }
        let low = self.means.iter().copied().fold(f64::INFINITY, f64::min);
        let finite = self.means.iter().copied().filter(|it| it.is_finite());
        let high = finite.fold(f64::NEG_INFINITY, f64::max);
        Err(ResultsError::Discovery(DiscoveryError::OneSided {
            hits,
            points,
            low: self.amount(low),
            high: self.amount(high),
        }))
    }

    /// "over 50 %".
    pub fn bound(&self) -> String {
        let side = if self.interest.over { "over" } else { "under" };
        format!("{side} {}", self.amount(self.interest.threshold))
    }

    fn amount(&self, value: f64) -> String {
        match self.swept.unit.as_str() {
            "days" => format!("{value:.0} days"),
            _ => {
                let text = format!("{:.1}", 100.0 * value);
                format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
            }
        }
    }

    /// The box that is told.
    fn told(&self) -> &Region {
        &self.boxes[self.chosen]
    }

    /// Restricted parameters of a box by their column, the surest first, with their quasi
    /// p-values.
    fn restricted(&self, region: &Region) -> Vec<(usize, f64)> {
        let cases = self.cases();
        let sides = region.sides.iter().enumerate().filter(|(_, side)| !side.is_free());
        let mut all: Vec<(usize, f64)> =
            sides.map(|(at, _)| (at, region.quasi_p(&cases, at))).collect();
        all.sort_by(|a, b| a.1.total_cmp(&b.1));
        all
    }

    /// The restrictions of the box that is told, in words, the surest first, with their
    /// quasi p-values.
    pub fn restrictions(&self) -> Vec<(String, f64)> {
        let region = self.told();
        let each = self.restricted(region).into_iter();
        each.map(|(at, p)| (self.columns[at].said(&region.sides[at]), p)).collect()
    }

    /// The mean outcome over the points of a box at which it comes.
    fn mean_in(&self, region: &Region) -> f64 {
        let inside = self.cases().inside(&region.sides);
        mean_of(inside.iter().map(|at| self.means[*at]))
    }

    /// The mean over some points, in words: over those at which it comes, and at how many it
    /// never does.
    fn averaged(&self, means: &[f64]) -> String {
        let never = means.iter().filter(|it| it.is_infinite()).count();
        let mean = mean_of(means.iter().copied());
        match never {
            0 => format!("{} on average", self.amount(mean)),
            _ if never == means.len() => "it never comes in most replicates".to_owned(),
            _ => format!(
                "{} on average where it comes (at {never} of {} points it never does in most replicates)",
                self.amount(mean),
                means.len()
            ),
        }
    }

    /// The box that is told, in a sentence or two.
    pub fn sentence(&self) -> String {
        let (region, cases) = (self.told(), &self.cases());
        let outcome = self.swept.outcome();
        let restricted = self.restricted(region);
        let inside = cases.inside(&region.sides);
        let inside: Vec<f64> = inside.iter().map(|at| self.means[*at]).collect();
        let share = |x: f64| format!("{:.0} %", 100.0 * x);
        if restricted.is_empty() {
            return format!(
                "No box is denser than all points together: {} is {} at {} of them.",
                outcome,
                self.bound(),
                share(region.density())
            );
        }
        let said: Vec<String> =
            restricted.iter().map(|(at, _)| self.columns[*at].said(&region.sides[*at])).collect();
        let chance: Vec<&str> = restricted
            .iter()
            .filter(|(_, p)| *p > CHANCE)
            .map(|(at, _)| self.columns[*at].title.as_str())
            .collect();
        let chance = match chance.as_slice() {
            [] => String::new(),
            names => format!(
                " The restriction of {} may be chance (quasi p above {CHANCE}).",
                names.iter().map(|it| format!("“{it}”")).collect::<Vec<_>>().join(", ")
            ),
        };
        let listed = match said.as_slice() {
            [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => said.join(""),
        };
        format!(
            "{listed}: {outcome} is {} at {} of such points, and {}; over all points it is so at {}, \
             and {}. Coverage {}, density {}; {} of {} parameters restricted; {} of {} points.{chance}",
            self.bound(),
            share(region.density()),
            self.averaged(&inside),
            share(cases.hits() as f64 / cases.len() as f64),
            self.averaged(&self.means),
            share(region.coverage(cases)),
            share(region.density()),
            restricted.len(),
            self.columns.len(),
            region.points,
            cases.len(),
        )
    }

    /// The rows of `boxes`: one for each restriction of each box, and one of a box without.
    pub fn rows(&self) -> Vec<BoxRow> {
        let cases = &self.cases();
        let mut rows = Vec::new();
        for (number, region) in self.boxes.iter().enumerate() {
            let row = BoxRow {
                number: number as u64,
                chosen: number == self.chosen,
                points: region.points as u64,
                of_interest: region.hits as u64,
                coverage: region.coverage(cases),
                density: region.density(),
                mass: region.mass(cases),
                mean: self.mean_in(region),
                restricted: region.restricted() as u64,
                low: f64::NAN,
                high: f64::NAN,
                quasi_p: f64::NAN,
                ..BoxRow::default()
            };
            let restricted = self.restricted(region);
            if restricted.is_empty() {
                rows.push(row);
                continue;
            }
            for (at, quasi_p) in restricted {
                let (low, high) = match region.sides[at] {
                    Side::Between(low, high) => (low, high),
                    _ => (None, None),
                };
                rows.push(BoxRow {
                    parameter: self.columns[at].parameter.name(),
                    title: self.columns[at].title.clone(),
                    restriction: self.columns[at].said(&region.sides[at]),
                    low: low.unwrap_or(f64::NAN),
                    high: high.unwrap_or(f64::NAN),
                    quasi_p,
                    ..row.clone()
                });
            }
        }
        rows
    }

    /// The chart of the box that is told; none where it restricts nothing.
    ///
    /// # Errors
    /// If it cannot be drawn.
    pub fn chart(&self) -> Result<Option<Chart>, ResultsError> {
        let (region, cases) = (self.told(), &self.cases());
        let (manifest, columns, means) = (&self.swept.manifest, &self.columns, &self.means);
        let restricted = self.restricted(region);
        let mut axes: Vec<DiscoveryAxis> =
            restricted.iter().map(|(at, p)| columns[*at].axis(&region.sides[*at], *p)).collect();
        let finite = means.iter().copied().filter(|it| it.is_finite());
        let high = finite.fold(0.0, f64::max).max(self.interest.threshold);
        let days = self.swept.unit == "days";
        let most = if days { high.max(1.0) } else { 1.0 };
        if let [_] = restricted.as_slice() {
            let ticks = [0.0, 0.25, 0.5, 0.75, 1.0];
            axes.push(DiscoveryAxis {
                title: self.swept.outcome(),
                ticks: ticks.map(|share| (share, self.amount(share * most))).to_vec(),
                span: None,
                ends: [0.0, most].map(|it| self.amount(it)),
                inside: vec![[0.0, 1.0]],
                restriction: String::new(),
                quasi_p: f64::NAN,
            });
        }
        let inside = cases.inside(&region.sides);
        let points = (0..cases.len()).map(|point| {
            let mut at: Vec<f64> =
                restricted.iter().map(|(it, _)| columns[*it].at(point)).collect();
            if at.len() == 1 {
                at.push((means[point] / most).min(1.0));
            }
            DiscoveryPoint {
                at,
                of_interest: self.of_interest[point],
                inside: inside.binary_search(&point).is_ok(),
            }
        });
        let input = DiscoveryInput {
            about: manifest.about(&self.swept.title()),
            interest: format!("{} {}", self.swept.outcome(), self.bound()),
            finding: self.sentence(),
            coverage: region.coverage(cases),
            density: region.density(),
            restricted: restricted.len(),
            parameters: columns.len(),
            axes,
            points: points.collect(),
        };
        Ok(draw_discovery(&input))
    }
}

/// The mean of what is finite.
fn mean_of(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let finite = values.filter(|it| it.is_finite());
    finite.clone().sum::<f64>() / finite.count() as f64
}

/// The parameters over the points that set all of them and have an outcome; which points
/// these are; and what is to be said of others.
fn columns(swept: &Swept) -> Result<(Vec<Column>, Vec<usize>, String), ResultsError> {
    let design = swept.plan.first_design().ok_or_else(|| {
        ResultsError::Refused(
            "the points are listed one by one, without parameters to restrict: sweep with --vary"
                .into(),
        )
    })?;
    let all = swept.plan.points()?;
    let mut used = Vec::new();
    let mut settings: Vec<Vec<Level>> = Vec::new();
    let (mut unset, mut empty) = (0, 0);
    let without = |point: usize| !swept.means[point].is_finite() && !swept.never[point];
    for point in all.iter() {
        let each = design.parameters.iter().map(|it| point.level(&it.name()).cloned());
        let own: Option<Vec<Level>> = each.collect();
        match own {
            None => unset += 1,
            Some(_) if without(point.number as usize) => empty += 1,
            Some(own) => {
                used.push(point.number as usize);
                settings.push(own);
            }
        }
    }
    let mut note = String::new();
    if empty > 0 {
        note.push_str(&format!(
            "\n{empty} points are left out: they have no outcome ({} with failed runs); nothing is put in their place",
            swept.failed
        ));
    }
    if unset > 0 {
        note.push_str(&format!("\n{unset} points are left out: they do not set every parameter"));
    }
    let mut found = Vec::new();
    for (at, parameter) in design.parameters.iter().enumerate() {
        let levels: Vec<&Level> = settings.iter().map(|it| &it[at]).collect();
        if levels.iter().all(|it| it.values == levels[0].values) {
            note.push_str(&format!(
                "\n`{}` has one value at every point, so no box can speak of it",
                parameter.name()
            ));
            continue;
        }
        found.push(column(parameter, &levels));
    }
    if found.is_empty() && !used.is_empty() {
        return Err(ResultsError::Refused(
            "no parameter varies over these points, so nothing can set them apart".into(),
        ));
    }
    Ok((found, used, note))
}
