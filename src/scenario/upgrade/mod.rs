//! From a file of an earlier format to one of this: `check --upgrade`.
//!
//! A conversion works on the text ([`Work`]): it changes single places, says each, and
//! marks what only the author can decide. A file for each table that changed; a new one is
//! called in [`upgrade`].

mod amount;
mod conduct;
mod entry;
mod incidents;
mod outcome;
mod paths;
mod presses;
mod records;
mod work;

use toml::de::DeTable;

use self::conduct::Conduct;
use self::entry::Entry;
use self::incidents::Openings;
use self::presses::Parties;
pub use self::work::Change;
use self::work::Work;
use super::document::SCHEMA;
use super::syntax;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::Model;

/// A file in the format of this version.
#[derive(Debug, Clone, PartialEq)]
pub struct Upgraded {
    /// The file.
    pub text: String,
    /// What was done to it, in the order of the lines.
    pub changes: Vec<Change>,
}

/// Why a file is not converted.
#[derive(Debug, Clone, PartialEq)]
pub enum NotUpgraded {
    /// It has the format of this version.
    Current,
    /// It cannot be read.
    Invalid(Diagnostics),
}

/// Converts a file of an earlier format. Comments, order and layout stay; what is wrong
/// with it beyond its format is left for [`check_text`](super::check_text) to say.
/// `model_of` makes the model of a text, with the GeoJSON that it names, for what goes by
/// where forces stand.
///
/// # Errors
/// If there is nothing to convert, or no format can be read.
///
/// # Examples
/// ```
/// use disengage::scenario::upgrade;
/// let old = "schema = 1   # since 2030\ntitle = \"A small one\"\n";
/// let new = upgrade(old, &|_| None).unwrap();
/// assert_eq!(new.text, "schema = 2   # since 2030\ntitle = \"A small one\"\n");
/// assert_eq!(new.changes.len(), 1);
/// ```
pub fn upgrade(
    text: &str,
    model_of: &dyn Fn(String) -> Option<Model>,
) -> Result<Upgraded, NotUpgraded> {
    let (document, mistakes) = syntax::parsed(text);
    if !mistakes.is_empty() {
        let mut found = Diagnostics::default();
        mistakes.into_iter().for_each(|mistake| found.push(mistake));
        return Err(NotUpgraded::Invalid(found.sorted()));
    }
    let root = Entry::root(text, document.get_ref());
    match root.value("schema").as_deref() {
        Some("1") => {}
        Some(written) if *written == SCHEMA.to_string() => return Err(NotUpgraded::Current),
        _ => return Err(NotUpgraded::Invalid(no_format(&root))),
    }
    let finish = |openings: Option<&Openings>| converted(text, &root, openings).finish();
    let openings = match root.has("incident") {
        true => incidents::openings(&finish(None).0, model_of),
        false => None,
    };
    let (text, changes) = finish(openings.as_ref());
    match DeTable::parse(&text) {
        Ok(_) => Ok(Upgraded { text, changes }),
        Err(error) => {
            let mut found = Diagnostics::default();
            found
                .whole_file(format!(
                    "the file cannot be converted as it is laid out: {}",
                    error.message()
                ))
                .help("write each table under a header of its own, each key on a line of its own, and convert it again");
            Err(NotUpgraded::Invalid(found))
        }
    }
}

/// Every conversion in turn; `openings` is what stands at the start, where it is known.
fn converted<'d>(text: &'d str, root: &Entry<'d>, openings: Option<&Openings>) -> Work<'d> {
    let mut work = Work::new(text);
    work.replace(root, "schema", &SCHEMA.to_string(), "the format of this version");

    let conducts: Vec<Conduct<'_>> =
        root.list("conduct", "conduct").into_iter().map(Conduct::new).collect();
    let parties = Parties::of(&conducts);
    let presses = presses::presses(root, &parties);
    for conduct in &conducts {
        let pressed = presses.iter().any(|press| press.on.contains(&conduct.party()));
        conduct.convert(pressed, &mut work);
    }
    presses::sites(root, &parties, &mut work);
    presses.iter().for_each(|press| presses::convert(press, &parties, &mut work));
    presses::positions(root, &parties, &mut work);
    outcome::convert(root, &mut work);
    incidents::convert(root, openings, &mut work);
    records::convert(root, &mut work);
    paths::convert(root, &conducts, &parties, &presses, openings, &mut work);

    work
}

/// That a file says no format, or one that nothing is known of.
fn no_format(root: &Entry<'_>) -> Diagnostics {
    let mut found = Diagnostics::default();
    match (root.place("schema"), root.value("schema")) {
        (Some((_, value)), Some(written)) => found.push(
            Diagnostic::error(value, format!("schema {written} is none that can be converted"))
                .label("the format of the file")
                .help(format!("files of schema 1 are converted to schema {SCHEMA}")),
        ),
        _ => found.push(
            Diagnostic::whole_file("the file has no `schema`")
                .help("add the format it is written in as its first line, such as schema = 1"),
        ),
    }
    found
}
