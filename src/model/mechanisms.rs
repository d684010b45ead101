//! The mechanisms that a scenario may switch off.

/// A mechanism of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mechanism {
    /// Statements and self-reports.
    Claims,
    /// Hiding: a concealed force shows less.
    Concealment,
    /// The limit on persons on the move at once.
    Lift,
    /// Proxies that follow their patron.
    Patrons,
    /// Beliefs that move with exposure; without it they stay at their priors.
    Beliefs,
    /// Trust that moves; without it it stays at its prior.
    Trust,
    /// Being on record as violating: what it costs, and pressing for it.
    Pressure,
    /// Counter-performance that is seen; without it, what the file states.
    CounterPerformance,
    /// Reports that take time.
    Delay,
    /// Access refused to monitors, and no-go areas.
    Denial,
    /// Records without a true event.
    FalseAlarms,
    /// Records that name another than did it.
    WrongAttribution,
    /// Monitors that lean to one side.
    Bias,
    /// Monitors off duty.
    Availability,
    /// Complaints and rulings.
    Complaints,
    /// Exemptions.
    Exemptions,
    /// Licences.
    Licences,
    /// Readings by party.
    Readings,
    /// Milestones.
    Milestones,
    /// Incidents between opposed forces.
    Incidents,
    /// Liaison that settles incidents.
    Liaison,
    /// Event, condition, action.
    Rules,
    /// Losses by strikes and fire.
    Strikes,
    /// Rungs and tension.
    Ladder,
    /// Dated and random outside events.
    OutsideEvents,
}

impl Mechanism {
    /// Every mechanism with its word in the file.
    pub const ALL: [(&'static str, Self); 25] = [
        ("claims", Self::Claims),
        ("concealment", Self::Concealment),
        ("lift", Self::Lift),
        ("patrons", Self::Patrons),
        ("beliefs", Self::Beliefs),
        ("trust", Self::Trust),
        ("pressure", Self::Pressure),
        ("counter_performance", Self::CounterPerformance),
        ("delay", Self::Delay),
        ("denial", Self::Denial),
        ("false_alarms", Self::FalseAlarms),
        ("wrong_attribution", Self::WrongAttribution),
        ("bias", Self::Bias),
        ("availability", Self::Availability),
        ("complaints", Self::Complaints),
        ("exemptions", Self::Exemptions),
        ("licences", Self::Licences),
        ("readings", Self::Readings),
        ("milestones", Self::Milestones),
        ("incidents", Self::Incidents),
        ("liaison", Self::Liaison),
        ("rules", Self::Rules),
        ("strikes", Self::Strikes),
        ("ladder", Self::Ladder),
        ("outside_events", Self::OutsideEvents),
    ];
}

/// Which mechanisms are at work: all, but for those switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mechanisms {
    off: u64,
}

impl Mechanisms {
    /// Switches one off.
    pub fn switch_off(&mut self, mechanism: Mechanism) {
        self.off |= 1 << mechanism as u32;
    }

    /// Whether one is at work.
    #[inline]
    pub fn has(self, mechanism: Mechanism) -> bool {
        self.off >> mechanism as u32 & 1 == 0
    }
}
