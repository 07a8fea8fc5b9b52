//! Any bytes: the archive, its parts, the choice of a reader.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: gemba_fuzz::allow_caught_panics(), |bytes: &[u8]| {
    gemba_fuzz::hold_alike(bytes);
    gemba_fuzz::read(bytes);
});
