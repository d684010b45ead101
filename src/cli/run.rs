//! `run`.

use std::path::Path;
use std::time::Instant;

use super::arguments::{Fail, RunArguments};
use super::blocks::after_failures;
use super::exit::{Failure, SOME_FAILED};
use super::precision::Precision;
use super::{Done, pictures, progress, scenario, summary, terminal};
use crate::analysis::{OnRecord, RecordRow, compare_records};
use crate::experiment::{Ensemble, Failed, First, ensemble, ensemble_until};
use crate::record::{PlaceRow, PointRow, Run, TurnRow, TwinRow};
use crate::results::{Manifest, RUN, Timings, identity, manifest_of_run, notable};
use crate::scenario::Loaded;
use crate::store::{
    Draft, Found, StoreError, TableWriter, failed_cells, find, folder_name, place, read, read_any,
    run_cells, runs_columns, write, write_events, write_inputs, write_over, write_positions,
};
use crate::threads;

/// Above so many rows `runs.csv` is left out; `runs.parquet` has them all.
const MAX_CSV_ROWS: u64 = 1_000_000;

/// Loads, runs, writes, prints.
pub(super) fn run(arguments: &RunArguments) -> Done {
    let began = Instant::now();
    let (loaded, on_record) =
        scenario::with_records(&arguments.file, &scenario::overrides(&arguments.set)?)?;
    scenario::warn(&loaded);
    let precision = Precision::read(arguments, &loaded.model)?;
    let asked = precision.as_ref().map(Precision::said);
    let identity = identity(
        RUN,
        &loaded.source.text,
        &loaded.geodata,
        arguments.seed,
        arguments.replicates,
        asked.as_deref().as_slice(),
    );
    let folder = arguments.to.output.clone();
    let folder = place(&folder.unwrap_or_else(|| folder_name(&loaded.name, &identity)))?;
    let charts = !arguments.to.no_charts;
    if let Found::Same(manifest) = find(&folder, &identity, arguments.to.force)? {
        if !arguments.trust.no_verify {
            manifest.verify(&folder)?;
        }
        if charts && !folder.join("charts").is_dir() {
            draw(&folder, &loaded, &manifest)?;
        }
        if !arguments.no_twins && read_any::<TwinRow>(&folder)?.is_empty() {
            add_twins(arguments, &loaded, &folder, &manifest)?;
        }
        return finish(arguments, &loaded, &folder, &manifest, "found whole in");
    }
    super::size::of_run(&loaded.model, arguments)?;
    let draft = Draft::create(&folder, arguments.to.force)?;
    let started = Instant::now();
    let precision = precision.as_ref();
    let (ran, jobs) = threads::on(arguments.to.jobs.map_or(0, usize::from), || {
        (replicates(arguments, precision, &loaded, &draft), threads::count())
    })
    .map_err(Failure::fault)?;
    let Ran { whole, n, twins } = ran?;
    let run_seconds = started.elapsed().as_secs_f64();
    write_results(&loaded, &on_record, &draft, &whole, arguments)?;
    if !twins.is_empty() {
        write::<TwinRow>(draft.path(), twins)?;
    }
    let mut manifest = Manifest {
        identity,
        command_line: std::env::args().collect(),
        seed: arguments.seed,
        replicates: n,
        stopped: precision.map(|it| it.why(&loaded.model, &whole, n)),
        timings: Timings { jobs, run_seconds, total_seconds: 0.0 },
        ..manifest_of_run(&loaded, &whole)
    };
    if charts {
        draw(draft.path(), &loaded, &manifest)?;
    }
    manifest.timings.total_seconds = began.elapsed().as_secs_f64();
    draft.finish(manifest.clone())?;
    finish(arguments, &loaded, &folder, &manifest, "written to")
}

/// Draws every chart of a folder, finished or not.
fn draw(folder: &Path, loaded: &Loaded, manifest: &Manifest) -> Done {
    let charts = pictures::of_run(folder, loaded, manifest, None)?;
    pictures::write(folder, &charts, pictures::Style::default()).map(|_| ())
}

/// Runs the first replicates of a finished folder again, with their twins, which it does not
/// hold yet.
fn add_twins(
    arguments: &RunArguments,
    loaded: &Loaded,
    folder: &Path,
    manifest: &Manifest,
) -> Done {
    let (model, seed) = (&loaded.model, manifest.seed);
    let again = || First::again(model, seed, manifest.replicates).twins(model, seed, 0);
    let rows = threads::on(arguments.to.jobs.map_or(0, usize::from), again);
    let rows = rows.map_err(Failure::fault)?;
    if !rows.is_empty() {
        write_over(folder, &rows)?;
    }
    Ok(())
}

/// What was run.
struct Ran {
    whole: Ensemble,
    /// How many replicates.
    n: u64,
    /// What the first of them and their twins have in common.
    twins: Vec<TwinRow>,
}

/// Runs every replicate; finished runs go to the draft's `runs` as they come.
fn replicates(
    arguments: &RunArguments,
    precision: Option<&Precision>,
    loaded: &Loaded,
    draft: &Draft,
) -> Result<Ran, Failure> {
    let model = &loaded.model;
    let (seed, most) = (arguments.seed, arguments.replicates);
    let fits = |n: u64| n.saturating_mul(model.clauses.len() as u64 + 1) <= MAX_CSV_ROWS;
    let csv = precision.is_some() || fits(most);
    let mut table = TableWriter::create(draft.path(), "runs", &runs_columns(), csv)?;
    let bar = progress::bar(most);
    let mut first = First::default();
    let mut finished = |run: Result<&Run, &Failed>| {
        match run {
            Ok(run) => {
                if !arguments.no_twins {
                    first.add(model, run);
                }
                for row in run_cells(model, 0, run) {
                    table.row(&row)?;
                }
            }
            Err(failed) if arguments.share.fail == Fail::Fast => return Err(fast(failed)),
            Err(Failed { replicate, why }) => {
                table.row(&failed_cells(0, *replicate, &format!("failed: {why}")))?;
            }
        }
        bar.inc(1);
        Ok(())
    };
    let whole = match precision {
        None => ensemble(model, seed, most, &mut finished).map(|whole| (whole, most)),
        Some(it) => {
            ensemble_until(model, seed, most, &mut finished, |so_far| it.enough(model, so_far))
        }
    };
    bar.finish_and_clear();
    let (whole, n) = whole?;
    table.finish()?;
    if csv && !fits(n) {
        draft.remove("runs.csv")?;
    }
    Ok(Ran { whole, n, twins: first.twins(model, seed, 0) })
}

/// What ends an ensemble under `--fail fast`.
fn fast(Failed { replicate, why }: &Failed) -> Failure {
    let rest = "no other was begun and nothing is written (--fail fast)";
    Failure::new(SOME_FAILED, format!("replicate {replicate} failed: {why}; {rest}"))
}

fn write_results(
    loaded: &Loaded,
    on_record: &[OnRecord],
    draft: &Draft,
    whole: &Ensemble,
    arguments: &RunArguments,
) -> Result<(), StoreError> {
    let model = &loaded.model;
    write::<TurnRow>(draft.path(), whole.aggregates.rows(model, 0))?;
    write::<PointRow>(draft.path(), whole.outcomes.rows(model, 0))?;
    write::<PlaceRow>(draft.path(), whole.aggregates.places(model))?;
    if !on_record.is_empty() {
        let scenario = &loaded.scenario;
        let (aggregates, outcomes) = (&whole.aggregates, &whole.outcomes);
        let rows = compare_records(model, scenario, on_record, aggregates, outcomes);
        write::<RecordRow>(draft.path(), rows)?;
    }
    let traces = notable(model, arguments.seed, &whole.ranking);
    write_events(draft.path(), model, &traces)?;
    write_positions(draft.path(), model, &traces)?;
    write_inputs(draft.path(), &loaded.source.text, &loaded.geodata)
}

/// Prints the table of a result folder and what to do next.
fn finish(
    arguments: &RunArguments,
    loaded: &Loaded,
    folder: &Path,
    manifest: &Manifest,
    verb: &str,
) -> Done {
    let points = read(folder)?;
    terminal::say(&summary::table(&loaded.model, manifest, &points));
    let twins = read_any(folder)?;
    if !twins.is_empty() {
        terminal::say(&summary::twins(&loaded.model, &twins));
    }
    if let Some(why) = &manifest.stopped {
        terminal::say(why);
    }
    for (source, number) in &manifest.runaway {
        terminal::complain(&summary::runaway(source, *number, manifest.replicates));
    }
    let records = read_any(folder)?;
    if !records.is_empty() {
        terminal::say(&summary::records(&records));
    }
    let shown = folder.display();
    terminal::say(&format!("{verb} {shown}"));
    if arguments.to.no_charts {
        terminal::say(&format!("next: disengage chart {shown}"));
    } else {
        let first = loaded.scenario.variants.first().and_then(|it| it.set.iter().next());
        let change = first.map_or_else(
            || "time.turn_days=1".to_owned(),
            |(path, value)| format!("{path}={}", value.to_string().trim()),
        );
        terminal::say(&format!(
            "next: look at {shown}/charts/, or change a term: disengage run {} --set {change}",
            arguments.file
        ));
    }
    after_failures(manifest.failed, arguments.share.fail)
}
