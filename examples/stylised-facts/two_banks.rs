//! What ten years on two banks that are alike show (docs/two-banks.toml).

use disengage::model::Model;
use disengage::scenario::load;

use crate::measure::{
    Failed, Spell, YEAR, each, hazard, jackknife, model, number, quantile, ratio, shown, sum,
    table, walk,
};
use crate::{Asked, Fact};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/two-banks.toml");
/// Of every arm, on common draws.
pub(crate) const REPLICATES: u64 = 2000;
/// How often the observers see a force, a day: doubled from row to row.
const SIGHTINGS: [f64; 6] = [0.0125, 0.025, 0.05, 0.1, 0.2, 0.4];
/// The file's own.
const OWN: usize = 3;
const TEN_YEARS: f64 = 10.0 * YEAR;
/// The years after which pressure is taken away.
const LET_GO: [i32; 3] = [1, 2, 3];

fn runs() -> String {
    format!("n = {REPLICATES}.")
}

/// The file under one of its variants.
fn variant(id: &str, more: &[String]) -> Result<Model, Failed> {
    let variants = load(FILE, &[])?.scenario.variants;
    let of = variants.iter().find(|it| it.id == id).ok_or("no such variant")?;
    let set = of.set.iter().map(|(path, value)| format!("{path}={}", value.to_string().trim()));
    model(FILE, &set.chain(more.iter().cloned()).collect::<Vec<_>>())
}

/// The days until an agreement collapses, in each replicate.
fn collapses(model: &Model) -> Vec<Spell> {
    let last = model.calendar.days;
    each(REPLICATES, |number| {
        let run = walk(model, number, |_, _| {});
        let judged_from = last + 1 - run.days_judged;
        let collapsed = run.days_to_agreement_collapsed.map(|days| judged_from + days - 1);
        Spell { days: collapsed.unwrap_or(last), ended: collapsed.is_some() }
    })
}

/// The days until less than a quarter has kept the cease-fire for thirteen weeks on end:
/// the agreement's own rule for a collapse, for the cease-fire alone.
fn fire_resumes(model: &Model) -> Result<Vec<Spell>, Failed> {
    let clause = model.clauses.position(|it| it.id == "cease-fire").ok_or("no cease-fire")?;
    let thresholds = model.thresholds;
    let last = model.calendar.days;
    Ok(each(REPLICATES, |number| {
        let (mut since, mut resumed) = (None, None);
        walk(model, number, |world, turn| {
            if world.clauses()[clause].shares.met >= thresholds.collapsed_below {
                since = None;
                return;
            }
            let from = *since.get_or_insert(turn.from);
            if turn.to + 1 - from >= thresholds.collapsed_days {
                resumed = resumed.or(Some(turn.to));
            }
        });
        Spell { days: resumed.unwrap_or(last), ended: resumed.is_some() }
    }))
}

/// The same replicates of two arms.
fn pairs(a: &[Spell], b: &[Spell]) -> Vec<(Spell, Spell)> {
    a.iter().copied().zip(b.iter().copied()).collect()
}

pub(crate) fn facts() -> Result<Vec<Fact>, Failed> {
    let unwatched = collapses(&variant("unwatched", &[])?);
    let mut curve = Vec::new();
    for rate in SIGHTINGS {
        let set = format!("monitor.observers.sightings_per_day={rate}");
        curve.push(collapses(&model(FILE, &[set])?));
    }
    let own = &curve[OWN];
    let weekly = ["time.turn_days=7".to_owned()];
    let whole = fire_resumes(&model(FILE, &weekly)?)?;
    let alone = fire_resumes(&variant("cease-fire-alone", &weekly)?)?;
    Ok(vec![
        watched(own, &unwatched),
        ages(own),
        effort(&unwatched, &curve),
        pressed(own)?,
        definite(&whole, &alone),
        spread(&whole, &alone),
    ])
}

fn watched(own: &[Spell], unwatched: &[Spell]) -> Fact {
    let arms = pairs(own, unwatched);
    let ten = (0.0, TEN_YEARS);
    let found = ratio(&arms, |it| hazard(it, ten, |it| it.0) / hazard(it, ten, |it| it.1));
    let rows: Vec<Vec<String>> = [("watched", own), ("unwatched", unwatched)]
        .into_iter()
        .map(|(name, spells)| {
            let collapsed = jackknife(spells, |it| {
                100.0 * sum(it, |it| it.within(0.0, TEN_YEARS).0) / it.len() as f64
            });
            let a_year = jackknife(spells, |it| hazard(it, ten, |it| *it));
            vec![name.into(), shown(&collapsed), shown(&a_year)]
        })
        .collect();
    Fact {
        pattern: "Watched agreements collapse less often than unwatched ones",
        says: "Peacekeepers lower the hazard that war resumes: among civil wars that ended after \
               1989 to about 0.32 of what it is without (Fortna 2004, second-hand); after wars \
               between states monitoring and peacekeeping lower it too (Fortna 2003). 0.15 to 0.7 \
               leaves room on either side of what differs from study to study.",
        measured: "Collapses for each year at risk over ten years, of the file as it is over the \
                   same with nobody who watches (variant `unwatched`).",
        runs: runs(),
        asked: Asked::between(0.15, 0.7),
        what: "hazard ratio",
        found,
        table: table(
            &["agreement", "collapsed in ten years, %", "collapses a year at risk"],
            &rows,
        ),
        remark: "The model's monitors press by being right: who is on record pays for it. Where \
                 nothing is seen, nothing presses.",
    }
}

fn ages(own: &[Spell]) -> Fact {
    let early = (YEAR, 5.0 * YEAR);
    let late = (5.0 * YEAR, TEN_YEARS);
    let found = ratio(own, |it| hazard(it, late, |it| *it) / hazard(it, early, |it| *it));
    let rows: Vec<Vec<String>> = (0..10)
        .map(|year| {
            let stretch = (f64::from(year) * YEAR, f64::from(year + 1) * YEAR);
            let a_year = jackknife(own, |it| hazard(it, stretch, |it| *it));
            vec![(year + 1).to_string(), shown(&a_year)]
        })
        .collect();
    Fact {
        pattern: "The longer an agreement has lasted, the less likely it is to collapse",
        says: "The hazard that war resumes falls as peace lasts (Fortna 2003 and 2004, from \
               memory).",
        measured: "Collapses for each year at risk in the sixth to tenth year, over those in the \
                   second to fifth. The first is left out: what is never carried out fails in it.",
        runs: runs(),
        asked: Asked::under(1.0),
        what: "hazard ratio",
        found,
        table: table(&["year", "collapses a year at risk"], &rows),
        remark: "Nothing in the model grows with age. Those whose resolve is weak go first; with \
                 trust switched off the hazard falls as much.",
    }
}

fn effort(unwatched: &[Spell], curve: &[Vec<Spell>]) -> Fact {
    let share = |it: &[&Spell]| 100.0 * sum(it, |it| it.within(0.0, TEN_YEARS).0) / it.len() as f64;
    let mut rows = vec![vec!["0".into(), shown(&jackknife(unwatched, share)), String::new()]];
    let mut drops = Vec::new();
    for (at, rate) in SIGHTINGS.iter().enumerate() {
        let drop = at.checked_sub(1).map(|before| {
            let arms = pairs(&curve[before], &curve[at]);
            jackknife(&arms, |it| {
                let ended = |spell: &Spell| spell.within(0.0, TEN_YEARS).0;
                100.0 * sum(it, |it| ended(&it.0) - ended(&it.1)) / it.len() as f64
            })
        });
        let words = drop.as_ref().map_or_else(String::new, shown);
        rows.push(vec![rate.to_string(), shown(&jackknife(&curve[at], share)), words]);
        drops.extend(drop);
    }
    // The doubling that does most.
    let most = drops.into_iter().max_by(|a, b| a.estimate.total_cmp(&b.estimate));
    Fact {
        pattern: "Twice the effort of monitors prevents some collapses, and not all",
        says: "Twice the spending on UN peacekeeping lowers the risk that war resumes within ten \
               years from 40 to 31 per cent (Collier, Hoeffler & Söderbom 2008).",
        measured: "The share that has collapsed within ten years, by how often the observers see a \
                   force; points by which it falls from one row to the next. Asked for is that the \
                   doubling that does most takes 5 to 15 points off.",
        runs: runs(),
        asked: Asked::between(5.0, 15.0),
        what: "points",
        found: most.unwrap_or_default(),
        table: table(
            &["sightings of a force a day", "collapsed in ten years, %", "lower by, points"],
            &rows,
        ),
        remark: "The curve bends: what is seen for certain cannot be seen more often.",
    }
}

fn pressed(own: &[Spell]) -> Result<Fact, Failed> {
    let mut rows = Vec::new();
    let mut found = Vec::new();
    for years in LET_GO {
        let date = |party: &str| format!("event.{party}-is-let-go.date={}-01-01", 2030 + years);
        let freed = collapses(&variant("let-go", &[date("north"), date("south")])?);
        let arms = pairs(&freed, own);
        let from = (f64::from(years) * YEAR).floor();
        let next = (from, from + YEAR);
        let later = (from + YEAR, TEN_YEARS);
        let over = |stretch| {
            ratio(&arms, |it| hazard(it, stretch, |it| it.0) / hazard(it, stretch, |it| it.1))
        };
        let year = |of: fn(&(Spell, Spell)) -> Spell| {
            number(hazard(&arms.iter().collect::<Vec<_>>(), next, of))
        };
        let after = over(next);
        rows.push(vec![
            years.to_string(),
            year(|it| it.0),
            year(|it| it.1),
            shown(&after),
            shown(&over(later)),
        ]);
        found.push(after);
    }
    // The least of the three.
    let least = found.into_iter().min_by(|a, b| a.low.total_cmp(&b.low));
    Ok(Fact {
        pattern: "Whoever kept an agreement under pressure from outside goes back on it once that ends",
        says: "Unnatural cease-fires, which third parties pressed for, fail more often (Werner & \
               Yuen 2005).",
        measured: "Guarantors add as much again to what being on record costs, and stop after one, \
                   two or three years (variant `let-go`). Collapses for each year at risk in the \
                   year after that, over those in the same year of agreements that were never \
                   pressed; the least of the three is asked to be above 1.",
        runs: runs(),
        asked: Asked::over(1.0),
        what: "hazard ratio",
        found: least.unwrap_or_default(),
        table: table(
            &[
                "let go after, years",
                "collapses in the next year",
                "never pressed",
                "ratio, next year",
                "ratio, later years",
            ],
            &rows,
        ),
        remark: "Those whom pressure alone held are still there when it ends; where nobody ever \
                 pressed, they have gone long before.",
    })
}

fn definite(whole: &[Spell], alone: &[Spell]) -> Fact {
    let arms = pairs(alone, whole);
    let ten = (0.0, TEN_YEARS);
    let found = ratio(&arms, |it| hazard(it, ten, |it| it.0) / hazard(it, ten, |it| it.1));
    let rows: Vec<Vec<String>> =
        [("cease-fire and withdrawal", whole), ("cease-fire alone", alone)]
            .into_iter()
            .map(|(name, spells)| {
                let years = |share| {
                    let day = quantile(spells.iter().copied(), share);
                    day.map_or_else(|| "over ten".into(), |day| number(day / YEAR))
                };
                let kept = jackknife(spells, |it| {
                    100.0 - 100.0 * sum(it, |it| it.within(0.0, TEN_YEARS).0) / it.len() as f64
                });
                vec![name.into(), years(0.25), years(0.5), years(0.75), shown(&kept)]
            })
            .collect();
    Fact {
        pattern: "A definite agreement lasts longer than a mere cessation of fire",
        says: "Definitive cease-fires, and preliminary ones with means of compliance, are followed \
               by longer quiet than cessations of hostilities without such terms (Clayton & \
               Sticher 2021); demilitarised zones lengthen peace (Fortna 2003).",
        measured: "Fire has resumed once less than a quarter has kept the cease-fire for 90 days \
                   on end. That for each year at risk over ten years, without the withdrawal \
                   (variant `cease-fire-alone`) over with it.",
        runs: runs(),
        asked: Asked::over(1.0),
        what: "hazard ratio",
        found,
        table: table(
            &[
                "agreement",
                "a quarter resumed, years",
                "half",
                "three quarters",
                "fire not resumed in ten years, %",
            ],
            &rows,
        ),
        remark: "Local fire falls with distance, and what each side is seen to keep builds trust: \
                 with incidents switched off most of the difference goes, with trust off too all \
                 of it.",
    }
}

/// The day by which nine tenths of cease-fires have ended over that by which one has; ten
/// years stand for what lasts longer.
fn range_of(spells: &[&Spell]) -> f64 {
    let all = || spells.iter().map(|it| **it);
    let late = quantile(all(), 0.9).unwrap_or(TEN_YEARS);
    late / quantile(all(), 0.1).unwrap_or(TEN_YEARS)
}

fn spread(whole: &[Spell], alone: &[Spell]) -> Fact {
    let rows: Vec<Vec<String>> =
        [("cease-fire and withdrawal", whole), ("cease-fire alone", alone)]
            .into_iter()
            .map(|(name, spells)| {
                let years = |share| {
                    let day = quantile(spells.iter().copied(), share);
                    day.map_or_else(|| "over ten".into(), |day| number(day / YEAR))
                };
                vec![name.into(), years(0.1), years(0.9), shown(&ratio(spells, range_of))]
            })
            .collect();
    Fact {
        pattern: "Some cease-fires last for days or months, others for years",
        says: "Some fall apart within days or months, others hold for years (Fortna 2003).",
        measured: "The day by which fire has resumed in nine tenths of agreements, as in fact 5 \
                   and with the withdrawal, over that by which it has in one tenth. Ten years \
                   stand for what lasts longer. An agreement cannot fail sooner than after 90 \
                   days.",
        runs: runs(),
        what: "p90 ÷ p10",
        asked: Asked::over(8.0),
        found: ratio(whole, range_of),
        table: table(&["agreement", "p10, years", "p90, years", "p90 ÷ p10"], &rows),
        remark: "That is the least it can be, as nine tenths have not ended in ten years. All \
                 agreements here have the same terms and parties: what makes them differ is chance \
                 alone.",
    }
}
