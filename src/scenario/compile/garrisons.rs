//! Who decides together: sites that forces of a party and its proxies share, by stated group
//! or by chains of sites close to each other.

use super::units::patrons;
use crate::geo::distance_m;
use crate::model::{CHAIN_KM, Garrison, Model, PartyIndex, SiteIndex};

/// Puts every force into a garrison: those of a patron and of its proxies together.
pub(super) fn settle(model: &mut Model) {
    for party in model.parties.keys() {
        let top = |commander: PartyIndex| patrons(model, commander).last().unwrap_or(commander);
        let own: Vec<_> = model
            .forces
            .iter_enumerated()
            .filter(|(_, force)| top(force.commander) == party)
            .map(|(index, force)| (index, force.home))
            .collect();
        let mut sites: Vec<SiteIndex> = own.iter().map(|(_, site)| *site).collect();
        sites.sort_by_key(|site| &model.sites[*site].id);
        sites.dedup();
        for (id, sites) in together(model, sites) {
            let garrison = model.garrisons.next_key();
            for (force, _) in own.iter().filter(|(_, home)| sites.contains(home)) {
                model.forces[*force].garrison = garrison;
            }
            model.garrisons.push(Garrison { id, party: Some(party), sites });
        }
    }
}

/// Sites in sets of those that share orders, each with its name; sites come by id.
fn together(model: &Model, sites: Vec<SiteIndex>) -> Vec<(String, Vec<SiteIndex>)> {
    let mut sets: Vec<(Option<String>, Vec<SiteIndex>)> = Vec::new();
    for site in sites {
        let stated = model.sites[site].group.clone();
        // Those that the site joins: the set of its group, or all that it is close to.
        let joins = |(name, others): &(Option<String>, Vec<SiteIndex>)| match (&stated, name) {
            (Some(own), Some(name)) => own == name,
            (None, None) => others.iter().any(|other| close(model, site, *other)),
            _ => false,
        };
        let (joined, mut rest): (Vec<_>, Vec<_>) = sets.into_iter().partition(joins);
        let mut set: Vec<SiteIndex> = joined.into_iter().flat_map(|(_, sites)| sites).collect();
        set.push(site);
        set.sort_by_key(|site| &model.sites[*site].id);
        rest.push((stated, set));
        sets = rest;
    }
    let named = |(name, sites): (Option<String>, Vec<SiteIndex>)| {
        let least = sites.first().map(|site| model.sites[*site].id.clone());
        (name.or(least).unwrap_or_default(), sites)
    };
    let mut named: Vec<_> = sets.into_iter().map(named).collect();
    named.sort();
    named
}

fn close(model: &Model, a: SiteIndex, b: SiteIndex) -> bool {
    let (a, b) = (model.sites[a].position, model.sites[b].position);
    // A degree of latitude is nowhere under 110 km.
    (a.lat() - b.lat()).abs() <= CHAIN_KM / 110.0 && distance_m(a, b) <= 1e3 * CHAIN_KM
}
