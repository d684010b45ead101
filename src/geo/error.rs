//! What can be wrong with a place, a line, an area or a file of them.

/// A geometry that cannot be used, said so that a scenario's author can correct it.
#[derive(thiserror::Error, Debug, Clone, PartialEq)]
pub enum GeoError {
    /// A latitude or longitude that is not a number or out of range.
    #[error(
        "{lat}, {lon} is not a position: latitude must be within -90 to 90 and longitude within -180 to 180 degrees (have they been swapped?)"
    )]
    BadPosition {
        /// Latitude as given, degrees.
        lat: f64,
        /// Longitude as given, degrees.
        lon: f64,
    },
    /// A line or route without two points that differ.
    #[error("{what} needs at least two different points; {given} given: add points")]
    TooFewPoints {
        /// "a line" or "a route".
        what: &'static str,
        /// How many points were given, after dropping repeats.
        given: usize,
    },
    /// Two successive points too far apart for the edge between them to be meant.
    #[error(
        "the edge from {from} to {to} is {km:.0} km long; at most 5000 km is allowed: put points between them or correct a wrong coordinate"
    )]
    EdgeTooLong {
        /// Start of the edge, "lat, lon".
        from: String,
        /// End of the edge, "lat, lon".
        to: String,
        /// Its length in kilometres.
        km: f64,
    },
    /// A route that leads nowhere in any time.
    #[error("the route is {km:.0} km long; at most 40000 km are allowed: leave points out")]
    RouteTooLong {
        /// Its length in kilometres.
        km: f64,
    },
    /// The point naming the positive side lies on the line or its prolongation.
    #[error(
        "the point {toward} that names the positive side lies {metres:.0} m from the line or its prolongation: choose one clearly (at least 50 m) to one side"
    )]
    SideUndecided {
        /// The point, "lat, lon".
        toward: String,
        /// Its distance from the line or its prolongation in metres.
        metres: f64,
    },
    /// A line that goes back over itself.
    #[error(
        "the line doubles back on itself at {at}, so that nothing lies on one side of it there: leave out the points that go back over it"
    )]
    DoublesBack {
        /// Where, "lat, lon".
        at: String,
        /// The index among the points given of the one that is reached from there.
        point: usize,
    },
    /// A ring with fewer than three distinct points.
    #[error("a ring needs at least three different points; {given} given: add points")]
    RingTooShort {
        /// How many distinct points were given.
        given: usize,
    },
    /// A ring that encloses nothing.
    #[error("a ring encloses no ground (its points lie on one line): move or add points")]
    RingWithoutArea,
    /// A ring that crosses or touches itself.
    #[error("a ring crosses itself: put its points in order round the area")]
    RingCrossesItself,
    /// A hole outside its outer ring, or rings of one polygon that cross.
    #[error(
        "the rings of a polygon do not fit: a hole must lie within the outer ring and not cross another hole"
    )]
    RingsDoNotFit,
    /// An area wider than the methods here are made for.
    #[error(
        "the area reaches {km:.0} km from its middle; at most 5000 km is allowed: split it or correct a wrong coordinate"
    )]
    AreaTooLarge {
        /// Distance of its farthest vertex from its middle in kilometres.
        km: f64,
    },
    /// A distance that is not a number, not positive or beyond 2000 km.
    #[error("{what} of {km} km cannot be used: give a number {allowed}")]
    BadDistance {
        /// What the distance is for.
        what: &'static str,
        /// The distance as given, kilometres.
        km: f64,
        /// What would be allowed, in words.
        allowed: &'static str,
    },
    /// A union, intersection, difference or buffer with nothing in it.
    #[error("{what} is empty: check that the areas lie where they are meant to")]
    EmptyArea {
        /// What was being made.
        what: &'static str,
    },
    /// A line so curled that the ground on its sides has no simple outline.
    #[error(
        "the band from {from_km} to {to_km} km cannot be outlined because the line curls back on itself: simplify the line or split the band"
    )]
    BandFolds {
        /// Lower bound of the band in kilometres.
        from_km: f64,
        /// Upper bound of the band in kilometres.
        to_km: f64,
    },
    /// A line or ring with more points than can be worked with.
    #[error("it has more than {most} points with those that long edges need: leave some out")]
    TooManyPoints {
        /// The most there may be.
        most: usize,
    },
    /// Parts of a line of which three ends or more touch in one place.
    #[error(
        "more than two of its parts meet at {at}, so that they make no single line: leave out the parts that branch off"
    )]
    Fork {
        /// Where, "lat, lon".
        at: String,
    },
    /// Parts of a line that do not touch.
    #[error(
        "its parts make {count} pieces that do not touch, where one line is needed; the gaps: {gaps}: close them, or keep the piece that is meant as a feature of its own"
    )]
    Gaps {
        /// How many pieces are left.
        count: usize,
        /// Where the gaps are, in words.
        gaps: String,
    },
    /// Coordinates on another reference than WGS84.
    #[error(
        "its coordinates are in {name} (`crs`), and only longitude and latitude on WGS84 are read: convert the file, as with ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson"
    )]
    OtherCrs {
        /// The name it goes by in the file.
        name: String,
    },
    /// Coordinates that are no degrees.
    #[error(
        "{x}, {y} looks like metres on a projected grid (as UTM, Web Mercator or a national grid), and only longitude and latitude on WGS84 are read: convert the file from its own reference system, as with ogr2ogr -s_srs EPSG:CODE -t_srs EPSG:4326 new.geojson old.geojson"
    )]
    Projected {
        /// The first number of the position as given.
        x: f64,
        /// The second.
        y: f64,
    },
    /// A longitude counted eastward beyond 180 degrees.
    #[error("{lon} is no longitude within -180 to 180 degrees: take 360 from those beyond 180")]
    BeyondDateLine {
        /// The longitude as given, degrees.
        lon: f64,
    },
    /// Text that is not GeoJSON.
    #[error("this is not GeoJSON: {detail}")]
    NotGeoJson {
        /// What the reader said.
        detail: String,
    },
    /// A feature that the file does not hold.
    #[error("no feature with {what} in this file; {hint}")]
    UnknownFeature {
        /// What was asked for: an id or name, or a property and its value.
        what: String,
        /// Near ones, or all that there are.
        hint: String,
    },
    /// Two features of one file that answer to the same.
    #[error(
        "{count} features have {what}: {list}: choose by a property that only one has, as in \"file.geojson#property=value\""
    )]
    AmbiguousFeature {
        /// What was asked for.
        what: String,
        /// How many features answer to it.
        count: usize,
        /// Which, in words.
        list: String,
    },
    /// A feature of another kind than the one needed.
    #[error("feature {id:?} is a {found}, but {wanted} is needed here")]
    WrongGeometry {
        /// The id asked for.
        id: String,
        /// The kind found.
        found: String,
        /// The kind needed.
        wanted: &'static str,
    },
    /// A feature whose coordinates cannot be used.
    #[error("feature {id:?}: {source}")]
    InFeature {
        /// The feature's id.
        id: String,
        /// What is wrong in it.
        source: Box<GeoError>,
    },
}
