//! What a run comes to: completion, a later break, collapse, destruction; and serious
//! violations.

use super::toll;
use crate::engine::state::{ClauseState, World};
use crate::model::{BROKEN_DAYS, Clause, Model};

/// How the clauses of weight stand on a day.
struct Standing {
    /// Sums of weight × share and of weight, over those whose days count.
    met: f64,
    weight: f64,
    /// Whether one of them is due.
    due: bool,
    /// Whether each is due and owed still, or was to its own end.
    all_due: bool,
    /// Whether there is anything to keep.
    asked: bool,
    /// Whether each is kept by the living, and with those who died violating.
    living: bool,
    with_losses: bool,
    /// Whether one was broken off and counts as unmet, and whether any is left that is or
    /// can become due.
    broken_off: bool,
    left: bool,
}

/// Judges a day by its true compliance.
pub(super) fn judge(model: &Model, world: &mut World, day: u32) {
    let thresholds = &model.thresholds;
    let it = standing(model, world, day);
    let verdict = &mut world.verdict;
    // What is broken off counts once something else is due, or nothing ever will be.
    if it.due || (it.broken_off && !it.left) {
        verdict.judged_from = verdict.judged_from.or(Some(day));
    }
    if verdict.judged_from.is_none() {
        return;
    }
    let low = it.weight > 0.0 && it.met / it.weight < thresholds.collapsed_below - 1e-9;
    hold(low, day, thresholds.collapsed_days, &mut verdict.low_since, &mut verdict.collapsed);
    let living = it.all_due && it.asked && it.living;
    let mut long = None;
    hold(living, day, thresholds.completed_days, &mut verdict.living_since, &mut long);
    if long.is_some() && verdict.destroyed.is_none() && std::mem::take(&mut verdict.lost) {
        world.verdict.destroyed = toll::is_destroyed(model, world).then_some(day);
    }
    let verdict = &mut world.verdict;
    let high = living && it.with_losses && verdict.destroyed.is_none();
    hold(high, day, thresholds.completed_days, &mut verdict.high_since, &mut verdict.completed);
    if verdict.completed.is_some_and(|on| on < day) && verdict.broken.is_none() {
        breaks(model, world, day);
    }
}

fn standing(model: &Model, world: &mut World, day: u32) -> Standing {
    let thresholds = &model.thresholds;
    let mut it = Standing {
        met: 0.0,
        weight: 0.0,
        due: false,
        all_due: true,
        asked: false,
        living: true,
        with_losses: true,
        broken_off: false,
        left: false,
    };
    for (clause, state) in model.clauses.iter().zip(&mut world.clauses) {
        let weighs = clause.weight > 0.0;
        let counts = counts(clause, state, day);
        if state.ended.is_some() || state.suspended.is_some() {
            let unmet = match (state.broken_off, state.ended) {
                (true, _) => thresholds.ended_unmet,
                (false, Some(_)) => continue,
                (false, None) => thresholds.suspended_unmet && counts,
            };
            it.all_due &= !weighs;
            it.broken_off |= weighs && unmet && state.broken_off;
            it.left |= weighs && state.ended.is_none();
            it.due |= weighs && unmet && state.ended.is_none();
            it.weight += if unmet { clause.weight } else { 0.0 };
            continue;
        }
        it.left |= weighs;
        if !counts {
            it.all_due &= !weighs;
            continue;
        }
        it.due |= weighs;
        let (share, with_losses) = (state.shares.met, state.shares.with_losses);
        if weighs {
            let kept = |share: f64| share.is_nan() || share >= state.terms.kept_at - 1e-9;
            it.living &= kept(share);
            it.with_losses &= kept(with_losses);
            it.asked |= !share.is_nan() || state.weight_on_d_day.iter().any(|weight| *weight > 0.0);
        }
        if share.is_nan() {
            continue;
        }
        it.met += clause.weight * share;
        it.weight += clause.weight;
        let expected = clause.deadline.is_some() || state.first_kept.is_some();
        if expected && state.first_serious.is_none() && share < thresholds.serious_below {
            state.first_serious = Some(day);
        }
    }
    it
}

/// Notes whether a clause of an agreement that was completed has been seriously violated
/// for so long that the agreement is broken.
fn breaks(model: &Model, world: &mut World, day: u32) {
    let thresholds = &model.thresholds;
    for (clause, state) in model.clauses.iter().zip(&mut world.clauses) {
        if clause.weight <= 0.0 {
            continue;
        }
        let under = match (state.ended, state.suspended) {
            (Some(_), _) => state.broken_off && thresholds.ended_unmet,
            (None, Some(_)) => thresholds.suspended_unmet && counts(clause, state, day),
            (None, None) => {
                counts(clause, state, day) && state.shares.met < thresholds.serious_below
            }
        };
        hold(under, day, BROKEN_DAYS, &mut state.under_since, &mut world.verdict.broken);
    }
}

/// Whether a day counts for a clause: past its deadline and grace, or since D-day
/// if it is open. The same days make its mean compliance.
pub(super) fn counts(clause: &Clause, state: &ClauseState, day: u32) -> bool {
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

    use crate::engine::step::losses;
    use crate::engine::trial::{BACK, Trial, ordered};
    use crate::model::End;

    /// Red is to stand back by day 10, and both are to hold their fire from day 0 on; ten
    /// days of that are completion. Thirty kilometres a day take two days to the line.
    fn two_clauses(outcome: &str, more: &str, orders: &[(u32, &str)]) -> Trial {
        let fire = "[[clause]]\nid = \"fire\"\nkind = \"abstain\"\nbinds = [\"red\", \"blue\"]\nacts = [\"fire\"]\n";
        let outcome = format!("[outcome]\ncompleted_days = 10\n{outcome}\n");
        let red = ordered("red", "comply", orders);
        let blue = ordered("blue", "comply", &[]);
        Trial::new(&format!("{outcome}{BACK}{fire}{more}{red}{blue}"))
    }

    /// Guard and post lose persons by hand.
    fn lose(trial: &mut Trial, force: &str, share: f64) -> f64 {
        let force = trial.force(force);
        let before = trial.world.forces[force].strength;
        let draws = (trial.model.units[trial.unit("fire", "guard")].acts, 0, 0);
        let day = trial.world.day;
        losses::lose(&trial.model, &mut trial.world, force, share, draws, (day, 0));
        f64::from(before - trial.world.forces[force].strength)
    }

    #[test]
    fn nothing_is_completed_before_everything_is_due() {
        let mut trial = two_clauses("", "", &[]);
        trial.until(60);
        // Kept from day 2 on; days 11 to 20.
        let verdict = trial.world.verdict;
        assert_eq!((verdict.judged_from, verdict.completed), (Some(1), Some(20)));
        assert_eq!(verdict.end(), End::Completed);
        // One that never starts is never due, unless it weighs nothing.
        for (weight, completed) in [("1", None), ("0", Some(20))] {
            let step = format!(
                "[[clause]]\nid = \"late\"\nkind = \"act\"\nbinds = [\"blue\"]\nweight = {weight}\n\
                 starts = {{ after = \"back\", days = 100 }}\n"
            );
            let mut trial = two_clauses("", &step, &[]);
            trial.until(60);
            assert_eq!(trial.world.verdict.completed, completed, "weight {weight}");
        }
    }

    #[test]
    fn each_clause_is_kept_by_its_own_share() {
        // Two thirds of the strength stand back: 100 of 150.
        let both = BACK.replace("binds = [\"red\"]", "binds = [\"red\", \"blue\"]");
        for (kept_at, completed) in [(0.6, Some(40)), (0.7, None)] {
            let back =
                format!("{}\n", both.replace("min_km", &format!("kept_at = {kept_at}\nmin_km")));
            let orders = [ordered("red", "comply", &[]), ordered("blue", "defy", &[])].concat();
            let mut trial = Trial::new(&format!("{back}{orders}"));
            trial.until(60);
            assert_eq!(trial.world.verdict.completed, completed, "kept at {kept_at}");
        }
    }

    #[test]
    fn what_was_completed_can_be_broken_later() {
        // Inside the line from day 22 on; out again on day 28, or not.
        for (again, broken) in [("defy", Some(28)), ("comply", None)] {
            let mut trial = two_clauses("", "", &[(21, "defy"), (26, again)]);
            trial.until(50);
            let verdict = trial.world.verdict;
            assert_eq!((verdict.completed, verdict.collapsed), (Some(20), None));
            assert_eq!(verdict.broken, broken);
            assert_eq!(verdict.end() == End::Broken, broken.is_some());
        }
    }

    #[test]
    fn collapse_is_judged_from_the_first_clause_that_is_due() {
        // What is broken off on day 5 counts once the other is due, on day 11.
        let off =
            "[[change]]\nid = \"off\"\nclause = \"other\"\nwhen = 2030-01-06\nkind = \"end\"\n";
        let other =
            BACK[..BACK.find("[[monitor]]").unwrap_or_default()].replace("\"back\"", "\"other\"");
        let outcome = "[outcome]\ncollapsed_days = 5\n";
        for (order, collapsed) in [("comply", None), ("defy", Some(15))] {
            let orders = ordered("red", order, &[]);
            let mut trial = Trial::new(&format!("{outcome}{BACK}{other}{off}{orders}"));
            trial.until(40);
            let verdict = trial.world.verdict;
            assert_eq!((verdict.judged_from, verdict.collapsed), (Some(11), collapsed), "{order}");
            assert_eq!(verdict.completed, None);
        }
    }

    #[test]
    fn who_dies_violating_stays_in_the_share_with_losses() {
        // Red leaves on day 15, five days late.
        let late = [(0, "defy"), (15, "comply")];
        for (day, counts) in [(5, false), (13, true), (25, false)] {
            let mut trial = two_clauses("", "", &late);
            trial.until(day);
            let dead = lose(&mut trial, "guard", 0.3);
            assert!((10.0..50.0).contains(&dead));
            trial.until(60);
            let clause = trial.clause("back");
            let shares = trial.world.clauses[clause].shares;
            let with_losses = if counts { (100.0 - dead) / 100.0 } else { 1.0 };
            assert_eq!((shares.met, shares.with_losses), (1.0, with_losses), "day {day}");
            let verdict = trial.world.verdict;
            assert_eq!(verdict.completed.is_some(), !counts, "day {day}");
            assert_eq!(verdict.end() == End::Incomplete, counts, "day {day}");
        }
    }

    #[test]
    fn an_agreement_kept_by_the_dead_is_destroyed() {
        // All of red die on day 13, having left or not; days 14 to 23 are ten.
        for order in ["comply", "defy"] {
            let mut trial = two_clauses("", "", &[(0, order)]);
            trial.until(13);
            lose(&mut trial, "guard", 1.0);
            trial.until(60);
            let state = &trial.world.clauses[trial.clause("back")];
            let verdict = trial.world.verdict;
            // Those who had left keep it from day 11 on.
            let day = if order == "comply" { 20 } else { 23 };
            assert_eq!((verdict.destroyed, verdict.completed), (Some(day), None), "{order}");
            assert_eq!(verdict.end(), End::Destroyed);
            let with_losses = if order == "comply" { 1.0 } else { 0.0 };
            assert_eq!(state.shares.with_losses, with_losses);
            assert_eq!(state.shares.met.is_nan(), order == "defy");
        }
        // What was completed on day 20 can be destroyed later.
        let mut trial = two_clauses("", "", &[]);
        trial.until(25);
        lose(&mut trial, "guard", 1.0);
        trial.until(60);
        let verdict = trial.world.verdict;
        assert_eq!((verdict.completed, verdict.destroyed), (Some(20), Some(26)));
        assert_eq!(verdict.end(), End::Destroyed);
        // Of blue alone, too, though red is twice as many.
        let mut trial = two_clauses("", "", &[]);
        trial.until(13);
        lose(&mut trial, "post", 1.0);
        trial.until(60);
        assert_eq!(trial.world.verdict.destroyed, Some(20));
    }
}
