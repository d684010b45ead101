//! Distribution functions and their inverses.

/// Φ(x), by the complementary error function.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// Φ⁻¹(p) for p in (0, 1); infinite at the ends.
///
/// Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37(3), 1988;
/// relative error about 10⁻¹⁶.
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&CENTRE, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = (-libm::log(tail)).sqrt();
    let x = if r <= 5.0 { ratio(&MIDDLE, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    x.copysign(q)
}

/// Quotient of two polynomials, coefficients in rising order.
fn ratio(coefficients: &[[f64; 8]; 2], r: f64) -> f64 {
    let polynomial = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * r + c);
    polynomial(&coefficients[0]) / polynomial(&coefficients[1])
}

#[expect(clippy::excessive_precision, reason = "as published")]
const CENTRE: [[f64; 8]; 2] = [
    [
        3.387_132_872_796_366_608,
        133.141_667_891_784_377_45,
        1_971.590_950_306_551_442_7,
        13_731.693_765_509_461_125,
        45_921.953_931_549_871_457,
        67_265.770_927_008_700_853,
        33_430.575_583_588_128_105,
        2_509.080_928_730_122_672_7,
    ],
    [
        1.0,
        42.313_330_701_600_911_252,
        687.187_007_492_057_908_3,
        5_394.196_021_424_751_107_7,
        21_213.794_301_586_595_867,
        39_307.895_800_092_710_61,
        28_729.085_735_721_942_674,
        5_226.495_278_852_854_561,
    ],
];
#[expect(clippy::excessive_precision, reason = "as published")]
const MIDDLE: [[f64; 8]; 2] = [
    [
        1.423_437_110_749_683_577_34,
        4.630_337_846_156_545_295_9,
        5.769_497_221_460_691_405_5,
        3.647_848_324_763_204_605_04,
        1.270_458_252_452_368_382_58,
        0.241_780_725_177_450_611_77,
        0.022_723_844_989_269_184_583_3,
        7.745_450_142_783_414_076_4e-4,
    ],
    [
        1.0,
        2.053_191_626_637_758_821_87,
        1.676_384_830_183_803_849_4,
        0.689_767_334_985_100_004_55,
        0.148_103_976_427_480_074_59,
        0.015_198_666_563_616_457_196_6,
        5.475_938_084_995_344_946e-4,
        1.050_750_071_644_416_843_24e-9,
    ],
];
#[expect(clippy::excessive_precision, reason = "as published")]
const FAR: [[f64; 8]; 2] = [
    [
        6.657_904_643_501_103_777_2,
        5.463_784_911_164_114_369_9,
        1.784_826_539_917_291_335_8,
        0.296_560_571_828_504_891_23,
        0.026_532_189_526_576_123_093,
        0.001_242_660_947_388_078_438_6,
        2.711_555_568_743_487_578_15e-5,
        2.010_334_399_292_288_132_65e-7,
    ],
    [
        1.0,
        0.599_832_206_555_887_937_69,
        0.136_929_880_922_735_805_31,
        0.014_875_361_290_850_615_025,
        7.868_691_311_456_132_591e-4,
        1.846_318_317_510_054_681_8e-5,
        1.421_511_758_316_445_888_7e-7,
        2.044_263_103_389_939_785_64e-15,
    ],
];

/// The quantile of Student's t with `degrees` of freedom, for p in (0, 1).
///
/// Found by bisection on the distribution function, itself by the incomplete
/// beta function (continued fraction, Lentz's method; Abramowitz & Stegun
/// 26.5.8 and 26.7.1); right to 10⁻⁹.
pub fn t_quantile(p: f64, degrees: f64) -> f64 {
    if p < 0.5 {
        return -t_quantile(1.0 - p, degrees);
    }
    let (mut low, mut high) = (0.0, 2.0);
    while t_cdf(high, degrees) < p && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if t_cdf(middle, degrees) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The chance of `hits` or more of `n` independent trials that each hit with chance `p`:
/// the regularised incomplete beta function I_p(hits, n − hits + 1).
pub fn binomial_tail(hits: u64, n: u64, p: f64) -> f64 {
    match hits {
        0 => 1.0,
        hits if hits > n => 0.0,
        hits => incomplete_beta(hits as f64, (n - hits) as f64 + 1.0, p),
    }
}

fn t_cdf(t: f64, degrees: f64) -> f64 {
    let x = degrees / (degrees + t * t);
    let tail = 0.5 * incomplete_beta(0.5 * degrees, 0.5, x);
    if t >= 0.0 { 1.0 - tail } else { tail }
}

fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = libm::exp(
        libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
            + a * libm::log(x)
            + b * libm::log1p(-x),
    );
    if x < (a + 1.0) / (a + b + 2.0) {
        front * continued_fraction(a, b, x) / a
    } else {
        1.0 - front * continued_fraction(b, a, 1.0 - x) / b
    }
}

fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    let nonzero = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..500 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / nonzero(1.0 + even * d);
        c = nonzero(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / nonzero(1.0 + odd * d);
        c = nonzero(1.0 + odd / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    h
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

    #[test]
    fn normal_quantile_matches_statrs_and_its_own_inverse() {
        let normal = Normal::new(0.0, 1.0).unwrap();
        for i in 1..2000 {
            let p = f64::from(i) / 2000.0;
            let x = normal_quantile(p);
            assert!((x - normal.inverse_cdf(p)).abs() < 1e-8, "p = {p}");
            assert!((normal_cdf(x) - p).abs() < 1e-14, "p = {p}");
        }
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
        for p in [1e-300, 1e-20, 1e-8] {
            assert!((normal_cdf(normal_quantile(p)) / p - 1.0).abs() < 1e-10);
        }
    }

    #[test]
    fn t_quantile_matches_statrs() {
        for degrees in [1.0, 2.0, 5.0, 30.0, 199.0, 999.0, 20_000.0] {
            let t = StudentsT::new(0.0, 1.0, degrees).unwrap();
            for p in [0.6, 0.9, 0.975, 0.995] {
                let x = t_quantile(p, degrees);
                assert!((t.cdf(x) - p).abs() < 1e-9, "{p} {degrees}: {x}");
                assert_eq!(t_quantile(1.0 - p, degrees), -t_quantile(1.0 - (1.0 - p), degrees));
            }
        }
        // Tables: t(.975; 1) = 12.706, t(.975; 10) = 2.228.
        assert!((t_quantile(0.975, 1.0) - 12.706_204_736).abs() < 1e-6);
        assert!((t_quantile(0.975, 10.0) - 2.228_138_852).abs() < 1e-6);
    }

    #[test]
    fn binomial_tails_match_statrs() {
        use statrs::distribution::{Binomial, DiscreteCDF};
        for (n, p) in [(10, 0.5), (31, 0.2025), (200, 0.9), (1000, 0.01)] {
            let it = Binomial::new(p, n).unwrap();
            assert_eq!((binomial_tail(0, n, p), binomial_tail(n + 1, n, p)), (1.0, 0.0));
            for hits in 1..=n {
                let tail = binomial_tail(hits, n, p);
                assert!((tail - it.sf(hits - 1)).abs() < 1e-11, "{n} {p} {hits}: {tail}");
            }
        }
        // Three of three heads: 1/8.
        assert!((binomial_tail(3, 3, 0.5) - 0.125).abs() < 1e-15);
    }
}
