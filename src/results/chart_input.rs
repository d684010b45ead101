//! What the charts of a run are drawn from: its tables, and the names of its scenario.

use time::Date;

use super::manifest::Manifest;
use super::run::RunTables;
use super::tracks::TrackRow;
use crate::chart::{
    ChartClaim, ChartClause, ChartCurve, ChartDensity, ChartInput, ChartLadder, ChartOutline,
    ChartParty, ChartPhase, ChartSite, ChartSubject, ChartTrack, ChartWeapon, Film, film,
};
use crate::diag::grouped;
use crate::geo::Position;
use crate::model::{self, Gate, Model, PartyIndex, Says};
use crate::record::PlaceRow;
use crate::scenario::{Loaded, Scenario, Terms, WeaponClass};

/// What the charts of a run are drawn from.
pub fn chart_input(loaded: &Loaded, manifest: &Manifest, tables: RunTables) -> ChartInput {
    let model = &loaded.model;
    let date = |day: u32| model.calendar.date(day);
    let settled = |gate: &Gate| model.settled_day(gate).map(date);
    let clauses = model.clauses.iter().zip(&loaded.scenario.clauses).map(|(clause, written)| {
        let distance_km = match clause.kind {
            model::Kind::KeepDistance => Some((clause.terms.min_km, clause.terms.target_km)),
            _ => None,
        };
        let from = match &written.terms {
            Terms::KeepDistance(terms) => Some(name_of(loaded, &terms.from)),
            _ => None,
        };
        ChartClause {
            id: clause.id.clone(),
            title: clause.title.clone(),
            starts: settled(&clause.starts),
            deadline: clause.deadline.as_ref().and_then(settled),
            distance_km,
            from,
            limit: clause.terms.cap.map(|most| {
                let weapons = clause.bound.iter().any(|it| it.weapons.is_some());
                let of = if weapons { "weapons" } else { "persons" };
                format!("{} {of}", grouped(most.round() as u64))
            }),
            limit_posts: clause.terms.cap_posts.map(|most| match most {
                1.0 => "1 post".to_owned(),
                most => format!("{} posts", grouped(most.round() as u64)),
            }),
        }
    });
    let claims = model.claims.iter().map(|claim| ChartClaim {
        title: claim.title.clone(),
        by: model.parties[claim.by].title.clone(),
        date: date(claim.day),
        says: match claim.says {
            Says::Keeping => "keeping",
            Says::Violating => "violating",
            Says::Denies => "denies",
        }
        .to_owned(),
    });
    // Parties with forces; a track names its commander by the index here.
    let with_forces: Vec<PartyIndex> = model
        .parties
        .keys()
        .filter(|party| model.forces.iter().any(|force| force.commander == *party))
        .collect();
    ChartInput {
        about: manifest.about(&model.title),
        start: model.calendar.start,
        end: date(model.calendar.days),
        turns: tables.turns,
        records: tables.records,
        subjects: subjects(&loaded.scenario),
        clauses: clauses.collect(),
        claims: claims.collect(),
        phases: model
            .phases
            .iter()
            .map(|phase| ChartPhase { title: phase.title.clone(), starts: settled(&phase.starts) })
            .collect(),
        parties: with_forces
            .iter()
            .map(|party| ChartParty {
                id: model.parties[*party].id.clone(),
                title: model.parties[*party].title.clone(),
            })
            .collect(),
        curves: model
            .curves
            .iter()
            .map(|curve| ChartCurve {
                title: curve.title.clone(),
                points: curve.points.clone(),
                in_use: curve.in_use,
                at_km: curve.at_km.clone(),
            })
            .collect(),
        weapons: weapons(&loaded.scenario),
        ladders: model
            .ladders
            .iter()
            .map(|ladder| ChartLadder {
                id: ladder.id.clone(),
                title: ladder.title.clone(),
                rungs: ladder.rungs.iter().map(|rung| (rung.id.clone(), rung.up)).collect(),
            })
            .collect(),
        outlines: model
            .outlines
            .iter()
            .filter(|outline| outline.in_use)
            .map(|outline| ChartOutline {
                title: outline.title.clone(),
                rings: outline.rings.clone(),
            })
            .collect(),
        sites: model
            .sites
            .iter()
            .map(|site| ChartSite { title: site.title.clone(), position: site.position })
            .collect(),
        tracks: tracks(model, &tables.tracks, &with_forces),
        density: density(model, &tables.places, &with_forces),
        tracks_of: format!("median replicate {}", manifest.median),
    }
}

/// Where forces went, those of parties that have a colour.
fn tracks(model: &Model, rows: &[TrackRow], with_forces: &[PartyIndex]) -> Vec<ChartTrack> {
    let tracks = rows.iter().filter_map(|row| {
        let force = model.forces.iter().find(|force| force.id == row.force)?;
        let commander = with_forces.iter().position(|party| *party == force.commander)?;
        Some(ChartTrack {
            force: force.title.clone(),
            commander,
            strength: row.strength,
            bound: !force.obligations.is_empty(),
            path: row.path.iter().map(|(_, place)| *place).collect(),
        })
    });
    tracks.collect()
}

/// Where forces stand at the end; what is not on the globe is no place.
fn density(model: &Model, rows: &[PlaceRow], with_forces: &[PartyIndex]) -> Vec<ChartDensity> {
    let density = rows.iter().filter_map(|row| {
        let commander =
            with_forces.iter().position(|party| model.parties[*party].id == row.commander)?;
        Some(ChartDensity {
            commander,
            bound: row.bound != 0,
            position: Position::new(row.lat, row.lon).ok()?,
            persons: row.mean_persons,
        })
    });
    density.collect()
}

/// The median replicate of a run date by date; none where there is nothing to put on a map.
/// `rows` are the tracks that `input` was made with.
pub fn film_of(loaded: &Loaded, input: &ChartInput, rows: &[TrackRow]) -> Option<Film> {
    let dates = self::dates(&loaded.model);
    let written: Vec<String> = dates.iter().map(ToString::to_string).collect();
    let forces = &loaded.model.forces;
    // Those that the tracks of the input are of, in the same order.
    let paths: Vec<Vec<(usize, Position)>> = rows
        .iter()
        .filter(|row| forces.iter().any(|force| force.id == row.force))
        .map(|row| {
            let places = row.path.iter();
            places
                .map(|(date, place)| (written.partition_point(|own| own < date), *place))
                .collect()
        })
        .collect();
    film(input, &dates, &paths)
}

/// The first day of a run and the last of every turn.
pub fn dates(model: &Model) -> Vec<Date> {
    let calendar = &model.calendar;
    let days = (0..calendar.turns()).map(|turn| calendar.turn(turn).to);
    std::iter::once(0).chain(days).map(|day| calendar.date(day)).collect()
}

fn weapons(scenario: &Scenario) -> Vec<ChartWeapon> {
    let class = |it: &WeaponClass| ChartWeapon {
        id: it.id.clone(),
        title: it.title.clone().unwrap_or_else(|| it.id.clone()),
        range_km: it.range_km,
    };
    scenario.weapon_classes.iter().map(class).collect()
}

/// What charts call the subjects of rows other than clauses.
fn subjects(scenario: &Scenario) -> Vec<ChartSubject> {
    let mut all = Vec::new();
    let mut add = |kind, id: &String, title: &Option<String>| {
        all.extend(title.iter().map(|title| ChartSubject {
            kind,
            id: id.clone(),
            title: title.clone(),
        }));
    };
    scenario.lines.iter().for_each(|it| add("line", &it.id, &it.title));
    scenario.monitors.iter().for_each(|it| add("monitor", &it.id, &it.title));
    scenario.rules.iter().for_each(|it| add("rule", &it.id, &it.title));
    scenario.parties.iter().for_each(|it| add("party", &it.id, &it.title));
    scenario.incidents.iter().for_each(|it| add("incident", &it.id, &it.title));
    scenario.ladders.iter().for_each(|it| add("ladder", &it.id, &it.title));
    scenario.bodies.iter().for_each(|it| add("body", &it.id, &it.title));
    scenario.accounts.iter().for_each(|it| add("account", &it.id, &it.title));
    scenario.installations.iter().for_each(|it| add("installation", &it.id, &it.title));
    scenario.grounds.iter().for_each(|it| add("ground", &it.id, &it.title));
    all
}

/// What charts call a line, an area or a site.
fn name_of(loaded: &Loaded, id: &str) -> String {
    let scenario = &loaded.scenario;
    let lines = scenario.lines.iter().map(|it| (&it.id, &it.title));
    let areas = scenario.areas.iter().map(|it| (&it.id, &it.title));
    let sites = scenario.sites.iter().map(|it| (&it.id, &it.title));
    lines
        .chain(areas)
        .chain(sites)
        .find(|(own, _)| *own == id)
        .map_or_else(|| id.to_owned(), |(own, title)| title.clone().unwrap_or_else(|| own.clone()))
}
