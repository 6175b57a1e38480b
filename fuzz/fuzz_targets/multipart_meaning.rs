#![no_main]
//! One line of body: the property stands beside the code it is about.

libfuzzer_sys::fuzz_target!(|data: &[u8]| lianpu_engine::front::fuzz_multipart_meaning(data));
