//! Ranges of numbers and dates, and the values that steps lead to.

use time::Date;

use super::{EditError, Level, Levels, Spread};

/// What a range can be of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scalar {
    Number(f64),
    Day(Date),
}

impl Scalar {
    pub(super) fn number(self) -> f64 {
        match self {
            Self::Number(it) => it,
            Self::Day(it) => f64::from(it.to_julian_day()),
        }
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        if let Some(number) = toml_number(text).or_else(|| text.parse().ok()) {
            return Some(Self::Number(number)).filter(|_| number.is_finite());
        }
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let month = time::Month::try_from(month.parse::<u8>().ok()?).ok()?;
        let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
        Some(Self::Day(date))
    }
}

/// The number that a text is in TOML: `0x1` and `1_0` too.
fn toml_number(text: &str) -> Option<f64> {
    match text.parse().ok()? {
        toml_edit::Value::Integer(it) => Some(*it.value() as f64),
        toml_edit::Value::Float(it) => Some(*it.value()),
        _ => None,
    }
}

/// A value as plans and tables write it: a number in digits, whichever of the ways of TOML
/// it was written in. A whole number stays one, any other has a point.
pub(super) fn plain(text: &str) -> String {
    match text.parse() {
        Ok(toml_edit::Value::Integer(it)) => it.value().to_string(),
        Ok(toml_edit::Value::Float(it)) if it.value().is_finite() => decimal(*it.value()),
        _ => text.to_owned(),
    }
}

/// A number as TOML has it: always with a point, so that it is read as one that
/// need not be whole.
pub(super) fn decimal(x: f64) -> String {
    let text = format!("{x}");
    if text.contains('.') { text } else { format!("{text}.0") }
}

/// A range of each of several paths, which move together.
fn together(
    paths: &[String],
    lows: &[&str],
    highs: &[&str],
    step: Option<&str>,
) -> Result<Levels, EditError> {
    let name = paths.join(",");
    let wrong =
        |why: &str, help: &str| Err(EditError::new(format!("`{name}`: {why}")).with_help(help));
    if step.is_some() {
        let help = "list their values: P,Q=40:50,70:80";
        return wrong("a range of paths that move together has no step", help);
    }
    if lows.len() != paths.len() || highs.len() != paths.len() {
        return wrong("a range needs an end for each path", "write P,Q=40:50..70:80");
    }
    let mut ends = Vec::new();
    for (path, (low, high)) in paths.iter().zip(lows.iter().zip(highs)) {
        let own = between(std::slice::from_ref(path), &[low], &[high], None)?;
        if let Levels::Between { low, high, .. } = own {
            ends.push([low, high]);
        }
    }
    let [low, high] = ends.remove(0);
    Ok(Levels::Between { low, high, others: ends, spread: Spread::Even })
}

/// A range, or the values that its step leads to.
pub(in crate::scenario) fn between(
    paths: &[String],
    lows: &[&str],
    highs: &[&str],
    step: Option<&str>,
) -> Result<Levels, EditError> {
    if paths.len() > 1 {
        return together(paths, lows, highs, step);
    }
    let (low, high) = (&*plain(&lows.join(":")), &*plain(&highs.join(":")));
    let step = step.map(plain);
    let step = step.as_deref();
    let name = paths.join(",");
    let wrong =
        |why: String, help: String| Err(EditError::new(format!("`{name}`: {why}")).with_help(help));
    let (from, to) = match (Scalar::read(low), Scalar::read(high)) {
        (Some(Scalar::Number(from)), Some(Scalar::Number(to))) => (from, to),
        (Some(Scalar::Day(from)), Some(Scalar::Day(to))) => {
            (f64::from(from.to_julian_day()), f64::from(to.to_julian_day()))
        }
        _ => {
            return wrong(
                format!("{low}..{high} is no range"),
                "write two numbers or two dates, such as 40..100 or 2018-06-01..2018-12-01, or list values with commas".into(),
            );
        }
    };
    let day = matches!(Scalar::read(low), Some(Scalar::Day(_)));
    if from >= to && step.is_none_or(|it| !it.starts_with('-')) || from == to {
        return wrong(
            format!("the range {low}..{high} is empty"),
            if from == to {
                format!("for one value write {name}={low}")
            } else {
                format!("the lesser end comes first: {high}..{low}")
            },
        );
    }
    let Some(step) = step else {
        return Ok(Levels::Between {
            low: low.to_owned(),
            high: high.to_owned(),
            others: Vec::new(),
            spread: Spread::Even,
        });
    };
    let Some(by) = step.parse::<f64>().ok().filter(|by| by.is_finite() && *by != 0.0) else {
        return wrong(
            format!("the step {step} is none"),
            format!(
                "write a number other than 0, such as {low}..{high}:{}",
                if day { 7 } else { 10 }
            ),
        );
    };
    if (by > 0.0) != (to > from) {
        return wrong(
            format!("a step of {step} leads away from {high}"),
            format!("write {low}..{high}:{}", step.trim_start_matches(['-', '+'])),
        );
    }
    if day && by.fract() != 0.0 {
        return wrong(
            format!("the step {step} is no whole number of days"),
            format!("write {low}..{high}:{}", by.abs().ceil()),
        );
    }
    // A hair more than whole steps, for the rounding of 0.1.
    let steps = ((to - from) / by + 1e-9).floor();
    if steps > 1e7 {
        return wrong(
            format!("{low}..{high}:{step} is more than 10,000,000 values"),
            "take a longer step".into(),
        );
    }
    let decimals = [low, step].map(decimals).into_iter().max().unwrap_or(0);
    let mut values: Vec<String> = (0..=steps as u32)
        .map(|at| {
            let x = from + f64::from(at) * by;
            match Date::from_julian_day(x as i32) {
                Ok(date) if day => date.to_string(),
                _ => format!("{x:.decimals$}"),
            }
        })
        .collect();
    let reached = from + steps * by;
    if (reached - to).abs() > 1e-9 * by.abs() {
        values.push(high.to_owned());
    } else if let Some(last) = values.last_mut() {
        *last = high.to_owned();
    }
    Ok(Levels::Listed(values.into_iter().map(|it| Level::of(vec![it])).collect()))
}

/// Digits after the point.
fn decimals(text: &str) -> usize {
    let text = text.to_ascii_lowercase();
    match (text.split_once('.'), text.contains('e')) {
        (_, true) => 12,
        (Some((_, after)), _) => after.len(),
        (None, _) => 0,
    }
}
