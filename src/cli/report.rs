//! `report`: what a result folder holds, as a page or as weekly reports.

use std::path::Path;

use super::arguments::ReportArguments;
use super::exit::{Failure, SCENARIO, SOME_FAILED};
use super::folder::{plan_in, read_back, scenario_in};
use super::{Done, explain, pictures, terminal};
use crate::chart::stage;
use crate::experiment::{Plan, attempt_trace};
use crate::explain::tell;
use crate::model::MODEL_VERSION;
use crate::report::{self, Comparison, Playback, Story, VariantColumn};
use crate::results::{COMPARE, Manifest, RUN, charts_of_run, dates, point_name};
use crate::scenario::check_point;
use crate::store::{read, read_any, read_tracks, write_whole};

/// The page's file.
const FILE: &str = "report.html";

/// Writes the page of a folder, or prints the weekly reports of a replicate.
pub(super) fn report(arguments: &ReportArguments) -> Done {
    let (folder, manifest) = read_back(&arguments.result)?;
    if arguments.text {
        return weekly(&folder, &manifest, arguments);
    }
    let page = match manifest.command.as_str() {
        RUN => of_run(&folder, &manifest)?,
        _ => of_plan(&folder, &manifest)?,
    };
    let path = write_whole(&folder, FILE, page.as_bytes(), false)?;
    terminal::say(&path.display().to_string());
    Ok(())
}

fn of_run(folder: &Path, manifest: &Manifest) -> Result<String, Failure> {
    let loaded = scenario_in(folder)?;
    let input = pictures::input(folder, &loaded, manifest)?;
    let charts = charts_of_run(&input, None);
    let notable = [("best", manifest.best), ("median", manifest.median), ("worst", manifest.worst)];
    let (mut stories, mut replicates) = (Vec::new(), Vec::new());
    if manifest.model_version == MODEL_VERSION {
        for (name, replicate) in notable {
            let Ok(trace) = attempt_trace(&loaded.model, manifest.seed, replicate) else {
                continue;
            };
            let tracks = read_tracks(folder, replicate)?;
            let called = format!("{name} (number {replicate})");
            replicates.push((called, trace.clone(), tracks));
            stories.push(Story { name, replicate, paragraphs: tell(&loaded.model, &trace, None) });
        }
    }
    // The median first: it is what the page opens with.
    replicates.sort_by_key(|(name, ..)| !name.starts_with("median"));
    let stage = stage(&input);
    let playback = stage.map(|stage| Playback {
        stage,
        dates: dates(&loaded.model),
        parties: input.parties.iter().map(|it| it.id.clone()).collect(),
        replicates,
    });
    Ok(report::html(&report::Run {
        playback: playback.as_ref(),
        loaded: &loaded,
        manifest,
        points: &read(folder)?,
        twins: &read_any(folder)?,
        records: &read_any(folder)?,
        charts: &charts,
        stories: &stories,
    }))
}

/// The page of a comparison or a sweep.
fn of_plan(folder: &Path, manifest: &Manifest) -> Result<String, Failure> {
    let plan: Plan = plan_in(folder)?;
    let compared = manifest.command == COMPARE;
    let charts = pictures::of_plan(folder, &plan, manifest, None)?;
    let points = plan.points()?;
    // What variants share: the file itself, or the first of several files.
    let first = (compared && !points.is_empty()).then(|| plan.text_of(&points.get(0)).ok());
    let text = first.flatten().unwrap_or_else(|| plan.text.clone());
    let (scenario, _) = check_point(&text);
    let scenario = scenario.ok_or_else(|| {
        let why = "the scenario of plan.json is not valid: plan anew";
        Failure::new(SCENARIO, format!("{}: {why}", folder.display()))
    })?;
    let variants: Vec<VariantColumn> = points
        .iter()
        .map(|point| VariantColumn {
            name: point_name(&point.settings),
            settings: point
                .settings
                .iter()
                .filter(|(path, _)| path != "variant")
                .map(|(path, level)| (path.clone(), level.name.clone()))
                .collect(),
        })
        .collect();
    let pairs = if compared { read_any(folder)? } else { Vec::new() };
    Ok(report::comparison(&Comparison {
        scenario: &scenario,
        text: &text,
        manifest,
        variants: &variants,
        points: &read(folder)?,
        pairs: &pairs,
        charts: &charts,
    }))
}

fn weekly(folder: &Path, manifest: &Manifest, arguments: &ReportArguments) -> Done {
    let number = explain::replicate(folder, manifest, &arguments.replicate)?;
    let model = scenario_in(folder)?.model;
    let calendar = &model.calendar;
    let day = |text: &String| {
        let wanted = (0..=calendar.days).find(|day| calendar.date(*day).to_string() == *text);
        wanted.ok_or_else(|| {
            Failure::usage(format!(
                "--week \"{text}\" is no date of this run: write one from {} to {}",
                calendar.date(0),
                calendar.date(calendar.days)
            ))
        })
    };
    let day = arguments.week.as_ref().map(day).transpose()?;
    let called = explain::called(number, &arguments.replicate);
    let (n, seed) = (manifest.replicates, manifest.seed);
    let whose = format!("Replicate {number}{called} of N = {n}, seed {seed}");
    let trace = attempt_trace(&model, seed, number).map_err(|failed| {
        let why = format!("replicate {number} is one of those that failed: {}", failed.why);
        Failure::new(SOME_FAILED, why)
    })?;
    terminal::say(report::weekly(&model, &trace, &whose, day).trim_end());
    Ok(())
}
