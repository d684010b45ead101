//! What is thrown at Disengage by strangers' files: where their bytes go in
//! ([`target`]), what they begin from ([`seeds`]), and how they are changed
//! ([`change`]).

pub mod change;
pub mod seeds;
pub mod target;

// An instrumented program of this package that is no fuzz target needs its symbols as well.
use libfuzzer_sys as _;
