//! The gamma distribution and its inverse.

/// The x that a gamma variate of shape a and scale 1 stays below with probability p, for p
/// in (0, 1) and a > 0.
///
/// Found by Newton's method on ln P(a, eʸ), which rises and is concave in y, from the left of
/// the root: no step goes too far. P by its series or its continued fraction (Abramowitz &
/// Stegun 6.5.29 and 6.5.31); right to 10⁻¹⁰ of x.
pub fn gamma_quantile(p: f64, a: f64) -> f64 {
    let log_p = libm::log(p);
    // P(a, x) ≤ xᵃ/Γ(a + 1), so the root is no smaller.
    let mut y = (log_p + libm::lgamma(a + 1.0)) / a;
    for _ in 0..500 {
        let x = libm::exp(y);
        if x == 0.0 {
            return 0.0;
        }
        let below = log_gamma_cdf(x, a);
        // x times the density over P: the derivative of ln P in y.
        let slope = libm::exp(a * y - x - libm::lgamma(a) - below);
        let step = (log_p - below) / slope;
        y += step;
        if step.abs() < 1e-12 {
            break;
        }
    }
    libm::exp(y)
}

/// ln P(a, x), the regularised lower incomplete gamma function.
fn log_gamma_cdf(x: f64, a: f64) -> f64 {
    let front = a * libm::log(x) - x;
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0, 1.0, a);
        while term > sum * 1e-17 {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return front - libm::lgamma(a + 1.0) + libm::log(sum);
    }
    let nonzero = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / nonzero(b);
    let mut h = d;
    for i in 1..10_000 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / nonzero(an * d + b);
        c = nonzero(b + an / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    libm::log1p(-libm::exp(front - libm::lgamma(a)) * h)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Gamma};

    #[test]
    fn gamma_quantile_is_the_inverse_of_the_distribution() {
        for a in [0.01, 0.1, 0.5, 1.0, 2.5, 40.0, 1000.0] {
            let gamma = Gamma::new(a, 1.0).unwrap();
            for p in [1e-6, 0.01, 0.2, 0.5, 0.9, 0.999, 1.0 - 1e-9] {
                let x = gamma_quantile(p, a);
                if x > 1e-280 {
                    let back = gamma.cdf(x);
                    assert!((back - p).abs() < 1e-9 * p.max(1e-3), "{a} {p}: {x}, {back}");
                }
            }
        }
        // An exponential's is −ln(1 − p), and half a square of a normal has shape ½.
        assert!((gamma_quantile(0.75, 1.0) - libm::log(4.0)).abs() < 1e-11);
        let z = super::super::normal_quantile(0.8);
        assert!((gamma_quantile(0.6, 0.5) - 0.5 * z * z).abs() < 1e-11);
    }

    #[test]
    fn it_rises_with_the_probability() {
        for a in [0.05, 0.5, 7.0] {
            let all: Vec<f64> =
                (1..500).map(|it| gamma_quantile(f64::from(it) / 500.0, a)).collect();
            assert!(all.is_sorted());
            // The mean of a variate of mean a, by the midpoint of each part.
            let mean = (0..4000).map(|it| gamma_quantile((f64::from(it) + 0.5) / 4000.0, a));
            let mean = mean.sum::<f64>() / 4000.0;
            assert!((mean / a - 1.0).abs() < 0.01, "{a}: {mean}");
        }
    }
}
