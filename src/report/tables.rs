//! What tables of the page have in common.

use maud::{Markup, html};

/// A table that is moved sideways where it is wider than the screen; `of` says what it holds.
pub(super) fn wide(of: &str, table: &Markup) -> Markup {
    html! { div.wide tabindex="0" role="group" aria-label={ (of) ", table" } { (table) } }
}

/// The names of columns.
pub(super) fn head(columns: &[&str]) -> Markup {
    html! { thead { tr { @for name in columns { th scope="col" { (name) } } } } }
}

/// What a report is of, in a few numbers.
pub(super) fn facts(all: &[(&str, String)]) -> Markup {
    html! { dl.facts { @for (name, value) in all { div { dt { (name) } dd { (value) } } } } }
}
