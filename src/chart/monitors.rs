//! What each monitor registers beside what is true, and for a unit of effort.

use std::collections::BTreeMap;

use super::page::Page;
use super::panels::{self, Band, LINES, Line, Panel};
use super::series::{self, Moment};
use super::{ChartInput, text};

/// A monitor and its rows.
struct Monitor<'a> {
    id: &'a str,
    violations: Vec<Moment<'a>>,
    effort: Vec<Moment<'a>>,
    /// In which unit violations for a unit of effort are counted.
    unit: &'a str,
    /// Its place among all, which gives its colour.
    place: usize,
}

/// Draws the chart; `None` without a monitor that registered anything.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let (monitors, more) = monitors(input);
    if monitors.is_empty() {
        return None;
    }
    let mut drawn = Vec::new();
    drawn.extend(truth(input));
    let violations: Vec<Line<'_>> = monitors
        .iter()
        .map(|it| {
            let title = input.title_of("monitor", it.id);
            Line::rolling(it.place, title, it.violations.clone(), None)
        })
        .collect();
    drawn.push(Panel::new("Registered: violations by monitor", "count per day", violations));
    // Numbers for a unit of effort can be held against each other only where the unit
    // is the same.
    let mut by_unit: BTreeMap<&str, Vec<Line<'_>>> = BTreeMap::new();
    for monitor in &monitors {
        let title = input.title_of("monitor", monitor.id);
        let (rows, effort) = (monitor.violations.clone(), &monitor.effort);
        let line = Line::rolling(monitor.place, title, rows, Some(effort));
        if !line.values.is_empty() {
            by_unit.entry(monitor.unit).or_default().push(line);
        }
    }
    for (unit, lines) in by_unit {
        let title = match unit {
            "count per day" => "For a day on duty: violations by monitor".to_owned(),
            other => format!(
                "For each {}: violations by monitor",
                other.trim_start_matches("count per ")
            ),
        };
        drawn.push(Panel::new(&title, unit, lines));
    }
    drawn.extend(weapons(input));
    let page = Page::new(
        input,
        "What is true, and what monitors register of it: forces in violation, violations \
         registered in a day, and the same for a unit of each monitor’s effort. Means over \
         replicates.",
    );
    let bottom = panels::draw(&page.canvas, input, &drawn, page.top);
    let mut notes = String::from(
        "A register goes with the effort made as well as with the truth: a monitor that looks more \
         often counts one violation more often. A violation seen twice counts twice; false alarms \
         are in. What is registered: mean of the 28 days before; number at the right: mean over all \
         days. For a unit of effort: all violations of those days by all effort.",
    );
    if more > 0 {
        notes.push_str(&format!(" Not drawn: {more} monitors that registered less."));
    }
    Some(page.finish(input, bottom, &notes, &finding(input, &monitors, &drawn)))
}

/// Monitors that registered a violation, those that registered most first, and how
/// many more there are.
fn monitors(input: &ChartInput) -> (Vec<Monitor<'_>>, usize) {
    let mut ids: Vec<&str> = Vec::new();
    for row in input.turns.iter().filter(|it| it.subject_kind == "monitor") {
        if !ids.contains(&row.subject.as_str()) {
            ids.push(&row.subject);
        }
    }
    let of = |id, measure| series::of(input, ("monitor", id), measure, "recorded");
    let (kept, more) = panels::greatest(ids.into_iter().map(|id| {
        let rows = of(id, "violations");
        (rows.iter().map(|it| it.row.mean).sum(), (id, rows))
    }));
    let shown = kept.into_iter().enumerate().map(|(place, (id, violations))| Monitor {
        id,
        effort: of(id, "effort"),
        unit: violations_unit(input, id),
        violations,
        place,
    });
    (shown.collect(), more)
}

/// The unit in which a monitor's violations for a unit of effort are counted.
fn violations_unit<'a>(input: &'a ChartInput, id: &str) -> &'a str {
    let rows = input.turns.iter();
    let mut own = rows.filter(|it| {
        it.subject_kind == "monitor" && it.subject == id && it.measure == "violations_per_effort"
    });
    own.next().map_or("count per day", |it| &it.unit)
}

/// Forces that truly violate each clause.
fn truth(input: &ChartInput) -> Option<Panel<'_>> {
    let (kept, more) = panels::greatest(input.clauses.iter().map(|clause| {
        let rows = series::clause(input, &clause.id, "violators", "true");
        let sum = rows.iter().map(|it| it.row.mean * it.row.n as f64).sum();
        (sum, (clause.title.as_str(), rows))
    }));
    let lines: Vec<Line<'_>> = kept
        .into_iter()
        .enumerate()
        .map(|(n, (title, rows))| Line::nth(n, title, rows, Band::None))
        .collect();
    let mut panel = Panel::new("True: forces in violation of a clause", "forces", lines);
    if more > 0 {
        panel.note = format!("{more} clauses with fewer not drawn");
    }
    (!panel.lines.is_empty()).then_some(panel)
}

/// Weapons seen where they may not be, by who looked and whose they are.
fn weapons(input: &ChartInput) -> Option<Panel<'_>> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for row in input.turns.iter().filter(|it| it.subject_kind == "watch") {
        let pair = row.subject.split_once('/');
        pairs.extend(pair.filter(|it| !pairs.contains(it)));
    }
    let lines = pairs.into_iter().map(|(watcher, party)| {
        let subject = format!("{watcher}/{party}");
        let rows = series::of(input, ("watch", &subject), "weapons_in_violation", "recorded");
        let name = format!(
            "{}’s, by {}",
            text::clean(input.title_of("party", party)),
            text::clean(input.title_of("party", watcher))
        );
        (rows, name)
    });
    let lines = lines.filter(|(rows, _)| rows.iter().any(|it| it.row.mean > 0.0));
    let lines: Vec<Line<'_>> = lines
        .take(LINES)
        .enumerate()
        .map(|(n, (rows, name))| Line::rolling(n, &name, rows, None))
        .collect();
    let panel = Panel::new("Registered: weapons where they may not be", "weapons per day", lines);
    (!panel.lines.is_empty()).then_some(panel)
}

fn finding(input: &ChartInput, monitors: &[Monitor<'_>], drawn: &[Panel<'_>]) -> String {
    let told = |unit: &str, place: usize| -> Option<f64> {
        // By unit, as the panels have it; a monitor is known by its colour and mark.
        let panel = drawn.iter().rfind(|it| it.unit == unit)?;
        let (colour, shape) = super::theme::party(place);
        let mut lines = panel.lines.iter();
        let own = lines.find(|it| (it.colour, it.shape) == (colour, shape))?;
        Some(own.told)
    };
    let parts: Vec<String> = monitors
        .iter()
        .map(|it| {
            let name = text::clean(input.title_of("monitor", it.id));
            let name = text::cut(&name, super::theme::SMALL, false, 240.0);
            let daily = Line::rolling(0, "", it.violations.clone(), None).told;
            let mut part = format!("{name} {} a day", panels::amount(daily));
            if it.unit != "count per day"
                && let Some(own) = told(it.unit, it.place)
            {
                let unit = it.unit.trim_start_matches("count ");
                part.push_str(&format!(" or {} {unit}", panels::amount(own)));
            }
            part
        })
        .collect();
    let truth = drawn.first().filter(|it| it.unit == "forces").map(|panel| {
        let parts: Vec<String> = panel
            .lines
            .iter()
            .filter_map(|line| Some((line, line.last()?)))
            .map(|(line, last)| {
                let name = text::cut(&line.name, super::theme::SMALL, false, 240.0);
                format!("{name} {}", panels::amount(last.mean))
            })
            .collect();
        format!(" Forces truly in violation on the last date, on average: {}.", parts.join("; "))
    });
    format!(
        "Violations registered, mean over all dates: {}.{}",
        parts.join("; "),
        truth.unwrap_or_default()
    )
}
