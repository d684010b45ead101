//! `chart --kind animation`: the map date by date.

use std::path::{Path, PathBuf};

use super::chart::{Style, input, save};
use super::exit::Failure;
use crate::chart::film;
use crate::geo::Position;
use crate::scenario::load_outline;
use crate::store::{Manifest, read_dated_tracks};

/// Draws the median replicate of a run date by date into `charts/animation.png`, an
/// animated PNG; gives the file, and none where there is nothing to put on a map.
pub(super) fn draw(
    folder: &Path,
    manifest: &Manifest,
    style: Style,
) -> Result<Vec<PathBuf>, Failure> {
    let theme = style.animated()?;
    let loaded = load_outline(&folder.join("scenario.toml").to_string_lossy())?;
    let input = input(folder, &loaded, manifest)?;
    let calendar = &loaded.model.calendar;
    let turns = (0..calendar.turns()).map(|turn| calendar.turn(turn).to);
    let dates: Vec<time::Date> =
        std::iter::once(0).chain(turns).map(|day| calendar.date(day)).collect();
    let written: Vec<String> = dates.iter().map(ToString::to_string).collect();
    let forces = &loaded.model.forces;
    // Those that the tracks of the input are of, in the same order.
    let paths: Vec<Vec<(usize, Position)>> = read_dated_tracks(folder, manifest.median)?
        .into_iter()
        .filter(|row| forces.iter().any(|force| force.id == row.force))
        .map(|row| {
            let places = row.path.into_iter();
            places
                .map(|(date, place)| (written.partition_point(|own| *own < date), place))
                .collect()
        })
        .collect();
    let wrong = |error: &dyn std::fmt::Display| Failure::fault(error.to_string());
    let Some(film) = film(&input, &dates, &paths).map_err(|error| wrong(&error))? else {
        return Ok(Vec::new());
    };
    let png = film.png(theme).map_err(|error| wrong(&error))?;
    let name = format!("animation{}.png", style.suffix());
    Ok(vec![save(folder, &name, &png)?])
}
