//! Reading lines and areas from GeoJSON text.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use ::geojson::feature::Id;
use ::geojson::{Feature, GeoJson, GeometryValue};
use serde_json::Value;

use super::crs::{Crs, crs};
use super::joined::joined;
use super::straight::straight;
use super::{GeoError, Position};

/// How many near ids, or features that answer to the same, an error lists.
const HINTS: usize = 5;
/// For so many unknown ids the near ones are looked for.
const MAX_HINTED: u32 = 20;
/// Numbers beyond this are no degrees that were mistyped, but metres.
const NO_DEGREES: f64 = 400.0;

/// Features by what they answer to: their places in the list.
type Named = BTreeMap<String, Vec<usize>>;

/// The features of a GeoJSON text.
///
/// A feature is asked for by its id or name, or as `property=value` by any property. Its
/// edges are straight in longitude and latitude (RFC 7946, section 3.1.1): where they are
/// long, points are put in between, so that geodesics from point to point stay within
/// 10 m of them.
#[derive(Debug)]
pub struct Features {
    all: Vec<Feature>,
    /// By the feature's `id`, then `properties.id`, then `properties.name`.
    named: [Named; 3],
    /// By other properties that were asked for.
    by_property: RefCell<BTreeMap<String, Named>>,
    /// How often a hint was asked for.
    hinted: Cell<u32>,
    /// Of the file as a whole.
    crs: Crs,
}

impl Features {
    /// Reads a text, with a byte-order mark or without.
    ///
    /// # Errors
    /// [`GeoError::NotGeoJson`], or [`GeoError::OtherCrs`] if the file has another
    /// reference than WGS84.
    pub fn read(text: &str) -> Result<Self, GeoError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let wrong = |detail: String| GeoError::NotGeoJson { detail };
        let parsed: GeoJson = text.parse().map_err(|e: ::geojson::Error| wrong(e.to_string()))?;
        let (all, crs) = match parsed {
            GeoJson::FeatureCollection(c) => (c.features, crs(c.foreign_members.as_ref())?),
            GeoJson::Feature(f) => (vec![f], Crs::LonLat),
            GeoJson::Geometry(_) => {
                let what = "it is a bare geometry; wrap it in a Feature with an id";
                return Err(wrong(what.to_owned()));
            }
        };
        let mut named: [Named; 3] = Default::default();
        for (at, feature) in all.iter().enumerate() {
            for (by, name) in named.iter_mut().zip(names(feature)) {
                if let Some(name) = name {
                    by.entry(name).or_default().push(at);
                }
            }
        }
        Ok(Self { all, named, by_property: RefCell::default(), hinted: Cell::new(0), crs })
    }

    /// The points of the LineString feature `id`, in order; of a MultiLineString whose
    /// parts touch those of the one line they make.
    ///
    /// Coordinates are longitude, latitude as RFC 7946 says; a height is ignored.
    ///
    /// # Errors
    /// [`GeoError::UnknownFeature`] (with the near ids), [`GeoError::AmbiguousFeature`],
    /// [`GeoError::WrongGeometry`], or [`GeoError::InFeature`] for coordinates that are
    /// none, are of another reference, or make no line.
    pub fn line(&self, id: &str) -> Result<Vec<Position>, GeoError> {
        let feature = self.find(id)?;
        let made = match feature.geometry.as_ref().map(|g| &g.value) {
            Some(GeometryValue::LineString { coordinates }) => positions(coordinates),
            Some(GeometryValue::MultiLineString { coordinates }) => {
                let parts = coordinates.iter().map(|part| positions(part));
                parts.collect::<Result<_, _>>().and_then(joined)
            }
            other => return Err(wrong(id, other, "a LineString")),
        };
        made.and_then(|points| straight(&points)).map_err(in_feature(id))
    }

    /// The polygons of the Polygon or MultiPolygon feature `id`: for each the outer
    /// ring, then its holes, as written in the file.
    ///
    /// # Errors
    /// As [`Features::line`].
    pub fn area(&self, id: &str) -> Result<Vec<Vec<Vec<Position>>>, GeoError> {
        let feature = self.find(id)?;
        let ring = |ring: &Vec<::geojson::Position>| {
            let mut points = positions(ring)?;
            if points.first() != points.last() {
                points.extend(points.first().copied());
            }
            straight(&points)
        };
        let rings = |rings: &Vec<Vec<::geojson::Position>>| -> Result<Vec<_>, GeoError> {
            rings.iter().map(ring).collect()
        };
        let made: Result<Vec<Vec<Vec<Position>>>, GeoError> =
            match feature.geometry.as_ref().map(|g| &g.value) {
                Some(GeometryValue::Polygon { coordinates }) => {
                    rings(coordinates).map(|polygon| vec![polygon])
                }
                Some(GeometryValue::MultiPolygon { coordinates }) => {
                    coordinates.iter().map(rings).collect()
                }
                other => return Err(wrong(id, other, "a Polygon or MultiPolygon")),
            };
        made.map_err(in_feature(id))
    }

    /// Whether the file says that a feature is in EPSG:4326, which by its definition has
    /// latitude first.
    #[must_use]
    pub fn order_in_doubt(&self, id: &str) -> bool {
        let feature = self.hits(id).first().and_then(|at| self.all.get(*at));
        let own = feature.map_or(Ok(Crs::LonLat), crs_of);
        self.crs == Crs::InDoubt || own == Ok(Crs::InDoubt)
    }

    fn find(&self, id: &str) -> Result<&Feature, GeoError> {
        let found = match self.hits(id)[..] {
            [one] => self.all.get(one),
            [] => None,
            ref many => {
                let list = many.iter().take(HINTS).filter_map(|at| {
                    let first = names(self.all.get(*at)?).into_iter().flatten().next();
                    let name = first.map_or_else(String::new, |name| format!(" ({name})"));
                    Some(format!("number {}{name}", at + 1))
                });
                let mut list: Vec<String> = list.collect();
                if many.len() > HINTS {
                    list.push(format!("{} more", many.len() - HINTS));
                }
                let (what, count) = (what(id), many.len());
                return Err(GeoError::AmbiguousFeature { what, count, list: list.join(", ") });
            }
        };
        let unknown = || GeoError::UnknownFeature { what: what(id), hint: self.hint(id) };
        let feature = found.ok_or_else(unknown)?;
        crs_of(feature).map_err(in_feature(id))?;
        Ok(feature)
    }

    /// The places of the features that answer to an id or name or, if there are none, to
    /// `property=value`.
    fn hits(&self, id: &str) -> Vec<usize> {
        if let Some(hits) = self.named.iter().find_map(|by| by.get(id)) {
            return hits.clone();
        }
        let Some((key, value)) = id.split_once('=') else {
            return Vec::new();
        };
        let mut by_property = self.by_property.borrow_mut();
        let by = by_property.entry(key.to_owned()).or_insert_with(|| {
            let mut by = Named::new();
            for (at, feature) in self.all.iter().enumerate() {
                if let Some(value) = property(feature, key) {
                    by.entry(value).or_default().push(at);
                }
            }
            by
        });
        by.get(value).cloned().unwrap_or_default()
    }

    /// "did you mean" for near ids or values, otherwise what there is.
    fn hint(&self, id: &str) -> String {
        let by_property = self.by_property.borrow();
        let of = id.split_once('=').and_then(|(key, value)| Some((value, by_property.get(key)?)));
        let (wanted, all): (&str, Vec<String>) = match of {
            Some((value, by)) if !by.is_empty() => (value, by.keys().cloned().collect()),
            Some(_) => {
                let mut keys: Vec<String> = Vec::new();
                for feature in &self.all {
                    let own = feature.properties.iter().flat_map(|it| it.keys());
                    let new: Vec<String> = own.filter(|key| !keys.contains(key)).cloned().collect();
                    keys.extend(new);
                    if keys.len() > HINTS {
                        break;
                    }
                }
                let list = keys.iter().take(HINTS).cloned().collect::<Vec<_>>().join(", ");
                return match keys.is_empty() {
                    true => "no feature in it has properties".to_owned(),
                    false => {
                        format!("no feature has that property; they have, for example: {list}")
                    }
                };
            }
            None => {
                let first = |feature| names(feature).into_iter().flatten().next();
                (id, self.all.iter().filter_map(first).collect())
            }
        };
        if all.is_empty() {
            return "no feature in it has an id or a name: choose by a property, as in \"file.geojson#property=value\"".to_owned();
        }
        let wanted = wanted.to_lowercase();
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

/// What was asked for, in words.
fn what(id: &str) -> String {
    match id.split_once('=') {
        Some((key, value)) => format!("{key} = {value:?}"),
        None => format!("the id or name {id:?}"),
    }
}

fn in_feature(id: &str) -> impl Fn(GeoError) -> GeoError {
    move |source| GeoError::InFeature { id: id.to_owned(), source: Box::new(source) }
}

/// What a feature or its geometry says of its reference.
fn crs_of(feature: &Feature) -> Result<Crs, GeoError> {
    let own = crs(feature.foreign_members.as_ref())?;
    let of_geometry = feature.geometry.as_ref().map(|it| crs(it.foreign_members.as_ref()));
    let of_geometry = of_geometry.transpose()?;
    Ok(if own == Crs::InDoubt { own } else { of_geometry.unwrap_or(own) })
}

fn positions(coordinates: &[::geojson::Position]) -> Result<Vec<Position>, GeoError> {
    coordinates
        .iter()
        .map(|c| {
            let at = |i: usize| c.as_slice().get(i).copied().unwrap_or(f64::NAN);
            let (x, y) = (at(0), at(1));
            if x.abs() > NO_DEGREES || y.abs() > NO_DEGREES {
                Err(GeoError::Projected { x, y })
            } else if x.abs() > 180.0 && y.abs() <= 90.0 {
                Err(GeoError::BeyondDateLine { lon: x })
            } else {
                Position::new(y, x)
            }
        })
        .collect()
}

/// The value of a property as text: of texts, numbers and truth values.
fn property(feature: &Feature, key: &str) -> Option<String> {
    match feature.properties.as_ref()?.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// What a feature answers to, the strongest first.
fn names(feature: &Feature) -> [Option<String>; 3] {
    let own = feature.id.as_ref().map(|id| match id {
        Id::String(s) => s.clone(),
        Id::Number(n) => n.to_string(),
    });
    let whole = |key: &str| {
        let text = property(feature, key)?;
        let value = feature.properties.as_ref()?.get(key)?;
        (value.is_string() || value.as_i64().is_some()).then_some(text)
    };
    [own, whole("id"), whole("name")]
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
