#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| disengage_fuzz::target::part(bytes));
