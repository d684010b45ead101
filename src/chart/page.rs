//! What stands round every chart: title, what is shown, and the foot.

use super::canvas::{Canvas, Type};
use super::{ChartInput, text, theme};

/// A sheet with its title written, and where the drawing may begin.
pub(super) struct Page {
    /// The sheet.
    pub(super) canvas: Canvas,
    /// Below the title and the subtitle.
    pub(super) top: f64,
    title: String,
}

/// What the foot of a chart says of the runs behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Foot<'a> {
    /// Replicates.
    pub(super) replicates: u64,
    /// Master seed.
    pub(super) seed: u64,
    /// The program's version.
    pub(super) version: &'a str,
}

impl Page {
    /// A sheet with the scenario's title and a subtitle that says what is shown.
    pub(super) fn new(input: &ChartInput, subtitle: &str) -> Page {
        Self::of(&input.title, subtitle)
    }

    /// The same under any title.
    pub(super) fn of(title: &str, subtitle: &str) -> Page {
        let canvas = Canvas::new(theme::WIDTH);
        let room = theme::WIDTH - 2.0 * theme::MARGIN;
        let title = text::clean(title);
        let mut y = theme::MARGIN;
        let look = Type::new(theme::TITLE, theme::INK).bold();
        for line in text::wrap(&title, theme::TITLE, true, room, 2) {
            y += theme::TITLE;
            canvas.text(&line, (theme::MARGIN, y - 3.0), &look);
            y += 4.0;
        }
        y += 2.0;
        let look = Type::new(theme::SUBTITLE, theme::SOFT);
        for line in text::wrap(&text::clean(subtitle), theme::SUBTITLE, false, room, 3) {
            y += theme::SUBTITLE + 4.0;
            canvas.text(&line, (theme::MARGIN, y - 3.0), &look);
        }
        Page { canvas, top: y + 12.0, title }
    }

    /// Writes the foot below `bottom` and gives the SVG. `notes` are sentences
    /// on how to read the chart, `finding` what it shows, for those who do not
    /// see it.
    pub(super) fn finish(
        self,
        input: &ChartInput,
        bottom: f64,
        notes: &str,
        finding: &str,
    ) -> String {
        let foot = Foot { replicates: input.replicates, seed: input.seed, version: &input.version };
        self.close(&foot, bottom, notes, finding)
    }

    /// As [`Page::finish`], for any runs.
    pub(super) fn close(self, foot: &Foot<'_>, bottom: f64, notes: &str, finding: &str) -> String {
        let room = theme::WIDTH - 2.0 * theme::MARGIN;
        let look = Type::new(theme::SMALL, theme::SOFT);
        let mut y = bottom + 8.0;
        let scenario = text::cut(&self.title, theme::SMALL, false, room * 0.5);
        let run = format!(
            "{scenario} · N = {} {} · seed {} · disengage {}",
            text::grouped(foot.replicates),
            if foot.replicates == 1 { "replicate" } else { "replicates" },
            foot.seed,
            text::cut(&text::clean(foot.version), theme::SMALL, false, 120.0),
        );
        for part in [notes, &run] {
            for line in text::wrap(part, theme::SMALL, false, room, 4) {
                y += theme::SMALL + 3.5;
                self.canvas.text(&line, (theme::MARGIN, y), &look);
            }
        }
        self.canvas.finish(y + 14.0, &self.title, finding)
    }
}
