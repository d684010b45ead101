//! The reference file, the starter file, the JSON Schema and overrides.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use disengage::diag::{Source, render};
use disengage::scenario::{Assignment, apply, apply_variant, check_text, json_schema, starter};
use serde_json::Value;

const REFERENCE: &str = include_str!("../../scenarios/reference.toml");

fn assert_spotless(name: &str, text: &str) {
    let (scenario, found) = check_text(text);
    let shown = render(&found, &Source::new(name, text), false);
    assert!(scenario.is_some() && found.is_empty(), "{shown}");
}

/// TOML as an editor's schema checker sees it: dates are texts.
pub(crate) fn to_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(it) => it.as_str().into(),
        toml::Value::Integer(it) => (*it).into(),
        toml::Value::Float(it) => (*it).into(),
        toml::Value::Boolean(it) => (*it).into(),
        toml::Value::Datetime(it) => it.to_string().into(),
        toml::Value::Array(items) => items.iter().map(to_json).collect(),
        toml::Value::Table(table) => {
            let entries = table.iter().map(|(key, value)| (key.clone(), to_json(value)));
            Value::Object(entries.collect())
        }
    }
}

fn json(text: &str) -> Value {
    to_json(&toml::Value::Table(toml::from_str(text).unwrap()))
}

fn assert_fits_schema(text: &str) {
    let validator = jsonschema::draft7::new(&json_schema()).unwrap();
    let instance = json(text);
    let errors: Vec<String> = validator
        .iter_errors(&instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn the_reference_file_is_valid() {
    assert_spotless("scenarios/reference.toml", REFERENCE);
    assert_fits_schema(REFERENCE);
}

#[test]
fn the_starter_file_is_valid() {
    assert_spotless("starter.toml", starter());
    assert_fits_schema(starter());
}

#[test]
fn the_written_json_schema_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scenario.schema.json");
    if std::env::var_os("RENEW").is_some() {
        let schema = serde_json::to_string_pretty(&json_schema()).unwrap();
        fs::write(&path, schema + "\n").unwrap();
    }
    let written: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(
        written == json_schema(),
        "docs/scenario.schema.json is out of date; renew it by\n  \
         disengage schema > docs/scenario.schema.json, or RENEW=1"
    );
}

#[test]
fn the_json_schema_is_closed_and_of_draft_07() {
    let schema = json_schema();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert!(!schema.to_string().contains("unevaluatedProperties"));
    let unknown = REFERENCE.replace("turn_days = 7", "turn_days = 7\nturn_hours = 1");
    let validator = jsonschema::draft7::new(&schema).unwrap();
    assert!(!validator.is_valid(&json(&unknown)));
    let other_kind = REFERENCE.replace("min_km = 30", "min_km = 30\narea = \"strip\"");
    assert!(!validator.is_valid(&json(&other_kind)));
}

/// Every key that a schema knows, references followed once.
fn known_keys(
    schema: &Value,
    root: &Value,
    keys: &mut BTreeSet<String>,
    kinds: &mut BTreeSet<String>,
) {
    if let Some(name) = schema["$ref"].as_str() {
        let inner = root.pointer(name.trim_start_matches('#')).unwrap();
        // Gates hold gates.
        if name != "#/definitions/Gate" || !keys.contains("all") {
            known_keys(inner, root, keys, kinds);
        }
    }
    if let Some(kind) = schema["properties"]["kind"]["const"].as_str() {
        kinds.insert(kind.to_owned());
    }
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        keys.insert(key.clone());
        known_keys(inner, root, keys, kinds);
    }
    for inner in ["oneOf", "anyOf", "allOf"] {
        for inner in schema[inner].as_array().into_iter().flatten() {
            known_keys(inner, root, keys, kinds);
        }
    }
    known_keys_of(&schema["items"], root, keys, kinds);
    known_keys_of(&schema["additionalProperties"], root, keys, kinds);
}

fn known_keys_of(
    schema: &Value,
    root: &Value,
    keys: &mut BTreeSet<String>,
    kinds: &mut BTreeSet<String>,
) {
    if schema.is_object() {
        known_keys(schema, root, keys, kinds);
    }
}

/// Every key that a file writes.
fn written_keys(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|it| written_keys(it, keys)),
        Value::Object(object) => {
            for (key, inner) in object {
                keys.insert(key.clone());
                written_keys(inner, keys);
            }
        }
        _ => {}
    }
}

#[test]
fn the_reference_file_shows_every_key_and_every_kind() {
    let (schema, reference) = (json_schema(), json(REFERENCE));
    let mut everywhere = BTreeSet::new();
    written_keys(&reference, &mut everywhere);
    // Forms of distributions and gates are shown once, not in every table.
    let mut forms = BTreeSet::new();
    for (name, form) in schema["definitions"].as_object().unwrap() {
        if name == "Gate" || name.starts_with("Quantity-") {
            known_keys(form, &schema, &mut forms, &mut BTreeSet::new());
        }
    }
    for (table, inner) in schema["properties"].as_object().unwrap() {
        let (mut known, mut kinds) = (BTreeSet::new(), BTreeSet::new());
        known_keys(inner, &schema, &mut known, &mut kinds);
        let mut written = BTreeSet::new();
        written_keys(&reference[table], &mut written);
        if table == "reading" {
            // A reading may say what a clause may, which is shown there.
            written_keys(&reference["clause"], &mut written);
        }
        for key in known {
            let there =
                written.contains(&key) || (forms.contains(&key) && everywhere.contains(&key));
            assert!(there, "scenarios/reference.toml shows no `{key}` of {table}");
        }
        for kind in kinds {
            let mut shown = reference[table].as_array().unwrap().iter();
            assert!(
                shown.any(|it| it["kind"] == *kind),
                "scenarios/reference.toml shows no {table} of kind \"{kind}\""
            );
        }
        assert!(reference.get(table).is_some(), "no {table}");
    }
}

fn edited(path_and_value: &str) -> Result<String, String> {
    let assignment = Assignment::parse(path_and_value).map_err(|error| error.to_string())?;
    apply(REFERENCE, &[assignment]).map_err(|error| error.to_string())
}

/// The lines that an override changed.
fn changed(path_and_value: &str) -> String {
    let text = edited(path_and_value).unwrap();
    let old: BTreeSet<&str> = REFERENCE.lines().collect();
    let new: Vec<&str> = text.lines().filter(|line| !old.contains(line)).collect();
    new.join("\n")
}

#[test]
fn an_override_changes_its_value_and_nothing_else() {
    for (path_and_value, line) in [
        (
            "time.turn_days=1",
            "turn_days = 1                    # optional: days in a turn, 1 to 31; default 7",
        ),
        (
            "clause.pullback.min_km=35.5",
            "min_km = 35.5                      # kilometres, signed: kept from here",
        ),
        (
            "clause.pullback.from=border",
            "from = \"border\"                   # a line, an area or a site",
        ),
        (
            "force.first-brigade.strength.triangular[1]=500",
            "strength = { triangular = [300, 500, 700] } # drawn: persons, rounded",
        ),
        (
            "conduct.reds-else.orders[1].date=2030-06-01",
            "    { date = 2030-06-01, order = \"conceal\" },",
        ),
        (
            "clause.pullback.deadline.days=30",
            "deadline = { after = \"pullback\", days = 30 } # optional gate: never late without one",
        ),
        ("clause.leave-valley.max_age_days = 10", "max_age_days = 10"),
        ("party.locals.lift_persons=50", "lift_persons = 50"),
        ("force.local-guard.equipment.rocket=2", "equipment = { rocket = 2 }"),
        (
            "title=Another name",
            "title = \"Another name\"              # what the scenario is called",
        ),
    ] {
        assert_eq!(changed(path_and_value), line, "{path_and_value}");
        assert_spotless(path_and_value, &edited(path_and_value).unwrap());
    }
}

/// A table that may be left out need not be in the file for a key of it to be set.
#[test]
fn a_mechanism_is_switched_off_in_a_file_that_names_none() {
    let off = Assignment::parse("mechanisms.patrons=false").unwrap();
    let text = apply(starter(), &[off]).unwrap();
    assert!(!starter().contains("mechanisms"));
    assert!(text.contains("mechanisms = { patrons = false }"), "{text}");
    assert_spotless("the starter file without patrons", &text);
}

#[test]
fn an_override_that_leads_nowhere_says_where_it_could_lead() {
    let cases = [
        "clause.pullback.min_km",
        "clause..min_km=1",
        "clause.pullback.min_km=",
        "clause.pullback.min_km=[1",
        "claus.pullback.min_km=1",
        "schema=2",
        "variant.far.title=x",
        "clause.pulback.min_km=1",
        "clause.pullback.min_kms=1",
        "clause.leave-valley.min_km=1",
        "clause.pullback=1",
        "clause.leave-valley.starts.days=1",
        "force.local-guard.strength.triangular[1]=1",
        "force.first-brigade.strength.triangular[3]=1",
        "force.first-brigade.strength.triangular.mode=1",
        "force.first-brigade.strength[0]=1",
        "conduct.reds-else.orders[0].dat=2030-06-01",
        "time.turndays=1",
    ];
    let shown: Vec<String> =
        cases.iter().map(|case| format!("{case}\n  {}\n", edited(case).unwrap_err())).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn a_variant_is_applied_as_a_whole() {
    let (scenario, _) = check_text(REFERENCE);
    let text = apply_variant(REFERENCE, &scenario.unwrap().variants[0]).unwrap();
    assert!(text.contains("min_km = 50 ") && text.contains("target_km = 60 "));
    assert_spotless("the variant", &text);
}
