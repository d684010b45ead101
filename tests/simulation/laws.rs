//! What holds in every scenario, tried on random ones.

use crate::common::{
    date, eyes, file, force, is_share, keep, model, parties, quantal, scripted, site, walk,
};
use disengage::engine::{EventKind, World};
use disengage::experiment::{replicate, trace};
use disengage::model::Place;
use disengage::model::{Duty, Kind, Model, ti_vec};
use disengage::record::Aggregates;
use proptest::prelude::*;

/// A force: party, site, strength, mobility, guns.
type Unit = (usize, usize, u32, f64, u32);
/// A clause: kind, party, distance, more distance, start, deadline.
type Term = (usize, usize, f64, f64, usize, Option<i32>);
/// How a party decides: scripted or not, an order, review days, pressure.
type Beliefs = (bool, usize, u32, f64);

const PARTIES: [&str; 3] = ["red", "blue", "green"];
const ORDERS: [&str; 3] = ["comply", "defy", "conceal"];

#[derive(Debug, Clone)]
struct Case {
    turn_days: u32,
    days: i32,
    forces: Vec<Unit>,
    clauses: Vec<Term>,
    beliefs: Vec<Beliefs>,
    lift: Option<f64>,
    control: f64,
    rate: f64,
    delay: f64,
    seed: u64,
}

fn case() -> impl Strategy<Value = Case> {
    let unit = (0..3usize, 0..4usize, 0..500u32, 1.0..40.0, 0..20u32);
    let term = (0..5usize, 0..3usize, 1.0..120.0, 0.0..40.0, 0..4usize, prop::option::of(1..80i32));
    let mind = (any::<bool>(), 0..3usize, 1..40u32, 0.0..2.0);
    (
        (1..=14u32, 20..120i32),
        prop::collection::vec(unit, 2..=6),
        prop::collection::vec(term, 1..=4),
        prop::collection::vec(mind, 3),
        prop::option::of(1.0..400.0),
        0.0..=1.0f64,
        0.0..2.0f64,
        0.0..20.0f64,
        any::<u64>(),
    )
        .prop_map(
            |((turn_days, days), forces, clauses, beliefs, lift, control, rate, delay, seed)| {
                Case { turn_days, days, forces, clauses, beliefs, lift, control, rate, delay, seed }
            },
        )
}

fn clause(case: &Case, index: usize, (kind, party, km, more, start, deadline): Term) -> String {
    let id = format!("c{index}");
    let party = PARTIES[party];
    let mut tail = String::from("monitors = [\"sky\", \"red-says\"]\n");
    match (start, index) {
        (1, _) => tail += &format!("starts = {}\n", date(case.days / 3)),
        (2, 1..) => tail += &format!("starts = {{ after = \"c{}\", days = 9 }}\n", index - 1),
        (3, 1..) => {
            tail += &format!(
                "starts = {{ verified = \"c{}\", at_least = 0.3, for_days = 3 }}\n",
                index - 1
            )
        }
        _ => {}
    }
    if let Some(days) = deadline {
        tail += &format!("deadline = {{ after = \"{id}\", days = {days} }}\n");
    }
    let head = format!("[[clause]]\nid = \"{id}\"\nbinds = [\"{party}\"]\n");
    let deploys = case.forces.iter().position(|it| PARTIES[it.0] == party);
    match kind {
        0 => keep(&id, party, km, &format!("target_km = {}\n{tail}", km + more)),
        1 => format!("{head}kind = \"leave\"\narea = \"strip\"\n{tail}"),
        2 => format!(
            "{head}kind = \"presence\"\narea = \"strip\"\nauthorised = [\"{party}\"]\ncap_persons = {km}\n{tail}"
        ),
        3 => match deploys {
            Some(at) => format!(
                "{head}kind = \"presence\"\narea = \"strip\"\nauthorised = [\"{party}\"]\nfloor_persons = {km}\ndeploys = {{ f{at} = \"inner\" }}\n{tail}"
            ),
            None => format!("{head}kind = \"leave\"\narea = \"strip\"\n{tail}"),
        },
        _ => format!(
            "{head}kind = \"deliver\"\nto = \"watcher\"\nweapons_per_day = {}\ninspection_days = {}\naccepted_share = 0.7\n{tail}",
            0.1 + more / 10.0,
            km as u32 % 10
        ),
    }
}

fn text(case: &Case) -> String {
    let mut tables = String::from(
        "[[area]]\nid = \"strip\"\nkind = \"band\"\nfrom = \"line\"\nfrom_km = -30\nto_km = 45\n[[weapon-class]]\nid = \"gun\"\nheavy = true\n",
    );
    tables += &(site("inner", 20.0, 50.0) + &site("s0", 3.0, 0.0) + &site("s1", 30.0, -20.0));
    tables += &(site("s2", 60.0, 10.0) + &site("s3", -15.0, 5.0));
    tables += &parties(&["blue", "watcher"]);
    let lift = case.lift.map_or_else(String::new, |lift| format!("lift_persons = {lift}\n"));
    tables += &format!(
        "[[party]]\nid = \"red\"\n{lift}[[party]]\nid = \"green\"\npatron = \"red\"\ncontrol = {:?}\n",
        case.control
    );
    for (index, (party, at, strength, mobility, guns)) in case.forces.iter().enumerate() {
        let more = format!(
            "strength = {strength}\nmobility_km_per_day = {mobility:?}\nequipment = {{ gun = {guns} }}"
        );
        tables += &force(&format!("f{index}"), PARTIES[*party], &format!("s{at}"), &more);
    }
    for (index, term) in case.clauses.iter().enumerate() {
        tables += &clause(case, index, *term);
    }
    tables += &eyes(
        "sky",
        case.rate,
        &format!("report_delay_days = {:?}\nbias_to_keeping = 0.1", case.delay),
    );
    tables += "[[monitor]]\nid = \"red-says\"\nkind = \"self-report\"\nparty = \"red\"\ninterval_days = 6\nhonesty = 0.5\n";
    for (party, (script, order, review, pressure)) in PARTIES.iter().zip(&case.beliefs) {
        let orders = format!(
            "initial = \"{}\"\norders = [{{ date = {}, order = \"{}\" }}, {{ date = {}, order = \"{}\" }}]",
            ORDERS[*order],
            date(case.days / 4),
            ORDERS[(order + 1) % 3],
            date(case.days / 2),
            ORDERS[(order + 2) % 3],
        );
        tables += &if *script {
            scripted(party, &orders)
        } else {
            quantal(party, *review, 0.2, &format!("pressure = {pressure:?}\nvalue_per_km = 0.001"))
        };
    }
    file(case.days, case.turn_days, &tables)
}

fn apart(a: Place, b: Place) -> f64 {
    if a.route == b.route { (a.metre - b.metre).abs() } else { a.metre + b.metre }
}

/// What holds at the end of every turn.
fn lawful(model: &Model, world: &World, before: &[Place], days: u32, start: &World) {
    let mut marched = ti_vec![0.0; model.parties.len()];
    let mut fastest = ti_vec![0.0_f64; model.parties.len()];
    for ((index, state), from) in world.forces().iter_enumerated().zip(before) {
        let id = &model.forces[index].id;
        let metres = apart(*from, state.place);
        let most = state.metres_per_day * f64::from(days);
        assert!(metres <= most + 1e-6, "{id} moved {metres} m of {most}");
        let commander = model.forces[index].commander;
        marched[commander] += metres * f64::from(state.strength);
        fastest[commander] = fastest[commander].max(state.metres_per_day);
        assert_eq!(state.strength, start.forces()[index].strength, "{id}");
        // Weapons: held here, or handed over under some clause.
        let handed: u32 = model
            .clauses
            .iter()
            .zip(world.clauses())
            .flat_map(|(clause, state)| state.delivery.iter().map(move |it| (clause, it)))
            .flat_map(|(clause, it)| clause.bound.iter().zip(&it.handed))
            .filter(|(bound, _)| bound.force == index)
            .map(|(_, handed)| handed)
            .sum();
        let held = |world: &World| world.forces()[index].equipment.iter().sum::<u32>();
        assert_eq!(held(world) + handed, held(start), "{id}'s weapons");
    }
    for (party, lift) in world.lift().iter_enumerated() {
        if let Some(lift) = lift {
            let most = lift * fastest[party] * f64::from(days);
            assert!(marched[party] <= most * (1.0 + 1e-9) + 1e-3, "{} of {most}", marched[party]);
        }
    }
    for (clause, state) in model.clauses.iter().zip(world.clauses()) {
        let it = &state.shares;
        let all = [
            it.met,
            it.full,
            it.unrestricted,
            it.seen_keeping,
            it.seen_violating,
            it.not_observed,
            it.claimed_keeping,
            it.claimed_violating,
        ];
        assert!(all.iter().all(|x| is_share(*x)), "{}: {it:?}", clause.id);
        let recorded = it.seen_keeping + it.seen_violating + it.not_observed;
        assert!(recorded.is_nan() || (recorded - 1.0).abs() < 1e-9, "{}: {it:?}", clause.id);
        assert!(is_share(it.claimed_keeping + it.claimed_violating), "{}: {it:?}", clause.id);
        if matches!(clause.kind, Kind::KeepDistance) {
            assert!(it.full <= it.met + 1e-12 || it.met.is_nan());
            let only_out = clause.bound.iter().all(|bound| bound.duty == Duty::StayOut);
            let missing = state.shortfall_km;
            // A force of nobody violates nothing.
            assert!(
                only_out && (it.met.is_nan() || (it.met == 1.0) == missing.is_nan()),
                "{}: {it:?} {missing}",
                clause.id
            );
            assert!(missing.is_nan() || missing >= 0.0);
        } else if it.met == 1.0 {
            assert!(
                state.shortfall_km.is_nan(),
                "{}: kept, and {} km short",
                clause.id,
                state.shortfall_km
            );
        }
        if let Some(delivery) = &state.delivery {
            for at in clause.bound.keys() {
                assert!(delivery.accepted[at] + delivery.rejected[at] <= delivery.handed[at]);
                assert!(delivery.handed[at] <= delivery.held[at]);
                assert!(delivery.reported[at] <= delivery.accepted[at]);
            }
        }
    }
    for monitor in world.monitors() {
        assert!(monitor.violations.all() <= monitor.sightings.all());
        assert!(monitor.register.iter().flatten().all(|it| it.day <= world.day()));
    }
}

fn places(world: &World) -> Vec<Place> {
    world.forces().iter().map(|it| it.place).collect()
}

/// Every order given: its day, party, clause, garrison and what it is.
fn orders(model: &Model, seed: u64) -> Vec<(u32, String)> {
    let mut given = Vec::new();
    let mut take = |world: &World| {
        for event in world.events() {
            if let EventKind::OrderGiven { unit, order, .. } = event.kind {
                let unit = &model.units[unit];
                let clause = &model.clauses[unit.clause].id;
                let (party, at) =
                    (&model.parties[unit.party].id, &model.garrisons[unit.garrison].id);
                given.push((event.day, format!("{party} at {at}, {clause}: {order:?}")));
            }
        }
    };
    let mut world = World::new(model, disengage::stats::Draws::new(seed, 0));
    disengage::engine::walk(model, &mut world, |world, _| take(world));
    given.sort();
    given
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(20), ..ProptestConfig::default() })]

    #[test]
    fn every_turn_is_lawful(case in case()) {
        let model = model(text(&case));
        for number in 0..3 {
            let start = World::new(&model, disengage::stats::Draws::new(case.seed, number));
            let mut before = places(&start);
            walk(&model, case.seed, number, |world, turn| {
                lawful(&model, world, &before, turn.to - turn.from, &start);
                before = places(world);
            });
        }
    }

    /// Turns are how often the state is recorded, and no more.
    #[test]
    fn orders_do_not_depend_on_turns(case in case(), turn_days in 1..=31u32) {
        let other = Case { turn_days, ..case.clone() };
        prop_assert_eq!(orders(&model(text(&case)), case.seed), orders(&model(text(&other)), case.seed));
    }

    /// A clause of place that is written twice or four times is weighed once. (Caps and posts
    /// bind whole forces.)
    #[test]
    fn what_is_written_again_counts_once(case in case(), again in 1..4usize) {
        let mut case = case;
        case.clauses[0].0 %= 2;
        let first = case.clauses[0];
        let once = text(&case);
        let copies: String = (0..again)
            .map(|copy| {
                let id = format!("again-{copy}");
                clause(&case, 0, first).replace("\"c0\"", &format!("\"{id}\""))
            })
            .collect();
        let of_others = |model: &Model| {
            let mut given = orders(model, case.seed);
            given.retain(|(_, what)| !what.contains("again-"));
            given
        };
        prop_assert_eq!(of_others(&model(once.clone())), of_others(&model(once + &copies)));
    }

    #[test]
    fn causes_are_there_and_come_first(case in case()) {
        let model = model(text(&case));
        let trace = trace(&model, case.seed, 1);
        let mut days = std::collections::BTreeMap::new();
        for event in &trace.events {
            prop_assert!(days.insert(event.id, event.day).is_none(), "two events {}", event.id);
            prop_assert!(event.day <= model.calendar.days);
        }
        for event in &trace.events {
            if let Some(cause) = event.cause {
                let day = days.get(&cause);
                prop_assert!(day.is_some_and(|day| *day <= event.day) && cause < event.id, "{:?} caused by {:?}", event, day);
            }
        }
    }

    #[test]
    fn a_trace_is_its_run(case in case()) {
        let model = model(text(&case));
        let mut aggregates = Aggregates::new(&model);
        let run = replicate(&model, case.seed, 2, &mut aggregates);
        prop_assert_eq!(format!("{:?}", trace(&model, case.seed, 2).run), format!("{:?}", run));
        for clause in &run.clauses {
            prop_assert!(is_share(clause.met) && is_share(clause.seen_keeping) && is_share(clause.claimed_keeping));
        }
        prop_assert!(is_share(run.compliance));
    }

    /// Everybody complies, the target stays: a greater least distance never
    /// helps, on any date.
    #[test]
    fn a_greater_least_distance_never_raises_compliance(
        case in case(), low in 5.0..60.0f64, more in 0.0..40.0f64, beyond in 0.0..30.0f64,
    ) {
        let target = low + more + beyond;
        let of = |min_km: f64| {
            let mut case = case.clone();
            case.beliefs = vec![(true, 0, 1, 0.0); 3];
            case.clauses = vec![];
            let text = text(&case).replace("order = \"defy\"", "order = \"comply\"").replace("order = \"conceal\"", "order = \"comply\"");
            let clauses: String = PARTIES
                .iter()
                .map(|party| keep(&format!("of-{party}"), party, min_km, &format!("target_km = {target}")))
                .collect();
            model(text + &clauses)
        };
        let compliance = |model: &Model| {
            let mut all = Vec::new();
            walk(model, case.seed, 0, |world, _| all.extend(world.clauses().iter().map(|it| it.shares.met)));
            all
        };
        let (near, far) = (of(low), of(low + more));
        for (near, far) in compliance(&near).iter().zip(compliance(&far)) {
            prop_assert!(far <= *near || far.is_nan() && near.is_nan(), "{near} at {low} km, {far} at {} km", low + more);
        }
    }
}
