//! Made-up but lifelike inputs to draw from.

use disengage::analysis::RecordRow;
use disengage::chart::{
    ChartClaim, ChartClause, ChartCurve, ChartInput, ChartOutline, ChartParty, ChartPhase,
    ChartSite, ChartTrack, ChartWeapon,
};
use disengage::geo::{Features, Line, Position, ReferenceLine, destination};
use disengage::record::TurnRow;
use time::{Date, Duration, Month};

use super::counts;

const GOLAN: &str = include_str!("../../scenarios/geodata/golan.geojson");
const PLACES: &str = include_str!("../fixtures/geo/places_sw_syria.csv");

pub(crate) fn date(year: i32, month: u8, day: u8) -> Date {
    Date::from_calendar_date(year, Month::try_from(month).unwrap(), day).unwrap()
}

pub(crate) fn pos(lat: f64, lon: f64) -> Position {
    Position::new(lat, lon).unwrap()
}

/// Five quantiles and a mean, as one row.
struct Row<'a> {
    subject: &'a str,
    measure: &'a str,
    register: &'a str,
    n: u64,
    q: [f64; 5],
}

fn push(rows: &mut Vec<TurnRow>, date: Date, row: &Row<'_>) {
    let [q05, q25, q50, q75, q95] = row.q;
    rows.push(TurnRow {
        point: 0,
        date: format!("{}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()),
        subject_kind: "clause".into(),
        subject: row.subject.into(),
        measure: row.measure.into(),
        unit: "share".into(),
        register: row.register.into(),
        n: row.n,
        mean: (q05 + q25 + q50 + q75 + q95) / 5.0,
        sd: (q75 - q25) / 1.35,
        q05,
        q25,
        q50,
        q75,
        q95,
    });
}

fn shares(level: f64, spread: f64) -> [f64; 5] {
    [-1.6, -0.7, 0.0, 0.7, 1.6].map(|z| (level + z * spread).clamp(0.0, 1.0))
}

/// A rise from `low` to `high`, half way at `middle`, of the time from 0 to 1.
fn rise(t: f64, low: f64, high: f64, middle: f64) -> f64 {
    low + (high - low) / (1.0 + libm::exp(-(t - middle) * 14.0))
}

/// Rows of the status of a clause: `bound` of `n` replicates have it in force.
fn status_rows(rows: &mut Vec<TurnRow>, at: Date, id: &str, (n, bound): (u64, u64), t: f64) {
    let mut add = |status, register, n, share: f64| {
        let row = Row { subject: id, measure: status, register, n, q: [share; 5] };
        push(rows, at, &row);
    };
    for register in ["true", "recorded", "claimed"] {
        if bound < n {
            let share = 1.0 - bound as f64 / n as f64;
            add("status_not_in_force", register, n, share);
        }
    }
    if bound == 0 {
        return;
    }
    let wave = 0.5 + 0.5 * libm::sin(t * 40.0 + id.len() as f64);
    add("status_kept", "true", bound, wave);
    add("status_minimum_met", "true", bound, 0.3 * (1.0 - wave));
    add("status_violated", "true", bound, 0.7 * (1.0 - wave));
    let unseen = 1.0 - t;
    add("status_unverified", "recorded", bound, unseen);
    add("status_disputed", "recorded", bound, 0.6 * t);
    add("status_ended", "recorded", bound, 0.4 * t);
    let (early, late) = if t < 0.3 {
        ("status_not_due", "status_open")
    } else {
        ("status_suspended", "status_late")
    };
    add(early, "claimed", bound, wave);
    add(late, "claimed", bound, 1.0 - wave);
}

/// Rows of a clause over a run; `level` is where it ends.
#[expect(clippy::too_many_arguments)]
fn clause_rows(
    rows: &mut Vec<TurnRow>,
    (start, end, step): (Date, Date, i64),
    id: &str,
    level: f64,
    n: u64,
    in_force_from: f64,
    in_force: f64,
    distance: Option<f64>,
) {
    let days = (end - start).whole_days() as f64;
    let mut at = start;
    while at <= end {
        let t = (at - start).whole_days() as f64 / days;
        let wave = 0.03 * libm::sin(t * 31.0 + level * 7.0);
        let force = if t < in_force_from { 0.0 } else { in_force };
        let share = |measure, register, q| Row {
            subject: id,
            measure,
            register,
            n: (n as f64 * force).round().max(1.0) as u64,
            q,
        };
        push(rows, at, &Row { n, ..share("in_force", "true", [force; 5]) });
        let bound = (n as f64 * force).round() as u64;
        status_rows(rows, at, id, (n, bound), t);
        if force > 0.0 {
            let truth = rise(t, 0.18, level, in_force_from + 0.15) + wave;
            let seen = 0.62 * truth * rise(t, 0.4, 1.0, 0.3);
            let violating = 0.45 * (1.0 - truth);
            push(rows, at, &share("compliance", "true", shares(truth, 0.14)));
            push(rows, at, &share("compliance", "recorded", shares(seen, 0.02)));
            push(rows, at, &share("violating", "recorded", shares(violating, 0.02)));
            let unseen = 1.0
                - shares(seen, 0.02).iter().sum::<f64>() / 5.0
                - shares(violating, 0.02).iter().sum::<f64>() / 5.0;
            push(rows, at, &share("not_observed", "recorded", [unseen; 5]));
            push(rows, at, &share("compliance", "claimed", shares(rise(t, 0.3, 0.95, 0.2), 0.01)));
            let kept = rise(t, 0.0, level * 0.8, in_force_from + 0.3);
            push(rows, at, &share("kept", "true", [kept; 5]));
        }
        if let Some(far) = distance {
            let middle = rise(t, 38.0, 66.0, 0.3) + wave * 20.0;
            let scale = if far < 100.0 { 0.25 } else { 1.0 };
            let [a, b, c, d] = [-26.0, -9.0, 0.0, 17.0].map(|km| (middle + km) * scale);
            let q = [a, b, c, d, far];
            let pooled = Row { subject: id, measure: "distance", register: "true", n: n * 8400, q };
            push(rows, at, &pooled);
        }
        at += Duration::days(step);
    }
}

/// A row of any subject on a date.
pub(crate) fn row(
    date: Date,
    (kind, subject): (&str, &str),
    measure: &str,
    (mean, sd): (f64, f64),
) -> TurnRow {
    let at = |z: f64| (mean + z * sd).max(0.0);
    TurnRow {
        point: 0,
        date: date.to_string(),
        subject_kind: kind.into(),
        subject: subject.into(),
        measure: measure.into(),
        unit: String::new(),
        register: "true".into(),
        n: 1000,
        mean,
        sd,
        // Bins show a spread even where there is none.
        q05: at(-1.6) - 0.01,
        q25: at(-0.7),
        q50: at(0.0),
        q75: at(0.7),
        q95: at(1.6) + 0.01,
    }
}

/// Classes of weapons, with what they reach under the first two clauses at the end.
fn reach(turns: &mut Vec<TurnRow>, end: Date) -> Vec<ChartWeapon> {
    let classes = [
        ("mortar", "Mortar", 7.0, (0.0, 0.0), (0.0, 0.0), None),
        ("grad", "Grad rocket launcher", 20.0, (0.9, 1.1), (3.4, 3.7), Some(0.5)),
        ("fajr-5", "Fajr-5 rocket launcher", 75.0, (11.2, 3.7), (6.0, 2.5), Some(0.24)),
        ("fateh-110", "Fateh-110 missile launcher", 300.0, (155.3, 0.0), (11.0, 0.0), Some(0.0)),
    ];
    let mut all = Vec::new();
    for (id, title, range, reach, within, taken) in classes {
        for clause in ["pull-back", "heavy"] {
            let subject = format!("{clause}/{id}");
            let of = |measure, value| row(end, ("clause-class", &subject), measure, value);
            turns.push(of("residual_reach", reach));
            turns.push(of("within_reach", within));
            turns.extend(taken.map(|share| of("taken_out_of_reach", (share, 0.1))));
        }
        all.push(ChartWeapon { id: id.into(), title: title.into(), range_km: Some(range) });
    }
    all
}

fn curves() -> Vec<ChartCurve> {
    let toward = pos(33.4, 36.6);
    let names = [
        ("golan_line_A_alpha", "Line A (Alpha)", true),
        ("golan_line_B_bravo", "Line B (Bravo)", false),
        ("blue_line_lebanon_israel", "Blue Line", false),
    ];
    names
        .into_iter()
        .map(|(id, title, in_use)| {
            let points = Features::read(GOLAN).unwrap().line(id).unwrap();
            let mut at_km = Vec::new();
            if in_use {
                let line = ReferenceLine::new(Line::new(points.clone()).unwrap(), toward).unwrap();
                at_km = [70.0, 80.0].map(|km| (km, line.offset_curve(km))).to_vec();
            }
            ChartCurve { title: title.into(), points, in_use, at_km }
        })
        .collect()
}

fn sites() -> Vec<ChartSite> {
    PLACES
        .lines()
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            ChartSite {
                title: cells[0].to_owned(),
                position: pos(cells[1].parse().unwrap(), cells[2].parse().unwrap()),
            }
        })
        .collect()
}

/// South-west Syria in 2018: five clauses, five parties, some 45 forces.
/// Figures of the record: shares, an event, days without a date.
fn on_record() -> Vec<RecordRow> {
    let row = |date: &str, subject: &str, measure: &str, unit: &str, register: &str| RecordRow {
        record: format!("{subject}-{date}"),
        title: format!("A report of {measure}, {date}"),
        date: date.into(),
        subject_kind: if subject.is_empty() { "" } else { "clause" }.into(),
        subject: subject.into(),
        measure: measure.into(),
        unit: unit.into(),
        register: register.into(),
        low: 0.3,
        high: 0.45,
        consulted: false,
        source: "assumption".into(),
        confidence: "low".into(),
        n: 1000,
        mean: 0.4,
        quantiles: [0.1, 0.3, 0.4, 0.5, 0.8],
        standing_low: 0.25,
        standing_high: 0.6,
        score_kind: "crps".into(),
        score: 0.08,
        ..RecordRow::default()
    };
    let share = |date, register, low, high, consulted| RecordRow {
        low,
        high,
        consulted,
        ..row(date, "pull-back", "compliance", "share", register)
    };
    vec![
        share("2018-08-01", "true", 0.3, 0.45, false),
        share("2018-08-03", "true", 0.5, 0.5, true),
        share("2018-08-01", "claimed", 0.9, 1.0, false),
        share("2018-12-01", "recorded", 0.2, 0.2, false),
        RecordRow {
            low: 1.0,
            high: 1.0,
            score_kind: "brier".into(),
            quantiles: [f64::NAN; 5],
            ..row("2018-08-01", "pull-back", "deadline_met", "probability", "true")
        },
        RecordRow {
            low: 20.0,
            high: 31.0,
            quantiles: [-3.0, 10.0, 24.0, 60.0, 90.0],
            ..row("2018-09-01", "heavy", "days_after_deadline", "days", "true")
        },
    ]
}

pub(crate) fn golan() -> ChartInput {
    let (start, end) = (date(2018, 5, 31), date(2019, 12, 5));
    let times = (start, end, 7);
    let mut turns = Vec::new();
    clause_rows(&mut turns, times, "pull-back", 0.72, 1000, 0.05, 1.0, Some(485.0));
    clause_rows(&mut turns, times, "heavy", 0.81, 1000, 0.05, 1.0, None);
    clause_rows(&mut turns, times, "undof", 0.93, 1000, 0.14, 1.0, None);
    clause_rows(&mut turns, times, "police", 0.55, 1000, 0.2, 1.0, None);
    clause_rows(&mut turns, times, "leave", 0.31, 1000, 0.4, 0.34, None);
    let weapons = reach(&mut turns, end);
    let clause =
        |id: &str, title: &str, deadline: Option<Date>, starts: Option<Date>| ChartClause {
            id: id.into(),
            title: title.into(),
            starts,
            deadline,
            distance_km: None,
            from: None,
            limit: None,
            limit_posts: None,
        };
    let june = Some(date(2018, 6, 28));
    let mut clauses = vec![
        clause(
            "pull-back",
            "Iranian and allied forces stay 70 to 80 km away",
            Some(date(2018, 7, 31)),
            june,
        ),
        clause("heavy", "No heavy weapons within range of the line", Some(date(2018, 9, 30)), june),
        clause(
            "undof",
            "Observers return to the area of separation",
            Some(date(2018, 8, 31)),
            Some(date(2018, 8, 2)),
        ),
        clause("police", "Military police posts along Line Bravo", None, Some(date(2018, 8, 14))),
        clause(
            "leave",
            "All foreign forces leave Syria once a political settlement is agreed",
            None,
            None,
        ),
    ];
    clauses[0].distance_km = Some((70.0, 80.0));
    clauses[0].from = Some("Line A (Alpha)".into());
    clauses[1].distance_km = Some((20.0, 20.0));
    let claim = |day: Date, by: &str, says: &str, title: &str| ChartClaim {
        title: title.into(),
        by: by.into(),
        date: day,
        says: says.into(),
    };
    let claims = vec![
        claim(date(2018, 6, 1), "Iran", "denies", "no forces in the south, no talks on it"),
        claim(date(2018, 7, 11), "Israel", "violating", "the distance offered is not enough"),
        claim(date(2018, 7, 24), "Russia", "keeping", "offer of 100 km from the line"),
        claim(date(2018, 8, 1), "Russia", "keeping", "all have withdrawn to 85 km from the line"),
        claim(date(2018, 8, 2), "Syria", "silent", "no comment on positions"),
        claim(date(2018, 8, 9), "Israel", "violating", "forces remain nearer than 80 km"),
        claim(date(2018, 8, 14), "Russia", "keeping", "posts of the military police are set up"),
    ];
    let parties = ["Syrian Army", "Iran (IRGC)", "Hezbollah", "Allied militias", "Russia"];
    let sites = sites();
    let mut tracks = Vec::new();
    for (n, site) in sites.iter().enumerate().skip(3) {
        for k in 0..1 + usize::from(n % 4 == 0) {
            let commander = (n * 3 + k * 2) % 5;
            let km = PLACES.lines().nth(n + 1).unwrap().split(',').nth(4).unwrap();
            let km: f64 = km.parse().unwrap();
            let goes = commander != 4 && commander != 0 && km < 80.0 && (n + k) % 3 != 0;
            let to = match (n + k) % 4 {
                0 => pos(33.55, 36.75),
                1 => pos(33.85, 36.55),
                2 => pos(33.05, 36.85),
                _ => pos(34.0, 36.2),
            };
            let mut path = vec![site.position];
            if goes {
                path.push(destination(to, (n * 47) as f64, (n % 5) as f64 * 4000.0));
            }
            tracks.push(ChartTrack {
                force: format!("force {n}/{k}"),
                commander,
                strength: 60 + ((n * 7919 + k * 331) % 13) as u32 * 90,
                bound: commander != 0 && commander != 4,
                path,
            });
        }
    }
    let ring =
        Features::read(GOLAN).unwrap().area("undof_area_of_separation_ring").unwrap().remove(0);
    let mut input = ChartInput {
        about: super::about("Withdrawal from south-west Syria, 2018: 70 to 80 km", 1000, 1),
        start,
        end,
        turns,
        records: on_record(),
        subjects: Vec::new(),
        clauses,
        claims,
        phases: vec![
            ChartPhase { title: "Offensive in the south".into(), starts: Some(date(2018, 6, 18)) },
            ChartPhase { title: "Pull-back".into(), starts: Some(date(2018, 7, 20)) },
            ChartPhase { title: "Departure of all foreign forces".into(), starts: None },
        ],
        parties: parties
            .map(|title| ChartParty { id: title.to_lowercase(), title: title.into() })
            .to_vec(),
        curves: curves(),
        weapons,
        ladders: Vec::new(),
        outlines: vec![ChartOutline { title: "Area of separation".into(), rings: ring }],
        sites,
        tracks,
        density: Vec::new(),
        tracks_of: "median replicate 412".into(),
    };
    counts::add(&mut input);
    input
}

/// One clause, three forces, one phase, sixty days, at any place.
pub(crate) fn tiny(lat: f64, lon: f64, days: i64) -> ChartInput {
    let start = date(2021, 11, 20);
    let end = start + Duration::days(days);
    let mut turns = Vec::new();
    clause_rows(&mut turns, (start, end, 5), "apart", 0.6, 20, 0.0, 1.0, Some(40.0));
    let at = |azimuth, km: f64| destination(pos(lat, lon), azimuth, km * 1000.0);
    let points = vec![at(0.0, 30.0), at(90.0, 3.0), at(180.0, 30.0)];
    let line = ReferenceLine::new(Line::new(points.clone()).unwrap(), at(90.0, 40.0)).unwrap();
    let track = |n: u32, path: Vec<Position>| ChartTrack {
        force: format!("Battalion {n}"),
        commander: (n % 2) as usize,
        strength: 200 * n,
        bound: true,
        path,
    };
    ChartInput {
        about: super::about("Two sides draw apart", 20, 7),
        start,
        end,
        turns,
        records: Vec::new(),
        subjects: Vec::new(),
        clauses: vec![ChartClause {
            id: "apart".into(),
            title: "Both sides stay 15 km from the line".into(),
            starts: Some(start),
            deadline: Some(start + Duration::days(days / 3)),
            distance_km: Some((15.0, 15.0)),
            from: Some("the line".into()),
            limit: None,
            limit_posts: None,
        }],
        claims: vec![],
        phases: vec![ChartPhase { title: "Disengagement".into(), starts: Some(start) }],
        parties: ["North", "South"]
            .map(|t| ChartParty { id: t.to_lowercase(), title: t.into() })
            .to_vec(),
        curves: vec![ChartCurve {
            title: "Line of contact".into(),
            points,
            in_use: true,
            at_km: vec![(15.0, line.offset_curve(15.0)), (-15.0, line.offset_curve(-15.0))],
        }],
        weapons: Vec::new(),
        ladders: Vec::new(),
        outlines: vec![],
        sites: vec![
            ChartSite { title: "East".into(), position: at(80.0, 8.0) },
            ChartSite { title: "West".into(), position: at(260.0, 10.0) },
        ],
        tracks: vec![
            track(1, vec![at(80.0, 8.0), at(80.0, 22.0)]),
            track(2, vec![at(260.0, 10.0), at(262.0, 17.0)]),
            track(3, vec![at(30.0, 20.0)]),
        ],
        density: Vec::new(),
        tracks_of: "replicate 3".into(),
    }
}

/// Text that is long, not Latin, or looks like markup, everywhere.
pub(crate) fn hostile() -> ChartInput {
    let nasty = |n: usize| {
        format!(
            "<script>alert('{n}')</script> & \"quoted\" 😀🚩 \u{202E}مرحبا بالعالم\u{0} ]]> {}",
            "Withdrawalagreement ".repeat(14)
        )
    };
    let mut input = golan();
    input.about.title = nasty(0);
    input.about.version = nasty(1);
    input.tracks_of = nasty(2);
    for (n, clause) in input.clauses.iter_mut().enumerate() {
        clause.title = nasty(n);
        clause.from = Some(nasty(n));
    }
    input.claims.iter_mut().for_each(|c| {
        c.title = nasty(3);
        c.by = nasty(4);
        c.says = nasty(5);
    });
    input.phases.iter_mut().for_each(|p| p.title = nasty(6));
    input.parties.iter_mut().for_each(|p| p.title = nasty(7));
    input.curves.iter_mut().for_each(|c| c.title = nasty(8));
    input.outlines.iter_mut().for_each(|o| o.title = nasty(9));
    input.sites.iter_mut().for_each(|s| s.title = nasty(10));
    input.subjects.iter_mut().for_each(|s| s.title = nasty(15));
    for ladder in &mut input.ladders {
        ladder.title = nasty(16);
        ladder.rungs.iter_mut().for_each(|r| r.0 = nasty(17));
    }
    for clause in &mut input.clauses {
        clause.limit = clause.limit.as_ref().map(|_| nasty(18));
    }
    input.weapons.iter_mut().for_each(|w| w.title = nasty(14));
    input.tracks.iter_mut().for_each(|t| t.force = nasty(11));
    input.records.iter_mut().for_each(|r| {
        r.title = nasty(12);
        r.unit = r.unit.replace("days", &nasty(13));
    });
    input
}
