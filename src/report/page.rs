//! The page: what stands round every report, and the report of a run.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::input::Run;
use super::tables::{facts, head, wide};
use super::words::{Names, date, days, grouped, list, percent};
use super::{agreement, basis, figures, limits, outcomes, playback, twins};
use crate::chart::{self, Chart, font};
use crate::diag::escaped;
use crate::explain::Paragraph;
use crate::model::MODEL_VERSION;
use crate::results::Manifest;
use crate::scenario::{Loaded, Scenario};

const STYLE: &str = include_str!("assets/report.css");
const SCRIPT: &str = include_str!("assets/report.js");

/// A part of the page: its anchor, its heading, what is in it, and entries below it
/// in the contents (anchor and words).
pub(super) struct Part<'a> {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) body: Markup,
    pub(super) entries: Vec<(String, &'a str)>,
}

impl<'a> Part<'a> {
    pub(super) fn new(id: &'static str, title: &'static str, body: Markup) -> Part<'a> {
        Part { id, title, body, entries: Vec::new() }
    }

    /// The charts; nothing where there are none.
    pub(super) fn charts(charts: &'a [Chart]) -> Option<Part<'a>> {
        let each = figures::entries(charts);
        let entries = each.map(|(name, title)| (format!("chart-{name}"), title)).collect();
        let body = figures::figures(charts);
        (!charts.is_empty()).then_some(Part { id: "charts", title: "Charts", body, entries })
    }
}

/// Colours as custom properties, light and dark.
fn colours() -> String {
    let all = chart::variables();
    let of = |dark: bool| -> String {
        let each = all.iter().map(|(name, light, in_dark)| {
            format!("{name}:{};", if dark { *in_dark } else { light.as_str() })
        });
        each.collect()
    };
    let (light, dark) = (of(false), of(true));
    format!(
        ":root{{color-scheme:light;{light}}}\
         @media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\
         @media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}"
    )
}

/// A whole page. What is not seen but does something, as a control character or a mark that
/// turns the direction of what follows, is shown as an escape: so it stands in no page,
/// wherever it comes from.
pub(super) fn page(title: &str, eyebrow: &str, head: &Markup, parts: &[Part<'_>]) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Nothing may be asked of the network.
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:; img-src data:";
                meta name="generator" content={ "disengage " (env!("CARGO_PKG_VERSION")) };
                title { (title) }
                (PreEscaped(font::css_face()))
                style { (PreEscaped(colours())) (PreEscaped(STYLE)) (PreEscaped(playback::STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the report" }
                header {
                    div.bar {
                        p.eyebrow { (eyebrow) }
                        button #theme type="button" aria-pressed="false" hidden { "Dark theme" }
                    }
                    h1 dir="auto" { (title) }
                    (head)
                }
                nav aria-label="Contents" {
                    ol {
                        @for part in parts {
                            li {
                                a href={ "#" (part.id) } { (part.title) }
                                @if !part.entries.is_empty() {
                                    ol { @for (id, words) in &part.entries {
                                        li { a href={ "#" (id) } { (words) } }
                                    } }
                                }
                            }
                        }
                    }
                }
                main #main tabindex="-1" {
                    @for part in parts {
                        section id=(part.id) aria-labelledby={ "h-" (part.id) } {
                            h2 id={ "h-" (part.id) } { (part.title) }
                            (part.body)
                        }
                    }
                }
                footer {
                    p { "Made by Disengage " (env!("CARGO_PKG_VERSION")) ". This page holds all it shows; no request leaves it." }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    escaped(&page.0).into_owned()
}

/// The report of a run as one HTML page.
#[must_use]
pub fn html(run: &Run<'_>) -> String {
    let scenario = &run.loaded.scenario;
    let calendar = &run.loaded.model.calendar;
    let head = facts(&[
        ("From", date(calendar.start)),
        ("To", date(calendar.date(calendar.days))),
        ("Replicates", grouped(run.manifest.replicates)),
        ("Seed", run.manifest.seed.to_string()),
    ]);
    let asked = html! {
        "If the agreement stood as written below, and the parties behaved as the file assumes: who would stand where, "
        "which clauses would be kept, and how far would what is recorded and what is claimed lie from that? "
    };
    let mut parts = vec![
        Part::new("question", "The question", question(scenario, &asked)),
        Part::new("agreement", "The agreement", the_agreement(scenario)),
        Part::new(
            "happened",
            "What happened",
            html! { (outcomes::lead(run)) (failed(run.manifest, "are left out of every number below.")) (outcomes::ends(run)) (outcomes::table(run)) (twins::table(run)) (outcomes::records(run)) },
        ),
    ];
    parts.extend(Part::charts(run.charts));
    let played = run.playback;
    if let Some(body) = played.and_then(|it| playback::of(&run.loaded.model, it)) {
        parts.push(Part::new("playback", "Map, date by date", body));
    }
    parts.push(Part::new("replicates", "Single replicates told", stories(run)));
    parts.extend(rests_on(scenario, &run.loaded.source.text));
    parts.push(Part::new("provenance", "Provenance", provenance(run.manifest, Some(run.loaded))));
    page(&scenario.title, "Scenario report", &head, &parts)
}

/// What every report ends with before its provenance.
pub(super) fn rests_on<'a>(scenario: &Scenario, text: &str) -> [Part<'a>; 2] {
    [
        Part::new("basis", "Assumptions and sources", sources(scenario, text)),
        Part::new("limits", "What the model cannot tell", cannot_tell()),
    ]
}

/// What the scenario is about, and what is asked of it.
pub(super) fn question(scenario: &Scenario, asked: &Markup) -> Markup {
    html! {
        @if let Some(summary) = &scenario.summary { p dir="auto" { (summary.trim()) } }
        p {
            (asked)
            strong { "This is no forecast: every share is one of simulated replicates of this file." }
        }
    }
}

/// The agreement as a table of clauses.
pub(super) fn the_agreement(scenario: &Scenario) -> Markup {
    let names = Names(scenario);
    html! {
        @for agreement in &scenario.agreements {
            p {
                strong { bdi { (agreement.title.as_deref().unwrap_or(&agreement.id)) } }
                ": " (agreement::standing_word(agreement.standing))
                @if !agreement.signatories.is_empty() { "; signatories " bdi { (names.parties(&agreement.signatories)) } }
                @if let Some(starts) = &agreement.starts { "; starts " bdi { (agreement::gate(names, starts)) } }
                @if let Some(expires) = &agreement.expires { "; expires " bdi { (agreement::gate(names, expires)) } }
                "."
            }
        }
        (wide("Clauses", &html! {
            table.clauses.cards {
                (head(&["Clause", "Binds", "Asks", "From", "By", "Verified by", "Source"]))
                tbody { @for clause in &scenario.clauses { tr {
                    th scope="row" {
                        bdi { (names.clause(&clause.id)) }
                        br; span.note { bdi { (agreement::standing(names, clause)) } }
                    }
                    td data-label="Binds" {
                        bdi { (names.parties(&clause.binds)) }
                        @if !clause.answers.is_empty() {
                            br; span.note { "answers for it: " bdi { (names.parties(&clause.answers)) } }
                        }
                    }
                    td data-label="Asks" { bdi { (agreement::terms(names, clause)) } }
                    td data-label="From" { bdi { (agreement::starts(names, clause)) } }
                    td data-label="By" {
                        @match &clause.deadline {
                            Some(deadline) => { bdi { (agreement::gate(names, deadline)) } }
                            None => { "open" }
                        }
                        @if clause.grace_days > 0 { ", grace " (days(clause.grace_days)) }
                        @for milestone in &clause.milestones {
                            br; span.note {
                                (percent(milestone.share)) " by " bdi { (agreement::gate(names, &milestone.by)) }
                            }
                        }
                        @if let Some(expires) = &clause.expires { br; span.note { "expires " bdi { (agreement::gate(names, expires)) } } }
                    }
                    td data-label="Verified by" {
                        @if clause.monitors.is_empty() { span.note { "nobody" } } @else { bdi { (names.monitors(&clause.monitors)) } }
                    }
                    td data-label="Source" { (sources_of(scenario, &clause.provenance.source, &clause.provenance.sources)) }
                } } }
            }
        }))
        @if !scenario.readings.is_empty() {
            p { "Clauses that can be read in more than one way are judged by each reading: "
                bdi { (list(scenario.readings.iter().map(|it| format!("{} as {} reads it", names.clause(&it.reading_of), names.party(&it.read_by))))) }
                "."
            }
        }
    }
}

fn sources_of(
    scenario: &Scenario,
    whole: &Option<String>,
    single: &std::collections::BTreeMap<String, String>,
) -> Markup {
    let own = |id: &str| {
        html! {
            @if id != basis::ASSUMPTION && scenario.sources.iter().any(|it| it.id == id) {
                a href={ "#source-" (id) } { (id) }
            } @else { (id) }
        }
    };
    html! {
        @if let Some(id) = whole { (own(id)) }
        @for (key, id) in single { br; span.note { (key) ": " (own(id)) } }
        @if whole.is_none() && single.is_empty() { span.note { "none stated" } }
    }
}

/// How many runs failed, and what became of them.
pub(super) fn failed(manifest: &Manifest, then: &str) -> Markup {
    html! {
        @if manifest.failed > 0 {
            p.warning { strong { (grouped(manifest.failed)) " runs failed" } " and " (then) }
        }
    }
}

fn paragraphs(paragraphs: &[Paragraph]) -> Markup {
    html! {
        @for paragraph in paragraphs {
            h3 { bdi { (paragraph.title) } }
            ul { @for sentence in &paragraph.sentences { li { bdi { (sentence.text) } } } }
        }
    }
}

fn stories(run: &Run<'_>) -> Markup {
    html! {
        @if run.stories.is_empty() && run.manifest.model_version == MODEL_VERSION {
            p { "The replicates that would be told failed when they were run again." }
        } @else if run.stories.is_empty() {
            p { "This folder is of another version of the model, so its replicates cannot be told again: run the scenario again." }
        } @else {
            p {
                "One run among " (grouped(run.manifest.replicates)) ": what happened in it shows how the model works; it is no scenario of the future. "
                "Best, median and worst are by true compliance."
            }
            @for story in run.stories {
                details open[story.name == "median"] {
                    summary { "The " (story.name) " replicate, number " (story.replicate) }
                    (paragraphs(&story.paragraphs))
                }
            }
            p { "Which single event mattered: " code { "disengage explain --replicate median" } "." }
        }
    }
}

/// How many tables a source lists before the rest is counted.
const LISTED: usize = 8;

/// What rests on which source.
fn sources(scenario: &Scenario, text: &str) -> Markup {
    let all = basis::basis(text);
    let none = Vec::new();
    let uses = |id: &str| all.get(id).unwrap_or(&none);
    let total: usize = all.values().map(|it| basis::count(it)).sum();
    let (assumed, unsaid) = (basis::count(uses(basis::ASSUMPTION)), basis::count(uses("")));
    html! {
        p {
            "The file sets " (total) " keys that hold numbers or dates. "
            strong { (assumed) " of them are assumptions of its authors" }
            @if unsaid > 0 { ", " (unsaid) " name no source" }
            "; the rest name a source. Change what is assumed first: a result that hangs on it is no finding."
        }
        h3 { "Assumptions" }
        (used(uses(basis::ASSUMPTION)))
        @if unsaid > 0 {
            h3 { "No source named" }
            (used(uses("")))
        }
        h3 { "Sources" }
        (wide("Sources", &html! {
            table.cards.sources {
                (head(&["Id", "Source", "Published", "Confidence", "What rests on it"]))
                tbody { @for source in &scenario.sources { tr id={ "source-" (source.id) } {
                    th scope="row" { (source.id) }
                    td data-label="Source" {
                        bdi { (source.title) }
                        @if let Some(url) = source.url.as_ref().filter(|it| it.starts_with("http")) {
                            br; a.url href=(url) rel="noreferrer" { bdi { (url) } }
                        }
                    }
                    td.date data-label="Published" { @if let Some(day) = source.date { (date(day)) } @else { "–" } }
                    td data-label="Confidence" { @if let Some(it) = source.confidence { (it.word()) } @else { "not stated" } }
                    td data-label="Rests on it" { (used(uses(&source.id))) }
                } } }
            }
        }))
        p.note {
            "Confidence: high – official text, or several agreeing reports; medium – one report, or a party’s claim through a neutral outlet; "
            "low – partisan; memory – not retrieved."
        }
    }
}

fn used(uses: &[basis::Use]) -> Markup {
    let one = |it: &basis::Use| {
        html! { (it.kind) @if !it.id.is_empty() { " " b { (it.id) } } ": " (it.keys.join(", ")) }
    };
    let (shown, more) = uses.split_at(uses.len().min(LISTED));
    html! {
        @if uses.is_empty() { span.note { "nothing numeric" } } @else {
            ul.uses { @for it in shown { li { (one(it)) } } }
            @if !more.is_empty() {
                details { summary { (more.len()) " more" } ul.uses { @for it in more { li { (one(it)) } } } }
            }
        }
    }
}

/// What no number here says.
fn cannot_tell() -> Markup {
    let points = |heading| {
        html! { ul { @for it in limits::under(heading) { li { strong { (it.head) } " " (it.body) } } } }
    };
    html! {
        (points("What it cannot tell"))
        h3 { "Misuse" }
        (points("Misuse"))
    }
}

/// Versions, hashes, and how to make the same again.
pub(super) fn provenance(manifest: &Manifest, loaded: Option<&Loaded>) -> Markup {
    // The program's path says nothing to a reader.
    let words: Vec<&str> = std::iter::once("disengage")
        .chain(manifest.command_line.iter().skip(1).map(String::as_str))
        .collect();
    html! {
        dl.provenance {
            dt { "Program" } dd { "disengage " (manifest.version) ", model version " (manifest.model_version) }
            dt { "Result" } dd { code { (manifest.identity) } " (hash over command, scenario, geodata, seed, N, points and model version)" }
            dt { "Command" } dd { code { bdi { (words.join(" ")) } } }
            dt { "Master seed" } dd { (manifest.seed) " (" (manifest.seeds) " random numbers)" }
            dt { "Replicates" } dd { (grouped(manifest.replicates)) @if manifest.points > 1 { " at each of " (grouped(manifest.points)) " points" } }
            @if let Some(stopped) = &manifest.stopped { dt { "Stopped" } dd { bdi { (stopped) } } }
        }
        details {
            summary { "SHA-256 of the files behind this page" }
            dl.provenance.hashes { @for (name, hash) in &manifest.files { dt { bdi { (name) } } dd { code { (hash) } } } }
        }
        @if let Some(loaded) = loaded {
            details {
                summary { "The scenario file as run" }
                pre tabindex="0" { code { (loaded.source.text) } }
            }
        }
    }
}
