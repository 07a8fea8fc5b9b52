//! Line breaks.

/// How many line breaks stand in some bytes.
pub(super) fn newlines(bytes: &[u8], newline: u8) -> u32 {
    u32::try_from(memchr::memchr_iter(newline, bytes).count()).unwrap_or(u32::MAX)
}
