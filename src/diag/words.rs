//! Words that are nearly other words, and numbers in digits.

/// The word of `known` that `word` was probably meant to be, if one is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_few(word, known).first().copied()
}

/// Up to three words of `known` that `word` may be meant to be, nearest first.
pub fn nearest_few<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut near: Vec<(f64, &str)> = known
        .into_iter()
        .filter(|candidate| may_be_near(word, candidate))
        .map(|candidate| {
            let likeness = strsim::normalized_damerau_levenshtein(word, candidate);
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.truncate(3);
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Whether two words are so alike in length that one may be meant by the other: as many
/// letters as one is longer are wrong in any case. Nobody mistypes a word of a hundred.
pub fn may_be_near(word: &str, candidate: &str) -> bool {
    const LONGEST: usize = 100;
    if word.len().max(candidate.len()) > 4 * LONGEST {
        return false;
    }
    let (a, b) = (word.chars().count(), candidate.chars().count());
    a.max(b) <= LONGEST && a.min(b) * 5 >= a.max(b) * 3
}

/// A whole number with commas: 1,234,567.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
