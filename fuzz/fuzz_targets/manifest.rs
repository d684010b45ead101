#![no_main]

use disengage_fuzz::{change, target};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|bytes: &[u8]| target::manifest(bytes));

fuzz_mutator!(|buffer: &mut [u8], size: usize, most: usize, seed: u32| {
    change::within(&mut buffer[..most], size, seed, change::json)
        .unwrap_or_else(|| fuzzer_mutate(buffer, size, most))
});
