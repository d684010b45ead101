//! The choice of where to stand: the best candidate, if going there is worth it for the
//! resolve there is.

use crate::engine::state::ForceState;
use crate::model::{DecisionUnit, ForceIndex, QuantalResponse, TiSlice};
use crate::stats::Draws;
use smallvec::SmallVec;

/// A list that needs no memory of its own while it is as short as most are.
pub(in crate::engine) type Few<T> = SmallVec<[T; 6]>;

/// The numbers of quantal response.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Quantal {
    pub(in crate::engine) value: f64,
    pub(in crate::engine) value_per_km: f64,
    pub(in crate::engine) concealment_cost: f64,
    pub(in crate::engine) trust_weight: f64,
    pub(in crate::engine) counter_weight: f64,
    pub(in crate::engine) hit_cost: f64,
    pub(in crate::engine) record_days: f64,
    pub(in crate::engine) believed_watch: f64,
    pub(in crate::engine) fresh: f64,
    pub(in crate::engine) fresh_half_life_days: f64,
    pub(in crate::engine) return_cost: f64,
}

impl Quantal {
    pub(super) fn draw(
        unit: &DecisionUnit,
        it: &QuantalResponse,
        forces: &TiSlice<ForceIndex, ForceState>,
        draws: Draws,
    ) -> Self {
        let (mut value, mut total) = (0.0, 0.0);
        for (force, site_value) in unit.weighed.iter().zip(&it.site_values) {
            let weight = f64::from(forces[*force].strength).max(1.0);
            value += weight * site_value.draw(draws);
            total += weight;
        }
        if let ([], [alone]) = (&*unit.weighed, &*it.site_values) {
            (value, total) = (alone.draw(draws), 1.0);
        }
        Self {
            value: if total > 0.0 { value / total } else { value },
            value_per_km: it.value_per_km.draw(draws),
            concealment_cost: it.concealment_cost.draw(draws),
            trust_weight: it.trust_weight.draw(draws),
            counter_weight: it.counter_weight.draw(draws),
            hit_cost: it.hit_cost.draw(draws),
            record_days: it.record_days.draw(draws),
            believed_watch: it.believed_watch.draw(draws),
            fresh: it.fresh.draw(draws),
            fresh_half_life_days: it.fresh_half_life_days.draw(draws),
            return_cost: it.return_cost.draw(draws),
        }
    }
}

/// What a clause in force asks of a choice, as the row of conduct that governs it sees it.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Demand {
    /// The unit of the choice that decides on it.
    pub(in crate::engine) unit: usize,
    /// The group in which weights are scaled.
    pub(in crate::engine) group: usize,
    /// The first unit with which it is one demand: of one group, and met at the same
    /// candidates.
    pub(in crate::engine) one_with: usize,
    /// The clause's weight.
    pub(in crate::engine) weight: f64,
    /// What a day on record as violating costs.
    pub(in crate::engine) pressure: f64,
    /// What trust and counter-performance make complying worth a day.
    pub(in crate::engine) others: f64,
    /// What hiding at home saves a day of what being on record costs.
    pub(in crate::engine) hiding_saves: f64,
    /// What fewer hits are worth a day: for who is open, and who hides.
    pub(in crate::engine) hits: [f64; 2],
    /// What is given up by going.
    pub(in crate::engine) value: f64,
    pub(in crate::engine) value_per_km: f64,
    pub(in crate::engine) concealment_cost: f64,
    pub(in crate::engine) return_cost: f64,
    /// What a commitment just made adds.
    pub(in crate::engine) fresh: f64,
}

/// A choice as it stands on a day.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Question<'a> {
    pub(in crate::engine) demands: Few<Demand>,
    /// By candidate, home first, and unit: the share of those bound that meets its clause.
    pub(in crate::engine) met: &'a [Vec<f64>],
    /// By candidate and unit, how much less likely it is to be on record for who meets it
    /// there and not at home, or (for one that home alone meets) the other way round; for
    /// who is open, and who hides. None where nobody presses.
    pub(in crate::engine) less: Option<&'a [Vec<[f64; 2]>]>,
    /// By candidate: kilometres given up, and whether other orders leave it open.
    pub(in crate::engine) km: &'a [f64],
    pub(in crate::engine) open: Few<bool>,
    /// The candidate where the garrison stands.
    pub(in crate::engine) at: usize,
    /// Whether it may hide.
    pub(in crate::engine) may_hide: bool,
    /// ε, and ε₂, both logistic.
    pub(in crate::engine) resolve: f64,
    pub(in crate::engine) posture: f64,
}

/// The part of its spread by which the posture differs between garrisons alike.
const POSTURE: f64 = 0.25;

impl Question<'_> {
    /// The candidate chosen, and whether what stays unmet is hidden.
    pub(in crate::engine) fn answer(&self) -> (usize, bool) {
        let saves = self.hiding_gains();
        let hides = self.may_hide && saves + POSTURE * self.posture > 0.0;
        // The threshold compares with the better of the two.
        let better = usize::from(self.may_hide && saves > 0.0);
        let groups = self.groups();
        let gain = |to: usize| self.gain(&groups, to, better);
        let among = || (0..self.km.len()).filter(|to| self.open[*to]);
        let nearest = || among().min_by(|a, b| self.km[*a].total_cmp(&self.km[*b]));
        let base = if self.open[0] { 0 } else { nearest().unwrap_or(0) };
        let mut best: Option<(f64, usize)> = None;
        for to in among().filter(|to| *to != base) {
            let Some(worth) = gain(to) else { continue };
            let nearer = |known: usize| self.km[to] < self.km[known];
            if best.is_none_or(|(most, known)| worth > most || worth == most && nearer(known)) {
                best = Some((worth, to));
            }
        }
        let stay = if base == 0 { -self.back(0) } else { gain(base).unwrap_or(0.0) };
        match best {
            Some((worth, to)) if worth - stay + self.resolve > 0.0 => (to, hides),
            _ => (base, hides),
        }
    }

    /// U_h − U_d at home: what hiding is worth over standing in the open.
    fn hiding_gains(&self) -> f64 {
        let (mut gains, mut hits) = (0.0, [0.0_f64; 2]);
        for (weight, first) in self.scaled(|demand| self.home(demand) < 1.0) {
            let first = &self.demands[first];
            let saves = self.one_with(first).map(|it| it.hiding_saves);
            gains += weight * (1.0 - self.home(first)) * saves.fold(f64::NEG_INFINITY, f64::max);
        }
        for demand in self.unmet() {
            if demand.hits[0].abs() > hits[0].abs() {
                hits = demand.hits;
            }
        }
        // Both are against complying: in the open less what hiding leaves of it.
        gains + hits[0] - hits[1] - self.concealment_cost()
    }

    /// How far home meets a demand.
    fn home(&self, demand: &Demand) -> f64 {
        self.met[0][demand.unit]
    }

    /// Those that are one with a demand.
    fn one_with(&self, first: &Demand) -> impl Iterator<Item = &Demand> {
        let one_with = first.one_with;
        self.demands.iter().filter(move |it| it.one_with == one_with)
    }

    /// What home does not meet in full.
    fn unmet(&self) -> impl Iterator<Item = &Demand> {
        self.demands.iter().filter(|demand| self.home(demand) < 1.0)
    }

    /// What hiding costs.
    fn concealment_cost(&self) -> f64 {
        self.unmet().map(|demand| demand.concealment_cost).fold(0.0, f64::max)
    }

    /// Those at stake, as [`scaled`](Self::scaled).
    fn groups(&self) -> Few<(f64, usize)> {
        self.scaled(|demand| self.met.iter().any(|met| met[demand.unit] != self.home(demand)))
    }

    /// Demands of which something holds, those that are one taken together: each by its first,
    /// with the weights within a group scaled to sum to 1.
    fn scaled(&self, holds: impl Fn(&Demand) -> bool) -> Few<(f64, usize)> {
        let mut firsts: Few<(f64, usize)> = Few::new();
        for (at, demand) in self.demands.iter().enumerate().filter(|(_, it)| holds(it)) {
            let is_one = |first: usize| self.demands[first].one_with == demand.one_with;
            match firsts.iter_mut().find(|(_, first)| is_one(*first)) {
                Some((weight, _)) => *weight = weight.max(demand.weight),
                None => firsts.push((demand.weight, at)),
            }
        }
        let group = |first: usize| self.demands[first].group;
        let of_group = |of: usize| {
            let those = firsts.iter().filter(|(_, first)| group(*first) == of);
            those.map(|(weight, _)| weight).sum::<f64>()
        };
        let scaled = |(weight, first): &(f64, usize)| {
            let all = of_group(group(*first));
            (if all > 0.0 { weight / all } else { 0.0 }, *first)
        };
        firsts.iter().map(scaled).collect()
    }

    /// What a demand makes a candidate worth a day against home, in a posture.
    fn worth(&self, demand: &Demand, to: usize, posture: usize) -> f64 {
        let less = self.less.map_or(0.0, |less| less[to][demand.unit][posture]);
        demand.pressure * less + demand.others
    }

    /// U(x) − U(home) for who is open (0) or hides (1); none where x gains nothing.
    fn gain(&self, groups: &[(f64, usize)], to: usize, posture: usize) -> Option<f64> {
        let mut gained: Few<(usize, f64)> = Few::new();
        let (mut sum, mut value, mut per_km) = (0.0, f64::NEG_INFINITY, 0.0_f64);
        let (mut fresh, mut hits) = (0.0_f64, 0.0_f64);
        for (weight, first) in groups {
            let first = &self.demands[*first];
            let more = self.met[to][first.unit] - self.home(first);
            if more == 0.0 {
                continue;
            }
            let mut term = f64::NEG_INFINITY;
            for demand in self.one_with(first) {
                term = term.max(self.worth(demand, to, posture));
                if more > 0.0 {
                    value = value.max(demand.value);
                    per_km = per_km.max(demand.value_per_km);
                    fresh = fresh.max(demand.fresh);
                    if demand.hits[posture].abs() > hits.abs() {
                        hits = demand.hits[posture];
                    }
                }
            }
            sum += weight * more * term;
            if more > 0.0 {
                match gained.iter_mut().find(|(group, _)| *group == first.group) {
                    Some((_, share)) => *share += weight * more,
                    None => gained.push((first.group, weight * more)),
                }
            }
        }
        if gained.is_empty() {
            return None;
        }
        let share = gained.iter().map(|(_, share)| *share).fold(0.0, f64::max);
        // Who goes need not hide.
        let hiding = if posture == 1 { self.concealment_cost() } else { 0.0 };
        let way = per_km * (self.km[to] - self.km[0]);
        Some(sum + share * hits + hiding - (value - fresh) - way - self.back(to))
    }

    /// What going back nearer home costs.
    fn back(&self, to: usize) -> f64 {
        if self.km[to] < self.km[self.at] {
            self.demands.iter().map(|demand| demand.return_cost).fold(0.0, f64::max)
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clause of p·Δb = 1.5 and value 1, met at some of two candidates beside home.
    #[derive(Clone)]
    struct Asked {
        group: usize,
        met: [f64; 3],
        /// Δb, for who is open and who hides.
        less: [f64; 2],
        demand: Demand,
    }

    fn demand(group: usize, met: [f64; 3]) -> Asked {
        let demand = Demand {
            unit: 0,
            group,
            one_with: 0,
            weight: 1.0,
            pressure: 1.5,
            others: 0.0,
            hiding_saves: 0.0,
            hits: [0.0; 2],
            value: 1.0,
            value_per_km: 0.0,
            concealment_cost: 0.0,
            return_cost: 0.0,
            fresh: 0.0,
        };
        Asked { group, met, less: [1.0; 2], demand }
    }

    /// What is asked, where it stands, how it may stand, and its resolve.
    #[derive(Clone)]
    struct Trial {
        asked: Vec<Asked>,
        at: usize,
        open: [bool; 3],
        may_hide: bool,
        resolve: f64,
        posture: f64,
    }

    fn question(asked: Vec<Asked>) -> Trial {
        Trial { asked, at: 0, open: [true; 3], may_hide: false, resolve: 0.0, posture: 0.0 }
    }

    impl Trial {
        fn answer(&self) -> (usize, bool) {
            let by_candidate = |of: &dyn Fn(&Asked, usize) -> f64| -> Vec<Vec<f64>> {
                (0..3).map(|to| self.asked.iter().map(|it| of(it, to)).collect()).collect()
            };
            let met = by_candidate(&|it, to| it.met[to]);
            let less: Vec<Vec<[f64; 2]>> =
                (0..3).map(|_| self.asked.iter().map(|it| it.less).collect()).collect();
            let same = |a: &Asked, b: &Asked| a.group == b.group && a.met == b.met;
            let demands = self.asked.iter().enumerate().map(|(unit, it)| {
                let one_with = self.asked.iter().position(|other| same(it, other));
                Demand { unit, one_with: one_with.unwrap_or(unit), ..it.demand }
            });
            let question = Question {
                demands: demands.collect(),
                met: &met,
                less: Some(&less),
                km: &[0.0, 10.0, 40.0],
                open: self.open.as_slice().into(),
                at: self.at,
                may_hide: self.may_hide,
                resolve: self.resolve,
                posture: self.posture,
            };
            question.answer()
        }
    }

    /// The least resolve with which it goes, and where to.
    fn goes_from(question: &Trial) -> (f64, usize) {
        let step = |at: i32| f64::from(at) / 1000.0;
        let goes = (-5000..5000)
            .map(step)
            .find(|resolve| Trial { resolve: *resolve, ..question.clone() }.answer().0 != 0);
        let to = Trial { resolve: 5.0, ..question.clone() }.answer().0;
        (goes.unwrap_or(f64::INFINITY), to)
    }

    #[test]
    fn one_clause_is_worth_what_it_is_however_it_is_written_and_whatever_stands_beside() {
        let asks = demand(0, [0.0, 1.0, 1.0]);
        let alone = question(vec![asks.clone()]);
        let four_times = question(vec![asks.clone(); 4]);
        let kept_anyway = question(vec![asks.clone(), demand(0, [1.0; 3])]);
        let beyond_reach = question(vec![asks.clone(), demand(0, [0.0; 3])]);
        let mut farther = demand(1, [0.0, 0.0, 1.0]);
        farther.demand.value_per_km = 0.1;
        let second_phase = question(vec![asks, farther]);
        for (at, question) in
            [alone, four_times, kept_anyway, beyond_reach, second_phase].iter().enumerate()
        {
            let (least, to) = goes_from(question);
            // ΔU = 0.5: it goes for every resolve above −0.5, as 0.622 of all are.
            assert!((least + 0.5).abs() < 2e-3 && to == 1, "{least} to {to}: {at}");
        }
    }

    #[test]
    fn phases_add_and_weights_within_one_are_shares() {
        let both = question(vec![demand(0, [0.0, 1.0, 1.0]), demand(1, [0.0, 0.0, 1.0])]);
        let (least, to) = goes_from(&both);
        assert!((least + 2.0).abs() < 2e-3 && to == 2, "{least} to {to}");
        let halves = question(vec![demand(0, [0.0, 1.0, 1.0]), demand(0, [0.0, 0.0, 1.0])]);
        let (least, to) = goes_from(&halves);
        assert!((least + 0.5).abs() < 2e-3 && to == 2, "{least} to {to}");
    }

    #[test]
    fn kilometres_and_going_back_cost_and_a_fresh_word_counts() {
        let mut asked = question(vec![demand(0, [0.0, 1.0, 1.0])]);
        asked.asked[0].demand.value_per_km = 0.02;
        assert!((goes_from(&asked).0 + 0.3).abs() < 2e-3);
        asked.asked[0].demand.fresh = 0.4;
        assert!((goes_from(&asked).0 + 0.7).abs() < 2e-3);
        asked.asked[0].demand.return_cost = 0.5;
        assert!((goes_from(&asked).0 + 0.7).abs() < 2e-3);
        // From where it went it goes home only if that is worth the cost.
        asked.at = 1;
        assert!((goes_from(&asked).0 + 1.2).abs() < 2e-3);
    }

    #[test]
    fn who_can_hide_compares_with_hiding() {
        let mut asked = question(vec![demand(0, [0.0, 1.0, 1.0])]);
        asked.asked[0].less = [1.0, 0.6];
        asked.asked[0].demand.hiding_saves = 0.6;
        asked.asked[0].demand.concealment_cost = 0.2;
        assert_eq!(asked.answer(), (1, false));
        asked.may_hide = true;
        let (least, _) = goes_from(&asked);
        assert!((least - (1.0 - 0.9 - 0.2)).abs() < 2e-3, "{least}");
        assert!(asked.answer().1);
        asked.posture = -2.0;
        assert!(!asked.answer().1);
    }

    #[test]
    fn an_order_given_otherwise_leaves_only_what_obeys_it() {
        let mut asked = question(vec![demand(0, [0.0, 1.0, 1.0])]);
        asked.open = [false, false, true];
        asked.resolve = -5.0;
        assert_eq!(asked.answer().0, 2);
    }
}
