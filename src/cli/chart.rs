//! `chart`: from stored results, no new run.

use std::path::{Path, PathBuf};

use super::arguments::ChartArguments;
use super::exit::Failure;
use super::folder::{outline_in, plan_in, read_back};
use super::pictures::{self, Style, save, tables_in};
use super::{Done, terminal};
use crate::results::{ChartKind, Manifest, RUN, SWEEP, chart_input, film_of};

/// Draws the charts of a folder again.
pub(super) fn chart(arguments: &ChartArguments) -> Done {
    let word = arguments.kind.as_deref();
    let kind = word.map(ChartKind::read).transpose()?;
    let (folder, manifest) = read_back(&arguments.result)?;
    let style = Style { format: arguments.format, theme: arguments.theme, sheet: arguments.sheet };
    if let Some(other) = word.filter(|word| arguments.contour.is_some() && *word != "heatmap") {
        return Err(Failure::usage(format!(
            "--contour belongs to the heat map of a sweep, not to {other}: leave one of them out"
        )));
    }
    if arguments.contour.is_some() && manifest.command != SWEEP {
        return Err(Failure::usage(format!(
            "--contour belongs to the heat map of a sweep over two parameters, and {} is the result of {}",
            folder.display(),
            manifest.command
        )));
    }
    let drawn = if manifest.command == RUN {
        match kind {
            Some(ChartKind::Animation) => animation(&folder, &manifest, style)?,
            Some(ChartKind::OfPoints) => Vec::new(),
            Some(ChartKind::OfRun(_)) | None => {
                let kind = kind.and_then(ChartKind::of_run);
                let charts = pictures::of_run(&folder, &outline_in(&folder)?, &manifest, kind)?;
                pictures::write(&folder, &charts, style)?
            }
        }
    } else {
        let mut charts = match kind {
            None | Some(ChartKind::OfPoints) => {
                pictures::of_plan(&folder, &plan_in(&folder)?, &manifest, arguments.contour)?
            }
            _ => Vec::new(),
        };
        charts.retain(|chart| word.is_none_or(|word| chart.name == word));
        pictures::write(&folder, &charts, style)?
    };
    if drawn.is_empty() {
        let word = word.unwrap_or("any chart");
        return Err(Failure::usage(format!("{word} does not apply to {}", folder.display())));
    }
    for path in drawn {
        terminal::say(&path.display().to_string());
    }
    Ok(())
}

/// Draws the median replicate of a run date by date into `charts/animation.png`, an
/// animated PNG; gives the file, and none where there is nothing to put on a map.
fn animation(folder: &Path, manifest: &Manifest, style: Style) -> Result<Vec<PathBuf>, Failure> {
    let theme = style.animated()?;
    let loaded = outline_in(folder)?;
    let tables = tables_in(folder, manifest)?;
    let rows = tables.tracks.clone();
    let input = chart_input(&loaded, manifest, tables);
    let Some(film) = film_of(&loaded, &input, &rows) else {
        return Ok(Vec::new());
    };
    let png = film.png(theme).map_err(|error| Failure::fault(error.to_string()))?;
    Ok(vec![save(folder, &format!("animation{}.png", style.suffix()), &png)?])
}
