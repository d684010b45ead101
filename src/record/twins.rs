//! How much of what replicates differ in comes from the numbers that the file leaves open:
//! the rows of `twins`.

use super::runs::{ClauseRun, Run};
use crate::model::{End, Model, Words};
use crate::stats::{Draws, Interval, OuterShare, PairResamples, Stream, outer_share};

/// Of the variance of one outcome over replicates, the share that twins have in common.
///
/// A twin draws the numbers that the file leaves open as its replicate did, and everything
/// else anew: the share comes from the file, the rest is chance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TwinRow {
    /// Number of the point of an experiment; 0 in a run.
    pub point: u32,
    /// The clause; empty for what belongs to the run.
    pub clause: String,
    /// What came out, as in `points`.
    pub outcome: String,
    /// In which unit.
    pub unit: String,
    /// `true`, `recorded` or `claimed`.
    pub register: String,
    /// Pairs of twins in both of which it is defined.
    pub pairs: u64,
    /// Standard deviation over them, in its unit.
    pub sd: f64,
    /// The outer share. As estimated: it can lie a little below 0, and so can its ends. NaN
    /// where nothing varies; ends are NaN where there are too few pairs.
    pub share: Interval,
}

impl TwinRow {
    /// The share within what a share can be; none where nothing varies.
    pub fn shown(&self) -> Option<Interval> {
        let cut = |it: f64| it.clamp(0.0, 1.0);
        let Interval { estimate, low, high } = self.share;
        let shown = Interval { estimate: cut(estimate), low: cut(low), high: cut(high) };
        (!estimate.is_nan()).then_some(shown)
    }

    /// It in a sentence, of the mean compliance of the whole agreement.
    pub fn sentence(&self) -> Option<String> {
        let it = self.shown()?;
        let of = |share: f64| format!("{:.0}", 100.0 * share);
        let ends = match it.low.is_nan() {
            true => String::new(),
            false => format!(" [{}–{}]", of(it.low), of(it.high)),
        };
        Some(format!(
            "Of the spread between replicates of how far the clauses were kept on average (weighted mean), \
             {}\u{a0}%{ends} comes from what the file leaves open, the rest is chance.",
            of(it.estimate)
        ))
    }

    /// The row of an outcome of the whole run, or of a clause.
    pub fn find<'r>(
        rows: &'r [Self],
        clause: &str,
        outcome: &str,
        register: &str,
    ) -> Option<&'r Self> {
        rows.iter().find(|row| {
            [&*row.clause, &*row.outcome, &*row.register] == [clause, outcome, register]
        })
    }
}

/// An outcome that is one number in each run: its name, unit, register, and how it is read;
/// NaN where it is not defined. What never came counts as the day after the last.
type OfClause = (&'static str, &'static str, &'static str, fn(&ClauseRun, u32) -> f64);

const OF_CLAUSE: [OfClause; 7] = [
    ("compliance", "share", "true", |it, _| it.met),
    ("compliance", "share", "recorded", |it, _| it.seen_keeping),
    ("not_observed", "share", "recorded", |it, _| it.not_observed),
    ("compliance", "share", "claimed", |it, _| it.claimed_keeping),
    ("deadline_met", "probability", "true", |it, _| it.deadline_met.map_or(f64::NAN, came)),
    ("kept_at_end", "probability", "true", |it, _| {
        it.started_day.map_or(f64::NAN, |_| came(it.kept_at_end))
    }),
    ("days_to_first_kept", "days", "true", |it, last| {
        let days = it.days_to_first_kept.unwrap_or(last + 1);
        it.started_day.map_or(f64::NAN, |_| f64::from(days))
    }),
];

fn came(it: bool) -> f64 {
    f64::from(u8::from(it))
}

/// What is told of a run: of each clause what [`OF_CLAUSE`] names, then of the agreement its
/// mean compliance and how it ended.
pub(super) fn told(model: &Model, run: &Run) -> Vec<f64> {
    let last = model.calendar.days;
    let clauses = run.clauses.iter();
    let of_clauses = clauses.flat_map(|it| OF_CLAUSE.iter().map(move |(.., of)| of(it, last)));
    let ends = End::WORDS.iter().map(|(_, end)| came(run.end() == *end));
    of_clauses.chain([run.compliance]).chain(ends).collect()
}

/// What replicates and their twins came to, pair by pair.
#[derive(Debug, Clone, Default)]
pub struct Twins {
    pairs: Vec<[Vec<f64>; 2]>,
}

impl Twins {
    /// Adds a replicate and its twin.
    pub fn add(&mut self, model: &Model, run: &Run, twin: &Run) {
        self.pairs.push([run, twin].map(|it| told(model, it)));
    }

    /// The rows, by clause; what belongs to the run comes last.
    pub fn rows(&self, model: &Model, point: u32) -> Vec<TwinRow> {
        let draws = Draws::new(0, 0);
        let resamples = PairResamples::new(self.pairs.len(), draws, Stream::new("twins", &[]));
        let of_clause = model.clauses.iter().flat_map(|clause| {
            let own = OF_CLAUSE.iter();
            own.map(move |(name, unit, register, _)| (&*clause.id, *name, *unit, *register))
        });
        let ends = End::WORDS.iter().map(|(word, _)| ("", *word, "probability", "true"));
        let all = of_clause.chain([("", "compliance", "share", "true")]).chain(ends);
        let row = |(at, (clause, outcome, unit, register)): (usize, (&str, &str, &str, &str))| {
            let pairs = self.pairs.iter().map(|[run, twin]| [run[at], twin[at]]);
            let OuterShare { pairs, sd, share } =
                outer_share(&pairs.collect::<Vec<_>>(), &resamples);
            TwinRow {
                point,
                clause: clause.to_owned(),
                outcome: outcome.to_owned(),
                unit: unit.to_owned(),
                register: register.to_owned(),
                pairs,
                sd,
                share,
            }
        };
        all.enumerate().map(row).collect()
    }
}
