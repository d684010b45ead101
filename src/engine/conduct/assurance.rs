//! Assurance: complying is worth it above some trust.

use crate::model::Assurance;
use crate::stats::Draws;

/// The least trust at which complying is worth it (Kydd 2005):
/// (P − S) / ((R − T) + (P − S)).
pub(super) fn least_trust(conduct: &Assurance, draws: Draws) -> f64 {
    let risk = conduct.punishment.draw(draws) - conduct.sucker.draw(draws);
    risk / (conduct.reward.draw(draws) - conduct.temptation.draw(draws) + risk)
}
