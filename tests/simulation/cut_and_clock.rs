//! Laws of conduct: how a file is cut and how often anybody looks change nothing, and
//! information helps only by being true. On two banks that are the same, and on bundled ones.

use crate::common::{bundled, close, each, file, force, mean, model, site, walk};
use disengage::engine::EventKind;
use disengage::model::{Model, Order};
use disengage::theory::share_complying;

/// Two banks of a river: each party has 400 men near it, 5 and 10 km off, who are to be 20 km
/// away by day 59, and is pressed by what the UN sees.
struct Lab<'t> {
    days: i32,
    turn_days: u32,
    review_days: u32,
    /// Forces at the nearer site of the north, into which its 200 men are cut.
    cut: u32,
    /// How often each clause is written.
    written: u32,
    eyes: &'t str,
    mind: &'t str,
    more: &'t str,
}

const LAB: Lab = Lab {
    days: 730,
    turn_days: 30,
    review_days: 30,
    cut: 2,
    written: 1,
    eyes: "sightings_per_day = 0.1",
    mind: "",
    more: "",
};

/// Pressed as much as it values where it stands, if it is on record for certain.
const PRESSED: &str = "value = 0.8\npressure = 1.2\nconcealment_cost = 0.3\n";
/// And moved by what it sees of the other side, and by hits.
const MOVED: &str = "trust = 0.3\ntrust_up_per_day = 0.005\ntrust_down_per_day = 0.02\ntrust_half_life_days = 90\n\
                     hit_cost = 30\nhits_per_day = { comply = 0.0, defy = 0.01, conceal = 0.005 }\n";

impl Lab<'_> {
    fn model(&self) -> Model {
        let mut text =
            "[[party]]\nid = \"north\"\n[[party]]\nid = \"south\"\n[[party]]\nid = \"un\"\n\
                        [[line]]\nid = \"other-way\"\npositive_toward = \"south-far\"\n\
                        points = [{ lat = 0.0, lon = -32.0 }, { lat = 0.0, lon = -28.0 }]\n"
                .to_owned();
        for (party, other, sign, line, cut) in
            [("north", "south", 1.0, "line", self.cut), ("south", "north", -1.0, "other-way", 2)]
        {
            text += &site(&format!("{party}-near"), 5.0 * sign, 0.0);
            text += &site(&format!("{party}-market"), 10.0 * sign, 5.5);
            text += &site(&format!("{party}-far"), 100.0 * sign, 0.0);
            let back = format!("withdraws_to = [\"{party}-far\"]");
            for at in 0..cut {
                let more = format!("{back}\nstrength = {}", 200 / cut);
                text += &force(&format!("{party}{at}"), party, &format!("{party}-near"), &more);
            }
            let market = format!("{party}-market");
            text +=
                &force(&format!("{party}-m"), party, &market, &format!("{back}\nstrength = 200"));
            for again in 0..self.written {
                text += &format!(
                    "[[clause]]\nid = \"{party}-back{again}\"\nkind = \"keep-distance\"\nbinds = [\"{party}\"]\n\
                     from = \"{line}\"\nmin_km = 20\ntarget_km = 25\ndeadline = 2030-03-01\nmonitors = [\"un-eyes\", \"more-eyes\"]\n"
                );
            }
            let toward = if self.mind.contains("trust_up") {
                format!("toward = [\"{other}\"]\n")
            } else {
                String::new()
            };
            text += &format!(
                "[[conduct]]\nid = \"{party}-decides\"\nparty = \"{party}\"\nkind = \"quantal-response\"\n\
                 review_days = {}\n{PRESSED}{toward}{}\n",
                self.review_days, self.mind
            );
        }
        text += &format!(
            "[[monitor]]\nid = \"un-eyes\"\nparty = \"un\"\nkind = \"national-technical-means\"\npublic = true\n{}\n",
            self.eyes
        );
        if !self.more.contains("id = \"more-eyes\"") {
            text += "[[monitor]]\nid = \"more-eyes\"\nparty = \"un\"\nkind = \"national-technical-means\"\nsightings_per_day = 0.0\n";
        }
        model(file(self.days, self.turn_days, &(text + self.more)))
    }
}

/// By replicate, true compliance with the first clause.
fn kept(model: &Model, replicates: u64) -> Vec<f64> {
    each(replicates, |number| walk(model, 11, number, |_, _| {}).clauses.raw[0].met)
}

/// Means of pairs differ by no more than three standard errors of the difference.
fn alike(what: &str, a: &[f64], b: &[f64]) {
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    let (difference, se) = mean(&differences);
    assert!(difference.abs() <= 3.0 * se + 1e-12, "{what}: {difference} ± {se}");
}

/// In pairs, what comes later in a row is nowhere more than what comes before it, by more than
/// three standard errors; and not all of them are the same.
fn never_rises(what: &str, row: &[(String, Vec<f64>)]) {
    for pair in row.windows(2) {
        let differences: Vec<f64> =
            pair[0].1.iter().zip(&pair[1].1).map(|(before, after)| after - before).collect();
        let (rise, se) = mean(&differences);
        assert!(rise <= 3.0 * se, "{what}: {rise} ± {se} from {} to {}", pair[0].0, pair[1].0);
    }
}

// ── The cut ──────────────────────────────────────────────────────────────────

/// Day, party and order of every order given on the first clause that binds its party.
fn orders(model: &Model, number: u64) -> Vec<(u32, usize, Order)> {
    let mut given = Vec::new();
    walk(model, 11, number, |world, _| {
        for event in world.events() {
            if let EventKind::OrderGiven { unit, order, .. } = event.kind {
                let unit = &model.units[unit];
                if model.clauses[unit.clause].id.ends_with("back0") {
                    given.push((event.day, usize::from(unit.party), order));
                }
            }
        }
    });
    given
}

/// Eyes that err in every way, and late.
const ERRS: &str = "sightings_per_day = 0.1\nfalse_alarms_per_day = 0.2\nwrong_attribution = 0.3\n\
                    bias_to_violating = 0.1\nbias_to_keeping = 0.1\nreport_delay_days = 5\n";

/// The south answers what is recorded, whatever clause it is of, and so does the north.
fn struck(loss_share: f64) -> String {
    let rule = |party: &str, other: &str| {
        format!(
            "[[rule]]\nid = \"{party}-strikes\"\nparty = \"{party}\"\non = \"violation-recorded\"\n\
             by = [\"{other}\"]\ncount = 2\nwithin_days = 60\ncooldown_days = 20\nprobability = 0.5\n\
             kind = \"strike\"\nhit_probability = 0.5\nloss_share = {loss_share:?}\n"
        )
    };
    rule("south", "north") + &rule("north", "south")
}

#[test]
fn a_clause_written_twice_or_four_times_is_one() {
    let strikes = struck(0.05);
    for (mind, eyes, more) in [("", LAB.eyes, ""), (MOVED, ERRS, ""), (MOVED, ERRS, &*strikes)] {
        let once = Lab { mind, eyes, more, ..LAB }.model();
        for written in [2, 4] {
            let more = Lab { mind, eyes, more, written, ..LAB }.model();
            for number in 0..60 {
                assert_eq!(orders(&once, number), orders(&more, number), "×{written}, {number}");
            }
            assert_eq!(kept(&once, 100), kept(&more, 100), "×{written}");
        }
    }
}

#[test]
fn a_force_cut_in_two_four_or_eight_is_one() {
    let of = |cut: u32, mind, eyes, more| Lab { cut, mind, eyes, more, ..LAB }.model();
    let strikes = struck(0.0);
    for (mind, eyes, more) in [("", LAB.eyes, ""), (MOVED, ERRS, ""), (MOVED, ERRS, &*strikes)] {
        let once = of(1, mind, eyes, more);
        for cut in [2, 4, 8] {
            let more = of(cut, mind, eyes, more);
            for number in 0..60 {
                assert_eq!(orders(&once, number), orders(&more, number), "{cut}, {number}");
            }
        }
    }
    // Persons that are lost are drawn by force.
    let strikes = struck(0.05);
    let whole = kept(&of(1, MOVED, ERRS, &strikes), 600);
    for cut in [2, 4, 8] {
        alike(&format!("{cut} forces"), &whole, &kept(&of(cut, MOVED, ERRS, &strikes), 600));
    }
}

/// What is counted is the same, too: words, violations, cases, strikes.
#[test]
fn a_force_cut_in_eight_is_counted_once() {
    let strikes = struck(0.0);
    // The second of the monitors comes to look at a site every other week.
    let inspects = strikes.clone()
        + "[[monitor]]\nid = \"more-eyes\"\nparty = \"un\"\nkind = \"inspection\"\nsites = [\"north-near\"]\n\
           interval_days = 14\ndenial = 0.3\nbias_to_keeping = 0.2\nreport_delay_days = 3\n";
    let counts = |cut: u32, more: &str| -> Vec<[u32; 8]> {
        let model = Lab { cut, mind: MOVED, eyes: ERRS, more, ..LAB }.model();
        let count = |number| {
            let mut counted = [0; 8];
            walk(&model, 11, number, |world, _| {
                let clause = &world.clauses().raw[0];
                let by_id = |id| model.monitors.iter().position(|it| it.id == id).unwrap();
                let [eyes, more] =
                    ["un-eyes", "more-eyes"].map(|id| &world.monitors().raw[by_id(id)]);
                counted[0] = eyes.sightings.all() as u32;
                counted[6] = more.sightings.all() as u32;
                counted[7] = more.violations.all() as u32;
                counted[1] = eyes.violations.all() as u32;
                counted[2] = clause.cases_recorded;
                counted[3] = clause.cases_confirmed;
                counted[4] = world.conflict().rules.raw[0].fired;
                counted[5] = world.conflict().rules.raw[1].fired;
            });
            counted
        };
        (0..40).map(count).collect()
    };
    for (more, none) in [(&strikes, &[3, 6, 7][..]), (&inspects, &[])] {
        let whole = counts(1, more);
        let some = |at: &usize| whole.iter().any(|it| it[*at] > 0);
        assert!((0..8).filter(|at| !none.contains(at)).all(|at| some(&at)), "{whole:?}");
        for cut in [2, 8] {
            assert_eq!(counts(cut, more), whole, "{cut}");
        }
    }
}

/// The same on the smallest of the bundled scenarios, by its text.
#[test]
fn the_cut_does_not_matter_in_a_bundled_scenario() {
    const TEACHING: &str = include_str!("../../scenarios/teaching.toml");
    let of = |text: String| kept(&model(text), 200);
    let whole = of(TEACHING.into());
    let begins = TEACHING.find("[[clause]]").unwrap();
    let ends = begins + TEACHING[begins..].find("\n[[").unwrap();
    let again = |number: u32| {
        let id = format!("id = \"again-{number}\"");
        TEACHING[begins..ends].replace("id = \"pullback\"", &id) + "\n"
    };
    for written in [2, 4] {
        let copies: String = (1..written).map(again).collect();
        assert_eq!(whole, of(format!("{TEACHING}\n{copies}")), "written {written} times");
    }
    let guard = TEACHING.lines().find(|line| line.contains("id = \"guard\"")).unwrap();
    for cut in [2, 4] {
        let part = |number: u32| {
            let line = guard.replace("\"guard\"", &format!("\"guard-{number}\""));
            line.replace("strength = 100", &format!("strength = {}", 100 / cut)) + "\n"
        };
        let parts: String = (0..cut).map(part).collect();
        let found = of(TEACHING.replace(guard, &parts));
        assert!(whole.iter().zip(&found).all(|(a, b)| (a - b).abs() < 1e-9), "{cut} forces");
    }
}

// ── The clock ────────────────────────────────────────────────────────────────

#[test]
fn the_length_of_a_turn_and_dates_of_output_change_no_order() {
    let of = |turn_days: u32, more| Lab { turn_days, mind: MOVED, more, ..LAB }.model();
    let usual = of(30, "");
    let asked = "[[record]]\nid = \"then\"\ndate = 2030-05-05\nconsulted = false\nregister = \"true\"\n\
                 measure = \"compliance\"\nsubject = \"north-back0\"\nunit = \"share\"\nvalue = 0.5\n";
    for (turn_days, more) in [(1, ""), (7, ""), (31, ""), (30, asked)] {
        let other = of(turn_days, more);
        for number in 0..20 {
            assert_eq!(orders(&usual, number), orders(&other, number), "{turn_days} {number}");
        }
    }
}

/// What can be undone is kept for the same share of the time, however often anybody looks.
#[test]
fn reviews_change_no_share_of_what_can_be_undone() {
    // ΔU by hand: in the open, 1.2·(1 − e^−3); hiding half of its signature and paying .3 for
    // it costs more than it saves, and so it compares with the open.
    let [open, hidden] = [0.1, 0.05].map(|rate: f64| 1.2 * (1.0 - libm::exp(-rate * 30.0)));
    assert!(open < hidden + 0.3);
    let expected = share_complying(open - 0.8);
    for review_days in [5, 15, 30, 60, 120] {
        // Its own deadline is over on day 59, and 2 km at most are to be gone back.
        let model = Lab { review_days, days: 1500, ..LAB }.model();
        let shares = each(400, |number| {
            let (mut complying, mut turns) = (0.0, 0.0);
            walk(&model, 12, number, |world, turn| {
                if turn.to > 150 {
                    let mut units = model.units.iter().zip(world.units());
                    let north =
                        units.find(|(unit, _)| model.clauses[unit.clause].id == "north-back0");
                    complying += f64::from(u8::from(
                        north.is_some_and(|(_, state)| state.order == Order::Comply),
                    ));
                    turns += 1.0;
                }
            });
            complying / turns
        });
        close(&format!("reviews every {review_days} days"), &shares, expected, 3.0, 0.025);
    }
}

/// What cannot be undone, a step that is taken within two years or not: within .02 while
/// looking is not rarer than a third of the half-life, and the rarer the later.
#[test]
fn reviews_change_little_of_what_cannot_be_undone() {
    let taken = |review_days: u32| {
        let text = format!(
            "[[party]]\nid = \"north\"\n[[party]]\nid = \"un\"\n\
             [[clause]]\nid = \"law\"\nkind = \"act\"\nbinds = [\"north\"]\nmonitors = [\"un-eyes\"]\n\
             [[monitor]]\nid = \"un-eyes\"\nparty = \"un\"\nkind = \"national-technical-means\"\nsightings_per_day = 0.1\n\
             [[conduct]]\nid = \"mind\"\nparty = \"north\"\nkind = \"quantal-response\"\n\
             review_days = {review_days}\nvalue = 0.5\n"
        );
        // Somebody stands somewhere, bound by nothing.
        let text = text + &site("near", 5.0, 0.0) + &force("guard", "north", "near", "");
        let model = model(file(730, 31, &text));
        each(4000, |number| {
            let mut met = 0.0;
            walk(&model, 13, number, |world, _| met = world.clauses().raw[0].shares.met);
            met
        })
    };
    let [often, usual, seldom] = [5, 30, 120].map(taken);
    // More than decide for it on D-day.
    assert!(mean(&often).0 > share_complying(-0.5) + 0.1);
    for (what, rarer) in [("a month", &usual), ("four months", &seldom)] {
        let missed: Vec<f64> =
            often.iter().zip(rarer).map(|(often, rarer)| often - rarer).collect();
        let (missed, se) = mean(&missed);
        assert!(missed > 0.0 && missed < 0.02 + 3.0 * se, "{what}: {missed} ± {se}");
    }
}

// ── Information ──────────────────────────────────────────────────────────────

const SEES: &str = "sightings_per_day = 0.1\n";

fn row(what: &str, values: &[f64], of: impl Fn(f64) -> Model) -> Vec<(String, Vec<f64>)> {
    values.iter().map(|it| (format!("{what} {it}"), kept(&of(*it), 400))).collect()
}

#[test]
fn what_is_false_never_raises_compliance() {
    let seen = |more: String| Lab { eyes: &format!("{SEES}{more}"), ..LAB }.model();
    for (key, values) in [
        ("false_alarms_per_day", [0.0, 0.1, 1.0, 8.0]),
        ("bias_to_violating", [0.0, 0.3, 0.8, 0.95]),
        ("bias_to_keeping", [0.0, 0.3, 0.8, 0.95]),
        ("wrong_attribution", [0.0, 0.2, 0.5, 0.9]),
    ] {
        let found = row(key, &values, |it| seen(format!("{key} = {it:?}\n")));
        never_rises(key, &found);
        let (first, last) = (mean(&found[0].1).0, mean(&found[3].1).0);
        assert!(first > last + 0.02, "{key} has no effect: {first} {last}");
    }
    let hides = |it: f64| Lab { mind: &format!("concealment = {it:?}\n"), ..LAB }.model();
    never_rises("concealment", &row("concealment", &[0.0, 0.3, 0.6, 0.95], hides));
}

#[test]
fn what_is_true_never_lowers_compliance() {
    let seen = |it: f64| Lab { eyes: &format!("sightings_per_day = {it:?}\n"), ..LAB }.model();
    let mut found = row("sightings", &[0.0, 0.02, 0.1, 0.5, 3.0], seen);
    found.reverse();
    never_rises("fewer sightings", &found);
    assert!(mean(&found[0].1).0 > mean(&found[4].1).0 + 0.1);
    let second = |more: &str| {
        let more = format!(
            "[[monitor]]\nid = \"more-eyes\"\nparty = \"un\"\nkind = \"national-technical-means\"\n{more}\n"
        );
        kept(&Lab { eyes: "sightings_per_day = 0.02", more: &more, ..LAB }.model(), 400)
    };
    let without = second("sightings_per_day = 0.0");
    for better in [
        "sightings_per_day = 0.05",
        "sightings_per_day = 0.05\nfalse_alarms_per_day = 0.5",
        "sightings_per_day = 0.05\nbias_to_keeping = 0.5\nbias_to_violating = 0.3",
        "sightings_per_day = 0.05\nreport_delay_days = 10",
    ] {
        let with = second(better);
        never_rises(
            "one monitor less",
            &[(better.to_owned(), with), ("none".into(), without.clone())],
        );
    }
}

/// A monitor that says the same whatever happens changes no order.
#[test]
fn who_says_the_same_whatever_happens_has_no_effect() {
    let with = |more: &str| {
        let more = format!(
            "[[monitor]]\nid = \"more-eyes\"\nparty = \"un\"\nkind = \"national-technical-means\"\n{more}\n"
        );
        Lab { more: &more, ..LAB }.model()
    };
    let without = LAB.model();
    for same in [
        "sightings_per_day = 5.0\nbias_to_violating = 1.0",
        "sightings_per_day = 5.0\nbias_to_keeping = 1.0",
        "sightings_per_day = 0.0\nfalse_alarms_per_day = 3.0",
    ] {
        let with = with(same);
        for number in 0..60 {
            assert_eq!(orders(&without, number), orders(&with, number), "{same}, {number}");
        }
    }
}

/// Refused access on one bank raises no compliance on the other: whoever sees less of the
/// north has no more reason to trust it.
#[test]
fn denial_on_one_side_never_raises_compliance_on_the_other() {
    let south = |denial: f64| {
        let more = format!(
            "[[area]]\nid = \"banks\"\nkind = \"band\"\nfrom = \"line\"\nfrom_km = -15\nto_km = 15\n\
             [[monitor]]\nid = \"more-eyes\"\nparty = \"un\"\nkind = \"patrol\"\narea = \"banks\"\npublic = true\n\
             speed_km_per_h = 20\nsweep_width_km = 2\nhours_per_day = 8\ndenial = {denial:?}\ndenied_by = [\"north\"]\n"
        );
        let model =
            Lab { mind: MOVED, eyes: "sightings_per_day = 0.02", more: &more, ..LAB }.model();
        let clause = model.clauses.position(|it| it.id == "south-back0");
        let clause = clause.unwrap_or_else(|| panic!("the south is bound"));
        each(400, |number| walk(&model, 11, number, |_, _| {}).clauses[clause].met)
    };
    let found: Vec<_> =
        [0.0, 0.3, 0.7, 1.0].map(|it| (format!("denial {it}"), south(it))).into_iter().collect();
    never_rises("denial", &found);
}

/// The same signs on the smallest of the bundled scenarios, with all that is in it.
#[test]
fn information_has_its_signs_on_a_bundled_scenario() {
    let of = |key: &str, it: f64| {
        let set = format!("monitor.south-eyes.{key}={it}");
        let loaded = bundled("teaching", &[&set]);
        kept(&loaded.model, 300)
    };
    for key in ["false_alarms_per_day", "bias_to_violating", "bias_to_keeping", "wrong_attribution"]
    {
        let found: Vec<_> = [0.0, 0.3, 0.9].map(|it| (format!("{key} {it}"), of(key, it))).into();
        never_rises(key, &found);
    }
    let found: Vec<_> =
        [1.0, 0.1, 0.01].map(|it| (format!("{it} a day"), of("sightings_per_day", it))).into();
    never_rises("fewer sightings", &found);
}
