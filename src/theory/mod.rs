//! Closed forms from the literature, each beside a way to find the same number
//! without the formula. The engine borrows those that it has a mechanism for;
//! `verify` compares both with the published values.

mod attrition;
mod detection;
mod dispersion;
mod durability;
mod games;
mod inspection;
mod reciprocity;
mod resolve;
mod sampling;
mod search;

pub use attrition::{
    SalvoSide, Survivors, lanchester_integrated, lanchester_linear, lanchester_square,
    salvo_losses, square_law_end,
};
pub use detection::{
    ever_detected, mean_days_to_report, reported_by, reported_by_integrated, stale_on_arrival,
};
pub use dispersion::{dispersed_variance_integrated, dispersed_variance_to_mean};
pub use durability::{FORTNA_2004, HUG_2018, Prior, WERNER_YUEN_2005, failure_by};
pub use games::{matrix_game, two_by_two};
pub use inspection::{InspectionGame, RecursiveInspection, deterrence_margin, interim_inspection};
pub use reciprocity::{
    Forgiving, Mistake, RichardsonRace, cooperation_after, kydd_threshold, ladder_by_steps,
    reach_top, tit_for_tat_mean,
};
pub use resolve::{
    Resolve, both_above, on_record, share_complying, standing_on_record, word_stands,
};
pub use sampling::{detection_probability, smallest_sample};
pub use search::{coverage, exhaustive_search, inverse_cube_search, random_search};
