//! Signals: what a command does when it is told to stop.

use std::sync::atomic::{AtomicBool, Ordering};

use super::exit::{Failure, INTERRUPTED};
use super::terminal;
use crate::store::abandon;

/// Set while blocks are run: those begun are finished, no other is begun.
static FINISHING: AtomicBool = AtomicBool::new(false);
/// Whether blocks are to be begun no more.
static STOP: AtomicBool = AtomicBool::new(false);

/// From now on SIGINT, SIGTERM and SIGHUP end this command: nothing half-written stays
/// behind. A signal that whoever started it had switched off (`nohup`) stays off.
pub(super) fn listen() -> Result<(), Failure> {
    on_signal(|| {
        if FINISHING.load(Ordering::SeqCst) && !STOP.swap(true, Ordering::SeqCst) {
            return;
        }
        abandon();
        terminal::complain(
            "interrupted: nothing half-written is left; the same command starts again",
        );
        std::process::exit(i32::from(INTERRUPTED));
    })
    .map_err(|error| Failure::fault(format!("signals cannot be caught: {error}")))
}

/// While this stands, a first signal only asks to begin nothing more; a second one ends
/// the command. Parts are whole or not there, so nothing is lost but what was being run.
pub(super) struct Finishing;

impl Finishing {
    pub(super) fn begin() -> Self {
        FINISHING.store(true, Ordering::SeqCst);
        Self
    }

    /// Set when nothing more is to be begun.
    pub(super) fn stop(&self) -> &'static AtomicBool {
        &STOP
    }
}

impl Drop for Finishing {
    fn drop(&mut self) {
        FINISHING.store(false, Ordering::SeqCst);
    }
}

#[cfg(unix)]
fn on_signal(act: impl Fn() + Send + 'static) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let all = [SIGINT, SIGTERM, SIGHUP];
    let heard = all.into_iter().filter(|signal| !is_ignored(*signal));
    let mut signals = signal_hook::iterator::Signals::new(heard)?;
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(move || signals.forever().for_each(|_| act()))
        .map(|_| ())
}

/// Whether this process was started with a signal switched off, where the system says so.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & (1 << (signal - 1)) != 0)
}

#[cfg(not(unix))]
fn on_signal(act: impl Fn() + Send + 'static) -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(act)
}
