//! What a file may hold, and where: the reader and the JSON Schema accept and refuse the
//! same files.

use std::sync::LazyLock;

use disengage::scenario::{BUNDLED, Scenario, check_text, json_schema};
use rayon::prelude::*;
use toml::{Table, Value};

use crate::scenario_files::to_json;

static VALIDATOR: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::draft7::new(&json_schema()).unwrap());

/// The reference file and the bundled scenarios.
static FILES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let reference = include_str!("../../scenarios/reference.toml");
    let texts = BUNDLED.iter().map(|bundled| bundled.text).chain([reference]);
    texts.map(|text| Value::Table(toml::from_str(text).unwrap())).collect()
});

/// What is done to a file.
#[derive(Debug, Clone, Copy)]
enum Spoiling {
    Drop,
    AddUnknownKey,
    OtherType(usize),
    Empty,
    OtherWord,
    OtherKind(usize),
}

const KINDS: [&str; 14] = [
    "passage",
    "act",
    "deliver",
    "post",
    "overhead",
    "patrol",
    "scripted",
    "assurance",
    "strike",
    "amend",
    "end",
    "convoy",
    "exit",
    "band",
];

impl Spoiling {
    fn of(number: usize) -> Self {
        match number % 6 {
            0 => Self::Drop,
            1 => Self::AddUnknownKey,
            2 => Self::OtherType(number / 6 % 8),
            3 => Self::Empty,
            4 => Self::OtherWord,
            _ => Self::OtherKind(number / 6 % KINDS.len()),
        }
    }
}

/// A number at random from the number of a case (SplitMix64), so that a case can be
/// replayed.
fn mixed(case: u64) -> usize {
    let mixed = (case + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ (mixed >> 31)) as usize
}

/// A step to a place: a key, or an element.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Key(String),
    Item(usize),
}

/// Every place of a value. Numbers whose order matters are left out: a schema cannot
/// tell that one is less than another.
fn places(value: &Value, here: &[Step], found: &mut Vec<Vec<Step>>) {
    const IN_ORDER: [&str; 8] =
        ["uniform", "triangular", "normal", "lognormal", "choice", "within", "weights", "range"];
    let inner: Vec<(Step, &Value)> = match value {
        Value::Table(table) => {
            table.iter().map(|(key, value)| (Step::Key(key.clone()), value)).collect()
        }
        Value::Array(items) => (0..).map(Step::Item).zip(items).collect(),
        _ => Vec::new(),
    };
    for (step, value) in inner {
        let in_order = matches!(&step, Step::Key(key) if IN_ORDER.contains(&key.as_str()));
        let place = [here, &[step]].concat();
        if !in_order {
            found.push(place.clone());
            places(value, &place, found);
        }
    }
}

fn at<'v>(value: &'v mut Value, place: &[Step]) -> Option<&'v mut Value> {
    place.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Item(index) => value.get_mut(index),
    })
}

/// Spoils a place of a file; false where that cannot be done there.
fn spoil(file: &mut Value, place: &[Step], how: Spoiling) -> bool {
    let Some((last, above)) = place.split_last() else {
        return false;
    };
    let Some(value) = at(file, place) else {
        return false;
    };
    match how {
        Spoiling::Drop => {
            return match (at(file, above), last) {
                (Some(Value::Table(table)), Step::Key(key)) => table.remove(key).is_some(),
                _ => false,
            };
        }
        Spoiling::AddUnknownKey => match value {
            Value::Table(table) => {
                table.insert("unheard_of".into(), Value::Boolean(true));
            }
            _ => return false,
        },
        Spoiling::OtherType(which) => {
            let date = || Value::Datetime("2030-02-01".parse().unwrap());
            let others = [
                Value::Integer(1),
                Value::Float(1.5),
                Value::Boolean(true),
                Value::String("word".into()),
                Value::Array(vec![Value::Float(1.5)]),
                Value::Array(vec![Value::String("word".into())]),
                Value::Table(Table::new()),
                date(),
            ];
            // In JSON a date is a text.
            if which == 7 && value.is_str() {
                return false;
            }
            *value = others[which].clone();
        }
        Spoiling::Empty => match value {
            Value::Array(items) => items.clear(),
            Value::String(text) => " ".clone_into(text),
            _ => return false,
        },
        Spoiling::OtherWord => match value {
            Value::String(text) => "unheard-of".clone_into(text),
            _ => return false,
        },
        Spoiling::OtherKind(which) => match value.get_mut("kind") {
            Some(kind) => *kind = KINDS[which].into(),
            None => return false,
        },
    }
    true
}

/// The file with each of its tables in braces, so that values of any type stand anywhere.
fn written(file: &Value) -> String {
    let tables = file.as_table().unwrap().iter();
    tables.map(|(key, value)| format!("{key} = {value}\n")).collect()
}

/// What only the reader can know: a reading is read with the clause it is of.
fn of_a_reading_alone(text: &str) -> bool {
    let (_, found) = Scenario::parse(text);
    found.iter().all(|finding| finding.message.contains("[[reading]]"))
}

/// How schema and reader disagree on a file that is spoiled at a place; none where they
/// agree, or it cannot be spoiled so.
fn disagreement(file: usize, places: &[Vec<Step>], number: usize) -> Option<String> {
    let mut spoiled = FILES[file].clone();
    let (place, how) = (&places[number % places.len()], Spoiling::of(number / places.len()));
    if !spoil(&mut spoiled, place, how) {
        return None;
    }
    let text = written(&spoiled);
    let (read, found) = Scenario::parse(&text);
    let by_schema = VALIDATOR.is_valid(&to_json(&spoiled));
    let agree = match (by_schema, read.is_some()) {
        (true, false) => of_a_reading_alone(&text),
        (false, true) => check_text(&text).1.has_errors(),
        _ => true,
    };
    let said: Vec<&String> = found.iter().map(|finding| &finding.message).collect();
    (!agree).then(|| format!("{place:?} {how:?}: valid by schema: {by_schema}; {said:?}"))
}

/// What the schema accepts is read; what it refuses is refused, by the reader or by
/// those who judge what was read. Each case is made from its number alone.
#[test]
fn schema_and_reader_agree_on_structure() {
    let all: Vec<Vec<Vec<Step>>> = FILES
        .iter()
        .map(|file| {
            let mut found = Vec::new();
            places(file, &[], &mut found);
            found
        })
        .collect();
    let wrong: Vec<String> = (0..4_000_u64)
        .into_par_iter()
        .filter_map(|case| {
            let file = mixed(2 * case) % FILES.len();
            let said = disagreement(file, &all[file], mixed(2 * case + 1))?;
            Some(format!("case {case}, file {file}: {said}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
