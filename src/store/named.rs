//! Tables with a column for each parameter: what a column holds is seen from its values.

use super::table::{Cell, Column};

/// What the values of a column are, each a text as a plan has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Seen {
    any: bool,
    no_int: bool,
    no_number: bool,
    no_date: bool,
}

impl Seen {
    /// What a column of these is.
    pub(super) fn of<'v>(values: impl IntoIterator<Item = &'v str>) -> Self {
        let mut seen = Self::default();
        values.into_iter().for_each(|value| seen.add(value));
        seen
    }

    /// Looks at one more value; an empty one is none.
    pub(super) fn add(&mut self, value: &str) {
        if value.is_empty() {
            return;
        }
        self.any = true;
        self.no_int |= value.parse::<i64>().is_err();
        self.no_number |= number(value).is_none();
        self.no_date |= super::table::days_of(value).is_none();
    }

    /// The column, of a name.
    pub(super) fn column<'n>(&self, name: &'n str) -> Column<'n> {
        match self {
            Self { any: false, .. } => Column::Text(name),
            Self { no_int: false, .. } => Column::Int(name),
            Self { no_number: false, .. } => Column::Float(name),
            Self { no_date: false, .. } => Column::Date(name),
            _ => Column::Text(name),
        }
    }

    /// A value in it.
    pub(super) fn cell<'v>(&self, value: &'v str) -> Cell<'v> {
        let read = match self.column("") {
            Column::Int(_) => value.parse().ok().map(Cell::Int),
            Column::Float(_) => number(value).map(Cell::Float),
            Column::Text(_) | Column::Date(_) => Some(Cell::Text(value)),
        };
        read.filter(|_| !value.is_empty()).unwrap_or(Cell::None)
    }
}

fn number(value: &str) -> Option<f64> {
    value.parse().ok().filter(|it: &f64| it.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_what_all_its_values_are() {
        let column = |values: &[&str]| Seen::of(values.iter().copied()).column("a");
        assert_eq!(column(&["1", "", "-20"]), Column::Int("a"));
        assert_eq!(column(&["1", "0.5", "1e-3"]), Column::Float("a"));
        assert_eq!(column(&["2018-05-31", ""]), Column::Date("a"));
        assert_eq!(column(&["2018-05-31", "1"]), Column::Text("a"));
        assert_eq!(column(&["1", "nan"]), Column::Text("a"));
        assert_eq!(column(&["", ""]), Column::Text("a"));
        let seen = Seen::of(["1", "0.5", ""]);
        assert_eq!(["1", ""].map(|it| seen.cell(it)), [Cell::Float(1.0), Cell::None]);
    }
}
