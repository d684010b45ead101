//! What parties can do that others answer to.

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActKind {
    /// Fire across.
    Fire,
    /// A strike.
    Strike,
    /// An overflight.
    Overflight,
    /// Reinforcement brought in.
    Reinforcement,
    /// Support given.
    Support,
    /// Weapons or persons passed on.
    Transfer,
    /// Access refused to a monitor.
    AccessDenied,
    /// An assault prepared.
    AssaultPrepared,
    /// Ground taken by force; fire, too.
    Offensive,
}

impl ActKind {
    /// How it is called, in the plural.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Fire => "fire",
            Self::Strike => "strikes",
            Self::Overflight => "overflights",
            Self::Reinforcement => "reinforcement",
            Self::Support => "support",
            Self::Transfer => "transfers",
            Self::AccessDenied => "refusals of access",
            Self::AssaultPrepared => "preparations of an assault",
            Self::Offensive => "offensives",
        }
    }

    /// Every kind with its word in the file.
    pub const ALL: [(&'static str, Self); 9] = [
        ("fire", Self::Fire),
        ("strike", Self::Strike),
        ("overflight", Self::Overflight),
        ("reinforcement", Self::Reinforcement),
        ("support", Self::Support),
        ("transfer", Self::Transfer),
        ("access-denied", Self::AccessDenied),
        ("assault-prepared", Self::AssaultPrepared),
        ("offensive", Self::Offensive),
    ];

    /// Whether who does it does an act of another kind by that: an offensive is fire.
    #[must_use]
    pub fn is(self, kind: Self) -> bool {
        self == kind || (self, kind) == (Self::Offensive, Self::Fire)
    }

    /// The word of the scenario file.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}
