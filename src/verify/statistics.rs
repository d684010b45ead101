//! Intervals and competing risks.

use super::bench::{self, SEED, file, walk};
use super::ledger::{Ledger, rows};
use crate::experiment::First;
use crate::record::{Outcomes, TwinRow};
use crate::stats::{Draws, EventTimes, Stream, wilson};
use crate::theory::share_complying;

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("statistics", "Wilson 1927; Brown, Cai & DasGupta 2001");
    for (yes, low, high) in [(0, 0.0, 0.0370), (5, 0.0215, 0.1118), (50, 0.4038, 0.5962)] {
        let it = wilson(yes, 100);
        rows! { ledger:
            formula "wilson-{yes}-low" "Wilson 95 %, {yes} of 100: lower end": low, it.low, 4;
            formula "wilson-{yes}-high" "Wilson 95 %, {yes} of 100: upper end": high, it.high, 4;
        }
    }
    competing(ledger);
    twins(ledger);
}

/// A garrison for whom complying is worth ΔU = u in half of the replicates and −u in the other
/// half complies with logistic(±u): of the variance of whether it does, the file's part is that
/// of the probability.
fn twins(ledger: &mut Ledger) {
    ledger.source("derived: the law of total variance");
    for (u, expected) in [(1.0, 0.2136), (3.0, 0.8193)] {
        let [low, high] = [-u, u].map(share_complying);
        let (p, apart) = (0.5 * (low + high), 0.5 * (high - low));
        let found = outer_shares(ledger, &format!("{{ choice = [-{u:?}, {u:?}] }}"), 40);
        rows! { ledger:
            formula "outer-share-{u}" "outer share of whether a garrison complies, ΔU {u} or −{u}":
                expected, apart * apart / (p * (1.0 - p)), 4;
            engine "outer-share-{u}-engine" "the same from twins of the engine":
                expected, found, 0.015;
        }
    }
    let all = outer_shares(ledger, "{ choice = [-60, 60] }", 1);
    let all = all.first().copied().unwrap_or(f64::NAN);
    let none = outer_shares(ledger, "0", 40);
    rows! { ledger:
        exact "outer-share-all" "the same where ΔU is ±60, and the file decides": 1.0, all, 4;
        engine "outer-share-none" "the same at ΔU 0, where all is chance":
            0.0, none, 0.015;
    }
}

/// The outer share of whether a garrison complies at the end, who gives up this much by it, by
/// batch of 200 pairs. The strength is drawn as well and changes nothing.
fn outer_shares(ledger: &Ledger, value: &str, batches: u64) -> Vec<f64> {
    let force = bench::forces(1, 5.0, "mobility_km_per_day = 1000");
    let force = force.replace("strength = 100", "strength = { uniform = [90, 110] }");
    let decides = format!("review_days = 30\nvalue = {value}");
    let tables = [force, bench::keep(""), bench::conduct("quantal-response", &decides)];
    bench::each(file(3, 1, &tables.concat()), ledger.replicates(batches), |model, batch| {
        let seed = SEED + batch;
        let rows = First::again(model, seed, 200).twins(model, seed, 0);
        let row = TwinRow::find(&rows, "pullback", "kept_at_end", "true");
        row.map_or(f64::NAN, |row| row.share.estimate)
    })
}

/// Completion at .02 and collapse at .03 a week, by week 78.
fn competing(ledger: &mut Ledger) {
    ledger.source("Aalen & Johansen 1978; derived");
    let (completion, collapse, weeks) = (0.02, 0.03, 78.0);
    let all = completion + collapse;
    let incidence = completion / all * -libm::expm1(-all * weeks);
    let naive = -libm::expm1(-completion * weeks);
    rows! { ledger:
        formula "incidence" "completion .02 and collapse .03 a week: completed by week 78":
            0.3919, incidence, 4;
        refused "one-minus-km" "1 − Kaplan–Meier, collapse taken for censoring":
            0.7899, naive, incidence;
    }
    // In hours, or whole days would be a grain of the hazards; what is still going
    // is cut short between weeks 70 and 90.
    let stream = Stream::new("oracle-competing-risks", &[]);
    let (hours, last, n) = (168.0, 78 * 168, 1000);
    let longest = 91 * 168;
    let samples = crate::threads::map(0..ledger.replicates(400), |sample| {
        let draws = Draws::new(SEED, sample);
        let mut both = EventTimes::<2>::new(longest);
        let mut one = EventTimes::<1>::new(longest);
        for i in 0..n {
            let (u, v) = draws.uniforms(stream, 0, i);
            let watched = ((70.0 + 20.0 * draws.uniform(stream, 1, i)) * hours) as u32;
            let hour = (-libm::log(u) / all * hours).ceil() as u32;
            if hour > watched {
                both.add_censored(watched);
                one.add_censored(watched);
            } else if v * all < completion {
                both.add(hour, 0);
                one.add(hour, 0);
            } else {
                both.add(hour, 1);
                one.add_censored(hour);
            }
        }
        let right = both.incidence(0, last).interval.estimate;
        (right, 1.0 - one.survival(last))
    });
    let (right, wrong): (Vec<f64>, Vec<f64>) = samples.into_iter().unzip();
    rows! { ledger:
        sample "incidence-estimated"
            "the same estimated by Aalen–Johansen on samples of 1,000, some cut short":
            0.3919, right, 0.001;
        sample "one-minus-km-estimated" "1 − Kaplan–Meier on the same samples":
            0.7899, wrong, 0.002;
    }
    ledger.is_wrong(incidence);
    by_the_engine(ledger, (completion, collapse), incidence);
}

/// The same by runs of the engine, whose agreement is completed or has collapsed
/// on the first day on which both parties comply or neither does. Orders are
/// drawn daily, so that the two come with the stated hazards: p(1 − q) and
/// q(1 − p) a day, p that red begins to comply and q that blue ceases to.
fn by_the_engine(ledger: &mut Ledger, (completion, collapse): (f64, f64), incidence: f64) {
    let all = completion + collapse;
    let a_day = -libm::expm1(-all / 7.0);
    let (up, down) = (completion / all * a_day, collapse / all * a_day);
    let half = 0.5 * (1.0 - up + down);
    let q = half - libm::sqrt(half * half - down);
    let p = q + up - down;
    let days = 546;
    let side = |party: &str, comply: f64| {
        let more = format!(
            "[[conduct]]\nid = \"{party}-draws\"\nparty = \"{party}\"\nkind = \"reciprocal\"\n\
             toward = [\"watcher\"]\nreview_days = 1\naction_error = {:?}\n",
            1.0 - comply
        );
        bench::side(party, &format!("{party}-home"), &more)
    };
    let ends = "[outcome]\ncompleted_days = 1\ncollapsed_days = 1\n[[party]]\nid = \"blue\"\n";
    let text = file(days, 7, &[ends, &side("red", p), &side("blue", 1.0 - q)].concat());
    let batch = 50;
    let estimates = bench::each(text, ledger.replicates(80), |model, number| {
        let mut outcomes = Outcomes::new(model);
        let mut one = EventTimes::<1>::new(days as u32);
        for run in 0..batch {
            let run = walk(model, number * batch + run, |_, _| {});
            outcomes.add(model, &run);
            let collapsed = run.days_to_agreement_collapsed.unwrap_or(days as u32);
            match run.days_to_agreement_completed {
                Some(day) if day < collapsed => one.add(day, 0),
                _ => one.add_censored(collapsed),
            }
        }
        let rows = outcomes.rows(model, 0);
        let row = rows.iter().find(|row| row.outcome == "completion");
        let right = row.map_or(f64::NAN, |row| row.estimate);
        (right, 1.0 - one.survival(days as u32))
    });
    let (right, wrong): (Vec<f64>, Vec<f64>) = estimates.into_iter().unzip();
    // What the mistake gives where hazards are a day's.
    let naive = 1.0 - libm::pow(1.0 - up, f64::from(days));
    rows! { ledger:
        engine "incidence-engine"
            "the same by the engine: completion and collapse of an agreement, Aalen–Johansen":
            0.3919, right, 0.009;
        engine "one-minus-km-engine" "1 − Kaplan–Meier on the engine's runs": naive, wrong, 0.02;
    }
    ledger.is_wrong(incidence);
}
