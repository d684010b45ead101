//! Small scenarios as text, and ways to run them.

use std::fmt::Write;

use crate::engine::{self, World};
use crate::model::{Model, Turn};
use crate::record::Run;
use crate::scenario::load_text;
use crate::stats::Draws;

/// The master seed of every engine row.
pub(super) const SEED: u64 = 1918;

/// Kilometres of a degree of latitude at the equator.
const DEGREE_KM: f64 = 110.574_4;

/// A file of so many days with a line on the equator and a site `far` 250 km
/// north of it; parties `red` and `watcher`.
pub(super) fn file(days: i32, turn_days: u32, tables: &str) -> String {
    let start = time::Date::from_ordinal_date(2030, 1).unwrap_or(time::Date::MIN);
    let end = start.saturating_add(time::Duration::days(i64::from(days)));
    format!(
        "schema = 2\ntitle = \"Oracle\"\ntime = {{ start = {start}, end = {end}, turn_days = {turn_days} }}\n\
         [[line]]\nid = \"line\"\npositive_toward = \"far\"\n\
         points = [{{ lat = 0.0, lon = -32.0 }}, {{ lat = 0.0, lon = -28.0 }}]\n\
         [[party]]\nid = \"red\"\n[[party]]\nid = \"watcher\"\n\
         {}{tables}",
        site("far", 250.0)
    )
}

/// A site so many kilometres north of the line.
pub(super) fn site(id: &str, north_km: f64) -> String {
    format!("[[site]]\nid = \"{id}\"\nlat = {:.9}\nlon = -30.0\n", north_km / DEGREE_KM)
}

/// So many forces of red, 100 persons each at sites of their own in the same
/// place, each a garrison of its own.
pub(super) fn forces(number: u32, north_km: f64, more: &str) -> String {
    let mut text = String::new();
    for i in 0..number {
        let home = format!("home-{i}");
        text += &site(&home, north_km);
        let _ = writeln!(text, "group = \"{home}\"");
        let _ = write!(
            text,
            "[[force]]\nid = \"force-{i}\"\nflag = \"red\"\nat = \"{home}\"\nstrength = 100\n\
             withdraws_to = [\"far\"]\n{more}\n"
        );
    }
    text
}

/// A party's force at a home 5 km from the line, and the clause that asks it to keep 40 km;
/// `more` goes on from the clause.
pub(super) fn side(party: &str, home: &str, more: &str) -> String {
    site(home, 5.0)
        + &format!(
            "[[force]]\nid = \"{party}s\"\nflag = \"{party}\"\nat = \"{home}\"\nstrength = 100\n\
             withdraws_to = [\"far\"]\nmobility_km_per_day = 1000\n\
             [[clause]]\nid = \"of-{party}\"\nkind = \"keep-distance\"\nbinds = [\"{party}\"]\n\
             from = \"line\"\nmin_km = 40\n{more}\n"
        )
}

/// A clause that asks red to keep 40 km from the line.
pub(super) fn keep(more: &str) -> String {
    format!(
        "[[clause]]\nid = \"pullback\"\nkind = \"keep-distance\"\nbinds = [\"red\"]\nfrom = \"line\"\n{}{more}\n",
        if more.contains("min_km") { "" } else { "min_km = 40\n" }
    )
}

/// How red decides, by kind.
pub(super) fn conduct(kind: &str, more: &str) -> String {
    format!("[[conduct]]\nid = \"red-decides\"\nparty = \"red\"\nkind = \"{kind}\"\n{more}\n")
}

/// Red has a resolve of its own: keys of its party.
pub(super) fn resolved(text: &str, keys: &str) -> String {
    text.replacen("id = \"red\"\n", &format!("id = \"red\"\n{keys}\n"), 1)
}

/// The watcher's eyes.
pub(super) fn eyes(sightings_per_day: f64, more: &str) -> String {
    format!(
        "[[monitor]]\nid = \"eyes\"\nkind = \"national-technical-means\"\nparty = \"watcher\"\n\
         sightings_per_day = {sightings_per_day:?}\n{more}\n"
    )
}

/// A scenario's model; none if the text is refused, so that its rows fail.
pub(super) fn model(text: String) -> Option<Model> {
    load_text("oracle", "oracle.toml", text, None, &[]).ok().map(|loaded| loaded.model)
}

/// What `of` makes of each of `n` replicates of a scenario, on all cores; nothing if its text
/// is refused.
pub(super) fn each<T: Send>(
    text: String,
    n: u64,
    of: impl Fn(&Model, u64) -> T + Sync + Send,
) -> Vec<T> {
    let model = model(text);
    model.map_or_else(Vec::new, |model| crate::threads::map(0..n, |number| of(&model, number)))
}

/// What `of` makes of the world at the end of each of `n` replicates.
pub(super) fn ends<T: Send>(
    text: String,
    n: u64,
    of: impl Fn(&World) -> T + Sync + Send,
) -> Vec<T> {
    let last = |model: &Model, number: u64| {
        let mut world = World::new(model, Draws::new(SEED, number));
        engine::walk(model, &mut world, |_, _| {});
        of(&world)
    };
    each(text, n, last)
}

/// Runs one replicate and shows the world after each turn.
pub(super) fn walk(model: &Model, number: u64, mut show: impl FnMut(&World, Turn)) -> Run {
    let mut world = World::new(model, Draws::new(SEED, number));
    engine::walk(model, &mut world, |world, turn| {
        if let Some(turn) = turn {
            show(world, turn);
        }
    });
    Run::of(model, &world, number)
}
