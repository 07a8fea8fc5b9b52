//! Any rows, strings and styles in a sound archive: checksums and compression would keep most
//! changes of a whole file from ever reaching the parser.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: gemba_fuzz::allow_caught_panics(), |bytes: &[u8]| {
    gemba_fuzz::hold_alike(&gemba_fuzz::wrap(bytes));
});
