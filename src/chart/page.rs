//! What stands round every chart: title, what is shown, and the foot.

use super::about::About;
use super::canvas::{Canvas, Type};
use super::{text, theme};
use crate::stats::REPLICATES;

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
        let room = theme::ROOM;
        let look = Type::new(theme::TITLE, theme::INK).bold();
        let first = (theme::MARGIN, theme::MARGIN + theme::TITLE - 3.0);
        let y = canvas.lines(&look.wrap(&about.title, room, 2), first, theme::TITLE + 4.0, &look);
        let look = Type::new(theme::SUBTITLE, theme::SOFT);
        let step = theme::SUBTITLE + 4.0;
        let first = (theme::MARGIN, y + theme::SUBTITLE - 13.0);
        let y = canvas.lines(&look.wrap(subtitle, room, 3), first, step, &look);
        Page { canvas, top: y - step + 15.0, about: about.clone() }
    }

    /// A sheet for the first `most` of panels, and those; what they are of is said where they
    /// are more. `None` without any.
    pub(super) fn first<'p, P>(
        about: &About,
        subtitle: &str,
        (panels, most, of): (&'p [P], usize, &str),
    ) -> Option<(Page, &'p [P])> {
        let shown = &panels[..panels.len().min(most)];
        shown.first()?;
        let more = text::first_of(shown.len(), panels.len(), of);
        Some((Page::of(about, &format!("{subtitle}{more}")), shown))
    }

    /// Writes the foot below `bottom` and gives the SVG. `notes` are sentences
    /// on how to read the chart, `finding` what it shows, for those who do not
    /// see it.
    pub(super) fn close(self, bottom: f64, notes: &str, finding: &str) -> String {
        let About { title, replicates, seed, version } = &self.about;
        let room = theme::ROOM;
        let look = Type::NOTE;
        let run = format!(
            "{} · N = {} {} · seed {seed} · disengage {}",
            look.cut(title, room * 0.5),
            text::grouped(*replicates),
            if *replicates == 1 { "replicate of this file" } else { REPLICATES },
            look.cut(version, 120.0),
        );
        let mut lines = text::wrap(notes, look.size, false, room, 4);
        lines.extend(text::wrap(&run, look.size, false, room, 4));
        let step = theme::SMALL + 3.5;
        let end = self.canvas.lines(&lines, (theme::MARGIN, bottom + 8.0 + step), step, &look);
        self.canvas.finish(end - step + 14.0, &text::clean(title), finding)
    }
}
