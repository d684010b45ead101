//! Charts over several points: what variants and values change.

use disengage::analysis::PairRow;
use disengage::chart::{
    Chart, DifferenceInput, SweepAxis, SweepContour, SweepInput, SweepOutcome, TornadoBar,
    TornadoEnd, TornadoInput, TornadoOutcome, VariantRun, VariantsInput, draw_difference,
    draw_sweep, draw_tornado, draw_variants, render,
};
use disengage::record::TurnRow;
use disengage::stats::Interval;
use time::Date;

use super::{finding, stands_apart, stays_inside, texts};

/// Names as a file may have them.
fn hostile(n: usize) -> String {
    let names = [
        "<script>alert('x')</script> & \"quotes\"",
        "قائمة الانسحاب من الجنوب السوري",
        "\u{202E}reversed\u{0}\n🕊️ dove",
        "撤军协议与监督机制",
    ];
    match n % 5 {
        4 => "withdrawal-to-behind-the-line ".repeat(10),
        n => names[n].to_owned(),
    }
}

fn tornado(name: &dyn Fn(usize) -> String, parameters: usize) -> TornadoInput {
    let end = |base: f64, by: f64, half: f64, n: usize| TornadoEnd {
        name: name(n),
        estimate: base + by,
        interval: [base + by - half, base + by + half],
        same: by == 0.0,
    };
    let bars = |base: f64, most: f64| -> Vec<TornadoBar> {
        let bar = |n: usize| {
            let by = most / (1.0 + n as f64);
            let ends = match n % 4 {
                0 => vec![
                    end(base, -by, 0.01, n),
                    end(base, by, 0.01, n + 1),
                    end(base, by / 3.0, 0.01, n + 2),
                ],
                1 => vec![end(base, by, 0.005, n), end(base, by / 2.0, 0.2, n + 1)],
                2 => vec![end(base, 0.0, 0.0, n), end(base, -by, 0.3, n + 1)],
                _ => vec![end(base, 0.0, 0.0, n), end(base, 0.0, 0.0, n + 1)],
            };
            TornadoBar {
                paths: vec![name(n), format!("clause.{}.target_km", name(n + 1))],
                lever: n.is_multiple_of(2),
                written: (!n.is_multiple_of(3)).then(|| name(n + 2)),
                ends,
            }
        };
        (0..parameters).map(bar).collect()
    };
    let outcome = |n: usize, base: f64, most: f64| TornadoOutcome {
        name: name(n),
        base: [base, base - 0.02, base + 0.02],
        bars: bars(base, most),
    };
    TornadoInput {
        about: super::about(&name(4), 1000, 7),
        paired: true,
        outcomes: vec![
            outcome(0, 0.5, 0.3),
            outcome(1, 0.99, 0.005),
            outcome(2, 0.0, 0.0),
            outcome(3, f64::NAN, 0.1),
        ],
    }
}

fn sweep(name: &dyn Fn(usize) -> String, sizes: &[usize]) -> SweepInput {
    let axis = |(n, levels): (usize, &usize)| SweepAxis {
        name: name(n),
        role: "lever".into(),
        levels: (0..*levels).map(|at| format!("{at} {}", name(at))).collect(),
        values: (0..*levels).map(|at| format!("{at}.5")).collect(),
    };
    let points: usize = sizes.iter().product();
    let cells = |outcome: usize| {
        let cell = |at: usize| {
            let share = (at * (outcome + 1)) as f64 / (points * 3) as f64;
            let share = if at == 2 { f64::NAN } else { share };
            let place = match sizes {
                [_] => vec![at],
                _ => vec![at / sizes[1], at % sizes[1]],
            };
            (place, [share, share - 0.02, share + 0.02])
        };
        (0..points).map(cell).collect()
    };
    SweepInput {
        about: super::about(&name(4), 1000, 7),
        axes: sizes.iter().enumerate().map(axis).collect(),
        outcomes: (0..3).map(|n| SweepOutcome { name: name(n), cells: cells(n) }).collect(),
        contour: Some(SweepContour { share: 0.25, asked: true }),
    }
}

fn difference(name: &dyn Fn(usize) -> String, variants: usize) -> DifferenceInput {
    let mut pairs = Vec::new();
    for clause in ["", "a", "b"] {
        for outcome in ["compliance", "completion", "broken", "collapse"] {
            for point in 1..variants as u32 {
                let estimate = 0.1 * f64::from(point) - 0.15;
                pairs.push(PairRow {
                    against: 0,
                    point,
                    clause: clause.into(),
                    outcome: outcome.into(),
                    unit: "share".into(),
                    register: "true".into(),
                    interval: "paired-t".into(),
                    pairs: 1000,
                    differing: u64::from(point != 2) * 900,
                    mean_against: 0.5,
                    mean: 0.5 + estimate,
                    difference: Interval { estimate, low: estimate - 0.03, high: estimate + 0.03 },
                    simultaneous_low: estimate - 0.04,
                    simultaneous_high: estimate + 0.04,
                    independent: 4000.0,
                });
            }
        }
    }
    DifferenceInput {
        about: super::about(&name(4), 1000, 7),
        variants: (0..variants).map(name).collect(),
        clauses: vec![("a".into(), name(0)), ("b".into(), name(4))],
        pairs,
    }
}

fn variants(name: &dyn Fn(usize) -> String, count: usize, clauses: usize) -> VariantsInput {
    let date = |day: i32| Date::from_julian_day(2_458_270 + 7 * day).unwrap();
    let mut turns = Vec::new();
    for point in 0..count {
        for clause in 0..clauses {
            for day in 0..60 {
                let share = 0.1 * clause as f64 + 0.01 * f64::from(day) - 0.03 * point as f64;
                let share = share.clamp(0.0, 1.0);
                turns.push(TurnRow {
                    point: point as u32,
                    date: date(day).to_string(),
                    subject_kind: "clause".into(),
                    subject: format!("c{clause}"),
                    measure: "compliance".into(),
                    unit: "share".into(),
                    register: "true".into(),
                    // The last clause is in force in a few replicates.
                    n: if clause == 5 { 3 } else { 1000 },
                    mean: share,
                    sd: 0.1,
                    q05: (share - 0.2).max(0.0),
                    q25: share,
                    q50: share,
                    q75: share,
                    q95: (share + 0.2).min(1.0),
                });
            }
        }
    }
    VariantsInput {
        about: super::about(&name(4), 1000, 7),
        start: date(0),
        end: date(59),
        variants: (0..count)
            .map(|n| VariantRun {
                name: name(n),
                deadlines: vec![("c1".into(), date(10 + n as i32))],
            })
            .collect(),
        clauses: (0..clauses).map(|n| (format!("c{n}"), name(n))).collect(),
        turns,
    }
}

fn all() -> Vec<(String, Chart)> {
    let plain = |n: usize| {
        let names = ["clause.pullback.min_km", "40:50", "party.iran.control", "0.2"];
        names.get(n).map_or_else(|| format!("1{n}"), |it| (*it).to_owned())
    };
    let mut out = Vec::new();
    for (word, name) in [("plain", &plain as &dyn Fn(usize) -> String), ("hostile", &hostile)] {
        for size in [1, 5, 15] {
            let drawn = [
                draw_tornado(&tornado(name, size)),
                draw_sweep(&sweep(name, &[size + 1])),
                draw_sweep(&sweep(name, &[size + 1, 3])),
                draw_sweep(&sweep(name, &[3, size + 1])),
                draw_difference(&difference(name, size + 1)),
                draw_variants(&variants(name, size + 1, size.min(6))),
            ];
            let drawn = drawn.into_iter().map(Option::unwrap);
            out.extend(drawn.map(|it| (format!("{word}-{size}"), it)));
        }
    }
    out
}

#[test]
fn words_stand_apart_and_inside_whatever_the_names_are() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    std::fs::create_dir_all(&folder).unwrap();
    for (at, (name, chart)) in all().into_iter().enumerate() {
        // To look at.
        let stem = format!("points-{name}-{}-{at}", chart.name);
        std::fs::write(folder.join(format!("{stem}.svg")), &chart.svg).unwrap();
        assert!(render::png(&chart.svg, 1.0).unwrap().starts_with(b"\x89PNG"));
        assert!(!chart.svg.contains("NaN") && !chart.svg.contains("inf\""), "{stem}");
        assert!(!chart.svg.contains("<script"), "{stem}");
        stays_inside(&stem, &chart.svg);
        stands_apart(&stem, &chart.svg);
    }
}

#[test]
fn a_tornado_is_sorted_and_says_what_moves_nothing() {
    let end = |name: &str, estimate: f64, same| TornadoEnd {
        name: name.into(),
        estimate,
        interval: [estimate - 0.01, estimate + 0.01],
        same,
    };
    let bar = |path: &str, ends| TornadoBar {
        paths: vec![format!("{path}.min_km"), format!("{path}.target_km")],
        lever: true,
        written: Some("70:80".into()),
        ends,
    };
    let input = |paired| TornadoInput {
        about: super::about("A withdrawal", 100, 1),
        paired,
        outcomes: vec![TornadoOutcome {
            name: "Compliance, true".into(),
            base: [0.5, 0.48, 0.52],
            bars: vec![
                bar("clause.small", vec![end("1", 0.45, false), end("2", 0.5, true)]),
                bar("clause.none", vec![end("3", 0.5, true), end("4", 0.5, true)]),
                bar("clause.large", vec![end("5", 0.4, false), end("6", 0.75, false)]),
            ],
        }],
    };
    let chart = draw_tornado(&input(true)).unwrap();
    let words: Vec<String> = texts(&chart.svg).1.into_iter().map(|it| it.0).collect();
    let place = |wanted: &str| {
        let found = words.iter().position(|it| it.trim() == wanted);
        found.unwrap_or_else(|| panic!("{wanted} in {words:?}"))
    };
    // The most moving first; what moves nothing has no bar.
    assert!(place("clause.large.min_km, target_km") < place("clause.small.min_km, target_km"));
    place("No effect in any replicate: clause.none.min_km, target_km.");
    assert!(place("+25.0") < place("−5.0"));
    place("the same");
    assert!(chart.svg.contains("interactions are not shown"));
    let said = finding(&chart.svg);
    for wanted in [
        "Compliance, true: 50 % as written. clause.large.min_km, target_km: 40 % at 5 (−10.0), 75 % at 6 (+25.0).",
        "No effect in any replicate: clause.none.min_km, target_km.",
    ] {
        assert!(said.contains(wanted), "{said}");
    }
    let words = |paired| draw_tornado(&input(paired)).unwrap().svg;
    assert!(words(true).contains("the same random numbers"));
    assert!(words(false).contains("random numbers of its own"));
    let none = TornadoInput { outcomes: Vec::new(), ..input(true) };
    assert!(draw_tornado(&none).is_none());
}

/// A heat map of a plane: the share is column × 0.2 + row × 0.1.
fn plane(half: f64, share: f64, asked: bool) -> SweepInput {
    let axis = |name: &str, values: &[&str]| SweepAxis {
        name: name.into(),
        role: "lever".into(),
        levels: values.iter().map(|it| (*it).to_owned()).collect(),
        values: values.iter().map(|it| (*it).to_owned()).collect(),
    };
    let cell = |column: usize, row: usize| {
        let value = 0.2 * column as f64 + 0.1 * row as f64;
        (vec![column, row], [value, value - half, value + half])
    };
    SweepInput {
        about: super::about("A withdrawal", 100, 1),
        axes: vec![
            axis("clause.a.min_km,clause.a.target_km", &["40", "60", "80", "100"]),
            axis("party.b.control", &["0.2", "0.5", "0.8"]),
        ],
        outcomes: vec![SweepOutcome {
            name: "Compliance, true".into(),
            cells: (0..4).flat_map(|x| (0..3).map(move |y| cell(x, y))).collect(),
        }],
        contour: Some(SweepContour { share, asked }),
    }
}

#[test]
fn the_contour_of_a_wanted_share_is_drawn_named_and_said() {
    let draw = |input: &SweepInput| draw_sweep(input).unwrap().svg;
    let words = |svg: &str| -> Vec<String> {
        let texts = texts(svg).1.into_iter();
        texts.map(|it| it.0.trim().to_owned()).collect()
    };
    let svg = draw(&plane(0.01, 0.5, true));
    // In the cell of 50 % as its value, and on the line.
    let fifty = |svg: &str| words(svg).iter().filter(|it| *it == "50 %").count();
    assert_eq!(fifty(&svg), 2);
    let said = finding(&svg);
    let wanted = "50 % is reached at party.b.control = 0.2 from clause.a.min_km = 90; \
                  at party.b.control = 0.5 from clause.a.min_km = 80; \
                  at party.b.control = 0.8 from clause.a.min_km = 70.";
    assert!(said.contains(wanted), "{said}");
    // Dashes where the intervals on both sides hold it.
    let dashes = |svg: &str| svg.matches("stroke-dasharray").count();
    assert_eq!(dashes(&svg), 0);
    assert!(dashes(&draw(&plane(0.3, 0.5, true))) > 0);
    // What is not within the values is said only if somebody asked.
    let far = draw(&plane(0.01, 0.95, true));
    assert!(words(&far).iter().any(|it| it.contains("No contour of 95 % in: Compliance, true.")));
    assert!(finding(&far).contains("95 % is reached at party.b.control = 0.2 nowhere"));
    let quiet = draw(&plane(0.01, 0.95, false));
    assert!(!quiet.contains("No contour") && !finding(&quiet).contains("is reached"));
    // Values without an order have no contour.
    let mut unordered = plane(0.01, 0.5, true);
    unordered.axes[1].values = vec!["weak".into(), "medium".into(), "strong".into()];
    assert!(unordered.axes[1].numbers().is_none());
    assert_eq!(fifty(&draw(&unordered)), 1);
    unordered.axes[1].values = vec!["2018-08-01".into(), "2018-09-01".into(), "2018-10-01".into()];
    assert!(unordered.axes[1].numbers().is_some_and(|(_, dates)| dates));
    assert_eq!(fifty(&draw(&unordered)), 2);
    unordered.axes[1].values.swap(0, 1);
    assert!(unordered.axes[1].numbers().is_none());
}

#[test]
fn variants_stand_beside_each_other_with_the_baseline_in_each() {
    let name = |n: usize| format!("Name {n}");
    let draw = |count, clauses| draw_variants(&variants(&name, count, clauses));
    assert!(draw(1, 3).is_none(), "one alone is compared with nothing");
    assert!(draw(3, 0).is_none());
    let svg = draw(3, 2).unwrap().svg;
    let words: Vec<String> = texts(&svg).1.into_iter().map(|it| it.0).collect();
    let times = |wanted: &str| words.iter().filter(|it| it.trim() == wanted).count();
    // Rows are variants, columns are clauses, with the mean on the last date.
    assert_eq!((times("Name 2"), times("baseline"), times("59 %")), (1, 1, 1));
    // The baseline's mean again in each panel of another variant.
    assert_eq!(svg.matches("stroke-dasharray").count(), 4);
    let said = finding(&svg);
    let wanted = "Name 1 on 2019-07-18: 69 % (5–95 % 49 % to 89 %) under Name 0; 66 % (5–95 % 46 % to 86 %) under Name 1;";
    assert!(said.contains(wanted), "{said}");
    // A mean over a few of the replicates is not drawn.
    let mut few = variants(&name, 3, 2);
    let of = |row: &TurnRow, point: u32| (row.point, row.subject.as_str()) == (point, "c0");
    few.turns.retain(|row| !of(row, 2));
    let rare = few.turns.iter_mut().filter(|row| of(row, 1));
    rare.for_each(|row| row.n = 3);
    let svg = draw_variants(&few).unwrap().svg;
    let words: Vec<String> = texts(&svg).1.into_iter().map(|it| it.0).collect();
    let times = |wanted: &str| words.iter().filter(|it| it.trim() == wanted).count();
    assert_eq!((times("in force in too few"), times("not in force")), (1, 1));
    // What is left out is said.
    let words: Vec<String> =
        texts(&draw(11, 6).unwrap().svg).1.into_iter().map(|it| it.0).collect();
    let all = words.join(" ");
    assert!(all.contains("2 more variants in turns.parquet"), "{all}");
    assert!(all.contains("The 4 clauses that differ most"), "{all}");
}
