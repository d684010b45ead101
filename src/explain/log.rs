//! The events of a run by number, with what caused what.

use std::collections::BTreeMap;

use crate::engine::{Event, EventId, EventKind};
use crate::experiment::Trace;
use crate::model::{ActKind, Cause, ClauseIndex, ForceIndex, Happening, Model, PartyIndex, Policy};

/// The log of a run.
pub(super) struct Log<'a> {
    pub(super) model: &'a Model,
    pub(super) trace: &'a Trace,
    by_id: BTreeMap<EventId, &'a Event>,
}

/// Something a party did that others answer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartyAction<'a> {
    pub(super) event: &'a Event,
    pub(super) kind: ActKind,
    pub(super) by: PartyIndex,
    pub(super) force: Option<ForceIndex>,
    pub(super) against: Option<PartyIndex>,
}

impl<'a> Log<'a> {
    pub(super) fn new(model: &'a Model, trace: &'a Trace) -> Self {
        let by_id = trace.events.iter().map(|it| (it.id, it)).collect();
        Self { model, trace, by_id }
    }

    /// The events of which something holds, by day.
    pub(super) fn find(&self, wanted: impl Fn(EventKind) -> bool) -> Vec<&'a Event> {
        let all = self.trace.events.iter();
        all.filter(|it| wanted(it.kind)).collect()
    }

    /// The events of a clause of which something holds, by day.
    pub(super) fn of(
        &self,
        clause: ClauseIndex,
        wanted: impl Fn(EventKind) -> bool,
    ) -> Vec<&'a Event> {
        self.find(|kind| self.clause_of(kind) == Some(clause) && wanted(kind))
    }

    /// The events that some of these caused and of which something holds, by day.
    pub(super) fn after(
        &self,
        causes: &[&Event],
        wanted: impl Fn(EventKind) -> bool,
    ) -> Vec<&'a Event> {
        let caused = |it: &&Event| causes.iter().any(|cause| it.cause == Some(cause.id));
        self.trace.events.iter().filter(|it| wanted(it.kind)).filter(caused).collect()
    }

    /// What caused an event, what caused that, and so on.
    pub(super) fn causes(&self, event: &Event) -> Vec<&'a Event> {
        std::iter::successors(self.cause(event), |it| self.cause(it)).collect()
    }

    /// What caused an event, if anything did.
    pub(super) fn cause(&self, event: &Event) -> Option<&'a Event> {
        event.cause.and_then(|id| self.by_id.get(&id)).copied()
    }

    /// Where something that a party did comes from: by what the file says of an
    /// incident, and else by what stands in its chain of causes.
    pub(super) fn why(&self, event: &Event) -> Cause {
        let chain = self.causes(event);
        for it in std::iter::once(event).chain(chain) {
            match it.kind {
                EventKind::Incident { source, .. } if it.id == event.id => {
                    return self.model.incidents[source].cause;
                }
                EventKind::Struck { .. }
                | EventKind::FiredBack { .. }
                | EventKind::Incident { .. }
                | EventKind::Lost { .. }
                | EventKind::Reacted { .. } => return Cause::Retaliatory,
                EventKind::Outside { .. } => return Cause::Spoiling,
                // What made the clause start is not why it is broken.
                EventKind::ClauseStarted { .. } | EventKind::PhaseStarted { .. } => break,
                EventKind::OrderGiven { unit, follows_patron: false, .. }
                    if matches!(self.model.units[unit].policy, Policy::Reciprocal(_)) =>
                {
                    return Cause::Retaliatory;
                }
                _ => {}
            }
        }
        let ordered = |it: &Event| matches!(it.kind, EventKind::OrderGiven { .. });
        let by_order = self.causes(event).into_iter().any(ordered) || ordered(event);
        match event.kind {
            EventKind::Acted { .. } | EventKind::AccessDenied { .. } => Cause::Strategic,
            _ if by_order => Cause::Strategic,
            _ => Cause::Local,
        }
    }

    /// What parties did, in order.
    pub(super) fn actions(&self) -> Vec<PartyAction<'a>> {
        let model = self.model;
        let party = |force: ForceIndex| model.forces[force].commander;
        let actions = self.trace.events.iter().filter_map(|event| {
            let (kind, by, force, against) = match event.kind {
                EventKind::Acted { kind, party, force, against } => {
                    (kind, party, Some(force), against)
                }
                EventKind::Incident { source, force, .. } => {
                    let it = &model.incidents[source];
                    (it.act, it.by, Some(force), Some(it.against))
                }
                EventKind::Struck { rule, target, .. } => {
                    let by = model.rules[rule].party;
                    (ActKind::Strike, by, None, Some(party(target)))
                }
                EventKind::FiredBack { rule, target } => {
                    (ActKind::Fire, model.rules[rule].party, None, target.map(party))
                }
                EventKind::AccessDenied { monitor, by } => {
                    let against = Some(model.monitors[monitor].party);
                    (ActKind::AccessDenied, by, None, against)
                }
                EventKind::Outside { event } => match &model.outside[event].happening {
                    Happening::Act { act, by, against, .. } => (*act, *by, None, *against),
                    Happening::Convoy(it) => {
                        let by = model.forces[it.force].commander;
                        (ActKind::Reinforcement, by, Some(it.force), None)
                    }
                    Happening::Offensive { by, .. } => (ActKind::Offensive, *by, None, None),
                    _ => return None,
                },
                EventKind::Reacted { rule } => match &model.rules[rule].reaction {
                    crate::model::Reaction::Reinforce(it) => {
                        let by = model.rules[rule].party;
                        (ActKind::Reinforcement, by, Some(it.force), None)
                    }
                    crate::model::Reaction::Offensive(_) => {
                        (ActKind::Offensive, model.rules[rule].party, None, None)
                    }
                    _ => return None,
                },
                _ => return None,
            };
            Some(PartyAction { event, kind, by, force, against })
        });
        let mut actions: Vec<PartyAction<'a>> = actions.collect();
        actions.sort_by_key(|it| (it.event.day, it.event.id));
        actions
    }

    /// Whether a clause was kept in truth at the end of a day, by when it was judged last:
    /// nothing is judged any more of one that has ended.
    pub(super) fn kept_on(&self, clause: ClauseIndex, day: u32) -> bool {
        let until = self.trace.events.iter().rev().skip_while(|it| it.day > day);
        let mut judged = until.filter_map(|event| match event.kind {
            EventKind::ClauseKept { clause: c } if c == clause => Some(true),
            EventKind::ClauseBroken { clause: c } if c == clause => Some(false),
            _ => None,
        });
        judged.next() == Some(true)
    }

    /// The clause that an event is of, if it is of one.
    pub(super) fn clause_of(&self, kind: EventKind) -> Option<ClauseIndex> {
        match kind {
            EventKind::ClauseStarted { clause }
            | EventKind::DeadlinePassed { clause, .. }
            | EventKind::MilestonePassed { clause, .. }
            | EventKind::ClauseEnded { clause }
            | EventKind::TermsChanged { clause, .. }
            | EventKind::ClauseKept { clause }
            | EventKind::ClauseBroken { clause }
            | EventKind::Met { clause, .. }
            | EventKind::Unmet { clause, .. }
            | EventKind::Registered { clause, .. }
            | EventKind::HandedOver { clause, .. }
            | EventKind::StepDone { clause, .. }
            | EventKind::Reported { clause, .. }
            | EventKind::ComplaintLodged { clause, .. }
            | EventKind::Ruled { clause, .. } => Some(clause),
            EventKind::OrderGiven { unit, .. } => Some(self.model.units[unit].clause),
            EventKind::ClaimMade { claim } => Some(self.model.claims[claim].clause),
            _ => None,
        }
    }

    /// What a rule answered to: the nearest cause that is of a clause.
    pub(super) fn answered_to(&self, event: &Event) -> Option<ClauseIndex> {
        let mut chain = self.causes(event).into_iter();
        chain.find_map(|it| self.clause_of(it.kind))
    }
}
