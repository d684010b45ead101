//! `PATH=VALUE`.

use super::EditError;
use crate::scenario::Variant;

/// A path of the file and the value it is to have.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// `TABLE.ID.KEY` or `TABLE.KEY`, then `.KEY` or `[i]`.
    pub path: String,
    /// The value, as TOML has it.
    pub value: toml_edit::Value,
}

impl Assignment {
    /// Reads `clause.pullback.min_km=100`. The value is TOML; a bare word is a
    /// text: `clause.pullback.from=alpha`.
    ///
    /// # Errors
    /// If there is no `=`, the path is none or the value is not TOML.
    ///
    /// # Examples
    /// ```
    /// use disengage::scenario::Assignment;
    /// let it = Assignment::parse("clause.pullback.min_km=100")?;
    /// assert_eq!(it.path, "clause.pullback.min_km");
    /// assert_eq!(it.value.as_integer(), Some(100));
    /// # Ok::<(), disengage::scenario::EditError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, EditError> {
        let Some((path, value)) = text.split_once('=') else {
            return Err(EditError::new(format!("`{text}` sets nothing: there is no `=`"))
                .with_help("write PATH=VALUE, such as clause.pullback.min_km=100"));
        };
        let (path, value) = (path.trim(), value.trim());
        segments(path)?;
        Ok(Self { path: path.to_owned(), value: self::value(path, value)? })
    }
}

impl Variant {
    /// What the variant sets, in the order of the paths.
    pub fn assignments(&self) -> Vec<Assignment> {
        let each = self
            .set
            .iter()
            .map(|(path, value)| Assignment { path: path.clone(), value: value.clone() });
        each.collect()
    }
}

fn value(path: &str, text: &str) -> Result<toml_edit::Value, EditError> {
    if let Ok(mut value) = text.parse::<toml_edit::Value>() {
        value.decor_mut().clear();
        return Ok(value);
    }
    let bare = |c: char| c.is_alphanumeric() || "-_ .".contains(c);
    if text.starts_with(char::is_alphabetic) && text.chars().all(bare) {
        return Ok(text.into());
    }
    let what = if text.is_empty() {
        format!("`{path}` is given no value")
    } else {
        format!("`{path}` is given `{text}`, which is no value")
    };
    Err(EditError::new(what).with_help(
        "write a number, a date, a word, \"a text\", [a, list] or { a = \"table\" }, as in the file",
    ))
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// `.KEY`
    Key(String),
    /// `[i]`
    Index(usize),
}

/// The steps of a path.
pub(super) fn segments(path: &str) -> Result<Vec<Segment>, EditError> {
    let mut out = Vec::new();
    for part in path.split('.') {
        let (key, indices) =
            part.split_once('[').map_or((part, None), |(key, rest)| (key, Some(rest)));
        if key.is_empty() || key.contains(']') || key.contains(char::is_whitespace) {
            return Err(no_path(path));
        }
        out.push(Segment::Key(key.to_owned()));
        let Some(indices) = indices else { continue };
        let Some(indices) = indices.strip_suffix(']') else {
            return Err(no_path(path));
        };
        for index in indices.split("][") {
            let index = index.parse().map_err(|_| no_path(path))?;
            out.push(Segment::Index(index));
        }
    }
    Ok(out)
}

fn no_path(path: &str) -> EditError {
    EditError::new(format!("`{path}` is no path"))
        .with_help("write TABLE.ID.KEY or TABLE.KEY, then .KEY or [i], such as clause.pullback.min_km, time.turn_days or force.depot.strength.triangular[1]")
}
