//! The rows of `turns.parquet` and `turns.csv`.

use serde::{Deserialize, Serialize};

/// One aggregate over replicates: a subject's measure on a date.
///
/// Subject kinds and measures (unit, register):
///
/// | kind | measure | unit | register |
/// |---|---|---|---|
/// | `clause` | `compliance` | share | `true`, `recorded`, `claimed` |
/// | `clause` | `compliance_full` | share | `true`: at `target_km` or beyond |
/// | `clause` | `compliance_unrestricted` | share | `true`: of all that is bound |
/// | `clause` | `violating` | share | `recorded`, `claimed` |
/// | `clause` | `not_observed` | share | `recorded` |
/// | `clause` | `in_force`, `kept` | probability | `true` |
/// | `clause` | `status_not_due`, `status_kept`, … | probability | `true`, `recorded`, `claimed` |
/// | `clause` | `agreed` | probability | `true`: of clauses that begin as demanded or offered |
/// | `clause` | `blocked`, `deadlocked` | probability | `true`: of clauses that wait for a condition |
/// | `clause` | `ordered_comply`, `ordered_conceal` | share | `true` |
/// | `clause` | `cap_use`, `cap_use_posts` | share | `true`: the authorised inside, of a cap on persons or weapons, of one on posts; over 1 beyond it |
/// | `clause` | `shortfall` | km | `true`, over violators |
/// | `clause` | `distance` | km | `true`: of each person bound, pooled over replicates (n counts persons) |
/// | `clause` | `distance_mean` | km | `true`: strength-weighted mean of a replicate |
/// | `clause` | `handed_over`, `accepted`, `rejected` | weapons | `true` |
/// | `band` (`line/from-to/party`) | `persons` | persons | `true`: in that band of a line with `bands_km` |
/// | `band` (`line/from-to/party/class`) | `weapons` | weapons | `true` |
/// | `clause-class` (`clause/class`) | `residual_reach` | km | `true`: max(0, range − distance), mean over the weapons bound |
/// | `clause-class` | `within_reach` | weapons | `true`: of those bound, with a range of at least their distance |
/// | `clause-class` | `taken_out_of_reach` | share | `true`: of those within reach from where they stood on D-day, no longer |
/// | `monitor` | `sightings`, `violations` | count per day | `recorded` |
/// | `monitor` | `weapons_in_violation` | weapons per day | `recorded`: seen where a clause of place does not let them be; seen twice, they count twice |
/// | `watch` (`watcher/party`) | `weapons_in_violation` | weapons per day | `recorded`: the same by all monitors of one party, of the forces of another |
/// | `conduct` | `pressure`, `trust` | pressure, trust | `true`: of a party that decides, where it moves |
/// | `conduct` | `belief_comply`, `belief_defy`, `belief_conceal` | hits per day | `true`: what it believes, where that moves |
/// | `incident` | `incidents`, `settled` | count per day | `true` |
/// | `ladder` | `tension`, `rung` | tension, rung | `true` |
/// | `rule` | `reactions` | count since the start | `true` |
/// | `account` | `persons` | persons left in it | `true` |
/// | `party` | `strikes_on` | count per day | `true` |
/// | `party` | `persons_lost`, `weapons_lost` | persons, weapons since the start | `true` |
/// | `agreement` (subject empty) | `agreement_judged` | probability | `true`: a clause of weight has come due |
/// | `agreement` | `agreement_completed`, `agreement_collapsed` | probability | `true`: so far, whichever came first |
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TurnRow {
    /// Number of the point of an experiment; 0 in a run.
    pub point: u32,
    /// The date, as 2018-05-31.
    pub date: String,
    /// What kind of thing the subject is.
    pub subject_kind: String,
    /// Its id.
    pub subject: String,
    /// What is measured.
    pub measure: String,
    /// In which unit.
    pub unit: String,
    /// `true`, `recorded` or `claimed`.
    pub register: String,
    /// Values that went in: replicates, or persons for pooled measures.
    pub n: u64,
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Quantiles.
    pub q05: f64,
    /// Quantiles.
    pub q25: f64,
    /// Quantiles.
    pub q50: f64,
    /// Quantiles.
    pub q75: f64,
    /// Quantiles.
    pub q95: f64,
}
