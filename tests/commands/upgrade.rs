//! `check --upgrade`: files of schema 1 by the command line.

use std::fs;

use crate::program::{EXE, disengage, ends, files, here, read, says, stderr, stdout};

const SMALL: &str = include_str!("../earlier/small.toml");

#[test]
fn every_command_refuses_an_earlier_format_with_what_converts_it() {
    let here = here();
    fs::write(here.path().join("old.toml"), SMALL).unwrap();
    for arguments in [
        &["check", "old.toml"][..],
        &["run", "old.toml"],
        &["compare", "old.toml"],
        &["sweep", "old.toml", "--vary", "clause.pullback.min_km=40..60:10"],
        &["plan", "old.toml", "--vary", "clause.pullback.min_km=40..60:10"],
    ] {
        let it = disengage(here.path(), arguments);
        ends(&it, 3);
        let said = stderr(&it);
        assert!(said.contains("old.toml:4:10"), "{arguments:?}: {said}");
        assert!(said.contains("disengage check --upgrade FILE"), "{arguments:?}: {said}");
        assert_eq!(
            said.matches("error").count(),
            said.matches("error: schema 1").count() + said.matches("1 error").count(),
            "{said}"
        );
    }
    assert_eq!(files(here.path()).len(), 1);
}

#[test]
fn a_conversion_stands_beside_its_file_and_says_each_change() {
    let here = here();
    fs::write(here.path().join("old.toml"), SMALL).unwrap();
    let it = disengage(here.path(), &["check", "--upgrade", "old.toml"]);
    let said = stdout(&it);
    assert!(!stderr(&it).contains("panicked"), "{}", stderr(&it));
    assert_eq!(read(here.path(), "old.toml"), SMALL);
    let new = read(here.path(), "old-schema-2.toml");
    assert!(new.contains("schema = 2   # the first"), "{new}");
    assert!(said.starts_with("old.toml:4: the file: `schema` = 2, was 1"), "{said}");
    assert!(said.contains("\nold.toml:82: decide: [[conduct]] \"reds-decide\": state"), "{said}");
    assert!(said.contains("\nwrote old-schema-2.toml; left to decide: 1, each at"), "{said}");
    // What was written is checked at once.
    assert!(said.contains("\nold-schema-2.toml: "), "{said}");

    // Not twice, and not over what is there.
    let again = says(here.path(), &["check", "--upgrade", "old.toml"], 5);
    assert!(again.contains("is there already") && again.contains("--force"), "{again}");
    let done = says(here.path(), &["check", "--upgrade", "old-schema-2.toml"], 0);
    assert!(done.contains("already, and is left as it is"), "{done}");
    assert_eq!(read(here.path(), "old-schema-2.toml"), new);
    assert_eq!(files(here.path()).len(), 2);
}

#[test]
fn a_conversion_goes_where_it_is_told() {
    let here = here();
    fs::write(here.path().join("old.toml"), SMALL).unwrap();
    disengage(here.path(), &["check", "--upgrade", "old.toml", "-o", "new.toml"]);
    let new = read(here.path(), "new.toml");
    assert!(new.contains("schema = 2"), "{new}");
    // Over the file itself only when asked twice.
    let over = &["check", "--upgrade", "old.toml", "-o", "old.toml"];
    ends(&disengage(here.path(), over), 5);
    assert_eq!(read(here.path(), "old.toml"), SMALL);
    disengage(here.path(), &[&over[..], &["--force"]].concat());
    assert_eq!(read(here.path(), "old.toml"), new);
    assert_eq!(files(here.path()).len(), 2);
}

#[test]
fn what_cannot_be_converted_is_told() {
    let here = here();
    for (name, text) in [("syntax.toml", "schema = 1\ntitle ="), ("none.toml", "title = \"x\"")] {
        fs::write(here.path().join(name), text).unwrap();
        let said = says(here.path(), &["check", "--upgrade", name], 3);
        assert!(said.contains("1 error, nothing was written"), "{said}");
    }
    fs::create_dir(here.path().join("folder")).unwrap();
    for (arguments, code, why) in [
        (&["absent.toml"][..], 3, "no such file"),
        (&["folder"], 3, "it is a folder"),
        (&["none.toml", "syntax.toml", "-o", "out.toml"], 2, "convert one at a time"),
        (&["none.toml", "--format", "json"], 2, "cannot be used with"),
        (&["teaching"], 0, "left as it is"),
    ] {
        let said = says(here.path(), &[&["check", "--upgrade"], arguments].concat(), code);
        assert!(said.contains(why), "{arguments:?}: {said}");
    }
    let said = says(here.path(), &["check", "none.toml", "-o", "out.toml"], 2);
    assert!(said.contains("--upgrade"), "{said}");
    assert_eq!(files(here.path()).len(), 2, "{EXE} wrote something");
    // A folder in the way, or none to write to.
    fs::write(here.path().join("old.toml"), SMALL).unwrap();
    for place in ["folder", "none.toml/out.toml"] {
        let arguments = ["check", "--upgrade", "old.toml", "--force", "-o", place];
        let said = says(here.path(), &arguments, 5);
        assert!(said.contains(place.split('/').next().unwrap()), "{said}");
    }
}

#[test]
fn several_files_are_converted_at_once() {
    let here = here();
    fs::write(here.path().join("a.toml"), SMALL).unwrap();
    fs::write(here.path().join("b.toml"), "schema = 1\n[").unwrap();
    fs::write(here.path().join("c.toml"), SMALL).unwrap();
    let said = says(here.path(), &["check", "--upgrade", "a.toml", "b.toml", "c.toml"], 3);
    for name in ["a-schema-2.toml", "c-schema-2.toml"] {
        assert!(said.contains(&format!("wrote {name}")), "{said}");
        assert!(here.path().join(name).exists());
    }
    assert!(said.contains("b.toml: 1 error, nothing was written"), "{said}");
}
