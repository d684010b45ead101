//! The JSON Schema of scenario files, for editors.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::bounds::Bounds;
use super::{
    Abstain, Agree, Allegation, Amend, Assurance, Band, Buffer, ChangeTerms, Combination, Complain,
    Confine, Convoy, Deliver, Denounce, End, Exit, Extend, FireBack, FixedProbabilities, Forgive,
    FoundAt, Front, Inspection, InspectionEquilibrium, JointTeam, KeepDistance, Leave,
    MonitorsChange, NationalTechnicalMeans, Offensive, OutsideAct, Overhead, Passage, Patrol,
    Polygon, Position, Post, Posture, Presence, Press, PullMonitors, QuantalResponse, Quantity,
    Reciprocal, Recommit, Reinforce, Renew, Resume, Scenario, Scripted, SelfReport, StandDown,
    Step, Strike, Suspend,
};

/// Reads the part of the schema that one kind adds to its table.
type Part = fn(&mut SchemaGenerator) -> Value;

/// The tables with a `kind`, and what each kind adds.
const KINDS: [(&str, &[(&str, Part)]); 7] = [
    (
        "Change",
        &[
            ("amend", part::<Amend>),
            ("suspend", part::<Suspend>),
            ("resume", part::<Resume>),
            ("extend", part::<Extend>),
            ("renew", part::<Renew>),
            ("recommit", part::<Recommit>),
            ("agree", part::<Agree>),
            ("end", part::<End>),
        ],
    ),
    (
        "Area",
        &[
            ("polygon", part::<Polygon>),
            ("buffer", part::<Buffer>),
            ("band", part::<Band>),
            ("union", part::<Combination>),
            ("intersection", part::<Combination>),
            ("difference", part::<Combination>),
        ],
    ),
    (
        "Clause",
        &[
            ("keep-distance", part::<KeepDistance>),
            ("presence", part::<Presence>),
            ("confine", part::<Confine>),
            ("leave", part::<Leave>),
            ("deliver", part::<Deliver>),
            ("posture", part::<Posture>),
            ("abstain", part::<Abstain>),
            ("passage", part::<Passage>),
            ("act", part::<Step>),
        ],
    ),
    (
        "Monitor",
        &[
            ("post", part::<Post>),
            ("patrol", part::<Patrol>),
            ("overhead", part::<Overhead>),
            ("national-technical-means", part::<NationalTechnicalMeans>),
            ("inspection", part::<Inspection>),
            ("joint-team", part::<JointTeam>),
            ("self-report", part::<SelfReport>),
        ],
    ),
    (
        "Conduct",
        &[
            ("scripted", part::<Scripted>),
            ("quantal-response", part::<QuantalResponse>),
            ("fixed-probabilities", part::<FixedProbabilities>),
            ("reciprocal", part::<Reciprocal>),
            ("assurance", part::<Assurance>),
            ("inspection-equilibrium", part::<InspectionEquilibrium>),
        ],
    ),
    (
        "Rule",
        &[
            ("strike", part::<Strike>),
            ("fire-back", part::<FireBack>),
            ("reinforce", part::<Reinforce>),
            ("complain", part::<Complain>),
            ("pull-monitors", part::<PullMonitors>),
            ("denounce", part::<Denounce>),
            ("stand-down", part::<StandDown>),
            ("forgive", part::<Forgive>),
            ("change", part::<ChangeTerms>),
            ("press", part::<Press>),
        ],
    ),
    (
        "OutsideEvent",
        &[
            ("offensive", part::<Offensive>),
            ("convoy", part::<Convoy>),
            ("act", part::<OutsideAct>),
            ("allegation", part::<Allegation>),
            ("front", part::<Front>),
            ("monitors", part::<MonitorsChange>),
            ("found-at", part::<FoundAt>),
            ("position", part::<Position>),
            ("exit", part::<Exit>),
        ],
    ),
];

fn part<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    T::json_schema(generator).to_value()
}

/// The JSON Schema (draft-07) of a scenario file, from the types that read it.
/// TOML editors read it from a line `#:schema PATH` at the top of a file; dates
/// are texts to them.
pub fn json_schema() -> Value {
    let mut generator = SchemaSettings::draft07().into_generator();
    let parts: Vec<(&str, Vec<(&str, Value)>)> = KINDS
        .iter()
        .map(|(table, kinds)| {
            let parts = kinds.iter().map(|(kind, part)| (*kind, part(&mut generator)));
            (*table, parts.collect())
        })
        .collect();
    let mut root = generator.into_root_schema_for::<Scenario>().to_value();
    tidy(&mut root);
    for (table, parts) in parts {
        if let Some(common) = root.pointer_mut(&format!("/definitions/{table}")) {
            *common = by_kind(common, parts);
        }
    }
    read_as_clause(&mut root);
    bounded(&mut root);
    if let Some(root) = root.as_object_mut() {
        root.insert("title".into(), json!("Disengage scenario, schema 1"));
    }
    root
}

/// A reading may say whatever a clause of any kind may say.
fn read_as_clause(root: &mut Value) {
    let kinds = root.pointer("/definitions/Clause/oneOf");
    let kinds = kinds.and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(Value::Object(own)) = root.pointer_mut("/definitions/Reading/properties") else {
        return;
    };
    for kind in &kinds {
        for (key, value) in kind["properties"].as_object().into_iter().flatten() {
            if key != "kind" && !own.contains_key(key) {
                own.insert(key.clone(), value.clone());
            }
        }
    }
}

/// States the bounds of every number, as its key says them.
fn bounded(root: &mut Value) {
    let mut quantities = Map::new();
    let mut number = |key: &str, schema: &mut Value| {
        if let Some(bounds) = Bounds::of(key) {
            state(schema, &bounds, &mut quantities);
        }
    };
    each_property(root, &mut number);
    if let Some(Value::Object(definitions)) = root.get_mut("definitions") {
        definitions.remove("Quantity");
        definitions.append(&mut quantities);
    }
}

fn each_property(schema: &mut Value, then: &mut impl FnMut(&str, &mut Value)) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(|it| each_property(it, then)),
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get_mut("properties") {
                properties.iter_mut().for_each(|(key, it)| then(key, it));
            }
            object.values_mut().for_each(|it| each_property(it, then));
        }
        _ => {}
    }
}

/// States bounds in the schema of a key: of a number, or of a list or table of numbers.
fn state(schema: &mut Value, bounds: &Bounds, quantities: &mut Map<String, Value>) {
    let Value::Object(object) = schema else {
        return;
    };
    if ["number", "integer"].iter().any(|it| object.get("type") == Some(&json!(it))) {
        bounds.state(object);
    }
    if object.get("$ref") == Some(&json!("#/definitions/Quantity")) {
        let words = bounds.to_string().replace(',', "");
        let words = words.replace(' ', "-");
        let name = format!("Quantity-{words}");
        object.insert("$ref".into(), json!(format!("#/definitions/{name}")));
        quantities.insert(name, Quantity::schema_within(bounds).to_value());
    }
    for inner in ["items", "additionalProperties"] {
        if let Some(inner) = object.get_mut(inner) {
            state(inner, bounds, quantities);
        }
    }
    if let Some(Value::Array(all)) = object.get_mut("allOf") {
        all.iter_mut().for_each(|it| state(it, bounds, quantities));
    }
}

/// One closed object for each kind: the keys of all kinds, and its own.
fn by_kind(common: &Value, parts: Vec<(&str, Value)>) -> Value {
    let branches: Vec<Value> = parts
        .into_iter()
        .map(|(kind, mut part)| {
            tidy(&mut part);
            let mut properties = Map::new();
            properties.insert(
                "kind".into(),
                json!({ "const": kind, "description": part["description"] }),
            );
            let mut required = vec![json!("kind")];
            for schema in [common, &part] {
                for (key, value) in schema["properties"].as_object().into_iter().flatten() {
                    properties.insert(key.clone(), value.clone());
                }
                required.extend(schema["required"].as_array().into_iter().flatten().cloned());
            }
            json!({
                "title": kind,
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": false,
            })
        })
        .collect();
    json!({ "description": common["description"], "oneOf": branches })
}

/// TOML has no null, and a closed object says so in draft-07's word.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(object) => {
            if object.remove("unevaluatedProperties").is_some() {
                object.insert("additionalProperties".into(), json!(false));
            }
            if object.get("default") == Some(&Value::Null) {
                object.remove("default");
            }
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|it| it != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    object.insert("type".into(), only);
                }
            }
            if let Some(Value::Array(options)) = object.get_mut("anyOf") {
                options.retain(|it| it["type"] != "null");
                if let [only] = options.as_slice() {
                    let only = json!([only]);
                    object.remove("anyOf");
                    object.insert("allOf".into(), only);
                }
            }
            object.values_mut().for_each(tidy);
        }
        _ => {}
    }
}
