//! What is done on orders.

use super::bench::{conduct, ends, file, forces};
use super::ledger::{Ledger, rows};
use crate::model::TiSlice;

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("conduct", "AMM 2005 (Aceh): 243 of 279 accepted; derived");
    deliveries(ledger);
}

/// Deliveries: accepted of handed over, and the account whole.
fn deliveries(ledger: &mut Ledger) {
    let share = 243.0 / 279.0;
    let tables = [
        "[[weapon-class]]\nid = \"rifle\"\nheavy = true\n".into(),
        forces(10, 5.0, "equipment = { rifle = 28 }"),
        format!(
            "[[clause]]\nid = \"hand-over\"\nkind = \"deliver\"\nbinds = [\"red\"]\nto = \"watcher\"\n\
             weapons_per_day = 1\ninspection_days = 3\naccepted_share = {share:?}\n"
        ),
        conduct("scripted", "initial = \"comply\""),
    ];
    let runs = ends(file(60, 30, &tables.concat()), ledger.replicates(400), |world| {
        let Some(it) = &world.clauses().raw[0].delivery else {
            return (f64::NAN, f64::NAN);
        };
        let sum = |of: &TiSlice<_, u32>| f64::from(of.iter().sum::<u32>());
        let accepted = sum(&it.accepted) / sum(&it.handed);
        (accepted, sum(&it.accepted) + sum(&it.rejected))
    });
    let (accepted, whole): (Vec<f64>, Vec<f64>) = runs.into_iter().unzip();
    rows! { ledger:
        engine "deliveries-accepted" "share of weapons handed over that is accepted, by the engine":
            share, accepted, 0.002;
        engine "deliveries-whole" "accepted and rejected are all that was handed over":
            280.0, whole, 0.0;
    }
}
