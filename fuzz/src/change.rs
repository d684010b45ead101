//! Changes to a file that keep its form, so that most of them get behind the parser: of
//! values, keys, entries and whole tables; and changes of single bytes.

use std::sync::LazyLock;

use fastrand::Rng;
use serde_json::{Map, Number, Value};

use crate::seeds;

/// What changes draw from.
pub struct Pool {
    /// Keys and words of the format.
    words: Vec<String>,
    /// Bounds of numbers, and what is hard for numbers.
    numbers: Vec<f64>,
    /// Keys with a value that they can have.
    entries: Vec<(String, Value)>,
}

/// A value of TOML that JSON has not, as TOML writes it, behind this.
const OF_TOML: char = '\u{1}';

const HARD_NUMBERS: [f64; 22] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.0,
    90.0,
    -90.0,
    180.0,
    360.0,
    1e-9,
    1e-300,
    5e-324,
    1e5,
    1e9,
    1e18,
    1e100,
    f64::MAX,
    f64::MIN,
    4_294_967_295.0,
    9_223_372_036_854_775_807.0,
    -2_147_483_649.0,
];
const HARD_WHOLE: [i64; 12] =
    [0, 1, -1, 2, 63, 64, 65, 1000, 65_536, 4_294_967_296, i64::MAX, i64::MIN];
const HARD_TEXTS: [&str; 12] = [
    "",
    " ",
    ".",
    "..",
    "../x",
    "/etc/passwd",
    "a.b",
    "#",
    "\u{202e}txet",
    "\u{1b}[31m",
    "'\"\\",
    "\u{feff}é\u{301}🚀",
];
const OTHERS: [&str; 14] = [
    "nan",
    "inf",
    "-inf",
    "0001-01-01",
    "9999-12-31",
    "1582-10-15",
    "2000-02-29",
    "2030-01-01",
    "2030-01-02",
    "2030-12-31",
    "2031-06-30",
    "2030-01-01T00:00:00Z",
    "2030-01-01T12:00:00",
    "23:59:60",
];

impl Pool {
    /// Of everything that the schema and the scenarios have.
    pub fn new() -> Self {
        let mut it =
            Self { words: Vec::new(), numbers: HARD_NUMBERS.to_vec(), entries: Vec::new() };
        it.of_schema(&disengage::scenario::json_schema());
        let mut texts = seeds::good();
        texts.push(seeds::reference());
        for text in texts {
            if let Ok(table) = toml::from_str(&text) {
                it.of_file(&from_toml(toml::Value::Table(table)));
            }
        }
        for text in seeds::plans().iter().chain(&seeds::geojson()) {
            if let Ok(value) = serde_json::from_str(text) {
                it.of_file(&value);
            }
        }
        it.words.sort();
        it.words.dedup();
        it.numbers.sort_by(f64::total_cmp);
        it.numbers.dedup();
        it
    }

    /// One for the whole process.
    pub fn shared() -> &'static Self {
        static POOL: LazyLock<Pool> = LazyLock::new(Pool::new);
        &POOL
    }

    /// Keys and words, for a fuzzer's dictionary.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    fn of_schema(&mut self, schema: &Value) {
        match schema {
            Value::Object(entries) => {
                for (key, value) in entries {
                    match (key.as_str(), value) {
                        ("const", Value::String(word)) => self.words.push(word.clone()),
                        ("enum", Value::Array(words)) => {
                            let words = words.iter().filter_map(Value::as_str);
                            self.words.extend(words.map(str::to_owned));
                        }
                        ("properties", Value::Object(keys)) => {
                            self.words.extend(keys.keys().cloned());
                        }
                        (_, Value::Number(bound)) => {
                            let bound = bound.as_f64().unwrap_or_default();
                            self.numbers.extend([
                                bound,
                                bound - 1.0,
                                bound + 1.0,
                                bound.next_up(),
                                bound.next_down(),
                            ]);
                        }
                        _ => {}
                    }
                    self.of_schema(value);
                }
            }
            Value::Array(all) => all.iter().for_each(|it| self.of_schema(it)),
            _ => {}
        }
    }

    fn of_file(&mut self, value: &Value) {
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    self.words.push(key.clone());
                    let known = |it: &&(String, Value)| it.0 == *key;
                    if self.entries.iter().filter(known).count() < 12 {
                        self.entries.push((key.clone(), value.clone()));
                    }
                    self.of_file(value);
                }
            }
            Value::Array(all) => all.iter().for_each(|it| self.of_file(it)),
            _ => {}
        }
    }
}

impl Default for Pool {
    fn default() -> Self {
        Self::new()
    }
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(it) => Value::String(it),
        toml::Value::Integer(it) => it.into(),
        toml::Value::Float(it) => match Number::from_f64(it) {
            Some(number) => Value::Number(number),
            None => Value::String(format!("{OF_TOML}{it}")),
        },
        toml::Value::Boolean(it) => Value::Bool(it),
        toml::Value::Datetime(it) => Value::String(format!("{OF_TOML}{it}")),
        toml::Value::Array(all) => all.into_iter().map(from_toml).collect(),
        toml::Value::Table(table) => {
            let entries = table.into_iter();
            Value::Object(entries.map(|(key, it)| (key, from_toml(it))).collect())
        }
    }
}

/// None of a null, which TOML has not.
fn to_toml(value: Value) -> Option<toml::Value> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(it) => toml::Value::Boolean(it),
        Value::Number(it) => match it.as_i64() {
            Some(whole) => toml::Value::Integer(whole),
            None => toml::Value::Float(it.as_f64()?),
        },
        Value::String(it) => match it.strip_prefix(OF_TOML) {
            Some("nan" | "NaN") => toml::Value::Float(f64::NAN),
            Some("inf") => toml::Value::Float(f64::INFINITY),
            Some("-inf") => toml::Value::Float(f64::NEG_INFINITY),
            Some(date) => match date.parse() {
                Ok(date) => toml::Value::Datetime(date),
                Err(_) => toml::Value::String(it),
            },
            None => toml::Value::String(it),
        },
        Value::Array(all) => toml::Value::Array(all.into_iter().filter_map(to_toml).collect()),
        Value::Object(entries) => {
            let entries = entries.into_iter();
            let kept = entries.filter_map(|(key, it)| Some((key, to_toml(it)?)));
            toml::Value::Table(kept.collect())
        }
    })
}

/// A TOML text with some of its values changed; none if it is no TOML.
pub fn toml(text: &str, pool: &Pool, rng: &mut Rng) -> Option<String> {
    let mut value = from_toml(toml::Value::Table(toml::from_str(text).ok()?));
    some(&mut value, pool, rng);
    toml::to_string(&to_toml(value)?).ok()
}

/// A JSON text with some of its values changed; none if it is no JSON.
pub fn json(text: &str, pool: &Pool, rng: &mut Rng) -> Option<String> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    some(&mut value, pool, rng);
    // A text within a plan is a scenario.
    if let Some(Value::String(inner)) = value.get_mut("text")
        && rng.u8(..4) == 0
        && let Some(changed) = toml(inner, pool, rng)
    {
        *inner = changed;
    }
    serde_json::to_string(&value).ok()
}

/// Changes one to four values.
fn some(value: &mut Value, pool: &Pool, rng: &mut Rng) {
    let mut more = true;
    while more {
        let mut texts = Vec::new();
        let mut nodes = 0;
        census(value, &mut nodes, &mut texts);
        let mut at = rng.usize(..nodes);
        change_at(value, &mut at, &mut |it| change(it, &texts, pool, rng));
        more = rng.u8(..3) == 0;
    }
}

fn census(value: &Value, nodes: &mut usize, texts: &mut Vec<String>) {
    *nodes += 1;
    match value {
        Value::String(text) if text.len() <= 100 => texts.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|it| census(it, nodes, texts)),
        Value::Object(entries) => entries.values().for_each(|it| census(it, nodes, texts)),
        _ => {}
    }
}

/// Changes the value of a number, counted in the order of [`census`].
fn change_at(value: &mut Value, at: &mut usize, change: &mut dyn FnMut(&mut Value)) -> bool {
    if *at == 0 {
        change(value);
        return true;
    }
    *at -= 1;
    match value {
        Value::Array(all) => all.iter_mut().any(|it| change_at(it, at, change)),
        Value::Object(entries) => entries.values_mut().any(|it| change_at(it, at, change)),
        _ => false,
    }
}

fn change(value: &mut Value, texts: &[String], pool: &Pool, rng: &mut Rng) {
    if rng.u8(..12) == 0 {
        *value = anything(pool, rng);
        return;
    }
    match value {
        Value::Null => *value = anything(pool, rng),
        Value::Bool(it) => *it = !*it,
        Value::Number(number) => *value = another_number(number, pool, rng),
        Value::String(text) => {
            *text = another_text(text, texts, pool, rng);
        }
        Value::Array(all) => change_list(all, pool, rng),
        Value::Object(entries) => change_table(entries, pool, rng),
    }
}

fn anything(pool: &Pool, rng: &mut Rng) -> Value {
    match rng.u8(..8) {
        0 => Value::Bool(rng.bool()),
        1 => HARD_WHOLE[rng.usize(..HARD_WHOLE.len())].into(),
        2 => pick(&pool.numbers, rng).map_or(Value::Null, |it| (*it).into()),
        3 => Value::String(format!("{OF_TOML}{}", OTHERS[rng.usize(..OTHERS.len())])),
        4 => Value::Array(Vec::new()),
        5 => Value::Object(Map::new()),
        6 => HARD_TEXTS[rng.usize(..HARD_TEXTS.len())].into(),
        _ => pick(&pool.entries, rng).map_or(Value::Null, |it| it.1.clone()),
    }
}

fn another_number(number: &Number, pool: &Pool, rng: &mut Rng) -> Value {
    let own = number.as_f64().unwrap_or_default();
    let other = match rng.u8(..12) {
        0 => own + 1.0,
        1 => own - 1.0,
        2 => -own,
        3 => own * 10.0,
        4 => own * 1000.0,
        5 => own / 10.0,
        6 => own * (0.5 + rng.f64()),
        7 => own.next_up(),
        8 => rng.f64(),
        9 => return HARD_WHOLE[rng.usize(..HARD_WHOLE.len())].into(),
        10 => return Value::String(format!("{OF_TOML}{}", OTHERS[rng.usize(..3)])),
        _ => pick(&pool.numbers, rng).copied().unwrap_or_default(),
    };
    // Whole numbers mostly stay whole.
    if !number.is_f64() && rng.u8(..4) > 0 && other.abs() < 9e18 {
        return (other.round() as i64).into();
    }
    other.into()
}

fn another_text(text: &str, texts: &[String], pool: &Pool, rng: &mut Rng) -> String {
    if let Some(own) = text.strip_prefix(OF_TOML) {
        return format!("{OF_TOML}{}", another_date(own, texts, rng));
    }
    match rng.u8(..10) {
        0..4 => pick(texts, rng).cloned().unwrap_or_default(),
        4..7 => pick(&pool.words, rng).cloned().unwrap_or_default(),
        7 => HARD_TEXTS[rng.usize(..HARD_TEXTS.len())].to_owned(),
        8 => bytes(text, pool, rng),
        // A text that was repeated before does not grow beyond what is read.
        _ => text.repeat(rng.usize(2..300).min(1 + 32_768 / text.len().max(1))),
    }
}

/// One of the dates of the file, one near it, or any.
fn another_date(own: &str, texts: &[String], rng: &mut Rng) -> String {
    let parts: Vec<i32> = own.split('-').filter_map(|it| it.parse().ok()).collect();
    match (rng.u8(..4), parts.as_slice()) {
        (0, [year, month, day]) => {
            format!("{:04}-{month:02}-{day:02}", year + rng.i32(-2..30))
        }
        (1, [year, month, day]) => {
            let (month, day) = (month + rng.i32(-1..2), day + rng.i32(-1..2));
            format!("{year:04}-{:02}-{:02}", month.clamp(1, 12), day.clamp(1, 28))
        }
        (2, _) => {
            let dates: Vec<&str> = texts.iter().filter_map(|it| it.strip_prefix(OF_TOML)).collect();
            pick(&dates, rng).map_or_else(String::new, |it| (*it).to_owned())
        }
        _ => OTHERS[rng.usize(..OTHERS.len())].to_owned(),
    }
}

fn change_list(all: &mut Vec<Value>, pool: &Pool, rng: &mut Rng) {
    if all.is_empty() {
        all.push(anything(pool, rng));
        return;
    }
    let (at, other) = (rng.usize(..all.len()), rng.usize(..all.len()));
    match rng.u8(..8) {
        0 | 1 => {
            all.remove(at);
        }
        2 => all.swap(at, other),
        3 => all.reverse(),
        4 => all.clear(),
        5 => all.insert(other, anything(pool, rng)),
        _ => {
            // Mostly a neighbour by another name.
            let mut copy = all[at].clone();
            if let Some(Value::String(id)) = copy.get_mut("id") {
                id.push_str("-2");
            }
            let times = if rng.u8(..8) == 0 { rng.usize(2..70) } else { 1 };
            for time in 0..times {
                if let Some(Value::String(id)) = copy.get_mut("id") {
                    id.push_str(&format!("-{time}"));
                }
                all.insert(at, copy.clone());
            }
        }
    }
}

fn change_table(entries: &mut Map<String, Value>, pool: &Pool, rng: &mut Rng) {
    let keys: Vec<String> = entries.keys().cloned().collect();
    match (rng.u8(..5), pick(&keys, rng)) {
        (0 | 1, Some(key)) => {
            entries.remove(key);
        }
        (2, Some(key)) => {
            let value = entries.remove(key).unwrap_or_default();
            let word = pick(&pool.words, rng).cloned().unwrap_or_default();
            entries.insert(word, value);
        }
        (3, Some(key)) => {
            // A key that the table has, as another file has it.
            let same: Vec<&(String, Value)> =
                pool.entries.iter().filter(|it| it.0 == *key).collect();
            if let Some((key, value)) = pick(&same, rng) {
                entries.insert(key.clone(), value.clone());
            }
        }
        _ => {
            if let Some((key, value)) = pick(&pool.entries, rng) {
                entries.insert(key.clone(), value.clone());
            }
        }
    }
}

/// A text with some of its bytes changed, made a text again.
pub fn bytes(text: &str, pool: &Pool, rng: &mut Rng) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..rng.usize(1..5) {
        let at = rng.usize(..=bytes.len());
        let end = (at + rng.usize(1..20)).min(bytes.len());
        match rng.u8(..8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
            1 => drop(bytes.drain(at..end)),
            2 => bytes.insert(at, rng.u8(..)),
            3 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            4 => bytes.truncate(at),
            5 => {
                let word = pick(&pool.words, rng).cloned().unwrap_or_default();
                bytes.splice(at..at, word.into_bytes());
            }
            6 => {
                let marks = b"[]{}=\"'#.,\n\\";
                bytes.insert(at, marks[rng.usize(..marks.len())]);
            }
            _ => {
                let number = pick(&pool.numbers, rng).copied().unwrap_or_default();
                bytes.splice(at..end, format!("{number:e}").into_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn pick<'a, T>(all: &'a [T], rng: &mut Rng) -> Option<&'a T> {
    (!all.is_empty()).then(|| &all[rng.usize(..all.len())])
}

/// A change of a text.
pub type Change = fn(&str, &Pool, &mut Rng) -> Option<String>;

/// Every other time changes what stands in a fuzzer's buffer; gives its new length, or
/// none if the fuzzer had better change it itself.
pub fn within(buffer: &mut [u8], size: usize, seed: u32, change: Change) -> Option<usize> {
    let mut rng = Rng::with_seed(seed.into());
    let text = str::from_utf8(&buffer[..size]).ok().filter(|_| rng.bool())?;
    let changed = change(text, Pool::shared(), &mut rng)?;
    let room = buffer.get_mut(..changed.len())?;
    room.copy_from_slice(changed.as_bytes());
    Some(changed.len())
}
