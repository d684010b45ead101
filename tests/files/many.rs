//! Much of everything, and most of it wrong: the time that a file takes grows with its
//! length and no faster. Before, each of these took from ten seconds to minutes.

use std::fmt::Write;
use std::time::{Duration, Instant};

use disengage::diag::{Diagnostics, Source, render, to_json};
use disengage::scenario::{Geodata, LoadError, check_text, compile, load_text};

/// Generous: an optimised build takes well under a second.
const LIMIT: Duration = Duration::from_secs(10);

const START: &str = "schema = 2\ntitle = \"Many\"\n\
    time = { start = 2030-01-01, end = 2030-12-31, turn_days = 7 }\n";

const REST: &str = "[[site]]\nid = \"in\"\nlat = 33.2\nlon = 35.4\n\
    [[site]]\nid = \"out\"\nlat = 33.7\nlon = 35.5\n\
    [[party]]\nid = \"n\"\n[[party]]\nid = \"s\"\n\
    [[force]]\nid = \"f\"\nflag = \"n\"\nat = \"in\"\nstrength = 100\nwithdraws_to = [\"out\"]\n\
    [[clause]]\nid = \"c\"\nkind = \"keep-distance\"\nbinds = [\"n\"]\nfrom = \"l\"\nmin_km = 20\nmonitors = [\"m\"]\n\
    [[monitor]]\nid = \"m\"\nkind = \"national-technical-means\"\nparty = \"s\"\nsightings_per_day = 0.5\n\
    [[conduct]]\nid = \"k\"\nparty = \"n\"\nkind = \"scripted\"\ninitial = \"comply\"\n";

/// A scenario with a line through these points, and more tables.
fn scenario(line: &[(f64, f64)], more: &str) -> String {
    let points: Vec<String> =
        line.iter().map(|(lat, lon)| format!("{{ lat = {lat}, lon = {lon} }}")).collect();
    format!(
        "{START}[[line]]\nid = \"l\"\npositive_toward = \"out\"\npoints = [{}]\n{REST}{more}",
        points.join(", ")
    )
}

fn straight(more: &str) -> String {
    scenario(&[(33.3, 35.0), (33.3, 36.0)], more)
}

/// One table after another.
fn tables(count: usize, table: impl Fn(usize) -> String) -> String {
    (0..count).map(table).collect()
}

/// What is found in a text, with what is shown of it to people and to editors.
fn found(text: String) -> (Diagnostics, String) {
    let began = Instant::now();
    let (source, found) = match load_text("many", "many.toml", text, None, &[]) {
        Ok(loaded) => (loaded.source, loaded.warnings),
        Err(LoadError::Invalid(source, found)) => (source, found),
        Err(error) => (Source::new("", error.to_string()), Diagnostics::default()),
    };
    let shown = render(&found, &source, false);
    let all = to_json(&found, &source);
    assert_eq!(all.as_array().map(Vec::len), Some(found.iter().count()));
    assert!(began.elapsed() < LIMIT, "{:?}", began.elapsed());
    (found, shown)
}

fn assert_refused(text: String, why: &str) -> String {
    let (found, shown) = found(text);
    assert!(found.has_errors() && shown.contains(why), "{shown:.3000}");
    shown
}

fn assert_accepted(text: String) {
    let (found, shown) = found(text);
    assert!(!found.has_errors(), "{shown:.3000}");
}

#[test]
fn a_line_that_doubles_back_is_refused_where_it_turns() {
    let (a, b) = ((33.25, 35.05), (33.6, 35.9));
    for line in [
        vec![a, b, a],
        vec![a, b, b, a],
        [a, b].repeat(2000),
        // Over the same edge again, after a round.
        vec![a, b, (33.8, 35.2), (33.9, 35.1), b, a],
        // Half the way back, along a meridian.
        vec![(33.0, 35.45), (33.6, 35.45), (33.4, 35.45), (33.4, 36.0)],
    ] {
        let shown = assert_refused(scenario(&line, ""), "the line doubles back on itself at 33.6");
        assert!(shown.contains("leave out the points that go back over it"), "{shown}");
        assert!(shown.contains("many.toml:7:"), "{shown}");
    }
    // A narrow bend has two sides.
    let bend = [a, b, (33.26, 35.05)];
    assert_accepted(scenario(&bend, ""));
}

#[test]
fn a_line_of_many_points_is_read() {
    let waves = |n: u32| -> Vec<(f64, f64)> {
        let wave = |i: u32| f64::from(i % 2) * 0.02 + 0.005 * f64::from(i * 7919 % 97) / 97.0;
        let lon = |i: u32| 35.0 + f64::from(i) / f64::from(n);
        (0..n).map(|i| (33.3 + wave(i), lon(i))).collect()
    };
    assert_accepted(scenario(&waves(4000), ""));
}

#[test]
fn of_many_mistakes_a_hundred_are_shown_and_the_rest_counted() {
    let faulty = tables(8000, |n| {
        format!(
            "[[force]]\nid = \"f{n}\"\nflag = \"nobody{n}\"\nat = \"nowhere{n}\"\nstrength = 1\n"
        )
    });
    let shown = assert_refused(straight(&faulty), "no party is called `nobody0`");
    assert!(shown.contains("… and 15,900 more"), "{:?}", shown.get(shown.len() - 100..));
    assert_eq!(shown.matches("error: ").count(), 100);

    let unread = tables(8000, |_| "[[force]]\nbogus = 1\n".to_owned());
    assert_refused(straight(&unread), "more");
    let repeated = tables(8000, |_| "[[site]]\nid = \"dup\"\nlat = 33.0\nlon = 35.0\n".to_owned());
    assert_refused(straight(&repeated), "two sites are called `dup`");
    let syntax = tables(8000, |n| format!("x{n} = = 3\n"));
    assert_refused(straight(&syntax), "not TOML");
    // As many as letters.
    assert_refused("=\n".repeat(2_000_000), "not TOML");
    let keys = tables(300_000, |n| format!("x{n} = 1\n"));
    assert_refused(format!("{keys}{}", straight("")), "the file has no key `x0`");
    // All on one line.
    let one_line: String = (0..8000).map(|n| format!("{{ id = \"f{n}\", bogus = 1 }}, ")).collect();
    assert_refused(format!("{START}force = [{one_line}]\n"), "bogus");
}

#[test]
fn a_hundred_mistakes_of_a_list_are_one_pass() {
    let mut text = String::from("[[party]]\nid = \"p\"\nroles = [");
    for n in 0..50_000 {
        let _ = write!(text, "\"role{n}\", ");
    }
    text.push_str("]\n");
    assert_refused(straight(&text), "more");
    let names: String = (0..9000).map(|n| format!("\"p{}\", ", n / 2)).collect();
    let parties = tables(4500, |n| format!("[[party]]\nid = \"p{n}\"\n"));
    let told = format!(
        "[[monitor]]\nid = \"mm\"\nkind = \"national-technical-means\"\nparty = \"s\"\n\
         sightings_per_day = 0.5\nreports_to = [{names}]\n{parties}"
    );
    let (found, _) = found(straight(&told));
    // And one party that has nothing to do.
    assert!(found.counts().1 >= 4500, "{:?}", found.counts());
}

#[test]
fn long_chains_and_circles_are_followed_once() {
    let circle = tables(8000, |n| {
        format!("[[party]]\nid = \"p{n}\"\npatron = \"p{}\"\ncontrol = 0.5\n", (n + 1) % 8000)
    });
    let shown = assert_refused(straight(&circle), "a circle of patrons: `p0` follows `p1`");
    assert!(shown.contains("follows 7990 more follows `p0`"), "{shown}");
    let chain = tables(8000, |n| match n {
        7999 => "[[party]]\nid = \"p7999\"\n".to_owned(),
        n => format!("[[party]]\nid = \"p{n}\"\npatron = \"p{}\"\ncontrol = 0.5\n", n + 1),
    });
    assert_accepted(straight(&chain));
    let phases = tables(5000, |n| match n {
        4999 => "[[phase]]\nid = \"h4999\"\nstarts = 2030-01-01\n".to_owned(),
        n => format!("[[phase]]\nid = \"h{n}\"\nstarts = {{ after = \"h{}\", days = 0 }}\n", n + 1),
    });
    assert_accepted(straight(&phases));
    let areas = tables(1000, |n| {
        format!("[[area]]\nid = \"a{n}\"\nkind = \"union\"\nof = [\"a{}\"]\n", n + 1)
    });
    let last = "[[area]]\nid = \"a1000\"\nkind = \"buffer\"\nof = \"in\"\nkm = 5\n";
    assert_accepted(straight(&(areas + last)));
}

#[test]
fn each_file_of_features_is_read_once() {
    let feature = |n: usize| {
        let lat = 33.0 + n as f64 / 10_000.0;
        format!(
            r#"{{"type":"Feature","id":"l{n}","properties":{{}},"geometry":
               {{"type":"LineString","coordinates":[[35,{lat}],[36,{lat}]]}}}}"#
        )
    };
    let features: Vec<String> = (0..2000).map(feature).collect();
    let mut geodata = Geodata::default();
    let all = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    geodata.insert("many.geojson", all);
    let lines = tables(2000, |n| {
        format!(
            "[[line]]\nid = \"l{n}\"\ngeojson = \"many.geojson#l{n}\"\npositive_toward = \"out\"\n"
        )
    });
    let text = format!("{START}{lines}{REST}").replace("from = \"l\"", "from = \"l0\"");
    let began = Instant::now();
    let (scenario, found) = check_text(&text);
    let Some(scenario) = scenario else {
        unreachable!("{}", render(&found, &Source::new("many.toml", text), false))
    };
    let (model, found) = compile(&scenario, &geodata);
    assert!(model.is_some(), "{found:?}");
    assert!(began.elapsed() < LIMIT, "{:?}", began.elapsed());
}

#[test]
fn many_variants_are_judged_by_what_they_vary() {
    let variants = tables(1000, |n| {
        format!("[[variant]]\nid = \"v{n}\"\nset = {{ \"clause.c.min_km\" = {} }}\n", n % 50)
    });
    assert_accepted(straight(&variants));
}

#[test]
fn too_many_tables_of_a_kind_are_refused() {
    let sites = tables(10_000, |n| format!("[[site]]\nid = \"s{n}\"\nlat = 33.0\nlon = 35.0\n"));
    assert_refused(straight(&sites), "the file has 10002 [[site]] tables");
}

#[test]
fn what_is_nested_too_deep_is_refused() {
    let deep = 100_000;
    for nested in [
        format!("x = {}{}\n", "[".repeat(deep), "]".repeat(deep)),
        format!("x = {}\n", "[".repeat(deep)),
        format!("{}\n", "[".repeat(deep)),
        format!("x = {}1{}\n", "{ a = ".repeat(deep), " }".repeat(deep)),
        format!("{} = 1\n", vec!["a"; deep].join(".")),
        format!("[{}]\n", vec!["a"; deep].join(".")),
    ] {
        assert_refused(straight(&nested), "error: ");
    }
    for nested in ["[".repeat(deep), r#"{"type":"GeometryCollection","geometries":["#.repeat(deep)]
    {
        let text = format!(
            "{START}[[line]]\nid = \"l\"\ngeojson = \"deep.geojson#l\"\npositive_toward = \"out\"\n{REST}"
        );
        let mut geodata = Geodata::default();
        geodata.insert("deep.geojson", nested);
        let (scenario, _) = check_text(&text);
        let found = scenario.map(|it| compile(&it, &geodata).1).unwrap_or_default();
        assert!(found.has_errors());
    }
}

#[test]
fn areas_that_are_written_alike_on_a_long_line_are_built_once() {
    let band = |at: usize| {
        format!(
            "[[area]]\nid = \"a{at}\"\nkind = \"band\"\nfrom = \"l\"\nfrom_km = 0\nto_km = 20\n"
        )
    };
    let line = [(0.0, 35.0), (33.3, 35.0), (33.3, 36.0)];
    assert_accepted(scenario(&line, &tables(200, band)));
}
