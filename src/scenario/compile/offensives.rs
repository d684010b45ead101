//! Offensives by index, and which parts of the ways of forces are at their sites.

use super::tables::{self, Key};
use super::{Compiler, uncertain};
use crate::geo::{Route, distance_m};
use crate::model::{AT_SITE_KM, Contested, Model, Offensive, PartyIndex, SiteIndex, TiVec};
use crate::scenario::{Action, Happening, Quantity};
use crate::stats::Stream;

/// What one offensive of the file says, by an event or a rule.
pub(super) struct Written<'a> {
    pub(super) by: &'a str,
    pub(super) sites: &'a [String],
    pub(super) against: &'a [String],
    pub(super) loss_share: &'a Quantity,
}

impl Compiler<'_> {
    /// Every offensive of the file.
    fn offensives(&self) -> impl Iterator<Item = Written<'_>> {
        let events = self.scenario.events.iter().filter_map(|event| match &event.happening {
            Happening::Offensive(it) => Some(Written {
                by: &it.by,
                sites: &it.sites,
                against: &it.against,
                loss_share: &it.loss_share,
            }),
            _ => None,
        });
        let rules = self.scenario.rules.iter().filter_map(|rule| match &rule.action {
            Action::Offensive(it) => Some(Written {
                by: &rule.party,
                sites: &it.sites,
                against: &it.on_parties,
                loss_share: &it.loss_share,
            }),
            _ => None,
        });
        events.chain(rules)
    }

    /// By party: whether an offensive is against it.
    fn attacked(&self, it: &Written<'_>) -> TiVec<PartyIndex, bool> {
        let parties = self.scenario.parties.iter();
        let against = parties.map(|party| match it.against {
            [] => party.id != it.by,
            named => named.contains(&party.id),
        });
        against.collect()
    }

    /// The sites that somebody may take from a party.
    pub(super) fn contested_sites(&self, party: PartyIndex) -> Vec<SiteIndex> {
        let against = self.offensives().filter(|it| self.attacked(it)[party]);
        let sites = against.flat_map(|it| it.sites);
        let mut sites: Vec<SiteIndex> = sites.filter_map(|id| self.site(id)).collect();
        sites.sort_unstable();
        sites.dedup();
        sites
    }

    /// An offensive of the file by index; `path` is where it stands.
    pub(super) fn offensive(
        &self,
        model: &Model,
        it: &Written<'_>,
        path: [&str; 2],
    ) -> Option<Offensive> {
        let [_, id] = path;
        let streams = model.forces.iter();
        Some(Offensive {
            sites: it.sites.iter().map(|id| self.site(id)).collect::<Option<_>>()?,
            against: self.attacked(it),
            loss_share: uncertain(it.loss_share, &[path[0], id, "loss_share"]),
            losses: streams.map(|force| Stream::new("offensive", &[id, &force.id])).collect(),
        })
    }
}

/// Which parts of the ways of a force that starts at a site are at these; ways on which that
/// cannot be tabulated have none.
pub(super) fn contested(
    model: &Model,
    home: SiteIndex,
    sites: &[SiteIndex],
    ways: &[(SiteIndex, Route)],
) -> Contested {
    let at = |site: &SiteIndex| model.sites[*site].position;
    let km = |site: &SiteIndex| distance_m(at(&home), at(site)) / 1000.0;
    let stretches = |way: &Route| -> Vec<(SiteIndex, f64, f64)> {
        let reach = way.length_m() / 1000.0 + AT_SITE_KM;
        let near = sites.iter().filter(|site| km(site) <= reach);
        let of_site = |site: &SiteIndex| {
            let key = Key::default().word("stands").places(&[at(site)]);
            let beyond = |p| distance_m(p, at(site)) / 1000.0 - AT_SITE_KM;
            let table = tables::table(way, key, beyond);
            let mut metres = vec![0.0];
            metres.extend(table.iter().flat_map(|it| it.crossings(0.0)));
            metres.push(way.length_m());
            metres.sort_by(f64::total_cmp);
            let inside = |from: f64, to: f64| {
                table.as_ref().is_some_and(|it| it.km_at(0.5 * (from + to)) < 0.0)
            };
            let pairs: Vec<_> = metres.windows(2).map(|pair| (pair[0], pair[1])).collect();
            let there = pairs.into_iter().filter(move |(from, to)| to > from && inside(*from, *to));
            let site = *site;
            there.map(move |(from, to)| (site, from, to)).collect::<Vec<_>>()
        };
        near.flat_map(of_site).collect()
    };
    Contested {
        home: sites.iter().filter(|site| km(site) <= AT_SITE_KM).copied().collect(),
        ways: ways.iter().map(|(_, way)| stretches(way)).collect(),
    }
}
