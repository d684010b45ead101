//! Reciprocal play by the engine: two parties that answer each other daily.

use super::bench::{conduct, each, ends, file, forces, keep, side, walk};
use super::ledger::{Ledger, rows};
use super::trust::{name, word};
use crate::model::Order;
use crate::theory::{Mistake, cooperation_after};

/// Red and blue each keep away from the line or not, by what they saw of the
/// other the day before: everything is seen by everyone on the day.
fn pair(days: i32, forgiveness: f64, error: f64, mistake: Mistake) -> String {
    let key = match mistake {
        Mistake::Action => "action_error",
        Mistake::Misperception => "misperception",
    };
    let side = |own: &str, other: &str| {
        let more = format!(
            "monitors = [\"eyes\"]\n\
             [[conduct]]\nid = \"{own}-answers\"\nparty = \"{own}\"\nkind = \"reciprocal\"\nreview_days = 1\n\
             toward = [\"{other}\"]\nforgiveness = {forgiveness:?}\n{key} = {error:?}"
        );
        side(own, &format!("home-{own}"), &more)
    };
    let both = "[[party]]\nid = \"blue\"\n\
         [[monitor]]\nid = \"eyes\"\nkind = \"overhead\"\nparty = \"watcher\"\nrevisit_days = 1\n\
         probability = 1\npublic = true\n";
    file(days, 1, &[both, &side("red", "blue"), &side("blue", "red")].concat())
}

/// The share of cooperation over the days after `warm` ones, by replicate.
fn cooperation(ledger: &Ledger, text: String, (warm, replicates): (u32, u64)) -> Vec<f64> {
    each(text, ledger.replicates(replicates), |model, number| {
        let (mut kept, mut days) = (0.0, 0.0);
        walk(model, number, |world, turn| {
            if turn.to > warm {
                kept += world.clauses().iter().map(|it| it.shares.met).sum::<f64>();
                days += world.clauses().len() as f64;
            }
        });
        kept / days
    })
}

/// Tit for tat: the mean over 78 rounds. The first review sees nothing and cooperates, so
/// that day 1 is time 0.
pub(super) fn tit_for_tat(ledger: &mut Ledger, error: f64, expected: f64) {
    let shares = cooperation(ledger, pair(79, 0.0, error, Mistake::Misperception), (1, 6000));
    rows! { ledger:
        engine "tit-for-tat-{error}-engine" "the same by the engine, misperception":
            expected, shares, 0.003;
    }
}

/// Tit for tat: cooperation at times.
pub(super) fn at_time(ledger: &mut Ledger, error: f64, times: &[u32]) {
    for time in times {
        let text = pair(*time as i32 + 1, 0.0, error, Mistake::Misperception);
        let shares = cooperation(ledger, text, (*time, 6000));
        rows! { ledger:
            engine "tit-for-tat-{error}-at-{time}-engine"
                "tit for tat by the engine, misperception {error}: ½ + ½(1−2ε)^t at t = {time}":
                cooperation_after(error, *time), shares, 0.006;
        }
    }
}

/// Forgiving: cooperation in the long run.
pub(super) fn forgiving(ledger: &mut Ledger, error: f64, mistake: Mistake, expected: f64) {
    let shares = cooperation(ledger, pair(1050, 1.0 / 3.0, error, mistake), (50, 400));
    let (word, name) = (word(mistake), name(mistake));
    rows! { ledger:
        engine "forgiving-{error}-{word}-engine" "the same by the engine, {name} {error}":
            expected, shares, 0.001;
    }
}

/// The least trust, in hundredths, from which a party complies that plays the
/// assurance game with payoffs R, T, S, P.
pub(super) fn least_trust([r, t, s, p]: [u32; 4]) -> f64 {
    let complies = |trust: f64| {
        let game = format!(
            "review_days = 1\nreward = {r}\ntemptation = {t}\nsucker = {s}\npunishment = {p}\ntrust = {trust:?}"
        );
        let tables = [forces(1, 5.0, ""), keep(""), conduct("assurance", &game)];
        ends(file(1, 1, &tables.concat()), 1, |world| world.units().raw[0].order) == [Order::Comply]
    };
    let hundredths = (0..=100).map(|it| f64::from(it) / 100.0);
    let mut complied = hundredths.filter(|trust| complies(*trust));
    complied.next().unwrap_or(f64::NAN)
}
