//! What happened, in sentences and as a table.

use maud::{Markup, html};

use super::input::Run;
use super::tables::{head, wide};
use super::words::{Names, grouped, interval, list, percent};
use crate::analysis::{Against, REFERENCES, RecordRow, worse_than_references};
use crate::model::{End, Words};
use crate::record::PointRow;
use crate::stats::OVER;

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
            "Over the days since the clauses fell due, {} of the bound strength kept them on average, in truth (weighted mean of the clauses).",
            said(row)
        ));
    }
    let mut ends: Vec<(End, &PointRow)> = Vec::new();
    for (word, end) in End::WORDS {
        ends.extend(of(word).filter(|row| row.estimate > 0.0).map(|row| (*end, row)));
    }
    if !ends.is_empty() {
        ends.sort_by(|a, b| b.1.estimate.total_cmp(&a.1.estimate));
        let each = ends.iter().map(|(end, row)| format!("{} in {}", ended(*end), said(row)));
        sentences.push(format!("The agreement {} of replicates.", list(each)));
    }
    if !sentences.is_empty() {
        sentences.push(format!("(In brackets: 95 % intervals {OVER}.)"));
    }
    sentences.extend(gap(run));
    html! { p.lead { (sentences.join(" ")) } }
}

/// What an agreement did that ended so.
fn ended(end: End) -> &'static str {
    match end {
        End::Completed => "was completed",
        End::Broken => "was completed and later broken",
        End::Collapsed => "collapsed",
        End::Destroyed => "was destroyed",
        End::Incomplete => "stayed incomplete",
    }
}

/// How the agreement ended, as shares of the replicates.
pub(super) fn ends(run: &Run<'_>) -> Markup {
    let rows = End::WORDS.iter().filter_map(|(word, end)| {
        Some((*end, find(run.points, 0, ["", word, "true"]).filter(|row| row.n > 0)?))
    });
    let rows: Vec<(End, &PointRow)> = rows.collect();
    html! {
        @if !rows.is_empty() {
            (wide("How the agreement ended", &html! {
                table {
                    caption {
                        "Share of replicates by how the agreement ended: completed once every clause of weight was due and kept for "
                        (run.loaded.model.thresholds.completed_days) " days; broken later; collapsed; destroyed, where what was asked is there because most of those who owed it are dead; else incomplete. "
                        "In brackets: 95 % intervals " (OVER) ", N = " (grouped(run.manifest.replicates)) "."
                    }
                    (head(&["Completed", "Later broken", "Collapsed", "Destroyed", "Incomplete"]))
                    tbody { tr { @for (_, row) in &rows { (cell(Some(*row))) } } }
                }
            }))
        }
    }
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
                    "Kept on average: share of the bound strength (or weapons) inside that keeps the clause, mean over the days since it fell due; with losses, who died violating it counts as not keeping it. "
                    "Recorded: what monitors saw keeping. Kept at the end: share of replicates. First kept after: days from D-day, with the quartiles in brackets. "
                    "Else in brackets: 95 % intervals " (OVER) ", N = " (grouped(run.manifest.replicates)) "."
                }
                (head(&[
                    "Clause", "Kept on average, true", "recorded", "not observed", "claimed",
                    "Deadline met", "Kept at the end", "First kept after, days",
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
                                @if let Some(row) = own("compliance_with_losses", "true").filter(|row| own("compliance", "true").is_some_and(|alone| row.estimate < alone.estimate - 5e-4)) {
                                    br; span.note { "with losses " (percent(row.estimate)) }
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
                            (cell(own("kept_at_end", "true")))
                            (cell(own("days_to_first_kept", "true")))
                        }
                    }
                }
            }
        }))
    }
}

/// The record of the real agreement beside the simulation: what was not looked at when the
/// file's numbers were set, and apart from it what was.
pub(super) fn records(run: &Run<'_>) -> Markup {
    let of = |consulted| run.records.iter().filter(move |row| row.consulted == consulted);
    let groups: Vec<(&str, Vec<&RecordRow>)> = [
        ("Not looked at when the file’s numbers were set", of(false).collect()),
        ("Looked at when the file’s numbers were set: no test of them", of(true).collect()),
    ]
    .into_iter()
    .filter(|(_, rows): &(_, Vec<_>)| !rows.is_empty())
    .collect();
    html! {
        @if !run.records.is_empty() {
            h3 id="record" { "Beside the record" }
            (wide("Record and simulation", &html! {
                table {
                    caption {
                        "Figures of the real agreement on their own day; simulated: median and 5–95 % " (OVER) ". Rank: share of replicates below the recorded value. "
                        "Score: CRPS in the unit of the number, Brier for an event; 0 is best. " (REFERENCES)
                    }
                    (head(&[
                        "Date", "Record", "Register", "Recorded", "Simulated, median [5–95 %]",
                        "Rank", "Score", "Skill, base rate", "Skill, persistence",
                    ]))
                    @for (heading, rows) in &groups {
                        tbody {
                            tr { th scope="rowgroup" colspan="9" { (heading) } }
                            @for row in rows {
                                tr {
                                    td.date { (row.date) }
                                    th scope="row" { bdi { (row.title) } }
                                    td { (row.register) }
                                    td { (row.recorded()) } td { (row.simulated()) }
                                    td { (row.stands_at()) } td { (row.scored()) }
                                    td { (row.skilled(Against::BaseRate)) }
                                    td { (row.skilled(Against::Persistence)) }
                                }
                            }
                        }
                    }
                }
            }))
            @for (heading, rows) in &groups {
                @let worse = worse_than_references(rows);
                @if !worse.is_empty() { p { (heading) ". " (worse) } }
            }
        }
    }
}
