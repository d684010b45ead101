//! A parameter over the points of a sweep, and restrictions of it in words.

use super::super::parameter::{called, unit_of};
use crate::analysis::{Side, Values};
use crate::chart::DiscoveryAxis;
use crate::scenario::{Level, Levels, Parameter};

/// One parameter over the points.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) parameter: Parameter,
    pub(super) title: String,
    unit: String,
    pub(super) values: Values,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Numbers,
    /// Julian days.
    Days,
    /// Levels in order, by name.
    Ordered(Vec<String>),
    /// Words in no order, by name.
    Words(Vec<String>),
}

/// A parameter by its level at each point.
pub(super) fn column(parameter: &Parameter, levels: &[&Level]) -> Column {
    let scalar = |level: &Level| match level.values.as_slice() {
        [one] => parameter.scalar(one),
        _ => None,
    };
    let numbers: Option<Vec<(f64, bool)>> = levels.iter().map(|it| scalar(it)).collect();
    let named = |start: Vec<String>| {
        let mut names = start;
        let places: Vec<usize> = levels
            .iter()
            .map(|level| {
                let own = names.iter().position(|it| *it == level.name);
                own.unwrap_or_else(|| {
                    names.push(level.name.clone());
                    names.len() - 1
                })
            })
            .collect();
        (names, places)
    };
    let listed = match &parameter.levels {
        Levels::Listed(levels) => levels.iter().map(|it| it.name.clone()).collect(),
        Levels::Between { .. } => Vec::new(),
    };
    let (values, kind) = match numbers {
        Some(numbers) => {
            let days = numbers.iter().all(|(_, day)| *day);
            let values = numbers.into_iter().map(|(x, _)| x).collect();
            (Values::Numbers(values), if days { Kind::Days } else { Kind::Numbers })
        }
        None if parameter.without_order().is_none() => {
            let (names, places) = named(listed);
            let values = places.into_iter().map(|it| it as f64).collect();
            (Values::Numbers(values), Kind::Ordered(names))
        }
        None => {
            let (names, places) = named(listed);
            (Values::Words(places, names.len()), Kind::Words(names))
        }
    };
    Column {
        title: called(parameter),
        unit: unit_of(parameter),
        parameter: parameter.clone(),
        values,
        kind,
    }
}

impl Column {
    /// A limit or a value as people write it.
    fn number(&self, x: f64) -> String {
        match &self.kind {
            Kind::Days => {
                let day = time::Date::from_julian_day(libm::round(x) as i32);
                day.map_or_else(|_| format!("{x}"), |it| it.to_string())
            }
            _ => significant(x),
        }
    }

    /// A restriction in words: "distance over 74 km".
    pub(super) fn said(&self, side: &Side) -> String {
        let title = &self.title;
        let unit = &self.unit;
        match (side, &self.kind) {
            (Side::Among(words), Kind::Words(names)) => {
                let each = names.iter().zip(words).filter(|(_, own)| **own);
                let each: Vec<&str> = each.map(|(name, _)| name.as_str()).collect();
                format!("{title}: {}", each.join(" or "))
            }
            (Side::Between(low, high), Kind::Ordered(names)) => {
                let at = |x: f64| names.get(x.max(0.0) as usize).cloned().unwrap_or_default();
                match (low, high) {
                    (Some(low), Some(high)) => {
                        let (low, high) = (at(low.ceil()), at(high.floor()));
                        if low == high {
                            format!("{title}: {low}")
                        } else {
                            format!("{title} from {low} to {high}")
                        }
                    }
                    (Some(low), None) => format!("{title} at least {}", at(low.ceil())),
                    (None, Some(high)) => format!("{title} at most {}", at(high.floor())),
                    (None, None) => title.clone(),
                }
            }
            (Side::Between(low, high), kind) => {
                let (over, under) = match kind {
                    Kind::Days => ("after", "before"),
                    _ => ("over", "under"),
                };
                match (low, high) {
                    (Some(low), Some(high)) => format!(
                        "{title} from {} to {}{unit}",
                        self.number(*low),
                        self.number(*high)
                    ),
                    (Some(low), None) => format!("{title} {over} {}{unit}", self.number(*low)),
                    (None, Some(high)) => format!("{title} {under} {}{unit}", self.number(*high)),
                    (None, None) => title.clone(),
                }
            }
            _ => title.clone(),
        }
    }

    /// The ends of its range, or of its values.
    fn ends(&self) -> (f64, f64) {
        if let Levels::Between { low, high, .. } = &self.parameter.levels
            && let (Some((low, _)), Some((high, _))) =
                (self.parameter.scalar(low), self.parameter.scalar(high))
        {
            return (low, high);
        }
        if let Kind::Ordered(names) = &self.kind {
            return (-0.5, names.len() as f64 - 0.5);
        }
        match &self.values {
            Values::Numbers(values) => (
                values.iter().copied().fold(f64::INFINITY, f64::min),
                values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            ),
            Values::Words(_, many) => (-0.5, *many as f64 - 0.5),
        }
    }

    /// The place of a value on the axis, 0 to 1.
    fn place(&self, x: f64) -> f64 {
        let (low, high) = self.ends();
        (x - low) / (high - low)
    }

    pub(super) fn axis(&self, side: &Side, quasi_p: f64) -> DiscoveryAxis {
        let (low, high) = self.ends();
        let ticks = match &self.kind {
            Kind::Words(names) | Kind::Ordered(names) => {
                let each = names.iter().enumerate();
                each.map(|(at, name)| (self.place(at as f64), name.clone())).collect()
            }
            Kind::Days => {
                let each = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0].map(|share| low + share * (high - low));
                each.map(|x| (self.place(x), self.number(x))).to_vec()
            }
            Kind::Numbers => Vec::new(),
        };
        let ends = match &self.kind {
            Kind::Words(names) | Kind::Ordered(names) => {
                [names.first(), names.last()].map(|it| it.cloned().unwrap_or_default())
            }
            _ => [low, high].map(|x| self.number(x)),
        };
        let inside = match side {
            Side::Among(words) => {
                let own = words.iter().enumerate().filter(|(_, own)| **own);
                own.map(|(at, _)| [at as f64 - 0.5, at as f64 + 0.5].map(|x| self.place(x)))
                    .collect()
            }
            Side::Between(from, to) => {
                vec![[from.map_or(0.0, |x| self.place(x)), to.map_or(1.0, |x| self.place(x))]]
            }
            Side::Free => vec![[0.0, 1.0]],
        };
        DiscoveryAxis {
            title: match self.unit.as_str() {
                "" => self.title.clone(),
                unit => format!("{},{unit}", self.title),
            },
            ticks,
            span: matches!(self.kind, Kind::Numbers).then_some((low, high)),
            ends,
            inside,
            restriction: if side.is_free() { String::new() } else { self.said(side) },
            quasi_p,
        }
    }

    /// Where a point lies on the axis; those of a list are spread a little, so that they
    /// do not hide each other.
    pub(super) fn at(&self, point: usize) -> f64 {
        let golden = 0.618_033_988_75 * point as f64;
        let aside = 0.6 * (golden - golden.floor() - 0.5);
        match (&self.values, &self.kind) {
            (Values::Numbers(values), Kind::Ordered(_)) => self.place(values[point] + aside),
            (Values::Numbers(values), _) => self.place(values[point]),
            (Values::Words(values, _), _) => self.place(values[point] as f64 + aside),
        }
    }
}

/// Three significant digits.
fn significant(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return format!("{x}");
    }
    let digits = (2 - libm::floor(libm::log10(x.abs())) as i32).max(0) as usize;
    let text = format!("{x:.digits$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    };
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_digits() {
        for (x, said) in
            [(74.123, "74.1"), (0.012_345, "0.0123"), (12_345.6, "12346"), (-2.0, "−2"), (0.0, "0")]
        {
            assert_eq!(significant(x), said);
        }
    }

    #[test]
    fn restrictions_are_in_the_agreements_terms() {
        let of = |text: &str, levels: &[&str]| {
            let parameter = Parameter::parse(text).unwrap();
            let levels: Vec<Level> = levels
                .iter()
                .map(|it| Level::of(it.split(':').map(str::to_owned).collect()))
                .collect();
            column(&parameter, &levels.iter().collect::<Vec<_>>())
        };
        let km = of("clause.pullback.min_km=40..100", &["40", "70.5", "100"]);
        let over = Side::Between(Some(74.2), None);
        assert_eq!(km.said(&over), "pullback: min over 74.2 km");
        let both = Side::Between(Some(50.0), Some(74.26));
        assert_eq!(km.said(&both), "pullback: min from 50 to 74.3 km");
        let date = of("clause.a.deadline=2018-06-01..2018-12-01", &["2018-06-01", "2018-12-01"]);
        let after = Side::Between(Some(2_458_300.5), None);
        assert!(date.said(&after).starts_with("a: deadline after 2018-0"), "{}", date.said(&after));
        let pairs = of("c.a.min_km,c.a.target_km=40:50,70:80", &["40:50", "70:80"]);
        let upper = Side::Between(Some(0.5), None);
        assert_eq!(pairs.said(&upper), "a: min and another at least 70:80");
        let words = of("clause.a.bound_by=flag,command", &["flag", "command"]);
        assert_eq!(words.said(&Side::Among(vec![true, false])), "a: bound by: flag");
    }
}
