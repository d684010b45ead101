//! The whole file: every table in turn.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::read::{Sink, Spans, Table, kind_of};
use super::reading::{self, Reading};
use super::syntax;
use super::{
    Account, Agreement, Area, Body, Change, Claim, Clause, Conduct, Experiment, Force, Ground,
    Incident, Installation, Ladder, Liaison, Line, Mechanisms, Monitor, Outcome, OutsideEvent,
    Party, Phase, Record, Route, Rule, Site, Source, Time, Variant, Varied, WeaponClass,
};
use crate::diag::{Diagnostic, Diagnostics, Span};

/// The longest file that is read, in bytes: 16 MiB.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The most tables of one kind. Each rule is held against each.
fn most_tables(key: &str) -> usize {
    if key == "rule" { 1_000 } else { 10_000 }
}

/// A scenario as written.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Scenario {
    /// The format of this file: 1.
    #[schemars(extend("const" = 1))]
    pub schema: u32,
    /// What the scenario is called.
    pub title: String,
    /// What it is about, in a few sentences.
    pub summary: Option<String>,
    /// When it starts and ends.
    pub time: Time,
    /// What of the model is switched off.
    #[schemars(default)]
    pub mechanisms: Mechanisms,
    /// What counts as completion and collapse.
    #[schemars(default)]
    pub outcome: Outcome,
    /// Published sources.
    #[schemars(default, rename = "source")]
    pub sources: Vec<Source>,
    /// Reference lines.
    #[schemars(default, rename = "line")]
    pub lines: Vec<Line>,
    /// Areas.
    #[schemars(default, rename = "area")]
    pub areas: Vec<Area>,
    /// Named places.
    #[schemars(default, rename = "site")]
    pub sites: Vec<Site>,
    /// Roads.
    #[schemars(default, rename = "route")]
    pub routes: Vec<Route>,
    /// Weapon classes.
    #[schemars(default, rename = "weapon-class")]
    pub weapon_classes: Vec<WeaponClass>,
    /// Parties.
    #[schemars(default, rename = "party")]
    pub parties: Vec<Party>,
    /// Forces.
    #[schemars(default, rename = "force")]
    pub forces: Vec<Force>,
    /// What is built.
    #[schemars(default, rename = "installation")]
    pub installations: Vec<Installation>,
    /// Ground under control.
    #[schemars(default, rename = "ground")]
    pub grounds: Vec<Ground>,
    /// Agreements.
    #[schemars(default, rename = "agreement")]
    pub agreements: Vec<Agreement>,
    /// Phases.
    #[schemars(default, rename = "phase")]
    pub phases: Vec<Phase>,
    /// Clauses.
    #[schemars(default, rename = "clause")]
    pub clauses: Vec<Clause>,
    /// Readings; each also makes a clause, which stands after the clauses.
    #[schemars(default, rename = "reading")]
    pub readings: Vec<Reading>,
    /// Changes of terms.
    #[schemars(default, rename = "change")]
    pub changes: Vec<Change>,
    /// Monitors.
    #[schemars(default, rename = "monitor")]
    pub monitors: Vec<Monitor>,
    /// Bodies that rule on complaints.
    #[schemars(default, rename = "body")]
    pub bodies: Vec<Body>,
    /// How parties decide.
    #[schemars(default, rename = "conduct")]
    pub conducts: Vec<Conduct>,
    /// Statements.
    #[schemars(default, rename = "claim")]
    pub claims: Vec<Claim>,
    /// Persons and weapons that wait to be sent.
    #[schemars(default, rename = "account")]
    pub accounts: Vec<Account>,
    /// Sources of incidents.
    #[schemars(default, rename = "incident")]
    pub incidents: Vec<Incident>,
    /// Channels that settle incidents.
    #[schemars(default, rename = "liaison")]
    pub liaisons: Vec<Liaison>,
    /// Ladders of escalation.
    #[schemars(default, rename = "ladder")]
    pub ladders: Vec<Ladder>,
    /// How parties react.
    #[schemars(default, rename = "rule")]
    pub rules: Vec<Rule>,
    /// What comes from outside.
    #[schemars(default, rename = "event")]
    pub events: Vec<OutsideEvent>,
    /// What was recorded of the real agreement.
    #[schemars(default, rename = "record")]
    pub records: Vec<Record>,
    /// Other terms.
    #[schemars(default, rename = "variant")]
    pub variants: Vec<Variant>,
    /// What a sweep varies.
    pub experiment: Option<Experiment>,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Scenario {
    /// Reads a text. Every mistake of syntax, key and value is found at once;
    /// what the tables mean together is [`validate`](super::validate)'s matter.
    pub fn parse(text: &str) -> (Option<Self>, Diagnostics) {
        let draft = Draft::read(text);
        let whole = draft.scenario.filter(|_| !draft.found.has_errors());
        (whole, draft.found)
    }
}

/// A text as far as it could be read.
pub(super) struct Draft {
    /// With placeholders for what could not be read; none without a syntax.
    pub(super) scenario: Option<Scenario>,
    /// Ids of tables that could not be read: the table's key and the id.
    pub(super) lost: Vec<(&'static str, String)>,
    /// What was wrong.
    pub(super) found: Diagnostics,
}

impl Draft {
    pub(super) fn read(text: &str) -> Self {
        let mut found = Diagnostics::default();
        if text.len() > MAX_BYTES {
            found.push(
                Diagnostic::whole_file(format!("the file is {} bytes long", text.len())).help(
                    "a scenario is at most 16 MiB; keep long lines in GeoJSON files beside it",
                ),
            );
            return Self::without_syntax(found);
        }
        let (document, mistakes) = syntax::parsed(text);
        mistakes.into_iter().for_each(|it| found.push(it));
        if found.has_errors() {
            return Self::without_syntax(found.sorted());
        }
        let sink = Sink::new(text);
        let mut lost = Vec::new();
        let scenario = read(document.get_ref(), &sink, &mut lost);
        Self { scenario: Some(scenario), lost, found: sink.into_inner().sorted() }
    }

    fn without_syntax(found: Diagnostics) -> Self {
        Self { scenario: None, lost: Vec::new(), found }
    }
}

fn read<'d>(
    document: &'d DeTable<'d>,
    sink: &'d Sink<'d>,
    lost: &mut Vec<(&'static str, String)>,
) -> Scenario {
    let mut t = Table::new(document, 0..0, "the file", sink);
    let schema: Option<u32> = t.opt("schema");
    match schema {
        None => sink.push(
            Diagnostic::whole_file("the file has no `schema`")
                .help("add schema = 1 as its first line: the format it is written in"),
        ),
        Some(schema) if schema != 1 && sink.was_read(&t.spans().of("schema")) => sink.push(
            Diagnostic::error(
                t.spans().of("schema"),
                format!("schema {schema} is none that this version reads"),
            )
            .label("the format of the file")
            .help("write schema = 1"),
        ),
        Some(_) => {}
    }
    let title = t.req("title");
    let summary = t.opt("summary");
    let time = match t.raw("time") {
        Some(value) => table(value, "[time]", "time", sink).map(Time::read),
        None => {
            sink.push(
                Diagnostic::whole_file("the file has no [time]")
                    .help("add [time] with start = 2018-05-31 and end = 2019-11-30"),
            );
            None
        }
    };
    let mechanisms = t
        .raw("mechanisms")
        .and_then(|value| table(value, "[mechanisms]", "mechanisms", sink))
        .map(Mechanisms::read);
    let outcome = t
        .raw("outcome")
        .and_then(|value| table(value, "[outcome]", "outcome", sink))
        .map(Outcome::read);
    let experiment = experiment(&mut t, sink);
    let mut l = |table, id| lost.push((table, id));
    let mut clauses = tables(&mut t, "clause", "[[clause]]", &mut l, Clause::read);
    let readings = readings(&mut t, document, &mut clauses, &mut l);
    Scenario {
        schema: schema.unwrap_or(1),
        title,
        summary,
        time: time.unwrap_or_else(Time::placeholder),
        mechanisms: mechanisms.unwrap_or_default(),
        outcome: outcome.unwrap_or_default(),
        sources: tables(&mut t, "source", "[[source]]", &mut l, |t| Some(Source::read(t))),
        lines: tables(&mut t, "line", "[[line]]", &mut l, |t| Some(Line::read(t))),
        areas: tables(&mut t, "area", "[[area]]", &mut l, Area::read),
        sites: tables(&mut t, "site", "[[site]]", &mut l, |t| Some(Site::read(t))),
        routes: tables(&mut t, "route", "[[route]]", &mut l, |t| Some(Route::read(t))),
        weapon_classes: tables(&mut t, "weapon-class", "[[weapon-class]]", &mut l, |t| {
            Some(WeaponClass::read(t))
        }),
        parties: tables(&mut t, "party", "[[party]]", &mut l, |t| Some(Party::read(t))),
        forces: tables(&mut t, "force", "[[force]]", &mut l, |t| Some(Force::read(t))),
        installations: tables(&mut t, "installation", "[[installation]]", &mut l, |t| {
            Some(Installation::read(t))
        }),
        grounds: tables(&mut t, "ground", "[[ground]]", &mut l, |t| Some(Ground::read(t))),
        agreements: tables(&mut t, "agreement", "[[agreement]]", &mut l, |t| {
            Some(Agreement::read(t))
        }),
        phases: tables(&mut t, "phase", "[[phase]]", &mut l, |t| Some(Phase::read(t))),
        clauses,
        readings,
        changes: tables(&mut t, "change", "[[change]]", &mut l, Change::read),
        monitors: tables(&mut t, "monitor", "[[monitor]]", &mut l, Monitor::read),
        bodies: tables(&mut t, "body", "[[body]]", &mut l, Body::read),
        conducts: tables(&mut t, "conduct", "[[conduct]]", &mut l, Conduct::read),
        claims: tables(&mut t, "claim", "[[claim]]", &mut l, |t| Some(Claim::read(t))),
        accounts: tables(&mut t, "account", "[[account]]", &mut l, |t| Some(Account::read(t))),
        incidents: tables(&mut t, "incident", "[[incident]]", &mut l, |t| Some(Incident::read(t))),
        liaisons: tables(&mut t, "liaison", "[[liaison]]", &mut l, |t| Some(Liaison::read(t))),
        ladders: tables(&mut t, "ladder", "[[ladder]]", &mut l, |t| Some(Ladder::read(t))),
        rules: tables(&mut t, "rule", "[[rule]]", &mut l, Rule::read),
        events: tables(&mut t, "event", "[[event]]", &mut l, OutsideEvent::read),
        records: tables(&mut t, "record", "[[record]]", &mut l, |t| Some(Record::read(t))),
        variants: tables(&mut t, "variant", "[[variant]]", &mut l, |t| Some(Variant::read(t))),
        experiment,
        spans: t.finish(),
    }
}

fn experiment<'d>(t: &mut Table<'d>, sink: &'d Sink<'d>) -> Option<Experiment> {
    let own = t.raw("experiment");
    own.and_then(|value| table(value, "[experiment]", "experiment", sink)).map(|t| {
        Experiment::read(t, |t, key, name| {
            tables(t, key, name, &mut |_, _| {}, |t| Some(Varied::read(t)))
        })
    })
}

/// The experiment of a text that holds nothing else.
pub(super) fn read_experiment(text: &str) -> (Option<Experiment>, Diagnostics) {
    let mut found = Diagnostics::default();
    let (document, mistakes) = syntax::parsed(text);
    mistakes.into_iter().for_each(|it| found.push(it));
    if found.has_errors() {
        return (None, found.sorted());
    }
    let sink = Sink::new(text);
    let read = {
        let mut t = Table::new(document.get_ref(), 0..0, "the file", &sink);
        let read = experiment(&mut t, &sink);
        if read.is_none() {
            sink.push(
                Diagnostic::whole_file("the file has no [experiment]")
                    .help("add [experiment] with [[experiment.lever]] tables: paths and range"),
            );
        }
        t.finish();
        read
    };
    let found = sink.into_inner().sorted();
    (read.filter(|_| !found.has_errors()), found)
}

fn table<'d>(
    value: &'d Spanned<DeValue<'d>>,
    name: &'static str,
    key: &str,
    sink: &'d Sink<'d>,
) -> Option<Table<'d>> {
    match value.get_ref() {
        DeValue::Table(inner) => Some(Table::new(inner, value.span(), name, sink)),
        other => {
            sink.push(
                Diagnostic::error(value.span(), format!("`{key}` must be a table"))
                    .label(format!("this is {}", kind_of(other)))
                    .help(format!("write {name} on a line of its own, its keys below")),
            );
            None
        }
    }
}

/// Reads an array of tables; each in turn.
fn tables<'d, T>(
    t: &mut Table<'d>,
    key: &'static str,
    name: &'static str,
    lost: &mut impl FnMut(&'static str, String),
    read: impl Fn(Table<'d>) -> Option<T>,
) -> Vec<T> {
    let Some(value) = t.raw(key) else {
        return Vec::new();
    };
    let sink = t.sink();
    let DeValue::Array(items) = value.get_ref() else {
        sink.push(
            Diagnostic::error(value.span(), format!("`{key}` must be an array of tables"))
                .label(format!("this is {}", kind_of(value.get_ref())))
                .help(format!("write {name} with two pairs of brackets")),
        );
        lost(key, id_of(value));
        return Vec::new();
    };
    let most = most_tables(key);
    if let Some(item) = items.get(most) {
        sink.push(too_many(item.span(), name, (items.len(), most)));
    }
    let mut read_tables = Vec::with_capacity(items.len().min(most));
    for item in items.iter().take(most) {
        match table(item, name, key, sink).and_then(&read) {
            Some(read) => read_tables.push(read),
            None => lost(key, id_of(item)),
        }
    }
    read_tables
}

fn too_many(first: Span, name: &str, (count, most): (usize, usize)) -> Diagnostic {
    Diagnostic::error(first, format!("the file has {count} {name} tables"))
        .label("the first that is not read")
        .help(format!("at most {most} of this kind are read: leave some out"))
}

/// Reads the readings, each of which makes a clause.
fn readings<'d>(
    t: &mut Table<'d>,
    document: &'d DeTable<'d>,
    clauses: &mut Vec<Clause>,
    lost: &mut impl FnMut(&'static str, String),
) -> Vec<Reading> {
    let Some(value) = t.raw("reading") else {
        return Vec::new();
    };
    let sink = t.sink();
    let Some(items) = value.get_ref().as_array() else {
        sink.push(
            Diagnostic::error(value.span(), "`reading` must be an array of tables")
                .label(format!("this is {}", kind_of(value.get_ref())))
                .help("write [[reading]] with two pairs of brackets"),
        );
        return Vec::new();
    };
    let most = most_tables("reading");
    if let Some(item) = items.get(most) {
        sink.push(too_many(item.span(), "[[reading]]", (items.len(), most)));
    }
    let mut readings = Vec::with_capacity(items.len().min(most));
    for item in items.iter().take(most) {
        let Some(table) = item.get_ref().as_table() else {
            continue;
        };
        let (reading, clause) = reading::read(table, item.span(), document.get("clause"), sink);
        match clause {
            Some(clause) => clauses.push(clause),
            None => lost("clause", reading.id.clone()),
        }
        readings.push(reading);
    }
    readings
}

/// The id of a table that could not be read, as far as it is one.
fn id_of(item: &Spanned<DeValue<'_>>) -> String {
    let table = item.get_ref().as_table();
    let id = table.and_then(|table| table.get("id"));
    let id = id.and_then(|id| id.get_ref().as_str());
    id.unwrap_or_default().to_owned()
}
