//! Where forces stand at the end, over all replicates.

use super::legend::Shown;
use super::picture::sheet;
use crate::chart::{ChartDensity, ChartInput, ChartTrack, series, text};
use crate::geo::distance_m;

/// Places of one party nearer than this to each other are one, metres.
const NEAR_M: f64 = 4000.0;
/// A mean of fewer persons than this leaves no mark.
const FEWEST: f64 = 0.5;

/// Draws the map; `None` without places.
pub(in crate::chart) fn draw(input: &ChartInput) -> Option<String> {
    let heaps = heaps(input);
    if heaps.is_empty() {
        return None;
    }
    let persons = |heap: &ChartDensity| heap.persons.round().clamp(1.0, 1e9) as u32;
    let tracks = heaps.iter().filter(|heap| heap.persons >= FEWEST).map(|heap| ChartTrack {
        force: String::new(),
        commander: heap.commander,
        strength: persons(heap),
        bound: heap.bound,
        path: vec![heap.position],
    });
    let of_the_end = ChartInput { tracks: tracks.collect(), ..input.clone() };
    let subtitle = format!(
        "Where forces stand at the end ({}), over all replicates: persons about each place, true \
         position, mean over N = {} replicates. A force that ends in different places in different \
         replicates is shared out among them.",
        series::long(input.end),
        text::grouped(input.about.replicates)
    );
    sheet(&of_the_end, &subtitle, Shown::Density)
}

/// Places of a party that lie close together as one, in the middle of their persons; the
/// greatest first.
fn heaps(input: &ChartInput) -> Vec<ChartDensity> {
    let mut sorted = input.density.clone();
    sorted.sort_by(|a, b| b.persons.total_cmp(&a.persons));
    let mut heaps: Vec<ChartDensity> = Vec::new();
    for it in sorted {
        let near = heaps.iter_mut().find(|heap| {
            (heap.commander, heap.bound) == (it.commander, it.bound)
                && distance_m(heap.position, it.position) < NEAR_M
        });
        match near {
            Some(heap) => heap.persons += it.persons,
            None => heaps.push(it),
        }
    }
    heaps
}
