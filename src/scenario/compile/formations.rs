//! Who is seen, reported on and hit as one.

use crate::model::{ClauseIndex, Duty, Force, ForceIndex, Formation, Model};
use crate::stats::Stream;

/// Puts every force into a formation, and gives monitors their draws of each: by commander,
/// home and the formation's place among those there, never by clause.
pub(super) fn settle(model: &mut Model) {
    let mut by_id: Vec<ForceIndex> = model.forces.keys().collect();
    by_id.sort_unstable_by_key(|force| model.forces[*force].rank);
    // By formation: its place among those of its commander at its home.
    let mut places: Vec<usize> = Vec::new();
    for force in by_id {
        let it = &model.forces[force];
        let there = |other: &Force| (other.commander, other.home) == (it.commander, it.home);
        let lead = |formation: &Formation| &model.forces[formation.lead()];
        let same =
            |formation: &Formation| there(lead(formation)) && owed(lead(formation)).eq(owed(it));
        let index = match model.formations.position(same) {
            Some(known) => known,
            None => {
                places.push(model.formations.iter().filter(|it| there(lead(it))).count());
                model.formations.push_and_get_key(Formation { forces: Vec::new() })
            }
        };
        model.formations[index].forces.push(force);
        model.forces[force].formation = index;
    }
    for monitor in &mut model.monitors {
        let stream = |(formation, place): (&Formation, &usize)| {
            let lead = &model.forces[formation.lead()];
            let (party, site) = (&model.parties[lead.commander].id, &model.sites[lead.home].id);
            Stream::new("sighting", &[&monitor.id, party, site, &place.to_string()])
        };
        monitor.sightings = model.formations.iter().zip(&places).map(stream).collect();
    }
}

/// What a force owes, in the order of the clauses.
fn owed(force: &Force) -> impl Iterator<Item = (ClauseIndex, Duty)> + '_ {
    force.obligations.iter().map(|it| (it.clause, it.duty))
}
