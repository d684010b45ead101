//! Named priors on how long agreements last.

use super::ledger::{Ledger, rows};
use crate::theory::{FORTNA_2004, failure_by};

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("durability", FORTNA_2004.source);
    let named = FORTNA_2004.hazard_ratio.unwrap_or(f64::NAN);
    for (ratio, expected) in [(1.0, 0.6321), (0.5, 0.3935), (named, 0.2739)] {
        rows! { ledger:
            formula "failure-{ratio}" "failure by λt = 1 under a hazard ratio of {ratio}":
                expected, failure_by(ratio, 1.0), 4;
        }
    }
}
