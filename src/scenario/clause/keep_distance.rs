//! `kind = "keep-distance"`: stay at least so far from a line, area or site.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use crate::scenario::read::{At, Table, Value, word};

/// On which side of the line distance counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Side {
    /// That of `positive_toward`.
    Positive,
    /// The other.
    Negative,
}

impl Value for Side {
    const EXPECTED: &'static str = "\"positive\" or \"negative\"";
    fn placeholder() -> Self {
        Self::Positive
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words = [("positive", Self::Positive), ("negative", Self::Negative)];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

/// What a width is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Width {
    /// Of each side.
    PerSide,
    /// Of both sides together: half on each.
    InTotal,
}

impl Width {
    /// The share of the width that lies on one side.
    pub fn of_one_side(self) -> f64 {
        match self {
            Self::PerSide => 1.0,
            Self::InTotal => 0.5,
        }
    }
}

impl Value for Width {
    const EXPECTED: &'static str = "\"per-side\" or \"in-total\"";
    fn placeholder() -> Self {
        Self::PerSide
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words = [("per-side", Self::PerSide), ("in-total", Self::InTotal)];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

/// Kept by a force at a signed distance of at least `min_km` (minimum met), and
/// in full from `target_km`.
#[derive(Debug, Clone, JsonSchema)]
pub struct KeepDistance {
    /// The id of a line, an area or a site.
    pub from: String,
    /// What a party's forces measure from instead, by party: the party that
    /// commands the force.
    #[schemars(default)]
    pub from_of: BTreeMap<String, String>,
    /// On which side of a line distance counts. Default "positive".
    pub side: Option<Side>,
    /// Whether the distances are of each side, or of both together, half on
    /// each. Default "per-side".
    pub width: Option<Width>,
    /// Kilometres, signed toward the line's positive side.
    pub min_km: f64,
    /// Kilometres, at least `min_km`; `min_km` by default.
    #[schemars(default)]
    pub target_km: Option<f64>,
}

impl KeepDistance {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            from: t.req("from"),
            from_of: t.or("from_of", BTreeMap::new()),
            side: t.opt("side"),
            width: t.opt("width"),
            min_km: t.req("min_km"),
            target_km: t.opt("target_km"),
        }
    }

    /// What a force of a commander measures from.
    pub fn from_for(&self, commander: &str) -> &str {
        self.from_of.get(commander).unwrap_or(&self.from)
    }

    /// The share of the written distances that a force must keep.
    pub fn of_one_side(&self) -> f64 {
        self.width.unwrap_or(Width::PerSide).of_one_side()
    }
}
