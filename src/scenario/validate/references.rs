//! References: every id that a table names must be there.

use std::collections::BTreeMap;

use super::context::Context;
use super::names::Kind;
use crate::diag::{Diagnostic, Span};
use crate::scenario::{
    Action, Body, Claim, Clause, Conduct, Gate, Goods, Happening, Method, Monitor, OutsideEvent,
    Policy, Provenance, Rule, Scenario, Shape, Spans, Terms,
};

const PLACE: &[Kind] = &[Kind::Line, Kind::Area, Kind::Site];

pub(super) fn check(c: &mut Context<'_>) {
    ground(c);
    people(c);
    for agreement in &c.scenario.agreements {
        let by = Owner::new(Kind::Agreement, &agreement.id, &agreement.spans);
        by.list(c, "signatories", &agreement.signatories, &[Kind::Party]);
        for (key, gate) in [("starts", &agreement.starts), ("expires", &agreement.expires)] {
            if let Some(gate) = gate {
                by.gate(c, key, gate);
            }
        }
        by.sources(c, &agreement.provenance);
    }
    for reading in &c.scenario.readings {
        let by = Owner::new(Kind::Clause, &reading.id, &reading.spans);
        by.one(c, "reading_of", &reading.reading_of, &[Kind::Clause]);
        by.one(c, "read_by", &reading.read_by, &[Kind::Party]);
    }
    for change in &c.scenario.changes {
        let by = Owner::new(Kind::Change, &change.id, &change.spans);
        by.opt(c, "clause", change.clause.as_deref(), &[Kind::Clause]);
        by.opt(c, "agreement", change.agreement.as_deref(), &[Kind::Agreement]);
        if let Some(gate) = &change.when {
            by.gate(c, "when", gate);
        }
        by.keys(c, "consent", &change.consent, &[Kind::Party]);
        by.sources(c, &change.provenance);
    }
    for phase in &c.scenario.phases {
        let by = Owner::new(Kind::Phase, &phase.id, &phase.spans);
        by.opt(c, "agreement", phase.agreement.as_deref(), &[Kind::Agreement]);
        if let Some(gate) = &phase.starts {
            by.gate(c, "starts", gate);
        }
        by.sources(c, &phase.provenance);
    }
    for clause in &c.scenario.clauses {
        of_clause(c, clause);
    }
    for monitor in &c.scenario.monitors {
        of_monitor(c, monitor);
    }
    for body in &c.scenario.bodies {
        of_body(c, body);
    }
    for conduct in &c.scenario.conducts {
        of_conduct(c, conduct);
    }
    for claim in &c.scenario.claims {
        of_claim(c, claim);
    }
    for record in &c.scenario.records {
        let by = Owner::new(Kind::Record, &record.id, &record.spans);
        by.sources(c, &record.provenance);
    }
    conflict(c);
}

/// Accounts, incidents, liaison, ladders, rules and outside events.
fn conflict(c: &mut Context<'_>) {
    let s: &Scenario = c.scenario;
    for it in &s.accounts {
        let by = Owner::new(Kind::Account, &it.id, &it.spans);
        by.keys(c, "equipment", &it.equipment, &[Kind::WeaponClass]);
        by.sources(c, &it.provenance);
    }
    for it in &s.incidents {
        let by = Owner::new(Kind::Incident, &it.id, &it.spans);
        by.one(c, "by", &it.by, &[Kind::Party]);
        by.one(c, "against", &it.against, &[Kind::Party]);
        by.list(c, "interposed", &it.interposed, &[Kind::Party]);
        by.sources(c, &it.provenance);
    }
    for it in &s.liaisons {
        let by = Owner::new(Kind::Liaison, &it.id, &it.spans);
        by.list(c, "between", &it.between, &[Kind::Party]);
        by.sources(c, &it.provenance);
    }
    for it in &s.ladders {
        let by = Owner::new(Kind::Ladder, &it.id, &it.spans);
        by.list(c, "between", &it.between, &[Kind::Party]);
        by.sources(c, &it.provenance);
    }
    for rule in &s.rules {
        of_rule(c, rule);
    }
    for event in &s.events {
        of_event(c, event);
    }
}

fn of_rule(c: &mut Context<'_>, rule: &Rule) {
    let by = Owner::new(Kind::Rule, &rule.id, &rule.spans);
    by.one(c, "party", &rule.party, &[Kind::Party]);
    by.opt(c, "clause", rule.clause.as_deref(), &[Kind::Clause]);
    by.list(c, "by", &rule.by, &[Kind::Party]);
    by.list(c, "against", &rule.against, &[Kind::Party]);
    by.opt(c, "ladder", rule.ladder.as_deref(), &[Kind::Ladder]);
    match &rule.action {
        Action::Reinforce(it) => {
            by.one(c, "force", &it.force, &[Kind::Force]);
            by.one(c, "account", &it.account, &[Kind::Account]);
            by.keys(c, "equipment", &it.equipment, &[Kind::WeaponClass]);
        }
        Action::PullMonitors(it) => by.list(c, "monitors", &it.monitors, &[Kind::Monitor]),
        Action::Change(it) => by.list(c, "changes", &it.changes, &[Kind::Change]),
        Action::Press(it) => by.list(c, "on_parties", &it.on_parties, &[Kind::Party]),
        Action::Strike(_)
        | Action::FireBack(_)
        | Action::Complain(_)
        | Action::Denounce(_)
        | Action::StandDown(_)
        | Action::Forgive(_) => {}
    }
    by.sources(c, &rule.provenance);
}

fn of_event(c: &mut Context<'_>, event: &OutsideEvent) {
    let by = Owner::new(Kind::Event, &event.id, &event.spans);
    match &event.happening {
        Happening::Offensive(it) => {
            by.one(c, "by", &it.by, &[Kind::Party]);
            by.list(c, "sites", &it.sites, &[Kind::Site]);
            by.list(c, "against", &it.against, &[Kind::Party]);
        }
        Happening::Convoy(it) => {
            by.one(c, "force", &it.force, &[Kind::Force]);
            by.one(c, "account", &it.account, &[Kind::Account]);
            by.keys(c, "equipment", &it.equipment, &[Kind::WeaponClass]);
        }
        Happening::Act(it) => {
            by.one(c, "by", &it.by, &[Kind::Party]);
            by.opt(c, "against", it.against.as_deref(), &[Kind::Party]);
            by.opt(c, "target", it.target.as_deref(), &[Kind::Force]);
        }
        Happening::Allegation(it) => {
            by.one(c, "by", &it.by, &[Kind::Party]);
            by.one(c, "clause", &it.clause, &[Kind::Clause]);
            by.list(c, "about", &it.about, &[Kind::Party]);
        }
        Happening::Front(it) => by.one(c, "party", &it.party, &[Kind::Party]),
        Happening::Monitors(it) => by.list(c, "monitors", &it.monitors, &[Kind::Monitor]),
        Happening::FoundAt(it) => by.one(c, "force", &it.force, &[Kind::Force]),
        Happening::Position(it) => {
            by.one(c, "party", &it.party, &[Kind::Party]);
            by.list(c, "clauses", &it.clauses, &[Kind::Clause]);
        }
        Happening::Exit(it) => {
            by.one(c, "by", &it.by, &[Kind::Party]);
            by.list(c, "about", &it.about, &[Kind::Party]);
            by.opt(c, "clause", it.clause.as_deref(), &[Kind::Clause]);
            if let Some(gate) = &it.unless {
                by.gate(c, "unless", gate);
            }
            by.list(c, "changes", &it.changes, &[Kind::Change]);
        }
    }
    by.sources(c, &event.provenance);
}

fn ground(c: &mut Context<'_>) {
    let s: &Scenario = c.scenario;
    for line in &s.lines {
        let by = Owner::new(Kind::Line, &line.id, &line.spans);
        by.one(c, "positive_toward", &line.positive_toward, &[Kind::Site]);
        by.sources(c, &line.provenance);
    }
    for area in &s.areas {
        let by = Owner::new(Kind::Area, &area.id, &area.spans);
        match &area.shape {
            Shape::Polygon(_) => {}
            Shape::Buffer(it) => by.one(c, "of", &it.of, PLACE),
            Shape::Band(it) => by.one(c, "from", &it.from, &[Kind::Line]),
            Shape::Union(it) | Shape::Intersection(it) | Shape::Difference(it) => {
                by.list(c, "of", &it.of, &[Kind::Area]);
            }
        }
        by.sources(c, &area.provenance);
    }
    for site in &s.sites {
        let by = Owner::new(Kind::Site, &site.id, &site.spans);
        by.keys(c, "value", &site.value, &[Kind::Party]);
        by.sources(c, &site.provenance);
    }
    for route in &s.routes {
        let by = Owner::new(Kind::Route, &route.id, &route.spans);
        by.one(c, "from", &route.from, &[Kind::Site]);
        by.one(c, "to", &route.to, &[Kind::Site]);
        by.sources(c, &route.provenance);
    }
}

fn people(c: &mut Context<'_>) {
    let s: &Scenario = c.scenario;
    for class in &s.weapon_classes {
        let by = Owner::new(Kind::WeaponClass, &class.id, &class.spans);
        by.sources(c, &class.provenance);
    }
    for party in &s.parties {
        let by = Owner::new(Kind::Party, &party.id, &party.spans);
        by.opt(c, "patron", party.patron.as_deref(), &[Kind::Party]);
        by.sources(c, &party.provenance);
    }
    for force in &s.forces {
        let by = Owner::new(Kind::Force, &force.id, &force.spans);
        by.one(c, "flag", &force.flag, &[Kind::Party]);
        by.opt(c, "commander", force.commander.as_deref(), &[Kind::Party]);
        by.one(c, "at", &force.at, &[Kind::Site]);
        by.keys(c, "equipment", &force.equipment, &[Kind::WeaponClass]);
        by.list(c, "withdraws_to", &force.withdraws_to, &[Kind::Site]);
        by.sources(c, &force.provenance);
    }
    for it in &s.installations {
        let by = Owner::new(Kind::Installation, &it.id, &it.spans);
        by.one(c, "held_by", &it.held_by, &[Kind::Force]);
        by.sources(c, &it.provenance);
    }
    for it in &s.grounds {
        let by = Owner::new(Kind::Ground, &it.id, &it.spans);
        by.one(c, "held_by", &it.held_by, &[Kind::Force]);
        by.opt(c, "controller", it.controller.as_deref(), &[Kind::Party]);
        by.sources(c, &it.provenance);
    }
}

fn of_clause(c: &mut Context<'_>, clause: &Clause) {
    let by = Owner::new(Kind::Clause, &clause.id, &clause.spans);
    by.list(c, "binds", &clause.binds, &[Kind::Party]);
    by.list(c, "answers", &clause.answers, &[Kind::Party]);
    by.opt(c, "agreement", clause.agreement.as_deref(), &[Kind::Agreement]);
    by.opt(c, "phase", clause.phase.as_deref(), &[Kind::Phase]);
    by.list(c, "monitors", &clause.monitors, &[Kind::Monitor]);
    for verifier in &clause.verifiers {
        let of_band = Owner::new(Kind::Clause, &clause.id, &verifier.spans);
        of_band.list(c, "monitors", &verifier.monitors, &[Kind::Monitor]);
    }
    for milestone in &clause.milestones {
        by.gate(c, "milestones", &milestone.by);
    }
    for (key, gate) in
        [("starts", &clause.starts), ("deadline", &clause.deadline), ("expires", &clause.expires)]
    {
        if let Some(gate) = gate {
            by.gate(c, key, gate);
        }
    }
    match &clause.terms {
        Terms::KeepDistance(it) => {
            by.one(c, "from", &it.from, PLACE);
            by.keys(c, "from_of", &it.from_of, &[Kind::Party]);
            for (party, from) in &it.from_of {
                let span = clause.spans.inner("from_of", party);
                by.at(c, "from_of", from, span, PLACE);
            }
        }
        Terms::Leave(it) => by.one(c, "area", &it.area, &[Kind::Area]),
        Terms::Presence(it) => {
            by.opt(c, "area", it.area.as_deref(), &[Kind::Area]);
            by.opt(c, "from", it.from.as_deref(), &[Kind::Line]);
            by.list(c, "authorised", &it.authorised, &[Kind::Party]);
            by.keys(c, "deploys", &it.deploys, &[Kind::Force]);
            for (force, site) in &it.deploys {
                let span = clause.spans.inner("deploys", force);
                by.at(c, "deploys", site, span, &[Kind::Site]);
            }
        }
        Terms::Deliver(it) => {
            let items = match it.goods() {
                Goods::Ground => Kind::Ground,
                _ => Kind::Installation,
            };
            by.list(c, "items", &it.items, &[items]);
            by.keys(c, "stock", &it.stock, &[Kind::Force]);
            by.one(c, "to", &it.to, &[Kind::Party]);
            by.opt(c, "verifier", it.verifier.as_deref(), &[Kind::Party]);
        }
        Terms::Confine(it) => {
            by.list(c, "sites", &it.sites, &[Kind::Site]);
            by.opt(c, "beyond", it.beyond.as_deref(), &[Kind::Clause]);
        }
        Terms::Abstain(it) => {
            by.list(c, "against", &it.against, &[Kind::Party]);
            for licence in &it.licences {
                let of = Owner::new(Kind::Clause, &clause.id, &licence.spans);
                of.list(c, "to", &licence.to, &[Kind::Party]);
            }
        }
        Terms::Passage(it) => {
            by.one(c, "through", &it.through, &[Kind::Route, Kind::Site, Kind::Area]);
            by.list(c, "needed_by", &it.needed_by, &[Kind::Monitor]);
        }
        Terms::Posture(_) | Terms::Act(_) => {}
    }
    by.list(c, "classes", &clause.scope.classes, &[Kind::WeaponClass]);
    for exemption in &clause.exempt {
        let of = Owner::new(Kind::Clause, &clause.id, &exemption.spans);
        of.list(c, "forces", &exemption.forces, &[Kind::Force]);
        of.list(c, "parties", &exemption.parties, &[Kind::Party]);
    }
    by.sources(c, &clause.provenance);
}

fn of_monitor(c: &mut Context<'_>, monitor: &Monitor) {
    let by = Owner::new(Kind::Monitor, &monitor.id, &monitor.spans);
    by.one(c, "party", &monitor.party, &[Kind::Party]);
    by.list(c, "reports_to", &monitor.reports_to, &[Kind::Party]);
    match &monitor.method {
        Method::Post(it) => by.one(c, "at", &it.at, &[Kind::Site]),
        Method::Patrol(it) => by.one(c, "area", &it.area, &[Kind::Area]),
        Method::Overhead(it) => by.opt(c, "area", it.area.as_deref(), &[Kind::Area]),
        Method::NationalTechnicalMeans(it) => {
            by.opt(c, "area", it.area.as_deref(), &[Kind::Area]);
        }
        Method::Inspection(it) => {
            by.list(c, "sites", &it.sites, &[Kind::Site]);
            by.opt(c, "area", it.area.as_deref(), &[Kind::Area]);
        }
        Method::JointTeam(it) => {
            by.list(c, "members", &it.members, &[Kind::Party]);
            by.opt(c, "area", it.area.as_deref(), &[Kind::Area]);
            by.keys(c, "blocks", &it.blocks, &[Kind::Party]);
            by.keys(c, "leaves", &it.leaves, &[Kind::Party]);
        }
        Method::SelfReport(_) => {}
    }
    if let Some(access) = monitor.method.access() {
        by.list(c, "no_go", &access.no_go, &[Kind::Area]);
        by.list(c, "denied_by", &access.denied_by, &[Kind::Party]);
    }
    by.sources(c, &monitor.provenance);
}

fn of_body(c: &mut Context<'_>, body: &Body) {
    let by = Owner::new(Kind::Body, &body.id, &body.spans);
    by.list(c, "monitors", &body.monitors, &[Kind::Monitor]);
    by.list(c, "clauses", &body.clauses, &[Kind::Clause]);
    by.keys(c, "strategic_per_day", &body.strategic_per_day, &[Kind::Party]);
    by.sources(c, &body.provenance);
}

fn of_conduct(c: &mut Context<'_>, conduct: &Conduct) {
    let by = Owner::new(Kind::Conduct, &conduct.id, &conduct.spans);
    by.one(c, "party", &conduct.party, &[Kind::Party]);
    by.list(c, "clauses", &conduct.clauses, &[Kind::Clause]);
    by.list(c, "toward", conduct.policy.toward(), &[Kind::Party]);
    by.list(c, "counter_clauses", conduct.policy.counter_clauses(), &[Kind::Clause]);
    if let Policy::Scripted(scripted) = &conduct.policy {
        for order in &scripted.orders {
            for (index, group) in order.groups.iter().enumerate() {
                let span = order.spans.item("groups", index);
                let label = format!("`groups` of an order of {}", by.name());
                if let Some(diagnostic) = c.names.missing_group(group, span, &label) {
                    c.push(diagnostic);
                }
            }
        }
    }
    by.sources(c, &conduct.provenance);
}

fn of_claim(c: &mut Context<'_>, claim: &Claim) {
    let by = Owner::new(Kind::Claim, &claim.id, &claim.spans);
    by.one(c, "by", &claim.by, &[Kind::Party]);
    by.one(c, "clause", &claim.clause, &[Kind::Clause]);
    by.list(c, "about", &claim.about, &[Kind::Party]);
    by.sources(c, &claim.provenance);
}

/// The table that refers.
struct Owner<'s> {
    kind: Kind,
    id: &'s str,
    spans: &'s Spans,
}

impl<'s> Owner<'s> {
    fn new(kind: Kind, id: &'s str, spans: &'s Spans) -> Self {
        Self { kind, id, spans }
    }

    fn name(&self) -> String {
        format!("{} `{}`", self.kind.one(), self.id)
    }

    fn at(&self, c: &mut Context<'_>, key: &str, id: &str, span: Span, kinds: &[Kind]) {
        let label = format!("named by `{key}` of {}", self.name());
        if let Some(diagnostic) = c.names.missing(id, span, kinds, &label) {
            c.push(diagnostic);
        }
    }

    fn one(&self, c: &mut Context<'_>, key: &str, id: &str, kinds: &[Kind]) {
        self.at(c, key, id, self.spans.of(key), kinds);
    }

    fn opt(&self, c: &mut Context<'_>, key: &str, id: Option<&str>, kinds: &[Kind]) {
        if let Some(id) = id {
            self.one(c, key, id, kinds);
        }
    }

    /// Each of a list, and none of them twice.
    fn list(&self, c: &mut Context<'_>, key: &str, ids: &[String], kinds: &[Kind]) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, id) in ids.iter().enumerate() {
            let span = self.spans.item(key, index);
            self.at(c, key, id, span.clone(), kinds);
            let earlier = *first.entry(id).or_insert(index);
            if earlier < index && !id.is_empty() {
                let message = format!("`{key}` of {} names `{id}` twice", self.name());
                c.push(
                    Diagnostic::warning(span, message)
                        .label("again")
                        .related(self.spans.item(key, earlier), "first here")
                        .help("leave one of them out"),
                );
            }
        }
    }

    /// The keys of an inline table.
    fn keys<T>(&self, c: &mut Context<'_>, key: &str, table: &BTreeMap<String, T>, kinds: &[Kind]) {
        for id in table.keys() {
            self.at(c, key, id, self.spans.inner_key(key, id), kinds);
        }
    }

    fn gate(&self, c: &mut Context<'_>, key: &str, gate: &Gate) {
        match gate {
            Gate::Date(_) => {}
            Gate::After { after, spans, .. } => {
                let kinds = [Kind::Clause, Kind::Phase];
                self.at(c, key, after, spans.of("after"), &kinds);
            }
            Gate::Verified { clause, spans, .. } => {
                self.at(c, key, clause, spans.of("verified"), &[Kind::Clause]);
            }
            Gate::Done { clause, spans } => {
                self.at(c, key, clause, spans.of("done"), &[Kind::Clause]);
            }
            Gate::Deployed { monitors, spans, .. } => {
                for (index, id) in monitors.iter().enumerate() {
                    self.at(c, key, id, spans.item("deployed", index), &[Kind::Monitor]);
                }
            }
            Gate::Quiet { between, at, spans, .. } => {
                for (index, id) in between.iter().enumerate() {
                    self.at(c, key, id, spans.item("between", index), &[Kind::Party]);
                }
                for (index, id) in at.iter().enumerate() {
                    self.at(c, key, id, spans.item("at", index), &[Kind::Site]);
                }
            }
            Gate::With { with, spans } => {
                let kinds = [Kind::Clause, Kind::Phase];
                self.at(c, key, with, spans.of("with"), &kinds);
            }
            Gate::All(gates) | Gate::Any(gates) => {
                for gate in gates {
                    self.gate(c, key, gate);
                }
            }
        }
    }

    fn sources(&self, c: &mut Context<'_>, provenance: &Provenance) {
        self.opt(c, "source", provenance.source.as_deref(), &[Kind::Source]);
        for (key, source) in &provenance.sources {
            let span = self.spans.inner("sources", key);
            self.at(c, "sources", source, span, &[Kind::Source]);
        }
    }
}
