//! Parties: who follows whom.

use std::collections::BTreeMap;

use super::context::Context;
use super::names::in_a_circle;
use crate::diag::Diagnostic;

pub(super) fn check(c: &mut Context<'_>) {
    for party in &c.scenario.parties {
        let id = &party.id;
        match (&party.patron, &party.control) {
            (None, Some(_)) => c.push(
                Diagnostic::error(
                    party.spans.of("control"),
                    format!("party `{id}` has `control` but no `patron`"),
                )
                .label("whose control?")
                .help("add patron = \"…\", or leave `control` out"),
            ),
            (Some(_), None) => c.push(
                Diagnostic::error(
                    party.spans.of("patron"),
                    format!("party `{id}` has a `patron` but no `control`"),
                )
                .label("how often are its orders followed?")
                .help(
                    "add control = 0.8: the probability, at each review, of following the patron",
                ),
            ),
            _ => {}
        }
    }
    circles(c);
}

fn circles(c: &mut Context<'_>) {
    let parties = &c.scenario.parties;
    let by_id: BTreeMap<&str, usize> =
        (parties.iter().zip(0..)).map(|(party, at)| (party.id.as_str(), at)).collect();
    let patron = |at: usize| {
        let patron = parties.get(at)?.patron.as_deref()?;
        by_id.get(patron).copied()
    };
    // The walk on which each was first met.
    let mut met: Vec<Option<usize>> = vec![None; parties.len()];
    for walk in 0..parties.len() {
        let mut path = Vec::new();
        let mut next = Some(walk);
        while let Some(at) = next.filter(|at| met[*at].is_none()) {
            met[at] = Some(walk);
            path.push(at);
            next = patron(at);
        }
        let Some(closes) = next.filter(|at| met[*at] == Some(walk)) else {
            continue;
        };
        // Told from the first party of the circle in the file.
        let mut circle = path.split_off(path.iter().position(|at| *at == closes).unwrap_or(0));
        let first = (0..circle.len()).min_by_key(|at| circle[*at]).unwrap_or(0);
        circle.rotate_left(first);
        let ids: Vec<&str> = circle.iter().map(|at| parties[*at].id.as_str()).collect();
        c.push(
            Diagnostic::error(
                parties[circle[0]].spans.of("patron"),
                format!("a circle of patrons: {}", in_a_circle(&ids, "follows")),
            )
            .label("in the end its own patron")
            .help("leave out one `patron`, with its `control`"),
        );
    }
}
