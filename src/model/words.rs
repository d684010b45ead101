//! Sets of words that files and tables use.

/// A set of words, declared by `#[words]`.
pub trait Words: Copy + PartialEq + 'static {
    /// What the schema calls the set.
    const NAME: &'static str;
    /// What it is for.
    const DOC: &'static str;
    /// What a message expects where none of the words stands.
    const EXPECTED: &'static str;
    /// Each word with what it stands for.
    const WORDS: &'static [(&'static str, Self)];
    /// What each word means.
    const DOCS: &'static [&'static str];
    /// What stands in for a word that could not be read.
    const STAND_IN: Self;
}
