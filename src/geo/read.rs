//! Reading lines and areas from GeoJSON text.

use std::cell::Cell;
use std::collections::BTreeMap;

use ::geojson::feature::Id;
use ::geojson::{Feature, GeoJson, GeometryValue};

use super::{GeoError, Position};

/// How many near ids an error lists.
const HINTS: usize = 5;
/// For so many unknown ids the near ones are looked for.
const MAX_HINTED: u32 = 20;

/// The features of a GeoJSON text.
#[derive(Debug)]
pub struct Features {
    all: Vec<Feature>,
    /// Their places in the list by what they answer to: the feature's `id`, then
    /// `properties.id`, then `properties.name`.
    named: [BTreeMap<String, Vec<usize>>; 3],
    /// How often a hint was asked for.
    hinted: Cell<u32>,
}

impl Features {
    /// Reads a text.
    ///
    /// # Errors
    /// [`GeoError::NotGeoJson`].
    pub fn read(text: &str) -> Result<Self, GeoError> {
        let wrong = |detail: String| GeoError::NotGeoJson { detail };
        let parsed: GeoJson = text.parse().map_err(|e: ::geojson::Error| wrong(e.to_string()))?;
        let all = match parsed {
            GeoJson::FeatureCollection(c) => c.features,
            GeoJson::Feature(f) => vec![f],
            GeoJson::Geometry(_) => {
                let what = "it is a bare geometry; wrap it in a Feature with an id";
                return Err(wrong(what.to_owned()));
            }
        };
        let mut named: [BTreeMap<String, Vec<usize>>; 3] = Default::default();
        for (at, feature) in all.iter().enumerate() {
            for (by, name) in named.iter_mut().zip(names(feature)) {
                if let Some(name) = name {
                    by.entry(name).or_default().push(at);
                }
            }
        }
        Ok(Self { all, named, hinted: Cell::new(0) })
    }

    /// The points of the LineString feature `id`, in order.
    ///
    /// Coordinates are longitude, latitude as RFC 7946 says; a height is ignored.
    ///
    /// # Errors
    /// [`GeoError::UnknownFeature`] (with the near ids), [`GeoError::AmbiguousFeature`],
    /// [`GeoError::WrongGeometry`], or [`GeoError::InFeature`] for a coordinate out of
    /// range.
    pub fn line(&self, id: &str) -> Result<Vec<Position>, GeoError> {
        let feature = self.find(id)?;
        match feature.geometry.as_ref().map(|g| &g.value) {
            Some(GeometryValue::LineString { coordinates }) => positions(coordinates, id),
            Some(GeometryValue::MultiLineString { coordinates }) if coordinates.len() == 1 => {
                positions(coordinates.first().map_or(&[], Vec::as_slice), id)
            }
            other => Err(wrong(id, other, "a LineString")),
        }
    }

    /// The polygons of the Polygon or MultiPolygon feature `id`: for each the outer
    /// ring, then its holes, as written in the file.
    ///
    /// # Errors
    /// As [`Features::line`].
    pub fn area(&self, id: &str) -> Result<Vec<Vec<Vec<Position>>>, GeoError> {
        let feature = self.find(id)?;
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

    fn find(&self, id: &str) -> Result<&Feature, GeoError> {
        let hits = self.named.iter().find_map(|by| by.get(id));
        match hits.map_or(&[][..], Vec::as_slice) {
            [one] => self.all.get(*one),
            [] => None,
            many => {
                return Err(GeoError::AmbiguousFeature { id: id.to_owned(), count: many.len() });
            }
        }
        .ok_or_else(|| GeoError::UnknownFeature { id: id.to_owned(), hint: self.hint(id) })
    }

    /// "did you mean" for near ids, otherwise what there is.
    fn hint(&self, id: &str) -> String {
        let first = |feature| names(feature).into_iter().flatten().next();
        let all: Vec<String> = self.all.iter().filter_map(first).collect();
        if all.is_empty() {
            return "no feature in it has an id or a name".to_owned();
        }
        let wanted = id.to_lowercase();
        self.hinted.update(|it| it.saturating_add(1));
        // Nobody mistypes a very long name; and after some hints the rest says as much.
        let look = |name: &str| self.hinted.get() <= MAX_HINTED && name.len() + id.len() < 400;
        let likeness = |name: &str| strsim::jaro_winkler(&wanted, &name.to_lowercase());
        let mut scored: Vec<(f64, &str)> = all
            .iter()
            .map(|name| (if look(name) { likeness(name) } else { 0.0 }, name.as_str()))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let near = scored.iter().filter(|s| s.0 > 0.75).count();
        let list = |n: usize| -> String {
            let names: Vec<&str> = scored.iter().take(n).map(|s| s.1).collect();
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
}

fn wrong(id: &str, found: Option<&GeometryValue>, wanted: &'static str) -> GeoError {
    GeoError::WrongGeometry {
        id: id.to_owned(),
        found: found
            .map_or_else(|| "feature without geometry".to_owned(), |v| v.type_name().to_owned()),
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

    fn features() -> Features {
        Features::read(TEXT).unwrap()
    }

    #[test]
    fn longitude_comes_first() {
        let line = features().line("alpha").unwrap();
        assert_eq!(line.first().map(|p| (p.lat(), p.lon())), Some((33.0, 35.5)));
    }

    #[test]
    fn properties_id_outranks_name() {
        assert_eq!(features().area("bravo").unwrap().len(), 1);
        let wrong = features().line("bravo").unwrap_err();
        assert!(wrong.to_string().contains("Polygon"), "{wrong}");
    }

    #[test]
    fn says_which_ids_are_near() {
        let e = features().line("alpa").unwrap_err().to_string();
        assert!(e.contains("did you mean alpha"), "{e}");
        let e = features().line("zzz").unwrap_err().to_string();
        assert!(e.contains("alpha") && e.contains("far"), "{e}");
    }

    #[test]
    fn names_the_feature_of_a_bad_coordinate() {
        let e = features().line("far").unwrap_err().to_string();
        assert!(e.contains("far") && e.contains("91"), "{e}");
        assert!(Features::read("{").is_err());
    }
}
