//! Charts of made-up runs: deterministic, well-formed, legible.

#[cfg(test)]
mod bundled;
#[cfg(test)]
mod counts;
#[cfg(test)]
mod film;
#[cfg(test)]
mod inputs;
#[cfg(test)]
mod points;
#[cfg(test)]
mod sensitivity;
#[cfg(test)]
mod status;

use disengage::chart::{About, Chart, ChartInput, Kind, draw, font, render};
use resvg::usvg::{self, Group, Node, Options, Rect, Tree};

fn all() -> Vec<(&'static str, ChartInput)> {
    vec![
        ("golan", inputs::golan()),
        ("tiny", inputs::tiny(46.0, 34.5, 60)),
        ("north", inputs::tiny(70.0, 28.0, 365)),
        ("date-line", inputs::tiny(66.5, 180.0, 400)),
        ("hostile", inputs::hostile()),
    ]
}

#[cfg(test)]
fn about(title: &str, replicates: u64, seed: u64) -> About {
    About { title: title.into(), replicates, seed, version: "0.1.0".into() }
}

#[cfg(test)]
fn charts(input: &ChartInput) -> Vec<Chart> {
    let drawn = Kind::ALL.into_iter().map(|kind| draw(kind, input));
    drawn.flatten().collect()
}

/// The sheet's size and what each text on it covers with ink, as it is drawn.
#[cfg(test)]
fn texts(svg: &str) -> ((f32, f32), Vec<(String, Rect)>) {
    fn gather(group: &Group, out: &mut Vec<(String, Rect)>) {
        for node in group.children() {
            match node {
                Node::Group(group) => gather(group, out),
                Node::Text(text) => {
                    let words = text.chunks().iter().map(|c| c.text()).collect();
                    // Without the rim that sets it off from lines.
                    let ink = text.flattened().abs_bounding_box();
                    out.push((words, ink));
                }
                _ => {}
            }
        }
    }
    let options = Options {
        font_family: font::FAMILY.to_owned(),
        fontdb: render::database(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).unwrap();
    let mut out = Vec::new();
    gather(tree.root(), &mut out);
    ((tree.size().width(), tree.size().height()), out)
}

/// Every chart can be rasterised; the files are there to look at, in
/// `target/tmp/gallery`.
#[test]
fn every_chart_becomes_a_png() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, input) in all() {
        for chart in charts(&input) {
            let stem = format!("{name}-{}", chart.name);
            std::fs::write(folder.join(format!("{stem}.svg")), &chart.svg).unwrap();
            let png = render::png(&chart.svg, 1.6).unwrap();
            assert!(png.starts_with(b"\x89PNG"), "{stem}");
            std::fs::write(folder.join(format!("{stem}.png")), png).unwrap();
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(charts(&inputs::golan()), charts(&inputs::golan()));
}

#[test]
#[cfg(test)]
fn charts_are_well_formed_whatever_the_names_are() {
    for (name, input) in all() {
        let drawn = charts(&input);
        // Records, reach and what is counted only where there is anything of them.
        let kinds = if input.records.is_empty() { 5 } else { 14 };
        assert_eq!(drawn.len(), kinds, "{name}");
        for chart in drawn {
            let document = usvg::roxmltree::Document::parse(&chart.svg).unwrap();
            let tags = |tag: &str| document.descendants().filter(|n| n.has_tag_name(tag)).count();
            assert_eq!(tags("script"), 0);
            assert_eq!((tags("title"), tags("desc"), tags("style")), (1, 1, 1));
            let opening = chart.svg.find('>').unwrap();
            assert!(chart.svg[opening + 1..].starts_with(&font::css_face()));
            assert!(chart.svg.len() < 400_000, "{name} {}", chart.name);
            assert!(!chart.svg.contains("NaN") && !chart.svg.contains("inf\""));
        }
    }
}

#[test]
fn no_text_leaves_the_sheet() {
    for (name, input) in all() {
        for chart in charts(&input) {
            stays_inside(&format!("{name} {}", chart.name), &chart.svg);
        }
    }
}

#[cfg(test)]
fn stays_inside(name: &str, svg: &str) {
    let ((width, height), texts) = texts(svg);
    assert!(texts.len() > 10, "{name}");
    for (words, ink) in texts {
        let inside = ink.left() >= 4.0
            && ink.top() >= 4.0
            && ink.right() <= width - 4.0
            && ink.bottom() <= height - 4.0;
        assert!(inside, "{name}: {words} {ink:?}");
    }
}

#[test]
fn no_text_covers_another() {
    for (name, input) in all() {
        for chart in charts(&input) {
            stands_apart(&format!("{name} {}", chart.name), &chart.svg);
        }
    }
}

#[cfg(test)]
fn stands_apart(name: &str, svg: &str) {
    let texts = texts(svg).1;
    for (n, (words, a)) in texts.iter().enumerate() {
        for (others, b) in &texts[..n] {
            let wide = a.right().min(b.right()) - a.left().max(b.left());
            let high = a.bottom().min(b.bottom()) - a.top().max(b.top());
            let clear = wide < 0.6 || high < 0.6;
            assert!(clear, "{name}: “{words}” on “{others}”");
        }
    }
}

#[test]
fn the_map_names_what_matters() {
    let chart = draw(Kind::Map, &inputs::golan()).unwrap();
    let words: Vec<String> = texts(&chart.svg).1.into_iter().map(|t| t.0).collect();
    for wanted in ["Line A (Alpha)", "70 km", "80 km", "Albukamal, 485 km →", "As Sanamayn"] {
        assert!(words.iter().any(|w| w.trim() == wanted), "{wanted} in {words:?}");
    }
    assert!(words.iter().any(|w| w.contains("Made with Natural Earth")));
    assert!(chart.svg.contains("bound persons"));
}

#[test]
fn a_kind_that_does_not_apply_is_none() {
    let none = |kind, input: &ChartInput| assert!(draw(kind, input).is_none());
    let mut input = inputs::tiny(46.0, 34.5, 60);
    input.clauses[0].distance_km = None;
    none(Kind::Distance, &input);
    input.turns.clear();
    none(Kind::Compliance, &input);
    none(Kind::Status, &input);
    input.clauses.clear();
    input.phases.clear();
    none(Kind::Timeline, &input);
    none(Kind::Records, &input);
    none(Kind::Reach, &input);
    for kind in [
        Kind::Density,
        Kind::Occupancy,
        Kind::Caps,
        Kind::Deliveries,
        Kind::Monitors,
        Kind::Escalation,
        Kind::Risks,
    ] {
        none(kind, &input);
    }
    input.curves.clear();
    assert!(draw(Kind::Map, &input).is_some(), "forces without a line");
    input.tracks.clear();
    input.sites.clear();
    none(Kind::Map, &input);
}

#[test]
fn odd_inputs_are_drawn() {
    let mut input = inputs::tiny(46.0, 34.5, 60);
    input.end = input.start;
    charts(&input);
    for row in &mut input.turns {
        row.mean = f64::NAN;
    }
    charts(&input);
    let mut input = inputs::tiny(89.9, 0.0, 60);
    input.tracks[0].path.truncate(1);
    input.tracks[1].commander = 99;
    input.tracks[2].strength = 0;
    input.turns.iter_mut().for_each(|row| row.q95 = f64::INFINITY);
    for chart in charts(&input) {
        render::png(&chart.svg, 1.0).unwrap();
        assert!(!chart.svg.contains("NaN"));
    }
}

/// What a drawing says to those who do not see it.
#[cfg(test)]
fn finding(svg: &str) -> &str {
    let (_, rest) = svg.split_once("<desc>").unwrap();
    rest.split_once("</desc>").unwrap().0
}

#[test]
fn reach_is_said_with_its_spread_where_replicates_differ() {
    let chart = draw(Kind::Reach, &inputs::golan()).unwrap();
    let said = finding(&chart.svg);
    for wanted in [
        "70–80 km demanded",
        "Fateh-110 missile launcher (range 300 km) reach 155 km across the line on average, \
         11 weapons in reach, 0 % taken out of reach",
        "reach 11.2 km across the line on average, 5–95 % of n = 1,000 replicates 5.3 to 17.1 km",
        "1 of 4 classes do not reach across",
    ] {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
    let words: Vec<String> = texts(&chart.svg).1.into_iter().map(|t| t.0).collect();
    let times = |wanted: &str| words.iter().filter(|w| w.trim() == wanted).count();
    // Two clauses; the same in all replicates is said, and drawn, without a spread.
    assert_eq!((times("155 km"), times("11")), (2, 2), "{words:?}");
    assert_eq!((times("11.2 km (5.3–17.1)"), times("24 %")), (2, 2), "{words:?}");
    assert_eq!((times("0 km"), times("none in reach on D-day")), (4, 2));
    let drawn = |sd: f64| {
        let mut input = inputs::golan();
        let one = |it: &disengage::record::TurnRow| it.subject.ends_with("/fajr-5");
        input.turns.retain(one);
        input.turns.iter_mut().for_each(|it| it.sd = sd);
        let svg = draw(Kind::Reach, &input).unwrap().svg;
        svg.matches("<polyline").count()
    };
    // A class of two clauses: the spread and both of its ends.
    assert_eq!(drawn(1.0) - drawn(0.0), 2 * 3);
}
