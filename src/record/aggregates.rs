//! Aggregates of one point: every measure on every date, over replicates.

use super::beliefs::Readings;
use super::measures::{List, Measure, Reader, With};
use super::places::{PlaceRow, Places};
use super::positions::Positions;
use super::runs::{Bounds, Run};
use super::turns::TurnRow;
use super::watch::Watches;
use crate::engine::{Register, World};
use crate::model::{ClauseIndex, Model, TiVec, ti_vec};
use crate::stats::{Held, Histogram};

/// Every measure on every date. Its size depends on the model alone.
///
/// What stands from one date to the next is entered once: a value is added on
/// the date from which it stands and taken away on the date from which another
/// one does, and the histogram of a date is the sum of all up to it. Replicates
/// are noted on sheets first and entered together, date by date: the histograms
/// are many and lie far apart, so that going through them once for each
/// replicate would cost more than the replicate.
#[derive(Debug, Clone)]
pub struct Aggregates {
    bounds: Bounds,
    measures: Vec<Measure>,
    /// By measure.
    readers: Vec<Reader>,
    /// By clause, then by what must change for another number: the measures.
    of_clauses: TiVec<ClauseIndex, [Vec<usize>; With::COUNT]>,
    /// The measures read on every date, those of lists aside.
    others: Vec<usize>,
    /// By date, then measure: what is added to the date before.
    steps: Vec<Histogram>,
    positions: Positions,
    /// Where forces stood on the last date; parts of an experiment do not hold it.
    places: Places,
    beliefs: Readings,
    watches: Watches,
    /// By list: its first measure.
    first: [usize; 3],
    /// By measure: what stands in the replicate being noted; NaN if nothing.
    standing: Vec<f64>,
    /// By measure: what it pools, the same with its weight.
    pooled: Vec<Vec<(f64, u32)>>,
    sheets: Vec<Sheet>,
    noted: usize,
}

/// What changed in one replicate: measure, value, and the weight it gains.
#[derive(Debug, Clone, Default)]
struct Sheet {
    changes: Vec<(u32, i32, f64)>,
    /// By date: the end of its changes.
    ends: Vec<usize>,
}

impl Sheet {
    /// Notes that another value stands for a measure.
    #[inline]
    fn note(&mut self, measure: usize, (before, was): (f64, u32), (after, is): (f64, u32)) {
        let measure = measure as u32;
        if was > 0 && !before.is_nan() {
            self.changes.push((measure, -(was as i32), before));
        }
        if is > 0 && !after.is_nan() {
            self.changes.push((measure, is as i32, after));
        }
    }

    /// Notes a value that stands once in each replicate, if it is another one.
    #[inline]
    fn follow(&mut self, measure: usize, standing: &mut f64, value: f64) {
        if differs(value, *standing) {
            self.note(measure, (*standing, 1), (value, 1));
            *standing = value;
        }
    }

    fn of(&self, date: usize) -> &[(u32, i32, f64)] {
        let from = date.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.changes[from..self.ends[date]]
    }
}

/// Whether two values differ; that there is none is a value of its own.
#[inline]
fn differs(a: f64, b: f64) -> bool {
    a.to_bits() != b.to_bits() && a != b && !(a.is_nan() && b.is_nan())
}

/// Replicates noted before they are entered.
const SHEETS: usize = 64;

impl Aggregates {
    /// Empty aggregates for a model.
    pub fn new(model: &Model) -> Self {
        let measures = Measure::all(model);
        let dates = model.calendar.record_days().count();
        let row: Vec<Histogram> =
            measures.iter().map(|measure| Histogram::new(measure.bins)).collect();
        let readers: Vec<Reader> = measures.iter().map(Measure::reader).collect();
        let pools = readers.iter().map(|reader| reader.pools(model));
        let pooled = pools.map(|pools| vec![(f64::NAN, 0); pools]).collect();
        let mut of_clauses = ti_vec![[const { Vec::new() }; With::COUNT]; model.clauses.len()];
        let mut others = Vec::new();
        for (at, reader) in readers.iter().enumerate() {
            let measure = &measures[at];
            let clause = match measure.subject_kind {
                "clause" => Some(measure.subject),
                "clause-party" => Some(measure.subject / model.parties.len()),
                _ => None,
            };
            if let Some(clause) = clause.filter(|_| !reader.is_daily()) {
                let with = reader.changes_with() as usize;
                of_clauses[ClauseIndex::from(clause)][with].push(at);
            } else if reader.list().is_none() {
                others.push(at);
            }
        }
        let first = [List::Positions, List::Beliefs, List::Watches].map(|list| {
            let first = readers.iter().position(|it| it.list() == Some(list));
            first.unwrap_or(readers.len())
        });
        Self {
            bounds: Bounds::of(model),
            of_clauses,
            others,
            readers,
            standing: vec![f64::NAN; measures.len()],
            pooled,
            measures,
            steps: (0..dates).flat_map(|_| row.iter().cloned()).collect(),
            positions: Positions::new(model),
            places: Places::default(),
            beliefs: Readings::new(model),
            watches: Watches::new(model),
            first,
            sheets: vec![Sheet::default(); SHEETS],
            noted: 0,
        }
    }

    /// Notes the world on the `date`-th record day, at the end of a turn of
    /// `days` days (0 on day 0). Dates come in order; the last one ends the
    /// replicate.
    pub fn record(&mut self, model: &Model, world: &World, date: usize, days: u32) {
        let mut sheet = std::mem::take(&mut self.sheets[self.noted]);
        if date == 0 {
            sheet.changes.clear();
            sheet.ends.clear();
            self.standing.fill(f64::NAN);
            for pooled in &mut self.pooled {
                pooled.fill((f64::NAN, 0));
            }
            self.positions.forget();
        }
        let since = world.day().saturating_sub(days);
        for (clause, measures) in self.of_clauses.iter_enumerated() {
            let fresh = world.is_fresh(model, clause, since);
            let mut changed = [false; With::COUNT];
            changed[With::Truth as usize] = fresh;
            changed[With::Records as usize] = fresh || world.is_told(clause);
            changed[With::Orders as usize] = fresh || world.is_reordered(clause);
            changed[With::Places as usize] = world.has_moved(clause);
            let shared = |register| world.is_shared_anew(clause, register);
            changed[With::TrueShare as usize] = shared(Register::True);
            changed[With::RecordedShare as usize] = shared(Register::Recorded);
            changed[With::ClaimedShare as usize] = shared(Register::Claimed);
            for (measures, changed) in measures.iter().zip(changed) {
                if date > 0 && !changed {
                    debug_assert!(self.stands(model, world, measures), "{clause:?}");
                    continue;
                }
                for at in measures {
                    let (reader, at) = (&self.readers[*at], *at);
                    if reader.is_pooled() {
                        let note = |before, after| sheet.note(at, before, after);
                        let all = date == 0 || world.is_recounted(clause);
                        reader.read_each(model, world, all, &mut self.pooled[at], note);
                        debug_assert!(self.stands(model, world, &[at]), "{clause:?}");
                        continue;
                    }
                    let value = reader.read(model, world);
                    sheet.follow(at, &mut self.standing[at], value);
                }
            }
        }
        for at in &self.others {
            let value = self.readers[*at].read(model, world);
            sheet.follow(*at, &mut self.standing[*at], value);
        }
        let mut follow = |list: List, values: &[f64]| {
            let first = self.first[list as usize];
            let standing = self.standing[first..].iter_mut();
            for (at, (value, standing)) in values.iter().zip(standing).enumerate() {
                sheet.follow(first + at, standing, *value);
            }
        };
        if let Some(values) = self.positions.read(model, world) {
            follow(List::Positions, values);
        }
        follow(List::Beliefs, self.beliefs.read(model, world));
        follow(List::Watches, self.watches.read(model, world));
        sheet.ends.push(sheet.changes.len());
        let ends = sheet.ends.len();
        self.sheets[self.noted] = sheet;
        if ends * self.measures.len() == self.steps.len() {
            self.noted += 1;
            self.places.add(world);
            if self.noted == SHEETS {
                self.enter();
            }
        }
    }

    /// Whether some measures show what stands.
    fn stands(&self, model: &Model, world: &World, measures: &[usize]) -> bool {
        measures.iter().all(|at| {
            let reader = &self.readers[*at];
            if reader.is_pooled() {
                let mut same = true;
                let mut pooled = self.pooled[*at].clone();
                reader.read_each(model, world, true, &mut pooled, |_, _| same = false);
                return same;
            }
            !differs(reader.read(model, world), self.standing[*at])
        })
    }

    /// Enters the replicates that are noted.
    pub fn enter(&mut self) {
        let width = self.measures.len().max(1);
        for (date, steps) in self.steps.chunks_mut(width).enumerate() {
            for sheet in &self.sheets[..self.noted] {
                for (measure, weight, value) in sheet.of(date) {
                    steps[*measure as usize].add_weighted(*value, i64::from(*weight));
                }
            }
        }
        self.noted = 0;
    }

    /// Adds what another one of the same model holds. What either has noted is
    /// to be entered first.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.steps.iter_mut().zip(&other.steps) {
            mine.merge(theirs);
        }
        self.places.merge(&other.places);
    }

    /// Where forces stood on the last date, over the replicates recorded here.
    pub fn places(&self, model: &Model) -> Vec<PlaceRow> {
        self.places.rows(model)
    }

    /// Rows of `turns` there can be, but for measures of several rows.
    pub fn capacity(&self) -> usize {
        self.steps.len()
    }

    /// What is measured.
    pub fn measure(&self, measure: usize) -> &Measure {
        &self.measures[measure]
    }

    /// The distribution of a measure on the `date`-th record day.
    pub fn on(&self, measure: usize, date: usize) -> Histogram {
        let width = self.measures.len().max(1);
        let mut sum = Histogram::new(self.measures[measure].bins);
        for steps in self.steps.chunks(width).take(date + 1) {
            sum.merge(&steps[measure]);
        }
        sum
    }

    /// What is entered, by its place; histograms without values take no room.
    pub fn held(&self) -> Vec<(u32, Held)> {
        let full = (0..).zip(&self.steps).filter(|(_, step)| !step.is_empty());
        full.map(|(at, step)| (at, step.held())).collect()
    }

    /// Whether a run that was read back can be one of the model.
    pub fn fits(&self, run: &Run) -> bool {
        self.bounds.hold(run)
    }

    /// Adds what others of the same model held; none if it does not fit.
    pub fn merge_held(&mut self, others: &[(u32, Held)]) -> Option<()> {
        others.iter().try_for_each(|(at, held)| self.steps.get_mut(*at as usize)?.merge_held(held))
    }

    /// The rows of `turns`, by date, then measure. A measure without values on
    /// a date has no row.
    pub fn rows<'a>(&'a self, model: &'a Model, point: u32) -> impl Iterator<Item = TurnRow> + 'a {
        let width = self.measures.len().max(1);
        let dates = model.calendar.record_days();
        let mut sums: Vec<Histogram> =
            self.measures.iter().map(|it| Histogram::new(it.bins)).collect();
        dates.zip(self.steps.chunks(width)).flat_map(move |(day, steps)| {
            let date = model.calendar.date(day).to_string();
            let mut rows = Vec::new();
            for ((measure, sum), step) in self.measures.iter().zip(&mut sums).zip(steps) {
                sum.merge(step);
                let written = model.written.as_ref();
                if sum.n() == 0 || written.is_some_and(|it| !it.contains(measure.name)) {
                    continue;
                }
                let row = row(point, &date, measure, sum);
                match measure.words() {
                    Some(words) => rows.extend(by_word(&row, words, sum)),
                    None => rows.push(row),
                }
            }
            rows
        })
    }
}

fn row(point: u32, date: &str, measure: &Measure, histogram: &Histogram) -> TurnRow {
    TurnRow {
        point,
        date: date.to_owned(),
        subject_kind: measure.subject_kind.to_owned(),
        subject: measure.subject_id.clone(),
        measure: measure.name.to_owned(),
        unit: measure.unit.to_owned(),
        register: measure.register.to_owned(),
        n: histogram.n(),
        mean: histogram.mean(),
        sd: histogram.sd(),
        q05: histogram.quantile(0.05),
        q25: histogram.quantile(0.25),
        q50: histogram.quantile(0.5),
        q75: histogram.quantile(0.75),
        q95: histogram.quantile(0.95),
    }
}

/// A row for each word that any replicate had: its probability.
fn by_word(row: &TurnRow, words: &[&str], histogram: &Histogram) -> Vec<TurnRow> {
    let from = |at: usize| {
        if at < words.len() { histogram.share_from(at as f64 + 0.5) } else { 0.0 }
    };
    let rows = words.iter().enumerate().filter_map(|(at, word)| {
        let p = from(at) - from(at + 1);
        let n = histogram.n() as f64;
        let sd = libm::sqrt(p * (1.0 - p) * n / (n - 1.0));
        let quantile = |q: f64| f64::from(u8::from(q > 1.0 - p));
        (p > 0.0).then(|| TurnRow {
            measure: (*word).to_owned(),
            mean: p,
            sd,
            q05: quantile(0.05),
            q25: quantile(0.25),
            q50: quantile(0.5),
            q75: quantile(0.75),
            q95: quantile(0.95),
            ..row.clone()
        })
    });
    rows.collect()
}
