//! Keys that earlier formats had, and what is written instead.

/// A key that a table of an earlier format had.
#[derive(Debug, Clone, Copy)]
pub struct Gone {
    /// Its table: "conduct".
    pub table: &'static str,
    /// The key.
    pub key: &'static str,
    /// What is written instead, in the words of a help.
    pub instead: &'static str,
}

/// Every key that went, table by table. A row counts only once the reader of its table
/// does not ask for the key any more. What converts the values is `scenario/upgrade/`.
pub const GONE: &[Gone] = &[
    Gone {
        table: "conduct",
        key: "lambda",
        instead: "leave it out: it is the unit now. Multiply `value`, `value_per_km`, `concealment_cost`, `trust_weight` and `counter_weight` by it, and `hit_cost` by it and by `review_days`",
    },
    Gone {
        table: "conduct",
        key: "pressure_weight",
        instead: "leave it out: `value` is lambda × (value − pressure_weight × pressure) now, and `pressure` what a day on record as violating costs",
    },
    Gone {
        table: "conduct",
        key: "pressure_per_report",
        instead: "write `pressure`: what a day on record as violating costs",
    },
    Gone {
        table: "outcome",
        key: "completed_at",
        instead: "write `kept_at` at each clause: the agreement is completed once each clause is kept",
    },
];

/// Outcomes of a clause that earlier versions called otherwise, with what they are called
/// now.
pub const RENAMED_OUTCOMES: [(&str, &str); 2] =
    [("completed", "ever_kept"), ("days_to_completion", "days_to_first_kept")];

/// What is written instead of a key; none if no such key went. The table by its name or
/// its header: "conduct" or "[[conduct]]".
pub(super) fn instead_of(table: &str, key: &str) -> Option<&'static str> {
    let table = table.trim_matches(['[', ']']);
    let gone = GONE.iter().find(|gone| gone.table == table && gone.key == key);
    gone.map(|gone| gone.instead)
}
