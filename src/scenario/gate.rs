//! Gates: when a phase or clause starts, or a deadline falls.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use time::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::read::{At, Spans, Table, Value, kind_of};
use crate::diag::Diagnostic;

/// A date, a number of days after something started, or a condition.
#[derive(Debug, Clone)]
pub enum Gate {
    /// On this day.
    Date(Date),
    /// `days` after the clause or phase `after` started.
    After {
        /// The id of a clause or phase.
        after: String,
        /// Days, 0 or more.
        days: u32,
        /// Where it is written.
        spans: Spans,
    },
    /// Once a clause is verified kept.
    Verified {
        /// The id of a clause.
        clause: String,
        /// The least share seen keeping among what is observed.
        at_least: f64,
        /// For so many days without a break.
        for_days: u32,
        /// Where it is written.
        spans: Spans,
    },
    /// Once a political step is done.
    Done {
        /// The id of a clause of kind "act".
        clause: String,
        /// Where it is written.
        spans: Spans,
    },
    /// Once monitors are on duty.
    Deployed {
        /// The ids of monitors.
        monitors: Vec<String>,
        /// The least share of them on duty.
        at_least: f64,
        /// Where it is written.
        spans: Spans,
    },
    /// Once there was no fire, strike or prepared assault for so many days.
    Quiet {
        /// Days without a break.
        days: u32,
        /// The parties between whom it is to be quiet; all if empty.
        between: Vec<String>,
        /// The sites where it is to be quiet; everywhere if empty.
        at: Vec<String>,
        /// The first day that counts; the first of the run if none.
        from: Option<Date>,
        /// Where it is written.
        spans: Spans,
    },
    /// Together with another clause or phase, once both are ready.
    With {
        /// The id of a clause or phase.
        with: String,
        /// Where it is written.
        spans: Spans,
    },
    /// Once all of them have opened.
    All(Vec<Gate>),
    /// Once any of them has opened.
    Any(Vec<Gate>),
}

impl JsonSchema for Gate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Gate".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let inner = generator.subschema_for::<Self>();
        json_schema!({
            "description": "A date, days after a clause or phase started, or a condition.",
            "oneOf": [
                { "type": "string", "format": "date" },
                { "type": "object", "properties": { "after": { "type": "string" }, "days": { "type": "integer", "minimum": 0 } }, "required": ["after"], "additionalProperties": false },
                { "type": "object", "properties": { "verified": { "type": "string" }, "at_least": { "type": "number", "minimum": 0, "maximum": 1 }, "for_days": { "type": "integer", "minimum": 0 } }, "required": ["verified"], "additionalProperties": false },
                { "type": "object", "properties": { "done": { "type": "string" } }, "required": ["done"], "additionalProperties": false },
                { "type": "object", "properties": { "deployed": { "type": "array", "items": { "type": "string" }, "minItems": 1 }, "at_least": { "type": "number", "minimum": 0, "maximum": 1 } }, "required": ["deployed"], "additionalProperties": false },
                { "type": "object", "properties": { "quiet_days": { "type": "integer", "minimum": 0 }, "between": { "type": "array", "items": { "type": "string" } }, "at": { "type": "array", "items": { "type": "string" } }, "from": { "type": "string", "format": "date" } }, "required": ["quiet_days"], "additionalProperties": false },
                { "type": "object", "properties": { "with": { "type": "string" } }, "required": ["with"], "additionalProperties": false },
                { "type": "object", "properties": { "all": { "type": "array", "items": inner, "minItems": 1 } }, "required": ["all"], "additionalProperties": false },
                { "type": "object", "properties": { "any": { "type": "array", "items": inner, "minItems": 1 } }, "required": ["any"], "additionalProperties": false }
            ]
        })
    }
}

impl Value for Gate {
    const EXPECTED: &'static str = "a date, or { after = \"id\", days = 10 }, or { verified = \"clause\", at_least = 0.9, for_days = 14 }";

    fn placeholder() -> Self {
        Self::All(Vec::new())
    }

    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let table = match value.get_ref() {
            DeValue::Datetime(_) => return Self::Date(Date::read(value, at)),
            DeValue::Table(table) => table,
            other => {
                at.sink.push(
                    Diagnostic::error(value.span(), format!("{} must be a gate", at.name()))
                        .label(format!("this is {}", kind_of(other)))
                        .help(format!("write {}; dates have no quotes", Self::EXPECTED)),
                );
                return Self::placeholder();
            }
        };
        let mut t = Table::new(table, value.span(), "a gate", at.sink);
        let kinds = ["after", "verified", "done", "deployed", "quiet_days", "with", "all", "any"];
        if kinds.iter().filter(|key| t.spans().has(key)).count() != 1 {
            at.wrong(value.span(), "is no gate", format!("write {}", Self::EXPECTED));
            return Self::placeholder();
        }
        if t.spans().has("after") {
            let after = t.req("after");
            let days = t.or("days", 0);
            return Self::After { after, days, spans: t.finish() };
        }
        if t.spans().has("verified") {
            let clause = t.req("verified");
            let at_least = t.or("at_least", 1.0);
            let for_days = t.or("for_days", 0);
            return Self::Verified { clause, at_least, for_days, spans: t.finish() };
        }
        if t.spans().has("done") {
            let clause = t.req("done");
            return Self::Done { clause, spans: t.finish() };
        }
        if t.spans().has("deployed") {
            let monitors: Vec<String> = t.req("deployed");
            let at_least = t.or("at_least", 1.0);
            if monitors.is_empty() {
                at.wrong(value.span(), "waits for no monitor", "name at least one");
            }
            return Self::Deployed { monitors, at_least, spans: t.finish() };
        }
        if t.spans().has("quiet_days") {
            let days = t.req("quiet_days");
            let between = t.or("between", Vec::new());
            let at = t.or("at", Vec::new());
            let from = t.opt("from");
            return Self::Quiet { days, between, at, from, spans: t.finish() };
        }
        if t.spans().has("with") {
            let with = t.req("with");
            return Self::With { with, spans: t.finish() };
        }
        let key = if t.spans().has("all") { "all" } else { "any" };
        let gates: Vec<Self> = t.req(key);
        if gates.is_empty() {
            at.wrong(value.span(), "has no condition", "write at least one gate in the list");
        }
        t.finish();
        if key == "all" { Self::All(gates) } else { Self::Any(gates) }
    }
}
