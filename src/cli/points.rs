//! The table of a sweep on the terminal.

use super::exit::Failure;
use super::layout::{MAX_ROWS, cut_after, head, outcome, outcomes_say, plain, right, size_of};
use crate::analysis::Regret;
use crate::experiment::Plan;
use crate::record::PointRow;
use crate::results::{Manifest, Regrets, of_the_whole, outcomes_of, regrets, short};

/// A row for each point: its parameters, and outcomes of the whole run with their
/// 95 % intervals.
pub(super) fn table(
    plan: &Plan,
    manifest: &Manifest,
    rows: &[PointRow],
) -> Result<String, Failure> {
    let points = plan.points()?;
    let axes = plan.axes();
    let by_point = of_the_whole(rows);
    let mut table = plain();
    let mut heads = vec!["point".to_owned()];
    heads.extend(axes.iter().map(|axis| {
        let name = axis.name.replace(',', "\n");
        format!("{name}\n({})", axis.role.word())
    }));
    let outcomes = outcomes_of(rows);
    heads.extend(outcomes.iter().map(|(_, title)| head(title)));
    table.set_header(heads);
    for number in 0..points.len().min(MAX_ROWS) as u32 {
        let point = points.get(number);
        let mut cells = vec![number.to_string()];
        cells.extend(axes.iter().map(|axis| {
            let own = point.level(&axis.name);
            own.map_or_else(|| "as in the file".to_owned(), |it| short(&it.name))
        }));
        cells.extend(outcomes.iter().map(|(name, _)| outcome(&by_point, (number, name))));
        table.add_row(cells);
    }
    let correlation = points.correlation().map_or_else(String::new, |correlation| {
        format!("\ngreatest correlation between columns of the hypercube: {correlation:.3}")
    });
    Ok(format!(
        "{}\n\n{}{}\n\n{}{correlation}{}",
        size_of(points.len(), manifest),
        right(&mut table, 0),
        cut_after(points.len()),
        outcomes_say(),
        regrets_table(&regrets(plan, rows)?),
    ))
}

/// The choices of levers, the one that risks least first; nothing where there are none to
/// hold against each other.
fn regrets_table(regrets: &Regrets) -> String {
    if regrets.rows.is_empty() {
        return String::new();
    }
    let mut found: Vec<&Regret> = regrets.rows.iter().collect();
    found.sort_by(|a, b| a.greatest.total_cmp(&b.greatest));
    let mut table = plain();
    let levers = regrets.levers.iter();
    let mut heads: Vec<String> = levers.map(|axis| axis.name.replace(',', "\n")).collect();
    let rest = ["mean", "least", "mean\nregret", "greatest\nregret", "at worst where"];
    heads.extend(rest.map(str::to_owned));
    table.set_header(heads);
    let percent = |share: f64| format!("{:.1} %", 100.0 * share);
    for row in found.iter().take(MAX_ROWS as usize) {
        let mut cells = row.choice.clone();
        cells.extend([row.mean, row.least, row.mean_regret, row.greatest].map(percent));
        cells.push(if row.greatest > 0.0 { row.at.join(", ") } else { "nowhere".into() });
        table.add_row(cells);
    }
    format!(
        "\n\nregret of each choice of levers over the uncertainties: how much true compliance falls\n\
         short of the best choice there; the choice that risks least comes first\n\n{}",
        right(&mut table, 0)
    )
}
