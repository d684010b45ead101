//! Arithmetic on what numbers are drawn from, and how it is written in a file.

use toml::de::DeTable;

use crate::scenario::bounds::FIGURE;
use crate::scenario::quantity::Quantity;
use crate::scenario::read::{Sink, Table};
use crate::stats::Distribution;

/// What a value of a file is drawn from; none if it is no number.
pub(super) fn read(value: &str) -> Option<Distribution> {
    let text = format!("number = {value}\n");
    let document = DeTable::parse(&text).ok()?;
    let sink = Sink::new(&text);
    let mut table = Table::new(document.get_ref(), 0..0, "a value", &sink);
    let read: Option<Quantity> = table.opt(("number", FIGURE));
    read.filter(|_| sink.was_read(&(0..text.len()))).map(|quantity| quantity.0)
}

/// A number, or what it is drawn from, as a file has it; to five digits.
pub(super) fn written(of: &Distribution) -> String {
    let list = |numbers: &[f64]| {
        let each: Vec<String> = numbers.iter().map(|it| number(*it)).collect();
        format!("[{}]", each.join(", "))
    };
    match of {
        Distribution::Fixed(value) => number(*value),
        Distribution::Uniform { low, high } => format!("{{ uniform = {} }}", list(&[*low, *high])),
        Distribution::Triangular { low, mode, high } => {
            format!("{{ triangular = {} }}", list(&[*low, *mode, *high]))
        }
        Distribution::Normal { mean, sd, low, high } => {
            format!("{{ normal = {}, within = {} }}", list(&[*mean, *sd]), list(&[*low, *high]))
        }
        Distribution::Lognormal { median, sigma, low, high } => format!(
            "{{ lognormal = {}, within = {} }}",
            list(&[*median, *sigma]),
            list(&[*low, *high])
        ),
        Distribution::Choice { values, cumulative } => {
            let weights: Vec<f64> = weights(cumulative).collect();
            let even = weights.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 1e-9);
            match even {
                true => format!("{{ choice = {} }}", list(values)),
                false => format!("{{ choice = {}, weights = {} }}", list(values), list(&weights)),
            }
        }
    }
}

fn weights(cumulative: &[f64]) -> impl Iterator<Item = f64> {
    let before = std::iter::once(0.0).chain(cumulative.iter().copied());
    cumulative.iter().zip(before).map(|(to, from)| to - from)
}

fn number(value: f64) -> String {
    let rounded: f64 = format!("{value:.4e}").parse().unwrap_or(value);
    match rounded {
        0.0 => "0".to_owned(),
        large if large.abs() >= 1e15 => format!("{large:e}"),
        plain => plain.to_string(),
    }
}

/// So many times a number, whatever it is drawn from.
pub(super) fn times(of: &Distribution, factor: f64) -> Distribution {
    let ends = |low: f64, high: f64| {
        let (a, b) = (factor * low, factor * high);
        (a.min(b), a.max(b))
    };
    match of {
        _ if factor == 0.0 => Distribution::Fixed(0.0),
        Distribution::Fixed(value) => Distribution::Fixed(factor * value),
        Distribution::Uniform { low, high } => {
            let (low, high) = ends(*low, *high);
            Distribution::Uniform { low, high }
        }
        Distribution::Triangular { low, mode, high } => {
            let (low, high) = ends(*low, *high);
            Distribution::Triangular { low, mode: factor * mode, high }
        }
        Distribution::Normal { mean, sd, low, high } => {
            let (low, high) = ends(*low, *high);
            Distribution::Normal { mean: factor * mean, sd: factor.abs() * sd, low, high }
        }
        Distribution::Lognormal { median, sigma, low, high } if factor > 0.0 => {
            let (low, high) = ends(*low, *high);
            Distribution::Lognormal { median: factor * median, sigma: *sigma, low, high }
        }
        Distribution::Lognormal { low, high, .. } => {
            alike(factor * mean(of), factor * factor * variance(of), ends(*low, *high))
        }
        Distribution::Choice { values, cumulative } => Distribution::Choice {
            values: values.iter().map(|value| factor * value).collect(),
            cumulative: cumulative.clone(),
        },
    }
}

/// The product of two numbers, and whether it is exact: of two that are both drawn it is
/// that with the first one's mean.
pub(super) fn product(first: &Distribution, second: &Distribution) -> (Distribution, bool) {
    match (first, second) {
        (Distribution::Fixed(factor), other) | (other, Distribution::Fixed(factor)) => {
            (times(other, *factor), true)
        }
        _ => (times(second, mean(first)), false),
    }
}

/// A number less another, and whether it is exact: of two that are both drawn it is a
/// normal distribution of the mean, the deviation and the ends of the difference.
pub(super) fn less(from: &Distribution, take: &Distribution) -> (Distribution, bool) {
    match (from, take) {
        (from, Distribution::Fixed(by)) => moved(from, -by),
        (Distribution::Fixed(by), take) => {
            let exact = !matches!(take, Distribution::Lognormal { .. });
            let (less, _) = moved(&times(take, -1.0), *by);
            (less, exact)
        }
        _ => {
            let ((a, b), (c, d)) = (from.support(), take.support());
            let spread = variance(from) + variance(take);
            (alike(mean(from) - mean(take), spread, (a - d, b - c)), false)
        }
    }
}

/// A number and `by` on top, and whether it is exact.
fn moved(of: &Distribution, by: f64) -> (Distribution, bool) {
    let moved = match of {
        _ if by == 0.0 => of.clone(),
        Distribution::Fixed(value) => Distribution::Fixed(value + by),
        Distribution::Uniform { low, high } => {
            Distribution::Uniform { low: low + by, high: high + by }
        }
        Distribution::Triangular { low, mode, high } => {
            Distribution::Triangular { low: low + by, mode: mode + by, high: high + by }
        }
        Distribution::Normal { mean, sd, low, high } => {
            Distribution::Normal { mean: mean + by, sd: *sd, low: low + by, high: high + by }
        }
        Distribution::Lognormal { low, high, .. } => {
            return (alike(mean(of) + by, variance(of), (low + by, high + by)), false);
        }
        Distribution::Choice { values, cumulative } => Distribution::Choice {
            values: values.iter().map(|value| value + by).collect(),
            cumulative: cumulative.clone(),
        },
    };
    (moved, true)
}

/// A normal distribution within ends, or the number alone where there is no spread.
fn alike(mean: f64, variance: f64, (low, high): (f64, f64)) -> Distribution {
    match variance > 0.0 && low < high {
        true => Distribution::Normal { mean, sd: variance.sqrt(), low, high },
        false => Distribution::Fixed(mean),
    }
}

/// The mean of a number.
pub(super) fn mean(of: &Distribution) -> f64 {
    moments(of).0
}

fn variance(of: &Distribution) -> f64 {
    moments(of).1
}

/// Mean and variance, of shapes that are cut by a sum over their quantiles.
fn moments(of: &Distribution) -> (f64, f64) {
    let weighed = |each: &[(f64, f64)]| {
        let mean: f64 = each.iter().map(|(weight, value)| weight * value).sum();
        let square = |value: f64| (value - mean) * (value - mean);
        (mean, each.iter().map(|(weight, value)| weight * square(*value)).sum())
    };
    match of {
        Distribution::Fixed(value) => (*value, 0.0),
        Distribution::Uniform { low, high } => {
            (low.midpoint(*high), (high - low) * (high - low) / 12.0)
        }
        Distribution::Triangular { low: a, mode: m, high: b } => {
            ((a + m + b) / 3.0, (a * a + m * m + b * b - a * m - a * b - m * b) / 18.0)
        }
        Distribution::Choice { values, cumulative } => {
            let each: Vec<_> = weights(cumulative).zip(values.iter().copied()).collect();
            weighed(&each)
        }
        Distribution::Normal { .. } | Distribution::Lognormal { .. } => {
            const PARTS: u32 = 2000;
            let middles = (0..PARTS).map(|part| (f64::from(part) + 0.5) / f64::from(PARTS));
            let each: Vec<_> = middles.map(|u| (1.0 / f64::from(PARTS), of.quantile(u))).collect();
            weighed(&each)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Distribution {
        read(text).unwrap()
    }

    #[test]
    fn numbers_come_back_as_they_were_written() {
        for text in [
            "4",
            "-0.25",
            "{ uniform = [1, 2.5] }",
            "{ triangular = [-1, 0, 3] }",
            "{ normal = [2, 0.5], within = [0, 4] }",
            "{ lognormal = [2, 0.5], within = [0.1, 9] }",
            "{ choice = [1, 2, 3] }",
            "{ choice = [1, 2], weights = [0.25, 0.75] }",
        ] {
            assert_eq!(written(&of(text)), text);
        }
        assert_eq!(written(&Distribution::Fixed(0.1 + 0.2)), "0.3");
        assert_eq!(written(&Distribution::Fixed(-0.0)), "0");
        for text in ["\"4\"", "true", "{ uniform = [2, 1] }", "inf", "{ uniform = 1 }"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn shapes_stay_where_they_can() {
        let is = |of: Distribution, text: &str| assert_eq!(written(&of), text);
        is(times(&of("{ uniform = [1, 2] }"), -3.0), "{ uniform = [-6, -3] }");
        is(times(&of("{ choice = [1, 2] }"), 2.0), "{ choice = [2, 4] }");
        is(times(&of("{ triangular = [1, 2, 4] }"), 0.0), "0");
        let drawn = "{ triangular = [0.8, 1.2, 2] }";
        is(less(&of("1"), &of(drawn)).0, "{ triangular = [-1, -0.2, 0.2] }");
        is(less(&of(drawn), &of("0.3")).0, "{ triangular = [0.5, 0.9, 1.7] }");
        let (product, exact) = product(&of("{ uniform = [1, 3] }"), &of("{ uniform = [0, 1] }"));
        assert!(!exact);
        is(product, "{ uniform = [0, 2] }");
    }

    #[test]
    fn the_difference_of_two_draws_has_their_mean_deviation_and_ends() {
        let (value, pressure) = (of("{ uniform = [0, 1] }"), of("{ triangular = [0, 1, 2] }"));
        let (difference, exact) = less(&value, &pressure);
        assert!(!exact);
        let Distribution::Normal { mean, sd, low, high } = difference else {
            panic!("{difference:?}");
        };
        assert_eq!((mean, low, high), (-0.5, -2.0, 1.0));
        assert!((sd * sd - (1.0 / 12.0 + 1.0 / 6.0)).abs() < 1e-12, "{sd}");
        let normal = of("{ normal = [1, 0.2], within = [-5, 5] }");
        assert!((variance(&normal) - 0.04).abs() < 1e-3, "{}", variance(&normal));
    }
}
