//! Parties: who follows whom.

use std::collections::BTreeMap;

use super::context::Context;
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
    let scenario = c.scenario;
    let patrons: BTreeMap<&str, &str> = scenario
        .parties
        .iter()
        .filter_map(|party| Some((party.id.as_str(), party.patron.as_deref()?)))
        .collect();
    let mut reported: Vec<&str> = Vec::new();
    for party in &scenario.parties {
        let mut path = vec![party.id.as_str()];
        while let Some(next) = path.last().and_then(|last| patrons.get(last)) {
            if path.contains(next) {
                break;
            }
            path.push(next);
        }
        // Reported once, from the first party of the circle in the file.
        let closes = path.last().and_then(|last| patrons.get(last)) == Some(&party.id.as_str());
        if !closes || reported.contains(&party.id.as_str()) {
            continue;
        }
        let mut chain: Vec<String> = path.iter().map(|id| format!("`{id}`")).collect();
        chain.push(format!("`{}`", party.id));
        c.push(
            Diagnostic::error(
                party.spans.of("patron"),
                format!("a circle of patrons: {}", chain.join(" follows ")),
            )
            .label("in the end its own patron")
            .help("leave out one `patron`, with its `control`"),
        );
        reported.extend(path);
    }
}
