//! Indices into the tables of the model. Each is a type of its own, so that the number of
//! a force cannot stand for a clause; what is outside the model knows numbers alone.

/// Declares indices: numbers from 0, below 2³².
macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
}
