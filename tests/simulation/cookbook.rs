//! Every recipe of docs/cookbook.md runs, and its clause has the effect that the
//! `# expect:` lines below it say.

use std::convert::Infallible;
use std::fs;
use std::path::Path;

use disengage::diag::render;
use disengage::engine::Status;
use disengage::experiment::ensemble;
use disengage::record::{PointRow, TurnRow};
use disengage::scenario::{Assignment, LoadError, Loaded, load_text};

const REPLICATES: u64 = 16;

/// A fenced block of the page under its heading.
struct Recipe {
    title: String,
    toml: String,
    expects: Vec<Expect>,
    /// What a warning, or an error, says.
    warns: Option<String>,
    refused: Option<String>,
}

/// `# expect: SUBJECT MEASURE REGISTER WHEN OP VALUE`, with WHEN a date, `end` or
/// `mean` (over the dates), and VALUE a number, `without` (the base alone) or
/// `if PATH=VALUE` (the recipe with another value).
struct Expect {
    line: String,
    measure: [String; 4],
    op: String,
    value: String,
}

fn doc(name: &str) -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    fs::read_to_string(docs.join(name)).unwrap()
}

fn recipes(page: &str) -> Vec<Recipe> {
    let mut all: Vec<Recipe> = Vec::new();
    let mut title = String::new();
    let mut block: Option<Recipe> = None;
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            title = heading.to_owned();
        } else if line == "```toml" {
            let (toml, expects) = (String::new(), Vec::new());
            block =
                Some(Recipe { title: title.clone(), toml, expects, warns: None, refused: None });
        } else if line == "```" {
            all.extend(block.take());
        } else if let Some(recipe) = &mut block {
            recipe.warns =
                line.strip_prefix("# warns: ").map(str::to_owned).or(recipe.warns.take());
            recipe.refused =
                line.strip_prefix("# refused: ").map(str::to_owned).or(recipe.refused.take());
            if let Some(rest) = line.strip_prefix("# expect: ") {
                let mut words = rest.splitn(6, ' ').map(str::to_owned);
                let mut next = || words.next().unwrap_or_default();
                recipe.expects.push(Expect {
                    line: rest.to_owned(),
                    measure: [next(), next(), next(), next()],
                    op: next(),
                    value: next(),
                });
            }
            recipe.toml.push_str(line);
            recipe.toml.push('\n');
        }
    }
    all
}

fn load(text: &str, set: &[&str]) -> Result<Loaded, String> {
    let set: Vec<Assignment> = set.iter().map(|it| Assignment::parse(it).unwrap()).collect();
    load_text("cookbook", "cookbook.toml", text.to_owned(), None, &set).map_err(|it| match it {
        LoadError::Invalid(source, found) => render(&found, &source, false),
        error => error.to_string(),
    })
}

struct Results {
    turns: Vec<TurnRow>,
    points: Vec<PointRow>,
}

fn run(loaded: &Loaded) -> Results {
    let model = &loaded.model;
    let whole = ensemble(model, 1, REPLICATES, |_| Ok::<(), Infallible>(())).unwrap();
    Results {
        turns: whole.aggregates.rows(model, 0).collect(),
        points: whole.outcomes.rows(model, 0),
    }
}

impl Results {
    /// The mean of a measure, or an outcome; none if there is no such row.
    fn value(&self, [subject, measure, register, when]: &[String; 4]) -> Option<f64> {
        if when == "outcome" {
            let found = self.points.iter().find(|it| {
                it.clause == *subject && it.outcome == *measure && it.register == *register
            });
            return found.map(|it| it.estimate);
        }
        let of = |measure: &str, register: &str| -> Vec<&TurnRow> {
            let rows = self.turns.iter().filter(|it| it.subject == *subject && it.n > 0);
            rows.filter(|it| it.measure == measure && it.register == register).collect()
        };
        let mut rows = of(measure, register);
        // A status in which a clause stands nowhere on a date has no row then.
        let every = Status::WORDS.contains(&measure.as_str()).then(|| of("in_force", "true"));
        if let Some(every) = &every {
            rows.retain(|it| every.iter().any(|day| day.date == it.date));
        }
        let dates: Vec<&str> = match &every {
            Some(every) => every.iter().map(|it| it.date.as_str()).collect(),
            None => rows.iter().map(|it| it.date.as_str()).collect(),
        };
        let on = |date: &str| rows.iter().find(|it| it.date == date).map_or(0.0, |it| it.mean);
        match when.as_str() {
            _ if dates.is_empty() => None,
            "mean" => Some(dates.iter().map(|date| on(date)).sum::<f64>() / dates.len() as f64),
            "end" => dates.last().map(|date| on(date)),
            when => dates.iter().rfind(|date| **date <= when).map(|date| on(date)),
        }
    }
}

fn holds(found: f64, op: &str, value: f64) -> bool {
    match op {
        "<" => found < value - 1e-9,
        ">" => found > value + 1e-9,
        "=" => (found - value).abs() < 1e-6,
        _ => false,
    }
}

/// What of a page is not as it says. A recipe has no warnings and compares with something; a
/// case may have those that it names.
fn wrong(page: &str, strict: bool) -> Vec<String> {
    let base = doc("cookbook-base.toml");
    let without = run(&load(&base, &[]).unwrap());
    let mut wrong = Vec::new();
    for Recipe { title, toml, expects, warns, refused } in recipes(page) {
        let text = format!("{base}\n{toml}");
        let loaded = match load(&text, &[]) {
            Err(why) if refused.as_ref().is_some_and(|it| why.contains(it)) => continue,
            Err(why) => {
                wrong.push(format!("## {title}\n{why}"));
                continue;
            }
            Ok(_) if refused.is_some() => {
                wrong.push(format!("## {title}: is not refused"));
                continue;
            }
            Ok(it) => it,
        };
        let said = format!("{:?}", loaded.warnings);
        match warns {
            Some(warns) if said.contains(&warns) => {}
            None if loaded.warnings.is_empty() || !strict => {}
            _ => wrong.push(format!("## {title}: {said}")),
        }
        let with = run(&loaded);
        for Expect { line, measure, op, value } in &expects {
            let other = match (value.as_str(), value.strip_prefix("if ")) {
                ("without", _) => without.value(measure),
                (_, Some(set)) => match load(&text, &[set]) {
                    Ok(it) => run(&it).value(measure),
                    Err(why) => {
                        wrong.push(format!("## {title}: {line}\n{why}"));
                        continue;
                    }
                },
                (number, None) => number.parse().ok(),
            };
            let found = with.value(measure);
            if !matches!((found, other), (Some(a), Some(b)) if holds(a, op, b)) {
                wrong.push(format!("## {title}: {line}\n   found {found:?}, other {other:?}"));
            }
        }
        let compares = |it: &Expect| it.value == "without" || it.value.starts_with("if ");
        if strict && !expects.iter().any(compares) {
            wrong.push(format!("## {title}: compares with nothing"));
        }
    }
    wrong
}

#[test]
fn every_recipe_has_the_effect_that_it_says() {
    let wrong = wrong(&doc("cookbook.md"), true);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Small files that once gave a wrong number give the right one.
#[test]
fn every_case_of_the_language_is_right() {
    let page = include_str!("../fixtures/language-cases.md");
    let wrong = wrong(page, false);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(recipes(page).len() >= 20);
}

/// A page that lost its recipes would pass the test above.
#[test]
fn the_page_has_its_recipes() {
    let all = recipes(&doc("cookbook.md"));
    assert!(all.len() >= 24, "{} recipes", all.len());
    let mut titles: Vec<&str> = all.iter().map(|it| it.title.as_str()).collect();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), all.len(), "one recipe to a heading");
}
