//! What all bundled scenarios show: confirmed cases, counts of incidents, reversals.

use std::collections::BTreeSet;

use disengage::engine::EventKind;
use disengage::model::{
    Action, ClauseIndex, IncidentSource, Model, Order, SourceIndex, TiVec, UnitIndex, ti_vec,
};
use disengage::scenario::load;
use disengage::stats::{Interval, wilson};

use crate::measure::{
    Failed, YEAR, bundled, each, jackknife, model, number, shown, sum, table, walk,
};
use crate::{Asked, Fact};

pub(crate) const REPLICATES: u64 = 100;
/// A half-year, in days.
const HALF: u32 = 182;
/// What is not simulated for long enough to show two of them is left out.
const FEWEST_HALVES: usize = 2;

fn runs() -> String {
    format!("All bundled scenarios, n = {REPLICATES} each.")
}

/// What one replicate of a scenario shows.
struct Seen {
    /// Cases recorded and confirmed, by clause.
    cases: Vec<(f64, f64)>,
    /// Incidents by half-year: of sources with a dispersion, or else of all.
    halves: Vec<f64>,
    /// Reversals and years of units, of all and of those under no clause that is recommitted to.
    all: (f64, f64),
    once: (f64, f64),
}

/// A bundled scenario and what its replicates show.
struct Shown {
    name: &'static str,
    model: Model,
    seen: Vec<Seen>,
}

pub(crate) fn facts() -> Result<Vec<Fact>, Failed> {
    let mut all = Vec::new();
    for name in bundled() {
        let model = model(name, &[])?;
        let seen = each(REPLICATES, |number| look(&model, number));
        all.push(Shown { name, model, seen });
    }
    Ok(vec![confirmed(&all)?, bursts(&all), reversals(&all)])
}

/// Whether a source has a dispersion, or none has.
fn counted(model: &Model, source: SourceIndex) -> bool {
    let stated = |it: &IncidentSource| it.dispersion.is_some();
    stated(&model.incidents[source]) || !model.incidents.iter().any(stated)
}

fn look(model: &Model, number: u64) -> Seen {
    let whole = (model.calendar.days / HALF) as usize;
    let mut halves = vec![0.0; whole];
    // Whether each unit has ever complied, and does.
    let mut orders: TiVec<UnitIndex, (bool, bool)> = ti_vec![(false, false); model.units.len()];
    let mut each: TiVec<UnitIndex, (f64, f64)> = ti_vec![(0.0, 0.0); model.units.len()];
    let mut again: TiVec<ClauseIndex, bool> = ti_vec![false; model.clauses.len()];
    let mut cases = Vec::new();
    walk(model, number, |world, turn| {
        for event in world.events() {
            match event.kind {
                EventKind::Incident { source, .. } if counted(model, source) => {
                    if let Some(half) = halves.get_mut((event.day / HALF) as usize) {
                        *half += 1.0;
                    }
                }
                EventKind::OrderGiven { unit, order, .. } => {
                    let (ever, now) = &mut orders[unit];
                    let complies = order == Order::Comply;
                    each[unit].0 += f64::from(u8::from(*ever && complies != *now));
                    (*ever, *now) = (*ever || complies, complies);
                }
                EventKind::TermsChanged { clause, action: Action::Recommit, .. } => {
                    again[clause] = true;
                }
                _ => {}
            }
        }
        let days = f64::from(turn.to + 1 - turn.from);
        for (unit, (_, years)) in model.units.iter().zip(&mut each) {
            *years += if world.in_force(unit.clause) { days / YEAR } else { 0.0 };
        }
        if turn.to == model.calendar.days {
            let of = world.clauses().iter();
            let counts = of.map(|it| (it.cases_recorded.into(), it.cases_confirmed.into()));
            cases = counts.collect();
        }
    });
    let sums = |of: &dyn Fn(ClauseIndex) -> bool| {
        let units = model.units.iter().zip(&each).filter(|(unit, _)| of(unit.clause));
        units.fold((0.0, 0.0), |sum, (_, it)| (sum.0 + it.0, sum.1 + it.1))
    };
    Seen { cases, halves, all: sums(&|_| true), once: sums(&|it| !again[it]) }
}

/// Confirmed cases over all, of the clauses that monitors of several parties watch.
fn confirmed(all: &[Shown]) -> Result<Fact, Failed> {
    let mut found = None;
    let mut rows = Vec::new();
    for it in all {
        let several: Vec<usize> = (0..it.model.clauses.len())
            .filter(|at| {
                let monitors = &it.model.clauses.raw[*at].monitors;
                let parties: BTreeSet<_> =
                    monitors.iter().map(|monitor| it.model.monitors[*monitor].party).collect();
                parties.len() > 1
            })
            .collect();
        let count = |it: &Seen, of: fn(&(f64, f64)) -> f64| -> f64 {
            several.iter().map(|at| of(&it.cases[*at])).sum()
        };
        let cases: f64 = it.seen.iter().map(|it| count(it, |it| it.0)).sum();
        if cases == 0.0 {
            continue;
        }
        let share = jackknife(&it.seen, |seen: &[&Seen]| {
            sum(seen, |it| count(it, |it| it.1)) / sum(seen, |it| count(it, |it| it.0))
        });
        rows.push(vec![
            format!("`{}`", it.name),
            number(cases / it.seen.len() as f64),
            shown(&share),
        ]);
        if it.name == "idlib-2018" {
            found = Some(share);
        }
    }
    Ok(Fact {
        pattern: "Few cases are confirmed by both sides",
        says: "Russia and Turkey each kept a register of violations of the truce in Syria: 13 and \
               19 on one day, and almost none in both (bulletins of the Russian ministry of \
               defence, 2017, from memory).",
        measured: "Confirmed cases over all cases at the end of a run, of clauses that monitors of \
                   more than one party watch; asked of Idlib, where Turkey and Russia watch, and \
                   no neutral does. A case is confirmed by any two of its monitors, so that this \
                   is an upper end of what both sides confirm.",
        runs: runs(),
        asked: Asked::under(0.5),
        what: "share",
        found: found.ok_or("no case in idlib-2018")?,
        table: table(&["scenario", "cases in a run", "of these confirmed"], &rows),
        remark: "Two monitors seldom see the same force within thirty days, and each has its own \
                 errors.",
    })
}

fn bursts(all: &[Shown]) -> Fact {
    let mut found: Option<Interval> = None;
    let mut rows = Vec::new();
    for it in all {
        let stated = it.model.incidents.iter().any(|it| it.dispersion.is_some());
        let incidents: f64 = it.seen.iter().map(|it| it.halves.iter().sum::<f64>()).sum();
        if it.seen.iter().any(|it| it.halves.len() < FEWEST_HALVES) || incidents == 0.0 {
            continue;
        }
        let over = jackknife(&it.seen, |seen| {
            sum(seen, |it| spread(&it.halves).1) / sum(seen, |it| spread(&it.halves).0)
        });
        let halves = it.seen.first().map_or(0, |it| it.halves.len());
        rows.push(vec![
            format!("`{}`", it.name),
            if stated { "yes" } else { "no" }.into(),
            halves.to_string(),
            number(incidents / (it.seen.len() * halves) as f64),
            shown(&over),
        ]);
        found = if it.name == "minsk-2015" { Some(over) } else { found };
    }
    Fact {
        pattern: "Violence comes in bursts",
        says: "The SMM counted some 16,000 violations in a week of December 2017 and 1,200 in one \
               of July 2018, 299,633 in 2019 and 134,767 in 2020 (UCMC 2017 and 2018, Kyiv Post \
               2021). Ten times the variance of a Poisson process is far below that: the SMM \
               counts single explosions and shots, the model exchanges.",
        measured: "Incidents by half-years of 182 days: their variance within a run over their \
                   mean, where a run has two or more; of sources with a `dispersion` where a file \
                   states one, or else of all. Asked of Minsk, whose record it is.",
        runs: runs(),
        asked: Asked::over(10.0),
        what: "variance ÷ mean",
        found: found.unwrap_or_default(),
        table: table(
            &["scenario", "dispersion stated", "half-years", "incidents in one", "variance ÷ mean"],
            &rows,
        ),
        remark: "In south-west Syria less than one rocket attack falls in a half-year on average: \
                 of what is so rare the variance stays near the mean whatever the dispersion (the \
                 formula of [7.13](model.md#713-incidents-reactions-losses)).",
    }
}

/// Mean and variance.
fn spread(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|it| (it - mean) * (it - mean)).sum();
    (mean, squares / (n - 1.0))
}

fn reversals(all: &[Shown]) -> Fact {
    let mut found: Option<Interval> = None;
    let mut rows = Vec::new();
    for it in all {
        let rate = |of: fn(&Seen) -> (f64, f64)| {
            jackknife(&it.seen, |seen| sum(seen, |it| of(it).0) / sum(seen, |it| of(it).1))
        };
        let every = rate(|it| it.all);
        rows.push(vec![
            format!("`{}`", it.name),
            it.model.units.len().to_string(),
            shown(&every),
            shown(&rate(|it| it.once)),
        ]);
        found = if found.is_none_or(|it| every.high > it.high) { Some(every) } else { found };
    }
    Fact {
        pattern: "Orders stand",
        says: "Orders to withdraw or to stay stand for months or years. No study that we know of \
               counts how often they are reversed; once a year is our upper end.",
        measured: "Changes between complying and not, but for the first time of complying, for \
                   each unit that decides and year in which its clause is in force; the greatest \
                   of all scenarios.",
        runs: runs(),
        what: "reversals a unit and year",
        asked: Asked::under(1.0),
        found: found.unwrap_or_default(),
        table: table(
            &[
                "scenario",
                "units",
                "reversals a unit and year",
                "under clauses never recommitted to",
            ],
            &rows,
        ),
        remark: "In Minsk each of fourteen recommitments brings units to comply that go back on it \
                 weeks later, and the guarantors' press, which adds to the pressure on all that a \
                 side decides, does the same to weapons. Elsewhere orders stand for years.",
    }
}

/// How many agreements collapse, watched and with every monitor off duty.
pub(crate) fn unwatched() -> Result<String, Failed> {
    let mut rows = Vec::new();
    for name in bundled() {
        let turns = "time.turn_days=31".to_owned();
        let scenario = load(name, &[])?.scenario;
        let off = scenario.monitors.iter().filter(|it| it.method.watch().is_some());
        let off = off.map(|it| format!("monitor.{}.availability=0", it.id));
        let set: Vec<String> = off.chain([turns.clone()]).collect();
        let collapsed = |model: &Model| {
            let all = each(REPLICATES, |number| {
                walk(model, number, |_, _| {}).days_to_agreement_collapsed.is_some()
            });
            let n = all.iter().filter(|it| **it).count() as u64;
            let it = wilson(n, REPLICATES);
            shown(&Interval {
                estimate: 100.0 * it.estimate,
                low: 100.0 * it.low,
                high: 100.0 * it.high,
            })
        };
        let (with, without) = (model(name, &[turns])?, model(name, &set)?);
        rows.push(vec![format!("`{name}`"), collapsed(&with), collapsed(&without)]);
    }
    Ok(table(&["scenario", "collapsed, %", "with every monitor off duty, %"], &rows))
}
