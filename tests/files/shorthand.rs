//! What a file may leave to be written out: it is the file written out in full.

use disengage::diag::{Level, render};
use disengage::scenario::{Geodata, LoadError, Loaded, load_memory};

const HEAD: &str = r#"schema = 2
title = "Small"
time = { start = 2030-01-01, end = 2030-03-01, turn_days = 1 }
default_source = "survey"
source = [{ id = "survey", title = "A survey" }, { id = "census", title = "A census" }]
site = [{ id = "in", lat = 33.2, lon = 35.4 }, { id = "out", lat = 33.7, lon = 35.5 }]
party = [{ id = "n" }, { id = "s" }]
"#;

const TAIL: &str = r#"
[[line]]
id = "l"
points = [{ lat = 33.1, lon = 35.1 }, { lat = 33.1, lon = 35.9 }]
positive_toward = "out"

[[clause]]
id = "c"
kind = "keep-distance"
binds = ["n", "s"]
from = "l"
min_km = 20
monitors = ["m"]

[[monitor]]
id = "m"
kind = "national-technical-means"
party = "s"
sightings_per_day = 0.5
"#;

const SHORT: &str = r#"
[[force]]
id = "post"
title = "Post"
count = 3
flag = "n"
at = "in"
strength = { triangular = [20, 30, 60] }
withdraws_to = ["out"]

[[force]]
title = "Guard at the gate"
flag = "s"
at = "in"
strength = 10
withdraws_to = ["out"]
source = "census"

[[installation]]
count = 3
held_by = "post"

[[clause]]
id = "towers"
kind = "deliver"
binds = ["n"]
what = "installations"
items = ["installation-1"]
to = "s"
items_per_day = 1

[[conduct]]
id = "weigh"
party = ["n", "s"]
kind = "fixed-probabilities"
review_days = 30
probabilities = { comply = { uniform = [0.2, 0.6] } }
"#;

/// The same by hand.
fn long() -> String {
    let post = |n: usize| {
        format!(
            "[[force]]\nid = \"post-{n}\"\ntitle = \"Post {n}\"\nflag = \"n\"\nat = \"in\"\n\
             strength = {{ triangular = [20, 30, 60] }}\nwithdraws_to = [\"out\"]\n\
             [[installation]]\nid = \"installation-1-{n}\"\nheld_by = \"post-{n}\"\n"
        )
    };
    let conduct = |party: &str| {
        format!(
            "[[conduct]]\nid = \"weigh-{party}\"\nparty = \"{party}\"\n\
             kind = \"fixed-probabilities\"\nreview_days = 30\n\
             probabilities = {{ comply = {{ uniform = [0.2, 0.6] }} }}\n"
        )
    };
    format!(
        "{}{}{}[[force]]\nid = \"guard-at-the-gate\"\ntitle = \"Guard at the gate\"\nflag = \"s\"\n\
         at = \"in\"\nstrength = 10\nwithdraws_to = [\"out\"]\nsource = \"census\"\n\
         [[clause]]\nid = \"towers\"\nkind = \"deliver\"\nbinds = [\"n\"]\nwhat = \"installations\"\n\
         items = [\"installation-1-1\", \"installation-1-2\", \"installation-1-3\"]\n\
         to = \"s\"\nitems_per_day = 1\n{}{}",
        post(1),
        post(2),
        post(3),
        conduct("n"),
        conduct("s")
    )
}

fn loaded(more: &str) -> Result<Loaded, String> {
    let text = format!("{HEAD}{TAIL}{more}");
    load_memory("small", &text, &Geodata::default(), &[]).map_err(|error| match error {
        LoadError::Invalid(source, found) => render(&found, &source, false),
        other => other.to_string(),
    })
}

/// A force, an installation, a conduct and a clause by what a run knows of them.
fn known(it: &Loaded) -> Vec<String> {
    let scenario = &it.scenario;
    let forces = scenario.forces.iter().map(|it| {
        format!("{} {} {} {:?} {:?}", it.id, it.flag, it.at, it.strength, it.provenance.source)
    });
    let held = scenario.installations.iter().map(|it| format!("{} {}", it.id, it.held_by));
    let decide = scenario.conducts.iter().map(|it| format!("{} {}", it.id, it.party));
    forces.chain(held).chain(decide).collect()
}

#[test]
fn a_short_file_is_the_long_one() {
    let [short, long] = [SHORT.to_owned(), long()].map(|more| loaded(&more).unwrap());
    assert_eq!(known(&short), known(&long));
    assert!(known(&short)[0].ends_with("Some(\"survey\")"), "{:?}", known(&short));
    assert!(known(&short)[3].ends_with("Some(\"census\")"), "{:?}", known(&short));
    let delivered = |it: &Loaded| it.model.installations.iter().map(|it| it.id.clone()).collect();
    let [short, long]: [Vec<String>; 2] = [delivered(&short), delivered(&long)];
    assert_eq!(short, long);
}

#[test]
fn what_is_wrong_with_several_is_told_once() {
    let wrong = SHORT.replacen("at = \"in\"", "at = \"inn\"", 1);
    let told = loaded(&wrong).unwrap_err();
    assert_eq!(told.matches("no site is called `inn`").count(), 1, "{told}");
    let wrong = SHORT.replace("count = 3\nheld_by", "count = 2\nheld_by");
    let told = loaded(&wrong).unwrap_err();
    assert_eq!(told.matches("`held_by` names 3 forces").count(), 1, "{told}");
    assert!(told.contains("such as \"post-1\""), "{told}");
    for count in ["0", "10001", "2.5", "\"two\""] {
        let wrong = SHORT.replacen("count = 3", &format!("count = {count}"), 1);
        let told = loaded(&wrong).unwrap_err();
        assert!(told.contains("`count` of [[force]] must be"), "{count}: {told}");
    }
}

#[test]
fn a_source_of_the_whole_file_is_one_of_its_sources() {
    let text = format!("{HEAD}{TAIL}{SHORT}").replace("= \"survey\"\n", "= \"survy\"\n");
    let Err(LoadError::Invalid(source, found)) =
        load_memory("small", &text, &Geodata::default(), &[])
    else {
        panic!("a source that is none was taken");
    };
    let told = render(&found, &source, false);
    assert!(told.contains("did you mean `survey`?"), "{told}");
    assert_eq!(found.iter().filter(|it| it.level == Level::Error).count(), 1, "{told}");
}

#[test]
fn ids_that_nobody_names_are_made_and_never_twice() {
    let force = |more: &str| {
        format!(
            "[[force]]\n{more}\nflag = \"n\"\nat = \"in\"\nstrength = 10\n\
                 withdraws_to = [\"out\"]\n"
        )
    };
    let forces =
        ["", "title = \"A post, old\"", "title = \"A post (old)\"", "id = \"a-post-old-2\""];
    let conduct = &SHORT[SHORT.find("[[conduct]]").unwrap()..];
    let it = loaded(&(forces.map(force).concat() + conduct)).unwrap();
    let ids: Vec<&str> = it.scenario.forces.iter().map(|it| &*it.id).collect();
    assert_eq!(ids, ["force-1", "a-post-old", "a-post-old-3", "a-post-old-2"]);
}

#[test]
fn stages_and_caps_are_clauses_of_their_own() {
    let clause = "[[weapon-class]]\nid = \"gun\"\n[[weapon-class]]\nid = \"tank\"\n\
                  [[area]]\nid = \"a\"\nkind = \"band\"\nfrom = \"l\"\nfrom_km = 0\nto_km = 10\n\
                  [[clause]]\nid = \"limits\"\ntitle = \"Limits\"\nkind = \"presence\"\nbinds = [\"n\"]\n\
                  authorised = [\"n\"]\narea = \"a\"\ncap = { tank = 90, gun = 30 }\n\
                  stages = [{ starts = 2030-01-10 }, { starts = 2030-02-01, title = \"Later\" }]\n\
                  [[conduct]]\nid = \"k\"\nparty = \"n\"\nkind = \"scripted\"\nclauses = [\"limits\", \"c\"]\n";
    let force = SHORT.replacen("at = \"in\"", "equipment = { gun = 1, tank = 1 }\nat = \"in\"", 1);
    let it = loaded(&format!("{force}{clause}")).unwrap();
    let clauses: Vec<String> = it
        .scenario
        .clauses
        .iter()
        .filter(|it| it.id.starts_with("limits"))
        .map(|it| {
            format!("{} {:?} {:?} {:?}", it.id, it.title, it.scope.classes, it.starts.is_some())
        })
        .collect();
    assert_eq!(
        clauses,
        [
            "limits-1-gun Some(\"Limits, stage 1: gun\") [\"gun\"] true",
            "limits-1-tank Some(\"Limits, stage 1: tank\") [\"tank\"] true",
            "limits-2-gun Some(\"Later: gun\") [\"gun\"] true",
            "limits-2-tank Some(\"Later: tank\") [\"tank\"] true",
        ]
    );
    let conduct = it.scenario.conducts.iter().find(|it| it.id == "k").unwrap();
    assert_eq!(
        conduct.clauses,
        ["limits-1-gun", "limits-1-tank", "limits-2-gun", "limits-2-tank", "c"]
    );
    let wrong = clause.replace("[[conduct]]", "[[reading]]\nid = \"r\"\nreading_of = \"c\"\nread_by = \"s\"\ncap = { gun = 1 }\n[[conduct]]");
    let told = loaded(&format!("{force}{wrong}")).unwrap_err();
    assert!(told.contains("a reading has no `cap`"), "{told}");
    let wrong = clause.replace("cap = {", "classes = [\"gun\"]\ncap = {");
    let told = loaded(&format!("{force}{wrong}")).unwrap_err();
    assert_eq!(told.matches("`classes` and `cap` say the same").count(), 1, "{told}");
}

#[test]
fn what_stands_for_too_much_is_refused_at_once() {
    let many =
        |n: usize, one: &dyn Fn(usize) -> String| (0..n).map(one).collect::<Vec<_>>().join(", ");
    let places = many(5_000, &|_| "\"out\"".to_owned());
    let stages = many(3_000, &|_| "{ min_km = 20 }".to_owned());
    let parties = many(9_000, &|n| format!("\"p{n}\""));
    let swollen = [
        SHORT.replacen("[\"out\"]", &format!("[{places}]"), 1).replacen("= 3", "= 9999", 1),
        format!(
            "{SHORT}[[clause]]\nid = \"exit\"\nkind = \"keep-distance\"\nbinds = [{parties}]\n\
                 from = \"l\"\nstages = [{stages}]\n"
        ),
        SHORT.replacen("[\"n\", \"s\"]", &format!("[{parties}]\nclauses = [{places}]"), 1),
        SHORT
            .replacen("\"Post\"", &format!("\"{}\"", "long ".repeat(9_000)), 1)
            .replacen("= 3", "= 9999", 1),
    ];
    for more in swollen {
        let told = loaded(&more).unwrap_err();
        assert!(told.contains("too long once it is written out"), "{}", &told[..300]);
    }
    // As many tables without ids as are read, all of one title.
    let forces = "[[force]]\ntitle = \"A post\"\nflag = \"n\"\n".repeat(10_000);
    assert!(loaded(&forces).is_err());
}
