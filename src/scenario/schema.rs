//! The JSON Schema of scenario files, for editors.

use serde_json::{Map, Value as Json, json};

use super::read::{Keys, UNSOURCED};
use super::refer::Kind;
use crate::model::Words;

/// `sources` may name only keys of its table that can have one.
pub(super) fn name_sourced_keys(properties: &mut Map<String, Json>) {
    let sourced = properties.keys().filter(|key| !UNSOURCED.contains(&key.as_str()));
    let sourced: Vec<String> = sourced.cloned().collect();
    if let Some(sources) = properties.get_mut("sources") {
        sources["propertyNames"] = json!({ "enum": sourced });
    }
}

/// The id of a table.
pub(crate) fn id() -> Json {
    json!({ "type": "string", "pattern": "^[a-z0-9-]+$" })
}

/// The schemas that others refer to.
#[derive(Debug, Default)]
pub(crate) struct Schemas {
    pub(super) definitions: Map<String, Json>,
}

impl Schemas {
    /// Refers to a schema by its name, which is made when it is first needed.
    pub(crate) fn named(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.definitions.contains_key(name) {
            // It may hold itself, as gates do.
            self.definitions.insert(name.to_owned(), Json::Null);
            let schema = make(self);
            self.definitions.insert(name.to_owned(), schema);
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    /// Refers to a table.
    pub(crate) fn table<T: Keys>(&mut self) -> Json {
        self.named(T::NAME, Self::object::<T>)
    }

    /// A table in its place.
    pub(crate) fn object<T: Keys>(&mut self) -> Json {
        self.outline::<T>().object(T::DOC)
    }

    /// Refers to a set of words, each with its meaning.
    pub(crate) fn words<T: Words>(&mut self) -> Json {
        self.named(T::NAME, |_| {
            let words = T::WORDS.iter().zip(T::DOCS).map(
                |((word, _), doc)| json!({ "type": "string", "const": word, "description": doc }),
            );
            json!({ "description": T::DOC, "oneOf": words.collect::<Vec<_>>() })
        })
    }

    fn outline<T: Keys>(&mut self) -> Outline {
        let mut outline = Outline::default();
        T::describe(self, &mut outline);
        outline
    }
}

/// A key, as the schema states it.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// What it means.
    pub(crate) doc: &'static str,
    pub(crate) required: bool,
    /// What stands for it where it is left out.
    pub(crate) default: Option<Json>,
    /// Whether its meaning is to name the default.
    pub(crate) states_default: bool,
    /// Ends that are narrower than those of its type: "minimum" and the like.
    pub(crate) ends: &'static [(&'static str, u32)],
    /// The tables to which it refers, each element of a list or each key of a table.
    pub(crate) refers: &'static [Kind],
    /// Those to which the values of a table refer.
    pub(crate) values: &'static [Kind],
    /// What its value may be.
    pub(crate) schema: Json,
}

/// What a table may hold.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    properties: Map<String, Json>,
    required: Vec<&'static str>,
    /// Of each kind: its word, its meaning and its own keys.
    kinds: Vec<(&'static str, &'static str, Outline)>,
}

impl Outline {
    /// Adds a key.
    pub(crate) fn key(&mut self, key: Key) {
        let mut schema = match key.schema {
            // In draft-07 nothing stands beside a reference.
            reference if reference.get("$ref").is_some() => json!({ "allOf": [reference] }),
            schema => schema,
        };
        for (end, value) in key.ends {
            schema[*end] = json!(value);
        }
        for (word, kinds) in [("x-refers", key.refers), ("x-refers-values", key.values)] {
            if !kinds.is_empty() {
                schema[word] = kinds.iter().map(|kind| kind.key()).collect();
            }
        }
        let mut doc = key.doc.to_owned();
        if let Some(default) = key.default.filter(|default| !default.is_null()) {
            if key.states_default {
                doc = format!("{doc} Default {default}.");
            }
            schema["default"] = default;
        }
        if !doc.is_empty() {
            schema["description"] = json!(doc);
        }
        if key.required {
            self.required.push(key.name);
        }
        self.properties.insert(key.name.to_owned(), schema);
    }

    /// Adds an array of tables.
    pub(crate) fn tables<T: Keys>(&mut self, name: &str, doc: &str, schemas: &mut Schemas) {
        let table = schemas.table::<T>();
        let schema = json!({ "type": "array", "items": table, "description": doc });
        self.properties.insert(name.to_owned(), schema);
    }

    /// Adds a kind.
    pub(crate) fn kind<T: Keys>(&mut self, word: &'static str, schemas: &mut Schemas) {
        self.kinds.push((word, T::DOC, schemas.outline::<T>()));
    }

    /// The closed object; with kinds, one for each: the keys of all kinds, and its own.
    fn object(self, doc: &str) -> Json {
        let Self { mut properties, required, kinds } = self;
        if kinds.is_empty() {
            name_sourced_keys(&mut properties);
            let mut object = json!({
                "type": "object",
                "description": doc,
                "properties": properties,
                "additionalProperties": false,
            });
            if !required.is_empty() {
                object["required"] = json!(required);
            }
            return object;
        }
        let branches = kinds.into_iter().map(|(word, meaning, own)| {
            let kind = json!({ "const": word, "description": meaning });
            let kind = ("kind".to_owned(), kind);
            let mut properties: Map<String, Json> =
                properties.clone().into_iter().chain([kind]).chain(own.properties).collect();
            name_sourced_keys(&mut properties);
            let required: Vec<&str> =
                ["kind"].into_iter().chain(required.clone()).chain(own.required).collect();
            json!({
                "title": word,
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": false,
            })
        });
        json!({ "description": doc, "oneOf": branches.collect::<Vec<_>>() })
    }
}
