//! Indices as rows of a table, and in words.

/// One index of one parameter: a row of `sensitivity`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IndexRow {
    /// The clause; empty for what belongs to the run.
    pub clause: String,
    /// Which outcome.
    pub outcome: String,
    /// In which unit.
    pub unit: String,
    /// `true`, `recorded` or `claimed`.
    pub register: String,
    /// `saltelli` or `morris`.
    pub design: String,
    /// The parameter's paths.
    pub parameter: String,
    /// What a person calls it.
    pub title: String,
    /// `lever` or `uncertainty`.
    pub role: String,
    /// `first`, `total` and `second` are shares of the variance over points; `mean`,
    /// `size` and `spread` are elementary effects (μ, μ*, σ) in the unit; `trend` is the
    /// correlation of the parameter's place on its range with the outcome.
    pub index: String,
    /// Of `second`: the other parameter's paths.
    pub with: String,
    /// The index.
    pub estimate: f64,
    /// Lower end of its 95 % interval; NaN if it has none.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Rows or trajectories it rests on.
    pub n: u64,
    /// Rows or trajectories left out.
    pub left_out: u64,
    /// Mean outcome over the points of the base sample.
    pub mean: f64,
    /// Its standard deviation over them.
    pub sd: f64,
    /// The share of the variance over points that is noise of replication, at most; NaN
    /// with one replicate a point.
    pub noise: f64,
}

/// The parameter of a ranking with the indices that order it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked<'a> {
    /// The row that it is ranked by: `total`, or `size`.
    pub by: &'a IndexRow,
    /// Its companion: `first`, or `spread`.
    pub beside: &'a IndexRow,
    /// Which way the outcome goes as it rises: `trend`, or `mean`; none where its values
    /// have no order.
    pub way: Option<&'a IndexRow>,
}

/// The parameters of a table, the one that matters most first.
pub fn ranking(rows: &[IndexRow]) -> Vec<Ranked<'_>> {
    let find = |of: &IndexRow, index: &str| {
        rows.iter().find(|row| row.parameter == of.parameter && row.index == index)
    };
    let mut all: Vec<Ranked<'_>> = rows
        .iter()
        .filter_map(|row| {
            let (beside, way) = match row.index.as_str() {
                "total" => ("first", "trend"),
                "size" => ("spread", "mean"),
                _ => return None,
            };
            Some(Ranked {
                by: row,
                beside: find(row, beside)?,
                way: find(row, way).filter(|it| it.estimate.is_finite()),
            })
        })
        .collect();
    all.sort_by(|a, b| b.by.estimate.total_cmp(&a.by.estimate));
    all
}

impl Ranked<'_> {
    /// Which way the outcome goes as the parameter rises over its range, if it mostly goes
    /// one way.
    pub fn goes(&self) -> &'static str {
        let Some(way) = self.way else {
            return "–";
        };
        // A correlation beyond twice its error; a mean effect of more than half its size.
        let least = match self.by.index.as_str() {
            "size" => 0.5 * self.by.estimate,
            _ => 2.0 / (2.0 * way.n as f64).sqrt(),
        };
        match way.estimate {
            x if x > least => "rises",
            x if x < -least => "falls",
            _ => "mixed",
        }
    }
}

/// What a ranking shows, in sentences. `outcome` is what the outcome is called, in the
/// middle of a sentence.
pub fn words(rows: &[IndexRow], outcome: &str) -> String {
    let ranked = ranking(rows);
    let Some(first) = ranked.first() else {
        return String::new();
    };
    let noise = first.by.noise_said();
    let base = format!(
        "Over these ranges {outcome} is {} on average, with a standard deviation of {} between points. {noise}",
        first.by.amount(first.by.mean, false),
        first.by.amount(first.by.sd, true),
    );
    let body = match first.by.index.as_str() {
        "size" => of_effects(&ranked, outcome),
        _ => of_shares(&ranked, rows),
    };
    format!("{base} {body}")
}

/// Shares below this are next to nothing.
const LITTLE: f64 = 0.05;

fn of_shares(ranked: &[Ranked<'_>], rows: &[IndexRow]) -> String {
    let mut said = Vec::new();
    let sentence = |it: &Ranked<'_>| {
        format!(
            "“{}” accounts for {} of the variance [{}] alone and {} [{}] with its interactions",
            it.by.title,
            percent(it.beside.estimate),
            ends(it.beside),
            percent(it.by.estimate),
            ends(it.by),
        )
    };
    let (more, few): (Vec<&Ranked<'_>>, Vec<&Ranked<'_>>) =
        ranked.iter().partition(|it| it.by.estimate >= LITTLE);
    match more.as_slice() {
        [] => said.push("No parameter accounts for as much as 5 % of the variance.".to_owned()),
        [first, rest @ ..] => {
            said.push(format!("{}.", sentence(first)));
            let next = rest.iter().take(3);
            let next: Vec<String> =
                next.map(|it| format!("“{}” {}", it.by.title, percent(it.by.estimate))).collect();
            if !next.is_empty() {
                said.push(format!("Then come, with interactions: {}.", next.join(", ")));
            }
        }
    }
    if !few.is_empty() && !more.is_empty() {
        let names: Vec<String> = few.iter().map(|it| format!("“{}”", it.by.title)).collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        said.push(format!(
            "Below 5 % {verb} {}: over these ranges it would change little to know more of {}.",
            names.join(", "),
            if names.len() == 1 { "it" } else { "them" }
        ));
    }
    let alone: f64 = rows.iter().filter(|row| row.index == "first").map(|row| row.estimate).sum();
    said.push(format!(
        "What parameters do alone adds up to {} of the variance; the rest is what they do together.",
        percent(alone.clamp(0.0, 1.0))
    ));
    said.extend(unordered(ranked));
    said.join(" ")
}

fn of_effects(ranked: &[Ranked<'_>], outcome: &str) -> String {
    let mut said = Vec::new();
    let most = ranked.iter().take(3).map(|ranked| {
        let way = match ranked.goes() {
            "rises" => ", upward as it rises",
            "falls" => ", downward as it rises",
            _ => ", up or down depending on the others",
        };
        format!(
            "“{}” by {} [{}]{way}",
            ranked.by.title,
            ranked.by.amount(ranked.by.estimate, true),
            ranked.by.amount_ends(),
        )
    });
    said.push(format!(
        "A move along its whole range shifts {outcome} most for {}.",
        most.collect::<Vec<_>>().join("; for ")
    ));
    let first = ranked.first().map_or(0.0, |it| it.by.estimate);
    let few: Vec<String> = ranked
        .iter()
        .filter(|it| it.by.high < 0.1 * first)
        .map(|it| format!("“{}”", it.by.title))
        .collect();
    if !few.is_empty() {
        said.push(format!(
            "Less than a tenth of the first, by the upper end of the interval: {}.",
            few.join(", ")
        ));
    }
    let bent: Vec<String> = ranked
        .iter()
        .filter(|it| it.beside.estimate > it.by.estimate && it.by.estimate >= 0.1 * first)
        .map(|it| format!("“{}”", it.by.title))
        .collect();
    if !bent.is_empty() {
        said.push(format!(
            "What {} does depends much on where the others stand (σ above μ*).",
            bent.join(", ")
        ));
    }
    said.extend(unordered(ranked));
    said.join(" ")
}

/// Where the order of neighbours is not shown.
fn unordered(ranked: &[Ranked<'_>]) -> Option<String> {
    let overlap = |pair: &&[Ranked<'_>]| match pair {
        [a, b] => b.by.high > a.by.low,
        _ => false,
    };
    let pairs = ranked.windows(2).filter(overlap).count();
    let all = ranked.len().saturating_sub(1);
    (pairs > 0).then(|| {
        format!("The intervals of {pairs} of {all} neighbours in the ranking overlap: their order may be chance.")
    })
}

fn ends(row: &IndexRow) -> String {
    format!("{}, {}", percent(row.low), percent(row.high))
}

/// A share in per cent, a whole number where it is large.
pub(super) fn percent(share: f64) -> String {
    let scaled = 100.0 * share;
    let text =
        if scaled.abs() < 9.95 { format!("{scaled:.1} %") } else { format!("{scaled:.0} %") };
    text.replace("-0.0 %", "0.0 %").replace('-', "−")
}

impl IndexRow {
    /// A value of the outcome with its unit; a change of a share is in percentage points.
    pub fn amount(&self, value: f64, change: bool) -> String {
        match (self.unit.as_str(), change) {
            ("days", _) => format!("{value:.0} days").replace('-', "−"),
            (_, true) => format!("{:.1} points", 100.0 * value).replace('-', "−"),
            (_, false) => percent(value),
        }
    }

    /// How much of the variance over points is noise of replication, in a sentence.
    pub fn noise_said(&self) -> String {
        if self.noise.is_nan() {
            return "How much of the variance over points is noise of replication is not known: \
                    each point has one replicate."
                .into();
        }
        format!(
            "Noise of replication is at most {} of the variance over points.",
            percent(self.noise)
        )
    }

    /// Both ends of its interval in the unit of the outcome.
    pub fn amount_ends(&self) -> String {
        let of = |value: f64| match self.unit.as_str() {
            "days" => format!("{value:.0}"),
            _ => format!("{:.1}", 100.0 * value),
        };
        format!("{}, {}", of(self.low), of(self.high)).replace('-', "−")
    }

    /// A share with both ends of its interval.
    pub fn share_and_ends(&self) -> String {
        format!("{} [{}]", percent(self.estimate), ends(self).replace(" %", ""))
    }
}
