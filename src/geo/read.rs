//! Reading lines and areas from GeoJSON text.

use ::geojson::feature::Id;
use ::geojson::{Feature, GeoJson, GeometryValue};

use super::{GeoError, Position};

/// How many near ids an error lists.
const HINTS: usize = 5;

/// The points of the LineString feature `id` (looked up in the feature's `id`,
/// then `properties.id`, then `properties.name`), in order.
///
/// Coordinates are longitude, latitude as RFC 7946 says; a height is ignored.
///
/// # Errors
/// [`GeoError::NotGeoJson`], [`GeoError::UnknownFeature`] (with the near ids),
/// [`GeoError::AmbiguousFeature`], [`GeoError::WrongGeometry`], or
/// [`GeoError::InFeature`] for a coordinate out of range.
pub fn read_line(text: &str, id: &str) -> Result<Vec<Position>, GeoError> {
    let feature = find(text, id)?;
    match feature.geometry.as_ref().map(|g| &g.value) {
        Some(GeometryValue::LineString { coordinates }) => positions(coordinates, id),
        Some(GeometryValue::MultiLineString { coordinates }) if coordinates.len() == 1 => {
            positions(coordinates.first().map_or(&[], Vec::as_slice), id)
        }
        other => Err(wrong(id, other, "a LineString")),
    }
}

/// The polygons of the Polygon or MultiPolygon feature `id`: for each the outer
/// ring, then its holes, as written in the file. See [`read_line`] for the
/// lookup.
///
/// # Errors
/// As [`read_line`].
pub fn read_area(text: &str, id: &str) -> Result<Vec<Vec<Vec<Position>>>, GeoError> {
    let feature = find(text, id)?;
    let rings = |rings: &[Vec<::geojson::Position>]| -> Result<Vec<Vec<Position>>, GeoError> {
        rings.iter().map(|ring| positions(ring, id)).collect()
    };
    match feature.geometry.as_ref().map(|g| &g.value) {
        Some(GeometryValue::Polygon { coordinates }) => Ok(vec![rings(coordinates)?]),
        Some(GeometryValue::MultiPolygon { coordinates }) => {
            coordinates.iter().map(|polygon| rings(polygon)).collect()
        }
        other => Err(wrong(id, other, "a Polygon or MultiPolygon")),
    }
}

fn wrong(id: &str, found: Option<&GeometryValue>, wanted: &'static str) -> GeoError {
    GeoError::WrongGeometry {
        id: id.to_owned(),
        found: found.map_or_else(
            || "feature without geometry".to_owned(),
            |v| v.type_name().to_owned(),
        ),
        wanted,
    }
}

fn positions(coordinates: &[::geojson::Position], id: &str) -> Result<Vec<Position>, GeoError> {
    coordinates
        .iter()
        .map(|c| {
            let at = |i: usize| c.as_slice().get(i).copied().unwrap_or(f64::NAN);
            Position::new(at(1), at(0)).map_err(|source| GeoError::InFeature {
                id: id.to_owned(),
                source: Box::new(source),
            })
        })
        .collect()
}

/// What a feature answers to, the strongest first.
fn names(feature: &Feature) -> [Option<String>; 3] {
    let own = feature.id.as_ref().map(|id| match id {
        Id::String(s) => s.clone(),
        Id::Number(n) => n.to_string(),
    });
    let property = |key: &str| {
        let value = feature.properties.as_ref()?.get(key)?;
        match value.as_str() {
            Some(s) => Some(s.to_owned()),
            None => value.as_i64().map(|n| n.to_string()),
        }
    };
    [own, property("id"), property("name")]
}

fn find(text: &str, id: &str) -> Result<Feature, GeoError> {
    let parsed: GeoJson = text
        .parse()
        .map_err(|e: ::geojson::Error| GeoError::NotGeoJson {
            detail: e.to_string(),
        })?;
    let features = match parsed {
        GeoJson::FeatureCollection(c) => c.features,
        GeoJson::Feature(f) => vec![f],
        GeoJson::Geometry(_) => {
            return Err(GeoError::NotGeoJson {
                detail: "it is a bare geometry; wrap it in a Feature with an id".to_owned(),
            });
        }
    };
    let named: Vec<_> = features.iter().map(names).collect();
    for rank in 0..3 {
        let hits: Vec<&Feature> = features
            .iter()
            .zip(&named)
            .filter(|(_, n)| n.get(rank).and_then(Option::as_deref) == Some(id))
            .map(|(f, _)| f)
            .collect();
        match hits.as_slice() {
            [] => {}
            [one] => return Ok((*one).clone()),
            many => {
                return Err(GeoError::AmbiguousFeature {
                    id: id.to_owned(),
                    count: many.len(),
                });
            }
        }
    }
    let all: Vec<String> = named
        .into_iter()
        .filter_map(|n| n.into_iter().flatten().next())
        .collect();
    Err(GeoError::UnknownFeature {
        id: id.to_owned(),
        hint: hint(id, all),
    })
}

/// "did you mean" for near ids, otherwise what there is.
fn hint(id: &str, all: Vec<String>) -> String {
    if all.is_empty() {
        return "no feature in it has an id or a name".to_owned();
    }
    let wanted = id.to_lowercase();
    let mut scored: Vec<(f64, String)> = all
        .into_iter()
        .map(|name| {
            let s = strsim::jaro_winkler(&wanted, &name.to_lowercase());
            (s, name)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let near = scored.iter().filter(|s| s.0 > 0.75).count();
    let list = |n: usize| -> String {
        let names: Vec<&str> = scored.iter().take(n).map(|s| s.1.as_str()).collect();
        names.join(", ")
    };
    if near > 0 {
        format!("did you mean {}?", list(near.min(HINTS)))
    } else if scored.len() > HINTS {
        format!("it has, among others: {}", list(HINTS))
    } else {
        format!("it has: {}", list(HINTS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","id":"alpha","properties":{"name":"bravo"},
         "geometry":{"type":"LineString","coordinates":[[35.5,33.0,12],[36.0,33.5]]}},
        {"type":"Feature","properties":{"id":"bravo"},
         "geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,1],[0,0]]]}},
        {"type":"Feature","properties":{"name":"far"},
         "geometry":{"type":"LineString","coordinates":[[35.5,91.0],[36.0,33.5]]}}]}"#;

    #[test]
    fn longitude_comes_first() {
        let line = read_line(TEXT, "alpha").unwrap();
        assert_eq!(line.first().map(|p| (p.lat(), p.lon())), Some((33.0, 35.5)));
    }

    #[test]
    fn properties_id_outranks_name() {
        assert_eq!(read_area(TEXT, "bravo").unwrap().len(), 1);
        let wrong = read_line(TEXT, "bravo").unwrap_err();
        assert!(wrong.to_string().contains("Polygon"), "{wrong}");
    }

    #[test]
    fn says_which_ids_are_near() {
        let e = read_line(TEXT, "alpa").unwrap_err().to_string();
        assert!(e.contains("did you mean alpha"), "{e}");
        let e = read_line(TEXT, "zzz").unwrap_err().to_string();
        assert!(e.contains("alpha") && e.contains("far"), "{e}");
    }

    #[test]
    fn names_the_feature_of_a_bad_coordinate() {
        let e = read_line(TEXT, "far").unwrap_err().to_string();
        assert!(e.contains("far") && e.contains("91"), "{e}");
        assert!(read_line("{", "x").is_err());
    }
}
