//! The outlines of marks.

use super::plane::Pt;
use super::theme::Shape;

/// Corners of a shape round (0, 0) with the area of the unit disc.
pub(super) fn corners(shape: Shape) -> Vec<Pt> {
    let regular = |n: u32, first: f64| -> Vec<Pt> {
        let part = std::f64::consts::TAU / f64::from(n);
        let radius = (std::f64::consts::TAU / (f64::from(n) * libm::sin(part))).sqrt();
        (0..n)
            .map(|k| {
                let angle = first.to_radians() + part * f64::from(k);
                (radius * libm::cos(angle), radius * libm::sin(angle))
            })
            .collect()
    };
    let plus = || -> Vec<Pt> {
        // Five squares of side 2a: 20a² = π.
        let (a, b) = (0.396, 1.189);
        vec![
            (-a, -b),
            (a, -b),
            (a, -a),
            (b, -a),
            (b, a),
            (a, a),
            (a, b),
            (-a, b),
            (-a, a),
            (-b, a),
            (-b, -a),
            (-a, -a),
        ]
    };
    match shape {
        Shape::Circle => regular(24, 0.0),
        Shape::Square => regular(4, 45.0),
        Shape::Diamond => regular(4, 0.0),
        Shape::Triangle => regular(3, -90.0),
        Shape::Wedge => regular(3, 90.0),
        Shape::Pentagon => regular(5, -90.0),
        Shape::Hexagon => regular(6, 0.0),
        Shape::Plus => plus(),
        Shape::Cross => {
            let half = std::f64::consts::FRAC_1_SQRT_2;
            let turned = |(x, y): Pt| ((x - y) * half, (x + y) * half);
            plus().into_iter().map(turned).collect()
        }
        Shape::Star => (0..10)
            .map(|k| {
                let radius = if k % 2 == 0 { 1.62 } else { 0.66 };
                let angle = (f64::from(k) * 36.0 - 90.0).to_radians();
                (radius * libm::cos(angle), radius * libm::sin(angle))
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_has_the_area_of_the_disc() {
        use Shape::{Cross, Diamond, Hexagon, Pentagon, Plus, Square, Star, Triangle, Wedge};
        for shape in [Cross, Diamond, Hexagon, Pentagon, Plus, Square, Star, Triangle, Wedge] {
            let points = corners(shape);
            let next = points.iter().cycle().skip(1);
            let twice: f64 = points.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
            let area = twice.abs() / 2.0;
            let disc = std::f64::consts::PI;
            assert!((area / disc - 1.0).abs() < 0.02, "{shape:?} {area}");
        }
    }
}
