//! Changed scenarios through loading, and those that are good through a run: counts them,
//! and keeps what panics, takes more than 5 s, or needs more than 1 GB.
//!
//! `mutate [--loads N] [--runs N] [--seed N] [--threads N] [--to FOLDER] [--only NUMBER]
//! [--most BYTES]`: of scenarios that are good to begin with, only those so short.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use disengage_fuzz::change::{self, Pool};
use disengage_fuzz::{seeds, target};
use fastrand::Rng;

/// Longer than this is a finding.
const SLOW: Duration = Duration::from_secs(5);
/// After so long nothing more is waited for.
const HANGS: Duration = Duration::from_secs(60);
/// More resident memory than this, of all threads, is a finding.
const MAX_KB: u64 = 1_000_000;
/// Inputs kept of one place that panics.
const KEPT: u64 = 3;

thread_local! {
    /// Where this thread last panicked, and what it said.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

struct Options {
    loads: u64,
    runs: u64,
    seed: u64,
    threads: u64,
    to: PathBuf,
    only: Option<u64>,
    most: usize,
}

impl Options {
    fn read() -> Self {
        let mut it = Self {
            loads: 10_000,
            runs: 100,
            seed: 1,
            threads: 1,
            to: "findings".into(),
            only: None,
            most: usize::MAX,
        };
        let mut words = std::env::args().skip(1);
        while let (Some(option), Some(value)) = (words.next(), words.next()) {
            let number = || value.parse().expect("a number");
            match option.as_str() {
                "--loads" => it.loads = number(),
                "--most" => it.most = number() as usize,
                "--runs" => it.runs = number(),
                "--seed" => it.seed = number(),
                "--threads" => it.threads = number(),
                "--to" => it.to = value.into(),
                "--only" => it.only = Some(number()),
                _ => panic!("{option} is no option"),
            }
        }
        it
    }
}

/// What there is to change.
struct Bases {
    good: Vec<String>,
    odd: Vec<String>,
}

impl Bases {
    /// The input of a number, always the same of a seed.
    fn input(&self, seed: u64, number: u64) -> String {
        let mut rng = Rng::with_seed(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number);
        let from = if rng.u8(..8) == 0 { &self.odd } else { &self.good };
        let text = &from[rng.usize(..from.len())];
        let pool = Pool::shared();
        match rng.u8(..8) {
            0 => change::bytes(text, pool, &mut rng),
            1 => {
                let changed = change::toml(text, pool, &mut rng);
                change::bytes(&changed.unwrap_or_else(|| text.clone()), pool, &mut rng)
            }
            _ => change::toml(text, pool, &mut rng).unwrap_or_else(|| text.clone()),
        }
    }
}

/// What has been seen so far.
#[derive(Default)]
struct Seen {
    next: AtomicU64,
    valid: AtomicU64,
    refused: AtomicU64,
    run: AtomicU64,
    slow: AtomicU64,
    /// By place and message: how often.
    panics: Mutex<BTreeMap<String, u64>>,
    /// The longest load and the longest run, each with its number.
    longest: Mutex<[(Duration, u64); 2]>,
}

/// What a thread is at.
type Slot = Mutex<Option<(Instant, u64, String)>>;

fn keep(to: &Path, kind: &str, number: u64, text: &str) {
    fs::create_dir_all(to).expect("a folder for findings");
    let path = to.join(format!("{kind}-{number}.toml"));
    fs::write(&path, text).expect("a finding");
    println!("kept {}", path.display());
}

/// Loads an input, and runs it if it is good and runs are wanted; whether it is good.
fn through(text: &str, number: u64, options: &Options, seen: &Seen) {
    let begun = Instant::now();
    let loaded = catch_unwind(AssertUnwindSafe(|| target::load(text))).ok().flatten();
    let taken = begun.elapsed();
    note(seen, 0, taken, number);
    let Some(loaded) = loaded else {
        seen.refused.fetch_add(1, Relaxed);
        return;
    };
    seen.valid.fetch_add(1, Relaxed);
    if !target::is_small(&loaded.model) {
        return;
    }
    if seen.run.fetch_add(1, Relaxed) >= options.runs {
        seen.run.fetch_sub(1, Relaxed);
        return;
    }
    let begun = Instant::now();
    let ran = catch_unwind(AssertUnwindSafe(|| target::run(&loaded.model)));
    note(seen, 1, begun.elapsed(), number);
    if let Ok(Err(why)) = ran {
        PANIC.with_borrow_mut(|it| it.get_or_insert(why).clone());
    }
}

fn note(seen: &Seen, what: usize, taken: Duration, number: u64) {
    let longest = &mut seen.longest.lock().expect("a lock")[what];
    *longest = (*longest).max((taken, number));
    if taken > SLOW {
        seen.slow.fetch_add(1, Relaxed);
    }
}

fn work(bases: &Bases, options: &Options, seen: &Seen, slot: &Slot) {
    loop {
        let number = seen.next.fetch_add(1, Relaxed);
        if number >= options.loads {
            return;
        }
        let text = bases.input(options.seed, number);
        *slot.lock().expect("a lock") = Some((Instant::now(), number, text.clone()));
        through(&text, number, options, seen);
        *slot.lock().expect("a lock") = None;
        if let Some(panic) = PANIC.take() {
            let mut panics = seen.panics.lock().expect("a lock");
            let count = panics.entry(panic.clone()).or_default();
            *count += 1;
            if *count <= KEPT {
                println!("{panic}");
                keep(&options.to, "panic", number, &text);
            }
        }
    }
}

/// A line of /proc/self/status, in KB.
fn kilobytes(of: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(of));
    let word = line.and_then(|rest| rest.split_whitespace().nth(1));
    word.and_then(|it| it.parse().ok()).unwrap_or_default()
}

/// Looks after the threads until they have ended.
fn watch(slots: &[Slot], ended: &AtomicBool, options: &Options, seen: &Seen) {
    let begun = Instant::now();
    let mut told = 0;
    let mut late = None;
    while !ended.load(Relaxed) {
        std::thread::sleep(Duration::from_millis(50));
        let much = kilobytes("VmRSS") > MAX_KB;
        for slot in slots {
            let Some((since, number, text)) = slot.lock().expect("a lock").clone() else {
                continue;
            };
            if much {
                keep(&options.to, "memory", number, &text);
            }
            if since.elapsed() > SLOW && late != Some(number) {
                late = Some(number);
                keep(&options.to, "slow", number, &text);
            }
            if since.elapsed() > HANGS {
                println!("number {number} does not end");
                std::process::exit(1);
            }
        }
        if much {
            println!("more than {MAX_KB} KB are in use");
            std::process::exit(1);
        }
        let minutes = begun.elapsed().as_secs() / 60;
        if minutes > told {
            told = minutes;
            println!("{minutes} min: {} loaded", seen.next.load(Relaxed));
        }
    }
}

fn main() -> ExitCode {
    let options = Options::read();
    let mut bases = Bases { good: seeds::good(), odd: seeds::odd() };
    bases.good.retain(|text| text.len() <= options.most);
    println!("{} scenarios to begin from", bases.good.len());
    if let Some(number) = options.only {
        print!("{}", bases.input(options.seed, number));
        return ExitCode::SUCCESS;
    }
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let said = info.payload_as_str().unwrap_or_default();
        let said: String = said.chars().take(200).collect();
        PANIC.set(Some(format!("panicked at {place}: {said}")));
    }));
    let begun = Instant::now();
    let seen = Seen::default();
    let slots: Vec<Slot> = (0..options.threads).map(|_| Slot::default()).collect();
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let workers: Vec<_> =
            slots.iter().map(|slot| scope.spawn(|| work(&bases, &options, &seen, slot))).collect();
        scope.spawn(|| watch(&slots, &ended, &options, &seen));
        for worker in workers {
            worker.join().expect("a thread that ends");
        }
        ended.store(true, Relaxed);
    });
    let panics = seen.panics.into_inner().expect("a lock");
    let [load, run] = seen.longest.into_inner().expect("a lock");
    let (valid, refused) = (seen.valid.into_inner(), seen.refused.into_inner());
    println!(
        "{} inputs of seed {} in {:.0} s: {valid} good, {refused} refused; {} run",
        valid + refused,
        options.seed,
        begun.elapsed().as_secs_f64(),
        seen.run.into_inner(),
    );
    for (what, (taken, number)) in [("load", load), ("run", run)] {
        println!("longest {what}: {:.3} s (number {number})", taken.as_secs_f64());
    }
    let slow = seen.slow.into_inner();
    println!("longer than {} s: {slow}; peak memory: {} KB", SLOW.as_secs(), kilobytes("VmHWM"));
    let count: u64 = panics.values().sum();
    println!("panics: {count} at {} places", panics.len());
    for (panic, count) in &panics {
        println!("{count:>8} × {panic}");
    }
    ExitCode::from(u8::from(count + slow > 0))
}
