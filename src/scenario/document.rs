//! The whole file: every table in turn.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::read::{Sink, Spans, Table, kind_of};
use super::{
    Area, Claim, Clause, Conduct, Force, Line, Monitor, Party, Phase, Route, Site, Source, Time,
    Variant, WeaponClass,
};
use crate::diag::{Diagnostic, Diagnostics};

/// The longest file that is read, in bytes: 16 MiB.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

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
    /// Phases.
    #[schemars(default, rename = "phase")]
    pub phases: Vec<Phase>,
    /// Clauses.
    #[schemars(default, rename = "clause")]
    pub clauses: Vec<Clause>,
    /// Monitors.
    #[schemars(default, rename = "monitor")]
    pub monitors: Vec<Monitor>,
    /// How parties decide.
    #[schemars(default, rename = "conduct")]
    pub conducts: Vec<Conduct>,
    /// Statements.
    #[schemars(default, rename = "claim")]
    pub claims: Vec<Claim>,
    /// Other terms.
    #[schemars(default, rename = "variant")]
    pub variants: Vec<Variant>,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Scenario {
    /// Reads a text. Every mistake of syntax, key and value is found at once;
    /// what the tables mean together is checked when the scenario is compiled.
    pub fn parse(text: &str) -> (Option<Self>, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        if text.len() > MAX_BYTES {
            diagnostics.push(
                Diagnostic::whole_file(format!("the file is {} bytes long", text.len())).help(
                    "a scenario is at most 16 MiB; keep long lines in GeoJSON files beside it",
                ),
            );
            return (None, diagnostics);
        }
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            diagnostics.push(match error.span() {
                Some(span) => Diagnostic::error(span, format!("not TOML: {message}")).label("here"),
                None => Diagnostic::whole_file(format!("not TOML: {message}")),
            });
        }
        if diagnostics.has_errors() {
            return (None, diagnostics.sorted());
        }
        let sink = Sink::new(text);
        let scenario = read(document.get_ref(), &sink);
        let diagnostics = sink.into_inner().sorted();
        (scenario.filter(|_| !diagnostics.has_errors()), diagnostics)
    }
}

fn read<'d>(document: &'d DeTable<'d>, sink: &'d Sink<'d>) -> Option<Scenario> {
    let mut t = Table::new(document, 0..0, "the file", sink);
    let schema: u32 = t.req("schema");
    if t.spans().has("schema") && schema != 1 {
        t.at("schema").wrong(
            t.spans().of("schema"),
            format!("is {schema}, which this version does not read"),
            "write schema = 1",
        );
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
    Some(Scenario {
        schema,
        title,
        summary,
        sources: tables(&mut t, "source", "[[source]]", |t| Some(Source::read(t))),
        lines: tables(&mut t, "line", "[[line]]", |t| Some(Line::read(t))),
        areas: tables(&mut t, "area", "[[area]]", Area::read),
        sites: tables(&mut t, "site", "[[site]]", |t| Some(Site::read(t))),
        routes: tables(&mut t, "route", "[[route]]", |t| Some(Route::read(t))),
        weapon_classes: tables(&mut t, "weapon-class", "[[weapon-class]]", |t| {
            Some(WeaponClass::read(t))
        }),
        parties: tables(&mut t, "party", "[[party]]", |t| Some(Party::read(t))),
        forces: tables(&mut t, "force", "[[force]]", |t| Some(Force::read(t))),
        phases: tables(&mut t, "phase", "[[phase]]", |t| Some(Phase::read(t))),
        clauses: tables(&mut t, "clause", "[[clause]]", Clause::read),
        monitors: tables(&mut t, "monitor", "[[monitor]]", Monitor::read),
        conducts: tables(&mut t, "conduct", "[[conduct]]", Conduct::read),
        claims: tables(&mut t, "claim", "[[claim]]", |t| Some(Claim::read(t))),
        variants: tables(&mut t, "variant", "[[variant]]", |t| Some(Variant::read(t))),
        spans: t.finish(),
        time: time?,
    })
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
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|item| table(item, name, key, sink).and_then(&read))
        .collect()
}
