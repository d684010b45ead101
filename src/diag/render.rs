//! Diagnostics as people read them.

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};

use super::escape::escaped_line;
use super::excerpt::{Cursor, Excerpt};
use super::words::grouped;
use super::{Diagnostic, Diagnostics, Level, Source};

/// So many diagnostics are shown to people; the rest is counted.
const SHOWN: usize = 100;

/// Renders diagnostics for a terminal: file, line, column, the offending text
/// underlined, the help; of many the first hundred. With `color`, ANSI escapes, which
/// are the only control characters but line breaks.
pub fn render(diagnostics: &Diagnostics, source: &Source, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let mut cursor = Cursor::new(&source.text);
    for diagnostic in diagnostics.iter().take(SHOWN) {
        out.push_str(&shown(diagnostic, source, &renderer, &mut cursor));
        out.push_str("\n\n");
    }
    let (errors, warnings) = diagnostics.counts();
    let more = (errors + warnings).saturating_sub(SHOWN);
    if more > 0 {
        out.push_str(&format!("… and {} more\n\n", grouped(more as u64)));
    }
    out
}

fn shown(
    diagnostic: &Diagnostic,
    source: &Source,
    renderer: &Renderer,
    cursor: &mut Cursor<'_>,
) -> String {
    let level = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let name = escaped_line(&source.name);
    let mut group = Group::with_title(level.primary_title(escaped_line(&diagnostic.message)));
    let places = diagnostic.span.iter().chain(diagnostic.related.iter().map(|(span, _)| span));
    let places: Vec<_> = places.collect();
    let mut labels = vec![(AnnotationKind::Primary, escaped_line(&diagnostic.label))];
    if let Some((_, label)) = &diagnostic.related {
        labels.push((AnnotationKind::Context, escaped_line(label)));
    }
    let excerpts = match diagnostic.span {
        Some(_) => Excerpt::of(source, &places, cursor),
        None => Vec::new(),
    };
    let mut labels = labels.into_iter();
    for excerpt in &excerpts {
        let snippet = Snippet::source(&*excerpt.text).path(&*name).line_start(excerpt.line);
        let spans = excerpt.spans.iter().zip(labels.by_ref());
        group =
            group.element(snippet.annotations(
                spans.map(|(span, (kind, label))| kind.span(span.clone()).label(label)),
            ));
    }
    if excerpts.is_empty() {
        group = group.element(Title::NOTE.message(format!("in {name}")));
    }
    for help in &diagnostic.help {
        group = group.element(Title::HELP.message(escaped_line(help)));
    }
    let mut text = renderer.render(&[group]);
    // Columns are those of the source, not of what is shown of it.
    let mut from = text.find('\n').unwrap_or(0);
    for (line, column, shown) in excerpts.iter().map(|it| it.place) {
        let wrong = format!("{name}:{line}:{shown}");
        if let Some(at) = text[from..].find(&wrong).map(|at| from + at) {
            let right = format!("{name}:{line}:{column}");
            text.replace_range(at..at + wrong.len(), &right);
            from = at + right.len();
        }
    }
    text
}
