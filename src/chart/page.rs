//! What stands round every chart: title, what is shown, and the foot.

use super::about::About;
use super::canvas::{Canvas, Type};
use super::{text, theme};

/// A sheet with its title written, and where the drawing may begin.
pub(super) struct Page {
    /// The sheet.
    pub(super) canvas: Canvas,
    /// Below the title and the subtitle.
    pub(super) top: f64,
    about: About,
}

impl Page {
    /// A sheet with the scenario's title and a subtitle that says what is shown.
    pub(super) fn of(about: &About, subtitle: &str) -> Page {
        let canvas = Canvas::new(theme::WIDTH);
        let room = theme::WIDTH - 2.0 * theme::MARGIN;
        let title = text::clean(&about.title);
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
        Page { canvas, top: y + 12.0, about: about.clone() }
    }

    /// Writes the foot below `bottom` and gives the SVG. `notes` are sentences
    /// on how to read the chart, `finding` what it shows, for those who do not
    /// see it.
    pub(super) fn close(self, bottom: f64, notes: &str, finding: &str) -> String {
        let About { title, replicates, seed, version } = &self.about;
        let title = text::clean(title);
        let room = theme::WIDTH - 2.0 * theme::MARGIN;
        let look = Type::new(theme::SMALL, theme::SOFT);
        let mut y = bottom + 8.0;
        let run = format!(
            "{} · N = {} {} · seed {seed} · disengage {}",
            look.cut(&title, room * 0.5),
            text::grouped(*replicates),
            if *replicates == 1 { "replicate" } else { "replicates" },
            look.cut(&text::clean(version), 120.0),
        );
        for part in [notes, &run] {
            for line in text::wrap(part, theme::SMALL, false, room, 4) {
                y += theme::SMALL + 3.5;
                self.canvas.text(&line, (theme::MARGIN, y), &look);
            }
        }
        self.canvas.finish(y + 14.0, &title, finding)
    }
}
