//! The points of a plan, made when they are asked for.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::design::{Design, DesignError, Layout};
use super::plan::{Plan, Round, Seeds, VARIANT, Variation};
use crate::model::MODEL_VERSION;
use crate::scenario::Level;

/// One point.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Point {
    /// Its number, in the order of the plan.
    pub number: u32,
    /// Sixteen hexadecimal digits over all that decides its runs but the replicate.
    pub id: String,
    /// By name of a parameter: its level.
    pub settings: Vec<(String, Level)>,
    /// What it sets: path and value.
    pub set: Vec<(String, String)>,
    /// Its own scenario, where it is another file than the plan's.
    pub text: Option<String>,
    /// Its master seed.
    pub seed: u64,
}

/// The points of a plan. They are made when asked for: a plan of millions is as
/// small as one of ten.
#[derive(Debug, Clone)]
pub struct Points<'a> {
    plan: &'a Plan,
    /// Hash state after all that points share.
    shared: Sha256,
    rounds: Vec<Points1<'a>>,
}

/// The points of one round that no earlier one has.
#[derive(Debug, Clone)]
struct Points1<'a> {
    from: Laid<'a>,
    count: u64,
    /// Which of the round they are; none if all.
    kept: Option<Vec<u64>>,
}

#[derive(Debug, Clone)]
enum Laid<'a> {
    Design(&'a Design, Box<Layout<'a>>),
    Listed(&'a [Variation]),
}

impl<'a> Points<'a> {
    pub(super) fn new(plan: &'a Plan) -> Result<Self, DesignError> {
        let mut shared = Sha256::new();
        for part in [&plan.text, &format!("{MODEL_VERSION}")] {
            hash(&mut shared, part);
        }
        for (path, text) in &plan.geodata {
            hash(&mut shared, path);
            hash(&mut shared, text);
        }
        hash(&mut shared, &format!("{} {}", plan.seed, plan.seeds.word()));
        let mut points = Self { plan, shared, rounds: Vec::new() };
        let mut known: Option<BTreeSet<String>> = None;
        for (number, round) in plan.rounds.iter().enumerate() {
            let (from, count) = match round {
                Round::Design(design) => {
                    let layout = Layout::new(design, plan.seed, number as u64)?;
                    (Laid::Design(design, Box::new(layout)), design.count()?)
                }
                Round::Listed(list) => (Laid::Listed(list), list.len() as u64),
            };
            let mut round = Points1 { from, count, kept: None };
            if number > 0 {
                let known = known.get_or_insert_with(|| {
                    (0..points.len()).map(|at| points.get(at as u32).id).collect()
                });
                let fresh = |at: &u64| known.insert(points.made(&round, *at, 0).id);
                let kept: Vec<u64> = (0..count).filter(fresh).collect();
                round.count = kept.len() as u64;
                round.kept = Some(kept);
            }
            points.rounds.push(round);
        }
        Ok(points)
    }

    /// How many.
    pub fn len(&self) -> u64 {
        self.rounds.iter().map(|it| it.count).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The greatest correlation between columns of Latin hypercubes, if there are
    /// any.
    pub fn correlation(&self) -> Option<f64> {
        let each = self.rounds.iter().filter_map(|round| match &round.from {
            Laid::Design(_, layout) => layout.correlation(),
            Laid::Listed(_) => None,
        });
        each.max_by(f64::total_cmp)
    }

    /// A point by its number, which must be below [`Points::len`].
    pub fn get(&self, number: u32) -> Point {
        let mut at = u64::from(number);
        for round in &self.rounds {
            if at < round.count {
                let index = round.kept.as_ref().map_or(at, |kept| kept[at as usize]);
                return self.made(round, index, number);
            }
            at -= round.count;
        }
        Point { number, seed: self.plan.seed, ..Point::default() }
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = Point> + '_ {
        (0..self.len() as u32).map(|number| self.get(number))
    }

    fn made(&self, round: &Points1<'_>, index: u64, number: u32) -> Point {
        let mut text = None;
        let (settings, mut set): (Vec<_>, Vec<_>) = match &round.from {
            Laid::Design(design, layout) => {
                let mut set = Vec::new();
                let mut settings = Vec::new();
                for (at, level) in layout.levels(index) {
                    let parameter = &design.parameters[at];
                    set.extend(parameter.paths.iter().cloned().zip(level.values.clone()));
                    settings.push((parameter.name(), level));
                }
                (settings, set)
            }
            Laid::Listed(list) => match list.get(index as usize) {
                Some(it) => {
                    let level = Level { name: it.name.clone(), values: Vec::new() };
                    text = it.text.clone();
                    (vec![(VARIANT.to_owned(), level)], it.set.clone())
                }
                None => (Vec::new(), Vec::new()),
            },
        };
        set.sort();
        let mut it = self.shared.clone();
        for (path, value) in &set {
            hash(&mut it, path);
            hash(&mut it, value);
        }
        if let Some(text) = &text {
            hash(&mut it, text);
        }
        let digest = it.finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[8..16]);
        Point {
            number,
            id: hex(&digest[..8]),
            settings,
            set,
            text,
            seed: match self.plan.seeds {
                Seeds::Common => self.plan.seed,
                Seeds::Independent => u64::from_le_bytes(first),
            },
        }
    }
}

impl Point {
    /// Its level of a parameter, by the parameter's name; none if it does not set it.
    pub fn level(&self, name: &str) -> Option<&Level> {
        self.settings.iter().find(|(own, _)| own == name).map(|(_, level)| level)
    }

    /// What its settings are, in a line: `clause.pullback.min_km = 70`.
    pub fn said(&self) -> String {
        if self.settings.is_empty() {
            return "as in the file".into();
        }
        let each = self.settings.iter().map(|(name, level)| format!("{name} = {}", level.name));
        each.collect::<Vec<_>>().join(", ")
    }

    /// Sixteen hexadecimal digits over all that decides one run: resolved scenario,
    /// geodata, parameters, seed, replicate and model version.
    pub fn run_id(&self, replicate: u64) -> String {
        let mut it = Sha256::new();
        hash(&mut it, &self.id);
        hash(&mut it, &replicate.to_string());
        hex(&it.finalize()[..8])
    }
}

fn hash(into: &mut Sha256, part: &str) {
    into.update((part.len() as u64).to_le_bytes());
    into.update(part.as_bytes());
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
