//! `[[clause]]`: who must do what, by when, and who watches.

mod abstain;
mod act;
mod confine;
mod deliver;
mod exemption;
mod keep_distance;
mod leave;
#[cfg(test)]
mod made_up;
mod milestone;
mod owed;
mod passage;
mod posture;
mod presence;
mod scope;
mod stage;
mod verifier;

use disengage_derive::{kinds, table, words};

use super::agreement::Standing;
use super::force::Force;
use super::gate::Gate;
use super::read::{Table, Whole};
use super::reading::Reading;
use super::weapon_class::WeaponClass;

pub use abstain::{Abstain, Licence};
pub use act::Step;
pub use confine::Confine;
pub use deliver::{Deliver, Goods};
pub use exemption::Exemption;
pub use keep_distance::{KeepDistance, Side, Width};
pub use milestone::Milestone;
pub use owed::{Ids, MeasuredFrom, Owed, Titles};
pub use presence::Presence;
pub use scope::{Domain, Scope};
pub use stage::Stage;
pub use verifier::Verifier;

/// By what a force counts as a party's.
#[words(stand_in = Commander)]
pub enum BoundBy {
    /// The party that commands it.
    Commander,
    /// The party whose flag it shows.
    Flag,
    /// Either of the two.
    Either,
}

/// One obligation of the agreement.
#[table(entry(Clause), titled, sourced)]
pub struct Clause {
    /// What is owed, by `kind`.
    #[key(kind)]
    pub terms: Terms,
    /// The parties whose forces it binds.
    #[key(items(1), refers(Party))]
    pub binds: Vec<String>,
    /// By what a force counts as a bound party's.
    #[key(default = BoundBy::Commander)]
    pub bound_by: BoundBy,
    /// What it looks at.
    #[key(part)]
    pub scope: Scope,
    /// Who may stay although the clause binds its party.
    #[key(default)]
    pub exempt: Vec<Exemption>,
    /// The parties that answer for it; their claims enter the claimed register.
    #[key(default, refers(Party))]
    pub answers: Vec<String>,
    /// The agreement it belongs to; its phase's by default.
    #[key(refers(Agreement))]
    pub agreement: Option<String>,
    /// Whether it is demanded, offered or agreed; as its agreement by default.
    pub standing: Option<Standing>,
    /// The phase it starts with.
    #[key(refers(Phase))]
    pub phase: Option<String>,
    /// When it starts (D-day); with its phase, or else on the first day.
    pub starts: Option<Gate>,
    /// By when it must be kept; open, and so never late, if left out.
    pub deadline: Option<Gate>,
    /// Days after the deadline in which being late counts for nothing.
    #[key(default = 0, bounds = DAYS)]
    pub grace_days: u32,
    /// Stages, each a clause of its own with the same terms but for what it states: `exit` in
    /// two stages is `exit-1` and `exit-2`, and a list of clauses that names `exit` names both.
    #[key(default)]
    pub stages: Vec<Stage>,
    /// Shares that must be reached on the way to the deadline.
    #[key(default)]
    pub milestones: Vec<Milestone>,
    /// When it expires; with its agreement, or never, if left out.
    pub expires: Option<Gate>,
    /// Whether forces that it kept out, kept in or deployed go home when it ends. They stay
    /// where they are without.
    #[key(default = false)]
    pub returns_at_end: bool,
    /// The monitors whose reports make its recorded register.
    #[key(default, refers(Monitor))]
    pub monitors: Vec<String>,
    /// Monitors whose reports count only of forces in a band of distance.
    #[key(default)]
    pub verifiers: Vec<Verifier>,
    /// An older observation does not count, in days.
    #[key(default = 30.0, bounds = MEMORY)]
    pub max_age_days: f64,
    /// The least share of the strength observed for the clause to be verified.
    #[key(default = 0.5, bounds = SHARE)]
    pub min_coverage: f64,
    /// The share of the bound strength at which it counts as kept.
    #[key(default = 1.0, bounds = SHARE)]
    pub kept_at: f64,
    /// Its weight in a run's compliance.
    #[key(default = 1.0, bounds = COST)]
    pub weight: f64,
    /// For the clause that a reading makes: whose reading of which clause.
    #[key(skip)]
    pub reading: Option<Reading>,
}

/// What is owed.
#[kinds(owed: Owed)]
pub enum Terms {
    KeepDistance(KeepDistance),
    Presence(Presence),
    Confine(Confine),
    Leave(leave::Leave),
    Deliver(Deliver),
    Posture(posture::Posture),
    Abstain(Abstain),
    Passage(passage::Passage),
    Act(Step),
    #[cfg(test)]
    MadeUp(made_up::MadeUp),
}

impl Clause {
    /// Whether it binds a force.
    pub fn binds(&self, force: &Force) -> bool {
        self.counts(force, &self.binds)
    }

    /// Whether a force counts as one of the parties.
    pub fn counts(&self, force: &Force, parties: &[String]) -> bool {
        let of = |party: &String| parties.contains(party);
        match self.bound_by {
            BoundBy::Commander => of(force.commander()),
            BoundBy::Flag => of(&force.flag),
            BoundBy::Either => of(force.commander()) || of(&force.flag),
        }
    }

    /// Whether it counts weapons instead of persons.
    pub fn counts_weapons(&self) -> bool {
        match &self.terms {
            Terms::Deliver(it) => it.what == Goods::Weapons,
            _ => self.scope.of_weapons(),
        }
    }

    /// Whether weapons of a class that a force of a domain holds are in scope.
    pub fn takes_weapons(&self, class: &WeaponClass, of: Domain) -> bool {
        let scope = &self.scope;
        let heavy = scope.heavy || !scope.of_weapons();
        let at_least = |min: Option<f64>, value: Option<f64>| {
            min.is_none_or(|min| value.is_some_and(|value| value >= min))
        };
        (scope.classes.is_empty() || scope.classes.contains(&class.id))
            && at_least(scope.min_calibre_mm, class.calibre_mm)
            && at_least(scope.min_range_km, class.range_km)
            && (!heavy || class.heavy)
            && scope.domain.is_none_or(|domain| class.domain.unwrap_or(of) == domain)
    }

    /// Whether a force of a bound party is in scope: of the domain, or with
    /// weapons that are.
    pub fn takes_force(&self, force: &Force, classes: &[WeaponClass]) -> bool {
        let domain = force.domain;
        if self.counts_weapons() {
            let held = |class: &&WeaponClass| force.equipment.contains_key(&class.id);
            return classes.iter().filter(held).any(|class| self.takes_weapons(class, domain));
        }
        let of_domain = self.scope.domain.is_none_or(|it| it == domain);
        of_domain
            && match &self.terms {
                Terms::Act(_) => false,
                Terms::Deliver(it) if it.of_stock() => it.stock.contains_key(&force.id),
                _ => true,
            }
    }

    /// The clause that a reading makes. A run's compliance counts the clause,
    /// not its readings, unless one gives itself a weight.
    pub(super) fn read_reading(t: Table<'_>, reading: &Reading) -> Option<Self> {
        let weighs = t.spans().has("weight");
        let mut clause = Self::whole(t)?;
        clause.weight = if weighs { clause.weight } else { 0.0 };
        clause.reading = Some(reading.clone());
        Some(clause)
    }

    /// The monitors whose reports enter its recorded register.
    pub fn all_monitors(&self) -> Vec<&String> {
        let of_bands = self.verifiers.iter().flat_map(|it| &it.monitors);
        let mut all: Vec<&String> = Vec::new();
        for id in self.monitors.iter().chain(of_bands) {
            if !all.contains(&id) {
                all.push(id);
            }
        }
        all
    }
}
