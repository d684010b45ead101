//! A replicate replayed without one of its events.

use disengage::engine::{EventKind, Suppressed};
use disengage::experiment::{Trace, trace, trace_suppressing};
use disengage::model::OutsideIndex;
use disengage::scenario::{BUNDLED, load};
use std::mem::discriminant;

fn told(trace: &Trace) -> String {
    format!("{:?} {:?} {:?}", trace.run, trace.events, trace.tracks)
}

/// Leaving out what never happened is leaving out nothing.
#[test]
fn without_nothing_is_the_run_itself() {
    for it in BUNDLED {
        let model = load(it.name, &[]).unwrap().model;
        let run = told(&trace(&model, 1, 3));
        let never = (0, EventKind::Outside { event: OutsideIndex::NONE });
        assert_eq!(run, told(&trace_suppressing(&model, 1, 3, [never])), "{}", it.name);
    }
}

/// Of every kind that can be left out and that happens: the event is gone, and
/// what happened on the days before is untouched.
#[test]
fn what_is_left_out_is_gone_and_the_days_before_stand() {
    let mut kinds = Vec::new();
    for it in BUNDLED {
        let model = load(it.name, &[]).unwrap().model;
        let whole = trace(&model, 1, 0);
        let mut here = Vec::new();
        for event in whole.events.iter().filter(|it| Suppressed::can(it.kind)) {
            let kind = discriminant(&event.kind);
            if here.contains(&kind) {
                continue;
            }
            here.push(kind);
            let named = (event.day, event.kind);
            let left = trace_suppressing(&model, 1, 0, [named]);
            let gone = left.events.iter().all(|it| (it.day, it.kind) != named);
            assert!(gone, "{}: {event:?} still happens", it.name);
            let before = |trace: &Trace| {
                let days = trace.events.iter().filter(|it| it.day < event.day);
                days.copied().collect::<Vec<_>>()
            };
            assert_eq!(before(&left), before(&whole), "{}: {event:?}", it.name);
        }
        kinds.extend(here.into_iter().filter(|it| !kinds.contains(it)).collect::<Vec<_>>());
    }
    assert!(kinds.len() >= 5, "only {} kinds happened", kinds.len());
}
