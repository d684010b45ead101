//! The table of docs/records.md: for each bundled scenario with a record, every
//! recorded figure beside the simulated interval, and its score.
//!
//! ```console
//! cargo run --release --example records > docs/records.md
//! ```

use std::io::Write;

use disengage::analysis::{RecordRow, compare_records, find_records};
use disengage::experiment::ensemble;
use disengage::scenario::{BUNDLED, load};

const REPLICATES: u64 = 1000;
const SEED: u64 = 1;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    write!(
        out,
        "# The record and the model\n\n\
         Every figure of a record that a bundled scenario carries, beside what {REPLICATES}\n\
         replicates (seed {SEED}) give for the same measure on the same day. Made by\n\
         `cargo run --release --example records > docs/records.md`.\n\n\
         No parameter was fitted to these figures, but whoever wrote a scenario had read its\n\
         record. Those marked * were looked at when numbers were set or mended, and are no\n\
         test of it; the scenario's own page says how. An interval that holds a figure shows that the model does not exclude it, no\n\
         more: intervals are wide where much is assumed. *Stands at* is the share of\n\
         replicates below the figure. CRPS is in the figure's own unit, Brier's score is\n\
         for what was so or was not; 0 is best ([formulas](model.md)).\n"
    )?;
    let mut totals = (0, 0, 0);
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
        write!(
            out,
            "\n## {}\n\n[The scenario](../scenarios/{}.md)\n\n\
             | date | recorded | figure | source | confidence | simulated, median [5–95 %] | stands at | score |\n\
             |---|---|---|---|---|---|---|---|\n",
            loaded.scenario.title, bundled.name
        )?;
        for row in &rows {
            let starred = if row.consulted { " *" } else { "" };
            writeln!(
                out,
                "| {} | {}{starred} ({}) | {} | {} | {} | {} | {} | {} |",
                row.date,
                row.title,
                row.register,
                row.recorded(),
                row.source,
                row.confidence,
                row.simulated(),
                row.stands_at(),
                row.scored(),
            )?;
        }
        for within in rows.iter().filter_map(RecordRow::within) {
            totals.0 += u32::from(within);
            totals.1 += 1;
        }
        totals.2 += rows.len();
    }
    writeln!(
        out,
        "\nOf {} figures {} are numbers; {} of these meet the simulated 5–95 % interval.",
        totals.2, totals.1, totals.0
    )?;
    Ok(())
}
