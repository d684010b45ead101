//! `[[monitor]]`: who watches, and how.

mod deployment;
mod inspection;
mod joint_team;
mod national;
mod overhead;
mod patrol;
mod post;
mod self_report;
mod watch;

pub use deployment::Deployment;
pub use inspection::Inspection;
pub use joint_team::JointTeam;
pub use national::NationalTechnicalMeans;
pub use overhead::Overhead;
pub use patrol::{Patrol, SearchLaw};
pub use post::Post;
pub use self_report::SelfReport;
pub use watch::{Access, Watch};

use schemars::JsonSchema;

use super::quantity::Quantity;
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
    /// The first day of its duty (of a self-report, of the first report); the
    /// first day of the run by default.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub from: Option<time::Date>,
    /// Mean days from a sighting to its report; each delay is drawn from an
    /// exponential distribution. Default 0.
    pub report_delay_days: Option<Quantity>,
    /// The parties that get its reports, beside its own.
    #[schemars(default)]
    pub reports_to: Vec<String>,
    /// Whether everyone reads its reports. Default false.
    #[schemars(default)]
    pub public: bool,
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
    /// `kind = "patrol"`.
    Patrol(Patrol),
    /// `kind = "overhead"`.
    Overhead(Overhead),
    /// `kind = "national-technical-means"`.
    NationalTechnicalMeans(NationalTechnicalMeans),
    /// `kind = "inspection"`.
    Inspection(Inspection),
    /// `kind = "joint-team"`.
    JointTeam(JointTeam),
    /// `kind = "self-report"`.
    SelfReport(SelfReport),
}

/// Every kind.
const KINDS: [&str; 7] = [
    "post",
    "patrol",
    "overhead",
    "national-technical-means",
    "inspection",
    "joint-team",
    "self-report",
];

impl Method {
    /// Duty and errors, of all that look for themselves.
    pub fn watch(&self) -> Option<&Watch> {
        match self {
            Self::Post(it) => Some(&it.watch),
            Self::Patrol(it) => Some(&it.watch),
            Self::Overhead(it) => Some(&it.watch),
            Self::NationalTechnicalMeans(it) => Some(&it.watch),
            Self::Inspection(it) => Some(&it.watch),
            Self::JointTeam(it) => Some(&it.watch),
            Self::SelfReport(_) => None,
        }
    }

    /// What bars the way, of all that must be let in.
    pub fn access(&self) -> Option<&Access> {
        match self {
            Self::Post(it) => Some(&it.access),
            Self::Patrol(it) => Some(&it.access),
            Self::Inspection(it) => Some(&it.access),
            Self::JointTeam(it) => Some(&it.access),
            Self::Overhead(_) | Self::NationalTechnicalMeans(_) | Self::SelfReport(_) => None,
        }
    }
}

impl Monitor {
    pub(crate) fn read(mut t: Table<'_>) -> Option<Self> {
        let id = t.id();
        let title = t.opt("title");
        let party = t.req("party");
        let from = t.opt("from");
        let report_delay_days = t.opt("report_delay_days");
        let reports_to = t.or("reports_to", Vec::new());
        let public = t.or("public", false);
        let provenance = Provenance::read(&mut t);
        let method = match t.kind(&KINDS)? {
            "post" => Method::Post(Post::read(&mut t)),
            "patrol" => Method::Patrol(Patrol::read(&mut t)),
            "overhead" => Method::Overhead(Overhead::read(&mut t)),
            "national-technical-means" => {
                Method::NationalTechnicalMeans(NationalTechnicalMeans::read(&mut t))
            }
            "inspection" => Method::Inspection(Inspection::read(&mut t)),
            "joint-team" => Method::JointTeam(JointTeam::read(&mut t)),
            _ => Method::SelfReport(SelfReport::read(&mut t)),
        };
        Some(Self {
            id,
            title,
            party,
            method,
            from,
            report_delay_days,
            reports_to,
            public,
            provenance,
            spans: t.finish(),
        })
    }
}
