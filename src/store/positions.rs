//! `positions.geojson`: where each force was in the notable replicates.

use std::path::Path;

use serde_json::{Value, json};

use super::error::StoreError;
use crate::experiment::Trace;
use crate::geo::{Position, cut_at_date_line};
use crate::model::Model;
use crate::results::{TrackRow, tracks};

/// Writes a feature for each replicate and force: a point for one that stays, a
/// line for one that moves, with the dates it was recorded on. A line over the date line
/// is cut there into parts (RFC 7946, section 3.1.9): the places where one ends and the
/// next begins have no dates.
///
/// # Errors
/// If the file cannot be written.
pub fn write_positions(folder: &Path, model: &Model, traces: &[Trace]) -> Result<(), StoreError> {
    let path = folder.join("positions.geojson");
    let mut features = Vec::new();
    for trace in traces {
        for (force, row) in model.forces.iter().zip(tracks(model, trace)) {
            let (dates, places): (Vec<String>, Vec<Position>) = row.path.into_iter().unzip();
            let geometry = geometry(&places);
            features.push(json!({
                "type": "Feature",
                "properties": {
                    "replicate": trace.replicate,
                    "force": force.id,
                    "title": force.title,
                    "flag": model.parties[force.flag].id,
                    "commander": model.parties[force.commander].id,
                    "site": model.sites[force.home].id,
                    "strength_persons": row.strength,
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

fn geometry(places: &[Position]) -> Value {
    let parts = cut_at_date_line(places);
    match &parts[..] {
        [part] => match &part[..] {
            [only] => json!({ "type": "Point", "coordinates": only }),
            _ => json!({ "type": "LineString", "coordinates": part }),
        },
        _ => json!({ "type": "MultiLineString", "coordinates": parts }),
    }
}

/// The recorded places of a geometry; none if it is damaged.
fn places(geometry: &Value) -> Option<Vec<Position>> {
    let pair = |value: &Value| {
        let (lon, lat) = (value[0].as_f64()?, value[1].as_f64()?);
        Position::new(lat, lon).ok()
    };
    let line =
        |value: &Value| -> Option<Vec<Position>> { value.as_array()?.iter().map(pair).collect() };
    let coordinates = &geometry["coordinates"];
    match geometry["type"].as_str() {
        Some("Point") => pair(coordinates).map(|point| vec![point]),
        Some("MultiLineString") => {
            let parts = coordinates.as_array()?;
            let mut whole = Vec::new();
            for (index, part) in parts.iter().enumerate() {
                let part = line(part)?;
                // Not where it is cut.
                let first = usize::from(index > 0);
                let end = part.len().checked_sub(usize::from(index + 1 < parts.len()))?;
                whole.extend_from_slice(part.get(first..end)?);
            }
            Some(whole)
        }
        _ => line(coordinates),
    }
}

/// Where each force of one replicate was, in the order of the forces; none if
/// the folder does not hold that replicate.
///
/// # Errors
/// If the file is missing or damaged.
pub fn read_tracks(folder: &Path, replicate: u64) -> Result<Vec<TrackRow>, StoreError> {
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
        let points = places(&feature["geometry"]);
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
        let rows = read_tracks(folder.path(), 3).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].force.as_str(), rows[0].strength), ("a", 641));
        let place = Position::new(33.2, 35.7).unwrap();
        assert_eq!(rows[0].path[1], ("1974-06-25".to_owned(), place));
        assert!(read_tracks(folder.path(), 4).unwrap().is_empty());
        std::fs::write(&file, ONE.replace(",\"1974-06-25\"", "")).unwrap();
        assert!(read_tracks(folder.path(), 3).is_err(), "a date is missing");
    }

    #[test]
    fn a_track_over_the_date_line_is_cut_and_comes_back_whole() {
        let at = |lat, lon| Position::new(lat, lon).unwrap();
        let tracks = [
            vec![at(0.0, 179.0), at(1.0, -179.0), at(2.0, -178.0), at(1.0, 178.5)],
            vec![at(0.0, 180.0), at(1.0, -180.0)],
            vec![at(0.0, -100.0), at(0.0, 60.0)],
        ];
        for (track, parts) in tracks.iter().zip([3, 2, 0]) {
            let made = geometry(track);
            assert_eq!(places(&made).as_ref(), Some(track));
            let cut = made["type"] == "MultiLineString";
            assert_eq!(cut, parts > 0, "{made}");
            let lines = match cut {
                true => made["coordinates"].as_array().unwrap().clone(),
                false => vec![made["coordinates"].clone()],
            };
            assert_eq!(lines.len(), parts.max(1));
            for line in lines {
                let lon: Vec<f64> =
                    line.as_array().unwrap().iter().map(|p| p[0].as_f64().unwrap()).collect();
                assert!(lon.windows(2).all(|it| (it[0] - it[1]).abs() <= 180.0), "{lon:?}");
            }
        }
    }
}
