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

/// The playback of a run; none where no force is on the map.
pub(super) fn of(model: &Model, it: &Playback) -> Option<Markup> {
    let (_, first, tracks) = it.replicates.first()?;
    let shown: Vec<ForceIndex> = model
        .forces
        .keys()
        .filter(|force| tracks.iter().any(|row| row.force == model.forces[*force].id))
        .collect();
    let parties = &model.parties;
    let forces = shown.iter().map(|force| {
        let commander = &parties[model.forces[*force].commander];
        let place = it.parties.iter().position(|id| *id == commander.id);
        PlaybackForce {
            title: model.forces[*force].title.clone(),
            party: (place.unwrap_or(it.parties.len()), commander.title.clone()),
            strength: first.tracks[*force].0,
        }
    });
    let days: Vec<u32> = it
        .dates
        .iter()
        .map(|date| (*date - model.calendar.start).whole_days().max(0) as u32)
        .collect();
    let runs = it.replicates.iter().map(|(name, trace, tracks)| {
        let told = registers::of(model, trace, &days);
        let states = shown.iter().map(|force| {
            let row = tracks.iter().find(|row| row.force == model.forces[*force].id);
            let (path, km) = row
                .map_or_else(Default::default, |row| along(model, it, row, apart(model, *force)));
            let own = &told[*force];
            PlaybackState {
                path,
                km,
                truth: own.truth.clone(),
                recorded: own.recorded.clone(),
                claimed: own.claimed.clone(),
            }
        });
        (name.clone(), states.collect())
    });
    let input = PlaybackInput {
        stage: &it.stage,
        dates: it.dates.iter().map(|date| words::date(*date)).collect(),
        forces: forces.collect(),
        runs: runs.collect(),
    };
    Some(section(&input))
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

/// A force of the playback.
#[derive(Debug)]
pub(super) struct PlaybackForce {
    /// What it is called.
    pub(super) title: String,
    /// Index of its party among the chart's parties, and what that is called.
    pub(super) party: (usize, String),
    /// Strength in persons.
    pub(super) strength: u32,
}

/// What is known of a force in one replicate; each list holds (turn, what), by turn.
#[derive(Debug, Default)]
pub(super) struct PlaybackState {
    /// Where it stands, in the units of the stage.
    pub(super) path: Vec<Place>,
    /// Its distance from the line, in words.
    pub(super) km: Vec<Said>,
    /// As it is.
    pub(super) truth: Vec<Said>,
    /// As monitors last recorded it, with the date.
    pub(super) recorded: Vec<Said>,
    /// As its party claims.
    pub(super) claimed: Vec<Said>,
}

/// What a playback shows.
#[derive(Debug)]
pub(super) struct PlaybackInput<'a> {
    /// The map.
    pub(super) stage: &'a Stage,
    /// Dates, in order, as shown.
    pub(super) dates: Vec<String>,
    /// Forces.
    pub(super) forces: Vec<PlaybackForce>,
    /// Replicates by name, each with the forces in the same order.
    pub(super) runs: Vec<(String, Vec<PlaybackState>)>,
}

/// The playback as a part of a page, with its script.
pub(super) fn section(input: &PlaybackInput<'_>) -> Markup {
    let colour = |hex: &str| match variable(hex) {
        Some(name) => format!("var({name})"),
        None => hex.to_owned(),
    };
    let ground = figures::inlined(input.stage.svg());
    // The marks stand inside the drawing, last, and can be reached by themselves.
    let ground =
        ground.replacen("role=\"img\"", "role=\"group\" aria-label=\"Map with forces\"", 1);
    let ground = ground.trim_end().trim_end_matches("</svg>");
    let polygon = |party: usize, strength: u32| {
        let mark = input.stage.mark(party, strength);
        let corners: Vec<String> =
            mark.corners.iter().map(|(x, y)| format!("{x:.0},{y:.0}")).collect();
        (corners.join(" "), colour(&mark.colour))
    };
    let marks = input.forces.iter().enumerate().map(|(n, force)| {
        let (corners, fill) = polygon(force.party.0, force.strength);
        html! {
            g data-force=(n) role="img" tabindex=(if n == 0 { "0" } else { "-1" })
                aria-label=(format!("{}, {}", force.title, force.party.1)) {
                polygon points=(corners) fill=(fill) {}
            }
        }
    });
    let mut parties: Vec<&(usize, String)> = input.forces.iter().map(|it| &it.party).collect();
    parties.sort_unstable();
    parties.dedup();
    let strongest = input.forces.iter().map(|it| it.strength).max().unwrap_or(1);
    html! {
        figure data-playback {
            div.board {
            ul.legend { @for (party, title) in parties {
                @let (corners, fill) = polygon(*party, strongest);
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
                    @for (n, (name, _)) in input.runs.iter().enumerate() {
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
                    max=(input.dates.len().saturating_sub(1));
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
            script type="application/json" { (PreEscaped(island(&data(input)))) }
            script { (PreEscaped(SCRIPT)) }
        }
    }
}

fn data(input: &PlaybackInput<'_>) -> Value {
    let forces = input.forces.iter().map(|force| {
        json!({ "title": escaped_line(&force.title), "party": escaped_line(&force.party.1),
                        "strength": force.strength })
    });
    let mut words = Words::default();
    let mut runs = Vec::new();
    for (name, states) in &input.runs {
        let states = states.iter().map(|state| {
            json!({ "path": state.path, "km": words.numbered(&state.km),
                    "truth": words.numbered(&state.truth),
                    "recorded": words.numbered(&state.recorded),
                    "claimed": words.numbered(&state.claimed) })
        });
        let states: Vec<Value> = states.collect();
        runs.push(json!({ "name": escaped_line(name), "forces": states }));
    }
    json!({ "dates": input.dates, "forces": forces.collect::<Vec<_>>(), "runs": runs,
            "words": words.all.into_iter().map(escaped_line).collect::<Vec<_>>() })
}

/// What is said of many forces on many dates, each once.
#[derive(Default)]
struct Words<'a> {
    all: Vec<&'a str>,
    numbers: BTreeMap<&'a str, usize>,
}

impl<'a> Words<'a> {
    /// The same with the number of what is said in place of it.
    fn numbered(&mut self, said: &'a [Said]) -> Vec<(usize, usize)> {
        let number = |(turn, words): &'a Said| {
            let number = *self.numbers.entry(words).or_insert_with(|| {
                self.all.push(words);
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
