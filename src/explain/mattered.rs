//! Which events mattered: the run replayed without each, on the same draws.

use std::collections::BTreeMap;
use std::mem::discriminant;

use super::words::{date, percent};
use crate::engine::{Event, Suppressed};
use crate::experiment::{Trace, trace_suppressing};
use crate::model::{ClauseIndex, End, Model};
use crate::record::Run;
use crate::threads;

/// How many events are tried at most.
const MOST: usize = 60;

/// Differences in compliance below this are none.
const LEAST: f64 = 0.005;

/// What a difference on the last day alone counts in the order, in compliance.
const LAST_DAY: f64 = 0.01;

/// What was tried, and what came of it.
#[derive(Debug, Clone)]
pub struct Tried {
    /// How many events were left out, one at a time.
    pub tried: usize,
    /// How many can be left out in all.
    pub able: usize,
    /// Those that made a difference, greatest first.
    pub found: Vec<Mattered>,
}

/// An event, and what would have been otherwise without it.
#[derive(Debug, Clone)]
pub struct Mattered {
    /// The event.
    pub event: Event,
    /// What differs, greatest first.
    pub differences: Vec<Difference>,
}

/// Something that differs without the event.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Of which clause; none where it is of the whole agreement.
    pub clause: Option<ClauseIndex>,
    /// How much, for the order: the difference in a clause's compliance by
    /// weight; an end that comes or not counts in full.
    pub size: f64,
    /// In words.
    pub text: String,
}

impl Mattered {
    fn size(&self) -> f64 {
        self.differences.iter().map(|it| it.size).fold(0.0, f64::max)
    }
}

/// Leaves events out, one at a time.
pub fn mattered(model: &Model, seed: u64, trace: &Trace) -> Tried {
    let able = trace.events.iter().filter(|it| Suppressed::can(it.kind)).count();
    let tried = candidates(trace);
    let mut found = threads::map(&tried, |event| {
        let named = [(event.day, event.kind)];
        let other = trace_suppressing(model, seed, trace.replicate, named);
        Mattered { event: *event, differences: differences(model, &trace.run, &other.run) }
    });
    found.retain(|it| !it.differences.is_empty());
    found.sort_by(|a, b| b.size().total_cmp(&a.size()));
    Tried { tried: tried.len(), able, found }
}

/// How the agreement ended, and after how many days.
fn ended(run: &Run) -> (End, u32) {
    let end = run.end();
    let day = match end {
        End::Completed => run.days_to_agreement_completed,
        End::Broken => run.days_to_agreement_broken,
        End::Collapsed => run.days_to_agreement_collapsed,
        End::Destroyed => run.days_to_agreement_destroyed,
        End::Incomplete => None,
    };
    (end, day.unwrap_or(0))
}

/// What differs between a run and the one without an event.
fn differences(model: &Model, with: &Run, without: &Run) -> Vec<Difference> {
    let mut all = Vec::new();
    let weights: f64 = model.clauses.iter().map(|it| it.weight).sum();
    let ([(a, on), (b, other)], days) = ([ended(with), ended(without)], model.calendar.days);
    if (a, on) != (b, other) {
        let told = |end: End, day: u32| match end {
            End::Incomplete => "incomplete".to_owned(),
            _ => format!("{} after {}", end.said(), super::words::count(day as usize, "day")),
        };
        let size =
            if a == b { f64::from(on.abs_diff(other)) / f64::from(days.max(1)) } else { 1.0 };
        let text = format!("the agreement ends {} instead of {}", told(b, other), told(a, on));
        all.push(Difference { clause: None, size, text });
    }
    for ((clause, a), b) in with.clauses.iter_enumerated().zip(&without.clauses) {
        let it = &model.clauses[clause];
        if it.weight <= 0.0 {
            continue;
        }
        let mut parts: Vec<String> = Vec::new();
        let mut size: f64 = 0.0;
        match (a.met.is_finite(), b.met.is_finite()) {
            (true, true) if (a.met - b.met).abs() >= LEAST => {
                size = (a.met - b.met).abs();
                parts.push(format!(
                    "{:.1}\u{a0}% kept in truth instead of {:.1}\u{a0}%",
                    100.0 * b.met,
                    100.0 * a.met
                ));
            }
            (true, false) => {
                size = a.met;
                parts.push(format!("never owed, instead of {} kept in truth", percent(a.met)));
            }
            (false, true) => {
                size = b.met;
                parts.push(format!(
                    "owed, and {} kept in truth, instead of never owed",
                    percent(b.met)
                ));
            }
            _ => {}
        }
        if let (Some(a), Some(b)) = (a.deadline_met, b.deadline_met)
            && a != b
        {
            size = size.max(0.1);
            parts.push(
                if b {
                    "its deadline met instead of missed"
                } else {
                    "its deadline missed instead of met"
                }
                .into(),
            );
        }
        if a.kept_at_end != b.kept_at_end && a.started_day.is_some() && b.started_day.is_some() {
            // One day out of all, and for a clause that comes and goes a toss.
            size = size.max(LAST_DAY);
            parts.push(
                if b.kept_at_end {
                    "kept at its end instead of not"
                } else {
                    "not kept at its end instead of kept"
                }
                .into(),
            );
        }
        if !parts.is_empty() {
            all.push(Difference {
                clause: Some(clause),
                size: size * it.weight / weights.max(1e-9),
                text: format!("“{}”: {}", it.title, parts.join("; ")),
            });
        }
    }
    all.sort_by(|a, b| b.size.total_cmp(&a.size));
    all
}

/// The events that can be left out: of each kind in turn the one with most
/// descendants, until there are enough.
fn candidates(trace: &Trace) -> Vec<Event> {
    let most = trace.events.iter().map(|it| it.id as usize + 1).max();
    let mut descendants = vec![0_u32; most.unwrap_or(0)];
    let mut by_id: Vec<&Event> = trace.events.iter().collect();
    by_id.sort_by_key(|it| it.id);
    for event in by_id.iter().rev() {
        if let Some(cause) = event.cause {
            descendants[cause as usize] += 1 + descendants[event.id as usize];
        }
    }
    let mut kinds: Vec<(_, Vec<Event>)> = Vec::new();
    for event in trace.events.iter().filter(|it| Suppressed::can(it.kind)) {
        let kind = discriminant(&event.kind);
        match kinds.iter_mut().find(|(it, _)| *it == kind) {
            Some((_, events)) => events.push(*event),
            None => kinds.push((kind, vec![*event])),
        }
    }
    for (_, events) in &mut kinds {
        events.sort_by_key(|it| std::cmp::Reverse(descendants[it.id as usize]));
    }
    // The place in its kind, then the kind: all first ones, then all second.
    let mut ranked: BTreeMap<(usize, usize), Event> = BTreeMap::new();
    for (kind, (_, events)) in kinds.iter().enumerate() {
        for (place, event) in events.iter().enumerate() {
            ranked.insert((place, kind), *event);
        }
    }
    ranked.into_values().take(MOST).collect()
}

impl Mattered {
    /// Its date in words.
    pub fn date(&self, model: &Model) -> String {
        date(model, self.event.day)
    }
}
