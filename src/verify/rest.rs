//! Belief and pressure at rest, and beliefs by posture: by formula, by solver and
//! by the engine.

use super::bench::{conduct, each, file, forces, keep, walk};
use super::ledger::{Ledger, rows};
use crate::theory::{Interior, comply_at_rest, pooled_belief_at_rest, softmax};

/// Units that decide daily.
const UNITS: u32 = 25;
/// Days until what they learn has come to rest.
const WARM: u32 = 1500;

pub(super) fn fill(ledger: &mut Ledger) {
    two_orders(ledger);
    three_orders(ledger);
}

fn two_orders(ledger: &mut Ledger) {
    let open = Interior {
        lambda: 2.0,
        value: 1.0,
        hit_cost: 3.0,
        detections: 0.4,
        strikes: 0.5,
        pressure_weight: 1.2,
        standing: 0.3,
        gain: 0.05,
        decay: 0.02,
    };
    let shut = Interior { gain: 0.0, ..open };
    // A detection adds to the pressure on all by its share of them. Beliefs begin
    // at half of what is true.
    let holder = format!(
        "review_days = 1\nlambda = 2.0\nvalue = 1.0\npressure = 0.3\npressure_weight = 1.2\n\
         pressure_per_report = {:?}\npressure_half_life_days = {:?}\nhit_cost = 3.0\n\
         hits_per_day = {{ comply = 0, defy = 0.1, conceal = 0 }}\nbelief_memory_days = 3000\nbelief_half_life_days = 10000\n\
         concealment_cost = 1000",
        0.05 / f64::from(UNITS),
        std::f64::consts::LN_2 / -libm::log1p(-0.02),
    );
    for (it, name, what, expected, switch) in [
        (open, "rest-pressure", "belief and pressure at rest: share of comply", 0.670_55, true),
        (shut, "rest-no-gain", "the same with pressure that nothing raises", 0.480_01, false),
    ] {
        let switch = format!("[mechanisms]\npressure = {switch}\n");
        let text = watched(0.4, 0.5, &(conduct("quantal-response", &holder) + &switch));
        let shares = shares(ledger, text);
        rows! { ledger:
            solver "{name}" "{what}": expected, comply_at_rest(&it), 5;
            engine "{name}-engine" "the same by the engine, beliefs learnt from half the truth on":
                expected, shares.iter().map(|orders| orders[0]), 0.0015;
        }
    }
}

#[expect(clippy::approx_constant, reason = "a share that happens to lie near 2/π")]
fn three_orders(ledger: &mut Ledger) {
    let utilities = [0.8, 1.0, 0.75];
    let by_posture = softmax(2.0, [0.8, 1.0 - 3.0 * 0.5, 0.75 - 3.0 * 0.1]);
    rows! { ledger:
        formula "rest-by-posture" "three orders, beliefs kept by posture: share of comply":
            0.6366, by_posture[0], 4;
        refused "rest-pooled" "three orders, one belief pooled over postures":
            0.4907, pooled_belief_at_rest(2.0, utilities, 3.0, [0.5, 0.1]), 0.6366;
    }
    // A pass sees the open with .5, and of what hides as much as is seen with .1;
    // every sighting is struck. The belief of being hit in hiding begins half as
    // high again as it comes to.
    let hides = 1.0 - libm::log1p(-0.1) / libm::log1p(-0.5);
    let holder = format!(
        "review_days = 1\nlambda = 2.0\nvalue = 1.0\npressure = 0.8\nhit_cost = 3.0\nconcealment_cost = 0.25\n\
         concealment = {hides:?}\nhits_per_day = {{ comply = 0, defy = 0.5, conceal = 0.15 }}\n\
         belief_memory_days = 1500\nbelief_half_life_days = 10000"
    );
    let shares = shares(ledger, watched(0.5, 1.0, &conduct("quantal-response", &holder)));
    for (at, order) in ["comply", "defy", "conceal"].into_iter().enumerate() {
        let expected = if at == 0 { 0.6366 } else { by_posture[at] };
        rows! { ledger:
            engine "rest-by-posture-{order}-engine"
                "the same by the engine, beliefs learnt: share of {order}":
                expected, shares.iter().map(|orders| orders[at]), 0.002;
        }
    }
}

/// Units at 5 km that a pass sees daily with a probability; what is seen is
/// struck with another, which costs a hit and no losses.
fn watched(seen: f64, struck: f64, tables: &str) -> String {
    let pass = format!(
        "[[monitor]]\nid = \"eyes\"\nkind = \"overhead\"\nparty = \"watcher\"\nrevisit_days = 1\n\
         probability = {seen:?}\n\
         [[rule]]\nid = \"strikes\"\nparty = \"watcher\"\non = \"violation-recorded\"\nby = [\"red\"]\n\
         probability = {struck:?}\nkind = \"strike\"\nloss_share = 0\n"
    );
    let forces = forces(UNITS, 5.0, "mobility_km_per_day = 1000");
    let all = [forces.as_str(), &keep("monitors = [\"eyes\"]"), &pass, tables];
    file(WARM as i32 + 500, 1, &all.concat())
}

/// The share of each order over the days at rest, by replicate.
fn shares(ledger: &Ledger, text: String) -> Vec<[f64; 3]> {
    each(text, ledger.replicates(64), |model, number| {
        let (mut orders, mut all) = ([0.0; 3], 0.0);
        walk(model, number, |world, turn| {
            if turn.to > WARM {
                for unit in world.units() {
                    orders[unit.order as usize] += 1.0;
                    all += 1.0;
                }
            }
        });
        orders.map(|of| of / all)
    })
}
