//! What is measured on every date. A measure is one row of a table (`clause.rs`,
//! `conflict.rs`, `others.rs`): its name, unit, subject, register, and how it is read.

mod clause;
mod conflict;
mod others;
mod row;

use super::positions::Positions;
use super::{beliefs, watch};
use crate::engine::{Status, World};
use crate::model::{ClauseIndex, Model, windowed};
use crate::stats::Bins;
use row::{At, Needs, Read};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

pub(super) use row::List;
pub use row::{Of, Row};

/// Every row, in the order of results.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    let tables = [
        clause::ROWS,
        clause::BY_PARTY,
        others::ITEMS,
        others::MONITORS,
        others::WEAPONS_SEEN,
        others::CLASSES_SEEN,
        others::BODIES,
        others::POSITIONS,
        others::BELIEFS,
        conflict::ROWS,
        others::AGREEMENT,
    ];
    tables.into_iter().flatten()
}

/// What a measure is of, in which unit and register.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// `clause`, `clause-party`, `monitor`, `monitor-class`, `watch`, `body`, `band`, `area`, `clause-class`, `conduct`, `incident`, `ladder`,
    /// `rule`, `account`, `party` or `agreement`.
    pub subject_kind: &'static str,
    /// Index of the clause, monitor or body, or of the number of positions, beliefs
    /// or watches.
    pub subject: usize,
    /// Id of the subject.
    pub subject_id: String,
    /// Its name.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// `true`, `recorded` or `claimed`.
    pub register: &'static str,
    /// Its bins.
    pub bins: Bins,
    reader: Reader,
}

impl Measure {
    fn new(row: &'static Row, model: &Model, subject: usize, subject_id: String) -> Self {
        Self {
            subject_kind: row.subject,
            subject,
            subject_id,
            name: row.name,
            unit: row.unit_of(model, subject),
            register: row.register.word(),
            bins: (row.bins)(model, subject),
            reader: Reader { row, subject: subject as u32, window: None },
        }
    }

    /// Whether its values are categories: each has a row of its own, by word.
    pub fn words(&self) -> Option<&'static [&'static str]> {
        (self.name == "status").then_some(&Status::WORDS)
    }

    /// Whether it pools the persons of a replicate, and so has no value of its
    /// own in one.
    pub fn is_pooled(&self) -> bool {
        self.reader.is_pooled()
    }

    /// Every measure of a model, in a fixed order.
    pub fn all(model: &Model) -> Vec<Self> {
        let mut all = Vec::new();
        for rows in [clause::ROWS, clause::BY_PARTY, others::ITEMS, others::MONITORS] {
            each(rows, model, &mut all);
        }
        let [by_monitor, by_party] = others::WEAPONS_SEEN else {
            return all;
        };
        for (kind, subject, id) in watch::subjects(model) {
            let row = if kind == "watch" { by_party } else { by_monitor };
            all.push(Self::new(row, model, subject, id));
        }
        each(others::CLASSES_SEEN, model, &mut all);
        each(others::BODIES, model, &mut all);
        let positions = Positions::new(model);
        for (subject, label) in positions.labels(model).into_iter().enumerate() {
            let Some(row) = others::named(others::POSITIONS, label.kind, label.measure) else {
                continue;
            };
            let measure = Self::new(row, model, subject, label.subject);
            let bins = match measure.unit {
                "share" => Bins::SHARE,
                _ => Bins::between(0.0, positions.greatest(model, subject), 200),
            };
            all.push(Self { bins, ..measure });
        }
        for (subject, (holder, name, bins, _)) in beliefs::all(model).into_iter().enumerate() {
            let Some(row) = others::named(others::BELIEFS, "conduct", name) else {
                continue;
            };
            let id = model.beliefs[holder].id.clone();
            all.push(Self { bins, ..Self::new(row, model, subject, id) });
        }
        each(conflict::ROWS, model, &mut all);
        each(others::AGREEMENT, model, &mut all);
        let windows = model.windows.iter().filter_map(|it| {
            let counted = |measure: &&Self| {
                (measure.name, &*measure.subject_id) == (&*it.measure, &*it.subject)
            };
            all.iter().filter(counted).find_map(|measure| measure.over(it.days))
        });
        let windows: Vec<Self> = windows.collect();
        all.extend(windows);
        all
    }

    /// The same counted over so many days; none of what is not counted by day.
    fn over(&self, days: u32) -> Option<Self> {
        let Read::Lately(_) = self.reader.row.read else { return None };
        let high = (self.bins.high * f64::from(days)).min(1e6);
        Some(Self {
            name: interned(windowed(self.name, days)),
            unit: self.unit.trim_end_matches(" per day"),
            bins: Bins::between(0.0, high, 1000),
            reader: Reader { window: Some(days), ..self.reader },
            ..self.clone()
        })
    }

    /// How it is read.
    pub(super) fn reader(&self) -> Reader {
        self.reader
    }
}

/// Every row for every subject of a model that gives occasion for it: rows of one kind
/// of subject stand together, and go subject by subject.
fn each(rows: &'static [Row], model: &Model, all: &mut Vec<Measure>) {
    for rows in rows.chunk_by(|a, b| a.subject == b.subject) {
        for (subject, id) in ids(model, rows[0].subject).into_iter().enumerate() {
            let given = rows.iter().filter(|row| (row.given)(model, subject));
            all.extend(given.map(|row| Measure::new(row, model, subject, id.to_string())));
        }
    }
}

/// A name for as long as the program runs: of each there is one.
fn interned(name: String) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(&*name) {
        return known;
    }
    let name: &'static str = name.leak();
    names.insert(name);
    name
}

/// The ids of the subjects of a kind.
fn ids<'m>(model: &'m Model, kind: &str) -> Vec<std::borrow::Cow<'m, str>> {
    if kind == "monitor-class" {
        let monitors = model.monitors.iter().flat_map(|monitor| {
            model.classes.iter().map(move |class| format!("{}/{}", monitor.id, class.id).into())
        });
        return monitors.collect();
    }
    if kind == "clause-party" {
        let clauses = model.clauses.iter().flat_map(|clause| {
            model.parties.iter().map(move |party| format!("{}/{}", clause.id, party.id).into())
        });
        return clauses.collect();
    }
    of_kind(model, kind).into_iter().map(Into::into).collect()
}

fn of_kind<'m>(model: &'m Model, kind: &str) -> Vec<&'m str> {
    match kind {
        "clause" => model.clauses.iter().map(|clause| &*clause.id).collect(),
        "installation" => model.installations.iter().map(|item| &*item.id).collect(),
        "ground" => model.grounds.iter().map(|ground| &*ground.id).collect(),
        "monitor" => model.monitors.iter().map(|monitor| &*monitor.id).collect(),
        "body" => model.bodies.iter().map(|body| &*body.id).collect(),
        "incident" => model.incidents.iter().map(|source| &*source.id).collect(),
        "ladder" => model.ladders.iter().map(|ladder| &*ladder.id).collect(),
        "rule" => model.rules.iter().map(|rule| &*rule.id).collect(),
        "account" => model.accounts.iter().map(|account| &*account.id).collect(),
        "party" => model.parties.iter().map(|party| &*party.id).collect(),
        // The agreement as a whole.
        _ => vec![""],
    }
}

/// What must have changed in a turn for a measure of a clause to be another number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum With {
    /// Something that happens: see [`World::is_fresh`].
    Truth,
    /// That, or what is on record or claimed: see [`World::is_told`].
    Records,
    /// Orders: see [`World::is_reordered`].
    Orders,
    /// Where somebody is: see [`World::has_moved`].
    Places,
    /// The share of a party in each register: see [`World::is_shared_anew`].
    TrueShare,
    /// See [`Self::TrueShare`].
    RecordedShare,
    /// See [`Self::TrueShare`].
    ClaimedShare,
}

impl With {
    /// How many there are.
    pub(super) const COUNT: usize = Self::ClaimedShare as usize + 1;
}

/// How a measure is read, without what it is called: what is gone through on
/// every date.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    row: &'static Row,
    subject: u32,
    /// Days over which it is counted, instead of the mean a day.
    window: Option<u32>,
}

impl Reader {
    /// The list that it is a number of, if it is read off one.
    pub(super) fn list(&self) -> Option<List> {
        match self.row.read {
            Read::List(list) => Some(list),
            _ => None,
        }
    }

    /// Whether it pools the forces of a replicate: see [`Self::read_each`].
    pub(super) fn is_pooled(&self) -> bool {
        matches!(self.row.read, Read::Pooled)
    }

    /// Of a clause: what must have changed for it to be another number.
    pub(super) fn changes_with(&self) -> With {
        match self.row.read {
            Read::Places(_) | Read::Pooled => With::Places,
            Read::Orders(_) => With::Orders,
            Read::Share(_) => match self.row.register {
                Of::True => With::TrueShare,
                Of::Recorded => With::RecordedShare,
                Of::Claimed => With::ClaimedShare,
            },
            _ if self.row.register == Of::True => With::Truth,
            _ => With::Records,
        }
    }

    /// Whether it may change on any date.
    pub(super) fn is_daily(&self) -> bool {
        matches!(self.row.read, Read::Daily(_) | Read::Lately(_))
    }

    /// What the world shows at the end of a turn; NaN where that
    /// is not defined (a clause not in force, no violators), or it is pooled or of a
    /// list.
    #[inline]
    pub(super) fn read(&self, model: &Model, world: &World) -> f64 {
        let clause = self.clause();
        let counts = match self.row.needs {
            Needs::Nothing => true,
            Needs::Start => world.clauses()[clause].started.is_some(),
            Needs::Force => world.clauses()[clause].started.is_some() && world.in_force(clause),
        };
        match self.row.read {
            Read::Daily(read)
            | Read::Clause(read)
            | Read::Share(read)
            | Read::Orders(read)
            | Read::Places(read)
                if counts =>
            {
                read(&At { model, world, subject: self.subject as usize })
            }
            Read::Lately(read) => {
                let lately = read(&At { model, world, subject: self.subject as usize });
                match self.window {
                    Some(days) => lately.over(world.day(), days),
                    None => lately.rate(world.day(), model.window_days),
                }
            }
            _ => f64::NAN,
        }
    }

    /// How many values a pooled measure pools.
    pub(super) fn pools(&self, model: &Model) -> usize {
        if self.is_pooled() { model.clauses[self.clause()].bound.len() } else { 0 }
    }

    /// For a pooled measure: what has changed in the turn of each value with its
    /// weight, such as persons, or (of `all`) since it was read into `standing`, which
    /// has as many.
    pub(super) fn read_each(
        &self,
        model: &Model,
        world: &World,
        all: bool,
        standing: &mut [(f64, u32)],
        mut with: impl FnMut((f64, u32), (f64, u32)),
    ) {
        let clause = &world.clauses()[self.clause()];
        let started = clause.started.is_some();
        let bound = &model.clauses[self.clause()].bound;
        for ((at, bound), standing) in bound.iter_enumerated().zip(standing) {
            let state = &world.forces()[bound.force];
            if !all && !state.shifted {
                continue;
            }
            let now = if started && clause.counted[at] {
                (state.km[bound.obligation], state.strength)
            } else {
                (f64::NAN, 0)
            };
            let same = now.0 == standing.0 || now.0.is_nan() && standing.0.is_nan();
            if !same || now.1 != standing.1 {
                with(*standing, now);
                *standing = now;
            }
        }
    }

    /// The clause that it is of, if it is of one.
    fn clause(&self) -> ClauseIndex {
        (self.subject as usize).into()
    }
}

impl PartialEq for Reader {
    fn eq(&self, other: &Self) -> bool {
        let key = |reader: &Self| {
            (reader.row.subject, reader.row.name, reader.row.register, reader.window)
        };
        (key(self), self.subject) == (key(other), other.subject)
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.row.name, self.subject)
    }
}
