//! Latitude and longitude exchanged: what only shows on the ground.

/// Nearer than this to a site, a shape is where it is meant to be, kilometres.
const FAR_KM: f64 = 100.0;
/// So many times nearer must it be with its coordinates exchanged.
const NEARER: f64 = 4.0;
/// Points along an edge that are looked at stand at most so far apart, degrees.
const APART_DEG: f64 = 0.25;
/// So many points of a shape, and so many sites, are looked at.
const LOOKED_AT: usize = 400;

/// How far a shape lies from the nearest site, kilometres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Swapped {
    pub(super) as_written: f64,
    pub(super) exchanged: f64,
}

/// Whether a shape lies far from every site, and near one if the latitude and longitude of
/// its points are exchanged. Points and sites are (latitude, longitude) in degrees.
pub(super) fn looks_swapped(shape: &[(f64, f64)], sites: &[(f64, f64)]) -> Option<Swapped> {
    let mut along: Vec<(f64, f64)> = shape.first().copied().into_iter().collect();
    for pair in shape.windows(2) {
        let &[a, b] = pair else { continue };
        let parts = ((b.0 - a.0).abs().max((b.1 - a.1).abs()) / APART_DEG).ceil();
        let parts = parts.clamp(1.0, 100.0) as u32;
        along.extend((1..=parts).map(|k| {
            let share = f64::from(k) / f64::from(parts);
            (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
        }));
    }
    if along.iter().any(|p| p.1.abs() > 90.0) {
        return None;
    }
    let some = |all: &[(f64, f64)]| -> Vec<(f64, f64)> {
        all.iter().copied().step_by(all.len() / LOOKED_AT + 1).collect()
    };
    let (along, sites) = (some(&along), some(sites));
    let nearest = |points: &mut dyn Iterator<Item = (f64, f64)>| {
        let each = points.flat_map(|p| sites.iter().map(move |site| distance_km(p, *site)));
        each.fold(f64::INFINITY, f64::min)
    };
    let as_written = nearest(&mut along.iter().copied());
    if !as_written.is_finite() || as_written < FAR_KM {
        return None;
    }
    let exchanged = nearest(&mut along.iter().map(|p| (p.1, p.0)));
    (exchanged * NEARER < as_written).then_some(Swapped { as_written, exchanged })
}

/// Great-circle distance on a sphere: near enough to tell some kilometres.
pub(super) fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |x: f64| libm::sin(x / 2.0) * libm::sin(x / 2.0);
    let h =
        half(lat_b - lat_a) + libm::cos(lat_a) * libm::cos(lat_b) * half((b.1 - a.1).to_radians());
    2.0 * 6371.0 * libm::asin(h.clamp(0.0, 1.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITES: [(f64, f64); 2] = [(33.2, 35.4), (33.7, 35.5)];

    #[test]
    fn a_line_on_the_wrong_side_of_the_diagonal_looks_swapped() {
        let line = [(33.09, 35.1), (33.1, 35.5), (33.3, 35.8)];
        let swapped = line.map(|(lat, lon)| (lon, lat));
        assert_eq!(looks_swapped(&line, &SITES), None);
        let found = looks_swapped(&swapped, &SITES).unwrap();
        assert!((250.0..350.0).contains(&found.as_written), "{found:?}");
        assert!(found.exchanged < 20.0, "{found:?}");
    }

    #[test]
    fn far_away_alone_is_not_swapped() {
        assert_eq!(looks_swapped(&[(50.0, 30.0), (51.0, 31.0)], &SITES), None);
        assert_eq!(looks_swapped(&[(35.4, 33.2)], &[]), None);
        // A site by the middle of a long edge is near.
        assert_eq!(looks_swapped(&[(30.0, 35.0), (40.0, 35.0)], &[(35.1, 35.1)]), None);
    }

    #[test]
    fn a_quarter_of_the_globe_is_ten_thousand_kilometres() {
        let km = distance_km((0.0, 0.0), (90.0, 0.0));
        assert!((km - 10_007.5).abs() < 1.0, "{km}");
    }
}
