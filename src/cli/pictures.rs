//! Charts as files of a folder, and charts drawn from what a folder holds.

use std::path::{Path, PathBuf};

use super::arguments::Picture;
use super::exit::Failure;
use super::folder::swept;
use crate::analysis::IndexRow;
use crate::chart::{Chart, ChartInput, Kind, Sheet, Theme, render};
use crate::experiment::Plan;
use crate::results::{
    COMPARE, Manifest, OutcomeName, RunTables, chart_input, charts_of_run, comparison_charts,
    has_heat_map, has_indices, sensitivity_chart, sweep_chart, tornado_chart,
};
use crate::scenario::Loaded;
use crate::store::{StoreError, read, read_any, read_tracks, read_turns_of, write_whole};
use crate::threads;

/// How charts are written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    /// One format; both if none.
    pub(super) format: Option<Picture>,
    pub(super) theme: Theme,
    pub(super) sheet: Sheet,
}

impl Style {
    /// The theme of an animation, which has one format and is for a screen.
    pub(super) fn animated(self) -> Result<Theme, Failure> {
        if self.format == Some(Picture::Svg) {
            return Err(Failure::usage(
                "an animation is written as a PNG with several frames, not as SVG: leave --format out, or write --format png",
            ));
        }
        if self.sheet != Sheet::Screen {
            return Err(Failure::usage("an animation is made for a screen: leave --sheet out"));
        }
        Ok(self.theme)
    }

    /// What the names of files say of it: nothing of the usual.
    pub(super) fn suffix(self) -> String {
        let theme = match self.theme {
            Theme::Light => "",
            Theme::Dark => "-dark",
        };
        let sheet = match self.sheet {
            Sheet::Screen => "",
            Sheet::Slide => "-slide",
            Sheet::Print => "-print",
        };
        format!("{theme}{sheet}")
    }
}

/// Writes charts below a folder; gives the files written.
pub(super) fn write(folder: &Path, drawn: &[Chart], style: Style) -> Result<Vec<PathBuf>, Failure> {
    let write = |chart: &Chart| {
        let svg = chart.styled(style.theme, style.sheet);
        let name = |ending: &str| format!("{}{}.{ending}", chart.name, style.suffix());
        let mut written = Vec::new();
        if style.format != Some(Picture::Png) {
            written.push(save(folder, &name("svg"), svg.as_bytes())?);
        }
        if style.format != Some(Picture::Svg) {
            let png = render::png(&svg, style.sheet.scale())
                .map_err(|error| Failure::fault(error.to_string()))?;
            written.push(save(folder, &name("png"), &png)?);
        }
        Ok::<Vec<PathBuf>, Failure>(written)
    };
    // Rasterising takes most of the time, and each chart has its own file.
    let written = threads::map(drawn, write).into_iter();
    Ok(written.collect::<Result<Vec<_>, _>>()?.concat())
}

/// Writes one picture below a folder; gives its place.
pub(super) fn save(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
    Ok(write_whole(folder, &format!("charts/{name}"), bytes, false)?)
}

/// The tables of a folder that the charts of a run are drawn from.
pub(super) fn tables_in(folder: &Path, manifest: &Manifest) -> Result<RunTables, StoreError> {
    Ok(RunTables {
        turns: read(folder)?,
        records: read_any(folder)?,
        tracks: read_tracks(folder, manifest.median)?,
        places: read_any(folder)?,
    })
}

/// What the charts of a run are drawn from.
pub(super) fn input(
    folder: &Path,
    loaded: &Loaded,
    manifest: &Manifest,
) -> Result<ChartInput, StoreError> {
    Ok(chart_input(loaded, manifest, tables_in(folder, manifest)?))
}

/// The charts of a run, finished or not, or the one of a kind.
pub(super) fn of_run(
    folder: &Path,
    loaded: &Loaded,
    manifest: &Manifest,
    kind: Option<Kind>,
) -> Result<Vec<Chart>, Failure> {
    Ok(charts_of_run(&input(folder, loaded, manifest)?, kind))
}

/// The charts of the points of a plan. `contour` is the share whose contour is asked for on
/// a heat map.
///
/// # Errors
/// Among others if there is no heat map to have a contour.
pub(super) fn of_plan(
    folder: &Path,
    plan: &Plan,
    manifest: &Manifest,
    contour: Option<f64>,
) -> Result<Vec<Chart>, Failure> {
    if manifest.command == COMPARE {
        let turns = || Ok(read_turns_of(folder, ("clause", "compliance", "true"))?);
        return comparison_charts(plan, manifest, &read_any(folder)?, turns);
    }
    if has_indices(plan) {
        return of_indices(folder);
    }
    let rows = read(folder)?;
    if contour.is_some() && !has_heat_map(plan) {
        return Err(Failure::usage(format!(
            "--contour belongs to the heat map of a sweep that lists the values of two parameters, and {} holds none",
            folder.display()
        )));
    }
    let drawn = match plan.one_at_a_time() {
        true => tornado_chart(plan, manifest, &rows, &read_any(folder)?)?,
        false => sweep_chart(plan, manifest, &rows, contour)?,
    };
    Ok(drawn.into_iter().collect())
}

/// The chart of `sensitivity.csv`; none if the folder holds none.
pub(super) fn of_indices(folder: &Path) -> Result<Vec<Chart>, Failure> {
    let rows = read_any::<IndexRow>(folder)?;
    let Some(first) = rows.first() else {
        return Ok(Vec::new());
    };
    let of = OutcomeName {
        outcome: first.outcome.clone(),
        clause: first.clause.clone(),
        register: first.register.clone(),
    };
    Ok(sensitivity_chart(&swept(folder, of)?, rows).into_iter().collect())
}
