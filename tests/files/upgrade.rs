//! Files of schema 1, `tests/earlier`, and what `check --upgrade` makes of them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use disengage::diag::{Source, render};
use disengage::model::Model;
use disengage::scenario::{Geodata, NotUpgraded, check_text, load_memory, upgrade};

/// The model of a text without GeoJSON.
fn model_of(text: String) -> Option<Model> {
    load_memory("earlier", &text, &Geodata::default(), &[]).ok().map(|loaded| loaded.model)
}

/// The files: name and text.
fn earlier() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/earlier");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    paths.into_iter().map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

#[test]
fn a_file_is_converted_and_every_change_is_said() {
    for (name, text) in earlier() {
        let new = upgrade(&text, &model_of).unwrap();
        let mut told = String::new();
        for it in &new.changes {
            let decide = if it.decide { "decide: " } else { "" };
            writeln!(told, "{}: {decide}{}: {}", it.line, it.place, it.what).unwrap();
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("earlier__{name}"), format!("{}\n{told}", new.text));
        });
        assert_eq!(upgrade(&new.text, &model_of), Err(NotUpgraded::Current), "{name}");
        let marks = new.text.matches("# DECIDE: ").count();
        assert_eq!(marks, new.changes.iter().filter(|it| it.decide).count(), "{name}");
    }
}

#[test]
fn what_is_converted_is_a_good_scenario() {
    for (name, text) in earlier() {
        // What only its author can decide is decided: pressure is varied in place of what went.
        let new = upgrade(&text, &model_of).unwrap().text;
        let new = new.replace("pull-back.lambda\"]", "pull-back.pressure\"]");
        let (scenario, found) = check_text(&new);
        assert!(
            scenario.is_some(),
            "{name}:\n{new}\n{}",
            render(&found, &Source::new(name.clone(), new.clone()), false)
        );
    }
}

#[test]
fn comments_order_and_layout_stay() {
    for (name, text) in earlier() {
        let new = upgrade(&text, &model_of).unwrap().text;
        let mut rest = new.as_str();
        for line in text.lines() {
            let comment =
                line.split_once('#').filter(|(before, _)| before.matches('"').count() % 2 == 0);
            let keeps = comment.map(|(_, comment)| comment.trim());
            // A line that no conversion is about stays to the letter, after those before it.
            let own = !["schema", "[", "kept_at"].iter().any(|word| line.starts_with(word));
            let same = own && new.lines().any(|it| it == line);
            for kept in keeps.into_iter().chain(same.then_some(line)).filter(|it| !it.is_empty()) {
                assert!(new.contains(kept), "{name}: {kept}");
            }
            if line.starts_with("[[") || line.starts_with("id = ") {
                let at = rest.find(line).unwrap_or_else(|| panic!("{name}: {line} moved"));
                rest = &rest[at + line.len()..];
            }
        }
    }
}

#[test]
fn line_breaks_stay_as_they_are() {
    let (_, text) = earlier().into_iter().find(|(name, _)| name == "small").unwrap();
    let unix = upgrade(&text, &model_of).unwrap().text;
    let windows = upgrade(&text.replace('\n', "\r\n"), &model_of).unwrap().text;
    assert_eq!(windows, unix.replace('\n', "\r\n"));
    let cut = upgrade(text.trim_end(), &model_of).unwrap().text;
    assert_eq!(cut, unix.trim_end());
}

#[test]
fn what_is_no_earlier_format_is_refused() {
    let refused = |text: &str| match upgrade(text, &model_of) {
        Err(NotUpgraded::Invalid(found)) => found.iter().next().unwrap().message.clone(),
        other => panic!("{text}: {other:?}"),
    };
    assert!(
        refused("schema = 1\ntitle = ").contains("not TOML"),
        "{}",
        refused("schema = 1\ntitle = ")
    );
    assert_eq!(refused("title = \"x\""), "the file has no `schema`");
    assert_eq!(refused("schema = 7"), "schema 7 is none that can be converted");
    assert_eq!(refused("schema = \"1\""), "schema \"1\" is none that can be converted");
    assert_eq!(upgrade("schema = 2\ncolour = 1", &model_of), Err(NotUpgraded::Current));
}

#[test]
fn what_is_wrong_beside_the_format_is_left_to_check() {
    let text =
        "schema = 1\n[[conduct]]\nid = \"a\"\nkind = \"quantal-response\"\nvalue = 1\nvalve = 2\n";
    let new = upgrade(text, &model_of).unwrap();
    assert!(new.text.ends_with("value = 1\nvalve = 2\n"), "{}", new.text);
    assert!(new.changes.iter().any(|it| it.decide && it.what.contains("lambda")), "{new:?}");
    // Under a header of its own a value is the author's to write.
    let text = "schema = 1\n[[conduct]]\nid = \"a\"\nkind = \"quantal-response\"\nreview_days = 1\nlambda = 2\n[conduct.value]\nuniform = [0, 1]\n";
    let new = upgrade(text, &model_of).unwrap();
    assert!(new.text.contains("# DECIDE: write `value = { uniform = [0, 2] }`"), "{}", new.text);
}

#[test]
fn a_rate_of_incidents_is_that_of_all_forces_at_the_start() {
    let small = include_str!("../earlier/small.toml");
    let with = |at: &str| {
        let force = |id: &str| {
            format!("[[force]]\nid = \"{id}\"\nflag = \"greens\"\nat = \"{at}\"\nstrength = 100\n")
        };
        format!(
            "{small}{}{}[[incident]]\nid = \"shots\"\nby = \"reds\"\nagainst = \"greens\"\n\
             per_day = 0.1   # of two\nfade_km = 1\n[[variant]]\nid = \"more\"\n\
             set = {{ \"incident.shots.per_day\" = 0.5 }}\n",
            force("one"),
            force("two")
        )
    };
    // One of the reds and two of the greens, all in the town.
    let new = upgrade(&with("town"), &model_of).unwrap().text;
    assert!(new.contains("\nper_day = 0.2   # of two\n"), "{new}");
    assert!(new.contains("set = { \"incident.shots.per_day\" = 1 }"), "{new}");
    // Nobody within reach.
    let new = upgrade(&with("capital"), &model_of).unwrap().text;
    assert!(new.contains("\nper_day = 0.1   # of two\npersons = [300, 100]\n"), "{new}");
    assert!(new.contains("# DECIDE: nobody is within reach at the start"), "{new}");
    // Nothing is known of the ground.
    let new = upgrade(&with("town"), &|_| None).unwrap().text;
    assert!(new.contains("# DECIDE: `per_day` is the rate of all forces"), "{new}");
}
