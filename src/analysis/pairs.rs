//! Variants compared on common random numbers: the same replicate of each, pair
//! by pair.

use crate::model::{ClauseIndex, End, Model};
use crate::record::{ClauseRun, Run};
use crate::stats::{Interval, Paired};

/// What of a run is compared.
#[derive(Debug, Clone, Copy)]
enum Value {
    OfRun(fn(&Run) -> f64),
    OfClause(fn(&ClauseRun) -> f64),
}

/// An outcome that is compared.
#[derive(Debug, Clone, Copy)]
struct Outcome {
    name: &'static str,
    unit: &'static str,
    register: &'static str,
    value: Value,
}

const fn of_run(name: &'static str, unit: &'static str, value: fn(&Run) -> f64) -> Outcome {
    Outcome { name, unit, register: "true", value: Value::OfRun(value) }
}

const fn of_clause(
    name: &'static str,
    unit: &'static str,
    register: &'static str,
    value: fn(&ClauseRun) -> f64,
) -> Outcome {
    Outcome { name, unit, register, value: Value::OfClause(value) }
}

fn flag(it: Option<bool>) -> f64 {
    it.map_or(f64::NAN, |it| f64::from(u8::from(it)))
}

fn days(it: Option<u32>) -> f64 {
    it.map_or(f64::NAN, f64::from)
}

/// Whether something came first to the agreement, if it was judged.
fn first(run: &Run, end: End) -> f64 {
    flag((run.days_judged > 0).then(|| run.first().is_some_and(|(first, _)| first == end)))
}

const OUTCOMES: [Outcome; 14] = [
    of_run("compliance", "share", |run| run.compliance),
    of_run("completion", "probability", |run| first(run, End::Completed)),
    of_run("broken", "probability", |run| flag(Some(run.end() == End::Broken))),
    of_run("collapse", "probability", |run| first(run, End::Collapsed)),
    of_run("destruction", "probability", |run| first(run, End::Destroyed)),
    of_clause("compliance", "share", "true", |it| it.met),
    of_clause("compliance_with_losses", "share", "true", |it| it.with_losses),
    of_clause("compliance_unrestricted", "share", "true", |it| it.unrestricted),
    of_clause("compliance", "share", "recorded", |it| it.seen_keeping),
    of_clause("compliance", "share", "claimed", |it| it.claimed_keeping),
    of_clause("compliance_at_end", "share", "true", |it| it.met_at_end),
    of_clause("deadline_met", "probability", "true", |it| flag(it.deadline_met)),
    of_clause("kept_at_end", "probability", "true", |run| {
        flag(run.started_day.map(|_| run.kept_at_end))
    }),
    of_clause("days_late", "days", "true", |it| days(it.days_late)),
];

/// What two variants have in common, growing pair by pair. Its size depends on the
/// scenario alone.
#[derive(Debug, Clone)]
pub struct Pairs {
    rows: Vec<Compared>,
}

#[derive(Debug, Clone)]
struct Compared {
    outcome: Outcome,
    /// The clause's id, and its place in either model.
    clause: Option<(String, ClauseIndex, ClauseIndex)>,
    sums: Paired,
}

impl Pairs {
    /// None yet of two models: outcomes of the run, and of the clauses that both
    /// have, by their ids.
    pub fn new(a: &Model, b: &Model) -> Self {
        let place = |model: &Model, id: &str| model.clauses.position(|it| it.id == id);
        let clauses = a
            .clauses
            .iter_enumerated()
            .filter_map(|(at, clause)| Some((clause.id.clone(), at, place(b, &clause.id)?)));
        let row = |outcome: &Outcome, clause| Compared {
            outcome: *outcome,
            clause,
            sums: Paired::default(),
        };
        let of_run = OUTCOMES.iter().filter(|it| matches!(it.value, Value::OfRun(_)));
        let mut rows: Vec<Compared> = of_run.map(|it| row(it, None)).collect();
        for clause in clauses {
            let of_clause = OUTCOMES.iter().filter(|it| matches!(it.value, Value::OfClause(_)));
            rows.extend(of_clause.map(|it| row(it, Some(clause.clone()))));
        }
        Self { rows }
    }

    /// Adds the same replicate of both. An outcome that either has not is left out
    /// of this pair.
    pub fn add(&mut self, a: &Run, b: &Run) {
        for row in &mut self.rows {
            let (a, b) = match (row.outcome.value, &row.clause) {
                (Value::OfRun(value), _) => (value(a), value(b)),
                (Value::OfClause(value), Some((_, at, other))) => {
                    (value(&a.clauses[*at]), value(&b.clauses[*other]))
                }
                (Value::OfClause(_), None) => continue,
            };
            if a.is_finite() && b.is_finite() {
                row.sums.add(a, b);
            }
        }
    }

    /// The rows of `pairs`, of variants `against` and `point`; `comparisons` are
    /// made of each outcome at once. An outcome without pairs has no row, nor has a rare
    /// end of the agreement that came in none.
    pub fn rows(&self, against: u32, point: u32, comparisons: usize) -> Vec<PairRow> {
        let rare = |row: &Compared| ["broken", "destruction"].contains(&row.outcome.name);
        let came = |row: &Compared| row.sums.means()[..2].iter().any(|mean| *mean > 0.0);
        let rows = self.rows.iter().filter(|row| row.sums.n() > 0 && (!rare(row) || came(row)));
        rows.map(|row| row.told(against, point, comparisons)).collect()
    }
}

impl Compared {
    fn told(&self, against: u32, point: u32, comparisons: usize) -> PairRow {
        let sums = &self.sums;
        let probability = self.outcome.unit == "probability";
        let interval = |alpha: f64| {
            if probability {
                sums.probability_difference(alpha)
            } else {
                sums.mean_difference(alpha)
            }
        };
        let [mean_against, mean, _] = sums.means();
        let simultaneous = interval(ALPHA / comparisons.max(1) as f64);
        PairRow {
            against,
            point,
            clause: self.clause.as_ref().map_or_else(String::new, |(id, ..)| id.clone()),
            outcome: self.outcome.name.into(),
            unit: self.outcome.unit.into(),
            register: self.outcome.register.into(),
            interval: if probability { "bonett-price" } else { "paired-t" }.into(),
            pairs: sums.n(),
            differing: sums.differing(),
            mean_against,
            mean,
            difference: interval(ALPHA),
            simultaneous_low: simultaneous.low,
            simultaneous_high: simultaneous.high,
            independent: sums.independent(),
        }
    }
}

/// What an interval leaves out.
const ALPHA: f64 = 0.05;

/// One outcome of two variants: a row of `pairs`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PairRow {
    /// The variant that is compared with: its number.
    pub against: u32,
    /// The variant.
    pub point: u32,
    /// The clause; empty for what belongs to the run.
    pub clause: String,
    /// What is compared.
    pub outcome: String,
    /// In which unit.
    pub unit: String,
    /// `true`, `recorded` or `claimed`.
    pub register: String,
    /// `paired-t`, or `bonett-price` of probabilities.
    pub interval: String,
    /// Pairs in which both variants have the outcome.
    pub pairs: u64,
    /// Pairs in which it differs.
    pub differing: u64,
    /// Mean of the variant that is compared with, over these pairs.
    pub mean_against: f64,
    /// Mean of the variant.
    pub mean: f64,
    /// Mean difference, variant minus the one compared with, with its 95 %
    /// interval.
    pub difference: Interval,
    /// Lower end of the interval that holds at 95 % for all variants compared at
    /// once (Bonferroni).
    pub simultaneous_low: f64,
    /// Its upper end.
    pub simultaneous_high: f64,
    /// Runs of each variant that independent seeds would have needed for as narrow
    /// an interval; not finite where every pair has the same difference.
    pub independent: f64,
}

/// What a comparison shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// No pair differs.
    Same,
    /// The interval holds 0: more pairs might show one.
    NoneShown,
    /// The variant has more of it.
    More,
    /// The variant has less of it.
    Less,
}

impl Verdict {
    /// Its word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "the same in every pair",
            Self::NoneShown => "no difference shown",
            Self::More => "more",
            Self::Less => "less",
        }
    }
}

impl PairRow {
    /// What it shows, by the simultaneous interval. Fewer than 30 pairs show
    /// nothing: Student's interval does not hold for so few of what is skewed.
    pub fn verdict(&self) -> Verdict {
        match () {
            () if self.differing == 0 => Verdict::Same,
            () if self.pairs < FEWEST => Verdict::NoneShown,
            () if self.simultaneous_low > 0.0 => Verdict::More,
            () if self.simultaneous_high < 0.0 => Verdict::Less,
            () => Verdict::NoneShown,
        }
    }
}

/// Pairs below which no difference is said to be shown.
pub const FEWEST: u64 = 30;
