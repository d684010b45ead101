//! Who stands in which band of distance from a line.

use std::collections::BTreeMap;

use super::lines::{Band as Round, LINES, Line, amount};
use super::panels::{self, PANELS, Panel};
use super::{ChartInput, series, text};

/// How many times the greatest number of one band may be that of another for both to have
/// one axis.
const FLAT: f64 = 4.0;

/// A band of a line, by the words of its rows' subjects.
struct Band<'a> {
    line: &'a str,
    /// As the rows have it: 0-20, or -40--25.
    edges: &'a str,
    from: f64,
    to: f64,
    panel: Panel<'a>,
}

/// Draws the chart; `None` without a line that has bands.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let (stood_in, empty): (Vec<Band<'_>>, Vec<Band<'_>>) =
        bands(input).into_iter().partition(|it| !it.panel.lines.is_empty());
    let mut tops: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for band in stood_in.iter().take(PANELS) {
        let top = band.panel.greatest();
        let ends = tops.entry(band.line).or_insert((f64::INFINITY, 0.0));
        *ends = (ends.0.min(top), ends.1.max(top));
    }
    // One axis for the bands of a line, unless it would press some of them flat.
    let common = tops.values().all(|(least, most)| *most <= FLAT * least);
    let top = |line: &str| tops.get(line).filter(|_| common).map(|it| it.1);
    let drawn = stood_in.into_iter().map(|band| Panel { top: top(band.line), ..band.panel });
    let drawn: Vec<Panel<'_>> = drawn.collect();
    let subtitle = format!(
        "Persons in each band of distance from a line, by the party that commands them: true \
         position, mean over replicates. {}",
        if common { "All bands of a line have one axis." } else { "Each band has its own axis." }
    );
    let mut notes = String::from(
        "Numbers at the right: persons on the last date. Forces that no clause binds are counted \
         too. A distance below zero lies beyond the line.",
    );
    if !empty.is_empty() {
        let names = text::joined(empty.into_iter().map(|it| it.panel.title), "; ");
        notes.push_str(&format!(" Nobody ever stands in: {names}."));
    }
    let finding = |shown: &[Panel<'_>]| text::joined(shown.iter().map(finding), " ");
    panels::chart(input, &subtitle, (&drawn, PANELS, "bands"), |_| notes.clone(), finding)
}

/// Bands by line as they come, each from its nearest edge on.
fn bands(input: &ChartInput) -> Vec<Band<'_>> {
    let mut found: Vec<Band<'_>> = Vec::new();
    for subject in series::subjects(input, "band", "persons") {
        let parts: Vec<&str> = subject.split('/').collect();
        let &[line, edges, _] = parts.as_slice() else {
            continue;
        };
        if found.iter().any(|it| it.line == line && it.edges == edges) {
            continue;
        }
        let Some((from, to)) = ends(edges) else {
            continue;
        };
        let title = input.title_of("line", line);
        let title =
            format!("{}: {} to {} km", text::clean(&title), text::number(from), text::number(to));
        let lines = input.parties.iter().enumerate().map(|(n, party)| {
            let subject = format!("{line}/{edges}/{}", party.id);
            let rows = series::of(input, ("band", &subject), "persons", "true");
            Line::nth(n, &party.title, rows, Round::None)
        });
        let mut lines: Vec<Line<'_>> = lines.filter(Line::is_any).collect();
        lines.sort_by(|a, b| b.peak().total_cmp(&a.peak()));
        let more = lines.len().saturating_sub(LINES);
        lines.truncate(LINES);
        let mut panel = Panel::new(&title, "persons", lines);
        if more > 0 {
            panel.note = format!("{more} smaller not drawn");
        }
        found.push(Band { line, edges, from, to, panel });
    }
    // By line as they come; within one from the line outwards.
    let order: Vec<&str> = found.iter().map(|it| it.line).collect();
    let first = |line: &str| order.iter().position(|it| *it == line);
    found.sort_by(|a, b| {
        let lines = first(a.line).cmp(&first(b.line));
        lines.then(a.from.total_cmp(&b.from)).then(a.to.total_cmp(&b.to))
    });
    found
}

/// The edges of a band in km, as its subject writes them.
fn ends(edges: &str) -> Option<(f64, f64)> {
    let at = edges.get(1..)?.find('-')? + 1;
    let (from, to) = edges.split_at_checked(at)?;
    Some((from.parse().ok()?, to.get(1..)?.parse().ok()?))
}

/// A band in a sentence.
fn finding(panel: &Panel<'_>) -> String {
    let parts = panel.lines.iter().filter_map(|line| {
        let (first, last) = (line.rows.first()?.row, line.last()?);
        let (name, [from, to]) = (text::brief(&line.name), [first.mean, last.mean].map(amount));
        Some(format!("{name} {from} persons on {}, {to} on {}", first.date, last.date))
    });
    format!("{}: {}.", panel.title, text::joined(parts, "; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_below_zero_are_read() {
        assert_eq!(ends("0-20"), Some((0.0, 20.0)));
        assert_eq!(ends("-40--25"), Some((-40.0, -25.0)));
        assert_eq!(ends("-20-0"), Some((-20.0, 0.0)));
        assert_eq!(ends("2.5-7"), Some((2.5, 7.0)));
        assert_eq!(ends("20"), None);
        assert_eq!(ends(""), None);
    }
}
