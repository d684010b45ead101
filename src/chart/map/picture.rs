//! The map with its legend, and what it shows in words.

use super::forces;
use super::labels::{self, Wanted};
use super::legend::{self, Shown};
use super::lines::draw_ground;
use super::view::{self, MapView};
use crate::chart::page::Page;
use crate::chart::{ChartCurve, ChartInput, ChartTrack, series, text};
use crate::geo::{Line, Position};

/// Draws the map; `None` if there is nothing to put on it.
pub(in crate::chart) fn draw(input: &ChartInput) -> Option<String> {
    let subtitle = format!(
        "Where forces stand at the start ({}) and at the end ({}), true position in one \
         replicate: {}.",
        series::long(input.start),
        series::long(input.end),
        text::clean(&input.tracks_of)
    );
    sheet(input, &subtitle, Shown::Tracks)
}

/// The map with its legend, under a subtitle that says what its marks are.
pub(super) fn sheet(input: &ChartInput, subtitle: &str, shown: Shown) -> Option<String> {
    let page = Page::of(&input.about, subtitle);
    let (view, lines) = MapView::of(input, page.top)?;
    let marks = forces::marks(input, &view);
    let canvas = &page.canvas;
    let (areas, drawn) = draw_ground(canvas, input, &view);
    canvas.clip(&view.frame);
    forces::draw(canvas, &view, &marks);
    canvas.end_clip();
    let wanted = Wanted { times: 1.0, forces: true, vacant: true };
    let unnamed = labels::write(canvas, input, &view, (&areas, &drawn), &marks, wanted);
    let foot = legend::draw(canvas, input, &view, shown);
    let bottom = (view.frame.y1 + 26.0).max(foot + 6.0);
    let mut notes =
        String::from("Azimuthal equidistant projection. Marks at one place are set side by side. ");
    if unnamed > 0 {
        notes.push_str(&format!("Places with forces that have no room for a name: {unnamed}. "));
    }
    if marks.iter().any(|m| !m.inside) {
        notes.push_str("At the edge: forces beyond the frame with their distance from the line. ");
    }
    notes.push_str("Made with Natural Earth.");
    let finding = match shown {
        Shown::Tracks => finding(input, &lines),
        Shown::Density => density_in_words(input, &lines),
    };
    Some(page.close(bottom, &notes, &finding))
}

/// The map in a few sentences.
pub(super) fn finding(input: &ChartInput, lines: &[(&ChartCurve, Line)]) -> String {
    let persons: u64 = input.tracks.iter().map(|t| u64::from(t.strength)).sum();
    let words = format!(
        "{} forces with {} persons under {} commander{}.",
        text::grouped(input.tracks.len() as u64),
        text::grouped(persons),
        input.parties.len(),
        if input.parties.len() == 1 { "" } else { "s" }
    );
    let bound: Vec<_> = input.tracks.iter().filter(|t| t.bound).collect();
    let whole: u64 = bound.iter().map(|t| u64::from(t.strength)).sum();
    let (Some(target), true) = (view::target_km(input), whole > 0 && !lines.is_empty()) else {
        return words;
    };
    let nearer = |of: fn(&[Position]) -> Option<&Position>| -> f64 {
        let km = |it: &ChartTrack| view::nearest_km(lines, *of(&it.path)?);
        let near = bound.iter().filter(|it| km(it).is_some_and(|km| km < target));
        near.map(|it| u64::from(it.strength)).sum::<u64>() as f64 / whole as f64
    };
    let [start, end] = [<[Position]>::first, <[Position]>::last].map(nearer).map(text::percent);
    let (whole, target) = (text::grouped(whole), text::number(target));
    let of = text::clean(&input.tracks_of);
    format!(
        "{words} Of {whole} bound persons {start} stand nearer than {target} km to the line at the \
         start and {end} at the end ({of})."
    )
}

/// The density in a few sentences.
fn density_in_words(input: &ChartInput, lines: &[(&ChartCurve, Line)]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let target = view::target_km(input).filter(|_| !lines.is_empty());
    for (n, party) in input.parties.iter().enumerate() {
        let sum = |near: &dyn Fn(&Position) -> bool| -> u64 {
            let own = input.tracks.iter().filter(|it| it.commander == n);
            let own = own.filter(|it| it.path.first().is_some_and(near));
            own.map(|it| u64::from(it.strength)).sum()
        };
        let all = sum(&|_| true);
        if all == 0 {
            continue;
        }
        let title = text::brief(&party.title);
        let mut part = format!("{title} {} persons", text::grouped(all));
        if let Some(target) = target {
            let near = |at: &Position| view::nearest_km(lines, *at).is_some_and(|km| km < target);
            part.push_str(&format!(
                ", {} of them nearer than {} km to the line",
                text::grouped(sum(&near)),
                text::number(target)
            ));
        }
        parts.push(part);
    }
    format!(
        "At the end, on average over n = {} replicates: {}.",
        text::grouped(input.about.replicates),
        parts.join("; ")
    )
}
