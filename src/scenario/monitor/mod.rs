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

use disengage_derive::{kinds, table};

use super::quantity::Quantity;

/// A monitor with a register of its own. It enters the recorded register of the
/// clauses that name it.
#[table(entry(Monitor), titled, sourced)]
pub struct Monitor {
    /// The party it belongs to.
    #[key(refers(Party))]
    pub party: String,
    /// How it watches, by `kind`.
    #[key(kind)]
    pub method: Method,
    /// The first day of its duty (of a self-report, of the first report); the
    /// first day of the run by default.
    pub from: Option<time::Date>,
    /// Mean days from a sighting to its report; each delay is drawn from an
    /// exponential distribution.
    #[key(default = 0.0, bounds = DAYS)]
    pub report_delay_days: Quantity,
    /// The parties that get its reports, beside its own.
    #[key(default, refers(Party))]
    pub reports_to: Vec<String>,
    /// Whether everyone reads its reports.
    #[key(default = false)]
    pub public: bool,
}

impl Monitor {
    /// Whether a party gets its reports.
    pub fn tells(&self, party: &str) -> bool {
        self.public || self.party == party || self.reports_to.iter().any(|id| id == party)
    }
}

/// How a monitor watches.
#[kinds]
pub enum Method {
    Post(Post),
    Patrol(Patrol),
    Overhead(Overhead),
    NationalTechnicalMeans(NationalTechnicalMeans),
    Inspection(Inspection),
    JointTeam(JointTeam),
    SelfReport(SelfReport),
}

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
