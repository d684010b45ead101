//! The report of a comparison or a sweep: variants side by side.

use maud::{Markup, html};

use super::outcomes::{cell, find};
use super::page::{self, Part};
use super::tables::{self, facts, wide};
use super::words::{Names, grouped};
use crate::analysis::{FEWEST, PairRow, Verdict};
use crate::chart::Chart;
use crate::record::PointRow;
use crate::results::{COMPARE, Manifest};
use crate::scenario::Scenario;
use crate::stats::OVER;

/// A variant, or a point of a sweep.
#[derive(Debug, Clone)]
pub struct VariantColumn {
    /// What it is called.
    pub name: String,
    /// What it sets: parameter and value.
    pub settings: Vec<(String, String)>,
}

/// What the report of a comparison or a sweep is made from.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The scenario as written, without what variants change.
    pub scenario: &'a Scenario,
    /// Its text.
    pub text: &'a str,
    /// What the folder is the result of.
    pub manifest: &'a Manifest,
    /// Variants in the order of points, the baseline first.
    pub variants: &'a [VariantColumn],
    /// Outcomes of each.
    pub points: &'a [PointRow],
    /// Paired differences; none of a sweep.
    pub pairs: &'a [PairRow],
    /// The charts.
    pub charts: &'a [Chart],
}

/// More variants than this are rows, not columns.
const COLUMNS: usize = 6;
/// More than this are in the tables of the folder alone.
const ROWS: usize = 60;

/// Outcomes of the whole run.
const OF_RUN: [(&str, &str); 6] = [
    ("compliance", "Compliance, true (weighted mean of the clauses)"),
    ("completed", "Agreement completed, and not broken later"),
    ("broken", "Agreement later broken"),
    ("collapsed", "Agreement collapsed"),
    ("destroyed", "Agreement destroyed"),
    ("incomplete", "Agreement incomplete"),
];

/// The report as one HTML page.
#[must_use]
pub fn comparison(it: &Comparison<'_>) -> String {
    let named = named(it.variants);
    let it = &Comparison { variants: &named, ..*it };
    let compared = it.manifest.command == COMPARE;
    let word = if compared { "variants" } else { "points" };
    let head = facts(&[
        (if compared { "Variants" } else { "Points" }, grouped(it.variants.len() as u64)),
        ("Replicates of each", grouped(it.manifest.replicates)),
        ("Seed", it.manifest.seed.to_string()),
    ]);
    let asked = html! {
        "What would be otherwise if a term or a circumstance were? "
        @if compared { "Each variant was run on the same random numbers, so that replicates differ by the term alone. " }
    };
    let mut parts = vec![Part::new(
        "question",
        "The question",
        html! {
            (page::question(it.scenario, &asked))
            (page::failed(it.manifest, "are left out, with their pairs."))
        },
    )];
    parts.push(Part::new(
        "variants",
        if compared { "The variants" } else { "The points" },
        settings(it, compared),
    ));
    if compared {
        parts.push(Part::new("differences", "Differences", differences(it)));
    }
    parts.push(Part::new(
        "side-by-side",
        "Side by side",
        if it.variants.len() <= COLUMNS { columns(it) } else { rows(it, word) },
    ));
    parts.extend(Part::charts(it.charts));
    parts.push(Part::new(
        "agreement",
        "The agreement as written",
        html! {
            p { "What the file says; the variants above change single terms of it." }
            (page::the_agreement(it.scenario))
        },
    ));
    parts.extend(page::rests_on(it.scenario, it.text));
    parts.push(Part::new("provenance", "Provenance", page::provenance(it.manifest, None)));
    let eyebrow = if compared { "Comparison" } else { "Sweep" };
    page::page(&it.scenario.title, eyebrow, &head, &parts)
}

/// The paths that every variant sets, if all set the same ones.
fn shared(variants: &[VariantColumn]) -> Option<Vec<&str>> {
    fn paths(it: &VariantColumn) -> Vec<&str> {
        it.settings.iter().map(|(path, _)| path.as_str()).collect()
    }
    let first = variants.first().map(paths)?;
    let same = !first.is_empty() && variants.iter().all(|it| paths(it) == first);
    same.then_some(first)
}

/// Variants by what sets them apart: where all set the same paths, by the values alone.
fn named(variants: &[VariantColumn]) -> Vec<VariantColumn> {
    let by_value = shared(variants).is_some();
    let name = |it: &VariantColumn| {
        let values: Vec<&str> = it.settings.iter().map(|(_, value)| value.as_str()).collect();
        values.join(" · ")
    };
    let each = variants.iter().map(|variant| VariantColumn {
        name: if by_value { name(variant) } else { variant.name.clone() },
        settings: variant.settings.clone(),
    });
    each.collect()
}

/// What each variant sets.
fn settings(it: &Comparison<'_>, compared: bool) -> Markup {
    let shared = shared(it.variants);
    // A variant that has no name of its own is called by what it sets.
    let own_name = |it: &VariantColumn| {
        let sets = it.settings.iter().map(|(path, value)| format!("{path} = {value}"));
        !it.settings.is_empty() && it.name != sets.collect::<Vec<_>>().join(", ")
    };
    let names = it.variants.iter().any(own_name);
    html! {
        (wide("What is set", &html! {
            table.settings {
                thead { tr {
                    th scope="col" { "No." }
                    @if let Some(paths) = &shared {
                        @for path in paths { th scope="col" { @for part in path.split(',') { code { (breaking(part)) } } } }
                    } @else { @if names { th scope="col" { "Name" } } th scope="col" { "Sets" } }
                } }
                tbody { @for (number, variant) in it.variants.iter().enumerate().take(ROWS) { tr {
                    td { (number) @if compared && number == 0 { br; span.note { "baseline" } } }
                    @if shared.is_some() {
                        @for (_, value) in &variant.settings { td { bdi { (value) } } }
                    } @else {
                        @if names { th scope="row" { bdi { (variant.name) } } }
                        td {
                            @if variant.settings.is_empty() { span.note { "as in the file" } }
                            @for (path, value) in &variant.settings { div { code { (breaking(path)) } " = " bdi { (value) } } }
                        }
                    }
                } } }
            }
        }))
        @if it.variants.len() > ROWS { p.note { "The first " (ROWS) " of " (it.variants.len()) "; parameters.csv has all." } }
    }
}

/// A path, or a name made of paths, that a narrow column breaks between their parts.
fn breaking(path: &str) -> Markup {
    html! { @for part in path.split_inclusive(['.', ',', '_']) { (part) wbr; } }
}

/// Differences against the baseline, in words and as a table.
fn differences(it: &Comparison<'_>) -> Markup {
    let names = Names(it.scenario);
    let own = |number: usize| it.pairs.iter().filter(move |row| row.point as usize == number);
    let variants = || it.variants.iter().enumerate().skip(1);
    if it.pairs.is_empty() {
        return html! { p { "No pair of replicates is whole, so no difference can be shown." } };
    }
    html! {
        ul { @for (number, variant) in variants() {
            @let said: Vec<String> = own(number).filter(|row| row.clause.is_empty()).map(PairRow::sentence).collect();
            @if !said.is_empty() { li { strong { bdi { (variant.name) } } ": " (said.join("; ")) "." } }
        } }
        (wide("Differences", &html! {
            table {
                caption {
                    "Variant minus baseline over pairs of replicates with the same draws, in percentage points or days, with 95 % intervals " (OVER) ". "
                    "Independent seeds would need so many runs of each variant for as narrow an interval. Fewer than " (FEWEST) " pairs show nothing."
                }
                (tables::head(&[
                    "Outcome", "Baseline", "Variant", "Difference", "For all variants at once",
                    "Pairs", "Independent seeds", "Shown",
                ]))
                @for (number, variant) in variants() {
                    tbody {
                        tr { th scope="rowgroup" colspan="8" { bdi { (variant.name) } } }
                        @for row in own(number).filter(|row| row.clause.is_empty() || row.outcome == "compliance" && row.register == "true") {
                            tr {
                                th scope="row" {
                                    @match row.clause.as_str() {
                                        "" if row.outcome == "compliance" => { "compliance, all clauses" }
                                        "" => { (row.outcome) }
                                        clause => { bdi { (names.clause(clause)) } }
                                    }
                                }
                                td { span.estimate { (row.amount(row.mean_against, false)) } }
                                td { span.estimate { (row.amount(row.mean, false)) } }
                                @if row.verdict() == Verdict::Same { td { "0" } td { "–" } } @else {
                                    td {
                                        span.estimate { (row.amount(row.difference.estimate, true)) }
                                        " " span.ends { (row.ends(row.difference.low, row.difference.high)) }
                                    }
                                    td { span.ends { (row.ends(row.simultaneous_low, row.simultaneous_high)) } }
                                }
                                td { (grouped(row.pairs)) }
                                td { @if row.independent.is_finite() { (grouped(row.independent.round().max(0.0) as u64)) } @else { "–" } }
                                td { (row.verdict().word()) }
                            }
                        }
                    }
                }
            }
        }))
    }
}

/// Variants as columns.
fn columns(it: &Comparison<'_>) -> Markup {
    let names = Names(it.scenario);
    let numbers = 0..it.variants.len();
    html! {
        (wide("Variants side by side", &html! {
            table {
                caption { "Means for each variant with 95 % intervals " (OVER) ". Clauses: share kept on average, compliance in the three registers." }
                thead { tr {
                    th scope="col" { "Outcome" }
                    @for variant in it.variants { th scope="col" { bdi { (breaking(&variant.name)) } } }
                } }
                tbody {
                    @for (outcome, title) in OF_RUN { tr {
                        th scope="row" { (title) }
                        @for number in numbers.clone() { (cell(find(it.points, number, ["", outcome, "true"]))) }
                    } }
                }
                @for clause in &it.scenario.clauses {
                    tbody {
                        tr { th scope="rowgroup" colspan=(it.variants.len() + 1) { bdi { (names.clause(&clause.id)) } } }
                        @for register in ["true", "recorded", "claimed"] { tr {
                            th scope="row" { (register) }
                            @for number in numbers.clone() { (cell(find(it.points, number, [&clause.id, "compliance", register]))) }
                        } }
                    }
                }
            }
        }))
    }
}

/// Points as rows.
fn rows(it: &Comparison<'_>, word: &str) -> Markup {
    html! {
        (wide("Outcomes by point", &html! {
            table {
                caption { "Means for each with 95 % intervals " (OVER) "." }
                thead { tr {
                    th scope="col" { "No." } th scope="col" { "Name" }
                    @for (_, title) in OF_RUN { th scope="col" { (title) } }
                } }
                tbody { @for (number, variant) in it.variants.iter().enumerate().take(ROWS) { tr {
                    td { (number) }
                    th scope="row" { bdi { (breaking(&variant.name)) } }
                    @for (outcome, _) in OF_RUN { (cell(find(it.points, number, ["", outcome, "true"]))) }
                } } }
            }
        }))
        @if it.variants.len() > ROWS { p.note { "The first " (ROWS) " of " (it.variants.len()) " " (word) "; points.csv has all." } }
    }
}
