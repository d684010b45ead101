//! Arms races, reciprocal play, trust, ladders.

use super::ledger::{Ledger, rows};
use super::play;
use crate::theory::{
    Forgiving, Mistake, RichardsonRace, cooperation_after, kydd_threshold, ladder_by_steps,
    reach_top, tit_for_tat_mean,
};

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("trust and reciprocity", "Richardson 1960");
    let race = RichardsonRace { reaction: (2.0, 3.0), fatigue: (5.0, 4.0), grievance: (3.0, 7.0) };
    let ((x, y), (by_x, by_y)) = (race.equilibrium(), race.run((10.0, 1.0), 20.0, 4000));
    rows! { ledger:
        holds "race-stable" "a race with mn > ab is stable": race.stable();
        formula "race-x" "where it rests: x*": 1.857_143, x, 6;
        formula "race-y" "where it rests: y*": 3.142_857, y, 6;
        solver "race-x-run" "run from (10, 1): x": 1.857_143, by_x, 6;
        solver "race-y-run" "run from (10, 1): y": 3.142_857, by_y, 6;
    }

    ledger.source("Molander 1985; derived");
    for (error, expected) in [(0.001, 0.9625), (0.01, 0.7491)] {
        rows! { ledger:
            formula "tit-for-tat-{error}"
                "tit for tat, mistakes {error}: mean cooperation over 78 rounds":
                expected, tit_for_tat_mean(error, 78), 4;
        }
        for mistake in [Mistake::Action, Mistake::Misperception] {
            let strict = Forgiving { forgives: 0.0, error, mistake };
            let (word, name) = (word(mistake), name(mistake));
            rows! { ledger:
                solver "tit-for-tat-{error}-{word}" "the same by stepping the joint states, {name}":
                    expected, (1..=78).map(|t| strict.play(t)).sum::<f64>() / 78.0, 4;
            }
        }
        play::tit_for_tat(ledger, error, expected);
    }
    play::at_time(ledger, 0.05, &[5, 40, 100]);
    rows! { ledger:
        formula "tit-for-tat-long-run" "tit for tat, mistakes .001: cooperation in the long run":
            0.5, cooperation_after(0.001, 10_000), 6;
    }
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
            let (word, name) = (word(mistake), name(mistake));
            rows! { ledger:
                formula "forgiving-{error}-{word}"
                    "forgiving with 1/3, {name} {error}: long-run cooperation":
                    expected, it.cooperation(), 4;
                solver "forgiving-{error}-{word}-play"
                    "the same by stepping the joint states, {name} {error}":
                    expected, it.play(2000), 4;
            }
            play::forgiving(ledger, error, mistake, expected);
        }
    }
    ledger.source("Kydd 2005");
    rows! { ledger:
        formula "kydd" "trust from which cooperating is best (4, 3, 1, 2)":
            0.5, kydd_threshold([4.0, 3.0, 1.0, 2.0]), 12;
        exact "kydd-engine"
            "the least trust, in hundredths, at which the engine's assurance policy complies":
            0.5, play::least_trust([4, 3, 1, 2]), 12;
    }
    ledger.source("Feller 1, ch. XIV");
    for (up, down, from, top) in [(0.3, 0.2, 1, 4), (0.2, 0.3, 2, 5), (0.25, 0.25, 2, 5)] {
        rows! { ledger:
            solver "ladder-{up}-{down}"
                "a ladder of {top} rungs, up {up}, down {down}: top before 0 from rung {from}, stepped":
                reach_top(up, down, from, top), ladder_by_steps(up, down, from, top), 9;
        }
    }
    rows! { ledger:
        formula "ladder-even" "an even ladder of 5 rungs from rung 2: i/N":
            0.4, reach_top(0.25, 0.25, 2, 5), 12;
    }
}

/// What a mistake is called.
pub(super) fn name(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::Action => "mistaken actions",
        Mistake::Misperception => "misperception",
    }
}

/// A mistake in the names of rows.
pub(super) fn word(mistake: Mistake) -> String {
    format!("{mistake:?}").to_lowercase()
}
