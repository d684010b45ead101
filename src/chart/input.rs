//! What charts are drawn from: stored aggregates and the scenario's names.

use time::Date;

use super::about::About;
use super::text;
use crate::analysis::RecordRow;
use crate::geo::Position;
use crate::record::TurnRow;

/// Everything the charts of one run need.
#[derive(Debug, Clone)]
pub struct ChartInput {
    /// The scenario and its runs.
    pub about: About,
    /// First and last day of the run.
    pub start: Date,
    /// Last day of the run.
    pub end: Date,
    /// Stored aggregates of one point.
    pub turns: Vec<TurnRow>,
    /// The record of the real agreement beside them.
    pub records: Vec<RecordRow>,
    /// What else rows are of, with what charts call it.
    pub subjects: Vec<ChartSubject>,
    /// Clauses, in the order of the file.
    pub clauses: Vec<ChartClause>,
    /// Dated statements.
    pub claims: Vec<ChartClaim>,
    /// Phases with the date they start on, if a date is all they wait for.
    pub phases: Vec<ChartPhase>,
    /// Parties that have forces, in the order of the file.
    pub parties: Vec<ChartParty>,
    /// Reference lines and distance curves.
    pub curves: Vec<ChartCurve>,
    /// Classes of weapons, in the order of the file.
    pub weapons: Vec<ChartWeapon>,
    /// Ladders of escalation, in the order of the file.
    pub ladders: Vec<ChartLadder>,
    /// Areas that clauses name.
    pub outlines: Vec<ChartOutline>,
    /// Named places.
    pub sites: Vec<ChartSite>,
    /// Where forces start and end in one replicate.
    pub tracks: Vec<ChartTrack>,
    /// Where forces stand at the end, over all replicates.
    pub density: Vec<ChartDensity>,
    /// Which replicate the tracks are of, such as "median replicate 412".
    pub tracks_of: String,
}

impl ChartInput {
    /// What charts call a subject of rows: its title, or its id if it has none; what one
    /// party sees of another's is called by both.
    pub(super) fn title_of(&self, kind: &str, id: &str) -> String {
        if let ("watch", Some((watcher, party))) = (kind, id.split_once('/')) {
            let [party, watcher] = [party, watcher].map(|id| self.title_of("party", id));
            return format!("{}’s, by {}", text::clean(&party), text::clean(&watcher));
        }
        let mut subjects = self.subjects.iter();
        let subject = subjects.find(|it| it.kind == kind && it.id == id).map(|it| &it.title);
        let mut clauses = self.clauses.iter();
        let clause = clauses.find(|it| kind == "clause" && it.id == id).map(|it| &it.title);
        clause.or(subject).map_or(id, |it| it).to_owned()
    }
}

/// A clause.
#[derive(Debug, Clone)]
pub struct ChartClause {
    /// Its id, the `subject` of its rows.
    pub id: String,
    /// What charts call it.
    pub title: String,
    /// Its start, if a date is all it waits for.
    pub starts: Option<Date>,
    /// Its deadline, if it has one and a date is all it waits for.
    pub deadline: Option<Date>,
    /// Minimum and target distance in km, of a clause on distance.
    pub distance_km: Option<(f64, f64)>,
    /// What the distance is measured from.
    pub from: Option<String>,
    /// Its limit on persons or weapons, such as "6,000 persons".
    pub limit: Option<String>,
    /// Its limit on posts, such as "8 posts".
    pub limit_posts: Option<String>,
}

impl ChartClause {
    /// Its title, and what its distance is measured from.
    pub(super) fn title_from(&self) -> String {
        let title = text::clean(&self.title);
        match self.from.as_deref().map(text::clean) {
            Some(from) if !from.is_empty() => format!("{title} — from {from}"),
            _ => title,
        }
    }
}

/// Something that rows are of.
#[derive(Debug, Clone)]
pub struct ChartSubject {
    /// The `subject_kind` of its rows.
    pub kind: &'static str,
    /// Its id, their `subject`.
    pub id: String,
    /// What charts call it.
    pub title: String,
}

/// A dated statement.
#[derive(Debug, Clone)]
pub struct ChartClaim {
    /// What charts call it.
    pub title: String,
    /// Who says it.
    pub by: String,
    /// When.
    pub date: Date,
    /// The word of the file: keeping, violating, denies.
    pub says: String,
}

/// A phase.
#[derive(Debug, Clone)]
pub struct ChartPhase {
    /// What charts call it.
    pub title: String,
    /// Its start, if a date is all it waits for.
    pub starts: Option<Date>,
}

/// A party.
#[derive(Debug, Clone)]
pub struct ChartParty {
    /// Its id.
    pub id: String,
    /// What charts call it.
    pub title: String,
}

/// A ladder of escalation.
#[derive(Debug, Clone)]
pub struct ChartLadder {
    /// Its id, the `subject` of its rows.
    pub id: String,
    /// What charts call it.
    pub title: String,
    /// From the lowest: what each rung is called, and the tension at which it is reached.
    pub rungs: Vec<(String, f64)>,
}

/// A class of weapons.
#[derive(Debug, Clone)]
pub struct ChartWeapon {
    /// Its id: the end of the `subject` of its rows.
    pub id: String,
    /// What charts call it.
    pub title: String,
    /// Its range in km, if the scenario says one.
    pub range_km: Option<f64>,
}

/// A reference line and curves of equal distance from it.
#[derive(Debug, Clone)]
pub struct ChartCurve {
    /// What charts call it.
    pub title: String,
    /// Its points.
    pub points: Vec<Position>,
    /// Whether a clause measures from it.
    pub in_use: bool,
    /// Kilometres and the pieces of the curve at that distance.
    pub at_km: Vec<(f64, Vec<Vec<Position>>)>,
}

/// An area.
#[derive(Debug, Clone)]
pub struct ChartOutline {
    /// What charts call it.
    pub title: String,
    /// Its rings.
    pub rings: Vec<Vec<Position>>,
}

/// A named place.
#[derive(Debug, Clone)]
pub struct ChartSite {
    /// What charts call it.
    pub title: String,
    /// Where it is.
    pub position: Position,
}

/// Persons of a force about one place at the end.
#[derive(Debug, Clone)]
pub struct ChartDensity {
    /// The party that commands it, by index in [`ChartInput::parties`].
    pub commander: usize,
    /// Whether any clause binds it.
    pub bound: bool,
    /// Where.
    pub position: Position,
    /// Mean over all replicates.
    pub persons: f64,
}

/// Where a force starts, goes and ends.
#[derive(Debug, Clone)]
pub struct ChartTrack {
    /// What charts call the force.
    pub force: String,
    /// The party that commands it, by index in [`ChartInput::parties`].
    pub commander: usize,
    /// Persons.
    pub strength: u32,
    /// Whether any clause binds it.
    pub bound: bool,
    /// From start to end; one point for a force that stays.
    pub path: Vec<Position>,
}
