//! What each order means for each kind of clause, by small scenarios worked out
//! by hand.

use crate::common::{
    close, date, each, eyes, file, force, keep, model, parties, scripted, site, walk,
};
use disengage::engine::{
    self, InstallationState, Register, Status, StoreState, World, status as standing, strength,
};
use disengage::experiment::replicate;
use disengage::model::{Model, PartyIndex, TiSlice, Uncertain};
use disengage::record::{Aggregates, TurnRow};
use disengage::stats::{Distribution, Draws};
use proptest::prelude::*;

/// True compliance of a clause at the end of each turn.
fn met(model: &Model, clause: usize) -> Vec<f64> {
    let mut shares = Vec::new();
    walk(model, 1, 0, |world, _| {
        let state = &world.clauses().raw[clause];
        shares.push(state.shares.met);
        // A clause that is kept whole has no violators.
        if state.kept.is_some() && state.terms.kept_at >= 1.0 {
            assert_eq!((state.violators, state.violating), (0, 0.0));
        }
    });
    shares
}

fn clause(id: &str, kind: &str, binds: &str, more: &str) -> String {
    format!("[[clause]]\nid = \"{id}\"\nkind = \"{kind}\"\nbinds = [{binds}]\n{more}\n")
}

fn orders(party: &str, initial: &str, later: &[(i32, &str)]) -> String {
    let later: Vec<String> = later
        .iter()
        .map(|(day, order)| format!("{{ date = {}, order = \"{order}\" }}", date(*day)))
        .collect();
    scripted(party, &format!("initial = \"{initial}\"\norders = [{}]", later.join(", ")))
}

const WEAPONS: &str = "[[weapon-class]]\nid = \"rocket\"\nrange_km = 40\ncalibre_mm = 122\nheavy = true\n\
     [[weapon-class]]\nid = \"gun\"\nrange_km = 20\ncalibre_mm = 152\n\
     [[weapon-class]]\nid = \"drone\"\nrange_km = 100\ncalibre_mm = 0\ndomain = \"air\"\n";

/// Two sites 10 km from the line, and forces `a` and `b` of `red`.
fn two(days: i32, more: &str) -> String {
    file(
        days,
        1,
        &(site("near", 10.0, 0.0)
            + &site("near-too", 10.0, 20.0)
            + &parties(&["red", "watcher", "green"])
            + WEAPONS
            + &force(
                "a",
                "red",
                "near",
                "mobility_km_per_day = 300\nequipment = { rocket = 8, gun = 5 }",
            )
            + &force(
                "b",
                "red",
                "near-too",
                "mobility_km_per_day = 300\nequipment = { rocket = 4, drone = 2 }",
            )
            + more),
    )
}

#[test]
fn a_scope_chooses_forces_and_weighs_weapons() {
    let scopes = [
        ("classes = [\"gun\"]", vec![5.0]),
        ("min_range_km = 30", vec![8.0, 6.0]),
        ("min_calibre_mm = 130", vec![5.0]),
        ("heavy = true", vec![8.0, 4.0]),
        ("min_range_km = 30\ndomain = \"land\"", vec![8.0, 4.0]),
        ("min_range_km = 30\ndomain = \"air\"", vec![2.0]),
        ("domain = \"land\"", vec![100.0, 100.0]),
        ("domain = \"sea\"", vec![]),
    ];
    for (scope, expected) in scopes {
        let tables = keep("away", "red", 50.0, scope) + &orders("red", "defy", &[]);
        let model = model(two(3, &tables));
        let mut weights = Vec::new();
        walk(&model, 1, 0, |world, _| {
            let bound = model.clauses.raw[0].bound.keys();
            weights = bound.map(|at| strength(&model, world, 0.into(), at, true)).collect();
        });
        assert_eq!(weights, expected, "{scope}");
    }
}

#[test]
fn caps_count_weapons_and_posts() {
    let within = "from = \"line\"\nfrom_km = 0\nto_km = 30\nauthorised = [\"red\"]\n";
    let none = f64::NAN;
    for (limits, expected, used) in [
        ("heavy = true\ncap_weapons = 6", 6.0 / 12.0, [12.0 / 6.0, none]),
        ("cap_persons = 150", 150.0 / 200.0, [200.0 / 150.0, none]),
        ("cap_posts = 1", 0.5, [none, 2.0]),
        ("cap_posts = 2\ncap_persons = 50", 0.25, [4.0, 1.0]),
        ("cap_posts = 2", 1.0, [none, 1.0]),
    ] {
        let tables = clause("cap", "presence", "\"red\"", &format!("{within}{limits}"))
            + &orders("red", "defy", &[]);
        let model = model(two(3, &tables));
        let met = met(&model, 0);
        assert!((met[2] - expected).abs() < 1e-12, "{limits}: {met:?}");
        let mut aggregates = Aggregates::new(&model);
        replicate(&model, 1, 0, &mut aggregates);
        aggregates.enter();
        let rows: Vec<TurnRow> = aggregates.rows(&model, 0).collect();
        for (measure, used) in ["cap_use", "cap_use_posts"].iter().zip(used) {
            let row = rows.iter().rfind(|row| row.measure == *measure);
            let found = row.map_or(f64::NAN, |row| row.mean);
            assert!(
                (found - used).abs() < 1e-6 || found.is_nan() && used.is_nan(),
                "{limits}: {measure} {found}"
            );
        }
    }
}

#[test]
fn who_is_not_authorised_leaves_the_band_and_who_is_not_bound_is_counted_apart() {
    let tables = clause("band", "presence", "\"red\"", "from = \"line\"\nfrom_km = 0\nto_km = 30")
        + &force("other", "green", "near", "strength = 70")
        + &orders("red", "comply", &[]);
    let model = model(two(3, &tables));
    walk(&model, 1, 0, |world, turn| {
        assert_eq!(world.clauses().raw[0].unbound, 70.0);
        if turn.to == 2 {
            assert_eq!(world.clauses().raw[0].shares.met, 1.0);
        }
    });
}

#[test]
fn exemptions_take_strength_out_of_both_counts() {
    let area =
        "[[area]]\nid = \"zone\"\nkind = \"band\"\nfrom = \"line\"\nfrom_km = 0\nto_km = 30\n";
    let third = force("c", "green", "near", "mobility_km_per_day = 300");
    let run = |exempt: &str, switch: &str| {
        let tables = area.to_owned()
            + switch
            + &clause(
                "out",
                "leave",
                "\"red\", \"green\"",
                &format!("area = \"zone\"\nexempt = [{exempt}]"),
            )
            + &third
            + &orders("red", "defy", &[])
            + &orders("green", "comply", &[]);
        let model = model(two(4, &tables));
        let met = met(&model, 0);
        (met[3], model.clauses.raw[0].bound.len())
    };
    let named = |limit: &str| format!("{{ parties = [\"red\"], {limit} reason = \"police\" }}");
    // 300 bound, 100 out.
    assert_eq!(run("", ""), (1.0 / 3.0, 3));
    assert_eq!(run(&named(""), ""), (1.0, 1));
    assert_eq!(run(&named("up_to_persons = 60,"), ""), (100.0 / 240.0, 3));
    assert_eq!(run(&named("up_to_posts = 1,"), ""), (0.5, 3));
    assert_eq!(run(&named("up_to_posts = 2,"), ""), (1.0, 3));
    let off = "[mechanisms]\nexemptions = false\n";
    assert_eq!(run(&named("up_to_posts = 2,"), off), (1.0 / 3.0, 3));
    assert_eq!(run(&named(""), off), (1.0 / 3.0, 3));
}

#[test]
fn a_store_is_kept_by_who_complies_and_found_missing_again() {
    let confine = clause(
        "store",
        "confine",
        "\"red\"",
        "heavy = true\nmonitors = [\"eyes\"]\nmax_age_days = 3",
    );
    let tables = confine
        + &eyes("eyes", 20.0, "")
        + &orders("red", "comply", &[(10, "defy"), (20, "comply"), (30, "conceal")]);
    let model = model(two(40, &tables));
    let mut found = Vec::new();
    walk(&model, 1, 0, |world, turn| {
        let in_store = turn.to <= 10 || (turn.to > 20 && turn.to <= 30);
        assert_eq!(world.clauses().raw[0].shares.met, f64::from(u8::from(in_store)));
        found.push(world.clauses().raw[0].stores.raw[0].on(world.day(), 3.0));
    });
    assert_eq!(found[5], StoreState::Present);
    assert_eq!(found[16], StoreState::Missing);
    assert_eq!(found[26], StoreState::Present);
    assert_eq!(found[38], StoreState::MissingAgain);
}

#[test]
fn a_force_goes_to_its_site_and_one_beyond_the_line_is_outside_storage() {
    let tables = site("depot", 100.0, 0.0)
        + &clause(
            "store",
            "confine",
            "\"red\"",
            "sites = [\"depot\"]\nradius_km = 2\nbeyond = \"away\"\nmonitors = [\"eyes\"]",
        )
        + &keep("away", "red", 50.0, "monitors = [\"eyes\"]")
        + &eyes("eyes", 20.0, "")
        + &scripted("red", "initial = \"comply\"")
            .replace("id = \"red-script\"", "id = \"red-far\"\nclauses = [\"away\"]")
        + &orders("red", "defy", &[(20, "comply")]);
    let model = model(two(40, &tables));
    let (mut early, mut late) = (StoreState::Unchecked, StoreState::Unchecked);
    walk(&model, 1, 0, |world, turn| {
        let store = world.clauses().raw[0].stores.raw[0].on(world.day(), 30.0);
        if turn.to == 18 {
            early = store;
            assert_eq!(world.clauses().raw[0].shares.met, 0.0);
            let worst = world.clauses().raw[0].worst_km;
            assert!(worst > 10.0 && worst < 100.0, "{worst}");
        } else if turn.to == 40 {
            late = store;
            assert_eq!(world.clauses().raw[0].shares.met, 1.0);
        }
    });
    assert_eq!((early, late), (StoreState::Beyond, StoreState::Present));
}

#[test]
fn a_posture_is_kept_by_who_complies() {
    let tables = clause("quiet", "posture", "\"red\"", "heavy = true")
        + &orders("red", "defy", &[(5, "comply"), (8, "conceal")]);
    let met = met(&model(two(10, &tables)), 0);
    let expected = [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0];
    assert_eq!(met, expected);
}

/// Acts come as a Poisson process: a day is without one with probability
/// exp(-rate), so that is the compliance of a sole author.
#[test]
fn acts_of_who_does_not_abstain_are_poisson() {
    let tables = force("sole", "green", "near", "")
        + &clause("truce", "abstain", "\"green\"", "acts = [\"fire\"]\nacts_per_day = 0.5")
        + &orders("green", "defy", &[]);
    let model = model(two(60, &tables));
    let shares = each(400, |number| walk(&model, 7, number, |_, _| {}).clauses.raw[0].met);
    close("days without an act", &shares, libm::exp(-0.5), 4.0, 0.005);
}

#[test]
fn who_complies_abstains() {
    let tables = clause("truce", "abstain", "\"red\"", "acts = [\"fire\"]\nacts_per_day = 5")
        + &orders("red", "comply", &[(10, "defy"), (20, "comply")]);
    let met = met(&model(two(30, &tables)), 0);
    assert!(met[..10].iter().chain(&met[21..]).all(|it| *it == 1.0), "{met:?}");
    assert!(met[10..20].iter().any(|it| *it < 1.0), "{met:?}");
}

#[test]
fn a_licence_covers_what_follows_an_act_suffered() {
    let run = |switch: &str, within: u32| {
        let tables = switch.to_owned()
            + &force("c", "green", "near", "")
            + &clause(
                "truce-red",
                "abstain",
                "\"red\"",
                "acts = [\"fire\"]\nagainst = [\"green\"]\nacts_per_day = 20",
            )
            + &clause(
                "truce-green",
                "abstain",
                "\"green\"",
                &format!(
                    "acts = [\"fire\"]\nacts_per_day = 0.5\nlicences = [{{ after = \"fire\", within_days = {within} }}]"
                ),
            )
            + &orders("red", "defy", &[(3, "comply")])
            + &orders("green", "defy", &[]);
        let mut counts = (0, 0);
        walk(&model(two(40, &tables)), 1, 0, |world, _| {
            let acts = world.clauses().raw[1].abstain.as_ref();
            counts = acts.map_or((0, 0), |it| (it.violations, it.licensed));
        });
        counts
    };
    let (violations, licensed) = run("", 1000);
    assert!(violations == 0 && licensed > 5, "{violations}, {licensed}");
    let (few, still) = run("", 2);
    assert!(few > 0 && few + still == licensed, "{few}, {still}");
    assert_eq!(run("[mechanisms]\nlicences = false\n", 1000), (licensed, 0));
}

/// Who is deployed where it stands needs no place to fall back to.
#[test]
fn a_force_deployed_where_it_stands_stays() {
    let tables = "[[force]]\nid = \"c\"\nflag = \"green\"\nat = \"near\"\nstrength = 60\n"
        .to_owned()
        + &clause(
            "posts",
            "presence",
            "\"green\"",
            "from = \"line\"\nfrom_km = 0\nto_km = 30\nauthorised = [\"green\"]\n\
             floor_posts = 1\ndeploys = { c = \"near\" }",
        )
        + &orders("green", "comply", &[]);
    let model = model(two(10, &tables));
    walk(&model, 1, 0, |world, _| {
        let force = &world.forces().raw[2];
        assert_eq!((world.clauses().raw[0].shares.met, force.place.metre), (1.0, 0.0));
    });
}

/// Acts are done once, at the clause's rate; each reading judges them by its own
/// licences.
#[test]
fn acts_are_judged_under_each_reading_of_what_is_licensed() {
    let run = |reading: &str| {
        let tables = force("c", "green", "near", "")
            + &clause(
                "truce-red",
                "abstain",
                "\"red\"",
                "acts = [\"fire\"]\nagainst = [\"green\"]\nacts_per_day = 20",
            )
            + &clause(
                "truce-green",
                "abstain",
                "\"green\"",
                "acts = [\"fire\"]\nacts_per_day = 0.5",
            )
            + reading
            + &orders("red", "defy", &[(3, "comply")])
            + &orders("green", "defy", &[]);
        let model = model(two(40, &tables));
        let mut counts = Vec::new();
        walk(&model, 1, 0, |world, _| {
            let acts = world.clauses().raw[1..].iter().filter_map(|it| it.abstain.as_ref());
            counts = acts.map(|it| (it.violations, it.licensed)).collect();
        });
        counts
    };
    let alone = run("");
    let read =
        run("[[reading]]\nid = \"as-green\"\nreading_of = \"truce-green\"\nread_by = \"green\"\n\
         licences = [{ after = \"fire\", within_days = 1000 }]\n");
    let [(violations, 0)] = alone[..] else {
        panic!("{alone:?}");
    };
    assert!(violations > 5, "{violations}");
    assert_eq!(read, [(violations, 0), (0, violations)]);
}

#[test]
fn a_closed_way_blinds_the_monitors_that_need_it() {
    let seen = |order: &str| {
        let tables = clause(
            "road",
            "passage",
            "\"red\"",
            "through = \"near\"\nneeded_by = [\"eyes\"]\nmonitors = [\"eyes\"]",
        ) + &eyes("eyes", 10.0, "")
            + &orders("red", order, &[]);
        let mut sightings = 0.0;
        let mut last = f64::NAN;
        walk(&model(two(20, &tables)), 1, 0, |world, turn| {
            if turn.to > 1 {
                sightings += world.monitors().raw[0].sightings.over(turn.to, turn.to - turn.from);
            }
            last = world.clauses().raw[0].shares.met;
        });
        (sightings > 0.0, last)
    };
    assert_eq!(seen("comply"), (true, 1.0));
    assert_eq!(seen("defy"), (false, 0.0));
}

#[test]
fn a_step_takes_its_days_and_is_not_undone() {
    let tables = clause("law", "act", "\"green\"", "takes_days = 10")
        + &orders("green", "defy", &[(5, "comply"), (20, "defy")]);
    let met = met(&model(two(30, &tables)), 0);
    let done = met.iter().position(|it| *it == 1.0);
    // Ten days after the order of day 5; turns end on day 1 and later.
    assert_eq!(done, Some(15), "{met:?}");
    assert!(met[..15].iter().all(|it| *it == 0.0) && met[15..].iter().all(|it| *it == 1.0));
}

#[test]
fn installations_and_ground_pass_to_the_receiver() {
    let run = |more: &str| {
        let tables = "[[installation]]\nid = \"fort\"\nheld_by = \"a\"\n\
             [[ground]]\nid = \"hill\"\nheld_by = \"b\"\n"
            .to_owned()
            + &clause(
                "forts",
                "deliver",
                "\"red\"",
                &format!(
                    "what = \"installations\"\nitems = [\"fort\"]\nto = \"green\"\nitems_per_day = 0.1\n{more}"
                ),
            )
            + &clause(
                "land",
                "deliver",
                "\"red\"",
                "what = \"ground\"\nitems = [\"hill\"]\nto = \"green\"\nitems_per_day = 1",
            )
            + &orders("red", "comply", &[]);
        let model = model(two(20, &tables));
        let mut last = (InstallationState::Held, PartyIndex::from(9));
        walk(&model, 1, 0, |world, turn| {
            if turn.to == 9 {
                assert_eq!(world.installations().raw[0], InstallationState::Held);
                assert_eq!(world.grounds().raw[0], 2.into());
            }
            last = (world.installations().raw[0], world.grounds().raw[0]);
        });
        last
    };
    assert_eq!(run(""), (InstallationState::Transferred, 2.into()));
    assert_eq!(run("dismantled = true"), (InstallationState::Dismantled, 2.into()));
    assert_eq!(run("accepted_share = 0.0"), (InstallationState::Held, 2.into()));
}

#[test]
fn what_is_destroyed_leaves_both_counts() {
    for kind in ["keep-distance", "posture"] {
        let terms = match kind {
            "keep-distance" => "from = \"line\"\nmin_km = 50",
            _ => "heavy = true",
        };
        let tables =
            force("c", "green", "near", "mobility_km_per_day = 300\nequipment = { rocket = 8 }")
                + &clause("terms", kind, "\"red\", \"green\"", terms)
                + &orders("red", "defy", &[])
                + &orders("green", "comply", &[]);
        let model = model(two(5, &tables));
        let run = |lost: bool| {
            let none = || Uncertain::new(Distribution::Fixed(0.0), "");
            let mut model = model.clone();
            for force in model.forces.iter_mut().take(2).filter(|_| lost) {
                force.strength = none();
                force.equipment.iter_mut().for_each(|held| held.number = none());
            }
            let mut world = World::new(&model, Draws::new(1, 0));
            engine::walk(&model, &mut world, |_, _| {});
            world.clauses().raw[0].shares.met
        };
        let expected = if kind == "posture" { 8.0 / 20.0 } else { 1.0 / 3.0 };
        assert!((run(false) - expected).abs() < 1e-12);
        // Violators that are lost count neither as keeping nor as bound.
        assert_eq!(run(true), 1.0);
    }
}

#[test]
fn a_clause_stands_as_it_is_called() {
    let at = |more: &str, script: &[(i32, &str)], day: u32| {
        let tables = keep("away", "red", 50.0, more) + &orders("red", "defy", script);
        let model = model(two(40, &tables));
        let mut status = Status::NotDue;
        walk(&model, 1, 0, |world, turn| {
            if turn.to == day {
                status = standing(&model, world, 0.into(), Register::True);
            }
        });
        status
    };
    let due = format!("deadline = {}", date(20));
    assert_eq!(at(&due, &[], 10), Status::NotDue);
    assert_eq!(at(&due, &[], 27), Status::Late { days: 7 });
    assert_eq!(at(&due, &[(5, "comply")], 30), Status::Kept);
    assert_eq!(at(&due, &[(5, "comply"), (15, "defy")], 30), Status::Violated);
    assert_eq!(at("", &[], 30), Status::Open);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    /// Nothing is lost from the books: what is delivered is accepted, rejected
    /// or pending, and weapons are with their force or delivered.
    #[test]
    fn deliveries_are_conserved(
        per_day in 1_u32..40, inspection in 0_u32..9, accepted in 0_u32..=10, disputed in 0_u32..=10, seed in 0_u64..1000,
    ) {
        let rates = format!(
            "to = \"green\"\ninspection_days = {inspection}\naccepted_share = {:.1}\nverifier = \"watcher\"\ndisputed_share = {:.1}\n",
            f64::from(accepted) / 10.0, f64::from(disputed) / 10.0,
        );
        let rate = f64::from(per_day) / 10.0;
        let tables = clause("arms", "deliver", "\"red\"", &format!("{rates}weapons_per_day = {rate:.1}"))
            + &clause("men", "deliver", "\"red\"", &format!("{rates}what = \"prisoners\"\nstock = {{ a = 17 }}\nitems_per_day = {rate:.1}"))
            + &orders("red", "comply", &[(12, "defy"), (20, "comply")]);
        let model = model(two(30, &tables));
        walk(&model, seed, 0, |world, _| {
            for clause in 0..2 {
                let it = world.clauses().raw[clause].delivery.as_ref();
                let sums = it.map(|it| {
                    let sum = |of: &TiSlice<_, u32>| of.iter().sum::<u32>();
                    (sum(&it.held), sum(&it.handed), sum(&it.accepted), sum(&it.rejected), sum(&it.disputed), it.pending())
                });
                let Some((held, handed, accepted, rejected, disputed, pending)) = sums else {
                    continue;
                };
                assert_eq!(handed, accepted + rejected + pending);
                assert!(handed <= held && disputed <= accepted + rejected);
                if clause == 0 {
                    let left = world.forces().raw[0].equipment.iter().chain(&world.forces().raw[1].equipment);
                    assert_eq!(left.sum::<u32>() + handed, 8 + 5 + 4 + 2);
                }
            }
        });
    }
}
