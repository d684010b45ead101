//! Who stands in which band of distance from a line.

use std::collections::BTreeMap;

use super::page::Page;
use super::panels::{self, Band as Round, LINES, Line, Panel};
use super::series;
use super::{ChartInput, text};

/// At most so many bands are shown.
const PANELS: usize = 12;
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
    let mut bands = bands(input);
    if bands.is_empty() {
        return None;
    }
    let (stood_in, empty): (Vec<Band<'_>>, Vec<Band<'_>>) =
        bands.drain(..).partition(|it| !it.panel.lines.is_empty());
    if stood_in.is_empty() {
        return None;
    }
    let shown = &stood_in[..stood_in.len().min(PANELS)];
    let mut tops: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for band in shown {
        tops.entry(band.line).or_default().push(band.panel.greatest());
    }
    // One axis for the bands of a line, unless it would press some of them flat.
    let ends = |tops: &Vec<f64>| {
        tops.iter()
            .copied()
            .fold((f64::INFINITY, 0.0_f64), |it, top| (it.0.min(top), it.1.max(top)))
    };
    let common = tops.values().map(ends).all(|(least, most)| most <= FLAT * least);
    let drawn: Vec<Panel<'_>> = shown
        .iter()
        .map(|band| Panel {
            top: tops.get(band.line).map(ends).filter(|_| common).map(|it| it.1),
            ..band.panel.clone()
        })
        .collect();
    let subtitle = format!(
        "Persons in each band of distance from a line, by the party that commands them: true \
         position, mean over replicates. {}",
        if common { "All bands of a line have one axis." } else { "Each band has its own axis." }
    );
    let page = Page::new(input, &subtitle);
    let bottom = panels::draw(&page.canvas, input, &drawn, page.top);
    let mut notes = String::from(
        "Numbers at the right: persons on the last date. Forces that no clause binds are counted \
         too. A distance below zero lies beyond the line.",
    );
    if !empty.is_empty() {
        let names: Vec<String> = empty.iter().map(|it| it.panel.title.clone()).collect();
        notes.push_str(&format!(" Nobody ever stands in: {}.", names.join("; ")));
    }
    if stood_in.len() > PANELS {
        notes.push_str(&format!(" Not drawn: {} bands.", stood_in.len() - PANELS));
    }
    let finding: Vec<String> = shown.iter().map(|it| finding(&it.panel)).collect();
    Some(page.finish(input, bottom, &notes, &finding.join(" ")))
}

/// Bands by line as they come, each from its nearest edge on.
fn bands(input: &ChartInput) -> Vec<Band<'_>> {
    let mut found: Vec<Band<'_>> = Vec::new();
    let rows = input.turns.iter();
    for row in rows.filter(|it| it.subject_kind == "band" && it.measure == "persons") {
        let mut parts = row.subject.split('/');
        let (Some(line), Some(edges), Some(_), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
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
            format!("{}: {} to {} km", text::clean(title), text::number(from), text::number(to));
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
    let parts: Vec<String> = panel
        .lines
        .iter()
        .filter_map(|line| {
            let (first, last) = (line.rows.first()?.row, line.last()?);
            Some(format!(
                "{} {} persons on {}, {} on {}",
                text::cut(&line.name, super::theme::SMALL, false, 240.0),
                panels::amount(first.mean),
                first.date,
                panels::amount(last.mean),
                last.date
            ))
        })
        .collect();
    format!("{}: {}.", panel.title, parts.join("; "))
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
