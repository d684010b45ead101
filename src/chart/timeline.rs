//! Phases, clauses, deadlines and statements on one axis of dates.

use super::canvas::{Align, Canvas, Pen, Type};
use super::page::Page;
use super::plane::{Pt, Rect};
use super::plot::DateAxis;
use super::series::{self, Moment};
use super::theme::{self, Shape};
use super::{ChartClaim, ChartClause, ChartInput, ChartPhase, text};

/// Room for names left of the bars.
const NAMES: f64 = 218.0;
/// Room for values right of the bars.
const GUTTER: f64 = 86.0;
/// Height of a clause's bar.
const BAR: f64 = 24.0;
/// At most so many rows of clauses, and of statements.
const ROWS: usize = 24;

/// Draws the chart; `None` without clauses, phases and statements.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    if input.clauses.is_empty() && input.phases.is_empty() && input.claims.is_empty() {
        return None;
    }
    let page = Page::of(
        &input.about,
        "Phases, clauses and statements by date. Height of a clause’s bar, grey: share of \
         replicates in which it is in force (true); blue: share in which it is kept (true). \
         Diamonds: deadlines.",
    );
    let x0 = theme::MARGIN + NAMES;
    let x1 = theme::RIGHT - GUTTER;
    let axis = DateAxis::new(input.start, input.end, x0, x1);
    let rows = Layout::new(input, &axis, page.top);
    let plot = Rect::new(x0, page.top, x1, rows.bottom);
    let canvas = &page.canvas;
    axis.draw(canvas, &plot, true);
    for (phase, y) in input.phases.iter().zip(&rows.phases) {
        draw_phase(canvas, input, phase, &axis, *y);
    }
    for (clause, y) in input.clauses.iter().zip(&rows.clauses) {
        draw_clause(canvas, input, clause, &axis, *y);
    }
    rows.draw_claims(canvas, &plot);
    canvas.frame(&plot, &Pen::new(theme::RULE, 0.9));
    let hidden = input.clauses.len().saturating_sub(ROWS);
    let mut notes = format!(
        "A clause counts as kept in a replicate when the share of the strength that meets it reaches \
         its threshold. Shares are of n = {} replicates.",
        text::grouped(input.about.replicates)
    );
    if hidden > 0 || rows.hidden > 0 {
        notes.push_str(&format!(" Not shown: {hidden} clauses, {} statements.", rows.hidden));
    }
    let bottom = plot.y1 + 32.0;
    Some(page.close(bottom, &notes, &finding(input)))
}

/// The chart in a few sentences.
fn finding(input: &ChartInput) -> String {
    let mut words = format!(
        "From {} to {}: {} phases, {} clauses, {} dated statements.",
        series::long(input.start),
        series::long(input.end),
        input.phases.len(),
        input.clauses.len(),
        input.claims.len()
    );
    for clause in input.clauses.iter().take(ROWS) {
        let [in_force, kept] = shares(input, clause);
        if let (Some(in_force), Some(kept)) = (in_force.last(), kept.last()) {
            words.push_str(&format!(
                " {}: in force in {} and kept in {} of n = {} replicates on the last date.",
                text::clean(&clause.title),
                text::percent(in_force.1),
                text::percent(kept.1),
                text::grouped(input.about.replicates)
            ));
        }
    }
    words
}

/// Share of all replicates in which a clause is in force, and is kept, by day.
type Shares = Vec<(f64, f64)>;

fn shares(input: &ChartInput, clause: &ChartClause) -> [Shares; 2] {
    // A row over fewer replicates speaks of those alone.
    let all = input.about.replicates.max(1) as f64;
    let share = |m: &Moment<'_>| {
        let part = (m.row.n as f64 / all).min(1.0);
        (m.day, (m.row.mean * part).clamp(0.0, 1.0))
    };
    let rows = |measure| series::of(input, ("clause", &clause.id), measure, "true");
    ["in_force", "kept"].map(|measure| rows(measure).iter().map(share).collect())
}

/// Where rows lie.
struct Layout<'a> {
    phases: Vec<f64>,
    clauses: Vec<f64>,
    claims: Vec<Flag<'a>>,
    claims_top: f64,
    hidden: usize,
    bottom: f64,
}

/// A statement with the place of its label.
struct Flag<'a> {
    claim: &'a ChartClaim,
    x: f64,
    y: f64,
    leftwards: bool,
    lines: Vec<String>,
}

impl<'a> Layout<'a> {
    fn new(input: &'a ChartInput, axis: &DateAxis, top: f64) -> Layout<'a> {
        let mut y = top + 8.0;
        let mut row = |height: f64| {
            let at = y;
            y += height;
            at
        };
        let phases: Vec<f64> = input.phases.iter().take(ROWS).map(|_| row(29.0)).collect();
        if !phases.is_empty() {
            row(6.0);
        }
        let clauses: Vec<f64> = input.clauses.iter().take(ROWS).map(|_| row(BAR + 14.0)).collect();
        let claims_top = row(8.0);
        let (claims, bottom) = flags(input, axis, claims_top + 8.0);
        let hidden = statements(input).len() - claims.len();
        let bottom = if claims.is_empty() { claims_top } else { bottom };
        Layout { phases, clauses, claims, claims_top, hidden, bottom: bottom + 4.0 }
    }

    fn draw_claims(&self, canvas: &Canvas, plot: &Rect) {
        if self.claims.is_empty() {
            return;
        }
        let y = self.claims_top;
        canvas.line(&[(theme::MARGIN, y), (plot.x1, y)], &Pen::new(theme::GRID, 1.2));
        canvas.text("Statements", (theme::MARGIN, y + 19.0), &Type::HEAD);
        let mut at = y + 35.0;
        for (says, words) in [
            ("keeping", "says that it is kept"),
            ("violating", "says that it is violated"),
            ("denies", "denies the clause"),
            ("", "says something else"),
        ] {
            let known = ["keeping", "violating", "denies"];
            let any = self.claims.iter().any(|f| {
                let said = f.claim.says.as_str();
                said == says || says.is_empty() && !known.contains(&said)
            });
            if any && at < self.bottom {
                let place = (theme::MARGIN + 6.0, at - 3.5);
                canvas.mark(place, 4.5, theme::statement(says), false, 1.0);
                canvas.text(words, (theme::MARGIN + 16.0, at), &Type::NOTE);
                at += 15.0;
            }
        }
        for flag in &self.claims {
            let style = theme::statement(&flag.claim.says);
            let stem = Pen::new(style.0, 0.8).faint(0.75);
            canvas.line(&[(flag.x, self.claims_top), (flag.x, flag.y)], &stem);
        }
        for flag in &self.claims {
            let style = theme::statement(&flag.claim.says);
            canvas.mark((flag.x, flag.y), 4.5, style, false, 1.0);
            let look = Type::SMALL.halo();
            let (x, look) = if flag.leftwards {
                (flag.x - 8.0, look.align(Align::End))
            } else {
                (flag.x + 8.0, look)
            };
            canvas.lines(&flag.lines, (x, flag.y + 3.5), 12.0, &look);
        }
    }
}

/// The statements; one on several clauses is said once.
fn statements(input: &ChartInput) -> Vec<&ChartClaim> {
    let mut all: Vec<&ChartClaim> = Vec::new();
    for claim in &input.claims {
        let said = |it: &&ChartClaim| {
            (it.date, &it.by, &it.title, &it.says)
                == (claim.date, &claim.by, &claim.title, &claim.says)
        };
        if !all.iter().any(said) {
            all.push(claim);
        }
    }
    all
}

/// Puts each statement on the first lane with room; gives the lower edge too.
fn flags<'a>(input: &'a ChartInput, axis: &DateAxis, top: f64) -> (Vec<Flag<'a>>, f64) {
    let mut claims = statements(input);
    claims.retain(|c| axis.has(c.date));
    claims.sort_by_key(|c| c.date);
    let (left, right) = (axis.x0, axis.x1);
    let late = |c: &ChartClaim| axis.at(c.date) > left + (right - left) * 0.6;
    // Labels run to the right of early flags and to the left of late ones: from
    // the middle outwards, no stem crosses a label above it.
    let middle = claims.partition_point(|c| !late(c));
    if let Some(early) = claims.get_mut(..middle) {
        early.reverse();
    }
    let mut taken: Vec<Rect> = Vec::new();
    let mut flags: Vec<Flag<'a>> = Vec::new();
    let mut bottom = top;
    for claim in claims {
        let x = axis.at(claim.date);
        let (by, title) = (text::clean(&claim.by), text::clean(&claim.title));
        // A title that names its speaker needs no second name.
        let said = if title.starts_with(&by) { title } else { format!("{by}: {title}") };
        let words = format!("{}, {said}", series::brief(claim.date));
        let leftwards = late(claim);
        let room = if leftwards { x - left } else { right - x };
        let look = Type::SMALL;
        let lines = look.wrap(&words, (room - 14.0).min(340.0), 2);
        let width = lines.iter().map(|line| look.width(line)).fold(0.0, f64::max);
        let height = 12.0 * lines.len() as f64;
        let (x0, x1) =
            if leftwards { (x - width - 12.0, x + 6.0) } else { (x - 6.0, x + width + 12.0) };
        let lane = |off_text: bool| {
            let lanes = (0..ROWS * 2).map(|lane| top + 6.0 + lane as f64 * 15.0);
            let places = lanes.map(|y| (y, Rect::new(x0, y - 6.0, x1, y - 6.0 + height + 3.0)));
            let clear = |(y, rect): &(f64, Rect)| {
                let stem = Rect::new(x - 1.5, top, x + 1.5, y - 6.0);
                !taken.iter().any(|it| it.meets(rect) || off_text && it.meets(&stem))
            };
            places.into_iter().find(clear)
        };
        // A stem runs down through the lanes above: off their text where that is to be had.
        let free = lane(true).or_else(|| lane(false));
        if let Some((y, rect)) = free {
            taken.push(rect);
            bottom = bottom.max(rect.y1);
            flags.push(Flag { claim, x, y, leftwards, lines });
        }
    }
    (flags, bottom)
}

/// A row's name, on two lines if need be, centred on `middle`.
fn name(canvas: &Canvas, words: &str, middle: f64, bold: bool) {
    let mut look = Type::LABEL;
    look.bold = bold;
    let lines = look.wrap(words, NAMES - 12.0, 2);
    let y = middle + 4.0 - 6.5 * (lines.len() as f64 - 1.0);
    canvas.lines(&lines, (theme::MARGIN, y), 13.0, &look);
}

fn draw_phase(canvas: &Canvas, input: &ChartInput, phase: &ChartPhase, axis: &DateAxis, y: f64) {
    let middle = y + 12.0;
    name(canvas, &phase.title, middle, true);
    let end = axis.x1;
    match phase.starts {
        Some(start) if start <= input.end => {
            let from = axis.at(start.max(input.start));
            let bar = Rect::new(from, middle - 5.0, end, middle + 5.0);
            canvas.block(&bar, theme::SKY, 0.45);
            canvas.line(&[(from, middle - 8.0), (from, middle + 8.0)], &Pen::new(theme::BLUE, 1.8));
            let words = format!("from {}", series::short(start));
            label_beside(canvas, &words, (from, middle), axis);
        }
        Some(start) => {
            let words = format!("from {}, after the end", series::short(start));
            canvas.text(&words, (end - 6.0, middle + 3.5), &Type::NOTE.align(Align::End));
        }
        None => {
            let from = axis.x0;
            let pen = Pen::new(theme::BLUE, 1.0).dashed(theme::DASHED);
            canvas.frame(&Rect::new(from, middle - 8.0, end, middle + 8.0), &pen);
            let look = Type::NOTE.halo();
            canvas.text("starts when its conditions are met", (from + 6.0, middle + 3.5), &look);
        }
    }
}

/// Writes right of a point, or left of it where there is no room.
fn label_beside(canvas: &Canvas, words: &str, (x, middle): Pt, axis: &DateAxis) {
    let look = Type::SMALL.halo();
    if x + 6.0 + look.width(words) <= axis.x1 {
        canvas.text(words, (x + 6.0, middle + 3.5), &look);
    } else {
        canvas.text(words, (x - 6.0, middle + 3.5), &look.align(Align::End));
    }
}

fn draw_clause(canvas: &Canvas, input: &ChartInput, clause: &ChartClause, axis: &DateAxis, y: f64) {
    let (top, base) = (y + 4.0, y + 4.0 + BAR);
    let middle = (top + base) / 2.0;
    name(canvas, &clause.title, middle, false);
    let x1 = axis.x1;
    canvas.line(&[(axis.x0, base), (x1, base)], &Pen::new(theme::RULE, 0.7));
    let [in_force, kept] = shares(input, clause);
    let stairs = |rows: &[(f64, f64)]| -> Vec<Pt> {
        let mut points: Vec<Pt> = Vec::new();
        for (day, share) in rows {
            let x = axis.x(*day);
            if let Some(&(_, before)) = points.last() {
                points.push((x, before));
            }
            points.push((x, base - share * BAR));
        }
        if let (Some(&first), Some(&last)) = (points.first(), points.last()) {
            points.push((last.0, base));
            points.push((first.0, base));
        }
        points
    };
    canvas.fill(&stairs(&in_force), theme::UNSEEN, 0.75);
    canvas.fill(&stairs(&kept), theme::TRUE, 0.8);
    if let Some(x) = axis.place(clause.starts) {
        canvas.line(&[(x, top), (x, base)], &Pen::new(theme::INK, 1.6));
    }
    let soft = Type::NOTE;
    let blue = Type::new(theme::SMALL, theme::TRUE).bold();
    for (rows, word, down, look) in
        [(&in_force, "in force", -2.0, soft), (&kept, "kept", 10.0, blue)]
    {
        if let Some(end) = rows.last() {
            let words = format!("{word} {}", text::percent(end.1));
            canvas.text(&words, (x1 + 7.0, middle + down), &look);
        }
    }
    if let (Some(x), Some(deadline)) = (axis.place(clause.deadline), clause.deadline) {
        canvas.mark((x, middle), 5.5, (theme::INK, Shape::Diamond), false, 1.0);
        label_beside(canvas, &series::brief(deadline), (x + 3.0, middle), axis);
    }
}
