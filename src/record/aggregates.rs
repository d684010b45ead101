//! Aggregates of one point: every measure on every date, over replicates.

use super::measures::Measure;
use super::minds::Minds;
use super::positions::Positions;
use super::turns::TurnRow;
use crate::engine::World;
use crate::model::Model;
use crate::stats::Histogram;

/// Every measure on every date. Its size depends on the model alone.
///
/// Replicates are noted on sheets first and entered together: the histograms
/// are many and lie far apart, so that going through them once for each
/// replicate would cost more than the replicate.
#[derive(Debug, Clone)]
pub struct Aggregates {
    measures: Vec<Measure>,
    /// By date, then measure.
    histograms: Vec<Histogram>,
    positions: Positions,
    minds: Minds,
    sheets: Vec<Sheet>,
    noted: usize,
}

/// One replicate: values by date, then measure; pooled values with slot and
/// weight.
#[derive(Debug, Clone, Default)]
struct Sheet {
    values: Vec<f64>,
    pooled: Vec<(u32, u32, f64)>,
}

/// Replicates noted before they are entered.
const SHEETS: usize = 16;

impl Aggregates {
    /// Empty aggregates for a model.
    pub fn new(model: &Model) -> Self {
        let measures = Measure::all(model);
        let dates = model.calendar.record_days().count();
        let row: Vec<Histogram> = measures
            .iter()
            .map(|measure| Histogram::new(measure.bins))
            .collect();
        let histograms = (0..dates).flat_map(|_| row.iter().cloned()).collect();
        Self {
            measures,
            histograms,
            positions: Positions::new(model),
            minds: Minds::new(model),
            sheets: vec![Sheet::default(); SHEETS],
            noted: 0,
        }
    }

    /// Notes the world on the `date`-th record day, at the end of a turn of
    /// `days` days (0 on day 0). Dates come in order; the last one ends the
    /// replicate.
    pub fn record(&mut self, model: &Model, world: &World, date: usize, days: u32) {
        let sheet = &mut self.sheets[self.noted];
        if date == 0 {
            sheet.values.clear();
            sheet.pooled.clear();
        }
        self.positions.read(model, world);
        self.minds.read(model, world);
        for measure in &self.measures {
            if measure.is_pooled() {
                let slot = sheet.values.len() as u32;
                measure.read_each(model, world, |value, weight| {
                    sheet.pooled.push((slot, weight, value));
                });
            }
            sheet
                .values
                .push(measure.read(model, world, &self.positions, &self.minds, days));
        }
        if sheet.values.len() == self.histograms.len() {
            self.noted += 1;
            if self.noted == SHEETS {
                self.enter();
            }
        }
    }

    /// Enters the replicates that are noted.
    pub fn enter(&mut self) {
        let sheets = &self.sheets[..self.noted];
        let mut pooled = [0; SHEETS];
        for (slot, histogram) in self.histograms.iter_mut().enumerate() {
            for (sheet, next) in sheets.iter().zip(&mut pooled) {
                let value = sheet.values[slot];
                if !value.is_nan() {
                    histogram.add(value);
                }
                while let Some((at, weight, value)) = sheet.pooled.get(*next)
                    && *at == slot as u32
                {
                    histogram.add_weighted(*value, u64::from(*weight));
                    *next += 1;
                }
            }
        }
        self.noted = 0;
    }

    /// Adds what another one of the same model holds. What either has noted is
    /// to be entered first.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.histograms.iter_mut().zip(&other.histograms) {
            mine.merge(theirs);
        }
    }

    /// The rows of `turns`, by date, then measure. A measure without values on
    /// a date has no row.
    pub fn rows<'a>(&'a self, model: &'a Model, point: u32) -> impl Iterator<Item = TurnRow> + 'a {
        let width = self.measures.len().max(1);
        let dates = model.calendar.record_days();
        dates
            .zip(self.histograms.chunks(width))
            .flat_map(move |(day, histograms)| {
                let date = model.calendar.date(day).to_string();
                self.measures
                    .iter()
                    .zip(histograms)
                    .filter(|(_, histogram)| histogram.n() > 0)
                    .flat_map(move |(measure, histogram)| {
                        let row = row(point, &date, measure, histogram);
                        match measure.words() {
                            Some(words) => by_word(&row, words, histogram),
                            None => vec![row],
                        }
                    })
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
        if at < words.len() {
            histogram.share_from(at as f64 + 0.5)
        } else {
            0.0
        }
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
