//! The JSON Schema of a whole file.

use serde_json::{Value as Json, json};

use super::document::{SCHEMA, Scenario};
use super::schema::{Schemas, name_sourced_keys};

/// The JSON Schema (draft-07) of a scenario file, from the types that read it.
/// TOML editors read it from a line `#:schema PATH` at the top of a file; dates
/// are texts to them.
pub fn json_schema() -> Json {
    let mut schemas = Schemas::default();
    let mut root = schemas.object::<Scenario>();
    read_as_clause(&mut schemas);
    root["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    root["title"] = json!(format!("Disengage scenario, schema {SCHEMA}"));
    root["definitions"] = Json::Object(schemas.definitions);
    root
}

/// A reading may say whatever a clause of any kind may say.
fn read_as_clause(schemas: &mut Schemas) {
    let kinds = schemas.definitions["Clause"]["oneOf"].as_array().cloned().unwrap_or_default();
    let Some(Json::Object(own)) = schemas.definitions["Reading"].get_mut("properties") else {
        return;
    };
    for kind in &kinds {
        for (key, value) in kind["properties"].as_object().into_iter().flatten() {
            if key != "kind" && !own.contains_key(key) {
                own.insert(key.clone(), value.clone());
            }
        }
    }
    name_sourced_keys(own);
}
