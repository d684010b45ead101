//! The tables of a scenario file, each declared as one struct that says every key
//! once: its meaning, bounds, default, and what it refers to.
//!
//! From a declaration come reading (with spans, and all mistakes at once), the stand-in
//! for what could not be read, the JSON Schema, the rows of the page of keys, and the
//! check of what is referred to. What is generated implements traits of
//! `crate::scenario::read`; the crate has no use outside Disengage.
//!
//! [`table`] declares a table, [`kinds`] the tables that a `kind` chooses among, and
//! [`words`] a set of words.

mod key;
mod kinds;
mod table;
mod words;

use proc_macro::TokenStream;
use syn::{ItemEnum, ItemStruct, parse_macro_input};

/// Declares a table, or keys that several tables share.
///
/// What it is, one of
/// - `entry(Kind)`: `[[kind]]`, with an `id`. `titled` adds `title`, `sourced` adds
///   `source` and `sources`; both stand beside the struct's own fields;
/// - `section = "name"`: `[name]`, or an array of tables without ids;
/// - `inline = "what messages call it", such_as = "…"`: a table in braces;
/// - `part`: keys of another table;
/// - `document`: the whole file.
///
/// All but parts get a field `spans`: where the keys stand. `default` makes a table that
/// may be left out, `open` one whose unknown keys another reader judges.
///
/// Each field is a key, and its doc comment what the key means; `#[key(…)]` says more:
/// - `default`, `default = x`: it may be left out; an `Option` always may;
/// - `bounds = B`: what a number may be; numbers must have them;
/// - `some`: a list that may not be empty, or days of which there is at least one;
/// - `least = 1`, `most = 31`, `items(2, 2)`: narrower ends, and how many elements a list
///   has at least and at most, which the schema states and `validate` tells in its words;
/// - `refers(Party, …)`: tables one of which has the id, each element of a list, or each
///   key of a table; `refers = expression` if that depends; `values(…)`: of a table's
///   values;
/// - `name = "…"`: the key, if it is not the field's name;
/// - `tables = "key"`: an array of tables; `aside` if their ids are those of others;
/// - `part`: the keys of another struct; `kind`: what the `kind` chooses;
/// - `with = f`: read by a function; `schema = j`: a schema of its own;
/// - `as_of = "key"`: what messages call it when it refers in vain; of an array of tables
///   below another table, its header;
/// - `skip`: no key.
#[proc_macro_attribute]
pub fn table(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as ItemStruct);
    let args = parse_macro_input!(args as table::Args);
    table::declare(args, item).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Declares the tables that a `kind` chooses among: `Passage(Passage)` is the kind
/// "passage".
///
/// `#[kinds(owed: Owed)]` gives the table of a kind as what all of them are: a trait, by
/// a method of that name.
#[proc_macro_attribute]
pub fn kinds(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as ItemEnum);
    let args = parse_macro_input!(args as kinds::Args);
    kinds::declare(args, item).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Declares a set of words: `PerSide` is the word "per-side".
///
/// `stand_in = Variant` says which stands in for a word that could not be read;
/// `such_as = "…"` what a message expects, instead of the list of all words.
#[proc_macro_attribute]
pub fn words(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as ItemEnum);
    let args = parse_macro_input!(args as words::Args);
    words::declare(&args, &item).unwrap_or_else(syn::Error::into_compile_error).into()
}
