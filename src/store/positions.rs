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
            let dates: Vec<String> = track
                .iter()
                .map(|(day, _)| model.calendar.date(*day).to_string())
                .collect();
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

/// Where each force of one replicate was, in the order of the forces; none if
/// the folder does not hold that replicate.
///
/// # Errors
/// If the file is missing or damaged.
pub fn read_tracks(
    folder: &Path,
    replicate: u64,
) -> Result<Vec<(String, u32, Vec<Position>)>, StoreError> {
    let path = folder.join("positions.geojson");
    let text = std::fs::read_to_string(&path).map_err(StoreError::at(&path))?;
    let damaged = || {
        StoreError::damaged(
            &path,
            "the file is damaged: run the scenario again with --force",
        )
    };
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
        tracks.push((force, strength, points.ok_or_else(damaged)?));
    }
    Ok(tracks)
}
