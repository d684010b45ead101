//! Disengage: a scenario simulator of withdrawal agreements. Who must pull back how far from
//! which line, by when, who checks: it steps an agreement through time, many times over, and
//! tells who stands where, which clauses are kept, what is only claimed, and what would change
//! if a term changed.
//!
//! A scenario is loaded, run, and its results are asked:
//!
//! ```
//! use disengage::chart::Kind;
//! use disengage::{results, scenario};
//!
//! // A bundled scenario with another term; `load_memory` takes a text of your own.
//! let term = scenario::Assignment::parse("clause.pullback.min_km=25")?;
//! let loaded = scenario::load("teaching", &[term])?;
//! assert_eq!(loaded.model.clauses.first().unwrap().id, "pullback");
//!
//! // Eight replicates from seed 1: the same results on any number of threads.
//! let results = results::run(&loaded, 8, 1)?;
//! let kept = results.outcome("pullback", "compliance").unwrap();
//! println!("kept: {:.2} [{:.2}, {:.2}]", kept.estimate, kept.low, kept.high);
//!
//! // A chart is an SVG; `chart::render` makes a PNG of it.
//! let chart = results.chart(&loaded, Kind::Map).unwrap();
//! assert!(chart.svg.starts_with("<svg"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`experiment`] runs many points of a plan, [`analysis`] and [`results`] say what they come
//! to, [`explain`] tells one replicate in sentences, [`report`] writes a page. What is wrong
//! with a scenario comes as [`diag::Diagnostics`] with its places.
//!
//! # Features
//! The core, without any, has neither files nor threads nor a terminal, and is built for
//! browsers too. `threads` runs on all cores, `raster` makes PNGs, `terminal` shows people what
//! is wrong where, `files` writes result folders and reads them back (`store`); `cli`, the
//! default, is the command line with all of these.

pub mod analysis;
pub mod chart;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diag;
pub mod engine;
pub mod experiment;
pub mod explain;
pub mod geo;
pub mod model;
pub mod record;
pub mod report;
pub mod results;
pub mod scenario;
pub mod stats;
#[cfg(feature = "files")]
pub mod store;
pub mod theory;
pub mod threads;
pub mod verify;
