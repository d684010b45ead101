//! `extend`.

use super::arguments::ExtendArguments;
use super::blocks::{blocks, look};
use super::exit::Failure;
use super::folder::plan_in;
use super::planning::{design, judge};
use super::{Done, size, terminal};
use crate::experiment::Round;
use crate::scenario::Arrangement;
use crate::store::{Claim, Progress, write_plan};

/// Whether more points of a design change none of it.
fn grows(arrangement: Arrangement) -> bool {
    matches!(arrangement, Arrangement::Sobol | Arrangement::Saltelli | Arrangement::Morris)
}

/// Adds replicates or points to a plan. Parts that are done stay and count.
pub(super) fn extend(arguments: &ExtendArguments) -> Done {
    let folder = &arguments.folder;
    let mut plan = plan_in(folder)?;
    let before = plan.points()?.len();
    let mut extended = false;
    if let Some(replicates) = arguments.replicates {
        if replicates <= plan.replicates() {
            return Err(Failure::usage(format!(
                "-n {replicates}: the plan has {} replicates of each point already; say how many there are to be in all",
                plan.replicates()
            )));
        }
        plan.replicates.push(replicates);
        extended = true;
    }
    let points = &arguments.points;
    let varied = !points.vary.is_empty() || points.experiment.is_some();
    if varied {
        let design = design(points, None, &plan.text)?;
        plan.rounds.push(Round::Design(design));
        extended = true;
    } else if let Some(more) = points.points {
        let last = plan.rounds.iter_mut().rev().find_map(|round| match round {
            Round::Design(it) if grows(it.arrangement) => Some(it),
            _ => None,
        });
        match last {
            Some(it) if it.points.is_some_and(|points| points < more) => it.points = Some(more),
            Some(it) => {
                return Err(Failure::usage(format!(
                    "--points {more}: the design {} has {} already; say how many there are to be in all",
                    it.arrangement.word(),
                    it.points.unwrap_or(0)
                )));
            }
            None => {
                return Err(Failure::usage(
                    "--points: only the designs sobol, saltelli and morris can grow; to other designs add points with --vary",
                ));
            }
        }
        extended = true;
    }
    if !extended {
        return Err(Failure::usage(
            "nothing to add: say -n for replicates in all, --vary for points, or --points for those of a design sobol, saltelli or morris in all",
        ));
    }
    // A sequence that grows in the middle of a plan would number later points anew.
    if plan.rounds.len() > 1 && !varied && points.points.is_some() {
        let last = matches!(plan.rounds.last(), Some(Round::Design(it)) if grows(it.arrangement));
        if !last {
            return Err(Failure::usage(
                "--points: points were added after the sequence; add more with --vary",
            ));
        }
    }
    judge(&plan, before, points.consent.yes)?;
    size::of_plan(&plan, None, points.consent.yes)?;
    let _claim = Claim::inside(folder)?;
    write_plan(folder, &plan)?;
    let points = plan.points()?;
    let all = blocks(&plan, &points);
    let found = look(folder, &points, &all)?;
    let done = found.iter();
    let done = done.filter(|it| matches!(it, Progress::Done { .. })).count();
    let shown = folder.display();
    terminal::say(&format!(
        "{} points × {} replicates in {} blocks, {done} of them done, in {shown}",
        points.len(),
        plan.replicates(),
        all.len()
    ));
    terminal::say(&format!(
        "next: disengage run --plan {shown} --missing, then disengage merge {shown}"
    ));
    Ok(())
}
