//! Scenario files: the text as written, and what is wrong with it.
//!
//! [`Scenario::parse`] reads every table; each table of the format has a file
//! of its own here.

mod account;
mod agreement;
mod area;
mod body;
mod bounds;
mod bundled;
mod change;
mod claim;
mod clause;
mod compile;
mod conduct;
mod document;
mod edit;
mod experiment;
mod force;
mod gate;
mod gone;
mod ground;
mod incident;
mod input;
mod installation;
mod ladder;
mod liaison;
mod line;
mod load;
mod mechanisms;
mod monitor;
mod names;
mod outcome;
mod output;
mod outside_event;
mod party;
mod phase;
mod place;
mod quantity;
mod read;
mod reading;
mod record;
mod refer;
mod route;
mod rule;
mod scenes;
mod schema;
mod shorthand;
mod site;
mod source;
mod starter;
mod swapped;
mod syntax;
mod time;
mod upgrade;
mod validate;
mod variant;
mod varied;
mod weapon_class;
mod whole_schema;

pub use account::Account;
pub use agreement::{Agreement, Standing};
pub use area::*;
pub use body::Body;
pub use bundled::{BUNDLED, Bundled};
pub use change::*;
pub use claim::{Claim, Says};
pub use clause::*;
pub use compile::{Geodata, Standing as StandingAtStart, compile, compile_outline, distances};
pub use conduct::*;
pub use document::{MAX_BYTES, Scenario};
pub use edit::{
    Assignment, EditError, Level, Levels, Parameter, ParameterRole, Spread, apply, apply_variant,
    without_experiments, written,
};
pub use experiment::{Arrangement, Experiment, Varied};
pub use force::Force;
pub use gate::*;
pub use gone::{GONE, Gone, RENAMED_OUTCOMES};
pub use ground::Ground;
pub use incident::{Cause, Incident};
pub use input::read_text;
pub use installation::Installation;
pub use ladder::{Ladder, Rung};
pub use liaison::Liaison;
pub use line::Line;
pub use load::{
    LoadError, Loaded, load, load_memory, load_outline, load_point, load_text, text_of,
};
pub use mechanisms::Mechanisms;
pub use monitor::*;
pub use names::{SelfContained, inside, self_contained};
pub use outcome::{Outcome, Unowed};
pub use output::Output;
pub use outside_event::*;
pub use party::{Party, Role};
pub use phase::Phase;
pub use place::Point;
pub use quantity::Quantity;
pub use read::Spans;
pub use reading::Reading;
pub use record::{Figure, Record, Register};
pub use route::Route;
pub use rule::*;
pub use scenes::{Scene, declared_stock};
pub use site::Site;
pub(crate) use source::ASSUMPTION;
pub use source::{Confidence, Provenance, Source};
pub use starter::starter;
pub use time::Time;
pub use upgrade::{Change as UpgradeChange, NotUpgraded, Upgraded, upgrade};
pub use validate::{check_point, check_text, validate};
pub use variant::Variant;
pub use weapon_class::WeaponClass;
pub use whole_schema::json_schema;
