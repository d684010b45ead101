//! `[[monitor]]`: who watches, and how.

use schemars::JsonSchema;

use super::quantity::{Bounds, Quantity};
use super::read::{Spans, Table};
use super::source::Provenance;

/// A monitor with a register of its own. It enters the recorded register of the
/// clauses that name it.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Monitor {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The party it belongs to.
    pub party: String,
    /// How it watches, by `kind`.
    #[schemars(skip)]
    pub method: Method,
    /// Mean days from a sighting to its report; each delay is drawn from an
    /// exponential distribution. Default 0.
    pub report_delay_days: Option<Quantity>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// How a monitor watches.
#[derive(Debug, Clone)]
pub enum Method {
    /// `kind = "post"`.
    Post(Post),
    /// `kind = "national-technical-means"`.
    NationalTechnicalMeans(NationalTechnicalMeans),
    /// `kind = "self-report"`.
    SelfReport(SelfReport),
}

/// A manned post at a site.
#[derive(Debug, Clone, JsonSchema)]
pub struct Post {
    /// The site it stands at.
    pub at: String,
    /// It sees forces within so many kilometres.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub radius_km: f64,
    /// Sightings a day of a force of signature 1 within the radius.
    pub sightings_per_day: Quantity,
    /// The day it is set up; the first day of the run by default.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub from: Option<time::Date>,
}

/// A party's own satellites, aircraft and listening.
#[derive(Debug, Clone, JsonSchema)]
pub struct NationalTechnicalMeans {
    /// The id of the area it covers; everywhere if left out.
    pub area: Option<String>,
    /// Sightings a day of a force of signature 1.
    pub sightings_per_day: Quantity,
    /// Probability that a force seen keeping a clause is registered as
    /// violating it. Default 0.
    pub bias_to_violating: Option<Quantity>,
    /// Probability that a force seen violating a clause is registered as
    /// keeping it. Default 0.
    pub bias_to_keeping: Option<Quantity>,
}

/// A party's reports on its own forces. They also enter the claimed register.
#[derive(Debug, Clone, JsonSchema)]
pub struct SelfReport {
    /// Days between reports.
    #[schemars(range(min = 1))]
    pub interval_days: u32,
    /// The day of the first report; the first day of the run by default.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub from: Option<time::Date>,
    /// Probability that a force in open violation is reported as such; a
    /// concealed one is always reported as keeping. Default 1.
    pub honesty: Option<Quantity>,
}

impl Monitor {
    pub(crate) fn read(mut t: Table<'_>) -> Option<Self> {
        let id = t.id();
        let title = t.opt("title");
        let party = t.req("party");
        let report_delay_days = t.quantity_opt("report_delay_days", Bounds::NOT_NEGATIVE);
        let provenance = Provenance::read(&mut t);
        let method = match t.kind(&["post", "national-technical-means", "self-report"])? {
            "post" => Method::Post(Post {
                at: t.req("at"),
                radius_km: t.number("radius_km", Bounds::POSITIVE),
                sightings_per_day: t.quantity("sightings_per_day", Bounds::NOT_NEGATIVE),
                from: t.opt("from"),
            }),
            "national-technical-means" => Method::NationalTechnicalMeans(NationalTechnicalMeans {
                area: t.opt("area"),
                sightings_per_day: t.quantity("sightings_per_day", Bounds::NOT_NEGATIVE),
                bias_to_violating: t.quantity_opt("bias_to_violating", Bounds::SHARE),
                bias_to_keeping: t.quantity_opt("bias_to_keeping", Bounds::SHARE),
            }),
            _ => Method::SelfReport(SelfReport {
                interval_days: t.req("interval_days"),
                from: t.opt("from"),
                honesty: t.quantity_opt("honesty", Bounds::SHARE),
            }),
        };
        Some(Self {
            id,
            title,
            party,
            method,
            report_delay_days,
            provenance,
            spans: t.finish(),
        })
    }
}
