//! What monitors see, register and confirm: closed forms through the engine, and
//! what always holds of records.

use crate::common::{each, model};
use disengage::diag::render;
use disengage::engine::{Record, Ruling, World, begin, step, withdraw, withdraw_all};
use disengage::model::{ForceIndex, Method, Model, TiVec, ti_vec};
use disengage::scenario::{LoadError, Scene, declared_stock, load_text};
use disengage::stats::Draws;

/// One replicate, shown after each turn.
fn walk(model: &Model, number: u64, mut show: impl FnMut(&mut World)) {
    let mut world = World::new(model, Draws::new(71, number));
    begin(model, &mut world);
    for index in 0..model.calendar.turns() {
        step(model, &mut world, model.calendar.turn(index));
        show(&mut world);
    }
}

fn at_end<T: Send>(model: &Model, replicates: u64, of: impl Fn(&World) -> T + Sync) -> Vec<T> {
    each(replicates, |number| {
        let mut last = None;
        walk(model, number, |world| {
            if world.day() == model.calendar.days {
                last = Some(of(world));
            }
        });
        last.unwrap()
    })
}

fn monitor(kind: &str, more: &str) -> String {
    format!("[[monitor]]\nid = \"eye\"\nparty = \"white\"\nkind = \"{kind}\"\n{more}\n")
}

fn post(rate: f64, more: &str) -> String {
    monitor("post", &format!("at = \"post\"\nradius_km = 40\nsightings_per_day = {rate:?}\n{more}"))
}

fn scene(tables: &str) -> Scene<'_> {
    Scene { monitors: &["eye"], tables, ..Scene::default() }
}

/// A share of n trials within `errors` standard errors of p.
fn near(what: &str, share: f64, p: f64, n: f64, errors: f64) {
    let tolerance = errors * (p * (1.0 - p) / n).sqrt() + 1e-9;
    assert!((share - p).abs() <= tolerance, "{what}: {share}, not {p} ± {tolerance}");
}

fn share(of: &[bool]) -> f64 {
    of.iter().filter(|it| **it).count() as f64 / of.len() as f64
}

fn mean(of: &[f64]) -> f64 {
    of.iter().sum::<f64>() / of.len() as f64
}

/// The share of forces that a patrol of this coverage sees in one day.
fn seen_in_a_day(keys: &str, law: &str) -> (f64, f64, f64) {
    let patrol = monitor("patrol", &format!("area = \"ground\"\nlaw = \"{law}\"\n{keys}"));
    let model = model(Scene { days: 1, turn_days: 1, forces: 40, ..scene(&patrol) }.text());
    let Method::Patrol { area_km2, .. } = &model.monitors.raw[0].method else {
        unreachable!("the scene has a patrol");
    };
    let replicates = 150;
    let seen = at_end(&model, replicates, |world| {
        let register = world.monitors().raw[0].register.iter();
        register.filter(|it| it.is_some()).count() as f64 / 40.0
    });
    (mean(&seen), *area_km2, 40.0 * replicates as f64)
}

/// Koopman: 1 − exp(−c), erf(c√π/2), min(1, c). Four standard errors.
#[test]
fn a_patrol_sees_by_its_coverage() {
    for (c, random, cube, exhaustive) in [
        (0.25, 0.2212, 0.2460, 0.25),
        (0.5, 0.3935, 0.4691, 0.5),
        (1.0, 0.6321, 0.7899, 1.0),
        (2.0, 0.8647, 0.9878, 1.0),
    ] {
        let hours = c * 1000.0 / 100.0;
        let keys = format!("sweep_width_km = 10\nspeed_km_per_h = 10\nhours_per_day = {hours:?}");
        for (law, p) in [("random", random), ("inverse-cube", cube), ("exhaustive", exhaustive)] {
            let (seen, area, n) = seen_in_a_day(&keys, law);
            assert!((area / 1000.0 - 1.0).abs() < 1e-3, "{area}");
            near(&format!("{law} at {c}"), seen, p, n, 4.0);
            if p == 1.0 {
                assert!(seen > 0.998, "{law} at {c}: {seen}");
            }
        }
    }
    let keys = "sweep_width_km = 4\nspeed_km_per_h = 15\nhours_per_day = 24";
    let (seen, _, n) = seen_in_a_day(keys, "random");
    near("v = 15, w = 4, t = 24, A = 1,000", seen, 0.7631, n, 4.0);
}

/// Recorded violations are Poisson(L·p·(1−u)): here true sightings 50, of which
/// a share of .3 is made, and access is denied on a share u of days. Four
/// standard errors.
#[test]
fn denial_thins_what_is_recorded_and_its_effort() {
    for (u, expected) in [(0.0, 15.0), (0.4, 9.0)] {
        let tables = post(
            0.5,
            &format!("deployed = [{{ share = 0.3 }}]\ndenial = {u:?}\ndenied_by = [\"red\"]"),
        );
        let model = model(Scene { days: 100, turn_days: 1, ..scene(&tables) }.text());
        let n = 600;
        let runs = at_end(&model, n, |world| {
            let it = &world.monitors().raw[0];
            (it.violations.all(), it.effort.all())
        });
        let counts: Vec<f64> = runs.iter().map(|it| it.0).collect();
        let got = mean(&counts);
        let se = (expected / n as f64).sqrt();
        assert!((got - expected).abs() < 4.0 * se, "u = {u}: {got}");
        let variance =
            counts.iter().map(|it| (it - got) * (it - got)).sum::<f64>() / (n as f64 - 1.0);
        assert!((variance / expected - 1.0).abs() < 4.0 * (2.0 / n as f64).sqrt());
        let effort = mean(&runs.iter().map(|it| it.1).collect::<Vec<_>>());
        let days = 100.0 * 0.3 * (1.0 - u);
        assert!((effort - days).abs() < 0.3, "u = {u}: {effort}");
    }
}

/// When each of 40 forces is first reported, over replicates; infinite if never.
fn first_reports(tables: &str, turn_days: u32, days: u32, replicates: u64) -> Vec<f64> {
    let model = model(Scene { days, turn_days, forces: 40, ..scene(tables) }.text());
    let each_run = each(replicates, |number| {
        let mut first = vec![f64::INFINITY; 40];
        walk(&model, number, |world| {
            for (first, known) in first.iter_mut().zip(&world.monitors().raw[0].register) {
                if known.is_some() && first.is_infinite() {
                    *first = f64::from(world.day());
                }
            }
        });
        first
    });
    each_run.concat()
}

/// F(t) = 1 − (νe^(−μt) − μe^(−νt)) ÷ (ν − μ) with μ = .05, ν = 1/14, mean 34,
/// whatever the turn. Four standard errors.
#[test]
fn a_standing_violation_is_reported_by_detection_and_delay() {
    let tables = post(0.05, "report_delay_days = 14");
    let mut runs = Vec::new();
    for turn_days in [1, 2, 7] {
        let first = first_reports(&tables, turn_days, 406, 40);
        for (t, p) in [(14.0, 0.2031), (28.0, 0.4938), (70.0, 0.9151)] {
            let by: Vec<bool> = first.iter().map(|it| *it <= t).collect();
            near(&format!("turn {turn_days}, day {t}"), share(&by), p, 1600.0, 4.0);
            runs.push(share(&by));
        }
        if turn_days == 1 {
            // Seen on the day the clock runs out: half a day later on average.
            let se = ((400.0 + 196.0_f64) / 1600.0).sqrt();
            assert!((mean(&first) - 34.5).abs() < 4.0 * se, "{}", mean(&first));
        }
    }
    assert_eq!(runs[..3], runs[3..6], "turn_days 1 and 2");
    assert_eq!(runs[..3], runs[6..], "turn_days 1 and 7");
}

/// First detection at rate μ a day: mean 1/μ.
#[test]
fn first_detection_takes_one_over_the_rate() {
    let first = first_reports(&post(0.1, ""), 1, 300, 40);
    let se = 10.0 / 1600.0_f64.sqrt();
    assert!((mean(&first) - 10.5).abs() < 4.0 * se, "{}", mean(&first));
}

/// Departures at γ = 1/30 a day, one force for each of 60 equal parts of the
/// distribution.
fn departs(index: u32) -> Option<u32> {
    let part = (f64::from(index) + 0.5) / 60.0;
    Some((-30.0 * libm::log1p(-part)).ceil() as u32)
}

/// Ever detected μ/(μ+γ) = .600; of first reports, γ/(γ+ν) = .3182 are stale on
/// arrival. A force that leaves on the day of the arrival counts half. Four
/// standard errors.
#[test]
fn what_leaves_is_missed_or_reported_too_late() {
    let tables = post(0.05, "report_delay_days = 14");
    let model = model(
        Scene { days: 400, turn_days: 1, forces: 60, leaves: departs, ..scene(&tables) }.text(),
    );
    let runs = each(60, |number| {
        let mut stale = Vec::new();
        let mut first = ti_vec![false; 60];
        walk(&model, number, |world| {
            for arrival in &world.today().arrivals {
                if !std::mem::replace(&mut first[arrival.force], true) {
                    let left = departs(usize::from(arrival.force) as u32).unwrap() + 1;
                    stale.push(match left.cmp(&world.day()) {
                        std::cmp::Ordering::Less => 1.0,
                        std::cmp::Ordering::Equal => 0.5,
                        std::cmp::Ordering::Greater => 0.0,
                    });
                }
            }
        });
        stale
    });
    let stale = runs.concat();
    near("ever detected", stale.len() as f64 / 3600.0, 0.6, 3600.0, 4.0);
    near("stale", mean(&stale), 0.3182, stale.len() as f64, 4.0);
}

/// P(detect) = 1 − C(N−r, n) ÷ C(N, n). Four standard errors.
#[test]
fn an_inspection_finds_what_is_missing_by_its_sample() {
    for (declared, missing, sample, p) in
        [(20, 5, 1, 0.25), (20, 5, 3, 0.6009), (100, 10, 5, 0.4162), (100, 5, 45, 0.9538)]
    {
        let model = model(declared_stock(declared, missing, sample));
        let n = 1500;
        let clause = model.clauses.position(|it| it.id == "hand-over").unwrap();
        let found = each(n, |number| {
            let mut found = None;
            walk(&model, number, |world| {
                let known = world.monitors().raw[0].register.raw[0].as_ref();
                found = found.or(known.map(|it| !it.keeping.contains(clause)));
            });
            found.unwrap()
        });
        near(&format!("{declared}, {missing}, {sample}"), share(&found), p, n as f64, 4.0);
    }
}

/// Announced visits let a party that hides put things back, with probability
/// 1 − exp(−notice ÷ cover-up). Four standard errors.
#[test]
fn notice_lets_what_is_hidden_be_put_back() {
    let text = declared_stock(10, 5, 10)
        .replace("sample = 10", "sample = 10\nnotice_days = 2\ncover_up_days = 4");
    let model = model(text);
    let found = at_end(&model, 1500, |world| world.monitors().raw[0].violations.all() > 0.0);
    near("found in spite of notice", share(&found), libm::exp(-0.5), 1500.0, 4.0);
}

/// Halving a sole patrol's hours halves the sightings it expects, at the same
/// truth draw for draw; counts per hour stay.
#[test]
fn half_the_hours_are_half_the_sightings() {
    let run = |hours: f64| {
        let tables = monitor(
            "patrol",
            &format!(
                "area = \"ground\"\nsweep_width_km = 2\nspeed_km_per_h = 10\nhours_per_day = {hours:?}"
            ),
        );
        let model = model(scene(&tables).text());
        at_end(&model, 800, |world| {
            let it = &world.monitors().raw[0];
            (
                it.violations.all(),
                it.effort.all(),
                world.spells().to_vec(),
                world.clauses().raw[0].shares.met.to_bits(),
            )
        })
    };
    let (full, half) = (run(10.0), run(5.0));
    let count = |runs: &[(f64, f64, _, _)]| mean(&runs.iter().map(|it| it.0).collect::<Vec<_>>());
    for (runs, expected) in [(&full, 84.0 * 0.2), (&half, 84.0 * 0.1)] {
        let se = (expected / 800.0_f64).sqrt();
        assert!((count(runs) - expected).abs() < 4.0 * se, "{}", count(runs));
        let per_hour = count(runs) / runs[0].1;
        assert!((per_hour - 0.02).abs() < 4.0 * se / runs[0].1, "{per_hour}");
    }
    for (a, b) in full.iter().zip(&half) {
        assert_eq!((&a.2, a.3), (&b.2, b.3));
    }
}

/// Passes come on their days, and a pass sees with its probability.
#[test]
fn passes_see_on_their_days() {
    let tables = monitor("overhead", "revisit_days = 5\nprobability = 0.3");
    let model = model(Scene { days: 100, turn_days: 1, forces: 20, ..scene(&tables) }.text());
    let counts = each(60, |number| {
        let mut seen = 0.0;
        walk(&model, number, |world| {
            let it = &world.monitors().raw[0];
            let today = it.sightings.over(world.day(), 1);
            assert!(today == 0.0 || world.day() % 5 == 1, "day {}", world.day());
            seen = it.sightings.all();
            if world.day() == 100 {
                assert!((it.effort.all() - 20.0).abs() < 1e-9);
            }
        });
        seen
    });
    near("a pass", mean(&counts) / 400.0, 0.3, 400.0 * 60.0, 4.0);
}

/// A joint team goes only together: a member that blocks half of the visits
/// leaves half of them, and after it has left there are none.
#[test]
fn a_joint_team_goes_only_together() {
    let team = |more: &str| {
        let tables = monitor(
            "joint-team",
            &format!(
                "members = [\"white\", \"red\"]\ninterval_days = 2\nprobability = 0.5\n{more}"
            ),
        );
        let model = model(Scene { days: 100, ..scene(&tables) }.text());
        let runs = at_end(&model, 400, |world| {
            let it = &world.monitors().raw[0];
            (it.effort.all(), it.violations.all())
        });
        let of = |at: fn(&(f64, f64)) -> f64| mean(&runs.iter().map(at).collect::<Vec<_>>());
        (of(|it| it.0), of(|it| it.1))
    };
    let (visits, seen) = team("");
    assert!((visits - 50.0).abs() < 1e-9 && (seen - 25.0).abs() < 0.8, "{visits} {seen}");
    let (visits, seen) = team("blocks = { red = 0.5 }");
    assert!((visits - 25.0).abs() < 0.8 && (seen - 12.5).abs() < 0.8, "{visits} {seen}");
    let (visits, seen) = team("leaves = { red = 2030-02-20 }");
    assert!((visits - 25.0).abs() < 1e-9 && (seen - 12.5).abs() < 0.6, "{visits} {seen}");
}

/// A share of the periods, each wholly on or off; the same for every turn.
#[test]
fn availability_is_by_period() {
    let run = |turn_days: u32, off: &str| {
        let tables = post(1.0, "availability = 0.6\navailability_days = 10");
        let model = model(Scene { days: 140, turn_days, ..scene(&tables) }.text() + off);
        at_end(&model, 200, |world| {
            let it = &world.monitors().raw[0];
            (it.effort.all(), it.violations.all())
        })
    };
    let weekly = run(7, "");
    assert_eq!(weekly, run(1, ""));
    assert!(weekly.iter().all(|(effort, _)| effort % 10.0 == 0.0));
    let effort = mean(&weekly.iter().map(|it| it.0).collect::<Vec<_>>());
    near("availability", effort / 140.0, 0.6, 200.0 * 14.0, 4.0);
    let always = run(7, "[mechanisms]\navailability = false\n");
    assert!(always.iter().all(|(effort, _)| *effort == 140.0));
}

/// The schedule of a deployment: nothing outside its periods.
#[test]
fn a_deployment_is_there_in_its_periods_alone() {
    let tables = post(
        2.0,
        "deployed = [{ from = 2030-01-11, to = 2030-01-20 }, { from = 2030-02-10, share = 0.5 }]",
    );
    let model = model(Scene { days: 60, turn_days: 1, ..scene(&tables) }.text());
    for number in 0..50 {
        walk(&model, number, |world| {
            let it = &world.monitors().raw[0];
            let day = world.day() - 1;
            let there = (10..20).contains(&day) || day >= 40;
            assert!(there || it.sightings.over(day + 1, 1) == 0.0, "day {day}");
            let effort = if day >= 40 { 0.5 } else { f64::from(u8::from(there)) };
            assert_eq!(it.effort.over(day + 1, 1), effort, "day {day}");
        });
    }
}

/// What is in a no-go area is not seen.
#[test]
fn nothing_is_seen_where_a_monitor_may_not_go() {
    let near_post = "[[area]]\nid = \"barred\"\nkind = \"buffer\"\nof = \"post\"\nkm = 20\n";
    let tables = post(5.0, "no_go = [\"barred\"]") + near_post;
    let model = model(scene(&tables).text());
    let seen = at_end(&model, 5, |world| world.monitors().raw[0].register.raw[0].is_some());
    assert!(!seen.contains(&true));
    let open = crate::common::model(scene(&tables).text() + "[mechanisms]\ndenial = false\n");
    let seen = at_end(&open, 5, |world| world.monitors().raw[0].register.raw[0].is_some());
    assert!(!seen.contains(&false));
}

/// Every record of a run.
fn records(model: &Model, number: u64, mut check: impl FnMut(&World, &Record)) {
    walk(model, number, |world| {
        for record in &world.today().records {
            check(world, record);
        }
    });
}

/// Each record names one true event with its date; distinct events recorded by
/// any date are at most the true ones by then.
#[test]
fn records_name_true_events() {
    let tables = post(0.5, "report_delay_days = 5")
        + "[[monitor]]\nid = \"sky\"\nparty = \"white\"\nkind = \"overhead\"\nrevisit_days = 2\nprobability = 0.4\n";
    let mut text =
        Scene { days: 120, turn_days: 1, forces: 6, monitors: &["eye", "sky"], ..scene(&tables) }
            .text();
    let script = text.find("[[conduct]]").unwrap();
    let end = text[script..].find("[[monitor]]").unwrap() + script;
    text.replace_range(
        script..end,
        "[[conduct]]\nid = \"mind\"\nparty = \"red\"\nkind = \"reciprocal\"\ntoward = [\"white\"]\n\
         review_days = 5\naction_error = 0.5\n",
    );
    let model = model(text);
    let mut named = 0;
    for number in 0..20 {
        records(&model, number, |world, record| {
            let spell = &world.spells()[record.event.unwrap()];
            assert_eq!((spell.clause, spell.force), (record.clause, record.force));
            assert!(spell.began <= record.seen && record.seen <= world.day());
            assert!(spell.ended.is_none_or(|ended| ended > record.seen));
            named += 1;
        });
        walk(&model, number, |world| {
            for monitor in world.monitors() {
                assert!(monitor.events_named as usize <= world.spells().len());
            }
            let clause = &world.clauses().raw[0];
            assert!(clause.cases_confirmed <= clause.cases_recorded);
            assert!(clause.cases_recorded as usize <= world.spells().len());
        });
    }
    assert!(named > 200, "{named}");
}

/// False alarms are Poisson, name no event, and stop with their mechanism.
#[test]
fn false_alarms_name_no_event() {
    let tables = post(0.0, "false_alarms_per_day = 0.2");
    let text = Scene { days: 100, turn_days: 1, ..scene(&tables) }.text();
    let alarms = |text: String| {
        let model = model(text);
        let counts = each(300, |number| {
            let mut count = 0.0;
            records(&model, number, |_, record| {
                assert!(record.event.is_none() && record.truly.is_none());
                count += 1.0;
            });
            count
        });
        mean(&counts)
    };
    let got = alarms(text.clone());
    assert!((got - 20.0).abs() < 4.0 * (20.0_f64 / 300.0).sqrt(), "{got}");
    assert_eq!(alarms(text + "[mechanisms]\nfalse_alarms = false\n"), 0.0);
}

/// A share of what is seen is registered to another force that keeps the clause.
#[test]
fn wrong_attribution_names_another_force() {
    let tables = post(1.0, "wrong_attribution = 0.25");
    let model = model(
        Scene {
            days: 100,
            turn_days: 1,
            forces: 2,
            leaves: |index| (index == 1).then_some(0),
            ..scene(&tables)
        }
        .text(),
    );
    let (mut wrong, mut all) = (0.0, 0.0);
    for number in 0..40 {
        records(&model, number, |_, record| {
            assert_eq!(record.truly, Some(0.into()));
            all += 1.0;
            wrong += f64::from(u8::from(record.force == 1.into()));
        });
    }
    near("wrong", wrong / all, 0.25, all, 4.0);
}

/// What is registered to others is spread evenly over the others that the clause
/// binds.
#[test]
fn wrong_attribution_is_even_over_the_others() {
    let tables = post(1.0, "wrong_attribution = 0.3");
    let model = model(
        Scene {
            days: 100,
            turn_days: 1,
            forces: 4,
            leaves: |index| (index > 0).then_some(0),
            ..scene(&tables)
        }
        .text(),
    );
    let mut to: TiVec<ForceIndex, f64> = ti_vec![0.0; 4];
    for number in 0..60 {
        records(&model, number, |_, record| to[record.force] += 1.0);
    }
    let all: f64 = to.iter().sum();
    near("right", to.raw[0] / all, 0.7, all, 4.0);
    for (force, count) in to.iter_enumerated().skip(1) {
        near(&format!("force {force:?}"), count / all, 0.1, all, 4.0);
    }
}

/// Two registers are confirmed only where both have the violation in time.
#[test]
fn a_case_is_confirmed_by_two_monitors() {
    let other = |rate: f64| post(1.0, "") + &post(rate, "").replace("\"eye\"", "\"ear\"");
    let run = |rate: f64| {
        let tables = other(rate);
        let model = model(
            Scene { monitors: &["eye", "ear"], clause: "max_age_days = 10\n", ..scene(&tables) }
                .text(),
        );
        at_end(&model, 100, |world| {
            let clause = &world.clauses().raw[0];
            (clause.cases_recorded, clause.cases_confirmed)
        })
    };
    assert!(run(0.0).iter().all(|it| it.0 > 0 && it.1 == 0));
    assert!(run(1.0).iter().all(|it| it.0 > 0 && it.1 == it.0));
}

/// A pulled monitor sees nothing more, and its party's go with it.
#[test]
fn a_pulled_monitor_sees_nothing() {
    let tables = post(2.0, "") + &post(2.0, "").replace("\"eye\"", "\"ear\"");
    let model = model(Scene { monitors: &["eye", "ear"], turn_days: 1, ..scene(&tables) }.text());
    walk(&model, 0, |world| {
        let day = world.day();
        if day == 30 {
            assert!(withdraw(world, 0.into(), day, None) && !withdraw(world, 0.into(), day, None));
        }
        if day == 50 {
            withdraw_all(&model, world, 1.into(), day, None);
        }
        for (monitor, last) in [(0, 30), (1, 50)] {
            let it = &world.monitors().raw[monitor];
            assert!(day <= last || it.sightings.over(day, 1) + it.effort.over(day, 1) == 0.0);
            assert_eq!(it.effort.all(), f64::from(day.min(last)));
        }
    });
}

/// Rulings go by what the body's monitors have seen.
#[test]
fn complaints_are_ruled_on_by_the_evidence() {
    let body = "[[body]]\nid = \"commission\"\nmonitors = [\"eye\"]\nruling_days = 5\nstrategic_per_day = { blue = 0.2 }\n";
    let run = |tables: &str, leaves: fn(u32) -> Option<u32>, off: &str| {
        let model =
            model(Scene { days: 100, turn_days: 1, leaves, ..scene(tables) }.text() + body + off);
        let mut rulings = Vec::new();
        for number in 0..20 {
            walk(&model, number, |world| {
                for (complaint, ruling) in &world.today().rulings {
                    assert_eq!(complaint.lodged + 5, world.day());
                    rulings.push(*ruling);
                }
                let it = &world.bodies().raw[0];
                assert!(it.upheld + it.rejected + it.undetermined <= it.lodged);
            });
        }
        rulings
    };
    let everywhere = monitor("national-technical-means", "sightings_per_day = 5");
    let seen = run(&everywhere, |_| None, "");
    assert!(seen.len() > 200 && seen.iter().all(|it| *it == Ruling::Upheld));
    // By day 6 the force has long been away.
    let false_ones = run(&everywhere, |_| Some(0), "");
    let rejected = false_ones.iter().filter(|it| **it == Ruling::Rejected).count();
    assert!(rejected as f64 > 0.9 * false_ones.len() as f64);
    let blind = run(&post(0.0, ""), |_| None, "");
    assert!(blind.iter().all(|it| *it == Ruling::Undetermined));
    let off = run(&everywhere, |_| None, "[mechanisms]\ncomplaints = false\n");
    assert!(off.is_empty());
}

/// What the loader says of a scenario.
fn said(text: String) -> String {
    match load_text("test", "test.toml", text, None, &[]) {
        Ok(loaded) => render(&loaded.warnings, &loaded.source, false),
        Err(LoadError::Invalid(source, found)) => render(&found, &source, false),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_monitor_of_a_place_it_cannot_reach_is_reported_there() {
    let south = monitor("post", "at = \"south\"\nradius_km = 5\nsightings_per_day = 1")
        + "[[site]]\nid = \"south\"\nlat = -1.0\nlon = -30.0\n";
    let blind = said(scene(&south).text());
    assert!(blind.contains("reaches no force that it is to watch"), "{blind}");
    assert!(blind.contains("radius_km = 5"), "{blind}");
    let barred = monitor(
        "patrol",
        "area = \"ground\"\nsweep_width_km = 4\nspeed_km_per_h = 15\nhours_per_day = 8\nno_go = [\"all\"]",
    ) + "[[area]]\nid = \"all\"\nkind = \"buffer\"\nof = \"ground\"\nkm = 1\n";
    let barred = said(scene(&barred).text());
    assert!(barred.contains("no-go areas leave monitor `eye` nothing"), "{barred}");
    let outside = monitor("inspection", "sites = [\"far\"]\narea = \"ground\"\ninterval_days = 14");
    let outside = said(scene(&outside).text());
    assert!(outside.contains("`eye` is to inspect `far`, outside its area"), "{outside}");
    let unmoved = said(scene(&post(1.0, "")).text());
    assert!(!unmoved.contains("reaches no force"), "{unmoved}");
}

/// Each error and bar that the file states is gone with its mechanism: the runs
/// are those of a file that does not state it.
#[test]
fn each_mechanism_of_verification_can_be_switched_off() {
    let run = |more: &str, off: &str| {
        let model = model(
            Scene {
                forces: 3,
                leaves: |index| (index == 0).then_some(20),
                turn_days: 1,
                ..scene(&post(0.5, more))
            }
            .text()
                + off,
        );
        each(20, |number| {
            let mut all = Vec::new();
            walk(&model, number, |world| {
                all.push((
                    world.monitors().raw[0].register.clone(),
                    world.today().records.clone(),
                    world.monitors().raw[0].effort.all().to_bits(),
                ));
            });
            all
        })
    };
    let plain = run("", "");
    for (mechanism, keys) in [
        ("availability", "availability = 0.5"),
        ("denial", "denial = 0.5"),
        ("delay", "report_delay_days = 9"),
        ("bias", "bias_to_violating = 0.5\nbias_to_keeping = 0.5"),
        ("false_alarms", "false_alarms_per_day = 0.5"),
        ("wrong_attribution", "wrong_attribution = 0.5"),
    ] {
        assert_ne!(run(keys, ""), plain, "{mechanism} does something");
        let off = format!("[mechanisms]\n{mechanism} = false\n");
        assert_eq!(run(keys, &off), plain, "{mechanism}");
    }
}

/// Another monitor, and a body, change nothing of what the first one sees.
#[test]
fn a_further_monitor_changes_no_other() {
    let run = |more: &str| {
        let tables = post(0.4, "availability = 0.7\ndenial = 0.2\nreport_delay_days = 4") + more;
        let model = model(Scene { forces: 3, ..scene(&tables) }.text());
        at_end(&model, 20, |world| {
            let spells = world.spells().iter().map(|it| (it.force, it.began, it.ended));
            (world.monitors().raw[0].register.clone(), spells.collect::<Vec<_>>())
        })
    };
    let other = "[[monitor]]\nid = \"another\"\nparty = \"white\"\nkind = \"overhead\"\nrevisit_days = 3\nprobability = 0.5\n\
                 [[body]]\nid = \"court\"\nmonitors = [\"another\"]\nstrategic_per_day = { blue = 0.1 }\n";
    assert!(run("") == run(other));
}

/// Cutting patrols by half cuts what is recorded and not what is done; per hour
/// the count stays. The same replicates, so that the sightings that remain are
/// among those of the whole.
#[test]
fn what_a_cut_leaves_is_part_of_the_whole() {
    let run = |share: f64| {
        let tables = monitor(
            "patrol",
            &format!(
                "area = \"ground\"\nsweep_width_km = 2\nspeed_km_per_h = 10\nhours_per_day = 8\ndeployed = [{{ share = {share:?} }}]"
            ),
        );
        let model = model(scene(&tables).text());
        at_end(&model, 300, |world| {
            let it = &world.monitors().raw[0];
            (it.violations.all(), it.effort.all(), world.spells().to_vec())
        })
    };
    let (whole, cut) = (run(1.0), run(0.5));
    let (mut all, mut left) = (0.0, 0.0);
    for (whole, cut) in whole.iter().zip(&cut) {
        assert!(cut.0 <= whole.0);
        assert_eq!((cut.1 * 2.0, &cut.2), (whole.1, &whole.2));
        all += whole.0;
        left += cut.0;
    }
    near("left", left / all, 0.5, all, 4.0);
}
