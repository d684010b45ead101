//! `[mechanisms]`: what of the model is switched off.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::read::{Spans, Table};
use crate::model;

/// Every mechanism is at work unless the file says `false` here.
#[derive(Debug, Clone, Default)]
pub struct Mechanisms {
    /// What is at work.
    pub at_work: model::Mechanisms,
    #[doc(hidden)]
    pub spans: Spans,
}

impl JsonSchema for Mechanisms {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Mechanisms".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let keys: serde_json::Map<String, serde_json::Value> = model::Mechanism::ALL
            .iter()
            .map(|(word, _)| {
                let key = serde_json::json!({ "type": "boolean", "default": true });
                ((*word).to_owned(), key)
            })
            .collect();
        json_schema!({
            "type": "object",
            "description": "What of the model is at work; false switches it off.",
            "properties": keys,
            "additionalProperties": false
        })
    }
}

impl Mechanisms {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        let mut at_work = model::Mechanisms::default();
        for (word, mechanism) in model::Mechanism::ALL {
            if !t.or(word, true) {
                at_work.switch_off(mechanism);
            }
        }
        Self { at_work, spans: t.finish() }
    }
}
