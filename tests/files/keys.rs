//! The page of keys, `docs/keys.md`: every key of the format with its meaning, what it may
//! be and its default, out of the JSON Schema. `RENEW=1 cargo test --test files keys`
//! writes it anew.

use std::fmt::Write as _;
use std::path::Path;

use disengage::scenario::{GONE, json_schema};
use serde_json::{Map, Value};

const HEAD: &str = "# Keys of a scenario file

Every key, table by table, as the reader knows them; a key without a default must be
written unless the column says *optional*. Keys of the form `source` and `sources`, which
most tables have, stand once at the end. What numbers may be is said by
[bounds.md](bounds.md) too; [reference.toml](../scenarios/reference.toml) shows each key
in its place.
";

/// What a value may be, in words.
fn words(schema: &Value, root: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.trim_start_matches("#/definitions/");
        let definition = &root["definitions"][name];
        return match name {
            "Gate" => "[gate](#gate)".into(),
            _ if name.starts_with("Quantity-") => {
                format!("{}, or drawn", words(&definition["oneOf"][0], root))
            }
            _ if definition["oneOf"][0]["const"].is_string() => {
                let words = definition["oneOf"].as_array().unwrap().iter();
                let words: Vec<String> =
                    words.map(|word| format!("\"{}\"", word["const"].as_str().unwrap())).collect();
                words.join(", ")
            }
            _ => format!("[{}](#{})", name.to_lowercase(), name.to_lowercase()),
        };
    }
    if let Some([only]) = schema["allOf"].as_array().map(Vec::as_slice) {
        return words(only, root);
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> = words.iter().map(Value::to_string).collect();
        return words.join(", ");
    }
    let ids = |word: &str| {
        let tables = schema[word].as_array()?.iter();
        let tables: Vec<&str> = tables.map(|table| table.as_str().unwrap()).collect();
        Some(format!("id of {}", tables.join(" or ")))
    };
    if let Some([_, several]) = schema["oneOf"].as_array().map(Vec::as_slice)
        && several["type"] == "array"
        && let Some(ids) = ids("x-refers")
    {
        return format!("{ids}, or a list of these");
    }
    match schema["type"].as_str() {
        Some("array") => match (ids("x-refers"), schema["items"].get("x-refers")) {
            (Some(ids), _) => format!("list: {ids}"),
            _ => format!("list: {}", words(&schema["items"], root)),
        },
        Some("object") => {
            let key = ids("x-refers").unwrap_or_else(|| "text".into());
            let value = ids("x-refers-values");
            let value = value.unwrap_or_else(|| words(&schema["additionalProperties"], root));
            format!("table: {key} = {value}")
        }
        Some("string") if schema["format"] == "date" => "date".into(),
        Some("string") => ids("x-refers").unwrap_or_else(|| "text".into()),
        Some("boolean") => "true or false".into(),
        Some(kind @ ("number" | "integer")) => {
            let whole = if kind == "integer" { "whole, " } else { "" };
            format!("{whole}{}", range(schema))
        }
        _ if schema["type"].is_array() => "number, or true or false".into(),
        _ => "any value".into(),
    }
}

/// From where to where a number goes.
fn range(number: &Value) -> String {
    let end = |key: &str| number.get(key).map(Value::to_string);
    match (end("exclusiveMinimum"), end("minimum"), end("maximum")) {
        (Some(low), _, Some(high)) => format!("above {low}, to {high}"),
        (None, Some(low), Some(high)) => format!("{low} to {high}"),
        _ => "1".into(),
    }
}

/// One row for each key.
fn rows(page: &mut String, properties: &Map<String, Value>, required: &Value, root: &Value) {
    let needed: Vec<&str> =
        required.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    page.push_str("\n| key | is | default | means |\n|---|---|---|---|\n");
    for (key, schema) in properties {
        let default = match schema.get("default") {
            Some(default) => format!("`{default}`"),
            None if needed.contains(&key.as_str()) => String::new(),
            None => "*optional*".into(),
        };
        let meaning = schema["description"].as_str().unwrap_or_default().replace('\n', " ");
        let meaning = meaning.replace('|', "\\|");
        let what = words(schema, root).replace('|', "\\|");
        writeln!(page, "| `{key}` | {what} | {default} | {meaning} |").unwrap();
    }
}

fn without(properties: &Map<String, Value>, left_out: &[&str]) -> Map<String, Value> {
    let kept = properties.iter().filter(|(key, _)| !left_out.contains(&key.as_str()));
    kept.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// A table: its keys, and those of each kind.
fn section(page: &mut String, title: &str, table: &Value, root: &Value) {
    let about = table["description"].as_str().unwrap_or_default();
    write!(page, "\n## {title}\n{about}\n").unwrap();
    let common = ["source", "sources", "kind"];
    let Some(kinds) = table["oneOf"].as_array() else {
        let properties = table["properties"].as_object().unwrap();
        return rows(page, &without(properties, &common), &table["required"], root);
    };
    let of_all = kinds[0]["properties"].as_object().unwrap();
    let of_all: Map<String, Value> = of_all
        .iter()
        .filter(|(key, schema)| {
            kinds.iter().all(|kind| kind["properties"].get(key) == Some(schema))
        })
        .map(|(key, schema)| (key.clone(), schema.clone()))
        .collect();
    rows(page, &without(&of_all, &common), &kinds[0]["required"], root);
    let of_all: Vec<&str> = of_all.keys().map(String::as_str).chain(common).collect();
    for kind in kinds {
        let word = kind["title"].as_str().unwrap();
        let about = kind["properties"]["kind"]["description"].as_str().unwrap();
        write!(page, "\n### {title} of kind \"{word}\"\n{about}\n").unwrap();
        let own = without(kind["properties"].as_object().unwrap(), &of_all);
        if !own.is_empty() {
            rows(page, &own, &kind["required"], root);
        }
    }
}

/// Whether a table, of whatever kind, has a key.
fn has(root: &Value, table: &str, key: &str) -> bool {
    let table = &root["properties"][table];
    let name = table["items"]["$ref"].as_str().or(table["allOf"][0]["$ref"].as_str());
    let definition = &root["definitions"][name.unwrap().trim_start_matches("#/definitions/")];
    let kinds = definition["oneOf"].as_array().into_iter().flatten();
    std::iter::once(definition).chain(kinds).any(|table| table["properties"].get(key).is_some())
}

/// The keys of earlier formats that the reader does not ask for any more.
fn gone(page: &mut String, root: &Value) {
    page.push_str(
        "\n## Earlier formats\nA file of `schema = 1` is converted by `disengage check --upgrade \
         FILE`, which says what it changes.\n",
    );
    let gone: Vec<_> = GONE.iter().filter(|it| !has(root, it.table, it.key)).collect();
    if !gone.is_empty() {
        page.push_str("\n| table | key that went | what to do |\n|---|---|---|\n");
    }
    for it in gone {
        let table = if it.table == "outcome" { "[outcome]" } else { &format!("[[{}]]", it.table) };
        writeln!(page, "| `{table}` | `{}` | {} |", it.key, it.instead).unwrap();
    }
}

fn page() -> String {
    let root = json_schema();
    let mut page = HEAD.to_owned();
    let mut top = Map::new();
    let mut shown = vec!["Gate".to_owned()];
    for (key, schema) in root["properties"].as_object().unwrap() {
        let listed = schema["items"]["$ref"].as_str();
        let Some(name) = listed.or(schema["allOf"][0]["$ref"].as_str()) else {
            top.insert(key.clone(), schema.clone());
            continue;
        };
        let name = name.trim_start_matches("#/definitions/");
        shown.push(name.to_owned());
        let title = if listed.is_some() { format!("`[[{key}]]`") } else { format!("`[{key}]`") };
        let mut table = root["definitions"][name].clone();
        if key == "reading" {
            // The rest are the keys of a clause.
            let own = ["id", "reading_of", "read_by"];
            let properties = table["properties"].as_object_mut().unwrap();
            properties.retain(|key, _| own.contains(&key.as_str()));
        }
        section(&mut page, &title, &table, &root);
    }
    page.push_str("\n## Beside the tables\n");
    rows(&mut page, &top, &root["required"], &root);
    page.push_str(
        "\n## Gate\nA date, days after a clause or phase started, or a condition: one of these \
         tables.\n",
    );
    for form in root["definitions"]["Gate"]["oneOf"].as_array().unwrap() {
        if let Some(properties) = form["properties"].as_object() {
            rows(&mut page, properties, &form["required"], &root);
        }
    }
    for (name, table) in root["definitions"].as_object().unwrap() {
        if !shown.contains(name) && table["properties"].is_object() {
            section(&mut page, name, table, &root);
        }
    }
    gone(&mut page, &root);
    page.push_str("\n## Sources\n");
    let sourced = root["definitions"]["Site"]["properties"].as_object().unwrap();
    let sourced: Map<String, Value> = ["source", "sources"]
        .map(|key| (key.to_owned(), sourced[key].clone()))
        .into_iter()
        .collect();
    rows(&mut page, &sourced, &Value::Null, &root);
    page
}

#[test]
fn the_page_of_keys_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    if std::env::var_os("RENEW").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page(),
        "docs/keys.md is out of date; renew it by\n  RENEW=1 cargo test --test files keys"
    );
}
