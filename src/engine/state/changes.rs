//! What has changed since something was last reckoned from it.
//!
//! Processes say what happened as a [`Fact`]; here, and nowhere else, stands what
//! follows from it: which clauses are judged anew, and what those who record a turn
//! have to read again.

use super::clause::{Register, Stale};
use super::world::World;
use crate::model::{Bits, ClauseIndex, ForceIndex, Model};

/// Something that changed, as a process says it.
pub(in crate::engine) enum Fact<'a> {
    /// A clause has started, ended, been suspended or resumed.
    Force(ClauseIndex),
    /// A clause counts anew: it started, its terms changed, or a step was done.
    Terms(ClauseIndex),
    /// Deliveries under a clause went on; what was claimed of it stands.
    Delivered(ClauseIndex),
    /// What is on record of deliveries may be another share.
    DeliveryRecorded,
    /// A force stands elsewhere; it keeps these clauses as before.
    Moved(ForceIndex, &'a Bits<ClauseIndex>),
    /// A force has other weapons in the scope of clauses that do not bind it.
    Rearmed(ForceIndex),
    /// A force became larger or smaller.
    Resized(ForceIndex),
    /// A force meets these clauses now, or does no more.
    Meets(&'a Bits<ClauseIndex>),
    /// What a bound force weighs in these clauses is another number.
    Weighs(&'a Bits<ClauseIndex>),
    /// A unit that decides on a clause gave another order.
    Ordered(ClauseIndex),
    /// What is claimed of a clause.
    Claimed(ClauseIndex),
    /// What the monitors of a clause hold of a force that it binds.
    Observed(ClauseIndex),
    /// An observation counts until a day.
    Expires(u32),
    /// Acts that a clause forbids, a way that it keeps open.
    Entered(ClauseIndex),
    /// Cases of a clause.
    Case(ClauseIndex),
    /// The day on which a clause falls due is known, or another.
    Due,
    /// A gate may open that waits for what was recorded or done.
    Awaited,
}

/// Sets of clauses by what is to be reckoned anew, and what may be read again.
#[derive(Debug, Clone, Default)]
pub(in crate::engine) struct Changes {
    /// To be judged anew.
    stale: Bits<ClauseIndex>,
    /// The day on which every clause is looked at even if nothing happens.
    next_judged: u32,
    /// In force.
    in_force: Bits<ClauseIndex>,
    /// Those whose violators may lack another number of kilometres.
    shifted: Bits<ClauseIndex>,
    /// The same of those in their scope whom they do not bind.
    shifted_outside: Bits<ClauseIndex>,
    /// Those on which an order was given or strength changed.
    reordered: Bits<ClauseIndex>,
    /// Those of which something that is recorded may have changed since the turn
    /// began; the passing of a day is not in it.
    fresh: Bits<ClauseIndex>,
    /// The same of what is on record of them, or claimed.
    told: Bits<ClauseIndex>,
    /// By register: those of which some force may have another share since the turn began; and
    /// those in which some force may weigh something else.
    to_share: [Bits<ClauseIndex>; 4],
    /// By register: those of which some party has another share than at the end of the turn
    /// before.
    shared: [Bits<ClauseIndex>; 3],
    /// Those whose orders were counted anew at the end of the turn.
    ordered: Bits<ClauseIndex>,
    /// Those that bind somebody who moved or became another size since the turn
    /// began.
    moved: Bits<ClauseIndex>,
    /// Those whose count may be another one since the turn began.
    recounted: Bits<ClauseIndex>,
    /// How often something changed that anybody may know without a report: a claim,
    /// a strength, what is delivered, whether a clause is in force or agreed.
    news: u32,
    /// How often a clause started or ended, or the day on which it falls due became another.
    owed: u32,
    /// The last day on which a clause started, or was committed to again.
    last_start: u32,
    /// The day on which gates are looked at again.
    pub(in crate::engine) next_gate: u32,
}

impl Changes {
    /// Forgets what the turn before changed.
    pub(super) fn begin_turn(&mut self) {
        self.fresh.clear();
        self.told.clear();
        for those in self.to_share.iter_mut().chain(&mut self.shared) {
            those.clear();
        }
        self.ordered.clear();
        self.moved.clear();
        self.recounted.clear();
    }

    /// The clauses in force.
    pub(in crate::engine) fn in_force(&self) -> &Bits<ClauseIndex> {
        &self.in_force
    }

    /// The clauses in force of which some force may have another share than before the turn.
    pub(in crate::engine) fn to_share(&self) -> Bits<ClauseIndex> {
        let mut those = Bits::new();
        self.to_share.iter().for_each(|it| those.union_with(it));
        those.intersect_with(&self.in_force);
        those
    }

    /// Of these: in which registers, and whether what forces weigh changed.
    pub(in crate::engine) fn to_share_of(&self, clause: ClauseIndex) -> [bool; 4] {
        self.to_share.each_ref().map(|it| it.contains(clause))
    }

    /// Some party has another share of a clause now.
    pub(in crate::engine) fn shared(&mut self, clause: ClauseIndex, registers: [bool; 3]) {
        for (those, is) in self.shared.iter_mut().zip(registers) {
            if is {
                those.insert(clause);
            }
        }
    }

    /// Whether a clause is to be judged anew.
    pub(in crate::engine) fn is_stale(&self, clause: ClauseIndex) -> bool {
        self.stale.contains(clause)
    }

    /// The last day on which a clause started, or was committed to again.
    #[inline]
    pub(in crate::engine) fn last_start(&self) -> u32 {
        self.last_start
    }

    /// How often anything changed that needs no report to be known.
    pub(in crate::engine) fn news(&self) -> u32 {
        self.news
    }

    /// How often something changed in what is owed, and from when.
    pub(in crate::engine) fn owed(&self) -> u32 {
        self.owed
    }

    /// The clauses to be judged on a day, if there are any; whether all are, because
    /// something falls due.
    pub(in crate::engine) fn to_judge(&self, day: u32) -> Option<(Bits<ClauseIndex>, bool)> {
        if day >= self.next_judged {
            return Some((self.in_force.clone(), true));
        }
        if !self.stale.intersects(&self.in_force) {
            return None;
        }
        Some((self.stale.intersection(&self.in_force), false))
    }

    /// They have been judged; of those in force the next falls due on a day, which is
    /// the least of all only if all were looked at.
    pub(in crate::engine) fn judged(&mut self, next: u32, all: bool) {
        self.next_judged = if all { next } else { self.next_judged.min(next) };
        self.stale.difference_with(&self.in_force);
    }

    /// A clause has been judged anew, in some registers or by other weights: it is read again,
    /// in truth or only what is on record of it and claimed.
    pub(in crate::engine) fn judged_anew(
        &mut self,
        clause: ClauseIndex,
        registers: [bool; 4],
        in_truth: bool,
    ) {
        for (those, is) in self.to_share.iter_mut().zip(registers) {
            if is {
                those.insert(clause);
            }
        }
        let those = if in_truth { &mut self.fresh } else { &mut self.told };
        those.insert(clause);
    }

    /// At the end of a turn: the clauses whose orders, whose violators and whose
    /// outsiders are to be counted.
    pub(in crate::engine) fn close(&mut self) -> [Bits<ClauseIndex>; 3] {
        self.ordered.union_with(&self.reordered);
        self.moved.union_with(&self.shifted);
        [
            std::mem::take(&mut self.reordered),
            std::mem::take(&mut self.shifted),
            std::mem::take(&mut self.shifted_outside),
        ]
    }
}

impl World {
    /// Takes note of what a process changed. What follows from a fact is known where it is
    /// said: a call is as much as that takes.
    #[inline(always)]
    pub(in crate::engine) fn note(&mut self, model: &Model, fact: Fact<'_>) {
        let changes = &mut self.changes;
        match fact {
            Fact::Force(clause) => {
                let state = &self.clauses[clause];
                let is =
                    state.started.is_some() && state.suspended.is_none() && state.ended.is_none();
                changes.last_start = changes.last_start.max(state.started.map_or(0, |it| it.0));
                changes.in_force.set(clause, is);
                changes.shifted.insert(clause);
                changes.shifted_outside.insert(clause);
                changes.fresh.insert(clause);
                for those in changes.to_share.iter_mut().chain(&mut changes.shared) {
                    those.insert(clause);
                }
                changes.news += 1;
                changes.owed += 1;
            }
            Fact::Terms(clause) => {
                self.clauses[clause].stale.registers();
                changes.shifted.insert(clause);
                changes.shifted_outside.insert(clause);
                changes.reordered.insert(clause);
                changes.recounted.insert(clause);
                changes.stale.insert(clause);
            }
            Fact::Delivered(clause) => {
                let stale = &mut self.clauses[clause].stale;
                *stale = Stale { truth: true, recorded: true, weights: true, ..*stale };
                changes.shifted.insert(clause);
                changes.stale.insert(clause);
            }
            Fact::DeliveryRecorded => changes.news += 1,
            Fact::Moved(force, keeps) => {
                self.forces[force].shifted = true;
                let touched = &model.forces[force].touched;
                changes.moved.union_with(&touched.bound);
                changes.shifted_outside.union_with(&touched.unbound);
                // Who keeps a clause lacks nothing of it, wherever it is.
                changes.shifted.union_with(&touched.bound.difference(keeps));
            }
            Fact::Rearmed(force) => {
                self.forces[force].shifted = true;
                changes.shifted_outside.union_with(&model.forces[force].touched.unbound);
            }
            Fact::Resized(force) => {
                self.forces[force].shifted = true;
                changes.shifted_outside.union_with(&model.forces[force].touched.unbound);
                changes.news += 1;
                self.conflict.stale = true;
            }
            Fact::Meets(clauses) => {
                changes.shifted.union_with(clauses);
                changes.stale.union_with(clauses);
            }
            Fact::Weighs(clauses) => {
                changes.shifted.union_with(clauses);
                changes.reordered.union_with(clauses);
                changes.stale.union_with(clauses);
            }
            Fact::Ordered(clause) => changes.reordered.insert(clause),
            Fact::Claimed(clause) => {
                self.clauses[clause].stale.claimed = true;
                changes.stale.insert(clause);
                changes.news += 1;
            }
            Fact::Observed(clause) => changes.stale.insert(clause),
            Fact::Expires(day) => changes.next_judged = changes.next_judged.min(day),
            Fact::Entered(clause) => changes.fresh.insert(clause),
            Fact::Case(clause) => changes.told.insert(clause),
            Fact::Due => {
                changes.next_judged = 0;
                changes.owed += 1;
            }
            Fact::Awaited => changes.next_gate = 0,
        }
    }

    /// Whether anything of a clause may have changed in the turn, which began on day `since`,
    /// other than how far who is where and what is on record or claimed. Gates that block
    /// and what is known of stores change with the days alone, and are not in it.
    #[inline]
    pub fn is_fresh(&self, model: &Model, clause: ClauseIndex, since: u32) -> bool {
        let late_after = || {
            let due = self.clauses[clause].due_on()?;
            Some(due.saturating_add(model.clauses[clause].grace_days))
        };
        self.changes.fresh.contains(clause)
            || late_after().is_some_and(|last| (since..self.day).contains(&last))
    }

    /// Whether anything that is on record of a clause, or claimed, may have changed in the
    /// turn, where nothing else has: see [`Self::is_fresh`].
    #[inline]
    pub fn is_told(&self, clause: ClauseIndex) -> bool {
        self.changes.told.contains(clause)
    }

    /// Whether a party has another share of a clause, in a register, than before the turn, or
    /// the clause is in force now and was not, or the other way round.
    #[inline]
    pub fn is_shared_anew(&self, clause: ClauseIndex, register: Register) -> bool {
        self.changes.shared[register as usize].contains(clause)
    }

    /// Whether the shares of a clause under each order may have changed in the turn.
    #[inline]
    pub fn is_reordered(&self, clause: ClauseIndex) -> bool {
        self.changes.ordered.contains(clause)
    }

    /// Whether other forces may be counted by a clause than before the turn.
    #[inline]
    pub fn is_recounted(&self, clause: ClauseIndex) -> bool {
        self.changes.recounted.contains(clause)
    }

    /// Whether anybody whom a clause binds may have moved or become another size in
    /// the turn.
    #[inline]
    pub fn has_moved(&self, clause: ClauseIndex) -> bool {
        self.changes.moved.contains(clause)
    }

    /// Whether a clause is in force.
    #[inline]
    pub fn in_force(&self, clause: ClauseIndex) -> bool {
        self.changes.in_force.contains(clause)
    }
}
