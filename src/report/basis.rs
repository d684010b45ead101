//! What numbers rest on: the source of each, as the file names it.

use std::collections::BTreeMap;

use toml::{Table, Value};

pub(super) use crate::scenario::ASSUMPTION;

/// Tables that hold no number of the model.
const LEFT_OUT: [&str; 4] = ["source", "variant", "experiment", "mechanisms"];

/// Keys that are no numbers of the model, or say where those come from.
const NO_NUMBER: [&str; 4] = ["schema", "source", "sources", "turn_days"];

/// A table of the file and its keys that rest on one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use {
    /// The kind of table: "clause".
    pub(super) kind: String,
    /// Its id; empty for a table that is there once.
    pub(super) id: String,
    /// The keys.
    pub(super) keys: Vec<String>,
}

/// By the id of a source, what rests on it, in the order of the file; under "" what
/// names none.
pub(super) fn basis(text: &str) -> BTreeMap<String, Vec<Use>> {
    let mut all: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    let Ok(file) = text.parse::<Table>() else {
        return all;
    };
    for (kind, value) in &file {
        if LEFT_OUT.contains(&kind.as_str()) {
            continue;
        }
        let tables: Vec<&Table> = match value {
            Value::Table(one) => vec![one],
            Value::Array(many) => many.iter().filter_map(Value::as_table).collect(),
            _ => continue,
        };
        // One for the whole file is of the tables that stand in a list.
        let default = file.get("default_source").and_then(Value::as_str);
        let default = default.filter(|_| value.is_array()).unwrap_or("");
        for table in tables {
            let word = |key: &str| table.get(key).and_then(Value::as_str);
            let own = table.get("sources").and_then(Value::as_table);
            let mut by_source: BTreeMap<&str, Vec<String>> = BTreeMap::new();
            for (key, value) in table {
                if NO_NUMBER.contains(&key.as_str()) || !holds_a_number(value) {
                    continue;
                }
                let single = own.and_then(|it| it.get(key)).and_then(Value::as_str);
                let source = single.or_else(|| word("source")).unwrap_or(default);
                by_source.entry(source).or_default().push(key.clone());
            }
            for (source, keys) in by_source {
                all.entry(source.to_owned()).or_default().push(Use {
                    kind: kind.clone(),
                    id: word("id").or_else(|| word("of")).unwrap_or("").to_owned(),
                    keys,
                });
            }
        }
    }
    all
}

fn holds_a_number(value: &Value) -> bool {
    match value {
        Value::Integer(_) | Value::Float(_) | Value::Datetime(_) => true,
        Value::Array(all) => all.iter().any(holds_a_number),
        Value::Table(table) => table.values().any(holds_a_number),
        Value::String(_) | Value::Boolean(_) => false,
    }
}

/// How many keys hold numbers.
pub(super) fn count(uses: &[Use]) -> usize {
    uses.iter().map(|it| it.keys.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_has_the_source_nearest_to_it() {
        let text = r#"
schema = 2
[time]
start = 2030-01-01
turn_days = 7
[[source]]
id = "text"
date = 2030-01-01
[[clause]]
id = "pullback"
title = "Pullback"
min_km = 20
target_km = 30
deadline = 2030-03-01
source = "text"
sources = { target_km = "assumption" }
[[force]]
id = "first"
strength = { triangular = [1, 2, 3] }
"#;
        let all = basis(text);
        let keys = |source: &str| -> Vec<(String, Vec<String>)> {
            let uses = all.get(source).cloned().unwrap_or_default();
            uses.into_iter().map(|it| (it.id, it.keys)).collect()
        };
        let pullback = |keys: &[&str]| {
            let keys = keys.iter().map(|it| (*it).to_owned()).collect();
            vec![("pullback".to_owned(), keys)]
        };
        assert_eq!(keys("text"), pullback(&["deadline", "min_km"]));
        assert_eq!(keys("assumption"), pullback(&["target_km"]));
        assert_eq!(keys("").len(), 2, "the time's start and the force's strength");
        assert_eq!(count(all.get("text").unwrap()), 2);
    }
}
