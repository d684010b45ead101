//! What a run is called at its end: completion, collapse, serious violations,
//! days late.

use crate::common::{date, each, file, force, keep, model, parties, quantal, scripted, site, walk};
use disengage::experiment::ensemble;
use disengage::model::{End, Model};
use disengage::record::{PointRow, Run};

const MARCH: &str = "mobility_km_per_day = 10";
const TABLE: &str = "[outcome]\ncompleted_days = 10\ncollapsed_below = 0.3\ncollapsed_days = 20\n\
                     serious_below = 0.5\n";

/// Half a kilometre from the line, 40 km to go at ten a day.
fn scenario(turn_days: u32, clause: &str, orders: &str) -> Model {
    model(file(
        120,
        turn_days,
        &[
            TABLE.into(),
            site("near", 0.5, 0.0),
            parties(&["red"]),
            force("guard", "red", "near", MARCH),
            keep("pullback", "red", 40.0, clause),
            scripted("red", orders),
        ]
        .concat(),
    ))
}

fn run(model: &Model) -> Run {
    walk(model, 1, 0, |_, _| {})
}

#[test]
fn an_agreement_is_completed_after_its_days_without_a_break() {
    for turn_days in [1, 7] {
        // Met on day 7, four days after the order of day 3.
        let orders = format!("orders = [{{ date = {}, order = \"comply\" }}]", date(3));
        let it = run(&scenario(turn_days, "", &orders));
        assert_eq!(it.clauses.raw[0].days_to_first_kept, Some(7));
        // Ten days from day 7 on; an open clause is judged from day 1.
        assert_eq!(it.days_to_agreement_completed, Some(16), "{turn_days}");
        assert_eq!(it.days_to_agreement_collapsed, None);
        assert_eq!(it.days_judged, 120);
        // Nothing is expected of an open clause before it is first kept.
        assert_eq!((it.clauses.raw[0].days_to_serious, it.clauses.raw[0].days_late), (None, None));
    }
}

#[test]
fn an_agreement_collapses_once_too_little_is_met_for_too_long() {
    for turn_days in [1, 7] {
        let deadline = format!("deadline = {}", date(30));
        let it = run(&scenario(turn_days, &deadline, "initial = \"defy\""));
        // Days 31 to 50.
        assert_eq!(it.days_to_agreement_collapsed, Some(20), "{turn_days}");
        assert_eq!(it.days_judged, 90);
        assert_eq!(it.clauses.raw[0].days_to_serious, Some(31));
        // Never kept: late up to the end of the run.
        assert_eq!(it.clauses.raw[0].days_late, Some(90));
    }
}

#[test]
fn a_missed_deadline_is_late_until_kept_and_a_return_is_a_serious_violation() {
    for turn_days in [1, 7] {
        let orders = format!(
            "orders = [{{ date = {}, order = \"comply\" }}, {{ date = {}, order = \"defy\" }}]",
            date(30),
            date(60)
        );
        let deadline = |day| format!("deadline = {}", date(day));
        let late = run(&scenario(turn_days, &deadline(20), &orders)).clauses.raw[0];
        // Kept on day 34: fourteen days late.
        assert_eq!((late.deadline_met, late.days_late), (Some(false), Some(14)));
        assert_eq!(late.days_to_serious, Some(21));
        let in_time = run(&scenario(turn_days, &deadline(40), &orders)).clauses.raw[0];
        assert_eq!((in_time.deadline_met, in_time.days_late), (Some(true), Some(0)));
        // The first day's march back of ten kilometres breaks it.
        assert_eq!(in_time.days_to_serious, Some(61));
    }
}

fn row<'a>(rows: &'a [PointRow], clause: &str, outcome: &str) -> &'a PointRow {
    let mut found = rows.iter().filter(|row| row.clause == clause && row.outcome == outcome);
    let row = found.next();
    assert!(found.next().is_none(), "two rows {outcome}");
    row.unwrap_or_else(|| panic!("no row {outcome}"))
}

/// Completion and collapse are counted as competing: their incidences and what
/// is left sum to 1, and are the shares of runs that came to them first.
#[test]
fn incidences_of_competing_ends_are_shares_of_runs() {
    let mind = quantal("red", 30, 2.0, 0.6, "pressure = 0.6\nconcealment_cost = 0.3");
    let model = model(file(
        150,
        7,
        &[
            TABLE.into(),
            site("near", 5.0, 0.0),
            parties(&["red"]),
            force("guard", "red", "near", ""),
            keep("pullback", "red", 40.0, &format!("deadline = {}", date(40))),
            mind,
        ]
        .concat(),
    ));
    let n = 400;
    let runs = each(n, |number| walk(&model, 3, number, |_, _| {}));
    let first = |mine: fn(&Run) -> Option<u32>, other: fn(&Run) -> Option<u32>| {
        let came = |run: &&Run| mine(run).is_some_and(|day| other(run).is_none_or(|it| day < it));
        runs.iter().filter(came).count() as f64 / n as f64
    };
    let completed = |run: &Run| run.days_to_agreement_completed;
    let collapsed = |run: &Run| run.days_to_agreement_collapsed;
    let whole = ensemble(&model, 3, n, |_| Ok::<(), ()>(())).unwrap();
    let rows = whole.outcomes.rows(&model, 0);
    for (outcome, share) in
        [("completion", first(completed, collapsed)), ("collapse", first(collapsed, completed))]
    {
        let found = row(&rows, "", outcome);
        assert!(share > 0.1 && share < 0.9, "{outcome}: {share}");
        assert!((found.estimate - share).abs() < 1e-9, "{found:?}, {share}");
        assert!(found.low < share && share < found.high && found.n == n);
        assert_eq!(found.interval, "aalen-johansen");
    }
    let late: Vec<f64> =
        runs.iter().filter_map(|run| run.clauses.raw[0].days_late.map(f64::from)).collect();
    let found = row(&rows, "pullback", "days_late");
    let mean = late.iter().sum::<f64>() / late.len() as f64;
    assert!((found.estimate - mean).abs() < 1e-9 && found.n == n);
    assert!(found.low < mean && mean < found.high);
    // The time to the first serious violation is never before the deadline.
    let serious = row(&rows, "pullback", "days_to_serious_violation");
    assert!(serious.low >= 41.0 || serious.low.is_nan());
}

/// An end that another end forestalls is no censoring: with thresholds that call
/// every run collapsed at once, nothing is completed.
#[test]
fn what_collapsed_first_is_not_completed() {
    let orders = format!("orders = [{{ date = {}, order = \"comply\" }}]", date(60));
    let model = scenario(7, "", &orders);
    let whole = ensemble(&model, 1, 20, |_| Ok::<(), ()>(())).unwrap();
    let rows = whole.outcomes.rows(&model, 0);
    assert_eq!(row(&rows, "", "collapse").estimate, 1.0);
    assert_eq!(row(&rows, "", "completion").estimate, 0.0);
    assert_eq!(row(&rows, "", "days_to_collapse").estimate, 20.0);
    // Both came to pass in each run, 20 and 73 days after D-day.
    assert_eq!(run(&model).days_to_agreement_completed, Some(73));
}

/// The agreement of [`scenario`] with something done to its terms.
fn done_to(outcome: &str, clause: &str, orders: &str, changes: &[(i32, &str)]) -> Run {
    let changes: String = changes
        .iter()
        .map(|(day, kind)| {
            format!(
                "[[change]]\nid = \"on-{day}\"\nclause = \"pullback\"\nwhen = {}\nkind = \"{kind}\"\n",
                date(*day)
            )
        })
        .collect();
    let tables = [
        TABLE.to_owned() + outcome,
        site("near", 0.5, 0.0),
        parties(&["red"]),
        force("guard", "red", "near", MARCH),
        keep("pullback", "red", 40.0, clause),
        scripted("red", orders),
        changes,
    ];
    run(&model(file(120, 7, &tables.concat())))
}

const COMPLIES: &str = "initial = \"comply\"";

/// Met on day 4, its ten days are broken by a suspension on day 10, in which the
/// force goes home; resumed on day 40 it is met again on day 44.
#[test]
fn what_is_suspended_is_not_completed() {
    let plain = done_to("", "", COMPLIES, &[]);
    assert_eq!(plain.days_to_agreement_completed, Some(13));
    let paused = done_to("", "", COMPLIES, &[(10, "suspend"), (40, "resume")]);
    assert_eq!(paused.days_to_agreement_completed, Some(53));
    let for_good = done_to("", "", COMPLIES, &[(10, "suspend")]);
    assert_eq!(for_good.days_to_agreement_completed, None);
    assert_eq!(for_good.days_to_agreement_collapsed, None);
    // Twenty days that would have counted, if the file has them count.
    let counted = "counts_as_unmet = [\"suspended\"]\n";
    let counts = done_to(counted, "", COMPLIES, &[(10, "suspend")]);
    assert_eq!(counts.days_to_agreement_collapsed, Some(29));
    let due = format!("deadline = {}", date(60));
    let counts = done_to(counted, &due, COMPLIES, &[(10, "suspend")]);
    assert_eq!(counts.days_to_agreement_collapsed, Some(20));
}

/// Broken off on day 20, before it fell due, it has collapsed twenty days on;
/// unless the file has that count for nothing. What expires has neither failed
/// nor been completed.
#[test]
fn what_is_broken_off_has_collapsed_and_what_expires_has_not() {
    let due = format!("deadline = {}", date(60));
    let ended = done_to("", &due, COMPLIES, &[(20, "end")]);
    assert_eq!(ended.days_to_agreement_collapsed, Some(20));
    assert_eq!(ended.days_to_agreement_completed, None);
    let uncounted = done_to("counts_as_unmet = []\n", &due, COMPLIES, &[(20, "end")]);
    assert_eq!(uncounted.days_to_agreement_collapsed, None);
    assert_eq!(uncounted.days_judged, 0);
    let before_it_starts = format!("starts = {}", date(50));
    let never = done_to("", &before_it_starts, COMPLIES, &[(20, "end")]);
    assert_eq!(never.days_to_agreement_collapsed, Some(20));
    let expired = done_to("", &format!("expires = {}", date(10)), COMPLIES, &[]);
    assert_eq!(expired.days_to_agreement_collapsed, None);
    assert_eq!(expired.days_to_agreement_completed, None);
    // Renewed before the twenty days are over, it goes on.
    let renewed = format!(
        "{}\n[[change]]\nid = \"back\"\nclause = \"pullback\"\nwhen = {}\nkind = \"renew\"\ndays = 200\n",
        due,
        date(30)
    );
    let renewed = done_to("", &renewed, COMPLIES, &[(20, "end")]);
    assert_eq!(renewed.days_to_agreement_collapsed, None);
    assert!(renewed.days_to_agreement_completed.is_some());
}

/// Half of it broken off, the other half kept: neither completed nor collapsed,
/// for 0.5 is above 0.3.
#[test]
fn what_is_left_of_an_agreement_counts_with_its_weight() {
    let other = "weight = 1\n[[clause]]\nid = \"leave-it\"\nkind = \"keep-distance\"\nbinds = [\"red\"]\nfrom = \"line\"\nmin_km = 30\n";
    let halved = done_to("", other, COMPLIES, &[(8, "end")]);
    assert_eq!(halved.days_to_agreement_completed, None);
    assert_eq!(halved.days_to_agreement_collapsed, None);
    let lighter = other.replace("weight = 1", "weight = 4");
    let most = done_to("", &lighter, COMPLIES, &[(8, "end")]);
    assert_eq!(most.days_to_agreement_collapsed, Some(27));
}

/// Everybody is out when the parties commit themselves again: nobody is inside on the
/// second D-day, and that is no breach.
#[test]
fn a_place_with_nobody_inside_is_kept() {
    let deadline = "deadline = { after = \"pullback\", days = 30 }";
    let it = done_to("", deadline, COMPLIES, &[(60, "recommit")]).clauses.raw[0];
    assert_eq!((it.deadline_met, it.kept_at_end, it.met), (Some(true), true, 1.0));
    assert_eq!((it.with_losses, it.days_to_first_kept), (1.0, Some(0)));
}

/// One clause to abstain is kept from the first day, the heavier one falls due on day 60
/// and never is: nothing is completed, and days are judged from the first that is due.
#[test]
fn nothing_is_completed_before_everything_is_due() {
    let heavy = format!(
        "deadline = {}\nweight = 10\n[[clause]]\nid = \"quiet\"\nkind = \"abstain\"\nbinds = [\"red\"]\nacts = [\"fire\"]\n",
        date(60)
    );
    let it = run(&scenario(7, &heavy, "initial = \"defy\""));
    assert_eq!((it.days_to_agreement_completed, it.days_judged), (None, 120));
    // Under 0.3 from day 61 on, for twenty days.
    assert_eq!((it.days_to_agreement_collapsed, it.end()), (Some(80), End::Collapsed));
}

/// Red defies, is struck for each recorded violation, and loses a third each time until few
/// are left: the dead have kept nothing.
#[test]
fn who_is_struck_until_few_are_left_has_not_completed_anything() {
    let struck = "monitors = [\"eyes\"]\n[[monitor]]\nid = \"eyes\"\nkind = \"national-technical-means\"\nparty = \"un\"\nsightings_per_day = 2\npublic = true\n\
                  [[rule]]\nid = \"strike\"\nparty = \"un\"\non = \"violation-recorded\"\nby = [\"red\"]\nprobability = 1\ncooldown_days = 1\nkind = \"strike\"\nhit_probability = 1\nloss_share = 0.5\n";
    let tables = [
        "[outcome]\ncompleted_days = 10\ncollapsed_days = 90\n".to_owned(),
        site("near", 0.5, 0.0),
        parties(&["red", "un"]),
        force("guard", "red", "near", MARCH),
        keep("pullback", "red", 40.0, struck),
        scripted("red", "initial = \"defy\""),
    ];
    let it = run(&model(file(120, 7, &tables.concat())));
    assert_eq!(it.end(), End::Destroyed, "{it:?}");
    let clause = it.clauses.raw[0];
    assert!(clause.with_losses < 1e-9 && !clause.kept_at_end, "{clause:?}");
}
