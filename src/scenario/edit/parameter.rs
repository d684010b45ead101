//! What an experiment varies: paths of a file and the values they are to have.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::Date;

use super::range::{Scalar, between, decimal, plain};
use super::spread::Spread;
use super::{Assignment, EditError};

/// One thing an experiment varies. Values are kept as TOML writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Whether the parties can choose it.
    pub role: ParameterRole,
    /// The paths that it sets, all at once.
    pub paths: Vec<String>,
    /// What they are set to.
    pub levels: Levels,
    /// What a person calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// What a parameter is in an experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterRole {
    /// A term that those who draft an agreement can choose.
    Lever,
    /// What is not known, or not theirs to choose.
    Uncertainty,
}

/// The values of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Levels {
    /// These.
    Listed(Vec<Level>),
    /// Any number or date from one to the other, both included.
    Between {
        /// The least.
        low: String,
        /// The greatest.
        high: String,
        /// The ends of the other paths, which move together with the first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        others: Vec<[String; 2]>,
        /// How its values are spread over it.
        #[serde(default, skip_serializing_if = "Spread::is_even")]
        spread: Spread,
    },
}

/// One value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Level {
    /// What results call it.
    pub name: String,
    /// A value for each path.
    pub values: Vec<String>,
}

impl ParameterRole {
    /// What a path is unless the file says otherwise: a lever in the tables that
    /// make up an agreement, an uncertainty in all others.
    pub fn of(path: &str) -> Self {
        const TERMS: [&str; 9] = [
            "agreement",
            "phase",
            "clause",
            "reading",
            "change",
            "monitor",
            "body",
            "line",
            "area",
        ];
        match path.split('.').next() {
            Some(table) if TERMS.contains(&table) => Self::Lever,
            _ => Self::Uncertainty,
        }
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lever => "lever",
            Self::Uncertainty => "uncertainty",
        }
    }
}

impl Levels {
    /// The same range with its values spread over it in another way.
    ///
    /// # Errors
    /// If the range does not allow that.
    pub(in crate::scenario) fn spread(self, spread: Spread) -> Result<Self, EditError> {
        let Self::Between { low, high, others, .. } = self else {
            let why = "values that are listed are not spread over a range";
            return Err(EditError::new(why).with_help("leave `spread` out, or the step"));
        };
        let each = std::iter::once([low.clone(), high.clone()]).chain(others.iter().cloned());
        let judged = if spread == Spread::Log { 1 + others.len() } else { 1 };
        for [low, high] in each.take(judged) {
            match (Scalar::read(&low), Scalar::read(&high)) {
                (Some(Scalar::Number(low)), Some(Scalar::Number(high))) => {
                    spread.judge(low, high)?;
                }
                _ => {
                    let why = "dates are spread evenly";
                    return Err(EditError::new(why).with_help("leave `spread` out"));
                }
            }
        }
        Ok(Self::Between { low, high, others, spread })
    }
}

impl Level {
    /// A level called by its values; numbers are written in digits.
    pub fn of(values: Vec<String>) -> Self {
        let values: Vec<String> = values.iter().map(|value| plain(value)).collect();
        let bare = |value: &String| value.trim_matches('"').to_owned();
        Self { name: values.iter().map(bare).collect::<Vec<_>>().join(":"), values }
    }

    /// What it sets: the same for two that set the same, as 10 and 10.0 do.
    fn sets(&self) -> Vec<(bool, String)> {
        let sets = |value: &String| match Scalar::read(value) {
            Some(Scalar::Number(number)) => (true, (number + 0.0).to_string()),
            _ => (false, value.trim_matches('"').to_owned()),
        };
        self.values.iter().map(sets).collect()
    }
}

impl Parameter {
    /// Reads `P=V1,V2`, `P,Q=40:50,70:80`, `P=LO..HI:STEP`, `P=LO..HI`, `P=LO..HI:log` or
    /// `P,Q=40:50..70:80`. Ranges include both ends: a step that does not come out at the
    /// upper one is followed by it.
    ///
    /// # Errors
    /// If it is none of these, a path is none, or a range or step leads nowhere.
    ///
    /// # Examples
    /// ```
    /// use disengage::scenario::{Levels, Parameter};
    /// let it = Parameter::parse("clause.pullback.min_km=40..100:20")?;
    /// let Levels::Listed(levels) = it.levels else { unreachable!() };
    /// let names: Vec<&str> = levels.iter().map(|it| it.name.as_str()).collect();
    /// assert_eq!(names, ["40", "60", "80", "100"]);
    /// # Ok::<(), disengage::scenario::EditError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, EditError> {
        let Some((paths, values)) = text.split_once('=') else {
            return Err(EditError::new(format!("`{text}` varies nothing: there is no `=`"))
                .with_help(
                    "write PATH=V1,V2, PATH=LOW..HIGH:STEP, or PATH=LOW..HIGH with --design lhs",
                ));
        };
        let paths: Vec<String> = paths.split(',').map(|it| it.trim().to_owned()).collect();
        let levels = match values.split_once("..") {
            Some((low, rest)) if !values.contains('"') => {
                // A value for each path; what stands behind those is the step.
                let lows: Vec<&str> = low.split(':').map(str::trim).collect();
                let mut highs: Vec<&str> = rest.split(':').map(str::trim).collect();
                let step = (highs.len() > paths.len()).then(|| highs.pop()).flatten();
                match step {
                    Some("log") => between(&paths, &lows, &highs, None)?.spread(Spread::Log)?,
                    step => between(&paths, &lows, &highs, step)?,
                }
            }
            _ => listed(&paths, values)?,
        };
        Self::new(ParameterRole::of(&paths[0]), paths, levels)
    }

    /// A parameter whose paths are paths and whose values are values.
    ///
    /// # Errors
    /// If one is none, or a value stands twice.
    pub fn new(role: ParameterRole, paths: Vec<String>, levels: Levels) -> Result<Self, EditError> {
        let it = Self { role, paths, levels, title: None };
        for (at, path) in it.paths.iter().enumerate() {
            if it.paths[..at].contains(path) {
                return Err(EditError::new(format!("`{path}` stands twice")));
            }
        }
        match &it.levels {
            Levels::Listed(levels) => {
                let mut known = BTreeSet::new();
                for level in levels {
                    it.assignments(&level.values)?;
                    if !known.insert(level.sets()) {
                        return Err(EditError::new(format!(
                            "`{}` is given {} twice",
                            it.name(),
                            level.name
                        )));
                    }
                }
            }
            Levels::Between { low, others, .. } => {
                let lows = std::iter::once(low).chain(others.iter().map(|[low, _]| low));
                it.assignments(&lows.cloned().collect::<Vec<_>>())?;
            }
        }
        Ok(it)
    }

    /// What tables and charts call it.
    pub fn name(&self) -> String {
        self.paths.join(",")
    }

    /// What sets the paths to these values.
    ///
    /// # Errors
    /// If a path is none or a value is none.
    pub fn assignments(&self, values: &[String]) -> Result<Vec<Assignment>, EditError> {
        let each = self.paths.iter().zip(values);
        each.map(|(path, value)| Assignment::parse(&format!("{path}={value}"))).collect()
    }

    /// The value that lies a share of the way from the lower end to the upper,
    /// as TOML; `whole` numbers have equal shares. A listed one has equal shares
    /// of its list.
    pub fn at(&self, share: f64, whole: bool) -> Level {
        let share = share.clamp(0.0, 1.0);
        let part = |parts: f64| (share * parts).floor().min(parts - 1.0).max(0.0);
        match &self.levels {
            Levels::Listed(levels) => {
                let at = part(levels.len() as f64) as usize;
                levels.get(at).cloned().unwrap_or(Level::of(Vec::new()))
            }
            Levels::Between { low, high, others, spread } => {
                // Paths move together: others lie on their ranges where the first lies on its.
                let own = (Scalar::read(low), Scalar::read(high));
                let place = match own {
                    (Some(Scalar::Number(low)), Some(Scalar::Number(high)))
                        if !spread.is_even() && *spread != Spread::Log =>
                    {
                        (spread.value(low, high, share) - low) / (high - low)
                    }
                    _ => share,
                };
                let on = if *spread == Spread::Log { spread } else { &Spread::Even };
                let value = |low: &String, high: &String| {
                    let ends = (Scalar::read(low), Scalar::read(high));
                    match ends {
                        (Some(Scalar::Day(low)), Some(Scalar::Day(high))) => {
                            let days = f64::from(high.to_julian_day() - low.to_julian_day());
                            let day = low.to_julian_day() + part(days + 1.0) as i32;
                            Date::from_julian_day(day)
                                .map_or_else(|_| low.to_string(), |it| it.to_string())
                        }
                        (Some(Scalar::Number(low)), Some(Scalar::Number(high)))
                            if whole && spread.is_even() =>
                        {
                            format!("{}", low.ceil() + part(high.floor() - low.ceil() + 1.0))
                        }
                        (Some(Scalar::Number(low)), Some(Scalar::Number(high))) if whole => {
                            let x = on.value(low, high, place).round();
                            format!("{}", x.min(high.floor()).max(low.ceil()))
                        }
                        (Some(Scalar::Number(low)), Some(Scalar::Number(high))) => {
                            decimal(on.value(low, high, place))
                        }
                        _ => low.clone(),
                    }
                };
                let rest = others.iter().map(|[low, high]| value(low, high));
                Level::of(std::iter::once(value(low, high)).chain(rest).collect())
            }
        }
    }

    /// The values listed, or both ends of the range.
    pub fn values(&self) -> Vec<Level> {
        match &self.levels {
            Levels::Listed(levels) => levels.clone(),
            Levels::Between { low, high, others, .. } => {
                let of = |first: &String, end: usize| {
                    let rest = others.iter().map(|ends| ends[end].clone());
                    Level::of(std::iter::once(first.clone()).chain(rest).collect())
                };
                vec![of(low, 0), of(high, 1)]
            }
        }
    }

    /// A value as a number, and whether it is the Julian day of a date; none of words.
    pub fn scalar(&self, value: &str) -> Option<(f64, bool)> {
        let it = Scalar::read(value)?;
        Some((it.number(), matches!(it, Scalar::Day(_))))
    }

    /// Where on its range a level lies, from 0 at the low end to 1 at the high one; of a
    /// list by its place in it. NaN of what is none of its levels.
    pub fn place(&self, level: &Level) -> f64 {
        let share = |low: f64, high: f64, own: f64| (own - low) / (high - low);
        match &self.levels {
            Levels::Listed(levels) => {
                let at = levels.iter().position(|it| it.values == level.values);
                at.map_or(f64::NAN, |at| share(0.0, levels.len() as f64 - 1.0, at as f64))
            }
            Levels::Between { low, high, spread, .. } => {
                let own = level.values.first().and_then(|it| Scalar::read(it));
                let numbers = [Scalar::read(low), Scalar::read(high), own];
                let [Some(low), Some(high), Some(own)] = numbers.map(|it| it.map(Scalar::number))
                else {
                    return f64::NAN;
                };
                spread.share(low, high, own)
            }
        }
    }

    /// A value of a list that is neither number, date, true nor false, so that the list has
    /// no order; none of what has one.
    pub fn without_order(&self) -> Option<String> {
        let Levels::Listed(levels) = &self.levels else {
            return None;
        };
        let ordered =
            |it: &&String| Scalar::read(it).is_some() || ["true", "false"].contains(&it.as_str());
        let values = levels.iter().flat_map(|it| &it.values);
        values.filter(|it| !ordered(it)).map(|it| it.trim_matches('"').to_owned()).next()
    }

    /// Whether it is a range of numbers, which may have to be whole.
    pub fn is_number_range(&self) -> bool {
        matches!(&self.levels, Levels::Between { low, .. } if matches!(Scalar::read(low), Some(Scalar::Number(_))))
    }
}

/// The values of `V1,V2` or, with several paths, of `40:50,70:80`.
fn listed(paths: &[String], text: &str) -> Result<Levels, EditError> {
    let name = paths.join(",");
    let mut levels = Vec::new();
    for part in split(text, ',') {
        let values = match paths.len() {
            1 => vec![part.trim().to_owned()],
            _ => split(part, ':').into_iter().map(|it| it.trim().to_owned()).collect(),
        };
        if values.len() != paths.len() {
            return Err(EditError::new(format!(
                "`{name}` are {} paths, but `{part}` is {} values",
                paths.len(),
                values.len()
            ))
            .with_help("write a value for each path with colons between: P,Q=40:50,70:80"));
        }
        levels.push(Level::of(values));
    }
    Ok(Levels::Listed(levels))
}

/// Splits at a mark that stands in no brackets, braces or quotes.
fn split(text: &str, mark: char) -> Vec<&str> {
    let (mut depth, mut quoted, mut from) = (0_i32, false, 0);
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth -= 1,
            _ if c == mark && depth == 0 && !quoted => {
                parts.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        match Parameter::parse(text).unwrap().levels {
            Levels::Listed(levels) => levels.into_iter().map(|it| it.name).collect(),
            Levels::Between { low, high, .. } => vec![format!("{low} to {high}")],
        }
    }

    #[test]
    fn values_ranges_and_pairs_are_read() {
        assert_eq!(names("a.b=1, 2"), ["1", "2"]);
        assert_eq!(names("a.b=alpha,\"b, c\""), ["alpha", "b, c"]);
        assert_eq!(names("a.b=[1, 2],[3, 4]"), ["[1, 2]", "[3, 4]"]);
        assert_eq!(names("a.b,a.c=40:50,70:80"), ["40:50", "70:80"]);
        assert_eq!(names("a.b=0..0.3:0.1"), ["0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(names("a.b=40..100:25"), ["40", "65", "90", "100"]);
        assert_eq!(names("a.b=3..1:-1"), ["3", "2", "1"]);
        assert_eq!(
            names("a.b=2018-12-30..2019-01-08:7"),
            ["2018-12-30", "2019-01-06", "2019-01-08"]
        );
        assert_eq!(names("a.b=0.2..0.8"), ["0.2 to 0.8"]);
    }

    #[test]
    fn what_leads_nowhere_says_so() {
        for (text, says) in [
            ("a.b", "there is no `=`"),
            ("a.b=", "is given no value"),
            ("a.b=5..1", "is empty"),
            ("a.b=5..5:1", "is empty"),
            ("a.b=1..5:-1", "leads away from 5"),
            ("a.b=1..5:0", "the step 0 is none"),
            ("a.b=1..x:1", "1..x is no range"),
            ("a.b=nan..3", "is no range"),
            ("a.b=0..1:0.00000001", "more than 10,000,000"),
            ("a.b=2018-01-01..2018-02-01:0.5", "no whole number of days"),
            ("a.b,a.c=1..2", "an end for each path"),
            ("a.b,a.c=1:2..3:4:1", "has no step"),
            ("a.b=0..4:log", "above 0"),
            ("a.b,a.c=1:2,3", "2 paths, but `3` is 1 values"),
            ("a.b,a.b=1:2", "stands twice"),
            ("a.b=1,1", "is given 1 twice"),
            ("a b=1", "is no path"),
        ] {
            let error = Parameter::parse(text).unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }

    #[test]
    fn numbers_are_what_they_are_in_toml() {
        assert_eq!(names("a.b=0x1,1_0,+5,0b11,1e2,0.50"), ["1", "10", "5", "3", "100.0", "0.5"]);
        assert_eq!(names("a.b=0x10..1_00:0x20"), ["16", "48", "80", "100"]);
        assert_eq!(names("a.b=1_0..0x20"), ["10 to 32"]);
        assert_eq!(names("a.b,a.c=0x1:1_0,2:3"), ["1:10", "2:3"]);
        assert_eq!(names("a.b=\"0x1\",0x1"), ["0x1", "1"]);
        for twice in
            ["a.b=10,10.0", "a.b=0x1,1", "a.b=1_0,2,10", "a.b,a.c=1:2,1.0:2", "a.b=x,\"x\""]
        {
            let error = Parameter::parse(twice).unwrap_err().to_string();
            assert!(error.contains("twice"), "{twice}: {error}");
        }
    }

    #[test]
    fn paths_move_together_and_values_are_spread_as_they_are_told() {
        let at = |text: &str, share, whole| Parameter::parse(text).unwrap().at(share, whole).name;
        assert_eq!(at("a.b,a.c=40:50..100:110", 0.5, false), "70.0:80.0");
        assert_eq!(at("a.b,a.c=40:50..100:110", 1.0, true), "100:110");
        assert_eq!(at("a.b=1..100:log", 0.5, false), "10.0");
        assert_eq!(at("a.b=1..100:log", 0.5, true), "10");
        let both = Parameter::parse("a.b,a.c=40:50..100:110").unwrap();
        assert!((both.place(&both.at(0.25, false)) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn shares_of_a_range_include_both_ends() {
        let at = |text: &str, share, whole| Parameter::parse(text).unwrap().at(share, whole).name;
        assert_eq!(at("a.b=0..1", 0.25, false), "0.25");
        assert_eq!(at("a.b=40..100", 0.5, false), "70.0");
        assert_eq!(at("a.b=1..3", 0.0, true), "1");
        assert_eq!(at("a.b=1..3", 0.34, true), "2");
        assert_eq!(at("a.b=1..3", 0.999, true), "3");
        assert_eq!(at("a.b=2018-01-01..2018-01-31", 0.999, false), "2018-01-31");
        assert_eq!(at("a.b=x,y", 0.5, false), "y");
    }

    #[test]
    fn terms_of_an_agreement_are_levers() {
        assert_eq!(ParameterRole::of("clause.pullback.min_km"), ParameterRole::Lever);
        assert_eq!(ParameterRole::of("party.iran.control"), ParameterRole::Uncertainty);
    }
}
