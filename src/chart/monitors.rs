//! What each monitor registers beside what is true, and for a unit of effort.

use std::collections::BTreeMap;

use super::counts::Counts;
use super::lines::{Line, amount, greatest, sum};
use super::panels::{self, Panel};
use super::series::{self, Moment};
use super::{ChartInput, text};

/// The unit of what is counted in a day.
const DAILY: &str = "count per day";

/// Forces that truly violate each clause.
const TRUTH: Counts = Counts {
    rows: ("clause", "violators", "true"),
    title: "True: forces in violation of a clause",
    unit: "forces",
    fewer: "clauses with fewer",
    said: "Forces truly in violation on the last date",
};

/// Weapons seen where they may not be, by who looked and whose they are.
const WEAPONS: Counts = Counts {
    rows: ("watch", "weapons_in_violation", "recorded"),
    title: "Registered: weapons where they may not be",
    unit: "weapons per day",
    fewer: "with fewer",
    said: "Weapons registered a day",
};

/// Draws the chart; `None` without a monitor that registered anything.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let (monitors, more) = monitors(input);
    monitors.first()?;
    let truth = TRUTH.panel(input);
    let violations = monitors.iter().map(|it| it.line(&it.violations)).collect();
    // Numbers for a unit of effort can be held against each other only where the unit
    // is the same.
    let mut by_unit: BTreeMap<&str, Vec<Line<'_>>> = BTreeMap::new();
    let mut parts: Vec<String> = Vec::new();
    for monitor in &monitors {
        let daily = monitor.line(&monitor.violations);
        let mut part = format!("{} {} a day", text::brief(&monitor.title), amount(daily.told));
        if !monitor.per_effort.is_empty() {
            let own = monitor.line(&monitor.per_effort);
            if monitor.unit != DAILY {
                let unit = monitor.unit.trim_start_matches("count ");
                part.push_str(&format!(" or {} {unit}", amount(own.told)));
            }
            by_unit.entry(monitor.unit).or_default().push(own);
        }
        parts.push(part);
    }
    let mut finding = format!("Violations registered, mean over all dates: {}.", parts.join("; "));
    if let Some(panel) = &truth {
        finding.push_str(&format!(" {}", TRUTH.tell(panel)));
    }
    let mut drawn: Vec<Panel<'_>> = truth.into_iter().collect();
    drawn.push(Panel::new("Registered: violations by monitor", DAILY, violations));
    drawn.extend(by_unit.into_iter().map(|(unit, lines)| {
        let each = match unit.trim_start_matches("count per ") {
            "day" => "For a day on duty".to_owned(),
            other => format!("For each {other}"),
        };
        Panel::new(&format!("{each}: violations by monitor"), unit, lines)
    }));
    drawn.extend(WEAPONS.panel(input));
    let subtitle = "What is true, and what monitors register of it: forces in violation, violations \
                    registered in a day, and the same for a unit of each monitor’s effort. Means \
                    over replicates.";
    let mut notes = String::from(
        "A register goes with the effort made as well as with the truth: a monitor that looks more \
         often counts one violation more often. A violation seen twice counts twice; false alarms \
         are in. What is registered: the mean of the days before each date (window_days of the file); \
         number at the right: mean over all days. For a unit of effort: violations of those days by \
         the effort of those days.",
    );
    notes.push_str(&text::not_drawn(more, "monitors that registered less"));
    panels::chart(
        input,
        subtitle,
        (&drawn, panels::PANELS, "panels"),
        |_| notes.clone(),
        |_| finding.clone(),
    )
}

/// A monitor and its rows.
struct Monitor<'a> {
    title: String,
    violations: Vec<Moment<'a>>,
    per_effort: Vec<Moment<'a>>,
    /// In which unit violations for a unit of effort are counted.
    unit: &'a str,
    /// Its place among all, which gives its colour.
    place: usize,
}

impl<'a> Monitor<'a> {
    /// What it registers in a day, or for a unit of its effort.
    fn line(&self, rows: &[Moment<'a>]) -> Line<'a> {
        Line::counted(self.place, &self.title, rows.to_vec())
    }
}

/// Monitors that registered a violation, those that registered most first, and how
/// many more there are.
fn monitors(input: &ChartInput) -> (Vec<Monitor<'_>>, usize) {
    let of = |id, measure| series::of(input, ("monitor", id), measure, "recorded");
    let ids = series::subjects(input, "monitor", "violations").into_iter();
    let (kept, more) = greatest(ids.map(|id| {
        let rows = of(id, "violations");
        (sum(&rows), (id, rows))
    }));
    let shown = kept.into_iter().enumerate().map(|(place, (id, violations))| Monitor {
        title: input.title_of("monitor", id),
        unit: of(id, "violations_per_effort").first().map_or(DAILY, |it| &it.row.unit),
        per_effort: of(id, "violations_per_effort"),
        violations,
        place,
    });
    (shown.collect(), more)
}
