//! What a comparison or a sweep came to, on the terminal.

use std::path::Path;

use super::{Done, differences, points, sensitivity, summary, terminal, tornado};
use crate::experiment::Plan;
use crate::record::PointRow;
use crate::results::{COMPARE, Manifest, OutcomeName, has_indices};
use crate::store::{read, read_any};

/// Prints what a plan came to, and what to do next. `verb` goes before the folder.
pub(super) fn show(folder: &Path, plan: &Plan, manifest: &Manifest, verb: &str) -> Done {
    match plan.command == COMPARE {
        true => show_comparison(folder, plan, manifest, verb),
        false => show_sweep(folder, plan, manifest, verb),
    }
}

/// Prints what a comparison came to.
fn show_comparison(folder: &Path, plan: &Plan, manifest: &Manifest, verb: &str) -> Done {
    let rows = read_any(folder)?;
    terminal::say(&differences::table(plan, manifest, &rows)?);
    let shown = folder.display();
    terminal::say(&format!("{verb} {shown}"));
    terminal::say(&format!(
        "next: look at {shown}/charts/ and {shown}/pairs.csv, or add pairs: disengage extend {shown} -n {}",
        4 * plan.replicates()
    ));
    Ok(())
}

/// Prints what a sweep came to.
fn show_sweep(folder: &Path, plan: &Plan, manifest: &Manifest, verb: &str) -> Done {
    let rows = read::<PointRow>(folder)?;
    let shown = folder.display();
    let mut next = format!(
        "next: look at {shown}/points.csv beside {shown}/parameters.csv, or add replicates: disengage extend {shown} -n {}",
        2 * plan.replicates()
    );
    if has_indices(plan) {
        match sensitivity::analyse(folder, OutcomeName::default()) {
            Ok(told) => {
                terminal::say(&told.text);
                next = told.next(folder);
            }
            Err(failure) => {
                terminal::say(&points::table(plan, manifest, &rows)?);
                terminal::complain(&failure.message.replacen("error", "note", 1));
            }
        }
    } else if plan.one_at_a_time() {
        terminal::say(&tornado::table(plan, manifest, &rows, &read_any(folder)?)?);
    } else {
        terminal::say(&points::table(plan, manifest, &rows)?);
    }
    for (source, number) in &manifest.runaway {
        let runs = manifest.replicates.saturating_mul(manifest.points);
        terminal::complain(&summary::runaway(source, *number, runs));
    }
    terminal::say(&format!("{verb} {shown}"));
    terminal::say(&next);
    Ok(())
}
