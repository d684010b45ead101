//! `discover`: the conditions under which an outcome lies beyond a threshold.

use super::arguments::DiscoverArguments;
use super::exit::Failure;
use super::folder::{read_back, swept};
use super::layout::{plain, right};
use super::{Done, pictures, terminal};
use crate::results::{self, Discovery, Interest, Search, Swept};
use crate::store::write_over;

/// Finds boxes, prints the chosen one in words, writes `boxes.csv` and the chart.
pub(super) fn discover(arguments: &DiscoverArguments) -> Done {
    let (folder, _) = read_back(&arguments.result)?;
    let swept = swept(&folder, arguments.of.name())?;
    let interest = interest(arguments, &swept)?;
    let search = arguments.method;
    let found = results::discover(&swept, interest, search, arguments.number)?;
    let cases = found.cases();
    let ways = match search {
        Search::Prim => {
            "boxes on the way of peeling and pasting (PRIM), without restrictions that may be chance\n\
             (quasi p above 0.05); "
        }
        Search::Tree => "leaves of a tree; ",
    };
    terminal::say(&format!(
        "{}: where {} is {}\n{} points × N = {} replicates, seed {} ({} seeds); {} of them of interest{}\n\n\
         {}\n{ways}* chosen: greatest harmonic mean of coverage and density, or --box\n\n{}\n\n{}",
        swept.title(),
        swept.outcome(),
        found.bound(),
        cases.len(),
        swept.manifest.replicates,
        swept.manifest.seed,
        swept.manifest.seeds,
        cases.hits(),
        found.note,
        boxes_table(&found),
        restrictions_table(&found),
        textwrap::fill(&found.sentence(), 100)
    ));
    write_over(&folder, &found.rows())?;
    let drawn: Vec<_> = found.chart()?.into_iter().collect();
    pictures::write(&folder, &drawn, pictures::Style::default())?;
    let shown = folder.display();
    let picture = if drawn.is_empty() { "" } else { ", charts/discover.png" };
    terminal::say(&format!("\nwritten to {shown}: boxes.csv{picture}"));
    Ok(())
}

/// Which points the command line asks for.
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
    Ok(Interest { over, threshold })
}

/// Boxes shown; boxes.csv has them all.
const SHOWN: usize = 12;

fn boxes_table(found: &Discovery<'_>) -> String {
    let (boxes, chosen, cases) = (&found.boxes, found.chosen, found.cases());
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
            format!("{:.0} %", 100.0 * region.coverage(&cases)),
            format!("{:.0} %", 100.0 * region.density()),
            region.restricted().to_string(),
        ]);
    }
    right(&mut table, 0)
}

fn restrictions_table(found: &Discovery<'_>) -> String {
    let mut table = plain();
    table.set_header(["the chosen box", "quasi p"]);
    for (restriction, p) in found.restrictions() {
        let p = match p {
            p if p < 0.001 => "< 0.001".to_owned(),
            p => format!("{p:.3}"),
        };
        table.add_row([restriction, p]);
    }
    table.trim_fmt()
}
