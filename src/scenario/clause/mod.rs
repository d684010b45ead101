//! `[[clause]]`: who must do what, by when, and who watches.

mod abstain;
mod act;
mod confine;
mod deliver;
mod exemption;
mod keep_distance;
mod leave;
mod milestone;
mod passage;
mod posture;
mod presence;
mod scope;
mod verifier;

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::agreement::Standing;
use super::force::Force;
use super::gate::Gate;
use super::read::{At, Spans, Table, Value, word};
use super::reading::Reading;
use super::source::Provenance;
use super::weapon_class::WeaponClass;

pub use abstain::{Abstain, Licence};
pub use act::Step;
pub use confine::Confine;
pub use deliver::{Deliver, Goods};
pub use exemption::Exemption;
pub use keep_distance::{KeepDistance, Side, Width};
pub use leave::Leave;
pub use milestone::Milestone;
pub use passage::Passage;
pub use posture::Posture;
pub use presence::Presence;
pub use scope::{Domain, Scope};
pub use verifier::Verifier;

/// By what a force counts as a party's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum BoundBy {
    /// The party that commands it.
    Commander,
    /// The party whose flag it shows.
    Flag,
    /// Either of the two.
    Either,
}

impl Value for BoundBy {
    const EXPECTED: &'static str = "\"commander\", \"flag\" or \"either\"";
    fn placeholder() -> Self {
        Self::Commander
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words =
            [("commander", Self::Commander), ("flag", Self::Flag), ("either", Self::Either)];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

/// One obligation of the agreement.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Clause {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// What is owed, by `kind`.
    #[schemars(skip)]
    pub terms: Terms,
    /// The parties whose forces it binds.
    #[schemars(length(min = 1))]
    pub binds: Vec<String>,
    /// By what a force counts as a bound party's. Default "commander".
    #[schemars(default)]
    pub bound_by: Option<BoundBy>,
    /// What it looks at.
    #[schemars(flatten)]
    pub scope: Scope,
    /// Who may stay although the clause binds its party.
    #[schemars(default)]
    pub exempt: Vec<Exemption>,
    /// The parties that answer for it; their claims enter the claimed register.
    #[schemars(default)]
    pub answers: Vec<String>,
    /// The agreement it belongs to; its phase's by default.
    pub agreement: Option<String>,
    /// Whether it is demanded, offered or agreed; as its agreement by default.
    pub standing: Option<Standing>,
    /// The phase it starts with.
    pub phase: Option<String>,
    /// When it starts (D-day); with its phase, or else on the first day.
    pub starts: Option<Gate>,
    /// By when it must be kept; open, and so never late, if left out.
    pub deadline: Option<Gate>,
    /// Days after the deadline in which being late counts for nothing. Default
    /// 0.
    #[schemars(default, extend("default" = 0))]
    pub grace_days: u32,
    /// Shares that must be reached on the way to the deadline.
    #[schemars(default)]
    pub milestones: Vec<Milestone>,
    /// When it expires; with its agreement, or never, if left out.
    pub expires: Option<Gate>,
    /// The monitors whose reports make its recorded register.
    #[schemars(default)]
    pub monitors: Vec<String>,
    /// Monitors whose reports count only of forces in a band of distance.
    #[schemars(default)]
    pub verifiers: Vec<Verifier>,
    /// An older observation does not count, in days. Default 30.
    #[schemars(default, extend("default" = 30))]
    pub max_age_days: f64,
    /// The least share of the strength observed for the clause to be verified.
    /// Default 0.5.
    #[schemars(default, extend("default" = 0.5))]
    pub min_coverage: f64,
    /// The share of the bound strength at which it counts as kept. Default 1.
    #[schemars(default, extend("default" = 1))]
    pub kept_at: f64,
    /// Its weight in a run's compliance. Default 1.
    #[schemars(default, extend("default" = 1))]
    pub weight: f64,
    /// For the clause that a reading makes: whose reading of which clause.
    #[schemars(skip)]
    pub reading: Option<Reading>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// What is owed.
#[derive(Debug, Clone)]
pub enum Terms {
    /// `kind = "keep-distance"`.
    KeepDistance(KeepDistance),
    /// `kind = "presence"`.
    Presence(Presence),
    /// `kind = "confine"`.
    Confine(Confine),
    /// `kind = "leave"`.
    Leave(Leave),
    /// `kind = "deliver"`.
    Deliver(Deliver),
    /// `kind = "posture"`.
    Posture(Posture),
    /// `kind = "abstain"`.
    Abstain(Abstain),
    /// `kind = "passage"`.
    Passage(Passage),
    /// `kind = "act"`.
    Act(Step),
}

impl Clause {
    /// Whether it counts weapons instead of persons.
    pub fn counts_weapons(&self) -> bool {
        match &self.terms {
            Terms::Deliver(it) => it.goods() == Goods::Weapons,
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
        let domain = force.domain.unwrap_or(Domain::Land);
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

    pub(crate) fn read(mut t: Table<'_>) -> Option<Self> {
        let id = t.id();
        let title = t.opt("title");
        let binds = t.req("binds");
        let bound_by = t.opt("bound_by");
        let scope = Scope::read(&mut t);
        let exempt = t.or("exempt", Vec::new());
        let answers = t.or("answers", Vec::new());
        let agreement = t.opt("agreement");
        let standing = t.opt("standing");
        let phase = t.opt("phase");
        let starts = t.opt("starts");
        let deadline = t.opt("deadline");
        let grace_days = t.or("grace_days", 0);
        let milestones = t.or("milestones", Vec::new());
        let expires = t.opt("expires");
        let monitors = t.or("monitors", Vec::new());
        let verifiers = t.or("verifiers", Vec::new());
        let max_age_days = t.or("max_age_days", 30.0);
        let min_coverage = t.or("min_coverage", 0.5);
        let kept_at = t.or("kept_at", 1.0);
        let weight = t.or("weight", 1.0);
        let provenance = Provenance::read(&mut t);
        let kinds = [
            "keep-distance",
            "presence",
            "confine",
            "leave",
            "deliver",
            "posture",
            "abstain",
            "passage",
            "act",
        ];
        let terms = match t.kind(&kinds)? {
            "keep-distance" => Terms::KeepDistance(KeepDistance::read(&mut t)),
            "presence" => Terms::Presence(Presence::read(&mut t)),
            "confine" => Terms::Confine(Confine::read(&mut t)),
            "leave" => Terms::Leave(Leave::read(&mut t)),
            "deliver" => Terms::Deliver(Deliver::read(&mut t)),
            "posture" => Terms::Posture(Posture {}),
            "abstain" => Terms::Abstain(Abstain::read(&mut t)),
            "passage" => Terms::Passage(Passage::read(&mut t)),
            _ => Terms::Act(Step::read(&mut t)),
        };
        Some(Self {
            id,
            title,
            terms,
            binds,
            bound_by,
            scope,
            exempt,
            answers,
            agreement,
            standing,
            phase,
            starts,
            deadline,
            grace_days,
            milestones,
            expires,
            reading: None,
            monitors,
            verifiers,
            max_age_days,
            min_coverage,
            kept_at,
            weight,
            provenance,
            spans: t.finish(),
        })
    }

    /// The clause that a reading makes. A run's compliance counts the clause,
    /// not its readings, unless one gives itself a weight.
    pub(super) fn read_reading(t: Table<'_>, reading: &Reading) -> Option<Self> {
        let weighs = t.spans().has("weight");
        let mut clause = Self::read(t)?;
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
