//! Diagnostics: what is wrong in a text, where, and how to mend it.

mod diagnostic;
mod render;

pub use diagnostic::{Diagnostic, Diagnostics, Level, Source, Span};
pub use render::{nearest, nearest_few, render, to_json};
