//! What the marks and lines of the map mean, in a column beside it.

use std::collections::BTreeMap;

use super::forces::{radius, strongest};
use super::lines as drawn;
use super::view::MapView;
use crate::chart::canvas::{Canvas, Pen, Type};
use crate::chart::plane::Rect;
use crate::chart::ticks::nice;
use crate::chart::{ChartInput, text, theme};

/// What the marks on a map are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Forces of one replicate, from where they start to where they end.
    Tracks,
    /// Persons about each place at the end, mean over replicates.
    Density,
}

/// The column, written from the top down.
struct Column<'a> {
    canvas: &'a Canvas,
    x: f64,
    room: f64,
    y: f64,
}

impl Column<'_> {
    fn heading(&mut self, words: &str) {
        self.y += 20.0;
        self.canvas.text(words, (self.x, self.y), &Type::HEAD);
        self.y += 5.0;
    }

    /// Words beside a sample; gives the height of the sample's middle.
    fn entry(&mut self, words: &str, second: &str, lines: usize) -> f64 {
        let look = Type::new(theme::TICK, theme::INK);
        let x = self.x + 32.0;
        self.y += 15.0;
        let middle = self.y - 3.7;
        let room = self.room - 32.0;
        let wrapped = look.wrap(words, room, lines);
        self.y = self.canvas.lines(&wrapped, (x, self.y), 12.5, &look) - 12.5;
        if !second.is_empty() {
            self.y += 12.5;
            self.canvas.fit(second, (x, self.y), room, &Type::NOTE);
        }
        self.y += 2.0;
        middle
    }

    fn line(&mut self, words: &str, pen: &Pen) {
        let y = self.entry(words, "", 2);
        self.canvas.line(&[(self.x, y), (self.x + 24.0, y)], pen);
    }
}

/// Draws the legend right of the map; gives its lower edge.
pub(super) fn draw(canvas: &Canvas, input: &ChartInput, view: &MapView, shown: Shown) -> f64 {
    let x = view.frame.x1 + 18.0;
    let mut column = Column { canvas, x, room: theme::RIGHT - x, y: view.frame.y0 - 12.0 };
    parties(&mut column, input, shown);
    strengths(&mut column, input);
    moves(&mut column, input);
    lines(&mut column, input);
    column.y
}

fn parties(column: &mut Column<'_>, input: &ChartInput, shown: Shown) {
    let mut sums: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    for track in &input.tracks {
        let sum = sums.entry(track.commander).or_default();
        sum.0 += 1;
        sum.1 += u64::from(track.strength);
    }
    if sums.is_empty() {
        return;
    }
    column.heading(match shown {
        Shown::Tracks => "Forces by commander",
        Shown::Density => "Persons by commander",
    });
    for (n, (forces, persons)) in sums.iter().take(12) {
        let title = input.parties.get(*n).map_or("unnamed", |party| &party.title);
        let persons = text::grouped(*persons);
        let counts = match (shown, *forces) {
            (Shown::Density, _) => format!("{persons} persons"),
            (Shown::Tracks, 1) => format!("1 force, {persons} persons"),
            (Shown::Tracks, forces) => {
                format!("{} forces, {persons} persons", text::grouped(forces))
            }
        };
        let y = column.entry(title, &counts, 2);
        column.canvas.mark((column.x + 12.0, y), 6.0, theme::party(*n), false, 0.92);
    }
    if sums.len() > 12 {
        column.entry(&format!("and {} more", sums.len() - 12), "", 1);
    }
}

fn strengths(column: &mut Column<'_>, input: &ChartInput) {
    if input.tracks.is_empty() {
        return;
    }
    let most = strongest(input);
    let large = nice(most * 0.55).min(most.round());
    column.heading("Area of a mark: persons");
    column.y += 17.0;
    let mut x = column.x + 12.0;
    let look = Type::new(theme::TICK, theme::INK);
    for share in [0.1, 0.4, 1.0] {
        let persons = (large * share).round().max(1.0);
        let r = radius(persons, most);
        let style = (theme::DARK, theme::Shape::Circle);
        column.canvas.mark((x, column.y - 3.7), r, style, false, 0.6);
        let words = text::grouped(persons as u64);
        column.canvas.text(&words, (x + r + 4.0, column.y), &look);
        x += r + look.width(&words) + 20.0;
    }
    column.y += 5.0;
    if input.tracks.iter().any(|t| !t.bound) {
        let y = column.entry("small and pale: bound by no clause", "", 2);
        let style = (theme::DARK, theme::Shape::Circle);
        column.canvas.mark((column.x + 12.0, y), 3.2, style, false, 0.45);
    }
}

fn moves(column: &mut Column<'_>, input: &ChartInput) {
    if !input.tracks.iter().any(|t| t.path.len() > 1) {
        return;
    }
    column.heading("From start to end of the run");
    let y = column.entry(
        &format!("filled: start, hollow: end ({})", text::clean(&input.tracks_of)),
        "",
        3,
    );
    let x = column.x;
    column.canvas.line(&[(x + 4.0, y), (x + 20.0, y)], &Pen::new(theme::DARK, 1.1));
    let style = (theme::DARK, theme::Shape::Circle);
    column.canvas.mark((x + 4.0, y), 4.0, style, false, 0.92);
    column.canvas.mark((x + 21.0, y), 3.2, style, true, 1.0);
}

fn lines(column: &mut Column<'_>, input: &ChartInput) {
    column.heading("Lines");
    let used: Vec<_> = drawn::in_use(input).collect();
    for (n, line) in used.iter().take(3).enumerate() {
        let words = match *used {
            [_] => "line that distances are measured from".to_owned(),
            _ => format!("{}: measured from", text::clean(&line.title)),
        };
        column.line(&words, &drawn::line_in_use(n));
    }
    if used.iter().any(|c| !c.at_km.is_empty()) {
        column.line("equal distance from such a line", &drawn::curve());
    }
    if drawn::bands(input).next().is_some() {
        let y = column.entry("between the least and the full distance demanded", "", 2);
        let swatch = Rect::new(column.x, y - 5.0, column.x + 24.0, y + 5.0);
        column.canvas.block(&swatch, theme::ORANGE, drawn::BAND);
    }
    if input.curves.iter().any(|c| !c.in_use) {
        column.line("another line", &drawn::other_line());
    }
    if !input.outlines.is_empty() {
        column.line("area that a clause names", &drawn::outline());
    }
    column.line("border", &Pen::new(theme::BORDER, 0.9).dashed("5 2"));
}
