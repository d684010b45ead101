//! What a number of a scenario may be: the reader, the schema and the page agree, and
//! the machine bears it.

use std::collections::{BTreeMap, BTreeSet};

use disengage::experiment::{Size, attempt_trace};
use disengage::scenario::{
    Assignment, apply, check_point, json_schema, load, load_point, without_experiments,
};
use rayon::prelude::*;
use serde_json::{Map, Value, json};

const REFERENCE: &str = include_str!("../../scenarios/reference.toml");
const PAGE: &str = include_str!("../../docs/bounds.md");

/// A number of a file: where it stands, under which key, and what the schema lets it be.
#[derive(Debug, Clone)]
struct Place {
    pointer: String,
    path: String,
    key: String,
    bounds: Map<String, Value>,
    drawn: bool,
}

impl Place {
    fn whole(&self) -> bool {
        self.bounds["type"] == "integer"
    }

    fn end(&self, key: &str) -> Option<f64> {
        self.bounds.get(key).and_then(Value::as_f64)
    }

    /// The least and the greatest that are right, and the next below and above them.
    fn edges(&self) -> ([f64; 2], [f64; 2]) {
        let high = self.end("maximum").unwrap();
        if self.whole() {
            let low = self.end("minimum").unwrap();
            return ([low, high], [low - 1.0, high + 1.0]);
        }
        match self.end("exclusiveMinimum") {
            Some(low) => ([low.next_up(), high], [low, high.next_up()]),
            None => {
                let low = self.end("minimum").unwrap();
                ([low, high], [low.next_down(), high.next_up()])
            }
        }
    }

    fn json(&self, x: f64) -> Value {
        if self.whole() { json!(x as i64) } else { json!(x) }
    }
}

fn resolved<'s>(schema: &'s Value, root: &'s Value) -> &'s Value {
    if let Some(name) = schema["$ref"].as_str() {
        return resolved(root.pointer(name.trim_start_matches('#')).unwrap(), root);
    }
    match schema["allOf"].as_array().map(Vec::as_slice) {
        Some([only]) => resolved(only, root),
        _ => schema,
    }
}

/// Every number that a value holds where its schema has one.
fn places(schema: &Value, root: &Value, value: &Value, place: &Place, found: &mut Vec<Place>) {
    let schema = resolved(schema, root);
    let drawn = schema["oneOf"][0]["type"] == "number";
    let number = if drawn { &schema["oneOf"][0] } else { schema };
    if number["type"] == "number" || number["type"] == "integer" {
        let bounds = number.as_object().unwrap().clone();
        found.push(Place { bounds, drawn, ..place.clone() });
        return;
    }
    let object = value.as_object();
    for form in schema["oneOf"].as_array().into_iter().flatten() {
        let form = resolved(form, root);
        let fits = match (form["properties"]["kind"]["const"].as_str(), object) {
            (_, None) => false,
            (Some(kind), _) => value["kind"] == kind,
            (None, Some(object)) => object.keys().all(|key| form["properties"].get(key).is_some()),
        };
        if fits {
            places(form, root, value, place, found);
        }
    }
    for (key, inner) in object.into_iter().flatten() {
        let own = schema["properties"].get(key);
        let name = own.map_or(&place.key, |_| key);
        let Some(schema) = own.or(schema.get("additionalProperties")).filter(|it| it.is_object())
        else {
            continue;
        };
        let place = Place {
            pointer: format!("{}/{key}", place.pointer),
            path: format!("{}.{key}", place.path),
            key: name.clone(),
            ..place.clone()
        };
        places(schema, root, inner, &place, found);
    }
    for (at, inner) in value.as_array().into_iter().flatten().enumerate() {
        let place = Place {
            pointer: format!("{}/{at}", place.pointer),
            // Tables stand in paths by their ids.
            path: match inner["id"].as_str().filter(|_| !place.path.contains('.')) {
                Some(id) => format!("{}.{id}", place.path),
                None => format!("{}[{at}]", place.path),
            },
            ..place.clone()
        };
        if schema["items"].is_object() {
            places(&schema["items"], root, inner, &place, found);
        }
    }
}

/// TOML as a schema sees it: dates are texts.
fn to_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(it) => it.to_string().into(),
        toml::Value::Array(items) => items.iter().map(to_json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.iter().map(|(key, it)| (key.clone(), to_json(it))).collect())
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

fn reference() -> (toml::Value, Value, Vec<Place>) {
    let file = toml::Value::Table(toml::from_str(REFERENCE).unwrap());
    let (instance, schema) = (to_json(&file), json_schema());
    let mut found = Vec::new();
    for (table, value) in instance.as_object().unwrap() {
        let place = Place {
            pointer: format!("/{table}"),
            path: table.clone(),
            key: table.clone(),
            bounds: Map::new(),
            drawn: false,
        };
        places(&schema["properties"][table], &schema, value, &place, &mut found);
    }
    found.retain(|it| it.path != "schema");
    assert!(found.len() > 240, "{}", found.len());
    (file, instance, found)
}

/// The value at a pointer of a file.
fn at<'v>(file: &'v mut toml::Value, pointer: &str) -> &'v mut toml::Value {
    pointer.split('/').skip(1).fold(file, |value, key| match value {
        toml::Value::Array(items) => &mut items[key.parse::<usize>().unwrap()],
        toml::Value::Table(table) => table.get_mut(key).unwrap(),
        _ => panic!("{pointer}"),
    })
}

/// At both ends of its bounds, just inside and just outside, and with distributions that
/// reach so far, the schema and the reader say the same of every number of the format.
#[test]
fn schema_and_reader_agree_on_every_bound() {
    let (file, instance, found) = reference();
    let validator = jsonschema::draft7::new(&json_schema()).unwrap();
    // Distributions at one place of each bound.
    let drawn: BTreeMap<String, String> = found
        .iter()
        .filter(|it| it.drawn)
        .map(|it| (format!("{:?}", it.edges()), it.path.clone()))
        .collect();
    let drawn: BTreeSet<String> = drawn.into_values().collect();
    let wrong: Vec<String> = found
        .par_iter()
        .flat_map_iter(|place| {
            let ([low, high], [under, over]) = place.edges();
            let number = |x| place.json(x);
            let mut cases = vec![
                (number(low), true),
                (number(high), true),
                (number(under), false),
                (number(over), false),
            ];
            if drawn.contains(&place.path) {
                cases.extend([
                    (json!({ "uniform": [low, high] }), true),
                    (json!({ "uniform": [low, over] }), false),
                    (json!({ "triangular": [under, low, high] }), false),
                    (json!({ "choice": [low, over] }), false),
                    (json!({ "normal": [high, 1], "within": [low, high] }), true),
                    (json!({ "lognormal": [1, 1], "within": [low, over] }), false),
                ]);
            }
            let (file, instance, validator) = (&file, &instance, &validator);
            cases.into_iter().filter_map(move |(value, right)| {
                let mut instance = instance.clone();
                *instance.pointer_mut(&place.pointer).unwrap() = value.clone();
                let by_schema = validator.is_valid(&instance);
                let mut file = file.clone();
                *at(&mut file, &place.pointer) = toml::Value::try_from(&value).unwrap();
                let (_, said) = check_point(&toml::to_string(&file).unwrap());
                let of_it = format!("`{}` of ", place.key);
                let bounded = |text: &str| text.contains(&of_it) && text.contains(" must be ");
                let by_reader = if right {
                    !said.iter().any(|it| bounded(&it.message))
                } else {
                    !said.has_errors()
                };
                let said: Vec<&String> = said.iter().map(|it| &it.message).collect();
                (by_schema != right || by_reader != right)
                    .then(|| format!("{} = {value}: {by_schema} {by_reader} {said:?}", place.path))
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every number of the schema: table and key with its bounds.
fn numbers(
    schema: &Value,
    root: &Value,
    at: (&str, &str),
    found: &mut Vec<(String, String, String)>,
) {
    let (table, key) = at;
    match schema {
        Value::Array(items) => items.iter().for_each(|it| numbers(it, root, at, found)),
        Value::Object(object) => {
            let quantity = schema["$ref"].as_str().filter(|it| it.contains("/Quantity-"));
            let number = match quantity {
                Some(_) => &resolved(schema, root)["oneOf"][0],
                None => schema,
            };
            let is_number = ["number", "integer"].iter().any(|it| number["type"] == *it);
            if is_number && number.get("const").is_none() {
                found.push((table.into(), key.into(), words(number)));
            }
            for (name, inner) in object {
                match (name.as_str(), inner.as_object()) {
                    ("properties", Some(properties)) => {
                        for (key, inner) in properties {
                            numbers(inner, root, (table, key), found);
                        }
                    }
                    _ => numbers(inner, root, at, found),
                }
            }
        }
        _ => {}
    }
}

fn words(number: &Value) -> String {
    let end = |key: &str| {
        let end = number[key].as_f64();
        end.map(|it| {
            let digits = it.abs().to_string();
            let grouped = digits.as_bytes().rchunks(3).rev();
            let grouped: Vec<_> = grouped.map(|it| std::str::from_utf8(it).unwrap()).collect();
            let text = if digits.contains('.') { digits.clone() } else { grouped.join(",") };
            if it < 0.0 { format!("−{text}") } else { text }
        })
    };
    let high = end("maximum").unwrap_or_else(|| panic!("no upper bound: {number}"));
    match (end("exclusiveMinimum"), end("minimum")) {
        (Some(low), _) => format!("above {low}, to {high}"),
        (None, Some(low)) => format!("{low} to {high}"),
        (None, None) => panic!("no lower bound: {number}"),
    }
}

/// The page has a row for each bound with the keys that have it; where a key has another
/// one in another table, with its tables.
#[test]
fn the_page_states_every_bound() {
    let root = json_schema();
    let mut found = Vec::new();
    for (table, schema) in root["properties"].as_object().unwrap() {
        numbers(schema, &root, ("", table), &mut found);
    }
    for (name, schema) in root["definitions"].as_object().unwrap() {
        if !name.starts_with("Quantity-") {
            numbers(schema, &root, (name, ""), &mut found);
        }
    }
    let mut of_key: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for (table, key, bounds) in &found {
        let tables = of_key.entry(key).or_default().entry(bounds).or_default();
        tables.insert(table);
    }
    let mut rows: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (key, bounds) in &of_key {
        for (words, tables) in bounds {
            let tables: Vec<&str> = tables.iter().copied().collect();
            let of = match bounds.len() {
                1 => String::new(),
                _ => format!(" ({})", tables.join(", ")),
            };
            rows.entry(words).or_default().push(format!("`{key}`{of}"));
        }
    }
    let mut table = String::from("| from, to | keys |\n|---|---|\n");
    for (words, keys) in rows {
        table.push_str(&format!("| {words} | {} |\n", keys.join(", ")));
    }
    assert!(PAGE.contains(&table), "docs/bounds.md must hold this table:\n{table}");
}

/// Each key of the reference file at both ends of its bounds: the file loads or is refused, and
/// a replicate runs, all with overflow checks.
#[test]
fn the_machine_bears_every_bound() {
    let (_, _, found) = reference();
    let mut keys = BTreeSet::new();
    let skipped = ["experiment", "record", "variant"];
    let some: Vec<&Place> = found
        .iter()
        .filter(|it| !skipped.iter().any(|table| it.path.starts_with(table)))
        .filter(|it| keys.insert(it.key.clone()))
        .collect();
    let geodata = load("scenarios/reference.toml", &[]).unwrap().geodata;
    let text = without_experiments(REFERENCE).unwrap();
    some.par_iter().for_each(|place| {
        for x in place.edges().0 {
            let set = Assignment::parse(&format!("{}={}", place.path, place.json(x))).unwrap();
            let text = apply(&text, &[set]).unwrap();
            if let Ok(loaded) = load_point("reference", "reference.toml", text, &geodata) {
                let size = Size::of(&loaded.model);
                assert!(size.seconds().is_finite() && size.bytes().is_finite());
                if size.count() < 1e6 {
                    let run = attempt_trace(&loaded.model, 1, 0);
                    assert!(run.is_ok(), "{} = {x}: {:?}", place.path, run.err());
                }
            }
        }
    });
}
