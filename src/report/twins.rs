//! Which share of the spread between replicates comes from what the file leaves open.

use maud::{Markup, html};

use super::input::Run;
use super::tables::{head, wide};
use super::words::Names;
use crate::model::{End, Words};
use crate::record::TwinRow;
use crate::stats::REPLICATES;

/// What is told of each clause: outcome and register.
const OF_CLAUSE: [(&str, &str, &str); 7] = [
    ("Kept on average, true", "compliance", "true"),
    ("recorded", "compliance", "recorded"),
    ("not observed", "not_observed", "recorded"),
    ("claimed", "compliance", "claimed"),
    ("Deadline met", "deadline_met", "true"),
    ("Kept at the end", "kept_at_end", "true"),
    ("First kept after, days", "days_to_first_kept", "true"),
];

/// A sentence and two tables; nothing where no twins were run.
pub(super) fn table(run: &Run<'_>) -> Markup {
    let names = Names(&run.loaded.scenario);
    let drawn = run.loaded.model.drawn;
    let find =
        |clause: &str, outcome, register| TwinRow::find(run.twins, clause, outcome, register);
    let whole = find("", "compliance", "true");
    let pairs = run.twins.iter().map(|row| row.pairs).max().unwrap_or(0);
    html! {
        @if !run.twins.is_empty() {
            h3 id="open" { "What the file leaves open, and chance" }
            @if let Some(sentence) = whole.and_then(TwinRow::sentence) { p { (sentence) } }
            (wide("What the file leaves open", &html! {
                table {
                    caption {
                        "Share of the variance between " (REPLICATES) " that comes from the "
                        @if drawn == 1 { "one number" } @else { (drawn) " numbers" }
                        " that the file leaves open (ranges and distributions); the rest is chance. From " (pairs)
                        " replicates, each with a twin that draws these numbers as it did and everything else anew. "
                        "In brackets: 95 % intervals over such pairs. Shares are cut to 0 and 100 %; –: does not vary."
                    }
                    (head(&[
                        "Clause", OF_CLAUSE[0].0, OF_CLAUSE[1].0, OF_CLAUSE[2].0, OF_CLAUSE[3].0,
                        OF_CLAUSE[4].0, OF_CLAUSE[5].0, OF_CLAUSE[6].0,
                    ]))
                    tbody {
                        @for clause in &run.loaded.model.clauses {
                            tr {
                                th scope="row" { bdi { (names.clause(&clause.id)) } }
                                @for (_, outcome, register) in OF_CLAUSE { (cell(find(&clause.id, outcome, register))) }
                            }
                        }
                    }
                }
            }))
            (wide("What the file leaves open, of the agreement", &html! {
                table {
                    caption { "The same of the weighted mean of the clauses, and of how the agreement ended." }
                    (head(&["Weighted mean", "Completed", "Later broken", "Collapsed", "Destroyed", "Incomplete"]))
                    tbody { tr {
                        (cell(whole))
                        @for (word, _) in End::WORDS { (cell(find("", word, "true"))) }
                    } }
                }
            }))
        }
    }
}

/// A share with its interval.
fn cell(row: Option<&TwinRow>) -> Markup {
    let Some(shown) = row.and_then(TwinRow::shown) else {
        return html! { td { "–" } };
    };
    let of = |share: f64| format!("{:.0}", 100.0 * share);
    html! {
        td {
            span.estimate { (of(shown.estimate)) " %" }
            @if !shown.low.is_nan() { " " span.ends { "[" (of(shown.low)) ", " (of(shown.high)) "]" } }
        }
    }
}
