#![no_main]

use disengage_fuzz::target;

libfuzzer_sys::fuzz_target!(
    init: { target::blocks(); },
    |bytes: &[u8]| target::part(bytes)
);
