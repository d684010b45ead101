//! Which clauses touch whom, and which are of which kind, as sets; the order of
//! forces and clauses by id.

use crate::model::{
    Bits, Clause, ClauseIndex, Condition, Duty, Force, Limit, Method, Model, Searched, TiVec,
    Touched,
};

/// Sets them for every force, monitor and kind.
pub(super) fn set(model: &mut Model) {
    for (rank, at) in by_id(model.forces.iter_enumerated().map(|(at, it)| (&*it.id, at))) {
        model.forces[at].rank = rank;
    }
    for (rank, at) in by_id(model.clauses.iter_enumerated().map(|(at, it)| (&*it.id, at))) {
        model.clauses[at].rank = rank;
    }
    for force in &mut model.forces {
        let those = |wanted: fn(Duty) -> bool| {
            let obligations = force.obligations.iter();
            obligations.filter(|owed| wanted(owed.duty)).map(|owed| owed.clause).collect()
        };
        force.touched = Touched {
            bound: those(|_| true),
            seen: those(|duty| duty != Duty::Deliver),
            answers: those(|duty| duty != Duty::Authorised),
            written: force
                .obligations
                .iter()
                .filter(|it| it.clause == it.of)
                .map(|owed| owed.clause)
                .collect(),
            unbound: Bits::new(),
        };
    }
    for (index, monitor) in model.monitors.iter_enumerated() {
        model.parties[monitor.party].monitors.insert(index);
        model.watch_days.push(monitor.from);
        let shares = monitor.watch.iter().flat_map(|it| &it.shares);
        model.watch_days.extend(shares.map(|(from, _)| *from));
        if let Method::JointTeam { members, .. } = &monitor.method {
            model.watch_days.extend(members.iter().filter_map(|member| member.leaves));
        }
    }
    model.watch_days.sort_unstable();
    model.watch_days.dedup();
    for condition in &model.conditions {
        if let Condition::Verified { clause, .. } = condition {
            model.kinds.awaited.insert(*clause);
        }
    }
    for force in &mut model.forces {
        force.searched = searched(force, &model.clauses);
    }
    for (index, clause) in model.clauses.iter_enumerated() {
        model.kinds.take(&clause.kind, index);
        let counts = clause.kind.is_of_each_force();
        let exempts = match &*clause.exempt {
            [] => true,
            [alone] => matches!(alone.limit, Limit::Strength(_)),
            _ => false,
        };
        if counts && exempts {
            model.kinds.plain.insert(index);
        }
        for it in &clause.unbound {
            model.forces[it.force].touched.unbound.insert(index);
        }
        for monitor in &clause.monitors {
            model.monitors[*monitor].clauses.insert(index);
        }
        for bound in &clause.bound {
            model.forces[bound.force].looked_for_by.union_with(&clause.monitor_set);
        }
        for (at, monitor) in model.monitors.iter_mut_enumerated() {
            if clause.verifiers.iter().any(|it| it.monitors.contains(at)) {
                monitor.banded.insert(index);
            }
        }
    }
}

/// On which ground monitors see a force violate what binds it.
fn searched(force: &Force, clauses: &TiVec<ClauseIndex, Clause>) -> Vec<Searched> {
    let mut all = Vec::new();
    for owed in force.obligations.iter().filter(|it| it.duty == Duty::StayOut) {
        for monitor in clauses[owed.clause].monitor_set.iter() {
            let mut least = [f64::INFINITY; 2];
            for way in &force.routes {
                let Some(km) = &way.clause_km[owed.clause] else { continue };
                for ((from, to), sees) in way.sight.parts(monitor, way.length_m) {
                    let least = &mut least[usize::from(sees)];
                    *least = least.min(km.min_km_between(from, to));
                }
            }
            let [blind_km, seen_km] = least;
            // Whom it sees wherever he is, it does not have to search for.
            if blind_km.is_finite() && seen_km.is_finite() {
                all.push(Searched { clause: owed.clause, monitor, seen_km, blind_km });
            }
        }
    }
    all
}

/// The rank of each by id.
fn by_id<'a, I: Copy + Ord>(ids: impl Iterator<Item = (&'a str, I)>) -> Vec<(u32, I)> {
    let mut all: Vec<(&str, I)> = ids.collect();
    all.sort_unstable();
    (0..).zip(all.iter().map(|(_, at)| *at)).collect()
}
