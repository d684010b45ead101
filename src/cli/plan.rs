//! `plan`.

use super::arguments::PlanArguments;
use super::place::{folder_of, settle};
use super::planning::planned;
use super::{Done, size, terminal};
use crate::results::{SWEEP, cost};

/// Plans a sweep: judges every point and writes the plan. Nothing is run.
pub(super) fn plan(arguments: &PlanArguments) -> Done {
    let plan = planned(SWEEP, arguments)?;
    size::of_plan(&plan, None, arguments.points.consent.yes)?;
    let folder = folder_of(&plan, arguments.output.as_ref())?;
    let (_claim, there) = settle(&folder, &plan, arguments.force)?;
    let points = plan.points()?;
    let blocks = plan.blocks().len() as u64 * points.len();
    let shown = folder.display();
    let verb = if there { "found in" } else { "planned in" };
    terminal::say(&format!(
        "{} points × {} replicates = {} runs in {blocks} blocks, seed {} ({}), {verb} {shown}",
        points.len(),
        plan.replicates(),
        points.len().saturating_mul(plan.replicates()),
        plan.seed,
        plan.seeds.word(),
    ));
    if let Some(cost) = cost(&plan) {
        terminal::say(&cost);
    }
    if let Some(correlation) = points.correlation() {
        terminal::say(&format!(
            "greatest correlation between columns of the hypercube: {correlation:.3}"
        ));
    }
    terminal::say(&format!(
        "next: disengage run --plan {shown} --shard 1/2 (and 2/2, anywhere that sees the folder), then disengage merge {shown}; or on a cluster: disengage submit {shown} --print slurm"
    ));
    Ok(())
}
