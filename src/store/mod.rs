//! Result folders: written beside and renamed, read back for charts.

mod claim;
mod contents;
mod error;
mod events;
mod findings;
mod folder;
mod manifest;
mod merge;
mod named;
mod parts;
mod positions;
mod regret;
mod scratch;
mod stored;
mod table;
mod tables;

pub use claim::{Claim, tidy_folder};
pub use error::StoreError;
pub use events::write_events;
pub use folder::{Draft, Found, clear, find, folder_name, is_empty, place, write_inputs};
pub use manifest::write_derived;
pub use merge::{Merged, merge};
pub use parts::{Progress, part_times, progress, read_part, read_plan, write_part, write_plan};
pub use positions::{read_tracks, write_positions};
pub use regret::write_regret;
pub use scratch::{abandon, write_whole};
pub use stored::{Stored, read, read_any, write, write_over};
pub use table::{Cell, Column, TableWriter};
pub use tables::{failed_cells, read_turns_of, run_cells, runs_columns};
