//! Tiny scenarios as text, and ways to run them.

use disengage::diag::render;
use disengage::engine::{self, World};
use disengage::model::{Model, Turn};
use disengage::record::Run;
use disengage::scenario::{Assignment, LoadError, Loaded, load, load_text};
use disengage::stats::Draws;
use rayon::prelude::*;

/// Kilometres of a degree of latitude at the equator.
const DEGREE_KM: f64 = 110.574_4;

/// A file of the first `days` days of 2030 and later, with a reference line
/// `line` on the equator and a site `far` 250 km north of it.
pub(crate) fn file(days: i32, turn_days: u32, tables: &str) -> String {
    let start = time::Date::from_calendar_date(2030, time::Month::January, 1).unwrap();
    let end = time::Date::from_julian_day(start.to_julian_day() + days).unwrap();
    format!(
        "schema = 2\ntitle = \"Test\"\ntime = {{ start = {start}, end = {end}, turn_days = {turn_days} }}\n\
         [[line]]\nid = \"line\"\npositive_toward = \"far\"\n\
         points = [{{ lat = 0.0, lon = -32.0 }}, {{ lat = 0.0, lon = -28.0 }}]\n\
         {}{tables}",
        site("far", 250.0, 0.0)
    )
}

/// The date of a day of [`file`].
pub(crate) fn date(day: i32) -> String {
    let start = time::Date::from_calendar_date(2030, time::Month::January, 1).unwrap();
    time::Date::from_julian_day(start.to_julian_day() + day).unwrap().to_string()
}

/// A site so many kilometres north of the line and east of the middle.
pub(crate) fn site(id: &str, north_km: f64, east_km: f64) -> String {
    format!(
        "[[site]]\nid = \"{id}\"\nlat = {:.9}\nlon = {:.9}\n",
        north_km / DEGREE_KM,
        -30.0 + east_km / 111.319_5
    )
}

/// Parties without anything else to say of them.
pub(crate) fn parties(ids: &[&str]) -> String {
    ids.iter().map(|id| format!("[[party]]\nid = \"{id}\"\n")).collect()
}

/// A force of a party at a site: 100 persons that fall back to `far`, unless
/// `more` says otherwise.
pub(crate) fn force(id: &str, flag: &str, at: &str, more: &str) -> String {
    let unless = |key: &str, line: &'static str| if more.contains(key) { "" } else { line };
    let strength = unless("strength", "strength = 100\n");
    let back = unless("withdraws_to", "withdraws_to = [\"far\"]\n");
    format!("[[force]]\nid = \"{id}\"\nflag = \"{flag}\"\nat = \"{at}\"\n{back}{strength}{more}\n")
}

/// A clause to keep `min_km` from the line.
pub(crate) fn keep(id: &str, binds: &str, min_km: f64, more: &str) -> String {
    format!(
        "[[clause]]\nid = \"{id}\"\nkind = \"keep-distance\"\nbinds = [\"{binds}\"]\nfrom = \"line\"\nmin_km = {min_km}\n{more}\n"
    )
}

/// A conduct by script.
pub(crate) fn scripted(party: &str, more: &str) -> String {
    format!(
        "[[conduct]]\nid = \"{party}-script\"\nparty = \"{party}\"\nkind = \"scripted\"\n{more}\n"
    )
}

/// A conduct by quantal response; `more` may set what is left at 0. With nothing more,
/// complying is worth −`value`.
pub(crate) fn quantal(party: &str, review_days: u32, value: f64, more: &str) -> String {
    format!(
        "[[conduct]]\nid = \"{party}-mind\"\nparty = \"{party}\"\nkind = \"quantal-response\"\n\
         review_days = {review_days}\nvalue = {value:?}\n{more}\n"
    )
}

/// National technical means of a party `watcher`.
pub(crate) fn eyes(id: &str, sightings_per_day: f64, more: &str) -> String {
    format!(
        "[[monitor]]\nid = \"{id}\"\nkind = \"national-technical-means\"\nparty = \"watcher\"\n\
         sightings_per_day = {sightings_per_day:?}\n{more}\n"
    )
}

fn whole(loaded: Result<Loaded, LoadError>) -> Loaded {
    match loaded {
        Ok(loaded) => loaded,
        Err(LoadError::Invalid(source, found)) => panic!("{}", render(&found, &source, false)),
        Err(error) => panic!("{error}"),
    }
}

/// Loads a text; GeoJSON comes from the bundled scenarios.
pub(crate) fn loaded(text: impl Into<String>) -> Loaded {
    whole(load_text("test", "test.toml", text.into(), None, &[]))
}

/// Compiles a text.
pub(crate) fn model(text: impl Into<String>) -> Model {
    loaded(text).model
}

/// A bundled scenario with some values changed.
pub(crate) fn bundled(name: &str, set: &[&str]) -> Loaded {
    let set: Vec<Assignment> = set.iter().map(|it| Assignment::parse(it).unwrap()).collect();
    whole(load(name, &set))
}

/// The same, or none if the values do not fit the file.
pub(crate) fn bundled_if_valid(name: &str, set: &[&str]) -> Option<Model> {
    let set: Vec<Assignment> = set.iter().map(|it| Assignment::parse(it).unwrap()).collect();
    load(name, &set).ok().map(|loaded| loaded.model)
}

/// Runs one replicate and shows the world after each turn.
pub(crate) fn walk(
    model: &Model,
    seed: u64,
    number: u64,
    mut show: impl FnMut(&World, Turn),
) -> Run {
    let mut world = World::new(model, Draws::new(seed, number));
    engine::walk(model, &mut world, |world, turn| {
        if let Some(turn) = turn {
            show(world, turn);
        }
    });
    Run::of(model, &world, number)
}

/// What `of` makes of each replicate, on all cores.
pub(crate) fn each<T: Send>(n: u64, of: impl Fn(u64) -> T + Sync + Send) -> Vec<T> {
    (0..n).into_par_iter().map(of).collect()
}

/// Mean and its standard error.
pub(crate) fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let square: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, (square / (n - 1.0) / n).sqrt())
}

/// Fails unless the mean of independent values is within so many of its own
/// standard errors of what is expected, and that error is at most `se_at_most`.
pub(crate) fn close(what: &str, values: &[f64], expected: f64, errors: f64, se_at_most: f64) {
    let (found, se) = mean(values);
    assert!(se <= se_at_most, "{what}: standard error {se}, more than {se_at_most}: too few runs");
    assert!(
        (found - expected).abs() <= errors * se.max(1e-12),
        "{what}: {found} ± {se}, expected {expected}"
    );
}

/// Whether two shares are the same: both none, or equal to the last bit.
pub(crate) fn same(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

/// Whether a number is in [0, 1], or none.
pub(crate) fn is_share(x: f64) -> bool {
    x.is_nan() || (-1e-12..=1.0 + 1e-12).contains(&x)
}
