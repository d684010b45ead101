//! Every id of a scenario, by table.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Span, may_be_near, nearest};
use crate::scenario::{Scenario, Spans};

/// A table whose entries have ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Source,
    Line,
    Area,
    Site,
    Route,
    WeaponClass,
    Party,
    Force,
    Installation,
    Ground,
    Agreement,
    Phase,
    Clause,
    Change,
    Monitor,
    Body,
    Conduct,
    Claim,
    Account,
    Incident,
    Liaison,
    Ladder,
    Rule,
    Event,
    Record,
    Variant,
}

impl Kind {
    /// The table's key, and how a sentence names one and several of its entries.
    const WORDS: [(Self, &'static str, &'static str, &'static str); 26] = [
        (Self::Source, "source", "source", "sources"),
        (Self::Line, "line", "line", "lines"),
        (Self::Area, "area", "area", "areas"),
        (Self::Site, "site", "site", "sites"),
        (Self::Route, "route", "route", "routes"),
        (Self::WeaponClass, "weapon-class", "weapon class", "weapon classes"),
        (Self::Party, "party", "party", "parties"),
        (Self::Force, "force", "force", "forces"),
        (Self::Installation, "installation", "installation", "installations"),
        (Self::Ground, "ground", "piece of ground", "pieces of ground"),
        (Self::Agreement, "agreement", "agreement", "agreements"),
        (Self::Change, "change", "change", "changes"),
        (Self::Phase, "phase", "phase", "phases"),
        (Self::Clause, "clause", "clause", "clauses"),
        (Self::Monitor, "monitor", "monitor", "monitors"),
        (Self::Body, "body", "body", "bodies"),
        (Self::Conduct, "conduct", "conduct", "conducts"),
        (Self::Claim, "claim", "claim", "claims"),
        (Self::Account, "account", "account", "accounts"),
        (Self::Incident, "incident", "incident", "incidents"),
        (Self::Liaison, "liaison", "liaison", "liaisons"),
        (Self::Ladder, "ladder", "ladder", "ladders"),
        (Self::Rule, "rule", "rule", "rules"),
        (Self::Event, "event", "event", "events"),
        (Self::Record, "record", "record", "records"),
        (Self::Variant, "variant", "variant", "variants"),
    ];

    fn words(self) -> (&'static str, &'static str, &'static str) {
        let found = Self::WORDS.iter().find(|(kind, ..)| *kind == self);
        found.map_or(("", "", ""), |(_, key, one, many)| (*key, *one, *many))
    }

    /// The table's key in the file.
    pub(super) fn key(self) -> &'static str {
        self.words().0
    }

    /// What a sentence calls one entry: "weapon class".
    pub(super) fn one(self) -> &'static str {
        self.words().1
    }

    /// What a sentence calls several.
    pub(super) fn many(self) -> &'static str {
        self.words().2
    }

    /// With its article.
    pub(super) fn a(self) -> String {
        let vowel = [
            Self::Area,
            Self::Agreement,
            Self::Installation,
            Self::Account,
            Self::Incident,
            Self::Event,
        ];
        let article = if vowel.contains(&self) { "an" } else { "a" };
        format!("{article} {}", self.one())
    }

    fn of_key(key: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(_, it, ..)| *it == key);
        found.map(|(kind, ..)| *kind)
    }
}

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
    pub(super) fn of(s: &'s Scenario, lost: &'s [(&'static str, String)]) -> Self {
        let mut entries = Vec::new();
        let mut add = |kind, id: &'s str, spans: &Spans| {
            if !id.is_empty() {
                let span = spans.of("id");
                entries.push(Entry { kind, id, span });
            }
        };
        s.sources.iter().for_each(|it| add(Kind::Source, &it.id, &it.spans));
        s.lines.iter().for_each(|it| add(Kind::Line, &it.id, &it.spans));
        s.areas.iter().for_each(|it| add(Kind::Area, &it.id, &it.spans));
        s.sites.iter().for_each(|it| add(Kind::Site, &it.id, &it.spans));
        s.routes.iter().for_each(|it| add(Kind::Route, &it.id, &it.spans));
        s.weapon_classes.iter().for_each(|it| add(Kind::WeaponClass, &it.id, &it.spans));
        s.parties.iter().for_each(|it| add(Kind::Party, &it.id, &it.spans));
        s.forces.iter().for_each(|it| add(Kind::Force, &it.id, &it.spans));
        s.installations.iter().for_each(|it| add(Kind::Installation, &it.id, &it.spans));
        s.grounds.iter().for_each(|it| add(Kind::Ground, &it.id, &it.spans));
        s.agreements.iter().for_each(|it| add(Kind::Agreement, &it.id, &it.spans));
        s.changes.iter().for_each(|it| add(Kind::Change, &it.id, &it.spans));
        s.phases.iter().for_each(|it| add(Kind::Phase, &it.id, &it.spans));
        s.clauses.iter().for_each(|it| add(Kind::Clause, &it.id, &it.spans));
        s.monitors.iter().for_each(|it| add(Kind::Monitor, &it.id, &it.spans));
        s.bodies.iter().for_each(|it| add(Kind::Body, &it.id, &it.spans));
        s.conducts.iter().for_each(|it| add(Kind::Conduct, &it.id, &it.spans));
        s.claims.iter().for_each(|it| add(Kind::Claim, &it.id, &it.spans));
        s.accounts.iter().for_each(|it| add(Kind::Account, &it.id, &it.spans));
        s.incidents.iter().for_each(|it| add(Kind::Incident, &it.id, &it.spans));
        s.liaisons.iter().for_each(|it| add(Kind::Liaison, &it.id, &it.spans));
        s.ladders.iter().for_each(|it| add(Kind::Ladder, &it.id, &it.spans));
        s.rules.iter().for_each(|it| add(Kind::Rule, &it.id, &it.spans));
        s.events.iter().for_each(|it| add(Kind::Event, &it.id, &it.spans));
        s.records.iter().for_each(|it| add(Kind::Record, &it.id, &it.spans));
        s.variants.iter().for_each(|it| add(Kind::Variant, &it.id, &it.spans));
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
        let near = known.filter(|it| {
            let may_be = may_be_near(id, it);
            let pairs = if may_be { 16 + id.len() * it.len() } else { 4 };
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
        let blank = id.is_empty() || (id == "assumption" && kinds == [Kind::Source]);
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
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
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
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(format!(
                "known groups (a site without one is a group by its id): {}",
                listed(self.groups.iter().copied(), self.groups.len())
            )),
        })
    }
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

/// "`a` follows `b` follows `a`"; of a long circle the first ten.
pub(super) fn in_a_circle(ids: &[&str], link: &str) -> String {
    const MOST: usize = 10;
    let mut words: Vec<String> = ids.iter().take(MOST).map(|id| format!("`{id}`")).collect();
    if ids.len() > MOST {
        words.push(format!("{} more", ids.len() - MOST));
    }
    words.extend(ids.first().map(|id| format!("`{id}`")));
    words.join(&format!(" {link} "))
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
