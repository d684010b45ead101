//! Gates: when a phase or clause starts, or a deadline falls.

use disengage_derive::table;
use serde_json::{Value as Json, json};
use time::Date;
use toml::de::DeValue;

use super::bounds::Bounds;
use super::read::{At, Table, Value, Whole, Written};
use super::refer::{Place, Reference};
use super::schema::Schemas;
use crate::model::ActKind;

/// A date, a number of days after something started, or a condition.
#[derive(Debug, Clone)]
pub enum Gate {
    /// On this day.
    Date(Date),
    /// So many days after something started.
    After(After),
    /// Once a clause is verified kept.
    Verified(Verified),
    /// Once a political step is done.
    Done(Done),
    /// Once a clause was not kept by its deadline.
    Missed(Missed),
    /// Once so many are inside.
    Present(Present),
    /// Once monitors are on duty.
    Deployed(Deployed),
    /// Once acts of a kind were done.
    Acted(Acted),
    /// Once an outside event has come.
    Came(Came),
    /// Once it was quiet for so many days.
    Quiet(Quiet),
    /// Together with something else.
    With(With),
    /// Once all of them have opened.
    All(Vec<Gate>),
    /// Once any of them has opened.
    Any(Vec<Gate>),
}

/// Days after a clause or phase started.
#[table(inline = "a gate")]
pub struct After {
    /// The id of a clause or phase.
    #[key(refers(Clause, Phase))]
    pub after: String,
    /// Days after its start.
    #[key(default = 0, bounds = DAYS)]
    pub days: u32,
}

/// Once a clause is verified kept.
#[table(inline = "a gate")]
pub struct Verified {
    /// The id of a clause.
    #[key(name = "verified", refers(Clause))]
    pub clause: String,
    /// The least share seen keeping among what is observed.
    #[key(default = 1.0, bounds = SHARE)]
    pub at_least: f64,
    /// For so many days without a break.
    #[key(default = 0, bounds = DAYS)]
    pub for_days: u32,
}

/// Once a political step is done.
#[table(inline = "a gate")]
pub struct Done {
    /// The id of a clause of kind "act".
    #[key(name = "done", refers(Clause))]
    pub clause: String,
}

/// Once a clause was not kept on its deadline, past its `grace_days`.
#[table(inline = "a gate")]
pub struct Missed {
    /// The id of a clause with a deadline.
    #[key(name = "missed", refers(Clause))]
    pub clause: String,
}

/// Once so many of those whom a clause of kind "presence" authorises or deploys are inside its
/// area, in truth.
#[table(inline = "a gate")]
pub struct Present {
    /// The id of a clause of kind "presence".
    #[key(name = "present", refers(Clause))]
    pub clause: String,
    /// Persons, or weapons where the clause counts these.
    #[key(bounds = COUNT)]
    pub at_least: f64,
    /// For so many days without a break.
    #[key(default = 0, bounds = DAYS)]
    pub for_days: u32,
}

/// Once monitors are on duty.
#[table(inline = "a gate")]
pub struct Deployed {
    /// The ids of monitors.
    #[key(name = "deployed", items(1), refers(Monitor))]
    pub monitors: Vec<String>,
    /// The least share of them on duty.
    #[key(default = 1.0, bounds = SHARE)]
    pub at_least: f64,
    /// Their `persons` on duty together, at least.
    #[key(bounds = COUNT)]
    pub at_least_persons: Option<f64>,
}

/// Once acts of a kind were done.
#[table(inline = "a gate")]
pub struct Acted {
    /// What was done; an offensive is fire, too.
    pub act: ActKind,
    /// By whom; by anyone if empty.
    #[key(default, refers(Party))]
    pub by: Vec<String>,
    /// Against whom; against anyone if empty.
    #[key(default, refers(Party))]
    pub against: Vec<String>,
    /// How often.
    #[key(default = 1, bounds = DAYS, some)]
    pub count: u32,
}

/// Once an outside event has come.
#[table(inline = "a gate")]
pub struct Came {
    /// The id of an `[[event]]`.
    #[key(refers(Event))]
    pub event: String,
}

/// Once there was no fire, strike or prepared assault for so many days.
#[table(inline = "a gate")]
pub struct Quiet {
    /// Days without a break.
    #[key(name = "quiet_days", bounds = DAYS)]
    pub days: u32,
    /// The parties between whom it is to be quiet; all if empty.
    #[key(default, refers(Party))]
    pub between: Vec<String>,
    /// The sites where it is to be quiet; everywhere if empty.
    #[key(default, refers(Site))]
    pub at: Vec<String>,
    /// The first day that counts; the first of the run if none.
    pub from: Option<Date>,
}

/// Together with another clause or phase, once both are ready.
#[table(inline = "a gate")]
pub struct With {
    /// The id of a clause or phase.
    #[key(refers(Clause, Phase))]
    pub with: String,
}

/// The key that says which gate a table is.
const FORMS: [&str; 12] = [
    "after",
    "verified",
    "done",
    "missed",
    "present",
    "deployed",
    "act",
    "event",
    "quiet_days",
    "with",
    "all",
    "any",
];

/// The forms of a gate, each as it is written.
fn forms() -> String {
    let written = FORMS.map(|form| match form {
        "after" => "{ after = \"id\" }",
        "verified" => "{ verified = \"clause\" }",
        "done" => "{ done = \"clause\" }",
        "missed" => "{ missed = \"clause\" }",
        "present" => "{ present = \"clause\", at_least = 100 }",
        "deployed" => "{ deployed = [\"monitor\"] }",
        "act" => "{ act = \"offensive\", by = [\"party\"] }",
        "event" => "{ event = \"id\" }",
        "quiet_days" => "{ quiet_days = 30 }",
        "with" => "{ with = \"id\" }",
        "all" => "{ all = [gates] }",
        _ => "{ any = [gates] }",
    });
    written.join(", ")
}

impl Gate {
    /// The dates and conditions that it is made of.
    pub(super) fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::All(gates) | Self::Any(gates) => gates.iter().flat_map(Self::leaves).collect(),
            _ => vec![self],
        }
    }

    /// The clause or phase that it waits for.
    pub(super) fn waits_for(&self) -> Option<&str> {
        match self {
            Self::After(After { after: id, .. })
            | Self::Verified(Verified { clause: id, .. })
            | Self::Done(Done { clause: id, .. })
            | Self::Missed(Missed { clause: id, .. })
            | Self::Present(Present { clause: id, .. })
            | Self::With(With { with: id, .. }) => Some(id),
            _ => None,
        }
    }

    fn of_form(form: &'static str, mut table: Table<'_>) -> Option<Self> {
        match form {
            "after" => After::whole(table).map(Self::After),
            "verified" => Verified::whole(table).map(Self::Verified),
            "done" => Done::whole(table).map(Self::Done),
            "missed" => Missed::whole(table).map(Self::Missed),
            "present" => Present::whole(table).map(Self::Present),
            "deployed" => Deployed::whole(table).map(Self::Deployed),
            "act" => Acted::whole(table).map(Self::Acted),
            "event" => Came::whole(table).map(Self::Came),
            "quiet_days" => Quiet::whole(table).map(Self::Quiet),
            "with" => With::whole(table).map(Self::With),
            list => {
                let gates = table.req(list);
                table.finish();
                Some(if list == "all" { Self::All(gates) } else { Self::Any(gates) })
            }
        }
    }
}

impl Value for Gate {
    const EXPECTED: &'static str = "a date, or { after = \"id\", days = 10 }, or { verified = \"clause\", at_least = 0.9, for_days = 14 }";

    fn placeholder() -> Self {
        Self::All(Vec::new())
    }

    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
        let table = match value.get_ref() {
            DeValue::Datetime(_) => return Self::Date(Date::read(value, at)),
            DeValue::Table(table) => Table::new(table, value.span(), "a gate", at.sink),
            _ => {
                let help = format!("write {}; dates have no quotes", Self::EXPECTED);
                at.sink.push(at.unlike(value, "a gate").help(help));
                return Self::placeholder();
            }
        };
        let mut written = FORMS.into_iter().filter(|key| table.spans().has(key));
        let (Some(form), None) = (written.next(), written.next()) else {
            let help = format!("write {}; a gate is a date or one of: {}", Self::EXPECTED, forms());
            at.wrong(value.span(), "is no gate", help);
            return Self::placeholder();
        };
        let gate = Self::of_form(form, table).unwrap_or_else(Self::placeholder);
        match &gate {
            Self::Deployed(deployed) if deployed.monitors.is_empty() => {
                at.wrong(value.span(), "waits for no monitor", "name at least one");
            }
            Self::All(gates) | Self::Any(gates) if gates.is_empty() => {
                at.wrong(value.span(), "has no condition", "write at least one gate in the list");
            }
            _ => {}
        }
        gate
    }

    fn schema(schemas: &mut Schemas, _: Option<Bounds>) -> Json {
        schemas.named("Gate", |schemas| {
            let gates = Vec::<Self>::schema(schemas, None);
            let several = |form: &str, meaning: &str| {
                let mut gates = gates.clone();
                gates["minItems"] = json!(1);
                json!({
                    "type": "object",
                    "description": meaning,
                    "properties": { form: gates },
                    "required": [form],
                    "additionalProperties": false,
                })
            };
            json!({
                "description": "A date, days after a clause or phase started, or a condition.",
                "oneOf": [
                    Date::schema(schemas, None),
                    schemas.object::<After>(),
                    schemas.object::<Verified>(),
                    schemas.object::<Done>(),
                    schemas.object::<Missed>(),
                    schemas.object::<Present>(),
                    schemas.object::<Deployed>(),
                    schemas.object::<Acted>(),
                    schemas.object::<Came>(),
                    schemas.object::<Quiet>(),
                    schemas.object::<With>(),
                    several("all", "Once all of them have opened."),
                    several("any", "Once any of them has opened."),
                ]
            })
        })
    }

    /// Messages name the key at which the gate stands.
    fn refer<'s>(&'s self, place: Place<'s>, found: &mut Vec<Reference<'s>>) {
        let before = found.len();
        match self {
            Self::Date(_) => {}
            Self::After(gate) => Value::refer(gate, place, found),
            Self::Verified(gate) => Value::refer(gate, place, found),
            Self::Done(gate) => Value::refer(gate, place, found),
            Self::Missed(gate) => Value::refer(gate, place, found),
            Self::Present(gate) => Value::refer(gate, place, found),
            Self::Deployed(gate) => Value::refer(gate, place, found),
            Self::Acted(gate) => Value::refer(gate, place, found),
            Self::Came(gate) => Value::refer(gate, place, found),
            Self::Quiet(gate) => Value::refer(gate, place, found),
            Self::With(gate) => Value::refer(gate, place, found),
            Self::All(gates) | Self::Any(gates) => {
                gates.iter().for_each(|gate| Value::refer(gate, place, found));
            }
        }
        for reference in &mut found[before..] {
            reference.key = place.called();
        }
    }
}
