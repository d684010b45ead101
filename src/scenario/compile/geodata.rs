//! The GeoJSON texts a scenario names.

use std::collections::BTreeMap;

/// GeoJSON texts by the path the scenario gives, relative to its own folder. A path may
/// begin with `./`; it is kept without.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Geodata(BTreeMap<String, String>);

impl Geodata {
    /// Adds a text.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(beside(&path.into()).to_owned(), text.into());
    }

    /// The text at a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(beside(path)).map(String::as_str)
    }

    /// The path as it is kept, and its text.
    pub(super) fn file(&self, path: &str) -> Option<(&str, &str)> {
        let (path, text) = self.0.get_key_value(beside(path))?;
        Some((path, text))
    }

    /// Paths and texts, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

/// A path without the `./` that it may begin with: beside the scenario is where every
/// path begins.
pub(in crate::scenario) fn beside(mut path: &str) -> &str {
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}
