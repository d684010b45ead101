//! Result folders: written beside and renamed, read back for charts.

mod boxes;
mod claim;
mod contents;
mod error;
mod events;
mod folder;
mod manifest;
mod merge;
mod pairs;
mod parts;
mod places;
mod positions;
mod records;
mod regret;
mod scratch;
mod sensitivity;
mod table;
mod tables;

pub use boxes::write_boxes;
pub use claim::{Claim, tidy_folder};
pub use error::StoreError;
pub use events::write_events;
pub use folder::{Draft, Found, clear, find, folder_name, is_empty, place, write_inputs};
pub use manifest::write_derived;
pub use merge::{Merged, merge};
pub use pairs::read_pairs;
pub use parts::{Progress, part_times, progress, read_part, read_plan, write_part, write_plan};
pub use places::{read_places, write_places};
pub use positions::{read_tracks, write_positions};
pub use records::{read_records, write_records};
pub use regret::write_regret;
pub use scratch::{abandon, write_whole};
pub use sensitivity::{read_sensitivity, write_sensitivity};
pub use table::{Cell, Column, TableWriter};
pub use tables::{
    failed_cells, read_points, read_turns, read_turns_of, run_cells, runs_columns, write_points,
    write_turns,
};
