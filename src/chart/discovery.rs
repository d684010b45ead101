//! Under which conditions: points of interest and the box that holds them.

use super::about::About;
use super::canvas::{Align, Canvas, Pen, Type};
use super::page::Page;
use super::plane::{Pt, Rect};
use super::theme::Shape;
use super::{Chart, text, theme, ticks};

/// Everything the chart of a discovery needs.
#[derive(Debug, Clone)]
pub struct DiscoveryInput {
    /// The scenario and its runs.
    pub about: About,
    /// What is of interest: "collapse over 50 %".
    pub interest: String,
    /// The box in a sentence.
    pub finding: String,
    /// Share of all points of interest in the box, and of its points that are.
    pub coverage: f64,
    /// Its density.
    pub density: f64,
    /// Restricted parameters, the surest first, and as second axis, where only one is
    /// restricted, the outcome.
    pub axes: Vec<DiscoveryAxis>,
    /// How many of them are parameters of the box.
    pub restricted: usize,
    /// How many parameters there are.
    pub parameters: usize,
    /// The points.
    pub points: Vec<DiscoveryPoint>,
}

/// A parameter: places on its range are from 0 to 1.
#[derive(Debug, Clone)]
pub struct DiscoveryAxis {
    /// What it is called, with its unit.
    pub title: String,
    /// Places and what they are called; of numbers none, they have a scale.
    pub ticks: Vec<(f64, String)>,
    /// The numbers at places 0 and 1; none of what is no number.
    pub span: Option<(f64, f64)>,
    /// What both ends are called.
    pub ends: [String; 2],
    /// The pieces of the range that the box holds.
    pub inside: Vec<[f64; 2]>,
    /// The restriction in words; empty of what is not restricted.
    pub restriction: String,
    /// Its quasi p-value; NaN of what is not restricted.
    pub quasi_p: f64,
}

/// A point of the sweep.
#[derive(Debug, Clone)]
pub struct DiscoveryPoint {
    /// By axis: its place.
    pub at: Vec<f64>,
    /// Whether it is of interest.
    pub of_interest: bool,
    /// Whether the box holds it.
    pub inside: bool,
}

/// Height of the scatter.
const HEIGHT: f64 = 380.0;
/// Room right of the scatter.
const LIST: f64 = 410.0;
/// Height of a restriction.
const ROW: f64 = 62.0;

/// Draws the chart; `None` if nothing is restricted.
///
/// The same input gives the same bytes.
pub fn draw_discovery(input: &DiscoveryInput) -> Option<Chart> {
    let [across, up, ..] = input.axes.as_slice() else {
        return None;
    };
    let subtitle = format!(
        "Where the points with {} lie (filled), over {} and {}; shaded: what the box holds.",
        input.interest,
        said(&across.title),
        said(&up.title),
    );
    let page = Page::of(&input.about, &text::clean(&subtitle));
    let top = page.top + 10.0;
    let tick = Type::TICK;
    let steps = [across.steps(), up.steps()];
    let widest = steps[1].iter().map(|(_, name)| tick.width(&short(name)));
    let left = widest.fold(24.0, f64::max) + 34.0;
    let rows = &input.axes[..input.restricted.min(input.axes.len())];
    let height = HEIGHT.max(ROW * rows.len() as f64 + 60.0);
    let plot = Rect::inset((left, LIST), top, height);
    scatter(&page.canvas, input, [across, up], &steps, &plot);
    list(&page.canvas, input, rows, &plot);
    let notes = "Filled: a point of interest; hollow: another. Circles lie in the box in every \
                 restricted parameter, squares do not. Coverage: share of all points of interest that the \
                 box holds; density: share of its points that are of interest. Quasi p: the chance of so \
                 dense a box if the restriction told nothing (Bryant & Lempert 2010).";
    let svg = page.close(plot.y1 + 40.0, notes, &input.finding);
    Some(Chart { name: "discover", svg })
}

impl DiscoveryAxis {
    /// Places and their names, of numbers at round ones.
    fn steps(&self) -> Vec<(f64, String)> {
        let Some((low, high)) = self.span else {
            return self.ticks.clone();
        };
        let step = ticks::nice((high - low) / 5.0);
        let digits = (-libm::floor(libm::log10(step) + 1e-9)).max(0.0) as usize;
        let each = ticks::linear(low, high, 5.0).into_iter();
        each.map(|x| {
            let name = format!("{:.digits$}", x + 0.0).replace('-', "−");
            ((x - low) / (high - low), name)
        })
        .collect()
    }
}

fn said(title: &str) -> String {
    format!("“{}”", text::clean(title))
}

fn short(name: &str) -> String {
    text::cut(&text::clean(name), theme::TICK, false, 110.0)
}

fn scatter(
    canvas: &Canvas,
    input: &DiscoveryInput,
    axes: [&DiscoveryAxis; 2],
    steps: &[Vec<(f64, String)>; 2],
    plot: &Rect,
) {
    let inner = plot.grown(-10.0);
    let x = |place: f64| inner.x0 + place * inner.width();
    let y = |place: f64| inner.y1 - place * inner.height();
    let edge = |place: f64, low: f64, high: f64, of: &dyn Fn(f64) -> f64| match place {
        it if it <= 0.0 => low,
        it if it >= 1.0 => high,
        it => of(it),
    };
    for [from, to] in &axes[0].inside {
        for [below, above] in &axes[1].inside {
            let place = Rect::new(
                edge(*from, plot.x0, plot.x1, &x),
                edge(*above, plot.y1, plot.y0, &y),
                edge(*to, plot.x0, plot.x1, &x),
                edge(*below, plot.y1, plot.y0, &y),
            );
            canvas.block(&place, theme::SKY, 0.22);
            canvas.frame(&place, &Pen::new(theme::BLUE, 1.4).dashed(theme::DASHED));
        }
    }
    let tick = Type::TICK;
    // As many names as there is room for.
    let room = inner.width() / steps[0].len().max(1) as f64;
    let names = steps[0].iter().map(|(_, name)| tick.width(&short(name)));
    let every = ((names.fold(1.0, f64::max) + 8.0) / room).ceil().max(1.0) as usize;
    for (place, name) in steps[0].iter().step_by(every) {
        let x = x(*place);
        canvas.line(&[(x, plot.y1), (x, plot.y1 + 4.0)], &Pen::new(theme::RULE, 0.9));
        canvas.text(&short(name), (x, plot.y1 + 15.0), &tick.align(Align::Middle));
    }
    for (place, name) in &steps[1] {
        let y = y(*place);
        canvas.line(&[(plot.x0 - 4.0, y), (plot.x0, y)], &Pen::new(theme::RULE, 0.9));
        canvas.text(&short(name), (plot.x0 - 7.0, y + 3.7), &tick.align(Align::End));
    }
    let words = Type::LABEL;
    let below = (plot.centre().0, plot.y1 + 33.0);
    canvas.fit(&axes[0].title, below, plot.width(), &words.align(Align::Middle));
    let title = words.cut(&axes[1].title, plot.height());
    canvas.upright(&title, (theme::MARGIN + 8.0, plot.centre().1), &words);
    // Those of interest on top.
    for of_interest in [false, true] {
        for point in input.points.iter().filter(|it| it.of_interest == of_interest) {
            let [a, b, ..] = point.at[..] else { continue };
            let at: Pt = (x(a), y(b));
            let shape = if point.inside { Shape::Circle } else { Shape::Square };
            let colour = if of_interest { theme::VERMILION } else { theme::RULE };
            canvas.mark(at, 2.9, (colour, shape), !of_interest, 0.9);
        }
    }
    canvas.frame(plot, &Pen::new(theme::RULE, 0.9));
}

/// The restrictions, each as the piece of its range that the box holds.
fn list(canvas: &Canvas, input: &DiscoveryInput, rows: &[DiscoveryAxis], plot: &Rect) {
    let left = plot.x1 + 30.0;
    let right = theme::RIGHT;
    let words = format!(
        "Coverage {}, density {}; {} of {} parameters restricted",
        text::percent(input.coverage),
        text::percent(input.density),
        input.restricted,
        input.parameters
    );
    canvas.fit(&words, (left, plot.y0 + 10.0), right - left, &Type::HEAD);
    for (at, axis) in rows.iter().enumerate() {
        let y = plot.y0 + 36.0 + ROW * at as f64;
        let soft = Type::NOTE.align(Align::End);
        let p = quasi(axis.quasi_p);
        canvas.text(&p, (right, y), &soft);
        let room = right - left - soft.width(&p) - 10.0;
        canvas.fit(&axis.restriction, (left, y), room, &Type::LABEL);
        let x = |place: f64| left + place.clamp(0.0, 1.0) * (right - left);
        let bar = Rect::new(left, y + 8.0, right, y + 17.0);
        canvas.block(&bar, theme::GRID, 1.0);
        for [from, to] in &axis.inside {
            let piece = Rect::new(x(*from), bar.y0, x(*to).max(x(*from) + 2.0), bar.y1);
            canvas.block(&piece, theme::BLUE, 1.0);
        }
        let tick = Type::NOTE;
        let [low, high] = &axis.ends;
        let half = (right - left) / 2.0 - 6.0;
        canvas.fit(low, (left, bar.y1 + 11.5), half, &tick);
        canvas.fit(high, (right, bar.y1 + 11.5), half, &tick.align(Align::End));
    }
}

/// A quasi p-value in words.
fn quasi(p: f64) -> String {
    match p {
        p if p.is_nan() => String::new(),
        p if p < 0.001 => "quasi p < 0.001".into(),
        p => format!("quasi p {p:.3}"),
    }
}
