//! The size of a run, reckoned before it begins, against what happens.

use disengage::engine::{World, walk};
use disengage::experiment::Size;
use disengage::scenario::{BUNDLED, load};
use disengage::stats::Draws;

/// Expected sightings and false alarms, with every monitor on duty and every force in the
/// open: more than there are, but not so many more that a limit has no sense.
#[test]
fn what_is_reckoned_is_about_what_happens() {
    for bundled in BUNDLED {
        let model = load(bundled.name, &[]).unwrap().model;
        let size = Size::of(&model);
        let mut world = World::new(&model, Draws::new(1, 0));
        walk(&model, &mut world, |_, _| {});
        let seen: f64 = world.monitors().iter().map(|it| it.sightings.all()).sum();
        let sightings = size.happenings.iter().filter(|(what, _)| {
            ["sightings", "false alarms"].iter().any(|it| what.starts_with(it))
        });
        let reckoned: f64 = sightings.map(|(_, count)| count).sum();
        println!(
            "{}: {reckoned:.0} reckoned, {seen} seen, {:.0} in all, {:.0} cells, {} forces, {} days, {} clauses, {:.2} ms, {:.1} MB {:?}",
            bundled.name,
            size.count(),
            size.cells,
            model.forces.len(),
            model.calendar.days,
            model.clauses.len(),
            1e3 * size.seconds(),
            size.bytes() / 1e6,
            &size.happenings[..4.min(size.happenings.len())],
        );
        let ratio = reckoned / seen.max(1.0);
        assert!((0.5..10.0).contains(&ratio), "{}: {ratio}", bundled.name);
    }
}

const REFERENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/reference.toml");

/// What the program says as it refuses, with exit code 2 and nothing written.
fn refused(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let ran = assert_cmd::Command::new(env!("CARGO_BIN_EXE_disengage"))
        .current_dir(folder.path())
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(said.contains("add --yes if that is meant"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    said
}

/// Each rate within its bounds, together more than a machine bears in a replicate.
const SEEN: [&str; 8] = [
    "--set",
    "monitor.satellites.sightings_per_day=100",
    "--set",
    "force.first-brigade.signature=100",
    "--set",
    "force.local-guard.signature=100",
    "--set",
    "force.green-company.signature=100",
];

#[test]
fn a_replicate_that_is_too_large_is_refused_with_the_numbers() {
    let vary = ["--vary", "clause.pullback.min_km=30,35"];
    for (command, more) in [("run", &[][..]), ("compare", &vary), ("sweep", &vary), ("plan", &vary)]
    {
        let arguments = [&[command, REFERENCE], &SEEN[..], more].concat();
        let said = refused(&arguments);
        assert!(said.contains("more than 1,000,000 are refused"), "{said}");
        assert!(said.contains("sightings by `satellites`"), "{said}");
    }
}

/// The points of a plan are looked at too, not only the file as written.
#[test]
fn a_point_that_is_too_large_is_refused() {
    let vary = "monitor.satellites.sightings_per_day=1,100";
    let arguments = [&["sweep", REFERENCE], &SEEN[2..], &["--vary", vary]].concat();
    assert!(refused(&arguments).contains("sightings by `satellites`"));
}

#[test]
fn runs_that_take_days_are_refused() {
    let many = ["-n", "100000000", "-j", "1"];
    let vary = ["--vary", "time.turn_days=7,14"];
    for arguments in [
        [&["run", "minsk-2015"][..], &many].concat(),
        [&["compare", "minsk-2015"][..], &many, &vary].concat(),
        [&["sweep", "minsk-2015"][..], &many, &vary].concat(),
    ] {
        let said = refused(&arguments);
        assert!(said.contains("hours on 1 thread"), "{said}");
    }
}
