//! Incidents, liaison, ladders, and where forces stand to each other.

use std::collections::BTreeSet;

use super::tables::{self, Key};
use super::{Compiler, uncertain};
use crate::geo::{east_north_km, middle};
use crate::model::{
    self, ActKind, Calendar, ForceIndex, IncidentSource, LadderIndex, Model, PartyIndex, Plot,
    SiteIndex, TiVec,
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
                persons: it.persons.as_deref().and_then(|it| <[f64; 2]>::try_from(it).ok()),
                fade_km: number(&it.fade_km, "fade_km"),
                reach_km: number(&it.reach_km, "reach_km"),
                dispersion: it.dispersion.as_ref().map(|it| number(it, "dispersion")),
                regime_half_life_days: number(&it.regime_half_life_days, "regime_half_life_days"),
                regime: Stream::new("incident-regime", &[&it.by, &it.against]),
                per_tension: number(&it.per_tension, "per_tension"),
                per_unanswered: number(&it.per_unanswered, "per_unanswered"),
                unanswered_half_life_days: number(
                    &it.unanswered_half_life_days,
                    "unanswered_half_life_days",
                ),
                interposed: model.forces.keys().filter(stands_between).collect(),
                prevents: number(&it.prevents, "prevents"),
                area: it.area.as_ref().and_then(|id| self.looked_into(id)),
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
            // Each once, however many forces stand there.
            let homes: BTreeSet<SiteIndex> = clash.map(|it| model.forces[*it].home).collect();
            let homes = homes.iter().map(|site| &model.sites[*site].position);
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
        self.judge_openings(model);
        Some(())
    }

    /// The rate is said of the start: somebody must be within reach then.
    fn judge_openings(&mut self, model: &Model) {
        for it in &self.scenario.incidents {
            let source = model.incidents.iter().find(|source| source.id == it.id);
            let Some(source) = source.filter(|source| source.persons.is_none()) else {
                continue;
            };
            if source.forces.is_empty() || source.targets.is_empty() {
                continue;
            }
            let opening = model.opening(source);
            let [ours, theirs] = opening.persons.map(|persons| persons.round().max(1.0));
            let help = format!(
                "add persons = [{ours}, {theirs}]: so many of each within reach have `per_day`"
            );
            let span = it.spans.of("per_day");
            if opening.contact <= 0.0 {
                let message = format!(
                    "nobody of `{}` is within reach of `{}` at the start, so `per_day` of `{}` is the rate of nothing",
                    it.by, it.against, it.id
                );
                self.found.error(span, message).label("between whom?").help(help);
            } else if opening.beyond_km > 3.0 * source.fade_km.mean() {
                let message = format!(
                    "`per_day` of `{}` is the rate at the start, with {:.0} km between the nearest two and their reach",
                    it.id, opening.beyond_km
                );
                self.found
                    .warning(span, message)
                    .label("far more once they come nearer")
                    .help(help);
            }
        }
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
