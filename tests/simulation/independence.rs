//! What affects nobody changes no draw but its own.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::common::{
    bundled, eyes, file, force, keep, loaded, model, parties, quantal, site, walk,
};
use disengage::experiment::{ensemble, trace};
use disengage::model::{Model, RouteIndex};
use disengage::record::{ClauseRun, Run};
use disengage::store::write_events;

/// Strength, and on which days the force came to which metre of which route.
type Track = (u32, Vec<(u32, RouteIndex, f64)>);

/// A replicate without numbers and indices: everything by its id.
#[derive(Debug, PartialEq)]
struct Story {
    /// Date, event, and what caused it.
    events: Vec<String>,
    tracks: BTreeMap<String, Track>,
    /// By clause.
    clauses: BTreeMap<String, String>,
}

fn clause_story(run: &ClauseRun) -> String {
    // Twelve digits: sums over forces may be added up in another order.
    let shares = [
        run.met,
        run.full,
        run.unrestricted,
        run.seen_keeping,
        run.seen_violating,
        run.not_observed,
        run.claimed_keeping,
        run.met_at_end,
    ];
    let shares: Vec<String> = shares.iter().map(|share| format!("{share:.12}")).collect();
    format!(
        "{shares:?} {:?} {:?} {:?} {}",
        run.started_day, run.deadline_met, run.days_to_first_kept, run.kept_at_end
    )
}

/// The story of a replicate, told without what `strangers` did. Causes are left
/// out where tables may stand in another order: which of several orders of one
/// day is called the cause of a clause's being kept is a matter of order.
fn story(model: &Model, seed: u64, number: u64, strangers: &[&str], causes: bool) -> Story {
    let trace = trace(model, seed, number);
    let folder = tempfile::tempdir().unwrap();
    write_events(folder.path(), model, std::slice::from_ref(&trace)).unwrap();
    let text = std::fs::read_to_string(folder.path().join("events.jsonl")).unwrap();
    let mut told: BTreeMap<u64, String> = BTreeMap::new();
    let mut caused: Vec<(String, Option<u64>)> = Vec::new();
    for line in text.lines() {
        let mut event: serde_json::Value = serde_json::from_str(line).unwrap();
        let fields = event.as_object_mut().unwrap();
        let id = fields.remove("id").unwrap().as_u64().unwrap();
        let cause = fields.remove("cause").unwrap().as_u64();
        told.insert(id, event.to_string());
        caused.push((event.to_string(), cause));
    }
    let mut events: Vec<String> = caused
        .into_iter()
        .filter(|(event, _)| !strangers.iter().any(|it| event.contains(&format!("\"{it}\""))))
        .map(|(event, cause)| match cause {
            Some(cause) if causes => format!("{event} because {}", told[&cause]),
            _ => event,
        })
        .collect();
    events.sort();
    let tracks = model.forces.iter().zip(&trace.tracks).map(|(force, (strength, track))| {
        let track = track.iter().map(|(day, place)| (*day, place.route, place.metre));
        (force.id.clone(), (*strength, track.collect()))
    });
    let clauses = model.clauses.iter().zip(&trace.run.clauses);
    let clauses = clauses.map(|(clause, run)| (clause.id.clone(), clause_story(run)));
    let known = |id: &String| !strangers.contains(&id.as_str());
    Story {
        events,
        tracks: tracks.filter(|(id, _)| known(id)).collect(),
        clauses: clauses.filter(|(id, _)| known(id)).collect(),
    }
}

/// Two forces of one party and one of another, one clause each, one monitor.
fn small() -> String {
    file(
        200,
        7,
        &[
            site("near", 12.0, 0.0),
            site("town", 25.0, 30.0),
            parties(&["red", "blue", "watcher"]),
            force("guard", "red", "near", "strength = { uniform = [50, 200] }"),
            force("depot", "red", "town", "mobility_km_per_day = { uniform = [4, 9] }"),
            force("band", "blue", "town", "signature = 0.5"),
            keep(
                "pullback",
                "red",
                40.0,
                "target_km = 50\nmonitors = [\"sky\"]\ndeadline = 2030-03-01",
            ),
            keep("blue-too", "blue", 60.0, "monitors = [\"sky\"]\nmax_age_days = 20"),
            eyes("sky", 0.3, "report_delay_days = 4\nbias_to_violating = 0.1"),
            quantal("red", 9, 0.6, "pressure = { uniform = [0.4, 1.6] }\nconcealment_cost = 0.1"),
            quantal("blue", 14, 0.3, "pressure = 0.3\nvalue_per_km = 0.002"),
        ]
        .concat(),
    )
}

/// What is added, and the ids it brings.
fn strangers() -> Vec<(&'static str, String, Vec<&'static str>)> {
    let far_site = "[[site]]\nid = \"atoll\"\nlat = -40.0\nlon = -120.0\n";
    let lagoon = "[[site]]\nid = \"lagoon\"\nlat = -43.0\nlon = -120.0\n";
    let islander = "[[party]]\nid = \"islander\"\n";
    let islanders = "[[force]]\nid = \"islanders\"\nflag = \"islander\"\nat = \"atoll\"\nstrength = { uniform = [10, 90] }\n\
                     withdraws_to = [\"lagoon\"]\n";
    let glass = "[[monitor]]\nid = \"glass\"\nkind = \"national-technical-means\"\nparty = \"islander\"\nsightings_per_day = 1.5\n";
    let clause = "[[clause]]\nid = \"off-the-atoll\"\nkind = \"keep-distance\"\nbinds = [\"islander\"]\nfrom = \"atoll\"\n\
                  min_km = 40\ndeadline = { after = \"off-the-atoll\", days = 60 }\nmonitors = [\"glass\"]\n";
    let mind = "[[conduct]]\nid = \"islander-mind\"\nparty = \"islander\"\nkind = \"quantal-response\"\nreview_days = 5\n\
                value = 0.1\npressure = 0.1\n";
    vec![
        ("a party", islander.to_owned(), vec!["islander"]),
        ("a site", far_site.to_owned(), vec!["atoll"]),
        (
            "an unbound force",
            [islander, far_site, lagoon, islanders].concat(),
            vec!["islander", "islanders"],
        ),
        ("a monitor nobody names", [islander, glass].concat(), vec!["islander", "glass"]),
        (
            "a clause that binds others",
            [far_site, lagoon, islander, islanders, glass, clause, mind].concat(),
            vec!["islander", "islanders", "glass", "off-the-atoll"],
        ),
    ]
}

/// With each of the additions from the `first` on: the later ones hold the
/// party and the site as well.
fn nothing_else_changes(text: &str, name: &str, replicates: u64, first: usize) {
    let without = model(text);
    for (what, tables, ids) in strangers().into_iter().skip(first) {
        let with = model(joined(text, &tables));
        for number in 0..replicates {
            let (before, after) =
                (story(&without, 3, number, &[], true), story(&with, 3, number, &ids, true));
            assert_eq!(before, after, "{name}, replicate {number}: {what} changed something");
        }
    }
}

fn syria() -> &'static disengage::scenario::Loaded {
    static SYRIA: OnceLock<disengage::scenario::Loaded> = OnceLock::new();
    SYRIA.get_or_init(|| bundled("southwest-syria-2018", &[]))
}

#[test]
fn what_affects_nobody_changes_nothing_in_a_small_scenario() {
    nothing_else_changes(&small(), "small", 20, 0);
}

#[test]
fn what_affects_nobody_changes_nothing_in_south_west_syria() {
    nothing_else_changes(&syria().source.text, "south-west Syria", 3, 2);
}

/// A file with more tables in its lists.
fn joined(text: &str, more: &str) -> String {
    let mut file: toml::Table = text.parse().unwrap();
    for (key, tables) in more.parse::<toml::Table>().unwrap() {
        let list = file.get_mut(&key).and_then(toml::Value::as_array_mut).unwrap();
        list.extend(tables.as_array().unwrap().iter().cloned());
    }
    toml::to_string(&file).unwrap()
}

/// The file with the tables of each list in reverse order.
fn reversed(text: &str) -> String {
    let mut file: toml::Table = text.parse().unwrap();
    for list in file.iter_mut().filter_map(|(_, value)| value.as_array_mut()) {
        list.reverse();
    }
    toml::to_string(&file).unwrap()
}

#[test]
fn the_order_of_tables_changes_nothing() {
    for (name, text, replicates) in
        [("small", &small(), 20), ("south-west Syria", &syria().source.text, 3)]
    {
        let (forward, backward) = (model(text.as_str()), model(reversed(text)));
        assert_ne!(forward.forces.raw[0].id, backward.forces.raw[0].id, "{name} was not reversed");
        for number in 0..replicates {
            let (a, b) =
                (story(&forward, 5, number, &[], false), story(&backward, 5, number, &[], false));
            assert_eq!(a, b, "{name}, replicate {number}");
        }
    }
}

/// A change that does affect somebody must be seen, or these tests see nothing.
#[test]
fn what_affects_somebody_shows() {
    let before = model(small());
    let after = model(small().replace("min_km = 60", "min_km = 70"));
    let changed =
        (0..20).any(|k| story(&before, 3, k, &[], true) != story(&after, 3, k, &[], true));
    assert!(changed);
}

fn runs(model: &Model, seed: u64, n: u64) -> Vec<Run> {
    let mut runs = Vec::new();
    ensemble(model, seed, n, |run| {
        runs.push(run.unwrap().clone());
        Ok::<_, ()>(())
    })
    .unwrap();
    runs
}

#[test]
fn a_replicate_is_the_same_alone_and_in_an_ensemble_of_any_size() {
    for (name, model, n) in
        [("small", &model(small()), 120), ("south-west Syria", &syria().model, 40)]
    {
        let many = runs(model, 11, n);
        let fewer = runs(model, 11, n / 3);
        let told = |run: &Run| format!("{run:?}");
        assert_eq!(many.len() as u64, n);
        for (number, (few, all)) in fewer.iter().zip(&many).enumerate() {
            assert_eq!(told(few), told(all), "{name}: run {number} changed with the size");
        }
        for number in [0, 1, n / 2, n - 1] {
            let alone = walk(model, 11, number, |_, _| {});
            assert_eq!(told(&alone), told(&many[number as usize]), "{name}: run {number} alone");
            assert_eq!(told(&trace(model, 11, number).run), told(&alone), "{name}: trace {number}");
        }
        let other = runs(model, 12, n / 3);
        assert_ne!(told(&other[0]), told(&many[0]), "{name}: another seed, same run");
    }
}

#[test]
fn loading_twice_gives_the_same_runs() {
    let (a, b) = (loaded(small()), loaded(small()));
    for number in 0..5 {
        assert_eq!(story(&a.model, 1, number, &[], true), story(&b.model, 1, number, &[], true));
    }
}
