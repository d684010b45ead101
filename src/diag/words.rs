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

/// "a, b and c"; with semicolons where a name has a comma of its own.
#[must_use]
pub fn list<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    let names: Vec<String> = names.into_iter().map(|it| it.as_ref().to_owned()).collect();
    let between = if names.iter().any(|it| it.contains(',')) { "; " } else { ", " };
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(between)),
    }
}

/// "1 day", "12 days".
#[must_use]
pub fn days(number: u32) -> String {
    format!("{number} day{}", if number == 1 { "" } else { "s" })
}

/// A number without digits nobody reads: "70", "2.5", "12,000".
#[must_use]
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        let grouped = grouped(value.abs() as u64);
        return if value < 0.0 { format!("−{grouped}") } else { grouped };
    }
    let text = format!("{value:.3}");
    text.trim_end_matches('0').replace('-', "−")
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
