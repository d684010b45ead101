//! Indices into the tables of the model. Each is a type of its own, so that the number of
//! a force cannot stand for a clause; what is outside the model knows numbers alone.

/// Declares indices: numbers from 0, below 2³².
macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub struct $name(u32);

        impl $name {
            /// Of nothing: what is not known yet.
            pub const NONE: Self = Self(u32::MAX);
        }

        impl From<usize> for $name {
            #[inline]
            fn from(place: usize) -> Self {
                Self(place as u32)
            }
        }

        impl From<$name> for usize {
            #[inline]
            fn from(index: $name) -> Self {
                index.0 as Self
            }
        }
    )+};
}

pub(crate) use indices;

indices! {
    /// Index of a party in [`Model::parties`](super::Model::parties).
    PartyIndex,
    /// Index of a force in [`Model::forces`](super::Model::forces).
    ForceIndex,
    /// Index of a clause in [`Model::clauses`](super::Model::clauses).
    ClauseIndex,
    /// Index of a monitor in [`Model::monitors`](super::Model::monitors).
    MonitorIndex,
    /// Index of a decision unit in [`Model::units`](super::Model::units).
    UnitIndex,
    /// Index of a holding in [`Force::equipment`](super::Force::equipment).
    HoldingIndex,
    /// Index of a set of beliefs in [`Model::beliefs`](super::Model::beliefs).
    BeliefsIndex,
    /// Index of a phase in [`Model::phases`](super::Model::phases).
    PhaseIndex,
    /// Index of an agreement in [`Model::agreements`](super::Model::agreements).
    AgreementIndex,
    /// Index of a condition in [`Model::conditions`](super::Model::conditions).
    ConditionIndex,
    /// Index of a change of terms in [`Model::changes`](super::Model::changes).
    ChangeIndex,
    /// Index of a site in [`Model::sites`](super::Model::sites).
    SiteIndex,
    /// Index of a formation in [`Model::formations`](super::Model::formations).
    FormationIndex,
    /// Index of a garrison in [`Model::garrisons`](super::Model::garrisons).
    GarrisonIndex,
    /// Index of a choice in [`Model::choices`](super::Model::choices).
    ChoiceIndex,
    /// Index of a line with bands or an area that is looked into, in [`Model::banded`](super::Model::banded).
    BandedIndex,
    /// Index of a weapon class in [`Model::classes`](super::Model::classes).
    ClassIndex,
    /// Index of an installation in [`Model::installations`](super::Model::installations).
    InstallationIndex,
    /// Index of a piece of ground in [`Model::grounds`](super::Model::grounds).
    GroundIndex,
    /// Index of a body in [`Model::bodies`](super::Model::bodies).
    BodyIndex,
    /// Index of a dated statement in [`Model::claims`](super::Model::claims).
    ClaimIndex,
    /// Index of a source of incidents in [`Model::incidents`](super::Model::incidents).
    SourceIndex,
    /// Index of a ladder in [`Model::ladders`](super::Model::ladders).
    LadderIndex,
    /// Index of a rule in [`Model::rules`](super::Model::rules).
    RuleIndex,
    /// Index of an account in [`Model::accounts`](super::Model::accounts).
    AccountIndex,
    /// Index of an outside event in [`Model::outside`](super::Model::outside).
    OutsideIndex,
    /// Index of a force in [`Clause::bound`](super::Clause::bound).
    BoundIndex,
    /// Index of a clause in [`Force::obligations`](super::Force::obligations).
    ObligationIndex,
    /// Index of a way in [`Force::routes`](super::Force::routes).
    RouteIndex,
}
