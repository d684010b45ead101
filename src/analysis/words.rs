//! Records and differences in the words of tables.

use super::records::SAME;
use super::{Against, FEWEST, PairRow, RecordRow, Skill, Verdict};

impl RecordRow {
    /// The recorded value or range with its unit; yes or no of an event.
    pub fn recorded(&self) -> String {
        if self.is_event() {
            return if self.low > 0.5 { "yes" } else { "no" }.into();
        }
        let unit = self.unit_word();
        if self.low == self.high {
            format!("{}{unit}", self.amount(self.low))
        } else {
            format!("{}–{}{unit}", self.amount(self.low), self.amount(self.high))
        }
    }

    /// The simulated median with the 5 to 95 % interval; of an event its
    /// probability.
    pub fn simulated(&self) -> String {
        if self.n == 0 {
            return "nothing".into();
        }
        if self.is_event() {
            return format!("probability {:.2}", self.mean);
        }
        let [from, _, middle, _, to] = self.quantiles.map(|it| self.amount(it));
        format!("{middle} [{from}, {to}]{}", self.unit_word())
    }

    /// The share of replicates below the recorded value; of a range, below its
    /// two ends. Empty of an event.
    pub fn stands_at(&self) -> String {
        let of = |share: f64| format!("{:.0} %", 100.0 * share);
        let (low, high) = (self.standing_low, self.standing_high);
        if low.is_nan() {
            String::new()
        } else if of(low) == of(high) {
            of(low)
        } else {
            format!("{:.0}–{}", 100.0 * low, of(high))
        }
    }

    /// The score with its name and unit.
    pub fn scored(&self) -> String {
        match () {
            () if self.score.is_nan() => String::new(),
            () if self.is_event() => format!("Brier {:.2}", self.score),
            () => format!("CRPS {}{}", self.amount(self.score), self.unit_word()),
        }
    }

    /// The skill against a reference: `worse` or `equal` where that is not a number or no gain.
    /// Behind that against the base rate, of how many figures that is; `any` of clauses of any kind.
    pub fn skilled(&self, against: Against) -> String {
        let skill = match () {
            () if self.reference_score(against).is_nan() || self.score.is_nan() => {
                return "–".into();
            }
            () if self.is_worse(against) => "worse".into(),
            () if self.reference_score(against) - self.score <= SAME => "equal".into(),
            () => format!("{:+.2}", self.skill(against)),
        };
        let n = self.base_rate_n;
        match (against, self.base_rate_kind.as_str()) {
            (Against::Persistence, _) => skill,
            (Against::BaseRate, "any") => format!("{skill} (n = {n}, any)"),
            (Against::BaseRate, _) => format!("{skill} (n = {n})"),
        }
    }

    /// A number of the unit: shares in per cent.
    fn amount(&self, value: f64) -> String {
        match self.unit.as_str() {
            "share" => format!("{:.0}", 100.0 * value),
            _ if value.abs() >= 10.0 || value == 0.0 => format!("{value:.0}"),
            _ => format!("{value:.2}"),
        }
    }

    fn unit_word(&self) -> String {
        match self.unit.as_str() {
            "share" => " %".into(),
            unit => format!(" {unit}"),
        }
    }
}

/// What the skills of the back-cast table are against.
pub const REFERENCES: &str = "Skill: 1 − score ÷ score of a reference; worse: the reference does \
                              better. Base rate: the mean of the figures of the same measure and \
                              register, for clauses of the same kind (or else any), in the records \
                              of the other bundled agreements. Persistence: the last figure of the \
                              same thing on an earlier day of this file.";

/// Which rows do worse than the references, in sentences; how many have one.
pub fn worse_than_references(rows: &[&RecordRow]) -> String {
    let each = [(Against::BaseRate, "the base rate"), (Against::Persistence, "persistence")];
    let told = each.into_iter().filter_map(|(against, name)| {
        let skill = Skill::of(rows.iter().copied(), against);
        let worse: Vec<&str> =
            rows.iter().filter(|it| it.is_worse(against)).map(|it| it.title.as_str()).collect();
        let which =
            if worse.is_empty() { String::new() } else { format!(": {}", worse.join("; ")) };
        (skill.n > 0).then(|| {
            format!(
                "Better than {name} in {} of n = {}, worse in {}{which}.",
                skill.better, skill.n, skill.worse
            )
        })
    });
    told.collect::<Vec<_>>().join(" ")
}

impl PairRow {
    /// An interval of the difference.
    pub fn ends(&self, low: f64, high: f64) -> String {
        format!("[{}, {}]", self.amount(low, true), self.amount(high, true))
    }

    /// A value in per cent (a difference: in percentage points), or in days.
    pub fn amount(&self, value: f64, difference: bool) -> String {
        if !value.is_finite() {
            return "–".into();
        }
        let scaled = if self.unit == "days" { value } else { 100.0 * value };
        match (difference, self.unit.as_str()) {
            (true, _) => format!("{scaled:+.1}").replace('-', "−"),
            (false, "days") => format!("{scaled:.1} d"),
            (false, _) => format!("{scaled:.1} %"),
        }
    }

    /// What it says.
    pub fn sentence(&self) -> String {
        let (outcome, more, less) = match self.outcome.as_str() {
            "compliance" => ("true compliance", "higher", "lower"),
            "completion" => ("completion", "likelier", "less likely"),
            "collapse" => ("collapse", "likelier", "less likely"),
            "destruction" => ("destruction", "likelier", "less likely"),
            "broken" => ("completion and a later break", "likelier", "less likely"),
            other => (other, "more", "less"),
        };
        let it = &self.difference;
        let by = |word: &str| {
            format!(
                "{outcome} {word} by {:.1} points [{:.1}, {:.1}]",
                100.0 * it.estimate.abs(),
                100.0 * it.low.abs().min(it.high.abs()),
                100.0 * it.low.abs().max(it.high.abs()),
            )
        };
        match self.verdict() {
            Verdict::Same => format!("{outcome} the same in every pair"),
            Verdict::More => by(more),
            Verdict::Less => by(less),
            Verdict::NoneShown if self.pairs < FEWEST => {
                format!("{outcome}: no difference shown, {} pairs are too few", self.pairs)
            }
            Verdict::NoneShown => format!(
                "{outcome}: no difference shown (one beyond {:.1} points is ruled out)",
                100.0 * self.simultaneous_low.abs().max(self.simultaneous_high.abs()),
            ),
        }
    }
}
