//! Charts on the page: the same drawings, in the colours of the page's theme.

use maud::{Markup, PreEscaped, html};

use crate::chart::{Chart, KINDS, font, recoloured, variable};

/// What a chart is called on the page, and the question it answers.
fn heading(name: &str) -> (&str, &str) {
    let row = KINDS.iter().find(|row| row.word == name);
    row.map_or((name, ""), |row| (row.title, row.question))
}

/// The text of an element of a drawing.
fn element<'a>(svg: &'a str, tag: &str) -> &'a str {
    let inside = svg.split_once(&format!("<{tag}>")).map(|(_, rest)| rest);
    inside.and_then(|rest| rest.split_once(&format!("</{tag}>"))).map_or("", |(text, _)| text)
}

/// The drawing without a font of its own (the page has it), in the page's colours and
/// as wide as its place.
pub(super) fn inlined(svg: &str) -> String {
    recoloured(&svg.replace(&font::css_face(), ""), |colour| {
        variable(colour).map_or_else(|| colour.to_owned(), |name| format!("var({name})"))
    })
}

/// Longer findings than this are folded.
const SHORT: usize = 340;

/// The sentences of a text, as well as that can be seen from its full stops.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find(". ").map(|at| from + at + 1) {
        if rest[at..].trim_start().starts_with(char::is_uppercase) {
            out.push(&rest[..at]);
            rest = rest[at..].trim_start();
            from = 0;
        } else {
            from = at;
        }
    }
    out.push(rest);
    out
}

/// The charts one below the other.
pub(super) fn figures(charts: &[Chart]) -> Markup {
    html! {
        p.narrow { "The drawings are wider than this screen: move them sideways to see all of each." }
        @for chart in charts { (figure(chart)) }
    }
}

/// A figure: what it asks, the drawing, and what it shows in words.
fn figure(chart: &Chart) -> Markup {
    let (title, question) = heading(chart.name);
    let finding = element(&chart.svg, "desc").trim();
    html! {
        div id={ "chart-" (chart.name) } {
            h3 { (title) }
            @if !question.is_empty() { p.question { (question) } }
            figure {
                div.drawing tabindex="0" role="group" aria-label={ (title) ", drawing" } {
                    (PreEscaped(inlined(&chart.svg)))
                }
                @if finding.len() > SHORT {
                    figcaption { details {
                        summary { "What it shows, in words" }
                        ul { @for sentence in sentences(finding) { li { (PreEscaped(sentence)) } } }
                    } }
                } @else if !finding.is_empty() {
                    figcaption { (PreEscaped(finding)) }
                }
            }
        }
    }
}

/// Names of charts and what they are called, for the contents of the page.
pub(super) fn entries(charts: &[Chart]) -> impl Iterator<Item = (&str, &str)> {
    charts.iter().map(|it| (it.name, heading(it.name).0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_with_a_full_stop_before_a_capital() {
        let text = "Line A: 5.2 km. &lt;b&gt; no. 3 of 4. Élan: 1 %. ";
        assert_eq!(sentences(text.trim()), ["Line A: 5.2 km. &lt;b&gt; no. 3 of 4.", "Élan: 1 %."]);
        assert_eq!(sentences(""), [""]);
    }

    #[test]
    fn a_drawing_takes_the_colours_of_the_page_and_keeps_its_words() {
        let chart = Chart {
            name: "map",
            svg: format!(
                "<svg role=\"img\">{}<title>T</title><desc>It &lt;shows&gt;.</desc>\
                 <rect fill=\"#FFFFFF\"/><text fill=\"#1E1E1E\">&quot;#FFFFFF&quot;</text></svg>",
                font::css_face()
            ),
        };
        let it = figure(&chart).into_string();
        assert!(!it.contains("font-face") && !it.contains("fill=\"#FFFFFF\""), "{it}");
        assert!(it.contains("fill=\"var(--paper)\"") && it.contains("fill=\"var(--ink)\""), "{it}");
        assert!(it.contains("&quot;#FFFFFF&quot;"), "{it}");
        assert!(it.contains("<figcaption>It &lt;shows&gt;.</figcaption>"), "{it}");
    }
}
