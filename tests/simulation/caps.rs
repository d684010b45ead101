//! What a cap leaves to authorised forces, and where the others go.

use crate::common::{date, file, force, keep, model, parties, scripted, site, walk};
use disengage::model::Model;

const CLASSES: &str = "[[weapon-class]]\nid = \"rocket\"\nrange_km = 40\n\
     [[weapon-class]]\nid = \"gun\"\nrange_km = 20\n";

/// Forces of `red` at so many kilometres of the line, with so many persons.
fn forces(of: &[(&str, f64, u32)]) -> String {
    let one = |(id, km, strength): &(&str, f64, u32)| {
        let more = format!("strength = {strength}\nmobility_km_per_day = 300");
        site(&format!("at-{id}"), *km, 0.0) + &force(id, "red", &format!("at-{id}"), &more)
    };
    of.iter().map(one).collect()
}

fn band(id: &str, from_km: f64, to_km: f64, cap: &str) -> String {
    format!(
        "[[clause]]\nid = \"{id}\"\nkind = \"presence\"\nbinds = [\"red\"]\nauthorised = [\"red\"]\n\
         from = \"line\"\nfrom_km = {from_km}\nto_km = {to_km}\n{cap}\n"
    )
}

fn of(order: &str, tables: &str) -> Model {
    let initial = format!("initial = \"{order}\"");
    let tables = parties(&["red"]) + CLASSES + &scripted("red", &initial) + tables;
    model(file(10, 1, &tables))
}

/// By force: kilometres that it has gone by each day.
fn gone(model: &Model) -> Vec<Vec<f64>> {
    let mut days = Vec::new();
    walk(model, 1, 0, |world, _| {
        let forces = world.forces().iter();
        days.push(forces.map(|it| it.place.metre / 1000.0).collect());
    });
    days
}

fn at_the_end(model: &Model) -> Vec<f64> {
    gone(model).pop().unwrap_or_default()
}

fn moved(model: &Model) -> Vec<bool> {
    at_the_end(model).iter().map(|km| *km > 0.0).collect()
}

#[test]
fn a_cap_of_nothing_empties_the_band() {
    let tables =
        forces(&[("a", 10.0, 100), ("b", 12.0, 50)]) + &band("cap", 0.0, 30.0, "cap_persons = 0");
    let model = of("comply", &tables);
    let gone = at_the_end(&model);
    assert!((gone[0] - 20.0).abs() < 0.1 && (gone[1] - 18.0).abs() < 0.1, "{gone:?}");
    walk(&model, 1, 0, |world, turn| {
        if turn.to > 1 {
            assert_eq!(world.clauses().raw[0].shares.met, 1.0);
        }
    });
    let tables = forces(&[("a", 10.0, 100)]) + &band("cap", 0.0, 30.0, "cap_persons = 0");
    for order in ["defy", "conceal"] {
        assert_eq!(at_the_end(&of(order, &tables)), [0.0], "{order}");
    }
}

#[test]
fn those_that_fit_stay_in_the_order_of_the_file() {
    let three = [("a", 10.0, 100), ("b", 11.0, 150), ("c", 12.0, 90)];
    for (cap, expected) in [
        ("cap_persons = 250", [false, false, true]),
        ("cap_persons = 200", [false, true, false]),
        ("cap_persons = 95", [true, true, false]),
        ("cap_posts = 2", [false, false, true]),
        ("cap_posts = 2\ncap_persons = 160", [false, true, true]),
        ("cap_persons = 340", [false, false, false]),
    ] {
        let tables = forces(&three) + &band("cap", 0.0, 30.0, cap);
        let model = of("comply", &tables);
        assert_eq!(moved(&model), expected, "{cap}");
        walk(&model, 1, 0, |world, turn| {
            assert!(turn.to < 2 || world.clauses().raw[0].shares.met == 1.0, "{cap}");
        });
    }
    // One that is added behind changes nobody before it.
    let four = [three[0], three[1], three[2], ("d", 13.0, 10)];
    let tables = forces(&four) + &band("cap", 0.0, 30.0, "cap_persons = 200");
    assert_eq!(moved(&of("comply", &tables)), [false, true, false, false]);
}

#[test]
fn a_cap_by_range_moves_those_with_such_weapons() {
    let armed = |id: &str, held: &str| {
        force(id, "red", "here", &format!("mobility_km_per_day = 300\nequipment = {{ {held} }}"))
    };
    let tables = site("here", 10.0, 0.0)
        + &armed("guns", "gun = 9")
        + &armed("rockets", "rocket = 4")
        + &armed("more-rockets", "rocket = 3, gun = 2")
        + &band("cap", 0.0, 30.0, "min_range_km = 30\ncap_weapons = 4");
    assert_eq!(moved(&of("comply", &tables)), [false, false, true]);
}

#[test]
fn who_leaves_a_band_fits_into_the_next_or_goes_on() {
    let near = [("x", 5.0, 100), ("y", 15.0, 100), ("z", 22.0, 100)];
    let bands = |first: u32, second: u32, third: u32| {
        let cap = |persons| format!("cap_persons = {persons}");
        forces(&near)
            + &band("first", 0.0, 10.0, &cap(first))
            + &band("second", 10.0, 20.0, &cap(second))
            + &band("third", 20.0, 25.0, &cap(third))
    };
    for (caps, expected) in [
        ((0, 200, 100), [5.0, 0.0, 0.0]),
        ((0, 100, 200), [15.0, 0.0, 0.0]),
        ((0, 100, 100), [20.0, 0.0, 0.0]),
        ((0, 0, 100), [20.0, 10.0, 0.0]),
        ((0, 0, 200), [15.0, 10.0, 0.0]),
        ((100, 0, 0), [0.0, 10.0, 3.0]),
    ] {
        let gone = at_the_end(&of("comply", &bands(caps.0, caps.1, caps.2)));
        for (km, expected) in gone.iter().zip(expected) {
            assert!((km - expected).abs() < 0.1, "{caps:?}: {gone:?}");
        }
    }
}

#[test]
fn a_lower_cap_moves_more_and_a_higher_one_lets_them_back() {
    let amend = |day: i32, persons: u32| {
        format!(
            "[[change]]\nid = \"to-{persons}\"\nclause = \"cap\"\nwhen = {}\nkind = \"amend\"\ncap_persons = {persons}\n",
            date(day)
        )
    };
    let tables = forces(&[("a", 10.0, 100), ("b", 11.0, 100), ("c", 12.0, 100)])
        + &band("cap", 0.0, 30.0, "cap_persons = 200")
        + &amend(3, 100)
        + &amend(6, 300);
    let gone = gone(&of("comply", &tables));
    let away = |day: usize| gone[day - 1].iter().map(|km| *km > 0.0).collect::<Vec<_>>();
    assert_eq!(away(3), [false, false, true]);
    assert_eq!(away(5), [false, true, true]);
    assert_eq!(away(9), [false, false, false]);
}

#[test]
fn who_halts_at_an_edge_is_out_of_the_band_below_it() {
    // Off the middle of a slanting way, so that tables have steps of their own.
    for km in [17.0, 20.0, 23.7] {
        let tables = site("slant", 3.0, 90.0)
            + &force("a", "red", "slant", "mobility_km_per_day = 400")
            + &keep("away", "red", km, "")
            + &band("below", 0.0, km, "cap_persons = 500")
            + &band("above", km, 60.0, "cap_persons = 500");
        walk(&of("comply", &tables), 1, 0, |world, turn| {
            let view = &world.forces().raw[0].stance.view;
            if turn.to > 1 {
                assert!(
                    [0, 1].iter().all(|it| view.meets((*it).into())) && !view.meets(2.into()),
                    "{km}"
                );
            }
        });
    }
}

/// What is kept anywhere (to hold one's fire) does not keep a force from going on to
/// where a line and a cap are both kept, on the far side of the band.
#[test]
fn a_force_crosses_a_band_though_it_also_holds_its_fire() {
    let cease_fire = "[[clause]]\nid = \"cease-fire\"\nkind = \"abstain\"\nbinds = [\"red\"]\n\
         acts = [\"fire\"]\nacts_per_day = 0.1\n";
    let tables = forces(&[("a", 5.0, 100)])
        + &keep("back", "red", 10.0, "")
        + &band("cap", 10.0, 20.0, "cap_persons = 0")
        + cease_fire;
    let gone = at_the_end(&of("comply", &tables));
    assert!((gone[0] - 15.0).abs() < 0.1, "{gone:?}");
}
