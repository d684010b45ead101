//! A table of a file with where its keys stand in the text.

use toml::de::{DeTable, DeValue};

use crate::diag::Span;

/// A table of a file, under a header of its own or in braces.
#[derive(Debug, Clone)]
pub(super) struct Entry<'d> {
    /// What it is called: "conduct".
    pub(super) name: &'static str,
    /// What messages call it: `[[conduct]] "reds"`.
    label: String,
    text: &'d str,
    table: &'d DeTable<'d>,
    span: Span,
}

impl<'d> Entry<'d> {
    /// The whole of a file.
    pub(super) fn root(text: &'d str, table: &'d DeTable<'d>) -> Self {
        Self { name: "", label: "the file".to_owned(), text, table, span: 0..0 }
    }

    /// The tables of a list, in the order of the file.
    pub(super) fn list(&self, key: &str, name: &'static str) -> Vec<Self> {
        let items = self.table.get(key).and_then(|value| value.get_ref().as_array());
        let tables = items.into_iter().flat_map(|items| items.iter()).filter_map(|item| {
            let table = item.get_ref().as_table()?;
            let id = table.get("id").and_then(|id| id.get_ref().as_str());
            let label = match id {
                Some(id) => format!("[[{name}]] \"{id}\""),
                None => format!("[[{name}]]"),
            };
            Some(Self { name, label, text: self.text, table, span: item.span() })
        });
        tables.collect()
    }

    /// The table at a key: `[name]`, or a part of this one.
    pub(super) fn inner(&self, name: &'static str) -> Option<Self> {
        let value = self.table.get(name)?;
        let table = value.get_ref().as_table()?;
        let label = match self.name {
            "" => format!("[{name}]"),
            _ => format!("{}, {name}", self.label),
        };
        Some(Self { name, label, text: self.text, table, span: value.span() })
    }

    /// Its id, or nothing.
    pub(super) fn id(&self) -> &'d str {
        self.word("id").unwrap_or_default()
    }

    /// What messages call it.
    pub(super) fn called(&self) -> String {
        self.label.clone()
    }

    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Whether it stands in braces.
    pub(super) fn is_inline(&self) -> bool {
        self.text.get(self.span.clone()).is_some_and(|it| it.starts_with('{'))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// Where a key and its value stand.
    pub(super) fn place(&self, key: &str) -> Option<(Span, Span)> {
        let (key, value) = self.table.get_key_value(key)?;
        Some((key.span(), value.span()))
    }

    /// The keys in the order of the file.
    pub(super) fn keys(&self) -> Vec<&'d str> {
        let mut keys: Vec<(usize, &'d str)> =
            self.table.iter().map(|(key, _)| (key.span().start, key.get_ref().as_ref())).collect();
        keys.sort_unstable();
        keys.into_iter().map(|(_, key)| key).collect()
    }

    /// The value of a key as TOML on one line.
    pub(super) fn value(&self, key: &str) -> Option<String> {
        self.table.get(key).map(|value| written(value.get_ref()))
    }

    /// The values of a list, each as TOML on one line.
    pub(super) fn values(&self, key: &str) -> Option<Vec<String>> {
        let items = self.table.get(key)?.get_ref().as_array()?;
        Some(items.iter().map(|item| written(item.get_ref())).collect())
    }

    /// Whether the value stands behind its key, and not under a header of its own.
    pub(super) fn is_plain(&self, key: &str) -> bool {
        let span = self.place(key).map(|(_, value)| value);
        let text = span.and_then(|span| self.text.get(span));
        text.is_some_and(|text| text.parse::<toml_edit::Value>().is_ok())
    }

    /// The text at a key.
    pub(super) fn word(&self, key: &str) -> Option<&'d str> {
        self.table.get(key)?.get_ref().as_str()
    }

    /// The texts of the list at a key.
    pub(super) fn words(&self, key: &str) -> Vec<&'d str> {
        let items = self.table.get(key).and_then(|value| value.get_ref().as_array());
        let items = items.into_iter().flat_map(|items| items.iter());
        items.filter_map(|item| item.get_ref().as_str()).collect()
    }

    /// The table as a text of its own, a key a line, after `[[name]]`.
    pub(super) fn alone(&self) -> String {
        let mut text = format!("[[{}]]\n", self.name);
        for key in self.keys() {
            text += &format!("{} = {}\n", quoted(key), self.value(key).unwrap_or_default());
        }
        text
    }
}

/// A value as TOML on one line.
fn written(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(it) => it.to_string(),
        DeValue::Datetime(it) => it.to_string(),
        DeValue::Array(items) => {
            let each: Vec<String> = items.iter().map(|item| written(item.get_ref())).collect();
            format!("[{}]", each.join(", "))
        }
        DeValue::Table(table) => {
            let mut each: Vec<_> = table.iter().collect();
            each.sort_by_key(|(key, _)| key.span().start);
            let each: Vec<String> = each
                .into_iter()
                .map(|(key, value)| {
                    format!("{} = {}", bare(key.get_ref()), written(value.get_ref()))
                })
                .collect();
            if each.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", each.join(", ")) }
        }
    }
}

/// A key, in quotes where it needs them.
fn bare(key: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if !key.is_empty() && key.chars().all(plain) { key.to_owned() } else { quoted(key) }
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}
