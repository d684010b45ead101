//! The map: lines, distances, forces and where they go.

mod density;
mod film;
mod forces;
mod ground;
mod labels;
mod legend;
mod stage;
mod view;

use super::canvas::{Canvas, Pen, Type};
use super::label_layout::LabelLayout;
use super::page::Page;
use super::plane::{Pt, Rect, apart};
use super::{ChartCurve, ChartInput, text, theme};
use crate::geo::{Line, Position};
pub(super) use density::draw as draw_density;
pub use film::{Film, film};
use forces::Mark;
use labels::Wanted;
pub use stage::{Stage, StageMark, stage};
use view::MapView;

/// Opacity of the band between two distances.
const BAND: f64 = 0.2;

/// The n-th of the lines that distances are measured from.
fn line_in_use(n: usize) -> Pen {
    match n {
        0 => Pen::new(theme::INK, 3.0),
        1 => Pen::new(theme::INK, 1.7),
        _ => Pen::new(theme::INK, 3.0).dashed("12 4"),
    }
}

/// The lines that distances are measured from.
fn in_use(input: &ChartInput) -> impl Iterator<Item = &ChartCurve> {
    input.curves.iter().filter(|curve| curve.in_use)
}

fn other_line() -> Pen {
    Pen::new(theme::INK, 1.2).dashed("4 2.5")
}

fn curve() -> Pen {
    Pen::new(theme::DEMANDED, 1.5).dashed("9 3")
}

fn outline() -> Pen {
    Pen::new(theme::PURPLE, 1.1).dashed(theme::DASH_DOT)
}

/// What the marks on a map are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// Forces of one replicate, from where they start to where they end.
    Tracks,
    /// Persons about each place at the end, mean over replicates.
    Density,
}

/// Draws the map; `None` if there is nothing to put on it.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let subtitle = format!(
        "Where forces stand at the start ({}) and at the end ({}), true position in one \
         replicate: {}.",
        super::series::long(input.start),
        super::series::long(input.end),
        text::clean(&input.tracks_of)
    );
    sheet(input, &subtitle, Shown::Tracks)
}

/// The map with its legend, under a subtitle that says what its marks are.
fn sheet(input: &ChartInput, subtitle: &str, shown: Shown) -> Option<String> {
    let lines = view::measures(input);
    let core = view::core(input, &lines);
    let page = Page::of(&input.about, subtitle);
    let view = MapView::fit(&core, page.top)?;
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

/// A line on the sheet and what it is called.
struct Drawn {
    points: Vec<Pt>,
    words: String,
    kind: DrawnKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum DrawnKind {
    InUse,
    Curve,
    Other,
}

/// The map in a few sentences.
fn finding(input: &ChartInput, lines: &[(&ChartCurve, Line)]) -> String {
    let persons: u64 = input.tracks.iter().map(|t| u64::from(t.strength)).sum();
    let mut words = format!(
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
        let sum: u64 = bound
            .iter()
            .filter(|t| {
                let km = of(&t.path).and_then(|p| view::nearest_km(lines, *p));
                km.is_some_and(|km| km < target)
            })
            .map(|t| u64::from(t.strength))
            .sum();
        sum as f64 / whole as f64
    };
    words.push_str(&format!(
        " Of {} bound persons {} stand nearer than {} km to the line at the start and {} at the \
         end ({}).",
        text::grouped(whole),
        text::percent(nearer(<[Position]>::first)),
        text::number(target),
        text::percent(nearer(<[Position]>::last)),
        text::clean(&input.tracks_of)
    ));
    words
}

/// The density in a few sentences.
fn density_in_words(input: &ChartInput, lines: &[(&ChartCurve, Line)]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let target = view::target_km(input).filter(|_| !lines.is_empty());
    for (n, party) in input.parties.iter().enumerate() {
        let own = || input.tracks.iter().filter(|it| it.commander == n);
        let sum = |near: &dyn Fn(&Position) -> bool| -> u64 {
            own()
                .filter(|it| it.path.first().is_some_and(near))
                .map(|it| u64::from(it.strength))
                .sum()
        };
        let all = sum(&|_| true);
        if all == 0 {
            continue;
        }
        let title = text::cut(&text::clean(&party.title), theme::SMALL, false, 240.0);
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

/// Pairs of distances that a clause demands, with the curve's pieces at both.
fn bands(input: &ChartInput) -> impl Iterator<Item = (&Vec<Position>, &Vec<Position>)> {
    let demands = input.clauses.iter().filter_map(|c| c.distance_km);
    let mut seen: Vec<(f64, f64)> = Vec::new();
    for (min, target) in demands {
        let same = |(a, b): &(f64, f64)| (a - min).abs() < 1e-6 && (b - target).abs() < 1e-6;
        if min < target && !seen.iter().any(same) {
            seen.push((min, target));
        }
    }
    in_use(input)
        .flat_map(move |curve| {
            let seen = seen.clone();
            seen.into_iter().filter_map(move |(min, target)| {
                let at = |km: f64| {
                    let found = curve.at_km.iter().find(|(at, _)| (at - km).abs() < 1e-6);
                    found.map(|(_, pieces)| pieces)
                };
                let (near, far) = (at(min)?, at(target)?);
                (near.len() == far.len()).then_some((near, far))
            })
        })
        .flat_map(|(near, far)| near.iter().zip(far))
}

/// Outlines of areas that do not fill the view, with their names.
fn draw_areas(canvas: &Canvas, input: &ChartInput, view: &MapView) -> Vec<(Vec<Pt>, String)> {
    let mut areas = Vec::new();
    for area in &input.outlines {
        let rings: Vec<Vec<Pt>> = area.rings.iter().map(|r| view.points(r)).collect();
        let all = || rings.iter().flatten();
        let low = all().fold((f64::MAX, f64::MAX), |a, p| (a.0.min(p.0), a.1.min(p.1)));
        let high = all().fold((f64::MIN, f64::MIN), |a, p| (a.0.max(p.0), a.1.max(p.1)));
        let extent = Rect::new(low.0, low.1, high.0, high.1);
        let small = extent.width() < view.frame.width() && extent.height() < view.frame.height();
        if !small || !extent.meets(&view.frame) {
            continue;
        }
        for ring in &rings {
            canvas.outline(ring, &outline());
        }
        // One name for all of its parts, on the longest.
        if let Some(ring) = rings.into_iter().max_by_key(Vec::len) {
            areas.push((ring, text::cut(&text::clean(&area.title), theme::SMALL, true, 180.0)));
        }
    }
    areas
}

/// Draws bands, curves and lines, the ones in use on top.
fn draw_lines(canvas: &Canvas, input: &ChartInput, view: &MapView) -> Vec<Drawn> {
    for (near, far) in bands(input) {
        let mut band = view.points(near);
        band.extend(view.points(far).into_iter().rev());
        canvas.fill(&band, theme::ORANGE, BAND);
    }
    let mut drawn = Vec::new();
    for line in in_use(input) {
        for (km, pieces) in &line.at_km {
            for piece in pieces {
                let points = thinned(&view.points(piece));
                canvas.line(&points, &curve());
                drawn.push(Drawn {
                    points,
                    words: format!("{} km", text::number(km.abs())),
                    kind: DrawnKind::Curve,
                });
            }
        }
    }
    let others = input.curves.iter().filter(|curve| !curve.in_use);
    let others = others.map(|line| (line, other_line(), DrawnKind::Other));
    let used = in_use(input).enumerate();
    let used = used.map(|(n, line)| (line, line_in_use(n), DrawnKind::InUse));
    for (line, pen, kind) in others.chain(used) {
        let points = thinned(&view.points(&line.points));
        if kind == DrawnKind::InUse {
            canvas.line(&points, &Pen::new(theme::PAPER, 5.4).faint(0.8));
        }
        canvas.line(&points, &pen);
        let words = text::cut(&text::clean(&line.title), theme::LABEL, true, 200.0);
        drawn.push(Drawn { points, words, kind });
    }
    drawn
}

/// A line without the points that are less than two thirds of a pixel off the
/// straight way between the ones kept.
fn thinned(points: &[Pt]) -> Vec<Pt> {
    let mut kept: Vec<Pt> = Vec::with_capacity(points.len());
    let mut from = 0;
    for n in 0..points.len() {
        let (Some(&a), Some(&b)) = (points.get(from), points.get(n + 1)) else {
            kept.extend(points.get(n));
            continue;
        };
        let length = apart(a, b).max(1e-9);
        let between = points.get(from + 1..=n).unwrap_or(&[]);
        let off = between
            .iter()
            .map(|p| ((b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0)).abs() / length)
            .fold(0.0, f64::max);
        if n == 0 || off > 0.25 {
            kept.extend(points.get(n));
            from = n;
        }
    }
    kept
}

/// Draws the map with its lines and areas, without words and forces; gives both.
fn draw_ground(
    canvas: &Canvas,
    input: &ChartInput,
    view: &MapView,
) -> (Vec<(Vec<Pt>, String)>, Vec<Drawn>) {
    canvas.clip(&view.frame);
    ground::paint(canvas, view);
    let areas = draw_areas(canvas, input, view);
    let drawn = draw_lines(canvas, input, view);
    canvas.end_clip();
    (areas, drawn)
}

/// Keeps marks free of labels and asks labels to keep off lines and tracks.
fn reserve(label_layout: &mut LabelLayout, marks: &[Mark<'_>], drawn: &[Drawn]) {
    for mark in marks {
        if mark.inside {
            label_layout.take(mark.cover());
        }
        if let Some(end) = mark.end() {
            let half = mark.end_radius();
            label_layout.take(Rect::around(end, half));
            label_layout.avoid(mark.path.clone());
        }
    }
    for line in drawn {
        label_layout.avoid(line.points.clone());
        if line.kind == DrawnKind::InUse {
            // A label on the line itself is worse than one on a track.
            for _ in 0..5 {
                label_layout.avoid(line.points.clone());
            }
            label_layout.part(line.points.clone());
        }
    }
}

/// Names lines and distances, in words so much larger than usual.
fn label_lines(
    canvas: &Canvas,
    label_layout: &mut LabelLayout,
    view: &MapView,
    drawn: &[Drawn],
    times: f64,
) {
    for kind in [DrawnKind::InUse, DrawnKind::Curve, DrawnKind::Other] {
        let look = match kind {
            DrawnKind::InUse => Type::new((theme::LABEL + 0.5) * times, theme::INK).bold(),
            DrawnKind::Curve => Type::new(theme::LABEL * times, theme::DEMANDED).bold(),
            DrawnKind::Other => Type::new(theme::TICK * times, theme::INK),
        };
        let beside = kind != DrawnKind::Curve;
        for line in drawn.iter().filter(|l| l.kind == kind) {
            labels::on_line(
                canvas,
                label_layout,
                &view.frame,
                &line.points,
                &line.words,
                &look,
                beside,
            );
        }
    }
}
