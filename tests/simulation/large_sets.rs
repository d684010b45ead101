//! More than 64 clauses, monitors or weapon classes: what is asked of a force does not
//! depend on how much else is written.

use crate::common::*;
use disengage::engine::strength;
use disengage::model::{ClauseIndex, Model};

const RED: &str = "mobility_km_per_day = 4\nequipment = { c00 = 3, c69 = 7 }";

/// Red withdraws from 20 km under the eyes of `sky`, beside so many clauses and
/// monitors that bind and watch somebody else.
fn beside(others: usize) -> Model {
    let mut tables = site("near", 20.0, 0.0)
        + &site("home", 60.0, 80.0)
        + &parties(&["red", "green", "watcher"])
        + &(0..70)
            .map(|n| format!("[[weapon-class]]\nid = \"c{n:02}\"\nrange_km = 40\n"))
            .collect::<String>()
        + &force("r", "red", "near", RED)
        + &force("g", "green", "home", "mobility_km_per_day = 4")
        + &scripted("green", "initial = \"comply\"");
    for n in 0..others {
        tables += &eyes(&format!("m{n}"), 0.5, "");
        tables += &keep(&format!("far-{n}"), "green", 30.0, &format!("monitors = [\"m{n}\"]"));
    }
    tables += &eyes("sky", 0.8, "report_delay_days = 1");
    tables += &keep("pullback", "red", 40.0, "monitors = [\"sky\"]");
    tables += &scripted(
        "red",
        &format!("initial = \"defy\"\norders = [{{ date = {}, order = \"comply\" }}]", date(10)),
    );
    model(file(60, 1, &tables))
}

/// Shares of the last clause in three registers on every day, and who meets it.
fn told(model: &Model) -> Vec<String> {
    let last = ClauseIndex::from(model.clauses.len() - 1);
    let mut days = Vec::new();
    walk(model, 3, 5, |world, _| {
        let state = &world.clauses()[last];
        let force = &world.forces().raw[0];
        days.push(format!(
            "{:?} {} {} {:?}",
            state.shares,
            state.violators,
            force.stance.view.meets(last),
            force.place
        ));
    });
    days
}

#[test]
fn a_clause_past_the_64th_is_judged_as_the_first() {
    let alone = told(&beside(0));
    assert!(alone.iter().any(|day| day != &alone[0]), "nothing happens");
    for others in [63, 64, 65, 130] {
        let model = beside(others);
        assert_eq!((model.clauses.len(), model.monitors.len()), (others + 1, others + 1));
        for (day, (beside, alone)) in told(&model).iter().zip(&alone).enumerate() {
            assert_eq!(beside, alone, "beside {others}, day {day}");
        }
    }
}

#[test]
fn a_weapon_class_past_the_64th_is_in_scope() {
    let classes: String = (0..70).map(|n| format!("c{n:02} = {}, ", n + 1)).collect();
    let tables = site("near", 20.0, 0.0)
        + &parties(&["red"])
        + &(0..70)
            .map(|n| format!("[[weapon-class]]\nid = \"c{n:02}\"\nrange_km = 40\n"))
            .collect::<String>()
        + &force(
            "r",
            "red",
            "near",
            &format!("equipment = {{ {} }}", &classes[..classes.len() - 2]),
        )
        + &keep("some", "red", 40.0, "classes = [\"c00\", \"c69\"]")
        + &keep("all", "red", 40.0, "min_range_km = 1")
        + &scripted("red", "initial = \"defy\"");
    let model = model(file(3, 1, &tables));
    let mut weights = [0.0; 2];
    walk(&model, 1, 0, |world, _| {
        weights = [0, 1].map(|clause| strength(&model, world, clause.into(), 0.into(), true));
    });
    assert_eq!(weights, [71.0, (1..=70).sum::<u32>().into()]);
}
