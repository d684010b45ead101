//! Which stretches of a text something was found in.

use std::collections::BTreeMap;

use super::Span;

/// Stretches of a text, each by its start with its end; no two of them overlap.
#[derive(Debug, Clone, Default)]
pub struct SpanSet(BTreeMap<usize, usize>);

impl SpanSet {
    /// Adds a stretch; those that it overlaps become one with it.
    pub fn insert(&mut self, span: &Span) {
        let (mut start, mut end) = (span.start, span.end);
        while let Some(met) = self.met(&(start..end)) {
            self.0.remove(&met.start);
            (start, end) = (start.min(met.start), end.max(met.end));
        }
        let known = self.0.entry(start).or_insert(end);
        *known = end.max(*known);
    }

    /// Whether a stretch overlaps one of them.
    pub fn touches(&self, span: &Span) -> bool {
        self.met(span).is_some()
    }

    /// The last one that overlaps a stretch.
    fn met(&self, span: &Span) -> Option<Span> {
        let before = self.0.range(..span.end).next_back();
        let (start, end) = before.filter(|(_, end)| **end > span.start)?;
        Some(*start..*end)
    }
}

impl FromIterator<Span> for SpanSet {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut set = Self::default();
        spans.into_iter().for_each(|span| set.insert(&span));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_touches_as_when_it_is_held_against_each() {
        let spans: Vec<Span> = (0..200).map(|n| (n * 37) % 101).map(|at| at..at + at % 7).collect();
        for count in 0..40 {
            let some = &spans[..count];
            let set: SpanSet = some.iter().cloned().collect();
            for query in &spans {
                let each = some.iter().any(|it| it.start < query.end && query.start < it.end);
                assert_eq!(set.touches(query), each, "{query:?} in {some:?}");
            }
        }
    }
}
