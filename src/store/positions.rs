//! `positions.geojson`: where each force was in the notable replicates.

use std::path::Path;

use serde_json::{Value, json};

use super::error::StoreError;
use crate::engine::Place;
use crate::experiment::Trace;
use crate::geo::Position;
use crate::model::{Force, Model};

/// Writes a feature for each replicate and force: a point for one that stays, a
/// line for one that moves, with the dates it was recorded on.
///
/// # Errors
/// If the file cannot be written.
pub fn write_positions(folder: &Path, model: &Model, traces: &[Trace]) -> Result<(), StoreError> {
    let path = folder.join("positions.geojson");
    let mut features = Vec::new();
    for trace in traces {
        for (force, (strength, track)) in model.forces.iter().zip(&trace.tracks) {
            let coordinates: Vec<Value> = track
                .iter()
                .map(|(_, place)| coordinates(position(model, force, *place)))
                .collect();
            let geometry = match &coordinates[..] {
                [only] => json!({ "type": "Point", "coordinates": only }),
                _ => json!({ "type": "LineString", "coordinates": coordinates }),
            };
            let dates: Vec<String> =
                track.iter().map(|(day, _)| model.calendar.date(*day).to_string()).collect();
            features.push(json!({
                "type": "Feature",
                "properties": {
                    "replicate": trace.replicate,
                    "force": force.id,
                    "title": force.title,
                    "flag": model.parties[force.flag].id,
                    "commander": model.parties[force.commander].id,
                    "site": model.sites[force.home].id,
                    "strength_persons": strength,
                    "bound": !force.obligations.is_empty(),
                    "dates": dates,
                },
                "geometry": geometry,
            }));
        }
    }
    let text = json!({ "type": "FeatureCollection", "features": features }).to_string();
    std::fs::write(&path, text + "\n").map_err(StoreError::at(&path))
}

fn position(model: &Model, force: &Force, place: Place) -> Position {
    match force.routes.get(place.route) {
        Some(route) => route.path.at_m(place.metre),
        None => model.sites[force.home].position,
    }
}

/// Longitude and latitude to a metre.
fn coordinates(position: Position) -> Value {
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
    json!([round(position.lon()), round(position.lat())])
}

/// Where a force was in one replicate, and on which dates.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackRow {
    /// The force.
    pub force: String,
    /// Its strength in persons.
    pub strength: u32,
    /// Each place with the date it was recorded on, as written (`1974-05-31`).
    pub path: Vec<(String, Position)>,
}

/// Where each force of one replicate was, in the order of the forces; none if
/// the folder does not hold that replicate.
///
/// # Errors
/// If the file is missing or damaged.
pub fn read_tracks(
    folder: &Path,
    replicate: u64,
) -> Result<Vec<(String, u32, Vec<Position>)>, StoreError> {
    let rows = read_dated_tracks(folder, replicate)?;
    let places = |row: TrackRow| row.path.into_iter().map(|(_, place)| place).collect();
    Ok(rows.into_iter().map(|row| (row.force.clone(), row.strength, places(row))).collect())
}

/// The same with dates.
///
/// # Errors
/// If the file is missing or damaged.
pub fn read_dated_tracks(folder: &Path, replicate: u64) -> Result<Vec<TrackRow>, StoreError> {
    let path = folder.join("positions.geojson");
    let text = std::fs::read_to_string(&path).map_err(StoreError::at(&path))?;
    let damaged =
        || StoreError::damaged(&path, "the file is damaged: run the scenario again with --force");
    let whole: Value = serde_json::from_str(&text).map_err(|_| damaged())?;
    let features = whole["features"].as_array().ok_or_else(damaged)?;
    let mut tracks = Vec::new();
    for feature in features {
        let properties = &feature["properties"];
        if properties["replicate"].as_u64() != Some(replicate) {
            continue;
        }
        let geometry = &feature["geometry"];
        let pair = |value: &Value| {
            let (lon, lat) = (value[0].as_f64()?, value[1].as_f64()?);
            Position::new(lat, lon).ok()
        };
        let points: Option<Vec<Position>> = match geometry["type"].as_str() {
            Some("Point") => pair(&geometry["coordinates"]).map(|point| vec![point]),
            _ => geometry["coordinates"]
                .as_array()
                .and_then(|points| points.iter().map(pair).collect()),
        };
        let force = properties["force"].as_str().ok_or_else(damaged)?.to_owned();
        let strength = properties["strength_persons"].as_u64().unwrap_or(0) as u32;
        let points = points.ok_or_else(damaged)?;
        let dates: Option<Vec<String>> = properties["dates"].as_array().and_then(|dates| {
            let words = dates.iter().map(|date| Some(date.as_str()?.to_owned()));
            words.collect()
        });
        let dates = dates.filter(|dates| dates.len() == points.len());
        tracks.push(TrackRow {
            force,
            strength,
            path: dates.ok_or_else(damaged)?.into_iter().zip(points).collect(),
        });
    }
    Ok(tracks)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature",
        "geometry":{"type":"LineString","coordinates":[[35.8,33.3],[35.7,33.2]]},
        "properties":{"replicate":3,"force":"a","strength_persons":641,
        "dates":["1974-05-31","1974-06-25"]}}]}"#;

    #[test]
    fn tracks_come_back_with_their_dates() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("positions.geojson");
        std::fs::write(&file, ONE).unwrap();
        let rows = read_dated_tracks(folder.path(), 3).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].force.as_str(), rows[0].strength), ("a", 641));
        let place = Position::new(33.2, 35.7).unwrap();
        assert_eq!(rows[0].path[1], ("1974-06-25".to_owned(), place));
        assert_eq!(read_tracks(folder.path(), 3).unwrap()[0].2[1], place);
        assert!(read_dated_tracks(folder.path(), 4).unwrap().is_empty());
        std::fs::write(&file, ONE.replace(",\"1974-06-25\"", "")).unwrap();
        assert!(read_dated_tracks(folder.path(), 3).is_err(), "a date is missing");
    }
}
