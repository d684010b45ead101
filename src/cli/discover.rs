//! `discover`: the conditions under which an outcome lies beyond a threshold.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use super::arguments::{DiscoverArguments, Search};
use super::chart::{self, Style, newest};
use super::exit::Failure;
use super::outcome::{Swept, called, swept, unit_of};
use super::{Done, terminal};
use crate::analysis::{
    CHANCE, Cases, DiscoveryError, Prim, Region, Side, Traced, Values, prim, tree,
};
use crate::chart::{DiscoveryAxis, DiscoveryInput, DiscoveryPoint, draw_discovery};
use crate::scenario::{Level, Levels, Parameter};
use crate::store::{BoxRow, write_boxes};

/// One parameter over the points.
struct Column {
    parameter: Parameter,
    title: String,
    unit: String,
    values: Values,
    kind: Kind,
}

enum Kind {
    Numbers,
    /// Julian days.
    Days,
    /// Levels in order, by name.
    Ordered(Vec<String>),
    /// Words in no order, by name.
    Words(Vec<String>),
}

/// What lies beyond which threshold.
struct Interest {
    over: bool,
    threshold: f64,
    unit: String,
    outcome: String,
}

/// Finds boxes, prints the chosen one in words, writes `boxes.csv` and the chart.
pub(super) fn discover(arguments: &DiscoverArguments) -> Done {
    let folder = match &arguments.folder {
        Some(folder) => folder.clone(),
        None => newest()?,
    };
    chart::opened(&folder, arguments.trust)?;
    let swept = swept(&folder, &arguments.of)?;
    let interest = interest(arguments, &swept)?;
    let (columns, points, note) = columns(&swept)?;
    let means: Vec<f64> = points.iter().map(|at| swept.means[*at]).collect();
    let beyond = |mean: &f64| match interest.over {
        true => *mean > interest.threshold,
        false => *mean < interest.threshold,
    };
    let of_interest: Vec<bool> = means.iter().map(beyond).collect();
    let values: Vec<Values> = columns.iter().map(|it| it.values.clone()).collect();
    let cases = Cases { values: &values, of_interest: &of_interest };
    two_sided(&cases, &means, &interest)?;
    let (boxes, best) = match arguments.method {
        Search::Prim => {
            let mut found = prim(&cases, Prim::default()).map_err(refused)?;
            let sure = found.boxes.iter().map(|it| it.without_chance(&cases));
            found.boxes = sure.collect();
            found.boxes.dedup();
            let best = found.best(&cases);
            (found.boxes, best)
        }
        Search::Tree => {
            let boxes = tree(&cases, DEPTH, LEAF.max(cases.len() / 20)).map_err(refused)?;
            let found = Traced { boxes, peeled: 0 };
            let best = found.best(&cases);
            (found.boxes, best)
        }
    };
    let chosen = match arguments.number {
        None => best,
        Some(number) if number < boxes.len() => number,
        Some(number) => {
            return Err(Failure::usage(format!(
                "--box {number}: the boxes are numbered 0 to {}",
                boxes.len().saturating_sub(1)
            )));
        }
    };
    let region = &boxes[chosen];
    let sentence = sentence(&columns, region, &cases, &means, &interest);
    let ways = match arguments.method {
        Search::Prim => {
            "boxes on the way of peeling and pasting (PRIM), without restrictions that may be chance\n\
             (quasi p above 0.05); "
        }
        Search::Tree => "leaves of a tree; ",
    };
    terminal::say(&format!(
        "{}: where {} is {}\n{} points × N = {} replicates, seed {} ({} seeds); {} of them of interest{note}\n\n\
         {}\n{ways}* chosen: greatest harmonic mean of coverage and density, or --box\n\n{}\n\n{}",
        swept.title(),
        interest.outcome,
        interest.bound(),
        points.len(),
        swept.manifest.replicates,
        swept.manifest.seed,
        swept.manifest.seeds,
        cases.hits(),
        boxes_table(&boxes, &cases, chosen),
        restrictions_table(&columns, region, &cases),
        textwrap::fill(&sentence, 100)
    ));
    write_boxes(&folder, &rows(&columns, &boxes, &cases, &means, chosen))?;
    let input = picture(&swept, &columns, region, &cases, &means, &interest, sentence);
    let drawn = draw_discovery(&input).map_err(|error| Failure::fault(error.to_string()))?;
    let drawn: Vec<_> = drawn.into_iter().collect();
    chart::write(&folder, &drawn, Style::default())?;
    let shown = folder.display();
    let picture = if drawn.is_empty() { "" } else { ", charts/discover.png" };
    terminal::say(&format!("\nwritten to {shown}: boxes.csv{picture}"));
    Ok(())
}

/// A tree is no deeper, and its leaves hold no fewer points.
const DEPTH: usize = 3;
const LEAF: usize = 10;
/// So few points of one kind tell nothing.
const FEW: usize = 5;

fn refused(error: DiscoveryError) -> Failure {
    Failure::usage(error.to_string())
}

fn interest(arguments: &DiscoverArguments, swept: &Swept) -> Result<Interest, Failure> {
    let (over, text) = match (&arguments.over, &arguments.under) {
        (Some(text), None) => (true, text),
        (None, Some(text)) => (false, text),
        _ => {
            return Err(Failure::usage("say which points are of interest: --over X or --under X"));
        }
    };
    let plain = text.trim();
    let (plain, scale) = match plain.strip_suffix('%') {
        Some(plain) => (plain.trim(), 0.01),
        None => (plain, 1.0),
    };
    let wrong = |help: &str| {
        let option = if over { "over" } else { "under" };
        Failure::usage(format!("--{option} {text}: {help}"))
    };
    let threshold = match plain.parse::<f64>() {
        Ok(number) if number.is_finite() => number * scale,
        _ => return Err(wrong("no number; write 0.5 or 50%")),
    };
    if swept.unit != "days" && !(0.0..=1.0).contains(&threshold) {
        return Err(wrong("a share or a probability lies between 0 and 1; write 0.5 or 50%"));
    }
    Ok(Interest {
        over,
        threshold,
        unit: swept.unit.clone(),
        outcome: swept.outcome(&arguments.of),
    })
}

impl Interest {
    /// "over 50 %".
    fn bound(&self) -> String {
        let side = if self.over { "over" } else { "under" };
        format!("{side} {}", self.amount(self.threshold))
    }

    fn amount(&self, value: f64) -> String {
        match self.unit.as_str() {
            "days" => format!("{value:.0} days"),
            _ => {
                let text = format!("{:.1}", 100.0 * value);
                format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
            }
        }
    }
}

fn two_sided(cases: &Cases<'_>, means: &[f64], interest: &Interest) -> Result<(), Failure> {
    let (hits, points) = (cases.hits(), cases.len());
    if points < crate::analysis::LEAST_POINTS || hits.min(points - hits) >= FEW {
        return Ok(());
    }
    let low = means.iter().copied().fold(f64::INFINITY, f64::min);
    let high = means.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Err(refused(DiscoveryError::OneSided {
        hits,
        points,
        low: interest.amount(low),
        high: interest.amount(high),
    }))
}

/// The parameters over the points that set all of them and have an outcome; which points
/// these are; and what is to be said of others.
fn columns(swept: &Swept) -> Result<(Vec<Column>, Vec<usize>, String), Failure> {
    let design = swept.plan.first_design().ok_or_else(|| {
        Failure::usage(
            "the points are listed one by one, without parameters to restrict: sweep with --vary",
        )
    })?;
    let all = swept.plan.points()?;
    let mut used = Vec::new();
    let mut settings: Vec<Vec<Level>> = Vec::new();
    let (mut unset, mut empty) = (0, 0);
    for point in all.iter() {
        let own: Option<Vec<Level>> = design
            .parameters
            .iter()
            .map(|parameter| {
                let name = parameter.name();
                let own = point.settings.iter().find(|(it, _)| *it == name);
                own.map(|(_, level)| level.clone())
            })
            .collect();
        match own {
            None => unset += 1,
            Some(_) if !swept.means[point.number as usize].is_finite() => empty += 1,
            Some(own) => {
                used.push(point.number as usize);
                settings.push(own);
            }
        }
    }
    let mut note = String::new();
    if empty > 0 {
        note.push_str(&format!(
            "\n{empty} points are left out: they have no outcome ({} with failed runs); nothing is put in their place",
            swept.failed
        ));
    }
    if unset > 0 {
        note.push_str(&format!("\n{unset} points are left out: they do not set every parameter"));
    }
    let mut found = Vec::new();
    for (at, parameter) in design.parameters.iter().enumerate() {
        let levels: Vec<&Level> = settings.iter().map(|it| &it[at]).collect();
        if levels.iter().all(|it| it.values == levels[0].values) {
            note.push_str(&format!(
                "\n`{}` has one value at every point, so no box can speak of it",
                parameter.name()
            ));
            continue;
        }
        found.push(column(parameter, &levels));
    }
    if found.is_empty() && !used.is_empty() {
        return Err(Failure::usage(
            "no parameter varies over these points, so nothing can set them apart",
        ));
    }
    Ok((found, used, note))
}

fn column(parameter: &Parameter, levels: &[&Level]) -> Column {
    let scalar = |level: &Level| match level.values.as_slice() {
        [one] => parameter.scalar(one),
        _ => None,
    };
    let numbers: Option<Vec<(f64, bool)>> = levels.iter().map(|it| scalar(it)).collect();
    let named = |start: Vec<String>| {
        let mut names = start;
        let places: Vec<usize> = levels
            .iter()
            .map(|level| {
                let own = names.iter().position(|it| *it == level.name);
                own.unwrap_or_else(|| {
                    names.push(level.name.clone());
                    names.len() - 1
                })
            })
            .collect();
        (names, places)
    };
    let listed = match &parameter.levels {
        Levels::Listed(levels) => levels.iter().map(|it| it.name.clone()).collect(),
        Levels::Between { .. } => Vec::new(),
    };
    let (values, kind) = match numbers {
        Some(numbers) => {
            let days = numbers.iter().all(|(_, day)| *day);
            let values = numbers.into_iter().map(|(x, _)| x).collect();
            (Values::Numbers(values), if days { Kind::Days } else { Kind::Numbers })
        }
        None if parameter.without_order().is_none() => {
            let (names, places) = named(listed);
            let values = places.into_iter().map(|it| it as f64).collect();
            (Values::Numbers(values), Kind::Ordered(names))
        }
        None => {
            let (names, places) = named(listed);
            (Values::Words(places, names.len()), Kind::Words(names))
        }
    };
    Column {
        title: called(parameter),
        unit: unit_of(parameter),
        parameter: parameter.clone(),
        values,
        kind,
    }
}

impl Column {
    /// A limit or a value as people write it.
    fn number(&self, x: f64) -> String {
        match &self.kind {
            Kind::Days => {
                let day = time::Date::from_julian_day(libm::round(x) as i32);
                day.map_or_else(|_| format!("{x}"), |it| it.to_string())
            }
            _ => significant(x),
        }
    }

    /// A restriction in words: "distance over 74 km".
    fn said(&self, side: &Side) -> String {
        let title = &self.title;
        let unit = &self.unit;
        match (side, &self.kind) {
            (Side::Among(words), Kind::Words(names)) => {
                let each = names.iter().zip(words).filter(|(_, own)| **own);
                let each: Vec<&str> = each.map(|(name, _)| name.as_str()).collect();
                format!("{title}: {}", each.join(" or "))
            }
            (Side::Between(low, high), Kind::Ordered(names)) => {
                let at = |x: f64| names.get(x.max(0.0) as usize).cloned().unwrap_or_default();
                match (low, high) {
                    (Some(low), Some(high)) => {
                        let (low, high) = (at(low.ceil()), at(high.floor()));
                        if low == high {
                            format!("{title}: {low}")
                        } else {
                            format!("{title} from {low} to {high}")
                        }
                    }
                    (Some(low), None) => format!("{title} at least {}", at(low.ceil())),
                    (None, Some(high)) => format!("{title} at most {}", at(high.floor())),
                    (None, None) => title.clone(),
                }
            }
            (Side::Between(low, high), kind) => {
                let (over, under) = match kind {
                    Kind::Days => ("after", "before"),
                    _ => ("over", "under"),
                };
                match (low, high) {
                    (Some(low), Some(high)) => format!(
                        "{title} from {} to {}{unit}",
                        self.number(*low),
                        self.number(*high)
                    ),
                    (Some(low), None) => format!("{title} {over} {}{unit}", self.number(*low)),
                    (None, Some(high)) => format!("{title} {under} {}{unit}", self.number(*high)),
                    (None, None) => title.clone(),
                }
            }
            _ => title.clone(),
        }
    }

    /// The ends of its range, or of its values.
    fn ends(&self) -> (f64, f64) {
        if let Levels::Between { low, high } = &self.parameter.levels
            && let (Some((low, _)), Some((high, _))) =
                (self.parameter.scalar(low), self.parameter.scalar(high))
        {
            return (low, high);
        }
        if let Kind::Ordered(names) = &self.kind {
            return (-0.5, names.len() as f64 - 0.5);
        }
        match &self.values {
            Values::Numbers(values) => (
                values.iter().copied().fold(f64::INFINITY, f64::min),
                values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            ),
            Values::Words(_, many) => (-0.5, *many as f64 - 0.5),
        }
    }

    /// The place of a value on the axis, 0 to 1.
    fn place(&self, x: f64) -> f64 {
        let (low, high) = self.ends();
        (x - low) / (high - low)
    }

    fn axis(&self, side: &Side, quasi_p: f64) -> DiscoveryAxis {
        let (low, high) = self.ends();
        let ticks = match &self.kind {
            Kind::Words(names) | Kind::Ordered(names) => {
                let each = names.iter().enumerate();
                each.map(|(at, name)| (self.place(at as f64), name.clone())).collect()
            }
            Kind::Days => {
                let each = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0].map(|share| low + share * (high - low));
                each.map(|x| (self.place(x), self.number(x))).to_vec()
            }
            Kind::Numbers => Vec::new(),
        };
        let ends = match &self.kind {
            Kind::Words(names) | Kind::Ordered(names) => {
                [names.first(), names.last()].map(|it| it.cloned().unwrap_or_default())
            }
            _ => [low, high].map(|x| self.number(x)),
        };
        let inside = match side {
            Side::Among(words) => {
                let own = words.iter().enumerate().filter(|(_, own)| **own);
                own.map(|(at, _)| [at as f64 - 0.5, at as f64 + 0.5].map(|x| self.place(x)))
                    .collect()
            }
            Side::Between(from, to) => {
                vec![[from.map_or(0.0, |x| self.place(x)), to.map_or(1.0, |x| self.place(x))]]
            }
            Side::Free => vec![[0.0, 1.0]],
        };
        DiscoveryAxis {
            title: match self.unit.as_str() {
                "" => self.title.clone(),
                unit => format!("{},{unit}", self.title),
            },
            ticks,
            span: matches!(self.kind, Kind::Numbers).then_some((low, high)),
            ends,
            inside,
            restriction: if side.is_free() { String::new() } else { self.said(side) },
            quasi_p,
        }
    }

    /// Where a point lies on the axis; those of a list are spread a little, so that they
    /// do not hide each other.
    fn at(&self, point: usize) -> f64 {
        let golden = 0.618_033_988_75 * point as f64;
        let aside = 0.6 * (golden - golden.floor() - 0.5);
        match (&self.values, &self.kind) {
            (Values::Numbers(values), Kind::Ordered(_)) => self.place(values[point] + aside),
            (Values::Numbers(values), _) => self.place(values[point]),
            (Values::Words(values, _), _) => self.place(values[point] as f64 + aside),
        }
    }
}

/// Three significant digits.
fn significant(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return format!("{x}");
    }
    let digits = (2 - libm::floor(libm::log10(x.abs())) as i32).max(0) as usize;
    let text = format!("{x:.digits$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    };
    text.replace('-', "−")
}

/// Restricted parameters, the surest first.
fn restricted(region: &Region, cases: &Cases<'_>) -> Vec<(usize, f64)> {
    let mut all: Vec<(usize, f64)> = region
        .sides
        .iter()
        .enumerate()
        .filter(|(_, side)| !side.is_free())
        .map(|(at, _)| (at, region.quasi_p(cases, at)))
        .collect();
    all.sort_by(|a, b| a.1.total_cmp(&b.1));
    all
}

fn mean_in(region: &Region, cases: &Cases<'_>, means: &[f64]) -> f64 {
    let inside = cases.inside(&region.sides);
    inside.iter().map(|at| means[*at]).sum::<f64>() / inside.len() as f64
}

fn sentence(
    columns: &[Column],
    region: &Region,
    cases: &Cases<'_>,
    means: &[f64],
    interest: &Interest,
) -> String {
    let restricted = restricted(region, cases);
    let all = means.iter().sum::<f64>() / means.len() as f64;
    let share = |x: f64| format!("{:.0} %", 100.0 * x);
    if restricted.is_empty() {
        return format!(
            "No box is denser than all points together: {} is {} at {} of them.",
            interest.outcome,
            interest.bound(),
            share(region.density())
        );
    }
    let said: Vec<String> =
        restricted.iter().map(|(at, _)| columns[*at].said(&region.sides[*at])).collect();
    let chance: Vec<&str> = restricted
        .iter()
        .filter(|(_, p)| *p > CHANCE)
        .map(|(at, _)| columns[*at].title.as_str())
        .collect();
    let chance = match chance.as_slice() {
        [] => String::new(),
        names => format!(
            " The restriction of {} may be chance (quasi p above {CHANCE}).",
            names.iter().map(|it| format!("“{it}”")).collect::<Vec<_>>().join(", ")
        ),
    };
    let listed = match said.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => said.join(""),
    };
    format!(
        "{listed}: {outcome} is {} at {} of such points, and {} on average; over all points it is so at {}, \
         and {} on average. Coverage {}, density {}; {} of {} parameters restricted; {} of {} points.{chance}",
        interest.bound(),
        share(region.density()),
        interest.amount(mean_in(region, cases, means)),
        share(cases.hits() as f64 / cases.len() as f64),
        interest.amount(all),
        share(region.coverage(cases)),
        share(region.density()),
        restricted.len(),
        columns.len(),
        region.points,
        cases.len(),
        outcome = interest.outcome,
    )
}

fn plain() -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table
}

/// Boxes shown; boxes.csv has them all.
const SHOWN: usize = 12;

fn boxes_table(boxes: &[Region], cases: &Cases<'_>, chosen: usize) -> String {
    let mut table = plain();
    table.set_header(["box", "points", "of interest", "coverage", "density", "restricted"]);
    let every = boxes.len().div_ceil(SHOWN).max(1);
    let last = boxes.len().saturating_sub(1);
    for (number, region) in boxes.iter().enumerate() {
        if number % every != 0 && number != chosen && number != last {
            continue;
        }
        let mark = if number == chosen { " *" } else { "" };
        table.add_row([
            format!("{number}{mark}"),
            region.points.to_string(),
            region.hits.to_string(),
            format!("{:.0} %", 100.0 * region.coverage(cases)),
            format!("{:.0} %", 100.0 * region.density()),
            region.restricted().to_string(),
        ]);
    }
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}

fn restrictions_table(columns: &[Column], region: &Region, cases: &Cases<'_>) -> String {
    let mut table = plain();
    table.set_header(["the chosen box", "quasi p"]);
    for (at, p) in restricted(region, cases) {
        let p = match p {
            p if p < 0.001 => "< 0.001".to_owned(),
            p => format!("{p:.3}"),
        };
        table.add_row([columns[at].said(&region.sides[at]), p]);
    }
    table.trim_fmt()
}

fn rows(
    columns: &[Column],
    boxes: &[Region],
    cases: &Cases<'_>,
    means: &[f64],
    chosen: usize,
) -> Vec<BoxRow> {
    let mut rows = Vec::new();
    for (number, region) in boxes.iter().enumerate() {
        let row = BoxRow {
            number: number as u64,
            chosen: number == chosen,
            points: region.points as u64,
            of_interest: region.hits as u64,
            coverage: region.coverage(cases),
            density: region.density(),
            mass: region.mass(cases),
            mean: mean_in(region, cases, means),
            restricted: region.restricted() as u64,
            parameter: String::new(),
            title: String::new(),
            restriction: String::new(),
            low: f64::NAN,
            high: f64::NAN,
            quasi_p: f64::NAN,
        };
        let restricted = restricted(region, cases);
        if restricted.is_empty() {
            rows.push(row);
            continue;
        }
        for (at, quasi_p) in restricted {
            let (low, high) = match region.sides[at] {
                Side::Between(low, high) => (low, high),
                _ => (None, None),
            };
            rows.push(BoxRow {
                parameter: columns[at].parameter.name(),
                title: columns[at].title.clone(),
                restriction: columns[at].said(&region.sides[at]),
                low: low.unwrap_or(f64::NAN),
                high: high.unwrap_or(f64::NAN),
                quasi_p,
                ..row.clone()
            });
        }
    }
    rows
}

fn picture(
    swept: &Swept,
    columns: &[Column],
    region: &Region,
    cases: &Cases<'_>,
    means: &[f64],
    interest: &Interest,
    finding: String,
) -> DiscoveryInput {
    let restricted = restricted(region, cases);
    let mut axes: Vec<DiscoveryAxis> =
        restricted.iter().map(|(at, p)| columns[*at].axis(&region.sides[*at], *p)).collect();
    let high = means.iter().copied().fold(0.0, f64::max).max(interest.threshold);
    let days = interest.unit == "days";
    let most = if days { high.max(1.0) } else { 1.0 };
    if let [_] = restricted.as_slice() {
        let ticks = [0.0, 0.25, 0.5, 0.75, 1.0];
        axes.push(DiscoveryAxis {
            title: interest.outcome.clone(),
            ticks: ticks.map(|share| (share, interest.amount(share * most))).to_vec(),
            span: None,
            ends: [0.0, most].map(|it| interest.amount(it)),
            inside: vec![[0.0, 1.0]],
            restriction: String::new(),
            quasi_p: f64::NAN,
        });
    }
    let inside = cases.inside(&region.sides);
    let points = (0..cases.len()).map(|point| {
        let mut at: Vec<f64> = restricted.iter().map(|(it, _)| columns[*it].at(point)).collect();
        if at.len() == 1 {
            at.push(means[point] / most);
        }
        DiscoveryPoint {
            at,
            of_interest: cases.of_interest[point],
            inside: inside.binary_search(&point).is_ok(),
        }
    });
    DiscoveryInput {
        title: swept.title(),
        replicates: swept.manifest.replicates,
        seed: swept.manifest.seed,
        version: swept.manifest.version.clone(),
        interest: format!("{} {}", interest.outcome, interest.bound()),
        finding,
        coverage: region.coverage(cases),
        density: region.density(),
        restricted: restricted.len(),
        parameters: columns.len(),
        axes,
        points: points.collect(),
    }
}

/// For tests of the words.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_digits() {
        for (x, said) in
            [(74.123, "74.1"), (0.012_345, "0.0123"), (12_345.6, "12346"), (-2.0, "−2"), (0.0, "0")]
        {
            assert_eq!(significant(x), said);
        }
    }

    #[test]
    fn restrictions_are_in_the_agreements_terms() {
        let of = |text: &str, levels: &[&str]| {
            let parameter = Parameter::parse(text).unwrap();
            let levels: Vec<Level> = levels
                .iter()
                .map(|it| Level::of(it.split(':').map(str::to_owned).collect()))
                .collect();
            column(&parameter, &levels.iter().collect::<Vec<_>>())
        };
        let km = of("clause.pullback.min_km=40..100", &["40", "70.5", "100"]);
        let over = Side::Between(Some(74.2), None);
        assert_eq!(km.said(&over), "pullback: min over 74.2 km");
        let both = Side::Between(Some(50.0), Some(74.26));
        assert_eq!(km.said(&both), "pullback: min from 50 to 74.3 km");
        let date = of("clause.a.deadline=2018-06-01..2018-12-01", &["2018-06-01", "2018-12-01"]);
        let after = Side::Between(Some(2_458_300.5), None);
        assert!(date.said(&after).starts_with("a: deadline after 2018-0"), "{}", date.said(&after));
        let pairs = of("c.a.min_km,c.a.target_km=40:50,70:80", &["40:50", "70:80"]);
        let upper = Side::Between(Some(0.5), None);
        assert_eq!(pairs.said(&upper), "a: min and another at least 70:80");
        let words = of("clause.a.bound_by=flag,command", &["flag", "command"]);
        assert_eq!(words.said(&Side::Among(vec![true, false])), "a: bound by: flag");
    }
}
