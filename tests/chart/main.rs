//! Charts of made-up runs: deterministic, well-formed, legible.

mod inputs;

use disengage::chart::{ChartInput, Kind, draw, render};

fn all() -> Vec<(&'static str, ChartInput)> {
    vec![
        ("golan", inputs::golan()),
        ("tiny", inputs::tiny(46.0, 34.5, 60)),
        ("north", inputs::tiny(70.0, 28.0, 365)),
        ("date-line", inputs::tiny(66.5, 180.0, 400)),
        ("hostile", inputs::hostile()),
    ]
}

/// Writes every chart as PNG and SVG for a look.
#[test]
#[ignore = "writes files to look at"]
fn gallery() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, input) in all() {
        for kind in Kind::ALL {
            let Some(chart) = draw(kind, &input).unwrap() else {
                continue;
            };
            let stem = format!("{name}-{}", chart.name);
            println!("{stem}: {} kB", chart.svg.len() / 1024);
            std::fs::write(folder.join(format!("{stem}.svg")), &chart.svg).unwrap();
            let png = render::png(&chart.svg, 1.6).unwrap();
            std::fs::write(folder.join(format!("{stem}.png")), png).unwrap();
        }
    }
}
