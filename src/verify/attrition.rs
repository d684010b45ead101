//! Losses between two sides.

use super::ledger::{Ledger, rows};
use crate::theory::{
    SalvoSide, lanchester_integrated, lanchester_linear, lanchester_square, salvo_losses,
    square_law_end,
};

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("attrition", "Lanchester 1916; Taylor 1983");
    let (start, rates) = ((100.0, 80.0), (0.01, 0.01));
    let (left, at) = square_law_end(start, rates);
    let (a, b) = lanchester_square(start, rates, 50.0);
    let square = |a: f64, b: f64| (0.01 * b, 0.01 * a);
    let (x, y) = lanchester_integrated(start, square, 50.0, 500);
    rows! { ledger:
        formula "square-survivors" "square law (100, 80): A survives with": 60.0, left.0, 9;
        formula "square-time" "square law (100, 80): time to the end": 109.861, at, 3;
        formula "square-a" "square law at t = 50: A": 71.074_97, a, 5;
        formula "square-b" "square law at t = 50: B": 38.100_55, b, 5;
        solver "square-a-integrated" "square law at t = 50: A, integrated": 71.074_97, x, 5;
        solver "square-b-integrated" "square law at t = 50: B, integrated": 38.100_55, y, 5;
    }
    let (a, b) = lanchester_linear(start, (0.001, 0.001), 10.0);
    let linear = |a: f64, b: f64| (0.001 * a * b, 0.001 * a * b);
    let (x, y) = lanchester_integrated(start, linear, 10.0, 500);
    rows! { ledger:
        formula "linear-a" "linear law at t = 10: A": 57.968_43, a, 5;
        formula "linear-b" "linear law at t = 10: B": 37.968_43, b, 5;
        solver "linear-a-integrated" "linear law at t = 10: A, integrated": 57.968_43, x, 5;
        solver "linear-b-integrated" "linear law at t = 10: B, integrated": 37.968_43, y, 5;
    }
    ledger.source("Hughes 1995");
    let side =
        |units, shots, stopped, hits_to_kill| SalvoSide { units, shots, stopped, hits_to_kill };
    let (a, b) = salvo_losses(&side(4.0, 4.0, 3.0, 2.0), &side(6.0, 3.0, 2.0, 1.0));
    rows! { ledger:
        formula "salvo-a" "one exchange of salvos: A loses": 3.0, a, 9;
        formula "salvo-b" "one exchange of salvos: B loses": 4.0, b, 9;
    }
}
