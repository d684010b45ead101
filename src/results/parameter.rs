//! What people call the parameters of a sweep.

use crate::scenario::{Levels, Parameter, Spread};

/// What people call a parameter: its title, or its first path in words.
pub(super) fn called(parameter: &Parameter) -> String {
    if let Some(title) = &parameter.title {
        return title.clone();
    }
    let path = parameter.paths.first().map_or("", String::as_str);
    let mut words = path.splitn(3, '.');
    let (_, id, key) = (words.next(), words.next(), words.next());
    let name = match (id, key) {
        (Some(id), Some(key)) => format!("{id}: {}", bare(key)),
        (Some(key), None) => bare(key),
        _ => path.to_owned(),
    };
    match parameter.paths.len() {
        0 | 1 => name,
        2 => format!("{name} and another"),
        n => format!("{name} and {} others", n - 1),
    }
}

/// Units at the end of keys, with the word for them.
const UNITS: [(&str, &str); 8] = [
    ("_per_km", "per km"),
    ("_km_per_day", "km per day"),
    ("_km_h", "km/h"),
    ("_per_day", "per day"),
    ("_per_week", "per week"),
    ("_days", "days"),
    ("_hours", "hours"),
    ("_km", "km"),
];

fn bare(key: &str) -> String {
    let unit = UNITS.iter().find(|(ending, _)| key.ends_with(ending));
    let key = unit.map_or(key, |(ending, _)| &key[..key.len() - ending.len()]);
    key.replace(['_', '.'], " ")
}

/// The unit of a parameter's numbers, with a space before it; empty where it has none.
pub(super) fn unit_of(parameter: &Parameter) -> String {
    let path = parameter.paths.first().map_or("", String::as_str);
    let unit = UNITS.iter().find(|(ending, _)| path.ends_with(ending));
    unit.map_or_else(String::new, |(_, word)| format!(" {word}"))
}

/// The parameter as `--vary` takes it.
pub(super) fn typed(parameter: &Parameter) -> String {
    let values = match &parameter.levels {
        Levels::Between { low, high, others, spread } => {
            let of = |first: &String, end: usize| {
                let rest = others.iter().map(|ends| ends[end].clone());
                std::iter::once(first.clone()).chain(rest).collect::<Vec<_>>().join(":")
            };
            let spread = if *spread == Spread::Log { ":log" } else { "" };
            format!("{}..{}{spread}", of(low, 0), of(high, 1))
        }
        Levels::Listed(levels) => {
            let each = levels.iter().map(|it| it.values.join(":"));
            each.collect::<Vec<_>>().join(",")
        }
    };
    let text = format!("{}={values}", parameter.name());
    if text.contains([' ', '"', '{', '[', '\'', '$']) {
        format!("'{}'", text.replace('\'', "'\\''"))
    } else {
        text
    }
}

/// A number without digits nobody reads.
pub fn short(name: &str) -> String {
    match name.parse::<f64>() {
        Ok(number) if name.len() > 8 => format!("{number:.4}"),
        _ => name.to_owned(),
    }
}
