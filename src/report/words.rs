//! Names, dates and numbers in the words of the report.

use time::Date;

pub(super) use crate::diag::{days, grouped, list, number};
use crate::record::PointRow;
use crate::scenario::{Scenario, Titles};

/// Titles by id; an id that has none is its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a>(pub(super) &'a Scenario);

impl<'a> Names<'a> {
    fn titled(
        mut of: impl Iterator<Item = (&'a String, &'a Option<String>)>,
        id: &'a str,
    ) -> &'a str {
        of.find(|(own, _)| *own == id).and_then(|it| it.1.as_deref()).unwrap_or(id)
    }

    /// A party.
    pub(super) fn party(&self, id: &'a str) -> &'a str {
        let all = self.0.parties.iter().map(|it| (&it.id, &it.title));
        Self::titled(all, id)
    }

    /// A monitor.
    pub(super) fn monitor(&self, id: &'a str) -> &'a str {
        let all = self.0.monitors.iter().map(|it| (&it.id, &it.title));
        Self::titled(all, id)
    }

    /// A clause, or the phase of this id.
    pub(super) fn clause(&self, id: &'a str) -> &'a str {
        let clauses = self.0.clauses.iter().map(|it| (&it.id, &it.title));
        let phases = self.0.phases.iter().map(|it| (&it.id, &it.title));
        Self::titled(clauses.chain(phases), id)
    }

    /// An outside event.
    pub(super) fn event(&self, id: &'a str) -> &'a str {
        Self::titled(self.0.events.iter().map(|it| (&it.id, &it.title)), id)
    }

    /// A line, an area or a site.
    pub(super) fn place(&self, id: &'a str) -> &'a str {
        let it = self.0;
        let lines = it.lines.iter().map(|it| (&it.id, &it.title));
        let areas = it.areas.iter().map(|it| (&it.id, &it.title));
        let sites = it.sites.iter().map(|it| (&it.id, &it.title));
        Self::titled(lines.chain(areas).chain(sites), id)
    }

    /// A weapon class.
    pub(super) fn class(&self, id: &'a str) -> &'a str {
        let all = self.0.weapon_classes.iter().map(|it| (&it.id, &it.title));
        Self::titled(all, id)
    }

    /// Parties, in the order given.
    pub(super) fn parties(&self, ids: &'a [String]) -> String {
        list(ids.iter().map(|id| self.party(id)))
    }

    /// Monitors, in the order given.
    pub(super) fn monitors(&self, ids: &'a [String]) -> String {
        list(ids.iter().map(|id| self.monitor(id)))
    }
}

impl Titles for Names<'_> {
    fn party(&self, id: &str) -> String {
        Names(self.0).party(id).to_owned()
    }

    fn place(&self, id: &str) -> String {
        Names(self.0).place(id).to_owned()
    }
}

/// "6 July 2018".
pub(super) fn date(date: Date) -> String {
    format!("{} {} {}", date.day(), date.month(), date.year())
}

/// "63.4 %"; a dash for what is no number.
pub(super) fn percent(share: f64) -> String {
    if share.is_finite() { format!("{:.1} %", 100.0 * share) } else { "–".into() }
}

/// An estimate and its interval.
pub(super) fn interval(row: &PointRow) -> (String, Option<String>) {
    let of_days = row.unit == "days";
    let one = |value: f64| match () {
        () if of_days && value.is_nan() => "never".into(),
        () if of_days => format!("{value:.0}"),
        () if value.is_nan() => "–".into(),
        () => format!("{:.1}", 100.0 * value),
    };
    let unit = if of_days { "" } else { " %" };
    if row.estimate.is_nan() {
        return (if of_days { "never" } else { "–" }.into(), None);
    }
    let ends = (!row.low.is_nan()).then(|| format!("[{}, {}]", one(row.low), one(row.high)));
    (format!("{}{unit}", one(row.estimate)), ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_lists_read_well() {
        assert_eq!(number(12_000.0), "12,000");
        assert_eq!(number(-2.5), "−2.5");
        assert_eq!(list(["a", "b", "c"]), "a, b and c");
        assert_eq!(list(["a, of x", "b", "c"]), "a, of x; b and c");
        assert_eq!(percent(f64::NAN), "–");
    }
}
