//! Offensives through the whole engine, on the ground of the cookbook.

use crate::common::{mean, model};
use disengage::engine::{EventKind, World, walk};
use disengage::experiment::trace;
use disengage::model::Model;
use disengage::stats::Draws;

const TRUCE: &str = "[[clause]]\nid = \"cease-fire\"\nkind = \"abstain\"\nbinds = [\"north\", \"south\"]\n\
     acts = [\"fire\", \"strike\"]\nmonitors = [\"watch\"]\n";

const ATTACK: &str = "[[event]]\nid = \"attack\"\ndate = 2030-06-01\nkind = \"offensive\"\nby = \"south\"\n\
     sites = [\"bridge\", \"hill\"]\nagainst = [\"north\", \"militia\"]\nloss_share = 0.1\n";

/// A clause that every force of the north keeps where it stands.
const KEPT_ANYWAY: &str = "[[area]]\nid = \"other-bank\"\nkind = \"band\"\nfrom = \"river\"\nfrom_km = -20\nto_km = 0\n\
     [[clause]]\nid = \"stay-off\"\nkind = \"leave\"\nbinds = [\"north\"]\narea = \"other-bank\"\nmonitors = [\"watch\"]\n";

fn banks(tables: &[&str]) -> Model {
    let base = include_str!("../../docs/cookbook-base.toml");
    model(format!("{base}{}", tables.concat()))
}

/// The world at the end of a run.
fn after(model: &Model) -> World {
    let mut world = World::new(model, Draws::new(1, 0));
    walk(model, &mut world, |_, _| {});
    world
}

/// Kilometres along its way at which a force stands.
fn km(model: &Model, world: &World, id: &str) -> f64 {
    let force = model.forces.iter().position(|it| it.id == id).unwrap();
    world.forces().raw[force].place.metre / 1000.0
}

fn forbidden(model: &Model, id: &str) -> usize {
    let clause = model.clauses.iter().position(|it| it.id == id).unwrap();
    let broken = |kind: EventKind| matches!(kind, EventKind::ClauseBroken { clause: it } if usize::from(it) == clause);
    trace(model, 1, 0).events.iter().filter(|it| broken(it.kind)).count()
}

/// Whoever stands at the sites leaves, whether a clause sends it elsewhere, is kept where it
/// stands, or binds it not at all; whoever stands elsewhere stays. The cease-fire is broken.
#[test]
fn an_offensive_moves_whoever_stands_there_and_breaks_a_cease_fire() {
    for tables in [vec![TRUCE, ATTACK], vec![TRUCE, ATTACK, KEPT_ANYWAY], vec![ATTACK]] {
        let model = banks(&tables);
        let world = after(&model);
        for id in ["north-police", "north-guard", "north-battery", "band"] {
            assert!(km(&model, &world, id) > 50.0, "{id}");
        }
        for id in ["north-battalion", "south-guard", "south-battery"] {
            assert_eq!(km(&model, &world, id), 0.0, "{id}");
        }
        if tables[0] == TRUCE {
            assert!(forbidden(&model, "cease-fire") > 0);
        }
    }
    let quiet = banks(&[TRUCE]);
    assert_eq!(forbidden(&quiet, "cease-fire"), 0);
}

/// A rule takes sites in answer, and its author holds the ground after: the ground that a force
/// of the north holds goes over, and the second answer finds nobody to hit.
#[test]
fn a_rule_takes_ground_and_its_party_holds_it() {
    let shot = "[[event]]\nid = \"shot\"\ndate = 2030-03-01\nkind = \"act\"\nact = \"fire\"\nby = \"north\"\nagainst = \"south\"\n";
    let again = shot.replace("shot", "again").replace("03-01", "09-01");
    let rule = "[[rule]]\nid = \"push\"\nparty = \"south\"\non = \"fire\"\nby = [\"north\"]\nkind = \"offensive\"\n\
         sites = [\"market\"]\non_parties = [\"north\"]\nloss_share = 0.5\n";
    let model = banks(&[TRUCE, shot, &again, rule]);
    let world = after(&model);
    let south = model.parties.iter().position(|it| it.id == "south").unwrap();
    assert_eq!(world.grounds().iter().map(|it| usize::from(*it)).collect::<Vec<_>>(), [south]);
    assert_eq!(world.conflict().rules.raw[0].fired, 2);
    assert!(km(&model, &world, "north-battalion") > 50.0);
    let battalion = model.forces.iter().position(|it| it.id == "north-battalion").unwrap();
    let lost = trace(&model, 1, 0).events.into_iter().filter(
        |it| matches!(it.kind, EventKind::Lost { force, .. } if usize::from(force) == battalion),
    );
    assert_eq!(lost.count(), 1);
}

/// Eight forces of 50 lose as many as one of 400. n = 400: standard error 0.4.
#[test]
fn the_cut_of_those_who_stand_there_changes_no_loss() {
    let lost = |parts: usize| {
        let whole = "{ id = \"north-battalion\", flag = \"north\", at = \"market\", strength = 400, equipment = { gun = 8, air-defence = 4 }, withdraws_to = [\"rest\"] },";
        let base = include_str!("../../docs/cookbook-base.toml");
        assert!(base.contains(whole));
        let each: String = (0..parts)
            .map(|it| format!("{{ id = \"n-{it}\", flag = \"north\", at = \"market\", strength = {}, withdraws_to = [\"rest\"] }},", 400 / parts))
            .collect();
        let attack = ATTACK.replace("\"bridge\", \"hill\"", "\"market\"");
        let base = base
            .replace(whole, &each)
            .replace("held_by = \"north-battalion\"", "held_by = \"n-0\"");
        let model = model(format!("{base}{TRUCE}{attack}"));
        let runs: Vec<f64> = (0..400)
            .map(|number| {
                let events = trace(&model, number, 0).events;
                let of = |kind| match kind {
                    EventKind::Lost { persons, .. } => f64::from(persons),
                    _ => 0.0,
                };
                events.iter().map(|it| of(it.kind)).sum()
            })
            .collect();
        mean(&runs).0
    };
    let (one, eight) = (lost(1), lost(8));
    assert!((one - 40.0).abs() < 1.6 && (eight - 40.0).abs() < 1.6, "{one} {eight}");
}
