//! The whole file: every table in turn.

use disengage_derive::table;
use toml::de::DeTable;

use super::read::{Keys, Lost, Sink, Table, Whole, number};
use super::reading::{self, Reading};
use super::{
    Account, Agreement, Area, Body, Change, Claim, Clause, Conduct, Experiment, Force, Ground,
    Incident, Installation, Ladder, Liaison, Line, Mechanisms, Monitor, Outcome, Output,
    OutsideEvent, Party, Phase, Record, Route, Rule, Site, Source, Time, Variant, WeaponClass,
};
use super::{shorthand, syntax};
use crate::diag::{Diagnostic, Diagnostics};

/// The longest file that is read, in bytes: 16 MiB.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The format of the files that are read.
pub(super) const SCHEMA: u32 = 2;

/// A scenario as written.
#[table(document)]
pub struct Scenario {
    /// The format of this file: 2.
    #[key(with = schema, schema = serde_json::json!({ "type": "integer", "const": SCHEMA }))]
    pub schema: u32,
    /// What the scenario is called.
    pub title: String,
    /// What it is about, in a few sentences.
    pub summary: Option<String>,
    /// When it starts and ends.
    pub time: Time,
    /// What of the model is switched off.
    #[key(default)]
    pub mechanisms: Mechanisms,
    /// What the agreement comes to.
    #[key(default)]
    pub outcome: Outcome,
    /// What is written.
    #[key(default)]
    pub output: Output,
    /// The id of a `[[source]]`, or "assumption": where the numbers of every table come from
    /// that names no source of its own.
    pub default_source: Option<String>,
    /// Published sources.
    #[key(tables = "source")]
    pub sources: Vec<Source>,
    /// Reference lines.
    #[key(tables = "line")]
    pub lines: Vec<Line>,
    /// Areas.
    #[key(tables = "area")]
    pub areas: Vec<Area>,
    /// Named places.
    #[key(tables = "site")]
    pub sites: Vec<Site>,
    /// Roads.
    #[key(tables = "route")]
    pub routes: Vec<Route>,
    /// Weapon classes.
    #[key(tables = "weapon-class")]
    pub weapon_classes: Vec<WeaponClass>,
    /// Parties.
    #[key(tables = "party")]
    pub parties: Vec<Party>,
    /// Forces.
    #[key(tables = "force")]
    pub forces: Vec<Force>,
    /// What is built.
    #[key(tables = "installation")]
    pub installations: Vec<Installation>,
    /// Ground under control.
    #[key(tables = "ground")]
    pub grounds: Vec<Ground>,
    /// Agreements.
    #[key(tables = "agreement")]
    pub agreements: Vec<Agreement>,
    /// Phases.
    #[key(tables = "phase")]
    pub phases: Vec<Phase>,
    /// Clauses.
    #[key(tables = "clause")]
    pub clauses: Vec<Clause>,
    /// Readings; each also makes a clause, which stands after the clauses.
    #[key(tables = "reading", aside)]
    pub readings: Vec<Reading>,
    /// Changes of terms.
    #[key(tables = "change")]
    pub changes: Vec<Change>,
    /// Monitors.
    #[key(tables = "monitor")]
    pub monitors: Vec<Monitor>,
    /// Bodies that rule on complaints.
    #[key(tables = "body")]
    pub bodies: Vec<Body>,
    /// How parties decide.
    #[key(tables = "conduct")]
    pub conducts: Vec<Conduct>,
    /// Statements.
    #[key(tables = "claim")]
    pub claims: Vec<Claim>,
    /// Persons and weapons that wait to be sent.
    #[key(tables = "account")]
    pub accounts: Vec<Account>,
    /// Sources of incidents.
    #[key(tables = "incident")]
    pub incidents: Vec<Incident>,
    /// Channels that settle incidents.
    #[key(tables = "liaison")]
    pub liaisons: Vec<Liaison>,
    /// Ladders of escalation.
    #[key(tables = "ladder")]
    pub ladders: Vec<Ladder>,
    /// How parties react.
    #[key(tables = "rule")]
    pub rules: Vec<Rule>,
    /// What comes from outside.
    #[key(tables = "event")]
    pub events: Vec<OutsideEvent>,
    /// What was recorded of the real agreement.
    #[key(tables = "record")]
    pub records: Vec<Record>,
    /// Other terms.
    #[key(tables = "variant")]
    pub variants: Vec<Variant>,
    /// What a sweep varies.
    pub experiment: Option<Experiment>,
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
    /// Tables that could not be read.
    pub(super) lost: Vec<Lost>,
    /// What was wrong.
    pub(super) found: Diagnostics,
}

impl Draft {
    pub(super) fn read(text: &str) -> Self {
        if text.len() > MAX_BYTES {
            let mut found = Diagnostics::default();
            found
                .whole_file(format!("the file is {} bytes long", text.len()))
                .help("a scenario is at most 16 MiB; keep long lines in GeoJSON files beside it");
            return Self { scenario: None, lost: Vec::new(), found };
        }
        let (scenario, lost, found) = read(text, |mut table, document| {
            if let Some(old) = earlier(document) {
                table.sink().push(old);
                return None;
            }
            let mut scenario = Scenario::read(&mut table)?;
            let made = reading::clauses(&scenario.readings, document, table.sink());
            scenario.clauses.extend(made);
            scenario.close(table);
            Some(scenario)
        });
        Self { scenario, lost, found }
    }
}

/// Reads a text that has a syntax.
fn read<T>(
    text: &str,
    whole: impl for<'d> FnOnce(Table<'d>, &'d DeTable<'d>) -> Option<T>,
) -> (Option<T>, Vec<Lost>, Diagnostics) {
    let mut found = Diagnostics::default();
    let (mut document, mistakes) = syntax::parsed(text);
    mistakes.into_iter().for_each(|mistake| found.push(mistake));
    if found.has_errors() {
        return (None, Vec::new(), found.sorted());
    }
    let sink = Sink::new(text);
    shorthand::write_out(document.get_mut(), &sink);
    let read = {
        let document = document.get_ref();
        whole(Table::new(document, 0..0, Scenario::HEADER, &sink), document)
    };
    let (found, lost) = sink.into_inner();
    (read, lost, found.sorted())
}

/// What is said of a file of an earlier format: that alone, for little else of it would
/// be understood.
fn earlier(document: &DeTable<'_>) -> Option<Diagnostic> {
    let written = document.get("schema")?;
    let schema = number(written.get_ref())?;
    (schema == 1.0).then(|| {
        let message = format!("schema 1 is an earlier format: this version reads schema {SCHEMA}");
        Diagnostic::error(written.span(), message)
            .label("the format of the file")
            .help("convert the file with `disengage check --upgrade FILE`, which says what it changes and keeps your comments")
    })
}

/// Reads `schema`, the format of the file.
fn schema(table: &mut Table<'_>) -> u32 {
    let schema: Option<u32> = table.opt("schema");
    let (sink, span) = (table.sink(), table.spans().of("schema"));
    match schema {
        None => {
            sink.push(Diagnostic::whole_file("the file has no `schema`").help(format!(
                "add schema = {SCHEMA} as its first line: the format it is written in"
            )))
        }
        Some(schema) if schema != SCHEMA && sink.was_read(&span) => sink.push(
            Diagnostic::error(span, format!("schema {schema} is none that this version reads"))
                .label("the format of the file")
                .help(format!("write schema = {SCHEMA}")),
        ),
        Some(_) => {}
    }
    schema.unwrap_or(SCHEMA)
}

/// The experiment of a text that holds nothing else.
pub(super) fn read_experiment(text: &str) -> (Option<Experiment>, Diagnostics) {
    let (read, _, found) = read(text, |mut table, _| {
        let read = table.opt("experiment");
        if read.is_none() {
            table.sink().push(
                Diagnostic::whole_file("the file has no [experiment]")
                    .help("add [experiment] with [[experiment.lever]] tables: paths and range"),
            );
        }
        table.finish();
        read
    });
    (read.filter(|_| !found.has_errors()), found)
}
