//! One scenario, run many times.

use super::ResultsError;
use super::chart_input::chart_input;
use super::manifest::{Manifest, RUN, identity};
use super::tracks::{TrackRow, tracks};
use crate::analysis::{OnRecord, RecordRow, compare_records, find_records};
use crate::chart::{Chart, ChartInput, Kind, draw};
use crate::experiment::{Ensemble, Trace, attempt_trace, ensemble};
use crate::model::Model;
use crate::record::{PlaceRow, PointRow, Ranking, TurnRow};
use crate::scenario::{LoadError, Loaded};
use crate::threads;

/// What many runs of one scenario came to.
#[derive(Debug, Clone)]
pub struct Results {
    /// What they are the results of.
    pub manifest: Manifest,
    /// Outcomes with their 95 % intervals.
    pub points: Vec<PointRow>,
    /// What charts show.
    pub tables: RunTables,
}

/// The tables that the charts of a run are drawn from.
#[derive(Debug, Clone, Default)]
pub struct RunTables {
    /// Every measure on every date.
    pub turns: Vec<TurnRow>,
    /// The record of the real agreement beside what was simulated.
    pub records: Vec<RecordRow>,
    /// Where forces stand at the end, over all replicates.
    pub places: Vec<PlaceRow>,
    /// Where forces were in the median replicate.
    pub tracks: Vec<TrackRow>,
}

/// Runs a scenario `replicates` times from a master seed, on the threads there are. The
/// same scenario, seed and version give the same results for any number of threads.
///
/// # Errors
/// If a record of the scenario is of nothing that is measured.
pub fn run(loaded: &Loaded, replicates: u64, seed: u64) -> Result<Results, ResultsError> {
    let (model, scenario) = (&loaded.model, &loaded.scenario);
    let on_record = on_record(loaded)?;
    let finished = |_: Result<&_, &_>| Ok::<(), ResultsError>(());
    let whole = ensemble(model, seed, replicates, finished)?;
    let identity = identity(RUN, &loaded.source.text, &loaded.geodata, seed, replicates, &[]);
    let manifest = Manifest { identity, seed, replicates, ..manifest_of_run(loaded, &whole) };
    let median = attempt_trace(model, seed, manifest.median).ok();
    let (aggregates, outcomes) = (&whole.aggregates, &whole.outcomes);
    let records = compare_records(model, scenario, &on_record, aggregates, outcomes);
    Ok(Results {
        points: whole.outcomes.rows(model, 0),
        tables: RunTables {
            turns: whole.aggregates.rows(model, 0).collect(),
            records,
            places: whole.aggregates.places(model),
            tracks: median.map_or_else(Vec::new, |trace| tracks(model, &trace)),
        },
        manifest,
    })
}

impl Results {
    /// An outcome of a clause, or of the whole run for an empty id, in the true register.
    pub fn outcome(&self, clause: &str, outcome: &str) -> Option<&PointRow> {
        let mut rows = self.points.iter();
        rows.find(|row| row.clause == clause && row.outcome == outcome && row.register == "true")
    }

    /// What their charts are drawn from.
    pub fn chart_input(&self, loaded: &Loaded) -> ChartInput {
        chart_input(loaded, &self.manifest, self.tables.clone())
    }

    /// One chart; none where there is nothing of its kind.
    pub fn chart(&self, loaded: &Loaded, kind: Kind) -> Option<Chart> {
        draw(kind, &self.chart_input(loaded))
    }
}

/// What a manifest says of an ensemble, its seed and number of replicates apart.
pub fn manifest_of_run(loaded: &Loaded, whole: &Ensemble) -> Manifest {
    let notable = whole.ranking.notable();
    Manifest {
        failed: whole.failed,
        runaway: whole.outcomes.runaway(&loaded.model),
        best: notable.best,
        median: notable.median,
        worst: notable.worst,
        ..Manifest::new(RUN, &loaded.name)
    }
}

/// The charts of a run in the order shown, or the one of a kind; none where there is
/// nothing of it.
pub fn charts_of_run(input: &ChartInput, kind: Option<Kind>) -> Vec<Chart> {
    let kinds = Kind::ALL.into_iter().filter(|it| kind.is_none_or(|kind| kind == *it));
    threads::map(kinds, |kind| draw(kind, input)).into_iter().flatten().collect()
}

/// The replicates that can be looked at closely, by number: the first, and the best,
/// median and worst; without those that failed.
pub fn notable(model: &Model, seed: u64, ranking: &Ranking) -> Vec<Trace> {
    let notable = ranking.notable();
    let mut numbers = vec![0, notable.best, notable.median, notable.worst];
    numbers.sort_unstable();
    numbers.dedup();
    let traces = numbers.into_iter().filter_map(|number| attempt_trace(model, seed, number).ok());
    traces.collect()
}

/// What the records of a scenario are of.
///
/// # Errors
/// If one is of nothing that is measured.
pub fn on_record(loaded: &Loaded) -> Result<Vec<OnRecord>, LoadError> {
    let (records, found) = find_records(&loaded.model, &loaded.scenario);
    if !found.has_errors() {
        return Ok(records);
    }
    let mut all = loaded.warnings.clone();
    all.extend(found);
    Err(LoadError::Invalid(loaded.source.clone(), all.sorted()))
}
