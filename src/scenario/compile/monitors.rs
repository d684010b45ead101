//! Monitors and bodies by index, and what monitors reach.

use super::ground::{Ground, Reference};
use super::tables::{self, Key};
use super::{Compiler, uncertain, uncertain_or};
use crate::geo::{Area, Position, Route};
use crate::model::{
    self, Bits, BoundIndex, Calendar, ClauseIndex, Mechanism, Member, Model, MonitorIndex,
    PartyIndex, Revisit, Site, SiteIndex, Strategic, TiSlice, TiVec, Watch,
};
use crate::scenario::{Access, Deployment, Method, Monitor, Quantity};
use crate::stats::Stream;

/// Where a monitor sees.
#[derive(Debug, Clone, Default)]
pub(super) struct Reach {
    /// Within so many kilometres of one of these (of an area 0: inside); none
    /// for everywhere.
    within: Option<(Vec<Reference>, f64)>,
    /// Inside this area too.
    area: Option<Reference>,
    /// Outside these.
    no_go: Vec<Reference>,
    /// Nowhere at all.
    nowhere: bool,
}

impl Reach {
    /// Kilometres to where it sees: negative where it does.
    fn km(&self, ground: &Ground, sites: &TiSlice<SiteIndex, Site>, p: Position) -> f64 {
        let km = |reference: &Reference| ground.signed_km(*reference, sites, p);
        let mut far = f64::MIN;
        if let Some((of, radius)) = &self.within {
            let nearest = of.iter().map(km).fold(f64::MAX, f64::min);
            far = far.max(nearest - radius);
        }
        let area = self.area.iter().map(km);
        let outside = self.no_go.iter().map(|it| -km(it));
        area.chain(outside).fold(far, f64::max)
    }

    /// Everything that these kilometres depend on.
    fn key(&self, ground: &Ground, sites: &TiSlice<SiteIndex, Site>) -> Key {
        let all = |key: Key, of: &[Reference]| {
            let key = key.number(of.len() as f64);
            of.iter().fold(key, |key, it| ground.key(key, *it, sites))
        };
        let key = Key::default().word("reach");
        let key = match &self.within {
            Some((of, radius)) => all(key.number(*radius), of),
            None => key.word("everywhere"),
        };
        all(all(key, self.area.as_slice()), &self.no_go)
    }

    /// Whether it sees the start of a way, and the metres at which that changes; or else
    /// from what no distances can be tabulated.
    pub(super) fn along(
        &self,
        way: &Route,
        ground: &Ground,
        sites: &TiSlice<SiteIndex, Site>,
    ) -> Result<(bool, Vec<f64>), Reference> {
        if self.nowhere {
            return Ok((false, Vec::new()));
        }
        if self.within.is_none() && self.area.is_none() && self.no_go.is_empty() {
            return Ok((true, Vec::new()));
        }
        let along = tables::table(way, self.key(ground, sites), |p| self.km(ground, sites, p));
        let along = along.ok_or_else(|| {
            let within = self.within.iter().flat_map(|(of, _)| of);
            let all = within.chain(&self.area).chain(&self.no_go);
            all.copied().max().unwrap_or(Reference::Home)
        })?;
        Ok((along.km_at(0.0) < 0.0, along.crossings(0.0)))
    }
}

impl Compiler<'_> {
    pub(super) fn monitors(
        &mut self,
        calendar: &Calendar,
        ground: &Ground,
    ) -> Option<TiVec<MonitorIndex, model::Monitor>> {
        let scenario = self.scenario;
        let mut monitors = TiVec::new();
        for written in &scenario.monitors {
            let first = written.from.map_or(0, |date| day(calendar, date));
            monitors.push(model::Monitor {
                id: written.id.clone(),
                title: written.title.clone().unwrap_or_else(|| written.id.clone()),
                party: self.party(&written.party)?,
                method: self.method(written, calendar, ground)?,
                from: first,
                watch: self.watch(written, calendar, first)?,
                report_delay_days: number(written, &written.report_delay_days, "report_delay_days"),
                clauses: Bits::new(),
                banded: Bits::new(),
                reads: Vec::new(),
                sightings: TiVec::new(),
            });
        }
        Some(monitors)
    }

    fn method(
        &mut self,
        monitor: &Monitor,
        calendar: &Calendar,
        ground: &Ground,
    ) -> Option<model::Method> {
        let of = |quantity: &Quantity, key| number(monitor, quantity, key);
        Some(match &monitor.method {
            Method::Post(it) => model::Method::Post {
                sightings_per_day: of(&it.sightings_per_day, "sightings_per_day"),
            },
            Method::Patrol(it) => model::Method::Patrol {
                sweep_width_km: of(&it.sweep_width_km, "sweep_width_km"),
                speed_km_per_h: of(&it.speed_km_per_h, "speed_km_per_h"),
                hours_per_day: of(&it.hours_per_day, "hours_per_day"),
                area_km2: self.searched_km2(monitor, &it.area, &it.access, ground)?,
                law: it.law,
            },
            Method::Overhead(it) => model::Method::Overhead {
                revisit: match (&it.revisit_days, &it.revisits_per_day) {
                    (Some(days), _) => Revisit::Days(of(days, "revisit_days")),
                    (None, per_day) => Revisit::PerDay(uncertain_or(
                        per_day.as_ref(),
                        1.0,
                        &["monitor", &monitor.id, "revisits_per_day"],
                    )),
                },
                probability: of(&it.probability, "probability"),
            },
            Method::NationalTechnicalMeans(it) => model::Method::NationalTechnicalMeans {
                sightings_per_day: of(&it.sightings_per_day, "sightings_per_day"),
            },
            Method::Inspection(it) => model::Method::Inspection {
                interval_days: it.interval_days.max(1),
                notice_days: of(&it.notice_days, "notice_days"),
                cover_up_days: of(&it.cover_up_days, "cover_up_days"),
                sample: it.sample,
            },
            Method::JointTeam(it) => {
                let mut members = Vec::new();
                for id in &it.members {
                    let leaves = it.leaves.get(id).map(|date| day(calendar, *date));
                    members.push(Member {
                        party: self.party(id)?,
                        blocks: uncertain_or(
                            it.blocks.get(id),
                            0.0,
                            &["monitor", &monitor.id, "blocks", id],
                        ),
                        leaves,
                        draws: Stream::new("block", &[&monitor.id, id]),
                    });
                }
                model::Method::JointTeam {
                    interval_days: it.interval_days.max(1),
                    probability: of(&it.probability, "probability"),
                    members,
                }
            }
            Method::SelfReport(it) => model::Method::SelfReport {
                draws: Stream::new("self-report", &[&monitor.id]),
                interval_days: it.interval_days.max(1),
                honesty: of(&it.honesty, "honesty"),
            },
        })
    }

    /// Square kilometres of an area without its no-go areas.
    fn searched_km2(
        &mut self,
        monitor: &Monitor,
        area: &str,
        access: &Access,
        ground: &Ground,
    ) -> Option<f64> {
        let index = |id: &str| self.scenario.areas.iter().position(|it| it.id == id);
        let mut left: Area = ground.areas[index(area)?].clone();
        for id in self.no_go(access) {
            match Area::difference(&left, &ground.areas[index(id)?]) {
                Ok(rest) => left = rest,
                Err(_) => {
                    let message =
                        format!("no-go areas leave monitor `{}` nothing of `{area}`", monitor.id);
                    self.found
                        .error(monitor.spans.of("no_go"), message)
                        .label("all of its area")
                        .related(monitor.spans.of("area"), "the area it searches")
                        .help("give it a wider area, or smaller no-go areas");
                    return None;
                }
            }
        }
        Some(left.area_km2())
    }

    /// The areas a monitor may not enter: none without the mechanism.
    fn no_go<'b>(&self, access: &'b Access) -> &'b [String] {
        if self.scenario.mechanisms.at_work.has(Mechanism::Denial) { &access.no_go } else { &[] }
    }

    fn watch(&self, monitor: &Monitor, calendar: &Calendar, first: u32) -> Option<Option<Watch>> {
        let Some(written) = monitor.method.watch() else {
            return Some(None);
        };
        let of = |quantity: &Quantity, key| number(monitor, quantity, key);
        let access = monitor.method.access();
        let mut denied_by = Vec::new();
        if let Some(access) = access {
            let all = self.scenario.parties.iter().map(|party| &party.id);
            let named = access.denied_by.iter();
            let parties: Vec<&String> = match access.denied_by.is_empty() {
                true => all.collect(),
                false => named.collect(),
            };
            for id in parties {
                let draws = Stream::new("denial", &[&monitor.id, id]);
                denied_by.push((self.party(id)?, draws));
            }
        }
        Some(Some(Watch {
            shares: shares(&written.deployed, calendar, first),
            availability: of(&written.availability, "availability"),
            availability_days: written.availability_days.max(1),
            duty: Stream::new("duty", &[&monitor.id]),
            persons: of(&written.persons, "persons"),
            denial: uncertain_or(
                access.and_then(|it| it.denial.as_ref()),
                0.0,
                &["monitor", &monitor.id, "denial"],
            ),
            denied_by,
            false_alarms_per_day: of(&written.false_alarms_per_day, "false_alarms_per_day"),
            alarm: Stream::new("false-alarm", &[&monitor.id]),
            wrong_attribution: of(&written.wrong_attribution, "wrong_attribution"),
            bias_to_violating: of(&written.bias_to_violating, "bias_to_violating"),
            bias_to_keeping: of(&written.bias_to_keeping, "bias_to_keeping"),
        }))
    }

    /// Where a monitor sees.
    pub(super) fn reach(&self, monitor: &Monitor) -> Reach {
        let of = |ids: &[String]| -> Vec<Reference> {
            ids.iter().filter_map(|id| self.reference(id)).collect()
        };
        let area = |id: &Option<String>| id.as_ref().and_then(|id| self.reference(id));
        let mut reach = Reach {
            no_go: monitor.method.access().map_or_else(Vec::new, |access| of(self.no_go(access))),
            ..Reach::default()
        };
        match &monitor.method {
            Method::Post(it) => {
                reach.within = Some((of(std::slice::from_ref(&it.at)), it.radius_km));
            }
            Method::Patrol(it) => reach.area = self.reference(&it.area),
            Method::Overhead(it) => reach.area = area(&it.area),
            Method::NationalTechnicalMeans(it) => reach.area = area(&it.area),
            Method::Inspection(it) => {
                reach.area = area(&it.area);
                if !it.sites.is_empty() {
                    reach.within = Some((of(&it.sites), it.radius_km));
                }
            }
            Method::JointTeam(it) => reach.area = area(&it.area),
            Method::SelfReport(_) => reach.nowhere = true,
        }
        reach
    }

    /// What a monitor can never see.
    pub(super) fn judge_reach(&mut self, model: &Model, ground: &Ground) {
        for (index, monitor) in model.monitors.keys().zip(&self.scenario.monitors) {
            if let Method::Inspection(it) = &monitor.method {
                self.judge_sites(monitor, it, model, ground);
            }
            if matches!(monitor.method, Method::SelfReport(_)) {
                continue;
            }
            let clauses = model.clauses.iter();
            let mut bound = clauses
                .filter(|clause| clause.monitors.contains(&index))
                .flat_map(|clause| &clause.bound)
                .map(|bound| &model.forces[bound.force])
                .filter(|force| !force.routes.is_empty())
                .peekable();
            if bound.peek().is_none() {
                continue;
            }
            let mut routes = bound.flat_map(|force| &force.routes);
            if routes.any(|route| route.sight.reaches(index)) {
                continue;
            }
            let key = match &monitor.method {
                Method::Post(_) => "radius_km",
                Method::Inspection(it) if !it.sites.is_empty() => "sites",
                _ if monitor.spans.has("area") => "area",
                _ => "no_go",
            };
            self.found
                .warning(
                    monitor.spans.of(key),
                    format!("monitor `{}` reaches no force that it is to watch", monitor.id),
                )
                .label("no way of a force that its clauses bind comes there")
                .help(
                    "it never sees anything: move it, widen its reach, or name it in other clauses",
                );
        }
    }

    /// Sites that an inspection may not enter.
    fn judge_sites(
        &mut self,
        monitor: &Monitor,
        it: &crate::scenario::Inspection,
        model: &Model,
        ground: &Ground,
    ) {
        for (at, id) in it.sites.iter().enumerate() {
            let Some(site) = self.site(id).map(|site| model.sites[site].position) else {
                continue;
            };
            let inside = |area: &String| {
                self.reference(area)
                    .is_some_and(|area| ground.signed_km(area, &model.sites, site) < 0.0)
            };
            let (key, barred) = match &it.area {
                Some(area) if !inside(area) => ("area", area.clone()),
                _ => match self.no_go(&it.access).iter().find(|area| inside(area)) {
                    Some(area) => ("no_go", area.clone()),
                    None => continue,
                },
            };
            let message = match key {
                "area" => format!("`{}` is to inspect `{id}`, outside its area", monitor.id),
                _ => format!("`{}` is to inspect `{id}`, where it may not go", monitor.id),
            };
            self.found
                .error(monitor.spans.item("sites", at), message)
                .label(format!("not to be reached: see `{barred}`"))
                .related(monitor.spans.of(key), "the bounds of this monitor")
                .help("leave the site out, or change the areas");
        }
    }

    /// Who refuses access, and the bodies.
    pub(super) fn bodies(&mut self, model: &mut Model) -> Option<()> {
        for index in model.monitors.keys() {
            // Only those refuse who have forces to look at.
            let bound = model.forces.iter().filter(|it| !it.obligations.is_empty());
            let commanders: Vec<PartyIndex> = bound.map(|it| it.commander).collect();
            if let Some(watch) = &mut model.monitors[index].watch {
                watch.denied_by.retain(|(party, _)| commanders.contains(party));
            }
        }
        for written in &self.scenario.bodies {
            let hears: TiVec<_, bool> =
                model.clauses.iter().map(|it| written.hears(&it.id)).collect();
            let mut strategic = Vec::new();
            for (id, per_day) in &written.strategic_per_day {
                let party = self.party(id)?;
                let mut targets = Vec::new();
                for (index, clause) in model.clauses.iter_enumerated() {
                    let bound = clause.bound.iter_enumerated().filter(|(_, bound)| {
                        hears[index] && model.forces[bound.force].commander != party
                    });
                    targets.extend(bound.map(|(at, _)| (index, at)));
                }
                // They are drawn by their order.
                targets.sort_by_key(|(clause, at): &(ClauseIndex, BoundIndex)| {
                    let force = model.clauses[*clause].bound[*at].force;
                    (&model.clauses[*clause].id, &model.forces[force].id)
                });
                strategic.push(Strategic {
                    party,
                    per_day: uncertain(per_day, &["body", &written.id, "strategic_per_day", id]),
                    draws: Stream::new("strategic-complaint", &[&written.id, id]),
                    targets,
                });
            }
            let monitors: Option<Vec<MonitorIndex>> = written
                .monitors
                .iter()
                .map(|id| model.monitors.position(|it| it.id == *id))
                .collect();
            model.bodies.push(model::Body {
                id: written.id.clone(),
                title: written.title.clone().unwrap_or_else(|| written.id.clone()),
                monitors: monitors?,
                hears,
                ruling_days: written.ruling_days,
                evidence_days: written.evidence_days,
                upheld_from: written.upheld_from,
                strategic,
            });
        }
        Some(())
    }
}

fn number(monitor: &Monitor, quantity: &Quantity, key: &str) -> model::Uncertain {
    uncertain(quantity, &["monitor", &monitor.id, key])
}

fn day(calendar: &Calendar, date: time::Date) -> u32 {
    calendar.day(date).max(0) as u32
}

/// The share that is there from each day on: none before the first day.
fn shares(deployed: &[Deployment], calendar: &Calendar, first: u32) -> Vec<(u32, f64)> {
    if deployed.is_empty() {
        return vec![(first, 1.0)];
    }
    let mut periods: Vec<(u32, Option<u32>, f64)> = deployed
        .iter()
        .filter(|it| it.to.is_none_or(|to| calendar.day(to) >= i64::from(first)))
        .map(|period| {
            let from = period.from.map_or(0, |date| day(calendar, date)).max(first);
            (from, period.to.map(|to| day(calendar, to) + 1), period.share)
        })
        .collect();
    periods.sort_by_key(|(from, ..)| *from);
    let mut shares: Vec<(u32, f64)> = Vec::new();
    for (from, to, share) in periods {
        // A period that follows at once takes the place of the end before it.
        if shares.last().is_some_and(|(day, _)| *day == from) {
            shares.pop();
        }
        shares.push((from, share));
        shares.extend(to.map(|to| (to, 0.0)));
    }
    shares
}
