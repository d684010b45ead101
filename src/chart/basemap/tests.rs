use geo::{Contains, Coord, Distance, Euclidean, LineString};

use super::decode::{MAGIC, adler32};
use super::map::EMBEDDED;
use super::shape::GridBox;
use super::simplify::{line, simplified};
use super::*;

const LEVANT: View = View { south: 31.0, west: 34.0, north: 38.0, east: 43.0 };

fn around(lat: f64, lon: f64, half: f64) -> View {
    View { south: lat - half, west: lon - half, north: lat + half, east: lon + half }
}

fn kinds(view: View) -> Vec<LineKind> {
    let mut kinds: Vec<_> = BaseMap::embedded().lines_in(view, 0.0).map(|(kind, _)| kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Whether a place lies on land.
fn holds(land: &[Polygon], lat: f64, lon: f64) -> bool {
    let line = |ring: &Ring| ring.iter().copied().collect::<LineString>();
    land.iter().any(|land| {
        let holes = land.holes.iter().map(line).collect();
        geo::Polygon::new(line(&land.outer), holes).contains(&Coord { x: lat, y: lon })
    })
}

/// A map with this body, its checksum right.
fn sealed(body: &[u8]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(adler32(body).to_le_bytes());
    bytes.extend(body);
    bytes
}

#[test]
fn the_embedded_map_decodes() {
    let map = BaseMap::decode(EMBEDDED).unwrap();
    assert!(map.lines.len() > 4000 && map.land.len() > 4000, "{map:?}");
}

#[test]
fn adler32_of_a_known_text() {
    assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
}

#[test]
fn land_holds_cities_and_not_the_sea() {
    let land = BaseMap::embedded().land_in(LEVANT, 0.005);
    let on_land = |lat, lon| holds(&land, lat, lon);
    assert!(on_land(33.51, 36.29), "Damascus");
    assert!(on_land(33.88, 35.52), "Beirut");
    assert!(!on_land(34.5, 35.0), "the sea");
    // Outside the view nothing is left.
    assert!(!on_land(30.0, 36.0));
}

#[test]
fn the_coast_passes_near_tartus() {
    let (lat, lon) = (34.89_f64, 35.88_f64);
    let nearest = BaseMap::embedded()
        .lines_in(LEVANT, 0.0)
        .filter(|(kind, _)| *kind == LineKind::Coast)
        .flat_map(|(_, points)| points)
        .map(|(y, x)| {
            let east = (x - lon) * 111.32 * libm::cos(lat.to_radians());
            let north = (y - lat) * 110.9;
            (east * east + north * north).sqrt()
        })
        .fold(f64::INFINITY, f64::min);
    assert!(nearest < 5.0, "{nearest} km");
}

#[test]
fn coasts_and_borders_are_told_apart() {
    // Masnaa, between Damascus and Beirut.
    assert_eq!(kinds(around(33.70, 35.93, 0.1)), [LineKind::Border]);
    // The south coast of Cyprus at Paphos.
    assert_eq!(kinds(around(34.75, 32.42, 0.05)), [LineKind::Coast]);
    // The open sea.
    assert_eq!(kinds(around(34.0, 33.5, 0.1)), []);
}

#[test]
fn every_point_lies_in_its_box_and_the_box_is_tight() {
    let map = BaseMap::embedded();
    for line in &map.lines {
        let exact = line
            .points
            .iter()
            .map(|&(x, y)| GridBox { x: (x.into(), x.into()), y: (y.into(), y.into()) })
            .reduce(GridBox::joined)
            .unwrap();
        assert_eq!(exact, line.grid_box);
    }
}

#[test]
fn what_is_cut_lies_in_the_view() {
    let map = BaseMap::embedded();
    let view = View { south: 33.0, west: 35.3, north: 35.1, east: 37.7 };
    let inside = |&(y, x): &(f64, f64)| (33.0..=35.1).contains(&y) && (35.3..=37.7).contains(&x);
    let mut count = 0;
    for (_, points) in map.lines_in(view, 0.001) {
        assert!(points.len() >= 2);
        assert!(points.iter().all(inside));
        count += 1;
    }
    assert!(count > 3);
    let land = map.land_in(view, 0.001);
    assert!(!land.is_empty());
    for polygon in land {
        assert!(polygon.outer.iter().all(inside));
    }
}

#[test]
fn land_ends_at_its_simplified_coast() {
    let map = BaseMap::embedded();
    let view = around(35.1, 33.2, 1.5);
    let points = |tolerance| -> Vec<(f64, f64)> {
        let coasts = map.lines_in(view, tolerance).filter(|it| it.0 == LineKind::Coast);
        coasts.flat_map(|(_, points)| points).collect()
    };
    let (simple, whole) = (points(0.05), points(0.0));
    let cyprus =
        map.land_in(view, 0.05).into_iter().find(|it| holds(std::slice::from_ref(it), 35.0, 33.0));
    let outer = cyprus.unwrap().outer;
    assert!(outer.len() >= 6 && outer.iter().all(|it| simple.contains(it)), "{outer:?}");
    assert!(simple.len() * 4 < whole.len());
}

#[test]
fn a_simplified_line_stays_near() {
    let map = BaseMap::embedded();
    let grid = map.grid;
    for own in map.lines.iter().step_by(50) {
        let kept = simplified(&own.points, grid, 0.02);
        assert_eq!((kept.first(), kept.last()), (own.points.first(), own.points.last()));
        let drawn = line(&kept, grid);
        for point in line(&own.points, grid).points() {
            assert!(Euclidean.distance(&point, &drawn) <= 0.02 + 1e-9);
        }
    }
}

#[test]
fn a_view_across_the_date_line_runs_on_eastwards() {
    let map = BaseMap::embedded();
    let view = View { south: 60.0, west: 170.0, north: 73.0, east: -160.0 };
    let lines: Vec<_> = map.lines_in(view, 0.0).collect();
    let points = || lines.iter().flat_map(|(_, points)| points);
    assert!(points().all(|&(_, lon)| (170.0..=200.0).contains(&lon)));
    // Chukotka on either side of the date line, and Alaska.
    assert!(points().any(|&(_, lon)| lon < 179.0));
    assert!(points().any(|&(_, lon)| lon > 199.0));
    for (_, points) in &lines {
        for pair in points.windows(2) {
            assert!((pair[0].1 - pair[1].1).abs() < 2.0, "{pair:?}");
            let along = pair.iter().all(|p| (p.1 - 180.0).abs() < 1e-9);
            assert!(!along, "a cut drawn as a coast: {pair:?}");
        }
    }
    let land = map.land_in(view, 0.0);
    let on_land = |lat, lon| holds(&land, lat, lon);
    assert!(on_land(67.0, 179.0));
    assert!(on_land(67.0, 181.5));
    assert!(on_land(64.5, 199.5), "Alaska");
    assert!(!on_land(62.0, 181.0), "the Bering Sea");
    // The same view, said with a longitude beyond 180.
    let same = View { east: 200.0, ..view };
    assert_eq!(land, map.land_in(same, 0.0));
}

#[test]
fn the_whole_world_has_its_poles_and_its_inland_sea() {
    let world = View { south: -90.0, west: -180.0, north: 90.0, east: 180.0 };
    let map = BaseMap::embedded();
    let land = map.land_in(world, 0.1);
    let on_land = |lat, lon| holds(&land, lat, lon);
    assert!(on_land(-89.0, 10.0), "the south pole");
    assert!(on_land(-85.0, -179.5));
    assert!(on_land(-85.0, 179.5));
    assert!(!on_land(89.0, 0.0), "the north pole");
    assert!(!on_land(41.5, 50.5), "the Caspian");
    assert!(on_land(-17.8, 178.0), "Viti Levu");
    let points: usize = map.lines_in(world, 0.1).map(|(_, p)| p.len()).sum();
    assert!(points < 40_000, "{points} of 477 000");
    // The pole is closed for filling only: no line is drawn to it.
    let lowest =
        map.lines_in(world, 0.0).flat_map(|(_, points)| points).map(|p| p.0).fold(0.0, f64::min);
    assert!(lowest > -86.0);
}

#[test]
fn views_without_area_are_empty() {
    let map = BaseMap::embedded();
    for view in [
        View { north: 31.0, ..LEVANT },
        View { east: 34.0, ..LEVANT },
        View { south: f64::NAN, ..LEVANT },
        View { west: f64::INFINITY, ..LEVANT },
    ] {
        assert_eq!(map.lines_in(view, 0.0).count(), 0);
        assert_eq!(map.land_in(view, 0.0), []);
    }
}

#[test]
fn a_longitude_may_be_given_a_turn_later() {
    let map = BaseMap::embedded();
    let later = View { west: 394.0, east: 403.0, ..LEVANT };
    let count = |view| map.lines_in(view, 0.0).count();
    assert_eq!(count(later), count(LEVANT));
}

#[test]
fn bad_bytes_are_errors() {
    let decode = |bytes: &[u8]| BaseMap::decode(bytes).map(|_| ());
    assert_eq!(decode(b""), Err(BaseMapError::Truncated));
    assert_eq!(decode(b"PNG and so on"), Err(BaseMapError::Magic));
    for length in [8, 11, 12, 100, 5000, EMBEDDED.len() - 1] {
        assert!(decode(&EMBEDDED[..length]).is_err());
    }
    let mut changed = EMBEDDED.to_vec();
    changed[500_000] ^= 1;
    assert_eq!(decode(&changed), Err(BaseMapError::Checksum));
}

#[test]
fn bad_bytes_with_a_right_checksum_are_errors() {
    let body = &EMBEDDED[12..];
    assert!(BaseMap::decode(&sealed(body)).is_ok());
    for length in [0, 31, 32, 33, 40, 2000, 20_000, 60_000, body.len() - 1] {
        let cut = BaseMap::decode(&sealed(&body[..length]));
        assert_eq!(cut.map(|_| ()), Err(BaseMapError::Truncated), "{length}");
    }
    let mut longer = body.to_vec();
    longer.push(0);
    assert!(BaseMap::decode(&sealed(&longer)).is_err());
    // Whatever a byte is changed to, decoding ends without a panic.
    let mut errors = 0;
    for place in (0..40_000).step_by(331) {
        let mut changed = body.to_vec();
        changed[place] ^= 0xFF;
        errors += usize::from(BaseMap::decode(&sealed(&changed)).is_err());
    }
    assert!(errors > 60, "{errors}");
}

#[test]
fn the_extracted_outline_is_the_one_on_the_map() {
    let text = include_str!("../../../scenarios/geodata/countries.geojson");
    let data: serde_json::Value = serde_json::from_str(text).unwrap();
    let feature = &data["features"][0];
    assert_eq!(feature["properties"]["id"], "syria");
    let ring: Vec<(f64, f64)> =
        serde_json::from_value(feature["geometry"]["coordinates"][0].clone()).unwrap();
    assert_eq!(ring.first(), ring.last());
    let lines = BaseMap::embedded().lines_in(LEVANT, 0.0);
    let outline: Vec<(f64, f64)> = lines.flat_map(|(_, points)| points).collect();
    for (lon, lat) in ring {
        let found = outline.iter().any(|p| (p.0 - lat).abs() < 6e-6 && (p.1 - lon).abs() < 6e-6);
        assert!(found, "{lat}, {lon}");
    }
}
