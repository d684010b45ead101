//! What a record's score is read against: the base rate of its kind over other agreements,
//! and persistence.

use crate::scenario::{BUNDLED, Figure, Record, Scenario};

/// A recorded figure of another agreement, with what it is of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    /// The kind of the clause that it is of, or that it is of none.
    pub(super) kind: &'static str,
    /// The measure or outcome.
    pub(super) measure: String,
    /// `true`, `recorded` or `claimed`.
    pub(super) register: &'static str,
    /// The value; the middle of a range, 1 or 0 of an event.
    pub(super) value: f64,
}

/// The base rate of a record over other agreements.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BaseRate {
    /// The mean of the figures.
    pub(super) mean: f64,
    /// Of how many.
    pub(super) n: u64,
    /// Whether they are of clauses of the same kind, or of any.
    pub(super) same_kind: bool,
}

/// A recorded value as a number: the middle of a range, 1 or 0 of an event.
pub(super) fn value(record: &Record) -> f64 {
    match (record.value, record.range) {
        (Some(Figure::Number(value)), _) => value,
        (Some(Figure::Event(so)), _) => f64::from(u8::from(so)),
        (None, Some([low, high])) => f64::midpoint(low, high),
        (None, None) => f64::NAN,
    }
}

/// What kind of clause a record is of, or that it is of none.
pub(super) fn kind(scenario: &Scenario, record: &Record) -> &'static str {
    let clause = scenario.clauses.iter().find(|it| Some(&it.id) == record.subject.as_ref());
    clause.map_or("no clause", |it| it.terms.word())
}

/// Every figure of the records of a scenario.
pub(super) fn known(scenario: &Scenario) -> impl Iterator<Item = Known> + '_ {
    scenario.records.iter().map(|record| Known {
        kind: kind(scenario, record),
        measure: record.measured(),
        register: record.register.word(),
        value: value(record),
    })
}

/// Bundled scenarios of one agreement.
const OF_ONE: [&str; 2] = ["southwest-syria-2018", "syria-2018"];

/// The figures of all bundled scenarios but those of the agreement of a title.
pub(super) fn of_others(title: &str) -> Vec<Known> {
    let parsed = BUNDLED.iter().filter_map(|it| Some((it.name, Scenario::parse(it.text).0?)));
    let parsed: Vec<(&str, Scenario)> = parsed.collect();
    let own = parsed.iter().find(|(_, it)| it.title == title).map(|(name, _)| *name);
    let is_own = |name: &&str| {
        own == Some(*name) || own.is_some_and(|own| OF_ONE.contains(&own)) && OF_ONE.contains(name)
    };
    let others = parsed.iter().filter(|(name, _)| !is_own(name));
    others.flat_map(|(_, it)| known(it)).collect()
}

/// The base rate of a record over figures of other agreements: the mean of those of its
/// measure and register under clauses of its kind, or of any kind where there are none of
/// it. None where there are none at all.
pub(super) fn base_rate(
    scenario: &Scenario,
    record: &Record,
    others: &[Known],
) -> Option<BaseRate> {
    let (kind, register) = (kind(scenario, record), record.register.word());
    let alike =
        others.iter().filter(|it| it.measure == record.measured() && it.register == register);
    let own: Vec<f64> = alike.clone().filter(|it| it.kind == kind).map(|it| it.value).collect();
    let same_kind = !own.is_empty();
    let values: Vec<f64> = if same_kind { own } else { alike.map(|it| it.value).collect() };
    let n = values.len();
    let mean = values.iter().sum::<f64>() / n as f64;
    (n > 0).then_some(BaseRate { mean, n: n as u64, same_kind })
}

/// What persistence foretells: the last figure of the same file, measure, subject and
/// register on an earlier day.
pub(super) fn persistence(scenario: &Scenario, record: &Record) -> Option<f64> {
    let earlier = scenario.records.iter().filter(|it| {
        it.date < record.date
            && it.measured() == record.measured()
            && it.subject == record.subject
            && it.register.word() == record.register.word()
    });
    // Of one day, the last in the file.
    earlier.max_by_key(|it| it.date).map(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_on_one_agreement_are_no_others_to_each_other() {
        let titles = OF_ONE.map(|name| {
            let text = BUNDLED.iter().find(|it| it.name == name).unwrap().text;
            Scenario::parse(text).0.unwrap().title
        });
        let all = of_others("a title of no bundled file");
        let [one, other] = titles.map(|title| of_others(&title));
        assert!(one == other && one.len() < all.len());
    }

    fn scenario() -> Scenario {
        let clause = |id: &str, kind: &str| {
            format!("[[clause]]\nid = \"{id}\"\nkind = \"{kind}\"\nbinds = [\"north\"]\n")
        };
        let record = |id: &str, day: u32, subject: &str, value: &str| {
            format!(
                "[[record]]\nid = \"{id}\"\ndate = 2030-01-{day:02}\nmeasure = \"compliance\"\n\
                 subject = \"{subject}\"\nregister = \"true\"\nunit = \"share\"\nconsulted = false\n{value}\n"
            )
        };
        let text = [
            "schema = 2\ntitle = \"T\"\ntime = { start = 2030-01-01, end = 2030-02-01 }\n"
                .to_owned(),
            clause("back", "keep-distance") + "from = \"river\"\nmin_km = 5\n",
            clause("quiet", "abstain") + "acts = [\"fire\"]\n",
            clause("step", "act"),
            record("late", 9, "back", "value = 0.7"),
            record("early", 1, "back", "value = 0.3"),
            record("range", 5, "back", "range = [0.4, 0.6]"),
            record("other", 7, "step", "value = 1"),
        ]
        .concat();
        let (scenario, found) = Scenario::parse(&text);
        scenario.unwrap_or_else(|| panic!("{found:?}"))
    }

    /// By hand.
    #[test]
    fn a_base_rate_is_that_of_its_kind_or_else_of_all() {
        let it =
            |kind, register, value| Known { kind, measure: "compliance".into(), register, value };
        let others = [
            it("keep-distance", "true", 0.2),
            it("keep-distance", "true", 0.6),
            it("abstain", "true", 0.9),
            it("keep-distance", "recorded", 0.1),
        ];
        let scenario = scenario();
        let of = |id: &str| {
            let record = scenario.records.iter().find(|it| it.id == id);
            record.and_then(|record| base_rate(&scenario, record, &others))
        };
        let back = of("late").unwrap_or_else(|| panic!("there are two"));
        assert!((back.mean - 0.4).abs() < 1e-12);
        assert_eq!((back.n, back.same_kind), (2, true));
        // None of a step: (.2 + .6 + .9) ÷ 3.
        let step = of("other").unwrap_or_else(|| panic!("there are three"));
        assert!((step.mean - 1.7 / 3.0).abs() < 1e-12);
        assert_eq!((step.n, step.same_kind), (3, false));
        let record = &scenario.records[0];
        assert_eq!(base_rate(&scenario, record, &others[3..]), None);
    }

    #[test]
    fn persistence_is_the_last_figure_of_the_same_thing() {
        let scenario = scenario();
        let of = |id: &str| {
            let record = scenario.records.iter().find(|it| it.id == id);
            record.and_then(|record| persistence(&scenario, record))
        };
        assert_eq!([of("early"), of("range"), of("other")], [None, Some(0.3), None]);
        assert_eq!(of("late"), Some(0.5));
    }

    /// Whoever runs a bundled scenario is not told its own record as that of another.
    #[test]
    fn an_agreement_is_left_out_of_its_own_base_rate() {
        let of = |it: &crate::scenario::Bundled| Scenario::parse(it.text).0;
        let all = of_others("none of that name").len();
        for (name, scenario) in BUNDLED.iter().filter_map(|it| Some((it.name, of(it)?))) {
            let alike = BUNDLED.iter().filter(|it| {
                it.name == name || OF_ONE.contains(&name) && OF_ONE.contains(&it.name)
            });
            let own: usize = alike.filter_map(of).map(|it| it.records.len()).sum();
            assert_eq!(of_others(&scenario.title).len() + own, all);
        }
    }
}
