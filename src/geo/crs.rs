//! The coordinate reference system that a GeoJSON file says it has.

use serde_json::{Map, Value};

use super::GeoError;

/// The longest name that an error repeats.
const LONGEST: usize = 80;

/// The `crs` member of a GeoJSON object: the form of 2008, which RFC 7946 has left out
/// and programs go on writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crs {
    /// None is named, or longitude and latitude on WGS84 by a name that says so.
    LonLat,
    /// EPSG:4326, which by its definition has latitude first, and in nearly every file
    /// that names it longitude.
    InDoubt,
}

/// Reads the `crs` among the members of an object.
///
/// # Errors
/// [`GeoError::OtherCrs`] for any but WGS84.
pub(super) fn crs(members: Option<&Map<String, Value>>) -> Result<Crs, GeoError> {
    let Some(value) = members.and_then(|it| it.get("crs")) else {
        return Ok(Crs::LonLat);
    };
    if value.is_null() {
        return Ok(Crs::LonLat);
    }
    let name = name(value);
    known(&name).ok_or_else(|| GeoError::OtherCrs { name: name.chars().take(LONGEST).collect() })
}

/// The name by which it goes: of the forms `name`, `link` and `EPSG`, or a plain text.
fn name(value: &Value) -> String {
    let of = |key: &str| value.get("properties").and_then(|it| it.get(key));
    let text = of("name").or_else(|| of("href")).unwrap_or(value);
    match (of("code"), text.as_str()) {
        (Some(code), _) => {
            format!("EPSG:{}", code.as_str().map_or(code.to_string(), str::to_owned))
        }
        (None, Some(text)) => text.to_owned(),
        (None, None) => text.to_string(),
    }
}

fn known(name: &str) -> Option<Crs> {
    let name = name.trim().to_lowercase();
    let parts: Vec<&str> = name.split([':', '/', '#']).filter(|it| !it.is_empty()).collect();
    let has = |word: &str| parts.iter().any(|it| *it == word || it.starts_with("epsg.xml"));
    let plain: String = name.chars().filter(|c| !" _-".contains(*c)).collect();
    match *parts.last()? {
        "crs84" | "crs84h" if parts.len() == 1 || has("ogc") => Some(Crs::LonLat),
        "4326" | "4979" if has("epsg") => Some(Crs::InDoubt),
        _ if plain == "wgs84" => Some(Crs::LonLat),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(crs_member: &str) -> Result<Crs, GeoError> {
        let text = format!("{{\"crs\": {crs_member}}}");
        let value: Value = serde_json::from_str(&text).unwrap();
        crs(value.as_object())
    }

    fn named(name: &str) -> Result<Crs, GeoError> {
        of(&format!(r#"{{"type": "name", "properties": {{"name": "{name}"}}}}"#))
    }

    #[test]
    fn wgs84_goes_by_many_names() {
        for name in [
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:OGC::CRS84",
            "OGC:CRS84",
            "CRS84",
            "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            "WGS 84",
            "WGS84",
        ] {
            assert_eq!(named(name), Ok(Crs::LonLat), "{name}");
        }
        for name in [
            "EPSG:4326",
            "epsg:4326",
            "urn:ogc:def:crs:EPSG::4326",
            "urn:ogc:def:crs:EPSG:6.9:4326",
            "http://www.opengis.net/def/crs/EPSG/0/4326",
            "http://www.opengis.net/gml/srs/epsg.xml#4326",
        ] {
            assert_eq!(named(name), Ok(Crs::InDoubt), "{name}");
        }
        assert_eq!(of(r#"{"type": "EPSG", "properties": {"code": 4326}}"#), Ok(Crs::InDoubt));
        assert_eq!(of("null"), Ok(Crs::LonLat));
        assert_eq!(crs(None), Ok(Crs::LonLat));
    }

    #[test]
    fn any_other_is_refused_by_its_name() {
        for name in ["EPSG:2039", "urn:ogc:def:crs:EPSG::3857", "EPSG:14326", "4326", "a:CRS84"] {
            let error = named(name).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains("ogr2ogr -t_srs EPSG:4326"), "{error}");
        }
        let error = of(r#"{"type": "EPSG", "properties": {"code": 2039}}"#).unwrap_err();
        assert!(error.to_string().contains("EPSG:2039"), "{error}");
        let link = r#"{"type": "link", "properties": {"href": "http://x.org/utm"}}"#;
        assert!(of(link).unwrap_err().to_string().contains("http://x.org/utm"));
        assert!(of("7").is_err());
    }
}
