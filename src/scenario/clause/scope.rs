//! What a clause looks at: weapons of some kind, forces of a domain.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use crate::scenario::read::{At, Table, Value, word};

/// Where a force or weapon acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Domain {
    /// On land.
    Land,
    /// In the air.
    Air,
    /// At sea.
    Sea,
}

impl Domain {
    const WORDS: [(&'static str, Self); 3] =
        [("land", Self::Land), ("air", Self::Air), ("sea", Self::Sea)];

    /// Its word in files.
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, it)| *it == self);
        found.map_or("", |(word, _)| word)
    }
}

impl Value for Domain {
    const EXPECTED: &'static str = "\"land\", \"air\" or \"sea\"";
    fn placeholder() -> Self {
        Self::Land
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        word(value, at, &Self::WORDS).unwrap_or_else(Self::placeholder)
    }
}

/// The scope of a clause. With `classes`, `min_calibre_mm`, `min_range_km` or
/// `heavy` it is one of weapons: the clause binds forces that hold weapons in
/// scope, and counts these weapons instead of persons.
#[derive(Debug, Clone, PartialEq, JsonSchema)]
pub struct Scope {
    /// Ids of weapon classes.
    #[schemars(default)]
    pub classes: Vec<String>,
    /// Weapons of at least this calibre, in millimetres.
    pub min_calibre_mm: Option<f64>,
    /// Weapons of at least this range, in kilometres.
    pub min_range_km: Option<f64>,
    /// Heavy weapons alone. Default false.
    #[schemars(default)]
    pub heavy: bool,
    /// Forces, or weapons, of this domain alone.
    pub domain: Option<Domain>,
}

impl Scope {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            classes: t.or("classes", Vec::new()),
            min_calibre_mm: t.opt("min_calibre_mm"),
            min_range_km: t.opt("min_range_km"),
            heavy: t.or("heavy", false),
            domain: t.opt("domain"),
        }
    }

    /// Whether the clause counts weapons.
    pub fn of_weapons(&self) -> bool {
        !self.classes.is_empty()
            || self.min_calibre_mm.is_some()
            || self.min_range_km.is_some()
            || self.heavy
    }
}
