//! Diagnostics: what is wrong in a text, where, and how to fix it.

mod diagnostic;
mod escape;
mod excerpt;
mod render;
mod span_set;

pub use diagnostic::{Diagnostic, Diagnostics, Level, Source, Span};
pub use escape::{escaped, escaped_json, escaped_line, is_unseen};
pub use render::{grouped, may_be_near, nearest, nearest_few, render, to_json};
pub use span_set::SpanSet;
