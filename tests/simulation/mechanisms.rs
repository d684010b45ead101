//! Each mechanism has an effect, and a word of the file switches it off. What
//! other files show of a switch is not shown again here: `beliefs`, `trust` and
//! `pressure` (learning), `delay`, `denial`, `false_alarms`, `wrong_attribution`,
//! `bias`, `availability` and `complaints` (verification), `exemptions` and
//! `licences` (clauses), `readings` and `milestones` (agreements), `rules`,
//! `strikes`, `ladder` and `outside_events` (incidents, reactions).

use crate::common::{
    date, each, eyes, file, force, keep, model, parties, quantal, scripted, site, walk,
};
use disengage::engine::{EventKind, World};
use disengage::model::{Mechanism, Order};

/// What `of` sees at the end of each of `n` runs of a file of 90 days, with all
/// at work and with one mechanism switched off.
fn with_and_without<T: Send>(
    n: u64,
    switch: &str,
    tables: &str,
    of: impl Fn(&World) -> T + Sync + Send,
) -> (Vec<T>, Vec<T>) {
    let run = |switches: &str| {
        let model = model(file(90, 7, &format!("{tables}{switches}")));
        each(n, |number| {
            let mut last = None;
            walk(&model, 3, number, |world, _| last = Some(of(world)));
            last.unwrap_or_else(|| panic!("no turns"))
        })
    };
    let off = format!("[mechanisms]\n{switch} = false\n");
    (run(""), run(&off))
}

/// Red at 20 km, asked to be 60 km away, and seen by the watcher.
fn red(more: &str) -> String {
    [
        site("near", 20.0, 0.0),
        parties(&["red", "blue", "watcher"]),
        force("guard", "red", "near", ""),
        keep("pullback", "red", 60.0, "monitors = [\"sky\"]"),
        eyes("sky", 1.0, "public = true"),
        more.to_owned(),
    ]
    .concat()
}

/// As the list of the model says: every one can be switched off.
#[test]
fn every_mechanism_has_its_word() {
    for (word, mechanism) in Mechanism::ALL {
        let switches = format!("[mechanisms]\n{word} = false\n");
        let tables = red(&scripted("red", "")) + &switches;
        let model = model(file(7, 7, &tables));
        assert!(!model.mechanisms.has(mechanism), "{word}");
        let others = Mechanism::ALL.iter().filter(|(other, _)| *other != word);
        assert!(others.into_iter().all(|(_, it)| model.mechanisms.has(*it)));
    }
}

#[test]
fn claims() {
    let claim = format!(
        "[[claim]]\nid = \"said\"\nby = \"red\"\nclause = \"pullback\"\ndate = {}\nsays = \"keeping\"\n",
        date(10)
    );
    let tables = red(&(scripted("red", "") + &claim));
    let said = |world: &World| world.clauses().raw[0].shares.claimed_keeping;
    let (on, off) = with_and_without(1, "claims", &tables, said);
    assert_eq!(on, [1.0]);
    assert_ne!(off, [1.0]);
}

/// Hidden it shows half, and is seen half as often.
#[test]
fn concealment() {
    let tables = red(&scripted("red", "initial = \"conceal\"\nconcealment = 0.5"));
    let shown = |world: &World| world.forces().raw[0].stance.shown;
    let (on, off) = with_and_without(1, "concealment", &tables, shown);
    assert_eq!((on, off), (vec![0.5], vec![1.0]));
}

/// Two forces of 100 share a lift of 100: each goes half as fast.
#[test]
fn lift() {
    let slow = "mobility_km_per_day = 1";
    let tables = [
        site("near", 20.0, 0.0),
        "[[party]]\nid = \"red\"\nlift_persons = 100\n".into(),
        force("a", "red", "near", slow),
        force("b", "red", "near", slow),
        keep("pullback", "red", 44.9, ""),
        scripted("red", "initial = \"comply\""),
    ]
    .concat();
    let kept = |world: &World| world.clauses().raw[0].first_kept;
    let (on, off) = with_and_without(1, "lift", &tables, kept);
    assert_eq!((on, off), (vec![Some(50)], vec![Some(25)]));
}

#[test]
fn patrons() {
    let tables = [
        site("near", 20.0, 0.0),
        "[[party]]\nid = \"big\"\n[[party]]\nid = \"red\"\npatron = \"big\"\ncontrol = 1.0\n"
            .into(),
        force("guard", "red", "near", ""),
        keep("pullback", "red", 60.0, "").replace("[\"red\"]", "[\"red\", \"big\"]"),
        quantal("red", 10, 1000.0, ""),
        scripted("big", "initial = \"comply\""),
    ]
    .concat();
    let met = |world: &World| world.clauses().raw[0].shares.met;
    let (on, off) = with_and_without(1, "patrons", &tables, met);
    assert_eq!((on, off), (vec![1.0], vec![0.0]));
}

/// Blue is seen keeping its part, which is worth 1000 to red, more than presence.
#[test]
fn counter_performance() {
    let tables = red(&[
        site("away", 200.0, 0.0),
        force("post", "blue", "away", ""),
        keep("stay-away", "blue", 100.0, "monitors = [\"sky\"]"),
        scripted("blue", "initial = \"comply\""),
        quantal(
            "red",
            10,
            500.0,
            "counter_clauses = [\"stay-away\"]\ncounter_weight = 1000\nconcealment_cost = 500",
        ),
    ]
    .concat());
    let met = |world: &World| world.clauses().raw[0].shares.met;
    let (on, off) = with_and_without(1, "counter_performance", &tables, met);
    assert_eq!((on, off), (vec![1.0], vec![0.0]));
}

/// Clashes are felt by a ladder; a channel that settles them all keeps it down.
#[test]
fn incidents_and_liaison() {
    let tables = red(&[
        force("post", "blue", "near", ""),
        scripted("red", ""),
        "[[incident]]\nid = \"clash\"\nby = \"red\"\nagainst = \"blue\"\nper_day = 0.5\nfade_km = 20\n".into(),
        "[[liaison]]\nid = \"line\"\nbetween = [\"blue\", \"red\"]\nsettles = 1.0\n".into(),
        "[[ladder]]\nid = \"steps\"\nbetween = [\"red\", \"blue\"]\nseverity = { fire = 1 }\nrungs = [{ id = \"one\", up = 1000, down = 0 }]\n".into(),
    ]
    .concat());
    let felt = |world: &World| world.conflict().ladders.raw[0].tension;
    let (settled, felt_all) = with_and_without(20, "liaison", &tables, felt);
    assert!(settled.iter().all(|it| *it == 0.0));
    assert!(felt_all.iter().all(|it| *it > 10.0));
    let unsettled = tables.replace("settles = 1.0", "settles = 0.0");
    let (clash, none) = with_and_without(20, "incidents", &unsettled, felt);
    assert_eq!(clash, felt_all);
    assert!(none.iter().all(|it| *it == 0.0));
}

/// What nothing in the file is of changes no draw when it is switched off.
#[test]
fn switching_off_what_is_not_there_changes_nothing() {
    let mind = quantal("red", 10, 0.0, "concealment_cost = 500");
    let orders = |world: &World| {
        let given =
            world.events().iter().filter(|it| matches!(it.kind, EventKind::OrderGiven { .. }));
        (world.units().raw[0].order, given.count())
    };
    for (word, _) in Mechanism::ALL {
        let (on, off) = with_and_without(10, word, &red(&mind), orders);
        assert_eq!(on, off, "{word}");
        assert!(on.iter().any(|(order, _)| *order != Order::Defy));
    }
}
