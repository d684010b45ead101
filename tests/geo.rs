//! Distances against tables made by another method (`fixtures/geo/make.py`).

use disengage::geo::{
    Area, DistanceTable, Line, Position, ReferenceLine, Route, destination, distance_m, read_area,
    read_line,
};

const LINES: &str = include_str!("fixtures/geo/lines.geojson");
const SHAPES: &str = include_str!("fixtures/geo/shapes.csv");
const LINE_DISTANCE: &str = include_str!("fixtures/geo/line_distance.csv");
const AREA_DISTANCE: &str = include_str!("fixtures/geo/area_distance.csv");
const AREA_SIZE: &str = include_str!("fixtures/geo/area_size.csv");
const PLACES: &str = include_str!("fixtures/geo/places_sw_syria.csv");

/// What the methods are held to against the fixtures, metres; the promise to
/// scenarios (0.1 % or 50 m) is much wider.
const WITHIN_M: f64 = 0.25;

fn rows(text: &str) -> Vec<Vec<String>> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|r| r.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn num(row: &[String], i: usize) -> f64 {
    row[i].parse().unwrap()
}

fn pos(lat: f64, lon: f64) -> Position {
    Position::new(lat, lon).unwrap()
}

/// The rings of a shape of the fixtures that is not in the GeoJSON file.
fn shape(name: &str) -> Vec<Vec<Position>> {
    rows(SHAPES)
        .iter()
        .filter(|r| r[0] == name || r[0].starts_with(&format!("{name}/")))
        .map(|r| {
            r[1].split(';')
                .map(|pair| {
                    let (lat, lon) = pair.split_once(' ').unwrap();
                    pos(lat.parse().unwrap(), lon.parse().unwrap())
                })
                .collect()
        })
        .collect()
}

fn line(name: &str) -> Line {
    let points = read_line(LINES, name).unwrap_or_else(|_| shape(name).remove(0));
    Line::new(points).unwrap()
}

fn area(name: &str) -> Area {
    match read_area(LINES, name) {
        Ok(polygons) => Area::multi(polygons).unwrap(),
        Err(_) => Area::polygon(shape(name)).unwrap(),
    }
}

fn golan(name: &str) -> ReferenceLine {
    ReferenceLine::new(line(name), pos(33.5102, 36.29128)).unwrap()
}

#[test]
fn lines_agree_with_another_method() {
    let mut worst = (0.0, Vec::new());
    let mut names = Vec::new();
    let table = rows(LINE_DISTANCE);
    for row in &table {
        if names.last() != Some(&row[0]) {
            names.push(row[0].clone());
        }
        let line = line(&row[0]);
        let p = pos(num(row, 1), num(row, 2));
        let (want, clear) = (num(row, 3), num(row, 4));
        let off = (line.distance_m(p) - want.abs()).abs();
        if off > worst.0 {
            worst = (off, row.clone());
        }
        assert!(off <= WITHIN_M, "{off} m off: {row:?}");
        // Within metres of the direction of travel the sign is a toss.
        if clear > 10.0 {
            let got = line.side_m(p);
            assert!((got - want).abs() <= WITHIN_M, "{got}: {row:?}");
        }
    }
    assert!(table.len() >= 300 && names.len() >= 8);
    println!("worst line error {:.4} m: {:?}", worst.0, worst.1);
}

#[test]
fn areas_agree_with_another_method() {
    let mut worst = 0.0_f64;
    let table = rows(AREA_DISTANCE);
    let (mut inside, mut outside) = (0, 0);
    for row in &table {
        let area = area(&row[0]);
        let p = pos(num(row, 1), num(row, 2));
        let want = num(row, 3);
        let off = (area.signed_km(p) * 1000.0 - want).abs();
        worst = worst.max(off);
        assert!(off <= WITHIN_M, "{off} m off: {row:?}");
        assert_eq!(area.contains(p), want < 0.0, "{row:?}");
        if want < 0.0 {
            inside += 1;
        } else {
            outside += 1;
        }
    }
    assert!(inside >= 30 && outside >= 30, "{inside} {outside}");
    println!("worst area error {worst:.4} m");
}

#[test]
fn sizes_agree_with_geographiclib() {
    for row in rows(AREA_SIZE) {
        let (got, want) = (area(&row[0]).area_km2(), num(&row, 1));
        assert!((got / want - 1.0).abs() < 1e-9, "{row:?}: {got}");
    }
}

#[test]
fn places_of_south_west_syria_lie_where_the_research_put_them() {
    let (a, b) = (golan("golan_line_A_alpha"), golan("golan_line_B_bravo"));
    let table = rows(PLACES);
    assert_eq!(table.len(), 45);
    let mut worst = 0.0_f64;
    for row in &table {
        let p = pos(num(row, 1), num(row, 2));
        for (line, i) in [(&a, 4), (&b, 5)] {
            let off = (line.signed_km(p) - num(row, i)).abs() * 1000.0;
            worst = worst.max(off);
            assert!(off <= 50.0, "{off} m off: {row:?}");
        }
    }
    println!("worst place {worst:.1} m");
}

#[test]
fn a_point_on_the_prolongation_names_no_side() {
    let l = line("two_points");
    let [from, to] = [l.points()[0], l.points()[1]];
    let az = disengage::geo::azimuth_deg(to, from) + 180.0;
    let ahead = destination(to, az, 80_000.0);
    assert!(ReferenceLine::new(l.clone(), ahead).is_err());
    let beside = destination(ahead, az + 90.0, 60.0);
    let right = ReferenceLine::new(l.clone(), beside).unwrap();
    // Right of the direction is positive now.
    assert!(right.signed_km(beside) > 80.0);
    assert!(l.side_m(beside) < -80_000.0);
    assert!(ReferenceLine::new(l, destination(to, az + 120.0, 40.0)).is_err());
}

#[test]
fn tables_follow_the_distance_along_routes() {
    let a = golan("golan_line_A_alpha");
    let zone = area("golan_heights_ring");
    let border = ReferenceLine::new(line("turkey_syria_border"), pos(35.0, 38.0)).unwrap();
    let routes = [
        // Along the line's own zigzags, then off to Albukamal.
        vec![
            pos(33.45, 35.6),
            pos(33.0, 35.87),
            pos(32.7, 35.7),
            pos(34.452, 40.918),
        ],
        vec![pos(33.51, 36.29), pos(33.12, 35.82), pos(33.3, 35.5)],
        // Across both prolongations.
        vec![
            pos(34.2, 35.3),
            pos(34.1, 36.6),
            pos(32.0, 36.2),
            pos(32.1, 35.2),
        ],
    ];
    let mut worst = 0.0_f64;
    let mut seed = 1_u64;
    for points in routes {
        let route = Route::new(points).unwrap();
        let functions: [&dyn Fn(Position) -> f64; 3] =
            [&|p| a.signed_km(p), &|p| zone.signed_km(p), &|p| {
                border.signed_km(p)
            }];
        for f in functions {
            let table = DistanceTable::along(&route, f);
            for _ in 0..1500 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = (seed >> 11) as f64 / (1_u64 << 53) as f64 * route.length_m();
                let off = (table.km_at(at) - f(route.at_m(at))).abs() * 1000.0;
                worst = worst.max(off);
                assert!(off <= 25.0, "{off} m off at {at}");
            }
        }
    }
    println!("worst table error {worst:.2} m");
}

#[test]
fn a_jump_at_the_prolongation_is_one_step() {
    let l = Line::new(vec![pos(33.0, 36.0), pos(33.5, 36.0)]).unwrap();
    let east = ReferenceLine::new(l, pos(33.2, 36.5)).unwrap();
    // Crosses the meridian of the line 55 km past its end.
    let route = Route::new(vec![pos(34.0, 35.9), pos(34.0, 36.1)]).unwrap();
    let table = DistanceTable::along(&route, |p| east.signed_km(p));
    let half = route.length_m() / 2.0;
    assert!((table.first_at_or_beyond(0.0, 0.0).unwrap() - half).abs() < 0.1);
    assert!(table.km_at(half - 0.1) < -55.0 && table.km_at(half + 0.1) > 55.0);
    assert_eq!(table.crossings(10.0).len(), 1);
}

/// Runs of points whose neighbours lie within `metres`.
fn widest_gap(curve: &[Position]) -> f64 {
    curve
        .windows(2)
        .map(|w| distance_m(w[0], w[1]))
        .fold(0.0, f64::max)
}

#[test]
fn offset_curves_lie_at_their_distance() {
    for name in [
        "golan_line_A_alpha",
        "turkey_syria_border",
        "date_line",
        "zigzag_70n",
    ] {
        let l = line(name);
        let toward = destination(l.points()[1], 100.0, 150_000.0);
        let r = ReferenceLine::new(l, toward).unwrap();
        for km in [5.0, 70.0, 80.0, -40.0, 400.0] {
            let curves = r.offset_curve(km);
            assert!(!curves.is_empty(), "{name} {km}");
            let mut length = 0.0;
            for curve in &curves {
                length += curve
                    .windows(2)
                    .map(|w| distance_m(w[0], w[1]))
                    .sum::<f64>();
                assert!(
                    widest_gap(curve) <= 1_100.0,
                    "{name} {km}: {}",
                    widest_gap(curve)
                );
                for &p in curve {
                    let off = (r.signed_km(p) - km).abs() * 1000.0;
                    assert!(off <= 50.0, "{name} {km}: {off} m at {p}");
                }
            }
            let from = distance_m(r.line().points()[0], *r.line().points().last().unwrap());
            // Half a turn round the ends, and once along the line.
            let least = 0.7 * (from + std::f64::consts::PI * km.abs() * 1000.0 * 0.7);
            assert!(length > least, "{name} {km}: {length} < {least}");
            println!(
                "{name} {km}: {} curves, {:.0} km",
                curves.len(),
                length / 1000.0
            );
        }
    }
}

/// Vertices of an outline and the middles of its sides.
fn outline_places(area: &Area) -> Vec<Position> {
    let mut out = Vec::new();
    for ring in area.outlines() {
        for w in ring.windows(2) {
            out.push(w[0]);
            let az = disengage::geo::azimuth_deg(w[0], w[1]);
            out.push(destination(w[0], az, distance_m(w[0], w[1]) / 2.0));
        }
    }
    out
}

#[test]
fn buffers_of_lines_lie_at_their_distance() {
    for (name, km) in [
        ("golan_line_A_alpha", 80.0),
        ("golan_line_A_alpha", 1.0),
        ("turkey_syria_border", 30.0),
        ("turkey_syria_border", 500.0),
        ("date_line", 120.0),
        ("zigzag_70n", 25.0),
    ] {
        let l = line(name);
        let buffer = Area::buffer_line(&l, km).unwrap();
        let mut worst = 0.0_f64;
        for p in outline_places(&buffer) {
            worst = worst.max((l.distance_m(p) - km * 1000.0).abs());
        }
        println!(
            "buffer {name} {km}: worst {worst:.2} m, {} points",
            outline_places(&buffer).len() / 2
        );
        assert!(worst <= 5.0, "{name} {km}: {worst}");
        // Everything at a smaller distance is inside, at a larger outside.
        for k in 0..200 {
            let p = destination(l.points()[1], f64::from(k) * 7.0, f64::from(k * k) * 30.0);
            let d = l.distance_m(p) / 1000.0;
            if (d - km).abs() > 0.01 {
                assert_eq!(buffer.contains(p), d < km, "{name} {km} at {p}: {d}");
            }
        }
    }
}

#[test]
fn buffers_of_areas_lie_at_their_distance() {
    for (name, km) in [
        ("golan_heights_ring", 20.0),
        ("golan_heights_ring", -3.0),
        ("holed_date_line", 15.0),
        ("holed_date_line", -10.0),
        ("wide_70n", 150.0),
        ("wide_70n", -20.0),
    ] {
        let source = area(name);
        let buffer = Area::buffer_area(&source, km).unwrap();
        let mut worst = 0.0_f64;
        for p in outline_places(&buffer) {
            worst = worst.max((source.signed_km(p) - km).abs() * 1000.0);
        }
        println!("buffer {name} {km}: worst {worst:.2} m");
        assert!(worst <= 5.0, "{name} {km}: {worst}");
        assert_eq!(buffer.area_km2() > source.area_km2(), km > 0.0);
    }
    assert!(Area::buffer_area(&area("golan_heights_ring"), -40.0).is_err());
}

#[test]
fn bands_hold_what_their_distances_say() {
    for (name, toward) in [
        ("golan_line_A_alpha", pos(33.5102, 36.29128)),
        ("golan_line_B_bravo", pos(33.5102, 36.29128)),
        ("turkey_syria_border", pos(35.0, 38.0)),
        ("date_line", pos(55.0, 179.0)),
        ("two_points", pos(12.0, 25.0)),
        ("sharp_corner", pos(-31.0, 143.0)),
    ] {
        let r = ReferenceLine::new(line(name), toward).unwrap();
        for (from, to) in [(0.0, 80.0), (5.0, 20.0), (-15.0, 40.0), (-60.0, -2.0)] {
            let band = match Area::band(&r, from, to) {
                Ok(band) => band,
                Err(e) => panic!("{name} {from} {to}: {e}"),
            };
            if from < 0.0 && to > 0.0 {
                // The line itself is no boundary.
                assert_eq!(band.outlines().len(), 1, "{name}");
                let p = r.line().points()[1];
                assert!(band.signed_km(p) < from.max(-to) + 0.005, "{name}");
            }
            let (mut inside, mut outside) = (0, 0);
            for k in 0..600 {
                let base = r.line().points()[k % r.line().points().len()];
                let p = destination(base, k as f64 * 31.7, (k * k) as f64 * 0.4);
                let d = r.signed_km(p);
                let edge = band.signed_km(p).abs();
                if edge > 0.02 {
                    let within = d >= from && d < to;
                    assert_eq!(
                        band.contains(p),
                        within,
                        "{name} {from}..{to} at {p}: {d}, {edge}"
                    );
                    if within { inside += 1 } else { outside += 1 }
                }
            }
            assert!(
                inside > 40 && outside > 40,
                "{name} {from} {to}: {inside} {outside}"
            );
        }
    }
}

#[test]
fn circles_are_round_anywhere() {
    for (centre, km) in [
        (pos(33.5, 36.3), 100.0),
        (pos(70.0, 179.95), 600.0),
        (pos(0.0, -180.0), 3.0),
    ] {
        let circle = Area::circle(centre, km).unwrap();
        for p in outline_places(&circle) {
            let off = (distance_m(centre, p) - km * 1000.0).abs();
            assert!(off <= 2.5, "{km}: {off}");
        }
        assert!(circle.contains(centre));
        let out = destination(centre, 77.0, 250_000.0);
        assert!((circle.signed_km(out) - (250.0 - km)).abs() < 0.005);
    }
}

#[test]
fn refuses_areas_that_are_none() {
    let cross = vec![pos(0.0, 0.0), pos(1.0, 1.0), pos(0.0, 1.0), pos(1.0, 0.0)];
    let flat = vec![pos(0.0, 0.0), pos(0.0, 1.0), pos(0.0, 2.0)];
    let square = |a: f64, b: f64| vec![pos(a, a), pos(a, b), pos(b, b), pos(b, a)];
    let said = |rings| Area::polygon(rings).unwrap_err().to_string();
    assert!(said(vec![cross]).contains("crosses itself"));
    assert!(said(vec![flat]).contains("encloses no ground"));
    assert!(said(vec![vec![pos(0.0, 0.0), pos(1.0, 0.0), pos(0.0, 0.0)]]).contains("three"));
    assert!(said(vec![square(0.0, 1.0), square(3.0, 4.0)]).contains("hole"));
    assert!(said(vec![square(0.0, 1.0), square(0.5, 1.5)]).contains("hole"));
    assert!(Area::polygon(vec![square(0.0, 1.0), square(0.2, 0.8)]).is_ok());
    let (near, far) = (square(0.0, 1.0), square(3.0, 4.0));
    let (near, far) = (
        Area::polygon(vec![near]).unwrap(),
        Area::polygon(vec![far]).unwrap(),
    );
    assert!(Area::intersection(&near, &far).is_err());
    assert!(Area::difference(&near, &near).is_err());
    assert!(Area::union(&[]).is_err());
}

#[test]
fn polygons_that_share_an_edge_become_one() {
    let west = vec![
        pos(33.0, 35.0),
        pos(33.0, 36.0),
        pos(34.0, 36.0),
        pos(34.0, 35.0),
    ];
    let east = vec![
        pos(33.0, 36.0),
        pos(33.0, 37.0),
        pos(34.0, 37.0),
        pos(34.0, 36.0),
    ];
    let both = Area::multi(vec![vec![west], vec![east]]).unwrap();
    assert_eq!(both.outlines().len(), 1);
    // The shared edge is no boundary: the nearest is 0.5 degrees of latitude off.
    assert!(both.signed_km(pos(33.5, 36.0)) < -55.0);
}
