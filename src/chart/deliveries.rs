//! What has been handed over, accepted, rejected.

use super::page::Page;
use super::panels::{self, Band, Line, Panel};
use super::{ChartClause, ChartInput, series, text};

/// At most so many clauses are shown.
const PANELS: usize = 12;
/// Measures and what they are called.
const LINES: [(&str, &str); 5] = [
    ("handed_over", "handed over"),
    ("rejected", "rejected"),
    ("accepted", "accepted"),
    ("disputed_items", "disputed"),
    ("pending", "not ruled on"),
];

/// Draws the chart; `None` without a clause on deliveries that anything came of.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let all: Vec<Panel<'_>> =
        input.clauses.iter().filter_map(|clause| panel(input, clause)).collect();
    if all.is_empty() {
        return None;
    }
    let shown = &all[..all.len().min(PANELS)];
    let page = Page::new(
        input,
        "What has been handed over so far, and what the verifier ruled: true numbers; line: mean \
         over replicates in which the clause has started, band: 5–95 % of them.",
    );
    let bottom = panels::draw(&page.canvas, input, shown, page.top);
    let mut notes = String::from(
        "Handed over: all that left the hands of those bound; it is then accepted, rejected, or not \
         yet ruled on.",
    );
    if all.len() > PANELS {
        notes.push_str(&format!(" Not drawn: {} clauses.", all.len() - PANELS));
    }
    let finding: Vec<String> = shown.iter().map(finding).collect();
    Some(page.finish(input, bottom, &notes, &finding.join(" ")))
}

fn panel<'a>(input: &'a ChartInput, clause: &'a ChartClause) -> Option<Panel<'a>> {
    let of = |measure| series::clause(input, &clause.id, measure, "true");
    let handed = of("handed_over");
    let last = handed.last()?.row;
    let lines: Vec<Line<'_>> = LINES
        .iter()
        .enumerate()
        .map(|(n, (measure, name))| Line::nth(n, name, of(measure), Band::Quantiles))
        .enumerate()
        // That something was handed over, and accepted, is said also where it never was.
        .filter(|(n, line)| (*n == 0 || *n == 2 || line.is_any()) && !line.rows.is_empty())
        .map(|(_, line)| line)
        .collect();
    let mut panel = Panel::new(&clause.title, &last.unit, lines);
    panel.note = if last.n < input.replicates {
        format!(
            "started in {} of {} replicates",
            text::grouped(last.n),
            text::grouped(input.replicates)
        )
    } else {
        format!("n = {}", text::grouped(last.n))
    };
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
            Some(format!("{} {}", panels::amount(last.mean), line.name))
        })
        .collect();
    let date = panel.lines.first().and_then(Line::last);
    format!(
        "{} ({}): by {} {} on average, in {}.",
        panel.title,
        panel.note,
        date.map_or("", |it| &it.date),
        parts.join(", "),
        panel.unit
    )
}
