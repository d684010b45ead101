//! Setting a value where a path leads.

use toml_edit::{DocumentMut, InlineTable, Item, TableLike, Value};

use super::assignment::{Segment, segments};
use super::shape::Shape;
use super::{Assignment, EditError};
use crate::scenario::Variant;
use crate::scenario::gone::instead_of;

/// The text with every assignment made; comments and formatting stay. The
/// result is not judged: [`check_text`](crate::scenario::check_text) does that.
///
/// # Errors
/// If the text is not TOML, or a path leads to no table, id or key.
pub fn apply(text: &str, assignments: &[Assignment]) -> Result<String, EditError> {
    let mut document = parsed(text)?;
    // A new kind decides which keys there are, so it goes first.
    let (kinds, others): (Vec<_>, Vec<_>) =
        assignments.iter().partition(|assignment| assignment.path.ends_with(".kind"));
    for assignment in kinds.into_iter().chain(others) {
        set(&mut document, assignment)?;
    }
    Ok(document.to_string())
}

/// The text without variants and experiment: what one point of many is made of.
///
/// # Errors
/// If the text is not TOML.
pub fn without_experiments(text: &str) -> Result<String, EditError> {
    let mut document = parsed(text)?;
    document.remove("variant");
    document.remove("experiment");
    Ok(document.to_string())
}

fn parsed(text: &str) -> Result<DocumentMut, EditError> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        EditError::new(format!("the file is not TOML: {}", error.message()))
    })
}

/// The text as a variant has it.
///
/// # Errors
/// As [`apply`].
pub fn apply_variant(text: &str, variant: &Variant) -> Result<String, EditError> {
    apply(text, &variant.assignments())
}

/// What stands at a path of a file, as TOML; none where nothing is written there.
pub fn written(text: &str, path: &str) -> Option<String> {
    let document: DocumentMut = text.parse().ok()?;
    let steps = segments(path).ok()?;
    let (Segment::Key(table), mut rest) = steps.split_first()? else {
        return None;
    };
    let mut at = document.get(table)?;
    if Shape::root().key(table)?.is_list() {
        let (Segment::Key(id), after) = rest.split_first()? else {
            return None;
        };
        let mut entries = (0..).map_while(|n: usize| at.get(n));
        at = entries.find(|it| it.get("id").and_then(Item::as_str) == Some(id))?;
        rest = after;
    }
    for step in rest {
        at = match step {
            Segment::Key(key) => at.get(key)?,
            Segment::Index(index) => at.get(*index)?,
        };
    }
    let mut value = at.as_value()?.clone();
    // Without the comment behind it.
    value.decor_mut().clear();
    Some(value.to_string())
}

fn set(document: &mut DocumentMut, assignment: &Assignment) -> Result<(), EditError> {
    let path = &assignment.path;
    let steps = segments(path)?;
    let Some((Segment::Key(table), rest)) = steps.split_first() else {
        return Err(EditError::new(format!("`{path}` is no path")));
    };
    let root = Shape::root();
    let tables: Vec<&str> = root
        .keys()
        .into_iter()
        .filter(|key| !["schema", "variant", "experiment"].contains(key))
        .collect();
    let shape = root.key(table).filter(|_| tables.contains(&table.as_str()));
    let Some(shape) = shape else {
        return Err(EditError::new(format!("`{path}`: no table `{table}` can be set"))
            .did_you_mean(table, &tables));
    };
    let walk = Walk { path, value: &assignment.value };
    if !shape.is_list() {
        return walk.table(document.as_table_mut(), &root, &steps);
    }
    let (id, rest) = match rest {
        [Segment::Key(id), rest @ ..] if !rest.is_empty() => (id, rest),
        _ => {
            return Err(EditError::new(format!("`{path}` names no single value"))
                .with_help(format!("write {table}.ID.KEY")));
        }
    };
    let mut entries = entries(document.get_mut(table));
    let ids: Vec<String> = entries.iter().filter_map(|entry| id_of(&**entry)).collect();
    let at = entries.iter().position(|entry| id_of(&**entry).as_ref() == Some(id));
    let Some(entry) = at.and_then(|at| entries.get_mut(at)) else {
        let known: Vec<&str> = ids.iter().map(String::as_str).collect();
        return Err(EditError::new(format!("`{path}`: no [[{table}]] has the id `{id}`"))
            .did_you_mean(id, &known));
    };
    let kind = entry.get("kind").and_then(Item::as_str).map(str::to_owned);
    let shape = shape.item().of_kind(kind.as_deref());
    walk.table(&mut **entry, &shape, rest)
}

/// The tables of an array of tables, however it is written.
pub(in crate::scenario) fn entries(item: Option<&mut Item>) -> Vec<&mut dyn TableLike> {
    match item {
        Some(Item::ArrayOfTables(tables)) => {
            tables.iter_mut().map(|table| table as &mut dyn TableLike).collect()
        }
        Some(Item::Value(Value::Array(values))) => values
            .iter_mut()
            .filter_map(Value::as_inline_table_mut)
            .map(|table| table as &mut dyn TableLike)
            .collect(),
        _ => Vec::new(),
    }
}

fn id_of(entry: &dyn TableLike) -> Option<String> {
    entry.get("id")?.as_str().map(str::to_owned)
}

/// The way along one path.
struct Walk<'a> {
    path: &'a str,
    value: &'a Value,
}

impl Walk<'_> {
    fn fails(&self, why: impl std::fmt::Display) -> EditError {
        EditError::new(format!("`{}`: {why}", self.path))
    }

    fn table(
        &self,
        table: &mut dyn TableLike,
        shape: &Shape,
        steps: &[Segment],
    ) -> Result<(), EditError> {
        let (key, rest) = match steps {
            [Segment::Key(key), rest @ ..] => (key, rest),
            _ => {
                return Err(self
                    .fails("a table stands here, not a list: name a key of it instead of [i]")
                    .did_you_mean("", &shape.keys()));
            }
        };
        let inner = match shape.key(key) {
            Some(inner) => inner,
            None if table.contains_key(key) => Shape::unknown(),
            None => {
                let error = self.fails(format!("there is no key `{key}`"));
                let table = self.path.split('.').next().unwrap_or_default();
                return Err(match instead_of(table, key) {
                    Some(instead) => error.with_help(instead),
                    None => error.did_you_mean(key, &shape.keys()),
                });
            }
        };
        if rest.is_empty() {
            match table.get_mut(key) {
                Some(Item::Value(old)) => replace(old, self.value),
                Some(other) => *other = Item::Value(self.value.clone()),
                None => {
                    table.insert(key, Item::Value(self.value.clone()));
                }
            }
            return Ok(());
        }
        if !table.contains_key(key) {
            if !inner.is_free() && !inner.is_optional() {
                return Err(self
                    .fails(format!("`{key}` is not written in the file"))
                    .with_help(format!("set the whole of `{key}`, not a part of it")));
            }
            table.insert(key, Item::Value(InlineTable::new().into()));
        }
        match table.get_mut(key) {
            Some(item) => self.item(item, key, &inner, rest),
            None => Err(self.fails(format!("`{key}` is not written in the file"))),
        }
    }

    fn item(
        &self,
        item: &mut Item,
        name: &str,
        shape: &Shape,
        steps: &[Segment],
    ) -> Result<(), EditError> {
        match (item, steps) {
            (Item::Value(value), _) => self.value(value, name, shape, steps),
            (Item::Table(table), _) => self.table(table, shape, steps),
            (Item::ArrayOfTables(tables), [Segment::Index(index), rest @ ..]) => {
                let length = tables.len();
                match tables.get_mut(*index) {
                    Some(table) => self.table(table, &shape.item(), rest),
                    None => Err(self.too_short(name, length)),
                }
            }
            _ => Err(self.fails(format!("`{name}` is a list: name an element by [0], [1], …"))),
        }
    }

    fn value(
        &self,
        value: &mut Value,
        name: &str,
        shape: &Shape,
        steps: &[Segment],
    ) -> Result<(), EditError> {
        match (value, steps) {
            (value, []) => {
                replace(value, self.value);
                Ok(())
            }
            (Value::InlineTable(table), _) => {
                let length = table.len();
                self.table(table, shape, steps)?;
                if table.len() > length {
                    table.fmt();
                }
                Ok(())
            }
            (Value::Array(values), [Segment::Index(index), rest @ ..]) => {
                let length = values.len();
                match values.get_mut(*index) {
                    Some(value) => self.value(value, name, &shape.item(), rest),
                    None => Err(self.too_short(name, length)),
                }
            }
            (Value::Array(_), _) => {
                Err(self.fails(format!("`{name}` is a list: name an element by [0], [1], …")))
            }
            (value, [Segment::Key(key), ..]) => Err(self
                .fails(format!(
                    "`{name}` is {} in the file, without a `{key}`",
                    value.to_string().trim()
                ))
                .with_help(format!("set the whole of `{name}`"))),
            (value, [Segment::Index(_), ..]) => Err(self
                .fails(format!("`{name}` is {} in the file, not a list", value.to_string().trim()))
                .with_help(format!("set the whole of `{name}`"))),
        }
    }

    fn too_short(&self, name: &str, length: usize) -> EditError {
        match length {
            0 => self.fails(format!("`{name}` is empty")),
            _ => self.fails(format!("`{name}` has {length} elements, [0] to [{}]", length - 1)),
        }
    }
}

/// A new value where the old one stood, with the blanks around it.
fn replace(old: &mut Value, new: &Value) {
    let decor = old.decor().clone();
    *old = new.clone();
    *old.decor_mut() = decor;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_found_at_its_path() {
        let text = "[time]\nturn_days = 7 # a week\n[[force]]\nid = \"a\"\nstrength = 5\n\
                    [[force]]\nid = \"b\"\nstrength = { triangular = [1, 2.5, 3] }\n";
        let of = |path| written(text, path);
        assert_eq!(of("time.turn_days").as_deref(), Some("7"));
        assert_eq!(of("force.a.strength").as_deref(), Some("5"));
        assert_eq!(of("force.b.strength.triangular[1]").as_deref(), Some("2.5"));
        let whole = "{ triangular = [1, 2.5, 3] }";
        assert_eq!(of("force.b.strength").as_deref(), Some(whole));
        for none in ["force.c.strength", "force.a.flag", "time", "force.a", "x y"] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
