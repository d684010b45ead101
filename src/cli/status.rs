//! `status`.

use super::arguments::{Format, StatusArguments};
use super::blocks::{blocks, look};
use super::folder::plan_in;
use super::{Done, terminal};
use crate::results::{Manifest, identity_of};
use crate::store::{Progress, part_times};

/// Says how far a plan is, from its parts alone.
pub(super) fn status(arguments: &StatusArguments) -> Done {
    let folder = &arguments.folder;
    let plan = plan_in(folder)?;
    let points = plan.points()?;
    let all = blocks(&plan, &points);
    let found = look(folder, &points, &all)?;
    let count = |of: fn(&Progress) -> bool| found.iter().filter(|it| of(it)).count();
    let done = count(|it| matches!(it, Progress::Done { .. }));
    let damaged = count(|it| *it == Progress::Damaged);
    let missing = all.len() - done;
    let failed: u64 = found
        .iter()
        .map(|progress| match progress {
            Progress::Done { failed } => *failed,
            _ => 0,
        })
        .sum();
    let times = part_times(folder)?;
    let foreign = times.len().saturating_sub(done + damaged);
    let merged = Manifest::read(folder)?.is_some_and(|it| it.identity == identity_of(&plan));
    // At the pace at which parts have come so far, whoever made them.
    let left = match (times.values().min(), times.values().max()) {
        (Some(first), Some(last)) if times.len() > 1 && missing > 0 => {
            let taken = last.duration_since(*first).unwrap_or_default().as_secs_f64();
            Some(taken / (times.len() - 1) as f64 * missing as f64)
        }
        _ => None,
    };
    if arguments.format == Format::Json {
        terminal::say(
            &serde_json::json!({
                "points": points.len(),
                "replicates": plan.replicates(),
                "blocks": all.len(),
                "done": done,
                "missing": missing,
                "damaged": damaged,
                "failed_runs": failed,
                "other_parts": foreign,
                "seconds_left": left,
                "merged": merged,
            })
            .to_string(),
        );
        return Ok(());
    }
    let shown = folder.display();
    terminal::say(&format!(
        "{} points × {} replicates in {} blocks: {done} done, {missing} missing{}, {failed} failed runs",
        points.len(),
        plan.replicates(),
        all.len(),
        match damaged {
            0 => String::new(),
            damaged => format!(" ({damaged} of them damaged, to be done again)"),
        },
    ));
    if foreign > 0 {
        terminal::say(&format!(
            "{foreign} parts belong to no block of this plan and are left alone"
        ));
    }
    if let Some(left) = left {
        terminal::say(&format!("about {} left at the pace of the parts so far", duration(left)));
    }
    terminal::say(&match (missing, merged) {
        (0, true) => format!("merged: the results are in {shown}"),
        (0, false) => format!("next: disengage merge {shown}"),
        _ => format!("next: disengage run --plan {shown} --missing"),
    });
    Ok(())
}

fn duration(seconds: f64) -> String {
    match seconds {
        it if it < 90.0 => format!("{it:.0} s"),
        it if it < 5400.0 => format!("{:.0} min", it / 60.0),
        it => format!("{:.1} h", it / 3600.0),
    }
}
