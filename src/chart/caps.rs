//! How much of each limit on persons, weapons or posts is used.

use super::page::Page;
use super::panels::{self, Band, Level, Line, Panel, Scale};
use super::{ChartClause, ChartInput, series, text};

/// At most so many clauses are shown.
const PANELS: usize = 12;
/// Uses above this are not told apart by the tables.
const MOST: f64 = 2.0;

/// Draws the chart; `None` without a clause that sets a limit.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let all: Vec<(&ChartClause, Panel<'_>)> =
        input.clauses.iter().filter_map(|clause| Some((clause, panel(input, clause)?))).collect();
    if all.is_empty() {
        return None;
    }
    let shown = &all[..all.len().min(PANELS)];
    let page = Page::new(
        input,
        "Use of each limit: the forces allowed inside, as a share of what the clause allows (dashed: \
         all of it). True strength; line: mean over replicates in which the clause is in force, \
         band: 5–95 % of them.",
    );
    let drawn: Vec<Panel<'_>> = shown.iter().map(|(_, panel)| panel.clone()).collect();
    let bottom = panels::draw(&page.canvas, input, &drawn, page.top);
    let mut notes = String::from(
        "Above 100 % more stand inside than the clause allows. Forces that are not allowed inside \
         at all are no use of a limit: compliance shows them.",
    );
    let clipped = shown.iter().any(|(_, it)| it.greatest() >= MOST - 0.01);
    if clipped {
        notes.push_str(" Axes and bands end at 200 %.");
    }
    if all.len() > PANELS {
        notes.push_str(&format!(" Not drawn: {} clauses.", all.len() - PANELS));
    }
    let finding: Vec<String> = shown.iter().map(|(_, it)| finding(it)).collect();
    Some(page.finish(input, bottom, &notes, &finding.join(" ")))
}

fn panel<'a>(input: &'a ChartInput, clause: &'a ChartClause) -> Option<Panel<'a>> {
    let lines = [("cap_use", 0, &clause.limit), ("cap_use_posts", 1, &clause.limit_posts)];
    let lines: Vec<Line<'_>> = lines
        .into_iter()
        .map(|(measure, n, limit)| {
            let of = |it| format!("of {it}");
            let name = limit.as_ref().map_or_else(String::new, of);
            let rows = series::clause(input, &clause.id, measure, "true");
            Line::nth(n, &name, rows, Band::Quantiles)
        })
        .filter(|line| !line.rows.is_empty())
        .collect();
    if lines.is_empty() {
        return None;
    }
    let mut panel = Panel::new(&clause.title, "share of the limit", lines);
    panel.scale = Scale::Share;
    panel.levels = vec![Level { at: 1.0, name: String::new() }];
    panel.top = Some(panel.greatest().min(MOST));
    panel.clause = Some(clause);
    Some(panel)
}

/// A panel in a sentence.
fn finding(panel: &Panel<'_>) -> String {
    let parts: Vec<String> = panel
        .lines
        .iter()
        .filter_map(|line| {
            let last = line.last()?;
            Some(format!(
                "{} {} on {} (mean of n = {} replicates), {} at most",
                text::percent(last.mean),
                line.name,
                last.date,
                text::grouped(last.n),
                text::percent(line.peak())
            ))
        })
        .collect();
    format!("{}: {}.", panel.title, parts.join("; "))
}
