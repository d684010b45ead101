//! `[mechanisms]`: what of the model is switched off.

use disengage_derive::table;
use serde_json::json;

use super::read::{Keys, Spans, Table};
use super::refer::Reference;
use super::schema::{Key, Outline, Schemas};
use crate::model;

/// What of the model is at work; false switches it off.
#[table(section = "mechanisms", default)]
pub struct Mechanisms {
    /// What is at work.
    #[key(part)]
    pub at_work: model::Mechanisms,
}

/// The keys are the model's own words for its mechanisms.
impl Keys for model::Mechanisms {
    const DOC: &'static str = "";

    fn read(table: &mut Table<'_>) -> Option<Self> {
        let mut at_work = Self::default();
        for (word, mechanism) in model::Mechanism::ALL {
            if !table.or(word, true) {
                at_work.switch_off(mechanism);
            }
        }
        Some(at_work)
    }

    fn describe(_: &mut Schemas, outline: &mut Outline) {
        for (name, _) in model::Mechanism::ALL {
            outline.key(Key {
                name,
                doc: "",
                required: false,
                default: Some(json!(true)),
                states_default: false,
                ends: &[],
                refers: &[],
                values: &[],
                schema: json!({ "type": "boolean" }),
            });
        }
    }

    fn refer<'s>(&'s self, _: &'s Spans, _: &mut Vec<Reference<'s>>) {}

    fn drawn(&self) -> u64 {
        0
    }
}
