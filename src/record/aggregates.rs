//! Aggregates of one point: every measure on every date, over replicates.

use super::measures::Measure;
use super::turns::TurnRow;
use crate::engine::World;
use crate::model::Model;
use crate::stats::Histogram;

/// Every measure on every date. Its size depends on the model alone.
#[derive(Debug, Clone)]
pub struct Aggregates {
    measures: Vec<Measure>,
    /// By date, then measure.
    histograms: Vec<Histogram>,
}

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
        }
    }

    /// Adds the world on the `date`-th record day, at the end of a turn of
    /// `days` days (0 on day 0).
    pub fn record(&mut self, model: &Model, world: &World, date: usize, days: u32) {
        let width = self.measures.len();
        let row = &mut self.histograms[date * width..(date + 1) * width];
        for (measure, histogram) in self.measures.iter().zip(row) {
            measure.read(model, world, days, histogram);
        }
    }

    /// Adds what another one of the same model holds.
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
                    .map(move |(measure, histogram)| row(model, point, &date, measure, histogram))
            })
    }
}

fn row(model: &Model, point: u32, date: &str, measure: &Measure, histogram: &Histogram) -> TurnRow {
    let subject = match measure.subject_kind {
        "monitor" => &model.monitors[measure.subject].id,
        _ => &model.clauses[measure.subject].id,
    };
    TurnRow {
        point,
        date: date.to_owned(),
        subject_kind: measure.subject_kind.to_owned(),
        subject: subject.clone(),
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
