//! Inspection games and samples of a declared stock.

use super::ledger::{Ledger, rows};
use crate::theory::{
    InspectionGame, RecursiveInspection, detection_probability, deterrence_margin,
    interim_inspection, smallest_sample,
};

/// a, b, c, d, e, f, k, α, β and the published p*, q*.
const GAMES: [([f64; 9], f64, f64); 4] = [
    ([0.5, 1.0, 1.0, 1.0, 0.0, 0.0, 0.1, 0.0, 0.0], 0.5, 0.2),
    ([0.5, 2.0, 1.0, 1.0, 0.0, 0.0, 0.1, 0.0, 0.0], 0.333_333, 0.2),
    ([0.5, 2.0, 1.0, 1.0, 0.0, 0.0, 0.1, 0.0, 0.3], 0.476_190, 0.285_714),
    ([10.0, 9.0, 100.0, 9.0, 1.0, 1.0, 0.0, 0.05, 0.2], 0.627_178, 0.000_694),
];

/// n, m, and the published value to the inspector as a fraction.
const DRESHER: [(u32, u32, f64, f64); 14] = [
    (2, 1, -1.0, 3.0),
    (2, 2, 0.0, 1.0),
    (3, 1, -1.0, 2.0),
    (3, 2, -1.0, 7.0),
    (3, 3, 0.0, 1.0),
    (4, 1, -3.0, 5.0),
    (4, 2, -3.0, 11.0),
    (4, 3, -1.0, 15.0),
    (4, 4, 0.0, 1.0),
    (5, 1, -2.0, 3.0),
    (5, 2, -3.0, 8.0),
    (5, 3, -2.0, 13.0),
    (5, 4, -1.0, 31.0),
    (5, 5, 0.0, 1.0),
];

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("inspection games", "Avenhaus, von Stengel & Zamir 2002; Avenhaus & Canty 1996");
    for (number, (numbers, p, q)) in (1..).zip(GAMES) {
        let game = InspectionGame::new(numbers);
        let found = game.inspect().unwrap_or(f64::NAN);
        let (by_p, by_q) = game.indifference();
        rows! { ledger:
            formula "game-{number}-p" "2×2 game {number}: inspect with p*": p, found, 6;
            formula "game-{number}-q" "2×2 game {number}: violated with q*":
                q, game.violate().unwrap_or(f64::NAN), 6;
            solver "game-{number}-p-payoffs"
                "2×2 game {number}: p* where the inspectee is indifferent": p, by_p, 6;
            solver "game-{number}-q-payoffs"
                "2×2 game {number}: q* where the inspector is indifferent": q, by_q, 6;
            holds "game-{number}-leadership"
                "2×2 game {number}: legal is the best reply from p* on, and not below":
                game.legal_is_best(found + 1e-9) && !game.legal_is_best(found - 1e-6);
        }
    }
    let [milder, harsher, third, _] = GAMES.map(|(numbers, ..)| InspectionGame::new(numbers));
    rows! { ledger:
        holds "game-penalty"
            "a larger penalty changes how often one must inspect, not how often the other violates":
            harsher.violate() == milder.violate() && harsher.inspect() < milder.inspect();
        formula "game-margin" "deterrence margin of an effort of .6 in game 3":
            0.123_810, deterrence_margin(0.6, third.inspect().unwrap_or(f64::NAN)), 6;
    }

    ledger.source("Dresher, RAND RM-2972, 1962; von Stengel 2016");
    let of = RecursiveInspection::DRESHER;
    for (n, m, above, below) in DRESHER {
        rows! { ledger:
            formula "dresher-{n}-{m}"
                "Dresher's game, {n} stages, {m} inspections: closed form":
                above / below, -of.value(n, m), 12;
            solver "dresher-{n}-{m}-recursion"
                "Dresher's game, {n} stages, {m} inspections: stage by stage":
                above / below, -of.by_recursion(n, m).0, 12;
        }
    }
    for (n, m) in [(3, 1), (4, 2), (5, 3)] {
        rows! { ledger:
            solver "dresher-first-{n}-{m}"
                "Dresher's game, {n} stages, {m} inspections: inspect at once, S(n−1,m−1)/S(n,m)":
                of.inspect_now(n, m), of.by_recursion(n, m).1, 12;
        }
    }
    ledger.source("von Stengel 2016");
    let of = RecursiveInspection { detection: 0.9, penalty: 1.0 };
    for (n, m, above, below) in [(2, 1, 5.0, 14.0), (4, 2, 25.0, 82.0)] {
        rows! { ledger:
            formula "uncertain-{n}-{m}"
                "{n} stages, {m} inspections that detect with .9: value to the inspectee":
                above / below, of.value(n, m), 12;
            solver "uncertain-{n}-{m}-recursion"
                "{n} stages, {m} inspections that detect with .9: stage by stage":
                above / below, of.by_recursion(n, m).0, 12;
        }
    }
    ledger.source("Diamond 1982");
    rows! { ledger:
        solver "interim"
            "timing of one interim inspection: 1/e, by linear programming on two grids":
            libm::exp(-1.0), interim_inspection(40), 3;
    }

    ledger.section("sampling a stock", "Avenhaus & Canty 1996");
    for (items, missing, checked, expected) in
        [(20, 5, 1, 0.25), (20, 5, 3, 0.6009), (100, 10, 5, 0.4162), (100, 5, 45, 0.9538)]
    {
        rows! { ledger:
            formula "sample-{items}-{missing}-{checked}"
                "{items} items, {missing} missing, {checked} checked: detection":
                expected, detection_probability(items, missing, checked), 4;
        }
    }
    for (items, missing, expected) in [(50, 5, 22), (300, 6, 117)] {
        let found = smallest_sample(items, missing, 0.95).map_or(f64::NAN, f64::from);
        rows! { ledger:
            formula "smallest-{items}-{missing}"
                "{items} items, {missing} missing: smallest sample for 95 %":
                f64::from(expected), found, 0;
        }
    }
}
