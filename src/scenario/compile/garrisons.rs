//! Who decides together: sites that a party's forces share, by stated group or by chains of
//! sites close to each other.

use crate::geo::distance_m;
use crate::model::{CHAIN_KM, ForceIndex, Garrison, Model, PartyIndex, SiteIndex};

/// The garrisons of every party that commands forces, by party, then id.
pub(super) fn garrisons(
    model: &Model,
    group: impl Fn(SiteIndex) -> Option<String>,
) -> Vec<Garrison> {
    let mut all = Vec::new();
    for party in model.parties.keys() {
        let forces = model.forces.iter_enumerated();
        let own: Vec<(ForceIndex, SiteIndex)> = forces
            .filter(|(_, force)| force.commander == party)
            .map(|(index, force)| (index, force.home))
            .collect();
        let mut sites: Vec<SiteIndex> = own.iter().map(|(_, site)| *site).collect();
        sites.sort_by_key(|site| &model.sites[*site].id);
        sites.dedup();
        let mut of_party: Vec<Garrison> = Vec::new();
        for (id, sites) in together(model, sites, &group) {
            let mut forces: Vec<ForceIndex> = own
                .iter()
                .filter(|(_, site)| sites.contains(site))
                .map(|(force, _)| *force)
                .collect();
            forces.sort_by_key(|force| &model.forces[*force].id);
            of_party.push(Garrison { party, id, sites, forces });
        }
        of_party.sort_by(|a, b| a.id.cmp(&b.id));
        all.extend(of_party);
    }
    all
}

/// Sites in sets of those that share orders, each with its name; sites come by id.
fn together(
    model: &Model,
    sites: Vec<SiteIndex>,
    group: impl Fn(SiteIndex) -> Option<String>,
) -> Vec<(String, Vec<SiteIndex>)> {
    let mut sets: Vec<(Option<String>, Vec<SiteIndex>)> = Vec::new();
    for site in sites {
        let stated = group(site);
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
    sets.into_iter().map(named).collect()
}

fn close(model: &Model, a: SiteIndex, b: SiteIndex) -> bool {
    let (a, b) = (model.sites[a].position, model.sites[b].position);
    // A degree of latitude is nowhere under 110 km.
    (a.lat() - b.lat()).abs() <= CHAIN_KM / 110.0 && distance_m(a, b) <= 1e3 * CHAIN_KM
}
