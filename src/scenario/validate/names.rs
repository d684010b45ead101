//! Every id of a scenario, by table.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Span, may_be_near, nearest};
use crate::scenario::read::Lost;
pub(super) use crate::scenario::refer::Kind;
use crate::scenario::{ASSUMPTION, Scenario};

/// An entry's id and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Entry<'s> {
    pub(super) kind: Kind,
    pub(super) id: &'s str,
    pub(super) span: Span,
}

/// Every id of a scenario.
pub(super) struct Names<'s> {
    /// In the order of the tables, then of the file.
    pub(super) entries: Vec<Entry<'s>>,
    known: BTreeMap<Kind, BTreeSet<&'s str>>,
    groups: BTreeSet<&'s str>,
    /// Pairs of letters held against each other so far to say what was meant.
    compared: Cell<usize>,
}

/// So many pairs of letters are compared in one file: of thousands of wrong ids the
/// first few say what is wrong with all.
const MAX_COMPARED: usize = 10_000_000;

impl<'s> Names<'s> {
    pub(super) fn of(s: &'s Scenario, lost: &'s [Lost]) -> Self {
        let named = s.entries().filter(|entry| !entry.id().is_empty());
        let entries: Vec<Entry<'s>> = named
            .map(|entry| Entry { kind: entry.kind(), id: entry.id(), span: entry.spans().of("id") })
            .collect();
        let mut known: BTreeMap<Kind, BTreeSet<&'s str>> = BTreeMap::new();
        for entry in &entries {
            known.entry(entry.kind).or_default().insert(entry.id);
        }
        for (key, id) in lost {
            if let Some(kind) = Kind::of_key(key) {
                known.entry(kind).or_default().insert(id);
            }
        }
        let groups = s.sites.iter().map(|site| site.group.as_deref().unwrap_or(&site.id));
        Self { entries, known, groups: groups.collect(), compared: Cell::new(0) }
    }

    /// Whether one of `kinds` has an entry `id`.
    pub(super) fn has(&self, id: &str, kinds: &[Kind]) -> bool {
        kinds.iter().any(|kind| self.known.get(kind).is_some_and(|ids| ids.contains(id)))
    }

    /// The ids of a table.
    fn ids(&self, kind: Kind) -> impl Iterator<Item = &'s str> {
        self.known.get(&kind).into_iter().flatten().copied()
    }

    /// The known id that was probably meant, while there is time to look for it.
    fn meant(&self, id: &str, known: impl Iterator<Item = &'s str>) -> Option<&'s str> {
        if self.compared.get() > MAX_COMPARED {
            return None;
        }
        let near = known.filter(|known| {
            let may_be = may_be_near(id, known);
            let pairs = if may_be { 16 + id.len() * known.len() } else { 4 };
            self.compared.update(|sum| sum + pairs);
            may_be
        });
        nearest(id, near)
    }

    /// What is wrong with a reference to `id`, if no entry of `kinds` has it.
    /// `by` says who refers: "`at` of force `north`".
    pub(super) fn missing(
        &self,
        id: &str,
        span: Span,
        kinds: &[Kind],
        by: &str,
    ) -> Option<Diagnostic> {
        let blank = id.is_empty() || (id == ASSUMPTION && kinds == [Kind::Source]);
        if blank || self.has(id, kinds) {
            return None;
        }
        let one = join(kinds.iter().map(|kind| kind.one()), "or");
        let mut diagnostic =
            Diagnostic::error(span, format!("no {one} is called `{id}`")).label(by.to_owned());
        let candidates = || kinds.iter().flat_map(|kind| self.ids(*kind));
        let elsewhere = self.known.iter().find(|(_, ids)| ids.contains(id));
        if let Some((other, _)) = elsewhere {
            diagnostic = diagnostic.help(format!("`{id}` is {}; name a {one} here", other.a()));
        }
        Some(match self.meant(id, candidates()) {
            Some(near) => diagnostic.help(did_you_mean(near)),
            None if candidates().next().is_none() => {
                let tables = join(kinds.iter().map(|kind| format!("[[{}]]", kind.key())), "or");
                diagnostic.help(format!("the file has none yet: add {tables} with id = \"{id}\""))
            }
            None => {
                let many = join(kinds.iter().map(|kind| kind.many()), "and");
                let sets = kinds.iter().filter_map(|kind| self.known.get(kind));
                let all = sets.map(BTreeSet::len).sum();
                diagnostic.help(format!("known {many}: {}", listed(candidates(), all)))
            }
        })
    }

    /// What is wrong with a group of sites that no site is in.
    pub(super) fn missing_group(&self, group: &str, span: Span, by: &str) -> Option<Diagnostic> {
        if group.is_empty() || self.groups.contains(group) {
            return None;
        }
        let diagnostic =
            Diagnostic::error(span, format!("no site is in the group `{group}`")).label(by);
        Some(match self.meant(group, self.groups.iter().copied()) {
            Some(near) => diagnostic.help(did_you_mean(near)),
            None => diagnostic.help(format!(
                "known groups (a site without one is a group by its id): {}",
                listed(self.groups.iter().copied(), self.groups.len())
            )),
        })
    }
}

/// Help for an unknown word: the one that was probably meant, or else what `otherwise` says.
pub(super) fn near_or<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    nearest(word, known).map_or_else(otherwise, did_you_mean)
}

fn did_you_mean(near: &str) -> String {
    format!("did you mean `{near}`?")
}

/// "a", "a or b", "a, b or c".
pub(super) fn join(words: impl IntoIterator<Item = impl ToString>, last: &str) -> String {
    let mut words: Vec<String> = words.into_iter().map(|word| word.to_string()).collect();
    match words.pop() {
        Some(end) if words.is_empty() => end,
        Some(end) => format!("{} {last} {end}", words.join(", ")),
        None => String::new(),
    }
}

/// The first ten of a list, and how many more.
fn listed<'a>(words: impl Iterator<Item = &'a str>, all: usize) -> String {
    const MOST: usize = 10;
    let shown: Vec<&str> = words.take(MOST).collect();
    let shown = shown.join(", ");
    match all.saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
