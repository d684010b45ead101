//! What a run comes to: completion or collapse, and serious violations.

use crate::engine::state::{ClauseState, World};
use crate::model::{Clause, Model};

/// Judges a day by its true compliance.
pub(super) fn judge(model: &Model, world: &mut World, day: u32) {
    let thresholds = &model.thresholds;
    let (mut met, mut weight) = (0.0, 0.0);
    // Whether all of it is still owed, or was to its own end.
    let mut whole = true;
    for (clause, state) in model.clauses.iter().zip(&mut world.clauses) {
        if state.ended.is_some() || state.suspended.is_some() {
            let unmet = match (state.broken_off, state.ended) {
                (true, _) => thresholds.ended_unmet,
                (false, Some(_)) => continue,
                (false, None) => thresholds.suspended_unmet && counts(clause, state, day),
            };
            whole &= clause.weight <= 0.0;
            weight += if unmet { clause.weight } else { 0.0 };
            continue;
        }
        let share = state.shares.met;
        if share.is_nan() || !counts(clause, state, day) {
            continue;
        }
        met += clause.weight * share;
        weight += clause.weight;
        let expected = clause.deadline.is_some() || state.first_kept.is_some();
        if expected && state.first_serious.is_none() && share < thresholds.serious_below {
            state.first_serious = Some(day);
        }
    }
    let verdict = &mut world.verdict;
    if weight <= 0.0 {
        (verdict.high_since, verdict.low_since) = (None, None);
        return;
    }
    let compliance = met / weight;
    verdict.judged_from = verdict.judged_from.or(Some(day));
    let high = whole && compliance >= thresholds.completed_at - 1e-9;
    let low = compliance < thresholds.collapsed_below - 1e-9;
    hold(high, day, thresholds.completed_days, &mut verdict.high_since, &mut verdict.completed);
    hold(low, day, thresholds.collapsed_days, &mut verdict.low_since, &mut verdict.collapsed);
}

/// Whether a day counts for a clause: past its deadline and grace, or since D-day
/// if it is open. The same days make its mean compliance.
fn counts(clause: &Clause, state: &ClauseState, day: u32) -> bool {
    let started = state.started.map(|(on, _)| on);
    let from = match clause.deadline {
        Some(_) => started.and(state.due_on()).map(|due| due + clause.grace_days),
        None => started,
    };
    from.is_some_and(|from| day > from)
}

/// Notes the first day on which something has held for so many days.
fn hold(holds: bool, day: u32, days: u32, since: &mut Option<u32>, reached: &mut Option<u32>) {
    if !holds {
        *since = None;
        return;
    }
    let from = *since.get_or_insert(day);
    if reached.is_none() && day + 1 - from >= days {
        *reached = Some(day);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_begins_the_count_again() {
        let (mut since, mut reached) = (None, None);
        for (day, holds) in
            [(1, true), (2, true), (3, false), (4, true), (5, true), (6, true), (7, false)]
        {
            hold(holds, day, 3, &mut since, &mut reached);
        }
        assert_eq!((since, reached), (None, Some(6)));
    }
}
