//! The map without forces, for a page that puts them on it and moves them.

use super::forces;
use super::labels::{self, Wanted};
use super::lines::draw_ground;
use super::view::MapView;
use crate::chart::canvas::Canvas;
use crate::chart::sheet::{hex, units};
use crate::chart::{ChartInput, shape, text, theme};
use crate::geo::Position;

/// A map without forces, and where places lie on it.
#[derive(Debug, Clone)]
pub struct Stage {
    svg: String,
    view: MapView,
    strongest: f64,
}

/// How a force's mark looks, in the units of the drawing's `viewBox`.
#[derive(Debug, Clone, PartialEq)]
pub struct StageMark {
    /// Corners round the mark's place.
    pub corners: Vec<(f64, f64)>,
    /// Its colour in the light theme, `#RRGGBB`.
    pub colour: String,
}

/// How much larger the words for narrow screens are than those for wide ones.
const LARGER: f64 = 2.2;
/// How much larger than on wide screens a page shows marks on narrow ones.
const LARGER_MARKS: f64 = 1.7;

/// Draws the map without forces; `None` if there is nothing to put on it. The view
/// holds the first and last places of `input.tracks`. Its words are there twice, of
/// class `words-wide` and, larger and fewer, `words-narrow`: a page shows one of them.
pub fn stage(input: &ChartInput) -> Option<Stage> {
    let (view, _) = MapView::of(input, theme::MARGIN)?;
    let canvas = Canvas::new(view.frame.x1 + theme::MARGIN);
    let (areas, drawn) = draw_ground(&canvas, input, &view);
    let mut marks = starts(input, &view);
    for (class, times) in [("words-wide", 1.0), ("words-narrow", LARGER)] {
        if times > 1.0 {
            marks.iter_mut().for_each(|it| it.radius *= LARGER_MARKS);
        }
        canvas.group(class);
        let wanted = Wanted { times, forces: false, vacant: times == 1.0 };
        labels::write(&canvas, input, &view, (&areas, &drawn), &marks, wanted);
        canvas.end_group();
    }
    let svg = canvas.finish(
        view.frame.y1 + 26.0,
        &text::clean(&input.about.title),
        "The map with lines, distances and places. Made with Natural Earth.",
    );
    Some(Stage { svg, view, strongest: forces::strongest(input) })
}

/// Forces where they start, in full size: as they move, their marks there are all that
/// words avoid.
fn starts<'a>(input: &'a ChartInput, view: &MapView) -> Vec<forces::Mark<'a>> {
    let strongest = forces::strongest(input);
    let mut marks = forces::marks(input, view);
    for mark in &mut marks {
        mark.path.truncate(1);
        mark.radius = forces::radius(f64::from(mark.track.strength), strongest);
    }
    marks
}

impl Stage {
    /// The drawing.
    #[must_use]
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// Where a place lies, in the units of the drawing's `viewBox`.
    #[must_use]
    pub fn point(&self, place: Position) -> (f64, f64) {
        let (x, y) = self.view.point(place);
        (f64::from(units(x)), f64::from(units(y)))
    }

    /// The mark of a force of this strength under the n-th of the chart's parties.
    #[must_use]
    pub fn mark(&self, party: usize, strength: u32) -> StageMark {
        let (colour, form) = theme::party(party);
        let radius = f64::from(units(forces::radius(f64::from(strength), self.strongest)));
        let corners = shape::corners(form).into_iter();
        StageMark {
            corners: corners.map(|(x, y)| (x * radius, y * radius)).collect(),
            colour: hex(colour),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{About, ChartCurve, ChartTrack};

    #[test]
    fn a_stage_has_no_marks_and_says_where_places_lie() {
        let at = |lat, lon| Position::new(lat, lon).unwrap();
        let input = ChartInput {
            about: About { title: "<script>".into(), replicates: 1, ..About::default() },
            curves: vec![ChartCurve {
                title: "Line".into(),
                points: vec![at(33.0, 35.8), at(33.3, 35.9)],
                in_use: true,
                at_km: Vec::new(),
            }],
            tracks: vec![ChartTrack {
                force: "Brigade".into(),
                commander: 0,
                strength: 900,
                bound: true,
                path: vec![at(33.1, 35.9)],
            }],
            start: time::Date::MIN,
            end: time::Date::MAX,
            turns: Vec::new(),
            records: Vec::new(),
            subjects: Vec::new(),
            clauses: Vec::new(),
            claims: Vec::new(),
            phases: Vec::new(),
            parties: Vec::new(),
            weapons: Vec::new(),
            ladders: Vec::new(),
            outlines: Vec::new(),
            sites: Vec::new(),
            density: Vec::new(),
            tracks_of: String::new(),
        };
        let stage = stage(&input).unwrap();
        assert!(!stage.svg().contains("<script"));
        for class in ["words-wide", "words-narrow"] {
            let group = stage.svg().split(&format!("<g class=\"{class}\">")).nth(1);
            let words = group.unwrap().split("</g>").next().unwrap();
            assert!(words.contains("Line") && words.contains(" km"), "{class}");
        }
        let (west, east) = (stage.point(at(33.1, 35.8)), stage.point(at(33.1, 35.9)));
        assert!(west.0 < east.0 && (west.1 - east.1).abs() < 20.0);
        let (large, small) = (stage.mark(0, 900), stage.mark(1, 90));
        assert_ne!(large.colour, small.colour);
        assert!(large.corners[0].0.abs() > small.corners[0].0.abs());
    }
}
