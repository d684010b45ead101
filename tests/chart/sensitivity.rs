//! Sensitivity and discovery: rankings, planes and boxes, with any names.

use disengage::analysis::IndexRow;
use disengage::chart::{
    Chart, DiscoveryAxis, DiscoveryInput, DiscoveryPoint, SensitivityInput, draw_discovery,
    draw_sensitivity,
};
use resvg::usvg;

use crate::{render, texts};

const HOSTILE: [&str; 5] = [
    "distance asked for",
    "<script>alert(1)</script> & \"quotes\"",
    "מרחק המשיכה \u{202E}reversed",
    "😀 a title of an emoji",
    "a long title that goes on and on and on, and on, and on, and on, and on, and on, and on, and on",
];

fn title(at: usize) -> String {
    format!("{} {at}", HOSTILE[at % HOSTILE.len()])
}

/// So many parameters, each worth less than the one before.
fn sensitivity(effects: bool, parameters: usize) -> SensitivityInput {
    let mut rows = Vec::new();
    for at in 0..parameters {
        let size = 0.5 / (at as f64 + 1.0);
        let mut row = |index: &str, [estimate, low, high]: [f64; 3]| {
            rows.push(IndexRow {
                clause: String::new(),
                outcome: "compliance".into(),
                unit: "share".into(),
                register: "true".into(),
                design: "morris".into(),
                parameter: format!("p.{at}"),
                title: title(at),
                role: if at.is_multiple_of(3) { "lever" } else { "uncertainty" }.into(),
                index: index.into(),
                with: String::new(),
                estimate,
                low,
                high,
                n: 64,
                left_out: 0,
                mean: 0.4,
                sd: 0.1,
                noise: 0.02,
            });
        };
        let none = f64::NAN;
        if effects {
            row("size", [size, 0.7 * size, 1.4 * size]);
            row("mean", [-size, none, none]);
            row("spread", [size * (0.3 + 0.2 * (at % 5) as f64), none, none]);
        } else {
            row("first", [0.8 * size - 0.01, 0.6 * size - 0.03, size]);
            row("total", [size, 0.8 * size, 1.3 * size]);
            row("trend", [0.4, none, none]);
        }
    }
    SensitivityInput {
        about: super::about("A made-up agreement", 20, 1),
        outcome: "true compliance".into(),
        cost: "64 rows of 10 + 2 points".into(),
        rows,
    }
}

fn discovery(restricted: usize) -> DiscoveryInput {
    let axis = |at: usize| DiscoveryAxis {
        title: title(at),
        ticks: match at % 3 {
            0 => Vec::new(),
            1 => vec![(0.25, "flag".into()), (0.75, "command <b>".into())],
            _ => vec![(0.0, "2018-06-01".into()), (1.0, "2018-12-31".into())],
        },
        span: at.is_multiple_of(3).then_some((40.0, 100.0)),
        ends: ["40 km".into(), "100 km".into()],
        inside: vec![[0.55, 1.0]],
        restriction: format!("{} over 74 km", title(at)),
        quasi_p: 0.0002 + 0.01 * at as f64,
    };
    let mut axes: Vec<DiscoveryAxis> = (0..restricted).map(axis).collect();
    if restricted == 1 {
        axes.push(DiscoveryAxis {
            restriction: String::new(),
            quasi_p: f64::NAN,
            inside: vec![[0.0, 1.0]],
            ..axis(0)
        });
    }
    let points = (0..200).map(|at| {
        let place = |k: usize| ((at * (7 + 12 * k) + 3 * k) % 200) as f64 / 199.0;
        let places: Vec<f64> = (0..axes.len()).map(place).collect();
        DiscoveryPoint {
            of_interest: places[0] > 0.6,
            inside: places.iter().all(|it| *it >= 0.55),
            at: places,
        }
    });
    DiscoveryInput {
        about: super::about("A made-up agreement", 20, 1),
        interest: "true compliance under 50 %".into(),
        finding: "Distance over 74 km: true compliance is under 50 % at 81 % of such points."
            .into(),
        coverage: 0.62,
        density: 0.81,
        restricted,
        parameters: 10,
        points: points.collect(),
        axes,
    }
}

fn all() -> Vec<(String, Chart)> {
    let mut all = Vec::new();
    for parameters in [1, 3, 14, 40] {
        for effects in [false, true] {
            let chart = draw_sensitivity(&sensitivity(effects, parameters)).unwrap();
            all.push((format!("{}-{parameters}", chart.name), chart));
        }
    }
    for restricted in [1, 2, 3, 8] {
        let chart = draw_discovery(&discovery(restricted)).unwrap();
        all.push((format!("{}-{restricted}", chart.name), chart));
    }
    all
}

#[test]
fn every_text_has_its_place_and_names_stay_text() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, chart) in all() {
        let png = render::png(&chart.svg, 1.6).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
        let document = usvg::roxmltree::Document::parse(&chart.svg).unwrap();
        assert!(!document.descendants().any(|it| it.has_tag_name("script")));
        assert!(!chart.svg.contains("NaN") && !chart.svg.contains("inf\""), "{name}");
        let ((width, height), texts) = texts(&chart.svg);
        for (at, (words, a)) in texts.iter().enumerate() {
            let inside = a.left() >= 4.0
                && a.top() >= 4.0
                && a.right() <= width - 4.0
                && a.bottom() <= height - 4.0;
            assert!(inside, "{name}: {words} {a:?}");
            for (others, b) in &texts[..at] {
                let wide = a.right().min(b.right()) - a.left().max(b.left());
                let high = a.bottom().min(b.bottom()) - a.top().max(b.top());
                assert!(wide < 0.6 || high < 0.6, "{name}: “{words}” on “{others}”");
            }
        }
    }
}

#[test]
fn the_finding_is_told_to_those_who_do_not_see_it() {
    let chart = draw_sensitivity(&sensitivity(false, 3)).unwrap();
    assert!(chart.svg.contains("accounts for 39 % of the variance"), "{}", chart.svg.len());
    let chart = draw_discovery(&discovery(2)).unwrap();
    assert!(chart.svg.contains("at 81 % of such points"));
    let words: Vec<String> = texts(&chart.svg).1.into_iter().map(|it| it.0).collect();
    assert!(words.iter().any(|it| it.starts_with("Coverage 62 %, density 81 %")), "{words:?}");
}

#[test]
fn nothing_to_show_is_no_chart() {
    assert!(draw_sensitivity(&sensitivity(true, 0)).is_none());
    let mut none = discovery(2);
    none.axes.clear();
    assert!(draw_discovery(&none).is_none());
}
