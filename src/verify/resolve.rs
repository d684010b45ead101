//! Resolve: how many comply, together, for how long.

use super::bench::{conduct, each, file, forces, keep, resolved, walk};
use super::ledger::{Ledger, rows};
use crate::engine::World;
use crate::model::Order;
use crate::theory::{Resolve, share_complying};

const USUAL: Resolve = Resolve { cohesion: 0.8, lasting: 0.5, half_life_days: 365.0 };

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.source("McFadden 1974; McKelvey & Palfrey 1995");
    shares(ledger);
    ledger.source("Sheppard 1899; derived");
    together(ledger);
    apart(ledger);
    reversals(ledger);
    first_defection(ledger);
}

/// So many garrisons for whom complying is worth this much over not, who look every so many
/// days, and whose resolve is made up like this.
fn garrisons(number: u32, utility: f64, review_days: u32, resolve: Resolve, days: i32) -> String {
    let decides = format!("review_days = {review_days}\nvalue = {:?}", -utility);
    let tables =
        [forces(number, 5.0, ""), keep(""), conduct("quantal-response", &decides)].concat();
    let keys = format!(
        "cohesion = {:?}\nlasting = {:?}\nrethink_half_life_days = {:?}",
        resolve.cohesion, resolve.lasting, resolve.half_life_days
    );
    resolved(&file(days, 1, &tables), &keys)
}

/// By garrison: whether it complies.
fn complying(world: &World) -> Vec<bool> {
    world.units().iter().map(|unit| unit.order == Order::Comply).collect()
}

fn share(of: &[bool]) -> f64 {
    of.iter().filter(|complies| **complies).count() as f64 / of.len() as f64
}

/// What `of` makes of who complies on each day, by replicate.
fn by_day<T: Send>(
    ledger: &Ledger,
    n: u64,
    text: String,
    of: impl Fn(&[Vec<bool>]) -> T + Sync + Send,
) -> Vec<T> {
    each(text, ledger.replicates(n), |model, number| {
        let mut days = Vec::new();
        walk(model, number, |world, _| days.push(complying(world)));
        of(&days)
    })
}

/// However resolve is made up, and however often it is looked at.
fn shares(ledger: &mut Ledger) {
    let utility = 0.7;
    let cases = [
        ("as it is by default", USUAL, 30),
        ("cohesion 0", Resolve { cohesion: 0.0, ..USUAL }, 30),
        ("cohesion 0.5", Resolve { cohesion: 0.5, ..USUAL }, 30),
        ("cohesion 1", Resolve { cohesion: 1.0, ..USUAL }, 30),
        ("lasting 0", Resolve { lasting: 0.0, ..USUAL }, 30),
        ("lasting 1", Resolve { lasting: 1.0, ..USUAL }, 30),
        ("a half-life of 30 days", Resolve { half_life_days: 30.0, ..USUAL }, 30),
        ("a half-life of a century", Resolve { half_life_days: 36_500.0, ..USUAL }, 30),
        ("looked at every 5 days", USUAL, 5),
        ("looked at every 120 days", USUAL, 120),
    ];
    for (at, (what, resolve, review_days)) in cases.into_iter().enumerate() {
        let text = garrisons(20, utility, review_days, resolve, 250);
        let shares = by_day(ledger, 1000, text, |days| share(&days[249]));
        rows! { ledger:
            engine "resolve-share-{at}" "share complying at ΔU .7 after 250 days, {what}: logistic(ΔU)":
                share_complying(utility), shares, 0.016;
        }
    }
}

fn together(ledger: &mut Ledger) {
    for (cohesion, both) in [(0.0, 0.25), (0.5, 0.3333), (0.8, 0.3976)] {
        let resolve = Resolve { cohesion, ..USUAL };
        let text = garrisons(2, 0.0, 30, resolve, 2);
        let found = by_day(ledger, 4000, text, |days| f64::from(u8::from(share(&days[1]) == 1.0)));
        rows! { ledger:
            formula "resolve-both-{cohesion}"
                "both of two garrisons comply at ΔU 0, cohesion {cohesion}: ¼ + asin ρ/2π":
                both, crate::theory::both_above(cohesion), 4;
            engine "resolve-both-{cohesion}-engine" "the same by the engine":
                both, found, 0.009;
        }
    }
    for (utility, all) in
        [(0.0, [0.5, 0.3976, 0.314, 0.2482]), (0.5, [0.6225, 0.5251, 0.4384, 0.3647])]
    {
        for (number, expected) in [1_u32, 2, 4, 8].into_iter().zip(all) {
            let text = garrisons(number, utility, 30, USUAL, 2);
            let found =
                by_day(ledger, 4000, text, |days| f64::from(u8::from(share(&days[1]) == 1.0)));
            rows! { ledger:
                solver "resolve-all-{number}-{utility}"
                    "all of {number} garrisons comply at ΔU {utility}":
                    expected, USUAL.all_comply(number, utility), 4;
                engine "resolve-all-{number}-{utility}-engine" "the same by the engine":
                    expected, found, 0.009;
            }
        }
    }
}

fn apart(ledger: &mut Ledger) {
    let text = garrisons(20, 0.0, 1, USUAL, 366);
    let found = by_day(ledger, 2000, text, |days| {
        [90, 365].map(|later: usize| {
            let both = days[0].iter().zip(&days[later]).filter(|(now, then)| **now && **then);
            both.count() as f64 / days[0].len() as f64
        })
    });
    for (at, (later, expected)) in [(90, 0.4668), (365, 0.4035)].into_iter().enumerate() {
        rows! { ledger:
            formula "resolve-apart-{later}" "one garrison complies at ΔU 0, and {later} days later":
                expected, USUAL.complies_twice(f64::from(later)), 4;
            engine "resolve-apart-{later}-engine" "the same by the engine":
                expected, found.iter().map(|shares| shares[at]), 0.011;
        }
    }
}

fn reversals(ledger: &mut Ledger) {
    let changes = |ledger: &Ledger, review_days: u32, resolve: Resolve| {
        let text = garrisons(10, 0.0, review_days, resolve, 1 + 5 * 365);
        by_day(ledger, 800, text, |days| {
            let turns = days.windows(2).map(|pair| {
                pair[0].iter().zip(&pair[1]).filter(|(before, now)| before != now).count()
            });
            turns.sum::<usize>() as f64 / 10.0 / 5.0
        })
    };
    let one = Resolve { cohesion: 1.0, ..USUAL };
    let never = Resolve { lasting: 0.0, ..one };
    for (name, what, resolve, dense) in [
        ("usual", "as resolve is by default", USUAL, 0.304),
        ("one", "cohesion 1", one, 0.231),
        ("one-0", "cohesion 1, nothing lasting", never, 0.347),
    ] {
        let found = changes(ledger, 1, resolve);
        rows! { ledger:
            formula "reversals-{name}" "orders reversed a year at ΔU 0, {what}":
                dense, resolve.reversals_a_year(), 3;
            engine "reversals-{name}-engine" "the same by the engine, looked at daily":
                dense, found, 0.012;
        }
    }
    for (review_days, expected) in [(5, 0.230), (30, 0.225), (120, 0.207)] {
        let found = changes(ledger, review_days, one);
        rows! { ledger:
            engine "reversals-every-{review_days}"
                "orders reversed a year, cohesion 1, looked at every {review_days} days":
                expected, found, 0.012;
        }
    }
}

fn first_defection(ledger: &mut Ledger) {
    let one = Resolve { cohesion: 1.0, ..USUAL };
    let never = Resolve { lasting: 0.0, ..one };
    for (name, what, resolve, expected) in [
        ("one", "cohesion 1", one, [0.144, 0.129, 0.115, 0.103, 0.093, 0.085]),
        ("one-0", "cohesion 1, nothing lasting", never, [0.218; 6]),
        ("usual", "by default", USUAL, [0.180, 0.151, 0.132, 0.117, 0.104, 0.093]),
    ] {
        let solved = resolve.first_defection(0.6, 6);
        for (year, (expected, solved)) in (1..).zip(expected.into_iter().zip(solved)) {
            rows! { ledger:
                holds "first-defection-{name}-{year}"
                    "first stops complying in year {year} at ΔU .6, {what}, on a grid: {expected}":
                    (solved - expected).abs() <= 0.004;
            }
        }
    }
    // Of those that still comply: by replicate, how many garrisons leave in each year.
    let text = garrisons(10, 0.6, 1, USUAL, 1 + 2 * 365);
    let found = by_day(ledger, 1500, text, |days| {
        let lasts = |garrison: usize| days.iter().position(|day| !day[garrison]);
        let mut left = [0.0; 3];
        for garrison in 0..10 {
            let years = lasts(garrison).map_or(2, |day| if day == 0 { 3 } else { (day - 1) / 365 });
            if let Some(count) = left.get_mut(years) {
                *count += 1.0;
            }
        }
        left
    });
    let total = |at: usize| found.iter().map(|left| left[at]).sum::<f64>() / found.len() as f64;
    let complied = total(0) + total(1) + total(2);
    rows! { ledger:
        engine "first-defection-usual-1-engine" "of those complying on D-day, stops in year 1, by the engine":
            0.180, found.iter().map(|left| left[0] / complied), 0.009;
        engine "first-defection-usual-2-engine" "of those left, stops in year 2, by the engine":
            0.151, found.iter().map(|left| left[1] / (complied - total(0))), 0.009;
    }
}
