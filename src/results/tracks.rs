//! Where forces were in one replicate, date by date.

use crate::experiment::Trace;
use crate::geo::Position;
use crate::model::{Force, Model, Place};

/// Where a force was in one replicate, and on which dates.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackRow {
    /// The force.
    pub force: String,
    /// Its strength in persons.
    pub strength: u32,
    /// Each place with the date it was recorded on, as written (`1974-05-31`).
    pub path: Vec<(String, Position)>,
}

/// Where each force was in a replicate, to a metre, in the order of the forces.
pub fn tracks(model: &Model, trace: &Trace) -> Vec<TrackRow> {
    let each = model.forces.iter().zip(&trace.tracks).map(|(force, (strength, track))| TrackRow {
        force: force.id.clone(),
        strength: *strength,
        path: track
            .iter()
            .map(|(day, place)| {
                let date = model.calendar.date(*day).to_string();
                (date, to_a_metre(position(model, force, *place)))
            })
            .collect(),
    });
    each.collect()
}

fn position(model: &Model, force: &Force, place: Place) -> Position {
    match force.routes.get(place.route) {
        Some(route) => route.path.at_m(place.metre),
        None => model.sites[force.home].position,
    }
}

/// A position with five digits of a degree.
fn to_a_metre(position: Position) -> Position {
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
    // A place on the globe stays one when it is rounded.
    Position::new(round(position.lat()), round(position.lon())).unwrap_or(position)
}
