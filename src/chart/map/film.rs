//! The map date by date: one sheet, and on it a layer of forces for each date.

use time::Date;

use super::forces;
use super::labels::{self, Wanted};
use super::legend::{self, Shown};
use super::lines::draw_ground;
use super::picture::finding;
use super::view::MapView;
use crate::chart::canvas::{Canvas, Pen, Type};
use crate::chart::page::Page;
use crate::chart::plane::{Pt, Rect, runs};
use crate::chart::plot::DateAxis;
#[cfg(feature = "raster")]
use crate::chart::render::{self, RenderError};
use crate::chart::{ChartInput, series, text, theme};
#[cfg(feature = "raster")]
use crate::chart::{Theme, dark, recoloured};
use crate::geo::Position;

/// At most so many frames are made.
const FRAMES: usize = 240;
/// Room for the date above the map.
const ABOVE: f64 = 26.0;

/// A map with forces that move from date to date.
#[derive(Debug, Clone)]
pub struct Film {
    sheet: String,
    layers: Vec<String>,
    /// What the scenario is called.
    pub title: String,
    /// What it shows, in words.
    pub finding: String,
}

/// Draws the map date by date; `None` if there is nothing to put on it. `paths` holds,
/// for each of `input.tracks`, the places of a force with the number of the first date
/// on which it is there.
pub fn film(input: &ChartInput, dates: &[Date], paths: &[Vec<(usize, Position)>]) -> Option<Film> {
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else {
        return None;
    };
    let step = dates.len().div_ceil(FRAMES);
    // The last date is always there.
    let mut shown: Vec<usize> = (0..dates.len()).rev().step_by(step).collect();
    shown.reverse();
    let page = Page::of(
        &input.about,
        &format!(
            "Where forces truly stand, date by date, in one replicate: {}. It is one of {}, not \
             their average.",
            text::clean(&input.tracks_of),
            text::grouped(input.about.replicates)
        ),
    );
    let (view, lines) = MapView::of(input, page.top + ABOVE)?;
    // One place for each force, and without rows, which are of no use here.
    let mut light = ChartInput { turns: Vec::new(), ..input.clone() };
    light.tracks.iter_mut().for_each(|it| it.path.truncate(1));
    let (areas, drawn) = draw_ground(&page.canvas, &light, &view);
    // Words keep off where forces start and end, and off their ways where they can.
    let marks = forces::marks(input, &view);
    let wanted = Wanted { times: 1.0, forces: false, vacant: true };
    labels::write(&page.canvas, input, &view, (&areas, &drawn), &marks, wanted);
    let bar = Rect::new(view.frame.x0 + 130.0, page.top, view.frame.x1, page.top + ABOVE);
    let axis = DateAxis::new(*first, *last, bar.x0 + 5.0, bar.x1 - 5.0);
    let middle = page.top + 9.0;
    let canvas = &page.canvas;
    canvas.line(&[(bar.x0, middle), (bar.x1, middle)], &Pen::new(theme::GRID, 3.0));
    for x in input.clauses.iter().filter_map(|clause| axis.place(clause.deadline)) {
        let pen = Pen::new(theme::DEMANDED, 1.2);
        canvas.line(&[(x, middle - 6.0), (x, middle + 6.0)], &pen);
    }
    let foot = legend::draw(canvas, &light, &view, Shown::Tracks);
    let mut layers = Vec::new();
    for number in &shown {
        let canvas = Canvas::new(theme::WIDTH);
        let at = axis.at(dates[*number]);
        canvas.line(&[(bar.x0, middle), (at, middle)], &Pen::new(theme::RULE, 3.0));
        let look = (theme::INK, theme::Shape::Circle);
        canvas.mark((at, middle), 5.0, look, false, 1.0);
        let look = Type::new(theme::TITLE - 4.0, theme::INK).bold();
        let words = series::short(dates[*number]);
        canvas.text(&words, (view.frame.x0, middle + 5.0), &look);
        canvas.clip(&view.frame);
        for (track, path) in light.tracks.iter_mut().zip(paths) {
            let so_far = path.iter().take_while(|(from, _)| from <= number);
            let mut so_far: Vec<Position> = so_far.map(|(_, place)| *place).collect();
            so_far.extend(path.first().filter(|_| so_far.is_empty()).map(|it| it.1));
            let (colour, _) = theme::party(track.commander);
            let pen = Pen::new(colour, 1.0).faint(if track.bound { 0.55 } else { 0.3 });
            let way: Vec<Pt> = view.points(&so_far);
            for run in runs(&way, &view.frame) {
                canvas.line(&run, &pen);
            }
            track.path = so_far.last().copied().into_iter().collect();
        }
        let marks = forces::marks(&light, &view);
        forces::draw(&canvas, &view, &marks);
        canvas.end_clip();
        layers.push(canvas.body());
    }
    let bottom = (view.frame.y1 + 26.0).max(foot + 6.0);
    let every = match step {
        1 => String::new(),
        2 => ", every 2nd".into(),
        3 => ", every 3rd".into(),
        step => format!(", every {step}th"),
    };
    let notes = format!(
        "A frame for each date with stored positions{every}: {} of them, five a second. Thin lines: \
         the way so far. Marks at one place are set side by side; forces beyond the frame are not \
         shown. Ticks on the bar: deadlines. Azimuthal equidistant projection. Made with Natural \
         Earth.",
        shown.len()
    );
    let finding = finding(input, &lines);
    Some(Film {
        title: text::clean(&input.about.title),
        sheet: page.close(bottom, &notes, &finding),
        layers,
        finding,
    })
}

impl Film {
    /// How many frames it has.
    #[must_use]
    pub fn frames(&self) -> usize {
        self.layers.len()
    }

    /// One of its frames as a drawing of its own.
    #[must_use]
    pub fn still(&self, number: usize) -> Option<String> {
        let layer = self.layers.get(number)?;
        let sheet = self.sheet.trim_end().strip_suffix("</svg>")?;
        Some(format!("{sheet}{layer}</svg>\n"))
    }

    /// As an animated PNG: five frames a second, the last of them held two seconds, over
    /// and over. What shows no animation shows the first frame.
    ///
    /// # Errors
    /// If it cannot be drawn or written.
    #[cfg(feature = "raster")]
    pub fn png(&self, look: Theme) -> Result<Vec<u8>, RenderError> {
        let dressed = |svg: &str| match look {
            Theme::Light => svg.to_owned(),
            Theme::Dark => recoloured(svg, |colour| dark(colour).to_owned()),
        };
        // Layers have the sheet's size, and nothing of it.
        let head = self.sheet.split_inclusive('>').next().unwrap_or_default();
        let layers = self.layers.iter().map(|layer| dressed(&format!("{head}{layer}</svg>")));
        let words = [("Title", self.title.as_str()), ("Description", &self.finding)];
        render::animated(&dressed(&self.sheet), layers, words)
    }
}
