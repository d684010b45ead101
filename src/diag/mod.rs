//! Diagnostics: what is wrong in a text, where, and how to fix it.

mod diagnostic;
mod escape;
#[cfg_attr(not(feature = "terminal"), expect(dead_code, reason = "only people see excerpts"))]
mod excerpt;
mod json;
#[cfg(feature = "terminal")]
mod render;
mod span_set;
mod words;

pub use diagnostic::{Diagnostic, Diagnostics, Finding, Level, Source, Span};
pub use escape::{escaped, escaped_json, escaped_line, is_unseen};
pub use json::to_json;
#[cfg(feature = "terminal")]
pub use render::render;
pub use span_set::SpanSet;
pub use words::{days, grouped, list, may_be_near, nearest, nearest_few, number};
