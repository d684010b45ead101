//! What may stand at a path, by the JSON Schema of the format.

use std::sync::LazyLock;

use serde_json::Value;

use crate::scenario::json_schema;

static ROOT: LazyLock<Value> = LazyLock::new(json_schema);

/// The parts of the schema that may describe one place.
#[derive(Debug, Clone)]
pub(super) struct Shape(Vec<&'static Value>);

impl Shape {
    /// The whole file.
    pub(super) fn root() -> Self {
        Self::of(&ROOT)
    }

    /// Nothing is known of it.
    pub(super) fn unknown() -> Self {
        Self(Vec::new())
    }

    /// References followed, alternatives side by side.
    fn of(schema: &'static Value) -> Self {
        let mut out = Vec::new();
        let mut left = vec![schema];
        while let Some(schema) = left.pop() {
            if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
                left.extend(ROOT.pointer(name.trim_start_matches('#')));
            }
            for key in ["oneOf", "anyOf", "allOf"] {
                left.extend(schema.get(key).and_then(Value::as_array).into_iter().flatten());
            }
            out.push(schema);
        }
        Self(out)
    }

    /// Those alternatives that are of `kind`, if any says its kind.
    pub(super) fn of_kind(self, kind: Option<&str>) -> Self {
        let kind_of = |schema: &Value| {
            let written = schema.pointer("/properties/kind/const").and_then(Value::as_str);
            written.map(str::to_owned)
        };
        let fits = |schema: &&'static Value| kind_of(schema).as_deref() == kind;
        if kind.is_some() && self.0.iter().any(&fits) {
            Self(self.0.into_iter().filter(|schema| fits(schema)).collect())
        } else {
            self
        }
    }

    /// What may stand at `key`; none if there is no such key.
    pub(super) fn key(&self, key: &str) -> Option<Self> {
        let mut out = Vec::new();
        for schema in &self.0 {
            if let Some(property) = schema.get("properties").and_then(|it| it.get(key)) {
                out.extend(Self::of(property).0);
            } else if let Some(any) = free(schema) {
                out.extend(Self::of(any).0);
            }
        }
        (!out.is_empty()).then_some(Self(out))
    }

    /// The keys that may stand here.
    pub(super) fn keys(&self) -> Vec<&'static str> {
        let properties = self.0.iter().filter_map(|it| it.get("properties")?.as_object());
        let mut keys: Vec<&str> = properties.flat_map(|it| it.keys().map(String::as_str)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// An element of the list that may stand here.
    pub(super) fn item(&self) -> Self {
        let items = self.0.iter().filter_map(|it| it.get("items"));
        Self(items.flat_map(|it| Self::of(it).0).collect())
    }

    /// Whether an array of tables stands here.
    pub(super) fn is_list(&self) -> bool {
        self.0.iter().any(|it| it.get("items").is_some())
    }

    /// Whether a table stands here that may as well be empty.
    pub(super) fn is_optional(&self) -> bool {
        let has = |key| self.0.iter().any(|schema| schema.get(key).is_some());
        has("properties") && !has("required") && !self.is_list()
    }

    /// Whether a table with keys of the author's choice stands here.
    pub(super) fn is_free(&self) -> bool {
        self.0.iter().any(|schema| free(schema).is_some())
    }
}

/// What stands at keys of the author's choice.
fn free(schema: &'static Value) -> Option<&'static Value> {
    let any = schema.get("additionalProperties")?;
    (any != &Value::Bool(false)).then_some(any)
}
