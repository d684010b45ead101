//! `[[change]]`: an action on the terms of a clause or an agreement.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::gate::Gate;
use super::quantity::Quantity;
use super::read::{Spans, Table};
use super::source::Provenance;

/// What is done to a clause, or to every clause of an agreement: once, `when` a
/// gate opens; or as often as rules and outside events make it.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Change {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts call it.
    pub title: Option<String>,
    /// The clause it is about, with its readings; or else `agreement`.
    pub clause: Option<String>,
    /// The agreement it is about: each of its clauses.
    pub agreement: Option<String>,
    /// When it is made; left out, it is made by the rules and outside events that
    /// name it in `changes`.
    pub when: Option<Gate>,
    /// The probability that a signatory consents, by party; one that is not
    /// named does. A change that anyone refuses is not made.
    #[schemars(default)]
    pub consent: BTreeMap<String, Quantity>,
    /// What is done, by `kind`.
    #[schemars(skip)]
    pub action: TermsAction,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// What is done.
#[derive(Debug, Clone)]
pub enum TermsAction {
    /// `kind = "amend"`.
    Amend(Amend),
    /// `kind = "suspend"`.
    Suspend(Suspend),
    /// `kind = "resume"`.
    Resume(Resume),
    /// `kind = "extend"`.
    Extend(Extend),
    /// `kind = "renew"`.
    Renew(Renew),
    /// `kind = "recommit"`.
    Recommit(Recommit),
    /// `kind = "agree"`.
    Agree(Agree),
    /// `kind = "end"`.
    End(End),
}

/// Other terms.
#[derive(Debug, Clone, Default, JsonSchema)]
pub struct Amend {
    /// Kilometres from which the clause is kept.
    pub min_km: Option<f64>,
    /// Kilometres from which it is kept in full; moved with `min_km` if left
    /// out.
    pub target_km: Option<f64>,
    /// Persons at most.
    pub cap_persons: Option<f64>,
    /// Persons at least.
    pub floor_persons: Option<f64>,
    /// The share at which it counts as kept.
    pub kept_at: Option<f64>,
}

/// Nothing is owed until it is resumed.
#[derive(Debug, Clone, JsonSchema)]
pub struct Suspend {}

/// What was suspended is owed again.
#[derive(Debug, Clone, JsonSchema)]
pub struct Resume {}

/// A later deadline.
#[derive(Debug, Clone, JsonSchema)]
pub struct Extend {
    /// Days that the deadline is put off by.
    #[schemars(range(min = 1))]
    pub days: u32,
}

/// A later end; what has expired is in force again.
#[derive(Debug, Clone, JsonSchema)]
pub struct Renew {
    /// Days from the day of the change, or from its expiry if that is later.
    #[schemars(range(min = 1))]
    pub days: u32,
}

/// A new D-day: who is inside is counted anew, and the deadline moves with it.
#[derive(Debug, Clone, JsonSchema)]
pub struct Recommit {}

/// What was demanded or offered is agreed from now on.
#[derive(Debug, Clone, JsonSchema)]
pub struct Agree {}

/// It is broken off: nothing is owed any more, before its time. `[outcome]` says
/// whether that counts as not kept.
#[derive(Debug, Clone, JsonSchema)]
pub struct End {}

/// The kinds, in the order of [`TermsAction`].
const KINDS: [&str; 8] =
    ["amend", "suspend", "resume", "extend", "renew", "recommit", "agree", "end"];

impl Change {
    pub(crate) fn read(mut t: Table<'_>) -> Option<Self> {
        let id = t.id();
        let title = t.opt("title");
        let clause = t.opt("clause");
        let agreement = t.opt("agreement");
        let when = t.opt("when");
        let consent = t.or("consent", BTreeMap::new());
        let provenance = Provenance::read(&mut t);
        let action = match t.kind(&KINDS)? {
            "amend" => TermsAction::Amend(Amend {
                min_km: t.opt("min_km"),
                target_km: t.opt("target_km"),
                cap_persons: t.opt("cap_persons"),
                floor_persons: t.opt("floor_persons"),
                kept_at: t.opt("kept_at"),
            }),
            "suspend" => TermsAction::Suspend(Suspend {}),
            "resume" => TermsAction::Resume(Resume {}),
            "extend" => TermsAction::Extend(Extend { days: t.req("days") }),
            "renew" => TermsAction::Renew(Renew { days: t.req("days") }),
            "recommit" => TermsAction::Recommit(Recommit {}),
            "agree" => TermsAction::Agree(Agree {}),
            _ => TermsAction::End(End {}),
        };
        Some(Self {
            id,
            title,
            clause,
            agreement,
            when,
            consent,
            action,
            provenance,
            spans: t.finish(),
        })
    }
}
