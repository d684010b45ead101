//! A measure of each subject of a kind as lines of one panel: what differs is data.

use super::lines::{Band, Line, amount};
use super::panels::Panel;
use super::{ChartInput, series, text};

/// What is counted of each subject of a kind.
pub(super) struct Counts {
    /// The kind, the measure and the register of the rows.
    pub(super) rows: (&'static str, &'static str, &'static str),
    /// The heading of the panel.
    pub(super) title: &'static str,
    /// What its numbers are; of what is counted in a day the mean over all days is told.
    pub(super) unit: &'static str,
    /// What those without a line are called.
    pub(super) fewer: &'static str,
    /// How a sentence on the numbers beside the lines begins.
    pub(super) said: &'static str,
}

impl Counts {
    /// The panel, those with most first; `None` where nothing was ever counted.
    pub(super) fn panel<'a>(&self, input: &'a ChartInput) -> Option<Panel<'a>> {
        let (kind, measure, register) = self.rows;
        let subjects = series::subjects(input, kind, measure).into_iter();
        let all = subjects
            .map(|id| (input.title_of(kind, id), series::of(input, (kind, id), measure, register)));
        let (lines, more) = Line::greatest(all, |n, name, rows| match self.unit {
            unit if unit.ends_with("per day") => Line::counted(n, name, rows),
            _ => Line::nth(n, name, rows, Band::None),
        });
        let mut panel = Panel::new(self.title, self.unit, lines);
        if more > 0 {
            panel.note = format!("{more} {} not drawn", self.fewer);
        }
        (!panel.lines.is_empty()).then_some(panel)
    }

    /// The panel in a sentence.
    pub(super) fn tell(&self, panel: &Panel<'_>) -> String {
        let parts = panel.lines.iter();
        let parts = parts.map(|line| format!("{} {}", text::brief(&line.name), amount(line.told)));
        format!("{}, on average: {}.", self.said, text::joined(parts, "; "))
    }
}
