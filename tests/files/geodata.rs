//! GeoJSON as others write it: what is read, what is refused, what is warned of.

use disengage::diag::{Level, render};
use disengage::geo::{Features, Line, Position, ReferenceLine};
use disengage::scenario::{Geodata, LoadError, load_memory};

/// A scenario with two sites whose line is `line`, written below `[[line]]`.
fn scenario(line: &str) -> String {
    format!(
        r#"schema = 2
title = "Small"
time = {{ start = 2030-01-01, end = 2030-03-01, turn_days = 1 }}
site = [{{ id = "in", lat = 33.2, lon = 35.4 }}, {{ id = "out", lat = 33.7, lon = 35.5 }}]
party = [{{ id = "n" }}, {{ id = "s" }}]
force = [{{ id = "f", flag = "n", at = "in", strength = 100, withdraws_to = ["out"] }}]

[[line]]
id = "l"
{line}
positive_toward = "out"

[[clause]]
id = "c"
kind = "keep-distance"
binds = ["n"]
from = "l"
min_km = 20
monitors = ["m"]

[[monitor]]
id = "m"
kind = "national-technical-means"
party = "s"
sightings_per_day = 0.5

[[conduct]]
id = "k"
party = "n"
kind = "scripted"
initial = "comply"
"#
    )
}

/// A file of one line, with more members and coordinates as written.
fn file(members: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type": "FeatureCollection", {members} "features": [{{"type": "Feature", "id": "b",
        "properties": {{"name": "Golan", "code": 11, "open": true}},
        "geometry": {{"type": "LineString", "coordinates": {coordinates}}}}}]}}"#
    )
}

const COORDINATES: &str = "[[35.1, 33.09], [35.5, 33.1], [35.8, 33.3]]";
const SWAPPED: &str = "[[33.09, 35.1], [33.1, 35.5], [33.3, 35.8]]";

fn crs(name: &str) -> String {
    format!(r#""crs": {{"type": "name", "properties": {{"name": "{name}"}}}},"#)
}

/// Loads a scenario whose line is this file's `b`: what is said of it, and whether it is
/// accepted.
fn said(line: &str, geojson: &str) -> (String, bool) {
    let mut geodata = Geodata::default();
    geodata.insert("l.geojson", geojson);
    match load_memory("small", &scenario(line), &geodata, &[]) {
        Ok(loaded) => {
            let warns = loaded.warnings.iter().all(|it| it.level == Level::Warning);
            assert!(warns, "{:?}", loaded.warnings);
            (render(&loaded.warnings, &loaded.source, false), true)
        }
        Err(LoadError::Invalid(source, found)) => (render(&found, &source, false), false),
        Err(other) => (other.to_string(), false),
    }
}

const B: &str = r#"geojson = "l.geojson#b""#;

#[test]
fn what_is_on_wgs84_is_read() {
    for text in [
        file("", COORDINATES),
        format!("\u{feff}{}", file("", COORDINATES)),
        file(&crs("urn:ogc:def:crs:OGC:1.3:CRS84"), COORDINATES),
        // By its definition latitude comes first; in files it does not.
        file(&crs("urn:ogc:def:crs:EPSG::4326"), COORDINATES),
        file("\"crs\": null,", COORDINATES),
    ] {
        assert_eq!(said(B, &text), (String::new(), true), "{text}");
    }
}

#[test]
fn what_is_not_is_refused_by_name() {
    let metres = "[[209000, 773000], [246000, 774000]]";
    let (text, read) = said(B, &file(&crs("urn:ogc:def:crs:EPSG::2039"), metres));
    assert!(!read && text.contains("EPSG::2039"), "{text}");
    assert!(text.contains("ogr2ogr -t_srs EPSG:4326"), "{text}");
    let (text, read) = said(B, &file("", metres));
    assert!(!read && text.contains("metres on a projected grid"), "{text}");
    let (text, read) = said(B, &file("", "[[179.0, 0.0], [181.0, 0.0]]"));
    assert!(!read && text.contains("181") && text.contains("take 360"), "{text}");
    let (text, read) = said(B, &file("", "[[35.0, 91.0], [36.0, 33.0]]"));
    assert!(!read && text.contains("have they been swapped"), "{text}");
    let geometry = r#"{"type": "Feature", "id": "b", "properties": null, "geometry":
        {"type": "LineString", "coordinates": [[1, 2], [3, 4]],
         "crs": {"type": "name", "properties": {"name": "EPSG:3857"}}}}"#;
    let (text, read) = said(B, geometry);
    assert!(!read && text.contains("EPSG:3857"), "{text}");
}

#[test]
fn coordinates_in_the_wrong_order_are_seen_beside_the_sites() {
    let (text, read) = said(B, &file("", SWAPPED));
    assert!(read && text.contains("look swapped"), "{text}");
    assert!(text.contains("longitude first"), "{text}");
    // Where the file names a reference that has latitude first, it is no guess.
    let (text, read) = said(B, &file(&crs("urn:ogc:def:crs:EPSG::4326"), SWAPPED));
    assert!(!read && text.contains("look swapped") && text.contains("EPSG:4326"), "{text}");
    let points = "points = [{ lat = 35.1, lon = 33.09 }, { lat = 35.5, lon = 33.1 }, \
                  { lat = 35.8, lon = 33.3 }]";
    let (text, read) = said(points, "");
    assert!(read && text.contains("look swapped") && text.contains("from every site"), "{text}");
    let polygon = SWAPPED.replacen("[[", "[[[", 1).replace("]]", "], [33.09, 35.1]]]");
    let area = file("", &polygon).replace("LineString", "Polygon");
    let points = "points = [{ lat = 33.09, lon = 35.1 }, { lat = 33.1, lon = 35.5 }]";
    let text =
        scenario(points) + "[[area]]\nid = \"z\"\nkind = \"polygon\"\ngeojson = \"l.geojson#b\"\n";
    let mut geodata = Geodata::default();
    geodata.insert("l.geojson", area);
    let loaded = load_memory("small", &text, &geodata, &[]).unwrap();
    let found: Vec<&str> = loaded.warnings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(found, ["latitude and longitude of `z` look swapped in the file"]);
}

#[test]
fn a_feature_is_chosen_by_any_property() {
    let text = file("", COORDINATES);
    for by in ["b", "Golan", "name=Golan", "code=11", "open=true"] {
        assert_eq!(
            said(&format!("geojson = \"./l.geojson#{by}\""), &text),
            (String::new(), true),
            "{by}"
        );
    }
    let (text, read) = said(r#"geojson = "l.geojson#name=Golam""#, &text);
    assert!(!read && text.contains("did you mean Golan?"), "{text}");
    let (text, read) = said(r#"geojson = "l.geojson#pcode=SY11""#, &file("", COORDINATES));
    assert!(!read && text.contains("no feature has that property"), "{text}");
    assert!(text.contains("code") && text.contains("open"), "{text}");
}

#[test]
fn what_several_features_answer_to_is_listed() {
    let one = r#"{"type": "Feature", "id": "ID", "properties": {"adm": "SY11"}, "geometry":
        {"type": "LineString", "coordinates": [[35.1, 33.09], [35.5, 33.1]]}}"#;
    let features = [one.replace("ID", "a"), one.replace("ID", "c")].join(",");
    let text = format!(r#"{{"type": "FeatureCollection", "features": [{features}]}}"#);
    let (found, read) = said(r#"geojson = "l.geojson#adm=SY11""#, &text);
    assert!(!read && found.contains("2 features have adm = \"SY11\""), "{found}");
    assert!(found.contains("number 1 (a), number 2 (c)"), "{found}");
}

#[test]
fn a_line_in_parts_is_one_line_or_an_error() {
    let parts = |text: &str| file("", text).replace("LineString", "MultiLineString");
    let (found, read) =
        said(B, &parts("[[[35.5, 33.1], [35.8, 33.3]], [[35.5, 33.1], [35.1, 33.09]]]"));
    assert!(read && found.is_empty(), "{found}");
    let (found, read) =
        said(B, &parts("[[[35.6, 33.1], [35.8, 33.3]], [[35.5, 33.1], [35.1, 33.09]]]"));
    assert!(!read && found.contains("2 pieces") && found.contains("9335 m"), "{found}");
}

/// The border of Egypt and Sudan runs along the 22nd parallel: a force at 22.08° N, 31° E
/// is 8.86 km north of it, and would be 3.07 km south of the geodesic between its ends.
#[test]
fn edges_of_geojson_are_straight_in_longitude_and_latitude() {
    let text = file("", "[[25, 22], [36.86623, 22]]");
    let points = Features::read(&text).unwrap().line("b").unwrap();
    let line = |points| {
        let toward = Position::new(23.5, 31.0).unwrap();
        ReferenceLine::new(Line::new(points).unwrap(), toward).unwrap()
    };
    let force = Position::new(22.08, 31.0).unwrap();
    let km = line(points.clone()).signed_km(force);
    assert!((km - 8.86).abs() < 0.02, "{km}");
    // What a scenario writes itself has geodesic edges.
    let ends = vec![*points.first().unwrap(), *points.last().unwrap()];
    let km = line(ends).signed_km(force);
    assert!((km + 3.07).abs() < 0.02, "{km}");
}
