//! What parties say of a force that a clause binds.

use smallvec::SmallVec;

use crate::model::{PartyIndex, Says};

/// The newest word of one party.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    /// Whose it is.
    pub by: PartyIndex,
    /// Its day.
    pub day: u32,
    /// What it says.
    pub says: Says,
    /// Of what share of the strength.
    pub share: f64,
}

/// The newest word of each party, in the order in which they first spoke. They may stand
/// against each other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said(SmallVec<[Word; 1]>);

impl Said {
    /// Enters a word, unless its author has said something since. Gives what it said before.
    pub(in crate::engine) fn enter(&mut self, word: Word) -> Option<Word> {
        match self.0.iter_mut().find(|it| it.by == word.by) {
            Some(known) if known.day <= word.day => Some(std::mem::replace(known, word)),
            Some(known) => Some(*known),
            None => {
                self.0.push(word);
                None
            }
        }
    }

    /// The newest of all; of one day, the one that was said last.
    pub fn newest(&self) -> Option<Word> {
        self.0.iter().copied().max_by_key(|word| word.day)
    }

    /// The newest word of each party.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.0.iter()
    }

    /// Whether somebody says that the clause is kept, or that it is not.
    pub fn is_silent(&self) -> bool {
        self.0.iter().all(|word| word.says == Says::Denies)
    }

    /// The greatest share of which somebody says so.
    pub fn share(&self, says: Says) -> f64 {
        let those = self.0.iter().filter(|word| word.says == says);
        those.map(|word| word.share).fold(0.0, f64::max)
    }
}
