//! `[[clause]]`: who must do what, by when, and who watches.

mod deliver;
mod keep_distance;
mod leave;
mod presence;

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::gate::Gate;
use super::quantity::Bounds;
use super::read::{At, Spans, Table, Value, word};
use super::source::Provenance;

pub use deliver::Deliver;
pub use keep_distance::KeepDistance;
pub use leave::Leave;
pub use presence::Presence;

/// By what a force counts as a party's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum BoundBy {
    /// The party that commands it.
    Commander,
    /// The party whose flag it shows.
    Flag,
    /// Either of the two.
    Either,
}

impl Value for BoundBy {
    const EXPECTED: &'static str = "\"commander\", \"flag\" or \"either\"";
    fn placeholder() -> Self {
        Self::Commander
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words = [
            ("commander", Self::Commander),
            ("flag", Self::Flag),
            ("either", Self::Either),
        ];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

/// One obligation of the agreement.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Clause {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// What is owed, by `kind`.
    #[schemars(skip)]
    pub terms: Terms,
    /// The parties whose forces it binds.
    #[schemars(length(min = 1))]
    pub binds: Vec<String>,
    /// By what a force counts as a bound party's. Default "commander".
    #[schemars(default)]
    pub bound_by: Option<BoundBy>,
    /// The parties that answer for it; their claims enter the claimed register.
    #[schemars(default)]
    pub answers: Vec<String>,
    /// The phase it starts with.
    pub phase: Option<String>,
    /// When it starts (D-day); with its phase, or else on the first day.
    pub starts: Option<Gate>,
    /// By when it must be kept; open, and so never late, if left out.
    pub deadline: Option<Gate>,
    /// The monitors whose reports make its recorded register.
    #[schemars(default)]
    pub monitors: Vec<String>,
    /// An older observation does not count, in days. Default 30.
    #[schemars(default, range(min = 0), extend("default" = 30))]
    pub max_age_days: f64,
    /// The least share of the strength observed for the clause to be verified.
    /// Default 0.5.
    #[schemars(default, range(min = 0, max = 1), extend("default" = 0.5))]
    pub min_coverage: f64,
    /// The share of the bound strength at which it counts as kept. Default 1.
    #[schemars(default, range(min = 0, max = 1), extend("default" = 1))]
    pub kept_at: f64,
    /// Its weight in a run's compliance. Default 1.
    #[schemars(default, range(min = 0), extend("default" = 1))]
    pub weight: f64,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// What is owed.
#[derive(Debug, Clone)]
pub enum Terms {
    /// `kind = "keep-distance"`.
    KeepDistance(KeepDistance),
    /// `kind = "presence"`.
    Presence(Presence),
    /// `kind = "leave"`.
    Leave(Leave),
    /// `kind = "deliver"`.
    Deliver(Deliver),
}

impl Clause {
    pub(crate) fn read(mut t: Table<'_>) -> Option<Self> {
        let id = t.id();
        let title = t.opt("title");
        let binds = t.req("binds");
        let bound_by = t.opt("bound_by");
        let answers = t.or("answers", Vec::new());
        let phase = t.opt("phase");
        let starts = t.opt("starts");
        let deadline = t.opt("deadline");
        let monitors = t.or("monitors", Vec::new());
        let max_age_days = t.number_or("max_age_days", 30.0, Bounds::NOT_NEGATIVE);
        let min_coverage = t.number_or("min_coverage", 0.5, Bounds::SHARE);
        let kept_at = t.number_or("kept_at", 1.0, Bounds::SHARE);
        let weight = t.number_or("weight", 1.0, Bounds::NOT_NEGATIVE);
        let provenance = Provenance::read(&mut t);
        let kinds = ["keep-distance", "presence", "leave", "deliver"];
        let terms = match t.kind(&kinds)? {
            "keep-distance" => Terms::KeepDistance(KeepDistance::read(&mut t)),
            "presence" => Terms::Presence(Presence::read(&mut t)),
            "leave" => Terms::Leave(Leave::read(&mut t)),
            _ => Terms::Deliver(Deliver::read(&mut t)),
        };
        Some(Self {
            id,
            title,
            terms,
            binds,
            bound_by,
            answers,
            phase,
            starts,
            deadline,
            monitors,
            max_age_days,
            min_coverage,
            kept_at,
            weight,
            provenance,
            spans: t.finish(),
        })
    }
}
