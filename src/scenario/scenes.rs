//! Small scenarios as text, for oracles that are run through the engine.

use std::fmt::Write as _;

/// Kilometres of a degree of latitude at the equator.
const KM_NORTH: f64 = 110.574_4;
/// Kilometres of a degree of longitude there.
const KM_EAST: f64 = 111.319_5;

/// Forces that stand in an area of 1,000 square kilometres and violate a clause
/// from the first day on, and what watches them. By default they stay.
///
/// ```
/// use disengage::scenario::{Scene, check_text};
/// let scene = Scene {
///     tables: "[[monitor]]\nid = \"eye\"\nparty = \"white\"\nkind = \"post\"\n\
///              at = \"post\"\nradius_km = 40\nsightings_per_day = 0.05\n",
///     monitors: &["eye"],
///     ..Scene::default()
/// };
/// assert!(check_text(&scene.text()).0.is_some());
/// ```
#[derive(Debug, Clone)]
pub struct Scene<'a> {
    /// Days of the run.
    pub days: u32,
    /// Days in a turn.
    pub turn_days: u32,
    /// How many forces, each at a site of its own that is its group.
    pub forces: u32,
    /// What else the table of each force says.
    pub force: &'a str,
    /// Which monitors the clause names.
    pub monitors: &'a [&'a str],
    /// What else the clause says.
    pub clause: &'a str,
    /// Day on which the force of a number leaves; none for one that stays.
    pub leaves: fn(u32) -> Option<u32>,
    /// Whether those that stay hide.
    pub hidden: bool,
    /// Further tables: the monitors.
    pub tables: &'a str,
}

impl Default for Scene<'_> {
    fn default() -> Self {
        Self {
            days: 84,
            turn_days: 7,
            forces: 1,
            force: "",
            monitors: &[],
            clause: "",
            leaves: |_| None,
            hidden: false,
            tables: "",
        }
    }
}

impl Scene<'_> {
    /// The text of the file. It has parties `red` (whose forces `force-0`, … are
    /// bound by the clause `pullback`), `white` and `blue`, the sites `post` and
    /// `far`, and the area `ground`.
    pub fn text(&self) -> String {
        let mut text = format!(
            "schema = 2\ntitle = \"Scene\"\n[time]\nstart = {}\nend = {}\nturn_days = {}\n",
            date(0),
            date(self.days),
            self.turn_days
        );
        text += "[[line]]\nid = \"line\"\npositive_toward = \"far\"\n\
                 points = [{ lat = 0.0, lon = -32.0 }, { lat = 0.0, lon = -28.0 }]\n";
        let half = libm::sqrt(1000.0) / 2.0;
        let corners = [(-half, -half), (-half, half), (half, half), (half, -half)];
        let points: Vec<String> = corners
            .iter()
            .map(|(north, east)| format!("{{ {} }}", at(north + 5.0, *east).replace('\n', ", ")))
            .collect();
        let points = points.join(", ");
        let _ =
            writeln!(text, "[[area]]\nid = \"ground\"\nkind = \"polygon\"\npoints = [{points}]");
        let _ = writeln!(text, "[[site]]\nid = \"far\"\n{}", at(250.0, 0.0));
        let _ = writeln!(text, "[[site]]\nid = \"post\"\n{}", at(5.0, 0.0));
        for id in ["red", "white", "blue"] {
            let _ = writeln!(text, "[[party]]\nid = \"{id}\"");
        }
        let mut orders = Vec::new();
        for index in 0..self.forces {
            let _ = writeln!(
                text,
                "[[site]]\nid = \"site-{index}\"\ngroup = \"site-{index}\"\n{}",
                at(5.0 + 0.05 * f64::from(index), 0.05)
            );
            let _ = writeln!(
                text,
                "[[force]]\nid = \"force-{index}\"\nflag = \"red\"\nat = \"site-{index}\"\n\
                 strength = 100\nwithdraws_to = [\"far\"]\nmobility_km_per_day = 1000\n{}",
                self.force
            );
            if let Some(day) = (self.leaves)(index) {
                orders.push(format!(
                    "{{ date = {}, order = \"comply\", groups = [\"site-{index}\"] }}",
                    date(day)
                ));
            }
        }
        let _ = writeln!(
            text,
            "[[clause]]\nid = \"pullback\"\nkind = \"keep-distance\"\nbinds = [\"red\"]\n\
             from = \"line\"\nmin_km = 60\nmonitors = {:?}\n{}",
            self.monitors, self.clause
        );
        let _ = writeln!(
            text,
            "[[conduct]]\nid = \"script\"\nparty = \"red\"\nkind = \"scripted\"\n\
             initial = \"{}\"\norders = [{}]",
            if self.hidden { "conceal" } else { "defy" },
            orders.join(", ")
        );
        text + self.tables
    }
}

/// A force that declares a stock of weapons, hands over all but so many of them
/// one a day, and hides the rest, and an inspection that checks a sample on one
/// day after that.
///
/// The file has the clause `hand-over`, the monitor `inspectors` and the force
/// `depot`; the inspection is on day `declared`.
pub fn declared_stock(declared: u32, missing: u32, sample: u32) -> String {
    let honest = declared - missing;
    format!(
        "schema = 2\ntitle = \"Stock\"\n[time]\nstart = {}\nend = {}\nturn_days = 1\n\
         [[site]]\nid = \"here\"\n{}\n[[site]]\nid = \"there\"\n{}\n\
         [[party]]\nid = \"red\"\n[[party]]\nid = \"white\"\n\
         [[weapon-class]]\nid = \"gun\"\nheavy = true\n\
         [[force]]\nid = \"depot\"\nflag = \"red\"\nat = \"here\"\nstrength = 10\n\
         equipment = {{ gun = {declared} }}\nwithdraws_to = [\"there\"]\n\
         [[clause]]\nid = \"hand-over\"\nkind = \"deliver\"\nbinds = [\"red\"]\nto = \"white\"\n\
         weapons_per_day = 1\nmonitors = [\"inspectors\"]\n\
         [[monitor]]\nid = \"inspectors\"\nparty = \"white\"\nkind = \"inspection\"\n\
         sites = [\"here\"]\ninterval_days = 10000\nfrom = {}\nsample = {sample}\n\
         [[conduct]]\nid = \"script\"\nparty = \"red\"\nkind = \"scripted\"\n\
         initial = \"{}\"\norders = [{{ date = {}, order = \"conceal\" }}]\n",
        date(0),
        date(declared + 5),
        at(5.0, 0.0),
        at(80.0, 0.0),
        date(declared),
        if honest == 0 { "conceal" } else { "comply" },
        date(honest),
    )
}

/// The date of a day of these files.
fn date(day: u32) -> String {
    let start = time::Date::from_calendar_date(2030, time::Month::January, 1);
    let start = start.map_or(0, time::Date::to_julian_day);
    time::Date::from_julian_day(start + day as i32)
        .map_or_else(|_| String::new(), |date| date.to_string())
}

/// A place so many kilometres north of the line and east of its middle.
fn at(north: f64, east: f64) -> String {
    format!("lat = {:.9}\nlon = {:.9}", north / KM_NORTH, -30.0 + east / KM_EAST)
}
