//! A progress bar on a terminal; nothing in a pipe.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar for so many runs.
pub(super) fn bar(runs: u64) -> ProgressBar {
    // indicatif hides a bar whose target is no terminal.
    let bar = ProgressBar::with_draw_target(Some(runs), ProgressDrawTarget::stderr());
    if let Ok(style) =
        ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} runs, {eta} left")
    {
        bar.set_style(style);
    }
    bar
}
