//! Arms races, reciprocal play, trust, ladders.

use super::ledger::Ledger;
use super::play;
use crate::theory::{
    Forgiving, Mistake, RichardsonRace, cooperation_after, kydd_threshold, ladder_by_steps,
    reach_top, tit_for_tat_mean,
};

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("trust and reciprocity", "Richardson 1960");
    let race = RichardsonRace { reaction: (2.0, 3.0), fatigue: (5.0, 4.0), grievance: (3.0, 7.0) };
    ledger.holds("race-stable", "a race with mn > ab is stable", race.stable());
    let (x, y) = race.equilibrium();
    ledger.formula("race-x", "where it rests: x*", (1.857_143, x), 6);
    ledger.formula("race-y", "where it rests: y*", (3.142_857, y), 6);
    let (x, y) = race.run((10.0, 1.0), 20.0, 4000);
    ledger.solver("race-x-run", "run from (10, 1): x", (1.857_143, x), 6);
    ledger.solver("race-y-run", "run from (10, 1): y", (3.142_857, y), 6);

    ledger.source("Molander 1985; derived");
    for (error, expected) in [(0.001, 0.9625), (0.01, 0.7491)] {
        ledger.formula(
            format!("tit-for-tat-{error}"),
            format!("tit for tat, mistakes {error}: mean cooperation over 78 rounds"),
            (expected, tit_for_tat_mean(error, 78)),
            4,
        );
        for mistake in [Mistake::Action, Mistake::Misperception] {
            let strict = Forgiving { forgives: 0.0, error, mistake };
            let mean = (1..=78).map(|t| strict.play(t)).sum::<f64>() / 78.0;
            ledger.solver(
                format!("tit-for-tat-{error}-{mistake:?}").to_lowercase(),
                format!("the same by stepping the joint states, {}", name(mistake)),
                (expected, mean),
                4,
            );
        }
        play::tit_for_tat(ledger, error, expected);
    }
    play::at_time(ledger, 0.05, &[5, 40, 100].map(|t| (t, cooperation_after(0.05, t))));
    ledger.formula(
        "tit-for-tat-long-run",
        "tit for tat, mistakes .001: cooperation in the long run",
        (0.5, cooperation_after(0.001, 10_000)),
        6,
    );
    for (error, action, misperception) in [
        (0.001, 0.9970, 0.9980),
        (0.01, 0.9712, 0.9808),
        (0.05, 0.8750, 0.9167),
        (0.1, 0.7857, 0.8571),
    ] {
        for (mistake, expected) in
            [(Mistake::Action, action), (Mistake::Misperception, misperception)]
        {
            let it = Forgiving { forgives: 1.0 / 3.0, error, mistake };
            ledger.formula(
                format!("forgiving-{error}-{mistake:?}").to_lowercase(),
                format!("forgiving with 1/3, {} {error}: long-run cooperation", name(mistake)),
                (expected, it.cooperation()),
                4,
            );
            ledger.solver(
                format!("forgiving-{error}-{mistake:?}-play").to_lowercase(),
                format!("the same by stepping the joint states, {} {error}", name(mistake)),
                (expected, it.play(2000)),
                4,
            );
            play::forgiving(ledger, error, mistake, expected);
        }
    }
    ledger.source("Kydd 2005");
    ledger.formula(
        "kydd",
        "trust from which cooperating is best (4, 3, 1, 2)",
        (0.5, kydd_threshold([4.0, 3.0, 1.0, 2.0])),
        12,
    );
    ledger.exact(
        "kydd-engine",
        "the least trust, in hundredths, at which the engine's assurance policy complies",
        (0.5, play::least_trust([4, 3, 1, 2])),
        12,
    );
    ledger.source("Feller 1, ch. XIV");
    for (up, down, from, top) in [(0.3, 0.2, 1, 4), (0.2, 0.3, 2, 5), (0.25, 0.25, 2, 5)] {
        ledger.solver(
            format!("ladder-{up}-{down}"),
            format!("a ladder of {top} rungs, up {up}, down {down}: top before 0 from rung {from}, stepped"),
            (reach_top(up, down, from, top), ladder_by_steps(up, down, from, top)),
            9,
        );
    }
    ledger.formula(
        "ladder-even",
        "an even ladder of 5 rungs from rung 2: i/N",
        (0.4, reach_top(0.25, 0.25, 2, 5)),
        12,
    );
}

pub(super) fn name(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::Action => "mistaken actions",
        Mistake::Misperception => "misperception",
    }
}
