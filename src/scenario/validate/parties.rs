//! Parties: who follows whom.

use std::collections::BTreeMap;

use super::circles::{circles, in_a_circle};
use super::context::Context;

pub(super) fn check(c: &mut Context<'_>) {
    for party in &c.scenario.parties {
        match (&party.patron, &party.control) {
            (None, Some(_)) => {
                c.error_at(party, "control", "has `control` but no `patron`")
                    .label("whose control?")
                    .help("add patron = \"…\", or leave `control` out");
            }
            (Some(_), None) => {
                c.error_at(party, "patron", "has a `patron` but no `control`")
                .label("how often are its orders followed?")
                .help(
                    "add control = 0.8: the probability, at each review, of following the patron",
                );
            }
            _ => {}
        }
    }
    circular(c);
}

fn circular(c: &mut Context<'_>) {
    let places: BTreeMap<&str, usize> =
        (c.scenario.parties.iter().zip(0..)).map(|(party, at)| (party.id.as_str(), at)).collect();
    let patron = |id| {
        let party = places.get(id).map(|at| &c.scenario.parties[*at]);
        let patron = party.and_then(|party| party.patron.as_deref());
        patron.filter(|patron| places.contains_key(patron)).map(|patron| (patron, ())).into_iter()
    };
    for circle in circles(c.scenario.parties.iter().map(|party| party.id.as_str()), patron, []) {
        let mut ids: Vec<&str> = circle.into_iter().map(|(id, ())| id).collect();
        // Told from the first party of the circle in the file.
        let first = (0..ids.len()).min_by_key(|at| places[ids[*at]]).unwrap_or(0);
        ids.rotate_left(first);
        let first = &c.scenario.parties[places[ids[0]]];
        let message = format!("a circle of patrons: {}", in_a_circle(&ids, "follows"));
        c.error(first.spans.of("patron"), message)
            .label("in the end its own patron")
            .help("leave out one `patron`, with its `control`");
    }
}
