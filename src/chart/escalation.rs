//! Tension and rung of each ladder, incidents, reactions and strikes.

use super::counts::Counts;
use super::lines::{Band, Line, amount};
use super::panels::{self, Level, Panel};
use super::{ChartInput, ChartLadder, series, text};

/// At most so many ladders are shown.
const LADDERS: usize = 3;

/// What is counted, in the order of its panels.
const COUNTS: [Counts; 4] = [
    Counts {
        rows: ("incident", "incidents", "true"),
        title: "Incidents",
        unit: "count per day",
        fewer: "with fewer",
        said: "Incidents a day",
    },
    Counts {
        rows: ("incident", "settled", "true"),
        title: "Incidents settled by liaison",
        unit: "count per day",
        fewer: "with fewer",
        said: "Settled a day",
    },
    Counts {
        rows: ("party", "strikes_on", "true"),
        title: "Strikes and fire on a party",
        unit: "count per day",
        fewer: "with fewer",
        said: "Strikes a day on",
    },
    Counts {
        rows: ("rule", "reactions", "true"),
        title: "Reactions so far",
        unit: "count since the start",
        fewer: "with fewer",
        said: "Reactions by the end",
    },
];

/// Draws the chart; `None` where there are no ladders, incidents or reactions.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let mut drawn: Vec<Panel<'_>> = Vec::new();
    let mut finding: Vec<String> = Vec::new();
    for ladder in input.ladders.iter().take(LADDERS) {
        if let Some([tension, rung]) = panels_of(input, ladder) {
            finding.push(said(ladder, &tension, &rung));
            drawn.extend([tension, rung]);
        }
    }
    for counts in &COUNTS {
        if let Some(panel) = counts.panel(input) {
            finding.push(counts.tell(&panel));
            drawn.push(panel);
        }
    }
    let subtitle = "How tense it becomes: tension and rung of each ladder (line: mean over \
                    replicates, band: 5–95 % of them; dashed: tension at which a rung is reached), \
                    incidents, strikes and reactions (means).";
    let mut notes = String::from(
        "Tension is a number of the scenario’s own scale. A mean rung between two says that \
         replicates differ, not that a rung is half reached. Counts per day: mean of the 28 days \
         before; number at the right: mean over all days.",
    );
    notes.push_str(&text::first_of(LADDERS, input.ladders.len(), "ladders"));
    let finding = |_: &[Panel<'_>]| finding.join(" ");
    panels::chart(input, subtitle, (&drawn, panels::PANELS, "panels"), |_| notes.clone(), finding)
}

/// Tension and rung of a ladder.
fn panels_of<'a>(input: &'a ChartInput, ladder: &'a ChartLadder) -> Option<[Panel<'a>; 2]> {
    let of = |measure| series::of(input, ("ladder", &ladder.id), measure, "true");
    let (tension, rung) = (of("tension"), of("rung"));
    if tension.is_empty() || rung.is_empty() {
        return None;
    }
    let name = text::clean(&ladder.title);
    let mut first = Panel::new(
        &format!("Tension: {name}"),
        "tension",
        vec![Line::nth(0, "mean", tension, Band::Quantiles)],
    );
    let rungs = ladder.rungs.iter();
    first.levels = rungs.map(|(name, at)| Level { at: *at, name: name.clone() }).collect();
    let mut second = Panel::new(
        &format!("Rung: {name}"),
        "rung, from 0 (none)",
        vec![Line::nth(1, "mean", rung, Band::Quantiles)],
    );
    let rungs = ladder.rungs.iter().zip(1..);
    let rungs = rungs.map(|((name, _), n)| (n, format!("{n}: {name}")));
    second.levels = rungs.map(|(n, name)| Level { at: f64::from(n), name }).collect();
    for panel in [&mut first, &mut second] {
        // A rung far above all that happens leaves the rest its room.
        let bare = Panel { levels: Vec::new(), ..panel.clone() };
        let reached = bare.greatest();
        let next = panel.levels.iter().map(|it| it.at).find(|at| *at > reached);
        panel.top = Some(reached.max(next.unwrap_or(reached)).max(1e-6));
        let top = panel.top.unwrap_or(f64::INFINITY);
        panel.levels.retain(|it| it.at <= top * 1.001);
    }
    Some([first, second])
}

/// A ladder in a sentence.
fn said(ladder: &ChartLadder, tension: &Panel<'_>, rung: &Panel<'_>) -> String {
    let ends = |panel: &Panel<'_>| -> Option<[String; 4]> {
        let line = panel.lines.first()?;
        let (first, last) = (line.rows.first()?.row, line.last()?);
        Some([first.mean, last.mean, last.q05, last.q95].map(amount))
    };
    let (Some([t0, t1, low, high]), Some([r0, r1, least, most])) = (ends(tension), ends(rung))
    else {
        return String::new();
    };
    let (title, rungs) = (text::clean(&ladder.title), ladder.rungs.len());
    format!(
        "{title}: mean tension goes from {t0} to {t1} (5–95 % of replicates on the last date {low} \
         to {high}), the mean rung from {r0} to {r1} (5–95 % {least} to {most}) of {rungs}."
    )
}
