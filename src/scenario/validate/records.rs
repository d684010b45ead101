//! Records: what can be judged of them without the model.

use time::Date;

use super::context::Context;
use crate::diag::Diagnostic;
use crate::scenario::Record;

pub(super) fn check(c: &mut Context<'_>) {
    for record in &c.scenario.records {
        figure(c, record);
        date(c, record);
        if record.window_days == Some(0) {
            let message = format!("record `{}` is counted over 0 days", record.id);
            let of = Diagnostic::error(record.spans.of("window_days"), message);
            c.push(of.label("at least 1 day").help("write the days that the figure counts"));
        }
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
    let span = record.spans.of("date");
    let diagnostic = if record.date > end {
        // A file may be run for a shorter time than it has a record of.
        let message = format!("record `{}` is of {}, after the run", record.id, record.date);
        Diagnostic::warning(span, message).help("it is left out; let [time] reach to it to compare")
    } else {
        let message = format!("record `{}` is of {}, before the run", record.id, record.date);
        Diagnostic::error(span, message).help("check the date, or let [time] reach back to it")
    };
    c.push(diagnostic.label(format!("the run goes from {start} to {end}")));
}
