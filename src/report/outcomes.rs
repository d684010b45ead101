//! What happened, in sentences and as a table.

use maud::{Markup, html};

use super::input::Run;
use super::tables::{head, wide};
use super::words::{Names, grouped, interval, percent};
use crate::record::PointRow;

/// The row of a point, of a clause ("" for the whole run), an outcome and a register.
pub(super) fn find<'a>(
    points: &'a [PointRow],
    point: usize,
    [clause, outcome, register]: [&str; 3],
) -> Option<&'a PointRow> {
    points.iter().find(|row| {
        (row.point as usize, [row.clause.as_str(), &row.outcome, &row.register])
            == (point, [clause, outcome, register])
    })
}

/// An estimate with its interval below it.
pub(super) fn cell(row: Option<&PointRow>) -> Markup {
    let Some(row) = row.filter(|row| row.n > 0) else {
        return html! { td { "–" } };
    };
    let (estimate, ends) = interval(row);
    html! {
        td { span.estimate { (estimate) } @if let Some(ends) = ends { " " span.ends { (ends) } } }
    }
}

/// The finding in a few sentences.
pub(super) fn lead(run: &Run<'_>) -> Markup {
    let of = |outcome| find(run.points, 0, ["", outcome, "true"]).filter(|row| row.n > 0);
    let said = |row: &PointRow| {
        let (estimate, ends) = interval(row);
        ends.map_or_else(|| estimate.clone(), |ends| format!("{estimate} {ends}"))
    };
    let mut sentences = Vec::new();
    if let Some(row) = of("compliance") {
        sentences.push(format!(
            "Over the days since the clauses fell due, {} of the bound strength kept them in truth (weighted mean of the clauses).",
            said(row)
        ));
    }
    if let (Some(completed), Some(collapsed)) = (of("completion"), of("collapse")) {
        sentences.push(format!(
            "The agreement was completed in {} of replicates and collapsed in {}.",
            said(completed),
            said(collapsed)
        ));
    }
    sentences.extend(gap(run));
    html! { p.lead { (sentences.join(" ")) } }
}

/// The clause on which the registers lie furthest apart.
fn gap(run: &Run<'_>) -> Option<String> {
    let names = Names(&run.loaded.scenario);
    let apart = run.loaded.model.clauses.iter().filter_map(|clause| {
        let own = |register| find(run.points, 0, [&clause.id, "compliance", register]);
        let (truth, claimed) = (own("true")?, own("claimed")?);
        let apart = (claimed.estimate - truth.estimate).abs();
        (said_of(claimed) && truth.n > 0 && apart.is_finite())
            .then_some((clause, truth, claimed, apart))
    });
    let (clause, truth, claimed, _) = apart.max_by(|a, b| a.3.total_cmp(&b.3))?;
    let recorded = find(run.points, 0, [&clause.id, "compliance", "recorded"]);
    let recorded =
        recorded.filter(|row| row.estimate.is_finite()).map_or_else(String::new, |row| {
            format!(", {} recorded as seen keeping", percent(row.estimate))
        });
    let title = names.clause(&clause.id);
    Some(format!(
        "Claims lie furthest from the truth on “{title}”: {} claimed{recorded}, {} true.",
        percent(claimed.estimate),
        percent(truth.estimate)
    ))
}

/// Whether anybody claims keeping in any replicate.
fn said_of(claimed: &PointRow) -> bool {
    claimed.estimate > 0.0 || claimed.high > 0.0
}

/// The table of outcomes by clause.
pub(super) fn table(run: &Run<'_>) -> Markup {
    let names = Names(&run.loaded.scenario);
    html! {
        (wide("Outcomes by clause", &html! {
            table {
                caption {
                    "Compliance: share of the bound strength (or weapons) inside on D-day that keeps the clause, mean over the days since it fell due. "
                    "Recorded: what monitors saw keeping. In brackets: 95 % intervals over N = "
                    (grouped(run.manifest.replicates)) " replicates; of days the quartiles."
                }
                (head(&[
                    "Clause", "Compliance, true", "recorded", "not observed", "claimed",
                    "Deadline met", "Completed", "Days from D-day to completion",
                ]))
                tbody {
                    @for clause in &run.loaded.model.clauses {
                        @let own = |outcome, register| find(run.points, 0, [&clause.id, outcome, register]);
                        tr {
                            th scope="row" {
                                bdi { (names.clause(&clause.id)) }
                                @if let Some(row) = own("in_force", "true").filter(|row| row.estimate < 1.0) {
                                    br; span.note { "in force in " (percent(row.estimate)) " of replicates" }
                                }
                            }
                            (cell(own("compliance", "true")))
                            (cell(own("compliance", "recorded")))
                            (cell(own("not_observed", "recorded")))
                            @match own("compliance", "claimed") {
                                Some(row) if row.n > 0 && !said_of(row) => td { span.note { "nothing claimed" } }
                                row => { (cell(row)) }
                            }
                            @if clause.deadline.is_none() { td { "open" } } @else { (cell(own("deadline_met", "true"))) }
                            (cell(own("completed", "true")))
                            (cell(own("days_to_completion", "true")))
                        }
                    }
                }
            }
        }))
    }
}

/// The record of the real agreement beside the simulation.
pub(super) fn records(run: &Run<'_>) -> Markup {
    html! {
        @if !run.records.is_empty() {
            h3 id="record" { "Beside the record" }
            (wide("Record and simulation", &html! {
                table {
                    caption {
                        "Figures of the real agreement on their own day. Rank: share of replicates below the recorded value. "
                        "Score: CRPS in the unit of the number, Brier for an event; 0 is best. "
                        "An asterisk marks what was looked at when the file’s numbers were set: it is no test."
                    }
                    (head(&[
                        "Date", "Record", "Register", "Recorded", "Simulated, median [5–95 %]",
                        "Rank", "Score",
                    ]))
                    tbody {
                        @for row in run.records {
                            tr {
                                td.date { (row.date) }
                                th scope="row" { bdi { (row.title) } @if row.consulted { " *" } }
                                td { (row.register) }
                                td { (row.recorded()) } td { (row.simulated()) }
                                td { (row.stands_at()) } td { (row.scored()) }
                            }
                        }
                    }
                }
            }))
        }
    }
}
