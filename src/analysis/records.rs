//! The record of the real agreement beside what is simulated.

use super::references::{self, Known};
use crate::diag::{Diagnostic, Diagnostics, nearest};
use crate::model::{ClauseIndex, Model};
use crate::record::{Aggregates, Measure, Outcomes};
use crate::scenario::{Confidence, Figure, RENAMED_OUTCOMES, Record, Scenario};
use crate::stats::{Histogram, absolute_error, brier, crps, standing};

/// A record and the measure or outcome it is of.
#[derive(Debug, Clone)]
pub struct OnRecord {
    /// Index in the scenario's records.
    record: usize,
    target: Target,
}

#[derive(Debug, Clone, PartialEq)]
enum Target {
    /// A measure on a date; of a status, the word that is asked for.
    Measure { measure: usize, word: Option<usize>, date: usize },
    /// An outcome of a clause, or of the run.
    Outcome { clause: Option<ClauseIndex>, outcome: &'static str },
}

/// A recorded figure beside the simulated distribution: a row of `records`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RecordRow {
    /// Id of the record.
    pub record: String,
    /// What charts and tables call it.
    pub title: String,
    /// The date, as 2018-05-31.
    pub date: String,
    /// What kind of thing the subject is; empty for the run.
    pub subject_kind: String,
    /// Its id.
    pub subject: String,
    /// The measure or outcome.
    pub measure: String,
    /// The unit of the measure.
    pub unit: String,
    /// `true`, `recorded` or `claimed`.
    pub register: String,
    /// The recorded value, or the lower end of its range; 1 and 0 for what was
    /// so and what was not.
    pub low: f64,
    /// The recorded value, or the upper end of its range.
    pub high: f64,
    /// Whether it was looked at when the file's numbers were set.
    pub consulted: bool,
    /// Where the figure comes from.
    pub source: String,
    /// How sure it is: `high`, `medium`, `low`, `memory`, or nothing.
    pub confidence: String,
    /// Replicates in which the measure is defined.
    pub n: u64,
    /// Simulated mean; of an event its probability.
    pub mean: f64,
    /// Simulated quantiles: 5, 25, 50, 75 and 95 %; NaN of an event.
    pub quantiles: [f64; 5],
    /// The share of replicates below the recorded value (lower end), half of
    /// those that equal it included; NaN of an event.
    pub standing_low: f64,
    /// The same of the upper end.
    pub standing_high: f64,
    /// `crps`, in the measure's unit, or `brier`.
    pub score_kind: String,
    /// The score; 0 is best.
    pub score: f64,
    /// The base rate: the mean of the recorded figures of the same measure and register in
    /// the other bundled agreements; NaN if there are none.
    pub base_rate: f64,
    /// Of how many figures.
    pub base_rate_n: u64,
    /// Of clauses of which kind they are: that of the record's own (`no clause` if it is of
    /// none), or `any`; empty where there is no base rate.
    pub base_rate_kind: String,
    /// The score that the base rate would have had.
    pub base_rate_score: f64,
    /// What persistence says: the last figure of the same measure, subject and register on
    /// an earlier day of the file; NaN if there is none.
    pub persistence: f64,
    /// The score that it would have had.
    pub persistence_score: f64,
}

/// What a score is read against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// The base rate over the other bundled agreements.
    BaseRate,
    /// The last figure of the same thing in the same file.
    Persistence,
}

/// How some rows do against a reference, of those that have one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Skill {
    /// How many have one.
    pub n: u64,
    /// Of these, those with a better score than the reference.
    pub better: u64,
    /// Those with a worse one; the rest have the same.
    pub worse: u64,
    /// Sums of their scores and of those of the reference: of figures in one unit alone do
    /// they say anything.
    sums: (f64, f64),
}

impl Skill {
    /// How the rows do.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a RecordRow>, against: Against) -> Self {
        let mut skill = Self::default();
        for row in rows {
            let reference = row.reference_score(against);
            if reference.is_nan() || row.score.is_nan() {
                continue;
            }
            skill.n += 1;
            skill.better += u64::from(row.score < reference - SAME);
            skill.worse += u64::from(row.is_worse(against));
            skill.sums.0 += row.score;
            skill.sums.1 += reference;
        }
        skill
    }

    /// 1 − the sum of the scores ÷ that of the reference's: 1 at best, 0 where both do alike.
    /// NaN where the reference is never wrong, or for no row.
    pub fn pooled(&self) -> f64 {
        if self.sums.1 > 0.0 { 1.0 - self.sums.0 / self.sums.1 } else { f64::NAN }
    }
}

/// Scores that differ by no more are the same.
pub(super) const SAME: f64 = 1e-9;

impl RecordRow {
    /// The score of a reference; NaN if there is none.
    pub fn reference_score(&self, against: Against) -> f64 {
        match against {
            Against::BaseRate => self.base_rate_score,
            Against::Persistence => self.persistence_score,
        }
    }

    /// 1 − score ÷ score of a reference: 1 at best, 0 where both do alike, below 0 where the
    /// reference does better. NaN if there is none, or one that was exactly right.
    pub fn skill(&self, against: Against) -> f64 {
        let reference = self.reference_score(against);
        if reference > 0.0 { 1.0 - self.score / reference } else { f64::NAN }
    }

    /// Whether a reference does better.
    pub fn is_worse(&self, against: Against) -> bool {
        self.score > self.reference_score(against) + SAME
    }

    /// Whether it is of an event, so that `mean` is a probability.
    pub fn is_event(&self) -> bool {
        self.score_kind == BRIER
    }

    /// Whether the simulated 5 to 95 % interval meets the recorded range; none of
    /// an event.
    pub fn within(&self) -> Option<bool> {
        let meets = self.standing_high >= 0.05 && self.standing_low <= 0.95;
        (!self.is_event() && self.n > 0).then_some(meets)
    }
}

const BRIER: &str = "brier";

/// Finds what each record of a scenario is of.
///
/// # Errors
/// What a record asks for and the model does not measure, at its place.
pub fn find_records(model: &Model, scenario: &Scenario) -> (Vec<OnRecord>, Diagnostics) {
    let measures = Measure::all(model);
    let mut found = Diagnostics::default();
    let mut records = Vec::new();
    let last = i64::from(model.calendar.days);
    for (index, record) in scenario.records.iter().enumerate() {
        // Of what lies after the run, `check` has warned.
        if model.calendar.day(record.date) > last {
            continue;
        }
        match find(model, &measures, record) {
            Ok(target) => records.push(OnRecord { record: index, target }),
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    unwritten(&measures, scenario, &mut found);
    (records, found.sorted())
}

/// Measures that are to be written and that the scenario does not have.
fn unwritten(measures: &[Measure], scenario: &Scenario, found: &mut Diagnostics) {
    for (at, name) in scenario.output.measures.iter().flatten().enumerate() {
        let mut names: Vec<&str> = measures.iter().map(|it| it.name).collect();
        if names.contains(&name.as_str()) {
            continue;
        }
        names.sort_unstable();
        names.dedup();
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("it measures {}", names.join(", ")),
        };
        let message = format!("there is no measure `{name}` in this scenario");
        let span = scenario.output.spans.item("measures", at);
        found.push(Diagnostic::error(span, message).label("unknown measure").help(help));
    }
}

/// Something of the name that a record asks for.
struct Candidate {
    target: Target,
    subject: String,
    register: &'static str,
    unit: &'static str,
    pooled: bool,
}

fn find(model: &Model, measures: &[Measure], record: &Record) -> Result<Target, Box<Diagnostic>> {
    let date = u32::try_from(model.calendar.day(record.date))
        .ok()
        .and_then(|day| model.calendar.record_index(day))
        .unwrap_or(0);
    let mut candidates = of_name(model, measures, &record.measured(), date);
    if candidates.is_empty() {
        return Err(Box::new(unknown_measure(measures, record)));
    }
    let subject = record.subject.as_deref().unwrap_or_default();
    if !candidates.iter().any(|it| it.subject == subject) {
        return Err(Box::new(unknown_subject(&candidates, record)));
    }
    candidates.retain(|it| it.subject == subject);
    let register = record.register.word();
    match candidates.iter().find(|it| it.register == register) {
        None => Err(Box::new(unknown_register(&candidates, record))),
        Some(it) => match unfit(it, record) {
            Some(diagnostic) => Err(Box::new(diagnostic)),
            None => Ok(it.target.clone()),
        },
    }
}

/// What of a record does not fit the measure it is of.
fn unfit(it: &Candidate, record: &Record) -> Option<Diagnostic> {
    let spans = &record.spans;
    let measure = &record.measure;
    if it.pooled {
        let message = format!("`{measure}` is of each person, not of a replicate");
        return Some(
            Diagnostic::error(spans.of("measure"), message)
                .label("has no distribution over replicates")
                .help("write measure = \"distance_mean\""),
        );
    }
    let unit = it.unit;
    if unit != record.unit {
        let message = format!("`{measure}` is measured in {unit}, not in {}", record.unit);
        return Some(Diagnostic::error(spans.of("unit"), message).label("the unit").help(format!(
            "write unit = \"{unit}\" and the value in it, or choose another measure"
        )));
    }
    match (unit == "probability", record.value) {
        (true, Some(Figure::Event(_))) | (false, Some(Figure::Number(_)) | None) => None,
        (true, _) => {
            let key = if spans.has("range") { "range" } else { "value" };
            let message = format!("`{measure}` is so or is not so in a replicate");
            Some(
                Diagnostic::error(spans.of(key), message)
                    .label("must be true or false")
                    .help("write value = true if it was so on that day, value = false if not"),
            )
        }
        (false, Some(Figure::Event(_))) => {
            let message = format!("`{measure}` is a number, in {unit}");
            Some(
                Diagnostic::error(spans.of("value"), message)
                    .label("is true or false")
                    .help("write a number, or range = [low, high]"),
            )
        }
    }
}

fn of_name(model: &Model, measures: &[Measure], name: &str, date: usize) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (index, it) in measures.iter().enumerate() {
        let word = it.words().and_then(|words| words.iter().position(|it| *it == name));
        if word.is_some() || (it.name == name && it.words().is_none()) {
            all.push(Candidate {
                target: Target::Measure { measure: index, word, date },
                subject: it.subject_id.clone(),
                register: it.register,
                unit: it.unit,
                pooled: it.is_pooled(),
            });
        }
    }
    if !all.is_empty() {
        return all;
    }
    let mut outcome = |clause: Option<ClauseIndex>, outcome, unit| {
        if outcome == name {
            all.push(Candidate {
                target: Target::Outcome { clause, outcome },
                subject: clause.map_or_else(String::new, |it| model.clauses[it].id.clone()),
                register: "true",
                unit,
                pooled: false,
            });
        }
    };
    for (name, unit) in Outcomes::OF_CLAUSE {
        model.clauses.keys().for_each(|clause| outcome(Some(clause), name, unit));
    }
    for (name, unit) in Outcomes::OF_RUN {
        outcome(None, name, unit);
    }
    all
}

fn unknown_measure(measures: &[Measure], record: &Record) -> Diagnostic {
    let known = measures.iter().any(|it| it.name == record.measure);
    if let (true, Some(_)) = (known, record.window_days) {
        let subject = record.subject.as_deref().unwrap_or_default();
        let message = format!("`{}` of `{subject}` is not counted by day", record.measure);
        return Diagnostic::error(record.spans.of("window_days"), message)
            .label("has no meaning here")
            .help(
                "leave `window_days` out, or choose sightings, violations, effort or \
                 weapons_in_violation of a monitor, incidents, or strikes_on a party",
            );
    }
    let plain = measures.iter().filter(|it| it.words().is_none());
    let mut known: Vec<&str> = plain.map(|it| it.name).collect();
    known.extend(measures.iter().filter_map(Measure::words).flatten());
    let outcomes = Outcomes::OF_CLAUSE.iter().chain(&Outcomes::OF_RUN);
    known.extend(outcomes.map(|(name, _)| *name));
    known.sort_unstable();
    known.dedup();
    let diagnostic = Diagnostic::error(
        record.spans.of("measure"),
        format!("there is no measure or outcome `{}` in this scenario", record.measure),
    )
    .label("unknown measure");
    let renamed = RENAMED_OUTCOMES.iter().find(|(name, _)| *name == record.measure);
    if let Some((_, now)) = renamed {
        return diagnostic.help(format!("of a clause it is called \"{now}\" now"));
    }
    match nearest(&record.measure, known.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean \"{near}\"?")),
        None => diagnostic.help(format!("it measures {}", known.join(", "))),
    }
}

fn unknown_register(candidates: &[Candidate], record: &Record) -> Diagnostic {
    let known: Vec<_> = candidates.iter().map(|it| it.register).collect();
    let message = format!("`{}` is not measured as `{}`", record.measure, record.register.word());
    Diagnostic::error(record.spans.of("register"), message)
        .label("the register")
        .help(format!("write register = \"{}\"", known.join("\" or \"")))
}

fn unknown_subject(candidates: &[Candidate], record: &Record) -> Diagnostic {
    let mut known: Vec<&str> = candidates.iter().map(|it| it.subject.as_str()).collect();
    known.dedup();
    let (span, message) = match &record.subject {
        Some(subject) => (
            record.spans.of("subject"),
            format!("`{}` is not measured of `{subject}`", record.measure),
        ),
        None => {
            (record.spans.header(), format!("record `{}` does not say of what it is", record.id))
        }
    };
    let diagnostic = Diagnostic::error(span, message).label("the subject");
    let near = record.subject.as_ref().and_then(|it| nearest(it, known.iter().copied()));
    match near {
        Some(near) => diagnostic.help(format!("did you mean \"{near}\"?")),
        None if known == [""] => diagnostic.help("it is of the whole run: leave `subject` out"),
        None => {
            let shown = known.len().min(8);
            let more = if known.len() > shown { ", …" } else { "" };
            let list = known[..shown].join("\", \"");
            diagnostic.help(format!("write subject = one of \"{list}\"{more}"))
        }
    }
}

/// Holds each record beside what was simulated, in the order of the file.
pub fn compare_records(
    model: &Model,
    scenario: &Scenario,
    records: &[OnRecord],
    aggregates: &Aggregates,
    outcomes: &Outcomes,
) -> Vec<RecordRow> {
    let others = references::of_others(&scenario.title);
    let row = |it: &OnRecord| {
        let record = scenario.records.get(it.record)?;
        let (kind, distribution) = match it.target {
            Target::Measure { measure, word, date } => {
                let all = aggregates.on(measure, date);
                let kind = aggregates.measure(measure).subject_kind;
                (kind, word.map_or(all.clone(), |word| of_word(&all, word)))
            }
            Target::Outcome { clause, outcome } => {
                let kind = if clause.is_some() { "clause" } else { "" };
                (kind, outcomes.distribution(clause, outcome, model.calendar.days))
            }
        };
        Some(row(scenario, record, kind, &distribution, &others))
    };
    records.iter().filter_map(row).collect()
}

fn row(
    scenario: &Scenario,
    record: &Record,
    kind: &str,
    distribution: &Histogram,
    others: &[Known],
) -> RecordRow {
    let (low, high) = match (record.value, record.range) {
        (Some(Figure::Number(value)), _) => (value, value),
        (Some(Figure::Event(so)), _) => {
            let so = f64::from(u8::from(so));
            (so, so)
        }
        (None, Some([low, high])) => (low, high),
        (None, None) => (f64::NAN, f64::NAN),
    };
    let event = matches!(record.value, Some(Figure::Event(_)));
    let source = record.provenance.sources.get("value");
    let source = source.or(record.provenance.source.as_ref());
    let own = record.confidence.or_else(|| {
        let known = scenario.sources.iter().find(|it| Some(&it.id) == source);
        known.and_then(|it| it.confidence)
    });
    let number = |it: f64| if event { f64::NAN } else { it };
    let mean = distribution.mean();
    let foretold = |value: f64| match record.value {
        Some(Figure::Event(so)) => brier(value, so),
        _ => absolute_error(value, low, high),
    };
    let base = references::base_rate(scenario, record, others);
    let base_rate = base.map_or(f64::NAN, |it| it.mean);
    let own_kind = references::kind(scenario, record);
    let persistence = references::persistence(scenario, record).unwrap_or(f64::NAN);
    RecordRow {
        record: record.id.clone(),
        title: record.title.clone().unwrap_or_else(|| record.id.clone()),
        date: record.date.to_string(),
        subject_kind: kind.to_owned(),
        subject: record.subject.clone().unwrap_or_default(),
        measure: record.measured(),
        unit: record.unit.clone(),
        register: record.register.word().to_owned(),
        low,
        high,
        consulted: record.consulted,
        source: source.cloned().unwrap_or_default(),
        confidence: own.map_or("", Confidence::word).to_owned(),
        n: distribution.n(),
        mean,
        quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(|p| number(distribution.quantile(p))),
        standing_low: number(standing(distribution, low)),
        standing_high: number(standing(distribution, high)),
        score_kind: if event { BRIER } else { "crps" }.to_owned(),
        score: match record.value {
            Some(Figure::Event(so)) => brier(mean, so),
            _ => crps(distribution, low, high),
        },
        base_rate,
        base_rate_n: base.map_or(0, |it| it.n),
        base_rate_kind: base
            .map_or("", |it| if it.same_kind { own_kind } else { "any" })
            .to_owned(),
        base_rate_score: foretold(base_rate),
        persistence,
        persistence_score: foretold(persistence),
    }
}

/// Of a status the replicates that have one word, as 1 and 0.
fn of_word(all: &Histogram, word: usize) -> Histogram {
    let from = all.share_from(word as f64 + 0.5);
    let above = all.share_from(word as f64 + 1.5);
    let n = all.n() as f64;
    let with = libm::round((from - above) * n);
    let mut it = Histogram::new(crate::stats::Bins::SHARE);
    if n > 0.0 {
        it.add_weighted(1.0, with as i64);
        it.add_weighted(0.0, (n - with) as i64);
    }
    it
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: better, worse, the same, and one without a reference; 1 − .7 ÷ .6.
    #[test]
    fn skill_counts_those_that_have_a_reference() {
        let row = |score, base_rate_score| RecordRow {
            score,
            base_rate_score,
            persistence_score: f64::NAN,
            ..RecordRow::default()
        };
        let rows = [row(0.1, 0.2), row(0.4, 0.2), row(0.2, 0.2), row(0.3, f64::NAN)];
        let it = Skill::of(&rows, Against::BaseRate);
        assert_eq!((it.n, it.better, it.worse), (3, 1, 1));
        assert!((it.pooled() - (1.0 - 0.7 / 0.6)).abs() < 1e-12);
        assert!((rows[0].skill(Against::BaseRate) - 0.5).abs() < 1e-12);
        let none = Skill::of(&rows, Against::Persistence);
        assert!(
            none.n == 0 && none.pooled().is_nan() && rows[0].skill(Against::Persistence).is_nan()
        );
        // One that was right cannot be beaten.
        assert!(row(0.1, 0.0).is_worse(Against::BaseRate));
        assert!(row(0.1, 0.0).skill(Against::BaseRate).is_nan());
    }

    #[test]
    fn a_skill_says_of_how_many_figures_the_base_rate_is() {
        let row = |score, base_rate_score, kind: &str| RecordRow {
            score,
            base_rate_score,
            base_rate_n: 3,
            base_rate_kind: kind.into(),
            ..RecordRow::default()
        };
        let told = |it: RecordRow| it.skilled(Against::BaseRate);
        assert_eq!(told(row(0.1, 0.2, "act")), "+0.50 (n = 3)");
        assert_eq!(told(row(0.4, 0.2, "any")), "worse (n = 3, any)");
        assert_eq!(told(row(0.0, 0.0, "act")), "equal (n = 3)");
        assert_eq!(told(row(0.4, f64::NAN, "")), "–");
    }
}
