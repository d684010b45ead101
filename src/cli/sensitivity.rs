//! `sensitivity`: which parameter matters, from a sweep of a design made for it.

use std::path::Path;

use super::arguments::SensitivityArguments;
use super::exit::Failure;
use super::folder::{read_back, swept};
use super::layout::{plain, right};
use super::{Done, pictures, terminal};
use crate::analysis::{IndexRow, ranking};
use crate::results::{OutcomeName, Sensitivity, Swept, cost};
use crate::scenario::Arrangement;
use crate::stats::OVER;
use crate::store::write_over;

/// Computes indices, prints a ranking and what it says, writes `sensitivity.csv` and the
/// chart.
pub(super) fn sensitivity(arguments: &SensitivityArguments) -> Done {
    let (folder, _) = read_back(&arguments.result)?;
    let told = analyse(&folder, arguments.of.name())?;
    terminal::say(&told.text);
    let drawn = pictures::of_indices(&folder)?;
    pictures::write(&folder, &drawn, pictures::Style::default())?;
    let picture = drawn.first().map_or("", |it| it.name);
    terminal::say(&format!(
        "\nwritten to {}: sensitivity.csv, charts/{picture}.png",
        folder.display()
    ));
    terminal::say(&told.next(&folder));
    Ok(())
}

/// What the indices come to.
pub(super) struct Told {
    /// The table and what it says.
    pub(super) text: String,
    of: OutcomeName,
    /// Mean and standard deviation of the outcome over points.
    moments: (f64, f64),
    unit: String,
}

impl Told {
    /// What to type next.
    pub(super) fn next(&self, folder: &Path) -> String {
        let of = &self.of;
        let clause = match of.clause.as_str() {
            "" => String::new(),
            clause => format!(" --clause {clause}"),
        };
        let register = match of.register.as_str() {
            "true" => String::new(),
            register => format!(" --register {register}"),
        };
        let (mean, sd) = self.moments;
        let low = (mean - 0.5 * sd).max(0.0);
        let low = match self.unit.as_str() {
            "days" => format!("{low:.0}"),
            _ => format!("{:.0}%", 100.0 * low),
        };
        format!(
            "next: disengage discover {}{clause} --outcome {}{register} --under {low} says under which conditions it is low",
            folder.display(),
            of.outcome
        )
    }
}

/// Computes indices into the folder; gives the table and what it says.
pub(super) fn analyse(folder: &Path, of: OutcomeName) -> Result<Told, Failure> {
    let swept = swept(folder, of)?;
    let found = crate::results::sensitivity(&swept, &folder.display().to_string())?;
    write_over(folder, &found.rows)?;
    let rows = &found.rows;
    let table = match found.arrangement {
        Arrangement::Morris => effects_table(rows),
        _ => shares_table(rows),
    };
    let pairs =
        if found.second_order { format!("\n\n{}", pairs_table(rows)) } else { String::new() };
    let legend = match found.arrangement {
        Arrangement::Morris => {
            "μ*: mean size of the change for a move along the whole range, [95 % interval over\n\
             trajectories]; μ: mean change; σ: how much it differs with where the others stand"
        }
        _ => {
            "alone (S1): share of the variance over points that goes when it alone becomes known;\n\
             with interactions (ST): share that stays when all others become known; [95 % interval over rows]"
        }
    };
    let (head, words) = (head(&swept, &found), textwrap::fill(&found.words, 100));
    let first = rows.first();
    Ok(Told {
        text: format!(
            "{head}\n\n{table}{pairs}\n\n{legend}\nof the mean {OVER} at each point\n\n{words}"
        ),
        moments: first.map_or((f64::NAN, f64::NAN), |row| (row.mean, row.sd)),
        unit: swept.unit,
        of: swept.of,
    })
}

fn head(swept: &Swept, found: &Sensitivity) -> String {
    let what = match found.arrangement {
        Arrangement::Morris => "trajectories",
        _ => "rows",
    };
    let left_out = match found.rows.first().map_or(0, |row| row.left_out) {
        0 => String::new(),
        n => format!(
            "\n{n} {what} are left out whole: a point of theirs has no outcome ({} with failed runs); nothing is put in their place",
            swept.failed
        ),
    };
    let cost = cost(&swept.plan).unwrap_or_default();
    format!(
        "{}: what moves {}\n{cost}, seed {} ({} seeds){left_out}",
        swept.title(),
        swept.outcome(),
        swept.manifest.seed,
        swept.manifest.seeds
    )
}

/// No wider than a table stands.
fn cut(title: &str) -> String {
    const MOST: usize = 48;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    let head: String = title.chars().take(MOST - 1).collect();
    format!("{head}…")
}

fn shares_table(rows: &[IndexRow]) -> String {
    let mut table = plain();
    table.set_header([
        "",
        "parameter",
        "",
        "as it rises,\noutcome",
        "alone (S1)",
        "with interactions\n(ST)",
    ]);
    for (at, it) in ranking(rows).iter().enumerate() {
        table.add_row([
            (at + 1).to_string(),
            cut(&it.by.title),
            it.by.role.clone(),
            it.goes().to_owned(),
            it.beside.share_and_ends(),
            it.by.share_and_ends(),
        ]);
    }
    right(&mut table, 4)
}

fn effects_table(rows: &[IndexRow]) -> String {
    let mut table = plain();
    table.set_header(["", "parameter", "", "μ*", "μ", "σ"]);
    for (at, it) in ranking(rows).iter().enumerate() {
        let mean = it.way.map_or(f64::NAN, |row| row.estimate);
        table.add_row([
            (at + 1).to_string(),
            cut(&it.by.title),
            it.by.role.clone(),
            format!("{} [{}]", it.by.amount(it.by.estimate, true), it.by.amount_ends()),
            it.by.amount(mean, true),
            it.by.amount(it.beside.estimate, true),
        ]);
    }
    right(&mut table, 3)
}

/// Pairs shown.
const PAIRS: usize = 5;

fn pairs_table(rows: &[IndexRow]) -> String {
    let mut pairs: Vec<&IndexRow> = rows.iter().filter(|row| row.index == "second").collect();
    pairs.sort_by(|a, b| b.estimate.total_cmp(&a.estimate));
    let title = |path: &str| {
        let own = rows.iter().find(|row| row.parameter == path);
        own.map_or_else(|| path.to_owned(), |row| cut(&row.title))
    };
    let mut table = plain();
    table.set_header(["two together, beyond each alone", "", "S2"]);
    for pair in pairs.iter().take(PAIRS) {
        table.add_row([cut(&pair.title), title(&pair.with), pair.share_and_ends()]);
    }
    right(&mut table, 2)
}
