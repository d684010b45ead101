//! Forces, their ways out, and the distances along them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ground::{Ground, Reference};
use super::monitors::Reach;
use super::offensives;
use super::tables::{self, Key};
use super::{Compiler, rows, uncertain};
use crate::diag::Diagnostic;
use crate::geo::{DistanceTable, Position, Route, WayDistance, distance_m};
use crate::model::{
    Banded, BandedIndex, BandedKind, Bands, Bits, ClauseIndex, Duty, Force, ForceIndex, ForceRoute,
    FormationIndex, GarrisonIndex, Holding, Mechanism, Model, MonitorIndex, Obligation, PartyIndex,
    RouteIndex, Sight, SiteIndex, TiVec, UnitIndex, ti_vec,
};
use crate::scenario::{Clause, Method, Side, Terms};
use crate::threads;

/// What is measured along routes: by clause and by monitor.
struct Measured {
    clauses: TiVec<ClauseIndex, Option<Reference>>,
    /// By clause: what parties measure from instead.
    own: TiVec<ClauseIndex, Vec<(PartyIndex, Reference)>>,
    monitors: TiVec<MonitorIndex, Reach>,
    /// Lines with bands, in the order of the model's.
    banded: TiVec<BandedIndex, Reference>,
}

impl Measured {
    /// What a clause measures a force from that stood at a site, by the force's
    /// commander.
    fn of(&self, clause: ClauseIndex, commander: PartyIndex, home: SiteIndex) -> Option<Reference> {
        let own = self.own[clause].iter().find(|(it, _)| *it == commander);
        let reference = own.map(|(_, reference)| *reference);
        match reference.or(self.clauses[clause])? {
            Reference::Home => Some(Reference::Near(home)),
            reference => Some(reference),
        }
    }
}

impl Compiler<'_> {
    /// The forces, without their ways.
    pub(super) fn forces(&mut self, model: &mut Model) -> Option<()> {
        for (index, force) in rows(&self.scenario.forces).iter_enumerated() {
            let path = |key| ["force", &force.id, key];
            let mut equipment = TiVec::new();
            for (class, number) in &force.equipment {
                let at = model.classes.position(|it| it.id == *class)?;
                equipment.push(Holding {
                    class: at,
                    number: uncertain(number, &["force", &force.id, "equipment", class]),
                });
            }
            let obligations = model.clauses.iter_enumerated().flat_map(|(clause, owed)| {
                owed.bound.iter_enumerated().filter(move |(_, bound)| bound.force == index).map(
                    move |(at, bound)| Obligation {
                        clause,
                        unit: UnitIndex::NONE,
                        duty: bound.duty,
                        at,
                        of: owed.reading_of.map_or(clause, |(of, _)| of),
                        carried: true,
                    },
                )
            });
            let commander = self.party(force.commander.as_ref().unwrap_or(&force.flag))?;
            let mut obligations: TiVec<_, Obligation> = obligations.collect();
            for obligation in &mut obligations {
                obligation.carried = carried(model, obligation, commander);
            }
            model.forces.push(Force {
                id: force.id.clone(),
                title: force.title.clone().unwrap_or_else(|| force.id.clone()),
                flag: self.party(&force.flag)?,
                garrison: GarrisonIndex::NONE,
                formation: FormationIndex::NONE,
                commander,
                home: self.site(&force.at)?,
                strength: uncertain(&force.strength, &path("strength")),
                equipment,
                mobility_km_per_day: uncertain(
                    &force.mobility_km_per_day,
                    &path("mobility_km_per_day"),
                ),
                signature: uncertain(&force.signature, &path("signature")),
                routes: TiVec::new(),
                home_bands: TiVec::new(),
                contested: Default::default(),
                obligations,
                touched: Default::default(),
                looked_for_by: Bits::new(),
                searched: Vec::new(),
                rank: 0,
            });
        }
        Some(())
    }

    /// Where forces can go, with distances along each way.
    pub(super) fn ways_of_forces(&mut self, model: &mut Model, ground: &mut Ground) -> Option<()> {
        let measured = self.measured(model, ground)?;
        let ground = &*ground;
        let ways: TiVec<ForceIndex, Vec<(SiteIndex, Route)>> = model
            .forces
            .keys()
            .map(|index| self.ways(model, ground, &measured, index))
            .collect::<Option<_>>()?;
        let contested: TiVec<PartyIndex, Vec<SiteIndex>> =
            model.parties.keys().map(|party| self.contested_sites(party)).collect();
        let of = |(index, ways): (ForceIndex, &Vec<(SiteIndex, Route)>)| {
            let force = &model.forces[index];
            let sites = &contested[force.commander];
            offensives::contested(model, force.home, sites, ways)
        };
        let contested: TiVec<ForceIndex, _> =
            threads::map(ways.iter_enumerated(), of).into_iter().collect();
        let staying: TiVec<_, Bits<ClauseIndex>> =
            model.forces.keys().map(|index| self.deployed_at_home(model, index)).collect();
        // Tables are the slow part of compiling, and independent of each other.
        let of = |(index, ways): (ForceIndex, &Vec<(SiteIndex, Route)>)| {
            let of_way = |way| tabulate(model, ground, &measured, (index, &staying[index]), way);
            ways.iter().map(of_way).collect::<Result<TiVec<_, _>, _>>()
        };
        let tabulated: Result<TiVec<ForceIndex, TiVec<RouteIndex, ForceRoute>>, _> =
            threads::map(ways.iter_enumerated(), of).into_iter().collect();
        let Ok(routes) = tabulated else {
            // Whichever thread came upon it first, the first in the file is named.
            let reference = ways.iter_enumerated().find_map(|it| of(it).err())?;
            self.tangled(ground, reference);
            return None;
        };
        for (index, (routes, contested)) in routes.into_iter().zip(contested).enumerate() {
            let index = ForceIndex::from(index);
            model.forces[index].routes = routes;
            model.forces[index].contested = contested;
            let home = model.sites[model.forces[index].home].position;
            let banded = measured.banded.iter().zip(&model.banded);
            let home_bands = banded.map(|(line, banded)| {
                let km = ground.signed_km(*line, &model.sites, home);
                banded.edges_km.iter().filter(|edge| km >= **edge).count() as u8
            });
            model.forces[index].home_bands = home_bands.collect();
            self.judge_ways(model, index);
        }
        for clause in model.clauses.keys() {
            for at in 0..model.clauses[clause].unbound.len() {
                let force = &model.forces[model.clauses[clause].unbound[at].force];
                let (home, commander) = (force.home, force.commander);
                if let Some(reference) = measured.of(clause, commander, home) {
                    let place = model.sites[home].position;
                    let km = ground.signed_km(reference, &model.sites, place);
                    model.clauses[clause].unbound[at].home_km = km;
                }
            }
        }
        Some(())
    }

    /// Lines with bands, then areas that are measured or in which acts are looked for.
    pub(super) fn banded(&self) -> impl Iterator<Item = (Reference, Banded)> {
        let scenario = self.scenario;
        let lines = scenario.lines.iter().enumerate().filter(|(_, it)| !it.bands_km.is_empty());
        let lines = lines.map(|(at, it)| {
            let edges_km = it.bands_km.clone();
            (Reference::Line(at), Banded { id: it.id.clone(), edges_km, is: BandedKind::Line })
        });
        let named = |id: &String| {
            let of_clauses = scenario.clauses.iter().any(|clause| match &clause.terms {
                Terms::Abstain(it) => it.area.as_ref() == Some(id),
                _ => false,
            });
            of_clauses || scenario.incidents.iter().any(|it| it.area.as_ref() == Some(id))
        };
        let areas = scenario.areas.iter().enumerate();
        let areas = areas.filter(move |(_, it)| it.measured || named(&it.id));
        lines.chain(areas.map(|(at, it)| (Reference::Area(at), Banded::area(&it.id, it.measured))))
    }

    /// The number of an area among those that are looked into.
    pub(super) fn looked_into(&self, id: &str) -> Option<BandedIndex> {
        let areas = |it: &Banded| it.is != BandedKind::Line && it.id == id;
        self.banded().position(|(_, it)| areas(&it)).map(BandedIndex::from)
    }

    fn measured(&mut self, model: &Model, ground: &mut Ground) -> Option<Measured> {
        let scenario = self.scenario;
        let clauses = scenario.clauses.iter();
        let clauses = clauses.map(|clause| self.measured_from(ground, &model.sites, clause));
        let clauses = clauses.collect::<Option<_>>()?;
        let own = scenario.clauses.iter().map(|clause| match &clause.terms {
            Terms::KeepDistance(it) => it
                .from_of
                .iter()
                .map(|(party, from)| Some((self.party(party)?, self.on_side(from, it.side)?)))
                .collect(),
            _ => Some(Vec::new()),
        });
        Some(Measured {
            own: own.collect::<Option<_>>()?,
            clauses,
            monitors: scenario.monitors.iter().map(|it| self.reach(it)).collect(),
            banded: self.banded().map(|(reference, _)| reference).collect(),
        })
    }

    /// A line, an area or a site; of a line, the side that counts.
    pub(super) fn on_side(&self, id: &str, side: Side) -> Option<Reference> {
        Some(match (self.reference(id)?, side) {
            (Reference::Line(index), Side::Negative) => Reference::OtherSide(index),
            (reference, _) => reference,
        })
    }

    /// The ways a force may take: to each fall-back site, then to each site it
    /// is to deploy to. Without a list, to the nearest site that meets each
    /// clause in full.
    fn ways(
        &mut self,
        model: &Model,
        ground: &Ground,
        measured: &Measured,
        index: ForceIndex,
    ) -> Option<Vec<(SiteIndex, Route)>> {
        let force = &model.forces[index];
        let scenario = self.scenario;
        let written = &rows(&scenario.forces)[index];
        // Who only hands over stands where it stands, unless somebody comes to look:
        // an inspection comes to a place on a way.
        let placed = force.obligations.iter().any(|it| it.duty != Duty::Deliver);
        let inspected = || {
            let clauses = force.obligations.iter().map(|it| &model.clauses[it.clause]);
            clauses.flat_map(|it| &it.monitors).any(|monitor| {
                matches!(rows(&self.scenario.monitors)[*monitor].method, Method::Inspection(_))
            })
        };
        let contested = self.contested_sites(force.commander);
        let attacked = offensives::contested(model, force.home, &contested, &[]);
        if !placed && !inspected() && attacked.is_empty() {
            return Some(Vec::new());
        }
        let mut to: Vec<SiteIndex> = Vec::new();
        for id in &written.withdraws_to {
            to.push(self.site(id)?);
        }
        let thins_out = |it: &Obligation| {
            let terms = &model.clauses[it.clause].terms;
            it.duty == Duty::Authorised && (terms.cap.is_some() || terms.cap_posts.is_some())
        };
        let stays_out = || {
            force
                .obligations
                .iter()
                .filter(|it| matches!(it.duty, Duty::StayOut | Duty::StayIn) && it.carried)
        };
        let serves = |obligation: &Obligation, site: SiteIndex| {
            let reference = measured.of(obligation.clause, force.commander, force.home);
            let wanted = model.clauses[obligation.clause].terms.target_km;
            let site = model.sites[site].position;
            reference.is_some_and(|it| ground.signed_km(it, &model.sites, site) >= wanted)
        };
        if to.is_empty() {
            let sites = by_distance(model, force.home);
            for obligation in stays_out() {
                // A site that serves no clause still gives the force a place to
                // stand on a way; that it never gets there is warned of below.
                let nearest = sites.iter().find(|site| serves(obligation, **site));
                to.extend(nearest.or(sites.first()));
            }
            // In excess of several caps it leaves all of their areas.
            let leaves = || stays_out().chain(force.obligations.iter().filter(|it| thins_out(it)));
            if force.obligations.iter().any(thins_out) {
                let nearest = sites.iter().find(|site| leaves().all(|it| serves(it, **site)));
                to.extend(nearest);
            }
        }
        for obligation in &force.obligations {
            if let Terms::Confine(it) = &rows(&self.scenario.clauses)[obligation.clause].terms {
                let home = model.sites[force.home].position;
                let sites = it.sites.iter().filter_map(|id| self.site(id));
                to.extend(sites.min_by(|a, b| {
                    let far = |site: &SiteIndex| distance_m(home, model.sites[*site].position);
                    far(a).total_cmp(&far(b))
                }));
            }
        }
        for clause in &self.scenario.clauses {
            if let Terms::Presence(it) = &clause.terms
                && let Some(site) = it.deploys.get(&written.id)
            {
                let site = self.site(site)?;
                to.extend(Some(site).filter(|it| *it != force.home));
            }
        }
        if to.is_empty() && !attacked.is_empty() {
            // Driven out, it goes to the nearest site that nobody takes from it.
            let mut sites = by_distance(model, force.home).into_iter();
            to.extend(sites.find(|site| !contested.contains(site)));
        }
        if to.is_empty() {
            // Authorised, or deployed, where it stands: any other site makes a way.
            to.extend(model.sites.keys().find(|site| *site != force.home));
        }
        let mut ways: Vec<(SiteIndex, Route)> = Vec::new();
        for site in to {
            if site != force.home
                && !ways.iter().any(|(to, _)| *to == site)
                && let Some(route) = self.route(model, force.home, site)
            {
                ways.push((site, route));
            }
        }
        if ways.is_empty() && placed {
            self.found
                .error(
                    written.spans.header(),
                    format!(
                        "`{}` is bound by a clause of place, but has nowhere to go",
                        written.id
                    ),
                )
                .help("add a [[site]] beyond the line and name it: withdraws_to = [\"site\"]");
        }
        Some(ways)
    }

    /// Reports a line or an area whose distances cannot be tabulated.
    fn tangled(&mut self, ground: &Ground, reference: Reference) {
        let (spans, id) = match reference {
            Reference::Line(at) | Reference::OtherSide(at) => {
                let line = &self.scenario.lines[at];
                (Some(&line.spans), line.id.as_str())
            }
            Reference::Band(at) => {
                return self.tangled(ground, Reference::Line(ground.bands[at].0));
            }
            Reference::Area(at) => match self.scenario.areas.get(at) {
                Some(area) => (Some(&area.spans), area.id.as_str()),
                None => (None, "a passage"),
            },
            _ => (None, "a site"),
        };
        let message = format!("distances from `{id}` jump at every step along a way of a force");
        let diagnostic = match spans {
            Some(spans) => Diagnostic::error(spans.header(), message).label("too tangled"),
            None => Diagnostic::whole_file(message),
        };
        self.found.push(diagnostic.help(
            "put its points in order, and leave out those that go back over what is drawn already",
        ));
    }

    /// The clauses that deploy a force to the site where it stands.
    fn deployed_at_home(&self, model: &Model, index: ForceIndex) -> Bits<ClauseIndex> {
        let id = &rows(&self.scenario.forces)[index].id;
        let home = &model.sites[model.forces[index].home].id;
        let clauses = model.clauses.keys().zip(&self.scenario.clauses);
        let stays = |clause: &Clause| matches!(&clause.terms, Terms::Presence(it) if it.deploys.get(id) == Some(home));
        clauses.filter(|(_, clause)| stays(clause)).map(|(at, _)| at).collect()
    }

    /// The road between two sites if the file gives one, or else the geodesic.
    fn route(&self, model: &Model, from: SiteIndex, to: SiteIndex) -> Option<Route> {
        let (a, b) = (&model.sites[from], &model.sites[to]);
        let mut points = vec![a.position];
        for route in &self.scenario.routes {
            let via = route.via.iter().filter_map(|p| Position::new(p.lat, p.lon).ok());
            if route.from == a.id && route.to == b.id {
                points.extend(via);
                break;
            } else if route.from == b.id && route.to == a.id {
                points.extend(via.rev());
                break;
            }
        }
        points.push(b.position);
        Route::new(points).ok()
    }

    /// Warns of a clause that a force can never keep.
    fn judge_ways(&mut self, model: &Model, index: ForceIndex) {
        let force = &model.forces[index];
        let scenario = self.scenario;
        let written = &rows(&scenario.forces)[index];
        for obligation in &force.obligations {
            let placed = obligation.carried
                && matches!(obligation.duty, Duty::StayOut | Duty::Deploy | Duty::StayIn);
            let reaches =
                force.routes.iter().any(|route| route.halt_m[obligation.clause].is_some());
            if placed && !reaches && !force.routes.is_empty() {
                let clause = &model.clauses[obligation.clause].id;
                let key = if written.spans.has("withdraws_to") { "withdraws_to" } else { "at" };
                self.found
                    .warning(
                        written.spans.of(key),
                        format!("no way of `{}` ever meets `{clause}` in full", written.id),
                    )
                    .label("leads to no such place")
                    .help("name a site that meets it in withdraws_to");
            }
        }
    }
}

/// Every other site, the nearest first.
fn by_distance(model: &Model, home: SiteIndex) -> Vec<SiteIndex> {
    let from = model.sites[home].position;
    let sites = model.sites.iter_enumerated();
    let mut all: Vec<(f64, SiteIndex)> = sites
        .filter(|(site, _)| *site != home)
        .map(|(site, it)| (distance_m(from, it.position), site))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, site)| site).collect()
}

/// Whether a force of a commander carries a clause out in this reading of it.
fn carried(model: &Model, obligation: &Obligation, commander: PartyIndex) -> bool {
    let read = model.mechanisms.has(Mechanism::Readings);
    let mut readings = model.clauses[obligation.of].readings.iter();
    let own = readings.find(|(party, _)| read && *party == commander);
    obligation.clause == own.map_or(obligation.of, |(_, reading)| *reading)
}

fn tabulate(
    model: &Model,
    ground: &Ground,
    measured: &Measured,
    (index, stays): (ForceIndex, &Bits<ClauseIndex>),
    (to, way): &(SiteIndex, Route),
) -> Result<ForceRoute, Reference> {
    let force = &model.forces[index];
    let mut tables: BTreeMap<Reference, Arc<DistanceTable>> = BTreeMap::new();
    let mut table = |reference: Reference| {
        if let Some(known) = tables.get(&reference) {
            return Ok(known.clone());
        }
        let key = ground.key(Key::default(), reference, &model.sites);
        let km = |p| ground.signed_km(reference, &model.sites, p);
        let made = tables::table(way, key, km).ok_or(reference)?;
        Ok(tables.entry(reference).or_insert(made).clone())
    };
    let mut along_way = |reference: Reference| match reference {
        Reference::Band(index) => {
            let (line, from_km, to_km) = ground.bands[index];
            table(Reference::Line(line)).map(|it| WayDistance::of_band(it, from_km, to_km))
        }
        reference => table(reference).map(WayDistance::of),
    };
    let mut clause_km = ti_vec![None; model.clauses.len()];
    let mut halt_m = ti_vec![None; model.clauses.len()];
    let mut halts_in_full = Bits::new();
    for obligation in &force.obligations {
        let Some(reference) = measured.of(obligation.clause, force.commander, force.home) else {
            continue;
        };
        let along = along_way(reference)?;
        let wanted = model.clauses[obligation.clause].terms.target_km;
        halt_m[obligation.clause] = match obligation.duty {
            Duty::Deploy if stays.contains(obligation.clause) => {
                (along.km_at(0.0) < 0.0).then_some(0.0)
            }
            Duty::Deploy => (along.km_at(along.length_m()) < 0.0).then(|| along.length_m()),
            Duty::Open => None,
            _ => {
                let margin = model.clauses[obligation.clause].halt_margin_km();
                along.halt(0.0, wanted, margin)
            }
        };
        let full = halt_m[obligation.clause].is_some_and(|metre| match obligation.duty {
            Duty::Deploy => along.km_at(metre) < 0.0,
            _ => along.km_at(metre) >= wanted,
        });
        halts_in_full.set(obligation.clause, full);
        clause_km[obligation.clause] = Some(along);
    }
    for (clause, it) in model.clauses.iter_enumerated() {
        if it.unbound.iter().any(|it| it.force == index) {
            clause_km[clause] =
                measured.of(clause, force.commander, force.home).map(&mut along_way).transpose()?;
        }
    }
    let reaches = measured.monitors.iter_enumerated();
    let seen = reaches.map(|(monitor, reach)| {
        let along = reach.along(way, ground, &model.sites)?;
        Ok((monitor, along))
    });
    let sight = Sight::new(seen.collect::<Result<Vec<_>, _>>()?.into_iter());
    let banded = measured.banded.iter().zip(&model.banded);
    let bands = banded
        .map(|(line, it)| Ok(Bands::new(&*table(*line)?, &it.edges_km)))
        .collect::<Result<_, _>>()?;
    Ok(ForceRoute {
        to: *to,
        length_m: way.length_m(),
        clause_km,
        halt_m,
        halts_in_full,
        sight,
        bands,
        path: Arc::new(way.clone()),
    })
}
