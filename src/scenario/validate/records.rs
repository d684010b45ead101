//! Records: what can be judged of them without the model.

use time::Date;

use super::context::Context;
use crate::diag::Diagnostic;
use crate::scenario::Record;

pub(super) fn check(c: &mut Context<'_>) {
    for record in &c.scenario.records {
        figure(c, record);
        date(c, record);
    }
}

/// One value or one range.
fn figure(c: &mut Context<'_>, record: &Record) {
    let id = &record.id;
    let spans = &record.spans;
    let diagnostic = match (spans.has("value"), spans.has("range")) {
        (false, false) => Diagnostic::error(
            spans.header(),
            format!("record `{id}` has neither a value nor a range"),
        )
        .label("in this table")
        .help("add `value = …`, or `range = [low, high]` where sources give no single value"),
        (true, true) => Diagnostic::error(
            spans.of("range"),
            format!("record `{id}` has both a value and a range"),
        )
        .label("the range")
        .related(spans.of("value"), "the value")
        .help("keep one of them"),
        _ => return,
    };
    c.push(diagnostic);
}

/// Within the run.
fn date(c: &mut Context<'_>, record: &Record) {
    let (start, end) = (c.scenario.time.start, c.scenario.time.end);
    let known = [start, end, record.date].iter().all(|it| *it != Date::MIN);
    if !known || (start..=end).contains(&record.date) {
        return;
    }
    let diagnostic = Diagnostic::error(
        record.spans.of("date"),
        format!("record `{}` is of {}, outside the run", record.id, record.date),
    )
    .label(format!("the run goes from {start} to {end}"))
    .help("check the date, or let [time] reach to it");
    c.push(diagnostic);
}
