//! The words by which charts are asked for, and the names of their files.

use super::ResultsError;
use crate::chart::{KINDS, Kind, Of};
use crate::diag::nearest;

/// What a word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// A chart of a single run.
    OfRun(Kind),
    /// One over the points of a comparison or a sweep.
    OfPoints,
    /// The map of a run, date by date.
    Animation,
}

impl ChartKind {
    /// Reads the word of a chart.
    ///
    /// # Errors
    /// If no chart is called so; the error names those there are.
    pub fn read(word: &str) -> Result<Self, ResultsError> {
        let known = KINDS.iter().map(|row| match row.of {
            Of::Run(kind, _) => (row.word, Self::OfRun(kind)),
            Of::Points => (row.word, Self::OfPoints),
        });
        let known = known.chain([("animation", Self::Animation)]);
        let known: Vec<(&str, Self)> = known.collect();
        if let Some((_, kind)) = known.iter().find(|(own, _)| *own == word) {
            return Ok(*kind);
        }
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        let near = nearest(word, words.iter().copied());
        let hint = near.map_or(String::new(), |near| format!(" (did you mean {near}?)"));
        Err(ResultsError::Refused(format!(
            "no chart is called \"{word}\"{hint}: one of {}",
            words.join(", ")
        )))
    }

    /// The chart of a single run that is asked for, if one is.
    pub fn of_run(self) -> Option<Kind> {
        match self {
            Self::OfRun(kind) => Some(kind),
            Self::OfPoints | Self::Animation => None,
        }
    }
}

/// Whether a picture of this name, without its ending, is a chart of ours.
pub fn is_chart(stem: &str) -> bool {
    let without = |stem: &str, endings: &[&str]| {
        let ending = endings.iter().find_map(|it| stem.strip_suffix(it));
        ending.unwrap_or(stem).to_owned()
    };
    let stem = without(&without(stem, &["-slide", "-print"]), &["-dark"]);
    ChartKind::read(&stem).is_ok() || stem == "discover"
}
