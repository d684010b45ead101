//! What clauses count over time, a panel for each: how much of a limit is used, what has
//! been handed over. What differs from chart to chart is data.

use super::lines::{Band, Figures, Line, amount};
use super::panels::{self, Level, Panel};
use super::{ChartClause, ChartInput, series, text};

/// A chart of what clauses count.
pub(super) struct ByClause {
    /// What is shown, below the title.
    subtitle: &'static str,
    /// How it is read.
    notes: &'static str,
    /// The lines of a clause.
    lines: &'static [Counted],
    /// What the numbers are.
    figures: Figures,
    /// Their unit, where it is not that of the rows.
    unit: Option<&'static str>,
    /// A value that lines are held against.
    level: Option<f64>,
    /// Values above it are not told apart by the tables, and how that is said.
    most: Option<(f64, &'static str)>,
    /// Whether it is said in how many replicates a clause has started.
    started: bool,
    /// A panel in a sentence.
    tell: fn(&Panel<'_>) -> String,
}

/// A measure of clauses.
struct Counted {
    /// Its word in the tables.
    measure: &'static str,
    /// What it is called.
    name: fn(&ChartClause) -> String,
    /// Whether it has a line also where it never was above nothing.
    always: bool,
}

/// How much of each limit on persons, weapons or posts is used.
pub(super) const CAPS: ByClause = ByClause {
    subtitle: "Use of each limit: the forces allowed inside, as a share of what the clause allows \
               (dashed: all of it). True strength; line: mean over replicates in which the clause \
               is in force, band: 5–95 % of them.",
    notes: "Above 100 % more stand inside than the clause allows. Forces that are not allowed \
            inside at all are no use of a limit: compliance shows them.",
    lines: &[
        Counted { measure: "cap_use", name: |clause| of(clause.limit.as_ref()), always: true },
        Counted {
            measure: "cap_use_posts",
            name: |clause| of(clause.limit_posts.as_ref()),
            always: true,
        },
    ],
    figures: Figures::Share,
    unit: Some("share of the limit"),
    level: Some(1.0),
    most: Some((2.0, " Axes and bands end at 200 %.")),
    started: false,
    tell: limits,
};

/// What has been handed over, accepted, rejected.
pub(super) const DELIVERIES: ByClause = ByClause {
    subtitle: "What has been handed over so far, and what the verifier ruled: true numbers; line: \
               mean over replicates in which the clause has started, band: 5–95 % of them.",
    notes: "Handed over: all that left the hands of those bound; it is then accepted, rejected, \
            or not yet ruled on.",
    // That something was handed over, and accepted, is said also where it never was.
    lines: &[
        Counted { measure: "handed_over", name: |_| "handed over".into(), always: true },
        Counted { measure: "rejected", name: |_| "rejected".into(), always: false },
        Counted { measure: "accepted", name: |_| "accepted".into(), always: true },
        Counted { measure: "disputed_items", name: |_| "disputed".into(), always: false },
        Counted { measure: "pending", name: |_| "not ruled on".into(), always: false },
    ],
    figures: Figures::Number,
    unit: None,
    level: None,
    most: None,
    started: true,
    tell: deliveries,
};

fn of(limit: Option<&String>) -> String {
    limit.map_or_else(String::new, |limit| format!("of {limit}"))
}

impl ByClause {
    /// Draws the chart; `None` without a clause of which any of it is counted.
    pub(super) fn draw(&self, input: &ChartInput) -> Option<String> {
        let all = input.clauses.iter().filter_map(|clause| self.panel(input, clause));
        let all: Vec<Panel<'_>> = all.collect();
        let notes = |shown: &[Panel<'_>]| {
            let cut = |(most, _): &(f64, &str)| shown.iter().any(|it| it.greatest() >= most - 0.01);
            self.notes.to_owned() + self.most.filter(cut).map_or("", |it| it.1)
        };
        let finding = |shown: &[Panel<'_>]| text::joined(shown.iter().map(self.tell), " ");
        panels::chart(input, self.subtitle, (&all, panels::PANELS, "clauses"), notes, finding)
    }

    fn panel<'a>(&self, input: &'a ChartInput, clause: &'a ChartClause) -> Option<Panel<'a>> {
        let lines = self.lines.iter().enumerate().filter_map(|(n, counted)| {
            let rows = series::of(input, ("clause", &clause.id), counted.measure, "true");
            let line = Line::nth(n, &(counted.name)(clause), rows, Band::Quantiles);
            (line.is_any() || counted.always && !line.rows.is_empty()).then_some(line)
        });
        let lines: Vec<Line<'_>> = lines.collect();
        let last = lines.first()?.last()?;
        let mut panel = Panel::new(&clause.title, self.unit.unwrap_or(&last.unit), lines);
        panel.figures = self.figures;
        panel.levels = self.level.map(|at| Level { at, name: String::new() }).into_iter().collect();
        panel.top = self.most.map(|(most, _)| panel.greatest().min(most));
        panel.clause = Some(clause);
        let (n, all) = (text::grouped(last.n), text::grouped(input.about.replicates));
        panel.note = match self.started {
            true if last.n < input.about.replicates => {
                format!("started in {n} of {all} replicates")
            }
            true => format!("n = {n}"),
            false => String::new(),
        };
        Some(panel)
    }
}

/// The use of limits in a sentence.
fn limits(panel: &Panel<'_>) -> String {
    let parts = panel.lines.iter().filter_map(|line| {
        let last = line.last()?;
        let (n, [mean, peak]) =
            (text::grouped(last.n), [last.mean, line.peak()].map(text::percent));
        let (name, date) = (&line.name, &last.date);
        Some(format!("{mean} {name} on {date} (mean of n = {n} replicates), {peak} at most"))
    });
    format!("{}: {}.", panel.title, text::joined(parts, "; "))
}

/// Deliveries in a sentence.
fn deliveries(panel: &Panel<'_>) -> String {
    let parts = panel.lines.iter().filter_map(|line| {
        let last = line.last()?;
        Some(format!("{} {}", amount(last.mean), line.name))
    });
    format!(
        "{} ({}): by {} {} on average, in {}.",
        panel.title,
        panel.note,
        panel.lines.first().and_then(Line::last).map_or("", |it| &it.date),
        text::joined(parts, ", "),
        panel.unit
    )
}
