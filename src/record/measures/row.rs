//! What a measure is: one row that says its name, unit, subject and register, what it
//! means, how it is read and on which occasion.

use crate::engine::{ClauseState, Lately, PartyShares, World};
use crate::model::{ClauseIndex, Model, MonitorIndex};
use crate::stats::Bins;

/// Whose knowledge a measure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// What happens.
    True,
    /// What monitors hold.
    Recorded,
    /// What parties say.
    Claimed,
}

impl Of {
    /// The word of results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::Recorded => "recorded",
            Self::Claimed => "claimed",
        }
    }
}

/// The unit of a measure.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// Always this one.
    Is(&'static str),
    /// By subject; all that there are, in words.
    By(fn(&Model, usize) -> &'static str, &'static str),
}

/// Measures that are worked out together for a date, and stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Positions,
    Beliefs,
    Watches,
}

/// How a measure is read off a world.
#[derive(Clone, Copy)]
pub(super) enum Read {
    /// On every date.
    Daily(fn(&At<'_>) -> f64),
    /// On every date, the mean a day over the days before it, or the sum over a window.
    Lately(for<'w> fn(&At<'w>) -> &'w Lately),
    /// Of a clause, when something of it changed: see [`World::is_fresh`].
    Clause(fn(&At<'_>) -> f64),
    /// Of a clause and a party, when a party has another share of it: see
    /// [`World::is_shared_anew`].
    Share(fn(&At<'_>) -> f64),
    /// Of a clause, when an order was given: see [`World::is_reordered`].
    Orders(fn(&At<'_>) -> f64),
    /// Of a clause, when somebody moved: see [`World::has_moved`].
    Places(fn(&At<'_>) -> f64),
    /// The persons of a replicate are pooled: it has no value of its own in one.
    Pooled,
    /// With others.
    List(List),
}

/// Of which clauses there is a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// All.
    Nothing,
    /// Those that have started: what was counted, done or handed over stands.
    Start,
    /// Those in force: nobody judges one that is suspended or has ended.
    Force,
}

/// Where a measure is read: the world at the end of a turn.
pub(super) struct At<'w> {
    pub(super) model: &'w Model,
    pub(super) world: &'w World,
    /// The number of its subject in the table of its kind.
    pub(super) subject: usize,
}

impl At<'_> {
    /// Of a subject that is a clause and a party: the clause.
    pub(super) fn clause_index(&self) -> ClauseIndex {
        (self.subject / self.model.parties.len()).into()
    }

    /// The party.
    pub(super) fn party(&self) -> usize {
        self.subject % self.model.parties.len()
    }

    /// Of a clause and a party: a share of it; NaN while the clause is not in force.
    pub(super) fn of_party(&self, share: impl Fn(&PartyShares) -> f64) -> f64 {
        let clause = self.clause_index();
        let shares = || self.world.clauses()[clause].by_party.raw.get(self.party());
        let shares = if self.world.in_force(clause) { shares() } else { None };
        shares.map_or(f64::NAN, share)
    }

    /// The clause that it is of.
    pub(super) fn clause(&self) -> &ClauseState {
        &self.world.clauses().raw[self.subject]
    }

    /// The index of what it is of, among those of its kind.
    pub(super) fn index<I: From<usize>>(&self) -> I {
        self.subject.into()
    }

    /// Violations that a monitor registered for each unit of effort over the days before; NaN
    /// without effort.
    pub(super) fn by_effort(&self, monitor: MonitorIndex) -> f64 {
        let state = &self.world.monitors()[monitor];
        let over = |of: &Lately| of.over(self.world.day(), self.model.window_days);
        let effort = over(&state.effort);
        if effort > 0.0 { over(&state.violations) / effort } else { f64::NAN }
    }
}

/// One measure.
pub struct Row {
    /// The word of its subject's kind.
    pub subject: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whose knowledge it is.
    pub register: Of,
    /// What it is, in a sentence.
    pub about: &'static str,
    pub(super) unit: Unit,
    pub(super) needs: Needs,
    pub(super) read: Read,
    /// How its values are laid out.
    pub(super) bins: fn(&Model, usize) -> Bins,
    /// Whether a subject gives occasion for it.
    pub(super) given: fn(&Model, usize) -> bool,
}

/// The unit and bins of a share.
const SHARE: Unit = Unit::Is("share");

fn shares(_: &Model, _: usize) -> Bins {
    Bins::SHARE
}

fn always(_: &Model, _: usize) -> bool {
    true
}

impl Row {
    /// A share, read on every date.
    pub(super) const fn new(
        subject: &'static str,
        name: &'static str,
        register: Of,
        about: &'static str,
        read: Read,
    ) -> Self {
        Self {
            subject,
            name,
            register,
            about,
            unit: SHARE,
            needs: Needs::Nothing,
            read,
            bins: shares,
            given: always,
        }
    }

    /// Of a clause.
    pub(super) const fn clause(
        name: &'static str,
        register: Of,
        about: &'static str,
        read: fn(&At<'_>) -> f64,
    ) -> Self {
        Self::in_force(name, register, about, Read::Clause(read))
    }

    const fn in_force(name: &'static str, register: Of, about: &'static str, read: Read) -> Self {
        Self { needs: Needs::Force, ..Self::new("clause", name, register, about, read) }
    }

    /// Of what is ordered under a clause.
    pub(super) const fn orders(
        name: &'static str,
        about: &'static str,
        read: fn(&At<'_>) -> f64,
    ) -> Self {
        Self::in_force(name, Of::True, about, Read::Orders(read))
    }

    /// Of how far who is where, under a clause.
    pub(super) const fn places(
        name: &'static str,
        about: &'static str,
        read: fn(&At<'_>) -> f64,
    ) -> Self {
        Self::in_force(name, Of::True, about, Read::Places(read))
    }

    pub(super) const fn unit(self, unit: &'static str) -> Self {
        Self { unit: Unit::Is(unit), ..self }
    }

    /// Its unit depends on the subject: one of those that are named.
    pub(super) const fn unit_by(
        self,
        unit: fn(&Model, usize) -> &'static str,
        all: &'static str,
    ) -> Self {
        Self { unit: Unit::By(unit, all), ..self }
    }

    pub(super) const fn needs(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    pub(super) const fn daily(self) -> Self {
        let read = match self.read {
            Read::Clause(read) | Read::Places(read) => Read::Daily(read),
            other => other,
        };
        Self { read, ..self }
    }

    pub(super) const fn bins(self, bins: fn(&Model, usize) -> Bins) -> Self {
        Self { bins, ..self }
    }

    pub(super) const fn given(self, given: fn(&Model, usize) -> bool) -> Self {
        Self { given, ..self }
    }

    /// Its unit, in words for a reader of the list.
    pub fn unit_words(&self) -> &'static str {
        match self.unit {
            Unit::Is(unit) => unit,
            Unit::By(_, all) => all,
        }
    }

    pub(super) fn unit_of(&self, model: &Model, subject: usize) -> &'static str {
        match self.unit {
            Unit::Is(unit) => unit,
            Unit::By(unit, _) => unit(model, subject),
        }
    }
}

/// 1 of what is so, 0 of what is not.
pub(super) fn flag(is: bool) -> f64 {
    f64::from(u8::from(is))
}
