//! The table of a comparison on the terminal, and what it says in words.

use super::exit::Failure;
use super::layout::{plain, right};
use crate::analysis::{FEWEST, PairRow, Verdict};
use crate::experiment::Plan;
use crate::results::{Manifest, point_name};

/// For each variant the outcomes of the run and the true compliance with each
/// clause, then a sentence on each.
pub(super) fn table(plan: &Plan, manifest: &Manifest, rows: &[PairRow]) -> Result<String, Failure> {
    let points = plan.points()?;
    let names: Vec<String> = points.iter().map(|point| point_name(&point.settings)).collect();
    let shown = |row: &&PairRow| {
        let of_run = row.clause.is_empty();
        of_run || row.outcome == "compliance" && row.register == "true"
    };
    let mut table = plain();
    table.set_header([
        "outcome",
        "baseline",
        "variant",
        "difference [95 %]",
        "for all variants\nat once",
        "pairs",
        "independent seeds\nwould need",
        "shown",
    ]);
    let mut said = Vec::new();
    for (number, name) in names.iter().enumerate().skip(1) {
        let own = || rows.iter().filter(|row| row.point as usize == number);
        table.add_row([format!("{name}:")]);
        for row in own().filter(shown) {
            table.add_row(cells(row));
        }
        let sentences: Vec<String> =
            own().filter(|row| row.clause.is_empty()).map(PairRow::sentence).collect();
        if !sentences.is_empty() {
            said.push(format!("{name}: {}.", sentences.join("; ")));
        }
    }
    let several = if names.len() > 2 {
        format!(
            "for all variants at once: Bonferroni over {} comparisons of each outcome; ",
            names.len() - 1
        )
    } else {
        String::new()
    };
    let failed = match manifest.failed {
        0 => String::new(),
        failed => format!(", {failed} runs failed and their pairs are left out"),
    };
    Ok(format!(
        "{} variants on the same N = {} replicates, seed {}{failed}\nbaseline: {}\n\n{}\n\n{}\n\n\
         differences: variant minus baseline, in percentage points or days, over pairs of replicates\n\
         of this file with the same draws; {several}independent seeds would need so many runs\n\
         of each variant for as narrow an interval; fewer than {FEWEST} pairs show nothing",
        names.len(),
        manifest.replicates,
        manifest.seed,
        names.first().map_or("", String::as_str),
        right(&mut table, 1),
        said.join("\n"),
    ))
}

fn cells(row: &PairRow) -> Vec<String> {
    let outcome = match row.clause.as_str() {
        "" if row.outcome == "compliance" => "compliance, all clauses".to_owned(),
        "" => row.outcome.clone(),
        clause => clause.to_owned(),
    };
    let same = row.verdict() == Verdict::Same;
    let it = &row.difference;
    vec![
        format!("  {outcome}"),
        row.amount(row.mean_against, false),
        row.amount(row.mean, false),
        if same {
            "0".into()
        } else {
            format!("{} {}", row.amount(it.estimate, true), row.ends(it.low, it.high))
        },
        if same { String::new() } else { row.ends(row.simultaneous_low, row.simultaneous_high) },
        row.pairs.to_string(),
        if row.independent.is_finite() { format!("{:.0}", row.independent) } else { "–".into() },
        row.verdict().word().into(),
    ]
}
