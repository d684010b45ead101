//! Incidents, liaison, ladders, and where forces stand to each other.

use super::tables::{self, Key};
use super::{Compiler, uncertain};
use crate::geo::{east_north_km, middle};
use crate::model::{
    self, ActKind, Calendar, ForceIndex, IncidentSource, LadderIndex, Model, PartyIndex, Plot,
    TiVec,
};
use crate::stats::Stream;

impl Compiler<'_> {
    pub(super) fn incidents(&mut self, model: &mut Model) -> Option<()> {
        for it in &self.scenario.incidents {
            let (by, against) = (self.party(&it.by)?, self.party(&it.against)?);
            let of = |party: PartyIndex| -> Vec<ForceIndex> {
                let forces = model.forces.keys();
                forces.filter(|force| model.forces[*force].commander == party).collect()
            };
            let interposed = self.party_flags(&it.interposed);
            let stands_between = |force: &ForceIndex| interposed[model.forces[*force].commander];
            let between = |ladder: &LadderIndex| {
                let [a, b] = model.ladders[*ladder].between;
                (a, b) == (by, against) || (b, a) == (by, against)
            };
            let number = |quantity, key| uncertain(quantity, &["incident", &it.id, key]);
            let draws = |what: &str, forces: &[ForceIndex]| -> Vec<Stream> {
                let ids = forces.iter().map(|force| &*model.forces[*force].id);
                ids.map(|id| Stream::new(what, &[&it.id, id])).collect()
            };
            let (forces, targets) = (of(by), of(against));
            model.incidents.push(IncidentSource {
                id: it.id.clone(),
                title: it.title.clone().unwrap_or_else(|| it.id.clone()),
                by,
                against,
                cause: it.cause,
                act: it.act,
                per_day: number(&it.per_day, "per_day"),
                fade_km: number(&it.fade_km, "fade_km"),
                reach_km: number(&it.reach_km, "reach_km"),
                per_tension: number(&it.per_tension, "per_tension"),
                per_unanswered: number(&it.per_unanswered, "per_unanswered"),
                unanswered_half_life_days: number(
                    &it.unanswered_half_life_days,
                    "unanswered_half_life_days",
                ),
                interposed: model.forces.keys().filter(stands_between).collect(),
                prevents: number(&it.prevents, "prevents"),
                loss_share: number(&it.loss_share, "loss_share"),
                doers: draws("incident-by", &forces),
                sufferers: draws("incident-against", &targets),
                forces,
                targets,
                ladders: model.ladders.keys().filter(between).collect(),
                stream: Stream::new("incident", &[&it.id]),
            });
        }
        // What falls on one day falls in the order of the ids.
        model.incidents.sort_by(|a, b| a.id.cmp(&b.id));
        if !model.incidents.is_empty() {
            // Of the homes of those who clash, so that nobody else's place matters.
            let sources = model.incidents.iter();
            let clash = sources.flat_map(|it| it.forces.iter().chain(&it.targets));
            let homes = clash.map(|force| &model.sites[model.forces[*force].home].position);
            let first = model.sites.first().map(|site| site.position);
            let centre = middle(homes).or(first)?;
            let plot = |force: &model::Force| {
                let along = |way: &model::ForceRoute| {
                    let of = |axis: usize| {
                        let key = Key::default().word("plot").places(&[centre]);
                        let key = key.number(axis as f64);
                        tables::table(&way.path, key, |p| east_north_km(centre, p)[axis])
                    };
                    Some([of(0)?, of(1)?])
                };
                Some(Plot {
                    home: east_north_km(centre, model.sites[force.home].position),
                    ways: force.routes.iter().map(along).collect::<Option<_>>()?,
                })
            };
            let plots = crate::threads::map(&model.forces, plot);
            model.plots = plots.into_iter().collect::<Option<_>>()?;
        }
        Some(())
    }

    pub(super) fn liaisons(&mut self, calendar: &Calendar) -> Option<Vec<model::Liaison>> {
        let liaisons = self.scenario.liaisons.iter().map(|written| {
            let [a, b] = written.between.as_slice() else {
                return None;
            };
            let day = |date| calendar.day(date).clamp(0, i64::from(u32::MAX)) as u32;
            Some(model::Liaison {
                id: written.id.clone(),
                between: [self.party(a)?, self.party(b)?],
                settles: uncertain(&written.settles, &["liaison", &written.id, "settles"]),
                open: (written.from.map_or(0, day), written.until.map_or(u32::MAX, day)),
            })
        });
        liaisons.collect()
    }

    pub(super) fn ladders(&mut self) -> Option<TiVec<LadderIndex, model::Ladder>> {
        let ladders = self.scenario.ladders.iter().map(|written| {
            let [a, b] = written.between.as_slice() else {
                return None;
            };
            let severity = written.severity.iter().filter_map(|(word, quantity)| {
                let act = ActKind::ALL.iter().find(|(known, _)| known == word)?.1;
                let path = ["ladder", &written.id, "severity", word];
                Some((act, uncertain(quantity, &path)))
            });
            let rungs = written.rungs.iter().map(|rung| model::Rung {
                id: rung.id.clone(),
                up: rung.up,
                down: rung.down,
                incident_factor: rung.incident_factor,
            });
            Some(model::Ladder {
                id: written.id.clone(),
                title: written.title.clone().unwrap_or_else(|| written.id.clone()),
                between: [self.party(a)?, self.party(b)?],
                severity: severity.collect(),
                tension: uncertain(&written.tension, &["ladder", &written.id, "tension"]),
                half_life_days: written.half_life_days.as_ref().map(|quantity| {
                    uncertain(quantity, &["ladder", &written.id, "half_life_days"])
                }),
                quiet_days: written.quiet_days,
                rungs: rungs.collect(),
            })
        });
        ladders.collect()
    }
}
