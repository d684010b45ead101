//! The size of a run, reckoned before it begins, against what happens.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use disengage::experiment::{Size, trace};
use disengage::scenario::{BUNDLED, load};

/// Within a factor that leaves a limit its sense: what is reckoned is what happens, but
/// for changes of mind, movements and what others make of all that.
#[test]
fn what_is_reckoned_is_about_what_happens() {
    for bundled in BUNDLED {
        let model = load(bundled.name, &[]).unwrap().model;
        let size = Size::of(&model);
        let events: usize = trace(&model, 1, 0).events.len();
        println!(
            "{}: {:.0} reckoned, {events} events, {:.0} cells, {:.2} ms, {:.1} MB {:?}",
            bundled.name,
            size.count(),
            size.cells,
            1e3 * size.seconds(),
            size.bytes() / 1e6,
            &size.happenings[..4.min(size.happenings.len())],
        );
        let ratio = size.count() / events as f64;
        assert!((0.1..20.0).contains(&ratio), "{}: {ratio}", bundled.name);
    }
}
