//! Forces on the map from date to date: the drawing, its data and its controls.

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::{figures, registers, words};
use crate::chart::{Stage, variable};
use crate::diag::escaped_line;
use crate::experiment::Trace;
use crate::geo::Line;
use crate::model::{ForceIndex, Model};
use crate::results::TrackRow;

pub(super) const STYLE: &str = include_str!("assets/playback.css");
const SCRIPT: &str = include_str!("assets/playback.js");

/// What the playback of a run is made from.
#[derive(Debug)]
pub struct Playback {
    /// The map.
    pub stage: Stage,
    /// The dates on which positions were recorded, in order.
    pub dates: Vec<time::Date>,
    /// Parties in the order of the map's colours, by id.
    pub parties: Vec<String>,
    /// Replicates: what each is called, what happened in it, and where forces were.
    pub replicates: Vec<(String, Trace, Vec<TrackRow>)>,
}

/// How far forces at one place are set apart, in units of the drawing.
const APART: f64 = 95.0;

/// The playback of a run as a part of its page, with its script; none where no force is on
/// the map.
pub(super) fn of(model: &Model, it: &Playback) -> Option<Markup> {
    let (_, first, tracks) = it.replicates.first()?;
    let on_map = |force: ForceIndex| tracks.iter().any(|row| row.force == model.forces[force].id);
    let forces = model.forces.keys().filter(|force| on_map(*force)).map(|number| {
        let force = &model.forces[number];
        let commander = &model.parties[force.commander];
        let party = it.parties.iter().position(|id| *id == commander.id);
        Force {
            number,
            title: &force.title,
            party: (party.unwrap_or(it.parties.len()), &commander.title),
            strength: first.tracks[number].0,
        }
    });
    let forces: Vec<Force<'_>> = forces.collect();
    let data = data(model, it, &forces);
    Some(section(it, &forces, &data))
}

/// A force on the map.
struct Force<'a> {
    /// Its index in the model.
    number: ForceIndex,
    /// What it is called.
    title: &'a str,
    /// Index of its party among the chart's parties, and what that is called.
    party: (usize, &'a str),
    /// Strength in persons.
    strength: u32,
}

/// How a force is set apart from the others of its home, on rings round it.
fn apart(model: &Model, force: ForceIndex) -> (f64, f64) {
    let home = model.forces[force].home;
    let before = model.forces[..force].iter().filter(|it| it.home == home);
    let (mut n, mut ring) = (before.count(), 0);
    while n > 6 * ring {
        n -= (6 * ring).max(1);
        ring += 1;
    }
    let angle = std::f64::consts::TAU * n as f64 / (6 * ring).max(1) as f64;
    let radius = APART * f64::from(ring as u32);
    (radius * libm::cos(angle), radius * libm::sin(angle))
}

/// By turn, where a force is and how far from the nearest line a clause measures from.
fn along(
    model: &Model,
    it: &Playback,
    row: &TrackRow,
    (dx, dy): (f64, f64),
) -> (Vec<Place>, Vec<Said>) {
    let lines: Vec<(&str, Line)> = model
        .curves
        .iter()
        .filter(|curve| curve.in_use)
        .filter_map(|curve| Some((curve.title.as_str(), Line::new(curve.points.clone()).ok()?)))
        .collect();
    let mut path: Vec<Place> = Vec::new();
    let mut km = Vec::new();
    for (date, place) in &row.path {
        let turn = it.dates.partition_point(|own| own.to_string() < *date);
        let (x, y) = it.stage.point(*place);
        // It stood until the turn before.
        if let Some((last, x, y)) = path.last().copied()
            && last + 1 < turn
        {
            path.push((turn - 1, x, y));
        }
        path.push((turn, x + dx, y + dy));
        let nearest = lines
            .iter()
            .map(|(title, line)| (line.distance_m(*place) / 1000.0, *title))
            .filter(|(km, _)| km.is_finite())
            .min_by(|a, b| a.0.total_cmp(&b.0));
        km.push((
            turn,
            match nearest {
                Some((km, title)) => format!("{km:.1} km from {title}"),
                None => String::new(),
            },
        ));
    }
    (path, km)
}

/// A turn, and where something is in the units of the stage.
type Place = (usize, f64, f64);
/// A turn, and what is said from it on.
type Said = (usize, String);

/// The drawing, its controls, and the data and the script that move it.
fn section(it: &Playback, forces: &[Force<'_>], data: &Value) -> Markup {
    let colour = |hex: &str| match variable(hex) {
        Some(name) => format!("var({name})"),
        None => hex.to_owned(),
    };
    let ground = figures::inlined(it.stage.svg());
    // The marks stand inside the drawing, last, and can be reached by themselves.
    let ground =
        ground.replacen("role=\"img\"", "role=\"group\" aria-label=\"Map with forces\"", 1);
    let ground = ground.trim_end().trim_end_matches("</svg>");
    let polygon = |party: usize, strength: u32| {
        let mark = it.stage.mark(party, strength);
        let corners: Vec<String> =
            mark.corners.iter().map(|(x, y)| format!("{x:.0},{y:.0}")).collect();
        (corners.join(" "), colour(&mark.colour))
    };
    let marks = forces.iter().enumerate().map(|(n, force)| {
        let (corners, fill) = polygon(force.party.0, force.strength);
        html! {
            g data-force=(n) role="img" tabindex=(if n == 0 { "0" } else { "-1" })
                aria-label=(format!("{}, {}", force.title, force.party.1)) {
                polygon points=(corners) fill=(fill) {}
            }
        }
    });
    let mut parties: Vec<(usize, &str)> = forces.iter().map(|it| it.party).collect();
    parties.sort_unstable();
    parties.dedup();
    let strongest = forces.iter().map(|it| it.strength).max().unwrap_or(1);
    html! {
        figure data-playback {
            div.board {
            ul.legend { @for (party, title) in parties {
                @let (corners, fill) = polygon(party, strongest);
                li {
                    svg viewBox="-110 -110 220 220" aria-hidden="true" { polygon points=(corners) fill=(fill) {} }
                    bdi { (title) }
                }
            } }
            (PreEscaped(ground))
            @for mark in marks { (mark) }
            (PreEscaped("</svg>"))
            }
            div.beside {
            div data-part="controls" hidden {
                label { "Replicate " select data-part="which" {
                    @for (n, (name, ..)) in it.replicates.iter().enumerate() {
                        option value=(n) { (name) }
                    }
                } }
                button type="button" data-part="back" { "Step back" }
                button type="button" data-part="play" { "Play" }
                button type="button" data-part="on" { "Step forward" }
                label { "Speed " select data-part="speed" {
                    option value="2" { "2 dates a second" }
                    option value="5" selected { "5 dates a second" }
                    option value="15" { "15 dates a second" }
                } }
                input type="range" data-part="slider" aria-label="Date" min="0" value="0"
                    max=(it.dates.len().saturating_sub(1));
                span data-part="date" {}
                span data-part="told" aria-live="polite" {}
            }
            div data-part="tip" {
                @for _ in 0..6 { div dir="auto" {} }
            }
            p.note {
                    "Size: strength in persons. Forces at one place are set apart a little; what leaves the map is not shown. "
                    "Thick lines: distances are measured from them; long dashes: at one distance from them; \
                     dashes and dots: areas that clauses name; thin dashes: borders."
                }
                p.note data-part="hint" {
                "Point at a force, or reach the forces with Tab and go from one to the next with the up and down arrows. On a force, Space plays \
                 and pauses, the left and right arrows step, Home and End go to the first and last date, \
                 Escape hides what is told of it."
            }
            }
            noscript { p { "The playback needs scripts; the map among the charts shows where each force starts and ends." } }
            script type="application/json" { (PreEscaped(island(data))) }
            script { (PreEscaped(SCRIPT)) }
        }
    }
}

/// Dates, forces, and of each replicate where every force is on each date and what is so,
/// recorded and claimed of it.
fn data(model: &Model, it: &Playback, forces: &[Force<'_>]) -> Value {
    let days = it.dates.iter().map(|date| (*date - model.calendar.start).whole_days());
    let days: Vec<u32> = days.map(|days| days.max(0) as u32).collect();
    let mut words = Words::default();
    let runs = it.replicates.iter().map(|(name, trace, tracks)| {
        let told = registers::of(model, trace, &days);
        let states = forces.iter().map(|force| {
            let row = tracks.iter().find(|row| row.force == model.forces[force.number].id);
            let set_apart = apart(model, force.number);
            let (path, km) =
                row.map_or_else(Default::default, |row| along(model, it, row, set_apart));
            let own = &told[force.number];
            json!({ "path": path, "km": words.numbered(&km),
                    "truth": words.numbered(&own.truth),
                    "recorded": words.numbered(&own.recorded),
                    "claimed": words.numbered(&own.claimed) })
        });
        json!({ "name": escaped_line(name), "forces": states.collect::<Vec<_>>() })
    });
    let runs: Vec<Value> = runs.collect();
    let forces = forces.iter().map(|force| {
        json!({ "title": escaped_line(force.title), "party": escaped_line(force.party.1),
                "strength": force.strength })
    });
    let dates = it.dates.iter().map(|date| words::date(*date));
    json!({ "dates": dates.collect::<Vec<_>>(), "forces": forces.collect::<Vec<_>>(),
            "runs": runs, "words": words.all })
}

/// What is said of many forces on many dates, each once.
#[derive(Default)]
struct Words {
    all: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Words {
    /// The same with the number of what is said in place of it.
    fn numbered(&mut self, said: &[Said]) -> Vec<(usize, usize)> {
        let number = |(turn, words): &Said| {
            let number = *self.numbers.entry(words.clone()).or_insert_with(|| {
                self.all.push(escaped_line(words).into_owned());
                self.all.len() - 1
            });
            (*turn, number)
        };
        said.iter().map(number).collect()
    }
}

/// JSON that ends no element of a page and no line of a script.
fn island(value: &Value) -> String {
    let mut out = String::new();
    for letter in value.to_string().chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_island_stays_json_and_ends_no_element() {
        let value = json!({ "title": "</script><b>&\u{2028}\u{2029} ש 🛡" });
        let text = island(&value);
        assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
