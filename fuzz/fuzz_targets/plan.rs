#![no_main]
//! One line of body: the property stands in the library of this package, for it is about harness and engine at once.

libfuzzer_sys::fuzz_target!(|data: &[u8]| lianpu_fuzz::fuzz_plan(data));
