//! Tension and rung of each ladder, incidents, reactions and strikes.

use super::page::Page;
use super::panels::{self, Band, Level, Line, Panel};
use super::{ChartInput, ChartLadder, series, text};

/// At most so many ladders are shown.
const LADDERS: usize = 3;

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
    for (kind, measure, title, unit, verb) in [
        ("incident", "incidents", "Incidents", "count per day", "Incidents a day"),
        ("incident", "settled", "Incidents settled by liaison", "count per day", "Settled a day"),
        ("party", "strikes_on", "Strikes and fire on a party", "count per day", "Strikes a day on"),
        ("rule", "reactions", "Reactions so far", "count since the start", "Reactions by the end"),
    ] {
        let Some(panel) = counts(input, (kind, measure), title, unit) else {
            continue;
        };
        let parts: Vec<String> = panel
            .lines
            .iter()
            .map(|line| {
                let name = text::cut(&line.name, super::theme::SMALL, false, 240.0);
                format!("{name} {}", panels::amount(line.told))
            })
            .collect();
        finding.push(format!("{verb}, on average: {}.", parts.join("; ")));
        drawn.push(panel);
    }
    if drawn.is_empty() {
        return None;
    }
    let page = Page::new(
        input,
        "How tense it becomes: tension and rung of each ladder (line: mean over replicates, band: \
         5–95 % of them; dashed: tension at which a rung is reached), incidents, strikes and \
         reactions (means).",
    );
    let bottom = panels::draw(&page.canvas, input, &drawn, page.top);
    let mut notes = String::from(
        "Tension is a number of the scenario’s own scale. A mean rung between two says that \
         replicates differ, not that a rung is half reached. Counts per day: mean of the 28 days \
         before; number at the right: mean over all days.",
    );
    if input.ladders.len() > LADDERS {
        notes.push_str(&format!(" The first {LADDERS} of {} ladders.", input.ladders.len()));
    }
    Some(page.finish(input, bottom, &notes, &finding.join(" ")))
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
    first.levels =
        ladder.rungs.iter().map(|(name, up)| Level { at: *up, name: name.clone() }).collect();
    let mut second = Panel::new(
        &format!("Rung: {name}"),
        "rung, from 0 (none)",
        vec![Line::nth(1, "mean", rung, Band::Quantiles)],
    );
    second.levels = ladder
        .rungs
        .iter()
        .enumerate()
        .map(|(n, (name, _))| Level { at: n as f64 + 1.0, name: format!("{}: {name}", n + 1) })
        .collect();
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

/// A count of each subject of a kind, the greatest first.
fn counts<'a>(
    input: &'a ChartInput,
    (kind, measure): (&'static str, &str),
    title: &str,
    unit: &str,
) -> Option<Panel<'a>> {
    let mut ids: Vec<&str> = Vec::new();
    let rows = input.turns.iter();
    for row in rows.filter(|it| it.subject_kind == kind && it.measure == measure) {
        if !ids.contains(&row.subject.as_str()) {
            ids.push(&row.subject);
        }
    }
    let (kept, more) = panels::greatest(ids.into_iter().map(|id| {
        let rows = series::of(input, (kind, id), measure, "true");
        (rows.iter().map(|it| it.row.mean).sum(), (id, rows))
    }));
    let lines: Vec<Line<'_>> = kept
        .into_iter()
        .enumerate()
        .map(|(n, (id, rows))| match unit {
            "count per day" => Line::rolling(n, input.title_of(kind, id), rows, None),
            _ => Line::nth(n, input.title_of(kind, id), rows, Band::None),
        })
        .collect();
    let mut panel = Panel::new(title, unit, lines);
    if more > 0 {
        panel.note = format!("{more} with fewer not drawn");
    }
    (!panel.lines.is_empty()).then_some(panel)
}

/// A ladder in a sentence.
fn said(ladder: &ChartLadder, tension: &Panel<'_>, rung: &Panel<'_>) -> String {
    let ends = |panel: &Panel<'_>| -> Option<(String, String, String)> {
        let line = panel.lines.first()?;
        let (first, last) = (line.rows.first()?.row, line.last()?);
        let amount = |it: f64| panels::amount(it);
        Some((
            amount(first.mean),
            amount(last.mean),
            format!("{} to {}", amount(last.q05), amount(last.q95)),
        ))
    };
    let (Some(tension), Some(rung)) = (ends(tension), ends(rung)) else {
        return String::new();
    };
    format!(
        "{}: mean tension goes from {} to {} (5–95 % of replicates on the last date {}), the mean \
         rung from {} to {} (5–95 % {}) of {}.",
        text::clean(&ladder.title),
        tension.0,
        tension.1,
        tension.2,
        rung.0,
        rung.1,
        rung.2,
        ladder.rungs.len()
    )
}
