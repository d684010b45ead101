//! The inspection game: violating is as likely as its equilibrium says.

use crate::model::InspectionEquilibrium;
use crate::stats::Draws;
use crate::theory::InspectionGame;

/// How often the inspectee of the 2×2 game violates: never or always where it
/// counts on an effort that deters or does not, else q*, and always where no
/// inspection is worth its cost.
pub(super) fn violates(conduct: &InspectionEquilibrium, draws: Draws) -> f64 {
    let game = InspectionGame {
        detected_loss: conduct.inspector_detected_cost.draw(draws),
        penalty: conduct.penalty.draw(draws),
        undetected_loss: conduct.inspector_undetected_cost.draw(draws),
        gain: conduct.gain.draw(draws),
        false_alarm_loss: conduct.inspector_false_alarm_cost.draw(draws),
        false_alarm_burden: conduct.false_alarm_cost.draw(draws),
        cost: conduct.inspection_cost.draw(draws),
        false_alarm: conduct.false_alarm.draw(draws),
        miss: conduct.missed.draw(draws),
    };
    match &conduct.believed_effort {
        Some(effort) => {
            let effort = effort.draw(draws);
            let deters = game.inspect().is_some_and(|enough| effort >= enough);
            f64::from(u8::from(!deters))
        }
        None => game.violate().unwrap_or(1.0),
    }
}
