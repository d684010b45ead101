//! The tables of docs/records.md: for each bundled scenario with a record, every
//! recorded figure beside the simulated interval, its score, and what references score.
//!
//! ```console
//! cargo run --release --example records > docs/records.md
//! ```

use std::fmt::Write as _;
use std::io::Write as _;

use disengage::analysis::{
    Against, REFERENCES, RecordRow, Skill, compare_records, find_records, worse_than_references,
};
use disengage::experiment::ensemble;
use disengage::scenario::{BUNDLED, load};

const REPLICATES: u64 = 400;
const SEED: u64 = 1;
/// What was not looked at comes first.
const GROUPS: [(bool, &str); 2] = [(false, "Not looked at"), (true, "Looked at")];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut tables = String::new();
    let mut all = Vec::new();
    for bundled in BUNDLED {
        let loaded = load(bundled.name, &[])?;
        let (records, found) = find_records(&loaded.model, &loaded.scenario);
        if found.has_errors() {
            return Err(format!("{}: {found:?}", bundled.name).into());
        }
        if records.is_empty() {
            continue;
        }
        let whole =
            ensemble(&loaded.model, SEED, REPLICATES, |_| Ok::<(), std::convert::Infallible>(()))?;
        let rows = compare_records(
            &loaded.model,
            &loaded.scenario,
            &records,
            &whole.aggregates,
            &whole.outcomes,
        );
        let title = &loaded.scenario.title;
        write!(tables, "\n## {title}\n\n[The scenario](../scenarios/{}.md)\n", bundled.name)?;
        for (consulted, name) in GROUPS {
            let group: Vec<&RecordRow> =
                rows.iter().filter(|row| row.consulted == consulted).collect();
            if !group.is_empty() {
                write!(tables, "\n**{name}**\n\n{}", table(&group)?)?;
            }
        }
        all.extend(rows);
    }
    let mut out = std::io::stdout().lock();
    write!(
        out,
        "# The record and the model\n\n\
         Every figure of a record that a bundled scenario carries, beside what {REPLICATES}\n\
         replicates (seed {SEED}) give for the same measure on the same day. Made by\n\
         `cargo run --release --example records > docs/records.md`.\n\n\
         No parameter was fitted to these figures, but whoever wrote a scenario had read its\n\
         record. What was looked at when numbers were set or mended stands apart: it is no test of\n\
         them; the scenario's own page says how. An interval that holds a figure shows that the\n\
         model does not exclude it, no more: intervals are wide where much is assumed. *Stands at*\n\
         is the share of replicates below the figure. CRPS is in the figure's own unit, Brier's\n\
         score is for what was so or was not; 0 is best ([formulas](model.md)).\n\n\
         {}\n\n{}{tables}",
        textwrap(REFERENCES),
        in_all(&all)?,
    )?;
    Ok(())
}

/// In lines of a page's width.
fn textwrap(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        if lines[last].len() + word.len() > 92 {
            lines.push(word.to_owned());
        } else {
            let space = if lines[last].is_empty() { "" } else { " " };
            lines[last] += &format!("{space}{word}");
        }
    }
    lines.join("\n")
}

/// The back-cast table of some rows.
fn table(rows: &[&RecordRow]) -> Result<String, std::fmt::Error> {
    let mut table = String::from(
        "| date | recorded | figure | source | confidence | simulated, median [5–95 %] | stands at | score | skill, base rate | skill, persistence |\n\
         |---|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        writeln!(
            table,
            "| {} | {} ({}) | {} | {} | {} | {} | {} | {} | {} | {} |",
            row.date,
            row.title,
            row.register,
            row.recorded(),
            row.source,
            row.confidence,
            row.simulated(),
            row.stands_at(),
            row.scored(),
            row.skilled(Against::BaseRate),
            row.skilled(Against::Persistence),
        )?;
    }
    Ok(table)
}

/// Over all scenarios, what was looked at and what was not apart.
fn in_all(all: &[RecordRow]) -> Result<String, std::fmt::Error> {
    let mut text = String::from("## In all\n\n");
    text += "| figures | n | within 5–95 % | against | n | better | worse | skill |\n|---|---|---|---|---|---|---|---|\n";
    type Group = (&'static str, fn(&RecordRow) -> bool);
    let units: [Group; 3] = [
        ("so or not", |row| row.is_event()),
        ("shares", |row| row.unit == "share"),
        ("other numbers", |row| !row.is_event() && row.unit != "share"),
    ];
    for (consulted, name) in GROUPS {
        for (unit, of) in units {
            let rows: Vec<&RecordRow> =
                all.iter().filter(|row| row.consulted == consulted && of(row)).collect();
            let within = rows.iter().filter(|row| row.within() == Some(true)).count();
            let within = if unit == "so or not" { String::new() } else { within.to_string() };
            for (against, reference) in
                [(Against::BaseRate, "base rate"), (Against::Persistence, "persistence")]
            {
                let it = Skill::of(rows.iter().copied(), against);
                let pooled = match unit {
                    // In units of their own.
                    "other numbers" => "–".into(),
                    _ if it.pooled().is_nan() => "–".into(),
                    _ => format!("{:+.2}", it.pooled()),
                };
                writeln!(
                    text,
                    "| {}, {unit} | {} | {within} | {reference} | {} | {} | {} | {pooled} |",
                    name.to_lowercase(),
                    rows.len(),
                    it.n,
                    it.better,
                    it.worse,
                )?;
            }
        }
    }
    text += "\nA skill over several figures is 1 − the sum of their scores ÷ that of the reference's; numbers\n\
             in units of their own have none together. With so few figures none of this tells one\n\
             model from another; it tells where this one is worse than no model at all.\n";
    for (consulted, name) in GROUPS {
        let rows: Vec<&RecordRow> = all.iter().filter(|row| row.consulted == consulted).collect();
        writeln!(text, "\n**{name}.** {}", worse_than_references(&rows))?;
    }
    Ok(text)
}
