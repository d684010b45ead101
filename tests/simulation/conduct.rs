//! Who decides what, and how many comply: shares beside closed forms.

use crate::common::{
    close, each, eyes, file, force, keep, mean, model, parties, quantal, scripted, site, walk,
};
use disengage::engine::EventKind;
use disengage::model::Model;
use disengage::theory::{Resolve, both_above, share_complying};

/// How a party's resolve is made up if its file does not say.
const USUAL: Resolve = Resolve { cohesion: 0.8, lasting: 0.5, half_life_days: 365.0 };
/// Looks a day of the sky in these tests, and how much less likely being on record is for who
/// complies: 1 − exp(−0.1·30).
const LOOKS: f64 = 0.1;
const RECORD: f64 = 0.950_212_931_632_136;

/// Parties that decide each for itself, each with garrisons of its own at `home_km` from the
/// line, some metres apart: draws of as many independent parties.
#[derive(Clone)]
struct Many<'t> {
    parties: usize,
    garrisons: usize,
    home_km: f64,
    days: i32,
    turn_days: u32,
    /// Keys of every party.
    temper: &'t str,
    /// Keys of every site.
    ground: &'t str,
}

const MANY: Many =
    Many { parties: 60, garrisons: 1, home_km: 5.0, days: 1, turn_days: 1, temper: "", ground: "" };

impl Many<'_> {
    /// With a clause to keep 40 km that all are bound by, unless `tables` have others, and a
    /// conduct for each: in either `@` stands for a party, `binds = ["all"]` for all.
    fn model(&self, conduct: &str, tables: &str) -> Model {
        let ids: Vec<String> = (0..self.parties).map(|at| format!("r{at}")).collect();
        let mut text = site("beyond", 60.0, 0.0) + &parties(&["watcher"]);
        for (at, party) in ids.iter().enumerate() {
            text += &format!("[[party]]\nid = \"{party}\"\n{}\n", self.temper);
            for garrison in 0..self.garrisons {
                let here = format!("{party}-{garrison}");
                let east = 0.01 * (at * self.garrisons + garrison) as f64;
                text += &site(&here, self.home_km, east);
                text += &format!("group = \"{here}\"\n{}\n", self.ground.replace('@', party));
                let more = "withdraws_to = [\"beyond\"]\nmobility_km_per_day = 10";
                text += &force(&format!("f{here}"), party, &here, more);
            }
            text += &conduct.replace('@', party);
        }
        if !tables.contains("kind = \"keep-distance\"") {
            text += &keep("pullback", "all", 40.0, "monitors = [\"sky\"]");
        }
        text += &eyes("sky", LOOKS, "");
        model(
            file(self.days, self.turn_days, &(text + tables))
                .replace("[\"all\"]", &format!("{ids:?}")),
        )
    }
}

/// By replicate, the shares of comply, defy and conceal among all units on the first clause,
/// at the end of each turn.
fn ordered(model: &Model, seed: u64, replicates: u64) -> Vec<Vec<[f64; 3]>> {
    each(replicates, |number| {
        let mut seen = Vec::new();
        walk(model, seed, number, |world, _| {
            let (mut shares, mut all) = ([0.0; 3], 0.0);
            for (unit, state) in model.units.iter().zip(world.units()) {
                if unit.clause == 0.into() && !unit.forces.is_empty() {
                    shares[state.order as usize] += 1.0;
                    all += 1.0;
                }
            }
            seen.push(shares.map(|it| it / all));
        });
        seen
    })
}

/// The share complying at the end of one turn, within 3.5 standard errors.
fn comply(what: &str, found: &[Vec<[f64; 3]>], turn: usize, expected: f64) {
    let shares: Vec<f64> = found.iter().map(|it| it[turn][0]).collect();
    close(what, &shares, expected, 3.5, 0.012);
}

fn shares_are(what: &str, model: &Model, seed: u64, expected: [f64; 3]) {
    let found = ordered(model, seed, 60);
    for (order, word) in ["comply", "defy", "conceal"].iter().enumerate() {
        let values: Vec<f64> = found.iter().map(|it| it[0][order]).collect();
        close(&format!("{what}: {word}"), &values, expected[order], 3.5, 0.012);
    }
}

/// At a constant ΔU the share complying is logistic(ΔU), whatever resolve is made of, how
/// fast it is thought over and how often anybody looks.
#[test]
fn the_share_complying_is_logistic() {
    for (utility, cohesion, lasting, half_life, review) in [
        (0.0, 0.8, 0.5, 365.0, 30),
        (0.5, 0.0, 0.0, 30.0, 5),
        (0.5, 1.0, 0.0, 36_525.0, 30),
        (0.5, 0.5, 1.0, 365.0, 120),
        (-1.0, 0.0, 1.0, 30.0, 30),
        (-1.0, 1.0, 0.5, 365.0, 5),
        (-1.0, 0.5, 0.0, 30.0, 120),
        (1.5, 0.8, 0.5, 30.0, 5),
        (-3.0, 0.8, 0.5, 30.0, 30),
    ] {
        let temper = format!(
            "cohesion = {cohesion:?}\nlasting = {lasting:?}\nrethink_half_life_days = {half_life:?}"
        );
        let many = Many { days: 180, turn_days: 30, temper: &temper, ..MANY };
        let found = ordered(&many.model(&quantal("@", review, -utility, ""), ""), 1, 50);
        for turn in [0, 1, 5] {
            let what = format!("ΔU {utility}, {temper}, review {review}, turn {turn}");
            comply(&what, &found, turn, share_complying(utility));
        }
    }
}

/// Each term of ΔU alone and all together, with nobody hiding: from 5 to 40 km are 35.
#[test]
fn every_term_adds_to_what_complying_is_worth() {
    let terms = [
        ("pressure = 1.2", 1.2 * RECORD),
        ("value_per_km = 0.02", -0.02 * 35.0),
        ("trust = 0.5\ntrust_weight = 0.8", 0.4),
        ("counter_performance = 0.6\ncounter_weight = 0.5", 0.3),
        (
            "hit_cost = 20.0\nhits_per_day = { comply = 0.001, defy = 0.012 }",
            20.0 * (0.012 - 0.001),
        ),
        ("fresh = 0.7", 0.7),
    ];
    let hides_not = "concealment_cost = 1000\n";
    let mut all = (hides_not.to_owned(), -0.5);
    for (key, worth) in terms {
        let model = MANY.model(&quantal("@", 20, 0.5, &format!("{hides_not}{key}")), "");
        let share = share_complying(worth - 0.5);
        shares_are(key, &model, 2, [share, 1.0 - share, 0.0]);
        all.0 += &format!("{key}\n");
        all.1 += worth;
    }
    let share = share_complying(all.1);
    let model = MANY.model(&quantal("@", 20, 0.5, &all.0), "");
    shares_are("all terms", &model, 2, [share, 1.0 - share, 0.0]);
}

/// Whoever receives a delivery counts it, wherever the forces are that hand over.
#[test]
fn a_hand_over_is_on_record_if_anybody_counts_it() {
    let deliver = "[[clause]]\nid = \"hand-over\"\nkind = \"deliver\"\nbinds = [\"all\"]\nto = \"watcher\"\n\
                   what = \"prisoners\"\nstock = { @ = 17 }\nitems_per_day = 1\nmonitors = [\"count\"]\n";
    let far = keep("apart", "all", 1.0, "");
    for (is_there, less) in [("", 1.0), ("from = 2031-01-01", 0.0)] {
        let held =
            (0..MANY.parties).map(|at| format!("fr{at}-0 = 17")).collect::<Vec<_>>().join(", ");
        let count = format!(
            "[[area]]\nid = \"far-off\"\nkind = \"band\"\nfrom = \"line\"\nfrom_km = 200\nto_km = 220\n\
             [[monitor]]\nid = \"count\"\nkind = \"national-technical-means\"\nparty = \"watcher\"\n\
             area = \"far-off\"\nsightings_per_day = 0.1\n{is_there}\n"
        );
        let tables = deliver.replace("@ = 17", &held) + &far + &count;
        let conduct = quantal("@", 20, 1.0, "concealment_cost = 1000\npressure = 1.5");
        let model = MANY.model(&conduct, &tables);
        assert_eq!(model.clauses.raw[0].id, "hand-over");
        let share = share_complying(1.5 * less - 1.0);
        shares_are(is_there, &model, 6, [share, 1.0 - share, 0.0]);
    }
}

/// What a site is worth goes before the ordinary value, and in a garrison of several the mean
/// by strength counts.
#[test]
fn what_a_site_is_worth_goes_before_the_ordinary_value() {
    let dear = Many { ground: "value = { @ = 1.1 }", ..MANY };
    let share = share_complying(-1.1);
    let model = dear.model(&quantal("@", 20, 0.3, "concealment_cost = 1000"), "");
    shares_are("dear", &model, 3, [share, 1.0 - share, 0.0]);
    // 100 persons at a site of 1.1, and 300 at one of the ordinary value beside it.
    let more: String = (0..60)
        .map(|at| {
            site(&format!("b{at}"), 5.0, 0.01 * f64::from(at))
                + &format!("group = \"r{at}-0\"\n")
                + &force(
                    &format!("b{at}"),
                    &format!("r{at}"),
                    &format!("b{at}"),
                    "strength = 300\nwithdraws_to = [\"beyond\"]",
                )
        })
        .collect();
    let share = share_complying(-(100.0 * 1.1 + 300.0 * 0.3) / 400.0);
    let model = dear.model(&quantal("@", 20, 0.3, "concealment_cost = 1000"), &more);
    shares_are("two sites", &model, 3, [share, 1.0 - share, 0.0]);
}

/// Who can hide compares with the better of the open and of hiding, and of those who do not
/// comply those hide whose posture is for it: U_h − U_d + 0.25·ε₂ > 0.
#[test]
fn who_does_not_comply_is_open_or_hides() {
    // Half the signature is hidden, so that half of the looks find it.
    let hidden = 1.0 - libm::exp(-0.5 * LOOKS * 30.0);
    for (more, defy, conceal) in [
        ("pressure = 2\nconcealment_cost = 0.15", -2.0 * RECORD, -2.0 * hidden - 0.15),
        ("pressure = 2\nconcealment_cost = 0.5", -2.0 * RECORD, -2.0 * hidden - 0.5),
        (
            "hit_cost = 20\nhits_per_day = { defy = 0.012, conceal = 0.004 }\nconcealment_cost = 0.05",
            -20.0 * 0.012,
            -20.0 * 0.004 - 0.05,
        ),
    ] {
        let model = MANY.model(&quantal("@", 20, 1.0, more), "");
        let complies = share_complying(-1.0 - defy.max(conceal));
        let hides = share_complying((conceal - defy) / 0.25);
        let expected = [complies, (1.0 - complies) * (1.0 - hides), (1.0 - complies) * hides];
        shares_are(more, &model, 4, expected);
    }
}

/// Two garrisons of a party comply together with ¼ + asin ρ/2π at ΔU 0; k of them as the
/// integral over what they have in common says.
#[test]
fn garrisons_of_a_party_comply_together_by_their_cohesion() {
    let together = |cohesion: f64, garrisons: u32, utility: f64, expected: f64| {
        let temper = format!("cohesion = {cohesion:?}");
        let many = Many { garrisons: garrisons as usize, parties: 40, temper: &temper, ..MANY };
        let model = many.model(&quantal("@", 30, -utility, ""), "");
        let all = each(80, |number| {
            let mut share = 0.0;
            walk(&model, 5, number, |world, _| {
                let mut complies = vec![true; model.parties.len()];
                for (unit, state) in model.units.iter().zip(world.units()) {
                    complies[usize::from(unit.party)] &=
                        state.order == disengage::model::Order::Comply;
                }
                let of = |it: &&disengage::model::DecisionUnit| complies[usize::from(it.party)];
                share = model.units.iter().filter(of).count() as f64 / model.units.len() as f64;
            });
            share
        });
        let what = format!("all of {garrisons} at cohesion {cohesion}, ΔU {utility}");
        close(&what, &all, expected, 3.5, 0.012);
    };
    for cohesion in [0.0, 0.5, 0.8, 1.0] {
        together(cohesion, 2, 0.0, both_above(cohesion));
    }
    together(0.8, 4, 0.0, USUAL.all_comply(4, 0.0));
    together(0.8, 8, 0.5, USUAL.all_comply(8, 0.5));
}

/// One garrison on two days 90 and 365 apart: .4668 and .4035 at ΔU 0.
#[test]
fn one_garrison_remembers() {
    let many = Many { days: 395, turn_days: 5, ..MANY };
    let model = many.model(&quantal("@", 5, 0.0, ""), "");
    let complies = each(80, |number| {
        let mut seen = Vec::new();
        walk(&model, 6, number, |world, turn| {
            if [30, 120, 395].contains(&turn.to) {
                let orders =
                    world.units().iter().map(|it| it.order == disengage::model::Order::Comply);
                seen.push(orders.collect::<Vec<bool>>());
            }
        });
        [1, 2].map(|later: usize| {
            let both = seen[0].iter().zip(&seen[later]).filter(|(a, b)| **a && **b);
            both.count() as f64 / seen[0].len() as f64
        })
    });
    for (at, days) in [(0, 90.0), (1, 365.0)] {
        let shares: Vec<f64> = complies.iter().map(|it| it[at]).collect();
        close(&format!("{days} days apart"), &shares, USUAL.complies_twice(days), 3.5, 0.012);
    }
}

/// Orders are reversed at reviews, as often as resolve differs between two of them:
/// .230 .225 .207 a year at 5, 30 and 120 days for ρ = 1, l = .5.
#[test]
fn orders_are_reversed_as_seldom_as_resolve_is_thought_over() {
    let temper = Resolve { cohesion: 1.0, lasting: 0.5, half_life_days: 365.0 };
    for (review, exact) in [(5, 0.230), (30, 0.225), (120, 0.207)] {
        let years = 4;
        let warm = 120;
        let many =
            Many { days: warm + years * 365, turn_days: 20, temper: "cohesion = 1.0", ..MANY };
        let model = many.model(&quantal("@", review, 0.0, "concealment_cost = 1000"), "");
        let reversals = each(30, |number| {
            let mut count = 0.0;
            walk(&model, 7, number, |world, turn| {
                let given = world.events().iter().filter(|it| {
                    matches!(it.kind, EventKind::OrderGiven { .. }) && it.day >= warm as u32
                });
                count += given.count() as f64;
                assert!(turn.to <= (warm + years * 365) as u32);
            });
            count / f64::from(years) / model.units.len() as f64
        });
        let apart = f64::from(review);
        let expected = 365.0 / apart * (1.0 - 2.0 * temper.complies_twice(apart));
        assert!((expected - exact).abs() < 6e-4, "{expected}");
        close(&format!("reversals at {review} days"), &reversals, expected, 3.5, 0.01);
    }
}

/// Four ways to write the same demand, each .622: alone; beside a clause kept at home; beside
/// one that nobody can meet; beside a second phase whose kilometres cost more than it presses;
/// and written four times.
#[test]
fn a_demand_is_worth_what_it_is_however_it_is_written() {
    let watched = "monitors = [\"sky\"]";
    let asks = keep("pullback", "all", 40.0, watched);
    let beside = |id: &str, km: f64| asks.clone() + &keep(id, "all", km, watched);
    let pressed =
        quantal("@", 20, 1.0, &format!("concealment_cost = 1000\npressure = {}", 1.5 / RECORD));
    let dear = quantal(
        "@",
        20,
        1.0,
        &format!(
            "concealment_cost = 1000\npressure = {}\nvalue_per_km = 0.1\nclauses = [\"second\"]",
            1.5 / RECORD
        ),
    )
    .replace("@-mind", "@-dear");
    let phases = "[[phase]]\nid = \"first-phase\"\n[[phase]]\nid = \"second-phase\"\n";
    let in_phase = |phase: &str| format!("{watched}\nphase = \"{phase}\"");
    let ways = [
        ("alone", pressed.clone(), asks.clone()),
        ("beside one kept at home", pressed.clone(), beside("kept", 3.0)),
        ("beside one nobody can meet", pressed.clone(), beside("out-of-reach", 200.0)),
        (
            "beside a second phase",
            pressed.clone() + &dear,
            keep("pullback", "all", 40.0, &in_phase("first-phase"))
                + &keep("second", "all", 59.0, &in_phase("second-phase"))
                + phases,
        ),
        (
            "written four times",
            pressed.clone(),
            (1..4).fold(asks.clone(), |all, at| {
                all + &keep(&format!("again{at}"), "all", 40.0, watched)
            }),
        ),
    ];
    let mut each_way = Vec::new();
    for (what, conduct, tables) in ways {
        let model = MANY.model(&conduct, &tables);
        let found = ordered(&model, 8, 60);
        comply(what, &found, 0, 0.622_459);
        each_way.push(found);
    }
    // The same draws, so the same orders.
    assert!(each_way.iter().all(|it| *it == each_way[0]));
}

/// `fresh` 2 for 14 days at ΔU −1: .731 .602 .500 .367 .290 .270 of garrisons that look daily
/// and think nothing over.
#[test]
fn a_fresh_commitment_is_kept_at_first() {
    let many = Many { days: 121, temper: "lasting = 1.0", ..MANY };
    let model = many.model(&quantal("@", 1, 1.0, "fresh = 2\nconcealment_cost = 1000"), "");
    let found = ordered(&model, 9, 50);
    for (day, exact) in [(0, 0.731), (7, 0.602), (14, 0.5), (30, 0.367), (60, 0.290), (120, 0.270)]
    {
        let expected = share_complying(2.0 * libm::exp2(-(day as f64) / 14.0) - 1.0);
        assert!((expected - exact).abs() < 6e-4, "{expected}");
        comply(&format!("day {day}"), &found, day, expected);
    }
}

/// Pressure is gone for good, ΔU falls from .425 to −1: of those that comply .555 leave.
#[test]
fn who_is_pressed_no_more_leaves_if_its_resolve_is_too_small() {
    let many = Many { days: 90, turn_days: 30, temper: "rethink_half_life_days = 36525", ..MANY };
    let eased: String = (0..60)
        .map(|at| {
            format!(
                "[[event]]\nid = \"eased-{at}\"\nkind = \"position\"\ndate = 2030-02-05\nparty = \"r{at}\"\npressure = -2\n"
            )
        })
        .collect();
    let mind = format!("concealment_cost = 1000\npressure = {}", 1.425 / RECORD);
    let found = ordered(&many.model(&quantal("@", 20, 1.0, &mind), &eased), 10, 60);
    comply("pressed", &found, 0, share_complying(0.425));
    comply("eased", &found, 2, share_complying(-1.0));
    let (before, after) = (mean(&each_of(&found, 0)).0, mean(&each_of(&found, 2)).0);
    // What is thought over in these weeks moves next to nobody.
    assert!((1.0 - after / before - 0.555).abs() < 0.02, "{before} {after}");
}

fn each_of(found: &[Vec<[f64; 3]>], turn: usize) -> Vec<f64> {
    found.iter().map(|it| it[turn][0]).collect()
}

/// Of those who comply with a fixed probability, and hide with another.
#[test]
fn fixed_probabilities_are_shares() {
    let fixed = "[[conduct]]\nid = \"@-fixed\"\nparty = \"@\"\nkind = \"fixed-probabilities\"\nreview_days = 7\n\
                 probabilities = { comply = 0.5, conceal = 0.3 }\n";
    shares_are("fixed", &MANY.model(fixed, ""), 11, [0.5, 0.2, 0.3]);
    let many = Many { days: 180, turn_days: 30, temper: "rethink_half_life_days = 30", ..MANY };
    let found = ordered(&many.model(fixed, ""), 11, 60);
    comply("later", &found, 5, 0.5);
}

/// Sixty proxies of a patron, with two garrisons each, that would never comply themselves.
fn proxies(control: f64, patron: &str) -> Model {
    let temper = format!("patron = \"patron\"\ncontrol = {control:?}\ncohesion = 0.0");
    let many = Many { garrisons: 2, days: 60, turn_days: 10, temper: &temper, ..MANY };
    let tables = parties(&["patron"]) + patron;
    many.model(&quantal("@", 10, 1000.0, "concealment_cost = 5000"), &tables)
}

/// A proxy follows its patron with probability `control`, by one draw for all it does in a
/// run; from the next review on.
#[test]
fn a_proxy_follows_its_patron_in_all_or_in_nothing() {
    for control in [0.0, 0.3, 0.75, 1.0] {
        let model = proxies(
            control,
            &scripted(
                "patron",
                "initial = \"conceal\"\norders = [{ date = 2030-01-16, order = \"comply\" }]",
            ),
        );
        let found = each(60, |number| {
            let mut seen = Vec::new();
            walk(&model, 12, number, |world, _| {
                let (mut shares, mut all) = ([0.0; 3], 0.0);
                let mut of = vec![Vec::new(); model.parties.len()];
                for (unit, state) in model.units.iter().zip(world.units()) {
                    if !unit.forces.is_empty() {
                        shares[state.order as usize] += 1.0;
                        all += 1.0;
                        of[usize::from(unit.party)].push(state.order);
                    }
                }
                seen.push((shares.map(|it| it / all), of));
            });
            seen
        });
        for (turn, follow) in [(0, 2), (5, 0)] {
            let shares: Vec<f64> = found.iter().map(|it| it[turn].0[follow]).collect();
            close(&format!("control {control}, turn {turn}"), &shares, control, 3.5, 0.012);
            let alike = |of: &Vec<Vec<disengage::model::Order>>| {
                of.iter().all(|orders| orders.iter().all(|it| *it == orders[0]))
            };
            assert!(found.iter().all(|it| alike(&it[turn].1)));
        }
    }
}

/// Mean true compliance of each replicate.
fn compliance(model: &Model, replicates: u64) -> Vec<f64> {
    each(replicates, |number| walk(model, 17, number, |_, _| {}).compliance)
}

/// Under common random numbers the difference has the sign it is to have by
/// more than three standard errors, and every pair agrees with it.
fn rises(what: &str, low: &Model, high: &Model, weakly_in_every_pair: bool) {
    let differences: Vec<f64> = compliance(low, 300)
        .iter()
        .zip(compliance(high, 300))
        .map(|(low, high)| high - low)
        .collect();
    let (rise, se) = mean(&differences);
    assert!(rise > 3.0 * se && rise > 0.0, "{what}: {rise} ± {se}");
    if weakly_in_every_pair {
        assert!(differences.iter().all(|it| *it >= -1e-12), "{what}: not in every pair");
    }
}

/// Resolve is the same in both of a pair, so that it holds in every pair.
#[test]
fn compliance_rises_with_what_presses_and_falls_with_what_is_given_up() {
    let few = Many { parties: 4, days: 180, turn_days: 30, ..MANY };
    let of = |value: f64, more: &str| few.model(&quantal("@", 20, value, more), "");
    rises("pressure", &of(1.0, "pressure = 0.6"), &of(1.0, "pressure = 1.4"), true);
    rises("value", &of(1.6, "pressure = 0.8"), &of(1.0, "pressure = 0.8"), true);
    let per_km = |v: f64| of(0.4, &format!("pressure = 1.0\nvalue_per_km = {v}"));
    rises("value of a kilometre", &per_km(0.02), &per_km(0.004), true);
    let hit = |cost: f64| {
        of(0.8, &format!("hit_cost = {cost}\nhits_per_day = {{ defy = 0.3, conceal = 0.2 }}"))
    };
    rises("the cost of a hit", &hit(0.5), &hit(3.0), true);
    let unlike = |days: f64| of(0.8, &format!("pressure = 1.0\nrecord_days = {days}"));
    rises("how long a word stands", &unlike(5.0), &unlike(60.0), true);
    let believed = |factor: f64| of(0.8, &format!("pressure = 1.0\nbelieved_watch = {factor}"));
    rises("how often it thinks it is seen", &believed(0.1), &believed(2.0), true);
}

/// More is seen, so being on record is likelier and strikes fall on who stays: either way
/// compliance rises with detection.
#[test]
fn compliance_rises_with_detection() {
    let few = Many { parties: 4, days: 240, turn_days: 30, ..MANY };
    let of = |seen: f64, mind: &str, tables: &str| {
        let tables =
            keep("pullback", "all", 40.0, "monitors = [\"eye\"]") + &eyes("eye", seen, "") + tables;
        few.model(&quantal("@", 15, 0.8, mind), &tables)
    };
    let pressed = "pressure = 1.0\nconcealment_cost = 10";
    rises("detection, by being on record", &of(0.02, pressed, ""), &of(0.2, pressed, ""), true);
    let struck = "hit_cost = 30\nhits_per_day = { comply = 0, defy = 0.005, conceal = 0.005 }\n\
                  belief_memory_days = 60\nbelief_half_life_days = 400\nconcealment_cost = 10";
    let strikes = "[[rule]]\nid = \"strikes\"\nparty = \"watcher\"\non = \"violation-recorded\"\nby = [\"all\"]\n\
                   probability = 0.5\nkind = \"strike\"\nloss_share = 0\n";
    rises(
        "detection, by beliefs of being hit",
        &of(0.02, struck, strikes),
        &of(0.2, struck, strikes),
        false,
    );
}

/// Where the patron complies and its proxies would not, control raises compliance, and every
/// pair agrees: who follows at the less follows at the more.
#[test]
fn compliance_rises_with_control_where_the_patron_complies() {
    let patron = scripted("patron", "initial = \"comply\"");
    rises("control", &proxies(0.2, &patron), &proxies(0.8, &patron), true);
}
