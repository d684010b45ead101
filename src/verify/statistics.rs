//! Intervals and competing risks.

use super::bench::SEED;
use super::ledger::Ledger;
use crate::stats::{Draws, EventTimes, Stream, wilson};

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("statistics", "Wilson 1927; Brown, Cai & DasGupta 2001");
    for (yes, low, high) in [(0, 0.0, 0.0370), (5, 0.0215, 0.1118), (50, 0.4038, 0.5962)] {
        let it = wilson(yes, 100);
        ledger.formula(
            format!("wilson-{yes}-low"),
            format!("Wilson 95 %, {yes} of 100: lower end"),
            (low, it.low),
            4,
        );
        ledger.formula(
            format!("wilson-{yes}-high"),
            format!("Wilson 95 %, {yes} of 100: upper end"),
            (high, it.high),
            4,
        );
    }
    competing(ledger);
}

/// Completion at .02 and collapse at .03 a week, by week 78.
fn competing(ledger: &mut Ledger) {
    ledger.source("Aalen & Johansen 1978; derived");
    let (completion, collapse, weeks) = (0.02, 0.03, 78.0);
    let all = completion + collapse;
    let incidence = completion / all * -libm::expm1(-all * weeks);
    ledger.formula(
        "incidence",
        "completion .02 and collapse .03 a week: completed by week 78",
        (0.3919, incidence),
        4,
    );
    let naive = -libm::expm1(-completion * weeks);
    ledger.refused(
        "one-minus-km",
        "1 − Kaplan–Meier, collapse taken for censoring",
        (0.7899, naive, incidence),
        0.000_05,
    );
    // A run in days; what is still going is cut short between weeks 70 and 90.
    let stream = Stream::new("oracle-competing-risks", &[]);
    let (last, n) = (546, 400);
    let mut right = Vec::new();
    let mut wrong = Vec::new();
    for sample in 0..ledger.replicates(200) {
        let draws = Draws::new(SEED, sample);
        let mut both = EventTimes::<2>::new(640);
        let mut one = EventTimes::<1>::new(640);
        for i in 0..n {
            let (u, v) = draws.uniforms(stream, 0, i);
            let watched = 490 + (140.0 * draws.uniform(stream, 1, i)) as u32;
            let day = (-libm::log(u) / all * 7.0).ceil() as u32;
            if day > watched {
                both.add_censored(watched);
                one.add_censored(watched);
            } else if v * all < completion {
                both.add(day, 0);
                one.add(day, 0);
            } else {
                both.add(day, 1);
                one.add_censored(day);
            }
        }
        right.push(both.incidence(0, last).interval.estimate);
        wrong.push(1.0 - one.survival(last));
    }
    ledger.sample(
        "incidence-estimated",
        "the same estimated by Aalen–Johansen on samples of 400, some cut short",
        0.3919,
        &right,
        0.003,
    );
    ledger.sample(
        "one-minus-km-estimated",
        "1 − Kaplan–Meier on the same samples",
        0.7899,
        &wrong,
        0.006,
    );
    ledger.is_wrong(incidence);
}
